//! What is changed of a record: bytes, and what is put in their place.

use std::borrow::Cow;
use std::ops::Range;

/// Bytes of the line, and what is put in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub put: Put,
}

/// What is put into a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// A value, or signs around one.
    Json(Cow<'static, str>),
    /// The text of a string. It is escaped while it is written, so that a long text is not held twice.
    Text(String),
}

impl Put {
    /// Writes it as JSON.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Put::Json(json) => out.extend_from_slice(json.as_bytes()),
            Put::Text(text) => {
                // A vector takes everything, and every string is JSON when it is escaped.
                let done = serde_json::to_writer(out, text);
                debug_assert!(done.is_ok(), "{done:?}");
            }
        }
    }
}
