//! One input, opened: a text to be cleaned as it is read, a layout that was read, or a page of an issue that was cleaned.

use super::issues::{Cleaned, Issues};
use crate::cli::plan::{Mode, Plan, Target};
use crate::digest::Digest;
use crate::failure::Failure;
use crate::input::beginning::{self, Reading, Source};
use crate::input::file::{self, Hold, read_block};
#[cfg(feature = "pdf")]
use crate::input::pdf;
use crate::messages::{FileFault, Gap, Note};
use qingyang::layout::Layout;
use qingyang::reading;
use std::io::{Cursor, Read};
use std::path::Path;

/// An input, opened.
pub struct Opened<'a> {
    /// The text: of a layout in its own order, of a page of an issue if it is needed again.
    pub reader: Box<dyn Read + 'a>,
    pub known: Known,
}

/// What is known of an input before its text is read.
pub enum Known {
    Nothing,
    /// A page of an issue has been cleaned already.
    Page(Box<Cleaned>),
    /// A layout has been read already.
    Layout(LayoutFile),
}

/// A layout that was read.
pub struct LayoutFile {
    pub layout: Layout,
    /// What the text layer of a PDF lacks.
    pub gaps: Vec<Gap>,
    /// Bytes of the file, unpacked.
    pub bytes: u64,
    /// The digest of these bytes, if decisions are asked for or applied.
    pub sha256: Option<String>,
}

impl Known {
    /// What a text layer lacks, and why the places of a layout are doubtful.
    pub fn doubts(&self, input: &str) -> Vec<Note> {
        let Known::Layout(file) = self else { return Vec::new() };
        let note = |doubt| Note::Doubt { input: input.to_string(), doubt };
        let gaps = file.gaps.iter().map(|&gap| Note::Gap { input: input.to_string(), gap });
        gaps.chain(file.layout.doubts().into_iter().map(note)).collect()
    }
}

/// Opens an input; `None` is standard input. Its beginning is read by the block.
pub fn open<'a>(
    plan: &Plan,
    issues: &Issues<'_>,
    input: Option<&Path>,
    stdin: &'a mut dyn Read,
    block: &mut [u8],
) -> Result<Opened<'a>, Failure> {
    if let Some(page) = issues.take(input, stdin) {
        let mut page = page?;
        return Ok(Opened { reader: page.reader(), known: Known::Page(Box::new(page)) });
    }
    let mut reader = file::open_input(input, stdin, hold(plan), &plan.signals)?;
    if plan.source == Source::Text {
        return Ok(Opened { reader, known: Known::Nothing });
    }
    let (head, content) = beginning::read(&mut *reader, block, &plan.signals)?;
    match beginning::to_read(plan.source, content)? {
        Reading::Text => Ok(Opened { reader: Box::new(Cursor::new(head).chain(reader)), known: Known::Nothing }),
        reading => layout(plan, reading, head, &mut *reader, block),
    }
}

/// How much of an input cleaning holds.
fn hold(plan: &Plan) -> Hold {
    if plan.apply.is_some() { Hold::ONE } else { Hold::Pieces }
}

/// Whether the bytes of inputs are digested: lists of decisions name them by their digest, and so do pages that make one.
pub fn is_digested(plan: &Plan) -> bool {
    plan.sidecars.decisions.is_some() || plan.apply.is_some() || plan.report.is_some()
}

/// Reads the rest of a layout.
fn layout<'a>(
    plan: &Plan,
    reading: Reading,
    mut bytes: Vec<u8>,
    reader: &mut dyn Read,
    block: &mut [u8],
) -> Result<Opened<'a>, Failure> {
    if matches!(&plan.mode, Mode::Batch(batch) if matches!(batch.target, Target::InPlace { .. })) {
        return Err(Failure::input(FileFault::LayoutInPlace));
    }
    // What is longer than a layout may be is an error of the library.
    while bytes.len() <= reading::MAX_BYTES {
        match read_block(reader, block, &plan.signals)? {
            0 => break,
            n => bytes.extend_from_slice(&block[..n]),
        }
    }
    let sha256 = is_digested(plan).then(|| {
        let mut digest = Digest::new();
        digest.add(&bytes);
        digest.finish()
    });
    let size = bytes.len() as u64;
    let (layout, gaps) = laid_out(plan.source, reading, bytes)?;
    // Only a report and a preview look at the text.
    let shown = plan.report.is_some() || matches!(plan.mode, Mode::Preview(_));
    let text = if shown { layout.text() } else { String::new() };
    let known = Known::Layout(LayoutFile { layout, gaps, bytes: size, sha256 });
    Ok(Opened { reader: Box::new(Cursor::new(text.into_bytes())), known })
}

/// The layout of a file, and what it lacks if it is the text layer of a PDF.
fn laid_out(source: Source, reading: Reading, bytes: Vec<u8>) -> Result<(Layout, Vec<Gap>), Failure> {
    let format = match (reading, source) {
        #[cfg(feature = "pdf")]
        (Reading::Pdf, _) => {
            let found = pdf::read(bytes)?;
            return Ok((found.layout, found.gaps));
        }
        (_, Source::Layout(format)) => Some(format),
        _ => None,
    };
    Ok((reading::read(&bytes, format)?, Vec::new()))
}
