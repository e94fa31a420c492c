//! Everything that the tool says, as typed values. `en.rs` and `zh.rs` put it into words; `catalogue.rs` chooses between
//! them. No other module of the tool contains prose, except the texts of `--help` in `cli/args.rs`.

use qingyang::Followed;
use qingyang::layout::Doubt;
use qingyang::rules::{CustomRule, RuleError};
use qingyang::suspicion::Suspicion;
use std::io;
use std::path::{Path, PathBuf};

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Path(PathBuf),
    StandardInput,
    StandardOutput,
    /// `--ledger`
    Option(&'static str),
    /// `--apply list.jsonl`
    OptionPath(&'static str, PathBuf),
    /// `qingyang.toml:3`
    FileLine(PathBuf, usize),
    /// A line of an input.
    Line(u64),
    /// A row of a table.
    #[cfg_attr(not(feature = "parquet"), allow(dead_code))]
    Row(u64),
    /// A key of a settings file.
    Key(String),
    /// The head of a section in a list of decisions.
    Head,
}

impl Place {
    /// An input; `None` is standard input.
    pub fn input(path: Option<&Path>) -> Place {
        path.map_or(Place::StandardInput, Place::path)
    }

    /// A file or folder.
    pub fn path(path: &Path) -> Place {
        Place::Path(path.to_path_buf())
    }
}

/// What the tool tried to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Read,
    Write,
    /// Create a file in a folder.
    Create,
    CreateOutputFolder,
    CreateReportFolder,
    WriteManifest,
    /// Give a finished output its name.
    Rename,
    Backup,
    /// Keep an input in a temporary file.
    #[cfg_attr(not(feature = "parquet"), allow(dead_code))]
    Copy,
    StartWorker,
}

/// An error of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IoError {
    pub kind: io::ErrorKind,
    pub code: Option<i32>,
    /// The words of the system, or of the library that unpacks a file.
    pub text: String,
    /// What is wrong with the packed file that was read.
    pub packed: Option<Packed>,
}

impl IoError {
    /// The error as plain data.
    pub fn of(error: &io::Error) -> IoError {
        IoError {
            kind: error.kind(),
            code: error.raw_os_error(),
            text: error.to_string(),
            packed: error.get_ref().and_then(|e| e.downcast_ref()).copied(),
        }
    }
}

/// What is wrong with a packed file. Bytes count in the packed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packed {
    NotGzip,
    NotGzipAfterMember {
        byte: u64,
    },
    DamagedGzip {
        byte: u64,
    },
    NotZstd,
    NotZstdAfterFrame {
        byte: u64,
    },
    DamagedZstd {
        byte: u64,
    },
    Checksum {
        byte: u64,
    },
    /// The frame at this byte needs more memory than a frame may need.
    Window {
        byte: u64,
        window: u64,
        limit: u64,
    },
    Dictionary {
        byte: u64,
        id: u32,
    },
    /// The encoder of a packed output.
    #[cfg(not(feature = "libzstd"))]
    Encoder,
    /// It unpacks to more bytes than a mode may hold.
    TooLarge {
        limit: u64,
    },
}

/// What a file that was replaced had and the new one could not take over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code))]
pub enum Attribute {
    Owner {
        uid: u32,
    },
    Group {
        gid: u32,
    },
    Mode,
    Extended {
        name: String,
    },
    /// Other names of the file, which keep the old text.
    Links {
        others: u64,
    },
}

/// The type of a value in a settings file or in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Number,
    Boolean,
    Date,
    List,
    ListOfTexts,
    ListOfTables,
    Table,
    Object,
    Null,
    OneValue,
}

/// What is wrong with a record of JSON Lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordFault {
    TooLong {
        limit: u64,
    },
    NotUtf8 {
        byte: usize,
    },
    NotJson {
        byte: usize,
        reason: String,
    },
    NoField {
        field: String,
    },
    NoObject {
        field: String,
    },
    /// The way of `--to-field` leads to a value that is no object.
    NotObject {
        to: String,
        at: String,
        found: Type,
    },
    /// It leads to an item of a list that is not there.
    NoItem {
        to: String,
        at: String,
    },
    WrongType {
        field: String,
        found: Type,
    },
    NotUnicode {
        field: String,
        reason: String,
    },
}

/// What is wrong with a file of Parquet, or with its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "parquet"), allow(dead_code))]
pub enum TableFault {
    Empty,
    NotParquet,
    /// It begins as Parquet and has no end.
    CutOff,
    Encrypted,
    /// In the words of the library that reads it.
    Damaged(String),
    NoColumn {
        field: String,
        known: Vec<String>,
    },
    /// A column of another type.
    NotText {
        field: String,
        found: String,
    },
    /// A column in a list or a group, beside which no column can stand.
    Nested {
        field: String,
    },
    /// A column that is to be added is there already.
    ColumnExists {
        column: String,
    },
    /// A value that is not UTF-8 at this byte.
    NotUtf8 {
        field: String,
        byte: usize,
    },
    Codec {
        field: String,
        codec: String,
    },
}

/// Why the text layer of a PDF cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "pdf"), allow(dead_code))]
pub enum PdfFault {
    /// It is no PDF, or one of which no page is found.
    Damaged,
    Password,
    /// It is encrypted in a way that is not known.
    Encryption,
    TooManyPages {
        pages: usize,
        limit: usize,
    },
    /// More operators than are read, counted until this page.
    TooMuch {
        page: u64,
    },
    /// No page has a visible character.
    NoText {
        pages: u64,
    },
}

/// What the text layer of a PDF lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "pdf"), allow(dead_code))]
pub enum Gap {
    /// Characters whose font does not say which they are; the text has U+FFFD for them.
    Unknown { characters: u64, of: u64 },
    /// Pages without a visible character.
    NoText { pages: u64, of: u64 },
}

/// What is wrong with a list of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFault {
    NotJson(String),
    NotObject,
    /// A record that does not have the fields that it needs.
    BadRecord(String),
    BadDigest,
    NoHeadBefore,
    NoHead,
    EditWithoutPlace,
    DecidedTwice {
        byte: u64,
    },
}

/// Where an output may not lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Input,
    Output,
}

/// Errors of the command line itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Usage {
    UnknownOption {
        option: String,
        nearest: Option<String>,
    },
    BadValue {
        option: String,
        value: String,
        reason: Box<Usage>,
    },
    UnknownValue {
        option: String,
        value: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    ValueMissing {
        option: String,
    },
    UnexpectedValue {
        option: String,
        value: String,
    },
    EqualSignMissing {
        option: String,
    },
    OptionsMissing {
        options: Vec<String>,
    },
    Exclusive {
        option: String,
        others: Vec<String>,
    },
    GivenTwice {
        option: String,
    },
    /// A first word that is no file and nearly a command.
    UnknownCommand {
        word: String,
        nearest: String,
    },
    /// Nothing on the command line, and nobody writes to standard input but the user.
    NothingGiven,
    /// An error of the argument parser that has no message here.
    Parser(String),
    ExpectedProbability,
    ExpectedJobs,
    BadGlob(String),
    /// A JSON Pointer in which something else than 0 or 1 follows a tilde.
    BadPointer {
        option: &'static str,
        pointer: String,
    },
    CommandTakesNothing {
        command: String,
        word: String,
    },
    CompletionsNeedShell,
}

/// Options that would have no effect, or that contradict each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Conflict {
    TextFormatOnly {
        option: &'static str,
    },
    IssueWithLists {
        option: &'static str,
    },
    PreviewInPlace,
    ListIsStandardInput,
    TableOfOneArticle,
    /// hOCR and ALTO describe whole pages.
    PageOfOneArticle,
    MarkWithoutTable,
    /// `--image` with a folder, or with several inputs.
    PictureOfOneLayout,
}

/// Options that contradict cleaning records, or have no effect on them.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordConflict {
    PagesOnly {
        option: &'static str,
    },
    RecordsAreUtf8 {
        option: &'static str,
    },
    IssueOfRecords,
    /// The tool was built without Parquet.
    WithoutParquet,
    /// Each table has columns of its own.
    OneTable,
    /// All columns of a table have the same rows.
    RowsStay,
    /// `--to-field` is given, and not once for each `--field`.
    ToFieldForEach {
        fields: usize,
        to: usize,
    },
    /// A pointer of `--to-field` has more `*` than that of `--field`, or fewer.
    ToFieldStars {
        field: String,
        to: String,
    },
    /// `--to-field` of a table is a pointer to a part of a column.
    ToColumnOfColumn {
        to: String,
    },
    /// Something is to be written where something else is or comes from.
    OnePlace {
        written: String,
        other: String,
    },
}

/// Options for folders, and the names of their outputs.
#[derive(Debug, Clone, PartialEq)]
pub enum FolderConflict {
    FoldersOnly {
        option: &'static str,
    },
    FoldersOnlyNamedInputs {
        option: &'static str,
    },
    StandardInputInBatch,
    /// The output folder has the name of a table or a document.
    FolderNamedLikeFile {
        output: PathBuf,
    },
    StandardOutputOfBatch,
    SuffixInPlace,
    SuffixHasSlash,
    BackupNotInPlace,
    BackupEmptyOrSlash,
    BackupIsInput {
        suffix: String,
    },
    FolderNeedsOutput,
    NamesNeeded {
        in_place: bool,
    },
}

/// Files that would be overwritten, and outputs that lie in an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Overwrite {
    NeedsFileName { option: &'static str },
    IsFolder { option: &'static str, path: PathBuf },
    OutputIsInput { option: &'static str, path: PathBuf, in_place: bool },
    OutputAmongInputs { option: &'static str, path: PathBuf, folder: PathBuf },
    WrittenTwice { first: &'static str, second: &'static str, path: PathBuf },
    OutputIsRead { option: &'static str, path: PathBuf, reader: &'static str },
    OutputIsFile { path: PathBuf },
    OutputIsInputFolder { path: PathBuf },
    OutputInsideInput { output: PathBuf, input: PathBuf },
    OverwritesItself { path: PathBuf },
    SameOutput { first: PathBuf, second: PathBuf, output: PathBuf },
    ReportIsFile,
    ReportIs { side: Side },
    ReportInside { side: Side, folder: PathBuf },
    SamePage { first: PathBuf, second: PathBuf },
}

/// What is wrong with a settings file, or with a value beside it.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingFault {
    UnknownKey {
        key: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    UnknownSetting {
        rule: bool,
        value: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    WrongType {
        expected: Type,
        found: Type,
    },
    NotToml(String),
    OneChoice {
        first: &'static str,
        second: &'static str,
    },
    AlwaysOn(qingyang::Rule),
    MissingKey {
        key: &'static str,
    },
    GivenTwice,
    /// The option `furniture` beside rules `[[furniture]]`.
    FurnitureTwice,
    UnknownRole {
        value: String,
    },
    NotAWord {
        word: String,
    },
    UnknownCustomRule {
        value: String,
        known: Vec<String>,
    },
    Rule(RuleError),
}

/// What is wrong with an input, an output or a list of decisions.
#[derive(Debug, Clone, PartialEq)]
pub enum FileFault {
    IsAFolder,
    NotRegular,
    #[cfg(not(unix))]
    NameNotUtf8 {
        name: String,
    },
    ChangedWhileRead,
    /// A file that is UTF-8 up to this byte and GB18030 from there on, or the other way round.
    TwoEncodings {
        offset: u64,
        utf8_first: bool,
    },
    /// A file of the tool itself must be here, and something else is.
    PlaceTaken,
    /// Another run writes into the output folder.
    FolderLocked {
        holder: Option<u32>,
    },
    BackupDiffers {
        backup: PathBuf,
    },
    /// Cleaning a file panicked.
    Panicked {
        what: String,
    },
    WrittenAfterEnd,
    NotWritten,
    /// Not written, because the run ended before its last file.
    NotWrittenEnded,
    Interrupted,
    TwiceInIssue,
    CannotWalk(String),
    /// hOCR and ALTO have places, and a text has none.
    NoPlaces,
    /// A layout has no text that could be replaced.
    LayoutInPlace,
    /// An issue compares the texts of its pages.
    LayoutInIssue,
    #[cfg_attr(not(feature = "pdf"), allow(dead_code))]
    Pdf(PdfFault),
}

/// What is wrong with a picture for the report.
#[derive(Debug, Clone, PartialEq)]
pub enum PictureFault {
    /// Neither PNG nor JPEG.
    NoPicture,
    /// A picture whose head does not tell its size.
    BrokenPicture,
    PictureTooLarge {
        limit: u64,
    },
    /// A picture was given for a text.
    PictureOfText,
    MorePictures {
        pictures: usize,
        pages: usize,
    },
}

/// Why a list of decisions does not belong to an input.
#[derive(Debug, Clone, PartialEq)]
pub enum ListMisfit {
    OtherText { list: PathBuf, same_name: bool },
    Ambiguous { list: PathBuf },
    DoesNotFit { list: PathBuf, error: qingyang::Error },
}

/// Whether one of the reasons is a wrong reading that can be undone.
pub fn can_be_undone(all: &[Suspicion]) -> bool {
    all.iter().any(|of| matches!(of, Suspicion::Misread(misread) if misread.can_be_undone()))
}

/// Files of folders that were not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotTaken {
    /// By extension: the most frequent ones.
    pub kinds: Vec<(String, u64)>,
    /// How many others there are.
    pub other_kinds: u64,
    pub links: u64,
}

impl NotTaken {
    /// Whether everything was taken.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.links == 0
    }
}

/// What became of the files of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCounts {
    pub cleaned: u64,
    /// Of these: clean already.
    pub unchanged: u64,
    pub done_before: u64,
    pub not_text: u64,
    pub failed: u64,
    pub not_taken: NotTaken,
}

/// Everything that is not an error.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    TryHelp,
    NoNames {
        list: PathBuf,
    },
    /// A picture beside a layout cannot be read as PNG or JPEG.
    BadPicture {
        picture: PathBuf,
    },
    NoLocks {
        folder: PathBuf,
    },
    NotKept {
        path: PathBuf,
        lost: Vec<Attribute>,
    },
    NotSet {
        key: String,
    },
    OriginDefault,
    OriginFile {
        path: PathBuf,
        line: usize,
    },
    OriginCommandLine,
    /// Places of a list that this version does not find, by their bytes; the list may have more.
    DecisionsWithoutPlace {
        input: String,
        list: PathBuf,
        bytes: Vec<u64>,
        more: usize,
    },
    UncertainBreak {
        input: String,
        line: u64,
        byte: u64,
        kept: bool,
        certainty: f32,
        before: String,
        after: String,
    },
    /// Why the places of a layout are doubtful.
    Doubt {
        input: String,
        doubt: Doubt,
    },
    Gap {
        input: String,
        gap: Gap,
    },
    JumpNotFollowed {
        input: String,
        byte: u64,
        text: String,
        followed: Followed,
    },
    Planned {
        input: PathBuf,
        output: PathBuf,
        done: bool,
    },
    PlannedSkip {
        input: PathBuf,
    },
    PlannedLink {
        input: PathBuf,
    },
    Progress {
        failed: u64,
    },
    Counts(FileCounts),
    /// What a preview did not look at.
    NotTaken(NotTaken),
    /// What became of the records.
    RecordCounts {
        records: u64,
        /// Of these: clean already.
        unchanged: u64,
        failed: u64,
        suspicious: u64,
    },
    /// Faulty records of an input that are not shown.
    MoreRecordsFailed {
        input: String,
        more: u64,
    },
    /// Suspicious records of an input that are not shown.
    MoreRecordsSuspicious {
        input: String,
        more: u64,
    },
    NothingTaken,
    Suspicious {
        input: String,
        all: Vec<Suspicion>,
    },
    SuspiciousRecord {
        input: String,
        at: Place,
        all: Vec<Suspicion>,
    },
    ResumeGoesOn,
    LinksSkipped {
        links: u64,
    },
    ArticlesWritten {
        files: u64,
    },
    RuleEntry(qingyang::Rule),
    CustomEntry {
        name: String,
        rule: Box<CustomRule>,
        path: PathBuf,
        line: usize,
    },
}

/// Everything that the tool says.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    Usage(Usage),
    Conflict(Conflict),
    RecordConflict(RecordConflict),
    FolderConflict(FolderConflict),
    Overwrite(Overwrite),
    Setting(SettingFault),
    File(FileFault),
    Picture(PictureFault),
    Packed(Packed),
    Record(RecordFault),
    Table(TableFault),
    List(ListFault),
    ListMisfit(ListMisfit),
    Note(Note),
    Library(qingyang::Error),
    Layout(qingyang::reading::LayoutError),
    /// An action that the system refused.
    Io {
        action: Action,
        error: IoError,
    },
    /// The message has been printed.
    Reported,
}

/// Every group of messages is a message.
macro_rules! groups {
    ($($group:ident => $variant:ident;)*) => {$(
        impl From<$group> for Message {
            fn from(message: $group) -> Message {
                Message::$variant(message)
            }
        }
    )*};
}

groups! {
    Usage => Usage;
    Conflict => Conflict;
    RecordConflict => RecordConflict;
    FolderConflict => FolderConflict;
    Overwrite => Overwrite;
    SettingFault => Setting;
    FileFault => File;
    PictureFault => Picture;
    Packed => Packed;
    RecordFault => Record;
    TableFault => Table;
    ListFault => List;
    ListMisfit => ListMisfit;
    Note => Note;
}
