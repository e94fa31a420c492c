//! The text layer of a PDF as a layout (feature `pdf`): characters with their places, put together to rows. Nothing is drawn:
//! fonts are asked for Unicode and widths only. Text that is not painted is read too, since that is how OCR is kept in a PDF.

mod content;
mod fonts;
mod glyph;
mod matrix;
mod rows;

use crate::failure::Failure;
use crate::messages::{FileFault, Gap, PdfFault};
use content::{Budget, read_page};
use fonts::Fonts;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use qingyang::layout::{Layout, Page};
use qingyang::reading::{LayoutError, LayoutErrorKind, MAX_BYTES};

/// Pages of a PDF at most: a newspaper of a whole year has fewer.
const MAX_PAGES: usize = 20_000;

/// The text layer of a PDF.
#[derive(Debug)]
pub struct TextLayer {
    pub layout: Layout,
    /// What is wrong with it.
    pub gaps: Vec<Gap>,
}

/// Reads the text layer.
///
/// # Errors
/// If the file is no PDF, is damaged, wants a password, is larger than a PDF may be, or has no text at all.
pub fn read(bytes: Vec<u8>) -> Result<TextLayer, Failure> {
    if bytes.len() > MAX_BYTES {
        return Err(LayoutError::from(LayoutErrorKind::TooLarge { limit: MAX_BYTES as u64 }).into());
    }
    let pdf = Pdf::new(bytes).map_err(|error| fault(fault_of(error)))?;
    let found = pdf.pages();
    if found.is_empty() {
        return Err(fault(PdfFault::Damaged));
    }
    if found.len() > MAX_PAGES {
        return Err(fault(PdfFault::TooManyPages { pages: found.len(), limit: MAX_PAGES }));
    }
    let (mut fonts, mut budget) = (Fonts::default(), Budget::of(found.len()));
    let mut layout = Layout::default();
    let (mut unknown, mut characters) = (0, 0);
    for (page, number) in found.iter().zip(1..) {
        let read = read_page(page, &mut fonts, &mut budget).ok_or_else(|| fault(PdfFault::TooMuch { page: number }))?;
        unknown += read.glyphs.iter().filter(|glyph| glyph.is_unknown()).count() as u64;
        characters += read.glyphs.iter().filter(|glyph| !glyph.is_blank()).count() as u64;
        let mut page = Page::default();
        page.size = Some(read.size);
        page.lines = rows::lines(&read.glyphs, number);
        page.pictures = read.pictures;
        layout.pages.push(page);
    }
    let of = layout.pages.len() as u64;
    let empty = layout.pages.iter().filter(|page| page.lines.is_empty()).count() as u64;
    if empty == of {
        return Err(fault(PdfFault::NoText { pages: of }));
    }
    let unknown = (unknown > 0).then_some(Gap::Unknown { characters: unknown, of: characters });
    let empty = (empty > 0).then_some(Gap::NoText { pages: empty, of });
    Ok(TextLayer { layout, gaps: unknown.into_iter().chain(empty).collect() })
}

fn fault(fault: PdfFault) -> Failure {
    Failure::input(FileFault::Pdf(fault))
}

fn fault_of(error: LoadPdfError) -> PdfFault {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfFault::Password,
        LoadPdfError::Decryption(_) => PdfFault::Encryption,
        LoadPdfError::Invalid => PdfFault::Damaged,
    }
}
