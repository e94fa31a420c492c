//! What a report keeps of an input while it goes through: figures of all of it, text of its beginning.

use super::SHOWN;
use qingyang::Counts;
use qingyang::Role;
use qingyang::decode::{Decoder, Encoding, SourceMap};
use qingyang::{Entry, Proof, Rule};
use std::io::{self, Read};
use std::ops::Range;

/// Passes a reader through and keeps the first bytes of it.
pub struct Kept<'a> {
    reader: &'a mut dyn Read,
    limit: usize,
    bytes: Vec<u8>,
    all: u64,
}

impl<'a> Kept<'a> {
    /// Keeps up to `limit` bytes.
    pub fn new(reader: &'a mut dyn Read, limit: usize) -> Kept<'a> {
        Kept { reader, limit, bytes: Vec::new(), all: 0 }
    }
}

impl Read for Kept<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.all += n as u64;
        let room = (self.limit - self.bytes.len()).min(n);
        self.bytes.extend_from_slice(&buffer[..room]);
        Ok(n)
    }
}

/// The figures of an input.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Breaks less certain than this are uncertain.
    pub threshold: f32,
    pub encoding: Option<&'static str>,
    pub bytes: u64,
    pub malformed: u64,
    pub counts: Counts,
    /// Typeset lines that hold text, and the units they became.
    pub lines: u64,
    pub units: u64,
    pub breaks: u64,
    pub joined: u64,
    pub uncertain: u64,
    /// How certain the least certain break is.
    pub least: Option<f32>,
    /// Characters of doubled lines that went.
    pub doubled: u64,
}

impl Figures {
    /// Edits of all rules.
    pub fn edits(&self) -> u64 {
        self.counts.iter().map(|(_, n)| n).sum()
    }

    fn add(&mut self, proof: &Proof, threshold: f32) {
        self.counts.merge(&proof.counts);
        self.units += proof.units.len() as u64;
        self.lines += proof.units.iter().map(|u| u.sources.len() as u64).sum::<u64>();
        for b in &proof.breaks {
            let sure = sure(b.probability);
            self.breaks += 1;
            self.joined += u64::from(!b.kept);
            self.uncertain += u64::from(sure < threshold);
            self.least = Some(self.least.map_or(sure, |l| l.min(sure)));
        }
        let ink = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count() as u64;
        for e in proof.ledger.iter().flatten().filter(|e| e.rule == Rule::Doubled) {
            self.doubled += ink(&e.before).saturating_sub(ink(&e.after));
        }
    }
}

/// How certain a decision is, whichever it was.
pub fn sure(probability: f32) -> f32 {
    probability.max(1.0 - probability)
}

/// A unit as the report shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub role: Role,
    pub confidence: f32,
    pub range: Range<usize>,
    pub sources: Vec<Range<u64>>,
    /// Roles of its parts.
    pub parts: Vec<Role>,
}

/// A break as the report shows it.
#[derive(Debug, Clone, Copy)]
pub struct ShownBreak {
    pub source: u64,
    pub kept: bool,
    pub sure: f32,
}

/// Takes the proofs of one input as they come.
pub struct Gather {
    threshold: f32,
    limit: usize,
    figures: Figures,
    text: String,
    ledger: Vec<Entry>,
    units: Vec<Shown>,
    breaks: Vec<ShownBreak>,
    full: bool,
}

/// An input that went through: its figures, and as much of it as is shown.
pub struct Gathered {
    pub figures: Figures,
    /// The decoded input, or its beginning.
    pub source: String,
    pub map: SourceMap,
    pub proof: String,
    pub ledger: Vec<Entry>,
    pub units: Vec<Shown>,
    /// Uncertain breaks only.
    pub breaks: Vec<ShownBreak>,
    /// Whether there is more than is shown.
    pub cut: bool,
}

impl Gather {
    /// For an input of which `limit` bytes at most are shown; breaks less certain than `threshold` are.
    pub fn new(threshold: f32, limit: usize) -> Gather {
        let (text, ledger, units, breaks) = Default::default();
        let limit = limit.min(SHOWN);
        Gather { threshold, limit, figures: Figures::default(), text, ledger, units, breaks, full: false }
    }

    /// Takes a proof.
    pub fn take(&mut self, proof: &Proof) {
        self.figures.add(proof, self.threshold);
        // What is behind the bytes that are kept cannot be shown beside its source.
        if self.full || self.text.len() > 3 * self.limit {
            self.full = true;
            return;
        }
        let base = self.text.len();
        let moved = |r: &Range<usize>| r.start + base..r.end + base;
        self.units.extend(proof.units.iter().map(|u| Shown {
            role: u.role,
            confidence: u.confidence,
            range: moved(&u.range),
            sources: u.sources.clone(),
            parts: u.parts.iter().map(|p| p.role).collect(),
        }));
        let uncertain = proof.breaks.iter().map(|b| (b, sure(b.probability))).filter(|&(_, s)| s < self.threshold);
        self.breaks.extend(uncertain.map(|(b, sure)| ShownBreak { source: b.source, kept: b.kept, sure }));
        self.ledger.extend(proof.ledger.iter().flatten().cloned());
        self.text.push_str(&proof.text);
    }

    /// Ends; `kept` is the input that went through, `malformed` how many of its sequences were replaced.
    pub fn finish(self, kept: Kept<'_>, read: &crate::run::pipe::Read) -> Gathered {
        let encoding = read.encoding;
        let Gather { threshold, mut figures, text, ledger, units, breaks, full, .. } = self;
        figures.threshold = threshold;
        figures.bytes = kept.all;
        figures.malformed = read.malformed;
        figures.encoding = encoding.map(Encoding::name);
        let (mut source, mut map) = (String::new(), SourceMap::default());
        let cut = full || kept.all > kept.bytes.len() as u64;
        if let Some(encoding) = encoding {
            // It went through once, so the same bytes go through again; a character that the limit cuts is left out.
            let _ = Decoder::new(encoding, true).decode(&kept.bytes, !cut, &mut source, Some(&mut map));
        }
        Gathered { figures, source, map, proof: text, ledger, units, breaks, cut }
    }
}
