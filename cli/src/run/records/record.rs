//! One record: what is put in the place of the fields' strings or beside them. This file and those that it
//! uses depend on nothing else of the tool, so that the fuzz targets can include them.

use super::additions::Additions;
use super::edit::{Edit, Put};
use super::fault::Fault;
use super::field::{Field, Place};
use super::scan::Found;
use qingyang::Cleaner;
use serde::de::IgnoredAny;

/// A field to be cleaned.
pub struct Target {
    pub field: Field,
    /// Where the clean text goes: a key beside the field, or a pointer whose `*` are those of the field, one by one. Without
    /// it the clean text takes the place of the field.
    pub to: Option<Field>,
}

/// The clean text of a field.
pub struct Cleaned {
    pub text: String,
    /// Keys and their values, as JSON, that are put beside the field.
    pub beside: Vec<(String, String)>,
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
    let (mut edits, mut additions) = (Vec::new(), Additions::default());
    for (number, target) in targets.iter().enumerate() {
        let places = target.field.find(text).ok_or(Fault::NoField { field: number })?;
        for place in places {
            edit(text, number, target, place, clean, &mut edits, &mut additions)?;
        }
    }
    additions.put(text, &mut edits)?;
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

/// Cleans one place of a field.
fn edit(
    text: &str,
    number: usize,
    target: &Target,
    place: Place,
    clean: &mut dyn FnMut(usize, &str) -> Cleaned,
    edits: &mut Vec<Edit>,
    additions: &mut Additions,
) -> Result<(), Fault> {
    let found = Found::at(text, place.value.start);
    if found != Found::Text {
        return Err(Fault::NotText { field: number, found });
    }
    let not_unicode = |e: serde_json::Error| Fault::NotUnicode { field: number, reason: reason(&e) };
    let value: String = serde_json::from_str(&text[place.value.clone()]).map_err(not_unicode)?;
    let Cleaned { text: clean, beside } = clean(number, &value);
    let is_changed = clean != value;
    // A string may be as long as the line, so no copy stays longer than it is needed.
    drop(value);
    let (field, start) = (&target.field, place.value.start);
    let no_object = Fault::NoObject { field: number };
    match &target.to {
        Some(to) => {
            let steps = field.steps(&place, to).ok_or(no_object.clone())?;
            additions.add(steps, Put::Text(clean), number, start);
        }
        None if is_changed => edits.push(Edit { range: place.value.clone(), put: Put::Text(clean) }),
        None => {}
    }
    for (key, json) in beside {
        let steps = field.beside(&place, &key).ok_or(no_object.clone())?;
        additions.add(steps, Put::Json(json.into()), number, start);
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
