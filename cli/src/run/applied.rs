//! A list of decisions, as it is applied to one input.

use crate::cli::settings::Setting;
use crate::failure::Failure;
use crate::input::decisions::{ForInput, Lists};
use crate::messages::Note;
use qingyang::decode::Encoding;
use qingyang::{Decision, EditDecisions, ErrorKind, Options, Proof};

/// A note names at most this many places.
const MAX_NAMED: usize = 6;

/// The decisions about one input, and those that have no place in it.
pub struct Applied<'a> {
    lists: &'a Lists,
    decided: &'a ForInput,
    /// Bytes of the decisions that have no place in the input.
    pub without_place: Vec<u64>,
}

impl<'a> Applied<'a> {
    pub fn new(lists: &'a Lists, decided: &'a ForInput) -> Applied<'a> {
        Applied { lists, decided, without_place: Vec::new() }
    }

    /// The options of the input. Edits are found by the ledger.
    pub fn options(&self, setting: &Setting) -> Options {
        let options = setting.options.clone();
        let ledger = options.ledger || !self.decided.edits.is_empty();
        options.with_ledger(ledger)
    }

    /// Cleans with the decisions about line breaks. A list of another version may name breaks that this one does not have;
    /// it is tried again without these.
    pub fn retry<T>(&mut self, mut clean: impl FnMut(&[Decision]) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut breaks = self.decided.breaks.clone();
        loop {
            let failure = match clean(&breaks) {
                Ok(cleaned) => return Ok(cleaned),
                Err(failure) => failure,
            };
            let Some(error) = failure.of_library() else { return Err(failure) };
            match *error.kind() {
                ErrorKind::NoBreak { offset } if self.decided.of_other_version => {
                    self.without_place.push(offset);
                    breaks.retain(|b| b.source != offset);
                }
                ErrorKind::NoBreak { .. } | ErrorKind::DecidedTwice { .. } => {
                    return Err(self.lists.does_not_fit(error.clone()));
                }
                _ => return Err(failure),
            }
        }
    }

    /// Carries out the decisions about other edits in the proofs of the input.
    pub fn carry_out(&mut self, proofs: &mut [Proof], encoding: Encoding) -> Result<(), Failure> {
        if self.decided.edits.is_empty() {
            return Ok(());
        }
        let mut edits = EditDecisions::new(self.decided.edits.clone(), encoding);
        proofs.iter_mut().try_for_each(|proof| edits.carry_out(proof))?;
        self.without_place.extend(edits.unmet().map(|decision| decision.start));
        Ok(())
    }
}

/// Says which decisions of a list have no place in an input.
pub fn without_place(input: &str, lists: &Lists, bytes: &[u64]) -> Option<Note> {
    let mut bytes = bytes.to_vec();
    bytes.sort_unstable();
    let more = bytes.len().saturating_sub(MAX_NAMED);
    bytes.truncate(MAX_NAMED);
    let (input, list) = (input.to_string(), lists.path().to_path_buf());
    (!bytes.is_empty()).then_some(Note::DecisionsWithoutPlace { input, list, bytes, more })
}
