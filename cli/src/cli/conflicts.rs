//! What goes together: options that would be passed over, and files that would be written over, are refused before
//! anything is read or written.

use crate::cli::args::{Args, FormatArg, Mode};
use crate::{input::walk, run::batch::tasks as plan};
use anyhow::{Result, bail, ensure};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Refuses what makes no sense.
pub fn refuse(args: &Args, mode: Mode) -> Result<()> {
    formats(args)?;
    modes(args, mode)?;
    affixes(args)?;
    files(args, mode)
}

fn formats(args: &Args) -> Result<()> {
    if args.format == FormatArg::Text {
        return Ok(());
    }
    for (given, name) in [
        (args.check, "--check"),
        (args.diff, "--diff"),
        (args.explain, "--explain"),
        (args.jsonl, "--jsonl"),
        (args.in_place, "--in-place"),
    ] {
        ensure!(!given, "{name} is about text: leave out --format, or give --format text");
    }
    Ok(())
}

/// Options that the way through has no use for.
fn modes(args: &Args, mode: Mode) -> Result<()> {
    if args.issue {
        ensure!(!args.jsonl, "--issue is for pages: a record is one text, its pages parted by form feeds");
        let lists = args.apply.is_some() || args.decisions.is_some();
        ensure!(!lists, "--apply and --decisions are for single pages: leave out --issue");
    }
    let walks = [
        (!args.include.is_empty(), "--include"),
        (!args.exclude.is_empty(), "--exclude"),
        (args.hidden, "--hidden"),
        (args.follow, "--follow"),
    ];
    let writes = [
        (args.resume, "--resume"),
        (args.dry_run, "--dry-run"),
        (args.summary.is_some(), "--summary"),
        (!args.suffix.is_empty(), "--suffix"),
    ];
    let pages = [
        (args.check, "--check"),
        (args.diff, "--diff"),
        (args.explain, "--explain"),
        (args.in_place, "--in-place"),
        (args.uncertain.is_some(), "--uncertain"),
    ];
    let decoding = [(args.encoding.is_some(), "--encoding"), (args.lossy, "--lossy")];
    let first = |of: &[(bool, &'static str)]| of.iter().find(|(given, _)| *given).map(|(_, name)| *name);
    match mode {
        Mode::Records => {
            if let Some(name) = first(&pages) {
                bail!("{name} is for pages, not for the records of --jsonl");
            }
            if let Some(name) = first(&decoding) {
                bail!("{name} is for pages: the records of --jsonl are UTF-8");
            }
            if let Some(path) = args.inputs.iter().find(|p| p.is_dir()) {
                bail!("{} is a folder: --jsonl takes files, also by --files-from", path.display());
            }
        }
        Mode::Batch => {
            if args.inputs.iter().any(|p| p.as_os_str() == "-") {
                bail!("'-' has no name below a folder: clean standard input by itself");
            }
            ensure!(args.output.as_deref() != Some(Path::new("-")), "-o - is for a pipe: a folder needs -o OUT_DIR");
            if args.in_place {
                ensure!(args.suffix.is_empty(), "--suffix names new files: leave out --in-place");
            }
        }
        Mode::Changes => ensure!(!args.in_place, "--in-place writes, and --check, --diff and --explain do not"),
        Mode::Pipe => {}
    }
    if mode != Mode::Batch
        && let Some(name) = first(&writes)
    {
        bail!("{name} is for folders: give a folder and -o OUT_DIR");
    }
    if matches!(mode, Mode::Pipe | Mode::Records)
        && let Some(name) = first(&walks)
    {
        bail!("{name} is for folders: what is named is taken");
    }
    Ok(())
}

/// What is put to a name must leave the file in its folder.
fn affixes(args: &Args) -> Result<()> {
    let parted = |s: &OsStr| s.as_encoded_bytes().iter().any(|&b| std::path::is_separator(b.into()) || b == 0);
    ensure!(!parted(&args.suffix), "--suffix is part of a name: it has no slash");
    if let Some(suffix) = &args.backup {
        ensure!(args.in_place, "--backup is for --in-place: otherwise the input stays as it is");
        ensure!(!suffix.is_empty() && !parted(suffix), "--backup is put to a name: it is not empty, and has no slash");
        let mut name = OsString::from("page.txt");
        name.push(suffix);
        ensure!(!walk::is_text(Path::new(&name)), "--backup {} makes inputs of the originals", suffix.display());
    }
    Ok(())
}

/// Files that are written must not be one another, nor what is read.
fn files(args: &Args, mode: Mode) -> Result<()> {
    let output = args.output.as_ref().filter(|_| mode != Mode::Batch).map(|p| ("-o", p));
    let report = args.report.as_ref().filter(|_| mode != Mode::Batch).map(|p| ("--report", p));
    let beside = [("--ledger", &args.ledger), ("--decisions", &args.decisions), ("--summary", &args.summary)];
    let beside = beside.into_iter().filter_map(|(name, path)| Some((name, path.as_ref()?)));
    let written: Vec<(&str, &PathBuf)> = output.into_iter().chain(report).chain(beside).collect();
    let read = [("--apply", &args.apply), ("--config", &args.config)];
    let read: Vec<_> = read.into_iter().filter_map(|(name, path)| Some((name, path.as_ref()?))).collect();
    let mut seen: Vec<(&str, PathBuf)> = Vec::new();
    for (name, path) in written {
        if path.as_os_str() == "-" {
            ensure!(name == "-o", "{name} wants a file: standard output is /dev/stdout");
            continue;
        }
        ensure!(!path.is_dir() || name == "--report", "{name} {} is a folder: give the name of a file", path.display());
        // A device or a pipe takes what comes, from several sides as well.
        if std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            continue;
        }
        let real = plan::resolved(path);
        let shown = path.display();
        for input in &args.inputs {
            if plan::resolved(input) == real {
                let hint = if name == "-o" && mode == Mode::Pipe { "use --in-place" } else { "choose another name" };
                bail!("{name} {shown} is an input: {hint}");
            }
            if input.is_dir() && real.starts_with(plan::resolved(input)) && walk::is_text(path) {
                bail!("{name} {shown} would be one of the inputs in {}: choose another name", input.display());
            }
        }
        if let Some((other, _)) = seen.iter().find(|(_, p)| *p == real) {
            bail!("{other} and {name} would both be written to {shown}");
        }
        // A list that was applied may be written again with what was decided.
        let kept = read.iter().find(|(of, p)| plan::resolved(p) == real && (name, *of) != ("--decisions", "--apply"));
        if let Some((other, _)) = kept {
            bail!("{name} {shown} is read as {other}: choose another name");
        }
        seen.push((name, real));
    }
    Ok(())
}
