//! The command line, as the argument parser reads it. The doc comments are the texts of `--help`.

use crate::input::beginning::Source;
use crate::messages::Usage;
use crate::output::views::Format;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgGroup, Command, Parser, ValueEnum};
use qingyang::{Rule, reading};
use qingyang_tell::Language;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Turns the messy text of a Chinese newspaper page (OCR, PDF text layer) into clean text
#[derive(Debug, Parser)]
#[command(name = "qingyang", version, group(ArgGroup::new(RECORDS).args(["jsonl", "parquet"])))]
pub struct Args {
    /// Files or folders; standard input if there are none, or for '-'
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Output file, or for folders the output folder; '-' is standard output
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// Language of messages, help and report; by default that of LC_ALL, LC_MESSAGES or LANG. Traditional locales have simplified texts
    #[arg(hide_short_help = true, long, value_name = "LANGUAGE", value_parser = languages())]
    pub lang: Option<String>,

    /// Encoding of the input (utf-8, utf-16le, utf-16be, gb18030, gbk, big5); detected by default
    #[arg(hide_short_help = true, long, value_name = "NAME", help_heading = "Text")]
    pub encoding: Option<String>,
    /// Replace malformed bytes by U+FFFD and count them
    #[arg(hide_short_help = true, long, help_heading = "Text", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = clap::ArgAction::Set)]
    pub lossy: bool,
    /// Undo what went wrong before: mojibake is text that was read in a wrong encoding
    #[arg(
        hide_short_help = true,
        long,
        value_enum,
        default_value = "none",
        value_name = "WHAT",
        help_heading = "Text"
    )]
    pub repair: RepairArg,
    /// Width of full-width Latin letters and digits
    #[arg(
        hide_short_help = true,
        long,
        value_enum,
        default_value = "half",
        value_name = "WIDTH",
        help_heading = "Text"
    )]
    pub width: WidthArg,
    /// Space between Han and Latin letters or digits in running text
    #[arg(
        hide_short_help = true,
        long,
        value_enum,
        default_value = "none",
        value_name = "SPACE",
        help_heading = "Text"
    )]
    pub cjk_latin_space: SpaceArg,
    /// Keep or drop mastheads, folios and editors' lines
    #[arg(long, value_enum, default_value = "keep", value_name = "WHAT", help_heading = "Text")]
    pub furniture: FurnitureArg,
    /// Put a blank line between two units
    #[arg(hide_short_help = true, long, help_heading = "Text", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = clap::ArgAction::Set)]
    pub blank_lines: bool,
    /// Join a paragraph that dropped furniture, the end of a page or a followed jump cut in two, if the text proves it
    #[arg(hide_short_help = true, long, help_heading = "Text", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = clap::ArgAction::Set)]
    pub join_across: bool,
    /// Order of units, and of the lines of a layout; auto keeps that of a text, and orders the lines of a layout by their places where
    /// its file reads badly; source keeps it; reading orders lines by their places, and puts a headline before its text
    #[arg(long, value_enum, default_value = "auto", value_name = "ORDER", help_heading = "Text")]
    pub order: OrderArg,
    /// Put each unit (paragraph, headline, caption) or each sentence on a line
    #[arg(long, value_enum, default_value = "unit", value_name = "WHAT", help_heading = "Text")]
    pub split: SplitArg,
    /// Take the pages of an input, the given files, or the files of each folder as one issue: repeated lines are furniture
    #[arg(hide_short_help = true, long, help_heading = "Issues")]
    pub issue: bool,
    /// Join texts that continue on another page of the issue (下转 and 上接); implies --issue
    #[arg(long, help_heading = "Issues")]
    pub follow_jumps: bool,
    /// Switch a rule off, whatever other options say (may be repeated; 'qingyang rules' lists the rules, with your own as custom:NAME)
    #[arg(hide_short_help = true, long, value_name = "RULE", help_heading = "Text", value_parser = rule_names())]
    pub skip: Vec<String>,
    /// Use only this rule, whatever other options say (may be repeated)
    #[arg(hide_short_help = true, long, value_name = "RULE", help_heading = "Text", value_parser = rule_names(), conflicts_with = "skip")]
    pub only: Vec<String>,

    /// Take the inputs as text, or as layouts of this format; by default the content of each tells what it is
    #[arg(hide_short_help = true, long, value_name = "WHAT", help_heading = "Layouts", value_parser = sources(), conflicts_with = RECORDS)]
    pub from: Option<String>,

    /// Output format, such as markdown, json or csv
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT", help_heading = "Output")]
    pub format: FormatArg,
    /// With "article", write each article to a file of its own below the folder -o; what belongs to none goes to a file rest
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Output", requires = "output",
        conflicts_with_all = ["check", "diff", "explain", RECORDS, "in_place", "suffix"])]
    pub per: Option<PerArg>,
    /// Begin a table with a byte order mark, so that Excel reads it as UTF-8
    #[arg(hide_short_help = true, long, help_heading = "Output")]
    pub bom: bool,

    /// Read settings from this file instead of the nearest qingyang.toml above each input
    #[arg(hide_short_help = true, long, value_name = "FILE", help_heading = "Settings", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no settings file
    #[arg(hide_short_help = true, long, help_heading = "Settings")]
    pub no_config: bool,

    /// List line breaks that are less certain than P on standard error (with --decisions: in its file)
    #[arg(long, value_name = "P", num_args = 0..=1, default_missing_value = DEFAULT_UNCERTAIN, value_parser = certainty, help_heading = "What was done")]
    pub uncertain: Option<f32>,
    /// Write every edit as JSON Lines
    #[arg(hide_short_help = true, long, value_name = "FILE", help_heading = "What was done", conflicts_with_all = [RECORDS, "resume"])]
    pub ledger: Option<PathBuf>,
    /// Write the line breaks that are less certain than --uncertain says to a list; edit and --apply it
    #[arg(long, value_name = "FILE", help_heading = "What was done", conflicts_with_all = [RECORDS, "resume"])]
    pub decisions: Option<PathBuf>,
    /// Apply an edited list of --decisions or of the report; it decides line breaks and other edits
    #[arg(long, value_name = "FILE", help_heading = "What was done", conflicts_with = RECORDS)]
    pub apply: Option<PathBuf>,
    /// Write a report with source and clean text side by side; an HTML file, or for folders a folder of HTML files
    #[arg(long, value_name = "PATH", help_heading = "What was done", conflicts_with_all = ["check", "diff", "explain", RECORDS])]
    pub report: Option<PathBuf>,
    /// Lay the lines of a layout over this picture of its page in the report, a PNG or JPEG; give it once for each page. In folders
    /// scan.jpg or scan.png beside scan.json is taken, for page 2 of several scan-2.jpg
    #[arg(hide_short_help = true, long, value_name = "FILE", help_heading = "What was done", requires = "report")]
    pub image: Vec<PathBuf>,
    /// Write nothing, print the names of files that would change; status 1 if any would
    #[arg(long, help_heading = "What was done", conflicts_with_all = ["output", "explain"])]
    pub check: bool,
    /// Print a diff instead of the text
    #[arg(long, help_heading = "What was done", conflicts_with_all = ["output", "explain"])]
    pub diff: bool,
    /// Print what was done, in sentences, instead of the text
    #[arg(long, help_heading = "What was done", conflicts_with = "output")]
    pub explain: bool,
    /// Colour of --diff
    #[arg(
        hide_short_help = true,
        long,
        value_enum,
        default_value = "auto",
        value_name = "WHEN",
        help_heading = "What was done"
    )]
    pub color: ColorArg,

    /// Also take files whose name matches the glob (.txt, .text and layouts are taken by default)
    #[arg(hide_short_help = true, long, value_name = "GLOB", value_parser = glob, help_heading = "Folders")]
    pub include: Vec<globset::Glob>,
    /// Leave out files and folders whose name or path matches the glob
    #[arg(hide_short_help = true, long, value_name = "GLOB", value_parser = glob, help_heading = "Folders")]
    pub exclude: Vec<globset::Glob>,
    /// Add this to the name of each output, before its extension
    #[arg(
        hide_short_help = true,
        long,
        value_name = "SUFFIX",
        allow_hyphen_values = true,
        default_value = "",
        hide_default_value = true,
        help_heading = "Folders"
    )]
    pub suffix: OsString,
    /// Number of files, or of pieces of one input, to clean at once; by default the number of cores
    #[arg(hide_short_help = true, short, long, value_name = "N", value_parser = jobs, help_heading = "Folders")]
    pub jobs: Option<u16>,
    /// Continue where an earlier run stopped
    #[arg(long, help_heading = "Folders", conflicts_with = "in_place")]
    pub resume: bool,
    /// Only print what would be read and written
    #[arg(hide_short_help = true, long, help_heading = "Folders")]
    pub dry_run: bool,
    /// Read names of inputs from a file, one per line or separated by NUL bytes ('-' is standard input)
    #[arg(hide_short_help = true, long, value_name = "FILE", help_heading = "Folders")]
    pub files_from: Option<PathBuf>,
    /// Replace each input by its clean text
    #[arg(long, help_heading = "Folders", conflicts_with = "output")]
    pub in_place: bool,
    /// With --in-place, keep the original under its name and this suffix
    #[arg(hide_short_help = true, long, value_name = "SUFFIX", allow_hyphen_values = true, help_heading = "Folders")]
    pub backup: Option<OsString>,
    /// Follow symbolic links
    #[arg(hide_short_help = true, long, help_heading = "Folders")]
    pub follow: bool,
    /// Also take hidden files and folders
    #[arg(hide_short_help = true, long, help_heading = "Folders")]
    pub hidden: bool,
    /// Write a record of each file as JSON Lines
    #[arg(long, value_name = "FILE", help_heading = "Folders")]
    pub summary: Option<PathBuf>,
    /// Print errors only: no progress, no summary
    #[arg(short, long, help_heading = "Folders")]
    pub quiet: bool,

    /// Clean strings of each JSON Lines record; inputs are files, or folders of .jsonl and .ndjson
    #[arg(long, requires = "field", help_heading = "Records")]
    pub jsonl: bool,
    /// Clean columns of Parquet files; inputs are files, or folders of .parquet
    #[arg(hide_short_help = true, long, requires = "field", help_heading = "Records")]
    pub parquet: bool,
    /// The key of the string or the name of the column, or a JSON Pointer (/a/b); in a pointer * stands for every item of a list (/a/*/b); may be repeated
    #[arg(long, value_name = "NAME", requires = RECORDS, help_heading = "Records")]
    pub field: Vec<String>,
    /// Leave the field as it is and write the clean text to this key (or column) beside it, or to this JSON Pointer with as many * as the field; with several --field one for each
    #[arg(hide_short_help = true, long, value_name = "NAME", requires = RECORDS, help_heading = "Records")]
    pub to_field: Vec<String>,
    /// Add a key (or column) beside the field: quality (share changed, uncertain breaks, suspicions) or units (the structure); may be repeated
    #[arg(hide_short_help = true, long, value_enum, value_name = "WHAT", requires = RECORDS, help_heading = "Records")]
    pub add: Vec<AddArg>,
    /// What to do with a record that is not JSON, lacks the field, or is not UTF-8
    #[arg(
        hide_short_help = true,
        long,
        value_enum,
        default_value = "keep",
        value_name = "WHAT",
        requires = RECORDS,
        help_heading = "Records"
    )]
    pub on_error: OnError,
}

/// The group of the options that say that the inputs are records.
const RECORDS: &str = "records";

/// The threshold of `--uncertain` without a value, which is `CERTAIN` of the views.
pub const DEFAULT_UNCERTAIN: &str = "0.9";

/// `--width`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum WidthArg {
    Half,
    Keep,
}

/// `--repair`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum RepairArg {
    None,
    Mojibake,
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
    /// One JSON document, by schema/qingyang-2.schema.json
    Json,
    /// The same pages, one per line
    Jsonl,
    /// A table of articles
    Csv,
    /// The pages of layouts with their places, as hOCR
    Hocr,
    /// The same as ALTO 4
    Alto,
}

/// `--per`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum PerArg {
    Article,
}

impl From<Format> for FormatArg {
    fn from(format: Format) -> FormatArg {
        match format {
            Format::Text => FormatArg::Text,
            Format::Markdown => FormatArg::Markdown,
            Format::Json => FormatArg::Json,
            Format::JsonLines => FormatArg::Jsonl,
            Format::Csv => FormatArg::Csv,
            Format::Hocr => FormatArg::Hocr,
            Format::Alto => FormatArg::Alto,
        }
    }
}

impl FormatArg {
    /// Its name on the command line.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_string()).unwrap_or_default()
    }

    /// The format.
    pub fn of(self) -> Format {
        match self {
            FormatArg::Text => Format::Text,
            FormatArg::Markdown => Format::Markdown,
            FormatArg::Json => Format::Json,
            FormatArg::Jsonl => Format::JsonLines,
            FormatArg::Csv => Format::Csv,
            FormatArg::Hocr => Format::Hocr,
            FormatArg::Alto => Format::Alto,
        }
    }
}

/// `--order`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum OrderArg {
    Auto,
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

/// `--add`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum AddArg {
    Quality,
    Units,
}

/// `--on-error`
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq)]
pub enum OnError {
    /// Keep the line as it is
    Keep,
    /// Leave the line out
    Skip,
    /// End the run
    Stop,
}

/// The names of the rules; which names `custom:NAME` there are, the settings of each input say.
#[derive(Clone)]
struct RuleNames(PossibleValuesParser);

fn rule_names() -> RuleNames {
    RuleNames(PossibleValuesParser::new(Rule::all().map(Rule::name)))
}

impl TypedValueParser for RuleNames {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        match value.to_str().filter(|name| is_custom(name)) {
            Some(name) => Ok(name.to_string()),
            None => self.0.parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

/// The value of `--from` for text.
const TEXT: &str = "text";
/// The value of `--from` for PDFs.
const PDF: &str = "pdf";

fn sources() -> PossibleValuesParser {
    let pdf = cfg!(feature = "pdf").then_some(PDF);
    PossibleValuesParser::new(std::iter::once(TEXT).chain(reading::Format::all().map(reading::Format::name)).chain(pdf))
}

fn languages() -> PossibleValuesParser {
    PossibleValuesParser::new(Language::ALL.map(Language::name))
}

/// Whether this is the name of a rule of the user.
pub fn is_custom(name: &str) -> bool {
    name.starts_with("custom:")
}

fn certainty(value: &str) -> Result<f32, Usage> {
    value.parse().ok().filter(|p| (0.5..=1.0).contains(p)).ok_or(Usage::ExpectedProbability)
}

fn jobs(value: &str) -> Result<u16, Usage> {
    value.parse().ok().filter(|n| (1..=1024).contains(n)).ok_or(Usage::ExpectedJobs)
}

fn glob(value: &str) -> Result<globset::Glob, Usage> {
    globset::Glob::new(value).map_err(|e| Usage::BadGlob(e.kind().to_string()))
}

/// What the options ask for, before it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Standard input or files to standard output or one file.
    Pipe,
    /// Each file to a file of its own.
    Batch,
    /// Each article of standard input to a file of its own.
    Articles,
    /// JSON Lines or Parquet to standard output or one file.
    Records,
    /// `--check`, `--diff`, `--explain`: no text is written.
    Preview,
}

/// Whether a path says that it is a folder.
pub fn ends_in_slash(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|&b| std::path::is_separator(b.into()))
}

impl Args {
    /// What the inputs are.
    pub fn source(&self) -> Source {
        match self.from.as_deref() {
            None => Source::Content,
            #[cfg(feature = "pdf")]
            Some(PDF) => Source::Pdf,
            Some(name) => name.parse().map_or(Source::Text, Source::Layout),
        }
    }

    /// Whether the inputs are records.
    pub fn records(&self) -> bool {
        self.jsonl || self.parquet
    }

    /// What these options ask for.
    pub fn way(&self) -> Way {
        let folder = self.inputs.iter().any(|p| p.is_dir());
        let to_folder = self.output.as_ref().is_some_and(|o| o.is_dir() || ends_in_slash(o));
        if self.per.is_some() && self.inputs.iter().all(|p| p.as_os_str() == "-") {
            Way::Articles
        } else if self.per.is_some() {
            Way::Batch
        } else if self.records() && !folder && !to_folder {
            Way::Records
        } else if self.check || self.diff || self.explain {
            Way::Preview
        } else if folder || self.in_place || to_folder {
            Way::Batch
        } else {
            Way::Pipe
        }
    }
}
