//! The figures of an input: all of them for its page, a few for the index and for later runs.

use crate::certainty;
use crate::custom::{CustomReasons, is_uncertain};
use crate::language::Language;
use qingyang::{Counts, Proof, Rule};
use serde::{Deserialize, Serialize};

/// A report shows at most this many bytes of its inputs: about fifty newspaper pages, as much as a browser lays out
/// without a noticeable pause. The figures are of the whole input.
pub const MAX_SHOWN_BYTES: usize = 1 << 20;

/// The summary is in the head of a page, within this many bytes, where a later run finds it.
pub const SUMMARY_BYTES: usize = 4096;

/// The version that a summary names: pages of another version are written again.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What precedes the summary in the head of a page.
pub(super) const SUMMARY_TAG: &str = "<meta name=qingyang-figures content=\"";

/// The figures of an input.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// The language of the page.
    pub(super) language: Language,
    /// Line breaks less certain than this are uncertain.
    pub threshold: f32,
    /// The encoding of the input.
    pub encoding: Option<&'static str>,
    /// Bytes of the input, unpacked.
    pub bytes: u64,
    /// Malformed byte sequences that were replaced.
    pub malformed: u64,
    /// Edits by rule.
    pub counts: Counts,
    /// What the user's rules do.
    pub(super) reasons: CustomReasons,
    /// Typeset lines that hold text.
    pub lines: u64,
    /// Units that these lines became.
    pub units: u64,
    /// Line breaks of the input.
    pub breaks: u64,
    /// Line breaks that were closed up.
    pub joined: u64,
    /// Line breaks that are uncertain.
    pub uncertain: u64,
    /// Line breaks that a person decided.
    pub decided: u64,
    /// The certainty of the least certain break.
    pub least: Option<f32>,
    /// Characters of copies that were removed.
    pub doubled: u64,
    /// Why the text is probably not what the page printed.
    pub suspicions: Vec<String>,
    /// The options that are not the default.
    pub options: String,
    /// The digest of the bytes of the input.
    pub sha256: Option<String>,
}

impl Figures {
    /// Edits of all rules.
    pub fn edits(&self) -> u64 {
        self.counts.iter().map(|(_, n)| n).sum()
    }

    /// Adds the figures of a proof.
    pub(super) fn add(&mut self, proof: &Proof) {
        self.counts.merge(&proof.counts);
        self.units += proof.units.len() as u64;
        self.lines += proof.units.iter().map(|u| u.sources.len() as u64).sum::<u64>();
        for b in &proof.breaks {
            let certainty = certainty(b.probability);
            self.breaks += 1;
            self.joined += u64::from(!b.kept);
            self.uncertain += u64::from(is_uncertain(b, self.threshold));
            self.decided += u64::from(b.decided);
            if b.custom.is_none() && !b.decided {
                self.least = Some(self.least.map_or(certainty, |l| l.min(certainty)));
            }
        }
        let printed = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count() as u64;
        for e in proof.ledger.iter().flatten().filter(|e| e.rule == Rule::Doubled) {
            self.doubled += printed(&e.before).saturating_sub(printed(&e.after));
        }
    }

    /// Adds the figures of another input.
    pub(super) fn merge(&mut self, other: &Figures) {
        self.uncertain += other.uncertain;
        self.breaks += other.breaks;
        self.decided += other.decided;
        self.least = self.least.into_iter().chain(other.least).reduce(f32::min);
        self.units += other.units;
        self.lines += other.lines;
        self.malformed += other.malformed;
        self.encoding = other.encoding;
        self.counts.merge(&other.counts);
        self.reasons.merge(&other.reasons);
    }

    /// The figures that the index shows.
    pub fn summary(&self) -> Summary {
        Summary {
            breaks: self.breaks,
            doubled: self.counts.of(Rule::Doubled),
            edits: self.edits(),
            encoding: self.encoding.map(str::to_string),
            least: self.least,
            lines: self.lines,
            malformed: self.malformed,
            options: self.options.clone(),
            suspicions: self.suspicions.clone(),
            threshold: self.threshold,
            uncertain: self.uncertain,
            units: self.units,
            version: VERSION.to_string(),
        }
    }
}

/// A few figures of a page, written into its head and read back by later runs. The fields are in the order in which
/// they are written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// Line breaks of the input.
    pub breaks: u64,
    /// Copies that were removed.
    pub doubled: u64,
    /// Edits of all rules.
    pub edits: u64,
    /// The encoding of the input.
    pub encoding: Option<String>,
    /// The certainty of the least certain break.
    pub least: Option<f32>,
    /// Typeset lines that hold text.
    pub lines: u64,
    /// Malformed byte sequences that were replaced.
    pub malformed: u64,
    /// The options that are not the default.
    pub options: String,
    /// Why the text is probably not what the page printed, in words.
    pub suspicions: Vec<String>,
    /// Line breaks less certain than this are uncertain.
    pub threshold: f32,
    /// Line breaks that are uncertain.
    pub uncertain: u64,
    /// Units of the clean text.
    pub units: u64,
    /// The version that wrote the page.
    pub version: String,
}

impl Summary {
    /// The summary in the head of a page (its first [`SUMMARY_BYTES`] bytes are enough). `None` if the page has none or
    /// if another version wrote it.
    pub fn of_page(head: &str) -> Option<Summary> {
        let content = head.split_once(SUMMARY_TAG)?.1.split_once("\">")?.0.replace("&quot;", "\"");
        serde_json::from_str(&content).ok().filter(|s: &Summary| s.version == VERSION)
    }
}

/// The content of the tag, before it is escaped for HTML.
pub(super) fn content(summary: &impl Serialize) -> String {
    serde_json::to_string(summary).unwrap_or_default()
}
