//! Scores of kept breaks against the gold.

use crate::folds::{self, FOLDS, Kinds, NO_FOLD};
use crate::gold::GoldBreak;
use crate::lines::sample::Sample;
use crate::lines::train::{Dialects, Off, train};
use crate::options::Options;
use qingyang::internals::model::lines::trees::Trees;
use std::collections::BTreeMap;

/// Counts of breaks and units.
#[derive(Default, Clone, Copy)]
pub struct Tally {
    kept: u32,
    /// Kept, but the lines are of one unit.
    pub false_breaks: u32,
    /// Not kept, but the lines are of two units.
    pub missed: u32,
    gold_units: u32,
    found_units: u32,
    right_units: u32,
}

impl Tally {
    /// Counts a page; a unit is right if all its breaks are.
    fn page(sample: &Sample, kept: &[bool]) -> Tally {
        let mut t = Tally { gold_units: 1, found_units: 1, ..Tally::default() };
        let mut right = true;
        for (gold, &kept) in sample.breaks.iter().zip(kept) {
            match (gold, kept) {
                (GoldBreak::Broken, true) => t.kept += 1,
                (GoldBreak::Broken, false) => t.missed += 1,
                (GoldBreak::Joined, true) => t.false_breaks += 1,
                _ => {}
            }
            right &= !is_wrong(*gold, kept);
            if *gold == GoldBreak::Broken {
                t.gold_units += 1;
                t.right_units += u32::from(right);
                right = kept;
            }
            t.found_units += u32::from(kept && matches!(gold, GoldBreak::Broken | GoldBreak::Joined));
        }
        t.right_units += u32::from(right);
        t
    }

    fn add(&mut self, o: Tally) {
        self.kept += o.kept;
        self.false_breaks += o.false_breaks;
        self.missed += o.missed;
        self.gold_units += o.gold_units;
        self.found_units += o.found_units;
        self.right_units += o.right_units;
    }

    /// F1 of the breaks.
    pub fn break_f1(&self) -> f64 {
        2.0 * f64::from(self.kept) / f64::from((2 * self.kept + self.false_breaks + self.missed).max(1))
    }

    /// F1 of the units, by their breaks alone.
    pub fn unit_f1(&self) -> f64 {
        2.0 * f64::from(self.right_units) / f64::from((self.gold_units + self.found_units).max(1))
    }
}

/// Whether the gold says otherwise.
pub fn is_wrong(gold: GoldBreak, kept: bool) -> bool {
    matches!((gold, kept), (GoldBreak::Broken, false) | (GoldBreak::Joined, true))
}

/// What the folds decide about one page: for each break its posterior, the probability that it is kept.
pub struct Decided<'a> {
    pub sample: &'a Sample,
    pub posterior: Vec<f32>,
}

impl Decided<'_> {
    /// The breaks that are more likely kept than not.
    pub fn kept(&self) -> Vec<bool> {
        self.posterior.iter().map(|&p| p > 0.5).collect()
    }
}

/// Trains the folds and lets each decide about the lines of its articles, on the pages of the bench. With `all` on all
/// training pages that are no variants, too.
pub fn cross_validate<'a>(samples: &'a [Sample], off: &Off, options: &Options, all: bool) -> Vec<Decided<'a>> {
    let models: Vec<Dialects> = folds::train_each(|fold| train(samples, fold, off, options));
    let foreign = samples.iter().filter(|s| s.dev && models[0].foreignness(s) > 0.0).count();
    eprintln!("{foreign} pages of the bench are foreign");
    let judged = |s: &&Sample| s.dev || all && !s.variant;
    samples.iter().filter(judged).map(|sample| Decided { sample, posterior: decide(sample, &models, off) }).collect()
}

/// Trains one model on all training pages, and lets it decide about pages from elsewhere.
pub fn elsewhere<'a>(
    samples: &[Sample],
    pages: &'a [Sample],
    off: &Off,
    options: &Options,
    trees: Trees,
) -> Vec<Decided<'a>> {
    let model = Dialects { trees, ..train(samples, NO_FOLD, off, options) };
    for page in pages {
        eprintln!("{}: log-odds of a foreign page {:.1}", page.id, model.foreignness(page));
    }
    pages.iter().map(|sample| decided_by(&model, sample, off)).collect()
}

/// Lets a model decide about each kind of page from elsewhere that has learned from no page of that kind: the kind of `matter`,
/// or the channel that the page was read through. Other pages are learned from in any case.
pub fn leave_out<'a>(samples: &'a mut [Sample], by_channel: bool, off: &Off, options: &Options) -> Vec<Decided<'a>> {
    if !by_channel {
        samples.iter_mut().filter(|s| !s.kind.is_empty()).for_each(|s| s.channel.clone_from(&s.kind));
    }
    let kinds = Kinds::of(samples.iter().filter(|s| !s.kind.is_empty()).map(|s| &s.channel));
    for s in samples.iter_mut() {
        let fold = if s.kind.is_empty() { NO_FOLD } else { kinds.fold(&s.channel, FOLDS) };
        s.fold.fill(fold);
    }
    let samples = &*samples;
    let models: Vec<Dialects> = folds::train_each(|fold| train(samples, fold, off, options));
    let judged = |s: &&Sample| !s.kind.is_empty() && !s.variant && s.channel != super::CLEAN;
    samples.iter().filter(judged).map(|sample| Decided { sample, posterior: decide(sample, &models, off) }).collect()
}

/// Lets a model decide about a page that it has not seen.
pub fn decided_by<'a>(model: &Dialects, sample: &'a Sample, off: &Off) -> Decided<'a> {
    Decided { sample, posterior: model.posterior(sample, off) }
}

/// The posterior of each break, by the model that has not seen the article of the line above it.
pub fn decide(sample: &Sample, models: &[Dialects], off: &Off) -> Vec<f32> {
    let mut posterior = vec![0.5; sample.breaks.len()];
    for (fold, model) in models.iter().enumerate().take(FOLDS) {
        let by_fold = model.posterior(sample, off);
        for k in (0..posterior.len()).filter(|&k| sample.judge_of(k) == fold) {
            posterior[k] = by_fold[k];
        }
    }
    posterior
}

/// The counts of each channel.
pub fn by_channel(decided: &[Decided<'_>]) -> BTreeMap<String, Tally> {
    let mut channels: BTreeMap<String, Tally> = BTreeMap::new();
    for d in decided {
        channels.entry(d.sample.channel.clone()).or_default().add(Tally::page(d.sample, &d.kept()));
    }
    channels
}

/// Means over the channels: F1 of units and F1 of breaks. Pages that are clean already are no channel.
pub fn mean(channels: &BTreeMap<String, Tally>) -> (f64, f64) {
    let made: Vec<&Tally> = channels.iter().filter(|(name, _)| *name != super::CLEAN).map(|(_, t)| t).collect();
    let mean = |f1: fn(&Tally) -> f64| made.iter().map(|t| f1(t)).sum::<f64>() / made.len() as f64;
    (mean(Tally::unit_f1), mean(Tally::break_f1))
}

/// Mean surprise at the breaks that the gold knows, in thousandths of a nat. It is smoother than counts of right and wrong.
pub fn surprise(decided: &[Decided<'_>]) -> f64 {
    let (mut sum, mut n) = (0f64, 0f64);
    for (gold, &p) in decided.iter().flat_map(|d| d.sample.breaks.iter().zip(&d.posterior)) {
        let p = match gold {
            GoldBreak::Broken => p,
            GoldBreak::Joined => 1.0 - p,
            GoldBreak::Unknown | GoldBreak::Optional => continue,
        };
        sum -= f64::from(p.max(1.0e-4)).ln();
        n += 1.0;
    }
    1000.0 * sum / n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(breaks: &[GoldBreak]) -> Sample {
        Sample {
            id: "seedlike/001".into(),
            channel: "seedlike".into(),
            kind: String::new(),
            raw: String::new(),
            line_bins: Vec::new(),
            break_bins: Vec::new(),
            page_bins: Default::default(),
            allowed: Vec::new(),
            breaks: breaks.to_vec(),
            fold: vec![0; breaks.len() + 1],
            dev: true,
            variant: false,
        }
    }

    #[test]
    fn a_missed_break_makes_both_units_wrong() {
        let t = Tally::page(&sample(&[GoldBreak::Joined, GoldBreak::Broken, GoldBreak::Broken]), &[false, false, true]);
        assert_eq!((t.gold_units, t.found_units, t.right_units), (3, 2, 1));
        assert_eq!((t.kept, t.false_breaks, t.missed), (1, 0, 1));
    }

    #[test]
    fn a_false_break_makes_its_unit_wrong_and_adds_one() {
        let t = Tally::page(&sample(&[GoldBreak::Joined, GoldBreak::Broken]), &[true, true]);
        assert_eq!((t.gold_units, t.found_units, t.right_units), (2, 3, 1));
        assert_eq!((t.kept, t.false_breaks, t.missed), (1, 1, 0));
    }

    #[test]
    fn optional_and_unknown_breaks_are_not_scored() {
        let breaks = [GoldBreak::Optional, GoldBreak::Unknown];
        for kept in [[true, true], [false, false]] {
            let t = Tally::page(&sample(&breaks), &kept);
            assert_eq!((t.gold_units, t.found_units, t.right_units), (1, 1, 1));
        }
    }
}
