//! Takes the proofs of one input as they come: figures of all of it, text of its beginning.

use super::figures::{Figures, MAX_SHOWN_BYTES};
use crate::certainty;
use crate::custom::is_uncertain;
use crate::language::Language;
use crate::script::script;
use crate::words::custom_reasons;
use qingyang::decode::{Decoder, Encoding, SourceMap};
use qingyang::rules::CustomRules;
use qingyang::{Entry, Proof, Role};
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
}

/// A line break as the report shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShownBreak {
    pub source: u64,
    pub kept: bool,
    pub certainty: f32,
}

/// Takes the proofs of one input as they come.
pub struct Collector {
    limit: usize,
    figures: Figures,
    text: String,
    ledger: Vec<Entry>,
    units: Vec<ShownUnit>,
    breaks: Vec<ShownBreak>,
    full: bool,
}

/// Everything that a report needs of one input: its figures, and as much of its text as is shown.
pub struct Collected {
    pub(super) figures: Figures,
    /// The decoded input, or its beginning.
    pub(super) source: String,
    pub(super) map: SourceMap,
    pub(super) proof: String,
    pub(super) ledger: Vec<Entry>,
    pub(super) units: Vec<ShownUnit>,
    /// Uncertain breaks only.
    pub(super) breaks: Vec<ShownBreak>,
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
}

impl Collector {
    /// For an input of which at most `limit` bytes are shown, cleaned with these rules of the user. Line breaks less
    /// certain than `threshold` are marked. The page is in `language`.
    pub fn new(language: Language, threshold: f32, limit: usize, rules: Option<&CustomRules>) -> Collector {
        let reasons = custom_reasons(rules, language);
        let figures = Figures { language, threshold, reasons, ..Figures::default() };
        let (text, ledger, units, breaks) = Default::default();
        Collector { limit: limit.min(MAX_SHOWN_BYTES), figures, text, ledger, units, breaks, full: false }
    }

    /// Takes the next proof.
    pub fn add(&mut self, proof: &Proof) {
        self.figures.add(proof);
        // A report needs the source beside the proof, so it cannot show text far beyond the bytes that are kept.
        if self.full || self.text.len() > 3 * self.limit {
            self.full = true;
            return;
        }
        let base = self.text.len();
        self.units.extend(proof.units.iter().map(|u| ShownUnit {
            role: u.role,
            confidence: u.confidence,
            range: u.range.start + base..u.range.end + base,
            sources: u.sources.clone(),
            parts: u.parts.iter().map(|p| p.role).collect(),
        }));
        let uncertain = proof.breaks.iter().filter(|b| is_uncertain(b, self.figures.threshold));
        self.breaks.extend(uncertain.map(|b| ShownBreak {
            source: b.source,
            kept: b.kept,
            certainty: certainty(b.probability),
        }));
        self.ledger.extend(proof.ledger.iter().flatten().cloned());
        self.text.push_str(&proof.text);
    }

    /// Ends the input. `head` holds the first bytes of the input, up to the limit; `bytes` is its whole length;
    /// `malformed` counts the malformed byte sequences that were replaced.
    pub fn finish(self, head: &[u8], bytes: u64, encoding: Option<Encoding>, malformed: u64) -> Collected {
        let Collector { mut figures, text, ledger, units, breaks, full, .. } = self;
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
        Collected { figures, source, map, proof: text, ledger, units, breaks, script, cut }
    }
}
