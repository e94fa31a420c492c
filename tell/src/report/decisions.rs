//! What the script of a page needs to write a list of decisions.

use super::collect::{Collected, List};
use super::offers::Offer;
use crate::decisions::{Edit, Head};
use serde::Serialize;

/// The head of the list, and what each offer is. A list is described where the tool reads it.
#[derive(Serialize)]
struct Data<'a> {
    head: Head<'a>,
    /// Kind, first byte, end, line, whether the break was kept, and whether a person decided it.
    offers: Vec<(&'a str, u64, u64, u64, u8, u8)>,
    /// The edits that a person refused before, as they stand in the list.
    refused: Vec<Edit<'a>>,
}

/// As JSON that may stand in a script element.
pub fn data(g: &Collected, list: &List, offers: &[Offer]) -> String {
    let head = Head::new(&list.name, g.figures.bytes, &list.sha256, g.figures.threshold);
    let offers = offers.iter().map(|o| {
        // A break has no rule.
        let rule = o.rule.as_deref().unwrap_or_default();
        (rule, o.source.start, o.source.end, o.line, u8::from(o.kept), u8::from(o.decided))
    });
    let refused = g.refused.iter().map(|e| Edit::new(None, e, true));
    let data = Data { head, offers: offers.collect(), refused: refused.collect() };
    serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c")
}
