//! One file of JSON Lines of a batch, from its input to its finished output.

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

/// Cleans a file of records. Records that fail are in the output as `--on-error` says, and the file is finished.
pub fn clean_shard(
    run: &Run<'_>,
    work: &Work<'_>,
    task: &Task,
    setting: &Setting,
    outcome: &mut Outcome,
) -> Result<Finished, Failure> {
    let before = Stamp::of(&task.input)?;
    file::refuse_special(&task.input)?;
    let mut source = file::open(&task.input, Hold::Pieces, &run.plan.signals)?;
    let mut output = output_of(task)?;
    let mut reader = Reader::new(&mut *source, &run.plan.signals, Pauses::of(Some(&task.input)));
    let (mut faults, mut suspicious) = (Vec::new(), Vec::new());
    let cleaned = work.clean(setting, run.workers_of_shard(), &mut reader, &mut output, &mut |told| match told {
        Told::Failed(fault) => faults.push(fault),
        Told::Suspicious { line, all } => suspicious.push((line, all)),
    });
    let bytes = reader.bytes();
    drop(source);
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
