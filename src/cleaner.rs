//! The front door: options go in by value, pages go through, proofs come out.

use crate::ledger::Ledger;
use crate::options::Options;
use crate::page::{Counts, Page};

/// Cleans a text with the default options.
///
/// ```
/// assert_eq!(qingyang::clean(""), "");
/// ```
pub fn clean(text: &str) -> String {
    Cleaner::new(Options::default()).page(text).text
}

/// A line break of the source and what became of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Break {
    /// Byte of the decoded input at which the line before the break ends.
    pub source: u64,
    /// Byte of the proof's text at which the break stands, or stood.
    pub at: usize,
    /// Whether it was kept.
    pub kept: bool,
    /// Probability that it parts two units.
    pub probability: f32,
}

/// A clean page and what was done to it.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Proof {
    /// The clean text: one unit a line, LF, one line feed at its end; empty where there is nothing.
    pub text: String,
    /// How often each rule changed something.
    pub counts: Counts,
    /// Every difference from the input, where the options ask for it.
    pub ledger: Option<Ledger>,
    /// The line breaks between lines that hold text, where the options ask for it.
    pub breaks: Vec<Break>,
}

/// Cleans pages with one set of options, reusing its memory from page to page.
///
/// ```
/// use qingyang::{Cleaner, Options};
/// let mut cleaner = Cleaner::new(Options::default());
/// assert_eq!(cleaner.page("号外\n").text, "号外\n");
/// ```
#[derive(Debug)]
pub struct Cleaner {
    options: Options,
    page: Page,
}

impl Cleaner {
    /// A cleaner with these options.
    pub fn new(options: Options) -> Cleaner {
        Cleaner { options, page: Page::default() }
    }

    /// The options in force.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Cleans one text; form feeds in it part its pages.
    pub fn page(&mut self, text: &str) -> Proof {
        self.page.reset(text, self.options.ledger);
        Proof { text: self.page.text().to_string(), counts: self.page.counts().clone(), ledger: None, breaks: Vec::new() }
    }
}
