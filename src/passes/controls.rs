//! Line ends, spaces and invisible characters. Every newline becomes LF, and every space becomes an ordinary one (an em
//! space becomes two). Byte order marks, zero-width characters, soft hyphens and control characters are removed. A soft hyphen at a
//! line end was printed, so it becomes a hyphen. Form feeds stay, because they separate pages.

use super::suspect_chars::SuspectChars;
use crate::document::edit::Edits;
use crate::options::Options;
use crate::rule::Rule;
use crate::vocabulary::invisible::{LINE_ENDS, is_invisible, spaces_of};

/// Proposes edits for newlines, spaces and invisible characters.
pub fn propose(text: &str, options: &Options, edits: &mut Edits) {
    propose_at(text, &SuspectChars::of(text), options, edits);
}

/// The same at the places where such characters may stand.
pub(crate) fn propose_at(text: &str, suspects: &SuspectChars, options: &Options, edits: &mut Edits) {
    let on = |rule| !options.skip.contains(rule);
    let (line_ends, spaces, invisible) = (on(Rule::LineEnds), on(Rule::SpaceKinds), on(Rule::Invisible));
    // Characters that touch go as one: an extractor may write a million NULs.
    let mut unseen = 0..0;
    for at in suspects.places() {
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        if unseen.end < at && !unseen.is_empty() {
            edits.remove(std::mem::take(&mut unseen), Rule::Invisible);
        }
        let (place, after, rule) = match c {
            '\r' if line_ends && text.as_bytes().get(end) == Some(&b'\n') => (at..end, "", Rule::LineEnds),
            c if line_ends && LINE_ENDS.contains(&c) => (at..end, "\n", Rule::LineEnds),
            c if spaces && spaces_of(c) > 0 => (at..end, &"  "[..spaces_of(c)], Rule::SpaceKinds),
            // A form feed parts pages. Where a rule is off, its characters stay.
            '\n' | '\x0c' | '\t' => continue,
            c if LINE_ENDS.contains(&c) => continue,
            '\u{200D}' | '\u{200C}' if joins(text, at, end) => continue,
            '\u{AD}' if invisible && is_printed_hyphen(text, at, end) => (at..end, "-", Rule::Invisible),
            c if invisible && (c.is_control() || is_invisible(c)) => {
                unseen = if unseen.end == at { unseen.start..end } else { at..end };
                continue;
            }
            _ => continue,
        };
        if !unseen.is_empty() {
            edits.remove(std::mem::take(&mut unseen), Rule::Invisible);
        }
        edits.replace(place, after, rule);
    }
    if !unseen.is_empty() {
        edits.remove(unseen, Rule::Invisible);
    }
}

/// Whether a soft hyphen breaks a Latin word at a line end.
fn is_printed_hyphen(text: &str, at: usize, end: usize) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    is_letter(text[..at].chars().next_back()) && text[end..].trim_start_matches(' ').starts_with(['\n', '\r'])
}

/// Whether a joiner has an effect here: in an emoji sequence, or between letters of a script that joins them.
fn joins(text: &str, at: usize, end: usize) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[end..].chars().next().unwrap_or(' ');
    let emoji = |c: char| matches!(c as u32, 0x2190..=0x2BFF | 0xFE0F | 0x1F000..=0x1FAFF | 0xE0020..=0xE007F | 0x3030 | 0x303D | 0x3297 | 0x3299);
    let shapes = |c: char| matches!(c as u32, 0x600..=0x8FF | 0x900..=0xDFF | 0x1800..=0x18AF);
    emoji(before) && emoji(after) || shapes(before) && shapes(after)
}
