//! Folders: each text file goes to a file of its own in a mirrored tree, in parallel.

mod manifest;
mod outbox;
mod progress;
mod run;
mod settle;
mod shard;
mod tasks;
mod worker;
mod writer;

use super::in_order::InOrder;
use super::issues::Issues;
use super::memory::Memory;
use super::not_taken::tell_not_taken;
use super::records::shard::Work;
use crate::catalogue::{Say, help};
use crate::cli::plan::{Batch, Plan, Target};
use crate::cli::settings::Setting;
use crate::environment::{Console, Streams, say};
use crate::failure::{At, Failure, Kind, unwritten};
use crate::input::not_taken::NotTakenFiles;
use crate::messages::{Action, Message, Note, Place};
use crate::output::lock::FolderLock;
use crate::output::report::BatchReport;
use crate::output::sidecars::Sidecars;
use crate::output::temporary::remove_leftovers;
use crate::signals::POLL;
use crossbeam_channel::{Receiver, SendTimeoutError, Sender, bounded};
use indicatif::{ProgressBar, ProgressStyle};
use manifest::{Done, Manifest};
use outbox::{Outbox, Outcomes};
use progress::{Outcome, Progress, Status};
use qingyang_tell::chars::escaped;
use run::Run;
use settle::Unnamed;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tasks::{Planned, Task};

/// At most this many files are under way: listed, but not yet the turn of their outcome. Memory does not grow with the
/// number of files, and a slow file does not hold up the others for long.
const MAX_UNDER_WAY: usize = 256;

/// Of the files that may be under way, the listing thread gets the turns of one in so many at a time.
const TURNS: usize = 8;

/// Cleans every file of the plan.
pub fn run(plan: &Plan, batch: &Batch, streams: &mut Streams<'_>) -> Result<(), Failure> {
    plan.signals.listen();
    let own_names = tasks::need_own_names(plan, batch);
    tasks::check(plan, batch, own_names)?;
    let work = batch.records.as_ref().map(Work::new).transpose()?;
    let run = Run { plan, batch, issues: Issues::new(plan), own_names, work, hopeless: AtomicBool::new(false) };
    if batch.dry_run {
        return run.show(streams);
    }
    let mut results = Results::open(&run, streams.stderr)?;
    let done = results.manifest.as_mut().map(Manifest::take_done).unwrap_or_default();
    run.all(&done, &mut results, streams.stderr)?;
    results.finish(&run, streams.stderr)
}

impl Run<'_> {
    /// `--dry-run`: what would be read and written, and what a resumed run would skip.
    fn show(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let done = match &self.batch.target {
            Target::Folder { out, .. } if self.batch.resume => Done::read(out, self.plan)?,
            _ => Done::default(),
        };
        let mut out = BufWriter::new(&mut *streams.stdout);
        let (mut failed, mut none, mut left) = (false, true, NotTakenFiles::default());
        for planned in self.tasks() {
            let line = match planned {
                Ok(Planned::Skip(input)) => {
                    left.file(&input);
                    Ok(Note::PlannedSkip { input })
                }
                Ok(Planned::Link(input)) => {
                    left.link();
                    Ok(Note::PlannedLink { input })
                }
                Ok(Planned::Clean(task)) => {
                    none = false;
                    self.planned(&done, task)?
                }
                Err(failure) => Err(failure),
            };
            match line {
                Ok(line) => {
                    writeln!(out, "{}", escaped(&line.said(self.plan.language).to_string())).map_err(unwritten)?
                }
                Err(failure) => {
                    say(streams.stderr, failure);
                    failed = true;
                }
            }
        }
        out.flush().map_err(unwritten)?;
        if self.batch.counts {
            tell_not_taken(none, left, streams.stderr);
        }
        if failed { Err(Failure::reported(1)) } else { Ok(()) }
    }

    /// The line of a task, or why its input cannot be read.
    fn planned(&self, done: &Done, task: Task) -> Result<Result<Note, Failure>, Failure> {
        if let Err(error) = fs::metadata(&task.input) {
            return Ok(Err(Failure::io(Action::Read, &error).at(Place::path(&task.input))));
        }
        let setting = self.plan.settings.of(Some(&task.input))?;
        let done = self.is_done(done, &setting, &task);
        Ok(Ok(Note::Planned { input: task.input, output: task.output, done }))
    }

    /// Lists the work in one thread, does it in others, and takes the results in this one.
    fn all(&self, done: &Done, results: &mut Results, stderr: &mut dyn Console) -> Result<(), Failure> {
        let (tasks, waiting) = bounded::<Numbered<Assigned>>(MAX_UNDER_WAY);
        let (outcomes, finished) = bounded::<Outcomes>(MAX_UNDER_WAY);
        let under_way = self.max_under_way(MAX_UNDER_WAY);
        let (turn, turns) = bounded::<()>(under_way);
        std::thread::scope(|scope| {
            if self.batch.progress {
                let bar = results.progress.bar();
                scope.spawn(move || self.count(&bar));
            }
            let listed = outcomes.clone();
            scope.spawn(move || self.list(done, &tasks, &listed, &turn));
            for n in 0..self.jobs() {
                let (waiting, outcomes) = (waiting.clone(), outcomes.clone());
                let worker = std::thread::Builder::new().spawn_scoped(scope, move || self.work(&waiting, &outcomes));
                match worker {
                    Ok(_) => {}
                    // No memory for one more: fewer workers do it as well.
                    Err(_) if n > 0 => break,
                    Err(e) => return Err(Failure::io(Action::StartWorker, &e)),
                }
            }
            drop((waiting, outcomes));
            // Dropped when this closure ends, so that the listing thread ends too.
            let turns = turns;
            let mut order = InOrder::new();
            let mut taken = 0;
            for (number, outcome) in finished.into_iter().flatten() {
                // Not only at its turn: the workers must not go on until then.
                if outcome.is_hopeless() {
                    self.hopeless.store(true, Ordering::Relaxed);
                }
                for outcome in order.add(number, outcome) {
                    results.add(self, outcome, stderr)?;
                    taken += 1;
                }
                // Several at once, so that the listing thread wakes less often.
                if taken * TURNS >= under_way {
                    turns.try_iter().take(taken).for_each(drop);
                    taken = 0;
                }
            }
            order.rest().try_for_each(|outcome| results.add(self, outcome, stderr))
        })
    }

    /// Counts the files, so that the bar shows how many there are and how long they will take.
    fn count(&self, bar: &ProgressBar) {
        let files = self.tasks().take_while(|_| !self.ends()).count() as u64;
        if let Ok(style) = ProgressStyle::with_template(help(self.plan.language).progress[1]) {
            bar.set_style(style);
        }
        bar.set_length(files);
    }

    /// Lists the tasks. Files that need no work are finished at once.
    fn list(&self, done: &Done, tasks: &Sender<Numbered<Assigned>>, outcomes: &Sender<Outcomes>, turn: &Sender<()>) {
        let mut outbox = Outbox::new(outcomes);
        for (number, planned) in (0..).zip(self.tasks()) {
            if !self.waits_for_turn(turn, &mut outbox) {
                break;
            }
            let sent = match planned {
                Ok(Planned::Clean(task)) => {
                    // Looked up here, so that the workers share no lock. A broken file is reported at its turn.
                    let setting = self.plan.settings.of(Some(&task.input));
                    if self.batch.resume && setting.as_ref().is_ok_and(|s| self.is_done(done, s, &task)) {
                        outbox.add(number, Outcome::of(&task, Status::DoneBefore))
                    } else {
                        // The outcomes of the files behind it, which may take long, wait for those before it.
                        outbox.send() && tasks.send((number, (task, setting))).is_ok()
                    }
                }
                Ok(Planned::Skip(path)) => outbox.add(number, Outcome::skipped(path)),
                Ok(Planned::Link(path)) => outbox.add(number, Outcome::link(path)),
                Err(failure) => outbox.add(number, Outcome::not_walked(failure)),
            };
            if !sent {
                break;
            }
        }
        outbox.send();
    }

    /// Waits until one more file may be under way; false if the run ends. The workers of a run that ends drop their
    /// tasks, so that a turn may never come.
    fn waits_for_turn(&self, turn: &Sender<()>, outbox: &mut Outbox<'_>) -> bool {
        if turn.try_send(()).is_ok() {
            return !self.ends();
        }
        outbox.send();
        while !self.ends() {
            match turn.send_timeout((), POLL) {
                Ok(()) => return !self.ends(),
                Err(SendTimeoutError::Timeout(())) => {}
                Err(SendTimeoutError::Disconnected(())) => return false,
            }
        }
        false
    }

    /// Does the tasks as they come.
    fn work(&self, waiting: &Receiver<Numbered<Assigned>>, outcomes: &Sender<Outcomes>) {
        let mut outbox = Outbox::new(outcomes);
        let mut unnamed = Unnamed::new(self.max_unnamed());
        let mut memory = Memory::default();
        loop {
            // The others may wait for the outcomes that this worker keeps, so it does not wait with them.
            let work = waiting.try_recv().or_else(|_| {
                unnamed.settle(&mut outbox);
                outbox.send();
                waiting.recv()
            });
            let Ok((number, (task, setting))) = work else { break };
            if self.ends() {
                break;
            }
            let (outcome, whole) = worker::work(self, &task, setting, &mut memory);
            let sent = match whole {
                Some(whole) => unnamed.add((number, outcome), whole, &mut outbox),
                None => outbox.add(number, outcome),
            };
            // The next file of records may take hours.
            if !sent || self.work.is_some() && !outbox.send() {
                break;
            }
        }
        unnamed.settle(&mut outbox);
        outbox.send();
    }
}

/// A task and the setting of its input.
type Assigned = (Task, Result<Arc<Setting>, Failure>);

/// Something with the number of its file in the walk.
type Numbered<T> = (u64, T);

/// Takes the outcomes in the order of the walk.
struct Results {
    /// Held until the batch ends.
    _locks: Vec<FolderLock>,
    manifest: Option<Manifest>,
    sidecars: Sidecars,
    progress: Progress,
    report: Option<BatchReport>,
}

impl Results {
    /// Begins the files that a batch writes beside its outputs.
    fn open(run: &Run<'_>, stderr: &mut dyn Console) -> Result<Results, Failure> {
        let (plan, batch) = (run.plan, run.batch);
        let (locks, manifest) = match &batch.target {
            Target::Folder { out, .. } => {
                fs::create_dir_all(out)
                    .map_err(|e| Failure::io(Action::CreateOutputFolder, &e))
                    .at(|| Place::path(out))?;
                (lock(out, stderr)?.into_iter().collect(), Some(Manifest::open(out, plan, batch.resume)?))
            }
            Target::InPlace { .. } => {
                // A folder that was given twice is locked once.
                let roots: BTreeSet<PathBuf> = plan
                    .inputs
                    .iter()
                    .filter(|root| root.is_dir())
                    .filter_map(|root| root.canonicalize().ok())
                    .collect();
                let mut locks = Vec::new();
                for root in &roots {
                    match lock(root, stderr) {
                        Ok(lock) => locks.extend(lock),
                        // Nothing can be made in it: its files will say so, those in folders below may be written.
                        Err(failure) if matches!(*failure.message, Message::Io { .. }) => {}
                        Err(failure) => return Err(failure),
                    }
                    remove_leftovers(root);
                }
                (locks, None)
            }
        };
        let sidecars = Sidecars::open(&plan.sidecars, &plan.signals)?;
        let progress = Progress::new(plan, batch)?;
        let report = plan.report.as_deref().map(|folder| BatchReport::open(folder, plan.language)).transpose()?;
        Ok(Results { _locks: locks, manifest, sidecars, progress, report })
    }

    fn add(&mut self, run: &Run<'_>, mut outcome: Outcome, stderr: &mut dyn Console) -> Result<(), Failure> {
        if let (Some(manifest), Some(finished)) = (&mut self.manifest, &outcome.finished)
            && let Err(failure) = manifest.add(&outcome.below, finished)
        {
            // The output itself is whole; without its line a resumed run only does it again. No later file would get
            // its line.
            outcome.failure = Some(Failure { kind: Kind::Full, ..failure });
            outcome.status = Status::Failed;
        }
        if outcome.is_hopeless() {
            run.hopeless.store(true, Ordering::Relaxed);
        }
        if let Some(report) = &mut self.report {
            let failure = outcome.failure.as_ref().map(|f| f.said(run.plan.language).to_string());
            match outcome.status {
                Status::Skipped | Status::Link => report.skip(&outcome.path),
                _ => {
                    let listed = failure.map_or_else(|| Ok(outcome.report.take()), Err);
                    report.add(&outcome.below, outcome.output.as_deref(), listed);
                }
            }
        }
        self.progress.add(&outcome, stderr)?;
        if let Some(record) = &mut outcome.sidecar {
            self.progress.suspend(|| self.sidecars.write(record, stderr))?;
        }
        Ok(())
    }

    fn finish(self, run: &Run<'_>, stderr: &mut dyn Console) -> Result<(), Failure> {
        if let Some(manifest) = self.manifest.filter(|_| !run.hopeless.load(Ordering::Relaxed)) {
            manifest.close()?;
        }
        // What stands beside the outputs is about all of them. A part of it under the final name would be taken for the
        // whole, and a resumed run writes its own.
        let ended = run.ends();
        match ended {
            true => self.sidecars.give_up(stderr),
            false => self.sidecars.finish(stderr)?,
        }
        match self.report {
            Some(report) if ended => say(stderr, report.give_up()),
            Some(report) => report.finish()?,
            None => {}
        }
        if run.plan.signals.caught().is_some() && matches!(run.batch.target, Target::Folder { .. }) && run.batch.counts
        {
            say(stderr, Note::ResumeGoesOn);
        }
        self.progress.finish(ended, stderr)
    }
}

/// Locks a folder. A file system without locks gets a warning.
fn lock(out: &Path, stderr: &mut dyn Console) -> Result<Option<FolderLock>, Failure> {
    match FolderLock::take(out) {
        Ok(lock) => Ok(Some(lock)),
        Err(Err(failure)) => Err(failure),
        Err(Ok(warning)) => {
            say(stderr, warning);
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::plan::Mode;
    use crate::cli::{Request, request};
    use crate::environment::{Environment, Stderr};
    use qingyang_tell::Language;
    use std::ffi::OsString;

    /// Calls `test` with the run of the tool on these words.
    fn with_run(words: Vec<OsString>, test: impl FnOnce(&Run<'_>, &mut Streams<'_>)) {
        let mut stderr = Stderr { stream: &mut Vec::new(), language: Language::English };
        let mut streams = Streams { stdin: &mut &b""[..], stdout: &mut Vec::new(), stderr: &mut stderr };
        let Ok(Request::Clean(plan)) = request(words, &Environment::default(), &mut streams) else {
            unreachable!("the words ask for a run")
        };
        let Mode::Batch(batch) = &plan.mode else { unreachable!("the words name a folder") };
        let issues = Issues::new(&plan);
        let run = Run { plan: &plan, batch, issues, own_names: false, work: None, hopeless: AtomicBool::new(false) };
        test(&run, &mut streams);
    }

    /// A folder with two texts and one file that is none, and the words that clean it.
    fn folder_of_texts() -> (tempfile::TempDir, Vec<OsString>) {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["in/a.txt", "in/b/c.txt", "in/notes.md"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "渠水流过桥头镇。\n").expect("a file");
        }
        let words = vec![folder.path().join("in").into(), "-o".into(), folder.path().join("out").into()];
        (folder, words)
    }

    /// The bar counts every file of the walk, those that are not taken too, for each of them moves it.
    #[test]
    fn the_bar_learns_how_many_files_there_are() {
        let (_folder, words) = folder_of_texts();
        with_run(words, |run, streams| {
            let bar = ProgressBar::hidden();
            run.count(&bar);
            assert_eq!(bar.length(), Some(3));
            let mut results = Results::open(run, streams.stderr).expect("the outputs");
            let moved = results.progress.bar();
            run.all(&Done::default(), &mut results, streams.stderr).expect("a run");
            assert_eq!(moved.position(), 3);
        });
    }

    #[test]
    fn a_file_that_needs_no_work_does_not_wait_for_those_behind_it() {
        let (folder, words) = folder_of_texts();
        fs::write(folder.path().join("in/0.md"), "").expect("a file");
        with_run(words, |run, _| {
            let (tasks, waiting) = bounded(0);
            let (outcomes, finished) = bounded(3);
            let (turn, _turns) = bounded(9);
            std::thread::scope(|scope| {
                let listing = scope.spawn(|| run.list(&Done::default(), &tasks, &outcomes, &turn));
                // Nobody has taken a task.
                let sent = finished.recv_timeout(std::time::Duration::from_secs(60));
                assert!(matches!(&sent.expect("an outcome")[..], [(0, _)]));
                drop(waiting);
                listing.join().expect("it ends");
            });
        });
    }

    #[test]
    fn the_listing_ends_with_the_run_though_no_turn_comes() {
        let (_folder, words) = folder_of_texts();
        with_run(words, |run, _| {
            let (tasks, _waiting) = bounded(3);
            let (outcomes, _finished) = bounded(3);
            let (turn, _turns) = bounded(0);
            std::thread::scope(|scope| {
                let listing = scope.spawn(|| run.list(&Done::default(), &tasks, &outcomes, &turn));
                run.hopeless.store(true, Ordering::Relaxed);
                listing.join().expect("it ends");
            });
            assert_eq!(tasks.len(), 0);
        });
    }
}
