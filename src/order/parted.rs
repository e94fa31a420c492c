//! Lines that a tool read across two columns are parted: where their pieces leave a gutter, or where the columns around them and
//! the words say so.

mod by_pieces;
mod by_words;
mod columns;

use super::sheet::Sheet;
use crate::layout::{Line, Page, Piece, Quad, Rect};
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
