//! The quick looks, which turn lines away of which no full look could make anything.

use super::lines::{BLOCK, Lines};
use super::{MOST_GLYPHS, Span, is_mark};
use crate::lanes::LANES;
use wide::{CmpEq, i8x16, i16x16};

/// Takes the first look at each line.
pub(super) fn look(bytes: &[u8], lines: &mut Lines) {
    let Lines { lines, marks, looked, .. } = lines;
    let mut marks = marks.iter().copied();
    let mut mark = marks.next().unwrap_or(usize::MAX);
    // As with empty lines: each is put down.
    looked.clear();
    looked.resize(lines.len(), 0);
    let mut held = 0;
    for (i, &line) in lines.iter().enumerate() {
        let marked = mark < line.end;
        while mark < line.end {
            mark = marks.next().unwrap_or(usize::MAX);
        }
        looked[held] = i;
        held += usize::from(marked | lines.get(i + 1).is_none_or(|&below| may_repeat(bytes, line, below)));
    }
    looked.truncate(held);
}

/// The first look, which turns most lines away: whether the first character of line `i` comes again in it, or that of
/// the line below, and so whether line `i` may tile or overlap.
#[inline]
fn may_repeat(bytes: &[u8], line: Span, below: Span) -> bool {
    // A Han, so that no mark stands before it; and a character of one width only.
    let (&[a, own_a, own_b], &[b, below_a, below_b]) = (three(bytes, line.start), three(bytes, below.start));
    if !matches!((a, b), (0xE4..=0xE9, 0xE2..=0xE9)) {
        return true;
    }
    let (own, below) = ([own_a, own_b], [below_a, below_b]);
    own == below || one_in(bytes, line.start + 3, line.end, own, below)
}

/// The first three bytes of a character and what follows, of which there may be less at the end of the text.
#[inline]
fn three(bytes: &[u8], at: usize) -> &[u8; 3] {
    bytes[at..].first_chunk().unwrap_or(&[0; 3])
}

/// Whether the line below may begin with what line `i` ends in, as every chain and every tiling over a line break wants
/// it: then its first character stands in line `i`, and the last one of line `i` stands in it.
pub(super) fn may_overlap(text: &str, lines: &[Span], i: usize) -> bool {
    let Some(&next) = lines.get(i + 1) else { return false };
    let bytes = text.as_bytes();
    let (above, below) = (&bytes[lines[i].start..lines[i].end], &bytes[next.start..next.end]);
    may_hold(bytes, lines[i], first_char(below)) && may_hold(bytes, next, last_char(above))
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
    let pair_in = |pair: [u8; 2]| one_in(bytes, part.start, part.end, pair, pair);
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

/// Whether one of two pairs of bytes stands in a line, from byte `from` of the text on to byte `to`.
#[inline]
fn one_in(bytes: &[u8], mut from: usize, to: usize, a: [u8; 2], b: [u8; 2]) -> bool {
    let [a, b] = [a, b].map(|pair| i16x16::splat(i16::from_le_bytes(pair)));
    // Most lines fit one block, and what follows them is looked at and left out.
    while from + 1 < to {
        let pairs = match bytes[from..].first_chunk() {
            Some(block) => pairs_of(block, a, b),
            None => pairs_at_end(&bytes[from..], a, b),
        };
        let kept = u32::MAX >> (BLOCK / 2 - (to - from).div_ceil(2).min(BLOCK / 2));
        if pairs & kept != 0 {
            return true;
        }
        from += BLOCK;
    }
    false
}

/// The same as [`pairs_of`] for what is left of the text.
#[cold]
fn pairs_at_end(rest: &[u8], a: i16x16, b: i16x16) -> u32 {
    let mut block = [0; BLOCK + 1];
    block[..rest.len()].copy_from_slice(rest);
    pairs_of(&block, a, b)
}

/// A bit for each two places of the block at one of which one of two pairs stands.
#[inline]
fn pairs_of(block: &[u8; BLOCK + 1], a: i16x16, b: i16x16) -> u32 {
    let half = |from: usize| {
        let pairs = |from: usize| {
            let at = |k: usize| i16::from_le_bytes([block[from + 2 * k], block[from + 2 * k + 1]]);
            i16x16::new(std::array::from_fn(at))
        };
        let (even, odd) = (pairs(from), pairs(from + 1));
        let hits = even.cmp_eq(a) | even.cmp_eq(b) | odd.cmp_eq(a) | odd.cmp_eq(b);
        i8x16::from_i16x16_saturate(hits).move_mask() as u16
    };
    u32::from(half(0)) | u32::from(half(BLOCK / 2)) << LANES
}
