//! Rows that a tool tore into boxes, whose rest stands anywhere in its file, are joined again.
//!
//! Recognizers that find words before lines tear rows, as tesseract does. A gap between two boxes on one level is inside a
//! row where rows of the same type run over it above and below, and a gutter where they end and begin beside it.

use super::rows::{DISPLAY, Joint, Row, join};

/// The widest gap at which a row may be torn, in sizes of its type: the white of two marks. Gutters of newspapers begin here.
const GAP: f32 = 1.3;
/// How far the middles of both boxes may lie apart, in sizes of type: a mark of noise makes a box higher.
const LEVEL: f32 = 0.4;
/// How far above and below other rows tell of a gap, in sizes of type.
const NEAR: f32 = 12.0;
/// Rows that must run across a gap, and how many of them for each row that ends or begins beside it.
const ACROSS: usize = 1;
const FOR_EACH_BESIDE: usize = 2;
/// A gap inside a headline, which has no rows of its type near by, is less than the space between two letters.
const ALONE: f32 = 0.45;
/// How far from a gap the edge of a row beside it is, in sizes of type.
const EDGE: f32 = 0.4;
/// How much larger the type of a row is, by its box, at most: of one that goes on with another, and of one that is not of a headline.
const ALIKE: f32 = 1.35;
const SIMILAR: f32 = 1.7;
/// Rows that are looked at for one gap, above and below.
const MOST: usize = 200;

/// Joins the rows that were torn. A joined row stands where the first of its boxes stands in the file.
pub(super) fn join_torn(rows: Vec<Row>) -> Vec<Row> {
    let mut levels: Vec<usize> = (0..rows.len()).filter(|&n| is_level(&rows[n])).collect();
    levels.sort_by(|&a, &b| rows[a].middle().total_cmp(&rows[b].middle()));
    let page = Levels { rows: &rows, levels: &levels };
    let mut right_of: Vec<Option<usize>> = vec![None; rows.len()];
    let mut is_rest = vec![false; rows.len()];
    for place in 0..levels.len() {
        if let Some(rest) = page.rest_of(place)
            && !std::mem::replace(&mut is_rest[rest], true)
        {
            right_of[levels[place]] = Some(rest);
        }
    }
    if !is_rest.contains(&true) {
        return rows;
    }
    let mut torn: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    for first in (0..torn.len()).filter(|&n| !is_rest[n]) {
        let Some(mut row) = torn[first].take() else { continue };
        let (mut at, mut next) = (first, right_of[first]);
        while let Some(n) = next {
            if let Some(rest) = torn[n].take() {
                let latin = row.last[0].is_ascii_alphanumeric() && rest.first[0].is_ascii_alphanumeric();
                join(&mut row, rest, if latin { Joint::Space } else { Joint::Close });
            }
            (at, next) = (at.min(n), right_of[n]);
        }
        torn[at] = Some(row);
    }
    torn.into_iter().flatten().collect()
}

/// The level rows of a page, by their height.
struct Levels<'a> {
    rows: &'a [Row],
    levels: &'a [usize],
}

impl Levels<'_> {
    /// The rows whose middles stand less than so far above or below that of another one.
    fn around(&self, place: usize, far: f32) -> impl Iterator<Item = usize> {
        let middle = self.rows[self.levels[place]].middle();
        let is_near = move |n: &&usize| (self.rows[**n].middle() - middle).abs() < far;
        let above = self.levels[..place].iter().rev().take(MOST).take_while(is_near);
        above.chain(self.levels[place + 1..].iter().take(MOST).take_while(is_near)).copied()
    }

    /// The row at the right of another one, if it is the rest of it.
    fn rest_of(&self, place: usize) -> Option<usize> {
        let row = &self.rows[self.levels[place]];
        let gap = |n: usize| self.rows[n].left - row.right;
        let level = self.around(place, LEVEL * row.em);
        let right = level.filter(|&n| self.rows[n].left > row.left && gap(n) > -0.3 * row.em);
        let rest = right.min_by(|&a, &b| gap(a).total_cmp(&gap(b)))?;
        (gap(rest) < GAP * row.em && alike(row, &self.rows[rest], ALIKE) && self.is_inside_row(place, rest))
            .then_some(rest)
    }

    /// Whether the gap between a row and the one at its right is no gutter.
    fn is_inside_row(&self, place: usize, rest: usize) -> bool {
        let (row, rest) = (&self.rows[self.levels[place]], &self.rows[rest]);
        let (left, right, em) = (row.right.min(rest.left), row.right.max(rest.left), row.em);
        let (mut across, mut beside) = (0, 0);
        for other in self.around(place, NEAR * em).map(|n| &self.rows[n]) {
            let is_near = |edge: f32, of: f32| (edge - of).abs() < EDGE * em;
            let runs_across = other.left < left - EDGE * em && other.right > right + EDGE * em;
            let is_level = (other.middle() - row.middle()).abs() < LEVEL * em;
            across += usize::from(runs_across && !is_level && alike(row, other, ALIKE));
            let ends_there = is_near(other.right, left) || is_near(other.left, right);
            beside += usize::from(ends_there && !is_level && alike(row, other, SIMILAR));
        }
        across >= ACROSS && across >= FOR_EACH_BESIDE * beside
            || beside == 0 && em > DISPLAY && right - left < ALONE * em
    }
}

/// Whether a row may be torn. The cells of a table are joined already.
fn is_level(row: &Row) -> bool {
    row.placed && !row.vertical && !row.cells
}

/// Whether both are set in one type, to so much.
fn alike(a: &Row, b: &Row, most: f32) -> bool {
    (most.recip()..most).contains(&(a.em / b.em))
}
