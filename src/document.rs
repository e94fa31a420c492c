//! One page's text while the passes work on it.
//!
//! A document owns the text, its trace to the input, and every position that points into the text. Text changes in one
//! place only, [`Document::apply`], which also moves all positions.

pub(crate) mod anchors;
pub mod edit;
pub(crate) mod rearrange;
pub mod trace;

use crate::proof::{Certainty, Counts, Unit};
use anchors::{Bias, Shift};
use edit::Edits;
use rearrange::Settled;
use trace::{Side, Trace};

/// Where a typeset line is, in the decoded input and in the current text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LineAnchor {
    /// Its bytes in the decoded input.
    pub source: std::ops::Range<usize>,
    /// First byte in the current text.
    pub start: usize,
    /// End in the current text.
    pub end: usize,
}

/// The text of one page while the passes work on it.
///
/// ```
/// use qingyang::{Rule, internals::document::Document};
/// let mut document = Document::new("渠 水", true);
/// document.edit(|_, edits| edits.remove(3..4, Rule::Spacing));
/// assert_eq!(document.text(), "渠水");
/// assert_eq!(document.counts().of(Rule::Spacing), 1);
/// ```
#[derive(Debug, Default)]
pub struct Document {
    text: String,
    /// Receives the next text; the two buffers are swapped.
    spare: String,
    edits: Edits,
    counts: Counts,
    /// How often each rule of the user changed the text, by its index; empty if none did.
    custom_counts: Vec<u64>,
    /// How certain the model was of the page's line breaks.
    certainty: Certainty,
    trace: Option<Trace>,
    doubled: Vec<usize>,
    lines: Vec<LineAnchor>,
    units: Vec<Unit>,
    /// Lines of furniture that the page drops.
    furniture: Vec<String>,
}

impl Document {
    /// A page of decoded text. Only a traced document can fill the ledger.
    pub fn new(text: &str, traced: bool) -> Document {
        let mut document = Document::default();
        document.reset(text, traced);
        document
    }

    /// Starts over with another text and keeps the buffers.
    pub fn reset(&mut self, text: &str, traced: bool) {
        self.text.clear();
        self.text.push_str(text);
        self.counts = Counts::default();
        self.custom_counts.clear();
        self.certainty = Certainty::default();
        self.trace = traced.then(|| Trace::new(text.len()));
        self.doubled.clear();
        self.lines.clear();
        self.units.clear();
        self.furniture.clear();
    }

    /// Keeps lines of furniture that the page drops.
    pub(crate) fn keep_furniture(&mut self, lines: Vec<String>) {
        self.furniture = lines;
    }

    /// The lines of furniture that the page drops.
    pub(crate) fn furniture(&self) -> &[String] {
        &self.furniture
    }

    /// The current text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How often each rule changed the text so far.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// How certain the model was of the page's line breaks.
    pub(crate) fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Sets it.
    pub(crate) fn set_certainty(&mut self, certainty: Certainty) {
        self.certainty = certainty;
    }

    /// How often each rule of the user changed the text so far, by its index.
    pub(crate) fn custom_counts(&self) -> &[u64] {
        &self.custom_counts
    }

    /// All edits so far, in bytes of the decoded text. `None` if the page is not traced.
    pub fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }

    /// First bytes of the lines whose text was printed twice.
    pub(crate) fn doubled(&self) -> &[usize] {
        &self.doubled
    }

    /// The anchored lines.
    pub(crate) fn lines(&self) -> &[LineAnchor] {
        &self.lines
    }

    /// The units of the text.
    pub(crate) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Reads the units of the current text and anchors them. `read` gets the text, the lines and the list to fill.
    pub(crate) fn read_units(&mut self, read: impl FnOnce(&str, &[LineAnchor], &mut Vec<Unit>)) {
        self.units.clear();
        read(&self.text, &self.lines, &mut self.units);
    }

    /// Takes what is needed of a page that is clean: text and counts, the units, and the trace if `traced`. The buffers
    /// stay, and the memory of the result does not exceed its contents.
    pub(crate) fn take_clean(&mut self, traced: bool) -> Document {
        Document {
            text: self.text.as_str().into(),
            counts: std::mem::take(&mut self.counts),
            custom_counts: std::mem::take(&mut self.custom_counts),
            certainty: self.certainty,
            trace: self.trace.take().filter(|_| traced),
            units: std::mem::take(&mut self.units),
            ..Document::default()
        }
    }

    /// Gives memory back that its contents do not need.
    pub(crate) fn shrink(&mut self) {
        self.spare = String::new();
        self.text.shrink_to_fit();
    }

    /// Takes the units out of the document.
    pub(crate) fn take_units(&mut self) -> Vec<Unit> {
        std::mem::take(&mut self.units)
    }

    /// Anchors lines, given by their first bytes and ends in the current text. In a document without a trace the sources
    /// are the same numbers.
    pub(crate) fn anchor_lines(&mut self, lines: impl Iterator<Item = (usize, usize)> + Clone) {
        self.lines.clear();
        self.lines.extend(lines.map(|(start, end)| LineAnchor { source: start..end, start, end }));
        let Some(trace) = &self.trace else { return };
        let starts: Vec<usize> = trace.sources(self.lines.iter().map(|l| l.start), Side::Begins).collect();
        let ends: Vec<usize> = trace.sources(self.lines.iter().map(|l| l.end), Side::Ends).collect();
        let mut above = 0;
        for (line, (start, end)) in self.lines.iter_mut().zip(starts.into_iter().zip(ends)) {
            // A line that lies inside one replacement has no place of its own: it gets all since the line above.
            line.source = if start < end { start..end } else { above..end };
            above = end;
        }
    }

    /// Runs a pass: it proposes edits of the current text, and the document carries them out. Says whether there were any.
    pub fn edit(&mut self, pass: impl FnOnce(&str, &mut Edits)) -> bool {
        self.edit_units(|text, _, edits| pass(text, edits))
    }

    /// Runs a pass that reads the units as well, and says whether it edits.
    pub(crate) fn edit_units(&mut self, pass: impl FnOnce(&str, &[Unit], &mut Edits)) -> bool {
        let mut edits = std::mem::take(&mut self.edits);
        edits.clear();
        pass(&self.text, &self.units, &mut edits);
        self.apply(&edits);
        self.edits = edits;
        !self.edits.is_empty()
    }

    /// Runs a pass that also adds the first bytes of lines that were printed twice to those known.
    pub(crate) fn edit_doubled(&mut self, pass: impl FnOnce(&str, &mut Edits, &mut Vec<usize>)) {
        let mut doubled = std::mem::take(&mut self.doubled);
        self.edit(|text, edits| {
            pass(text, edits, &mut doubled);
            let mut shift = Shift::new(edits);
            doubled.iter_mut().for_each(|at| shift.position(at, Bias::Begins));
        });
        doubled.sort_unstable();
        doubled.dedup();
        self.doubled = doubled;
    }

    /// Carries out the edits and moves every anchor.
    pub fn apply(&mut self, edits: &Edits) {
        if edits.is_empty() {
            return;
        }
        let mut shift = Shift::new(edits);
        self.lines.iter_mut().for_each(|line| shift.position(&mut line.start, Bias::Begins));
        let mut shift = Shift::new(edits);
        self.lines.iter_mut().for_each(|line| shift.position(&mut line.end, Bias::Ends));
        let mut shift = Shift::new(edits);
        for unit in &mut self.units {
            shift.range(&mut unit.range);
            unit.parts.iter_mut().for_each(|part| shift.range(&mut part.range));
        }
        self.rewrite(edits);
    }

    /// Carries out edits that move whole units of this page. The anchors move with their units.
    pub(crate) fn apply_moves(&mut self, edits: &Edits, settled: Settled) {
        for line in &mut self.lines {
            for at in [&mut line.start, &mut line.end] {
                *at = settled.place(0, &self.units, *at).1;
            }
        }
        self.units = settled.units.into_iter().next().unwrap_or_default();
        self.rewrite(edits);
    }

    /// Carries out edits without moving anchors: for moves of units between pages, where the caller has the units.
    pub(crate) fn rewrite(&mut self, edits: &Edits) {
        for edit in edits.as_slice() {
            self.counts.add(edit.author.rule(), 1);
            if let Some(id) = edit.author.custom() {
                let known = self.custom_counts.len().max(id.index() + 1);
                self.custom_counts.resize(known, 0);
                self.custom_counts[id.index()] += 1;
            }
        }
        if let Some(trace) = &mut self.trace {
            trace.compose(edits);
        }
        self.spare.clear();
        edits.rewrite_into(&self.text, &mut self.spare);
        std::mem::swap(&mut self.text, &mut self.spare);
    }
}
