//! Folders: each text file below the input goes to a file of its own in a mirrored tree, in parallel.

mod manifest;
mod progress;
pub mod tasks;

use crate::cli::args::Run;
use crate::cli::settings::{Broken, Setting};
use crate::output::file as files;
use crate::output::file::Output;
use crate::output::report::{self, Gather, Index, Kept};
use crate::output::sidecars::{CERTAIN, Notes, Told};
use crate::output::views::View;
use crate::run::{issues, pipe};
use crate::{Failed, signals};
use anyhow::{Context, Result};
use manifest::{Done, Manifest, Stamp};
use progress::{Outcome, Report, Status};
use qingyang::Counts;
use qingyang::Followed;
use qingyang::decode::Encoding;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tasks as plan;
use tasks::Task;

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
    report::refuse(run)?;
    if run.args.dry_run {
        return show(run);
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
    let mut notes = Notes::new(run)?;
    let mut report = Report::new(run)?;
    let mut index = Index::new(run)?;
    let jobs = run.args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let jobs = jobs.min(files::open_at_once().saturating_sub(FILES_BESIDE) / FILES_A_WORKER).max(1);
    // Set where every later file would fail as well.
    let hopeless = &AtomicBool::new(false);
    let ends = || signals::caught().is_some() || hopeless.load(Ordering::Relaxed);
    let (give, take) = crossbeam_channel::bounded::<(Task, Result<Arc<Setting>>)>(WAITING);
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
                        // Looked up here: the workers share no lock. A broken file is said at its file's turn.
                        let setting = run.settings.of(Some(&task.input));
                        if run.args.resume && setting.as_ref().is_ok_and(|s| is_whole(run, &done, s, &task)) {
                            walker_tell.send(Outcome::of(&task, Status::Resumed)).is_ok()
                        } else {
                            give.send((task, setting)).is_ok()
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
                for (task, setting) in take {
                    if ends() {
                        break;
                    }
                    if tell.send(work(run, task, setting)).is_err() {
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
            if let (Some(index), true) = (&mut index, outcome.status != Status::Skipped) {
                index.take(&outcome.below, outcome.error.clone().map_or(Ok(outcome.report.take()), Err));
            }
            report.take(&outcome)?;
            if let Some(told) = &mut outcome.told {
                report.aside(|| notes.write(told))?;
            }
        }
        Ok(())
    })?;
    if let Some(manifest) = manifest
        && !hopeless.load(Ordering::Relaxed)
    {
        manifest.close()?;
    }
    notes.finish()?;
    if let Some(index) = index
        && !ends()
    {
        index.finish().context("--report")?;
    }
    let (failed, broken) = report.finish()?;
    match (failed, broken) {
        (_, true) => Err(Failed::Settings.into()),
        (0, false) => Ok(()),
        _ => Err(Failed::Said.into()),
    }
}

/// `--dry-run`: what would be read and written, and with `--resume` what would not be.
fn show(run: &Run) -> Result<()> {
    let resumed = run.args.output.as_ref().filter(|_| run.args.resume);
    let done = resumed.map_or_else(Done::default, |out| Done::read(out, run));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failed = false;
    for planned in plan::tasks(run) {
        let task = match planned {
            Ok(plan::Planned::Do(task)) => task,
            Ok(plan::Planned::Skip(path)) => {
                writeln!(out, "{} (not text by its name: skipped)", path.display())?;
                continue;
            }
            Err(error) => {
                files::say(format_args!("qingyang: {error:#}"));
                failed = true;
                continue;
            }
        };
        match fs::metadata(&task.input).map_err(|e| files::explain(e, "read")) {
            Ok(_) => {}
            Err(error) => {
                files::say(format_args!("qingyang: {}: {error:#}", task.input.display()));
                failed = true;
                continue;
            }
        }
        let setting = run.settings.of(Some(&task.input))?;
        let before = if is_whole(run, &done, &setting, &task) { " (done before: skipped)" } else { "" };
        writeln!(out, "{} -> {}{before}", task.input.display(), task.output.display())?;
    }
    out.flush()?;
    if failed { Err(Failed::Said.into()) } else { Ok(()) }
}

/// Cleans one file.
fn work(run: &Run, task: Task, setting: Result<Arc<Setting>>) -> Outcome {
    let started = Instant::now();
    let mut outcome = Outcome::of(&task, Status::Failed);
    match setting.and_then(|setting| clean_file(run, &task, &setting, &mut outcome)) {
        Ok(stamp) => {
            outcome.status = Status::Cleaned;
            outcome.stamp = Some(stamp);
        }
        Err(error) => {
            outcome.hopeless = files::is_full(&error);
            outcome.broken = error.is::<Broken>();
            outcome.error = Some(format!("{error:#}"));
        }
    }
    outcome.seconds = started.elapsed().as_secs_f64();
    outcome
}

fn clean_file(run: &Run, task: &Task, setting: &Setting, outcome: &mut Outcome) -> Result<Stamp> {
    let name = files::name(Some(&task.input));
    let mut told = Told::new(run, setting, &name);
    let before = Stamp::look(&task.input).map_err(|e| files::explain(e, "read"))?;
    anyhow::ensure!(before.regular, "is a pipe or a device, not a file: send it through standard input");
    let mut known = issues::take(run, Some(&task.input)).transpose()?;
    let mut reader = match &mut known {
        Some(page) => page.reader(),
        None => files::open(&task.input)?,
    };
    if let Some(folder) = task.output.parent() {
        fs::create_dir_all(folder).map_err(|e| files::explain(e, "make the output folder"))?;
    }
    let mut output = Output::create(&task.output)?;
    let mut counts = Counts::default();
    let threshold = setting.args.uncertain.unwrap_or(CERTAIN);
    let (mut uncertain, mut han, mut ink, mut text) = (0u64, 0u64, 0u64, 0u64);
    let mut view = View::new(run.args.format);
    view.input(Some(&task.input.display().to_string()));
    let mut gather = run.args.report.as_ref().map(|_| Gather::new(threshold, report::SHOWN));
    let mut kept = Kept::new(&mut *reader, if gather.is_some() { report::SHOWN } else { 0 });
    let read = pipe::clean_stream(run, setting, (&name, known), &mut kept, &mut |proof, encoding| {
        told.take(&proof);
        if let Some(gather) = &mut gather {
            gather.take(&proof);
        }
        counts.merge(&proof.counts);
        text += proof.text.len() as u64;
        uncertain += proof.breaks.iter().filter(|b| b.probability.max(1.0 - b.probability) < threshold).count() as u64;
        if run.args.summary.is_some() {
            for jump in &proof.jumps {
                outcome.jumps[usize::from(jump.followed != Followed::Yes)] += 1;
            }
            for c in proof.text.chars().filter(|c| !c.is_whitespace()) {
                ink += 1;
                han += u64::from(qingyang::text::width::is_han(c));
            }
        }
        view.put(&proof, encoding, &mut output)
    })?;
    view.end(false, &mut output)?;
    let gathered = gather.map(|g| g.finish(kept, &read));
    drop(reader);
    let after = Stamp::look(&task.input).map_err(|e| files::explain(e, "read"))?;
    anyhow::ensure!(before == after, "changed while it was read: run again");
    // What is clean already stays as it is: a run that was broken off is run again without harm to its backups.
    let same = run.args.in_place
        && read.encoding.is_none_or(|e| e == Encoding::Utf8)
        && counts.iter().all(|(_, n)| n == 0)
        && text == read.bytes;
    if run.args.in_place && !same {
        if let Some(suffix) = &run.args.backup {
            keep(&task.output, suffix)?;
        }
        if let Ok(meta) = fs::metadata(&task.input) {
            output.permissions(meta.permissions());
        }
    }
    if let (Some(folder), Some(gathered)) = (&run.args.report, gathered) {
        outcome.report = Some(report::write_page(folder, &task.below, &gathered).context("--report")?);
    }
    let written = if same { before.size } else { output.commit()? };
    told.end(&read);
    outcome.told = Some(told);
    outcome.encoding = read.encoding.map(|e| e.name());
    outcome.malformed = read.malformed;
    outcome.counts = counts;
    outcome.uncertain = uncertain;
    // Less than a third Han among two hundred characters: another language, a table of figures, or a broken font.
    outcome.suspicious = ink >= 200 && han * 3 < ink;
    outcome.bytes = before.size;
    Ok(before.of(task, done_as(run, setting, task), written))
}

/// Keeps a file under its name and a suffix. One that is there already is kept if it holds something else; it may be
/// that of a run that was broken off.
fn keep(path: &Path, suffix: &OsStr) -> Result<()> {
    let mut kept = path.as_os_str().to_os_string();
    kept.push(suffix);
    let kept = Path::new(&kept);
    if kept.exists() {
        let same = fs::metadata(kept)?.len() == fs::metadata(path)?.len() && fs::read(kept)? == fs::read(path)?;
        anyhow::ensure!(same, "backup {} is there already, of another text: move it away", kept.display());
        return Ok(());
    }
    fs::hard_link(path, kept)
        .or_else(|_| fs::copy(path, kept).map(drop))
        .map_err(|e| files::explain(e, "keep a backup"))
}

/// Whether an earlier run did this file, as this one would.
fn is_whole(run: &Run, done: &Done, setting: &Setting, task: &Task) -> bool {
    done.holds(task, &done_as(run, setting, task)) && Index::has_page(run, setting, &task.below)
}

/// What a file is done with: its settings, and the other pages of its issue.
fn done_as(run: &Run, setting: &Setting, task: &Task) -> String {
    match issues::stamp(run, &task.input) {
        Some(issue) => format!("{} issue {issue:x}", setting.fingerprint),
        None => setting.fingerprint.clone(),
    }
}
