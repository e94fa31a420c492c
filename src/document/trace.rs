//! The ledger: the whole difference between the decoded input and the output.
//!
//! Each pass edits the text that the pass before it left. [`Trace`] folds those edits into one list over
//! the decoded input, so that an [`Entry`](crate::proof::Entry) always speaks of bytes of the input file; where two rules
//! touched the same place, the later one signs; but a copy that was removed stays the removal of a copy, whatever
//! becomes of the white space around it.

use crate::document::edit::Edits;
use crate::rule::Rule;

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Kept(usize),
    Changed { before: usize, after: String, rule: Rule, confidence: f32 },
}

/// All edits of a page folded into one list over its decoded text.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace(Vec<Piece>);

/// A change of the decoded text: range in its bytes, new text, rule, confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change<'a> {
    /// First byte in the decoded text.
    pub start: usize,
    /// End in the decoded text.
    pub end: usize,
    /// What stands there now.
    pub after: &'a str,
    /// Which rule.
    pub rule: Rule,
    /// Probability that it is right.
    pub confidence: f32,
}

/// Which side of a place belongs to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A line begins there.
    Begins,
    /// A line ends there.
    Ends,
}

impl Trace {
    /// Nothing changed yet in a text of `len` bytes.
    pub fn new(len: usize) -> Trace {
        Trace(if len == 0 { Vec::new() } else { vec![Piece::Kept(len)] })
    }

    /// Folds in edits of the text as it stands now.
    pub fn compose(&mut self, edits: &Edits) {
        let mut todo = std::mem::take(&mut self.0);
        todo.reverse();
        let mut out: Vec<Piece> = Vec::with_capacity(todo.len() + 2 * edits.as_slice().len());
        let mut at = 0; // in the text as it stands: where the last of `todo` begins
        for edit in edits.as_slice() {
            while at < edit.start
                && let Some(piece) = take_up_to(&mut todo, edit.start - at)
            {
                at += piece.len();
                push(&mut out, piece);
            }
            // What was removed right before the edit was touched by its own rule only.
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
                if piece.is_removed_copy() {
                    let after = if before > 0 { std::mem::take(&mut after) } else { String::new() };
                    push(&mut out, Piece::Changed { before, after, rule: edit.rule, confidence: edit.confidence });
                    push(&mut out, piece);
                    before = 0;
                    continue;
                }
                before += piece.before();
            }
            push(&mut out, Piece::Changed { before, after, rule: edit.rule, confidence: edit.confidence });
        }
        while let Some(piece) = todo.pop() {
            push(&mut out, piece);
        }
        self.0 = out;
    }

    /// For places of the text as it stands, in order, where they stood in the decoded text. A place inside what was put in
    /// counts as the end of what stood there; what went at a place stood behind it where lines end there, and before it
    /// where they begin.
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

    /// The changes, in the order of the decoded text.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        let mut at = 0;
        self.0.iter().filter_map(move |piece| match piece {
            Piece::Kept(len) => {
                at += len;
                None
            }
            Piece::Changed { before, after, rule, confidence } => {
                let start = at;
                at += before;
                Some(Change { start, end: at, after, rule: *rule, confidence: *confidence })
            }
        })
    }
}

impl Piece {
    /// Bytes of the text as it stands.
    fn len(&self) -> usize {
        match self {
            Piece::Kept(len) => *len,
            Piece::Changed { after, .. } => after.len(),
        }
    }

    fn is_removed_copy(&self) -> bool {
        matches!(self, Piece::Changed { before: 1.., after, rule: Rule::Doubled, .. } if after.is_empty())
    }

    /// Bytes of the decoded text.
    fn before(&self) -> usize {
        match self {
            Piece::Kept(len) => *len,
            Piece::Changed { before, .. } => *before,
        }
    }
}

/// The next piece, cut where it is longer than `len` bytes; all of its source goes with the first part.
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
        Piece::Changed { before, mut after, rule, confidence } => {
            let rest = after.split_off(len);
            todo.push(Piece::Changed { before: 0, after: rest, rule, confidence });
            Piece::Changed { before, after, rule, confidence }
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
