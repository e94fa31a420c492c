//! Folds the edits of all passes into one list over the decoded input, from which the ledger is made.
//!
//! Each pass edits the text that the pass before it left. [`Trace`] translates these edits to the decoded input, so that
//! an [`Entry`](crate::ledger::Entry) always names bytes of the input file. If two rules changed the same place, the change
//! is signed by the later one, with two exceptions. The removal of a doubled copy keeps its own change, whatever a later
//! rule does to the white space around it. A rule of white space never signs for characters that another rule took.
//! Changes that cancel each other are no changes.

use crate::document::edit::Edits;
use crate::rule::{Author, Rule};

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Kept(usize),
    Changed { before: usize, after: String, author: Author, confidence: f32 },
}

/// All edits of a page folded into one list over its decoded text.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace(Vec<Piece>);

/// A change of the decoded text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change<'a> {
    /// First byte in the decoded text.
    pub start: usize,
    /// End in the decoded text.
    pub end: usize,
    /// The text that replaces it.
    pub after: &'a str,
    /// The rule that made the change.
    pub author: Author,
    /// Probability that the change is right.
    pub confidence: f32,
}

/// Whether a place begins or ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A line begins there.
    Begins,
    /// A line ends there.
    Ends,
}

impl Trace {
    /// The trace of an unchanged text of `len` bytes.
    pub fn new(len: usize) -> Trace {
        Trace(if len == 0 { Vec::new() } else { vec![Piece::Kept(len)] })
    }

    /// Folds in edits of the current text.
    pub fn compose(&mut self, edits: &Edits) {
        let mut todo = std::mem::take(&mut self.0);
        todo.reverse();
        let mut out: Vec<Piece> = Vec::with_capacity(todo.len() + 2 * edits.as_slice().len());
        let mut at = 0; // byte of the current text at which the last piece of `todo` begins
        for edit in edits.as_slice() {
            while at < edit.start
                && let Some(piece) = take_up_to(&mut todo, edit.start - at)
            {
                at += piece.len();
                push(&mut out, piece);
            }
            // An earlier removal right before the edit keeps its own rule.
            while edit.start < edit.end
                && let Some(piece) = todo.pop_if(|piece| piece.len() == 0)
            {
                push(&mut out, piece);
            }
            let mut before = 0;
            let mut after = edits.after(edit).to_string();
            while at < edit.end
                && let Some(piece) = take_up_to(&mut todo, edit.end - at)
            {
                at += piece.len();
                if piece.keeps_its_rule(edit.author.rule()) {
                    let after = if before > 0 { std::mem::take(&mut after) } else { String::new() };
                    push(&mut out, Piece::Changed { before, after, author: edit.author, confidence: edit.confidence });
                    push(&mut out, piece.emptied());
                    before = 0;
                    continue;
                }
                before += piece.before();
            }
            push(&mut out, Piece::Changed { before, after, author: edit.author, confidence: edit.confidence });
        }
        while let Some(piece) = todo.pop() {
            push(&mut out, piece);
        }
        self.0 = out;
    }

    /// Translates places in the current text, which must come in order, to places in the decoded text.
    ///
    /// A place inside a replacement counts as the end of the replaced text. If text was removed at a place, the line that
    /// ends there ends before the removed text, and the line that begins there begins after it.
    pub fn sources<'a>(
        &'a self,
        places: impl Iterator<Item = usize> + 'a,
        side: Side,
    ) -> impl Iterator<Item = usize> + 'a {
        let mut pieces = self.0.iter();
        let mut piece = pieces.next();
        let (mut at, mut source) = (0, 0);
        places.map(move |place| {
            while let Some(p) = piece
                && (at + p.len() < place || side == Side::Begins && at + p.len() == place)
            {
                at += p.len();
                source += p.before();
                piece = pieces.next();
            }
            match piece {
                Some(Piece::Kept(_)) => source + (place - at),
                Some(p @ Piece::Changed { .. }) => source + if place > at { p.before() } else { 0 },
                None => source,
            }
        })
    }

    /// The changes of the decoded text `raw` without those that cancel each other, in the order of the text.
    pub fn net_changes<'a>(&'a self, raw: &str) -> Vec<Change<'a>> {
        let mut changes: Vec<Change<'_>> = self.changes().collect();
        let mut at = 0;
        let mut kept = 0;
        while at < changes.len() {
            match cancelled(raw, &changes[at..]) {
                0 => {
                    changes.swap(kept, at);
                    (kept, at) = (kept + 1, at + 1);
                }
                n => at += n,
            }
        }
        changes.truncate(kept);
        changes
    }

    /// The changes, in the order of the decoded text.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        let mut at = 0;
        self.0.iter().filter_map(move |piece| match piece {
            Piece::Kept(len) => {
                at += len;
                None
            }
            Piece::Changed { before, after, author, confidence } => {
                let start = at;
                at += before;
                Some(Change { start, end: at, after, author: *author, confidence: *confidence })
            }
        })
    }
}

impl Piece {
    /// Bytes of the current text.
    fn len(&self) -> usize {
        match self {
            Piece::Kept(len) => *len,
            Piece::Changed { after, .. } => after.len(),
        }
    }

    /// Whether it stays a change of its own where a later edit by `rule` removes it.
    fn keeps_its_rule(&self, rule: Rule) -> bool {
        let Piece::Changed { before: 1.., after, author, .. } = self else { return false };
        after.is_empty() && author.rule() == Rule::Doubled
            || rule.is_of_white_space() && !author.rule().is_of_white_space()
    }

    /// The same change with nothing put in its place.
    fn emptied(mut self) -> Piece {
        if let Piece::Changed { after, .. } = &mut self {
            after.clear();
        }
        self
    }

    /// Bytes of the decoded text.
    fn before(&self) -> usize {
        match self {
            Piece::Kept(len) => *len,
            Piece::Changed { before, .. } => *before,
        }
    }
}

/// How many changes that touch each other are compared with the text that they replace, at most. A place that the passes
/// change one after the other has two or three.
const MOST_TOUCHING: usize = 8;

/// The number of changes at the head of the list that touch each other and together leave the text as it was; 0 if there
/// are none.
fn cancelled(raw: &str, changes: &[Change<'_>]) -> usize {
    let raw = raw.as_bytes();
    let (mut at, mut end) = (changes[0].start, changes[0].start);
    for (n, change) in changes.iter().take(MOST_TOUCHING).enumerate() {
        if change.start != end || !raw[at..].starts_with(change.after.as_bytes()) {
            return 0;
        }
        at += change.after.len();
        end = change.end;
        if at == end {
            return n + 1;
        }
    }
    0
}

/// Takes the next piece, cut to at most `len` bytes. If it is cut, the first half keeps all of the source.
fn take_up_to(todo: &mut Vec<Piece>, len: usize) -> Option<Piece> {
    let piece = todo.pop()?;
    if piece.len() <= len {
        return Some(piece);
    }
    Some(match piece {
        Piece::Kept(whole) => {
            todo.push(Piece::Kept(whole - len));
            Piece::Kept(len)
        }
        Piece::Changed { before, mut after, author, confidence } => {
            let rest = after.split_off(len);
            todo.push(Piece::Changed { before: 0, after: rest, author, confidence });
            Piece::Changed { before, after, author, confidence }
        }
    })
}

fn push(out: &mut Vec<Piece>, piece: Piece) {
    match (out.last_mut(), piece) {
        (Some(Piece::Kept(last)), Piece::Kept(len)) => *last += len,
        (_, piece) if piece.len() == 0 && piece.before() == 0 => {}
        (_, piece) => out.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The net changes of `raw` after passes, each a list of a range, its new text and a rule.
    fn net(raw: &str, passes: &[&[(usize, usize, &str, Rule)]]) -> Vec<(usize, usize, String, Rule)> {
        let mut trace = Trace::new(raw.len());
        for pass in passes {
            let mut edits = Edits::new();
            pass.iter().for_each(|&(start, end, after, rule)| edits.replace(start..end, after, rule));
            trace.compose(&edits);
        }
        let own = |c: &Change<'_>| (c.start, c.end, c.after.to_string(), c.author.rule());
        trace.net_changes(raw).iter().map(own).collect()
    }

    #[test]
    fn changes_that_cancel_each_other_are_none() {
        use Rule::{CjkLatinSpace, Rejoin, Sentences, Spacing};
        assert_eq!(net("a b", &[&[(1, 2, "", Spacing)], &[(1, 1, " ", CjkLatinSpace)]]), []);
        assert_eq!(net("a b", &[&[(1, 2, "_", Spacing)], &[(1, 2, " ", CjkLatinSpace)]]), []);
        let changes = net("a b\nc", &[&[(1, 2, "", Spacing), (3, 4, "", Rejoin)], &[(2, 2, "\n", Sentences)]]);
        assert_eq!(changes, [(1, 2, String::new(), Spacing)]);
        // A removal and an insertion that differ stay.
        let changes = net("a b", &[&[(1, 2, "", Spacing)], &[(1, 1, "  ", CjkLatinSpace)]]);
        assert_eq!(changes.len(), 2);
    }

    #[test]
    fn a_rule_of_white_space_does_not_sign_for_what_another_rule_took() {
        use Rule::{Custom, Invisible, Layout, Spacing};
        let changes = net("a\n\0\nb", &[&[(2, 3, "", Invisible)], &[(1, 3, "\n", Layout)]]);
        let own = |start, end, after: &str, rule| (start, end, after.to_string(), rule);
        assert_eq!(changes, [own(2, 3, "", Invisible), own(3, 4, "", Layout)]);
        // A user's rule put a space in the place of a character, and the space was closed up.
        assert_eq!(net("a*b", &[&[(1, 2, " ", Custom)], &[(1, 2, "", Spacing)]]), [own(1, 2, "", Custom)]);
    }
}
