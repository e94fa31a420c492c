//! provisional until controls and glyphs are merged
#![allow(missing_docs)]
use crate::{edit::Edits, rule::Rule};
pub fn propose(text: &str, edits: &mut Edits) {
    for (i, c) in text.char_indices() {
        let n = i + c.len_utf8();
        match c {
            '\r' => if text[n..].starts_with('\n') { edits.remove(i..n, Rule::LineEnds) } else { edits.replace(i..n, "\n", Rule::LineEnds) },
            '\u{3000}' => edits.replace(i..n, "  ", Rule::SpaceKinds),
            '\t' => edits.replace(i..n, "  ", Rule::SpaceKinds),
            '\u{a0}' | '\u{2009}' | '\u{200a}' | '\u{202f}' => edits.replace(i..n, " ", Rule::SpaceKinds),
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => edits.replace(i..n, &char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_string(), Rule::FullWidth),
            _ => {}
        }
    }
}
