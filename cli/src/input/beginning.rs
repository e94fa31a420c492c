//! The beginning of an input, read until it is known what the input is. The library says what it is; nothing else in the
//! tool looks at it.

use super::file::{self, BLOCK, Hold, read_block};
use super::packing::Packing;
use crate::failure::Failure;
use crate::signals::Signals;
use qingyang::reading::{Content, Foreign, Format, HEAD, LayoutError, LayoutErrorKind, content, recognise};
use std::fs;
use std::io::Read;
use std::path::Path;

/// What the inputs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// What their content says.
    Content,
    Text,
    Layout(Format),
    #[cfg(feature = "pdf")]
    Pdf,
}

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Text,
    Layout,
    #[cfg(feature = "pdf")]
    Pdf,
}

/// Extensions of files that may be layouts. In a folder only these are looked at.
const EXTENSIONS: [&str; 9] = ["json", "jsonl", "hocr", "html", "htm", "xhtml", "xml", "tsv", "csv"];

/// The extension of PDFs, and whether this tool reads them.
const PDF: (&str, bool) = ("pdf", cfg!(feature = "pdf"));

/// Characters that a layout, or a file that is neither text nor a layout, can begin with. Text that begins with another is
/// not held up until more of it comes.
const FIRST: &[u8] = b"{[<nlo\"RP%GIMBA\x89\xFF\xFE\x1F\x28\xD0\xEF\0";

/// The first bytes of an input and what they are. They are read by the block.
pub fn read(reader: &mut dyn Read, block: &mut [u8], signals: &Signals) -> Result<(Vec<u8>, Content), Failure> {
    let mut head = Vec::new();
    loop {
        let n = read_block(reader, block, signals)?;
        head.extend_from_slice(&block[..n]);
        let first = head.iter().find(|b| !b.is_ascii_whitespace());
        if n == 0 || head.len() >= HEAD || first.is_some_and(|first| !FIRST.contains(first)) {
            let content = content(&head);
            return Ok((head, content));
        }
    }
}

/// How an input is to be read. It fails if it is nothing that can be.
pub fn to_read(source: Source, content: Content) -> Result<Reading, LayoutError> {
    match (source, content) {
        (Source::Text, _) => Ok(Reading::Text),
        #[cfg(feature = "pdf")]
        (Source::Pdf, _) | (Source::Content, Content::Foreign(Foreign::Pdf)) => Ok(Reading::Pdf),
        (_, Content::Foreign(foreign)) => Err(LayoutErrorKind::Foreign(foreign).into()),
        (Source::Layout(_), _) | (_, Content::Layout(_)) => Ok(Reading::Layout),
        _ => Ok(Reading::Text),
    }
}

/// Whether a file has the name and the beginning of a layout.
pub fn is_layout(path: &Path) -> bool {
    let plain = path.file_name().map(Packing::unpacked).map(Path::new);
    let extension = plain.and_then(Path::extension).and_then(|e| e.to_str());
    let is = |known: &str| extension.is_some_and(|e| e.eq_ignore_ascii_case(known));
    let (pdf, reads_pdf) = PDF;
    let (named, pdf) = (EXTENSIONS.into_iter().any(is), reads_pdf && is(pdf));
    (named || pdf) && fs::metadata(path).is_ok_and(|meta| meta.is_file()) && {
        let signals = Signals::default();
        let begun = file::open(path, Hold::Pieces, &signals)
            .and_then(|mut reader| read(&mut *reader, &mut vec![0; BLOCK], &signals));
        begun.is_ok_and(|(_, content)| match content {
            Content::Layout(_) => named,
            Content::Foreign(Foreign::Pdf) => pdf,
            _ => false,
        })
    }
}

/// Whether all of a file is a layout of a known format.
pub fn is_recognised(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let signals = Signals::default();
    let read = file::open(path, Hold::ONE, &signals).map(|mut reader| reader.read_to_end(&mut bytes).is_ok());
    read.unwrap_or(false) && recognise(&bytes).is_some()
}
