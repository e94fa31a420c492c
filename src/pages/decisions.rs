//! What a person decided of line breaks that the page leaves open: it stands above what the model says, and touches
//! nothing but the break that it names.

use crate::error::{Error, ErrorKind};
use crate::proof::Decision;

/// The decisions of one input, and which of them have been met.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    list: Vec<(Decision, bool)>,
}

impl Decisions {
    /// In the order of the input.
    ///
    /// # Errors
    /// If one break is decided both ways.
    pub fn new(given: &[Decision]) -> Result<Decisions, Error> {
        let mut list: Vec<(Decision, bool)> = given.iter().map(|&d| (d, false)).collect();
        list.sort_by_key(|(d, _)| d.source);
        if let Some(pair) = list.windows(2).find(|w| w[0].0.source == w[1].0.source && w[0].0.keep != w[1].0.keep) {
            return Err(ErrorKind::DecidedTwice { offset: pair[0].0.source }.into());
        }
        list.dedup_by_key(|(d, _)| d.source);
        Ok(Decisions { list })
    }

    /// What was decided of the break at this byte.
    pub fn of(&mut self, source: u64) -> Option<bool> {
        let at = self.list.binary_search_by_key(&source, |(d, _)| d.source).ok()?;
        self.list[at].1 = true;
        Some(self.list[at].0.keep)
    }

    /// After the whole input.
    ///
    /// # Errors
    /// If a decision was of no line break.
    pub fn all_met(&self) -> Result<(), Error> {
        match self.list.iter().find(|(_, met)| !met) {
            Some((d, _)) => Err(ErrorKind::NoBreak { offset: d.source }.into()),
            None => Ok(()),
        }
    }
}
