//! What would change: `--check` names the files, `--diff` shows the changes, `--explain` puts them into sentences.

use super::clean::{Input, clean};
use super::issues::Issues;
use crate::cli::plan::{Plan, Preview};
use crate::environment::{Streams, say};
use crate::failure::{Failure, Kind, unwritten};
use crate::input::file;
use crate::input::walk::{Found, Walk};
use crate::messages::Place;
use crate::output::sidecars::{SidecarRecord, Sidecars};
use qingyang_tell::diff::{self, Change};
use qingyang_tell::{CERTAIN, explain};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// A run over the inputs.
struct Show<'a> {
    plan: &'a Plan,
    preview: Preview,
    issues: Issues<'a>,
    sidecars: Sidecars,
    /// Rules that changed something, for the end of `--explain`.
    rules: explain::Reasons,
    stdin: &'a mut dyn Read,
    out: BufWriter<&'a mut dyn Write>,
    stderr: &'a mut dyn Write,
}

/// Shows what would change in all inputs.
pub fn run(plan: &Plan, preview: Preview, streams: &mut Streams<'_>) -> Result<(), Failure> {
    if plan.sidecars.ledger.is_some() || plan.sidecars.decisions.is_some() {
        plan.signals.listen();
    }
    let mut show = Show {
        plan,
        preview,
        issues: Issues::new(plan),
        sidecars: Sidecars::open(&plan.sidecars)?,
        rules: explain::Reasons::default(),
        stdin: &mut *streams.stdin,
        out: BufWriter::new(&mut *streams.stdout),
        stderr: &mut *streams.stderr,
    };
    let (mut status, mut changed) = (0, false);
    for input in inputs(plan) {
        if plan.signals.caught().is_some() {
            break;
        }
        let shown = input.and_then(|input| {
            let input = input.as_deref();
            show.one(input).map_err(|f| if f.is_output() { f } else { f.at(Place::input(input)) })
        });
        match shown {
            Ok(differs) => changed |= differs,
            Err(failure) if failure.is_output() => return Err(failure),
            Err(failure) => {
                show.out.flush().map_err(unwritten)?;
                status = if failure.kind == Kind::Settings { 2 } else { status.max(1) };
                say(show.stderr, failure);
            }
        }
    }
    show.finish()?;
    match status {
        0 if changed && preview == Preview::Check => Err(Failure::reported(1)),
        0 => Ok(()),
        status => Err(Failure::reported(status)),
    }
}

/// The inputs; a folder is walked when its turn comes.
fn inputs(plan: &Plan) -> impl Iterator<Item = Result<Option<PathBuf>, Failure>> + '_ {
    file::inputs(&plan.inputs).into_iter().flat_map(|input| -> Box<dyn Iterator<Item = _>> {
        match input {
            Some(path) if path.is_dir() => Box::new(Walk::new(&plan.filter, path).filter_map(|found| match found {
                Ok(Found::Text(path)) => Some(Ok(Some(path))),
                Ok(Found::Other(_)) => None,
                Err(failure) => Some(Err(failure)),
            })),
            other => Box::new(std::iter::once(Ok(other.map(Path::to_path_buf)))),
        }
    })
}

impl Show<'_> {
    /// Shows one input; returns whether it would change.
    fn one(&mut self, input: Option<&Path>) -> Result<bool, Failure> {
        let plan = self.plan;
        let setting = plan.settings.of(input)?;
        let mut cleaned = self.issues.take(input, self.stdin).transpose()?;
        let bytes = match &mut cleaned {
            Some(page) => std::mem::take(&mut page.bytes),
            None => file::read_all(input, self.stdin)?,
        };
        let name = file::name(input);
        let mut record = SidecarRecord::new(&plan.sidecars, &name, setting.uncertain, CERTAIN);
        let mut page = explain::Page::new(setting.options.rules.as_ref());
        let one = Input { name: &name, setting: &setting, cleaned };
        let summary = clean(plan, one, &mut bytes.as_slice(), &mut |proof, _| {
            record.add(&proof)?;
            page.add(proof);
            Ok(())
        })?;
        let differs = page.text().as_bytes() != bytes;
        record.end(summary.bytes, summary.sha256.as_deref())?;
        self.sidecars.write(&mut record, self.stderr)?;
        match self.preview {
            Preview::Check if differs => writeln!(self.out, "{name}").map_err(unwritten)?,
            Preview::Check => {}
            Preview::Diff { color } => {
                let decoded = qingyang::decode::decode(&bytes, summary.encoding, setting.lossy)?;
                let changes: Vec<Change<'_>> = page
                    .entries()
                    .iter()
                    .map(|e| (decoded.map.text(e.start), e))
                    .map(|(start, e)| Change { range: start..start + e.before.len(), after: &e.after })
                    .collect();
                diff::write(&decoded.text, &changes, &name, color, &mut self.out).map_err(unwritten)?;
            }
            Preview::Explain => {
                page.write(&name, setting.threshold(), &mut self.out).map_err(unwritten)?;
                self.rules.add(&page);
            }
        }
        Ok(differs)
    }

    /// Ends the output and gives the files beside it their names.
    fn finish(mut self) -> Result<(), Failure> {
        self.rules.write(&mut self.out).map_err(unwritten)?;
        self.out.flush().map_err(unwritten)?;
        if self.plan.signals.caught().is_some() {
            return Err(Failure::reported(1));
        }
        self.sidecars.finish()
    }
}
