//! Where a page came from: the only place where positions in a page are translated to positions in the input.

use crate::document::trace::Change;
use crate::ledger::Entry;
use crate::proof::{Break, Unit};
use crate::rule::Rule;
use crate::text::decode::SourceMap;

/// Where the text of a page begins in the decoded input, and how decoded bytes map to bytes of the input.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Origin<'a> {
    /// First byte of the page in the decoded text.
    pub at: usize,
    /// Line feeds of the input before the page.
    pub lines: u64,
    /// Translates bytes of the decoded text to bytes of the input; `None` if they are the same.
    pub map: Option<&'a SourceMap>,
}

impl<'a> Origin<'a> {
    /// The origin of the place that is `at` bytes and `lines` lines further on.
    pub fn after(self, at: usize, lines: u64) -> Origin<'a> {
        Origin { at: self.at + at, lines: self.lines + lines, map: self.map }
    }

    /// Translates a byte of the page to a byte of the input.
    pub fn byte(self, at: usize) -> u64 {
        let at = self.at + at;
        self.map.map_or(at as u64, |map| map.source(at))
    }

    /// Translates the sources of breaks and units to places of the input.
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

    /// The ledger entry of a change on line `line` (from 0) of the page `raw`.
    pub fn entry(self, change: &Change<'_>, raw: &str, line: u64) -> Entry {
        Entry {
            rule: change.author.rule(),
            custom: None,
            start: self.byte(change.start),
            end: self.byte(change.end),
            line: self.lines + line + 1,
            before: raw[change.start..change.end].to_string(),
            after: change.after.to_string(),
            confidence: change.confidence,
        }
    }

    /// A ledger entry of the layout rule: `before`, which begins at this origin, becomes `after`.
    pub fn layout_entry(self, before: &str, after: &str) -> Entry {
        Entry {
            rule: Rule::Layout,
            custom: None,
            start: self.byte(0),
            end: self.byte(before.len()),
            line: self.lines + 1,
            before: before.to_string(),
            after: after.to_string(),
            confidence: 1.0,
        }
    }
}
