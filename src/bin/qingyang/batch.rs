//! Folders: each text file below the input goes to a file of its own in a mirrored tree, in parallel.

mod manifest;
mod plan;
mod progress;
pub mod walk;

use crate::args::Run;
use crate::files::{self, Output};
use crate::{Failed, issues, pipe, signals};
use anyhow::{Context, Result};
use manifest::{Manifest, Stamp};
use plan::Task;
use progress::{Outcome, Report, Status};
use qingyang::Proof;
use qingyang::page::Counts;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Tasks that wait for a worker at most: memory stays flat however many files there are.
const WAITING: usize = 256;

/// Files that a worker holds open at once, with one for what the system opens behind its back.
const FILES_A_WORKER: usize = 3;

/// Files open beside: the three streams, the manifest, the summary, the folders on the walker's way.
const FILES_BESIDE: usize = 20;

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
    let jobs = jobs.min(files::open_at_once().saturating_sub(FILES_BESIDE) / FILES_A_WORKER).max(1);
    // Set where every later file would fail as well.
    let hopeless = &AtomicBool::new(false);
    let ends = || signals::caught().is_some() || hopeless.load(Ordering::Relaxed);
    let (give, take) = crossbeam_channel::bounded::<Task>(WAITING);
    let (tell, hear) = crossbeam_channel::bounded::<Outcome>(WAITING);
    let done = manifest.as_mut().map(Manifest::take_done).unwrap_or_default();
    std::thread::scope(|scope| -> Result<()> {
        let walker_tell = tell.clone();
        scope.spawn(move || {
            for planned in plan::tasks(run) {
                if ends() {
                    break;
                }
                let sent = match planned {
                    Ok(plan::Planned::Do(task)) => {
                        if run.args.resume && done.holds(&task, issues::stamp(run, &task.input)) {
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
        for n in 0..jobs {
            let (take, tell) = (take.clone(), tell.clone());
            let worker = std::thread::Builder::new().spawn_scoped(scope, move || {
                for task in take {
                    if ends() {
                        break;
                    }
                    if tell.send(work(run, task)).is_err() {
                        break;
                    }
                }
            });
            match worker {
                Ok(_) => {}
                // No memory for one more: fewer workers do it as well.
                Err(_) if n > 0 => break,
                Err(e) => return Err(files::explain(e, "start a worker")),
            }
        }
        drop((take, tell));
        for mut outcome in hear {
            if let (Some(manifest), Some(stamp)) = (&mut manifest, &outcome.stamp)
                && let Err(error) = manifest.add(stamp)
            {
                // The file itself is whole; without its line it is only done once more.
                outcome.error = Some(format!("{error:#}"));
                outcome.hopeless = true;
                outcome.status = Status::Failed;
            }
            if outcome.hopeless {
                hopeless.store(true, Ordering::Relaxed);
            }
            report.take(&outcome)?;
        }
        Ok(())
    })?;
    if let Some(manifest) = manifest
        && !hopeless.load(Ordering::Relaxed)
    {
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
        Err(error) => {
            outcome.hopeless = files::is_full(&error);
            outcome.error = Some(format!("{error:#}"));
        }
    }
    outcome.seconds = started.elapsed().as_secs_f64();
    outcome
}

fn clean_file(run: &Run, task: &Task, outcome: &mut Outcome) -> Result<Stamp> {
    let before = Stamp::look(&task.input).map_err(|e| files::explain(e, "read"))?;
    anyhow::ensure!(before.regular, "is a pipe or a device, not a file: send it through standard input");
    if let Some(folder) = task.output.parent() {
        fs::create_dir_all(folder).map_err(|e| files::explain(e, "make the output folder"))?;
    }
    let mut output = Output::create(&task.output)?;
    let mut counts = Counts::default();
    let threshold = run.args.uncertain.unwrap_or(0.9);
    let (mut uncertain, mut han, mut ink) = (0u64, 0u64, 0u64);
    let mut write = |proof: Proof| {
        counts.merge(&proof.counts);
        uncertain += proof.breaks.iter().filter(|b| b.probability.max(1.0 - b.probability) < threshold).count() as u64;
        if run.args.summary.is_some() {
            for c in proof.text.chars().filter(|c| !c.is_whitespace()) {
                ink += 1;
                han += u64::from(qingyang::width::is_han(c));
            }
        }
        std::io::Write::write_all(&mut output, proof.text.as_bytes()).map_err(files::unwritten)
    };
    let (encoding, malformed) = match issues::take(run, Some(&task.input)) {
        Some(cleaned) => {
            let cleaned = cleaned?;
            write(cleaned.proof)?;
            (Some(cleaned.encoding), cleaned.malformed)
        }
        None => {
            let stream = pipe::clean_stream(run, &mut *files::open(&task.input)?, &mut write)?;
            (stream.encoding(), stream.malformed())
        }
    };
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
    outcome.encoding = encoding.map(|e| e.name());
    outcome.malformed = malformed;
    outcome.counts = counts;
    outcome.uncertain = uncertain;
    // Less than a third Han among two hundred characters: another language, a table of figures, or a broken font.
    outcome.suspicious = ink >= 200 && han * 3 < ink;
    outcome.bytes = before.size;
    Ok(before.of(task, written, issues::stamp(run, &task.input)))
}
