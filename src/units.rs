//! What each unit of the proof is, in the trade's terms: headline 标题, kicker 引题, deck 副题, byline 署名, caption 图说
//! and the rest. A unit is a line of the clean text. Reads the page, never edits it.

pub mod decoder;
pub mod features;
mod parts;
mod weights;

use crate::roles::LineRole;
use crate::roles::evidence::PageLines;
use crate::roles::furniture;
use decoder::{Chain, Row};
use features::{COUNT, Facts, KINDS};
use std::ops::Range;

/// What a unit, or a part of one, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
#[non_exhaustive]
pub enum Role {
    /// Nothing is known of it.
    #[default]
    Unknown,
    /// Masthead 报头: the paper's name, its publisher, its numbers.
    Masthead,
    /// Folio: page, section, date.
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
    /// Who took the picture.
    Credit,
    /// Jump line 下转: where the text goes on.
    Jump,
    /// Jump line 上接: where the text comes from.
    Resume,
    /// A line of the index 导读.
    Index,
    /// A small notice or advertisement.
    Notice,
    /// A line of verse.
    Verse,
    /// A row of a table or of results.
    Row,
    /// Who signs a text, and when.
    Signature,
}

impl Role {
    /// How many roles there are.
    pub const COUNT: usize = 20;
    /// All roles, in the order of their numbers.
    pub const ALL: [Role; Role::COUNT] = [
        Role::Unknown,
        Role::Masthead,
        Role::Folio,
        Role::Editors,
        Role::Kicker,
        Role::Headline,
        Role::Deck,
        Role::Byline,
        Role::Dateline,
        Role::Body,
        Role::Subhead,
        Role::Caption,
        Role::Credit,
        Role::Jump,
        Role::Resume,
        Role::Index,
        Role::Notice,
        Role::Verse,
        Role::Row,
        Role::Signature,
    ];

    /// The public name, as in JSON.
    ///
    /// ```
    /// assert_eq!(qingyang::units::Role::Headline.name(), "headline");
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
        }
    }

    /// The trade's own word.
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
        }
    }

    /// Whether it belongs to the page and to no article.
    pub const fn is_furniture(self) -> bool {
        matches!(self, Role::Masthead | Role::Folio | Role::Editors)
    }

    /// Whether it is part of a headline block.
    pub const fn is_headline(self) -> bool {
        matches!(self, Role::Kicker | Role::Headline | Role::Deck)
    }
}

/// A unit of the proof: a line of the clean text.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Unit {
    /// What it is.
    pub role: Role,
    /// Probability that it is that.
    pub confidence: f32,
    /// Where it stands in the proof's text, in bytes, without its line feed.
    pub range: Range<usize>,
    /// Where its typeset lines stood: bytes of the input, a range a line.
    pub sources: Vec<Range<u64>>,
    /// Parts of it that are something else: a dateline that opens it, a jump line that ends it.
    pub parts: Vec<Part>,
    /// Which input of its issue its sources are in, where it was moved here from another.
    pub input: Option<usize>,
}

impl Unit {
    /// The same unit where its page begins at `text` of the proof and at `source` of the input.
    #[must_use]
    pub(crate) fn moved(mut self, text: usize, source: u64) -> Unit {
        self.advance(text);
        self.sources.iter_mut().for_each(|r| *r = r.start + source..r.end + source);
        self
    }

    /// Makes room for `bytes` before it in the proof's text.
    pub(crate) fn advance(&mut self, bytes: usize) {
        for r in std::iter::once(&mut self.range).chain(self.parts.iter_mut().map(|p| &mut p.range)) {
            *r = r.start + bytes..r.end + bytes;
        }
    }
}

/// A part of a unit that has a role of its own.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Where it stands in the proof's text, in bytes.
    pub range: Range<usize>,
}

impl Part {
    /// A part of this role, at these bytes of the proof's text.
    pub fn new(role: Role, range: Range<usize>) -> Part {
        Part { role, range }
    }
}

/// An article of a page: which units make it up, by their numbers in [`Proof::units`](crate::Proof::units).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Article {
    /// Kicker, headline, deck, in the order of the page.
    pub headline: Vec<usize>,
    /// All its other units, in the order of the page: bylines, paragraphs, subheads, captions, jump lines.
    pub body: Vec<usize>,
}

impl Article {
    /// The same article where its page's first unit has this number.
    #[must_use]
    pub(crate) fn moved(mut self, first: usize) -> Article {
        self.headline.iter_mut().chain(&mut self.body).for_each(|n| *n += first);
        self
    }
}

/// The typeset lines that a page's units were made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typeset<'a> {
    /// The lines as measured.
    pub lines: &'a PageLines,
    /// Their roles.
    pub roles: &'a [LineRole],
    /// Which of them went as furniture; empty where none did.
    pub dropped: &'a [bool],
    /// Where each begins: in the decoded text, and in the clean text.
    pub starts: &'a [(usize, usize)],
    /// Where each ends.
    pub ends: &'a [(usize, usize)],
}

/// Log-odds that a line which is nothing but （下转第2版） is a jump line: it can be nothing else, and the bench has too
/// few to learn that from.
const JUMP_LINE: f32 = 8.0;
/// Below this no role is named: half of what is less certain is wrong (`fit_units --reliability`).
const LEAST: f32 = 0.3;

/// The units of a clean text, into `units`.
pub(crate) fn read(text: &str, set: Typeset<'_>, units: &mut Vec<Unit>) {
    let facts = cut(text, set, units);
    let row = |(i, unit): (usize, &Unit)| {
        let mut row = score(&facts, i);
        let jump = if parts::whole_jump(&text[unit.range.clone()]).is_some() { JUMP_LINE } else { 0.0 };
        row.iter_mut().enumerate().filter(|(k, _)| is_jump(*k)).for_each(|(_, r)| *r += jump);
        row
    };
    let rows: Vec<Row> = (0..facts.len()).zip(units.iter()).map(row).collect();
    let chain = chain();
    let sums = decoder::sums(&rows, chain);
    for (i, (unit, kind)) in units.iter_mut().zip(decoder::best(&rows, chain)).enumerate() {
        let body = &text[unit.range.clone()];
        let row = sums.of(i);
        let of = |alike: fn(usize) -> bool| (0..row.len()).filter(|&k| alike(k)).map(|k| row[k]).sum::<f32>().min(1.0);
        // 下转 or 上接 is told by the words, not by the fit.
        unit.confidence = if is_jump(kind) { of(is_jump) } else { row[kind] };
        // Which line of a headline block is the kicker may be open where it is certain that all are of one.
        let sure = if is_display(kind) { of(is_display) } else { row[kind] };
        unit.role = if sure < LEAST { Role::Unknown } else { role_of(kind, body) };
        parts::find(body, unit);
    }
}

/// What follows what, as fitted.
#[doc(hidden)]
pub fn chain() -> Chain<'static> {
    Chain { follows: &weights::FOLLOWS }
}

fn score(facts: &Facts, unit: usize) -> Row {
    let mut bins = [0; COUNT];
    facts.of(unit, &mut bins);
    weigh(&bins)
}

/// What the fitted weights say of a unit's bins.
#[doc(hidden)]
pub fn weigh(bins: &[u16; COUNT]) -> Row {
    let mut sum = Row::default();
    for &bin in bins {
        sum.iter_mut().zip(&weights::UNITS[bin as usize]).for_each(|(s, w)| *s += w);
    }
    sum
}

/// Cuts a clean text into units that know their typeset lines, and measures them.
pub(crate) fn cut(text: &str, set: Typeset<'_>, units: &mut Vec<Unit>) -> Facts {
    let gone = |line: usize| set.dropped.get(line) == Some(&true);
    let mut first_lines = Vec::new();
    let (mut line, mut at) = (0, 0);
    for body in text.split_inclusive('\n') {
        let range = at..at + body.trim_end_matches('\n').len();
        at += body.len();
        if range.is_empty() {
            continue;
        }
        let mut sources = Vec::new();
        let mut first = None;
        while line < set.starts.len() && (set.starts[line].1 < range.end || gone(line)) {
            if !gone(line) {
                first.get_or_insert(line);
                sources.push(set.starts[line].0 as u64..set.ends[line].0 as u64);
            }
            line += 1;
        }
        first_lines.push(first.map(|f| (f, sources.len())));
        units.push(Unit { range, sources, ..Unit::default() });
    }
    Facts::measure(text, &set, &first_lines)
}

fn is_jump(kind: usize) -> bool {
    matches!(KINDS[kind], "jump" | "resume")
}

fn is_display(kind: usize) -> bool {
    matches!(KINDS[kind], "headline" | "kicker" | "deck")
}

/// The role of a unit that is of this kind.
fn role_of(kind: usize, body: &str) -> Role {
    match KINDS[kind] {
        "headline" => Role::Headline,
        "kicker" => Role::Kicker,
        "deck" => Role::Deck,
        "subhead" => Role::Subhead,
        "byline" => Role::Byline,
        "sign" => Role::Signature,
        "caption" if parts::is_credit(body) => Role::Credit,
        "caption" => Role::Caption,
        "verse" => Role::Verse,
        "row" => Role::Row,
        "short" => Role::Notice,
        "contents" => Role::Index,
        "jump" | "resume" if ["上接", "紧接", "緊接"].iter().any(|w| body.contains(w)) => Role::Resume,
        "jump" | "resume" => Role::Jump,
        "furniture" => furniture::role(body),
        _ if parts::dateline(body) == Some(body.len()) => Role::Dateline,
        _ => Role::Body,
    }
}
