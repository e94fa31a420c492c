//! The types of the JSON document `qingyang-2`, which `schema/qingyang-2.schema.json` describes. The feature `serde` lets
//! them be serialized and deserialized.

use super::{Sheet, feeds_at_end, sheets};
use crate::Proof;
use crate::proof::{self, Certainty, Reason, Role, UnitBox};
use crate::structure::imprint::Imprint;
use crate::vocabulary::jumps::LAST_OF_WORD;
use std::ops::Range;

/// Name and version of the schema. Later versions may add fields. A field that is removed or changes its meaning gives the
/// schema a new number.
pub const SCHEMA: &str = "urn:qingyang:schema/qingyang-2";

/// Name and version of the program that made the document.
pub const GENERATOR: &str = concat!("qingyang ", env!("CARGO_PKG_VERSION"));

/// The text of a document up to its pages, which stand in lines of their own with commas between them.
pub const BEGIN: &str = concat!(
    "{\"schema\":\"urn:qingyang:schema/qingyang-2\",\"generator\":\"qingyang ",
    env!("CARGO_PKG_VERSION"),
    "\",\"pages\":["
);

/// The text behind the pages.
pub const END: &str = "]}\n";

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
    /// The pages, also those without text.
    pub pages: Vec<Page>,
}

/// A line of JSON Lines: one page with the name of the schema.
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
    /// Name of the input; `None` if it has no name, such as standard input.
    pub input: Option<String>,
    /// Encoding of the input, if the input was bytes.
    pub encoding: Option<String>,
    /// The number of the page, and what its furniture prints.
    pub page: Facts,
    /// Its units, in the order of the text; none if the page has no text.
    pub units: Vec<Unit>,
    /// Its articles.
    pub articles: Vec<Article>,
    /// Its line breaks that are uncertain or that a person decided, if they are [asked for](Pages::tell_breaks).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub breaks: Vec<Break>,
}

/// A line break that is uncertain or that a person decided.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Break {
    /// Byte of the input at which the line before the break ends.
    pub source: u64,
    /// Number of that line in the input, from 1.
    pub line: u64,
    /// Whether the break was kept.
    pub kept: bool,
    /// The model's probability that the break separates two units, with three decimals.
    pub probability: f64,
    /// Whether a person decided it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
    pub decided: bool,
    /// What speaks for the break and against it, the strongest first.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub why: Vec<Evidence>,
}

/// One kind of evidence of the model about a line break.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Evidence {
    /// What it is, with the facts of the two lines.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub reason: Reason,
    /// The log-odds that it adds, with two decimals: positive for the break, negative for a join.
    pub odds: f64,
    /// The same in words, if the program that wrote the document has words for it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub words: Option<String>,
}

/// The number of a page, and what its furniture prints.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Facts {
    /// Number of the page in the input, from 1.
    pub number: u64,
    /// Paper, date and numbers, as the furniture of the page prints them.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub imprint: Imprint,
}

/// A unit: a line of the text.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unit {
    /// Its number in the whole output, from 1.
    pub id: u64,
    /// Its role.
    pub role: Role,
    /// The Chinese term for the role.
    pub role_zh: String,
    /// Probability that the role is right, with three decimals.
    pub confidence: f64,
    /// Its text.
    pub text: String,
    /// Its typeset lines: for each line, first byte and end in the input.
    pub sources: Vec<(u64, u64)>,
    /// Parts of it with a role of their own.
    pub parts: Vec<Part>,
    /// For a layout: number of the page on which it begins, from 1.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub page: Option<u32>,
    /// For a layout: a box for each column that it touches, in the order of the text.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub boxes: Vec<UnitBox>,
    /// For a layout: the size of its type, in the unit of the places of the input.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub size: Option<f32>,
}

/// A part of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Part {
    /// Its role.
    pub role: Role,
    /// The Chinese term for the role.
    pub role_zh: String,
    /// Its text.
    pub text: String,
    /// Where it begins in the text of the unit, in characters (Unicode scalar values).
    pub start: u64,
    /// Where it ends in the text of the unit, in characters.
    pub end: u64,
}

/// An article. It names its units by their ids, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Article {
    /// Kicker, headline and deck.
    pub headline: Vec<u64>,
    /// All other units.
    pub body: Vec<u64>,
    /// Text of the headline; a space separates its lines.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub title: Option<String>,
    /// Text of the kicker.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kicker: Option<String>,
    /// Text of the deck.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub deck: Option<String>,
    /// Text of the byline.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub byline: Option<String>,
    /// Text of the dateline: 本报讯（记者 何苗）.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub dateline: Option<String>,
    /// Where it continues: 下转第2版.
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
    /// Its text.
    pub text: String,
    /// The page that it names, without leading zeros.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub page: Option<String>,
}

impl Document {
    /// A document with these pages.
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

/// Makes the pages of a JSON document from proofs as they come, and numbers pages and units.
///
/// ```
/// use qingyang::{Options, Stream, render::json::Pages};
/// let mut pages = Pages::new();
/// pages.input(Some("page.txt"));
/// let mut stream = Stream::new(Options::default().with_units(true), None, false);
/// let mut found = Vec::new();
/// let mut sink = |proof: qingyang::Proof| found.extend(pages.of(&proof));
/// stream.push("渠水流过桥头镇。\n\x0c号外\n".as_bytes(), &mut sink).unwrap();
/// stream.finish(&mut sink).unwrap();
/// assert_eq!((found[1].page.number, found[1].units[0].id), (2, 2));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Pages {
    input: Option<String>,
    encoding: Option<String>,
    /// Form feeds of the input so far.
    feeds: u64,
    /// Whether the current page has an object.
    begun: bool,
    units: u64,
    /// Breaks less certain than this are told.
    uncertain: Option<f32>,
}

impl Pages {
    /// A counter that begins with page 1 and unit 1.
    pub fn new() -> Pages {
        Pages::default()
    }

    /// Begins another input. Its pages are numbered from 1 again; the numbers of units go on.
    pub fn input(&mut self, name: Option<&str>) {
        self.input = name.map(str::to_string);
        self.encoding = None;
        self.feeds = 0;
        self.begun = false;
    }

    /// Sets the encoding of the current input.
    pub fn encoding(&mut self, name: &str) {
        if self.encoding.as_deref() != Some(name) {
            self.encoding = Some(name.to_string());
        }
    }

    /// Tells the line breaks that are less certain than `threshold`, from 0 to 1, and those that a person decided.
    ///
    /// ```
    /// use qingyang::{Cleaner, Options, render::json::Pages};
    /// let options = Options::default().with_units(true).with_confidence(true).with_why(true);
    /// let mut pages = Pages::new();
    /// pages.tell_breaks(1.0);
    /// let proof = Cleaner::new(options).page("渠水流过桥头镇，沿岸的稻\n田渐渐泛黄。\n");
    /// assert!(!pages.of(&proof)[0].breaks[0].kept);
    /// ```
    pub fn tell_breaks(&mut self, threshold: f32) {
        self.uncertain = Some(threshold);
    }

    /// The pages of a proof. A page longer than the window of a stream gives several objects with the same number. A page
    /// without text gives an object without units.
    pub fn of(&mut self, proof: &Proof) -> Vec<Page> {
        let sheets = sheets(proof);
        let mut pages = Vec::with_capacity(sheets.len());
        for sheet in &sheets {
            self.turn(sheet.feeds, &mut pages);
            self.begun = true;
            let mut page = self.page(sheet);
            page.breaks = self.breaks(proof, sheet);
            pages.push(page);
        }
        self.turn(feeds_at_end(proof, &sheets), &mut pages);
        pages
    }

    /// Goes on to the page after so many form feeds.
    fn turn(&mut self, feeds: usize, pages: &mut Vec<Page>) {
        for _ in 0..feeds {
            if !std::mem::take(&mut self.begun) {
                pages.push(self.blank(Imprint::default()));
            }
            self.feeds += 1;
        }
    }

    /// The current page, still without units.
    fn blank(&self, imprint: Imprint) -> Page {
        Page {
            input: self.input.clone(),
            encoding: self.encoding.clone(),
            page: Facts { number: self.feeds + 1, imprint },
            ..Page::default()
        }
    }

    /// The breaks of a page that are told.
    fn breaks(&self, proof: &Proof, sheet: &Sheet) -> Vec<Break> {
        let Some(threshold) = self.uncertain else { return Vec::new() };
        let (Some(first), Some(last)) = (sheet.units.first(), sheet.units.last()) else { return Vec::new() };
        let here = first.range.start..=last.range.end;
        let is_uncertain = |b: &proof::Break| b.custom.is_none() && Certainty::of_break(b.probability) < threshold;
        let told = proof.breaks.iter().filter(|b| here.contains(&b.at) && (b.decided || is_uncertain(b)));
        told.map(line_break).collect()
    }

    fn page(&mut self, sheet: &Sheet) -> Page {
        // Ids count the units of all proofs; a proof numbers its units from 0.
        let base = self.units + 1;
        let id = |unit: usize| (base + unit as u64).saturating_sub(sheet.first as u64);
        let units = sheet.units.iter().enumerate().map(|(k, u)| unit(sheet, u, id(sheet.first + k))).collect();
        let articles = sheet.articles.iter().map(|a| article(sheet, a, id)).collect();
        self.units += sheet.units.len() as u64;
        let mut imprint = sheet.imprint();
        if let Some(name) = &self.input {
            imprint.take_name(name);
        }
        Page { units, articles, ..self.blank(imprint) }
    }
}

fn line_break(b: &proof::Break) -> Break {
    let why = b.why.iter().map(|e| Evidence {
        reason: e.reason,
        odds: (f64::from(e.odds) * 100.0).round() / 100.0,
        words: None,
    });
    Break {
        source: b.source,
        line: b.line,
        kept: b.kept,
        probability: (f64::from(b.probability).clamp(0.0, 1.0) * 1000.0).round() / 1000.0,
        decided: b.decided,
        why: why.collect(),
    }
}

fn unit(sheet: &Sheet, unit: &proof::Unit, id: u64) -> Unit {
    let text = sheet.text_of(unit);
    let at = unit.range.start;
    let parts = unit.parts.iter().filter_map(|part| {
        let before = text.get(..part.range.start.checked_sub(at)?)?;
        let text = sheet.text.get(part.range.clone())?;
        let start = before.chars().count() as u64;
        let end = start + text.chars().count() as u64;
        Some(Part { role: part.role, role_zh: part.role.chinese().into(), text: text.into(), start, end })
    });
    Unit {
        id,
        role: unit.role,
        role_zh: unit.role.chinese().into(),
        confidence: (f64::from(unit.confidence).clamp(0.0, 1.0) * 1000.0).round() / 1000.0,
        text: text.into(),
        sources: unit.sources.iter().map(|r| (r.start, r.end)).collect(),
        parts: parts.collect(),
        page: unit.boxes.first().map(|here| here.page),
        boxes: unit.boxes.clone(),
        size: unit.size,
    }
}

fn article(sheet: &Sheet, article: &proof::Article, id: impl Fn(usize) -> u64) -> Article {
    let on_sheet = |n: &&usize| n.checked_sub(sheet.first).is_some_and(|k| k < sheet.units.len());
    let units = || article.headline.iter().chain(&article.body).filter(on_sheet).map(|n| &sheet.units[n - sheet.first]);
    // Whole units with a role, and parts of other units.
    let joined = |role: Role| -> Option<String> {
        let mut text: Option<String> = None;
        let mut add = |range: &Range<usize>| match &mut text {
            Some(text) => text.extend([" ", sheet.text.get(range.clone()).unwrap_or_default()]),
            None => text = Some(sheet.text.get(range.clone()).unwrap_or_default().into()),
        };
        for unit in units() {
            if unit.role == role {
                add(&unit.range);
            } else {
                unit.parts.iter().filter(|part| part.role == role).for_each(|part| add(&part.range));
            }
        }
        text
    };
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
    let page = text.find(LAST_OF_WORD).map_or(text, |at| text[at..].trim_start_matches(LAST_OF_WORD));
    Imprint::read([page]).page
}
