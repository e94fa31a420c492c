//! Views of a proof: Markdown, and the types of the JSON document. Each holds the characters of the text and no others;
//! what they add is markup, roles, and where things come from.
//!
//! A view is made page by page, so that an endless stream is rendered in bounded memory. It reads
//! [`Proof::units`](crate::Proof::units), which [`Options::units`](crate::Options::units) asks for; without them each
//! line counts as a unit of which nothing is known.

pub mod json;
pub mod markdown;

use crate::Proof;
use crate::proof::{Article, Unit};
use crate::structure::imprint::Imprint;
use std::borrow::Cow;

/// One page of a proof.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sheet<'a> {
    /// Whether a form feed parts it from what came before. The first page of a proof without one goes on from the
    /// proof before, where there is one: a [`Stream`](crate::pages::stream::Stream) hands over long pages in windows.
    pub parted: bool,
    /// The text of the proof, in which the ranges of the units stand.
    pub text: &'a str,
    /// The units of the page.
    pub units: Cow<'a, [Unit]>,
    /// Number in the proof of its first unit.
    pub first: usize,
    /// The articles that begin on it; their units are numbered as in the proof.
    pub articles: Vec<&'a Article>,
}

impl Sheet<'_> {
    /// What stands in a unit.
    pub fn text_of(&self, unit: &Unit) -> &str {
        self.text.get(unit.range.clone()).unwrap_or_default()
    }

    /// What the page prints of itself.
    pub fn imprint(&self) -> Imprint {
        Imprint::read(self.units.iter().filter(|u| u.role.is_furniture()).map(|u| self.text_of(u)))
    }
}

/// The pages of a proof that hold text, in order.
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
    let (mut first, mut at) = (0, 0);
    for (k, part) in proof.text.split('\x0c').enumerate() {
        at += part.len() + 1;
        let end = first + units[first..].iter().take_while(|u| u.range.start < at).count();
        if end > first {
            let units = match &units {
                Cow::Borrowed(all) => Cow::Borrowed(&all[first..end]),
                Cow::Owned(all) => Cow::Owned(all[first..end].to_vec()),
            };
            sheets.push(Sheet { parted: k > 0, text: &proof.text, units, first, articles: Vec::new() });
        }
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

/// The lines of a text as units.
fn lines(text: &str) -> Vec<Unit> {
    let mut at = 0;
    let lines = text.split(['\n', '\x0c']).map(|line| {
        let range = at..at + line.len();
        at = range.end + 1;
        Unit { range, ..Unit::default() }
    });
    lines.filter(|u| !u.range.is_empty()).collect()
}
