//! One record: where the string of the field is in the line, and its clean text. The file depends on nothing else of
//! the tool, so that the fuzz targets can include it.

use qingyang::decode::Encoding;
use qingyang::{Cleaner, Proof, Stream};
use serde::de::IgnoredAny;
use std::ops::Range;

/// Why a record cannot be cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The line is not UTF-8 at this byte.
    NotUtf8 { byte: usize },
    /// The line is not JSON at this byte.
    NotJson { byte: usize, reason: String },
    /// The record has no such field.
    NoField,
    /// The field is not a string.
    NotText(Found),
    /// The string is not valid Unicode.
    NotUnicode { reason: String },
}

/// The type of a field that is not a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Null,
    Boolean,
    Object,
    List,
    Number,
}

/// The bytes of the field's value and the text to put in their place; `None` if it is clean already.
///
/// # Errors
/// If the line is not JSON, or if the field is not a string.
pub fn clean_record(
    line: &[u8],
    field: &Field,
    cleaner: &mut Cleaner,
) -> Result<Option<(Range<usize>, String)>, Fault> {
    let text = std::str::from_utf8(line).map_err(|e| Fault::NotUtf8 { byte: e.valid_up_to() })?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|e| {
        // serde counts columns from 1, and the line is always the first.
        Fault::NotJson { byte: e.column().saturating_sub(1), reason: reason(&e) }
    })?;
    let range = field.find(text).ok_or(Fault::NoField)?;
    let found = match text.as_bytes().get(range.start) {
        Some(b'"') => None,
        Some(b'n') => Some(Found::Null),
        Some(b't' | b'f') => Some(Found::Boolean),
        Some(b'{') => Some(Found::Object),
        Some(b'[') => Some(Found::List),
        _ => Some(Found::Number),
    };
    if let Some(found) = found {
        return Err(Fault::NotText(found));
    }
    let not_unicode = |e: serde_json::Error| Fault::NotUnicode { reason: reason(&e) };
    let value: String = serde_json::from_str(&text[range.clone()]).map_err(not_unicode)?;
    // A stream would take U+FEFF at the beginning for a byte order mark.
    let long = value.len() > Stream::WINDOW && !value.starts_with('\u{FEFF}');
    let mut clean = if long { in_windows(&value, cleaner) } else { cleaner.page(&value).text };
    if clean.ends_with('\n') {
        clean.pop();
    }
    if clean == value {
        return Ok(None);
    }
    drop(value);
    Ok(Some((range, serde_json::to_string(&clean).map_err(not_unicode)?)))
}

/// The clean text of a long value, in the windows of a stream: a page as long as this would need many times its size.
fn in_windows(value: &str, cleaner: &Cleaner) -> String {
    let mut stream = Stream::new(cleaner.options().clone(), Some(Encoding::Utf8), false);
    let mut clean = String::with_capacity(value.len());
    let mut put = |proof: Proof| clean.push_str(&proof.text);
    // The text is UTF-8, and no decision waits for its break: there is no error.
    let done = stream.push(value.as_bytes(), &mut put).and_then(|()| stream.finish(&mut put));
    debug_assert!(done.is_ok(), "{done:?}");
    clean
}

/// The reason without the line and column of `serde`, which count within the line or the string.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text[..end].to_string()
}

/// A key, or a JSON Pointer.
pub struct Field {
    path: Vec<String>,
}

impl Field {
    /// From `--field`; `None` for a JSON Pointer in which something else than 0 or 1 follows a tilde (RFC 6901).
    pub fn parse(name: &str) -> Option<Field> {
        let Some(pointer) = name.strip_prefix('/') else { return Some(Field { path: vec![name.to_string()] }) };
        let wrong = pointer.split('~').skip(1).any(|after| !after.starts_with(['0', '1']));
        let path = || pointer.split('/').map(|s| s.replace("~1", "/").replace("~0", "~")).collect();
        (!wrong).then(|| Field { path: path() })
    }

    /// The bytes of the value in a text that is JSON. Of equal keys the last counts, as in most parsers.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
        scan.space();
        for step in &self.path {
            scan.enter(text, step)?;
        }
        let start = scan.at;
        scan.value();
        Some(start..scan.at)
    }
}

/// Walks over a text that is known to be JSON.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn string(&mut self) {
        self.at += 1;
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => self.at += 2,
                _ if self.at >= self.bytes.len() => return,
                _ => self.at += 1,
            }
        }
        self.at += 1;
    }

    fn value(&mut self) {
        match self.peek() {
            b'"' => self.string(),
            b'{' | b'[' => {
                let mut depth = 0usize;
                loop {
                    match self.peek() {
                        b'"' => {
                            self.string();
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth -= 1,
                        _ if self.at >= self.bytes.len() => return,
                        _ => {}
                    }
                    self.at += 1;
                    if depth == 0 {
                        return;
                    }
                }
            }
            _ => {
                while !matches!(self.peek(), b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r' | 0) {
                    self.at += 1;
                }
            }
        }
    }

    /// Moves to the value of `key` in the object here, or to that item of the array.
    fn enter(&mut self, text: &str, key: &str) -> Option<()> {
        let object = match self.peek() {
            b'{' => true,
            b'[' => false,
            _ => return None,
        };
        self.at += 1;
        let mut found = None;
        let mut index = 0usize;
        // As in RFC 6901: no sign, no leading zeros.
        let wanted: Option<usize> = key.parse().ok().filter(|n: &usize| n.to_string() == key);
        loop {
            self.space();
            if matches!(self.peek(), b'}' | b']' | 0) {
                break;
            }
            let mut fits = !object && wanted == Some(index);
            if object {
                let start = self.at;
                self.string();
                fits = serde_json::from_str::<String>(&text[start..self.at]).is_ok_and(|k| k == key);
                self.space();
                self.at += 1; // the colon
                self.space();
            }
            if fits {
                found = Some(self.at);
            }
            self.value();
            self.space();
            if self.peek() == b',' {
                self.at += 1;
            }
            index += 1;
        }
        self.at = found?;
        Some(())
    }
}
