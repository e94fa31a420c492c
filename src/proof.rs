//! The results of cleaning a text, as plain data.

use crate::ledger::{Entry, Ledger};
use crate::names::{named, names};
use crate::rule::Rule;
use std::collections::BTreeMap;
use std::ops::Range;

/// The clean text of an input or a page, with everything that was done and found.
///
/// ```
/// use qingyang::{Cleaner, Options, Role};
/// let options = Options::default().with_units(true).with_confidence(true);
/// let proof = Cleaner::new(options).page("渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄。\n");
/// assert_eq!(proof.text, "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n");
/// assert_eq!(proof.units[0].role, Role::Body);
/// assert_eq!((proof.breaks[0].line, proof.breaks[0].kept), (1, false));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Proof {
    /// The clean text: one unit a line, with a line feed (LF) after each. Empty if the input has no text.
    pub text: String,
    /// Number of edits of each rule.
    pub counts: Counts,
    /// Every difference from the input, if [`Options::ledger`](crate::Options::ledger) is set.
    pub ledger: Option<Ledger>,
    /// The line breaks between lines with text, in the order of the input. Filled if
    /// [`Options::confidence`](crate::Options::confidence) or [`Options::units`](crate::Options::units) is set, or if
    /// decisions were given.
    pub breaks: Vec<Break>,
    /// The units of the text, in order, if [`Options::units`](crate::Options::units) is set.
    pub units: Vec<Unit>,
    /// The articles that the units make up.
    pub articles: Vec<Article>,
    /// The lines of furniture that the pages dropped, if [`Options::units`](crate::Options::units) is set: date, numbers and
    /// paper are read from them.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub furniture: Vec<DroppedFurniture>,
    /// How certain the model was of the line breaks.
    #[cfg_attr(feature = "serde", serde(default))]
    pub certainty: Certainty,
    /// The jump lines of these pages, if they were cleaned by an [`Issue`](crate::Issue) that follows jumps.
    pub jumps: Vec<Jump>,
    /// The edits that a person refused: they are not in the text and not in the ledger.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub refused: Vec<Entry>,
}

/// How certain the model of line breaks was of a text: many uncertain breaks say that the page is unlike those that it was
/// fitted on.
///
/// ```
/// let proof = qingyang::Cleaner::new(qingyang::Options::default()).page("渠水流过桥头镇，沿岸的稻\n田渐渐泛黄。\n");
/// assert_eq!((proof.certainty.breaks, proof.certainty.uncertain), (1, 0));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Certainty {
    /// Line breaks that the model judged.
    pub breaks: u64,
    /// Those of them of which it was less than [`Certainty::CERTAIN`] certain, either way.
    pub uncertain: u64,
}

impl Certainty {
    /// The probability from which a break counts as certain.
    pub const CERTAIN: f32 = 0.9;

    /// How certain the decision about a break of this probability is, from 0.5 to 1.
    pub(crate) fn of_break(probability: f32) -> f32 {
        probability.max(1.0 - probability)
    }

    /// Of breaks with these probabilities.
    pub(crate) fn of(probabilities: impl Iterator<Item = f32>) -> Certainty {
        let is_uncertain = |p: f32| Certainty::of_break(p) < Certainty::CERTAIN;
        probabilities.fold(Certainty::default(), |all, p| Certainty {
            breaks: all.breaks + 1,
            uncertain: all.uncertain + u64::from(is_uncertain(p)),
        })
    }

    /// Adds that of another text.
    pub fn merge(&mut self, other: Certainty) {
        self.breaks += other.breaks;
        self.uncertain += other.uncertain;
    }
}

/// A line of furniture that a page dropped.
///
/// ```
/// use qingyang::options::Furniture;
/// use qingyang::{Cleaner, Options};
/// let options = Options::default().with_units(true).with_furniture(Furniture::Drop);
/// let proof = Cleaner::new(options).page("第3版\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n");
/// assert_eq!(proof.furniture[0].text, "第3版");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DroppedFurniture {
    /// The page of the proof: how many form feeds of the proof's text stand before it.
    pub page: usize,
    /// Its text.
    pub text: String,
}

/// A line break of the source and what became of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Break {
    /// Byte of the input at which the line before the break ends.
    pub source: u64,
    /// Number of that line in the input, from 1.
    pub line: u64,
    /// Byte of the proof's text at which the line before the break ends.
    pub at: usize,
    /// Whether the break was kept.
    pub kept: bool,
    /// The model's probability, from 0 to 1, that the break separates two units. A decision does not change it.
    pub probability: f32,
    /// Whether a [`Decision`] decided the break.
    pub decided: bool,
    /// The rule of the user that decided it, `custom:NAME`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub custom: Option<String>,
    /// What speaks for the break and against it, the strongest first, if [`Options::why`](crate::Options::why) is set.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub why: Vec<Evidence>,
}

/// One kind of evidence of the model about a line break.
///
/// ```
/// use qingyang::{Cleaner, Options};
/// let options = Options::default().with_confidence(true).with_why(true);
/// let proof = Cleaner::new(options).page("渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n");
/// let strongest = &proof.breaks[0].why[0];
/// assert!(strongest.odds < 0.0, "it speaks for a join");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Evidence {
    /// What it is, with the facts of the two lines.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub reason: Reason,
    /// The log-odds that it adds: positive for the break, negative for a join.
    pub odds: f32,
}

/// What the model looks at. Widths and indents are in em.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "reason", rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Reason {
    /// How wide the line above is, and how wide its column.
    Width {
        /// Width of the line above.
        width: f32,
        /// Width of the column around it.
        column: f32,
    },
    /// How the line above ends.
    Ending {
        /// Its last character.
        last: char,
        /// Whether a stop ends it.
        is_stop: bool,
    },
    /// How the line below begins: its first character, phrases of the trade, lists.
    Beginning {
        /// Its first character.
        first: char,
    },
    /// What the characters on both sides of the break make together.
    Word {
        /// The last character of the line above.
        above: char,
        /// The first character of the line below.
        below: char,
        /// From 1 (no word) to 4 (frequent words); 0 where one of the two is no Han.
        bond: u8,
    },
    /// Whether a quotation or a bracket is open at the break.
    Open {
        /// Whether one is.
        is_open: bool,
    },
    /// Blank lines at the break.
    Blank {
        /// How many.
        lines: u8,
    },
    /// The indents of both lines.
    Indent {
        /// That of the line above.
        above: f32,
        /// That of the line below.
        below: f32,
    },
    /// Letter-spacing.
    Spacing,
    /// The shapes of the two lines and of those around them: display lines, rows, fields.
    Shape,
    /// The habits of the page.
    Habit,
    /// A rule of typesetting.
    Rule,
    /// Where the two lines stand in their layout.
    Place,
    /// What six lines say only together.
    SecondLook,
    /// A word that the break would cut stands whole elsewhere on the page.
    PrintedElsewhere,
}

/// The role of a unit or of a part of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
#[non_exhaustive]
pub enum Role {
    /// The role is not known.
    #[default]
    Unknown,
    /// Masthead 报头: the name of the paper, its publisher, its numbers.
    Masthead,
    /// Folio 版次: page, section, date.
    Folio,
    /// Editors' line 责任编辑.
    Editors,
    /// Kicker 引题, above the headline.
    Kicker,
    /// Headline 标题.
    Headline,
    /// Deck 副题, below the headline.
    Deck,
    /// Byline 署名.
    Byline,
    /// Dateline 电头: 本报讯（记者 何苗）.
    Dateline,
    /// A paragraph of the text.
    Body,
    /// Subhead 小标题, inside a text.
    Subhead,
    /// Caption 图说.
    Caption,
    /// Picture credit 图片署名: who took the picture.
    Credit,
    /// Jump line 下转: where the text continues.
    Jump,
    /// Jump line 上接: where the text comes from.
    Resume,
    /// A line of the index 导读.
    Index,
    /// A small notice 启事 or advertisement.
    Notice,
    /// A line of verse.
    Verse,
    /// A row of a table or of results.
    Row,
    /// Signature 落款: who signs a text, and when.
    Signature,
    /// Noise 噪声: what a recognizer read where there is no text.
    Noise,
}

impl Role {
    /// All roles, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Role> {
        use Role::*;
        [
            Unknown, Masthead, Folio, Editors, Kicker, Headline, Deck, Byline, Dateline, Body, Subhead, Caption,
            Credit, Jump, Resume, Index, Notice, Verse, Row, Signature, Noise,
        ]
        .into_iter()
    }

    /// The name of the role in JSON.
    ///
    /// ```
    /// assert_eq!(qingyang::Role::Headline.name(), "headline");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Role::Unknown => "unknown",
            Role::Masthead => "masthead",
            Role::Folio => "folio",
            Role::Editors => "editors",
            Role::Kicker => "kicker",
            Role::Headline => "headline",
            Role::Deck => "deck",
            Role::Byline => "byline",
            Role::Dateline => "dateline",
            Role::Body => "body",
            Role::Subhead => "subhead",
            Role::Caption => "caption",
            Role::Credit => "credit",
            Role::Jump => "jump",
            Role::Resume => "resume",
            Role::Index => "index",
            Role::Notice => "notice",
            Role::Verse => "verse",
            Role::Row => "row",
            Role::Signature => "signature",
            Role::Noise => "noise",
        }
    }

    /// The Chinese term.
    ///
    /// ```
    /// assert_eq!(qingyang::Role::Headline.chinese(), "标题");
    /// ```
    pub const fn chinese(self) -> &'static str {
        match self {
            Role::Unknown => "不明",
            Role::Masthead => "报头",
            Role::Folio => "版次",
            Role::Editors => "责任编辑",
            Role::Kicker => "引题",
            Role::Headline => "标题",
            Role::Deck => "副题",
            Role::Byline => "署名",
            Role::Dateline => "电头",
            Role::Body => "正文",
            Role::Subhead => "小标题",
            Role::Caption => "图说",
            Role::Credit => "图片署名",
            Role::Jump => "下转",
            Role::Resume => "上接",
            Role::Index => "导读",
            Role::Notice => "启事",
            Role::Verse => "诗行",
            Role::Row => "表行",
            Role::Signature => "落款",
            Role::Noise => "噪声",
        }
    }

    /// Whether a unit of this role is furniture 版面要素: it belongs to the page and to no article.
    pub const fn is_furniture(self) -> bool {
        matches!(self, Role::Masthead | Role::Folio | Role::Editors | Role::Noise)
    }

    /// Whether a unit of this role belongs to a headline block: kicker, headline or deck.
    pub const fn is_headline(self) -> bool {
        matches!(self, Role::Kicker | Role::Headline | Role::Deck)
    }
}

named!(Role, "role");

/// A unit 单元 of the proof: one line of the clean text, or several if [`Split::Sentence`](crate::options::Split::Sentence)
/// gave each of its sentences a line.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Unit {
    /// Its role.
    pub role: Role,
    /// Probability, from 0 to 1, that the role is right.
    pub confidence: f32,
    /// Its bytes in the proof's text, without the line feed after it.
    pub range: Range<usize>,
    /// Its typeset lines: for each line, its bytes in the input.
    pub sources: Vec<Range<u64>>,
    /// Parts of it with a role of their own, such as a dateline at its beginning or a jump line at its end.
    pub parts: Vec<Part>,
    /// If an [`Issue`](crate::Issue) moved the unit here from another input: the number of that input, from 0, to which
    /// `sources` refer.
    pub input: Option<usize>,
    /// For a layout: where it stands, a box for each column that it touches, in the order of the text.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub boxes: Vec<UnitBox>,
    /// For a layout: the size of its type, in the unit of the places of the file.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub size: Option<f32>,
}

/// A box around the lines of a unit in one column, in the unit of the places of the file.
///
/// ```
/// # #[cfg(feature = "layout")] {
/// use qingyang::layout::{Layout, Line, Page, Quad, Rect};
/// use qingyang::{Cleaner, Options};
/// let mut page = Page::default();
/// page.lines = vec![Line::new("渠水流过桥头镇。", Quad::from(Rect::new(10.0, 20.0, 106.0, 32.0)))];
/// let proof = Cleaner::new(Options::default().with_units(true)).layout(&Layout { pages: vec![page] });
/// let place = &proof.units[0].boxes[0];
/// assert_eq!((place.page, place.left, place.bottom), (1, 10.0, 32.0));
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UnitBox {
    /// Number of its page in the file, from 1.
    pub page: u32,
    /// The least x.
    pub left: f32,
    /// The least y; y grows downwards.
    pub top: f32,
    /// The greatest x.
    pub right: f32,
    /// The greatest y.
    pub bottom: f32,
}

impl Unit {
    /// Moves it `bytes` further on in the proof's text.
    pub(crate) fn advance(&mut self, bytes: usize) {
        for r in std::iter::once(&mut self.range).chain(self.parts.iter_mut().map(|p| &mut p.range)) {
            *r = r.start + bytes..r.end + bytes;
        }
    }
}

/// A part of a unit that has a role of its own.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Part {
    /// Its role.
    pub role: Role,
    /// Its bytes in the proof's text.
    pub range: Range<usize>,
}

impl Part {
    /// A part with this role, at these bytes of the proof's text.
    pub fn new(role: Role, range: Range<usize>) -> Part {
        Part { role, range }
    }
}

/// An article of a page. Its units are given by their numbers in [`Proof::units`], from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Article {
    /// Kicker, headline and deck, in the order of the page.
    pub headline: Vec<usize>,
    /// All other units, in the order of the page: bylines, paragraphs, subheads, captions, jump lines.
    pub body: Vec<usize>,
}

impl Article {
    /// The same article if the first unit of its page has the number `first`.
    #[must_use]
    pub(crate) fn moved(mut self, first: usize) -> Article {
        self.headline.iter_mut().chain(&mut self.body).for_each(|n| *n += first);
        self
    }
}

/// A jump line of an issue.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Jump {
    /// Byte of its input at which its line begins.
    pub source: u64,
    /// Its text.
    pub text: String,
    /// Whether the continuation was joined, or why not.
    pub followed: Followed,
}

/// Outcome of a jump line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Followed {
    /// The continuation was joined to its beginning.
    Yes,
    /// No jump line of the issue matches it.
    Alone,
    /// Several jump lines match it, and neither page numbers nor headlines decide between them.
    Several,
    /// The matching jump line has no text to move, or the text already continues here.
    Nothing,
}

names! { Followed, "outcome of a jump line", Yes = "yes", Alone = "alone", Several = "several", Nothing = "nothing" }

/// The decision of a person about one line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Decision {
    /// Byte of the input at which the line before the break ends, as in [`Break::source`].
    pub source: u64,
    /// Whether the break is kept.
    pub keep: bool,
}

impl Decision {
    /// Decides whether the break after the line that ends at byte `source` of the input is kept.
    pub const fn new(source: u64, keep: bool) -> Decision {
        Decision { source, keep }
    }
}

/// The decision of a person about the edits of one rule at one place: all edits but line breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EditDecision {
    /// First byte of the place in the input.
    pub start: u64,
    /// End of the place.
    pub end: u64,
    /// Name of the rule, as in the ledger: `spacing`, or `custom:NAME`.
    pub rule: String,
    /// Whether the text of the input is kept; else the edits are right.
    pub keep: bool,
}

impl EditDecision {
    /// Decides whether the text of the input is kept where `rule` edited it, from the first to the last byte of `place`.
    pub fn new(place: Range<u64>, rule: &str, keep: bool) -> EditDecision {
        EditDecision { start: place.start, end: place.end, rule: rule.to_string(), keep }
    }
}

/// Number of edits of each rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    rules: [u64; Rule::COUNT],
    /// By the name of each rule of the user. Their sum is the count of [`Rule::Custom`].
    custom: BTreeMap<String, u64>,
}

impl Counts {
    /// How often `rule` changed something; of [`Rule::Custom`] all of the user's rules together.
    pub fn of(&self, rule: Rule) -> u64 {
        self.rules[rule as usize]
    }

    /// The count of one edit of `rule`.
    pub(crate) fn one(rule: Rule) -> Counts {
        let mut counts = Counts::default();
        counts.add(rule, 1);
        counts
    }

    /// Counts `times` more edits of `rule`.
    pub fn add(&mut self, rule: Rule, times: u64) {
        self.rules[rule as usize] += times;
    }

    /// Names `times` edits that were counted as [`Rule::Custom`].
    pub(crate) fn name_custom(&mut self, name: &str, times: u64) {
        *self.custom.entry(name.to_string()).or_default() += times;
    }

    /// Takes back the count of an edit that a person refused.
    pub(crate) fn take_back(&mut self, entry: &Entry) {
        let count = &mut self.rules[entry.rule as usize];
        *count = count.saturating_sub(1);
        if let Some(count) = entry.custom.as_ref().and_then(|name| self.custom.get_mut(name)) {
            *count = count.saturating_sub(1);
        }
    }

    /// Adds what another page counted.
    pub fn merge(&mut self, other: &Counts) {
        for (a, b) in self.rules.iter_mut().zip(other.rules) {
            *a += b;
        }
        other.custom.iter().for_each(|(name, &times)| self.name_custom(name, times));
    }

    /// Whether no rule changed anything.
    pub fn is_empty(&self) -> bool {
        self.rules.iter().all(|&n| n == 0)
    }

    /// The rules that changed something, each with its number of edits.
    pub fn iter(&self) -> impl Iterator<Item = (Rule, u64)> + '_ {
        Rule::all().map(|r| (r, self.of(r))).filter(|&(_, n)| n > 0)
    }

    /// How often each rule of the user changed something, by its name, `custom:NAME`.
    pub fn custom(&self) -> impl Iterator<Item = (&str, u64)> + '_ {
        self.custom.iter().map(|(name, &times)| (&**name, times))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.iter().map(|(rule, times)| (rule.name(), times));
        serializer.collect_map(rules.chain(self.custom()))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Counts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Counts, D::Error> {
        let mut counts = Counts::default();
        for (name, times) in <BTreeMap<String, u64>>::deserialize(deserializer)? {
            if name.starts_with("custom:") {
                counts.name_custom(&name, times);
            } else {
                counts.add(name.parse().map_err(serde::de::Error::custom)?, times);
            }
        }
        Ok(counts)
    }
}
