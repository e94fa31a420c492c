//! A page's lines, and where marks stand twice: all that is read of every byte.

use super::Span;
use super::look::Looked;
use crate::lanes::LANES;
use wide::{CmpEq, i8x16};

/// A page's lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Where line feeds stand, and the end of the text.
    pub ends: Vec<usize>,
    /// The lines that hold text.
    pub lines: Vec<Span>,
    /// Where a mark stands twice that no writer doubles.
    pub marks: Vec<usize>,
    /// Lines that the first look did not turn away.
    pub looked: Vec<Looked>,
}

/// Bytes that are read at a time: a bit of a word for each.
pub(super) const BLOCK: usize = 64;

/// Reads the lines that hold text, without the spaces around it, and where marks stand that no writer sets twice:
/// ““ 《《 「「 ：： ::
#[inline(never)] // for registers of its own
pub(super) fn read_lines(text: &str, memory: &mut Lines) -> Gaps {
    let Lines { ends, lines, marks, .. } = memory;
    let bytes = text.as_bytes();
    marks.clear();
    let (blocks, rest) = bytes.as_chunks();
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let (mut from, mut held) = (0, 0);
    let mut before = 0; // where the block before held marks
    for k in 0..=blocks.len() {
        let places = Places::of(blocks.get(k).unwrap_or(&last));
        places.put_feeds(from, ends, &mut held);
        // A mark of three bytes behind another one, or a colon behind a colon.
        let here = places.marks;
        let again = here & (here << 3 | before >> (BLOCK - 3) | here << 1 | before >> (BLOCK - 1));
        if again != 0 {
            put_marks(bytes, from, again, marks);
        }
        before = here;
        from += BLOCK;
    }
    ends.truncate(held);
    ends.push(bytes.len());
    find_ink(bytes, ends, lines)
}

/// Puts down where marks stand twice, of which the second ones may begin at the given places behind `from`.
#[inline(never)] // few blocks have any
fn put_marks(bytes: &[u8], from: usize, mut again: u64, marks: &mut Vec<usize>) {
    while again != 0 {
        marks.extend(doubled_mark(bytes, from + again.trailing_zeros() as usize));
        again &= again - 1;
    }
}

/// The text between line feeds, or text's end, without the spaces around it.
fn find_ink(bytes: &[u8], ends: &[usize], lines: &mut Vec<Span>) -> Gaps {
    // Lines with text and empty ones come in no order that could be foretold, so each is put down and the empty ones
    // are written over.
    lines.clear();
    lines.resize(ends.len(), Span { start: 0, end: 0 });
    let (mut from, mut empty_before, mut blank, mut held) = (0, 0, 0, 0);
    for &at in ends {
        let line = match bytes[from..at] {
            [b' ', ..] | [.., b' '] => without_spaces(bytes, from, at),
            _ => Span { start: from, end: at },
        };
        from = at + 1;
        let full = usize::from(line.start < line.end);
        lines[held] = line;
        held += full;
        blank += full & empty_before;
        empty_before = full ^ 1;
    }
    if held > 0 && lines[0].start > ends[0] {
        blank -= 1; // before the first line
    }
    lines.truncate(held);
    Gaps { every_line: held >= 8 && blank * 10 >= held * 7 }
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

/// What stands in a block, a bit for each byte.
struct Places {
    feeds: u64,
    /// First bytes of marks that may be doubled, and of some that are not.
    marks: u64,
}

impl Places {
    #[inline]
    fn of(block: &[u8; BLOCK]) -> Places {
        let (mut feeds, mut marks) = (0, 0);
        for (k, part) in block.as_chunks::<LANES>().0.iter().enumerate() {
            let part = lanes(part);
            let is = |byte: u8| part.cmp_eq(i8x16::splat(byte as i8));
            // E2 and E3 differ in the last bit only.
            let quotes = (part & i8x16::splat(0xFE_u8 as i8)).cmp_eq(i8x16::splat(0xE2_u8 as i8));
            feeds |= u64::from(is(b'\n').move_mask() as u16) << (k * LANES);
            marks |= u64::from((quotes | is(0xEF) | is(b':')).move_mask() as u16) << (k * LANES);
        }
        Places { feeds, marks }
    }

    /// Puts down the places of the line feeds of a block that begins at `from`, behind those that are held.
    #[inline]
    fn put_feeds(&self, from: usize, ends: &mut Vec<usize>, held: &mut usize) {
        if ends.len() < *held + BLOCK {
            ends.resize(2 * (*held + BLOCK), 0);
        }
        // A block seldom has more than four, so four are always put down and those that are none are not counted.
        let mut feeds = self.feeds;
        if let Some(slots) = ends[*held..].first_chunk_mut::<4>() {
            for slot in slots {
                *slot = from + feeds.trailing_zeros() as usize;
                *held += usize::from(feeds != 0);
                feeds &= feeds.wrapping_sub(1);
            }
        }
        while feeds != 0 {
            ends[*held] = from + feeds.trailing_zeros() as usize;
            *held += 1;
            feeds &= feeds - 1;
        }
    }
}

#[inline]
fn lanes(bytes: &[u8; LANES]) -> i8x16 {
    i8x16::new(bytes.map(|b| b as i8))
}

/// Where a mark stands that no writer sets twice, if its double begins at `at`.
fn doubled_mark(bytes: &[u8], at: usize) -> Option<usize> {
    let wide = at.checked_sub(3).filter(|&from| {
        matches!(
            bytes[from..],
            [0xE2, 0x80, 0x9C, 0xE2, 0x80, 0x9C, ..]
                | [0xE3, 0x80, 0x8A, 0xE3, 0x80, 0x8A, ..]
                | [0xE3, 0x80, 0x8C, 0xE3, 0x80, 0x8C, ..]
                | [0xEF, 0xBC, 0x9A, 0xEF, 0xBC, 0x9A, ..]
        )
    });
    wide.or_else(|| at.checked_sub(1).filter(|&from| bytes[from..].starts_with(b"::")))
}

/// What empty lines mean on this page.
pub(super) struct Gaps {
    pub every_line: bool,
}

impl Gaps {
    /// Whether an empty line follows line `i`.
    pub fn blank(&self, text: &str, lines: &[Span], i: usize) -> bool {
        match lines.get(i + 1) {
            Some(next) => text.as_bytes()[lines[i].end..next.start].iter().filter(|&&b| b == b'\n').count() > 1,
            None => true,
        }
    }
}
