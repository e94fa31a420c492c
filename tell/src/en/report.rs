//! The report in English.

use crate::catalogue::{Catalogue, DecideWords, MENTIONED, PageWords, sentence, short};
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
    previous: "Previous page",
    next: "Next page",
    options: "Options",
    suspicious: "Suspicious:",
    suspicious_files: "Suspicious",
    search: "Search",
    found: "# files",
    kinds: ["failed", "uncertain breaks", "suspicious text", "malformed bytes", "copies removed"],
    output: "Output",
    open: "open",
    trouble: "Trouble",
    inputs_list: "Inputs",
    no_input: "nothing",
    failed_input: "failed",
    sheet: "The page as it was printed",
    boxes: "Each box is a line of the file, in the colour of its article, with its number in the order of reading; bold where a unit begins, \
            dashed where the break below it is uncertain, grey where no unit has it. A click leads to the line.",
    wide: "as wide as the window",
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
    decided: "Decided by you",
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
    deciding: DecideWords {
        label: "Decide",
        confirm: "Right as it is",
        flip: "The other way",
        undo: "Undo",
        save: "Save decisions",
        none: "Choose a mark to decide it.",
        states: ["Not decided.", "Decided: right as it is.", "Decided: the other way."],
        count: "# decided.",
    },
    sheet_page: |page, lines| format!("Page {page}: {lines} lines"),
    sheet_line: |line, order, text| match order {
        Some(order) => format!("Line {line}, read as number {order}: {text}"),
        None => format!("Line {line}, in no unit: {text}"),
    },
    title: |name| format!("{name} – qingyang report"),
    plot: |most| format!("Share of uncertain breaks of each page, in the order of the files; at most {most}"),
    skipped: |n| format!("Files that were not taken ({})", number(n)),
    unchanged: |n| format!("{n} units without a change"),
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
    places: |n| format!("Places to check ({n})"),
    first_places: |listed, all| format!("The first {listed} of {all}. Each place links to the next."),
    break_state,
    place: |n, decided| format!("{} place {n}", if decided { "decided" } else { "uncertain" }),
    link: |to_first| if to_first { "Enter goes to the first." } else { "Enter goes to the next." },
};

/// What became of a line break.
fn done(kept: bool) -> &'static str {
    if kept { "kept" } else { "closed up" }
}

/// The same with who decided it, and the model's certainty.
fn break_state(kept: bool, decided: bool, certainty: f32) -> String {
    let who = if decided { " as decided, the model" } else { "" };
    format!("{}{who}, {}", done(kept), percent(certainty))
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
            f.write_str(".")?;
            rule.as_ref().map_or(Ok(()), |rule| write!(f, " {}", sentence(words, rule)))
        }
        Note::Break { kept, decided, certainty, rule, why } => {
            let (done, certainty) = (done(*kept), percent(*certainty));
            match decided {
                true => write!(f, "Decided by you: line break {done}. The model is {certainty} certain of it.")?,
                false => write!(f, "Uncertain: line break {done}, {certainty} certain.")?,
            }
            if let Some(rule) = rule {
                write!(f, " {}", sentence(words, rule))?;
            }
            words.why(why).iter().try_for_each(|side| write!(f, " {}.", capital(side)))
        }
    }
}

/// With a capital letter.
fn capital(side: &str) -> String {
    let (first, rest) = side.split_at(1);
    first.to_uppercase() + rest
}
