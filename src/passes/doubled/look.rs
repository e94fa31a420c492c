//! The quick looks, which turn lines away of which no full look could make anything.

use super::lines::{BLOCK, Lines};
use super::{MOST_GLYPHS, Span, is_mark};
use crate::lanes::LANES;
use wide::{CmpEq, i8x16, i16x16};

/// A line that the first look did not turn away, and what it may be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looked {
    pub line: usize,
    /// The line below may begin with what this one ends in.
    pub overlaps: bool,
    pub tiles: bool,
}

/// Takes the first look at each line.
pub(super) fn look(bytes: &[u8], lines: &mut Lines) {
    let Lines { lines, marks, looked, .. } = lines;
    let mut marks = marks.iter().copied();
    let mut mark = marks.next().unwrap_or(usize::MAX);
    // As with empty lines: each is put down.
    looked.clear();
    looked.resize(lines.len(), Looked::default());
    let mut held = 0;
    for (i, &line) in lines.iter().enumerate() {
        let marked = mark < line.end;
        while mark < line.end {
            mark = marks.next().unwrap_or(usize::MAX);
        }
        let (tiles, overlaps) = lines.get(i + 1).map_or((true, false), |&below| first_look(bytes, line, below));
        looked[held] = Looked { line: i, overlaps, tiles };
        held += usize::from(marked | tiles | overlaps);
    }
    looked.truncate(held);
}

/// The first look, which turns most lines away: whether the first Han of a line comes again in it, as it does where the
/// line tiles, and whether the first character of the line below stands in it, as it does where they overlap.
#[inline]
fn first_look(bytes: &[u8], line: Span, below: Span) -> (bool, bool) {
    let Some(own) = first_han(&bytes[line.start..line.end]) else { return look_without_han(bytes, line, below) };
    let &[_, a, b] = three(bytes, line.start + own);
    let own_pair = [a, b];
    let &[lead, a, b] = three(bytes, below.start);
    let one_width = matches!(lead, 0xE2..=0xE9);
    let below_pair = if one_width { [a, b] } else { own_pair };
    let keys = [own_pair, below_pair].map(pair);
    // Where the first Han itself stands does not count.
    let mut others = u32::MAX << (own.div_ceil(2) + 1);
    let (mut again, mut held) = (0, 0);
    let mut from = line.start;
    while from < line.end {
        let [own, below] = pairs_from(bytes, from, line.end, keys);
        again |= own & others;
        held |= below;
        others = u32::MAX;
        from += BLOCK;
    }
    let overlaps = if one_width { held != 0 } else { holds_first_of(bytes, line, below) };
    (again != 0, overlaps)
}

/// Where the first Han of a line stands that comes in one width only and is no mark, if it stands near the head.
#[inline]
fn first_han(line: &[u8]) -> Option<usize> {
    let near = &line[..line.len().min(BLOCK / 2)];
    near.iter().position(|lead| matches!(lead, 0xE4..=0xE9))
}

/// The first look at a line that has no Han near its head: what tiles has Han somewhere.
#[cold]
fn look_without_han(bytes: &[u8], line: Span, below: Span) -> (bool, bool) {
    let tiles = bytes[line.start..line.end].iter().any(|&b| b >= 0xE2);
    (tiles, holds_first_of(bytes, line, below))
}

fn holds_first_of(bytes: &[u8], line: Span, below: Span) -> bool {
    may_hold(bytes, line, first_char(&bytes[below.start..below.end]))
}

/// The first three bytes of a character and what follows, of which there may be less at the end of the text.
#[inline]
fn three(bytes: &[u8], at: usize) -> &[u8; 3] {
    bytes[at..].first_chunk().unwrap_or(&[0; 3])
}

/// Whether the line below may begin with what a line ends in, as every chain and every tiling over a line break wants
/// it: its first character stands in the line, says the first look, and the last one of the line stands in it.
pub(super) fn may_overlap(bytes: &[u8], line: Span, below: Span) -> bool {
    may_hold(bytes, below, last_char(&bytes[line.start..line.end]))
}

/// A quick look: in a line that tiles, the first glyphs and the last one that are no marks come twice.
pub(super) fn may_tile(text: &str, span: Span) -> bool {
    const LOOKED_AT: usize = 3; // what running text has by chance it has not three times
    let Span { start, end } = span;
    let line = &text[start..end];
    if line.len() >= MOST_GLYPHS * 6 {
        return false;
    }
    let held = |part: Span, c: &[u8]| may_hold(text.as_bytes(), part, c);
    let ink = line.trim_end_matches(is_mark).as_bytes();
    if ink.is_empty() {
        return false;
    }
    let last = last_char(ink);
    if !held(Span { start, end: start + ink.len() - last.len() }, last) {
        return false;
    }
    let mut glyphs = line.char_indices().filter(|&(_, c)| !is_mark(c)).take(LOOKED_AT);
    glyphs.all(|(at, c)| {
        let (from, to) = (start + at, start + at + c.len_utf8());
        let c = &text.as_bytes()[from..to];
        held(Span { start: to, end }, c) || held(Span { start, end: from }, c)
    })
}

fn first_char(line: &[u8]) -> &[u8] {
    let len = match line[0] {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    &line[..len]
}

fn last_char(line: &[u8]) -> &[u8] {
    let mut at = line.len() - 1;
    while line[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    &line[at..]
}

/// Whether a character may stand in a part of a line, in either width: by its last two bytes, which hardly another one
/// shares.
pub(super) fn may_hold(bytes: &[u8], part: Span, c: &[u8]) -> bool {
    const WIDER: u32 = 0xFEE0;
    let pair_in = |key: [u8; 2]| pair_in(bytes, part, key);
    let byte_in = |byte: u8| memchr::memchr(byte, &bytes[part.start..part.end]).is_some();
    match *c {
        [narrow] => {
            let wide = u32::from(narrow) + WIDER;
            byte_in(narrow) || pair_in([0x80 | (wide >> 6 & 0x3F) as u8, 0x80 | (wide & 0x3F) as u8])
        }
        [0xEF, a, b] => {
            let narrow = (0xF000 | u32::from(a & 0x3F) << 6 | u32::from(b & 0x3F)).wrapping_sub(WIDER);
            pair_in([a, b]) || narrow < 0x7F && byte_in(narrow as u8)
        }
        [.., a, b] => pair_in([a, b]),
        [] => false,
    }
}

/// Whether a pair of bytes stands in a part of a line.
fn pair_in(bytes: &[u8], part: Span, key: [u8; 2]) -> bool {
    let key = pair(key);
    (part.start..part.end).step_by(BLOCK).any(|from| pairs_from(bytes, from, part.end, [key]) != [0])
}

#[inline]
fn pair(bytes: [u8; 2]) -> i16x16 {
    i16x16::splat(i16::from_le_bytes(bytes))
}

/// For each of some pairs of bytes, where it stands from byte `from` of the text on and before byte `to`: a bit for each
/// two places. Most lines fit one block, and what follows them is looked at and left out.
#[inline]
fn pairs_from<const KEYS: usize>(bytes: &[u8], from: usize, to: usize, keys: [i16x16; KEYS]) -> [u32; KEYS] {
    let pairs = match bytes[from..].first_chunk() {
        Some(block) => pairs_of(block, keys),
        None => pairs_at_end(&bytes[from..], keys),
    };
    let kept = u32::MAX >> (BLOCK / 2 - (to - from).div_ceil(2).min(BLOCK / 2));
    pairs.map(|pairs| pairs & kept)
}

/// The same as [`pairs_of`] for what is left of the text.
#[cold]
fn pairs_at_end<const KEYS: usize>(rest: &[u8], keys: [i16x16; KEYS]) -> [u32; KEYS] {
    let mut block = [0; BLOCK + 1];
    block[..rest.len()].copy_from_slice(rest);
    pairs_of(&block, keys)
}

/// A bit for each two places of the block at one of which a pair stands.
#[inline]
fn pairs_of<const KEYS: usize>(block: &[u8; BLOCK + 1], keys: [i16x16; KEYS]) -> [u32; KEYS] {
    let half = |from: usize| {
        let pairs = |from: usize| {
            let at = |k: usize| i16::from_le_bytes([block[from + 2 * k], block[from + 2 * k + 1]]);
            i16x16::new(std::array::from_fn(at))
        };
        let (even, odd) = (pairs(from), pairs(from + 1));
        keys.map(|key| i8x16::from_i16x16_saturate(even.cmp_eq(key) | odd.cmp_eq(key)).move_mask() as u16)
    };
    let (low, high) = (half(0), half(BLOCK / 2));
    std::array::from_fn(|k| u32::from(low[k]) | u32::from(high[k]) << LANES)
}
