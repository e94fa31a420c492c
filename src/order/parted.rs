//! Lines that a tool read across two columns are parted: where their pieces leave a gutter, or where the columns around them and
//! the words say so.

mod by_pieces;
mod by_words;
mod columns;

use super::straight_page::{StraightPage, set_straight};
use crate::layout::{Line, Page};
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

impl Parted {
    /// None of the lines of a page yet.
    fn none_of(page: &Page) -> Parted {
        Parted { page: Page { lines: Vec::new(), ..page.clone() }, parts: Vec::new() }
    }

    /// Adds a line as its only part.
    fn push_whole(&mut self, number: u32, line: &Line) {
        self.parts.push((number, 0..line.text.len()));
        self.page.lines.push(line.clone());
    }
}

/// Parts the lines of a page, if there is any to part, and sets straight what comes of it.
pub(super) fn part(page: &Page) -> (Option<Parted>, StraightPage) {
    let straight = |parted: Parted| {
        let sheet = set_straight(&parted.page);
        (Some(parted), sheet)
    };
    if let Some(parted) = by_pieces::part(page) {
        return straight(parted);
    }
    let sheet = set_straight(page);
    match by_words::part(page, &sheet) {
        Some(parted) => straight(parted),
        None => (None, sheet),
    }
}
