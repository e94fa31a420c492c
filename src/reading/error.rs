//! Why a file cannot be read as a layout. A kind carries data: the byte, or the path in the JSON, and what was looked for.

use super::format::{Foreign, Format, Syntax};
use std::fmt;

/// An error of a reader. It is one word wide, so that a `Result` stays small.
///
/// ```
/// let error = qingyang::reading::read(br#"{"rec_texts": ["#, None).unwrap_err();
/// assert_eq!(error.to_string(), "byte 15 (line 1): not valid JSON: EOF while parsing a list");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutError(Box<LayoutErrorKind>);

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutErrorKind {
    /// Neither text nor a layout.
    Foreign(Foreign),
    /// Text, or something that no format begins with.
    NotALayout,
    /// JSON or XML of no known format.
    Unknown {
        /// How it is written.
        syntax: Syntax,
        /// The keys or the root element that were found.
        found: Vec<String>,
    },
    /// Bytes that the encoding of the file does not allow.
    Encoding {
        /// Name of the encoding.
        encoding: &'static str,
        /// The first such byte.
        offset: u64,
    },
    /// JSON, XML or a table that breaks the rules of its syntax.
    Syntax {
        /// How it is written.
        syntax: Syntax,
        /// The byte where it breaks them.
        offset: u64,
        /// Its line, from 1 on.
        line: u64,
        /// Which rule, in the words of the parser.
        reason: String,
    },
    /// What Python prints, with single quotes or tuples. It is not JSON.
    PythonPrint {
        /// The byte that JSON does not allow.
        offset: u64,
    },
    /// More bytes than a layout may have.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Elements nested deeper than a layout may have them.
    TooDeep {
        /// The byte of the element.
        offset: u64,
        /// The limit.
        limit: usize,
    },
    /// A part that the format must have is not there, or is of another type.
    Missing {
        /// The format.
        format: Format,
        /// Where it was looked for: a JSON Pointer or the name of an element.
        path: String,
        /// What was looked for.
        expected: &'static str,
    },
    /// The program or service that wrote the file reports an error in it.
    Reported {
        /// The format.
        format: Format,
        /// Its message.
        message: String,
    },
    /// Places of lines, and no character in them.
    NoText {
        /// The format.
        format: Format,
        /// How many lines.
        lines: u64,
    },
    /// The text of pages, and no place in them.
    NoPlaces {
        /// The format.
        format: Format,
        /// How many pages.
        pages: u64,
    },
}

impl LayoutError {
    /// What went wrong.
    pub fn kind(&self) -> &LayoutErrorKind {
        &self.0
    }

    /// The byte of the file where it went wrong, if it has a place.
    pub fn offset(&self) -> Option<u64> {
        match *self.0 {
            LayoutErrorKind::Encoding { offset, .. }
            | LayoutErrorKind::Syntax { offset, .. }
            | LayoutErrorKind::PythonPrint { offset }
            | LayoutErrorKind::TooDeep { offset, .. } => Some(offset),
            _ => None,
        }
    }

    /// A part that is not there.
    pub(super) fn missing(format: Format, path: impl Into<String>, expected: &'static str) -> LayoutError {
        LayoutErrorKind::Missing { format, path: path.into(), expected }.into()
    }

    /// A text that breaks the rules of its syntax at a byte.
    pub(super) fn syntax(syntax: Syntax, text: &str, offset: usize, reason: impl Into<String>) -> LayoutError {
        let offset = offset.min(text.len());
        let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..offset]).count() as u64;
        LayoutErrorKind::Syntax { syntax, offset: offset as u64, line, reason: reason.into() }.into()
    }
}

impl From<LayoutErrorKind> for LayoutError {
    fn from(kind: LayoutErrorKind) -> LayoutError {
        LayoutError(Box::new(kind))
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            LayoutErrorKind::Foreign(what) => write!(f, "this is {what}, neither text nor a layout"),
            LayoutErrorKind::NotALayout => f.write_str("not a layout: neither JSON nor XML nor a known table"),
            LayoutErrorKind::Unknown { syntax, found } => {
                write!(f, "{syntax} of no known layout (it has {})", found.join(", "))?;
                let names: Vec<&str> = Format::all().map(Format::name).collect();
                write!(f, "; looked for {}", names.join(", "))
            }
            LayoutErrorKind::Encoding { encoding, offset } => write!(f, "byte {offset}: not valid {encoding}"),
            LayoutErrorKind::Syntax { syntax, offset, line, reason } => {
                write!(f, "byte {offset} (line {line}): not valid {syntax}: {reason}")
            }
            LayoutErrorKind::PythonPrint { offset } => {
                write!(f, "byte {offset}: a Python print, not JSON: write the result with json.dump")
            }
            LayoutErrorKind::TooLarge { limit } => write!(f, "longer than {} MiB, the limit of a layout", limit >> 20),
            LayoutErrorKind::TooDeep { offset, limit } => write!(f, "byte {offset}: nested more than {limit} deep"),
            LayoutErrorKind::Missing { format, path, expected } => {
                let path = if path.is_empty() { "the top" } else { path };
                write!(f, "{format}: looked for {expected} at {path} and did not find it")
            }
            LayoutErrorKind::Reported { format, message } => write!(f, "{format} reports an error: {message}"),
            LayoutErrorKind::NoText { format, lines } => write!(f, "{format}: no text in {lines} lines"),
            LayoutErrorKind::NoPlaces { format, pages } => {
                write!(f, "{format}: the text of {pages} pages without the place of any line")
            }
        }
    }
}

impl std::error::Error for LayoutError {}
