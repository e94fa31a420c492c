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

/// Places of a page that a reader is asked to check, at most.
const SHOWN: usize = 10;

/// Wrong breaks and mean surprise over all pages, and how many of the wrong breaks are among the least certain places of their pages.
pub fn pooled(decided: &[Decided<'_>]) {
    let (mut wrong, mut doubtful, mut all) = (0, 0, 0);
    let (mut shown, mut most) = (0, 0);
    for d in decided {
        let known = d.sample.breaks.iter().zip(&d.posterior);
        let known = known.filter(|(gold, _)| matches!(gold, GoldBreak::Joined | GoldBreak::Broken));
        let mut breaks: Vec<(f32, bool)> =
            known.map(|(&gold, &p)| ((p - 0.5).abs(), is_wrong(gold, p > 0.5))).collect();
        let wrong_here = breaks.iter().filter(|b| b.1).count();
        all += breaks.len();
        wrong += wrong_here;
        doubtful += breaks.iter().filter(|b| b.0 < 0.4).count();
        breaks.sort_by(|a, b| a.0.total_cmp(&b.0));
        shown += breaks.iter().take(SHOWN).filter(|b| b.1).count();
        most += wrong_here.min(SHOWN);
    }
    let surprise = crate::lines::judge::surprise(decided);
    println!("{wrong} of {all} breaks wrong, {doubtful} doubtful, surprise {surprise:.1}");
    println!("the {SHOWN} least certain places of the pages hold {shown} of the {most} wrong breaks that they could");
}
