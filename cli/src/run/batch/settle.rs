//! `--in-place`: outputs that are whole wait for their names until their data are on the disk. The rename replaces the
//! only copy of a text, and a power failure after it must not find an empty file. One sync brings many outputs to the disk.

use super::manifest::Stamp;
use super::outbox::Outbox;
use super::progress::{Outcome, Status};
use crate::failure::{Failure, unwritten};
use crate::messages::FileFault;
use crate::output::file::WholeFile;
use crate::output::sync::sync;
use std::path::PathBuf;

/// An output that is to replace its input.
pub struct Replacement {
    pub whole: WholeFile,
    pub input: PathBuf,
    /// The input as it was when it was read.
    pub before: Stamp,
}

/// The outputs of a worker that have no names yet, each with what is known of its file.
pub struct Unnamed {
    waiting: Vec<(u64, Outcome, Replacement)>,
    most: usize,
}

impl Unnamed {
    /// None yet; `most` may wait for one sync.
    pub fn new(most: usize) -> Unnamed {
        Unnamed { waiting: Vec::new(), most }
    }

    /// Adds an output with the number of its file. Gives all their names if there are enough. Returns whether somebody
    /// listens.
    pub fn add(&mut self, (number, outcome): (u64, Outcome), whole: Replacement, outbox: &mut Outbox<'_>) -> bool {
        self.waiting.push((number, outcome, whole));
        if self.waiting.len() >= self.most { self.settle(outbox) } else { true }
    }

    /// Gives the outputs their names. Returns whether somebody listens.
    pub fn settle(&mut self, outbox: &mut Outbox<'_>) -> bool {
        let files: Vec<_> = self.waiting.iter().map(|(_, _, replacement)| replacement.whole.file()).collect();
        let synced = if files.is_empty() { Ok(()) } else { sync(&files).map_err(unwritten) };
        let mut listens = true;
        for (number, mut outcome, replacement) in self.waiting.drain(..) {
            match synced.clone().and_then(|()| replacement.name(&mut outcome)) {
                Ok(()) => {}
                Err(failure) => {
                    (outcome.status, outcome.finished, outcome.sidecar) = (Status::Failed, None, None);
                    outcome.failure = Some(failure);
                }
            }
            listens &= outbox.add(number, outcome);
        }
        listens
    }
}

impl Replacement {
    fn name(self, outcome: &mut Outcome) -> Result<(), Failure> {
        // It has waited for the others.
        if Stamp::of(&self.input)? != self.before {
            return Err(Failure::input(FileFault::ChangedWhileRead));
        }
        outcome.warning = self.whole.name()?.warning;
        Ok(())
    }
}
