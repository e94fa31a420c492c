//! Boxes without pieces over two columns are parted where the words go on down both columns rather than across.
//!
//! Under both readings the same characters follow each other in other places: at a cut the left part goes on in the row below on the
//! left, and the right part follows the row above on the right; or else the row is one line, and goes on in the next one. Each
//! pair of neighbours speaks for or against by whether the lexicon binds it.

use super::columns::{self, EDGE, INDENT, PITCH, Row, Run, around};
use super::{Parted, StraightPage};
use crate::layout::{Line, Page, Quad};
use crate::lexicon::is_bound;
use crate::text::width::is_han;
use crate::vocabulary::marks::{is_closing, is_opening};
use std::ops::Range;

/// What a bond between two characters tells for a text that goes on between them, and what its absence tells, in log-odds: by the
/// shares in [`is_bound`].
const TELLS: f32 = 1.7;
const ABSENCE_TELLS: f32 = -0.4;
/// What a part costs that begins with a closing mark or ends with an opening one (禁则, kinsoku), in log-odds by guess.
const FORBIDDEN: f32 = 3.0;
/// How far from the place of the cut a row may be cut, in sizes of the body type, since the places of its letters are not known, and
/// what the square of that costs, by guess.
const STRAY: f64 = 1.5;
const STRAY_COSTS: f32 = 0.75;
/// Steps in which places are tried where no gutter is known, and how far beyond the columns.
const STEP: f64 = 0.5;
const BEYOND: f64 = 0.5;
/// What a part has at least, in characters.
const PART: usize = 3;
/// Half of the gutter where none is known.
const HALF_GUTTER: f64 = 0.3;

/// Parts the boxes of a page; `None` if there is none to part.
pub(super) fn part(page: &Page, sheet: &StraightPage) -> Option<Parted> {
    if page.lines.iter().any(|line| !line.pieces.is_empty()) {
        return None;
    }
    let rows = columns::rows(page, sheet);
    let mut cuts: Vec<Option<Cut>> = vec![None; page.lines.len()];
    for run in columns::runs(&rows) {
        for (&at, cut) in run.rows.iter().zip(cuts_of(&run, &rows)) {
            cuts[rows[at].line] = Some(cut);
        }
    }
    cuts.iter().any(Option::is_some).then(|| parted(page, &cuts))
}

/// Where a box is cut.
#[derive(Debug, Clone)]
struct Cut {
    /// The first byte of the right part.
    byte: usize,
    /// Where the left part ends and the right one begins, as shares of the length of the box.
    left: f64,
    right: f64,
}

/// The rows of both columns next to a run.
struct Beside<'a> {
    above_left: Option<&'a Row>,
    above_right: Option<&'a Row>,
    below_left: Option<&'a Row>,
    below_right: Option<&'a Row>,
}

impl<'a> Beside<'a> {
    fn of(run: &Run, rows: &'a [Row]) -> Beside<'a> {
        let (first, last) = (run.rows[0], run.rows[run.rows.len() - 1]);
        let (set, middle) = (&rows[first].set, (run.left + run.right) / 2.0);
        let left = |row: &&Row| (row.set.left - set.left).abs() < INDENT && row.set.right < middle + EDGE;
        let right = |row: &&Row| (row.set.right - set.right).abs() < INDENT && row.set.left > middle - EDGE;
        let next_to = |at: usize| move |row: &&Row| (row.middle() - rows[at].middle()).abs() < PITCH;
        let above = || around(rows, first).0.take_while(next_to(first));
        let below = || around(rows, last).1.take_while(next_to(last));
        Beside {
            above_left: above().find(left),
            above_right: above().find(right),
            below_left: below().find(left),
            below_right: below().find(right),
        }
    }

    fn count(&self) -> usize {
        [self.above_left, self.above_right, self.below_left, self.below_right].iter().flatten().count()
    }
}

/// What the words must say at least for a cut, in log-odds. Without a gutter they alone tell its place. Else the fewer columns stand
/// next to the run, the likelier it is a line of its own over both, as a deck is. By eight pages of the layout bench, with boxes
/// merged by chance and without.
fn least(has_gutter: bool, beside: usize) -> f32 {
    match (has_gutter, beside) {
        (false, _) => 4.0,
        (true, 4..) => -1.0,
        (true, 3) => 0.0,
        (true, 2) => 1.5,
        (true, _) => 2.5,
    }
}

/// The cuts of the rows of a run, in its order; none if the words do not say so.
fn cuts_of(run: &Run, rows: &[Row]) -> Vec<Cut> {
    let beside = Beside::of(run, rows);
    let middle = (run.left + run.right) / 2.0;
    let (from, steps) = if run.has_gutter() {
        (middle, 0)
    } else {
        (run.left - BEYOND, ((run.right - run.left + 2.0 * BEYOND) / STEP) as usize)
    };
    let places = (0..=steps).map(|n| from + STEP * n as f64);
    let tried = places.filter_map(|place| Some((place, cut_at(place, run, rows, &beside)?)));
    let Some((place, (says, cuts))) = tried.max_by(|a, b| a.1.0.total_cmp(&b.1.0)) else { return Vec::new() };
    if says + at_ends(run, rows, &beside) < least(run.has_gutter(), beside.count()) {
        return Vec::new();
    }
    let (left, right) = if run.has_gutter() {
        (run.left.min(run.right), run.left.max(run.right))
    } else {
        (place - HALF_GUTTER, place + HALF_GUTTER)
    };
    let cut = |(&at, first): (&usize, usize)| {
        let row = &rows[at];
        let share = |x: f64| ((x - row.set.left) / (row.set.right - row.set.left)).clamp(0.0, 1.0);
        Cut { byte: row.ink[first].0, left: share(left), right: share(right) }
    };
    run.rows.iter().zip(cuts).map(cut).collect()
}

/// What every cut says: both columns go on at the ends of the run, and its rows do not go on in each other.
fn at_ends(run: &Run, rows: &[Row], beside: &Beside<'_>) -> f32 {
    let (first, last) = (&rows[run.rows[0]], &rows[run.rows[run.rows.len() - 1]]);
    let wraps = run.rows.windows(2).map(|pair| goes_on(rows[pair[0]].last(), rows[pair[1]].first()));
    goes_on(beside.above_left.and_then(Row::last), first.first())
        + goes_on(last.last(), beside.below_right.and_then(Row::first))
        - wraps.sum::<f32>()
}

/// The best cuts of all rows near a place, each as the first character of the right part, and what the words say of them.
fn cut_at(place: f64, run: &Run, rows: &[Row], beside: &Beside<'_>) -> Option<(f32, Vec<usize>)> {
    let mut sum = 0.0;
    let mut cuts = Vec::with_capacity(run.rows.len());
    for (n, &at) in run.rows.iter().enumerate() {
        let row = &rows[at];
        let above = n.checked_sub(1).map_or(beside.above_right, |n| Some(&rows[run.rows[n]]));
        let below = run.rows.get(n + 1).map_or(beside.below_left, |&next| Some(&rows[next]));
        let says = |first: usize| {
            let (last, first_char) = (row.ink[first - 1].1, row.ink[first].1);
            let stray = (row.begin_of(first) - place) as f32;
            goes_on(Some(last), below.and_then(Row::first)) + goes_on(above.and_then(Row::last), Some(first_char))
                - goes_on(Some(last), Some(first_char))
                - STRAY_COSTS * stray * stray
                - if is_forbidden(last, first_char) { FORBIDDEN } else { 0.0 }
        };
        let near = (PART..row.ink.len().saturating_sub(PART)).filter(|&n| (row.begin_of(n) - place).abs() < STRAY);
        let (says, first) = near.map(|first| (says(first), first)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        sum += says;
        cuts.push(first);
    }
    Some((sum, cuts))
}

/// What two neighbours say for a text that goes on from one to the other, in log-odds.
fn goes_on(last: Option<char>, first: Option<char>) -> f32 {
    match last.zip(first) {
        Some((last, first)) if is_han(last) && is_han(first) => {
            if is_bound(last, first) {
                TELLS
            } else {
                ABSENCE_TELLS
            }
        }
        _ => 0.0,
    }
}

/// Whether no line ends and begins so.
fn is_forbidden(last: char, first: char) -> bool {
    is_opening(last) || is_closing(first) || "，。、；：？！".contains(first)
}

/// The page with its boxes cut.
fn parted(page: &Page, cuts: &[Option<Cut>]) -> Parted {
    let mut parted = Parted::none_of(page);
    for ((line, cut), n) in page.lines.iter().zip(cuts).zip(0..) {
        let Some(Cut { byte, left, right }) = *cut else {
            parted.push_whole(n, line);
            continue;
        };
        let before = 0..line.text[..byte].trim_end().len();
        for (range, shares) in [(before, 0.0..left), (byte..line.text.len(), right..1.0)] {
            let text = line.text[range.clone()].to_owned();
            parted.page.lines.push(Line { text, quad: stretch(line, shares), ..line.clone() });
            parted.parts.push((n, range));
        }
    }
    parted
}

/// The place of a stretch of a line, which is given as shares of its length.
fn stretch(line: &Line, shares: Range<f64>) -> Quad {
    let [a, b, c, d] = line.quad.0;
    let between = |(x0, y0): (f32, f32), (x1, y1): (f32, f32), share: f64| {
        let share = share as f32;
        (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
    };
    let Range { start, end } = shares;
    if line.is_vertical() {
        Quad([between(a, d, start), between(b, c, start), between(b, c, end), between(a, d, end)])
    } else {
        Quad([between(a, b, start), between(a, b, end), between(d, c, end), between(d, c, start)])
    }
}
