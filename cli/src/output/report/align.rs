//! Source beside proof: the ledger laid over both texts, and which part of each belongs to which unit.

use super::collect::{Gathered, Shown};
use qingyang::decode::SourceMap;
use std::ops::Range;

/// A stretch that is the same in both texts, or an edit of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// In the source text.
    pub source: Range<usize>,
    /// In the proof.
    pub proof: Range<usize>,
    /// Which entry of the ledger; `None` where both are the same.
    pub entry: Option<usize>,
    /// Which uncertain place it holds, by its number.
    pub place: Option<usize>,
}

/// A row of the report: parts of the source, in its order, and the stretch of the proof that came of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub sources: Vec<Range<usize>>,
    pub proof: Range<usize>,
    /// Which unit; `None` for what belongs to none.
    pub unit: Option<usize>,
}

/// An uncertain break.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where it stands, or stood, in the proof.
    pub at: usize,
    pub kept: bool,
    pub sure: f32,
}

/// Everything that the page shows, in order.
#[derive(Debug, Default)]
pub struct Aligned {
    pub stretches: Vec<Stretch>,
    pub rows: Vec<Row>,
    pub places: Vec<Place>,
    /// Kept breaks that are uncertain: where in the proof, and the place's number.
    pub anchors: Vec<(usize, usize)>,
    /// How much of the texts is shown.
    pub source_end: usize,
    pub proof_end: usize,
}

/// Aligns an input with its proof.
pub fn align(g: &Gathered) -> Aligned {
    let mut stretches = stretches(g);
    let (source_end, proof_end) = stretches.last().map_or((0, 0), |s| (s.source.end, s.proof.end));
    let at = |offset: u64| text_place(&g.map, &g.source, offset);
    let mut a = Aligned { source_end, proof_end, ..Aligned::default() };
    rows(g, &at, &mut a);
    places(g, &at, &mut stretches, &mut a);
    a.stretches = stretches;
    a
}

/// The byte of the text that came from this byte of the input.
fn text_place(map: &SourceMap, text: &str, offset: u64) -> usize {
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = low.midpoint(high);
        if map.source(middle) < offset {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while !text.is_char_boundary(low) {
        low += 1;
    }
    low
}

/// Lays the ledger over both texts. What an edit leaves is the same on both sides; where it is not, no more is claimed.
fn stretches(g: &Gathered) -> Vec<Stretch> {
    let end = g.map.source(g.source.len());
    let (mut s, mut p) = (0, 0);
    let mut out = Vec::with_capacity(2 * g.ledger.len() + 1);
    for (n, e) in g.ledger.iter().enumerate() {
        if e.start > end || e.end > end {
            break;
        }
        let (from, to) = (text_place(&g.map, &g.source, e.start), text_place(&g.map, &g.source, e.end));
        let Some(same) = g.source.get(s..from) else { break };
        let then = p + same.len();
        if g.proof.get(p..then) != Some(same) || g.proof.get(then..then + e.after.len()) != Some(&e.after) {
            break;
        }
        if !same.is_empty() {
            out.push(Stretch { source: s..from, proof: p..then, entry: None, place: None });
        }
        out.push(Stretch { source: from..to, proof: then..then + e.after.len(), entry: Some(n), place: None });
        (s, p) = (to, then + e.after.len());
    }
    // Behind the last edit: as far as both agree, and all of it where all is shown.
    let rest = (&g.source[s..], &g.proof[p..]);
    let agree =
        rest.0.chars().zip(rest.1.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>();
    let (source, proof) = if g.cut { (s + agree, p + agree) } else { (g.source.len(), g.proof.len()) };
    if source > s || proof > p {
        out.push(Stretch { source: s..source, proof: p..proof, entry: None, place: None });
    }
    out
}

/// Where the line feeds between two units end: what stands between them goes with the first.
fn cut_place(text: &str, end: usize, next: usize) -> usize {
    text.get(end..next).and_then(|gap| gap.rfind('\n')).map_or(next, |n| end + n + 1)
}

fn rows(g: &Gathered, at: &dyn Fn(u64) -> usize, a: &mut Aligned) {
    // Typeset lines in the order of the source, whatever the order of the units.
    let mut lines: Vec<(Range<usize>, usize)> = Vec::new();
    let whole = |u: &Shown| u.range.end <= a.proof_end && u.sources.iter().all(|r| at(r.end) <= a.source_end);
    let shown = g.units.iter().take_while(|u| !g.cut || whole(u)).count();
    for (n, unit) in g.units[..shown].iter().enumerate() {
        lines.extend(unit.sources.iter().map(|r| (at(r.start)..at(r.end), n)));
    }
    lines.sort_by_key(|(r, n)| (r.start, r.end, *n));
    if shown < g.units.len() {
        // All that is shown ends with the last unit that is whole.
        let last = lines.last().map_or(0, |(r, _)| r.end);
        let next = g.units[shown..].iter().flat_map(|u| &u.sources).map(|r| at(r.start)).min().unwrap_or(last);
        a.source_end = cut_place(&g.source, last, next.clamp(last, g.source.len()));
        let last = g.units[..shown].last().map_or(0, |u| u.range.end);
        a.proof_end = cut_place(&g.proof, last, g.units[shown].range.start.max(last));
    }
    let mut sources: Vec<Vec<Range<usize>>> = vec![Vec::new(); shown];
    let mut from = 0;
    for (k, (line, n)) in lines.iter().enumerate() {
        let to = match lines.get(k + 1) {
            Some((_, m)) if m == n => continue,
            Some((next, _)) => cut_place(&g.source, line.end, next.start.max(line.end)).max(from),
            None => a.source_end.max(from),
        };
        sources[*n].push(from..to);
        from = to;
    }
    let mut before = 0;
    for (n, sources) in sources.into_iter().enumerate() {
        let unit = &g.units[n].range;
        let to = match g.units.get(n + 1).filter(|_| n + 1 < shown) {
            Some(next) => cut_place(&g.proof, unit.end, next.range.start.max(unit.end)),
            None => a.proof_end,
        };
        let proof = before..to.max(before);
        before = proof.end;
        a.rows.push(Row { sources, proof, unit: Some(n) });
    }
    // What belongs to no unit: a page without text.
    if from < a.source_end || before < a.proof_end {
        let rest = std::iter::once(from..a.source_end).collect();
        a.rows.push(Row { sources: rest, proof: before..a.proof_end, unit: None });
    }
}

fn places(g: &Gathered, at: &dyn Fn(u64) -> usize, stretches: &mut [Stretch], a: &mut Aligned) {
    let mut found: Vec<(Place, Option<usize>)> = Vec::new();
    for b in &g.breaks {
        let source = at(b.source);
        if source >= a.source_end {
            continue;
        }
        let k = stretches.partition_point(|s| s.source.end <= source);
        let Some(s) = stretches.get(k) else { continue };
        let edit = s.entry.is_some();
        let at = if edit { s.proof.start } else { s.proof.start + source.saturating_sub(s.source.start) };
        let place = Place { at: at.min(s.proof.end), kept: b.kept, sure: b.sure };
        found.push((place, (edit && !b.kept).then_some(k)));
    }
    found.sort_by_key(|(place, _)| place.at);
    for (n, (place, stretch)) in found.into_iter().enumerate() {
        match stretch {
            Some(k) => stretches[k].place = Some(n),
            None => a.anchors.push((place.at, n)),
        }
        a.places.push(place);
    }
}
