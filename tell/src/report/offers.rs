//! What a person can decide on a page: for each edit and each uncertain break, the text as it will be if the person decides
//! otherwise. A refused edit leaves the text of the input, which the library tells by itself; `flips` finds out what line
//! breaks turn into.

use super::align::{Aligned, Stretch};
use super::collect::{Collected, Flip, Joined};
use super::marks::Kind;
use qingyang::Entry;
use std::ops::Range;

/// Something that a person can decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The name of the rule of an edit; `None` for a line break.
    pub rule: Option<String>,
    /// Bytes of the input; the end of a break is where it begins.
    pub source: Range<u64>,
    pub line: u64,
    /// Whether the break was kept; `false` for an edit.
    pub kept: bool,
    /// Whether a person decided it already.
    pub decided: bool,
}

/// The offers of a page, in the order of the source. Writes into the stretches which one they belong to.
pub fn offers(g: &Collected, a: &mut Aligned, flips: &[Flip]) -> Vec<Offer> {
    let mut list = Vec::new();
    let joined_at = |e: &Entry| {
        let first = g.joined.partition_point(|j| j.source < e.start);
        g.joined.get(first).filter(|j| j.source <= e.end)
    };
    let flip_at = |source: u64| flips.binary_search_by_key(&source, |flip| flip.source).ok().map(|n| &flips[n]);
    let mut k = 0;
    while k < a.stretches.len() {
        let Some(n) = a.stretches[k].entry else {
            k += 1;
            continue;
        };
        let e = &g.ledger[n];
        let group = super::sides::group(g, &a.stretches, k, |_| true).max(1);
        match Kind::of(e) {
            Kind::Quiet => {}
            Kind::Joined => {
                if let Some(&Joined { source, line, decided }) = joined_at(e)
                    && let Some(flip) = flip_at(source).filter(|flip| flip.proof == a.stretches[k].proof)
                {
                    a.stretches[k].offer = Some((list.len(), flip.other.clone()));
                    list.push(Offer { rule: None, source: source..source, line, kept: false, decided });
                }
            }
            _ => edit(g, &mut a.stretches[k..k + group], &mut list),
        }
        k += group;
    }
    kept(g, a, flips, &mut list);
    list
}

/// Offers the edits of one mark.
fn edit(g: &Collected, stretches: &mut [Stretch], list: &mut Vec<Offer>) {
    let entries = || stretches.iter().filter_map(|s| s.entry);
    // A browser cannot show a NUL.
    if entries().any(|n| !g.ledger.may_be_decided(n) || g.ledger[n].before.contains('\0')) {
        return;
    }
    let (Some(first), Some(last)) = (entries().next(), entries().next_back()) else { return };
    let (first, last) = (&g.ledger[first], &g.ledger[last]);
    let number = list.len();
    list.push(Offer {
        rule: Some(first.rule_name().to_string()),
        source: first.start..last.end,
        line: first.line,
        kept: false,
        decided: first.decided,
    });
    for s in stretches {
        s.offer = s.entry.map(|n| (number, g.ledger.restored(n)));
    }
}

/// Offers the breaks that were kept.
fn kept(g: &Collected, a: &mut Aligned, flips: &[Flip], list: &mut Vec<Offer>) {
    for b in g.breaks.iter().filter(|b| b.kept) {
        let Ok(n) = flips.binary_search_by_key(&b.source, |flip| flip.source) else { continue };
        let flip = &flips[n];
        let place = a.places.iter_mut().find(|place| place.source == b.source);
        if let Some(place) = place {
            place.offer = Some(list.len());
            a.kept.push((flip.proof.clone(), list.len(), flip.other.clone()));
            list.push(Offer { rule: None, source: b.source..b.source, line: b.line, kept: true, decided: b.decided });
        }
    }
    a.kept.sort_by_key(|(range, ..)| range.start);
}
