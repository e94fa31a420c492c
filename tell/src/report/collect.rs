//! Takes the proofs of one input as they come: figures of all of it, text of its beginning.

use super::figures::{Figures, MAX_SHOWN_BYTES};
use super::picture::Picture;
use super::sheet::{Sheet, sheets};
use crate::certainty;
use crate::custom::is_uncertain;
use crate::language::Language;
use crate::script::script;
use crate::why::Why;
use crate::words::custom_reasons;
use qingyang::decode::{Decoder, Encoding, SourceMap};
use qingyang::layout::Layout;
use qingyang::rules::CustomRules;
use qingyang::{Entry, Ledger, Proof, Role};
use std::ops::Range;

/// A unit as the report shows it.
#[derive(Debug, Clone)]
pub(super) struct ShownUnit {
    pub role: Role,
    pub confidence: f32,
    pub range: Range<usize>,
    pub sources: Vec<Range<u64>>,
    /// Roles of its parts.
    pub parts: Vec<Role>,
    /// The number of its article in the input.
    pub article: Option<usize>,
}

/// A line break as the report shows it.
#[derive(Debug, Clone)]
pub(super) struct ShownBreak {
    pub source: u64,
    pub line: u64,
    pub kept: bool,
    pub certainty: f32,
    /// Whether a person decided it; the certainty is the model's.
    pub decided: bool,
    pub why: Why,
}

/// A line break that was closed up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joined {
    pub source: u64,
    pub line: u64,
    pub decided: bool,
}

/// A break decided otherwise.
#[derive(Debug, Clone)]
pub(super) struct Flip {
    pub source: u64,
    /// Bytes of the clean text that it replaces, and what it puts there.
    pub proof: Range<usize>,
    pub other: String,
}

/// The list of decisions that a page may make.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub name: String,
    pub sha256: String,
    pub flips: Vec<Flip>,
}

/// Takes the proofs of one input as they come.
pub struct Collector {
    limit: usize,
    figures: Figures,
    text: String,
    ledger: Ledger,
    units: Vec<ShownUnit>,
    /// Articles so far.
    articles: usize,
    breaks: Vec<ShownBreak>,
    joined: Vec<Joined>,
    refused: Vec<Entry>,
    full: bool,
}

/// Everything that a report needs of one input: its figures, and as much of its text as is shown.
pub struct Collected {
    pub(super) figures: Figures,
    /// The decoded input, or its beginning.
    pub(super) source: String,
    pub(super) map: SourceMap,
    pub(super) proof: String,
    pub(super) ledger: Ledger,
    pub(super) units: Vec<ShownUnit>,
    /// Breaks that are uncertain or that a person decided.
    pub(super) breaks: Vec<ShownBreak>,
    /// Breaks that were closed up, in the order of the input.
    pub(super) joined: Vec<Joined>,
    /// Edits that a person refused.
    pub(super) refused: Vec<Entry>,
    /// The pages of a layout.
    pub(super) sheets: Vec<Sheet>,
    /// What its page needs to make a list of decisions, if it can.
    pub(super) list: Option<List>,
    /// The script of the text, as HTML names it.
    pub(super) script: &'static str,
    /// Whether the input goes on after the text that is shown.
    pub(super) cut: bool,
}

impl Collected {
    /// The figures of the whole input.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Shows where the lines of a layout stand. `pictures` are those of its first pages.
    pub fn lay_out(&mut self, layout: &Layout, pictures: Vec<Option<Picture>>) {
        self.sheets = sheets(layout, pictures);
    }

    /// Says what is suspicious of the input, in the language of the page, and which options were not the default.
    pub fn tell(&mut self, suspicions: Vec<String>, options: String) {
        self.figures.suspicions = suspicions;
        self.figures.options = options;
    }
}

impl Collector {
    /// For an input of which at most `limit` bytes are shown, cleaned with these rules of the user. Line breaks less
    /// certain than `threshold` are marked. The page is in `language`.
    pub fn new(language: Language, threshold: f32, limit: usize, rules: Option<&CustomRules>) -> Collector {
        let reasons = custom_reasons(rules, language);
        let figures = Figures { language, threshold, reasons, ..Figures::default() };
        let (text, ledger, units, breaks) = Default::default();
        let (limit, joined, refused) = (limit.min(MAX_SHOWN_BYTES), Vec::new(), Vec::new());
        Collector { limit, figures, text, ledger, units, breaks, joined, refused, articles: 0, full: false }
    }

    /// Takes the next proof.
    pub fn add(&mut self, proof: &Proof) {
        self.figures.add(proof);
        // A report needs the source beside the proof, so it cannot show text far beyond the bytes that are kept.
        if self.full || self.text.len() > 3 * self.limit {
            self.full = true;
            return;
        }
        let (base, first) = (self.text.len(), self.units.len());
        self.units.extend(proof.units.iter().map(|u| ShownUnit {
            role: u.role,
            confidence: u.confidence,
            range: u.range.start + base..u.range.end + base,
            sources: u.sources.clone(),
            parts: u.parts.iter().map(|p| p.role).collect(),
            article: None,
        }));
        for (article, number) in proof.articles.iter().zip(self.articles..) {
            let units = article.headline.iter().chain(&article.body);
            units.for_each(|n| self.units[first + n].article = Some(number));
        }
        self.articles += proof.articles.len();
        let shown = proof.breaks.iter().filter(|b| b.decided || is_uncertain(b, self.figures.threshold));
        self.breaks.extend(shown.map(|b| ShownBreak {
            source: b.source,
            line: b.line,
            kept: b.kept,
            certainty: match (b.decided, b.kept) {
                (true, true) => b.probability,
                (true, false) => 1.0 - b.probability,
                (false, _) => certainty(b.probability),
            },
            decided: b.decided,
            why: Why::of(b),
        }));
        let joined = proof.breaks.iter().filter(|b| !b.kept);
        self.joined.extend(joined.map(|b| Joined { source: b.source, line: b.line, decided: b.decided }));
        self.refused.extend(proof.refused.iter().cloned());
        self.ledger.extend(proof.ledger.iter().flatten().cloned());
        self.text.push_str(&proof.text);
    }

    /// Ends the input. `head` holds the first bytes of the input, up to the limit; `bytes` is its whole length;
    /// `malformed` counts the malformed byte sequences that were replaced.
    pub fn finish(self, head: &[u8], bytes: u64, encoding: Option<Encoding>, malformed: u64) -> Collected {
        let Collector { mut figures, text, ledger, units, breaks, joined, refused, full, .. } = self;
        figures.bytes = bytes;
        figures.malformed = malformed;
        figures.encoding = encoding.map(Encoding::name);
        let (mut source, mut map) = (String::new(), SourceMap::default());
        let cut = full || bytes > head.len() as u64;
        if let Some(encoding) = encoding {
            // These bytes have been decoded once, so they decode again; a character that the limit cuts is left out.
            let _ = Decoder::new(encoding, true).decode(head, !cut, &mut source, Some(&mut map));
        }
        let script = script(&text);
        let proof = text;
        Collected {
            figures,
            source,
            map,
            proof,
            ledger,
            units,
            breaks,
            joined,
            refused,
            sheets: Vec::new(),
            list: None,
            script,
            cut,
        }
    }
}
