//! Lists of decisions, read back after a person edited them. `output::decisions` describes the format.

use crate::digest::Digest;
use crate::failure::{Failure, Kind as FailureKind};
use crate::messages::{Action, ListFault, ListMisfit, Place};
use qingyang::{Decision, EditDecision};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The head of a section. Every version of the tool writes these fields; others are for the reader's eyes.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "qingyang")]
    version: String,
    input: String,
    #[serde(rename = "bytes")]
    _bytes: u64,
    sha256: String,
    #[serde(rename = "uncertain")]
    _uncertain: f64,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Break,
    Edit,
}

/// A decision about a place.
#[derive(Deserialize)]
struct Decided {
    kind: Kind,
    /// Where the line before a break ends, or where an edit begins.
    source: u64,
    /// Of an edit: where it ends, and its rule.
    end: Option<u64>,
    rule: Option<String>,
    /// Whether the break is kept, or the text of the input where it was edited.
    keep: bool,
    /// What the tool did when it wrote the list.
    proposed: Option<bool>,
    /// Whether a person says that `keep` is right.
    #[serde(default)]
    seen: bool,
    probability: Option<f64>,
}

impl Decided {
    /// Whether a person decided the place: changed `keep`, or marked the place as seen. A list of 0.1 does not say what was
    /// proposed, but the probability does. A record that a person wrote has neither.
    fn is_by_person(&self) -> bool {
        let proposed = self.proposed.or(self.probability.map(|p| p > 0.5));
        self.seen || proposed != Some(self.keep)
    }
}

/// The decisions for one input.
#[derive(Debug)]
struct Section {
    input: String,
    decided: ForInput,
}

/// What a list decides of one input.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ForInput {
    pub breaks: Vec<Decision>,
    pub edits: Vec<EditDecision>,
    /// Whether another version of qingyang wrote the list: its places may be gone.
    pub of_other_version: bool,
}

/// An edited list. Its sections are found by the digest of the input that they were made for.
#[derive(Debug)]
pub struct Lists {
    path: PathBuf,
    sections: HashMap<String, Vec<Section>>,
    /// The digest of the list itself.
    pub sha256: String,
}

impl Lists {
    /// Reads a list.
    ///
    /// # Errors
    /// With the line, if the file is not a list of decisions.
    pub fn read(path: &Path) -> Result<Lists, Failure> {
        let bytes = std::fs::read(path).map_err(|e| {
            let failure = Failure::io(Action::Read, &e).at(Place::OptionPath("--apply", path.to_path_buf()));
            Failure { kind: FailureKind::Usage, ..failure }
        })?;
        let sections = parse(&bytes).map_err(|(line, places, fault)| {
            let failure = Failure { places, ..Failure::usage(fault) };
            failure.at(Place::FileLine(path.to_path_buf(), line))
        })?;
        Ok(Lists { path: path.to_path_buf(), sections, sha256: Digest::of(&bytes) })
    }

    /// The decisions for the input with this digest.
    ///
    /// # Errors
    /// If the list was made for other texts.
    pub fn of(&self, input: &str, sha256: &str) -> Result<&ForInput, Failure> {
        let list = self.path.clone();
        let Some(sections) = self.sections.get(sha256) else {
            let same_name = self.sections.values().flatten().any(|s| s.input == input);
            return Err(Failure::input(ListMisfit::OtherText { list, same_name }));
        };
        // One text may have several names; the name matters only if the decisions differ.
        let first = &sections[0];
        let section = sections.iter().find(|s| s.input == input).unwrap_or(first);
        if section.input != input && sections.iter().any(|s| s.decided != first.decided) {
            return Err(Failure::input(ListMisfit::Ambiguous { list }));
        }
        Ok(&section.decided)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// An error of the library about decisions of this list.
    pub fn does_not_fit(&self, error: qingyang::Error) -> Failure {
        Failure::input(ListMisfit::DoesNotFit { list: self.path.clone(), error })
    }
}

/// The number of a line, the places within it, and what is wrong with it.
type Fault = (usize, Vec<Place>, ListFault);

/// One record of a list.
enum Record {
    Head(Head),
    Decided(Decided),
}

fn parse(bytes: &[u8]) -> Result<HashMap<String, Vec<Section>>, Fault> {
    let mut all: HashMap<String, Vec<Section>> = HashMap::new();
    let mut open: Option<(String, Section)> = None;
    let mut seen = HashSet::new();
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let close = |all: &mut HashMap<String, Vec<Section>>, open: Option<(String, Section)>| {
        if let Some((digest, section)) = open {
            all.entry(digest).or_default().push(section);
        }
    };
    for (n, line) in bytes.split(|&b| b == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match record(line, open.is_some()).map_err(|(places, fault)| (n + 1, places, fault))? {
            Record::Head(head) => {
                let of_other_version = head.version != env!("CARGO_PKG_VERSION");
                let decided = ForInput { of_other_version, ..ForInput::default() };
                let section = Section { input: head.input, decided };
                close(&mut all, open.replace((head.sha256.to_ascii_lowercase(), section)));
                seen.clear();
            }
            Record::Decided(place) => {
                let rule = place.rule.clone().filter(|_| place.kind == Kind::Edit);
                if !seen.insert((place.source, rule)) {
                    return Err((n + 1, Vec::new(), ListFault::DecidedTwice { byte: place.source }));
                }
                if let Some((_, section)) = open.as_mut().filter(|_| place.is_by_person()) {
                    let decided = &mut section.decided;
                    match (place.kind, place.end, place.rule) {
                        (Kind::Break, ..) => decided.breaks.push(Decision::new(place.source, place.keep)),
                        (Kind::Edit, Some(end), Some(rule)) => {
                            decided.edits.push(EditDecision::new(place.source..end, &rule, place.keep));
                        }
                        (Kind::Edit, ..) => return Err((n + 1, Vec::new(), ListFault::EditWithoutPlace)),
                    }
                }
            }
        }
    }
    if open.is_none() {
        return Err((1, Vec::new(), ListFault::NoHead));
    }
    close(&mut all, open);
    Ok(all)
}

fn record(line: &[u8], headed: bool) -> Result<Record, (Vec<Place>, ListFault)> {
    let value: serde_json::Value =
        serde_json::from_slice(line).map_err(|e| (Vec::new(), ListFault::NotJson(reason(&e))))?;
    if !value.is_object() {
        return Err((Vec::new(), ListFault::NotObject));
    }
    if value.get("qingyang").is_none() {
        if !headed {
            return Err((Vec::new(), ListFault::NoHeadBefore));
        }
        let place = serde_json::from_value(value).map_err(|e| (Vec::new(), ListFault::BadRecord(reason(&e))))?;
        return Ok(Record::Decided(place));
    }
    let wrong = |fault| (vec![Place::Head], fault);
    let head: Head = serde_json::from_value(value).map_err(|e| wrong(ListFault::BadRecord(reason(&e))))?;
    if head.sha256.len() != 64 || !head.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(wrong(ListFault::BadDigest));
    }
    Ok(Record::Head(head))
}

/// The reason without the line number of `serde`, which counts within the line.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text[..end].to_string()
}
