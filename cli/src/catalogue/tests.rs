//! Every message has the same values in every language.

use super::Say;
use crate::messages::*;
use qingyang::decode::Encoding;
use qingyang::rules::{CustomRule, CustomRules};
use qingyang::suspicion::Suspicion;
use qingyang::{Cleaner, Decision, Followed, Options, Rule};
use qingyang_tell::Language;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

/// Values that can be told apart wherever they stand: `V` and a number of four digits.
const OPTION: &str = "V1001";

fn path(n: u32) -> PathBuf {
    PathBuf::from(format!("V{n}"))
}

fn text(n: u32) -> String {
    format!("V{n}")
}

fn texts(n: u32) -> Vec<String> {
    vec![text(n), text(n + 1)]
}

/// What was not taken: a kind, others, and links.
fn left() -> NotTaken {
    NotTaken { kinds: vec![(".V1006".into(), 1007)], other_kinds: 1008, links: 1009 }
}

fn error() -> qingyang::Error {
    Encoding::from_label("V1009").expect_err("no encoding")
}

fn usage() -> Vec<Usage> {
    use Usage::*;
    let option = || text(1001);
    vec![
        UnknownOption { option: option(), nearest: None },
        UnknownOption { option: option(), nearest: Some(text(1002)) },
        BadValue { option: option(), value: text(1002), reason: Box::new(BadGlob(text(1003))) },
        UnknownValue { option: option(), value: text(1002), nearest: Some(text(1003)), known: texts(1004) },
        UnknownValue { option: option(), value: text(1002), nearest: None, known: texts(1004) },
        ValueMissing { option: option() },
        UnexpectedValue { option: option(), value: text(1002) },
        EqualSignMissing { option: option() },
        OptionsMissing { options: texts(1001) },
        Exclusive { option: option(), others: texts(1002) },
        GivenTwice { option: option() },
        UnknownCommand { word: text(1001), nearest: text(1002) },
        NothingGiven,
        Parser(text(1001)),
        ExpectedProbability,
        ExpectedJobs,
        BadPointer { option: OPTION, pointer: text(1002) },
        CommandTakesNothing { command: text(1001), word: text(1002) },
        CompletionsNeedShell,
    ]
}

fn conflicts() -> Vec<Conflict> {
    use Conflict::*;
    vec![
        TextFormatOnly { option: OPTION },
        IssueWithLists { option: OPTION },
        PreviewInPlace,
        ListIsStandardInput,
        TableOfOneArticle,
        PageOfOneArticle,
        MarkWithoutTable,
        PictureOfOneLayout,
    ]
}

fn record_conflicts() -> Vec<RecordConflict> {
    use RecordConflict::*;
    vec![
        PagesOnly { option: OPTION },
        RecordsAreUtf8 { option: OPTION },
        IssueOfRecords,
        WithoutParquet,
        OneTable,
        RowsStay,
        ToFieldForEach { fields: 1001, to: 1002 },
        ToFieldStars { field: text(1001), to: text(1002) },
        ToColumnOfColumn { to: text(1001) },
        OnePlace { written: text(1001), other: text(1002) },
    ]
}

fn folder_conflicts() -> Vec<FolderConflict> {
    use FolderConflict::*;
    vec![
        FoldersOnly { option: OPTION },
        FoldersOnlyNamedInputs { option: OPTION },
        StandardInputInBatch,
        FolderNamedLikeFile { output: path(1001) },
        StandardOutputOfBatch,
        SuffixInPlace,
        SuffixHasSlash,
        BackupNotInPlace,
        BackupEmptyOrSlash,
        BackupIsInput { suffix: text(1001) },
        FolderNeedsOutput,
        NamesNeeded { in_place: true },
        NamesNeeded { in_place: false },
    ]
}

fn overwrites() -> Vec<Overwrite> {
    use Overwrite::*;
    let (option, second) = (OPTION, "V1002");
    vec![
        NeedsFileName { option },
        IsFolder { option, path: path(1002) },
        OutputIsInput { option, path: path(1002), in_place: true },
        OutputIsInput { option, path: path(1002), in_place: false },
        OutputAmongInputs { option, path: path(1002), folder: path(1003) },
        WrittenTwice { first: option, second, path: path(1003) },
        OutputIsRead { option, path: path(1003), reader: second },
        OutputIsFile { path: path(1001) },
        OutputIsInputFolder { path: path(1001) },
        OutputInsideInput { output: path(1001), input: path(1002) },
        OverwritesItself { path: path(1001) },
        SameOutput { first: path(1001), second: path(1002), output: path(1003) },
        ReportIsFile,
        ReportIs { side: Side::Input },
        ReportInside { side: Side::Output, folder: path(1001) },
        SamePage { first: path(1001), second: path(1002) },
    ]
}

fn settings() -> Vec<SettingFault> {
    use SettingFault::*;
    let bad_rule = CustomRules::new([CustomRule::replace("渠", "渠渠")]).expect_err("it loops");
    vec![
        UnknownKey { key: text(1001), nearest: None, known: texts(1002) },
        UnknownKey { key: text(1001), nearest: Some(text(1002)), known: texts(1003) },
        UnknownSetting { rule: true, value: text(1001), nearest: None, known: texts(1002) },
        UnknownSetting { rule: false, value: text(1001), nearest: Some(text(1002)), known: texts(1003) },
        WrongType { expected: Type::Text, found: Type::Number },
        NotToml(text(1001)),
        OneChoice { first: "V1001", second: "V1002" },
        AlwaysOn(qingyang::Rule::Layout),
        AlwaysOn(qingyang::Rule::ByteOrderMark),
        MissingKey { key: OPTION },
        GivenTwice,
        FurnitureTwice,
        UnknownRole { value: text(1001) },
        NotAWord { word: text(1001) },
        UnknownCustomRule { value: text(1001), known: texts(1002) },
        UnknownCustomRule { value: text(1001), known: Vec::new() },
        Rule(bad_rule),
    ]
}

fn files() -> Vec<FileFault> {
    use FileFault::*;
    vec![
        IsAFolder,
        NotRegular,
        #[cfg(not(unix))]
        NameNotUtf8 { name: text(1001) },
        ChangedWhileRead,
        TwoEncodings { offset: 1001, utf8_first: true },
        TwoEncodings { offset: 1001, utf8_first: false },
        PlaceTaken,
        FolderLocked { holder: Some(1001) },
        FolderLocked { holder: None },
        BackupDiffers { backup: path(1001) },
        Panicked { what: text(1001) },
        WrittenAfterEnd,
        NotWritten,
        NotWrittenEnded,
        Interrupted,
        TwiceInIssue,
        CannotWalk(text(1001)),
        NoPlaces,
        LayoutInPlace,
        LayoutInIssue,
        Pdf(PdfFault::Damaged),
        Pdf(PdfFault::Password),
        Pdf(PdfFault::Encryption),
        Pdf(PdfFault::TooManyPages { pages: 1001, limit: 1002 }),
        Pdf(PdfFault::TooMuch { page: 1001 }),
        Pdf(PdfFault::NoText { pages: 1001 }),
    ]
}

fn pictures() -> Vec<PictureFault> {
    use PictureFault::*;
    vec![
        NoPicture,
        BrokenPicture,
        PictureTooLarge { limit: 1001 << 20 },
        PictureOfText,
        MorePictures { pictures: 1001, pages: 1002 },
    ]
}

fn list_misfits() -> Vec<ListMisfit> {
    use ListMisfit::*;
    vec![
        OtherText { list: path(1001), same_name: true },
        OtherText { list: path(1001), same_name: false },
        Ambiguous { list: path(1001) },
        DoesNotFit { list: path(1001), error: error() },
    ]
}

fn packed() -> Vec<Packed> {
    use Packed::*;
    let byte = 1001;
    vec![
        NotGzip,
        NotGzipAfterMember { byte },
        DamagedGzip { byte },
        NotZstd,
        NotZstdAfterFrame { byte },
        DamagedZstd { byte },
        Checksum { byte },
        Window { byte, window: 1002 << 20, limit: 1003 << 20 },
        Dictionary { byte, id: 1002 },
        #[cfg(not(feature = "libzstd"))]
        Encoder,
        TooLarge { limit: 1001 << 20 },
    ]
}

fn records() -> Vec<RecordFault> {
    use RecordFault::*;
    vec![
        TooLong { limit: 1001 << 20 },
        NotUtf8 { byte: 1001 },
        NotJson { byte: 1001, reason: text(1002) },
        NoField { field: text(1001) },
        NoObject { field: text(1001) },
        NotObject { to: text(1001), at: text(1002), found: Type::Null },
        NoItem { to: text(1001), at: text(1002) },
        WrongType { field: text(1001), found: Type::Null },
        NotUnicode { field: text(1001), reason: text(1002) },
    ]
}

fn tables() -> Vec<TableFault> {
    use TableFault::*;
    let field = || text(1001);
    vec![
        Empty,
        NotParquet,
        CutOff,
        Encrypted,
        Damaged(text(1001)),
        NoColumn { field: field(), known: texts(1002) },
        NotText { field: field(), found: text(1002) },
        Nested { field: field() },
        ColumnExists { column: text(1001) },
        NotUtf8 { field: field(), byte: 1002 },
        Codec { field: field(), codec: text(1002) },
    ]
}

fn lists() -> Vec<ListFault> {
    use ListFault::*;
    vec![
        NotJson(text(1001)),
        NotObject,
        BadRecord(text(1001)),
        BadDigest,
        NoHeadBefore,
        NoHead,
        EditWithoutPlace,
        DecidedTwice { byte: 1001 },
    ]
}

fn notes() -> Vec<Note> {
    use Note::*;
    use qingyang::layout::Doubt::{NoArea, Outside, Unplaced};
    let lost = [
        vec![Attribute::Owner { uid: 1002 }, Attribute::Group { gid: 1003 }, Attribute::Mode],
        vec![Attribute::Extended { name: text(1002) }, Attribute::Links { others: 1003 }],
        vec![Attribute::Links { others: 1 }],
    ];
    let rule = |rule| CustomEntry { name: text(1001), rule: Box::new(rule), path: path(1002), line: 1003 };
    let uncertain = |kept| UncertainBreak {
        input: text(1001),
        line: 1002,
        byte: 1003,
        kept,
        certainty: 0.5,
        before: text(1004),
        after: text(1005),
    };
    let mut all = vec![
        TryHelp,
        NoNames { list: path(1001) },
        NoLocks { folder: path(1001) },
        NotSet { key: text(1001) },
        OriginDefault,
        OriginFile { path: path(1001), line: 1002 },
        OriginCommandLine,
        DecisionsWithoutPlace { input: text(1001), list: path(1002), bytes: vec![1003], more: 1004 },
        DecisionsWithoutPlace { input: text(1001), list: path(1002), bytes: vec![1003], more: 0 },
        uncertain(true),
        uncertain(false),
        BadPicture { picture: path(1001) },
        Doubt { input: text(1001), doubt: Unplaced { page: 1002, lines: 1003, of: 1003 } },
        Doubt { input: text(1001), doubt: Unplaced { page: 1002, lines: 1003, of: 1004 } },
        Doubt { input: text(1001), doubt: Outside { page: 1002 } },
        Doubt { input: text(1001), doubt: NoArea { page: 1002 } },
        Gap { input: text(1001), gap: crate::messages::Gap::Unknown { characters: 1002, of: 1003 } },
        Gap { input: text(1001), gap: crate::messages::Gap::NoText { pages: 1002, of: 1003 } },
        JumpNotFollowed { input: text(1001), byte: 1002, text: text(1003), followed: Followed::Several },
        Planned { input: path(1001), output: path(1002), done: true },
        PlannedSkip { input: path(1001) },
        PlannedLink { input: path(1001) },
        Progress { failed: 1001 },
        Counts(FileCounts {
            cleaned: 1001,
            unchanged: 1002,
            done_before: 1003,
            not_text: 1004,
            failed: 1005,
            not_taken: left(),
        }),
        NotTaken(left()),
        RecordCounts { records: 1001, unchanged: 1002, failed: 1003, suspicious: 1004 },
        MoreRecordsFailed { input: text(1001), more: 1002 },
        MoreRecordsSuspicious { input: text(1001), more: 1002 },
        NothingTaken,
        Suspicious { input: text(1001), all: Suspicion::all().collect() },
        SuspiciousRecord { input: text(1001), at: Place::Line(1002), all: Suspicion::all().collect() },
        ResumeGoesOn,
        LinksSkipped { links: 1001 },
        ArticlesWritten { files: 1001 },
        rule(CustomRule::replace("V1004", "V1005")),
        rule(CustomRule::furniture("V1004")),
    ];
    all.extend(lost.map(|lost| NotKept { path: path(1001), lost }));
    all.extend(Rule::all().map(RuleEntry));
    all
}

fn places() -> Vec<Place> {
    vec![
        Place::Path(path(1001)),
        Place::StandardInput,
        Place::StandardOutput,
        Place::Option(OPTION),
        Place::OptionPath(OPTION, path(1002)),
        Place::FileLine(path(1001), 1002),
        Place::Line(1001),
        Place::Row(1001),
        Place::Key(text(1001)),
        Place::Head,
    ]
}

fn messages() -> Vec<Message> {
    let system = |kind| IoError { kind, code: Some(1001), text: text(1002), packed: None };
    let foreign = |bytes: &[u8]| qingyang::reading::read(bytes, None).expect_err("no layout");
    let mut cleaner = Cleaner::new(Options::default());
    let no_break = cleaner.page_with("渠水。\n", &[Decision::new(1001, true)]);
    vec![
        Message::Library(error()),
        Message::Library(no_break.map(drop).expect_err("no break")),
        Message::Library(qingyang::decode::decode(b"\xe6\xb8\xa0\xff", None, false).map(drop).expect_err("malformed")),
        Message::Layout(foreign(b"%PDF-1.7")),
        Message::Layout(foreign(b"{\"V1001\": 1}")),
        Message::Layout(foreign(b"{\"rec_texts\": [")),
        Message::Io { action: Action::Read, error: system(io::ErrorKind::Other) },
        Message::Io { action: Action::Create, error: system(io::ErrorKind::NotFound) },
        Message::Io { action: Action::Write, error: system(io::ErrorKind::StorageFull) },
        Message::Reported,
    ]
}

/// The values in a text.
fn values(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|w| w.len() >= 4 && w.ends_with(|c: char| c.is_ascii_digit())).map(str::to_string).collect()
}

fn check<T: Say + std::fmt::Debug>(messages: Vec<T>) {
    let han = |text: &str| text.chars().any(|c| c >= '\u{3000}');
    for message in messages {
        let [english, chinese] = Language::ALL.map(|language| message.said(language).to_string());
        assert_eq!(values(&english), values(&chinese), "{message:?}:\n{english}\n{chinese}");
        let words = english.split(|c: char| !c.is_ascii_lowercase()).filter(|w| w.len() > 3 && !w.starts_with('V'));
        assert!(han(&chinese) || words.count() == 0, "{message:?} is not translated: {chinese}");
    }
}

#[test]
fn every_message_has_the_same_values_in_every_language() {
    check(usage());
    check(conflicts());
    check(record_conflicts());
    check(folder_conflicts());
    check(overwrites());
    check(settings());
    check(files());
    check(pictures());
    check(list_misfits());
    check(packed());
    check(records());
    check(tables());
    check(lists());
    check(notes());
    check(places());
    check(messages());
}

/// The lists above have every message: each variant of each group stands in them by its name.
#[test]
fn the_lists_of_this_test_have_every_message() {
    let all: Vec<String> = [
        usage().iter().map(|m| format!("Usage {m:?}")).collect::<Vec<_>>(),
        conflicts().iter().map(|m| format!("Conflict {m:?}")).collect(),
        record_conflicts().iter().map(|m| format!("RecordConflict {m:?}")).collect(),
        folder_conflicts().iter().map(|m| format!("FolderConflict {m:?}")).collect(),
        overwrites().iter().map(|m| format!("Overwrite {m:?}")).collect(),
        settings().iter().map(|m| format!("SettingFault {m:?}")).collect(),
        files().iter().map(|m| format!("FileFault {m:?}")).collect(),
        pictures().iter().map(|m| format!("PictureFault {m:?}")).collect(),
        list_misfits().iter().map(|m| format!("ListMisfit {m:?}")).collect(),
        packed().iter().map(|m| format!("Packed {m:?}")).collect(),
        records().iter().map(|m| format!("RecordFault {m:?}")).collect(),
        tables().iter().map(|m| format!("TableFault {m:?}")).collect(),
        lists().iter().map(|m| format!("ListFault {m:?}")).collect(),
        notes().iter().map(|m| format!("Note {m:?}")).collect(),
        places().iter().map(|m| format!("Place {m:?}")).collect(),
    ]
    .concat();
    let sampled: BTreeSet<&str> = all.iter().map(|m| m.split(['(', '{']).next().unwrap_or_default().trim()).collect();
    let mut group = "";
    let mut missing = Vec::new();
    let mut skip = false;
    for line in include_str!("../messages.rs").lines() {
        if let Some(name) = line.strip_prefix("pub enum ") {
            group = name.trim_end_matches(" {");
        } else if line == "}" {
            group = "";
        }
        let known = [
            "Usage",
            "Conflict",
            "RecordConflict",
            "FolderConflict",
            "Overwrite",
            "SettingFault",
            "FileFault",
            "PictureFault",
            "ListMisfit",
            "Packed",
            "RecordFault",
            "TableFault",
            "ListFault",
        ];
        let variant = line.strip_prefix("    ").filter(|v| v.starts_with(|c: char| c.is_ascii_uppercase()));
        let Some(variant) = variant.filter(|_| known.contains(&group) || group == "Note" || group == "Place") else {
            let off = |what: &str| line.contains("#[cfg(not(") && line.contains(what);
            skip = off("unix") || cfg!(feature = "libzstd") && off("\"libzstd\"");
            continue;
        };
        let name = format!("{group} {}", variant.split(['(', '{', ',']).next().unwrap_or_default().trim());
        // A glob is an error within another one.
        if !sampled.contains(name.as_str()) && !skip && name != "Usage BadGlob" {
            missing.push(name);
        }
        skip = false;
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_rule_has_a_chinese_text() {
    for rule in Rule::all() {
        assert_ne!(qingyang_tell::rule(rule, Language::Chinese), rule.reason(), "{rule}");
    }
}
