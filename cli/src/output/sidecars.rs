//! What is written beside the text: the ledger, the list of decisions, the uncertain line breaks.

use super::decisions::Places;
use super::file::OutputFile;
use super::ledger::LedgerText;
use super::spool::Spool;
use crate::catalogue::Say;
use crate::environment::{Console, say};
use crate::failure::{At, Failure, unwritten};
use crate::input::origin::Origin;
use crate::messages::{FileFault, Note, Place};
use crate::signals::Signals;
use qingyang::decode::Encoding;
use qingyang::{Followed, Ledger, Options, Proof};
use qingyang_tell::Language;
use qingyang_tell::chars::{self, escaped};
use qingyang_tell::{certainty, is_uncertain};
use std::io::Write;
use std::path::PathBuf;

/// Characters shown on each side of a line break.
const CONTEXT: usize = 8;

/// The files that are asked for.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    pub ledger: Option<PathBuf>,
    pub decisions: Option<PathBuf>,
    /// The language of what goes to standard error.
    pub language: Language,
}

/// The files, in the making.
pub struct Sidecars {
    ledger: Option<OutputFile>,
    decisions: Option<OutputFile>,
}

/// What one input adds to the files, until it is written.
#[derive(Default)]
pub struct SidecarRecord {
    input: String,
    ledger: Option<LedgerText>,
    places: Option<Places>,
    list: Spool,
    threshold: f32,
    /// Uncertain line breaks go to standard error.
    to_stderr: bool,
    language: Language,
    lines: Spool,
}

impl Sidecars {
    /// Begins the files.
    pub fn open(paths: &Paths, signals: &Signals) -> Result<Sidecars, Failure> {
        let open = |path: &Option<PathBuf>| path.as_deref().map(|path| OutputFile::named(path, signals)).transpose();
        Ok(Sidecars { ledger: open(&paths.ledger)?, decisions: open(&paths.decisions)? })
    }

    /// Writes what an input has added so far.
    pub fn write(&mut self, record: &mut SidecarRecord, stderr: &mut dyn Console) -> Result<(), Failure> {
        if let (Some(out), Some(text)) = (&mut self.ledger, &mut record.ledger) {
            text.move_to(out).at(|| Place::Option("--ledger"))?;
        }
        if let Some(out) = &mut self.decisions {
            record.list.move_to(out).at(|| Place::Option("--decisions"))?;
        }
        // A reader of standard error that has gone away is no reason to fail.
        let _ = record.lines.move_to(stderr);
        Ok(())
    }

    /// Gives the files their names.
    pub fn finish(self, stderr: &mut dyn Console) -> Result<(), Failure> {
        for (out, option) in self.files() {
            let written = out.commit().at(|| Place::Option(option))?;
            written.warning.into_iter().for_each(|warning| say(stderr, warning));
        }
        Ok(())
    }

    /// Leaves the files unwritten, because the run ends early: what is there of them is not known to be whole.
    pub fn give_up(self, stderr: &mut dyn Console) {
        for (out, option) in self.files() {
            let failure = out.give_up(FileFault::NotWrittenEnded);
            failure.into_iter().for_each(|failure| say(stderr, failure.at(Place::Option(option))));
        }
    }

    fn files(self) -> impl Iterator<Item = (OutputFile, &'static str)> {
        let files = [(self.ledger, "--ledger"), (self.decisions, "--decisions")];
        files.into_iter().filter_map(|(out, option)| Some((out?, option)))
    }
}

impl SidecarRecord {
    /// Of the input of this name, which is cleaned with these options. Line breaks less certain than `uncertain` go to standard error, or to the list of
    /// decisions if there is one; `default` is the threshold of the list if the user gives none.
    pub fn new(paths: &Paths, input: &str, options: &Options, uncertain: Option<f32>, default: f32) -> SidecarRecord {
        SidecarRecord {
            input: input.to_string(),
            ledger: paths.ledger.as_ref().map(|_| LedgerText::new(input, options)),
            places: paths.decisions.is_some().then(Places::default),
            threshold: uncertain.unwrap_or(default),
            language: paths.language,
            to_stderr: uncertain.is_some() && paths.decisions.is_none(),
            ..SidecarRecord::default()
        }
    }

    /// Adds a proof of the input.
    pub fn add(&mut self, proof: &Proof, origin: Origin<'_>) -> Result<(), Failure> {
        if let (Some(out), Some(ledger)) = (&mut self.ledger, &proof.ledger) {
            out.add(ledger, origin)?;
        }
        if self.to_stderr {
            self.add_jumps(proof)?;
        }
        if self.to_stderr || self.places.is_some() {
            self.add_breaks(proof)?;
        }
        self.add_edits(proof)
    }

    fn add_breaks(&mut self, proof: &Proof) -> Result<(), Failure> {
        for b in &proof.breaks {
            let certainty = certainty(b.probability);
            if !is_uncertain(b, self.threshold) && !b.decided {
                continue;
            }
            let (before, after) = chars::around(&proof.text, b.at, CONTEXT);
            if let Some(places) = &mut self.places {
                places.add(b, &before, &after)?;
            } else if !b.decided {
                let input = self.input.clone();
                let (line, byte, kept) = (b.line, b.source, b.kept);
                let message = Note::UncertainBreak { input, line, byte, kept, certainty, before, after };
                writeln!(self.lines, "{}", escaped(&message.said(self.language).to_string())).map_err(unwritten)?;
            }
        }
        Ok(())
    }

    /// Edits that a person decided, so that the list can be edited further.
    fn add_edits(&mut self, proof: &Proof) -> Result<(), Failure> {
        let Some(places) = &mut self.places else { return Ok(()) };
        let confirmed = proof.ledger.iter().flatten().filter(|e| e.decided && e.may_be_decided());
        confirmed
            .map(|e| (e, false))
            .chain(proof.refused.iter().map(|e| (e, true)))
            .try_for_each(|(e, keep)| places.add_edit(e, keep))
    }

    /// Jump lines that were not followed.
    fn add_jumps(&mut self, proof: &Proof) -> Result<(), Failure> {
        for jump in proof.jumps.iter().filter(|j| j.followed != Followed::Yes) {
            let (input, text) = (self.input.clone(), jump.text.clone());
            let message = Note::JumpNotFollowed { input, byte: jump.source, text, followed: jump.followed };
            writeln!(self.lines, "{}", escaped(&message.said(self.language).to_string())).map_err(unwritten)?;
        }
        Ok(())
    }

    /// Ends the input. `sha256` is its digest, if decisions are asked for.
    pub fn end(&mut self, bytes: u64, sha256: Option<&str>, encoding: Option<Encoding>) -> Result<(), Failure> {
        if let Some(out) = &mut self.ledger {
            out.add(&Ledger::new(), Origin::text(encoding))?;
        }
        if let (Some(places), Some(sha256)) = (self.places.take(), sha256) {
            self.list = places.finish(&self.input, bytes, sha256, self.threshold)?;
        }
        Ok(())
    }
}
