//! The lines of a page and its doubled marks, found in one scan of all bytes.

use super::find::Span;
use crate::text::ends::len_of;
use crate::text::scan::{BLOCK, Places, last_block, line_feeds, mark_starts};
use std::cell::OnceCell;

/// A page's lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Where line feeds are, and the end of the text.
    ends: Places,
    /// The lines that have text, without the spaces around it.
    pub lines: Vec<Span>,
    /// Where a mark is doubled that no writer doubles.
    pub marks: Vec<usize>,
    /// Lines that the first look did not rule out.
    pub looked: Vec<Looked>,
}

/// Finds the lines that have text, and the doubled marks ““ ”” 《《 》》 「「 （（ ·· ：： :: ：: :： 、、 。。 ，，
#[inline(never)] // registers of its own
pub(super) fn read_lines(text: &str, memory: &mut Lines) {
    let Lines { ends, lines, marks, .. } = memory;
    let bytes = text.as_bytes();
    ends.clear();
    marks.clear();
    let (blocks, rest) = bytes.as_chunks();
    let mut last: [u8; BLOCK] = last_block(rest);
    last[rest.len()] = b'\n'; // the end of the text ends a line
    let mut from = 0;
    let mut before = 0; // where marks begin in the block before
    for k in 0..=blocks.len() {
        let block = blocks.get(k).unwrap_or(&last);
        ends.put(from, line_feeds(block));
        let here = mark_starts(block);
        // A mark of three, two or one bytes before another one.
        let behind = |len: usize| here << len | before >> (BLOCK - len);
        let again = here & (behind(3) | behind(2) | behind(1));
        if again != 0 {
            put_marks(bytes, from, again, marks);
        }
        before = here;
        from += BLOCK;
    }
    find_ink(bytes, ends, lines);
}

/// Adds the doubled marks among those whose second copy may begin at a place of `again`, in the block that begins at
/// `from`.
#[inline(never)] // few blocks have any
fn put_marks(bytes: &[u8], from: usize, mut again: u64, marks: &mut Vec<usize>) {
    while again != 0 {
        let at = from + again.trailing_zeros() as usize;
        again &= again - 1;
        if ends_as_before(bytes, at) {
            marks.extend(doubled_mark_at(bytes, at));
        }
    }
}

/// A quick test: whether a mark ends in the same byte as the mark before it, or both in that of a colon, and in one of the
/// bytes that doubled marks end in.
#[inline]
fn ends_as_before(bytes: &[u8], at: usize) -> bool {
    static LAST: [bool; 256] = {
        let mut last = [false; 256];
        let ends = b":\xB7\x9C\x9D\x8A\x8B\x8C\x88\x9A\x81\x82";
        let mut k = 0;
        while k < ends.len() {
            last[ends[k] as usize] = true;
            k += 1;
        }
        last
    };
    let last = bytes.get(at + len_of(bytes[at]) - 1).copied().unwrap_or_default();
    let before = bytes[at.saturating_sub(1)];
    LAST[usize::from(last)] & ((before == last) | matches!((before, last), (b':', 0x9A) | (0x9A, b':')))
}

/// The lines between two ends, without the spaces around them.
fn find_ink(bytes: &[u8], ends: &Places, lines: &mut Vec<Span>) {
    // Each line is written to the list, and an empty one is overwritten by the next one.
    lines.clear();
    lines.resize(ends.len(), Span { start: 0, end: 0 });
    let (mut from, mut held) = (0, 0);
    for at in ends.iter() {
        // For an empty line these bytes are line feeds.
        let spaced = is_space(bytes, from) | is_space(bytes, at.wrapping_sub(1));
        lines[held] = if spaced { without_spaces(bytes, from, at) } else { Span { start: from, end: at } };
        from = at + 1;
        held += usize::from(lines[held].start < lines[held].end);
    }
    lines.truncate(held);
}

#[inline]
fn is_space(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b' ')
}

#[cold]
fn without_spaces(bytes: &[u8], mut start: usize, mut end: usize) -> Span {
    while start < end && bytes[start] == b' ' {
        start += 1;
    }
    while start < end && bytes[end - 1] == b' ' {
        end -= 1;
    }
    Span { start, end }
}

/// The place of a doubled mark whose second copy begins at `at`.
fn doubled_mark_at(bytes: &[u8], at: usize) -> Option<usize> {
    let len = len_of(bytes[at]);
    // A colon may stand beside one of the other width.
    match bytes.get(at.saturating_sub(len.abs_diff(4))..at + len)? {
        [b':', 0xEF, 0xBC, 0x9A] => return Some(at - 1),
        [0xEF, 0xBC, 0x9A, b':'] => return Some(at - 3),
        _ => {}
    }
    let from = at.checked_sub(len)?;
    let doubled = matches!(
        bytes.get(from..at + len)?,
        [b':', b':']
            | [0xC2, 0xB7, 0xC2, 0xB7]
            | [0xE2, 0x80, 0x9C, 0xE2, 0x80, 0x9C]
            | [0xE2, 0x80, 0x9D, 0xE2, 0x80, 0x9D]
            | [0xE3, 0x80, 0x81, 0xE3, 0x80, 0x81]
            | [0xE3, 0x80, 0x82, 0xE3, 0x80, 0x82]
            | [0xE3, 0x80, 0x8A, 0xE3, 0x80, 0x8A]
            | [0xE3, 0x80, 0x8B, 0xE3, 0x80, 0x8B]
            | [0xE3, 0x80, 0x8C, 0xE3, 0x80, 0x8C]
            | [0xEF, 0xBC, 0x88, 0xEF, 0xBC, 0x88]
            | [0xEF, 0xBC, 0x8C, 0xEF, 0xBC, 0x8C]
            | [0xEF, 0xBC, 0x9A, 0xEF, 0xBC, 0x9A]
    );
    doubled.then_some(from)
}

/// What empty lines mean on a page. Few pages ask, so it is computed on demand.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    every_line: OnceCell<bool>,
}

impl Gaps {
    /// Whether nearly every line has an empty line after it.
    pub fn every_line(&self, text: &str, lines: &[Span]) -> bool {
        *self.every_line.get_or_init(|| {
            let blank = (1..lines.len()).filter(|&i| Gaps::blank(text, lines, i - 1)).count();
            lines.len() >= 8 && blank * 10 >= lines.len() * 7
        })
    }

    /// Whether an empty line follows line `i`.
    pub fn blank(text: &str, lines: &[Span], i: usize) -> bool {
        match lines.get(i + 1) {
            Some(next) => text.as_bytes()[lines[i].end..next.start].iter().filter(|&&b| b == b'\n').count() > 1,
            None => true,
        }
    }
}

/// A line that the first look did not rule out, and what it may be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looked {
    pub line: usize,
    /// The line below may begin with the end of this one.
    pub overlaps: bool,
    pub tiles: bool,
}
