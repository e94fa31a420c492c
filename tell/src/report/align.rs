//! Source beside clean text: the stretches that the ledger kept or changed, and the rows that units make of them.

use super::collect::{Collected, ShownUnit};
use crate::why::Why;
use qingyang::decode::SourceMap;
use std::ops::Range;

/// A stretch that is equal in both texts, or one edit of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Bytes of the source text.
    pub source: Range<usize>,
    /// Bytes of the clean text.
    pub proof: Range<usize>,
    /// The number of the edit in the ledger; `None` where both texts are equal.
    pub entry: Option<usize>,
    /// The number of the uncertain place that the edit closed up.
    pub place: Option<usize>,
    /// The number of the offer to decide it otherwise, and the text that it has then.
    pub offer: Option<(usize, String)>,
}

/// A row of the report: parts of the source, in its order, and the clean text that they became.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub sources: Vec<Range<usize>>,
    pub proof: Range<usize>,
    /// The number of the unit; `None` for text of no unit.
    pub unit: Option<usize>,
}

/// A break that is uncertain, or that a person decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its byte in the input.
    pub source: u64,
    /// Its byte in the clean text.
    pub at: usize,
    pub kept: bool,
    /// The model's probability that what became of it is right.
    pub certainty: f32,
    pub decided: bool,
    pub why: Why,
    /// The number of the offer to decide it otherwise.
    pub offer: Option<usize>,
}

/// Everything that a page shows, in order.
#[derive(Debug, Default)]
pub struct Aligned {
    pub stretches: Vec<Stretch>,
    pub rows: Vec<Row>,
    pub places: Vec<Place>,
    /// Uncertain breaks that were kept: byte of the clean text and number of the place.
    pub anchors: Vec<(usize, usize)>,
    /// Parts of the clean text that break two lines and may be decided otherwise, in order: their bytes, the number of the
    /// offer, and the text that they have then.
    pub kept: Vec<(Range<usize>, usize, String)>,
    /// End of the source that is shown, and below of the clean text.
    pub source_end: usize,
    pub proof_end: usize,
}

/// Aligns an input with its clean text.
pub fn align(g: &Collected) -> Aligned {
    let mut stretches = stretches(g);
    let (source_end, proof_end) = stretches.last().map_or((0, 0), |s| (s.source.end, s.proof.end));
    let at = |offset: u64| text_place(&g.map, &g.source, offset);
    let mut a = Aligned { source_end, proof_end, ..Aligned::default() };
    rows(g, &at, &mut a);
    places(g, &at, &mut stretches, &mut a);
    a.stretches = stretches;
    a
}

/// The byte of the decoded text for a byte of the input.
pub fn text_place(map: &SourceMap, text: &str, offset: u64) -> usize {
    let (mut low, mut high) = (0, text.len());
    // The text of UTF-8 is its bytes.
    let same = usize::try_from(offset).unwrap_or(high).min(high);
    if map.source(same) >= offset {
        high = same;
    }
    if same > 0 && map.source(same - 1) < offset {
        low = same;
    }
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

/// Splits both texts at the edits of the ledger. Between two edits the texts must be equal; where they are not, the
/// alignment ends, so that the page never shows a false pair.
fn stretches(g: &Collected) -> Vec<Stretch> {
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
            out.push(Stretch { source: s..from, proof: p..then, entry: None, place: None, offer: None });
        }
        out.push(Stretch {
            source: from..to,
            proof: then..then + e.after.len(),
            entry: Some(n),
            place: None,
            offer: None,
        });
        (s, p) = (to, then + e.after.len());
    }
    // After the last edit: as far as both agree, or to the end if everything is shown.
    let rest = (&g.source[s..], &g.proof[p..]);
    let agree =
        rest.0.chars().zip(rest.1.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>();
    let (source, proof) = if g.cut { (s + agree, p + agree) } else { (g.source.len(), g.proof.len()) };
    if source > s || proof > p {
        out.push(Stretch { source: s..source, proof: p..proof, entry: None, place: None, offer: None });
    }
    out
}

/// The end of the line feeds between two units: text between two units belongs to the first.
fn cut_place(text: &str, end: usize, next: usize) -> usize {
    text.get(end..next).and_then(|gap| gap.rfind('\n')).map_or(next, |n| end + n + 1)
}

fn rows(g: &Collected, at: &dyn Fn(u64) -> usize, a: &mut Aligned) {
    // Typeset lines in the order of the source, which may differ from the order of the units.
    let mut lines: Vec<(Range<usize>, usize)> = Vec::new();
    let whole = |u: &ShownUnit| u.range.end <= a.proof_end && u.sources.iter().all(|r| at(r.end) <= a.source_end);
    let shown = g.units.iter().take_while(|u| !g.cut || whole(u)).count();
    for (n, unit) in g.units[..shown].iter().enumerate() {
        lines.extend(unit.sources.iter().map(|r| (at(r.start)..at(r.end), n)));
    }
    lines.sort_by_key(|(r, n)| (r.start, r.end, *n));
    if shown < g.units.len() {
        // The shown text ends with the last unit that is whole.
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
    // Text of no unit: a page without text.
    if from < a.source_end || before < a.proof_end {
        let rest = std::iter::once(from..a.source_end).collect();
        a.rows.push(Row { sources: rest, proof: before..a.proof_end, unit: None });
    }
}

fn places(g: &Collected, at: &dyn Fn(u64) -> usize, stretches: &mut [Stretch], a: &mut Aligned) {
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
        let (kept, certainty, decided, why) = (b.kept, b.certainty, b.decided, b.why.clone());
        let at = at.min(s.proof.end);
        let place = Place { source: b.source, at, kept, certainty, decided, why, offer: None };
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
