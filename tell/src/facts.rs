//! What the views have to say, as plain data. A [`Catalogue`](crate::catalogue::Catalogue) puts it into words.

use crate::custom::Named;
use crate::why::Why;
use std::collections::BTreeSet;

/// A line with at least this share of its column fills it: a mark at its end may have been pushed out.
pub(crate) const FULL_LINE: f32 = 0.95;

/// How certain an edit is, as far as a sentence mentions it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Certainty {
    /// A person decided it; the model's probability that it is right.
    Decided(f32),
    /// A rule of the user decided it.
    Custom,
    /// The probability that it is right.
    Of(f32),
}

/// The texts on both sides of a line break.
pub(crate) type Seam = (String, String);

/// One fact about an edit, with everything that its sentence needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact {
    BreakKept {
        line: u64,
        certainty: Certainty,
        seam: Seam,
    },
    HeadlineLeft {
        line: u64,
        text: String,
    },
    HeadlineCame {
        line: u64,
        text: String,
    },
    LinesMoved {
        first: u64,
        count: usize,
    },
    TextLeft {
        line: u64,
        text: String,
    },
    TextCame {
        line: u64,
        text: String,
    },
    CopyRemoved {
        line: u64,
        texts: Vec<String>,
        certainty: Certainty,
    },
    FurnitureRemoved {
        line: u64,
        texts: Vec<String>,
        certainty: Certainty,
    },
    LineRemoved {
        line: u64,
        texts: Vec<String>,
    },
    UnseenRemoved {
        line: u64,
        count: usize,
        kinds: BTreeSet<char>,
    },
    SentencesSplit {
        line: u64,
        count: usize,
    },
    LineEnds {
        first: u64,
        last: u64,
        count: usize,
        kinds: BTreeSet<LineEnd>,
    },
    BlankLines {
        lines: Vec<u64>,
        more: usize,
        change: BlankChange,
    },
    EndAdded {
        line: u64,
    },
    FormFeedRemoved {
        line: u64,
    },
    TopRemoved {
        line: u64,
    },
    BlankLineRemoved {
        line: u64,
    },
    GapRemoved {
        line: u64,
        text: String,
    },
    GapReplaced {
        line: u64,
        before: String,
        after: String,
    },
    Paragraph {
        from: u64,
        to: u64,
        breaks: usize,
        least: f32,
        text: Option<Excerpt>,
    },
    Joined {
        line: u64,
        next: u64,
        space: bool,
        hyphen: bool,
        certainty: Certainty,
        seam: Option<Seam>,
    },
    Spaces {
        line: u64,
        closed: usize,
        narrowed: usize,
        ordinary: usize,
        added: usize,
        certainty: Certainty,
    },
    /// An edit that a person refused: what it would have made of what.
    Refused {
        line: u64,
        before: String,
        after: String,
    },
    Replaced {
        line: u64,
        pairs: Vec<(String, String)>,
        more: usize,
        certainty: Certainty,
    },
}

/// What ended a line of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LineEnd {
    Cr,
    CrLf,
    Other,
}

/// What became of the blank lines between two units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlankChange {
    Added,
    Removed,
    RemovedWithSpaces,
}

/// A paragraph, or its beginning and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Excerpt {
    Whole(String),
    Ends(String, String),
}

/// What a mark of the report says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Note {
    /// Edits of one rule that are marked together, with the certainty of the least certain one.
    Edits { what: Edits, rule: Option<Named>, least: f32 },
    /// A line break that is uncertain or that a person decided, with the model's certainty of what became of it, and the
    /// rule that closed it up.
    Break { kept: bool, decided: bool, certainty: f32, rule: Option<Named>, why: Why },
}

impl Note {
    /// Takes the rule out, so that the note does not say what it does.
    pub(crate) fn take_rule(&mut self) -> Option<Named> {
        match self {
            Note::Edits { rule, .. } | Note::Break { rule, .. } => rule.take(),
        }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edits {
    HyphenJoined,
    Joined { space: bool },
    CopyRemoved(String),
    SpacesChanged(usize),
    SpaceRemoved,
    SpaceAdded,
    SpaceChanged,
    Removed(String),
    Replaced(String, String),
}
