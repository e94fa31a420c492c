//! Boxes that are one printed row become one row.

use super::sheet::Set;
use crate::layout::Page;

/// A printed row, in units of the body type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Its lines, from left to right.
    pub lines: Vec<u32>,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// Size of its type.
    pub em: f32,
    /// Characters without spaces.
    pub glyphs: u32,
    /// The first characters.
    pub first: [char; 2],
    /// The last characters, the very last first.
    pub last: [char; 2],
    /// Whether its characters stand one below the other.
    pub vertical: bool,
    /// Whether it has a place. One without stays behind the row before it.
    pub placed: bool,
}

impl Row {
    pub fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// How much of the narrower of both stands above or below the other.
    pub fn overlap(&self, other: &Row) -> f32 {
        let common = self.right.min(other.right) - self.left.max(other.left);
        common / self.width().min(other.width()).max(0.1)
    }

    /// Whether both stand side by side.
    pub fn beside(&self, other: &Row) -> bool {
        let core = |row: &Row| (row.middle(), 0.4 * row.em.min(row.bottom - row.top));
        let ((a, h), (b, k)) = (core(self), core(other));
        (a - b).abs() < h.max(k)
    }
}

/// The gap inside a row, at most: less than the gutter between two columns.
const GAP: f32 = 0.45;

/// The rows of a page, in the order of the file. Lines that continue a row join it where the file has one after the other or
/// another few lines between.
pub(super) fn of(page: &Page, sets: &[Option<Set>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (n, (line, set)) in page.lines.iter().zip(sets).enumerate() {
        let row = row(n as u32, &line.text, line.is_vertical(), set.as_ref());
        let near = rows.len().saturating_sub(6);
        match rows[near..].iter_mut().rev().find(|other| goes_on(other, &row)) {
            Some(other) => join(other, row),
            None => rows.push(row),
        }
    }
    rows
}

fn row(line: u32, text: &str, vertical: bool, set: Option<&Set>) -> Row {
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    let first = [chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0')];
    let mut chars = text.chars().rev().filter(|c| !c.is_whitespace());
    let last = [chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0')];
    let glyphs = text.chars().filter(|c| !c.is_whitespace()).count() as u32;
    let nowhere = Set { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0, em: 1.0 };
    let set_ = set.unwrap_or(&nowhere);
    Row {
        lines: vec![line],
        left: set_.left as f32,
        top: set_.top as f32,
        right: set_.right as f32,
        bottom: set_.bottom as f32,
        em: set_.em as f32,
        glyphs,
        first,
        last,
        vertical,
        placed: set.is_some(),
    }
}

/// Whether a line is the rest of a row, to its right.
fn goes_on(row: &Row, rest: &Row) -> bool {
    let level = (row.middle() - rest.middle()).abs() < 0.25 * row.em.min(rest.em);
    let alike = (row.em / rest.em - 1.0).abs() < 0.25;
    let gap = rest.left - row.right;
    row.placed
        && rest.placed
        && !row.vertical
        && !rest.vertical
        && level
        && alike
        && (-0.3..GAP).contains(&(gap / row.em))
}

fn join(row: &mut Row, rest: Row) {
    row.lines.extend(rest.lines);
    row.right = row.right.max(rest.right);
    row.top = row.top.min(rest.top);
    row.bottom = row.bottom.max(rest.bottom);
    row.last = if rest.glyphs > 1 { rest.last } else { [rest.last[0], row.last[0]] };
    row.glyphs += rest.glyphs;
}
