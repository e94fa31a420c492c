//! What a language has to say: every file of a language implements [`Catalogue`] and fills [`PageWords`], so the
//! compiler refuses a language that lacks a text or takes other values.

use crate::chars::{head, visible};
use crate::custom::Named;
use crate::facts::{Fact, Note};
use crate::why::Why;
use qingyang::rules::CustomRule;
use qingyang::suspicion::Suspicion;
use qingyang::{Followed, Reason, Role, Rule};
use std::fmt::{self, Formatter};

/// Characters of a text that a sentence or a note quotes.
const MAX_QUOTED: usize = 40;

/// Below this a sentence mentions the certainty: it would round to 100 %.
pub(crate) const MENTIONED: f32 = 0.995;

/// The texts of a language.
pub(crate) trait Catalogue {
    /// The heading of the list of rules.
    fn rules(&self) -> &'static str;
    /// The line above the sentences about an input.
    fn head(&self, name: &str, changes: usize) -> String;
    /// Why a jump line was followed or not.
    fn followed(&self, followed: Followed) -> &'static str;
    /// A jump line that was not followed.
    fn jump(&self, byte: u64, text: &str, followed: Followed) -> String;
    /// What a built-in rule does and why.
    fn rule(&self, rule: Rule) -> &'static str;
    /// Why a text is suspicious, and what to do.
    fn suspicion(&self, of: Suspicion) -> String;
    /// A rule's name, and what it does.
    fn reason(&self, name: &str, reason: &str) -> String;
    /// What a rule of the user does.
    fn custom_rule(&self, rule: &CustomRule) -> String;
    /// A role, as HTML.
    fn role(&self, role: Role) -> String;
    /// A reason of the model for a break or against it.
    fn evidence(&self, reason: &Reason) -> String;
    /// The reasons for what became of a break, and those against it; empty if none are known.
    fn why(&self, why: &Why) -> Vec<String>;
    /// A sentence of an explanation.
    fn fact(&self, fact: &Fact, f: &mut Formatter<'_>) -> fmt::Result;
    /// What a mark of the report says.
    fn note(&self, note: &Note, f: &mut Formatter<'_>) -> fmt::Result;
    /// The words of the report.
    fn page(&self) -> &'static PageWords;
}

/// The words of the report, which are HTML.
pub(crate) struct PageWords {
    /// The language, as HTML names it.
    pub tag: &'static str,
    pub batch: &'static str,
    pub all_files: &'static str,
    pub batch_order: &'static str,
    pub files: &'static str,
    pub failed: &'static str,
    pub folder: &'static str,
    /// Links between the pages of a batch.
    pub previous: &'static str,
    pub next: &'static str,
    pub options: &'static str,
    pub suspicious: &'static str,
    pub suspicious_files: &'static str,
    pub search: &'static str,
    /// How many files the search finds; `#` stands for the number.
    pub found: &'static str,
    /// Kinds of trouble: failed, uncertain, suspicious, malformed, copies.
    pub kinds: [&'static str; 5],
    pub output: &'static str,
    pub open: &'static str,
    pub trouble: &'static str,
    pub inputs_list: &'static str,
    pub no_input: &'static str,
    pub failed_input: &'static str,
    /// The pages of a layout: their heading, what the boxes are, and the switch for the whole width.
    pub sheet: &'static str,
    pub boxes: &'static str,
    pub wide: &'static str,
    pub texts: &'static str,
    pub source: &'static str,
    pub clean: &'static str,
    pub unit: &'static str,
    pub no_text: &'static str,
    pub no_edits: &'static str,
    pub edits_by_rule: &'static str,
    pub rule: &'static str,
    pub reason: &'static str,
    pub no_encoding: &'static str,
    pub marks: &'static str,
    pub uncertain_join: &'static str,
    pub uncertain_break: &'static str,
    /// Figures of a page.
    pub uncertain_breaks: &'static str,
    pub decided: &'static str,
    pub least: &'static str,
    pub lines_units: &'static str,
    pub joined: &'static str,
    pub copies_removed: &'static str,
    pub edits: &'static str,
    pub encoding: &'static str,
    pub bytes: &'static str,
    pub malformed: &'static str,
    /// Columns of the index.
    pub file: &'static str,
    pub uncertain: &'static str,
    pub copies_short: &'static str,
    /// Between a name and what is said of it.
    pub colon: &'static str,
    /// What the marks of the legend mean, in its order: join, uncertain place, copy, space, change, removal.
    pub legend: [&'static str; 6],
    /// How to read the marks by mouse and keyboard.
    pub pointing: &'static str,
    /// What the switch of the keys says.
    pub keys: &'static str,
    pub deciding: DecideWords,
    /// The label of a page of a layout: its number, and its lines.
    pub sheet_page: fn(usize, usize) -> String,
    /// The label of a line on it: its number in the file and in the order of reading, and its text.
    pub sheet_line: fn(u64, Option<usize>, &str) -> String,
    /// The title of a page.
    pub title: fn(&str) -> String,
    /// The name of a report of many inputs.
    pub inputs: fn(usize) -> String,
    /// The plot of the uncertain breaks; the greatest share.
    pub plot: fn(&str) -> String,
    /// Files that were not taken.
    pub skipped: fn(u64) -> String,
    /// Units in which nothing changed.
    pub unchanged: fn(usize) -> String,
    /// A part of a whole.
    pub of: fn(u64, u64) -> String,
    /// Copies, and the characters in them.
    pub copies: fn(u64, u64) -> String,
    /// Edits and uncertain breaks of an input.
    pub input_figures: fn(u64, u64) -> String,
    /// Inputs that are not named, and how many are.
    pub more_inputs: fn(u64, usize) -> String,
    /// How many files are listed, and how many there are.
    pub worst_files: fn(usize, u64) -> String,
    /// The byte up to which an input is shown, its length, and the limit.
    pub cut: fn(u64, u64, u64) -> String,
    /// The heading of the list of places.
    pub places: fn(usize) -> String,
    /// How many places are listed, and how many there are.
    pub first_places: fn(usize, usize) -> String,
    /// What became of a line break: whether it was kept, whether a person decided so, and the model's certainty.
    pub break_state: fn(bool, bool, f32) -> String,
    /// The label of a place, for a screen reader, and whether a person decided it.
    pub place: fn(usize, bool) -> String,
    /// Where a place links to: the first one, or the next.
    pub link: fn(bool) -> &'static str,
}

/// The words for deciding on a page, as a script shows them.
pub(crate) struct DecideWords {
    pub label: &'static str,
    pub confirm: &'static str,
    pub flip: &'static str,
    pub undo: &'static str,
    pub save: &'static str,
    /// No mark is chosen.
    pub none: &'static str,
    /// What is decided of the chosen mark: nothing, that it is right, that it is not.
    pub states: [&'static str; 3],
    /// How many places are decided; `#` stands for the number.
    pub count: &'static str,
}

/// A rule's name, and what it does.
pub(crate) fn sentence(words: &dyn Catalogue, rule: &Named) -> String {
    let reason = match rule {
        Named::Rule(rule) => words.rule(*rule),
        Named::Custom(_, reason) => reason,
    };
    words.reason(rule.name(), reason)
}

/// A text as a sentence quotes it.
pub(crate) fn quoted(text: &str) -> String {
    let (text, more) = head(text, MAX_QUOTED);
    format!("「{}{}」", visible(text), if more { "…" } else { "" })
}

/// A text as a note of the report quotes it.
pub(crate) fn short(text: &str) -> String {
    let (text, more) = head(text, MAX_QUOTED);
    if more { format!("{text}…") } else { text.to_string() }
}
