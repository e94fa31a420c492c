//! Line ends, spaces and what cannot be seen: every newline becomes LF, every space an ordinary one (an em
//! space two), byte order marks, zero-width characters, soft hyphens and control characters go.
//! Form feeds stay: they part pages.

use super::suspect_chars::SuspectChars;
use crate::document::edit::Edits;
use crate::options::Options;
use crate::rule::Rule;

/// Proposes what becomes of newlines, spaces and invisible characters.
pub fn propose(text: &str, options: &Options, edits: &mut Edits) {
    propose_at(text, &SuspectChars::of(text), options, edits);
}

/// The same, where the text is not plain.
pub(crate) fn propose_at(text: &str, suspects: &SuspectChars, options: &Options, edits: &mut Edits) {
    let on = |rule| !options.skip.contains(rule);
    let (line_ends, spaces, invisible) = (on(Rule::LineEnds), on(Rule::SpaceKinds), on(Rule::Invisible));
    for at in suspects.places() {
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        match c {
            '\r' if line_ends && text.as_bytes().get(end) == Some(&b'\n') => edits.remove(at..end, Rule::LineEnds),
            '\r' | '\x0b' | '\u{85}' | '\u{2028}' | '\u{2029}' if line_ends => {
                edits.replace(at..end, "\n", Rule::LineEnds);
            }
            '\t' | '\u{3000}' | '\u{2003}' if spaces => edits.replace(at..end, "  ", Rule::SpaceKinds),
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{1680}' if spaces => {
                edits.replace(at..end, " ", Rule::SpaceKinds);
            }
            '\n' | '\x0c' | '\r' | '\x0b' | '\t' | '\u{85}' => {}
            '\u{200D}' | '\u{200C}' if joins(text, at, end) => {}
            '\0'..='\x1f'
            | '\x7f'..='\u{9F}'
            | '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
                if invisible =>
            {
                edits.remove(at..end, Rule::Invisible);
            }
            _ => {}
        }
    }
}

/// Whether a joiner does its work here: in an emoji sequence, or between letters of a script that shapes.
fn joins(text: &str, at: usize, end: usize) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[end..].chars().next().unwrap_or(' ');
    let emoji = |c: char| matches!(c as u32, 0x2190..=0x2BFF | 0xFE0F | 0x1F000..=0x1FAFF | 0xE0020..=0xE007F | 0x3030 | 0x303D | 0x3297 | 0x3299);
    let shapes = |c: char| matches!(c as u32, 0x600..=0x8FF | 0x900..=0xDFF | 0x1800..=0x18AF);
    emoji(before) && emoji(after) || shapes(before) && shapes(after)
}
