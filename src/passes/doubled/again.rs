//! Whether a page whose doubled lines were folded has more of them. A folded line is another line than before, and its
//! neighbours have another neighbour; all other lines were searched already. So a search of the lines beside the folded ones
//! tells nearly always that a search of the whole page would find nothing.

use super::at_line::find_at;
use super::find::{Cuts, Find, Span};
use super::lines::{Gaps, Lines, read_lines};
use super::look::{first_look, look, may_hold_first_of, may_overlap, may_tile};
use super::tiling::Setting;
use std::ops::Range;

/// Lines above a folded one that it may have made doubled, and lines above these that a search looks at.
const ABOVE: (usize, usize) = (2, 2);
/// The same below it.
const BELOW: (usize, usize) = (1, 3);

/// Where the lines of the finds are in the text without their copies.
pub(super) fn spots(lines: &[Span], finds: &[Find], cuts: &Cuts) -> impl Iterator<Item = Range<usize>> {
    let mut removed = 0;
    finds.iter().map(move |find| {
        let start = lines[find.lines.start].start - removed;
        removed += cuts[find.cuts.clone()].iter().map(ExactSizeIterator::len).sum::<usize>();
        start..lines[find.lines.end - 1].end - removed
    })
}

/// Whether a search of the whole of `text` may find doubled lines, where these spots were folded.
pub(super) fn may_find_more(
    text: &str,
    spots: &[Range<usize>],
    lines: &mut Lines,
    set: &mut Setting,
    cuts: &mut Cuts,
) -> bool {
    spots.iter().any(|spot| {
        if !may_be_doubled(text, spot, lines) {
            return false;
        }
        let Some(beside) = text.get(around(text.as_bytes(), spot)) else { return true };
        read_lines(beside, lines);
        look(beside.as_bytes(), lines);
        let Lines { lines, marks, looked, .. } = &*lines;
        let gaps = Gaps::default();
        cuts.clear();
        looked.iter().any(|&looked| {
            let line = lines[looked.line];
            let marked = marks.iter().any(|&mark| (line.start..line.end).contains(&mark));
            find_at(beside, lines, looked, marked, &gaps, set, cuts).is_some()
        })
    })
}

/// A quick test: whether a folded line, or one beside it, may be doubled.
fn may_be_doubled(text: &str, spot: &Range<usize>, lines: &mut Lines) -> bool {
    let bytes = text.as_bytes();
    let (from, to) = (spot.start.min(bytes.len()), spot.end.min(bytes.len()));
    let end = memchr::memchr(b'\n', &bytes[to..]).map_or(bytes.len(), |feed| to + feed);
    let Some(folded) = text.get(from..end) else { return true };
    read_lines(folded, lines);
    if !lines.marks.is_empty() {
        return true;
    }
    let above = line_above(bytes, from);
    let below = line_below(bytes, end);
    let overlap = |line: Span, below: Span| first_look(bytes, line, below).1 && may_overlap(bytes, line, below);
    let doubled = |line: Span, below: Option<Span>| {
        let (tiles, overlaps) = below.map_or((true, false), |below| first_look(bytes, line, below));
        overlaps && below.is_some_and(|below| may_overlap(bytes, line, below)) || tiles && may_tile(text, line)
    };
    // From the line above on, each line with the one below it.
    let mut line = above;
    let folded = lines.lines.iter().map(|line| Some(Span { start: from + line.start, end: from + line.end }));
    for next in folded.chain([below]) {
        if line.is_some_and(|line| doubled(line, next)) {
            return true;
        }
        line = next;
    }
    // The lines beside may be a pair of equal lines, which the folded one kept from being one.
    let pair = |a: Option<Span>, b: Option<Span>| a.zip(b).is_some_and(|(a, b)| overlap(a, b));
    pair(above.and_then(|line| line_above(bytes, line.start)), above)
        || pair(below, below.and_then(|line| line_below(bytes, line.end)))
}

/// The lines beside a folded one that a search must see.
fn around(bytes: &[u8], spot: &Range<usize>) -> Range<usize> {
    let (from, to) = (spot.start.min(bytes.len()), spot.end.min(bytes.len()));
    let above = |at| line_above(bytes, at).map(|line| (line, line.start));
    let below = |at| line_below(bytes, at).map(|line| (line, line.end));
    let from = edge(from, ABOVE, above, |below, line| may_hold_first_of(bytes, line, below));
    let to = edge(to, BELOW, below, |above, line| may_hold_first_of(bytes, above, line));
    // The line of the spot itself may be the last one, and have text behind the spot.
    from..memchr::memchr(b'\n', &bytes[to..]).map_or(bytes.len(), |end| to + end)
}

/// The far edge of the lines that `next` gives from `at` on: so many, then those of the chain that the last of them belongs to,
/// however far it goes, then so many more. `next` gives a line and its far edge.
fn edge(
    mut at: usize,
    (mut left, more): (usize, usize),
    next: impl Fn(usize) -> Option<(Span, usize)>,
    in_chain: impl Fn(Span, Span) -> bool,
) -> usize {
    let mut last = None;
    while let Some((line, edge)) = next(at) {
        if left == 0 && !last.is_some_and(|last| in_chain(last, line)) {
            break;
        }
        (left, last, at) = (left.saturating_sub(1), Some(line), edge);
    }
    for _ in 0..more {
        at = next(at).map_or(at, |(_, edge)| edge);
    }
    at
}

/// The next line with text above the one with the byte at `at`.
fn line_above(bytes: &[u8], mut at: usize) -> Option<Span> {
    loop {
        let end = memchr::memrchr(b'\n', &bytes[..at])?;
        at = memchr::memrchr(b'\n', &bytes[..end]).map_or(0, |feed| feed + 1);
        let line = ink(bytes, at, end);
        if line.start < line.end {
            return Some(line);
        }
    }
}

/// The next line with text below the one with the byte at `at`.
fn line_below(bytes: &[u8], mut at: usize) -> Option<Span> {
    loop {
        let start = at + memchr::memchr(b'\n', &bytes[at..])? + 1;
        at = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |feed| start + feed);
        let line = ink(bytes, start, at);
        if line.start < line.end {
            return Some(line);
        }
    }
}

/// A line without the spaces around it.
fn ink(bytes: &[u8], start: usize, end: usize) -> Span {
    let line = &bytes[start..end];
    let before = line.iter().take_while(|&&b| b == b' ').count();
    let behind = line[before..].iter().rev().take_while(|&&b| b == b' ').count();
    Span { start: start + before, end: end - behind }
}
