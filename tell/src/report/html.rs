//! Text as HTML: escaped, with signs for characters that cannot be seen.

use crate::chars::{code_point, is_unseen};
use std::fmt::Write;

/// The sign of a character that cannot be seen; `None` for all others.
fn sign(c: char) -> Option<String> {
    match c {
        c if !is_unseen(c) => None,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).map(String::from), // control pictures of Unicode
        '\x7f' => Some("␡".into()),
        c => Some(format!("[{}]", code_point(c))),
    }
}

/// Appends text of the page.
pub fn text(out: &mut String, text: &str) {
    for c in text.chars() {
        match sign(c) {
            Some(sign) => {
                let _ = write!(out, "<b class=c>{sign}</b>");
            }
            None => escaped(out, c),
        }
    }
}

/// A text as the value of an attribute that a script reads back, character by character. It has no NUL.
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // A parser would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            c => escaped(&mut out, c),
        }
    }
    out
}

/// A text as the value of an attribute, or as part of a sentence.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match sign(c) {
            Some(sign) => out.push_str(&sign),
            None if c == '\n' => out.push('⏎'),
            None => escaped(&mut out, c),
        }
    }
    out
}

fn escaped(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}
