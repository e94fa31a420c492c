//! Standard input or files, in the given order, to standard output or one file.

use super::clean::{Coming, Input, Step, clean_as_it_comes, lay_out, offer, tell};
use super::guard::guarded;
use super::issues::Issues;
use super::judged::suspicions;
use super::memory::Memory;
use super::open::{Known, Opened, open};
use super::pauses::Pauses;
use super::pool;
use crate::catalogue::Say;
use crate::cli::plan::Plan;
use crate::environment::{Console, Streams, say};
use crate::failure::{At, Failure, unwritten};
use crate::input::file::{self, BLOCK};
use crate::input::picture;
use crate::input::tee::Tee;
use crate::messages::{FileFault, Note, PictureFault, Place};
use crate::output::file::OutputFile;
use crate::output::report::PageReport;
use crate::output::sidecars::{SidecarRecord, Sidecars};
use crate::output::views::View;
use qingyang::suspicion::Judge;
use qingyang_tell::CERTAIN;
use qingyang_tell::report::Picture;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// A run over the inputs.
struct Pipe<'a> {
    plan: &'a Plan,
    issues: Issues<'a>,
    view: View,
    report: Option<PageReport>,
    /// The pictures of the pages of a layout.
    pictures: Vec<Picture>,
    sidecars: Sidecars,
    stdin: &'a mut dyn Read,
    stderr: &'a mut dyn Console,
    failed: bool,
}

/// Cleans the inputs one after the other.
pub fn run(plan: &Plan, output: Option<&PathBuf>, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let paths = [output, plan.report.as_ref(), plan.sidecars.ledger.as_ref(), plan.sidecars.decisions.as_ref()];
    if paths.iter().any(Option::is_some) {
        plan.signals.listen();
    }
    let Streams { stdin, stdout, stderr } = streams;
    let mut pipe = Pipe {
        plan,
        issues: Issues::new(plan),
        view: View::new(plan.format, plan.mark),
        report: plan.report.as_deref().map(|page| PageReport::open(page, plan.language, &plan.signals)).transpose()?,
        pictures: plan.images.iter().map(|path| picture::embedded(path)).collect::<Result<_, _>>()?,
        sidecars: Sidecars::open(&plan.sidecars, &plan.signals)?,
        stdin: *stdin,
        stderr: *stderr,
        failed: false,
    };
    match output {
        Some(target) => pipe.write_file(target)?,
        None => {
            let mut output = BufWriter::with_capacity(BLOCK, &mut **stdout);
            let cleaned = pipe.clean_all(&mut output).and_then(|()| output.flush().map_err(unwritten));
            cleaned.at(|| Place::StandardOutput)?;
        }
    }
    if plan.signals.caught().is_some() {
        pipe.sidecars.give_up(pipe.stderr);
        pipe.report.and_then(PageReport::give_up).into_iter().for_each(|failure| say(pipe.stderr, failure));
        return Err(Failure::reported(1));
    }
    pipe.sidecars.finish(pipe.stderr)?;
    let page = pipe.report.map(PageReport::finish).transpose()?;
    page.and_then(|page| page.warning).into_iter().for_each(|warning| say(pipe.stderr, warning));
    if pipe.failed { Err(Failure::reported(1)) } else { Ok(()) }
}

impl Pipe<'_> {
    fn write_file(&mut self, target: &Path) -> Result<(), Failure> {
        let place = || Place::path(target);
        let mut output = OutputFile::named(target, &self.plan.signals)?;
        self.clean_all(&mut output).at(place)?;
        let interrupted = self.plan.signals.caught().is_some();
        if interrupted || self.failed {
            let why = if interrupted { FileFault::NotWrittenEnded } else { FileFault::NotWritten };
            output.give_up(why).into_iter().for_each(|failure| say(self.stderr, failure));
        } else {
            output.commit().at(place)?.warning.into_iter().for_each(|warning| say(self.stderr, warning));
        }
        Ok(())
    }

    fn clean_all(&mut self, output: &mut dyn Write) -> Result<(), Failure> {
        for input in file::inputs(&self.plan.inputs) {
            match guarded(|| self.clean_one(input, output)) {
                Ok(()) => {}
                Err(failure) if failure.is_output() => return Err(failure),
                Err(failure) => {
                    output.flush().map_err(unwritten)?;
                    if let Some(report) = &mut self.report {
                        report.inputs.fail(&file::name(input), &failure.said(self.plan.language).to_string());
                    }
                    say(self.stderr, failure.at(Place::input(input)));
                    self.failed = true;
                }
            }
            if self.plan.signals.caught().is_some() {
                break;
            }
        }
        self.view.end(self.failed, output)
    }

    fn clean_one(&mut self, input: Option<&Path>, output: &mut dyn Write) -> Result<(), Failure> {
        let plan = self.plan;
        let setting = plan.settings.of(input)?;
        let Opened { mut reader, known } = open(plan, &self.issues, input, self.stdin, &mut vec![0; BLOCK])?;
        check_pictures(self.pictures.len(), &known)?;
        let name = file::name(input);
        known.doubts(&name).into_iter().for_each(|doubt| say(self.stderr, doubt));
        let mut record = SidecarRecord::new(&plan.sidecars, &name, &setting.options, setting.uncertain, CERTAIN);
        self.view.tell_breaks(setting.uncertain, plan.language);
        self.view.begin_input(input.map(|_| name.as_str()), setting.options.order);
        let room = self.report.as_ref().map_or(0, |r| r.inputs.room());
        let mut collector =
            self.report.as_ref().map(|r| r.inputs.collector(setting.threshold(), setting.options.rules.as_ref()));
        let mut tee = Tee::new(&mut *reader, room.max(Judge::SOURCE_BYTES));
        let mut judge = Judge::default();
        let (view, sidecars, stderr) = (&mut self.view, &mut self.sidecars, &mut *self.stderr);
        let coming = Coming { pauses: Pauses::of(input), workers: pool::workers(plan.jobs) };
        let one = Input { name: &name, setting: &setting, known, memory: &mut Memory::default() };
        let summary = clean_as_it_comes(plan, one, coming, &mut tee, &mut |step| {
            let Step::Proof(proof, origin) = step else { return output.flush().map_err(unwritten) };
            record.add(&proof, origin)?;
            if let Some(collector) = &mut collector {
                collector.add(&proof);
            }
            sidecars.write(&mut record, stderr)?;
            judge.add(&proof);
            view.put(&proof, origin, output)
        })?;
        let all = suspicions(judge, &tee.head, &summary);
        summary.without_place(plan, &name).into_iter().for_each(|note| say(self.stderr, note));
        if !all.is_empty() && !plan.quiet {
            let input = Place::input(input).said(plan.language).to_string();
            say(self.stderr, Note::Suspicious { input, all: all.clone() });
        }
        if let (Some(report), Some(collector)) = (&mut self.report, collector) {
            let head = &tee.head[..tee.head.len().min(room)];
            let mut input = collector.finish(head, tee.bytes, summary.text_encoding(), summary.malformed);
            let pictures = self.pictures.drain(..).map(Some).collect();
            lay_out(&summary, pictures, &mut input);
            tell(plan, &setting, &all, &mut input);
            offer(plan, &name, &setting, &summary, (head, &mut input));
            report.inputs.add(&name, &input);
        }
        record.end(summary.bytes, summary.sha256.as_deref(), summary.text_encoding())?;
        self.sidecars.write(&mut record, self.stderr)
    }
}

/// Fails if there are more pictures than the input has pages with places.
fn check_pictures(pictures: usize, known: &Known) -> Result<(), Failure> {
    match known {
        _ if pictures == 0 => Ok(()),
        Known::Layout(file) if pictures <= file.layout.pages.len() => Ok(()),
        Known::Layout(file) => {
            Err(Failure::input(PictureFault::MorePictures { pictures, pages: file.layout.pages.len() }))
        }
        _ => Err(Failure::input(PictureFault::PictureOfText)),
    }
}
