//! What is told of a batch: progress on a terminal, errors always, a record a file where asked.

use super::manifest::{Stamp, fingerprint};
use super::tasks::Task;
use crate::cli::args::Run;
use crate::output::file as files;
use crate::output::file::Output;
use crate::output::sidecars::Told;
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use qingyang::Counts;
use serde_json::{Map, json};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Cleaned,
    /// Done by an earlier run.
    Resumed,
    /// Not text by its name.
    Skipped,
    Failed,
}

/// The record of a file.
pub struct Outcome {
    pub path: PathBuf,
    /// The same below what was given.
    pub below: PathBuf,
    pub status: Status,
    pub stamp: Option<Stamp>,
    pub error: Option<String>,
    pub encoding: Option<&'static str>,
    pub malformed: u64,
    pub counts: Counts,
    pub uncertain: u64,
    /// Jump lines of an issue that were followed, and that were not.
    pub jumps: [u64; 2],
    /// The figures of its report, where one was written.
    pub report: Option<serde_json::Value>,
    pub suspicious: bool,
    /// Every later file would fail as well: the run ends.
    pub hopeless: bool,
    /// Its settings file cannot be used.
    pub broken: bool,
    /// What goes to the ledger and the list of decisions.
    pub told: Option<Told>,
    pub bytes: u64,
    pub seconds: f64,
}

impl Outcome {
    /// Of a task.
    pub fn of(task: &Task, status: Status) -> Outcome {
        Outcome { below: task.below.clone(), ..Outcome::new(task.input.clone(), status) }
    }

    /// Of a file that is not text by its name.
    pub fn skipped(path: PathBuf) -> Outcome {
        Outcome::new(path, Status::Skipped)
    }

    /// Of something that could not be walked.
    pub fn failed_walk(error: anyhow::Error) -> Outcome {
        Outcome { error: Some(format!("{error:#}")), ..Outcome::new(PathBuf::new(), Status::Failed) }
    }

    fn new(path: PathBuf, status: Status) -> Outcome {
        Outcome {
            path,
            below: PathBuf::new(),
            status,
            stamp: None,
            error: None,
            encoding: None,
            malformed: 0,
            counts: Counts::default(),
            uncertain: 0,
            jumps: [0; 2],
            report: None,
            suspicious: false,
            hopeless: false,
            broken: false,
            told: None,
            bytes: 0,
            seconds: 0.0,
        }
    }
}

/// Takes the outcomes as they come.
pub struct Report {
    bar: ProgressBar,
    summary: Option<Output>,
    quiet: bool,
    terminal: bool,
    resumes: bool,
    hopeless: bool,
    broken: bool,
    counts: [u64; 4],
}

impl Report {
    /// As the arguments ask.
    pub fn new(run: &Run) -> Result<Report> {
        let terminal = std::io::stderr().is_terminal();
        let target =
            if terminal && !run.args.quiet { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} files, {msg}, {per_sec}, {elapsed}") {
            bar.set_style(style);
        }
        let mut summary = match &run.args.summary {
            Some(path) => Some(Output::named(path).with_context(|| path.display().to_string())?),
            None => None,
        };
        if let Some(out) = &mut summary {
            let head = json!({ "version": env!("CARGO_PKG_VERSION"), "options": fingerprint(run) });
            writeln!(out, "{head}").map_err(files::unwritten).context("--summary")?;
        }
        Ok(Report {
            bar,
            summary,
            quiet: run.args.quiet,
            terminal,
            resumes: run.args.resume,
            hopeless: false,
            broken: false,
            counts: [0; 4],
        })
    }

    /// Takes one outcome.
    pub fn take(&mut self, o: &Outcome) -> Result<()> {
        self.counts[o.status as usize] += 1;
        self.bar.inc(1);
        self.bar.set_message(format!("{} failed", self.counts[Status::Failed as usize]));
        // The disk is full for all workers at once: said once.
        let told = self.hopeless;
        self.hopeless |= o.hopeless;
        self.broken |= o.broken;
        if let Some(error) = o.error.as_ref().filter(|_| !(told && o.hopeless)) {
            let place = if o.path.as_os_str().is_empty() { String::new() } else { format!("{}: ", o.path.display()) };
            self.bar.suspend(|| files::say(format_args!("qingyang: {place}{error}")));
        }
        if let Some(out) = &mut self.summary {
            let edits: Map<String, serde_json::Value> =
                o.counts.iter().map(|(r, n)| (r.name().to_string(), n.into())).collect();
            let status = match o.status {
                Status::Cleaned => "cleaned",
                Status::Resumed => "done before",
                Status::Skipped => "not text",
                Status::Failed => "failed",
            };
            let record = json!({
                "path": o.path.to_string_lossy(), "status": status, "error": o.error, "encoding": o.encoding, "bytes": o.bytes,
                "malformed": o.malformed, "edits": edits, "uncertain_breaks": o.uncertain,
                "jumps": { "followed": o.jumps[0], "open": o.jumps[1] }, "suspicious": o.suspicious,
                "seconds": (o.seconds * 1e6).round() / 1e6,
            });
            writeln!(out, "{record}").map_err(files::unwritten).context("--summary")?;
        }
        Ok(())
    }

    /// Does something that may say a line on standard error.
    pub fn aside<T>(&self, something: impl FnOnce() -> T) -> T {
        self.bar.suspend(something)
    }

    /// Ends; returns how many failed, and whether any did because its settings file cannot be used.
    pub fn finish(self) -> Result<(u64, bool)> {
        self.bar.finish_and_clear();
        if let Some(out) = self.summary {
            out.commit().context("--summary")?;
        }
        let [cleaned, resumed, skipped, failed] = self.counts;
        if !self.quiet && (self.terminal || self.resumes || failed > 0) {
            files::say(format_args!(
                "qingyang: {cleaned} cleaned, {resumed} done before, {skipped} not text, {failed} failed"
            ));
        }
        Ok((failed, self.broken))
    }
}
