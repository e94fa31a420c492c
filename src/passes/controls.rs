//! Line ends, spaces and what cannot be seen: every newline becomes LF, every space an ordinary one (an em
//! space two), byte order marks, zero-width characters, soft hyphens and control characters go.
//! Form feeds stay: they part pages.

use super::plain::Odd;
use crate::edit::Edits;
use crate::options::Options;
use crate::rule::Rule;

/// Proposes what becomes of newlines, spaces and invisible characters.
pub fn propose(text: &str, options: &Options, edits: &mut Edits) {
    propose_at(text, &Odd::of(text), options, edits);
}

/// The same, where the text is not plain.
pub(crate) fn propose_at(text: &str, odd: &Odd, options: &Options, edits: &mut Edits) {
    let on = |rule| !options.skip.contains(rule);
    let (line_ends, spaces, invisible) = (on(Rule::LineEnds), on(Rule::SpaceKinds), on(Rule::Invisible));
    let bytes = text.as_bytes();
    let mut at = 0;
    for stretch in odd.stretches() {
        at = at.max(stretch.start);
        while at < stretch.end {
            let b = bytes[at];
            match KIND[b as usize] {
                PLAIN_1 => at += 1,
                PLAIN_3 => at += 3,
                CONTROL => {
                    let end = at + 1;
                    match b {
                        b'\r' if bytes.get(end) == Some(&b'\n') && line_ends => {
                            edits.remove(at..end, Rule::LineEnds);
                        }
                        b'\r' | 0x0B if line_ends => edits.replace(at..end, "\n", Rule::LineEnds),
                        b'\t' if spaces => edits.replace(at..end, "  ", Rule::SpaceKinds),
                        b'\r' | 0x0B | b'\t' => {}
                        _ if invisible => edits.remove(at..end, Rule::Invisible),
                        _ => {}
                    }
                    at = end;
                }
                _ => {
                    let Some(c) = text[at..].chars().next() else { break };
                    let end = at + c.len_utf8();
                    match c {
                        '\u{85}' | '\u{2028}' | '\u{2029}' if line_ends => edits.replace(at..end, "\n", Rule::LineEnds),
                        '\u{3000}' | '\u{2003}' if spaces => edits.replace(at..end, "  ", Rule::SpaceKinds),
                        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{1680}' if spaces => {
                            edits.replace(at..end, " ", Rule::SpaceKinds);
                        }
                        '\u{200D}' | '\u{200C}' if joins(text, at, end) => {}
                        '\u{80}'..='\u{9F}'
                        | '\u{AD}'
                        | '\u{61C}'
                        | '\u{180E}'
                        | '\u{200B}'..='\u{200F}'
                        | '\u{202A}'..='\u{202E}'
                        | '\u{2060}'..='\u{2064}'
                        | '\u{2066}'..='\u{206F}'
                        | '\u{FEFF}'
                        | '\u{FFF9}'..='\u{FFFB}'
                            if invisible && !matches!(c, '\u{85}') =>
                        {
                            edits.remove(at..end, Rule::Invisible);
                        }
                        _ => {}
                    }
                    at = end;
                }
            }
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

const PLAIN_1: u8 = 0;
const PLAIN_3: u8 = 1;
const CONTROL: u8 = 2;
const LOOK: u8 = 3;

/// What the first byte of a character says: nothing to do for ASCII text, LF, FF and the bulk of Han; a control
/// character; or a closer look.
static KIND: [u8; 256] = {
    let mut kind = [PLAIN_1; 256];
    let mut b = 0;
    while b < 256 {
        kind[b] = match b {
            0x0A | 0x0C => PLAIN_1,
            0..=0x1F | 0x7F => CONTROL,
            0xE4..=0xE9 => PLAIN_3,
            0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xE3 | 0xEF => LOOK,
            // The other lead bytes begin nothing that is looked for here; their tails are passed one by one.
            _ => PLAIN_1,
        };
        b += 1;
    }
    kind
};
