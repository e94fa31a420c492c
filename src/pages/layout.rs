//! Cleans layouts: puts the lines of each page in order, and cleans the text that they make.

use super::across::Edges;
use super::assembly::JoinedPages;
use super::cleaner::Cleaner;
use super::origin::Origin;
use crate::layout::{Layout, Page};
#[cfg(feature = "internals")]
use crate::measure::Place;
use crate::options::Order;
use crate::order::{Joint, Reading, Wanted, read};
use crate::pipeline::BreakOverrides;
use crate::proof::Proof;
use crate::text::ends::count_line_feeds;
use std::borrow::Cow;
use std::ops::Range;

/// The lines of a layout as one text, in the order in which they are read. Form feeds separate pages.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Ordered {
    /// The text. Each row is a line of it. Places of a [`Proof`] of the layout are in this text.
    pub text: String,
    /// For each line of the text the page and the lines of the layout that it is made of, from left to right.
    pub rows: Vec<(usize, Vec<u32>)>,
    /// For each page whether its lines stand in another order than in the file.
    pub changed: Vec<bool>,
}

impl Cleaner {
    /// Cleans a layout. The lines of each page are put in the order of [`Cleaner::order`], and places in the proof are
    /// places in the text of it.
    ///
    /// ```
    /// use qingyang::layout::{Layout, Line, Page, Quad, Rect};
    /// use qingyang::{Cleaner, Options};
    /// let mut page = Page::default();
    /// // Two columns, as a tool for OCR gives them: sorted by their tops.
    /// for (left, top, text) in [
    ///     (50.0, 100.0, "渠水流过桥头镇，沿岸的稻"),
    ///     (300.0, 101.0, "农户忙着修整晒场，新米下"),
    ///     (50.0, 120.0, "田渐渐泛黄，今年雨水足，"),
    ///     (300.0, 121.0, "月就能上市。"),
    /// ] {
    ///     let width = 16.0 * text.chars().count() as f32;
    ///     page.lines.push(Line::new(text, Quad::from(Rect::new(left, top, left + width, top + 16.0))));
    /// }
    /// let proof = Cleaner::new(Options::default()).layout(&Layout { pages: vec![page] });
    /// assert_eq!(proof.text, "渠水流过桥头镇，沿岸的稻田渐渐泛黄，今年雨水足，农户忙着修整晒场，新米下月就能上市。\n");
    /// ```
    pub fn layout(&mut self, layout: &Layout) -> Proof {
        let mut pages = JoinedPages::new(self.pipeline().options());
        let mut lines = 0;
        let mut at = 0;
        for (n, page) in layout.pages.iter().enumerate() {
            if n > 0 {
                pages.feed(Origin::default().after(at, lines));
                at += 1;
            }
            let reading = read(page, self.wanted());
            let (raw, of_lines) = text_of(page, &reading);
            let places = of_lines.iter().map(|(row, _)| reading.places[*row]).collect();
            self.pipeline().know_places(places);
            let clean = self.pipeline().clean(&raw, BreakOverrides::None);
            let here = Origin::default().after(at, lines);
            let (length, feeds) = (raw.len(), count_line_feeds(&raw));
            pages.take(Cow::Owned(raw), clean, Edges::WHOLE, here);
            at += length;
            lines += feeds;
        }
        pages.proof()
    }

    /// Puts the lines of a layout in order without cleaning them.
    ///
    /// [`Options::order`](crate::Options::order) decides which order: [`Order::Source`] keeps that of the file,
    /// [`Order::Reading`] orders by places, [`Order::Auto`] keeps the order of the file where it reads well.
    pub fn order(&self, layout: &Layout) -> Ordered {
        let mut ordered = Ordered::default();
        for (n, page) in layout.pages.iter().enumerate() {
            if n > 0 {
                ordered.text.push('\x0c');
            }
            let reading = read(page, self.wanted());
            let (text, rows) = text_of(page, &reading);
            ordered.text.push_str(&text);
            let of_layout = |(row, range): TextLine| reading.rows[row].lines[range].iter().map(|line| line.0).collect();
            ordered.rows.extend(rows.into_iter().map(|line| (n, of_layout(line))));
            ordered.changed.push(reading.changed);
        }
        ordered
    }

    /// The places of the lines of [`Cleaner::order`], page by page.
    #[cfg(feature = "internals")]
    #[doc(hidden)]
    pub fn places(&self, layout: &Layout) -> Vec<Vec<Option<Place>>> {
        let of_page = |page: &Page| {
            let reading = read(page, self.wanted());
            text_of(page, &reading).1.iter().map(|(row, _)| reading.places[*row]).collect()
        };
        layout.pages.iter().map(of_page).collect()
    }

    fn wanted(&self) -> Wanted {
        match self.options().order {
            Order::Source => Wanted::Source,
            Order::Reading => Wanted::Places,
            Order::Auto => Wanted::Better,
        }
    }
}

/// A line of the text: its row, and its lines of the layout among those of the row.
type TextLine = (usize, Range<usize>);

/// The text of a page, and what each of its lines is made of.
fn text_of(page: &Page, reading: &Reading) -> (String, Vec<TextLine>) {
    let mut text = String::new();
    let mut lines: Vec<TextLine> = Vec::new();
    for (n, row) in reading.rows.iter().enumerate() {
        for (k, &(line, joint)) in row.lines.iter().enumerate() {
            match joint {
                Joint::Close if k > 0 => text.truncate(text.len() - 1),
                Joint::Space if k > 0 => text.replace_range(text.len() - 1.., " "),
                _ => {}
            }
            let from = text.len();
            // A form feed would end the page.
            text.extend(page.lines[line as usize].text.chars().map(|c| if c == '\x0c' { ' ' } else { c }));
            text.push('\n');
            let is_new = k == 0 || joint == Joint::Over;
            match lines.last_mut().filter(|_| !is_new) {
                Some((_, range)) => range.end = k + 1,
                None => lines.push((n, k..k + 1)),
            }
            let more = count_line_feeds(&text[from..]) - 1;
            lines.extend(std::iter::repeat_n((n, k..k + 1), more as usize));
        }
    }
    (text, lines)
}
