//! Where a page came from: the only place where positions in a page are translated to positions in the input.

use super::arrangement::Arrangement;
use crate::document::trace::Change;
use crate::ledger::{Entry, Malformed};
use crate::proof::{Break, Proof, Unit};
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
    /// How the lines of the page stand in the file; `None` if they are read as they stand there.
    pub arrangement: Option<&'a Arrangement>,
}

impl<'a> Origin<'a> {
    /// The origin of a page that is read as it stands in its input.
    pub fn as_it_stands(at: usize, lines: u64, map: Option<&'a SourceMap>) -> Origin<'a> {
        Origin { at, lines, map, arrangement: None }
    }

    /// The origin of the place that is `at` bytes and `lines` lines further on.
    pub fn after(self, at: usize, lines: u64) -> Origin<'a> {
        Origin { at: self.at + at, lines: self.lines + lines, ..self }
    }

    /// Translates a byte of the page to a byte of the input.
    pub fn byte(self, at: usize) -> u64 {
        let at = self.at + at;
        self.map.map_or(at as u64, |map| map.source(at))
    }

    /// Translates the sources of breaks and units to places of the input.
    pub fn place(self, mut breaks: Vec<Break>, mut units: Vec<Unit>) -> (Vec<Break>, Vec<Unit>) {
        let Some(arrangement) = self.arrangement else {
            for b in &mut breaks {
                b.source = self.byte(b.source as usize);
                b.line += self.lines;
            }
            for source in units.iter_mut().flat_map(|unit| &mut unit.sources) {
                *source = self.byte(source.start as usize)..self.byte(source.end as usize);
            }
            return (breaks, units);
        };
        for b in &mut breaks {
            let at = arrangement.end(b.source as usize);
            b.source = self.byte(at);
            b.line = self.lines + arrangement.line(at) + 1;
        }
        for unit in &mut units {
            let ranges = unit.sources.iter().flat_map(|r| arrangement.ranges(r.start as usize..r.end as usize));
            unit.sources = ranges.map(|r| self.byte(r.start)..self.byte(r.end)).collect();
        }
        (breaks, units)
    }

    /// The byte of the input at which a line of the page ends.
    pub fn end_of_line(self, at: usize) -> u64 {
        self.byte(self.arrangement.map_or(at, |arrangement| arrangement.end(at)))
    }

    /// The ledger entry of a change on line `line` (from 0) of the page `raw`.
    pub fn entry(self, change: &Change<'_>, raw: &str, line: u64) -> Entry {
        let place = (self.byte(change.start), self.byte(change.end));
        let before = &raw[change.start..change.end];
        let entry = Entry::new(change.author.rule(), place, self.lines + line + 1, before, change.after);
        Entry { confidence: change.confidence, ..entry }
    }

    /// The ledger entry of a malformed sequence, which became a U+FFFD on line `line` (from 0) of the page.
    pub fn malformed_entry(self, sequence: Malformed, line: u64) -> Entry {
        let place = (sequence.start, sequence.start + sequence.bytes.len() as u64);
        let entry = Entry::new(Rule::Malformed, place, self.lines + line + 1, "\u{FFFD}", "\u{FFFD}");
        Entry { malformed: vec![sequence], ..entry }
    }

    /// The malformed sequences that became a U+FFFD in the page, which has `len` bytes; each with its place in the page.
    pub fn malformed(self, len: usize) -> impl Iterator<Item = (usize, Malformed)> {
        let all = self.map.map_or(&[][..], |map| &map.replaced);
        let first = all.partition_point(|r| r.text < self.at);
        let here = all[first..].iter().take_while(move |r| r.text < self.at + len);
        here.map(move |r| (r.text - self.at, Malformed { start: r.start, bytes: r.bytes().to_vec() }))
    }

    /// A ledger entry of the layout rule: `before`, which begins at this origin, becomes `after`.
    pub fn layout_entry(self, before: &str, after: &str) -> Entry {
        Entry::new(Rule::Layout, (self.byte(0), self.byte(before.len())), self.lines + 1, before, after)
    }
}

/// Tells in a proof that the input began with a byte order mark of so many bytes.
pub(crate) fn tell_mark(proof: &mut Proof, bytes: u64) {
    proof.counts.add(Rule::ByteOrderMark, 1);
    if let Some(ledger) = &mut proof.ledger {
        ledger.entries_mut().insert(0, Entry::new(Rule::ByteOrderMark, (0, bytes), 1, "\u{FEFF}", ""));
    }
}
