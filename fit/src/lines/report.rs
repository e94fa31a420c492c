//! Tables of what the folds decide.

use crate::gold::GoldBreak;
use crate::lines::CLEAN;
use crate::lines::judge::{Decided, by_channel, is_wrong, mean};
use qingyang::internals::measure::Layout;

/// Units and breaks of each channel.
pub fn channels(decided: &[Decided<'_>]) {
    println!("| channel | unit F1 (by breaks) | break F1 | false breaks | missed breaks |\n|---|---|---|---|---|");
    let channels = by_channel(decided);
    for (name, t) in &channels {
        println!("| {name} | {:.3} | {:.4} | {} | {} |", t.unit_f1(), t.break_f1(), t.false_breaks, t.missed);
    }
    let (units, breaks) = mean(&channels);
    println!("| mean | {units:.4} | {breaks:.4} | | |");
}

/// Each break that is wrong, with the lines around it.
pub fn errors(decided: &[Decided<'_>]) {
    for d in decided.iter().filter(|d| d.sample.channel != CLEAN) {
        let (text, doubled) = qingyang::internals::fitting::prepare_for_roles(&d.sample.raw);
        let mut page = Layout::default();
        page.measure(&text, &doubled);
        let line = |i: usize| page.lines.get(i).map_or("", |l| &text[l.start as usize..l.end as usize]);
        for (k, (&gold, kept)) in d.sample.breaks.iter().zip(d.kept()).enumerate() {
            if is_wrong(gold, kept) {
                let (above, what) = (k.checked_sub(1).map_or("", line), if kept { "FALSE" } else { "MISSED" });
                let (a, b, below) = (line(k), line(k + 1), line(k + 2));
                println!("{} {k}: {above} ‖ {a} ⟨{what}⟩ {b} ‖ {below}", d.sample.id);
            }
        }
    }
}

/// How often a break is one, by its posterior.
pub fn reliability(decided: &[Decided<'_>]) {
    let mut bins = [(0u32, 0u32, 0f64); 10];
    for d in decided.iter().filter(|d| d.sample.dev && d.sample.channel != CLEAN) {
        for (gold, &p) in d.sample.breaks.iter().zip(&d.posterior) {
            if matches!(gold, GoldBreak::Joined | GoldBreak::Broken) {
                let bin = &mut bins[((p * 10.0) as usize).min(9)];
                bin.0 += 1;
                bin.1 += u32::from(*gold == GoldBreak::Broken);
                bin.2 += f64::from(p);
            }
        }
    }
    println!("\n| posterior of a break | breaks | mean posterior | share that were breaks |\n|---|---|---|---|");
    for (i, (n, breaks, sum)) in bins.iter().enumerate() {
        let (low, all) = (i as f64 / 10.0, f64::from((*n).max(1)));
        println!("| {low:.1}–{:.1} | {n} | {:.3} | {:.3} |", low + 0.1, sum / all, f64::from(*breaks) / all);
    }
}

/// Wrong breaks and mean surprise over all pages.
pub fn pooled(decided: &[Decided<'_>]) {
    let (mut wrong, mut doubtful, mut all) = (0, 0, 0);
    for d in decided {
        for (gold, &p) in d.sample.breaks.iter().zip(&d.posterior) {
            if matches!(gold, GoldBreak::Joined | GoldBreak::Broken) {
                all += 1;
                wrong += usize::from(is_wrong(*gold, p > 0.5));
                doubtful += usize::from((0.1..0.9).contains(&p));
            }
        }
    }
    println!(
        "{wrong} of {all} breaks wrong, {doubtful} doubtful, surprise {:.1}",
        crate::lines::judge::surprise(decided)
    );
}
