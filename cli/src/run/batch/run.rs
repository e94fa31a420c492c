//! What all threads of a batch share.

use super::manifest::Done;
use super::tasks::{self, Planned, Task};
use crate::cli::plan::{Batch, Plan};
use crate::cli::settings::Setting;
use crate::failure::Failure;
use crate::input::file::max_open;
use crate::output::report::has_page;
use crate::run::issues::Issues;
use crate::run::pool;
use crate::run::records::shard::Work;
use std::sync::atomic::{AtomicBool, Ordering};

/// Files that a worker has open at once, with one for the system.
const FILES_OF_WORKER: usize = 3;

/// Other open files: the three streams, the manifest, the summary, the folders on the way of the walk.
const OTHER_FILES: usize = 20;

/// Outputs of one sync at most, each with an open file.
const MAX_UNNAMED: usize = 64;

/// What all workers share.
pub struct Run<'a> {
    pub plan: &'a Plan,
    pub batch: &'a Batch,
    pub issues: Issues<'a>,
    /// Whether the files of each input folder stay below a folder of its name.
    pub own_names: bool,
    /// What is done with each record, if the files are JSON Lines.
    pub work: Option<Work<'a>>,
    /// Set when every later file would fail as well.
    pub hopeless: AtomicBool,
}

impl Run<'_> {
    /// Whether the run ends before its last file.
    pub fn ends(&self) -> bool {
        self.plan.signals.caught().is_some() || self.hopeless.load(Ordering::Relaxed)
    }

    pub fn tasks(&self) -> impl Iterator<Item = Result<Planned, Failure>> + '_ {
        tasks::tasks(self.plan, self.batch, self.own_names)
    }

    /// How many workers there are.
    pub fn jobs(&self) -> usize {
        pool::workers(self.batch.jobs).min(max_open().saturating_sub(OTHER_FILES) / FILES_OF_WORKER).max(1)
    }

    /// How many workers share a file of records. Where there are fewer files than workers, those that are left help.
    pub fn workers_of_shard(&self) -> usize {
        let jobs = self.jobs();
        let files = self.tasks().filter(|task| matches!(task, Ok(Planned::Clean(_)))).take(jobs).count();
        (jobs / files.max(1)).max(1)
    }

    /// How many files may be under way, at most `wanted`: what one adds to the ledger may be in an open temporary file.
    pub fn max_under_way(&self, wanted: usize) -> usize {
        wanted.min(max_open() / 4).max(1)
    }

    /// How many outputs of a worker may wait for one sync, each with an open file.
    pub fn max_unnamed(&self) -> usize {
        let open = max_open();
        let of_worker = open.saturating_sub(OTHER_FILES + open / 4) / self.jobs();
        of_worker.saturating_sub(FILES_OF_WORKER).clamp(1, MAX_UNNAMED)
    }

    /// What a file is cleaned with: its settings, and the other pages of its issue.
    pub fn options_of(&self, setting: &Setting, task: &Task) -> String {
        match self.issues.stamp(&task.input) {
            Some(issue) => format!("{} issue {issue}", setting.fingerprint),
            None => setting.fingerprint.clone(),
        }
    }

    /// Whether an earlier run did this file as this run would.
    pub fn is_done(&self, done: &Done, setting: &Setting, task: &Task) -> bool {
        done.contains(task, &self.options_of(setting, task))
            && self.plan.report.as_ref().is_none_or(|folder| has_page(folder, &task.below, setting.threshold()))
    }
}
