//! Half-width punctuation beside Han becomes full-width, where both sides say that it is Chinese; on demand
//! one space parts Han and Latin. Runs last, on whole units: the mark at a line's end has its neighbour on
//! the next line.

use crate::document::edit::Edits;
use crate::options::{CjkLatinSpace, Options};
use crate::rule::Rule;
use crate::text::scan::{BLOCK, LANES, bits_of, within};
use crate::text::width::is_han;
use wide::u8x16;

/// Proposes full-width punctuation, and spaces between Han and Latin where the options want them.
#[inline(never)] // a loop of its own registers, once a page
pub fn propose(text: &str, options: &Options, edits: &mut Edits) {
    let marks = !options.skip.contains(Rule::Punctuation);
    let spaces = options.cjk_latin_space == CjkLatinSpace::One && !options.skip.contains(Rule::CjkLatinSpace);
    let bytes = text.as_bytes();
    // The closing brackets that an opening one has promised to widen.
    let mut closing: Vec<usize> = Vec::new();
    let mut at = 0;
    loop {
        at = if spaces { next_candidate(bytes, at) } else { next_mark(bytes, at) };
        let Some(&b) = bytes.get(at) else { break };
        if spaces && b.is_ascii_alphanumeric() {
            if text[..at].chars().next_back().is_some_and(is_han) {
                edits.insert(at, " ", Rule::CjkLatinSpace);
            }
            let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'%').count();
            if text[end..].chars().next().is_some_and(is_han) {
                edits.insert(end, " ", Rule::CjkLatinSpace);
            }
            at = end;
            continue;
        }
        if !marks {
            at += 1;
            continue;
        }
        match b {
            b',' | b':' | b';' | b'?' | b'!' => {
                let (before, after) = (&text[..at], &text[at + 1..]);
                let left = before.trim_end_matches(' ');
                let right = after.trim_start_matches(' ');
                if is_chinese(left, right) {
                    let wide = match b {
                        b',' => "，",
                        b':' => "：",
                        b';' => "；",
                        b'?' => "？",
                        _ => "！",
                    };
                    let start = left.len().max(edits.as_slice().last().map_or(0, |e| e.end));
                    edits.replace(start..text.len() - right.len(), wide, Rule::Punctuation);
                    at = text.len() - right.len();
                    continue;
                }
            }
            b'(' => {
                if let Some(end) = han_bracket(text, at) {
                    edits.replace(at..at + 1, "（", Rule::Punctuation);
                    closing.push(end);
                }
            }
            b')' if closing.last() == Some(&at) => {
                closing.pop();
                edits.replace(at..at + 1, "）", Rule::Punctuation);
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether a half-width mark stands in Chinese: Han or a full-width mark on one side, Han, a full-width mark,
/// a quotation mark or the line's edge on the other, and Han on one side at least.
fn is_chinese(left: &str, right: &str) -> bool {
    let before = left.chars().next_back().filter(|&c| c != '\n');
    let after = right.chars().next().filter(|&c| c != '\n');
    let wide = |c: char| is_han(c) || is_wide_mark(c) || matches!(c, '?' | '!');
    let (Some(a), b) = (before, after) else { return false };
    let right_ok = b.is_none_or(|c| wide(c) || c == '"');
    let left_ok = wide(a) || a == '"';
    let han = is_han(a) || b.is_some_and(is_han);
    han && left_ok && right_ok && (b.is_some() || is_han(a))
}

fn is_wide_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '「'
            | '」'
            | '『'
            | '』'
            | '（'
            | '）'
            | '《'
            | '》'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '…'
            | '—'
            | '％'
    )
}

/// The closing bracket of one that holds Han and no code, on its line.
fn han_bracket(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at + 1..];
    let mut han = 0;
    let mut depth = 0;
    for (k, c) in rest.char_indices().take(MAX_BRACKETED) {
        match c {
            '\n' => return None,
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' => {
                let inside = &rest[..k];
                let code = inside.contains(['=', '{', '}', '<', '>', '_', '\\', '$', '@']);
                let called = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
                let first_han = inside.chars().find(|c| *c != ' ').is_some_and(is_han);
                return (han > 0 && !code && (!called || first_han)).then_some(at + 1 + k);
            }
            c if is_han(c) => han += 1,
            _ => {}
        }
    }
    None
}

/// Characters that a bracket may hold and still be one aside.
const MAX_BRACKETED: usize = 120;

/// The first mark that may be widened, at `from` or behind; the text's end where there is none, as on most pages.
fn next_mark(bytes: &[u8], mut from: usize) -> usize {
    while let Some(stretch) = bytes.get(from..).and_then(<[u8]>::first_chunk::<BLOCK>) {
        if may_hold_mark(stretch)
            && let Some(n) = mark_in(stretch)
        {
            return from + n;
        }
        from += BLOCK;
    }
    bytes[from..].iter().position(|&b| is_mark(b)).map_or(bytes.len(), |n| from + n)
}

/// The first mark of a stretch. Never in line: the compiler would take every stretch apart for it, asked or not.
#[inline(never)]
fn mark_in(stretch: &[u8; BLOCK]) -> Option<usize> {
    let mut may = bits_of(stretch, |bytes| within(bytes, b'!', b'-') | within(bytes, b':', b'?'));
    while may != 0 {
        let n = may.trailing_zeros() as usize;
        if is_mark(stretch[n]) {
            return Some(n);
        }
        may &= may - 1;
    }
    None
}

/// Whether there is ASCII from `!` to `-` or from `:` to `?`.
#[inline]
fn may_hold_mark(stretch: &[u8; BLOCK]) -> bool {
    // How far above the beginning of each range the nearest byte lies: compared once, and not for all lanes.
    let (mut low, mut high) = (u8x16::splat(0xFF), u8x16::splat(0xFF));
    for lanes in stretch.as_chunks::<LANES>().0 {
        let lanes = u8x16::new(*lanes);
        low = low.min(lanes - u8x16::splat(b'!'));
        high = high.min(lanes - u8x16::splat(b':'));
    }
    (within(low, 0, b'-' - b'!') | within(high, 0, b'?' - b':')).any()
}

fn is_mark(b: u8) -> bool {
    (b == b',') | (b & 0xFE == b':') | (b == b'?') | (b == b'!') | (b & 0xFE == b'(')
}

/// The first mark, Latin letter or digit, at `from` or behind.
fn next_candidate(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|&b| is_mark(b) || b.is_ascii_alphanumeric()).map_or(bytes.len(), |n| from + n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_with_a_mark_is_never_passed_over() {
        for place in 0..BLOCK {
            for byte in 0..=u8::MAX {
                for others in [0x20, 0x2E, 0x39, 0x40, 0x80, 0xE6] {
                    let mut stretch = [others; BLOCK];
                    stretch[place] = byte;
                    let may = matches!(byte, b'!'..=b'-' | b':'..=b'?');
                    assert_eq!(may_hold_mark(&stretch), may, "{byte:#x} at {place} among {others:#x}");
                    assert_eq!(mark_in(&stretch), is_mark(byte).then_some(place), "{byte:#x} at {place}");
                }
            }
        }
    }
}
