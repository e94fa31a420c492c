//! What a batch reports: progress on a terminal, every error, and a record of each file if the user wants one.

use super::manifest::Finished;
use super::tasks::Task;
use crate::catalogue::{Say, help};
use crate::cli::plan::{Batch, Plan};
use crate::environment::{Console, say};
use crate::failure::{At, Failure, Kind, unwritten};
use crate::input::not_taken::NotTakenFiles;
use crate::messages::{FileCounts, FileFault, Note, Place};
use crate::output::file::OutputFile;
use crate::output::sidecars::SidecarRecord;
use crate::run::records::shard::Counts as RecordCounts;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use qingyang::Counts;
use qingyang::suspicion::Suspicion;
use qingyang_tell::Language;
use qingyang_tell::report::Summary;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::PathBuf;

const SUMMARY: Place = Place::Option("--summary");

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Cleaned,
    /// Done by an earlier run.
    DoneBefore,
    /// Not text by its name.
    Skipped,
    /// A symbolic link that is not followed.
    Link,
    Failed,
}

/// What is known of a file after its turn.
pub struct Outcome {
    pub path: PathBuf,
    /// The path below the folder that was given.
    pub below: PathBuf,
    /// Where its output goes.
    pub output: Option<PathBuf>,
    pub status: Status,
    /// Whether it was clean already.
    pub unchanged: bool,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The first faulty records.
    pub faults: Vec<Failure>,
    /// The first suspicious records, each with its place.
    pub suspicious: Vec<(Place, Vec<Suspicion>)>,
    /// Its line of the manifest.
    pub finished: Option<Finished>,
    /// What the output could not take over from the file that it replaced.
    pub warning: Option<Note>,
    pub figures: Figures,
    /// The summary of its page of the report.
    pub report: Option<Summary>,
    /// What it adds to the ledger and to the list of decisions.
    pub sidecar: Option<SidecarRecord>,
}

/// The figures of a file for the summary.
#[derive(Default)]
pub struct Figures {
    pub encoding: Option<&'static str>,
    pub bytes: u64,
    pub malformed: u64,
    pub counts: Counts,
    pub uncertain: u64,
    /// Jump lines of an issue that were followed, and that were not.
    pub jumps: [u64; 2],
    /// Why the text is probably not what the page printed.
    pub suspicions: Vec<Suspicion>,
    /// Of a file of JSON Lines.
    pub records: Option<RecordCounts>,
}

impl Outcome {
    /// The outcome of a task.
    pub fn of(task: &Task, status: Status) -> Outcome {
        Outcome {
            below: task.below.clone(),
            output: Some(task.output.clone()),
            ..Outcome::new(task.input.clone(), status)
        }
    }

    /// The outcome of a file that is not text by its name.
    pub fn skipped(path: PathBuf) -> Outcome {
        Outcome::new(path, Status::Skipped)
    }

    /// The outcome of a symbolic link that is not followed.
    pub fn link(path: PathBuf) -> Outcome {
        Outcome::new(path, Status::Link)
    }

    /// The outcome of a folder that cannot be walked.
    pub fn not_walked(failure: Failure) -> Outcome {
        Outcome { failure: Some(failure), ..Outcome::new(PathBuf::new(), Status::Failed) }
    }

    fn new(path: PathBuf, status: Status) -> Outcome {
        let (below, figures) = Default::default();
        let (failure, finished, warning) = (None, None, None);
        Outcome {
            path,
            below,
            output: None,
            status,
            unchanged: false,
            failure,
            faults: Vec::new(),
            suspicious: Vec::new(),
            finished,
            warning,
            figures,
            report: None,
            sidecar: None,
        }
    }

    /// Whether every later file would fail as well.
    pub fn is_hopeless(&self) -> bool {
        self.failure.as_ref().is_some_and(|f| f.kind == Kind::Full)
    }

    /// The record of the summary.
    fn record(&self) -> Value {
        let status = match self.status {
            Status::Cleaned => "cleaned",
            Status::DoneBefore => "done before",
            Status::Skipped => "not text",
            Status::Link => "symbolic link",
            Status::Failed => "failed",
        };
        let f = &self.figures;
        let names = |all: &[Suspicion]| all.iter().map(|s| s.name()).collect::<Vec<_>>();
        if let Some(counts) = &f.records {
            return json!({
                "path": self.path.to_string_lossy(), "status": status,
                "error": self.failure.as_ref().map(|f| f.said(Language::English).to_string()), "bytes": f.bytes,
                "records": counts.records, "unchanged": counts.unchanged, "failed": counts.failed,
                "suspicious": counts.suspicious > 0, "suspicions": names(&counts.suspicions),
                "suspicious_records": counts.suspicious,
            });
        }
        let edits: Map<String, Value> = f.counts.iter().map(|(r, n)| (r.name().to_string(), n.into())).collect();
        json!({
            "path": self.path.to_string_lossy(), "status": status,
            "error": self.failure.as_ref().map(|f| f.said(Language::English).to_string()), "encoding": f.encoding, "bytes": f.bytes,
            "malformed": f.malformed, "edits": edits, "uncertain_breaks": f.uncertain,
            "jumps": { "followed": f.jumps[0], "open": f.jumps[1] }, "suspicious": !f.suspicions.is_empty(),
            "suspicions": names(&f.suspicions),
        })
    }
}

/// Takes the outcomes as they come.
pub struct Progress {
    bar: ProgressBar,
    summary: Option<OutputFile>,
    /// Whether the counts are printed at the end.
    counts: bool,
    /// Whether a failure has been reported that every later file would meet.
    hopeless: bool,
    settings_failed: bool,
    files: [u64; 5],
    unchanged: u64,
    /// Of JSON Lines.
    records: Option<RecordCounts>,
    not_taken: NotTakenFiles,
    /// Files of articles.
    articles: Option<u64>,
}

impl Progress {
    /// Begins the summary and shows the progress bar.
    pub fn new(plan: &Plan, batch: &Batch) -> Result<Progress, Failure> {
        let target = if batch.progress { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template(help(plan.language).progress[0]) {
            bar.set_style(style);
        }
        let summary = batch.summary.as_deref().map(|path| OutputFile::named(path, &plan.signals)).transpose()?;
        let (counts, files) = (batch.counts, [0; 5]);
        let (unchanged, not_taken) = Default::default();
        let articles = batch.per_article.then_some(0);
        let records = batch.records.as_ref().map(|_| RecordCounts::default());
        let (hopeless, settings_failed) = (false, false);
        Ok(Progress { bar, summary, counts, hopeless, settings_failed, files, unchanged, records, not_taken, articles })
    }

    /// Takes an outcome.
    pub fn add(&mut self, outcome: &Outcome, stderr: &mut dyn Console) -> Result<(), Failure> {
        self.files[outcome.status as usize] += 1;
        self.unchanged += u64::from(outcome.unchanged);
        match outcome.status {
            Status::Skipped => self.not_taken.file(&outcome.path),
            Status::Link => self.not_taken.link(),
            Status::Cleaned | Status::DoneBefore | Status::Failed => {}
        }
        if let (Some(articles), Some(finished)) = (&mut self.articles, &outcome.finished) {
            *articles += finished.articles.as_ref().map_or(0, |names| names.len() as u64);
        }
        self.bar.inc(1);
        let message = Note::Progress { failed: self.files[Status::Failed as usize] };
        self.bar.set_message(message.said(stderr.language()).to_string());
        self.add_records(outcome, stderr);
        if let Some(failure) = &outcome.failure {
            self.settings_failed |= failure.kind == Kind::Settings;
            // A full disk fails all workers at once, and is reported once.
            let reported = self.hopeless && outcome.is_hopeless();
            self.hopeless |= outcome.is_hopeless();
            let named = !outcome.path.as_os_str().is_empty();
            let failure = failure.clone();
            let failure = if named { failure.at(Place::path(&outcome.path)) } else { failure };
            if !reported {
                self.bar.suspend(|| say(stderr, failure));
            }
        }
        if let Some(warning) = outcome.warning.clone().filter(|_| self.counts) {
            self.bar.suspend(|| say(stderr, warning));
        }
        if !outcome.figures.suspicions.is_empty() && self.counts {
            let input = outcome.path.display().to_string();
            let all = outcome.figures.suspicions.clone();
            self.bar.suspend(|| say(stderr, Note::Suspicious { input, all }));
        }
        if let Some(out) = &mut self.summary {
            writeln!(out, "{}", outcome.record()).map_err(unwritten).at(|| SUMMARY)?;
        }
        Ok(())
    }

    /// Takes what became of the records of a file.
    fn add_records(&mut self, outcome: &Outcome, stderr: &mut dyn Console) {
        for fault in &outcome.faults {
            let fault = fault.clone().at(Place::path(&outcome.path));
            self.bar.suspend(|| say(stderr, fault));
        }
        let input = outcome.path.display().to_string();
        for (at, all) in outcome.suspicious.iter().filter(|_| self.counts) {
            let note = Note::SuspiciousRecord { input: input.clone(), at: at.clone(), all: all.clone() };
            self.bar.suspend(|| say(stderr, note));
        }
        let Some(counts) = &outcome.figures.records else { return };
        let (failed, suspicious) = counts.not_told();
        if failed > 0 {
            self.bar.suspend(|| say(stderr, Note::MoreRecordsFailed { input: input.clone(), more: failed }));
        }
        if suspicious > 0 && self.counts {
            self.bar.suspend(|| say(stderr, Note::MoreRecordsSuspicious { input, more: suspicious }));
        }
        self.records.get_or_insert_default().add(counts);
    }

    /// The bar, for the thread that counts the files.
    pub fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// Does something that may print on standard error.
    pub fn suspend<T>(&self, something: impl FnOnce() -> T) -> T {
        self.bar.suspend(something)
    }

    /// Ends; fails if a file failed. A run that ended before its last file leaves no summary.
    pub fn finish(self, ended: bool, stderr: &mut dyn Console) -> Result<(), Failure> {
        self.bar.finish_and_clear();
        match self.summary {
            Some(out) if ended => {
                let failure = out.give_up(FileFault::NotWrittenEnded);
                failure.into_iter().for_each(|failure| say(stderr, failure.at(SUMMARY)));
            }
            Some(out) => out.commit().at(|| SUMMARY)?.warning.into_iter().for_each(|warning| say(stderr, warning)),
            None => {}
        }
        let [cleaned, done_before, not_text, _, failed] = self.files;
        if self.counts {
            let (unchanged, not_taken) = (self.unchanged, self.not_taken.counts());
            if cleaned + done_before + failed == 0 && !ended {
                say(stderr, Note::NothingTaken);
            }
            let counts = FileCounts { cleaned, unchanged, done_before, not_text, failed, not_taken };
            say(stderr, Note::Counts(counts));
            self.articles.into_iter().for_each(|files| say(stderr, Note::ArticlesWritten { files }));
            if let Some(RecordCounts { records, unchanged, failed, suspicious, .. }) = self.records {
                say(stderr, Note::RecordCounts { records, unchanged, failed, suspicious });
            }
        }
        let records_failed = self.records.as_ref().map_or(0, |records| records.failed);
        match (failed + records_failed, self.settings_failed) {
            (_, true) => Err(Failure::reported(2)),
            (0, false) => Ok(()),
            _ => Err(Failure::reported(1)),
        }
    }
}
