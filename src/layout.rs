//! A page as a tool for OCR or PDF saw it: lines of text with their places. It is the one inner form of all formats.
//!
//! Places have their origin at the top left of the page and grow to the right and downwards. Their unit is that of the file
//! (pixels, points); only their proportions count. A line without a place is a line of flat text.
//!
//! ```
//! use qingyang::layout::{Layout, Line, Page, Quad, Rect};
//! let mut page = Page::default();
//! for (n, text) in ["渠水流过桥头镇，沿岸的稻", "田渐渐泛黄。"].into_iter().enumerate() {
//!     let top = 100.0 + 20.0 * n as f32;
//!     page.lines.push(Line::new(text, Quad::from(Rect::new(50.0, top, 300.0, top + 16.0))));
//! }
//! let layout = Layout { pages: vec![page] };
//! assert_eq!(layout.pages[0].lines[1].quad.bounds().top, 120.0);
//! ```

use crate::ledger::is_symbol_space;
use std::ops::Range;

/// The greatest number that counts as a place.
pub(crate) const FARTHEST: f32 = 1e7;

/// The pages of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The pages, in the order of the file.
    pub pages: Vec<Page>,
}

impl Layout {
    /// The text of the file in its own order: each line with a line feed after it, and form feeds between the pages. Places
    /// in the proof of a layout, its ledger among them, are places in this text.
    ///
    /// ```
    /// use qingyang::layout::{Layout, Line, Page, Quad};
    /// let mut page = Page::default();
    /// page.lines = vec![Line::new("渠水流过桥头镇。", Quad::default()), Line::new("号外", Quad::default())];
    /// assert_eq!(Layout { pages: vec![page] }.text(), "渠水流过桥头镇。\n号外\n");
    /// ```
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (n, page) in self.pages.iter().enumerate() {
            if n > 0 {
                text.push('\x0c');
            }
            for line in &page.lines {
                text.extend(line.printed());
                text.push('\n');
            }
        }
        text
    }
}

/// One page: its lines in the order of the file, and what else the file knows of it.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// Width and height, if the file has them; nought for what no page can have.
    pub size: Option<(f32, f32)>,
    /// The lines, in the order of the file.
    pub lines: Vec<Line>,
    /// Places of pictures.
    pub pictures: Vec<Rect>,
    /// Places of printed rules.
    pub rules: Vec<Rect>,
}

/// A line of text. A line of several columns, as OCR may merge them, is one line here.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// The text, without the line end.
    pub text: String,
    /// Where it stands.
    pub quad: Quad,
    /// The size of its type, in the unit of the places, if the file says it.
    pub size: Option<f32>,
    /// The number of its block in the file: a hint that may be wrong.
    pub block: Option<u32>,
    /// Words or characters with places of their own, in the order of the text.
    pub pieces: Vec<Piece>,
    /// How certain the tool is of the text, from 0 to 1.
    pub confidence: Option<f32>,
    /// The name of its element: an id of the file, or the path to it.
    pub element: String,
}

/// A part of a line with a place of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its bytes in the text of the line.
    pub range: Range<usize>,
    /// Where it stands.
    pub place: Rect,
}

/// A rectangle with sides along the page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rect {
    /// The least x.
    pub left: f32,
    /// The least y.
    pub top: f32,
    /// The greatest x.
    pub right: f32,
    /// The greatest y.
    pub bottom: f32,
}

/// Four corners, clockwise from the top left of the text: a rectangle that may be turned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Quad(pub [(f32, f32); 4]);

impl Line {
    /// A line of this text at this place.
    pub fn new(text: impl Into<String>, quad: Quad) -> Line {
        Line { text: text.into(), quad, ..Line::default() }
    }

    /// Whether it has a place that can be used: with an area, and no farther away than any page is large.
    ///
    /// ```
    /// use qingyang::layout::{Line, Quad, Rect};
    /// assert!(Line::new("号外", Quad::from(Rect::new(50.0, 100.0, 90.0, 116.0))).is_placed());
    /// assert!(!Line::new("号外", Quad::default()).is_placed());
    /// ```
    pub fn is_placed(&self) -> bool {
        let known = self.quad.0.iter().all(|(x, y)| x.abs() < FARTHEST && y.abs() < FARTHEST);
        known && self.quad.bounds().has_area()
    }

    /// Its characters in a text. A form feed would end the page there, so it is a space.
    pub(crate) fn printed(&self) -> impl Iterator<Item = char> + '_ {
        self.text.chars().map(|c| if c == '\x0c' { ' ' } else { c })
    }

    /// Its characters without spaces, those of symbol fonts among them.
    pub(crate) fn ink(&self) -> impl DoubleEndedIterator<Item = char> {
        self.text.chars().filter(|&c| !c.is_whitespace() && !is_symbol_space(c))
    }

    /// Whether its characters stand one below the other.
    pub fn is_vertical(&self) -> bool {
        let bounds = self.quad.bounds();
        let long = self.ink().nth(1).is_some();
        long && bounds.height() > 2.0 * bounds.width()
    }
}

impl Rect {
    /// From its sides.
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect { left, top, right, bottom }
    }

    /// Whether it has an area on a page.
    pub(crate) fn has_area(&self) -> bool {
        let known = [self.left, self.top, self.right, self.bottom].iter().all(|side| side.abs() < FARTHEST);
        known && self.width() > 0.0 && self.height() > 0.0
    }

    /// From left to right.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// From top to bottom.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// The least rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

impl From<Rect> for Quad {
    fn from(r: Rect) -> Quad {
        Quad([(r.left, r.top), (r.right, r.top), (r.right, r.bottom), (r.left, r.bottom)])
    }
}

impl Quad {
    /// The least rectangle around it.
    pub fn bounds(&self) -> Rect {
        let [first, rest @ ..] = self.0;
        let point = |(x, y)| Rect { left: x, top: y, right: x, bottom: y };
        rest.into_iter().fold(point(first), |bounds, corner| bounds.union(&point(corner)))
    }

    /// The slope of its upper side: how far it goes down for each step to the right; 0 for a place without width.
    pub fn slope(&self) -> f32 {
        let [(x0, y0), (x1, y1), ..] = self.0;
        if x1 == x0 { 0.0 } else { (y1 - y0) / (x1 - x0) }
    }
}

/// A reason to doubt the places of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// Lines have no place that can be used. They stay behind the line before them in the file.
    Unplaced {
        /// Number of the page, from 1.
        page: u32,
        /// How many lines.
        lines: usize,
        /// Of how many.
        of: usize,
    },
    /// Most lines stand outside the page: its size is in another unit than the places. The size is not used.
    Outside {
        /// Number of the page, from 1.
        page: u32,
    },
    /// The file gives the page a size without area. The size is not used.
    NoArea {
        /// Number of the page, from 1.
        page: u32,
    },
}

/// How far beyond its page a line may stand, in sizes of the page: scans are cut narrower than what was read.
const BEYOND: f32 = 1.1;

impl Layout {
    /// What makes the places of its pages doubtful.
    ///
    /// ```
    /// use qingyang::layout::{Doubt, Layout, Line, Page, Quad};
    /// let mut page = Page::default();
    /// page.lines.push(Line::new("号外", Quad::default()));
    /// assert_eq!(Layout { pages: vec![page] }.doubts(), [Doubt::Unplaced { page: 1, lines: 1, of: 1 }]);
    /// ```
    pub fn doubts(&self) -> Vec<Doubt> {
        self.pages.iter().zip(1..).flat_map(|(page, number)| page.doubts(number)).collect()
    }
}

impl Page {
    /// Its size, if it has an area.
    ///
    /// ```
    /// use qingyang::layout::Page;
    /// let mut page = Page::default();
    /// page.size = Some((0.0, 842.0));
    /// assert_eq!(page.usable_size(), None);
    /// ```
    pub fn usable_size(&self) -> Option<(f32, f32)> {
        self.size.filter(|(width, height)| *width > 0.0 && *height > 0.0)
    }

    fn doubts(&self, page: u32) -> impl Iterator<Item = Doubt> {
        let of = self.lines.len();
        let placed = self.lines.iter().filter(|line| line.is_placed()).count();
        let unplaced = (placed < of).then_some(Doubt::Unplaced { page, lines: of - placed, of });
        let outside = |(width, height): (f32, f32)| {
            let bounds = self.lines.iter().filter(|line| line.is_placed()).map(|line| line.quad.bounds());
            let beyond = bounds.filter(|r| r.left > BEYOND * width || r.top > BEYOND * height).count();
            (2 * beyond > placed).then_some(Doubt::Outside { page })
        };
        let of_size = match (self.size, self.usable_size()) {
            (_, Some(size)) => outside(size),
            (Some(_), None) => Some(Doubt::NoArea { page }),
            (None, None) => None,
        };
        unplaced.into_iter().chain(of_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_quad_has_bounds_and_a_slope() {
        let quad = Quad([(10.0, 10.0), (110.0, 15.0), (109.0, 35.0), (9.0, 30.0)]);
        assert_eq!(quad.bounds(), Rect::new(9.0, 10.0, 110.0, 35.0));
        assert_eq!(quad.slope(), 0.05);
        assert_eq!(Quad::default().slope(), 0.0);
    }

    #[test]
    fn a_page_in_another_unit_than_its_lines_is_told() {
        let mut page = Page { size: Some((21.0, 29.7)), ..Page::default() };
        let line = |top: f32| Line::new("渠水", Quad::from(Rect::new(100.0, top, 120.0, top + 10.0)));
        page.lines = vec![line(100.0), line(200.0)];
        assert_eq!(Layout { pages: vec![Page::default(), page.clone()] }.doubts(), [Doubt::Outside { page: 2 }]);
        page.size = Some((210.0, 297.0));
        assert_eq!(Layout { pages: vec![page.clone()] }.doubts(), []);
        page.size = Some((0.0, 297.0));
        assert_eq!(Layout { pages: vec![page] }.doubts(), [Doubt::NoArea { page: 1 }]);
    }
}
