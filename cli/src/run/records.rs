//! JSON Lines and Parquet: strings of each record are cleaned; everything else keeps its bytes.

mod additions;
mod beside;
mod edit;
mod fault;
mod field;
pub mod lines;
mod record;
mod scan;
pub mod shard;
pub mod table;
mod targets;

use super::guard::guarded;
use super::pauses::Pauses;
use super::pool::workers;
use crate::catalogue::Say;
use crate::cli::plan::{Plan, Records};
use crate::environment::{Console, Streams, say};
use crate::failure::{At, Failure, Kind, unwritten};
use crate::input::file::{self, BLOCK, Hold};
use crate::messages::{FileFault, Note, Place};
use crate::output::file::OutputFile;
use lines::Reader;
use shard::{Counts, Told, Work};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use table::{Input, Job};

/// A run over the inputs.
struct Run<'a> {
    plan: &'a Plan,
    records: &'a Records,
    work: Work<'a>,
    stdin: &'a mut dyn Read,
    stderr: &'a mut dyn Console,
    counts: Counts,
    /// Whether an input could not be read to its end.
    broken: bool,
}

/// Cleans the records of all inputs.
pub fn run(plan: &Plan, records: &Records, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let work = Work::new(records)?;
    if records.output.is_some() {
        plan.signals.listen();
    }
    let (stdin, stderr) = (&mut *streams.stdin, &mut *streams.stderr);
    let mut run = Run { plan, records, work, stdin, stderr, counts: Counts::default(), broken: false };
    match &records.output {
        Some(target) => run.write_file(target)?,
        None => {
            let mut output = BufWriter::with_capacity(BLOCK, &mut *streams.stdout);
            let done = run.all(&mut output);
            // A run that stopped at a bad record has cleaned those before it.
            if !done.as_ref().is_err_and(Failure::is_output) {
                output.flush().map_err(unwritten).at(|| Place::StandardOutput)?;
            }
            done.at(|| Place::StandardOutput)?;
        }
    }
    run.tell_counts();
    if run.counts.failed > 0 || run.broken { Err(Failure::reported(1)) } else { Ok(()) }
}

impl Run<'_> {
    fn write_file(&mut self, target: &Path) -> Result<(), Failure> {
        let place = || Place::path(target);
        let mut output = OutputFile::named(target, &self.plan.signals)?;
        self.all(&mut output).at(place)?;
        // Bad records are in the output as they came. The rest of an input that broke off is missing, so there is no
        // output.
        let interrupted = self.plan.signals.caught().is_some();
        if interrupted || self.broken {
            let why = if interrupted { FileFault::NotWrittenEnded } else { FileFault::NotWritten };
            output.give_up(why).into_iter().for_each(|failure| say(self.stderr, failure));
        } else {
            output.commit().at(place)?.warning.into_iter().for_each(|warning| say(self.stderr, warning));
        }
        Ok(())
    }

    fn all(&mut self, output: &mut dyn Write) -> Result<(), Failure> {
        for input in file::inputs(&self.plan.inputs) {
            match guarded(|| self.one(input, output)) {
                Ok(()) => {}
                Err(failure) if failure.is_output() || matches!(failure.kind, Kind::Reported { .. }) => {
                    return Err(failure);
                }
                Err(failure) => {
                    say(self.stderr, failure.at(Place::input(input)));
                    self.broken = true;
                }
            }
        }
        Ok(())
    }

    fn one(&mut self, input: Option<&Path>, output: &mut dyn Write) -> Result<(), Failure> {
        let setting = self.plan.settings.of(input)?;
        let (stderr, warns) = (&mut *self.stderr, self.records.counts);
        let name = Place::input(input).said(self.plan.language).to_string();
        let mut tell = |told: Told| match told {
            Told::Failed(failure) => say(stderr, failure.at(Place::input(input))),
            Told::Suspicious { at, all } if warns => {
                say(stderr, Note::SuspiciousRecord { input: name.clone(), at, all });
            }
            Told::Suspicious { .. } => {}
        };
        let workers = workers(self.records.jobs);
        let (work, signals) = (&self.work, &self.plan.signals);
        let counts = if self.records.table {
            let table = Input { path: input, stdin: self.stdin, stdin_file: self.plan.stdin_file.as_deref() };
            Job { work, setting: &setting, workers, signals }.clean(table, output, &mut tell)?
        } else {
            let mut source = file::open_input(input, self.stdin, Hold::Pieces, signals)?;
            let mut reader = Reader::new(&mut *source, signals, Pauses::of(input));
            work.clean(&setting, workers, &mut reader, output, &mut tell)?
        };
        let (failed, suspicious) = counts.not_told();
        self.counts.add(&counts);
        if failed > 0 {
            say(self.stderr, Note::MoreRecordsFailed { input: name.clone(), more: failed });
        }
        if suspicious > 0 && warns {
            say(self.stderr, Note::MoreRecordsSuspicious { input: name, more: suspicious });
        }
        Ok(())
    }

    /// The closing line. Where the text goes to standard output, it is said only if something failed or is suspicious.
    fn tell_counts(&mut self) {
        let Counts { records, unchanged, failed, suspicious, .. } = self.counts;
        if self.records.counts && (self.records.output.is_some() || failed + suspicious > 0) {
            say(self.stderr, Note::RecordCounts { records, unchanged, failed, suspicious });
        }
    }
}
