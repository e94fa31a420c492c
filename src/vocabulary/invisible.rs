//! Characters that print nothing, and those that part lines or words.

use crate::ledger::is_symbol_space;

/// Characters that end a line in some system, besides the line feed.
pub(crate) const LINE_ENDS: [char; 5] = ['\r', '\x0b', '\u{85}', '\u{2028}', '\u{2029}'];

/// Whether a character prints nothing and is no space: byte order marks, zero-width characters, soft hyphens, marks of
/// direction.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
    )
}

/// How many ordinary spaces are as wide as this one; 0 for a character that is no space of another kind.
pub(crate) const fn spaces_of(c: char) -> usize {
    match c {
        '\t' | '\u{3000}' | '\u{2003}' => 2,
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{1680}' => 1,
        c if is_symbol_space(c) => 1,
        _ => 0,
    }
}
