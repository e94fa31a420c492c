//! What a caller may choose: plain data, no globals.

use crate::rule::{Rule, RuleSet};

/// How full-width Latin letters and digits come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Width {
    /// As ASCII.
    #[default]
    Half,
    /// As they came.
    Keep,
}

/// What stands between Han and Latin letters or digits in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CjkLatinSpace {
    /// Nothing, as newspapers set it.
    #[default]
    None,
    /// One space.
    One,
    /// What the page has.
    Keep,
}

/// What becomes of mastheads, folios and editors' lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Furniture {
    /// They stay, as units of their own.
    #[default]
    Keep,
    /// They go, and the ledger says so.
    Drop,
}

/// Where a headline stands that follows its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Order {
    /// Where the source has it.
    #[default]
    Source,
    /// In front of its text.
    Reading,
}

/// What stands on a line of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Split {
    /// A unit: paragraph, headline, caption.
    #[default]
    Unit,
    /// A sentence.
    Sentence,
}

/// What a caller may choose. The default is the house's own proof.
///
/// ```
/// use qingyang::{Cleaner, Options};
/// let mut options = Options::default();
/// options.blank_lines = true;
/// let proof = Cleaner::new(options).page("标题\n正文。\n");
/// assert_eq!(proof.text, "标题\n\n正文。\n");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Options {
    /// Full-width Latin letters and digits.
    pub width: Width,
    /// Space between Han and Latin.
    pub cjk_latin_space: CjkLatinSpace,
    /// Mastheads, folios and the like.
    pub furniture: Furniture,
    /// An empty line between two units.
    pub blank_lines: bool,
    /// Paragraphs that dropped furniture had cut in two are joined where the text proves it.
    pub join_across: bool,
    /// Where headlines stand that follow their text.
    pub order: Order,
    /// What a line of the output holds.
    pub split: Split,
    /// Put together what goes on on another page; only an [`Issue`](crate::Issue) knows the other pages.
    pub follow_jumps: bool,
    /// Tell what each unit is and which article it belongs to.
    pub units: bool,
    /// Rules that are switched off.
    pub skip: RuleSet,
    /// Collect the ledger.
    pub ledger: bool,
    /// Work out how certain each line break is.
    pub confidence: bool,
}

impl Options {
    /// Whether the units must be known, asked for or not.
    pub(crate) fn read_units(&self) -> bool {
        self.units || self.order == Order::Reading || self.split == Split::Sentence
    }

    /// Whether furniture is removed.
    pub(crate) fn drops_furniture(&self) -> bool {
        self.furniture == Furniture::Drop && !self.skip.contains(Rule::Furniture)
    }

    /// What stands between two units.
    pub(crate) const fn between_units(&self) -> &'static str {
        if self.blank_lines { "\n\n" } else { "\n" }
    }
}
