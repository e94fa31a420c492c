//! Arguments: what is asked for, checked before anything is read or written.

use super::{commands, conflicts as together};
use crate::cli::settings::{Settings, Wrong};
use crate::decisions::Lists;
use crate::output::file as files;
use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, ValueEnum};
use qingyang::decode::Encoding;
use qingyang::options::{CjkLatinSpace, Furniture, Order, Split, Width};
use qingyang::rule::RuleSet;
use qingyang::{Options, Rule};
use std::ffi::OsString;
use std::path::PathBuf;

/// What a new user tries first.
pub const EXAMPLES: &str = "  pdftotext page.pdf - | qingyang                   a pipe
  qingyang page1.txt page2.txt -o issue.txt         files, in the order given
  qingyang archive/ -o clean/ --jobs 4 --resume     a folder, mirrored; again after an interruption
  qingyang --format markdown page.txt               headlines and captions marked up
  qingyang --jsonl --field text < in.jsonl          one string of each JSON record
  qingyang --follow-jumps 2023-09-12/ -o clean/     the pages of an issue, jumps put together
  qingyang --check archive/                         what would change; status 1 if anything would
  qingyang --uncertain 0.9 page.txt                 the line breaks worth a look, on standard error
  qingyang --decisions list.jsonl page.txt          the same as a list: edit its \"keep\", then
  qingyang --apply list.jsonl page.txt              do as the list says";

/// What the exit status says.
pub const STATUS: &str = "\
0 done, 1 something failed (or would change, with --check), 2 wrong usage,
130 and 143 after Ctrl-C and SIGTERM.";

/// What may stand as the first word.
pub const COMMANDS: &str = "\
Commands, as the first word only (a file of such a name is ./rules): rules,
config [FILE], completions SHELL, man.";

/// Turns the messy text of a Chinese newspaper page (OCR, PDF text layer) into its clean proof
#[derive(Debug, Parser)]
#[command(name = "qingyang", version, after_help = format!("Examples:\n{EXAMPLES}\n\nExit status: {STATUS}\n\n{COMMANDS}"), max_term_width = 110)]
pub struct Args {
    /// Files or folders; standard input where there are none, or for '-'
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Where to write: a file, or for a folder the folder that mirrors it; '-' is standard output
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// Encoding of the input (utf-8, utf-16le, utf-16be, gb18030, gbk, big5); found out by default
    #[arg(long, value_name = "NAME", help_heading = "Text")]
    pub encoding: Option<String>,
    /// Replace malformed bytes by U+FFFD and count them
    #[arg(long, help_heading = "Text", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = clap::ArgAction::Set)]
    pub lossy: bool,
    /// Full-width Latin letters and digits
    #[arg(long, value_enum, default_value = "half", value_name = "WIDTH", help_heading = "Text")]
    pub width: WidthArg,
    /// Space between Han and Latin letters or digits in running text
    #[arg(long, value_enum, default_value = "none", value_name = "SPACE", help_heading = "Text")]
    pub cjk_latin_space: SpaceArg,
    /// Mastheads, folios, editors' lines
    #[arg(long, value_enum, default_value = "keep", value_name = "WHAT", help_heading = "Text")]
    pub furniture: FurnitureArg,
    /// An empty line between two units
    #[arg(long, help_heading = "Text", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = clap::ArgAction::Set)]
    pub blank_lines: bool,
    /// Join a paragraph that dropped furniture or a followed jump had cut in two, where the text proves it
    #[arg(long, help_heading = "Text", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = clap::ArgAction::Set)]
    pub join_across: bool,
    /// Where a headline stands that follows its text: where the source has it, or in front
    #[arg(long, value_enum, default_value = "source", value_name = "ORDER", help_heading = "Text")]
    pub order: OrderArg,
    /// What stands on a line: a unit (paragraph, headline, caption) or a sentence
    #[arg(long, value_enum, default_value = "unit", value_name = "WHAT", help_heading = "Text")]
    pub split: SplitArg,
    /// The pages (by form feeds), the files given, or those of each folder are one issue: what repeats is furniture
    #[arg(long, help_heading = "Issues")]
    pub issue: bool,
    /// Put together what goes on on another page of the issue (下转 and 上接); takes --issue with it
    #[arg(long, help_heading = "Issues")]
    pub follow_jumps: bool,
    /// Switch a rule off, whatever else asks for it (may be repeated; 'qingyang rules' lists them)
    #[arg(long, value_name = "RULE", help_heading = "Text", value_parser = rule_names())]
    pub skip: Vec<String>,
    /// Use these rules only, whatever else asks for others (may be repeated)
    #[arg(long, value_name = "RULE", help_heading = "Text", value_parser = rule_names(), conflicts_with = "skip")]
    pub only: Vec<String>,

    /// What to write
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT", help_heading = "Output")]
    pub format: FormatArg,

    /// Settings from this file, not from the nearest qingyang.toml above each input
    #[arg(long, value_name = "FILE", help_heading = "Settings", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// No settings file
    #[arg(long, help_heading = "Settings")]
    pub no_config: bool,

    /// List line breaks that are less certain than P on standard error (with --decisions: in its file)
    #[arg(long, value_name = "P", num_args = 0..=1, default_missing_value = "0.9", value_parser = certainty, help_heading = "What was done")]
    pub uncertain: Option<f32>,
    /// Write every edit as JSON Lines
    #[arg(long, value_name = "FILE", help_heading = "What was done", conflicts_with_all = ["jsonl", "resume"])]
    pub ledger: Option<PathBuf>,
    /// Write the line breaks that are less certain than --uncertain says as JSON Lines to be edited and applied
    #[arg(long, value_name = "FILE", help_heading = "What was done", conflicts_with_all = ["jsonl", "resume"])]
    pub decisions: Option<PathBuf>,
    /// Do as an edited list of --decisions says
    #[arg(long, value_name = "FILE", help_heading = "What was done", conflicts_with = "jsonl")]
    pub apply: Option<PathBuf>,
    /// Write a report with source and clean text side by side: an HTML file, for a folder a folder of them
    #[arg(long, value_name = "PATH", help_heading = "What was done", conflicts_with_all = ["check", "diff", "explain", "jsonl"])]
    pub report: Option<PathBuf>,
    /// Change nothing; print the names of files that would change, status 1 if any would
    #[arg(long, help_heading = "What was done", conflicts_with_all = ["output", "diff", "explain"])]
    pub check: bool,
    /// Print the difference instead of the text
    #[arg(long, help_heading = "What was done", conflicts_with_all = ["output", "explain"])]
    pub diff: bool,
    /// Print what was done in plain sentences instead of the text
    #[arg(long, help_heading = "What was done", conflicts_with = "output")]
    pub explain: bool,
    /// Colour in --diff
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "What was done")]
    pub color: ColorArg,

    /// Also take files whose name fits the glob (.txt and .text are taken by default)
    #[arg(long, value_name = "GLOB", value_parser = glob, help_heading = "Folders")]
    pub include: Vec<String>,
    /// Leave out files and folders whose name or path fits the glob
    #[arg(long, value_name = "GLOB", value_parser = glob, help_heading = "Folders")]
    pub exclude: Vec<String>,
    /// Put this behind the name of each output, before its extension
    #[arg(
        long,
        value_name = "SUFFIX",
        allow_hyphen_values = true,
        default_value = "",
        hide_default_value = true,
        help_heading = "Folders"
    )]
    pub suffix: OsString,
    /// Files cleaned at once; all cores by default
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "Folders")]
    pub jobs: Option<u16>,
    /// Go on where an earlier run stopped
    #[arg(long, help_heading = "Folders", conflicts_with = "in_place")]
    pub resume: bool,
    /// Say what would be read and written
    #[arg(long, help_heading = "Folders")]
    pub dry_run: bool,
    /// Read names of inputs from a file, one a line or parted by NUL bytes ('-' is standard input)
    #[arg(long, value_name = "FILE", help_heading = "Folders")]
    pub files_from: Option<PathBuf>,
    /// Replace each input by its proof
    #[arg(long, help_heading = "Folders", conflicts_with = "output")]
    pub in_place: bool,
    /// With --in-place, keep the original under its name and this
    #[arg(long, value_name = "SUFFIX", allow_hyphen_values = true, help_heading = "Folders")]
    pub backup: Option<OsString>,
    /// Follow symbolic links
    #[arg(long, help_heading = "Folders")]
    pub follow: bool,
    /// Take hidden files and folders too
    #[arg(long, help_heading = "Folders")]
    pub hidden: bool,
    /// Write a record for each file as JSON Lines
    #[arg(long, value_name = "FILE", help_heading = "Folders")]
    pub summary: Option<PathBuf>,
    /// No progress, no summary; errors stay
    #[arg(short, long, help_heading = "Folders")]
    pub quiet: bool,

    /// Clean one string of each JSON Lines record
    #[arg(long, requires = "field", help_heading = "Records")]
    pub jsonl: bool,
    /// Its key, or a JSON Pointer (/a/b)
    #[arg(long, value_name = "NAME", requires = "jsonl", help_heading = "Records")]
    pub field: Option<String>,
    /// A record that is no JSON or lacks the field
    #[arg(long, value_enum, default_value = "keep", value_name = "WHAT", requires = "jsonl", help_heading = "Records")]
    pub on_error: OnError,
}

/// `--width`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum WidthArg {
    Half,
    Keep,
}
/// `--cjk-latin-space`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum SpaceArg {
    None,
    One,
    Keep,
}
/// `--furniture`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum FurnitureArg {
    Keep,
    Drop,
}
/// `--format`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum FormatArg {
    /// The clean text
    Text,
    /// CommonMark, with front matter where the page prints its date
    Markdown,
    /// One JSON document by schema/qingyang-1.schema.json
    Json,
    /// The same pages, one a line
    Jsonl,
}

impl FormatArg {
    /// What an output's name ends in; `None` where it keeps that of its input.
    pub fn extension(self) -> Option<&'static str> {
        match self {
            FormatArg::Text => None,
            FormatArg::Markdown => Some("md"),
            FormatArg::Json => Some("json"),
            FormatArg::Jsonl => Some("jsonl"),
        }
    }
}
/// `--order`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum OrderArg {
    Source,
    Reading,
}
/// `--split`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum SplitArg {
    Unit,
    Sentence,
}
/// `--color`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum ColorArg {
    Auto,
    Always,
    Never,
}
/// `--on-error`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum OnError {
    /// The line stays as it came
    Keep,
    /// The line is left out
    Skip,
    /// The run ends
    Stop,
}

fn rule_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Rule::ALL.map(Rule::name))
}

fn certainty(said: &str) -> Result<f32, String> {
    let p = said.parse().ok().filter(|p| (0.5..=1.0).contains(p));
    p.ok_or_else(|| "wants a probability from 0.5 to 1, as in --uncertain=0.9".to_string())
}

fn glob(said: &str) -> Result<String, String> {
    globset::Glob::new(said).map(|g| g.glob().to_string()).map_err(|e| e.kind().to_string())
}

/// How the inputs go through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mode {
    /// Standard input or files to standard output or one file.
    Pipe,
    /// Each file to a file of its own.
    Batch,
    /// JSON Lines.
    Records,
    /// Nothing is written: `--check`, `--diff`, `--explain`.
    Changes,
}

/// What is to be run.
pub struct Run {
    pub args: Args,
    pub mode: Mode,
    pub settings: Settings,
    /// What `--apply` says.
    pub apply: Option<Lists>,
    /// What `--issue` makes of the inputs, once it is asked.
    pub issues: std::sync::OnceLock<crate::run::issues::Issues>,
}

/// What was asked for.
pub enum Asked {
    Clean(Box<Run>),
    Print(Vec<u8>),
}

/// Reads the command line; ends the process with 2 on wrong usage, and after `--help`.
pub fn parse() -> Asked {
    let mut words = std::env::args_os().skip(1);
    let first = words.next();
    if let Some(printed) = first.as_deref().and_then(|first| commands::asked(first, words.next().as_deref())) {
        return Asked::Print(printed);
    }
    let config = first.as_ref().is_some_and(|f| f == "config");
    let words = std::env::args_os().enumerate().filter(|(n, _)| !(config && *n == 1)).map(|(_, word)| word);
    let matches = Args::command().get_matches_from(words);
    let args = Args::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    let asked =
        if config { holds(&matches, &args).map(|text| Asked::Print(text.into_bytes())) } else { check(&matches, args) };
    match asked {
        Ok(asked) => asked,
        Err(error) if error.is::<crate::cli::settings::Broken>() || error.is::<crate::decisions::Malformed>() => {
            files::say(format_args!("qingyang: {error:#}"));
            std::process::exit(2)
        }
        Err(error) => Args::command().error(clap::error::ErrorKind::ValueValidation, format!("{error:#}")).exit(),
    }
}

/// The encoding that is given.
pub fn encoding(args: &Args) -> Result<Option<Encoding>, Wrong> {
    let wrong = |e: qingyang::Error| Wrong { key: "encoding", said: e.to_string() };
    args.encoding.as_deref().map(Encoding::from_label).transpose().map_err(wrong)
}

/// The library's options, as the options of the command line have them.
pub fn options(args: &Args) -> Result<Options, Wrong> {
    let mut options = Options::default();
    options.width = if args.width == WidthArg::Keep { Width::Keep } else { Width::Half };
    options.cjk_latin_space = match args.cjk_latin_space {
        SpaceArg::None => CjkLatinSpace::None,
        SpaceArg::One => CjkLatinSpace::One,
        SpaceArg::Keep => CjkLatinSpace::Keep,
    };
    options.furniture = if args.furniture == FurnitureArg::Drop { Furniture::Drop } else { Furniture::Keep };
    options.blank_lines = args.blank_lines;
    options.join_across = args.join_across;
    options.order = if args.order == OrderArg::Reading { Order::Reading } else { Order::Source };
    options.split = if args.split == SplitArg::Sentence { Split::Sentence } else { Split::Unit };
    options.follow_jumps = args.follow_jumps;
    let set = |names: &[String]| names.iter().filter_map(|n| Rule::from_name(n)).fold(RuleSet::NONE, RuleSet::with);
    options.skip = if args.only.is_empty() { set(&args.skip) } else { set(&args.only).with(Rule::Layout).complement() };
    options.ledger = args.ledger.is_some() || args.explain || args.diff || args.report.is_some();
    options.units = args.format != FormatArg::Text || args.report.is_some();
    options.confidence = args.uncertain.is_some()
        || args.summary.is_some()
        || args.decisions.is_some()
        || args.explain
        || args.report.is_some();
    if args.skip.iter().any(|r| r == Rule::Layout.name()) {
        return Err(Wrong { key: "skip", said: "layout is always on: without it units have no lines".into() });
    }
    if args.join_across && args.furniture == FurnitureArg::Keep && !args.follow_jumps {
        let said =
            "needs furniture = drop (--furniture drop) or --follow-jumps: what stays cannot be joined over".into();
        return Err(Wrong { key: "join-across", said });
    }
    Ok(options)
}

/// `qingyang config`: what holds for each input.
fn holds(matches: &ArgMatches, args: &Args) -> Result<String> {
    let settings = Settings::new(matches, args);
    let inputs = files::inputs(&args.inputs);
    let mut out = Vec::new();
    for input in inputs {
        let setting = settings.of_input(input)?;
        out.push(setting.show(&files::name(input)));
    }
    Ok(out.join("\n"))
}

fn check(matches: &ArgMatches, mut args: Args) -> Result<Asked> {
    if let Some(list) = args.files_from.take() {
        let path = (list.as_os_str() != "-").then_some(list.as_path());
        anyhow::ensure!(
            path.is_some() || args.inputs.iter().all(|i| i.as_os_str() != "-"),
            "standard input is the list of --files-from: it cannot be an input as well"
        );
        let names = files::read_all(path).and_then(|bytes| files::names(&bytes));
        args.inputs.extend(names.with_context(|| format!("--files-from {}", list.display()))?);
        if args.inputs.is_empty() {
            if !args.quiet {
                files::say(format_args!("qingyang: --files-from {} names no file: nothing to do", list.display()));
            }
            return Ok(Asked::Print(Vec::new()));
        }
    }
    args.issue |= args.follow_jumps;
    let folder = args.inputs.iter().any(|p| p.is_dir());
    let to_folder = args.output.as_ref().is_some_and(|o| {
        o.is_dir() || o.as_os_str().as_encoded_bytes().last().is_some_and(|&b| std::path::is_separator(b.into()))
    });
    let mode = if args.jsonl {
        Mode::Records
    } else if args.check || args.diff || args.explain {
        Mode::Changes
    } else if folder || args.in_place || to_folder {
        Mode::Batch
    } else {
        Mode::Pipe
    };
    if mode == Mode::Batch && args.output.is_none() && !args.in_place {
        anyhow::bail!("a folder needs -o OUT_DIR (or --in-place)");
    }
    if mode == Mode::Batch && args.inputs.is_empty() {
        anyhow::bail!("{} needs inputs that have names", if args.in_place { "--in-place" } else { "a folder for -o" });
    }
    together::refuse(&args, mode)?;
    args.output = args.output.filter(|o| o.as_os_str() != "-");
    let settings = Settings::new(matches, &args);
    for input in files::inputs(&args.inputs) {
        settings.of_input(input)?;
    }
    let apply = args.apply.as_deref().map(Lists::read).transpose()?;
    Ok(Asked::Clean(Box::new(Run { args, mode, settings, apply, issues: Default::default() })))
}
