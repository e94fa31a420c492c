//! Half-width punctuation beside Han becomes full-width where both sides are Chinese. On demand a space is put
//! between Han and Latin. This pass runs on whole units, because the mark at a line's end has its neighbour on the
//! next line.

use crate::document::edit::Edits;
use crate::options::Options;
use crate::rule::Rule;
use crate::text::latin::is_of_number;
use crate::text::scan::{BLOCK, Block, half_width_marks, has_half_width_mark};
use crate::text::width::is_han;

/// Proposes full-width punctuation, and spaces between Han and Latin where the options want them.
#[inline(never)] // once a page, with registers of its own
pub fn propose(text: &str, options: &Options, edits: &mut Edits) {
    let marks = !options.skip.contains(Rule::Punctuation);
    let spaces = options.puts_latin_space();
    let bytes = text.as_bytes();
    // Where the closing brackets are whose opening ones were widened.
    let mut closing: Vec<usize> = Vec::new();
    let mut line = LineOfMark::default();
    let mut at = 0;
    loop {
        at = if spaces { next_candidate(bytes, at) } else { next_mark(bytes, at) };
        let Some(&b) = bytes.get(at) else { break };
        if spaces && b.is_ascii_alphanumeric() {
            at = set_off_word(text, at, edits);
            continue;
        }
        if !marks {
            at += 1;
            continue;
        }
        match b {
            b',' | b':' | b';' | b'?' | b'!' => {
                if let Some(end) = widen(text, at, b, &mut line, edits) {
                    at = end;
                    continue;
                }
            }
            b'(' => {
                if let Some(end) = han_bracket(text, at) {
                    // A wide bracket brings its own white, so the space between it and a Latin word goes.
                    let start = at - usize::from(matches!(bytes[..at], [.., b, b' '] if b.is_ascii_alphanumeric()));
                    edits.replace(start.max(end_of_last(edits))..at + 1, "（", Rule::Punctuation);
                    closing.push(end);
                }
            }
            b')' if closing.last() == Some(&at) => {
                closing.pop();
                let behind =
                    usize::from(matches!(bytes.get(at + 1..), Some([b' ', b, ..]) if b.is_ascii_alphanumeric()));
                edits.replace(at..at + 1 + behind, "）", Rule::Punctuation);
                at += behind;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Puts spaces between the Latin word or the number at byte `at` and Han beside it. Returns where it ends.
fn set_off_word(text: &str, at: usize, edits: &mut Edits) -> usize {
    if text[..at].chars().next_back().is_some_and(is_han) {
        edits.insert(at, " ", Rule::CjkLatinSpace);
    }
    let end = at + text.as_bytes()[at..].iter().take_while(|&&b| is_of_number(b)).count();
    if text[end..].chars().next().is_some_and(is_han) {
        edits.insert(end, " ", Rule::CjkLatinSpace);
    }
    end
}

/// Makes the half-width mark at byte `at` full-width where its text is Chinese. Returns where the text behind it begins.
fn widen(text: &str, at: usize, mark: u8, line: &mut LineOfMark, edits: &mut Edits) -> Option<usize> {
    let left = text[..at].trim_end_matches(' ');
    let right = text[at + 1..].trim_start_matches(' ');
    // ?! and !!! and ),: what has just become full-width is so for the mark behind it, too.
    let behind_wide = !left.is_empty() && edits.as_slice().last().is_some_and(|e| e.end == left.len());
    let follows_mark = behind_wide && !left.ends_with(')') && matches!(mark, b'?' | b'!');
    if !follows_mark && !line.is_chinese(text, left, right, mark, behind_wide) {
        return None;
    }
    let wide = match mark {
        b',' => "，",
        b':' => "：",
        b';' => "；",
        b'?' => "？",
        _ => "！",
    };
    let end = text.len() - right.len();
    edits.replace(left.len().max(end_of_last(edits))..end, wide, Rule::Punctuation);
    Some(end)
}

/// The end of the last edit; no edit may begin before it.
fn end_of_last(edits: &Edits) -> usize {
    edits.as_slice().last().map_or(0, |e| e.end)
}

/// The line of the last mark, and what tells whether its text is Chinese. A line of many marks is counted once.
#[derive(Debug, Default)]
struct LineOfMark {
    /// Its end; 0 before the first mark.
    end: usize,
    han: usize,
    words: usize,
}

/// Han that a line of Chinese has for each of its Latin words, at least. A line of English with Chinese names has fewer.
const HAN_TO_WORD: usize = 2;

impl LineOfMark {
    /// Whether a half-width mark stands in Chinese text. Beside Han or a full-width mark on both sides it does, also where
    /// one side is a quotation mark or the line's edge. Otherwise the line must be Chinese; then what stands before the
    /// mark decides: behind Han it does, behind a digit or a Latin letter only where Chinese or the line's end follows.
    /// `behind_wide` tells that the mark before it has just become full-width.
    fn is_chinese(&mut self, text: &str, left: &str, right: &str, mark: u8, behind_wide: bool) -> bool {
        let before = left.chars().next_back().filter(|&c| c != '\n');
        let after = right.chars().next().filter(|&c| c != '\n');
        let Some(a) = before.map(|c| if behind_wide { '）' } else { c }) else { return false };
        if between_chinese(a, after) {
            return true;
        }
        let han_before = is_han(a) || is_wide_mark(a);
        let ascii_after = after.is_some_and(|c| c.is_ascii_alphanumeric());
        let chinese_after = after.is_none_or(|c| is_han(c) || is_wide_mark(c) || c == '"');
        // 12! is a label where a line or a sentence begins.
        let label = || {
            let before = left.trim_end_matches(|c: char| c.is_ascii_digit());
            before.len() < left.len() && (before.is_empty() || before.ends_with(['\n', '。', '！', '？', '；']))
        };
        let number = a.is_ascii_alphanumeric() || matches!(a, '%' | '℃' | '㎡');
        // 35%;B级: behind a code a semicolon goes on to another one.
        let coded =
            mark == b';' && number && ascii_after && right.trim_start_matches(is_alphanumeric).starts_with(is_han);
        let may = han_before && ascii_after || number && chinese_after && !label() || coded;
        if !may || matches!(mark, b'?' | b':') && in_address(left) {
            return false;
        }
        self.count(text, left.len());
        self.han >= HAN_TO_WORD * (self.words + usize::from(!han_before)).max(1)
    }

    /// Counts the Han and the Latin words of the line at `at`.
    fn count(&mut self, text: &str, at: usize) {
        if at >= self.end {
            let bytes = text.as_bytes();
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |k| k + 1);
            self.end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |k| at + k);
            (self.han, self.words) = (0, 0);
            // A unit behind a number is no word: 3.5m, 15m3/s.
            let (mut inside, mut measured) = (false, false);
            for c in text[start..self.end].chars() {
                let letter = c.is_ascii_alphabetic();
                self.words += usize::from(letter && !inside && !measured);
                inside = letter;
                measured = c.is_ascii_digit() || measured && (letter || matches!(c, '/' | '.' | '%'));
                self.han += usize::from(is_han(c));
            }
        }
    }
}

fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Whether what stands on both sides of a mark is Chinese, and Han on one of them.
fn between_chinese(a: char, after: Option<char>) -> bool {
    let wide = |c: char| is_han(c) || is_wide_mark(c) || matches!(c, '?' | '!');
    let right_ok = after.is_none_or(|c| wide(c) || c == '"');
    let left_ok = wide(a) || a == '"';
    let han = is_han(a) || after.is_some_and(is_han);
    han && left_ok && right_ok && (after.is_some() || is_han(a))
}

/// Whether a web address is open at the end of a text: nothing but its own signs and Han since it began.
fn in_address(left: &str) -> bool {
    let word = left.rsplit(|c: char| !c.is_ascii_graphic() && !is_han(c)).next().unwrap_or_default();
    word.contains("://") || word.contains("www.")
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

/// The closing bracket of an aside on the same line that has Han in it and no code.
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

/// Maximum length of an aside in brackets, in characters.
const MAX_BRACKETED: usize = 120;

/// The first mark from `from` on that may be widened, or the text's end.
fn next_mark(bytes: &[u8], mut from: usize) -> usize {
    while let Some(block) = bytes.get(from..).and_then(<[u8]>::first_chunk) {
        if has_half_width_mark(block)
            && let Some(n) = mark_in(block)
        {
            return from + n;
        }
        from += BLOCK;
    }
    bytes[from..].iter().position(|&b| is_mark(b)).map_or(bytes.len(), |n| from + n)
}

/// The first mark of a block.
fn mark_in(block: &Block) -> Option<usize> {
    let mut may = half_width_marks(block);
    while may != 0 {
        let n = may.trailing_zeros() as usize;
        if is_mark(block[n]) {
            return Some(n);
        }
        may &= may - 1;
    }
    None
}

fn is_mark(b: u8) -> bool {
    (b == b',') | (b & 0xFE == b':') | (b == b'?') | (b == b'!') | (b & 0xFE == b'(')
}

/// The first mark, Latin letter or digit from `from` on, or the text's end.
fn next_candidate(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|&b| is_mark(b) || b.is_ascii_alphanumeric()).map_or(bytes.len(), |n| from + n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mark_of_a_block_is_found() {
        for place in 0..BLOCK {
            for byte in 0..=u8::MAX {
                for others in [0x20, 0x2E, 0x39, 0x40, 0x80, 0xE6] {
                    let mut block = [others; BLOCK];
                    block[place] = byte;
                    let found = Some(place).filter(|_| is_mark(byte));
                    assert_eq!(next_mark(&block, 0), found.unwrap_or(BLOCK), "{byte:#x} at {place}");
                }
            }
        }
    }
}
