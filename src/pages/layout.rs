//! Cleans layouts: puts the lines of each page in order, and cleans the text that they make.

use super::across::{Edges, Leaf};
use super::arrangement::{Arrangement, Join};
use super::assembly::{Assembly, JoinedPages};
use super::cleaner::{Ask, Cleaner};
use super::decisions::Decisions;
use super::origin::Origin;
use super::unit_boxes::{Standing, tell};
use crate::error::Error;
use crate::layout::{Layout, Page};
#[cfg(feature = "internals")]
use crate::measure::Place;
use crate::options::Order;
use crate::order::{Joint, Reading, Wanted, read};
use crate::proof::{Decision, Proof};
use crate::rule::Rule;
use crate::text::ends::count_line_feeds;
use std::borrow::Cow;
use std::ops::Range;

/// The lines of a layout as one text, in the order in which they are read. Form feeds separate pages.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Ordered {
    /// The text. Each row is a line of it.
    pub text: String,
    /// For each line of the text the page and the lines of the layout that it is made of, from left to right.
    pub rows: Vec<(usize, Vec<u32>)>,
    /// For each page whether its lines stand in another order than in the file.
    pub changed: Vec<bool>,
}

/// A page that was put in order.
#[derive(Debug)]
struct Arranged {
    arrangement: Arrangement,
    /// The text that is read.
    text: String,
    lines: Vec<TextLine>,
    /// Lines of that text that are printed over the line before them.
    copies: Vec<usize>,
    reading: Reading,
}

/// A page of a layout, which can be cleaned in another thread. [`Cleaner::layout_page`] does so.
#[derive(Debug, Clone, Copy)]
pub struct LayoutPage<'a> {
    page: &'a Page,
    /// Counted from 1.
    number: u32,
    /// Where it begins in [`Layout::text`]: its byte, and the line feeds before it.
    start: (usize, u64),
}

impl<'a> LayoutPage<'a> {
    /// The pages of a layout.
    pub fn all(layout: &'a Layout) -> impl Iterator<Item = LayoutPage<'a>> {
        let mut next = (0, 0);
        layout.pages.iter().zip(1..).map(move |(page, number)| {
            let start = next;
            for line in &page.lines {
                next = (next.0 + line.text.len() + 1, next.1 + count_line_feeds(&line.text) + 1);
            }
            next.0 += 1; // the form feed
            LayoutPage { page, number, start }
        })
    }
}

/// A page of a layout that was cleaned. [`Cleaner::join_layout`] takes it.
#[derive(Debug)]
pub struct CleanLayoutPage<'a> {
    of: LayoutPage<'a>,
    arranged: Arranged,
    leaf: Leaf,
}

impl CleanLayoutPage<'_> {
    /// Puts the page behind those before it, of which there are `n`.
    fn put(self, n: usize, whole: &mut Assembly) {
        let (at, lines) = self.of.start;
        if n > 0 {
            whole.feed(Origin::default().after(at - 1, lines));
        }
        whole.take_leaf(&self.arranged.text, self.leaf, self.arranged.origin(self.of.start));
    }
}

impl Arranged {
    /// The origin of the page that begins at this byte and line of the layout's text.
    fn origin(&self, (at, lines): (usize, u64)) -> Origin<'_> {
        Origin { arrangement: Some(&self.arrangement), ..Origin::default().after(at, lines) }
    }
}

impl Cleaner {
    /// Cleans a layout. The lines of each page are put in the order of [`Cleaner::order`]. Places in the proof are places in
    /// [`Layout::text`], and what was moved is in the ledger.
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
        self.arranged(layout, None)
    }

    /// Cleans a layout and applies what a person decided about some of its line breaks. A decision names the byte of
    /// [`Layout::text`] at which the line before the break ends.
    ///
    /// ```
    /// use qingyang::layout::{Layout, Line, Page, Quad, Rect};
    /// use qingyang::{Cleaner, Decision, Options};
    /// let mut page = Page::default();
    /// let place = |top| Quad::from(Rect::new(0.0, top, 48.0, top + 12.0));
    /// page.lines = vec![Line::new("渠水流过", place(0.0)), Line::new("沿岸的稻", place(14.0))];
    /// let layout = Layout { pages: vec![page] };
    /// let kept = [Decision::new("渠水流过".len() as u64, true)];
    /// assert_eq!(Cleaner::new(Options::default()).layout_with(&layout, &kept)?.text, "渠水流过\n沿岸的稻\n");
    /// # Ok::<(), qingyang::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a decision names no line break of this layout, or two of them contradict each other.
    pub fn layout_with(&mut self, layout: &Layout, decisions: &[Decision]) -> Result<Proof, Error> {
        let mut decisions = Decisions::new(decisions)?;
        let proof = self.arranged(layout, Some(&mut |source| decisions.of(source as u64)));
        decisions.all_met()?;
        Ok(proof)
    }

    /// Cleans one page of a layout. Pages can be cleaned by several cleaners of the same options, in any order.
    ///
    /// ```
    /// use qingyang::layout::{Layout, Line, Page, Quad, Rect};
    /// use qingyang::{Cleaner, LayoutPage, Options};
    /// let page = |text: &str| {
    ///     let mut page = Page::default();
    ///     page.lines.push(Line::new(text, Quad::from(Rect::new(0.0, 0.0, 90.0, 12.0))));
    ///     page
    /// };
    /// let layout = Layout { pages: vec![page("渠 水 流 过 桥 头 镇"), page("号 外")] };
    /// let mut cleaner = Cleaner::new(Options::default()); // one for each thread
    /// let clean = LayoutPage::all(&layout).map(|page| cleaner.layout_page(page)).collect();
    /// assert_eq!(cleaner.join_layout(clean), cleaner.layout(&layout));
    /// ```
    pub fn layout_page<'a>(&mut self, page: LayoutPage<'a>) -> CleanLayoutPage<'a> {
        self.layout_page_with(page, None)
    }

    /// The proof of all pages of a layout, which must come in the order of the file.
    pub fn join_layout(&self, clean: Vec<CleanLayoutPage<'_>>) -> Proof {
        let (of, sheets): (Vec<_>, Vec<_>) = clean.into_iter().map(|c| ((c.of, c.arranged), c.leaf)).unzip();
        let mut pages = JoinedPages::new(self.options());
        let mut standings = Vec::with_capacity(of.len());
        for (n, ((page, arranged), leaf)) in of.iter().zip(sheets).enumerate() {
            let (at, lines) = page.start;
            if n > 0 {
                pages.feed(Origin::default().after(at - 1, lines));
            }
            standings.push(Standing {
                at,
                page: arranged.reading.parted.as_ref().map_or(page.page, |parted| &parted.page),
                starts: &arranged.arrangement.parts,
                reading: &arranged.reading,
            });
            pages.take_leaf(Cow::Borrowed(&arranged.text), leaf, Edges::WHOLE, arranged.origin(page.start));
        }
        let mut proof = pages.proof();
        tell(&standings, &mut proof.units);
        proof
    }

    fn arranged(&mut self, layout: &Layout, mut ask: Option<Ask<'_>>) -> Proof {
        let apart = !self.options().units && !self.options().joins_pages();
        let mut whole = Assembly::new(self.options());
        let mut clean = Vec::new();
        for (n, page) in LayoutPage::all(layout).enumerate() {
            let page = match &mut ask {
                Some(ask) => self.layout_page_with(page, Some(&mut **ask)),
                None => self.layout_page_with(page, None),
            };
            // A page that no other asks for need not be kept.
            if apart {
                page.put(n, &mut whole);
            } else {
                clean.push(page);
            }
        }
        if apart { whole.proof() } else { self.join_layout(clean) }
    }

    fn layout_page_with<'a>(&mut self, of: LayoutPage<'a>, ask: Option<Ask<'_>>) -> CleanLayoutPage<'a> {
        let mut arranged = self.arrange(of.page, of.number);
        let places = arranged.lines.iter().map(|(row, _)| arranged.reading.places[*row]).collect();
        self.pipeline().know_places(places, std::mem::take(&mut arranged.copies));
        let origin = arranged.origin(of.start);
        let leaf = match ask {
            Some(ask) => {
                let mut of_page = |source: usize| ask(origin.end_of_line(source) as usize);
                self.leaf(&arranged.text, origin, Some(&mut of_page))
            }
            None => self.leaf(&arranged.text, origin, None),
        };
        // What nobody asks for any more; only units are told where they stand.
        arranged.lines = Vec::new();
        if !self.options().units {
            arranged.reading = Reading::default();
        }
        CleanLayoutPage { of, arranged, leaf }
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
            let Arranged { text, lines, reading, .. } = self.arrange(page, 0);
            ordered.text.push_str(&text);
            let line = |part: u32| reading.parted.as_ref().map_or(part, |parted| parted.parts[part as usize].0);
            let of_layout =
                |(row, range): TextLine| reading.rows[row].lines[range].iter().map(|part| line(part.0)).collect();
            ordered.rows.extend(lines.into_iter().map(|line| (n, of_layout(line))));
            ordered.changed.push(reading.changed);
        }
        ordered
    }

    /// The places of the lines of [`Cleaner::order`], page by page.
    #[cfg(feature = "internals")]
    #[doc(hidden)]
    pub fn places(&self, layout: &Layout) -> Vec<Vec<Option<Place>>> {
        let of_page = |page: &Page| {
            let Arranged { lines, reading, .. } = self.arrange(page, 0);
            lines.iter().map(|(row, _)| reading.places[*row]).collect()
        };
        layout.pages.iter().map(of_page).collect()
    }

    /// What a fit of the trees for places needs of the first page of a layout. The numbers of lines are those of
    /// [`Ordered::rows`].
    #[cfg(feature = "internals")]
    #[doc(hidden)]
    pub fn break_evidence(&mut self, layout: &Layout) -> Vec<crate::pipeline::fitting::BreakEvidence> {
        let Some(page) = layout.pages.first() else { return Vec::new() };
        let Arranged { text, lines, copies, reading, .. } = self.arrange(page, 1);
        let places = lines.iter().map(|(row, _)| reading.places[*row]).collect();
        self.pipeline().know_places(places, copies);
        self.pipeline().break_evidence(&text)
    }

    /// What a fit of the places of units needs of the first page of a layout.
    #[cfg(feature = "internals")]
    #[doc(hidden)]
    pub fn unit_evidence(&mut self, layout: &Layout) -> Vec<crate::pipeline::fitting::UnitEvidence> {
        let first = Layout { pages: layout.pages.iter().take(1).cloned().collect() };
        self.layout(&first);
        self.pipeline().unit_evidence()
    }

    /// Puts a page in order.
    fn arrange(&self, page: &Page, number: u32) -> Arranged {
        let reading = read(page, self.wanted());
        let lines_read = reading.parted.as_ref().map_or(&page.lines, |parted| &parted.page.lines);
        let joins = !self.options().skip.contains(Rule::Rejoin);
        let mut order = Vec::with_capacity(page.lines.len());
        let mut lines: Vec<TextLine> = Vec::with_capacity(page.lines.len());
        let mut copies = Vec::new();
        for (n, row) in reading.rows.iter().enumerate() {
            for (k, &(line, joint)) in row.lines.iter().enumerate() {
                let join = match joint {
                    Joint::Close if joins && k > 0 => Join::Close,
                    Joint::Space if joins && k > 0 => Join::Space,
                    _ => Join::None,
                };
                order.push((line, join));
                if joint == Joint::Over && k > 0 {
                    copies.push(lines.len());
                }
                match lines.last_mut().filter(|_| join != Join::None) {
                    Some((_, range)) => range.end = k + 1,
                    None => lines.push((n, k..k + 1)),
                }
                let more = count_line_feeds(&lines_read[line as usize].text);
                lines.extend(std::iter::repeat_n((n, k..k + 1), more as usize));
            }
        }
        let (mut arrangement, text) = {
            let parts = reading.parted.as_ref().map(|parted| &*parted.parts);
            Arrangement::new(page.lines.iter().map(|line| line.printed()), parts, &order)
        };
        arrangement.page = number;
        if self.options().ledger {
            arrangement.names = page.lines.iter().map(|line| line.element.clone()).collect();
        }
        Arranged { arrangement, text, lines, copies, reading }
    }

    fn wanted(&self) -> Wanted {
        match self.options().order {
            _ if self.options().skip.contains(Rule::Order) => Wanted::Source,
            Order::Source => Wanted::Source,
            Order::Reading => Wanted::Places,
            Order::Auto => Wanted::Better,
        }
    }
}

/// A line of the text: its row, and its lines of the layout among those of the row.
type TextLine = (usize, Range<usize>);
