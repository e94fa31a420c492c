//! The checked plan: everything that a run needs to know. The runs see no option that contradicts another.

use super::args::{AddArg, Args, ColorArg, OnError, Way};
use super::settings::Settings;
use crate::environment::Environment;
use crate::failure::{At, Failure};
use crate::input::beginning::Source;
use crate::input::decisions::Lists;
use crate::input::walk::{FileKind, Filter};
use crate::messages::{Place, Usage};
use crate::output::sidecars;
use crate::output::views::Format;
use crate::signals::Signals;
use globset::{Glob, GlobSet, GlobSetBuilder};
use qingyang_tell::Language;
use qingyang_tell::diff::Style;
use std::ffi::OsString;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// What is to be done.
pub struct Plan {
    /// Files and folders; `-` is standard input, and so is an empty list.
    pub inputs: Vec<PathBuf>,
    pub mode: Mode,
    pub settings: Settings,
    pub format: Format,
    /// Whether a table begins with a byte order mark.
    pub mark: bool,
    /// Whether the inputs are pages of issues.
    pub issue: bool,
    /// The decisions to apply.
    pub apply: Option<Lists>,
    pub sidecars: sidecars::Paths,
    /// The file or folder of the report.
    pub report: Option<PathBuf>,
    /// The pictures of the pages of a layout.
    pub images: Vec<PathBuf>,
    /// Which files of a folder are taken.
    pub filter: Filter,
    /// What the inputs are.
    pub source: Source,
    /// Workers at once; by default as many as there are cores.
    pub jobs: Option<u16>,
    /// Whether only errors are said.
    pub quiet: bool,
    /// The language of everything that is said.
    pub language: Language,
    pub signals: Signals,
    /// Standard input, if it is a file.
    pub stdin_file: Option<Arc<File>>,
}

/// How the inputs are cleaned.
pub enum Mode {
    /// One after the other, to standard output or one file.
    Pipe { output: Option<PathBuf> },
    /// Each file to a file of its own.
    Batch(Batch),
    /// Each article of standard input to a file of its own.
    Articles(Articles),
    /// JSON Lines or Parquet, to standard output or one file.
    Records(Records),
    /// No text is written.
    Preview(Preview),
}

/// How the articles of standard input are written.
pub struct Articles {
    pub out: PathBuf,
    pub format: Format,
    /// Whether the counts are printed at the end.
    pub counts: bool,
}

/// How folders are cleaned.
pub struct Batch {
    pub target: Target,
    /// Whether each article gets a file, in a folder for each input.
    pub per_article: bool,
    /// Files cleaned at once; by default as many as there are cores.
    pub jobs: Option<u16>,
    pub resume: bool,
    pub dry_run: bool,
    /// The files are JSON Lines or Parquet.
    pub records: Option<Records>,
    /// The file of records, one for each input.
    pub summary: Option<PathBuf>,
    /// Whether the progress is shown.
    pub progress: bool,
    /// Whether the counts are printed at the end.
    pub counts: bool,
}

/// Where the outputs of a batch go.
pub enum Target {
    Folder { out: PathBuf, suffix: OsString },
    InPlace { backup: Option<OsString> },
}

/// How records are cleaned.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Not of a batch, whose files have outputs of their own.
    pub output: Option<PathBuf>,
    /// Whether the records are the rows of a Parquet file, not JSON Lines.
    pub table: bool,
    /// Keys of the strings or names of the columns, or JSON Pointers.
    pub fields: Vec<String>,
    /// The key of each clean text, beside its field, or the JSON Pointer to its place; none where the clean text takes the
    /// place of the field.
    pub to: Vec<String>,
    pub add: Additions,
    pub on_error: BadRecord,
    /// Workers that share an input; by default as many as there are cores.
    pub jobs: Option<u16>,
    /// Whether the counts are printed at the end.
    pub counts: bool,
    /// Whether the text of each field is judged, for the counts or the summary.
    pub judged: bool,
}

/// What is added beside a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Additions {
    pub quality: bool,
    pub units: bool,
}

/// What happens to a record that cannot be cleaned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BadRecord {
    #[default]
    Keep,
    Skip,
    Stop,
}

/// What is shown instead of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview {
    /// Names of files that would change.
    Check,
    /// Whether there are changes is the exit status, if it is asked for.
    Diff {
        style: Style,
        check: bool,
    },
    Explain,
}

impl Plan {
    /// The plan of options that agree with each other.
    pub(super) fn new(
        args: Args,
        way: Way,
        settings: Settings,
        apply: Option<Lists>,
        environment: &Environment,
    ) -> Result<Plan, Failure> {
        let source = args.source();
        let filter = filter(&args, way)?;
        let format = args.format.of();
        let jobs = args.jobs;
        let records = args.records().then(|| records(&args));
        let mode = match way {
            Way::Pipe => Mode::Pipe { output: args.output },
            Way::Batch => Mode::Batch(Batch {
                target: match args.output {
                    Some(out) => Target::Folder { out, suffix: args.suffix },
                    None => Target::InPlace { backup: args.backup },
                },
                per_article: args.per.is_some(),
                jobs: args.jobs,
                resume: args.resume,
                dry_run: args.dry_run,
                records,
                summary: args.summary,
                progress: environment.stderr_is_terminal && !args.quiet,
                counts: !args.quiet,
            }),
            Way::Articles => {
                Mode::Articles(Articles { out: args.output.unwrap_or_default(), format, counts: !args.quiet })
            }
            Way::Records => Mode::Records(Records { output: args.output, ..records.unwrap_or_default() }),
            Way::Preview => Mode::Preview(preview(&args, environment)),
        };
        Ok(Plan {
            inputs: args.inputs,
            mode,
            settings,
            format,
            mark: args.bom,
            issue: args.issue,
            apply,
            sidecars: sidecars::Paths {
                ledger: args.ledger,
                decisions: args.decisions,
                language: environment.language,
            },
            report: args.report,
            images: args.image,
            filter,
            source,
            jobs,
            quiet: args.quiet,
            language: environment.language,
            signals: environment.signals.clone(),
            stdin_file: environment.stdin_file.clone(),
        })
    }
}

/// Which files of the inputs are taken.
fn filter(args: &Args, way: Way) -> Result<Filter, Failure> {
    Ok(Filter {
        include: globs(&args.include).at(|| Place::Option("--include"))?,
        exclude: globs(&args.exclude).at(|| Place::Option("--exclude"))?,
        hidden: args.hidden,
        follow: args.follow,
        // Folders skip layouts in modes where a layout is an error.
        layouts: matches!(way, Way::Batch | Way::Articles | Way::Preview)
            && !args.in_place
            && !args.issue
            && !args.records()
            && args.source() != Source::Text,
        kind: if args.parquet {
            FileKind::Tables
        } else if args.jsonl {
            FileKind::Records
        } else {
            FileKind::Pages
        },
    })
}

/// What is shown in place of a clean text.
fn preview(args: &Args, environment: &Environment) -> Preview {
    match (args.check, args.diff) {
        (check, true) => Preview::Diff {
            style: Style { color: color(args.color, environment), escaped: environment.stdout_is_terminal },
            check,
        },
        (true, false) => Preview::Check,
        (false, false) => Preview::Explain,
    }
}

/// How the records are cleaned, without their output.
fn records(args: &Args) -> Records {
    Records {
        output: None,
        table: args.parquet,
        fields: args.field.clone(),
        to: args.to_field.clone(),
        add: Additions { quality: args.add.contains(&AddArg::Quality), units: args.add.contains(&AddArg::Units) },
        on_error: match args.on_error {
            OnError::Keep => BadRecord::Keep,
            OnError::Skip => BadRecord::Skip,
            OnError::Stop => BadRecord::Stop,
        },
        jobs: args.jobs,
        counts: !args.quiet,
        judged: !args.quiet || args.summary.is_some(),
    }
}

fn color(when: ColorArg, environment: &Environment) -> bool {
    match when {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => environment.stdout_is_terminal && !environment.no_color,
    }
}

fn globs(patterns: &[Glob]) -> Result<GlobSet, Failure> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(pattern.clone());
    }
    set.build().map_err(|e| Failure::usage(Usage::BadGlob(e.kind().to_string())))
}
