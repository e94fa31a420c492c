//! The report in English.

use crate::catalogue::{Catalogue, MENTIONED, PageWords, sentence, short};
use crate::facts::{Edits, Note};
use crate::numbers::{number, percent};
use std::fmt::{self, Display, Formatter};

pub(super) const WORDS: PageWords = PageWords {
    tag: "en",
    batch: "Batch",
    all_files: "All files of this batch",
    batch_order: "Failed files first, then the pages with the most uncertain line breaks.",
    files: "Files",
    failed: "Failed",
    folder: "(folder)",
    inputs_list: "Inputs",
    no_input: "nothing",
    failed_input: "failed",
    texts: "Source and clean text",
    source: "Source",
    clean: "Clean text",
    unit: "Unit",
    no_text: "There is no text to show.",
    no_edits: "No rule changed anything.",
    edits_by_rule: "Edits by rule",
    rule: "Rule",
    reason: "What it does and why",
    no_encoding: "none",
    marks: "Marks",
    uncertain_join: "uncertain join",
    uncertain_break: "uncertain break",
    uncertain_breaks: "Uncertain breaks",
    least: "Least certain",
    lines_units: "Lines → units",
    joined: "Breaks closed up",
    copies_removed: "Copies removed",
    edits: "Edits",
    encoding: "Encoding",
    bytes: "Bytes",
    malformed: "Malformed, replaced",
    file: "File",
    uncertain: "Uncertain",
    copies_short: "Copies",
    colon: ": ",
    legend: ["line break closed up", "uncertain place", "copy, removed", "space closed up", "changed", "removed"],
    pointing: "Point at a mark, or move to it with <kbd>Tab</kbd>, to read what was done and why. <kbd>Esc</kbd> hides the note.",
    keys: "<kbd>n</kbd> and <kbd>p</kbd> move to the next and the previous uncertain place",
    title: |name| format!("{name} – qingyang report"),
    inputs: |n| format!("{n} inputs"),
    of: |part, all| format!("{} <small>of {}</small>", number(part), number(all)),
    copies: |n, characters| format!("{} <small>{} characters</small>", number(n), number(characters)),
    input_figures: |edits, uncertain| format!("{} edits, {} uncertain breaks", number(edits), number(uncertain)),
    more_inputs: |more, named| format!("{} more inputs were cleaned; a report names {named}.", number(more)),
    worst_files: |listed, all| format!("The worst {listed} of {} files. The figures are of all files.", number(all)),
    cut: |shown, all, limit| {
        format!(
            "Shown up to byte {} of {}: a report shows at most {} bytes. The figures are of the whole input.",
            number(shown),
            number(all),
            number(limit)
        )
    },
    uncertain_places: |n| format!("Uncertain places ({n})"),
    first_places: |listed, all| format!("The first {listed} of {all}. Each place links to the next."),
    break_state,
    place: |n| format!("uncertain place {n}"),
    link: |to_first| if to_first { "Enter goes to the first." } else { "Enter goes to the next." },
};

/// What became of an uncertain line break.
fn break_state(kept: bool) -> &'static str {
    if kept { "kept" } else { "closed up" }
}

/// What was done, in a note.
struct Done<'a>(&'a Edits);

impl Display for Done<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
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

pub(super) fn note(words: &dyn Catalogue, note: &Note, f: &mut Formatter<'_>) -> fmt::Result {
    match note {
        Note::Edits { what, rule, least } => {
            write!(f, "{}", Done(what))?;
            if *least < MENTIONED {
                write!(f, ", {} certain", percent(*least))?;
            }
            write!(f, ". {}", sentence(words, rule))
        }
        Note::Uncertain { kept, certainty, rule } => {
            write!(f, "Uncertain: line break {}, {} certain.", break_state(*kept), percent(*certainty))?;
            match rule {
                Some(rule) => write!(f, " {}", sentence(words, rule)),
                None => Ok(()),
            }
        }
    }
}
