//! An edit is data: a range of the current text, its replacement, and the rule that proposes it.
//! Passes propose [`Edits`]; only [`Document::apply`](crate::document::Document::apply) carries them out.

use crate::rule::{Author, Rule};
use std::ops::Range;

/// One proposed change of the current text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edit {
    /// First byte that is replaced, in the current text.
    pub start: usize,
    /// End of the replaced bytes; equal to `start` for an insertion.
    pub end: usize,
    /// Range of the new text in the buffer of the list.
    after: (u32, u32),
    /// The rule that proposes it.
    pub author: Author,
    /// Probability that the edit is right; 1 if it needs no judgement.
    pub confidence: f32,
}

/// A list of edits in the order of the text. They do not overlap.
///
/// ```
/// use qingyang::{Rule, internals::document::edit::Edits};
/// let mut edits = Edits::new();
/// edits.replace(0..3, "A", Rule::FullWidth);
/// edits.remove(6..7, Rule::Spacing);
/// assert_eq!(edits.rewrite("Ａ水 渠"), "A水渠");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Edits {
    list: Vec<Edit>,
    inserted: String,
}

impl Edits {
    /// An empty list.
    pub fn new() -> Edits {
        Edits::default()
    }

    /// Proposes to replace `range` with `after`. Ranges must come in order and must not overlap.
    pub fn replace(&mut self, range: Range<usize>, after: &str, author: impl Into<Author>) {
        self.replace_with(range, after, author, 1.0);
    }

    /// The same, with the probability that the edit is right.
    pub fn replace_with(&mut self, range: Range<usize>, after: &str, author: impl Into<Author>, confidence: f32) {
        debug_assert!(range.start <= range.end && self.list.last().is_none_or(|e| e.end <= range.start));
        let from = self.inserted.len() as u32;
        if !after.is_empty() {
            self.inserted.push_str(after);
        }
        let after = (from, self.inserted.len() as u32);
        self.list.push(Edit { start: range.start, end: range.end, after, author: author.into(), confidence });
    }

    /// Proposes to remove `range`.
    pub fn remove(&mut self, range: Range<usize>, rule: Rule) {
        self.replace(range, "", rule);
    }

    /// Proposes to insert `after` at `at`.
    pub fn insert(&mut self, at: usize, after: &str, rule: Rule) {
        self.replace(at..at, after, rule);
    }

    /// The replacement of `edit`, which must belong to this list.
    pub fn after(&self, edit: &Edit) -> &str {
        &self.inserted[edit.after.0 as usize..edit.after.1 as usize]
    }

    /// The edits, in order.
    pub fn as_slice(&self) -> &[Edit] {
        &self.list
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Empties the list and keeps its memory.
    pub fn clear(&mut self) {
        self.list.clear();
        self.inserted.clear();
    }

    /// Returns `text` with the edits carried out.
    pub fn rewrite(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.rewrite_into(text, &mut out);
        out
    }

    /// Appends `text` with the edits carried out to `out`.
    pub fn rewrite_into(&self, text: &str, out: &mut String) {
        out.reserve(text.len() + self.inserted.len());
        let mut at = 0;
        for edit in &self.list {
            out.push_str(&text[at..edit.start]);
            // Most edits only remove.
            if edit.after.0 < edit.after.1 {
                out.push_str(self.after(edit));
            }
            at = edit.end;
        }
        out.push_str(&text[at..]);
    }
}
