//! A page of text on its way to the proof, and the one door through which its text changes.

pub mod edit;
pub(crate) mod rearrange;
pub mod trace;

use crate::proof::Counts;
use edit::Edits;
use trace::Trace;

/// The text of one page while the passes work on it.
///
/// ```
/// use qingyang::{Rule, document::Document, document::edit::Edits};
/// let mut page = Document::new("渠 水", true);
/// let mut edits = Edits::new();
/// edits.remove(3..4, Rule::Spacing);
/// page.apply(&edits);
/// assert_eq!(page.text(), "渠水");
/// assert_eq!(page.counts().of(Rule::Spacing), 1);
/// ```
#[derive(Debug, Default)]
pub struct Document {
    text: String,
    spare: String,
    counts: Counts,
    trace: Option<Trace>,
}

impl Document {
    /// A page of decoded text; `traced` keeps what the ledger needs.
    pub fn new(text: &str, traced: bool) -> Document {
        let mut page = Document::default();
        page.reset(text, traced);
        page
    }

    /// Starts over with another text, keeping the memory.
    pub fn reset(&mut self, text: &str, traced: bool) {
        self.text.clear();
        self.text.push_str(text);
        self.counts = Counts::default();
        self.trace = traced.then(|| Trace::new(text.len()));
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was changed so far, by rule.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Carries out the edits: the only place where the text of a page changes.
    pub fn apply(&mut self, edits: &Edits) {
        if edits.is_empty() {
            return;
        }
        for edit in edits.as_slice() {
            self.counts.add(edit.rule, 1);
        }
        if let Some(trace) = &mut self.trace {
            trace.compose(edits);
        }
        self.spare.clear();
        edits.rewrite_into(&self.text, &mut self.spare);
        std::mem::swap(&mut self.text, &mut self.spare);
    }

    /// The edits so far, seen from the decoded text; `None` where the page is not traced.
    pub fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }
}
