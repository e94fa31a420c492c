//! One file of JSON Lines or Parquet of a batch, from its input to its finished output.

use super::manifest::{Finished, Stamp};
use super::progress::{Figures, Outcome};
use super::run::Run;
use super::tasks::Task;
use super::writer::output_of;
use crate::cli::settings::Setting;
use crate::failure::Failure;
use crate::input::file::{self, Hold};
use crate::messages::FileFault;
use crate::run::pauses::Pauses;
use crate::run::records::lines::Reader;
use crate::run::records::shard::{Told, Work};
use crate::run::records::table::{Input, Job};
use std::io;

/// Cleans a file of records. Records that fail are in the output as `--on-error` says, and the file is finished.
pub fn clean_shard(
    run: &Run<'_>,
    work: &Work<'_>,
    task: &Task,
    setting: &Setting,
    outcome: &mut Outcome,
) -> Result<Finished, Failure> {
    let before = Stamp::of_input(&task.input)?;
    let mut output = output_of(task)?;
    let (mut faults, mut suspicious) = (Vec::new(), Vec::new());
    let mut tell = |told| match told {
        Told::Failed(fault) => faults.push(fault),
        Told::Suspicious { at, all } => suspicious.push((at, all)),
    };
    let (workers, signals) = (run.workers_of_shard(), &run.plan.signals);
    let (cleaned, bytes) = if work.asked.table {
        let job = Job { work, setting, workers, signals };
        let input = Input { path: Some(&task.input), stdin: &mut io::empty(), stdin_file: None };
        (job.clean(input, &mut output, &mut tell), before.size)
    } else {
        let mut source = file::open(&task.input, Hold::Pieces, signals)?;
        let mut reader = Reader::new(&mut *source, signals, Pauses::of(Some(&task.input)));
        (work.clean(setting, workers, &mut reader, &mut output, &mut tell), reader.bytes())
    };
    (outcome.faults, outcome.suspicious) = (faults, suspicious);
    let counts = cleaned?;
    if run.plan.signals.caught().is_some() {
        return Err(Failure::input(FileFault::Interrupted));
    }
    if Stamp::of(&task.input)? != before {
        return Err(Failure::input(FileFault::ChangedWhileRead));
    }
    outcome.unchanged = counts.records == counts.unchanged;
    outcome.figures = Figures { bytes, records: Some(counts), ..Figures::default() };
    let options = run.options_of(setting, task);
    let written = output.commit()?;
    outcome.warning = written.warning;
    Ok(Finished { input: before, written: written.bytes, checksum: written.checksum, options, articles: None })
}
