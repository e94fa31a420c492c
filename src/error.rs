//! What can go wrong in the library: decoding, and decisions made for another text. Kinds carry data; the place stands
//! first in the message.

use std::fmt;

/// An error of the library, one word wide.
///
/// ```
/// let error = qingyang::decode::Encoding::from_label("no-such-name").unwrap_err();
/// assert!(error.to_string().contains("no-such-name"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<ErrorKind>);

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Bytes that the encoding does not allow.
    Malformed {
        /// Name of the encoding.
        encoding: &'static str,
        /// Offset of the first bad byte in the whole input.
        offset: u64,
        /// The bad bytes, four at most.
        bytes: Vec<u8>,
        /// Whether the encoding was found out, not given.
        detected: bool,
    },
    /// No encoding that is known here decodes every byte.
    Undetected {
        /// Offset up to which the likeliest encoding goes.
        offset: u64,
        /// Its name.
        likeliest: &'static str,
    },
    /// A name that is no encoding known here.
    UnknownEncoding {
        /// The name as given.
        name: String,
    },
    /// A name that no value of this kind has.
    UnknownName {
        /// What is named: a rule, a role, an option.
        what: &'static str,
        /// The name as given.
        name: String,
    },
    /// A ledger that belongs to another text.
    OtherText {
        /// The byte of the input where the two differ.
        offset: u64,
    },
    /// A decision of a line break where this text has none.
    NoBreak {
        /// The byte that it names.
        offset: u64,
    },
    /// Two decisions of one line break that do not agree.
    DecidedTwice {
        /// The byte that they name.
        offset: u64,
    },
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// Offset in the input of what went wrong, in bytes, where it has a place.
    pub fn offset(&self) -> Option<u64> {
        match *self.0 {
            ErrorKind::Malformed { offset, .. }
            | ErrorKind::Undetected { offset, .. }
            | ErrorKind::NoBreak { offset }
            | ErrorKind::OtherText { offset }
            | ErrorKind::DecidedTwice { offset } => Some(offset),
            ErrorKind::UnknownEncoding { .. } | ErrorKind::UnknownName { .. } => None,
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Error {
        Error(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            ErrorKind::Malformed { encoding, offset, bytes, detected } => {
                let hex: Vec<String> = bytes.iter().map(|b| format!("{b:02X}")).collect();
                let how = if *detected { "what seems to be" } else { "" };
                write!(
                    f,
                    "byte {offset}: {} is not valid in {how}{}{encoding}; name the encoding (--encoding NAME) or replace bad bytes (--lossy)",
                    hex.join(" "),
                    if *detected { " " } else { "" }
                )
            }
            ErrorKind::Undetected { offset, likeliest } => write!(
                f,
                "byte {offset}: no known encoding decodes every byte ({likeliest} gets farthest); name the encoding (--encoding NAME) or replace bad bytes (--lossy)"
            ),
            ErrorKind::NoBreak { offset } => {
                write!(f, "byte {offset}: a break is decided here, but this text has no line break at this place")
            }
            ErrorKind::DecidedTwice { offset } => {
                write!(f, "byte {offset}: one line break is decided both ways")
            }
            ErrorKind::OtherText { offset } => write!(f, "byte {offset}: the ledger belongs to another text"),
            ErrorKind::UnknownName { what, name } => write!(f, "unknown {what} {name:?}"),
            ErrorKind::UnknownEncoding { name } => {
                write!(
                    f,
                    "unknown encoding {name:?}; known are utf-8, utf-16le, utf-16be, gb18030 (gbk, gb2312), big5 (big5-hkscs)"
                )
            }
        }
    }
}

impl std::error::Error for Error {}
