//! Folds the edits of all passes into one list over the decoded input, from which the ledger is made.
//!
//! Each pass edits the text that the pass before it left. [`Trace`] translates these edits to the decoded input, so that
//! an [`Entry`](crate::ledger::Entry) always names bytes of the input file. If two rules changed the same place, the change
//! is signed by the later one. The removal of a doubled copy is an exception: it keeps its own change, whatever a later
//! rule does to the white space around it.

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
                if piece.is_removed_copy() {
                    let after = if before > 0 { std::mem::take(&mut after) } else { String::new() };
                    push(&mut out, Piece::Changed { before, after, author: edit.author, confidence: edit.confidence });
                    push(&mut out, piece);
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

    fn is_removed_copy(&self) -> bool {
        matches!(self, Piece::Changed { before: 1.., after, author, .. } if after.is_empty() && author.rule() == Rule::Doubled)
    }

    /// Bytes of the decoded text.
    fn before(&self) -> usize {
        match self {
            Piece::Kept(len) => *len,
            Piece::Changed { before, .. } => *before,
        }
    }
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
