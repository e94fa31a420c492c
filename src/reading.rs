//! Reads the files of tools for OCR and PDF into a [`Layout`].
//!
//! ```
//! let file = br#"[[[[10, 10], [90, 10], [90, 24], [10, 24]], "\u6e20\u6c34", 0.98]]"#;
//! let layout = qingyang::reading::read(file, None).unwrap();
//! assert_eq!(layout.pages[0].lines[0].text, "渠水");
//! assert_eq!(layout.pages[0].lines[0].quad.bounds().right, 90.0);
//! ```
//!
//! - Every character of the file's text is in a line. A line whose place cannot be used (not a number, infinite, farther
//!   away than any page, without area) has no place; it is a line of flat text.
//! - A line that the file gives in several rows becomes as many lines. Lines without a visible character are left out.
//! - `Line::element` is a JSON Pointer into the file, the id of an element, or its number on its page. In JSON Lines the
//!   pointer begins with the number of the record.
//! - Where a file has its text twice, it is taken once: lines and not the words inside them, PP-StructureV3's lines and not
//!   its blocks, the first reading and not its alternatives.

mod abbyy;
mod alto;
mod cloud;
mod decoding;
mod docling;
mod documents;
mod error;
mod format;
mod glyphs;
mod hocr;
mod json;
mod mineru;
mod mutool;
mod paddle;
mod page_xml;
mod pdfplumber;
mod places;
mod poppler;
mod pymupdf;
mod sniff;
mod structure;
mod tables;
mod tsv;
mod words;
mod xml;

pub use decoding::MAX_BYTES;
pub use error::{LayoutError, LayoutErrorKind};
pub use format::{Foreign, Format, Syntax};
pub use sniff::{Content, HEAD, content};

use crate::layout::Layout;
use json::Json;
use std::borrow::Cow;
use xml::{Rules, Xml};

/// Reads a file of a format, or of the format that it is recognised as.
///
/// # Errors
/// If it is not of a known format, breaks the rules of its syntax, lacks what its format must have, or says itself that
/// reading failed.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Layout, LayoutError> {
    let found = content(bytes);
    if let Content::Foreign(foreign) = found {
        return Err(LayoutErrorKind::Foreign(foreign).into());
    }
    let text = decoding::text(bytes)?;
    let syntax = match (format, found) {
        (Some(format), _) => syntax_of(format, &text),
        (None, Content::Layout(syntax)) => syntax,
        (None, _) => return Err(LayoutErrorKind::NotALayout.into()),
    };
    let mut layout = Layout::default();
    match syntax {
        Syntax::Json => read_json(&text, format, &mut layout)?,
        Syntax::Xml => read_xml(&text, format, &mut layout)?,
        Syntax::Table => read_table(&text, format, &mut layout)?,
    }
    Ok(layout)
}

/// The format of a file, by its content; none if it is no layout or breaks the rules of its syntax.
///
/// ```
/// use qingyang::reading::{Format, recognise};
/// assert_eq!(recognise(b"<alto><Layout/></alto>"), Some(Format::Alto));
/// assert_eq!(recognise("渠水流过桥头镇\n".as_bytes()), None);
/// ```
pub fn recognise(bytes: &[u8]) -> Option<Format> {
    let Content::Layout(syntax) = content(bytes) else { return None };
    let text = decoding::text(bytes).ok()?;
    match syntax {
        Syntax::Json => {
            json::values(sniff::after_banner(&text).unwrap_or(&text)).ok()?.iter().find_map(sniff::json_format)
        }
        Syntax::Xml => sniff::xml_format(&parse(&mended(&text), None).ok()?),
        Syntax::Table => sniff::table_format(&text),
    }
}

/// How a file of a known format is written; two formats are written in two ways.
fn syntax_of(format: Format, text: &str) -> Syntax {
    let xml = text.trim_start().starts_with('<');
    match format {
        Format::PopplerTsv | Format::TesseractTsv => Syntax::Table,
        Format::PdfPlumber if sniff::table_format(text).is_some() => Syntax::Table,
        Format::PopplerBbox
        | Format::PdfToHtml
        | Format::PdfMiner
        | Format::Hocr
        | Format::Alto
        | Format::PageXml
        | Format::Abbyy => Syntax::Xml,
        Format::Mutool if xml => Syntax::Xml,
        _ => Syntax::Json,
    }
}

/// Keys that an error names at most.
const MOST_NAMED: usize = 8;

fn read_json(text: &str, format: Option<Format>, layout: &mut Layout) -> Result<(), LayoutError> {
    let text = sniff::after_banner(text).unwrap_or(text);
    let values = json::values(text)?;
    if values.is_empty() {
        return Err(LayoutError::syntax(Syntax::Json, text, 0, "there is no value"));
    }
    let one = values.len() == 1;
    for (n, value) in values.iter().enumerate() {
        let path = if one { String::new() } else { format!("/{n}") };
        let found = format.or_else(|| sniff::json_format(value)).ok_or_else(|| unknown(value))?;
        read_value(found, value, &path, layout)?;
    }
    Ok(())
}

fn unknown(value: &Json<'_>) -> LayoutError {
    let inner = value.list().and_then(<[_]>::first).unwrap_or(value);
    let found = match inner {
        Json::Object(entries) => {
            entries.iter().take(MOST_NAMED).map(|(key, _)| key.chars().take(40).collect()).collect()
        }
        Json::List(_) => vec!["lists in lists".to_string()],
        _ => vec!["no object".to_string()],
    };
    LayoutErrorKind::Unknown { syntax: Syntax::Json, found }.into()
}

/// A value of a format whose files are JSON.
fn read_value(format: Format, value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    match format {
        Format::PaddleOcr | Format::RapidOcr => paddle::read(value, path, layout),
        Format::UmiOcr => paddle::read_umi(value, path, layout),
        Format::PpStructure => structure::read(value, path, layout),
        Format::PyMuPdf => pymupdf::read(value, path, layout),
        Format::PdfPlumber => pdfplumber::read(value, path, layout),
        Format::Mutool => mutool::read_json(value, path, layout),
        Format::MinerU => mineru::read(value, path, layout),
        Format::Docling => docling::read(value, path, layout),
        Format::Baidu => cloud::baidu::read(value, path, layout),
        Format::Tencent => cloud::tencent::read(value, path, layout),
        Format::Aliyun => cloud::aliyun::read(value, path, layout),
        Format::Google => cloud::google::read(value, path, layout),
        Format::Azure => cloud::azure::read(value, path, layout),
        Format::Textract => cloud::textract::read(value, path, layout),
        Format::PopplerBbox
        | Format::PopplerTsv
        | Format::PdfToHtml
        | Format::PdfMiner
        | Format::Hocr
        | Format::Alto
        | Format::TesseractTsv
        | Format::PageXml
        | Format::Abbyy => Err(unknown(value)),
    }
}

/// A text for the parser: HTML may have `<` where no markup begins.
fn mended(text: &str) -> Cow<'_, str> {
    if is_hocr(text) { xml::mended(text) } else { Cow::Borrowed(text) }
}

/// Whether the text is hOCR, by its beginning; other XML is held to the rules.
fn is_hocr(text: &str) -> bool {
    let mut head = text.len().min(HEAD);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    ["ocr_", "ocr-", "ocrx_"].iter().any(|mark| text[..head].contains(mark)) && text[..head].contains("<html")
        || text.trim_start().starts_with("<div")
        || text.trim_start().starts_with("<span")
}

fn parse<'a>(text: &'a str, format: Option<Format>) -> Result<Xml<'a>, LayoutError> {
    let html = format == Some(Format::Hocr) || format.is_none() && is_hocr(text);
    Xml::parse(text, if html { Rules::Html } else { Rules::Strict })
}

fn read_xml(text: &str, format: Option<Format>, layout: &mut Layout) -> Result<(), LayoutError> {
    let mended = if format == Some(Format::Hocr) { xml::mended(text) } else { mended(text) };
    let xml = parse(&mended, format)?;
    let root = || xml.root().map_or("", |root| root.name()).to_string();
    let unknown = || LayoutErrorKind::Unknown { syntax: Syntax::Xml, found: vec![format!("<{}>", root())] };
    match format.or_else(|| sniff::xml_format(&xml)).ok_or_else(unknown)? {
        Format::PopplerBbox => poppler::read_bbox(&xml, layout),
        Format::PdfToHtml => poppler::read_html(&xml, layout),
        Format::Hocr => hocr::read(&xml, layout),
        Format::Alto => alto::read(&xml, layout),
        Format::PageXml => page_xml::read(&xml, layout),
        Format::Abbyy => abbyy::read(&xml, layout),
        Format::Mutool => mutool::read_xml(&xml, layout),
        Format::PdfMiner => mutool::read_pdfminer(&xml, layout),
        _ => Err(unknown().into()),
    }
}

fn read_table(text: &str, format: Option<Format>, layout: &mut Layout) -> Result<(), LayoutError> {
    match format.or_else(|| sniff::table_format(text)) {
        Some(format @ (Format::PopplerTsv | Format::TesseractTsv)) => tsv::read(text, format, layout),
        Some(Format::PdfPlumber) => pdfplumber::read_csv(text, layout),
        _ => Err(LayoutErrorKind::NotALayout.into()),
    }
}
