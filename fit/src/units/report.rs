//! Tables of what the folds decide.

use crate::units::judge::{Verdict, by_class, share_right};
use crate::units::sample::Sample;
use qingyang::internals::model::units::facts::{KIND_COUNT, KINDS};
use std::collections::{BTreeMap, BTreeSet};

/// Precision, recall and F1 of each class, and the share that is right in each channel.
pub fn classes(samples: &[Sample], verdicts: &[Verdict<'_>]) {
    println!("{:<16} {:>6} {:>6} {:>6} {:>6}", "role", "units", "P", "R", "F1");
    for (name, c) in by_class(samples, verdicts) {
        let (right, gold, found) = (f64::from(c.right), f64::from(c.gold), f64::from(c.found));
        let (p, r) = (right / found.max(1.0), right / gold.max(1.0));
        println!("{name:<16} {gold:>6} {p:>6.3} {r:>6.3} {:>6.3}", 2.0 * right / (gold + found).max(1.0));
    }
    println!("{:<16} {:>6} {:>20.3}", "all units", verdicts.len(), share_right(verdicts));
    let mut channels: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for v in verdicts {
        let (right, all) = channels.entry(&v.sample.channel).or_default();
        *right += u32::from(v.is_right());
        *all += 1;
    }
    for (name, (right, all)) in channels {
        println!("  {name:<20} {right:>5} of {all:>5}  {:.3}", f64::from(right) / f64::from(all));
    }
}

/// For all channels and for each, which kinds were found for those of the gold.
pub fn confusion(verdicts: &[Verdict<'_>]) {
    let channels: BTreeSet<&str> = verdicts.iter().map(|v| v.sample.channel.as_str()).collect();
    for channel in std::iter::once("all").chain(channels) {
        println!("\n{channel}: rows of the gold, columns of what was found");
        let mut table = [[0u32; KIND_COUNT]; KIND_COUNT];
        for v in verdicts.iter().filter(|v| channel == "all" || v.sample.channel == channel) {
            table[v.gold][v.found] += 1;
        }
        let short = |k: &str| format!("{:>6}", k.chars().take(5).collect::<String>());
        println!("{:<10}{}", "", KINDS.map(short).concat());
        for (k, row) in table.iter().enumerate().filter(|(_, row)| row.iter().any(|&n| n > 0)) {
            let cells: String = row.iter().map(|n| if *n == 0 { "     .".into() } else { format!("{n:>6}") }).collect();
            println!("{:<10}{cells}", KINDS[k]);
        }
    }
}

/// How often a kind is right, by its confidence.
pub fn reliability(verdicts: &[Verdict<'_>]) {
    println!("{:>12} {:>6} {:>6}", "confidence", "units", "right");
    for k in 0..10 {
        let (low, high) = (k as f32 / 10.0, (k + 1) as f32 / 10.0);
        let within = |v: &&Verdict<'_>| v.confidence >= low && (v.confidence < high || k == 9);
        let within: Vec<_> = verdicts.iter().filter(within).collect();
        if !within.is_empty() {
            let right = within.iter().filter(|v| v.gold == v.found).count();
            println!("{low:>5.1} – {high:.1} {:>7} {:>6.3}", within.len(), right as f64 / within.len() as f64);
        }
    }
}

/// Each unit whose kind is wrong, with its neighbours.
pub fn errors(verdicts: &[Verdict<'_>]) {
    for v in verdicts.iter().filter(|v| v.gold != v.found) {
        let near = |by: isize| {
            let text = v.unit.checked_add_signed(by).and_then(|k| v.sample.texts.get(k)).map_or("", String::as_str);
            text.chars().take(24).collect::<String>()
        };
        let (gold, found, id) = (KINDS[v.gold], KINDS[v.found], &v.sample.id);
        println!("{id} {gold} → {found} ({:.2}): {} | {} | {}", v.confidence, near(-1), near(0), near(1));
    }
}
