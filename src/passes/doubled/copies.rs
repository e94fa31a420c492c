//! Lines that are printed over a line of the same text, as the places of a layout tell.

use crate::document::edit::Edits;
use crate::rule::Rule;
use std::ops::Range;

/// Proposes to remove what is printed twice among lines that are printed over each other. `copies` has the numbers of the lines that
/// are printed over the line before them, in order. White space is left out. Removed are:
///
/// - a line whose text is part of the text under it;
/// - the beginning of a line, if the text under it ends with the same characters: the line goes on where that text ends;
/// - the second of two equal quotation marks: a tool may give both copies of a mark as one piece.
///
/// The first byte of each line that has a copy is added to `folded`.
pub fn fold_copies(text: &str, copies: &[usize], edits: &mut Edits, folded: &mut Vec<usize>) {
    let mut at = 0;
    let mut printed: Option<Printed> = None;
    for (number, line) in text.split('\n').enumerate() {
        let is_over = copies.binary_search(&number).is_ok();
        let is_copy = printed.as_mut().is_some_and(|printed| is_over && printed.takes(line, at));
        if !is_copy && let Some(before) = printed.replace(Printed::of(line, at)) {
            before.fold(edits, folded);
        }
        at += line.len() + 1;
    }
    if let Some(last) = printed {
        last.fold(edits, folded);
    }
}

/// A line, and the lines that are printed over it.
struct Printed {
    start: usize,
    /// The text that can be seen, without white space.
    ink: String,
    copies: Vec<Range<usize>>,
    doubled_marks: Vec<Range<usize>>,
}

impl Printed {
    fn of(line: &str, at: usize) -> Printed {
        let mut printed = Printed { start: at, ink: String::new(), copies: Vec::new(), doubled_marks: Vec::new() };
        printed.add(line, at);
        printed
    }

    /// Adds text that begins at this byte and is no copy.
    fn add(&mut self, text: &str, at: usize) {
        let mut before = None;
        for (n, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if before == Some(c) && matches!(c, '“' | '”' | '‘' | '’') {
                self.doubled_marks.push(at + n..at + n + c.len_utf8());
            }
            before = Some(c);
            self.ink.push(c);
        }
    }

    /// Adds a line that begins at this byte and is printed over this text. Says whether it or its beginning is a copy; if not, nothing
    /// is added.
    fn takes(&mut self, line: &str, at: usize) -> bool {
        let Some(end) = self.end_of_copy(line) else { return false };
        self.copies.push(at - 1..at + end);
        self.add(&line[end..], at + end);
        true
    }

    /// The end of what a line repeats of this text.
    fn end_of_copy(&self, line: &str) -> Option<usize> {
        let mut ink = String::new();
        let mut ends = Vec::new();
        for (n, c) in line.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            ink.push(c);
            ends.push((n + c.len_utf8(), ink.len()));
        }
        if self.ink.contains(&ink) {
            return Some(line.len());
        }
        let repeated = ends.iter().rev().find(|(_, of_ink)| self.ink.ends_with(&ink[..*of_ink]));
        repeated.map(|(of_line, _)| *of_line)
    }

    fn fold(self, edits: &mut Edits, folded: &mut Vec<usize>) {
        if self.copies.is_empty() {
            return;
        }
        let mut removed = [self.copies, self.doubled_marks].concat();
        removed.sort_by_key(|range| range.start);
        removed.into_iter().for_each(|range| edits.remove(range, Rule::Doubled));
        folded.push(self.start);
    }
}
