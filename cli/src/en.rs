//! The messages in English. A message names the file, byte or option, says what is wrong, and what to do.

use crate::help_words::HelpWords;
use crate::messages::{
    Action, Attribute, Conflict, FileCounts, FileFault, FolderConflict, Gap, IoError, ListFault, ListMisfit, Message,
    NotTaken, Note, Overwrite, Packed, PdfFault, PictureFault, Place, RecordConflict, RecordFault, SettingFault, Side,
    TableFault, Type, Usage, can_be_undone,
};
use qingyang::layout::Doubt;
use qingyang::reading::{Foreign, LayoutError, LayoutErrorKind};
use qingyang::suspicion::Suspicion;
use qingyang::{ErrorKind, Rule};
use qingyang_tell::Language;
use std::fmt::{self, Formatter};
use std::io;
use std::path::Path;

/// The help.
pub const HELP: HelpWords = HelpWords {
    about: "Turns the messy text of a Chinese newspaper page (OCR, PDF text layer) into clean text",
    usage: "qingyang [OPTIONS] [INPUT]...",
    usage_heading: "Usage: ",
    general: "Options",
    more: "These are the options that most runs need; 'qingyang --help' has all.",
    heading: |_| None,
    flags: ["Print help (-h: the usual options only)", "Print version"],
    values: |values| format!("values: {}", values.join(", ")),
    default: |value| format!("default: {value}"),
    aside: |all| format!(" [{}]", all.join("; ")),
    examples: ("Examples:", EXAMPLES),
    exit_status: ("Exit status: ", EXIT_STATUS),
    commands: ("Commands, ", COMMANDS),
    manual: ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "VERSION"],
    progress: [
        "{spinner} {human_pos} files, {msg}, {per_sec}, {elapsed}",
        "{spinner} {human_pos} of {human_len} files, {msg}, {per_sec}, {eta} left",
    ],
};

/// Commands that a new user tries first.
const EXAMPLES: &str = "  pdftotext page.pdf - | qingyang                   clean a pipe
  qingyang page1.txt page2.txt -o issue.txt         clean files, in the given order
  qingyang archive/ -o clean/ --jobs 4 --resume     clean a folder; continue after an interruption
  pdftotext -bbox-layout page.pdf - | qingyang      clean a layout: lines with their places
  qingyang --format markdown page.txt               mark headlines and captions
  qingyang --jsonl --field text < in.jsonl          clean one string of each JSON record
  qingyang --follow-jumps 2023-09-12/ -o clean/     clean an issue; join texts across its pages
  qingyang --check archive/                         name files that would change; status 1 if any
  qingyang --uncertain=0.9 page.txt                 list the line breaks to check
  qingyang --decisions list.jsonl page.txt          write them to a list; edit its \"keep\", then
  qingyang --apply list.jsonl page.txt              clean as the list says";

/// What the exit status means.
const EXIT_STATUS: &str = "\
0 done, 1 something failed (or would change, with --check), 2 wrong usage,
129, 130 and 143 after SIGHUP, Ctrl-C and SIGTERM.";

/// The commands.
const COMMANDS: &str = "\
as the first word only (for a file of such a name write ./rules):
rules, config [FILE], completions SHELL, man, help.";

/// How a rule is switched on or off.
fn switch(rule: Rule) -> String {
    match rule {
        Rule::Furniture => "off; on: --furniture drop".into(),
        Rule::CjkLatinSpace => "off; on: --cjk-latin-space one".into(),
        Rule::Malformed => "off; on: --lossy".into(),
        Rule::Mojibake => "off; on: --repair mojibake".into(),
        Rule::Sentences => "off; on: --split sentence".into(),
        Rule::Order => "off; on: --order reading".into(),
        Rule::Jumps => "off; on: --follow-jumps or --join-across".into(),
        Rule::Custom => "off; on: [[furniture]], [[break]] or [[replace]] in qingyang.toml".into(),
        rule if rule.is_always_on() => "always on".into(),
        Rule::FullWidth => "on; off: --width keep, or --skip full-width".into(),
        rule => format!("on; off: --skip {}", rule.name()),
    }
}

pub fn message(message: &Message, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Message::Usage(m) => usage(m, f),
        Message::Conflict(m) => conflict(m, f),
        Message::RecordConflict(m) => record_conflict(m, f),
        Message::FolderConflict(m) => folder_conflict(m, f),
        Message::Overwrite(m) => overwrite(m, f),
        Message::Setting(m) => setting(m, f),
        Message::File(m) => file(m, f),
        Message::Picture(m) => picture(m, f),
        Message::Packed(m) => packed(m, f),
        Message::Record(m) => record(m, f),
        Message::Table(m) => table(m, f),
        Message::List(m) => list(m, f),
        Message::ListMisfit(m) => list_misfit(m, f),
        Message::Note(m) => note(m, f),
        Message::Library(error) => library(error, f),
        Message::Layout(error) => layout(error, f),
        Message::Io { action, error } => io_error(*action, error, f),
        Message::Reported => Ok(()),
    }
}

pub fn place(place: &Place, f: &mut Formatter<'_>) -> fmt::Result {
    match place {
        Place::Path(path) => write!(f, "{}", path.display()),
        Place::StandardInput => f.write_str("standard input"),
        Place::StandardOutput => f.write_str("standard output"),
        Place::Option(name) => f.write_str(name),
        Place::OptionPath(name, path) => write!(f, "{name} {}", path.display()),
        Place::FileLine(path, line) => write!(f, "{}:{line}", path.display()),
        Place::Line(line) => write!(f, "line {line}"),
        Place::Row(row) => write!(f, "row {row}"),
        Place::Key(key) => f.write_str(key),
        Place::Head => f.write_str("head"),
    }
}

/// Errors of the command line itself.
pub fn usage(message: &Usage, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Usage::UnknownOption { option, nearest } => {
            write!(f, "unknown option {option}")?;
            meant(nearest.as_deref(), &[], f)
        }
        Usage::BadValue { option, value, reason } => {
            write!(f, "{option}: {value:?} cannot be used: ")?;
            usage(reason, f)
        }
        Usage::UnknownValue { option, value, nearest, known } => {
            write!(f, "{option}: unknown value '{value}'")?;
            meant(nearest.as_deref(), known, f)
        }
        Usage::ValueMissing { option } => write!(f, "{option} needs a value"),
        Usage::UnexpectedValue { option, value } => write!(f, "{option} takes no value, such as '{value}'"),
        Usage::EqualSignMissing { option } => write!(f, "{option}: write the value after an equal sign"),
        Usage::OptionsMissing { options } => {
            write!(f, "{} is missing: the other options need it", options.join(" and "))
        }
        Usage::Exclusive { option, others } => {
            write!(f, "{option} and {} exclude each other: remove one", others.join(", "))
        }
        Usage::GivenTwice { option } => write!(f, "{option} is given twice: remove one"),
        Usage::UnknownCommand { word, nearest } => {
            write!(f, "there is no file and no command {word:?}; did you mean 'qingyang {nearest}'?")
        }
        Usage::NothingGiven => f.write_str(
            "no input: name a file (qingyang page.txt), or a folder (qingyang archive/ -o clean/), or send text through a \
             pipe (pdftotext page.pdf - | qingyang); '-' reads what you type",
        ),
        Usage::Parser(text) => f.write_str(text),
        Usage::ExpectedProbability => f.write_str("expected a probability from 0.5 to 1, as in --uncertain=0.9"),
        Usage::ExpectedJobs => f.write_str("expected a number from 1 to 1024"),
        Usage::BadGlob(reason) => write!(f, "not a glob: {reason}"),
        Usage::BadPointer { option, pointer } => {
            write!(f, "{option} {pointer}: in a JSON Pointer write ~0 for a tilde and ~1 for a slash within a key")
        }
        Usage::CommandTakesNothing { command, word } => {
            write!(
                f,
                "the command {command} takes no further word, such as {word:?}; for a file of that name write ./{command}"
            )
        }
        Usage::CompletionsNeedShell => f.write_str("completions needs a shell: bash, elvish, fish, powershell or zsh"),
    }
}

/// The likely intention, or all that is known.
fn meant(nearest: Option<&str>, known: &[String], f: &mut Formatter<'_>) -> fmt::Result {
    match nearest {
        Some(nearest) => write!(f, "; did you mean '{nearest}'?"),
        None if known.is_empty() => Ok(()),
        None => write!(f, "; known are {}", known.join(", ")),
    }
}

/// Options that would have no effect, or that contradict each other.
pub fn conflict(message: &Conflict, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Conflict::TextFormatOnly { option } => {
            write!(f, "{option} works on text only: remove --format, or give --format text")
        }
        Conflict::IssueWithLists { option } => {
            write!(f, "{option} works on single pages: remove --issue and --follow-jumps")
        }
        Conflict::PreviewInPlace => {
            f.write_str("--in-place writes files, but --check, --diff and --explain write none: remove one")
        }
        Conflict::TableOfOneArticle => {
            f.write_str("--format csv is one table of all articles: remove --per, or choose text, markdown or json")
        }
        Conflict::PageOfOneArticle => {
            f.write_str("hOCR and ALTO describe whole pages: remove --per, or choose text, markdown or json")
        }
        Conflict::MarkWithoutTable => f.write_str("--bom is for tables: give --format csv, or remove it"),
        Conflict::PictureOfOneLayout => f.write_str(
            "--image is for one layout: in a folder the picture beside a layout is taken, scan.jpg or scan.png beside scan.json",
        ),
        Conflict::ListIsStandardInput => {
            f.write_str("standard input is the list of --files-from: it cannot be an input as well")
        }
    }
}

/// Options that contradict cleaning records, or have no effect on them.
pub fn record_conflict(message: &RecordConflict, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        RecordConflict::PagesOnly { option } => {
            write!(f, "{option} is for pages and has no effect on records")
        }
        RecordConflict::RecordsAreUtf8 { option } => {
            write!(f, "{option} is for pages: the texts of records are UTF-8")
        }
        RecordConflict::IssueOfRecords => {
            f.write_str("--issue is for pages: a record is one text, with form feeds between its pages")
        }
        RecordConflict::WithoutParquet => f.write_str(
            "this qingyang was built without Parquet: build it with 'cargo install qingyang-cli --features parquet', or \
             clean JSON Lines (--jsonl)",
        ),
        RecordConflict::OneTable => {
            f.write_str("--parquet makes one file of each input: give -o OUT_DIR/ for several, or clean them separately")
        }
        RecordConflict::RowsStay => f.write_str(
            "--on-error skip is for JSON Lines: the rows of a table stay; give --on-error keep or --on-error stop",
        ),
        RecordConflict::ToFieldForEach { fields, to } => {
            write!(
                f,
                "--to-field is given {to} times for {fields} fields: give it once for each --field, in their order"
            )
        }
        RecordConflict::ToFieldStars { field, to } => write!(
            f,
            "--to-field {to} must have as many * as --field {field}: the first stands for the items of the first, and so on"
        ),
        RecordConflict::ToColumnOfColumn { to } => {
            write!(f, "--to-field {to}: a column that is added is one of the table itself, not part of another column")
        }
        RecordConflict::OnePlace { written, other } => {
            write!(f, "{written} leads to the place of {other}, into it or around it: choose another key or pointer")
        }
    }
}

/// Options for folders, and the names of their outputs.
pub fn folder_conflict(message: &FolderConflict, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        FolderConflict::FoldersOnly { option } => write!(f, "{option} is for folders: give a folder and -o OUT_DIR"),
        FolderConflict::FoldersOnlyNamedInputs { option } => {
            write!(f, "{option} is for folders and has no effect on files that are named")
        }
        FolderConflict::StandardInputInBatch => {
            f.write_str("'-' has no name, so it has no output in a folder: clean standard input separately")
        }
        FolderConflict::FolderNamedLikeFile { output } => {
            let output = output.display();
            write!(
                f,
                "-o {output} names a file, but a folder needs an output folder: write -o OUT_DIR/ --format FORMAT for one file "
            )?;
            write!(f, "per input, or pass the files themselves for one output ('archive/*/*.txt -o {output}')")
        }
        FolderConflict::StandardOutputOfBatch => f.write_str("-o - is for a pipe: a folder needs -o OUT_DIR"),
        FolderConflict::SuffixInPlace => f.write_str("--suffix names new files: remove it or --in-place"),
        FolderConflict::SuffixHasSlash => f.write_str("--suffix is part of a file name: it cannot contain a slash"),
        FolderConflict::BackupNotInPlace => {
            f.write_str("--backup has an effect only with --in-place: otherwise the input is not changed")
        }
        FolderConflict::BackupEmptyOrSlash => {
            f.write_str("--backup is added to a file name: it cannot be empty or contain a slash")
        }
        FolderConflict::BackupIsInput { suffix } => {
            write!(f, "--backup {suffix} gives the originals names of inputs: a later run would clean them")
        }
        FolderConflict::FolderNeedsOutput => f.write_str("a folder needs -o OUT_DIR (or --in-place)"),
        FolderConflict::NamesNeeded { in_place: true } => f.write_str("--in-place needs inputs with names"),
        FolderConflict::NamesNeeded { in_place: false } => f.write_str("-o OUT_DIR needs inputs with names"),
    }
}

/// Files that would be overwritten.
pub fn overwrite(message: &Overwrite, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Overwrite::NeedsFileName { option } => {
            write!(f, "{option} needs the name of a file: standard output is /dev/stdout")
        }
        Overwrite::IsFolder { option, path } => {
            write!(f, "{option} {} is a folder: give the name of a file", path.display())
        }
        Overwrite::OutputIsInput { option, path, in_place } => {
            let hint = if *in_place { "use --in-place" } else { "choose another name" };
            write!(f, "{option} {} is an input: {hint}", path.display())
        }
        Overwrite::OutputAmongInputs { option, path, folder } => {
            let (path, folder) = (path.display(), folder.display());
            write!(f, "{option} {path} would be one of the inputs in {folder}: choose another name")
        }
        Overwrite::WrittenTwice { first, second, path } => {
            write!(f, "{first} and {second} would both be written to {}: choose two names", path.display())
        }
        Overwrite::OutputIsRead { option, path, reader } => {
            write!(f, "{option} {} is read as {reader}: choose another name", path.display())
        }
        Overwrite::OutputIsFile { path } => write!(f, "{} is a file, not a folder: choose another -o", path.display()),
        Overwrite::OutputIsInputFolder { path } => {
            write!(f, "the output {} is the input: choose another folder, or use --in-place", path.display())
        }
        Overwrite::OutputInsideInput { output, input } => {
            let (output, input) = (output.display(), input.display());
            write!(f, "the output {output} lies inside the input {input}: choose another folder")
        }
        Overwrite::OverwritesItself { path } => {
            write!(f, "{} would be overwritten by its own output: choose another -o, or --suffix", path.display())
        }
        Overwrite::SameOutput { first, second, output } => {
            let (first, second, output) = (first.display(), second.display(), output.display());
            write!(
                f,
                "{first} and {second} would both become {output}: clean them separately, or leave one out (--exclude)"
            )
        }
        Overwrite::ReportIsFile => f.write_str("is a file: the report of a folder is a folder"),
        Overwrite::ReportIs { side } => write!(f, "is the {}: choose another folder", side_name(*side)),
        Overwrite::ReportInside { side, folder } => {
            write!(f, "lies inside the {} {}: choose another folder", side_name(*side), folder.display())
        }
        Overwrite::SamePage { first, second } => {
            write!(f, "{} and {} would have the same page: clean them separately", first.display(), second.display())
        }
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Input => "input",
        Side::Output => "output",
    }
}

/// Settings files, and values beside them.
pub fn setting(message: &SettingFault, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        SettingFault::UnknownKey { key, nearest, known } => {
            write!(f, "unknown key '{key}'")?;
            meant(nearest.as_deref(), known, f)
        }
        SettingFault::UnknownSetting { rule, value, nearest, known } => {
            write!(f, "unknown {} '{value}'", if *rule { "rule" } else { "value" })?;
            meant(nearest.as_deref(), known, f)
        }
        SettingFault::WrongType { expected, found } => {
            write!(f, "expected {}, found {}", type_name(*expected), type_name(*found))
        }
        SettingFault::NotToml(reason) => write!(f, "not TOML: {reason}"),
        SettingFault::OneChoice { first, second } => {
            write!(f, "{first} and {second} exclude each other: remove one")
        }
        SettingFault::AlwaysOn(Rule::Layout) => {
            f.write_str("the rule layout is always on: without it units have no lines")
        }
        SettingFault::AlwaysOn(rule) => write!(f, "the rule {rule} is always on"),
        SettingFault::MissingKey { key } => write!(f, "the key {key} is missing"),
        SettingFault::GivenTwice => f.write_str("given twice: remove one"),
        SettingFault::FurnitureTwice => f.write_str(
            "furniture is an option and a list of rules here: put the option below a line [options], \
             after the lines of the other options",
        ),
        SettingFault::UnknownRole { value } => {
            write!(f, "unknown role {value:?}: the role of furniture is masthead, folio or editors")
        }
        SettingFault::NotAWord { word } => {
            write!(f, "{word:?} is not a word: it is empty, or has spaces at its ends or control characters")
        }
        SettingFault::UnknownCustomRule { value, known } if known.is_empty() => {
            write!(f, "unknown rule {value:?}; the settings file has no rules of your own")
        }
        SettingFault::UnknownCustomRule { value, known } => {
            write!(f, "unknown rule {value:?}; your own rules are {}", known.join(", "))
        }
        SettingFault::Rule(error) => write!(f, "{error}"),
    }
}

fn type_name(of: Type) -> &'static str {
    match of {
        Type::Text => "a string",
        Type::Number => "a number",
        Type::Boolean => "true or false",
        Type::Date => "a date",
        Type::List => "a list",
        Type::ListOfTexts => "a list of strings",
        Type::ListOfTables => "tables",
        Type::Table => "a table",
        Type::Object => "an object",
        Type::Null => "null",
        Type::OneValue => "one value",
    }
}

/// Inputs and outputs.
pub fn file(message: &FileFault, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        FileFault::IsAFolder => f.write_str("is a folder"),
        FileFault::NotRegular => f.write_str("is a pipe or a device, not a file: send it through standard input"),
        #[cfg(not(unix))]
        FileFault::NameNotUtf8 { name } => write!(f, "{name:?} is not UTF-8"),
        FileFault::PlaceTaken => f.write_str("is not a file, and a file of this tool must be here: remove it"),
        FileFault::FolderLocked { holder: Some(process) } => {
            write!(f, "process {process} is writing into this folder: wait until it ends, or choose another folder")
        }
        FileFault::FolderLocked { holder: None } => {
            f.write_str("another run is writing into this folder: wait until it ends, or choose another folder")
        }
        FileFault::TwoEncodings { offset, utf8_first } => {
            let (first, behind) = if *utf8_first { ("UTF-8", "GB18030") } else { ("GB18030", "UTF-8") };
            write!(
                f,
                "byte {offset}: {first} up to here, and {behind} behind it: two texts were put together; cut the file at this \
                 byte ('head -c {offset}', 'tail -c +{}') and clean the parts, each in its encoding",
                offset + 1
            )
        }
        FileFault::ChangedWhileRead => f.write_str("changed while it was read: run again"),
        FileFault::BackupDiffers { backup } => {
            write!(f, "the backup {} exists already and is another text: move it away", backup.display())
        }
        FileFault::WrittenAfterEnd => f.write_str("written after its end"),
        FileFault::Panicked { what } => {
            write!(f, "not cleaned, because of a defect of the tool ({what}): please report it with this file")
        }
        FileFault::NotWritten => f.write_str("not written, because an input failed"),
        FileFault::NotWrittenEnded => f.write_str("not written, because the run ended before its last file"),
        FileFault::Interrupted => f.write_str("interrupted"),
        FileFault::TwiceInIssue => f.write_str("is given twice: an issue has each page once"),
        FileFault::CannotWalk(reason) => f.write_str(reason),
        FileFault::NoPlaces => f.write_str(
            "this is a text without places, and hOCR and ALTO have places: give a layout, or another --format",
        ),
        FileFault::LayoutInPlace => f.write_str(
            "this is a layout, and --in-place would put its clean text into its place: write to a folder with -o",
        ),
        FileFault::LayoutInIssue => f.write_str(
            "this is a layout, and --issue compares pages as texts: clean it to a text first, or without --issue",
        ),
        FileFault::Pdf(fault) => pdf(*fault, f),
    }
}

/// What is wrong with a picture for the report.
pub fn picture(message: &PictureFault, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        PictureFault::NoPicture => f.write_str("this is neither a PNG nor a JPEG: convert the picture to one of them"),
        PictureFault::BrokenPicture => {
            f.write_str("the head of this picture does not tell its width and height: it is cut off or damaged")
        }
        PictureFault::PictureTooLarge { limit } => {
            write!(f, "larger than {} MiB: the report would carry it in itself, so make a smaller picture", limit >> 20)
        }
        PictureFault::PictureOfText => {
            f.write_str("this is a text without places, so --image has nothing to lay over the picture: give a layout")
        }
        PictureFault::MorePictures { pictures, pages } => {
            write!(f, "--image is given {pictures} times, more than the layout has pages ({pages})")
        }
    }
}

/// Why a list of decisions does not belong to an input.
pub fn list_misfit(message: &ListMisfit, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        ListMisfit::OtherText { list, same_name } => {
            let why = if *same_name { "for another text of this name" } else { "for other texts" };
            write!(f, "{} was made {why}: make a new list with --decisions", list.display())
        }
        ListMisfit::Ambiguous { list } => {
            let list = list.display();
            write!(f, "{list} has different decisions for this text under several names, and none under this name")
        }
        ListMisfit::DoesNotFit { list, error } => {
            write!(f, "{} does not fit: ", list.display())?;
            library(error, f)
        }
    }
}

fn io_error(action: Action, error: &IoError, f: &mut Formatter<'_>) -> fmt::Result {
    let creates = action == Action::Create;
    let action = match action {
        Action::Read => "read",
        Action::Write => "write",
        Action::Create => "write here",
        Action::CreateOutputFolder => "create the output folder",
        Action::CreateReportFolder => "create the report folder",
        Action::WriteManifest => "write the manifest",
        Action::Rename => "give the output its name",
        Action::Copy => "keep a copy of the input here",
        Action::Backup => "keep a backup",
        Action::StartWorker => "start a worker",
    };
    write!(f, "cannot {action}: ")?;
    let hint = match error.kind {
        io::ErrorKind::StorageFull => "the disk is full: free some space and run again (a folder with --resume)",
        io::ErrorKind::QuotaExceeded => "the quota is used up: free some space and run again (a folder with --resume)",
        io::ErrorKind::ReadOnlyFilesystem => "the target is read-only: choose another -o",
        io::ErrorKind::PermissionDenied => "permission denied: check the owner and the mode",
        io::ErrorKind::NotFound if creates => "there is no such folder: create it",
        _ if error.code == Some(24) => "too many open files: raise 'ulimit -n' or lower --jobs",
        _ => "",
    };
    // The words of the system would say the same again.
    match error.code {
        _ if hint.is_empty() => f.write_str(&error.text),
        Some(code) => write!(f, "{hint} (error {code} of the system)"),
        None => f.write_str(hint),
    }
}

/// Packed files. Bytes count in the packed file.
pub fn packed(fault: &Packed, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        Packed::NotGzip => f.write_str("not a gzip file, or cut off"),
        Packed::NotGzipAfterMember { byte } => write!(f, "byte {byte}: what follows the last whole member is not gzip"),
        Packed::DamagedGzip { byte } => {
            write!(f, "byte {byte}: the gzip stream is damaged or cut off before this byte")
        }
        Packed::NotZstd => f.write_str("not a zstd file, or cut off"),
        Packed::NotZstdAfterFrame { byte } => write!(f, "byte {byte}: what follows the last whole frame is not zstd"),
        Packed::DamagedZstd { byte } => {
            write!(f, "byte {byte}: the zstd stream is damaged or cut off before this byte")
        }
        Packed::Checksum { byte } => {
            write!(f, "byte {byte}: the zstd frame that ends here is damaged: its checksum differs")
        }
        Packed::Window { byte, window, limit } => {
            let (window, limit) = (window >> 20, limit >> 20);
            write!(f, "byte {byte}: the zstd frame needs a window of {window} MiB, and {limit} MiB is the limit: ")?;
            f.write_str("unpack it with 'zstd -d --long=31', or pack it again with a smaller window")
        }
        Packed::Dictionary { byte, id } => {
            write!(f, "byte {byte}: the zstd frame needs the dictionary {id}: unpack it with 'zstd -d -D DICTIONARY'")
        }
        #[cfg(not(feature = "libzstd"))]
        Packed::Encoder => f.write_str("the encoder of the packed output failed"),
        Packed::TooLarge { limit } => {
            let limit = limit >> 20;
            write!(f, "unpacks to more than {limit} MiB, and this mode holds the whole text: unpack it first, ")?;
            f.write_str("if it is not a mistake")
        }
    }
}

/// Errors of the library, with the option that helps.
fn library(error: &qingyang::Error, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    match error.kind() {
        ErrorKind::Malformed { .. } | ErrorKind::Undetected { .. } => {
            f.write_str("; name the encoding (--encoding NAME) or replace malformed bytes (--lossy)")
        }
        _ => Ok(()),
    }
}

/// Why the text layer of a PDF cannot be read.
fn pdf(fault: PdfFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        PdfFault::Damaged => f.write_str("not a PDF, or a damaged one: repair it with 'qpdf page.pdf repaired.pdf'"),
        PdfFault::Password => f.write_str(
            "this PDF wants a password: save a copy without one, 'qpdf --decrypt --password=WORD page.pdf copy.pdf'",
        ),
        PdfFault::Encryption => f.write_str(
            "this PDF is encrypted in a way that is not known: save a copy, 'qpdf --decrypt page.pdf copy.pdf'",
        ),
        PdfFault::TooManyPages { pages, limit } => {
            write!(f, "this PDF has {pages} pages, more than {limit}: split it into smaller ones")
        }
        PdfFault::TooMuch { page } => {
            write!(
                f,
                "page {page} has more drawing commands than the reader accepts: use 'pdftotext -bbox-layout page.pdf - | qingyang'"
            )
        }
        PdfFault::NoText { pages } => {
            write!(f, "this PDF has no text layer ({pages} pages): read it with a tool for OCR first (docs/layouts.md)")
        }
    }
}

/// Errors of the readers of layouts, with what helps.
fn layout(error: &LayoutError, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    match error.kind() {
        LayoutErrorKind::Foreign(Foreign::Pdf) => {
            f.write_str(": give its text layer with 'pdftotext -bbox-layout page.pdf - | qingyang'")
        }
        LayoutErrorKind::Foreign(Foreign::Picture) => {
            f.write_str(": read it with a tool for OCR first (docs/layouts.md)")
        }
        LayoutErrorKind::Foreign(Foreign::Packed) => f.write_str(": unpack it, or name it .gz or .zst"),
        LayoutErrorKind::Foreign(Foreign::Zip | Foreign::Word) => f.write_str(": save its text as .txt"),
        LayoutErrorKind::Foreign(Foreign::Html) => {
            f.write_str(" without places: save its text, or clean the markup as it stands with --from text")
        }
        LayoutErrorKind::Unknown { found, .. } if !found.is_empty() => write!(
            f,
            "; JSON Lines of text are cleaned with --jsonl --field NAME (here perhaps {}); --from text cleans it as it stands",
            found[0]
        ),
        LayoutErrorKind::Foreign(_)
        | LayoutErrorKind::NotALayout
        | LayoutErrorKind::Unknown { .. }
        | LayoutErrorKind::Syntax { .. }
        | LayoutErrorKind::PythonPrint { .. } => f.write_str("; --from text cleans it as it stands"),
        _ => Ok(()),
    }
}

pub fn record(fault: &RecordFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        RecordFault::TooLong { limit } => {
            write!(f, "longer than {} MiB: is this JSON Lines, with one record on each line?", limit >> 20)
        }
        RecordFault::NotUtf8 { byte } => write!(f, "not UTF-8 at byte {byte} of the line"),
        RecordFault::NotJson { byte, reason } => write!(f, "not JSON at byte {byte} of the line: {reason}"),
        RecordFault::NoField { field } => write!(f, "no field {field}"),
        RecordFault::NoObject { field } => {
            write!(
                f,
                "field {field} is an item of a list: --add, and --to-field with a key, need an object that holds the field"
            )
        }
        RecordFault::NotObject { to, at, found } => {
            write!(f, "--to-field {to}: {at} is {}, not an object", type_name(*found))
        }
        RecordFault::NoItem { to, at } => {
            write!(f, "--to-field {to}: there is no item {at}: lists are neither made nor lengthened")
        }
        RecordFault::WrongType { field, found } => write!(f, "field {field} is {}, not a string", type_name(*found)),
        RecordFault::NotUnicode { field, reason } => write!(f, "field {field} is not valid Unicode: {reason}"),
    }
}

pub fn table(fault: &TableFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        TableFault::Empty => f.write_str("empty: a file of Parquet has a footer even if it has no rows"),
        TableFault::NotParquet => f.write_str("not a file of Parquet: it does not begin with PAR1"),
        TableFault::CutOff => {
            f.write_str("a file of Parquet that is cut off: it does not end with PAR1; copy or write it again")
        }
        TableFault::Encrypted => f.write_str("encrypted Parquet cannot be read: decrypt it first"),
        TableFault::Damaged(reason) => write!(f, "damaged Parquet: {reason}"),
        TableFault::NoColumn { field, known } => {
            write!(f, "no column {field}; the columns are {}", known.join(", "))
        }
        TableFault::NotText { field, found } => write!(f, "column {field} holds no strings, but {found}"),
        TableFault::Nested { field } => {
            write!(f, "column {field} is part of another: --to-field and --add need a column of the table itself")
        }
        TableFault::ColumnExists { column } => {
            write!(f, "there is a column {column} already: give another --to-field, or remove the column first")
        }
        TableFault::NotUtf8 { field, byte } => write!(f, "column {field} is not UTF-8 at byte {byte} of the text"),
        TableFault::Codec { field, codec } => {
            write!(
                f,
                "column {field} is compressed by {codec}, which this build cannot read: compress it by zstd or snappy"
            )
        }
    }
}

pub fn list(fault: &ListFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        ListFault::NotJson(reason) => write!(f, "not JSON: {reason}"),
        ListFault::NotObject => f.write_str("expected an object on each line"),
        ListFault::BadRecord(reason) => f.write_str(reason),
        ListFault::BadDigest => f.write_str("sha256 is not a digest of 64 hexadecimal digits"),
        ListFault::NoHeadBefore => {
            f.write_str("a place before the head of its input: the first record names qingyang, input and sha256")
        }
        ListFault::NoHead => f.write_str("not a list of decisions: it has no head"),
        ListFault::EditWithoutPlace => f.write_str("a record of an edit needs `end` and `rule`"),
        ListFault::DecidedTwice { byte } => write!(f, "byte {byte} is decided twice"),
    }
}

/// What a new file could not take over from the one that it replaced.
fn not_kept(path: &Path, lost: &[Attribute], f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "warning: {}: replaced, but", path.display())?;
    for (n, attribute) in lost.iter().enumerate() {
        f.write_str(if n == 0 { " " } else { ", and " })?;
        match attribute {
            Attribute::Owner { uid } => write!(f, "its owner {uid} could not be kept (only root may give files away)")?,
            Attribute::Group { gid } => write!(f, "its group {gid} could not be kept (this user is not a member)")?,
            Attribute::Mode => f.write_str("its mode could not be kept")?,
            Attribute::Extended { name } => write!(f, "its attribute {name} could not be kept")?,
            Attribute::Links { others: 1 } => f.write_str("its other name (a hard link) keeps the old text")?,
            Attribute::Links { others } => write!(f, "its {others} other names (hard links) keep the old text")?,
        }
    }
    Ok(())
}

/// Why a text is suspicious, and what can be done.
fn suspicious(all: &[Suspicion], f: &mut Formatter<'_>) -> fmt::Result {
    let reasons: Vec<String> = all.iter().map(|of| qingyang_tell::suspicion(*of, Language::English)).collect();
    write!(f, "suspicious text: {}", reasons.join("; "))?;
    f.write_str(if can_be_undone(all) { " (--repair mojibake undoes what can be undone)" } else { "" })
}

/// What a folder has besides texts.
fn not_taken(left: &NotTaken, f: &mut Formatter<'_>) -> fmt::Result {
    if !left.kinds.is_empty() {
        let kinds: Vec<String> = left.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        write!(f, "not taken: {}", kinds.join(", "))?;
        if left.other_kinds > 0 {
            write!(f, ", others {}", left.other_kinds)?;
        }
        f.write_str(" (add files by --include)")?;
    }
    if left.links > 0 {
        f.write_str(if left.kinds.is_empty() { "" } else { "; " })?;
        note(&Note::LinksSkipped { links: left.links }, f)?;
    }
    Ok(())
}

/// Why the places of a layout are doubtful.
fn doubt(input: &str, doubt: &Doubt, f: &mut Formatter<'_>) -> fmt::Result {
    match doubt {
        Doubt::Unplaced { page, lines, of } if lines == of => {
            write!(f, "{input}: page {page}: no line has a place, so they stay in the order of the file")
        }
        Doubt::Unplaced { page, lines, of } => write!(
            f,
            "{input}: page {page}: {lines} of {of} lines have no place, and each stays behind the line before it"
        ),
        Doubt::Outside { page } => {
            write!(f, "{input}: page {page}: most lines stand outside the page: its size may be in another unit")
        }
        Doubt::NoArea { page } => {
            write!(f, "{input}: page {page}: the file gives the page no width or no height, so its size is not used")
        }
        _ => write!(f, "{input}: {doubt:?}"),
    }
}

/// What the text layer of a PDF lacks.
fn gap(input: &str, gap: Gap, f: &mut Formatter<'_>) -> fmt::Result {
    match gap {
        Gap::Unknown { characters, of } => write!(
            f,
            "{input}: the fonts of this PDF do not say which characters {characters} of {of} are; \
             they are U+FFFD in the text: read its pages with a tool for OCR (docs/layouts.md)"
        ),
        Gap::NoText { pages, of } => write!(
            f,
            "{input}: {pages} of {of} pages have no text layer: read these with a tool for OCR (docs/layouts.md)"
        ),
    }
}

/// What became of the files.
fn counts(of: &FileCounts, f: &mut Formatter<'_>) -> fmt::Result {
    let FileCounts { cleaned, unchanged, done_before, not_text, failed, not_taken: left } = of;
    write!(f, "{cleaned} cleaned, {done_before} done before, {not_text} not text, {failed} failed")?;
    match unchanged {
        0 => {}
        1 => f.write_str("; 1 of the cleaned files was clean already")?,
        n => write!(f, "; {n} of the cleaned files were clean already")?,
    }
    if !left.is_empty() {
        f.write_str("; ")?;
        not_taken(left, f)?;
    }
    Ok(())
}

pub fn note(message: &Note, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Note::TryHelp => f.write_str("Try 'qingyang --help' for all options."),
        Note::NoLocks { folder } => write!(
            f,
            "warning: the file system of {} has no locks: make sure that no other run writes there",
            folder.display()
        ),
        Note::NotKept { path, lost } => not_kept(path, lost, f),
        Note::NoNames { list } => write!(f, "--files-from {} names no file: nothing to do", list.display()),
        Note::NotSet { key } => write!(f, "# {key} is not set"),
        Note::OriginDefault => f.write_str("default"),
        Note::OriginFile { path, line } => write!(f, "{}:{line}", path.display()),
        Note::OriginCommandLine => f.write_str("command line"),
        Note::DecisionsWithoutPlace { input, list, bytes, more } => {
            let places: Vec<String> = bytes.iter().map(u64::to_string).collect();
            write!(
                f,
                "{input}: decisions of {} have no place here and were left out: byte {}",
                list.display(),
                places.join(", ")
            )?;
            if *more > 0 { write!(f, " and {more} more") } else { Ok(()) }
        }
        Note::UncertainBreak { input, line, byte, kept, certainty, before, after } => {
            let what = if *kept { "kept" } else { "joined" };
            let percent = certainty * 100.0;
            write!(f, "{input}:{line}: byte {byte}: {what}, {percent:.0} %: {before}⏎{after}")
        }
        Note::BadPicture { picture } => {
            write!(f, "{}: no PNG or JPEG that can be read; the report shows the page without it", picture.display())
        }
        Note::Doubt { input, doubt: why } => doubt(input, why, f),
        Note::Gap { input, gap: what } => gap(input, *what, f),
        Note::JumpNotFollowed { input, byte, text, followed } => {
            write!(f, "{input}: byte {byte}: {text} {}", qingyang_tell::followed(*followed, Language::English))
        }
        Note::Planned { input, output, done } => {
            let done = if *done { " (done before: skipped)" } else { "" };
            write!(f, "{} -> {}{done}", input.display(), output.display())
        }
        Note::PlannedSkip { input } => write!(f, "{} (not text by its name: skipped)", input.display()),
        Note::PlannedLink { input } => write!(f, "{} (a symbolic link: skipped without --follow)", input.display()),
        Note::Progress { failed } => write!(f, "{failed} failed"),
        Note::Counts(of) => counts(of, f),
        Note::NotTaken(left) => not_taken(left, f),
        Note::Suspicious { input, all } => {
            write!(f, "warning: {input}: ")?;
            suspicious(all, f)
        }
        Note::SuspiciousRecord { input, at, all } => {
            write!(f, "warning: {input}: ")?;
            place(at, f)?;
            f.write_str(": ")?;
            suspicious(all, f)
        }
        Note::MoreRecordsSuspicious { input, more: 1 } => write!(f, "{input}: 1 more record is suspicious"),
        Note::MoreRecordsSuspicious { input, more } => write!(f, "{input}: {more} more records are suspicious"),
        Note::RecordCounts { records, unchanged, failed, suspicious } => {
            write!(f, "records: {records}, of these {unchanged} clean already, {failed} failed")?;
            if *suspicious > 0 { write!(f, ", {suspicious} suspicious") } else { Ok(()) }
        }
        Note::MoreRecordsFailed { input, more } => write!(f, "{input}: {more} more records failed"),
        Note::NothingTaken => {
            f.write_str("warning: no file was taken: the tool takes .txt, .text and layouts, and others by --include")
        }
        Note::ResumeGoesOn => f.write_str("interrupted: the same command with --resume goes on from here"),
        Note::LinksSkipped { links: 1 } => f.write_str("1 symbolic link was skipped: --follow takes what it points to"),
        Note::LinksSkipped { links } => {
            write!(f, "{links} symbolic links were skipped: --follow takes what they point to")
        }
        Note::ArticlesWritten { files: 1 } => f.write_str("1 file of articles"),
        Note::ArticlesWritten { files } => write!(f, "{files} files of articles"),
        Note::RuleEntry(rule) => {
            let (name, reason, example, switch) = (rule.name(), rule.reason(), rule.example(), switch(*rule));
            write!(f, "{name}\n    {reason}\n    for example: {example}\n    {switch}")
        }
        Note::CustomEntry { name, rule, path, line } => {
            let (reason, path) = (qingyang_tell::custom_rule(rule, Language::English), path.display());
            write!(f, "{name}\n    {reason}\n    from {path}:{line}\n    on; off: --skip {name}")
        }
    }
}
