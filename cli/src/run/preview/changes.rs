//! The diff of an input, from its proofs and its bytes.

use crate::failure::{Failure, unwritten};
use qingyang::decode::{Encoding, decode};
use qingyang::{Entry, Proof};
use qingyang_tell::diff::{Diff, Style};
use std::io::Write;

/// Bytes of the longest character in any supported encoding.
const LONGEST: usize = 4;

/// The diff of one input, in the making.
pub struct Changes {
    diff: Diff,
    /// Bytes of the input that are done.
    at: u64,
    /// Whether anything differs.
    differs: bool,
}

impl Changes {
    /// Of an input of this name.
    pub fn new(name: &str, style: Style) -> Changes {
        Changes { diff: Diff::new(name, style), at: 0, differs: false }
    }

    /// Adds a proof. `bytes` begins where the proof before ended; returns how many bytes belong to this one.
    pub fn add(
        &mut self,
        proof: &Proof,
        encoding: Option<Encoding>,
        bytes: &[u8],
        out: &mut dyn Write,
    ) -> Result<usize, Failure> {
        let entries: &[Entry] = proof.ledger.as_ref().map_or(&[], |ledger| ledger);
        self.differs |= !entries.is_empty();
        // What belongs to the proof: its edits, and not more characters behind them than its text has bytes.
        let edited = entries.last().map_or(0, |e| e.end.saturating_sub(self.at) as usize);
        let bytes = &bytes[..bytes.len().min(edited + LONGEST * proof.text.len())];
        let decoded = decode(bytes, encoding, true)?;
        let text_at = |source: u64| decoded.map.text(source.saturating_sub(self.at));
        let (mut done, mut written) = (0, 0);
        if self.at > 0 && decoded.map.source(0) > 0 && entries.first().is_none_or(|e| e.start > self.at) {
            // The decoder takes it for a byte order mark; here it is a character.
            self.diff.keep(MARK, out).map_err(unwritten)?;
            written = MARK.len();
        }
        for e in entries {
            let kept = decoded.text.get(done..text_at(e.start)).unwrap_or_default();
            self.diff.keep(kept, out).map_err(unwritten)?;
            self.diff.change(&e.before, &e.after, out).map_err(unwritten)?;
            written += kept.len() + e.after.len();
            done = text_at(e.end);
        }
        let end = done + proof.text.len().saturating_sub(written);
        self.diff.keep(decoded.text.get(done..end).unwrap_or_default(), out).map_err(unwritten)?;
        let used = decoded.map.source(end.min(decoded.text.len())) as usize;
        self.at += used as u64;
        Ok(used)
    }

    /// Adds the bytes behind the last proof and ends the diff. Returns whether the output would be another file.
    pub fn end(mut self, encoding: Option<Encoding>, rest: &[u8], out: &mut dyn Write) -> Result<bool, Failure> {
        if !rest.is_empty() {
            self.diff.keep(&decode(rest, encoding, true)?.text, out).map_err(unwritten)?;
        }
        self.diff.finish(out).map_err(unwritten)?;
        Ok(self.differs || encoding.is_some_and(|encoding| encoding != Encoding::Utf8))
    }
}

/// U+FEFF.
const MARK: &str = "\u{FEFF}";
