//! How an edit is marked, and what its mark says on hover and focus.

use super::align::Place;
use crate::custom::{CustomReasons, Named, join};
use crate::facts::{Edits, Note};
use qingyang::{Entry, Rule};

/// How an edit is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line break that was closed up.
    Joined,
    /// A copy that was removed.
    Doubled,
    /// White space.
    Space,
    /// Characters that became others.
    Changed,
    /// Characters that were removed.
    Removed,
    /// Blank lines and the like: not marked.
    Quiet,
}

impl Kind {
    /// The kind of an edit.
    pub fn of(e: &Entry) -> Kind {
        let breaks = |s: &str| s.contains(['\n', '\r', '\x0c']);
        match e.rule {
            Rule::Doubled => Kind::Doubled,
            _ if breaks(&e.before) && !breaks(&e.after) && join(e).is_some() => Kind::Joined,
            _ if e.is_white_space() && (breaks(&e.before) || breaks(&e.after) || e.rule == Rule::Layout) => Kind::Quiet,
            _ if e.is_white_space() => Kind::Space,
            _ if e.after.trim().is_empty() => Kind::Removed,
            _ => Kind::Changed,
        }
    }

    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Joined => "j",
            Kind::Doubled => "d",
            Kind::Space => "s",
            Kind::Changed => "x",
            Kind::Removed => "r",
            Kind::Quiet => "q",
        }
    }
}

/// What was done by these edits of one rule; `None` for no edits.
pub fn edits(entries: &[&Entry], reasons: &CustomReasons) -> Option<Note> {
    let &e = entries.first()?;
    let texts = |side: fn(&Entry) -> &str| entries.iter().map(|e| side(e)).collect::<String>();
    let what = match Kind::of(e) {
        Kind::Joined if join(e) == Some(true) => Edits::HyphenJoined,
        Kind::Joined => Edits::Joined { space: !e.after.is_empty() },
        Kind::Doubled => Edits::CopyRemoved(e.before.clone()),
        Kind::Space | Kind::Quiet if entries.len() > 1 => Edits::SpacesChanged(entries.len()),
        Kind::Space | Kind::Quiet if e.after.is_empty() => Edits::SpaceRemoved,
        Kind::Space | Kind::Quiet if e.before.is_empty() => Edits::SpaceAdded,
        Kind::Space | Kind::Quiet => Edits::SpaceChanged,
        Kind::Removed => Edits::Removed(texts(|e| &e.before)),
        Kind::Changed => Edits::Replaced(texts(|e| &e.before), texts(|e| &e.after)),
    };
    let least = entries.iter().map(|e| e.confidence).fold(1.0, f32::min);
    Some(Note::Edits { what, rule: Some(Named::of(e, reasons)), least })
}

/// A line break that is uncertain or was decided, and the edit that closed it up.
pub fn line_break(place: &Place, edit: Option<&Entry>, reasons: &CustomReasons) -> Note {
    let rule = edit.map(|e| Named::of(e, reasons));
    Note::Break { kept: place.kept, decided: place.decided, certainty: place.certainty, rule, why: place.why.clone() }
}
