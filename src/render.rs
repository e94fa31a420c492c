//! Views of a proof: Markdown, the types of the JSON document, tables of articles, and hOCR and ALTO of a layout. A view has exactly the characters of the text, white
//! space aside, and adds markup, roles and sources.
//!
//! Views are made page by page, so that an endless stream is rendered in bounded memory. They read
//! [`Proof::units`](crate::Proof::units), which [`Options::units`](crate::Options::units) fills. Without units each line
//! counts as a unit of unknown role.

#[cfg(feature = "layout")]
pub mod alto;
pub mod articles;
#[cfg(feature = "layout")]
mod blocks;
#[cfg(feature = "layout")]
pub mod hocr;
pub mod json;
pub mod markdown;
#[cfg(feature = "table")]
pub mod table;

use crate::Proof;
use crate::proof::{Article, Unit};
use crate::structure::imprint::Imprint;
use std::borrow::Cow;

/// One page of a proof.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sheet<'a> {
    /// Number of form feeds between it and the text before it in the proof; more than one if pages without text are
    /// between them. If it is 0, the first page of a proof continues the last page of the proof before: a
    /// [`Stream`](crate::Stream) hands over a long page in windows.
    pub feeds: usize,
    /// The text of the whole proof, to which the ranges of the units refer.
    pub text: &'a str,
    /// The units of the page.
    pub units: Cow<'a, [Unit]>,
    /// Number of its first unit in the proof, from 0.
    pub first: usize,
    /// The articles that begin on the page. Their units are numbered as in the proof.
    pub articles: Vec<&'a Article>,
    /// The lines of furniture that the page dropped.
    pub furniture: Vec<&'a str>,
}

/// Units at the head and at the end of a page among which the pieces of its date stand. Of 105 fixtures the furniture that is
/// farthest from an edge is the seventh unit.
const EDGE: usize = 8;

/// Characters of a piece of a date, at most: 二〇二三年十二月.
const MAX_PIECE: usize = 8;

/// Whether a unit has figures and signs of a date only. Such a unit at the edge of a page is a piece of its date, whatever
/// role the model gave it.
fn is_dated(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || "〇○零年月日一二三四五六七八九十".contains(c))
}

impl Sheet<'_> {
    /// The text of a unit of this page.
    pub fn text_of(&self, unit: &Unit) -> &str {
        self.text.get(unit.range.clone()).unwrap_or_default()
    }

    /// The name of the paper, the date, the numbers of issue and page, as the furniture of the page prints them.
    ///
    /// ```
    /// use qingyang::{Cleaner, Options, render};
    /// let raw = "第3版 要闻\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n";
    /// let proof = Cleaner::new(Options::default().with_units(true)).page(raw);
    /// assert_eq!(render::sheets(&proof)[0].imprint().page.as_deref(), Some("3"));
    /// ```
    pub fn imprint(&self) -> Imprint {
        Imprint::read(self.dated_lines())
    }

    /// The lines that tell date, numbers and paper: furniture, dropped or not, and pieces of the date.
    fn dated_lines(&self) -> impl Iterator<Item = &str> {
        let last = self.units.len().saturating_sub(EDGE);
        let piece = |text: &str| text.chars().count() <= MAX_PIECE && is_dated(text);
        let units = self.units.iter().enumerate().filter(move |(n, unit)| {
            unit.role.is_furniture() || (*n < EDGE || *n >= last) && piece(self.text_of(unit))
        });
        self.furniture.iter().copied().chain(units.map(|(_, unit)| self.text_of(unit)))
    }
}

/// Number of form feeds of a proof after its last page with text.
fn feeds_at_end(proof: &Proof, sheets: &[Sheet<'_>]) -> usize {
    let all = memchr::memchr_iter(b'\x0c', proof.text.as_bytes()).count();
    all - sheets.iter().map(|sheet| sheet.feeds).sum::<usize>()
}

/// The pages of a proof that have text, in order.
///
/// ```
/// use qingyang::{Cleaner, Options, render};
/// let mut options = Options::default();
/// options.units = true;
/// let proof = Cleaner::new(options).page("渠水流过桥头镇。\n\x0c号外\n");
/// let pages = render::sheets(&proof);
/// assert_eq!(pages.len(), 2);
/// assert_eq!(pages[1].text_of(&pages[1].units[0]), "号外");
/// ```
pub fn sheets(proof: &Proof) -> Vec<Sheet<'_>> {
    let mut units: Cow<[Unit]> = Cow::Borrowed(&proof.units);
    if units.is_empty() {
        units = Cow::Owned(lines(&proof.text));
    }
    let mut sheets = Vec::new();
    let (mut first, mut at, mut feeds) = (0, 0, 0);
    for (page, part) in proof.text.split('\x0c').enumerate() {
        at += part.len() + 1;
        let end = first + units[first..].iter().take_while(|u| u.range.start < at).count();
        if end > first {
            let units = match &units {
                Cow::Borrowed(all) => Cow::Borrowed(&all[first..end]),
                Cow::Owned(all) => Cow::Owned(all[first..end].to_vec()),
            };
            let furniture = proof.furniture.iter().filter(|f| f.page == page).map(|f| f.text.as_str()).collect();
            sheets.push(Sheet { feeds, text: &proof.text, units, first, articles: Vec::new(), furniture });
            feeds = 0;
        }
        feeds += 1;
        first = end;
    }
    for article in &proof.articles {
        if let Some(&first) = article.headline.iter().chain(&article.body).min()
            && let Some(sheet) = sheets.iter_mut().rfind(|s: &&mut Sheet| s.first <= first)
        {
            sheet.articles.push(article);
        }
    }
    sheets
}

/// The lines of a text as units of unknown role.
fn lines(text: &str) -> Vec<Unit> {
    let mut at = 0;
    let lines = text.split(['\n', '\x0c']).map(|line| {
        let range = at..at + line.len();
        at = range.end + 1;
        Unit { range, ..Unit::default() }
    });
    lines.filter(|u| !u.range.is_empty()).collect()
}
