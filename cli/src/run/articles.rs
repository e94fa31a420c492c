//! `--per article` of standard input: each article to a file of its own. Articles of files and folders are a batch.

use super::clean::{Input, clean};
use super::issues::Issues;
use super::judged::suspicions;
use super::memory::Memory;
use super::open::{Opened, open};
use crate::catalogue::Say;
use crate::cli::plan::{Articles, Plan};
use crate::environment::{Streams, say};
use crate::failure::{At, Failure};
use crate::input::file::{self, BLOCK};
use crate::input::tee::Tee;
use crate::messages::{Note, Place};
use crate::output::article_files::Files;
use crate::output::sidecars::{SidecarRecord, Sidecars};
use qingyang::suspicion::Judge;
use qingyang_tell::CERTAIN;

/// The folder of the articles of standard input.
const STANDARD_INPUT: &str = "stdin";

/// Cleans standard input.
pub fn run(plan: &Plan, articles: &Articles, streams: &mut Streams<'_>) -> Result<(), Failure> {
    plan.signals.listen();
    let issues = Issues::new(plan);
    let mut sidecars = Sidecars::open(&plan.sidecars, &plan.signals)?;
    let setting = plan.settings.of(None)?;
    let Opened { mut reader, known } =
        open(plan, &issues, None, streams.stdin, &mut vec![0; BLOCK]).at(|| Place::StandardInput)?;
    let name = file::name(None);
    let mut record = SidecarRecord::new(&plan.sidecars, &name, &setting.options, setting.uncertain, CERTAIN);
    let folder = articles.out.join(STANDARD_INPUT);
    let mut files = Files::new(folder, articles.format, setting.options.order, None);
    let stderr = &mut *streams.stderr;
    let mut tee = Tee::new(&mut *reader, Judge::SOURCE_BYTES);
    let mut judge = Judge::default();
    let input = Input { name: &name, setting: &setting, known, memory: &mut Memory::default() };
    let summary = clean(plan, input, &mut tee, &mut |proof, origin| {
        judge.add(&proof);
        record.add(&proof, origin)?;
        sidecars.write(&mut record, stderr)?;
        files.put(&proof, origin)
    });
    let summary = summary.map_err(|f| if f.is_output() { f } else { f.at(Place::StandardInput) })?;
    let all = suspicions(judge, &tee.head, &summary);
    if !all.is_empty() && articles.counts {
        say(stderr, Note::Suspicious { input: Place::StandardInput.said(plan.language).to_string(), all });
    }
    record.end(summary.bytes, summary.sha256.as_deref(), summary.text_encoding())?;
    sidecars.write(&mut record, stderr)?;
    sidecars.finish(stderr)?;
    if articles.counts {
        say(stderr, Note::ArticlesWritten { files: files.finish().names.len() as u64 });
    }
    Ok(())
}
