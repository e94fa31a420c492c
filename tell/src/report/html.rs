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
    replaced(out, text, is_special, |out, c| match sign(c) {
        Some(sign) => {
            let _ = write!(out, "<b class=c>{sign}</b>");
        }
        None => escaped(out, c),
    });
}

/// Whether a character does not stand for itself in HTML.
fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '\'') || is_unseen(c)
}

/// A text as the value of an attribute that a script reads back, character by character. It has no NUL.
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let is_marked = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r');
    replaced(&mut out, text, is_marked, |out, c| match c {
        // A parser would make a line feed of it.
        '\r' => out.push_str("&#13;"),
        c => escaped(out, c),
    });
    out
}

/// A text as the value of an attribute, or as part of a sentence.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    replaced(
        &mut out,
        text,
        |c| c == '\n' || is_special(c),
        |out, c| match sign(c) {
            Some(sign) => out.push_str(&sign),
            None if c == '\n' => out.push('⏎'),
            None => escaped(out, c),
        },
    );
    out
}

/// Appends a text in which `put` writes some characters. Most text is copied as it is.
fn replaced(out: &mut String, text: &str, is_replaced: impl Fn(char) -> bool, put: impl Fn(&mut String, char)) {
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_replaced(*c)) {
        out.push_str(&text[from..at]);
        put(out, c);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
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
