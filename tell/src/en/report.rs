//! The words of the report.

use crate::chars::head;
use crate::custom::Named;
use crate::facts::{Edits, Note};
use crate::numbers::{number, percent};
use qingyang::Role;
use std::fmt::{self, Display, Formatter};

/// Characters of a text that a note quotes.
const MAX_QUOTED: usize = 40;

/// Below this a note mentions the certainty: it would round to 100 %.
const MENTIONED: f32 = 0.995;

pub(crate) const BATCH: &str = "Batch";
pub(crate) const ALL_FILES: &str = "All files of this batch";
pub(crate) const BATCH_ORDER: &str = "Failed files first, then the pages with the most uncertain line breaks.";
pub(crate) const FILES: &str = "Files";
pub(crate) const FAILED: &str = "Failed";
pub(crate) const FOLDER: &str = "(folder)";
pub(crate) const INPUTS: &str = "Inputs";
pub(crate) const NO_INPUT: &str = "nothing";
pub(crate) const FAILED_INPUT: &str = "failed";
pub(crate) const TEXTS: &str = "Source and clean text";
pub(crate) const SOURCE: &str = "Source";
pub(crate) const CLEAN: &str = "Clean text";
pub(crate) const UNIT: &str = "Unit";
pub(crate) const NO_TEXT: &str = "There is no text to show.";
pub(crate) const NO_EDITS: &str = "No rule changed anything.";
pub(crate) const EDITS_BY_RULE: &str = "Edits by rule";
pub(crate) const RULE: &str = "Rule";
pub(crate) const REASON: &str = "What it does and why";
pub(crate) const NO_ENCODING: &str = "none";
pub(crate) const MARKS: &str = "Marks";
pub(crate) const UNCERTAIN_JOIN: &str = "uncertain join";
pub(crate) const UNCERTAIN_BREAK: &str = "uncertain break";

/// Figures of a page.
pub(crate) const UNCERTAIN_BREAKS: &str = "Uncertain breaks";
pub(crate) const LEAST: &str = "Least certain";
pub(crate) const LINES_UNITS: &str = "Lines → units";
pub(crate) const JOINED: &str = "Breaks closed up";
pub(crate) const COPIES: &str = "Copies removed";
pub(crate) const EDITS: &str = "Edits";
pub(crate) const ENCODING: &str = "Encoding";
pub(crate) const BYTES: &str = "Bytes";
pub(crate) const MALFORMED: &str = "Malformed, replaced";

/// Columns of the index.
pub(crate) const FILE: &str = "File";
pub(crate) const UNCERTAIN: &str = "Uncertain";
pub(crate) const COPIES_SHORT: &str = "Copies";

/// What the marks of the legend mean, in its order: join, uncertain place, copy, space, change, removal.
pub(crate) const LEGEND: [&str; 6] =
    ["line break closed up", "uncertain place", "copy, removed", "space closed up", "changed", "removed"];

/// How to read the marks by mouse and keyboard, as HTML. `{}` is the switch of the keys.
pub(crate) const KEYS: (&str, &str) = (
    "Point at a mark, or move to it with <kbd>Tab</kbd>, to read what was done and why. <kbd>Esc</kbd> hides the note.",
    "<kbd>n</kbd> and <kbd>p</kbd> move to the next and the previous uncertain place",
);

/// The title of a page.
pub(crate) fn title(name: &str) -> String {
    format!("{name} – qingyang report")
}

/// The name of a report of many inputs.
pub(crate) fn inputs(n: usize) -> String {
    format!("{n} inputs")
}

/// `12 <small>of 90</small>`
pub(crate) fn of(part: u64, all: u64) -> String {
    format!("{} <small>of {}</small>", number(part), number(all))
}

/// `2 <small>14 characters</small>`
pub(crate) fn copies(n: u64, characters: u64) -> String {
    format!("{} <small>{} characters</small>", number(n), number(characters))
}

/// The line of an input in the list of inputs.
pub(crate) fn input_figures(edits: u64, uncertain: u64) -> String {
    format!("{} edits, {} uncertain breaks", number(edits), number(uncertain))
}

pub(crate) fn more_inputs(more: u64, named: usize) -> String {
    format!("{} more inputs were cleaned; a report names {named}.", number(more))
}

pub(crate) fn worst_files(listed: usize, all: u64) -> String {
    format!("The worst {listed} of {} files. The figures are of all files.", number(all))
}

pub(crate) fn cut(shown: u64, all: u64, limit: u64) -> String {
    format!(
        "Shown up to byte {} of {}: a report shows at most {} bytes. The figures are of the whole input.",
        number(shown),
        number(all),
        number(limit)
    )
}

pub(crate) fn uncertain_places(n: usize) -> String {
    format!("Uncertain places ({n})")
}

pub(crate) fn first_places(listed: usize, all: usize) -> String {
    format!("The first {listed} of {all}. Each place links to the next.")
}

/// What became of an uncertain line break.
pub(crate) fn break_state(kept: bool) -> &'static str {
    if kept { "kept" } else { "closed up" }
}

/// The label of an uncertain place, for a screen reader.
pub(crate) fn place(n: usize) -> String {
    format!("uncertain place {n}")
}

/// Where an uncertain place links to.
pub(crate) fn link(to_first: bool) -> &'static str {
    if to_first { "Enter goes to the first." } else { "Enter goes to the next." }
}

/// A role, in Chinese as HTML and in English.
pub(crate) fn role(role: Role) -> String {
    format!("<span lang=zh>{}</span> {}", role.chinese(), role.name())
}

fn short(text: &str) -> String {
    let (text, more) = head(text, MAX_QUOTED);
    if more { format!("{text}…") } else { text.to_string() }
}

fn reason(rule: &Named) -> String {
    format!("{}: {}", rule.name(), rule.reason())
}

impl Display for Edits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Edits::HyphenJoined => f.write_str("Hyphen and line break closed up"),
            Edits::Joined { space: false } => f.write_str("Line break closed up"),
            Edits::Joined { space: true } => f.write_str("Line break replaced by a space"),
            Edits::CopyRemoved(text) => write!(f, "Copy removed: “{}”", short(text)),
            Edits::SpacesChanged(n) => write!(f, "{n} spaces closed up or replaced"),
            Edits::SpaceRemoved => f.write_str("Space closed up"),
            Edits::SpaceAdded => f.write_str("Space added"),
            Edits::SpaceChanged => f.write_str("Space replaced by an ordinary one"),
            Edits::Removed(text) => write!(f, "Removed “{}”", short(text)),
            Edits::Replaced(before, after) => write!(f, "“{}” became “{}”", short(before), short(after)),
        }
    }
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Note::Edits { what, rule, least } => {
                write!(f, "{what}")?;
                if *least < MENTIONED {
                    write!(f, ", {} certain", percent(*least))?;
                }
                write!(f, ". {}", reason(rule))
            }
            Note::Uncertain { kept, certainty, rule } => {
                write!(f, "Uncertain: line break {}, {} certain.", break_state(*kept), percent(*certainty))?;
                match rule {
                    Some(rule) => write!(f, " {}", reason(rule)),
                    None => Ok(()),
                }
            }
        }
    }
}
