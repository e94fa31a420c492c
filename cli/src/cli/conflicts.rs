//! Options that exclude each other, options that would have no effect, and files that would be overwritten: all are
//! errors before anything is read or written.

use super::args::{Args, FormatArg, OnError, Way, ends_in_slash};
use super::words::implied_format;
use crate::failure::Failure;
use crate::input::file::resolved;
use crate::input::walk::is_text;
use crate::messages::{Conflict, FolderConflict, Message, Overwrite, RecordConflict};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

type Checked = Result<(), Failure>;

/// Fails with the first conflict.
pub fn check(args: &Args, way: Way) -> Checked {
    names(args, way)?;
    format(args)?;
    issue(args)?;
    if args.records() {
        records(args)?;
    }
    if args.parquet {
        tables(args, way)?;
    }
    match way {
        Way::Batch => batch(args)?,
        Way::Preview => fail_if(args.in_place, Conflict::PreviewInPlace)?,
        Way::Articles | Way::Pipe | Way::Records => {}
    }
    if args.per.is_some() {
        articles(args)?;
    }
    folders_only(args, way)?;
    fail_if(!args.image.is_empty() && (way != Way::Pipe || args.inputs.len() > 1), Conflict::PictureOfOneLayout)?;
    affixes(args)?;
    files(args, way)
}

fn fail_if(conflict: bool, message: impl Into<Message>) -> Checked {
    if conflict { Err(Failure::usage(message)) } else { Ok(()) }
}

/// Fails if one of the options is given; the message is about the first of them.
fn none_of<M: Into<Message>>(options: &[(bool, &'static str)], message: impl Fn(&'static str) -> M) -> Checked {
    match options.iter().find(|(given, _)| *given) {
        Some((_, option)) => Err(Failure::usage(message(option))),
        None => Ok(()),
    }
}

/// A folder needs an output; an output in a folder needs a name.
fn names(args: &Args, way: Way) -> Checked {
    if way != Way::Batch {
        return Ok(());
    }
    fail_if(args.output.is_none() && !args.in_place, FolderConflict::FolderNeedsOutput)?;
    fail_if(args.inputs.is_empty(), FolderConflict::NamesNeeded { in_place: args.in_place })
}

fn format(args: &Args) -> Checked {
    fail_if(args.bom && args.format != FormatArg::Csv, Conflict::MarkWithoutTable)?;
    if args.format == FormatArg::Text {
        return Ok(());
    }
    let text_only = [
        (args.check, "--check"),
        (args.diff, "--diff"),
        (args.explain, "--explain"),
        (args.jsonl, "--jsonl"),
        (args.parquet, "--parquet"),
        (args.in_place, "--in-place"),
    ];
    none_of(&text_only, |option| Conflict::TextFormatOnly { option })
}

fn issue(args: &Args) -> Checked {
    if !args.issue {
        return Ok(());
    }
    fail_if(args.records(), RecordConflict::IssueOfRecords)?;
    let lists = [(args.apply.is_some(), "--apply"), (args.decisions.is_some(), "--decisions")];
    none_of(&lists, |option| Conflict::IssueWithLists { option })
}

fn records(args: &Args) -> Checked {
    let pages = [
        (args.check, "--check"),
        (args.diff, "--diff"),
        (args.explain, "--explain"),
        (args.in_place, "--in-place"),
        (args.uncertain.is_some(), "--uncertain"),
    ];
    none_of(&pages, |option| RecordConflict::PagesOnly { option })?;
    let decoding = [(args.encoding.is_some(), "--encoding"), (args.lossy, "--lossy")];
    none_of(&decoding, |option| RecordConflict::RecordsAreUtf8 { option })?;
    let (fields, to) = (args.field.len(), args.to_field.len());
    fail_if(to > 0 && to != fields, RecordConflict::ToFieldForEach { fields, to })
}

/// A table goes to a file of its own.
fn tables(args: &Args, way: Way) -> Checked {
    fail_if(!cfg!(feature = "parquet"), RecordConflict::WithoutParquet)?;
    fail_if(args.on_error == OnError::Skip, RecordConflict::RowsStay)?;
    fail_if(way == Way::Records && args.inputs.len() > 1, RecordConflict::OneTable)
}

fn batch(args: &Args) -> Checked {
    fail_if(args.inputs.iter().any(|p| p.as_os_str() == "-"), FolderConflict::StandardInputInBatch)?;
    fail_if(args.output.as_deref() == Some(Path::new("-")), FolderConflict::StandardOutputOfBatch)?;
    fail_if(args.in_place && !args.suffix.is_empty(), FolderConflict::SuffixInPlace)?;
    match args.output.as_deref().filter(|out| !out.is_dir() && !ends_in_slash(out) && implied_format(out).is_some()) {
        Some(out) => Err(Failure::usage(FolderConflict::FolderNamedLikeFile { output: out.to_path_buf() })),
        None => Ok(()),
    }
}

/// Options for folders have no effect elsewhere.
fn folders_only(args: &Args, way: Way) -> Checked {
    let writes = [
        (args.resume, "--resume"),
        (args.dry_run, "--dry-run"),
        (args.summary.is_some(), "--summary"),
        (!args.suffix.is_empty(), "--suffix"),
    ];
    if way != Way::Batch {
        none_of(&writes, |option| FolderConflict::FoldersOnly { option })?;
    }
    if way == Way::Articles {
        none_of(&[(args.report.is_some(), "--report")], |option| FolderConflict::FoldersOnly { option })?;
    }
    let walks = [
        (!args.include.is_empty(), "--include"),
        (!args.exclude.is_empty(), "--exclude"),
        (args.hidden, "--hidden"),
        (args.follow, "--follow"),
    ];
    if matches!(way, Way::Pipe | Way::Records) {
        none_of(&walks, |option| FolderConflict::FoldersOnlyNamedInputs { option })?;
    }
    Ok(())
}

/// Articles go to a folder, as text, Markdown or JSON.
fn articles(args: &Args) -> Checked {
    fail_if(args.format == FormatArg::Csv, Conflict::TableOfOneArticle)?;
    fail_if(matches!(args.format, FormatArg::Hocr | FormatArg::Alto), Conflict::PageOfOneArticle)?;
    match args.output.as_deref() {
        Some(out) if out == Path::new("-") => Err(Failure::usage(FolderConflict::StandardOutputOfBatch)),
        Some(out) if out.is_file() => Err(Failure::usage(Overwrite::OutputIsFile { path: out.to_path_buf() })),
        _ => Ok(()),
    }
}

/// What is added to a name must leave the file in its folder.
fn affixes(args: &Args) -> Checked {
    let has_slash = |s: &OsStr| s.as_encoded_bytes().iter().any(|&b| std::path::is_separator(b.into()) || b == 0);
    fail_if(has_slash(&args.suffix), FolderConflict::SuffixHasSlash)?;
    let Some(suffix) = &args.backup else { return Ok(()) };
    fail_if(!args.in_place, FolderConflict::BackupNotInPlace)?;
    fail_if(suffix.is_empty() || has_slash(suffix), FolderConflict::BackupEmptyOrSlash)?;
    let mut name = OsString::from("page.txt");
    name.push(suffix);
    let suffix = suffix.to_string_lossy().into_owned();
    fail_if(is_text(Path::new(&name)), FolderConflict::BackupIsInput { suffix })
}

/// A file that is written must not be written twice, and must not be read.
fn files(args: &Args, way: Way) -> Checked {
    // The files of a batch are compared one by one before it begins.
    let single = |path: &Option<PathBuf>| path.clone().filter(|_| !matches!(way, Way::Batch | Way::Articles));
    let written = [
        ("-o", single(&args.output)),
        ("--report", single(&args.report)),
        ("--ledger", args.ledger.clone()),
        ("--decisions", args.decisions.clone()),
        ("--summary", args.summary.clone()),
    ];
    let mut seen: Vec<(&'static str, PathBuf)> = Vec::new();
    for (option, path) in written.into_iter().filter_map(|(option, path)| Some((option, path?))) {
        if path.as_os_str() == "-" {
            fail_if(option != "-o", Overwrite::NeedsFileName { option })?;
            continue;
        }
        fail_if(path.is_dir(), Overwrite::IsFolder { option, path: path.clone() })?;
        // A device or a pipe may be written to from several sides.
        if std::fs::metadata(&path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            continue;
        }
        let real = resolved(&path);
        not_an_input(args, way, option, &path, &real)?;
        if let Some((first, _)) = seen.iter().find(|(_, p)| *p == real) {
            return Err(Failure::usage(Overwrite::WrittenTwice { first, second: option, path }));
        }
        not_read(args, option, &path, &real)?;
        seen.push((option, real));
    }
    Ok(())
}

fn not_an_input(args: &Args, way: Way, option: &'static str, path: &Path, real: &Path) -> Checked {
    for input in &args.inputs {
        let input_real = resolved(input);
        let path = path.to_path_buf();
        if input_real == *real {
            let in_place = option == "-o" && way == Way::Pipe;
            return Err(Failure::usage(Overwrite::OutputIsInput { option, path, in_place }));
        }
        if input.is_dir() && real.starts_with(input_real) && is_text(&path) {
            return Err(Failure::usage(Overwrite::OutputAmongInputs { option, path, folder: input.clone() }));
        }
    }
    Ok(())
}

fn not_read(args: &Args, option: &'static str, path: &Path, real: &Path) -> Checked {
    let pictures = args.image.iter().map(|path| ("--image", Some(path)));
    let lists = [("--apply", args.apply.as_ref()), ("--config", args.config.as_ref())];
    for (reader, read) in lists.into_iter().chain(pictures) {
        // A list that was applied may be written again, with the decisions in it.
        let rewritten = (option, reader) == ("--decisions", "--apply");
        if !rewritten && read.is_some_and(|p| resolved(p) == *real) {
            return Err(Failure::usage(Overwrite::OutputIsRead { option, path: path.to_path_buf(), reader }));
        }
    }
    Ok(())
}
