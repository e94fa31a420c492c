//! Lines across two columns are parted where the pieces of many lines leave a gutter.

use super::Parted;
use crate::layout::{Line, Page, Piece, Quad, Rect};
use std::ops::Range;

/// A gap between two pieces, in sizes of type at least: no space inside a line is so wide.
const WIDE: f32 = 0.9;
/// How far above and below a line others tell of a gutter, in sizes of its type.
const NEAR: f32 = 14.0;
/// A gap that is wider parts whatever stands beside it, in sizes of type; headlines of two columns, too.
const FIELDS: f32 = 2.0;
/// A mark of at most so many sizes of type in a gutter may be a rule or a speck.
const WIDEST_MARK: f32 = 1.2;
/// How far from a gutter the lines of its columns begin and end, in sizes of type.
const EDGE: f32 = 0.7;
/// How much larger the type of a headline is, which may be printed over a gutter.
const LARGER: f32 = 1.7;
/// Lines that must have the gutter, and how many of them for each line that is printed over it.
const LINES: usize = 3;
const FOR_EACH_OVER: usize = 2;
/// Text beside a gutter of at least this many sizes of type is a line of a column. The cells of tables are shorter.
const COLUMN: f32 = 5.0;
/// Lines that are looked at for one gap.
const MOST: usize = 400;

/// A gap inside a line.
#[derive(Debug, Clone, Copy)]
struct Gap {
    line: usize,
    /// The number of the piece behind it.
    piece: usize,
    left: f32,
    right: f32,
    /// Whether there is a line of a column on both sides.
    between_columns: bool,
}

impl Gap {
    fn middle(&self) -> f32 {
        (self.left + self.right) / 2.0
    }

    fn overlaps(&self, other: &Gap) -> bool {
        let common = self.right.min(other.right) - self.left.max(other.left);
        common > 0.4 * (self.right - self.left).min(other.right - other.left)
    }

    /// Whether enough of the lines around were read across two columns in the same place; each comes with its gap there.
    fn is_read_over(&self, around: &[(Rect, Option<&Gap>)]) -> bool {
        let (mut with, mut over) = (0, 0);
        for (line, gap) in around {
            match gap {
                Some(gap) => with += usize::from(gap.between_columns),
                None => over += usize::from(line.left < self.middle() && self.middle() < line.right),
            }
        }
        with >= LINES && with >= FOR_EACH_OVER * over
    }

    /// Whether a gutter lies in the gap of a line whose middle is at `here`. The lines count that stand between the next ones above and
    /// below that run over the gutter: enough must end before it, and as many begin behind it. A line with the same gap does both.
    fn is_beside_columns(&self, here: f32, around: &[(Rect, Option<&Gap>)], em: f32) -> bool {
        let in_gap = |edge: f32| (self.left - EDGE * em..self.right + EDGE * em).contains(&edge);
        let whole = || around.iter().filter(|(_, gap)| gap.is_none()).map(|(line, _)| line);
        let is_column = |line: &&Rect| line.width() > COLUMN * em;
        let mut begins: Vec<f32> =
            whole().filter(is_column).map(|line| line.left).filter(|&left| in_gap(left)).collect();
        begins.sort_by(f32::total_cmp);
        let Some(usual) = begins.get(begins.len() / 2) else { return false };
        let gutter = usual - EDGE * em;
        let runs_over = |line: &&Rect| line.left < gutter - EDGE * em && line.right > gutter + 2.0 * EDGE * em;
        let over = || whole().filter(runs_over).map(middle);
        let top = over().filter(|&over| over < here).fold(f32::NEG_INFINITY, f32::max);
        let bottom = over().filter(|&over| over >= here).fold(f32::INFINITY, f32::min);
        let (mut begin, mut end, mut with) = (0, 0, 0);
        for (line, gap) in around.iter().filter(|(line, _)| (top..bottom).contains(&middle(line))) {
            with += usize::from(gap.is_some_and(|gap| gap.between_columns));
            if gap.is_none() && is_column(&line) {
                begin += usize::from(line.left > gutter && line.left < gutter + 2.0 * EDGE * em);
                end += usize::from(in_gap(line.right) && line.right < gutter + EDGE * em);
            }
        }
        end.min(begin) > 0 && end.min(begin) + with >= LINES
    }
}

fn middle(place: &Rect) -> f32 {
    (place.top + place.bottom) / 2.0
}

/// Parts the lines of a page; `None` if there is none to part.
pub(super) fn part(page: &Page) -> Option<Parted> {
    let gaps: Vec<Gap> = page.lines.iter().enumerate().flat_map(|(n, line)| gaps(n, line)).collect();
    if gaps.is_empty() {
        return None;
    }
    let mut by_top: Vec<usize> = (0..page.lines.len()).collect();
    let middle = |n: usize| middle(&page.lines[n].quad.bounds());
    by_top.sort_by(|&a, &b| middle(a).total_cmp(&middle(b)));
    let ems: Vec<f32> = page.lines.iter().map(em).collect();
    let mut of_line: Vec<Vec<Gap>> = vec![Vec::new(); page.lines.len()];
    gaps.iter().for_each(|gap| of_line[gap.line].push(*gap));
    let is_gutter = |gap: &&Gap| {
        let (here, em) = (middle(gap.line), ems[gap.line]);
        let at = by_top.partition_point(|&n| middle(n) < here);
        let near = |n: &&usize| (middle(**n) - here).abs() < NEAR * em;
        let around = by_top[..at].iter().rev().take(MOST).take_while(near);
        let around = around.chain(by_top[at..].iter().take(MOST).take_while(near)).copied();
        let fields = gap.right - gap.left > FIELDS * em;
        let alike = |n: &usize| fields || (LARGER.recip()..LARGER).contains(&(ems[*n] / em));
        let others: Vec<usize> = around.filter(alike).collect();
        let shared = |n: usize| of_line[n].iter().find(|other| gap.overlaps(other));
        let others: Vec<(Rect, Option<&Gap>)> =
            others.iter().map(|&n| (page.lines[n].quad.bounds(), shared(n))).collect();
        gap.is_read_over(&others) || gap.is_beside_columns(here, &others, em)
    };
    let gutters: Vec<&Gap> = gaps.iter().filter(is_gutter).collect();
    if gutters.is_empty() { None } else { Some(parted(page, &gutters)) }
}

/// The size of type of a line, as far as its box tells.
fn em(line: &Line) -> f32 {
    let bounds = line.quad.bounds();
    let glyphs = line.ink().count().max(1) as f32;
    line.size.unwrap_or(bounds.height().min(2.0 * bounds.width() / glyphs))
}

/// The wide gaps of a line whose pieces stand from left to right, each at whole characters of its text.
fn gaps(n: usize, line: &Line) -> Vec<Gap> {
    let (pieces, em) = (&line.pieces, em(line));
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let in_order = pieces.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start)
        && pieces.iter().all(|piece| line.text.get(piece.range.clone()).is_some());
    if line.is_vertical() || !in_order || em.is_nan() || em <= 0.0 {
        return Vec::new();
    }
    let (start, end) = (first.place.left, last.place.right);
    let is_mark = |piece: &Piece| {
        let text = line.text.get(piece.range.clone()).unwrap_or_default();
        piece.place.width() < WIDEST_MARK * em && !text.contains(char::is_alphanumeric)
    };
    let white = |piece: usize| pieces[piece].place.left - pieces[piece - 1].place.right;
    // The gap before a piece. A mark in it goes to the side that it is nearer to.
    let gap = |next: usize| {
        let over = usize::from(next >= 2 && is_mark(&pieces[next - 1]));
        let (left, right) = (pieces[next - 1 - over].place.right, pieces[next].place.left);
        let piece = if over > 0 && white(next - 1) > white(next) { next - 1 } else { next };
        let between_columns = left - start > COLUMN * em && end - right > COLUMN * em;
        (right - left > WIDE * em).then_some(Gap { line: n, piece, left, right, between_columns })
    };
    (1..pieces.len()).filter(|&next| !is_mark(&pieces[next])).filter_map(gap).collect()
}

fn parted(page: &Page, gutters: &[&Gap]) -> Parted {
    let mut parted = Parted::none_of(page);
    let mut gutters = gutters.iter().peekable();
    for (n, line) in page.lines.iter().enumerate() {
        let mut first = 0;
        while let Some(gap) = gutters.next_if(|gap| gap.line == n) {
            parted.push(n, line, first..gap.piece);
            first = gap.piece;
        }
        if first == 0 {
            parted.push_whole(n as u32, line);
        } else {
            parted.push(n, line, first..line.pieces.len());
        }
    }
    parted
}

impl Parted {
    /// Adds the part of a line with these pieces.
    fn push(&mut self, n: usize, line: &Line, pieces: Range<usize>) {
        let of_line = &line.pieces[pieces.clone()];
        let start = if pieces.start == 0 { 0 } else { of_line[0].range.start };
        // Text without a place stays with the piece before it.
        let next = line.pieces.get(pieces.end).map_or(line.text.len(), |next| next.range.start);
        let text = line.text.get(start..next).unwrap_or_default();
        let end = start + if pieces.end < line.pieces.len() { text.trim_end().len() } else { text.len() };
        let bounds = of_line.iter().map(|piece| piece.place).reduce(|a, b| a.union(&b)).unwrap_or_default();
        let whole = line.quad.bounds();
        let mut part =
            Line::new(&line.text[start..end], Quad::from(Rect { top: whole.top, bottom: whole.bottom, ..bounds }));
        // Boxes of words may be higher or lower than the line.
        let inside =
            |piece: &Piece| Piece { range: piece.range.start - start..piece.range.end - start, ..piece.clone() };
        part.pieces = of_line.iter().map(inside).collect();
        (part.size, part.block, part.confidence) = (line.size, line.block, line.confidence);
        part.element.clone_from(&line.element);
        self.page.lines.push(part);
        self.parts.push((n as u32, start..end));
    }
}
