//! What line breaks turn into if a person decides otherwise.
//!
//! That depends on their surroundings, so each page is cleaned again with its breaks decided the other way, many at once. Where
//! something else changes, the breaks beside it are tried apart; a break is offered only if its page would then show exactly
//! what came out. So a page never shows a text that `--apply` would not give.

use super::again::Again;
use super::align::{Aligned, Stretch, align, text_place};
use super::collect::{Collected, Flip, List};
use super::marks::Kind;
use qingyang::{Decision, Entry, Ledger};
use std::ops::Range;

/// A page is cleaned at most this many times. Of 146 composed and spliced pages 135 need two or three, and 8 would need more; on
/// these 689 of all 13,368 breaks are left out.
const MAX_CLEANINGS: usize = 8;

impl Collected {
    /// Lets a person decide on the page. A list of decisions names the input by its `name` and by the digest of its bytes.
    /// The page of a text that is shown in part cannot be decided.
    pub fn may_be_decided(&mut self, name: &str, sha256: &str, again: &mut Again<'_>) {
        self.figures.sha256 = Some(sha256.to_string());
        if !self.cut {
            let flips = flips(self, &align(self), again);
            self.list = Some(List { name: name.to_string(), sha256: sha256.to_string(), flips });
        }
    }
}

/// A line break: its byte of the input, and whether it was kept.
type Break = (u64, bool);

/// A page of the input in both texts, without the form feeds around it.
struct Page {
    source: Range<usize>,
    proof: Range<usize>,
}

/// Finds out what each break turns into that is joined, uncertain or decided. In the order of their sources.
fn flips(g: &Collected, a: &Aligned, again: &mut Again<'_>) -> Vec<Flip> {
    let kept = g.breaks.iter().filter(|b| b.kept).map(|b| (b.source, true));
    let mut all: Vec<Break> = g.joined.iter().map(|j| (j.source, false)).chain(kept).collect();
    all.sort_unstable();
    let (mut found, mut rest) = (Vec::new(), &all[..]);
    for page in parts(g, a, again.is_joined_across()) {
        let end = g.map.source(page.source.end);
        let (breaks, later) = rest.split_at(rest.partition_point(|(source, _)| *source < end));
        rest = later;
        let mut search = Search { g, a, page, again, left: MAX_CLEANINGS, found: Vec::new() };
        // Neighbours are decided in different cleanings.
        every_other(breaks).iter().for_each(|some| search.solve(some));
        found.append(&mut search.found);
    }
    found.sort_by_key(|flip| flip.source);
    found
}

/// The pages of an input that can be cleaned one by one: a form feed that stayed ends one.
fn parts(g: &Collected, a: &Aligned, is_joined_across: bool) -> Vec<Page> {
    let mut parts = Vec::new();
    let (mut source, mut proof) = (0, 0);
    let kept = a.stretches.iter().filter(|s| s.entry.is_none() && !is_joined_across);
    for s in kept {
        for (n, _) in g.source[s.source.clone()].match_indices('\x0c') {
            let (source_end, proof_end) = (s.source.start + n, s.proof.start + n);
            parts.push(Page { source: source..source_end, proof: proof..proof_end });
            (source, proof) = (source_end + 1, proof_end + 1);
        }
    }
    parts.push(Page { source: source..g.source.len(), proof: proof..g.proof.len() });
    parts
}

fn every_other(breaks: &[Break]) -> [Vec<Break>; 2] {
    [0, 1].map(|first| breaks.iter().copied().skip(first).step_by(2).collect())
}

/// The search on one page.
struct Search<'a, 'i> {
    g: &'a Collected,
    a: &'a Aligned,
    page: Page,
    again: &'a mut Again<'i>,
    /// Cleanings that may still be made.
    left: usize,
    found: Vec<Flip>,
}

impl Search<'_, '_> {
    /// Decides these breaks otherwise, all at once; if that gives another text than the page would show, those apart that
    /// changed something beside them.
    fn solve(&mut self, breaks: &[Break]) {
        if breaks.is_empty() || self.left == 0 {
            return;
        }
        self.left -= 1;
        let Some((text, ledger)) = self.clean(breaks) else { return };
        let tried: Vec<Option<Tried>> = breaks.iter().map(|&b| self.tried(b, &ledger)).collect();
        let good = tried.iter().flatten().map(|tried| &tried.flip);
        if tried.iter().all(Option::is_some) && self.shown(good).as_deref() == Some(&text) {
            self.found.extend(tried.into_iter().flatten().map(|tried| tried.flip));
            return;
        }
        let doubtful = self.doubtful(breaks, &tried, &ledger);
        let of =
            |which: bool| breaks.iter().zip(&doubtful).filter(move |(_, d)| **d == which).map(|(b, _)| *b).collect();
        let (sure, doubtful): (Vec<Break>, Vec<Break>) = (of(false), of(true));
        if breaks.len() > 1 {
            // Where all are alike, by halves.
            let one_kind = sure.is_empty() || doubtful.is_empty();
            self.solve(if one_kind { &breaks[..breaks.len() / 2] } else { &sure });
            match one_kind {
                true => self.solve(&breaks[breaks.len() / 2..]),
                false => every_other(&doubtful).iter().for_each(|some| self.solve(some)),
            }
        }
    }

    /// Cleans the page with these breaks decided otherwise.
    fn clean(&mut self, breaks: &[Break]) -> Option<(String, Ledger)> {
        let decisions: Vec<Decision> = breaks.iter().map(|&(source, kept)| Decision::new(source, !kept)).collect();
        self.again.clean(self.bytes(), &decisions)
    }

    /// The bytes of the page in the input.
    fn bytes(&self) -> Range<u64> {
        let Range { start, end } = self.page.source;
        self.g.map.source(start)..self.g.map.source(end)
    }

    /// The clean text of the page with these breaks decided otherwise. `None` if they overlap.
    fn shown<'f>(&self, flips: impl Iterator<Item = &'f Flip>) -> Option<String> {
        let mut sorted: Vec<&Flip> = flips.collect();
        sorted.sort_by_key(|flip| (flip.proof.start, flip.proof.end));
        let (mut out, mut at) = (String::with_capacity(self.page.proof.len()), self.page.proof.start);
        for flip in sorted {
            out.push_str(self.g.proof.get(at..flip.proof.start)?);
            out.push_str(&flip.other);
            at = flip.proof.end;
        }
        out.push_str(self.g.proof.get(at..self.page.proof.end)?);
        Some(out)
    }

    /// What one of the breaks became in the other ledger.
    fn tried(&self, (source, kept): Break, other: &Ledger) -> Option<Tried> {
        let g = self.g;
        let joins = if kept { &other[..] } else { &g.ledger[..] };
        let first = joins.partition_point(|e| e.end < source);
        let mut here = joins[first..].iter().take_while(|e| e.start <= source);
        let join = here.find(|e| Kind::of(e) == Kind::Joined)?;
        let at = |offset| text_place(&g.map, &g.source, offset);
        let place = at(join.start)..at(join.end);
        let (start, end) = (start_of(&self.a.stretches, place.start)?, end_of(&self.a.stretches, place.end)?);
        let flip = Flip { source, proof: start..end.max(start), other: text_of(g, &place, other)? };
        Some(Tried { flip, source: join.start..join.end })
    }

    /// Which of these breaks changed something beside them, or may have.
    fn doubtful(&self, breaks: &[Break], tried: &[Option<Tried>], other: &Ledger) -> Vec<bool> {
        let mut doubtful: Vec<bool> = tried.iter().map(Option::is_none).collect();
        let Range { start, end } = self.bytes();
        let first = self.g.ledger.partition_point(|e| e.start < start);
        let mine = self.g.ledger[first..].iter().take_while(|e| e.start <= end);
        for e in differences(mine, other.iter()) {
            let own = |tried: &Tried| tried.source.start <= e.start && e.end <= tried.source.end;
            let below = breaks.partition_point(|(source, _)| *source < e.start);
            let near = below.saturating_sub(1)..(below + 1).min(breaks.len());
            if !near.clone().any(|n| tried[n].as_ref().is_some_and(own)) {
                doubtful[near].fill(true);
            }
        }
        doubtful
    }
}

/// A break that was decided otherwise, and the bytes of the input that were joined in one of both texts.
struct Tried {
    flip: Flip,
    source: Range<u64>,
}

/// The entries that only one of two ledgers has.
fn differences<'e>(
    one: impl Iterator<Item = &'e Entry>,
    other: impl Iterator<Item = &'e Entry>,
) -> impl Iterator<Item = &'e Entry> {
    let key = |e: &Entry| (e.start, e.end);
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || {
        loop {
            match (one.peek(), other.peek()) {
                (Some(a), Some(b)) if key(a) == key(b) && a.after == b.after => {
                    one.next();
                    other.next();
                }
                (Some(a), Some(b)) if key(b) < key(a) => return other.next(),
                (Some(_), _) => return one.next(),
                (None, _) => return other.next(),
            }
        }
    })
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
