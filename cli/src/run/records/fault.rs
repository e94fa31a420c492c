//! What is wrong with a record.

use super::scan::Found;

/// Why a record cannot be cleaned. Fields are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The line is not UTF-8 at this byte.
    NotUtf8 { byte: usize },
    /// The line is not JSON at this byte.
    NotJson { byte: usize, reason: String },
    /// The record has no such field.
    NoField { field: usize },
    /// The field is not a string.
    NotText { field: usize, found: Found },
    /// The string is not valid Unicode.
    NotUnicode { field: usize, reason: String },
    /// The field is an item of a list, where no key can stand beside it.
    NoObject { field: usize },
    /// The clean text of the field belongs into this value, which is no object.
    NotObject { field: usize, at: String, found: Found },
    /// The clean text of the field belongs to this item of a list, which is not there.
    NoItem { field: usize, at: String },
}
