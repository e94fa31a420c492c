//! The records of a list of decisions that the tool and the script of a report both write. The tool's documents describe them.

use crate::certainty::rounded;
use qingyang::Entry;
use serde::Serialize;

/// The head of an input's records.
///
/// ```
/// let head = qingyang_tell::decisions::Head::new("page.txt", 412, "9f", 0.9);
/// assert!(serde_json::to_string(&head).unwrap().ends_with(r#""input":"page.txt","bytes":412,"sha256":"9f","uncertain":0.9}"#));
/// ```
#[derive(Debug, Serialize)]
pub struct Head<'a> {
    qingyang: &'a str,
    input: &'a str,
    bytes: u64,
    sha256: &'a str,
    uncertain: f64,
}

impl<'a> Head<'a> {
    /// Of an input of this name, size in bytes and digest. Breaks less certain than `uncertain` are in the list.
    pub fn new(input: &'a str, bytes: u64, sha256: &'a str, uncertain: f32) -> Head<'a> {
        Head { qingyang: env!("CARGO_PKG_VERSION"), input, bytes, sha256, uncertain: rounded(f64::from(uncertain)) }
    }
}

/// An edit that a person decided.
///
/// ```
/// use qingyang::{Cleaner, Options};
/// use qingyang_tell::decisions::Edit;
/// let ledger = Cleaner::new(Options::default().with_ledger(true)).page("渠 水\n").ledger.unwrap();
/// let json = serde_json::to_string(&Edit::new(Some(1), &ledger[0], true)).unwrap();
/// assert!(json.starts_with(r#"{"place":1,"kind":"edit","source":3,"end":4,"line":1,"rule":"spacing","keep":true"#));
/// ```
#[derive(Debug, Serialize)]
pub struct Edit<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<u64>,
    kind: &'a str,
    source: u64,
    end: u64,
    line: u64,
    rule: &'a str,
    keep: bool,
    proposed: bool,
    seen: bool,
    before: &'a str,
    after: &'a str,
}

impl<'a> Edit<'a> {
    /// `place` is its number in the list, where that is known; `keep` is whether the text of the input was kept.
    pub fn new(place: Option<u64>, e: &'a Entry, keep: bool) -> Edit<'a> {
        Edit {
            place,
            kind: "edit",
            source: e.start,
            end: e.end,
            line: e.line,
            rule: e.rule_name(),
            keep,
            proposed: false,
            seen: true,
            before: &e.before,
            after: &e.after,
        }
    }
}
