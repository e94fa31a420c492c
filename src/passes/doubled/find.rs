//! A place that is, or may be, doubled, and how characters of two copies are compared.

use crate::text::width::is_han;
use std::ops::Range;

/// Glyphs of the longest line that is looked at: a display line of 60 em, printed four times.
pub(super) const MAX_GLYPHS: usize = 240;

/// The bytes of a line, or some of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

/// Byte ranges that are removed.
pub(super) type Cuts = Vec<Range<usize>>;

/// How the copies are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Runs,
    Glyphs,
    Lines,
}

/// A place that is, or may be, doubled.
#[derive(Debug)]
pub(super) struct Find {
    pub lines: Range<usize>,
    /// Its part of the list of ranges to remove.
    pub cuts: Range<usize>,
    pub manner: Manner,
    pub sure: bool,
    /// If it is not sure: how many sure finds of the same manner the page must have.
    pub needs: usize,
    /// Whether the whole line was doubled, which makes it a display line.
    pub whole: bool,
}

#[inline]
pub(super) fn is_mark(c: char) -> bool {
    match c {
        '\u{3400}'..='\u{9FFF}' => false,
        c if c.is_ascii() => !c.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{FF00}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' => true,
        c => !(c.is_alphanumeric() || is_han(c)),
    }
}

pub(super) fn to_half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}
