//! Decisions of a person about line breaks. A decision overrides the model and changes only the break that it names.

use crate::error::{Error, ErrorKind};
use crate::proof::Decision;

/// The decisions of one input, each with a flag whether its break has been found.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    list: Vec<(Decision, bool)>,
}

impl Decisions {
    /// Sorts the decisions by their place in the input and removes duplicates.
    ///
    /// # Errors
    /// If two decisions about one break contradict each other.
    pub fn new(given: &[Decision]) -> Result<Decisions, Error> {
        let mut list: Vec<(Decision, bool)> = given.iter().map(|&d| (d, false)).collect();
        list.sort_by_key(|(d, _)| d.source);
        if let Some(pair) = list.windows(2).find(|w| w[0].0.source == w[1].0.source && w[0].0.keep != w[1].0.keep) {
            return Err(ErrorKind::DecidedTwice { offset: pair[0].0.source }.into());
        }
        list.dedup_by_key(|(d, _)| d.source);
        Ok(Decisions { list })
    }

    /// The decision about the break at this byte of the input.
    pub fn of(&mut self, source: u64) -> Option<bool> {
        let at = self.list.binary_search_by_key(&source, |(d, _)| d.source).ok()?;
        self.list[at].1 = true;
        Some(self.list[at].0.keep)
    }

    /// Checks, after the whole input, that each decision was about a line break.
    ///
    /// # Errors
    /// If a decision names a byte at which no line break was found.
    pub fn all_met(&self) -> Result<(), Error> {
        match self.list.iter().find(|(_, met)| !met) {
            Some((d, _)) => Err(ErrorKind::NoBreak { offset: d.source }.into()),
            None => Ok(()),
        }
    }
}
