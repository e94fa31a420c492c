//! `--per article`: each article to a file of its own, in a folder for each input.

use super::clean::{Input, clean};
use super::guard::guarded;
use super::issues::Issues;
use super::open::{Opened, open};
use crate::cli::plan::{Articles, Plan};
use crate::environment::{Streams, say};
use crate::failure::{Failure, Kind};
use crate::input::file::{self, resolved};
use crate::input::packing::Packing;
use crate::input::walk::{Found, Walk};
use crate::messages::{Note, Overwrite, Place};
use crate::output::article_files::Files;
use crate::output::sidecars::{SidecarRecord, Sidecars};
use qingyang_tell::CERTAIN;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The folder of the articles of standard input.
const STANDARD_INPUT: &str = "stdin";

/// An input, and the folder of its articles below the output.
type Named = (Option<PathBuf>, PathBuf);

/// Cleans the inputs one after the other.
pub fn run(plan: &Plan, articles: &Articles, streams: &mut Streams<'_>) -> Result<(), Failure> {
    plan.signals.listen();
    apart(plan, &articles.out)?;
    let mut issues = Issues::new(plan);
    let mut sidecars = Sidecars::open(&plan.sidecars)?;
    let mut taken: HashMap<PathBuf, PathBuf> = HashMap::new();
    let (mut inputs, mut written, mut failed, mut settings) = (0, 0, 0, false);
    for found in inputs_of(plan) {
        if plan.signals.caught().is_some() {
            break;
        }
        let one = found.and_then(|(input, below)| {
            let input = input.as_deref();
            let place = Place::input(input);
            let own = input.map_or_else(PathBuf::new, Path::to_path_buf);
            if let Some(first) = taken.insert(below.clone(), own.clone()) {
                let output = articles.out.join(below);
                return Err(Failure::input(Overwrite::SameOutput { first, second: own, output }));
            }
            let folder = articles.out.join(below);
            guarded(|| clean_one(plan, articles, &mut issues, &mut sidecars, input, folder, streams))
                .map_err(|f| if f.is_output() { f } else { f.at(place) })
        });
        match one {
            Ok(files) => (inputs, written) = (inputs + 1, written + files),
            Err(failure) if matches!(failure.kind, Kind::ClosedPipe | Kind::Full) => return Err(failure),
            Err(failure) => {
                failed += 1;
                settings |= failure.kind == Kind::Settings;
                say(streams.stderr, failure);
            }
        }
    }
    sidecars.finish(streams.stderr)?;
    if articles.counts {
        say(streams.stderr, Note::ArticlesWritten { files: written, inputs, failed });
    }
    match (failed, settings) {
        (_, true) => Err(Failure::reported(2)),
        (0, false) => Ok(()),
        _ => Err(Failure::reported(1)),
    }
}

/// Fails if the output lies in an input folder, whose walk would find it.
fn apart(plan: &Plan, out: &Path) -> Result<(), Failure> {
    let real = resolved(out);
    for input in plan.inputs.iter().filter(|input| input.is_dir()) {
        if real.starts_with(resolved(input)) {
            let (output, input) = (out.to_path_buf(), input.clone());
            return Err(Failure::usage(Overwrite::OutputInsideInput { output, input }));
        }
    }
    Ok(())
}

/// The inputs, each with the folder of its articles.
fn inputs_of(plan: &Plan) -> impl Iterator<Item = Result<Named, Failure>> + '_ {
    file::inputs(&plan.inputs).into_iter().flat_map(|input| -> Box<dyn Iterator<Item = _>> {
        match input {
            Some(root) if root.is_dir() => {
                Box::new(Walk::new(&plan.filter, root).filter_map(move |found| match found {
                    Ok(Found::Text(path) | Found::Layout(path)) => {
                        let below = stem(path.strip_prefix(root).unwrap_or(&path));
                        Some(Ok((Some(path), below)))
                    }
                    Ok(Found::Other(_) | Found::Link(_)) => None,
                    Err(failure) => Some(Err(failure)),
                }))
            }
            Some(path) => {
                let name = Path::new(path.file_name().unwrap_or(OsStr::new(STANDARD_INPUT)));
                Box::new(std::iter::once(Ok((Some(path.to_path_buf()), stem(name)))))
            }
            None => Box::new(std::iter::once(Ok((None, PathBuf::from(STANDARD_INPUT))))),
        }
    })
}

/// A path without the extensions of its file.
fn stem(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or(OsStr::new(STANDARD_INPUT));
    let plain = if Packing::of(path) == Packing::Plain { name } else { Packing::unpacked(name) };
    path.with_file_name(Path::new(plain).file_stem().unwrap_or(plain))
}

/// Cleans an input; returns how many files it gave.
fn clean_one(
    plan: &Plan,
    articles: &Articles,
    issues: &mut Issues<'_>,
    sidecars: &mut Sidecars,
    input: Option<&Path>,
    folder: PathBuf,
    streams: &mut Streams<'_>,
) -> Result<u64, Failure> {
    let setting = plan.settings.of(input)?;
    let Opened { mut reader, known } = open(plan, issues, input, streams.stdin)?;
    let name = file::name(input);
    let mut record = SidecarRecord::new(&plan.sidecars, &name, &setting.options, setting.uncertain, CERTAIN);
    let mut files = Files::new(folder, articles.format, setting.options.order, input.map(|_| name.as_str()));
    let stderr = &mut *streams.stderr;
    let summary = clean(plan, Input { name: &name, setting: &setting, known }, &mut *reader, &mut |proof, origin| {
        record.add(&proof, origin)?;
        sidecars.write(&mut record, stderr)?;
        files.put(&proof, origin)
    })?;
    record.end(summary.bytes, summary.sha256.as_deref(), summary.text_encoding())?;
    sidecars.write(&mut record, stderr)?;
    Ok(files.count())
}
