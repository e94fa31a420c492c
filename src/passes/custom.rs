//! Replacements of the user, line by line. They are repeated until nothing changes, so that cleaning the result again
//! changes nothing.

use crate::document::edit::Edits;
use crate::document::trace::Trace;
use crate::rule::Author;
use crate::rules::CustomRules;

/// Bytes that the replacements may add to a page: positions in a page have 32 bits, and a page is at most 2 GiB long.
const MAX_PAGE_GROWTH: usize = 1 << 30;

/// Proposes the replacements in the printed lines.
pub(crate) fn propose(text: &str, rules: &CustomRules, edits: &mut Edits) {
    let mut growth = 0;
    for (at, line) in printed_lines(text) {
        if let Some(replaced) = Replaced::new(line, rules, MAX_PAGE_GROWTH - growth) {
            growth += replaced.growth;
            replaced.propose(line, at, edits);
        }
    }
}

/// Proposes the replacements in the typeset lines. A line that becomes empty is removed with its line end.
pub(crate) fn propose_in_set_lines(text: &str, rules: &CustomRules, edits: &mut Edits) {
    let mut growth = 0;
    // Whether a line above is kept, and where the line above ends.
    let (mut stays, mut above) = (false, 0);
    let mut lines = printed_lines(text).peekable();
    while let Some((at, line)) = lines.next() {
        let end = at + line.len();
        match Replaced::new(line, rules, MAX_PAGE_GROWTH - growth) {
            Some(replaced) if replaced.is_empty => {
                let below = lines.peek().map_or(text.len(), |&(below, _)| below);
                let range = if stays { above..end } else { at..below };
                edits.replace(range, "", replaced.author);
            }
            Some(replaced) => {
                growth += replaced.growth;
                replaced.propose(line, at, edits);
                stays = true;
            }
            None => stays = true,
        }
        above = end;
    }
}

/// The lines that are not blank, without surrounding spaces, each with the byte at which it begins.
fn printed_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let lines = text.split('\n').map(move |line| {
        let at = next;
        next += line.len() + 1;
        let body = line.trim_start();
        (at + line.len() - body.len(), body.trim_end())
    });
    lines.filter(|(_, body)| !body.is_empty())
}

/// A line that the replacements have changed.
struct Replaced {
    /// Composes the steps. If several rules change one place, the result is one edit, signed by the last of them.
    trace: Trace,
    /// The rule that changed the line last.
    author: Author,
    is_empty: bool,
    /// By how many bytes the line grows.
    growth: usize,
}

impl Replaced {
    /// Applies the replacements to a line. Returns `None` if nothing changes or if the line grows by more than
    /// `max_growth` bytes.
    fn new(line: &str, rules: &CustomRules, max_growth: usize) -> Option<Replaced> {
        if !rules.may_replace(line) {
            return None;
        }
        let mut trace = Trace::new(line.len());
        let mut author = None;
        let mut edits = Edits::new();
        let settled = rules.settle(line, |id, changes| {
            edits.clear();
            for (range, put) in changes {
                edits.replace(range.clone(), put, id);
            }
            trace.compose(&edits);
            author = Some(id);
        })?;
        let growth = settled.len().saturating_sub(line.len());
        let author = author.filter(|_| settled != line && growth <= max_growth)?;
        Some(Replaced { trace, author: author.into(), is_empty: settled.is_empty(), growth })
    }

    /// Proposes the changes of the line, which begins at `at`.
    fn propose(&self, line: &str, at: usize, edits: &mut Edits) {
        for change in self.trace.changes().filter(|change| line[change.start..change.end] != *change.after) {
            edits.replace(at + change.start..at + change.end, change.after, change.author);
        }
    }
}
