//! Quick looks that rule out lines which cannot be doubled, before anything costly looks at them.

use super::find::{MAX_GLYPHS, Span, is_mark};
use super::lines::{Lines, Looked};
use crate::text::ends::len_of;
use crate::text::scan::{BLOCK, Pair, han_starts, has_byte, has_pair, places_of_pair};

/// Takes the first look at each line.
#[inline(never)] // registers of its own
pub(super) fn look(bytes: &[u8], lines: &mut Lines) {
    let Lines { lines, marks, looked, .. } = lines;
    // An entry is written for each line, and overwritten by the next one unless it counts.
    looked.clear();
    looked.resize(lines.len(), Looked::default());
    let mut held = 0;
    for (i, (&line, &below)) in lines.iter().zip(lines.iter().skip(1)).enumerate() {
        let (tiles, overlaps) = first_look(bytes, line, below);
        looked[held] = Looked { line: i, overlaps, tiles };
        held += usize::from(tiles | overlaps);
    }
    looked.truncate(held);
    // The last line, which has none below it, and the few lines with doubled marks.
    looked.extend(lines.len().checked_sub(1).map(|line| Looked { line, overlaps: false, tiles: true }));
    if !marks.is_empty() {
        let marked = marks.iter().map(|&mark| lines.partition_point(|l| l.end <= mark));
        looked.extend(marked.map(|line| Looked { line, overlaps: false, tiles: false }));
        looked.sort_by_key(|l| l.line);
        looked.dedup_by_key(|l| l.line); // the first ones stay
    }
}

/// The first look, which rules out most lines. If copies tile a line, its first Han is in it again. If the line below
/// overlaps it, the first character of that line is in it.
#[inline(always)] // its registers are those of the loop
pub(super) fn first_look(bytes: &[u8], line: Span, below: Span) -> (bool, bool) {
    let (rest, left) = (&bytes[line.start..], line.end - line.start);
    let Some(block) = rest.first_chunk::<{ BLOCK + 1 }>() else { return (true, may_hold_first_of(bytes, line, below)) };
    // The first Han itself does not count.
    let (own, others) = match *block {
        [0xE4..=0xE9, a, b, ..] => (Pair::new(a, b), u32::MAX << 1),
        _ => match first_han(block, left) {
            Some(found) => found,
            None => return look_without_han(bytes, line, below),
        },
    };
    let first = match bytes[below.start..] {
        [0xE2..=0xE9, a, b, ..] => Some(Pair::new(a, b)),
        _ => None, // of two widths, or of another length
    };
    let mut again = places_of_pair(own, block, left) & others;
    let mut held = places_of_pair(first.unwrap_or(own), block, left);
    if left > BLOCK {
        let rest = line.start + BLOCK;
        again |= u32::from(has_pair(own, bytes, rest, line.end));
        held |= u32::from(first.is_some_and(|first| has_pair(first, bytes, rest, line.end)));
    }
    let overlaps = if first.is_some() { held != 0 } else { may_hold_first_of(bytes, line, below) };
    (again != 0, overlaps)
}

/// The last two bytes of the line's first Han, if it is near the beginning, and a mask of all places after it.
#[inline(never)] // most lines begin with Han
fn first_han(block: &[u8; BLOCK + 1], left: usize) -> Option<(Pair, u32)> {
    let near = han_starts(block.first_chunk()?) as u32;
    let at = near.trailing_zeros() as usize;
    let &[a, b] = block.get(at + 1..)?.first_chunk().filter(|_| at < left.min(BLOCK / 2))?;
    Some((Pair::new(a, b), u32::MAX << (at.div_ceil(2) + 1)))
}

/// The first look at a line without Han near its beginning. A line that is tiled has Han somewhere.
#[inline(never)] // few lines are so
fn look_without_han(bytes: &[u8], line: Span, below: Span) -> (bool, bool) {
    let text = &bytes[line.start..line.end];
    let tiles = text.iter().any(|&b| b >= 0xE2) || begins_with_pair(text);
    (tiles, may_hold_first_of(bytes, line, below))
}

/// Whether a line without Han may have each of its letters twice.
fn begins_with_pair(line: &[u8]) -> bool {
    let mut ink = line.iter().filter(|&&b| b != b' ');
    ink.next().is_some_and(|a| a.is_ascii_alphabetic() && ink.next() == Some(a))
}

/// Whether a line may have the first character of the line below, as each line of a chain has.
#[inline(never)] // few lines begin with anything but Han
pub(super) fn may_hold_first_of(bytes: &[u8], line: Span, below: Span) -> bool {
    may_hold(bytes, line, first_char(&bytes[below.start..below.end]))
}

/// Whether the line below may begin with the end of a line, as every chain and every tiling across a line break
/// needs. The first look has found its first character in the line; here the line's last character must be in it.
pub(super) fn may_overlap(bytes: &[u8], line: Span, below: Span) -> bool {
    may_hold(bytes, below, last_char(&bytes[line.start..line.end]))
}

/// A quick test: in a line that is tiled, the first glyphs and the last one, without marks and words, occur twice.
pub(super) fn may_tile(text: &str, span: Span) -> bool {
    // Running text has one or two of these by chance, not three. The first look has tested the first one.
    const LOOKED_AT: std::ops::Range<usize> = 1..3;
    let Span { start, end } = span;
    let line = &text[start..end];
    if line.len() >= MAX_GLYPHS * 6 {
        return false;
    }
    let held = |part: Span, c: &[u8]| may_hold(text.as_bytes(), part, c);
    // Digits and Latin letters may be single among copies.
    let may_be_single = |c: char| is_mark(c) || c.is_ascii_alphanumeric();
    let ink = line.trim_end_matches(may_be_single).as_bytes();
    if ink.is_empty() {
        return begins_with_pair(line.as_bytes());
    }
    let last = last_char(ink);
    if !held(Span { start, end: start + ink.len() - last.len() }, last) {
        return false;
    }
    let glyphs = line.char_indices().filter(|&(_, c)| !may_be_single(c));
    glyphs.take(LOOKED_AT.end).skip(LOOKED_AT.start).all(|(at, c)| {
        let (from, to) = (start + at, start + at + c.len_utf8());
        let c = &text.as_bytes()[from..to];
        held(Span { start: to, end }, c) || held(Span { start, end: from }, c)
    })
}

fn first_char(line: &[u8]) -> &[u8] {
    &line[..len_of(line[0])]
}

fn last_char(line: &[u8]) -> &[u8] {
    let mut at = line.len() - 1;
    while line[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    &line[at..]
}

/// Whether a character may be in a part of a line, in either width. Only its last two bytes are compared, which
/// hardly any other character shares.
pub(super) fn may_hold(bytes: &[u8], part: Span, c: &[u8]) -> bool {
    const WIDER: u32 = 0xFEE0;
    let pair_in = |a: u8, b: u8| has_pair(Pair::new(a, b), bytes, part.start, part.end);
    let byte_in = |byte: u8| has_byte(byte, bytes, part.start, part.end);
    match *c {
        [narrow] => {
            let wide = u32::from(narrow) + WIDER;
            byte_in(narrow) | pair_in(0x80 | (wide >> 6 & 0x3F) as u8, 0x80 | (wide & 0x3F) as u8)
        }
        [0xEF, a, b] => {
            let narrow = (0xF000 | u32::from(a & 0x3F) << 6 | u32::from(b & 0x3F)).wrapping_sub(WIDER);
            pair_in(a, b) || narrow < 0x7F && byte_in(narrow as u8)
        }
        [.., a, b] => pair_in(a, b),
        [] => false,
    }
}
