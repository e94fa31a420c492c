//! Lines that a tool read across two columns are parted: where their pieces leave a gutter, or where the columns around them and
//! the words say so.

mod by_pieces;
mod by_words;
mod columns;

use super::sheet::Sheet;
use crate::layout::Page;
use std::ops::Range;

/// A part of a line: the number of the line, and the bytes of its text.
pub(crate) type Part = (u32, Range<usize>);

/// A page whose lines are parts of the lines of another.
#[derive(Debug)]
pub(crate) struct Parted {
    /// The parts as lines.
    pub page: Page,
    /// In the order of the file.
    pub parts: Vec<Part>,
}

/// Parts the lines of a page that is set straight; `None` if there is none to part.
pub(super) fn part(page: &Page, sheet: &Sheet) -> Option<Parted> {
    by_pieces::part(page).or_else(|| by_words::part(page, sheet))
}
