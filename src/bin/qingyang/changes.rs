//! What would change: `--check` names the files, `--diff` shows it, `--explain` says it in sentences.

use crate::Failed;
use crate::args::{ColorArg, Run};
use crate::files;
use crate::issues;
use crate::pipe::Notes;
use anyhow::Result;
use qingyang::issue::Followed;
use qingyang::{Cleaner, Rule};
use similar::{ChangeTag, TextDiff};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Goes through all inputs and writes nothing but what is asked.
pub fn run(run: &Run) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let color = match run.args.color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => io::stdout().is_terminal(),
    };
    let mut cleaner = Cleaner::new(run.options.clone());
    let mut notes = Notes::new(run)?;
    let (mut failed, mut changed) = (false, false);
    for input in expand(run)? {
        let input = input.as_deref();
        match one(run, input, &mut cleaner, &mut out, color, &mut notes) {
            Ok(differs) => changed |= differs,
            Err(error) if files::is_closed_pipe(&error) => return Err(error),
            Err(error) => {
                out.flush()?;
                files::say(format_args!("qingyang: {}: {error:#}", files::name(input)));
                failed = true;
            }
        }
    }
    out.flush()?;
    notes.finish()?;
    if failed || run.args.check && changed { Err(Failed::Said.into()) } else { Ok(()) }
}

/// Inputs, folders opened.
fn expand(run: &Run) -> Result<Vec<Option<PathBuf>>> {
    let mut all = Vec::new();
    for input in files::inputs(&run.args.inputs) {
        match input {
            Some(path) if path.is_dir() => {
                for file in crate::batch::walk::Walk::new(run, path)? {
                    if let crate::batch::walk::Found::Text(path) = file? {
                        all.push(Some(path));
                    }
                }
            }
            other => all.push(other.map(Path::to_path_buf)),
        }
    }
    Ok(all)
}

fn one(
    run: &Run,
    input: Option<&Path>,
    cleaner: &mut Cleaner,
    out: &mut dyn Write,
    color: bool,
    notes: &mut Notes,
) -> Result<bool> {
    let (bytes, known) = match issues::take(run, input) {
        Some(cleaned) => cleaned.map(|c| (c.bytes, Some(c.proof)))?,
        None => (files::read_all(input)?, None),
    };
    let decoded = qingyang::decode::decode(&bytes, run.encoding, run.args.lossy)?;
    let proof = known.unwrap_or_else(|| cleaner.page(&decoded.text));
    let name = files::name(input);
    let differs = proof.text.as_bytes() != bytes;
    notes.take(&name, &proof)?;
    if run.args.check {
        if differs {
            writeln!(out, "{name}")?;
        }
    } else if run.args.diff {
        if *decoded.text != proof.text {
            write_diff(&decoded.text, &proof.text, &name, out, color)?;
        }
    } else {
        explain(&name, &proof, out)?;
    }
    Ok(differs)
}

fn write_diff(before: &str, after: &str, name: &str, out: &mut dyn Write, color: bool) -> Result<()> {
    let diff = TextDiff::from_lines(before, after);
    if !color {
        write!(out, "{}", diff.unified_diff().header(name, name))?;
        return Ok(());
    }
    for hunk in diff.unified_diff().iter_hunks() {
        writeln!(out, "\x1b[36m{}\x1b[0m", hunk.header())?;
        for op in hunk.ops() {
            for change in diff.iter_changes(op) {
                let (sign, paint) = match change.tag() {
                    ChangeTag::Delete => ("-", "\x1b[31m"),
                    ChangeTag::Insert => ("+", "\x1b[32m"),
                    ChangeTag::Equal => (" ", ""),
                };
                writeln!(out, "{paint}{sign}{}\x1b[0m", change.value().trim_end_matches('\n'))?;
            }
        }
    }
    Ok(())
}

fn explain(name: &str, proof: &qingyang::Proof, out: &mut dyn Write) -> Result<()> {
    let entries = proof.ledger.as_deref().unwrap_or_default();
    writeln!(out, "{name}: {} edits", entries.len())?;
    for e in entries {
        let show = |s: &str| s.replace('\n', "⏎").replace('\r', "␍").replace('\x0c', "␌");
        let place = format!("line {}, byte {}", e.line, e.start);
        let sure =
            if e.confidence < 0.995 { format!(" ({:.0} % certain)", e.confidence * 100.0) } else { String::new() };
        let what = match (e.rule, e.after.is_empty()) {
            (Rule::Rejoin, true) => "closed up the line break".to_string(),
            (Rule::Rejoin, false) => "closed up the line break, leaving a space".to_string(),
            (Rule::Layout, _) => "set the break between two units".to_string(),
            (Rule::Sentences, _) => "began a line with the next sentence".to_string(),
            (Rule::Order, false) => format!("put the headline “{}” in front of its text", show(e.after.trim())),
            (Rule::Order, true) => format!("took the headline “{}” to the front of its text", show(e.before.trim())),
            (Rule::Jumps, false) => format!("put what goes on on another page here: “{}”", show(e.after.trim())),
            (Rule::Jumps, true) => format!("took “{}” to the page that it goes on from", show(e.before.trim())),
            (Rule::Doubled, _) => format!("removed “{}”, which was painted twice", show(&e.before)),
            (_, true) => format!("removed “{}”", show(&e.before)),
            _ if e.before.is_empty() => format!("put in “{}”", show(&e.after)),
            _ => format!("made “{}” of “{}”", show(&e.after), show(&e.before)),
        };
        writeln!(out, "  {place}: {what} [{}]{sure}", e.rule.name())?;
    }
    for jump in proof.jumps.iter().filter(|j| j.followed != Followed::Yes) {
        writeln!(out, "  byte {}: {} {}", jump.source, jump.text, issues::reason(jump.followed))?;
    }
    Ok(())
}
