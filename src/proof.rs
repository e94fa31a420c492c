//! What cleaning a text gives: plain data, in places of the clean text and of the input.

use crate::ledger::Ledger;
use crate::names::{named, names};
use crate::rule::Rule;
use std::ops::Range;

/// A clean page and what was done to it.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Proof {
    /// The clean text: one unit a line, LF, one line feed at its end; empty where there is nothing.
    pub text: String,
    /// How often each rule changed something.
    pub counts: Counts,
    /// Every difference from the input, where the options ask for it.
    pub ledger: Option<Ledger>,
    /// The line breaks between lines that hold text, in the order of the input, where the options ask for them.
    pub breaks: Vec<Break>,
    /// The units of the text, in its order, where the options ask for them.
    pub units: Vec<Unit>,
    /// The articles that the units make up.
    pub articles: Vec<Article>,
    /// The jump lines that an [`Issue`](crate::Issue) found on these pages, where it was to follow them.
    pub jumps: Vec<Jump>,
}

/// A line break of the source and what became of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Break {
    /// Byte of the input at which the line before the break ends.
    pub source: u64,
    /// That line's number in the input, from 1.
    pub line: u64,
    /// Byte of the proof's text at which the break stands, or stood.
    pub at: usize,
    /// Whether it was kept.
    pub kept: bool,
    /// Probability that it parts two units, as the page alone says.
    pub probability: f32,
    /// Whether a [`Decision`] settled it, and not the probability.
    pub decided: bool,
}

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
    /// All roles, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Role> {
        use Role::*;
        [
            Unknown, Masthead, Folio, Editors, Kicker, Headline, Deck, Byline, Dateline, Body, Subhead, Caption,
            Credit, Jump, Resume, Index, Notice, Verse, Row, Signature,
        ]
        .into_iter()
    }

    /// The public name, as in JSON.
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

named!(Role, "role");

/// A unit of the proof: a line of the clean text.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

/// One difference between the decoded input and the output.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Entry {
    /// Which rule made it.
    pub rule: Rule,
    /// First byte in the input file.
    pub start: u64,
    /// End of the bytes in the input file; equal to `start` where something was put in.
    pub end: u64,
    /// Line of the input file, from 1.
    pub line: u64,
    /// What stood there, in UTF-8.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// Probability that the edit is right.
    pub confidence: f32,
}

impl Entry {
    /// Whether only white space changed.
    pub fn is_white_space(&self) -> bool {
        let ink = |s: &str| s.chars().any(|c| !c.is_whitespace());
        !ink(&self.before) && !ink(&self.after)
    }
}

/// A jump line of an issue.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Jump {
    /// Byte of its input at which its line begins.
    pub source: u64,
    /// What is printed there.
    pub text: String,
    /// Whether the text was put together there, or why not.
    pub followed: Followed,
}

/// What became of a jump line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Followed {
    /// The text was put together.
    Yes,
    /// No jump line of the issue answers it.
    Alone,
    /// Several answer it, and neither page numbers nor headlines tell which.
    Several,
    /// The one that answers it has no text to move, or the text goes on here already.
    Nothing,
}

names! { Followed, "outcome of a jump line", Yes = "yes", Alone = "alone", Several = "several", Nothing = "nothing" }

/// A line break that a person has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Decision {
    /// Where the line before the break ends, as in [`Break::source`](crate::Break::source): a byte of the input.
    pub source: u64,
    /// Whether the break stays.
    pub keep: bool,
}

impl Decision {
    /// Whether the break after the line that ends at byte `source` of the input stays.
    pub const fn new(source: u64, keep: bool) -> Decision {
        Decision { source, keep }
    }
}

/// How often each rule changed something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts([u64; Rule::COUNT]);

impl Counts {
    /// How often `rule` changed something.
    pub fn of(&self, rule: Rule) -> u64 {
        self.0[rule as usize]
    }

    /// Counts `times` more edits of `rule`.
    pub fn add(&mut self, rule: Rule, times: u64) {
        self.0[rule as usize] += times;
    }

    /// Adds what another page counted.
    pub fn merge(&mut self, other: &Counts) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a += b;
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&n| n == 0)
    }

    /// The rules that changed something, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (Rule, u64)> + '_ {
        Rule::all().map(|r| (r, self.of(r))).filter(|&(_, n)| n > 0)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Counts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Counts, D::Error> {
        let mut counts = Counts::default();
        for (rule, times) in <std::collections::BTreeMap<Rule, u64>>::deserialize(deserializer)? {
            counts.add(rule, times);
        }
        Ok(counts)
    }
}
