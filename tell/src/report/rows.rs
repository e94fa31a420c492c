//! The rows of a page: typeset lines beside the unit that they became. Units that nothing changed have one text for both
//! sides, and many of them in a row are folded.

use super::align::{Aligned, Row};
use super::collect::Collected;
use super::sides::Sides;
use crate::catalogue::PageWords;
use crate::numbers::percent;
use crate::words::catalogue;
use std::fmt::Write;

/// Rows that a browser lays out together when they scroll into view: about a newspaper page.
const LEAF_ROWS: usize = 40;

/// At least this many rows in which nothing changed are folded.
const FOLDED: usize = 8;

/// Writes the rows of an input. All ids begin with `prefix`.
pub fn rows(out: &mut String, words: &PageWords, (g, a): (&Collected, &Aligned), (prefix, brief): (&str, bool)) {
    let (source, clean, unit) = (words.source, words.clean, words.unit);
    let _ = writeln!(out, "<div class=\"row top\" aria-hidden=true><p>{source}</p><p>{clean}</p><p>{unit}</p></div>");
    let sides = Sides { g, a, prefix, brief };
    let (mut line, mut before) = (1, 0);
    let same: Vec<bool> = a.rows.iter().map(|row| is_same(g, a, row)).collect();
    let run_from = |n: usize| same[n..].iter().take_while(|same| **same).count();
    let mut folded_to = 0;
    for (n, row) in a.rows.iter().enumerate() {
        if n.is_multiple_of(LEAF_ROWS) {
            out.push_str(if n > 0 { "</div>\n<div class=leaf>\n" } else { "<div class=leaf>\n" });
        }
        let rest_of_leaf = LEAF_ROWS - n % LEAF_ROWS;
        let run = run_from(n).min(rest_of_leaf);
        if n >= folded_to && run >= FOLDED {
            let _ = writeln!(out, "<details class=fold><summary>{}</summary>", (words.unchanged)(run));
            folded_to = n + run;
        }
        let class = if same[n] { "\"src prf\"" } else { "src" };
        let _ = write!(out, "<div class=row><div class={class} lang={}>", g.script);
        for part in &row.sources {
            // Units may be in another order than their lines.
            if part.start != before {
                line = 1 + line_feeds(&g.source[..part.start]);
            }
            sides.source(out, part.clone(), &mut line);
            before = part.end;
        }
        if !same[n] {
            let _ = write!(out, "</div><div class=prf lang={}>", g.script);
            sides.proof(out, row.proof.clone());
        }
        out.push_str("</div><p class=role>");
        if let Some(n) = row.unit {
            roles(out, g, n);
        }
        out.push_str("</p></div>\n");
        if n + 1 == folded_to {
            out.push_str("</details>\n");
        }
    }
    out.push_str("</div>\n");
}

/// Whether nothing in a row changed or is uncertain.
fn is_same(g: &Collected, a: &Aligned, row: &Row) -> bool {
    let [source] = &row.sources[..] else { return false };
    let within = |at: usize| row.proof.start <= at && at < row.proof.end;
    let edited = |s: &super::align::Stretch| {
        s.entry.is_some() && s.proof.start <= row.proof.end && s.proof.end >= row.proof.start
    };
    let first = a.stretches.partition_point(|s| s.proof.end < row.proof.start);
    let near = a.stretches[first..].iter().take_while(|s| s.proof.start <= row.proof.end);
    g.source[source.clone()] == g.proof[row.proof.clone()]
        && !near.into_iter().any(edited)
        && !a.anchors.iter().any(|&(at, _)| within(at))
        && !a.kept.iter().any(|(range, ..)| within(range.start))
}

fn line_feeds(text: &str) -> u64 {
    text.bytes().filter(|&b| b == b'\n').count() as u64
}

/// The roles of a unit and its parts.
fn roles(out: &mut String, g: &Collected, unit: usize) {
    let (unit, words) = (&g.units[unit], catalogue(g.figures.language));
    let _ = write!(out, "{} <span class=sure>{}</span>", words.role(unit.role), percent(unit.confidence));
    for part in &unit.parts {
        let _ = write!(out, " + {}", words.role(*part));
    }
}
