//! What the script of a page needs to write a list of decisions.

use super::collect::{Collected, List};
use super::offers::Offer;
use serde::Serialize;

/// The head of the list, and what each offer is. A list is described where the tool reads it.
#[derive(Serialize)]
struct Data<'a> {
    head: Head<'a>,
    /// Kind, first byte, end, line, whether the break was kept, and whether a person decided it.
    offers: Vec<(&'a str, u64, u64, u64, u8, u8)>,
    /// The edits that a person refused before, as they stand in the list.
    refused: Vec<Refused<'a>>,
}

#[derive(Serialize)]
struct Head<'a> {
    qingyang: &'a str,
    input: &'a str,
    bytes: u64,
    sha256: &'a str,
    uncertain: f64,
}

#[derive(Serialize)]
struct Refused<'a> {
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

/// As JSON that may stand in a script element.
pub fn data(g: &Collected, list: &List, offers: &[Offer]) -> String {
    let head = Head {
        qingyang: env!("CARGO_PKG_VERSION"),
        input: &list.name,
        bytes: g.figures.bytes,
        sha256: &list.sha256,
        uncertain: (f64::from(g.figures.threshold) * 1000.0).round() / 1000.0,
    };
    let offers = offers.iter().map(|o| {
        // A break has no rule.
        let rule = o.rule.as_deref().unwrap_or_default();
        (rule, o.source.start, o.source.end, o.line, u8::from(o.kept), u8::from(o.decided))
    });
    let refused = g.refused.iter().map(|e| Refused {
        kind: "edit",
        source: e.start,
        end: e.end,
        line: e.line,
        rule: e.rule_name(),
        keep: true,
        proposed: false,
        seen: true,
        before: &e.before,
        after: &e.after,
    });
    let data = Data { head, offers: offers.collect(), refused: refused.collect() };
    serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c")
}
