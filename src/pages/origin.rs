//! Where a page came from: the only translation of a page's own places into places of the input.

use crate::document::trace::Change;
use crate::proof::{Break, Entry, Unit};
use crate::rule::Rule;
use crate::text::decode::SourceMap;

/// Where a page's text begins in the decoded input, and how that maps to the bytes of the input.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Origin<'a> {
    /// First byte of the page in the decoded text that `map` knows.
    pub at: usize,
    /// Line feeds of the input before the page.
    pub lines: u64,
    /// From the decoded text to the bytes of the input; without it they are the same.
    pub map: Option<&'a SourceMap>,
}

impl<'a> Origin<'a> {
    /// The origin of a place `at` bytes and `lines` lines further on.
    pub fn after(self, at: usize, lines: u64) -> Origin<'a> {
        Origin { at: self.at + at, lines: self.lines + lines, map: self.map }
    }

    /// A byte of the page as a byte of the input.
    pub fn byte(self, at: usize) -> u64 {
        let at = self.at + at;
        self.map.map_or(at as u64, |map| map.source(at))
    }

    /// Breaks and units in places of the input.
    pub fn place(self, mut breaks: Vec<Break>, mut units: Vec<Unit>) -> (Vec<Break>, Vec<Unit>) {
        for b in &mut breaks {
            b.source = self.byte(b.source as usize);
            b.line += self.lines;
        }
        for source in units.iter_mut().flat_map(|unit| &mut unit.sources) {
            *source = self.byte(source.start as usize)..self.byte(source.end as usize);
        }
        (breaks, units)
    }

    /// A change of the page `raw` on its line `line` (from 0) as an entry of the ledger.
    pub fn entry(self, change: &Change<'_>, raw: &str, line: u64) -> Entry {
        Entry {
            rule: change.rule,
            start: self.byte(change.start),
            end: self.byte(change.end),
            line: self.lines + line + 1,
            before: raw[change.start..change.end].to_string(),
            after: change.after.to_string(),
            confidence: change.confidence,
        }
    }

    /// An entry of the layout rule that replaces `before`, which begins here, with `after`.
    pub fn layout_entry(self, before: &str, after: &str) -> Entry {
        Entry {
            rule: Rule::Layout,
            start: self.byte(0),
            end: self.byte(before.len()),
            line: self.lines + 1,
            before: before.to_string(),
            after: after.to_string(),
            confidence: 1.0,
        }
    }
}
