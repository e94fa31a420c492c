//! Errors of the library: a text that cannot be decoded, or decisions that were made for another text. A kind carries
//! data; its message names the byte first. The message states the fact; a front end adds what its user can do.

use std::fmt;

/// An error of the library. It is one word wide, so that a `Result` stays small.
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
    /// A byte sequence that the encoding does not allow.
    Malformed {
        /// Name of the encoding.
        encoding: &'static str,
        /// Offset of its first byte in the whole input.
        offset: u64,
        /// Its bytes, at most four.
        bytes: Vec<u8>,
        /// Whether the encoding was detected, not given.
        detected: bool,
    },
    /// No known encoding decodes every byte.
    Undetected {
        /// Offset up to which the likeliest encoding decodes the input.
        offset: u64,
        /// Its name.
        likeliest: &'static str,
    },
    /// The name of an encoding that is not known.
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
    /// A decision about a line break that the text does not have.
    NoBreak {
        /// The byte that the decision names.
        offset: u64,
    },
    /// Two decisions about one line break that contradict each other.
    DecidedTwice {
        /// The byte that both decisions name.
        offset: u64,
    },
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The byte of the input where it went wrong, if it has a place.
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
                let detected = if *detected { " (the detected encoding)" } else { "" };
                write!(f, "byte {offset}: {} is not valid {encoding}{detected}", hex.join(" "))
            }
            ErrorKind::Undetected { offset, likeliest } => {
                write!(f, "byte {offset}: no known encoding decodes every byte ({likeliest} decodes up to here)")
            }
            ErrorKind::NoBreak { offset } => write!(f, "byte {offset}: the text has no line break at this decision"),
            ErrorKind::DecidedTwice { offset } => {
                write!(f, "byte {offset}: two decisions about one line break contradict each other")
            }
            ErrorKind::OtherText { offset } => write!(f, "byte {offset}: the ledger belongs to another text"),
            ErrorKind::UnknownName { what, name } => write!(f, "unknown {what} {name:?}"),
            ErrorKind::UnknownEncoding { name } => write!(
                f,
                "unknown encoding {name:?}; known are utf-8, utf-16le, utf-16be, gb18030 (gbk, gb2312), big5 (big5-hkscs)"
            ),
        }
    }
}

impl std::error::Error for Error {}
