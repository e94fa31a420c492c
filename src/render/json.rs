//! The types of the JSON document `qingyang-1`, as `schema/qingyang-1.schema.json` describes it. With the feature
//! `serde` they write and read themselves.

use super::{Sheet, sheets};
use crate::Proof;
use crate::proof::{self, Role};
use crate::structure::imprint::Imprint;
use crate::vocabulary::jumps::LAST_OF_WORD;

/// Names the schema and its version: a field more, less or of another meaning makes another number.
pub const SCHEMA: &str = "urn:qingyang:schema/qingyang-1";

/// What made the document.
pub const GENERATOR: &str = concat!("qingyang ", env!("CARGO_PKG_VERSION"));

/// The JSON document: pages of one input or of several.
///
/// ```
/// use qingyang::{Cleaner, Options, render::json::Document};
/// let mut options = Options::default();
/// options.units = true;
/// let proof = Cleaner::new(options).page("新桥通车\n渠水流过桥头镇。\n");
/// let document = Document::of(&proof);
/// assert_eq!(document.pages[0].units[1].text, "渠水流过桥头镇。");
/// assert_eq!(document.pages[0].units[1].sources, [(13, 37)]);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: String,
    /// [`GENERATOR`].
    pub generator: String,
    /// The pages that hold text.
    pub pages: Vec<Page>,
}

/// A line of JSON Lines: a page that can stand alone.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    /// [`SCHEMA`].
    pub schema: String,
    /// [`GENERATOR`].
    pub generator: String,
    /// The page.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub page: Page,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Page {
    /// Name of the input; `None` where it has none, as standard input.
    pub input: Option<String>,
    /// Encoding of the input's bytes, where the input was bytes.
    pub encoding: Option<String>,
    /// Which page it is.
    pub page: Facts,
    /// Its units, in the order of the text.
    pub units: Vec<Unit>,
    /// Its articles.
    pub articles: Vec<Article>,
}

/// Which page it is: its number, and what it prints of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Facts {
    /// Number in the input, from 1, of the pages that hold text.
    pub number: u64,
    /// What it prints of itself.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub imprint: Imprint,
}

/// A unit: a line of the text.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unit {
    /// Its number, from 1, in the document or the whole of the JSON Lines.
    pub id: u64,
    /// What it is.
    pub role: Role,
    /// The trade's own word for that.
    pub role_zh: String,
    /// Probability that it is that, to three decimals.
    pub confidence: f64,
    /// What it says.
    pub text: String,
    /// Where its typeset lines stood: first byte and end in the input, a pair a line.
    pub sources: Vec<(u64, u64)>,
    /// Parts of it that have a role of their own.
    pub parts: Vec<Part>,
}

/// A part of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The trade's own word for that.
    pub role_zh: String,
    /// What it says.
    pub text: String,
    /// Where it begins in the unit's text, in characters (Unicode scalar values).
    pub start: u64,
    /// Where it ends.
    pub end: u64,
}

/// An article. Units are named by their ids, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Article {
    /// Kicker, headline and deck.
    pub headline: Vec<u64>,
    /// All its other units.
    pub body: Vec<u64>,
    /// The headline's text, its lines parted by a space.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub title: Option<String>,
    /// The kicker's.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kicker: Option<String>,
    /// The deck's.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub deck: Option<String>,
    /// The byline's.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub byline: Option<String>,
    /// The dateline's: 本报讯（记者 何苗）.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub dateline: Option<String>,
    /// Where it goes on: 下转第2版.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub jump: Option<Jump>,
    /// Where it comes from: 上接第1版.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub resume: Option<Jump>,
}

/// A jump line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Jump {
    /// What it says.
    pub text: String,
    /// The page that it names, without leading zeros.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub page: Option<String>,
}

impl Document {
    /// A document of these pages.
    pub fn new(pages: Vec<Page>) -> Document {
        Document { schema: SCHEMA.into(), generator: GENERATOR.into(), pages }
    }

    /// The document of a whole proof.
    pub fn of(proof: &Proof) -> Document {
        Document::new(Pages::new().of(proof))
    }
}

impl Line {
    /// A line for this page.
    pub fn new(page: Page) -> Line {
        Line { schema: SCHEMA.into(), generator: GENERATOR.into(), page }
    }
}

/// Makes pages of the proofs of a stream, as they come, and numbers them and their units.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    input: Option<String>,
    encoding: Option<String>,
    page: u64,
    units: u64,
}

impl Pages {
    /// Nothing numbered yet.
    pub fn new() -> Pages {
        Pages::default()
    }

    /// What comes next is from another input: its pages are numbered from 1 again, units go on.
    pub fn input(&mut self, name: Option<&str>) {
        self.input = name.map(str::to_string);
        self.encoding = None;
        self.page = 0;
    }

    /// The encoding of the input at hand.
    pub fn encoding(&mut self, name: &str) {
        if self.encoding.as_deref() != Some(name) {
            self.encoding = Some(name.to_string());
        }
    }

    /// The pages of a proof. A page that is longer than the window of a stream comes in several objects of one number.
    pub fn of(&mut self, proof: &Proof) -> Vec<Page> {
        sheets(proof).iter().map(|sheet| self.page(sheet)).collect()
    }

    fn page(&mut self, sheet: &Sheet) -> Page {
        if sheet.parted || self.page == 0 {
            self.page += 1;
        }
        // Ids count the units of all proofs; those of this one are numbered from 0.
        let base = self.units + 1;
        let id = |unit: usize| (base + unit as u64).saturating_sub(sheet.first as u64);
        let units = sheet.units.iter().enumerate().map(|(k, u)| unit(sheet, u, id(sheet.first + k))).collect();
        let articles = sheet.articles.iter().map(|a| article(sheet, a, id)).collect();
        self.units += sheet.units.len() as u64;
        Page {
            input: self.input.clone(),
            encoding: self.encoding.clone(),
            page: Facts { number: self.page, imprint: sheet.imprint() },
            units,
            articles,
        }
    }
}

fn unit(sheet: &Sheet, unit: &proof::Unit, id: u64) -> Unit {
    let text = sheet.text_of(unit);
    let at = unit.range.start;
    let parts = unit.parts.iter().filter_map(|part| {
        let before = text.get(..part.range.start.checked_sub(at)?)?;
        let said = sheet.text.get(part.range.clone())?;
        let start = before.chars().count() as u64;
        let end = start + said.chars().count() as u64;
        Some(Part { role: part.role, role_zh: part.role.chinese().into(), text: said.into(), start, end })
    });
    Unit {
        id,
        role: unit.role,
        role_zh: unit.role.chinese().into(),
        confidence: (f64::from(unit.confidence).clamp(0.0, 1.0) * 1000.0).round() / 1000.0,
        text: text.into(),
        sources: unit.sources.iter().map(|r| (r.start, r.end)).collect(),
        parts: parts.collect(),
    }
}

fn article(sheet: &Sheet, article: &proof::Article, id: impl Fn(usize) -> u64) -> Article {
    let own = |n: &&usize| n.checked_sub(sheet.first).is_some_and(|k| k < sheet.units.len());
    let units = || article.headline.iter().chain(&article.body).filter(own).map(|n| &sheet.units[n - sheet.first]);
    // Whole units of a role, and parts of others.
    let said = |role: Role| -> Vec<&str> {
        let of = |unit: &proof::Unit| -> Vec<&str> {
            let parts = unit.parts.iter().filter(|p| p.role == role).filter_map(|p| sheet.text.get(p.range.clone()));
            if unit.role == role {
                vec![sheet.text.get(unit.range.clone()).unwrap_or_default()]
            } else {
                parts.collect()
            }
        };
        units().flat_map(of).collect()
    };
    let joined = |role: Role| Some(said(role)).filter(|s| !s.is_empty()).map(|s| s.join(" "));
    let jump = |role: Role| joined(role).map(|text| Jump { page: jump_page(&text), text });
    Article {
        headline: article.headline.iter().map(|&n| id(n)).collect(),
        body: article.body.iter().map(|&n| id(n)).collect(),
        title: joined(Role::Headline),
        kicker: joined(Role::Kicker),
        deck: joined(Role::Deck),
        byline: joined(Role::Byline),
        dateline: joined(Role::Dateline),
        jump: jump(Role::Jump),
        resume: jump(Role::Resume),
    }
}

/// The page that a jump line names: 下转第2版, 上接1版.
fn jump_page(text: &str) -> Option<String> {
    let behind = text.find(LAST_OF_WORD).map_or(text, |at| text[at..].trim_start_matches(LAST_OF_WORD));
    Imprint::read([behind]).page
}
