//! One file of a batch, from its input to its finished output.

use super::manifest::{Finished, Stamp};
use super::progress::{Figures, Outcome, Status};
use super::run::Run;
use super::settle::Replacement;
use super::shard::clean_shard;
use super::tasks::Task;
use super::writer::{Whole, Writer};
use crate::cli::plan::Target;
use crate::cli::settings::Setting;
use crate::failure::Failure;
use crate::input::file;
use crate::input::tee::Tee;
use crate::messages::{FileFault, Note};
use crate::output::backup;
use crate::output::report::{pictures, write_page};
use crate::output::sidecars::SidecarRecord;
use crate::output::views::Format;
use crate::run::clean::{Input, Summary, clean, lay_out, offer, tell};
use crate::run::guard::guarded;
use crate::run::judged::suspicions;
use crate::run::memory::Memory;
use crate::run::open::{Opened, open};
use qingyang::decode::Encoding;
use qingyang::suspicion::Judge;
use qingyang::{Followed, Proof};
use qingyang_tell::report::{Collected, Collector, MAX_SHOWN_BYTES};
use qingyang_tell::{CERTAIN, is_uncertain};
use std::io;
use std::sync::Arc;

/// Cleans one file. An output that replaces its input is whole and has no name yet.
pub fn work(
    run: &Run<'_>,
    task: &Task,
    setting: Result<Arc<Setting>, Failure>,
    memory: &mut Memory,
) -> (Outcome, Option<Replacement>) {
    let mut outcome = Outcome::of(task, Status::Failed);
    let mut replacement = None;
    let done = setting.and_then(|setting| {
        guarded(|| match &run.work {
            Some(work) => clean_shard(run, work, task, &setting, &mut outcome).map(|finished| (finished, None)),
            None => clean_file(run, task, &setting, memory, &mut outcome),
        })
    });
    match done {
        Ok((finished, whole)) => {
            outcome.status = Status::Cleaned;
            outcome.finished = Some(finished);
            replacement = whole;
        }
        // It only began like a layout.
        Err(failure) if task.optional && failure.is_unknown_layout() => outcome.status = Status::Skipped,
        Err(failure) => outcome.failure = Some(failure),
    }
    (outcome, replacement)
}

fn clean_file(
    run: &Run<'_>,
    task: &Task,
    setting: &Setting,
    memory: &mut Memory,
    outcome: &mut Outcome,
) -> Result<(Finished, Option<Replacement>), Failure> {
    let plan = run.plan;
    let name = file::name(Some(&task.input));
    let mut sidecar = SidecarRecord::new(&plan.sidecars, &name, &setting.options, setting.uncertain, CERTAIN);
    let before = Stamp::of_input(&task.input)?;
    let mut nothing = io::empty();
    let mut block = memory.block();
    let Opened { mut reader, known } = open(plan, &run.issues, Some(&task.input), &mut nothing, &mut block)?;
    memory.keep_block(block);
    let mut doubt = known.doubts(&name).into_iter().next();
    let mut writer = Writer::begin(plan, run.batch, task, setting)?;
    let mut collector = plan
        .report
        .as_ref()
        .map(|_| Collector::new(plan.language, setting.threshold(), MAX_SHOWN_BYTES, setting.options.rules.as_ref()));
    let mut tee = Tee::new(&mut *reader, if collector.is_some() { MAX_SHOWN_BYTES } else { Judge::SOURCE_BYTES });
    let mut tally = Tally::new(setting.threshold(), run.batch.summary.is_some());
    let summary = clean(plan, Input { name: &name, setting, known, memory }, &mut tee, &mut |proof, origin| {
        sidecar.add(&proof, origin)?;
        if let Some(collector) = &mut collector {
            collector.add(&proof);
        }
        tally.add(&proof);
        writer.put(&proof, origin)
    })?;
    let whole = writer.end()?;
    doubt = doubt.or(summary.without_place(plan, &name));
    let mut page = collector.map(|c| c.finish(&tee.head, tee.bytes, summary.text_encoding(), summary.malformed));
    let clean_already = is_clean(&tally, &summary);
    let figures = tally.figures(&summary, &tee.head, before.size);
    if let Some(page) = &mut page {
        doubt = doubt.or(show_places(run, task, &summary, page));
        tell(plan, setting, &figures.suspicions, page);
        offer(plan, &name, setting, &summary, (&tee.head, page));
    }
    drop(reader);
    if Stamp::of(&task.input)? != before {
        return Err(Failure::input(FileFault::ChangedWhileRead));
    }
    if let (Some(folder), Some(page)) = (&plan.report, page) {
        outcome.report = Some(write_page(folder, &task.below, &page)?);
    }
    outcome.unchanged = clean_already && plan.format == Format::Text;
    sidecar.end(summary.bytes, summary.sha256.as_deref(), summary.text_encoding())?;
    outcome.sidecar = Some(sidecar);
    outcome.figures = figures;
    let options = run.options_of(setting, task);
    let finished = Finished { input: before, written: 0, articles: None, checksum: String::new(), options };
    hand_over(run, task, whole, clean_already, finished, doubt, outcome)
}

/// Puts the clean text of a file in its place: articles and files of a folder now, the replacement of an input later.
fn hand_over(
    run: &Run<'_>,
    task: &Task,
    whole: Whole,
    clean_already: bool,
    finished: Finished,
    doubt: Option<Note>,
    outcome: &mut Outcome,
) -> Result<(Finished, Option<Replacement>), Failure> {
    match (&run.batch.target, whole) {
        (_, Whole::Articles(files)) => {
            let files = files.finish();
            outcome.warning = files.warning.or(doubt);
            let (written, checksum, articles) = (files.bytes, files.checksum, Some(files.names));
            Ok((Finished { written, checksum, articles, ..finished }, None))
        }
        (Target::Folder { .. }, Whole::One(output)) => {
            let written = output.commit()?;
            outcome.warning = written.warning.or(doubt);
            Ok((Finished { written: written.bytes, checksum: written.checksum, ..finished }, None))
        }
        // A clean input is not touched, so that a run that was interrupted can be repeated without harm to its backups.
        (Target::InPlace { .. }, _) if clean_already => Ok((finished, None)),
        (Target::InPlace { backup }, Whole::One(output)) => {
            if let Some(suffix) = backup {
                backup::keep(&task.output, suffix)?;
            }
            let (whole, before) = (output.finish()?, finished.input.clone());
            Ok((finished, Some(Replacement { whole, input: task.input.clone(), before })))
        }
    }
}

/// Shows where the lines of a layout stand, over the pictures beside it. Tells of a picture that is none.
fn show_places(run: &Run<'_>, task: &Task, summary: &Summary, page: &mut Collected) -> Option<Note> {
    let (folder, layout) = (run.plan.report.as_deref()?, summary.layout.as_ref()?);
    let (pictures, bad) = pictures(folder, &task.below, &task.input, layout.pages.len());
    lay_out(summary, pictures, page);
    bad
}

/// Whether cleaning changed nothing.
fn is_clean(tally: &Tally, summary: &Summary) -> bool {
    let utf8 = summary.encoding.is_none_or(|e| e == Encoding::Utf8);
    utf8 && tally.figures.counts.is_empty() && tally.text == summary.bytes
}

/// Counts the proofs of a file.
struct Tally {
    figures: Figures,
    threshold: f32,
    /// Whether the summary needs the jump lines.
    summary: bool,
    /// Bytes of the clean text.
    text: u64,
    judge: Judge,
}

impl Tally {
    fn new(threshold: f32, summary: bool) -> Tally {
        Tally { figures: Figures::default(), threshold, summary, text: 0, judge: Judge::default() }
    }

    fn add(&mut self, proof: &Proof) {
        let f = &mut self.figures;
        f.counts.merge(&proof.counts);
        f.uncertain += proof.breaks.iter().filter(|b| is_uncertain(b, self.threshold)).count() as u64;
        self.text += proof.text.len() as u64;
        self.judge.add(proof);
        if !self.summary {
            return;
        }
        for jump in &proof.jumps {
            f.jumps[usize::from(jump.followed != Followed::Yes)] += 1;
        }
    }

    fn figures(self, summary: &Summary, head: &[u8], bytes: u64) -> Figures {
        Figures {
            encoding: summary.encoding.map(Encoding::name),
            malformed: summary.malformed,
            suspicions: suspicions(self.judge, head, summary),
            bytes,
            ..self.figures
        }
    }
}
