//! Boxes that may stand over two columns, by the rows around them.

use crate::layout::{Line, Page};
use crate::order::straight_page::{Set, StraightPage, full_width};
use std::ops::Range;

/// A column has at least so many sizes of the body type in a row.
const COLUMN: f64 = 5.0;
/// A part of a box that is shorter is no line.
const SHORT: f64 = 3.0;
/// Characters of a box over two columns, and of a row that tells of columns.
const GLYPHS_OVER: usize = 8;
const GLYPHS: usize = 3;
/// How far above and below a box rows tell of its columns.
const NEAR: f64 = 14.0;
/// Two boxes on one level are nearer.
const LEVEL: f64 = 0.5;
/// How far edges of one column lie apart, at most.
pub(super) const EDGE: f64 = 1.0;
/// How the size of type of a column may differ from that of the box.
const ALIKE: Range<f64> = 0.65..1.5;
/// Rows that must tell where a column ends, and as many where the next one begins.
const ROWS: usize = 3;
/// The widest gutter.
pub(super) const GUTTER: f64 = 2.5;
/// How far two columns stand apart, at most: a headline may run downwards between them, below which they widen.
const APART: Range<f64> = -0.5..12.0;
/// From row to row, at most.
pub(super) const PITCH: f64 = 2.4;
/// An indent, at most.
pub(super) const INDENT: f64 = 3.0;
/// Rows that are looked at for one box, and runs for one row.
const MOST: usize = 400;
const MOST_RUNS: usize = 8;

/// A line that runs as the page does. The unit is the size of the body type.
pub(super) struct Row {
    /// Its number on the page.
    pub line: usize,
    pub set: Set,
    /// Its characters without spaces, and where each begins.
    pub ink: Vec<(usize, char)>,
    /// Its width before each character, in full widths, and the whole one.
    widths: Vec<f64>,
}

impl Row {
    fn of(number: usize, line: &Line, set: Set) -> Row {
        let ink: Vec<(usize, char)> = line.text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let mut widths = vec![0.0];
        for &(_, c) in &ink {
            widths.push(widths[widths.len() - 1] + full_width(c));
        }
        Row { line: number, set, ink, widths }
    }

    pub fn middle(&self) -> f64 {
        (self.set.top + self.set.bottom) / 2.0
    }

    pub fn first(&self) -> Option<char> {
        self.ink.first().map(|(_, c)| *c)
    }

    pub fn last(&self) -> Option<char> {
        self.ink.last().map(|(_, c)| *c)
    }

    /// Where a character begins, as if the widths of all filled the box.
    pub fn begin_of(&self, character: usize) -> f64 {
        let all = self.widths[self.ink.len()].max(1.0);
        self.set.left + (self.set.right - self.set.left) * self.widths[character] / all
    }
}

/// The lines of a page that run as the page does, from the top.
pub(super) fn rows(page: &Page, sheet: &StraightPage) -> Vec<Row> {
    let lines = page.lines.iter().zip(&sheet.sets).enumerate();
    let level = lines.filter(|(_, (line, _))| line.is_vertical() == sheet.turned);
    let mut rows: Vec<Row> = level.filter_map(|(n, (line, set))| Some(Row::of(n, line, (*set)?))).collect();
    rows.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    rows
}

/// The rows near one: those above from the nearest upwards, and those below from the nearest downwards.
pub(super) fn around(rows: &[Row], at: usize) -> (impl Iterator<Item = &Row>, impl Iterator<Item = &Row>) {
    let here = rows[at].middle();
    let near = move |row: &&Row| (row.middle() - here).abs() < NEAR;
    (rows[..at].iter().rev().take(MOST).take_while(near), rows[at + 1..].iter().take(MOST).take_while(near))
}

/// Boxes one below the other that may stand over the same two columns.
pub(super) struct Run {
    /// The numbers of their rows.
    pub rows: Vec<usize>,
    /// Where the left column ends and the right one begins.
    pub left: f64,
    pub right: f64,
    /// Whether columns are more usual around one of them than rows as wide as both.
    are_usual: bool,
}

impl Run {
    /// Whether a gutter alone is between the columns.
    pub fn has_gutter(&self) -> bool {
        self.right - self.left < GUTTER
    }

    fn goes_on(&self, rows: &[Row], at: usize, columns: &Columns) -> bool {
        let (last, here) = (&rows[self.rows[self.rows.len() - 1]], &rows[at]);
        (last.set.left - here.set.left).abs() < INDENT
            && here.set.right > self.right
            && here.middle() - last.middle() < PITCH
            && self.left.max(columns.left) < self.right.min(columns.right) - APART.start
    }
}

/// The runs of a page.
pub(super) fn runs(rows: &[Row]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in 0..rows.len() {
        let Some(columns) = columns(rows, at) else { continue };
        match runs.iter_mut().rev().take(MOST_RUNS).find(|run| run.goes_on(rows, at, &columns)) {
            Some(run) => {
                run.rows.push(at);
                (run.left, run.right) = (run.left.max(columns.left), run.right.min(columns.right));
                run.are_usual |= columns.are_usual;
            }
            None => {
                let Columns { left, right, are_usual } = columns;
                runs.push(Run { rows: vec![at], left, right, are_usual });
            }
        }
    }
    runs.retain(|run| run.are_usual);
    runs
}

/// What the rows around a box say of its columns.
struct Columns {
    left: f64,
    right: f64,
    are_usual: bool,
}

/// The columns over which a box stands, if it may stand over two.
fn columns(rows: &[Row], at: usize) -> Option<Columns> {
    let here = &rows[at];
    if here.ink.len() < GLYPHS_OVER || here.set.right - here.set.left < 2.0 * COLUMN {
        return None;
    }
    let (above, below) = around(rows, at);
    let tells = |row: &&Row| {
        let apart = (row.middle() - here.middle()).abs() > LEVEL;
        apart && row.ink.len() >= GLYPHS && ALIKE.contains(&(row.set.em / here.set.em))
    };
    let sides: Vec<(f64, f64)> = above.chain(below).filter(tells).map(|row| (row.set.left, row.set.right)).collect();
    let (left, right, tell) = gutter(&here.set, &sides).or_else(|| edges(&here.set, &sides))?;
    let over = sides.iter().filter(|side| side.0 < left - EDGE && side.1 > right + EDGE).count();
    Some(Columns { left, right, are_usual: 2 * over <= tell + 1 })
}

/// Where a gutter goes through a box: where the rows around begin inside of it, and others end before; and how many rows tell so.
fn gutter(here: &Set, sides: &[(f64, f64)]) -> Option<(f64, f64, usize)> {
    let inside = here.left + COLUMN..here.right - SHORT;
    let begins = sides.iter().map(|side| -side.0).filter(|begin| inside.contains(&-begin));
    let (right, rights) = usual_end(begins.collect())?;
    let before = -right - GUTTER..-right - APART.start;
    let (left, lefts) = usual_end(sides.iter().map(|side| side.1).filter(|end| before.contains(end)).collect())?;
    (lefts.min(rights) >= ROWS).then_some((left, -right, lefts.min(rights)))
}

/// Where the column ends that begins with a box, and where that begins which ends with it, and how many rows tell so.
fn edges(here: &Set, sides: &[(f64, f64)]) -> Option<(f64, f64, usize)> {
    let with = |a: f64, b: f64| (a - b).abs() < EDGE;
    let (inside, outside) = (here.left + COLUMN, here.right - COLUMN);
    let ends = sides.iter().filter(|side| with(side.0, here.left) && side.1 < outside).map(|side| side.1);
    let begins = sides.iter().filter(|side| with(side.1, here.right) && side.0 > inside).map(|side| -side.0);
    let ((left, lefts), (right, rights)) = (usual_end(ends.collect())?, usual_end(begins.collect())?);
    let fit = left > inside && -right < outside && APART.contains(&(-right - left)) && lefts.min(rights) >= ROWS;
    fit.then_some((left, -right, lefts.min(rights)))
}

/// The place before which most rows end, by less than [`EDGE`], and how many do.
fn usual_end(mut ends: Vec<f64>) -> Option<(f64, usize)> {
    ends.sort_by(f64::total_cmp);
    let mut first = 0;
    let of = |n: usize| {
        while ends[n] - ends[first] >= EDGE {
            first += 1;
        }
        (ends[n], n + 1 - first)
    };
    (0..ends.len()).map(of).max_by_key(|&(_, rows)| rows)
}
