//! What would change: `--check` names the files, `--diff` shows it, `--explain` says it in sentences.

use crate::Failed;
use crate::cli::args::{ColorArg, Run};
use crate::cli::settings::Broken;
use crate::input::walk::{Found, Walk};
use crate::output::file as files;
use crate::output::sidecars::{CERTAIN, Notes, Told};
use crate::run::diff::{self as difference, Change};
use crate::run::explain as explained;
use crate::run::issues;
use crate::run::pipe;
use crate::signals;
use anyhow::Result;
use qingyang::Rule;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Goes through all inputs and writes nothing but what is asked.
pub fn run(run: &Run) -> Result<()> {
    if run.args.ledger.is_some() || run.args.decisions.is_some() {
        signals::listen();
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let color = match run.args.color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    };
    let mut showing = Showing { out: &mut out, color, notes: Notes::new(run)?, rules: BTreeSet::new() };
    let (mut failed, mut changed, mut broken) = (false, false, false);
    for input in expand(run) {
        if signals::caught().is_some() {
            break;
        }
        let (name, outcome) = match input {
            Ok(input) => (files::name(input.as_deref()) + ": ", one(run, input.as_deref(), &mut showing)),
            // What cannot be walked names itself.
            Err(error) => (String::new(), Err(error)),
        };
        match outcome {
            Ok(differs) => changed |= differs,
            Err(error) if files::is_closed_pipe(&error) => return Err(error),
            Err(error) => {
                showing.out.flush()?;
                broken |= error.is::<Broken>();
                files::say(format_args!("qingyang: {name}{error:#}"));
                failed = true;
            }
        }
    }
    explained::write_reasons(&showing.rules, showing.out)?;
    showing.out.flush()?;
    if signals::caught().is_some() {
        return Err(Failed::Said.into());
    }
    showing.notes.finish()?;
    if broken {
        return Err(Failed::Settings.into());
    }
    if failed || run.args.check && changed { Err(Failed::Said.into()) } else { Ok(()) }
}

/// Inputs, folders opened as they are come to.
fn expand(run: &Run) -> impl Iterator<Item = Result<Option<PathBuf>>> + '_ {
    files::inputs(&run.args.inputs).into_iter().flat_map(|input| -> Box<dyn Iterator<Item = _>> {
        let walk = match input {
            Some(path) if path.is_dir() => Walk::new(run, path),
            other => return Box::new(std::iter::once(Ok(other.map(Path::to_path_buf)))),
        };
        match walk {
            Ok(walk) => Box::new(walk.filter_map(|found| match found {
                Ok(Found::Text(path)) => Some(Ok(Some(path))),
                Ok(Found::Other(_)) => None,
                Err(error) => Some(Err(error)),
            })),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    })
}

/// What all inputs share.
struct Showing<'a> {
    out: &'a mut dyn Write,
    color: bool,
    notes: Notes,
    /// Rules that did something, for the end of `--explain`.
    rules: BTreeSet<Rule>,
}

fn one(run: &Run, input: Option<&Path>, showing: &mut Showing<'_>) -> Result<bool> {
    let setting = run.settings.of(input)?;
    let mut known = issues::take(run, input).transpose()?;
    let bytes = match &mut known {
        Some(page) => std::mem::take(&mut page.bytes),
        None => files::read_all(input)?,
    };
    let name = files::name(input);
    let mut told = Told::new(run, &setting, &name);
    let mut page = explained::Input::default();
    let read = pipe::clean_stream(run, &setting, (&name, known), &mut bytes.as_slice(), &mut |proof, _| {
        told.take(&proof);
        page.take(proof);
        Ok(())
    })?;
    let differs = page.text.as_bytes() != bytes;
    told.end(&read);
    showing.notes.write(&mut told)?;
    if run.args.check {
        if differs {
            writeln!(showing.out, "{name}")?;
        }
    } else if run.args.diff {
        let decoded = qingyang::decode::decode(&bytes, read.encoding, setting.args.lossy)?;
        let changes: Vec<Change<'_>> = page
            .entries
            .iter()
            .map(|e| {
                let start = decoded.map.text(e.start);
                Change { range: start..start + e.before.len(), after: &e.after }
            })
            .collect();
        difference::write(&decoded.text, &changes, &name, showing.color, showing.out)?;
    } else {
        let threshold = setting.args.uncertain.unwrap_or(CERTAIN);
        explained::write(&name, &page, threshold, &mut showing.rules, showing.out)?;
    }
    Ok(differs)
}
