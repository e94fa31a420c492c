//! One record: what is put in the place of the fields' strings or beside them. This file, `field.rs` and `scan.rs` depend on
//! nothing else of the tool, so that the fuzz targets can include them.

use super::field::{Field, Place};
use super::scan::{Found, Scan};
use qingyang::Cleaner;
use serde::de::IgnoredAny;
use std::ops::Range;

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
}

/// A field to be cleaned.
pub struct Target {
    pub field: Field,
    /// The key of the clean text, beside the field; without it the clean text takes the place of the field.
    pub to: Option<String>,
}

/// The clean text of a field.
pub struct Cleaned {
    pub text: String,
    /// Keys and their values, as JSON, that are put beside the field.
    pub beside: Vec<(String, String)>,
}

/// Bytes of the line, and what is put in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub put: Put,
}

/// What is put into a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// A value, or a key and its value.
    Json(String),
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

/// What cleaning changes of a record, in the order of the line. `clean` gets the number of a field and its string.
///
/// # Errors
/// If the line is not JSON, or if a field is not a string.
pub fn edits(
    line: &[u8],
    targets: &[Target],
    clean: &mut dyn FnMut(usize, &str) -> Cleaned,
) -> Result<Vec<Edit>, Fault> {
    let text = std::str::from_utf8(line).map_err(|e| Fault::NotUtf8 { byte: e.valid_up_to() })?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|e| {
        // serde counts columns from 1, and the line is always the first.
        Fault::NotJson { byte: e.column().saturating_sub(1), reason: reason(&e) }
    })?;
    let mut edits: Vec<Edit> = Vec::new();
    for (number, target) in targets.iter().enumerate() {
        let places = target.field.find(text).ok_or(Fault::NoField { field: number })?;
        for place in places {
            edit(text, number, target, place, clean, &mut edits)?;
        }
    }
    edits.sort_by_key(|edit| edit.range.start);
    // Two fields may be the same, or one may stand in a value that is replaced.
    let mut end = 0;
    edits.retain(|edit| {
        let is_behind = edit.range.start >= end;
        end = end.max(edit.range.end);
        is_behind
    });
    Ok(edits)
}

/// Adds the edits for one place of a field.
fn edit(
    text: &str,
    number: usize,
    target: &Target,
    place: Place,
    clean: &mut dyn FnMut(usize, &str) -> Cleaned,
    edits: &mut Vec<Edit>,
) -> Result<(), Fault> {
    let found = match text.as_bytes().get(place.value.start) {
        Some(b'"') => None,
        Some(b'n') => Some(Found::Null),
        Some(b't' | b'f') => Some(Found::Boolean),
        Some(b'{') => Some(Found::Object),
        Some(b'[') => Some(Found::List),
        _ => Some(Found::Number),
    };
    if let Some(found) = found {
        return Err(Fault::NotText { field: number, found });
    }
    let not_unicode = |e: serde_json::Error| Fault::NotUnicode { field: number, reason: reason(&e) };
    let value: String = serde_json::from_str(&text[place.value.clone()]).map_err(not_unicode)?;
    let Cleaned { text: clean, beside } = clean(number, &value);
    let is_changed = clean != value;
    // A string may be as long as the line, so no copy stays longer than it is needed.
    drop(value);
    let json = |text: &str| serde_json::to_string(text).map_err(not_unicode);
    let mut added = beside;
    match &target.to {
        Some(key) => added.insert(0, (key.clone(), json(&clean)?)),
        None if is_changed => edits.push(Edit { range: place.value.clone(), put: Put::Text(clean) }),
        None => {}
    }
    for (key, put) in added {
        let object = place.object.ok_or(Fault::NoObject { field: number })?;
        let behind = place.value.end..place.value.end;
        edits.push(match Scan::at(text, object).member(text, &key) {
            Some(range) => Edit { range, put: Put::Json(put) },
            None => Edit { range: behind, put: Put::Json(format!(",{}:{put}", json(&key)?)) },
        });
    }
    Ok(())
}

/// The clean text of a string, without the line feed at its end.
pub fn clean_text(value: &str, cleaner: &mut Cleaner) -> String {
    without_last_feed(cleaner.clean(value))
}

/// A clean text as the value of a field: it has no line feed at its end.
pub fn without_last_feed(mut clean: String) -> String {
    if clean.ends_with('\n') {
        clean.pop();
    }
    clean
}

/// The reason without the line and column of `serde`, which count within the line or the string.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text[..end].to_string()
}
