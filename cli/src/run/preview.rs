//! What would change: `--check` names the files, `--diff` shows the changes, `--explain` puts them into sentences. Memory
//! holds a page at a time.

mod changes;
mod comparison;

use super::clean::{Input, clean};
use super::guard::guarded;
use super::issues::Issues;
use super::memory::Memory;
use super::not_taken::tell_not_taken;
use super::open::{Opened, open};
use crate::cli::plan::{Plan, Preview};
use crate::environment::{Console, Streams, say};
use crate::failure::{Failure, Kind, unwritten};
use crate::input::file::{self, BLOCK};
use crate::input::not_taken::NotTakenFiles;
use crate::input::recent::{Kept, Recent};
use crate::input::walk::{Found, Walk};
use crate::messages::Place;
use crate::output::sidecars::{SidecarRecord, Sidecars};
use crate::output::spool::Spool;
use changes::Changes;
use comparison::Comparison;
use qingyang::Proof;
use qingyang::decode::Encoding;
use qingyang_tell::CERTAIN;
use qingyang_tell::chars::escaped;
use qingyang_tell::explain::{Explanation, Reasons};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// A run over the inputs.
struct Show<'a> {
    plan: &'a Plan,
    preview: Preview,
    issues: Issues<'a>,
    sidecars: Sidecars,
    /// Rules that changed something, for the end of `--explain`.
    rules: Reasons,
    /// Files of folders that are not taken.
    left: NotTakenFiles,
    /// Whether nothing was taken of the folders.
    none: bool,
    stdin: &'a mut dyn Read,
    out: BufWriter<&'a mut dyn Write>,
    stderr: &'a mut dyn Console,
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
        sidecars: Sidecars::open(&plan.sidecars, &plan.signals)?,
        rules: Reasons::default(),
        left: NotTakenFiles::default(),
        none: plan.inputs.iter().any(|input| input.is_dir()),
        stdin: &mut *streams.stdin,
        out: BufWriter::new(&mut *streams.stdout),
        stderr: &mut *streams.stderr,
    };
    let (mut status, mut changed) = (0, false);
    for input in inputs(plan) {
        if plan.signals.caught().is_some() {
            break;
        }
        match input.and_then(|taken| show.taken(taken)) {
            Ok(differs) => changed |= differs,
            Err(failure) if failure.is_output() => return Err(failure),
            Err(failure) => {
                show.out.flush().map_err(unwritten)?;
                status = if failure.kind == Kind::Settings { 2 } else { status.max(1) };
                say(show.stderr, failure);
            }
        }
    }
    if !plan.quiet {
        tell_not_taken(show.none, std::mem::take(&mut show.left), show.stderr);
    }
    show.finish()?;
    match status {
        0 if changed && matches!(preview, Preview::Check | Preview::Diff { check: true, .. }) => {
            Err(Failure::reported(1))
        }
        0 => Ok(()),
        status => Err(Failure::reported(status)),
    }
}

/// What becomes of a file.
enum Taken {
    /// An input; standard input has no name.
    Input(Option<PathBuf>),
    /// A file that begins as a layout does. If it is none after all, it is left out.
    Layout(PathBuf),
    /// Not text by its name.
    Not(PathBuf),
    /// A symbolic link that is not followed.
    Link,
}

/// The inputs; a folder is walked when its turn comes.
fn inputs(plan: &Plan) -> impl Iterator<Item = Result<Taken, Failure>> + '_ {
    file::inputs(&plan.inputs).into_iter().flat_map(|input| -> Box<dyn Iterator<Item = _>> {
        match input {
            Some(path) if path.is_dir() => Box::new(Walk::new(&plan.filter, path).map(|found| {
                Ok(match found? {
                    Found::Text(path) => Taken::Input(Some(path)),
                    Found::Layout(path) => Taken::Layout(path),
                    Found::Other(path) => Taken::Not(path),
                    Found::Link(_) => Taken::Link,
                })
            })),
            other => Box::new(std::iter::once(Ok(Taken::Input(other.map(Path::to_path_buf))))),
        }
    })
}

/// What is shown of one input, in the making.
enum View {
    Check(Comparison),
    Diff(Changes),
    /// The sentences wait for the line above them, which has their number.
    Explain(Explanation, Spool),
}

impl Show<'_> {
    /// Shows a file, or counts it among those that are not taken; returns whether it would change.
    fn taken(&mut self, taken: Taken) -> Result<bool, Failure> {
        let (input, optional) = match taken {
            Taken::Input(input) => (input, false),
            Taken::Layout(path) => (Some(path), true),
            Taken::Not(path) => {
                self.left.file(&path);
                return Ok(false);
            }
            Taken::Link => {
                self.left.link();
                return Ok(false);
            }
        };
        self.none = false;
        let input = input.as_deref();
        match guarded(|| self.one(input)) {
            // It only began like a layout.
            Err(failure) if optional && failure.is_unknown_layout() => Ok(false),
            shown => shown.map_err(|f| if f.is_output() { f } else { f.at(Place::input(input)) }),
        }
    }

    /// Shows one input; returns whether it would change, as far as the view asks.
    fn one(&mut self, input: Option<&Path>) -> Result<bool, Failure> {
        let plan = self.plan;
        let setting = plan.settings.of(input)?;
        let Opened { mut reader, known } = open(plan, &self.issues, input, self.stdin, &mut vec![0; BLOCK])?;
        let name = file::name(input);
        known.doubts(&name).into_iter().for_each(|doubt| say(self.stderr, doubt));
        let mut record = SidecarRecord::new(&plan.sidecars, &name, &setting.options, setting.uncertain, CERTAIN);
        let mut view = match self.preview {
            Preview::Check => View::Check(Comparison::default()),
            Preview::Diff { style, .. } => View::Diff(Changes::new(&name, style)),
            Preview::Explain => {
                View::Explain(Explanation::new(plan.language, setting.options.rules.as_ref()), Spool::default())
            }
        };
        let kept = Kept::default();
        let mut recent = Recent::new(&mut *reader, &kept);
        let (sidecars, out, stderr) = (&mut self.sidecars, &mut self.out, &mut *self.stderr);
        let one = Input { name: &name, setting: &setting, known, memory: &mut Memory::default() };
        let summary = clean(plan, one, &mut recent, &mut |proof, origin| {
            record.add(&proof, origin)?;
            sidecars.write(&mut record, stderr)?;
            kept.take(|bytes| view.add(&proof, origin.encoding, bytes, setting.threshold(), out))
        })?;
        summary.without_place(plan, &name).into_iter().for_each(|note| say(self.stderr, note));
        record.end(summary.bytes, summary.sha256.as_deref(), summary.text_encoding())?;
        self.sidecars.write(&mut record, self.stderr)?;
        drop(reader);
        self.end(view, &name, summary.text_encoding(), &kept.rest())
    }

    /// Ends the view of an input. `rest` has the bytes behind its last proof.
    fn end(&mut self, view: View, name: &str, encoding: Option<Encoding>, rest: &[u8]) -> Result<bool, Failure> {
        match view {
            View::Check(comparison) => {
                let differs = comparison.end(rest);
                if differs {
                    writeln!(self.out, "{}", escaped(name)).map_err(unwritten)?;
                }
                return Ok(differs);
            }
            View::Diff(changes) => return changes.end(encoding, rest, &mut self.out),
            View::Explain(explanation, mut sentences) => {
                writeln!(self.out, "{}", explanation.head(name)).map_err(unwritten)?;
                sentences.move_to(&mut self.out)?;
                self.rules.add(explanation);
            }
        }
        Ok(false)
    }

    /// Ends the output and gives the files beside it their names.
    fn finish(mut self) -> Result<(), Failure> {
        self.rules.write(self.plan.language, &mut self.out).map_err(unwritten)?;
        self.out.flush().map_err(unwritten)?;
        if self.plan.signals.caught().is_some() {
            self.sidecars.give_up(self.stderr);
            return Err(Failure::reported(1));
        }
        self.sidecars.finish(self.stderr)
    }
}

impl View {
    /// Adds a proof. `bytes` has what was read of the input and not done before; returns how much of it is done.
    fn add(
        &mut self,
        proof: &Proof,
        encoding: Option<Encoding>,
        bytes: &[u8],
        threshold: f32,
        out: &mut dyn Write,
    ) -> Result<usize, Failure> {
        match self {
            View::Check(comparison) => Ok(comparison.add(proof.text.as_bytes(), !proof.counts.is_empty(), bytes)),
            View::Diff(changes) => changes.add(proof, encoding, bytes, out),
            View::Explain(explanation, sentences) => {
                explanation.add(proof, threshold, sentences).map_err(unwritten)?;
                Ok(bytes.len())
            }
        }
    }
}
