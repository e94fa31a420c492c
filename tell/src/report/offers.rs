//! What a person can decide on a page: for each edit and each uncertain break, the text as it will be if the person decides
//! otherwise.
//!
//! A refused edit leaves the text of the input, which the library tells by itself. What a line break turns into depends on
//! its surroundings, so the input is cleaned again with breaks decided the other way, many at once; where the result is not
//! what the page would show, the break is not offered. So the page never shows a text that `--apply` would not give.

use super::align::{Aligned, Stretch, align, text_place};
use super::collect::{Collected, Flip, Joined, List};
use super::marks::Kind;
use qingyang::{Decision, Entry, Ledger};
use std::ops::Range;

/// An input is cleaned at most this many times to find out what its breaks turn into.
const MAX_CLEANINGS: usize = 40;

/// Cleans the input again with these line breaks decided otherwise. `None` if that cannot be.
pub type Again<'a> = &'a mut dyn FnMut(&[Decision]) -> Option<(String, Ledger)>;

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

impl Collected {
    /// Lets a person decide on the page. A list of decisions names the input by its `name` and by the digest of its bytes.
    /// `again` cleans the input as before, with these line breaks decided otherwise, and returns the whole clean text and
    /// ledger. The page of a text that is shown in part cannot be decided.
    pub fn may_be_decided(&mut self, name: &str, sha256: &str, again: Again<'_>) {
        self.figures.sha256 = Some(sha256.to_string());
        if !self.cut {
            let flips = flips(self, &align(self), again);
            self.list = Some(List { name: name.to_string(), sha256: sha256.to_string(), flips });
        }
    }
}

/// Finds out what each break turns into that is joined, uncertain or decided. In the order of their sources.
fn flips(g: &Collected, a: &Aligned, again: Again<'_>) -> Vec<Flip> {
    let kept = g.breaks.iter().filter(|b| b.kept).map(|b| (b.source, true));
    let mut all: Vec<(u64, bool)> = g.joined.iter().map(|j| (j.source, false)).chain(kept).collect();
    all.sort_unstable();
    let mut search = Search { g, a, again, left: MAX_CLEANINGS, found: Vec::new() };
    // Neighbours are decided in different cleanings.
    for parity in 0..2 {
        let some: Vec<(u64, bool)> = all.iter().copied().skip(parity).step_by(2).collect();
        search.solve(&some);
    }
    search.found.sort_by_key(|flip| flip.source);
    search.found
}

struct Search<'a> {
    g: &'a Collected,
    a: &'a Aligned,
    again: Again<'a>,
    /// Cleanings that may still be made.
    left: usize,
    found: Vec<Flip>,
}

impl Search<'_> {
    /// Decides these breaks otherwise, all at once; if that gives another text than the page would show, in halves.
    fn solve(&mut self, breaks: &[(u64, bool)]) {
        if breaks.is_empty() || self.left == 0 {
            return;
        }
        self.left -= 1;
        let decisions: Vec<Decision> = breaks.iter().map(|&(source, kept)| Decision::new(source, !kept)).collect();
        let Some((text, ledger)) = (self.again)(&decisions) else { return };
        let flips: Vec<Flip> = breaks.iter().filter_map(|&b| self.flip(b, &ledger)).collect();
        if flips.len() == breaks.len() && shown(&self.g.proof, &flips).as_ref() == Some(&text) {
            self.found.extend(flips);
        } else if breaks.len() > 1 {
            let (first, second) = breaks.split_at(breaks.len() / 2);
            self.solve(first);
            self.solve(second);
        }
    }

    /// What one of the breaks became in the other ledger.
    fn flip(&self, (source, kept): (u64, bool), other: &Ledger) -> Option<Flip> {
        let joins = if kept { &other[..] } else { &self.g.ledger[..] };
        let first = joins.partition_point(|e| e.end < source);
        let mut here = joins[first..].iter().take_while(|e| e.start <= source);
        let join = here.find(|e| Kind::of(e) == Kind::Joined)?;
        let at = |offset| text_place(&self.g.map, &self.g.source, offset);
        let place = at(join.start)..at(join.end);
        let (start, end) = (start_of(&self.a.stretches, place.start)?, end_of(&self.a.stretches, place.end)?);
        let other = text_of(self.g, &place, other)?;
        Some(Flip { source, proof: start..end.max(start), other })
    }
}

/// The clean text with these breaks decided otherwise. `None` if they overlap.
fn shown(proof: &str, flips: &[Flip]) -> Option<String> {
    let mut sorted: Vec<&Flip> = flips.iter().collect();
    sorted.sort_by_key(|flip| (flip.proof.start, flip.proof.end));
    let (mut out, mut at) = (String::with_capacity(proof.len()), 0);
    for flip in sorted {
        out.push_str(proof.get(at..flip.proof.start)?);
        out.push_str(&flip.other);
        at = flip.proof.end;
    }
    out.push_str(proof.get(at..)?);
    Some(out)
}

/// What a ledger makes of a place of the source.
fn text_of(g: &Collected, place: &Range<usize>, ledger: &Ledger) -> Option<String> {
    let at = |offset| text_place(&g.map, &g.source, offset);
    let (mut out, mut from) = (String::new(), place.start);
    let first = ledger.partition_point(|e| at(e.end) < place.start);
    for e in &ledger[first..] {
        let (start, end) = (at(e.start), at(e.end));
        if start > place.end {
            break;
        }
        // What only touches the place from outside is not in it.
        if start < end && (end == place.start || start == place.end) {
            continue;
        }
        if start < place.start || end > place.end {
            return None;
        }
        out.push_str(g.source.get(from..start)?);
        out.push_str(&e.after);
        from = end;
    }
    out.push_str(g.source.get(from..place.end)?);
    Some(out)
}

/// The place of the clean text for one of the source; what was inserted there is behind it.
fn start_of(stretches: &[Stretch], source: usize) -> Option<usize> {
    let first = stretches.partition_point(|s| s.source.end < source);
    for s in &stretches[first..] {
        if s.source.start >= source {
            return Some(s.proof.start);
        }
        if s.source.end > source {
            return s.entry.is_none().then(|| s.proof.start + (source - s.source.start));
        }
    }
    stretches.last().map(|s| s.proof.end)
}

/// The same, but what was inserted there is in front of it.
fn end_of(stretches: &[Stretch], source: usize) -> Option<usize> {
    let first = stretches.partition_point(|s| s.source.end < source);
    let mut place = None;
    for s in stretches[first..].iter().take_while(|s| s.source.start <= source) {
        place = match s.entry {
            None => Some(s.proof.start + (source - s.source.start)),
            Some(_) if s.source.end <= source => Some(s.proof.end),
            Some(_) if s.source.start == source => place.or(Some(s.proof.start)),
            Some(_) => return None,
        };
        if s.source.end > source {
            break;
        }
    }
    place
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
