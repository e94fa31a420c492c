//! One record: where the strings of the fields are in the line, and what is put in their place or beside them. The file
//! depends on nothing else of the tool, so that the fuzz targets can include it.

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

/// The type of a field that is not a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Null,
    Boolean,
    Object,
    List,
    Number,
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

/// A key, or a JSON Pointer in which `*` stands for every item of a list.
pub struct Field {
    pub path: Vec<String>,
    pub is_pointer: bool,
}

/// Where a field is.
struct Place {
    value: Range<usize>,
    /// Where the object begins whose member it is.
    object: Option<usize>,
}

impl Field {
    /// From `--field`; `None` for a JSON Pointer in which something else than 0 or 1 follows a tilde (RFC 6901).
    pub fn parse(name: &str) -> Option<Field> {
        let Some(pointer) = name.strip_prefix('/') else {
            return Some(Field { path: vec![name.to_string()], is_pointer: false });
        };
        let wrong = pointer.split('~').skip(1).any(|after| !after.starts_with(['0', '1']));
        let path = || pointer.split('/').map(|s| s.replace("~1", "/").replace("~0", "~")).collect();
        (!wrong).then(|| Field { path: path(), is_pointer: true })
    }

    /// Its places in a text that is JSON; `None` if it is not there. Of equal keys the last counts, as in most parsers. Of
    /// the items that `*` stands for some may lack what follows.
    fn find(&self, text: &str) -> Option<Vec<Place>> {
        let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
        scan.space();
        let mut places = Vec::new();
        self.walk(text, scan.at, None, &self.path, &mut places).then_some(places)
    }

    /// Adds the places below the value at `at`; returns whether the path leads somewhere, an empty list included.
    fn walk(&self, text: &str, at: usize, object: Option<usize>, path: &[String], places: &mut Vec<Place>) -> bool {
        let mut scan = Scan::at(text, at);
        let Some((step, rest)) = path.split_first() else {
            scan.value();
            places.push(Place { value: at..scan.at, object });
            return true;
        };
        if self.is_pointer && step == "*" && scan.peek() == b'[' {
            let mut items = Vec::new();
            scan.members(|_, _, item| items.push(item.start));
            // Not lazily: every item is walked.
            let found = items.iter().filter(|&&item| self.walk(text, item, None, rest, places)).count();
            return found > 0 || items.is_empty();
        }
        let object = (scan.peek() == b'{').then_some(at);
        match scan.member(text, step) {
            Some(value) => self.walk(text, value.start, object, rest, places),
            None => false,
        }
    }
}

/// Walks over a text that is known to be JSON.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    fn at(text: &'a str, at: usize) -> Scan<'a> {
        Scan { bytes: text.as_bytes(), at }
    }

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

    /// Gives each member of the object or the list here: its key as it is written, its number and its value.
    fn members(&mut self, mut take: impl FnMut(Option<Range<usize>>, usize, Range<usize>)) {
        let object = match self.peek() {
            b'{' => true,
            b'[' => false,
            _ => return,
        };
        self.at += 1;
        let mut index = 0usize;
        loop {
            self.space();
            if matches!(self.peek(), b'}' | b']' | 0) {
                break;
            }
            let mut key = None;
            if object {
                let start = self.at;
                self.string();
                key = Some(start..self.at);
                self.space();
                self.at += 1; // the colon
                self.space();
            }
            let start = self.at;
            self.value();
            take(key, index, start..self.at);
            self.space();
            if self.peek() == b',' {
                self.at += 1;
            }
            index += 1;
        }
    }

    /// The value of `key` in the object here, or that item of the list.
    fn member(&mut self, text: &str, key: &str) -> Option<Range<usize>> {
        // As in RFC 6901: no sign, no leading zeros.
        let wanted: Option<usize> = key.parse().ok().filter(|n: &usize| n.to_string() == key);
        let is_key = |written: &str| match written.contains('\\') {
            true => serde_json::from_str::<String>(written).is_ok_and(|k| k == key),
            false => written.len() >= 2 && &written[1..written.len() - 1] == key,
        };
        let mut found = None;
        self.members(|written, index, value| {
            if written.map_or(wanted == Some(index), |range| is_key(&text[range])) {
                found = Some(value);
            }
        });
        found
    }
}
