//! Folders: each text file below the input goes to a file of its own in a mirrored tree, in parallel.

mod manifest;
mod plan;
mod progress;
pub mod walk;

use crate::args::Run;
use crate::files::{self, Output};
use crate::{Failed, pipe, signals};
use anyhow::{Context, Result};
use manifest::{Manifest, Stamp};
use plan::Task;
use progress::{Outcome, Report, Status};
use qingyang::page::Counts;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Tasks that wait for a worker at most: memory stays flat however many files there are.
const WAITING: usize = 256;

/// Cleans every file of the plan.
pub fn run(run: &Run) -> Result<()> {
    signals::listen();
    plan::refuse(run)?;
    if run.args.dry_run {
        return plan::show(run);
    }
    let mut manifest = match &run.args.output {
        Some(out) => {
            fs::create_dir_all(out)
                .map_err(|e| files::explain(e, "make the output folder"))
                .with_context(|| out.display().to_string())?;
            Some(Manifest::open(out, run)?)
        }
        None => None,
    };
    let mut report = Report::new(run)?;
    let jobs = run.args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let (give, take) = crossbeam_channel::bounded::<Task>(WAITING);
    let (tell, hear) = crossbeam_channel::bounded::<Outcome>(WAITING);
    let done = manifest.as_mut().map(Manifest::take_done).unwrap_or_default();
    std::thread::scope(|scope| -> Result<()> {
        let walker_tell = tell.clone();
        scope.spawn(move || {
            for planned in plan::tasks(run) {
                if signals::caught().is_some() {
                    break;
                }
                let sent = match planned {
                    Ok(plan::Planned::Do(task)) => {
                        if run.args.resume && done.holds(&task) {
                            walker_tell.send(Outcome::of(&task, Status::Resumed)).is_ok()
                        } else {
                            give.send(task).is_ok()
                        }
                    }
                    Ok(plan::Planned::Skip(path)) => walker_tell.send(Outcome::skipped(path)).is_ok(),
                    Err(error) => walker_tell.send(Outcome::failed_walk(error)).is_ok(),
                };
                if !sent {
                    break;
                }
            }
        });
        for _ in 0..jobs {
            let (take, tell) = (take.clone(), tell.clone());
            scope.spawn(move || {
                for task in take {
                    if signals::caught().is_some() {
                        break;
                    }
                    if tell.send(work(run, task)).is_err() {
                        break;
                    }
                }
            });
        }
        drop((take, tell));
        for outcome in hear {
            if let (Some(manifest), Some(stamp)) = (&mut manifest, &outcome.stamp) {
                manifest.add(stamp)?;
            }
            report.take(&outcome)?;
        }
        Ok(())
    })?;
    if let Some(manifest) = manifest {
        manifest.close()?;
    }
    let failed = report.finish()?;
    if failed > 0 { Err(Failed::Said.into()) } else { Ok(()) }
}

/// Cleans one file.
fn work(run: &Run, task: Task) -> Outcome {
    let started = Instant::now();
    let mut outcome = Outcome::of(&task, Status::Failed);
    match clean_file(run, &task, &mut outcome) {
        Ok(stamp) => {
            outcome.status = Status::Cleaned;
            outcome.stamp = Some(stamp);
        }
        Err(error) => outcome.error = Some(format!("{error:#}")),
    }
    outcome.seconds = started.elapsed().as_secs_f64();
    outcome
}

fn clean_file(run: &Run, task: &Task, outcome: &mut Outcome) -> Result<Stamp> {
    let before = Stamp::look(&task.input).map_err(|e| files::explain(e, "read"))?;
    let mut reader = files::open(&task.input)?;
    if let Some(folder) = task.output.parent() {
        fs::create_dir_all(folder).map_err(|e| files::explain(e, "make the output folder"))?;
    }
    let mut output = Output::create(&task.output)?;
    let mut counts = Counts::default();
    let threshold = run.args.uncertain.unwrap_or(0.9);
    let (mut uncertain, mut han, mut ink) = (0u64, 0u64, 0u64);
    let stream = pipe::clean_stream(run, &mut *reader, &mut |proof| {
        counts.merge(&proof.counts);
        uncertain += proof.breaks.iter().filter(|b| b.probability.max(1.0 - b.probability) < threshold).count() as u64;
        if run.args.summary.is_some() {
            for c in proof.text.chars().filter(|c| !c.is_whitespace()) {
                ink += 1;
                han += u64::from(qingyang::width::is_han(c));
            }
        }
        std::io::Write::write_all(&mut output, proof.text.as_bytes()).map_err(|e| files::explain(e, "write"))
    })?;
    drop(reader);
    let after = Stamp::look(&task.input).map_err(|e| files::explain(e, "read"))?;
    anyhow::ensure!(before == after, "changed while it was read: run again");
    if run.args.in_place {
        if let Some(suffix) = &run.args.backup {
            let mut kept = task.input.clone().into_os_string();
            kept.push(suffix);
            anyhow::ensure!(!Path::new(&kept).exists(), "backup {} is there already", Path::new(&kept).display());
            fs::hard_link(&task.input, &kept)
                .or_else(|_| fs::copy(&task.input, &kept).map(drop))
                .map_err(|e| files::explain(e, "keep a backup"))?;
        }
        if let Ok(meta) = fs::metadata(&task.input) {
            output.permissions(meta.permissions());
        }
    }
    let written = output.commit()?;
    outcome.encoding = stream.encoding().map(|e| e.name());
    outcome.malformed = stream.malformed();
    outcome.counts = counts;
    outcome.uncertain = uncertain;
    // Less than a third Han among two hundred characters: another language, a table of figures, or a broken font.
    outcome.suspicious = ink >= 200 && han * 3 < ink;
    outcome.bytes = before.size;
    Ok(before.of(task, written))
}
