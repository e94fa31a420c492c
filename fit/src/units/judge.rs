//! Scores of the units' roles against the gold.

use crate::folds;
use crate::options::Options;
use crate::units::sample::{ANY, Sample};
use crate::units::train::{Model, train};
use qingyang::internals::model::units::facts::KINDS;
use std::collections::BTreeMap;

/// What was decided of a unit, and what the gold says.
pub struct Verdict<'a> {
    pub sample: &'a Sample,
    pub unit: usize,
    pub gold: usize,
    pub found: usize,
    pub confidence: f32,
}

impl Verdict<'_> {
    /// Whether both are of one class.
    pub fn is_right(&self) -> bool {
        class(self.gold) == class(self.found)
    }
}

/// The class of a kind: kinds that only the size of type tells apart are one.
pub fn class(kind: usize) -> &'static str {
    match KINDS[kind] {
        "headline" | "kicker" | "deck" => "headline block",
        "resume" => "jump",
        k => k,
    }
}

/// Trains the folds and lets each decide about the units of its articles, on the pages of the bench.
pub fn cross_validate<'a>(samples: &'a [Sample], off: &[bool], options: &Options) -> Vec<Verdict<'a>> {
    let models: Vec<Model> = folds::train_each(|fold| train(samples, fold, off, options));
    let mut verdicts = Vec::new();
    for (fold, model) in models.iter().enumerate() {
        for sample in samples.iter().filter(|s| s.dev && s.fold.contains(&fold)) {
            let rows = model.rows(sample, off);
            let chain = model.chain(&rows);
            let marginals = chain.marginals();
            for (unit, found) in chain.best().into_iter().enumerate() {
                if sample.fold[unit] == fold && sample.allowed[unit] != ANY {
                    let confidence = marginals.states(unit)[found];
                    verdicts.push(Verdict { sample, unit, gold: gold(sample, unit), found, confidence });
                }
            }
        }
    }
    verdicts
}

/// The kind that the gold gives a unit that it knows.
pub fn gold(sample: &Sample, unit: usize) -> usize {
    sample.allowed[unit].trailing_zeros() as usize
}

/// Units of a class: how many there are, how many were found, and how many of both are right.
#[derive(Default, Clone, Copy)]
pub struct Counts {
    pub gold: u32,
    pub found: u32,
    pub right: u32,
}

/// The counts of each class, with the jump lines that are parts of units.
pub fn by_class(samples: &[Sample], verdicts: &[Verdict<'_>]) -> BTreeMap<&'static str, Counts> {
    let mut classes: BTreeMap<&str, Counts> = BTreeMap::new();
    for v in verdicts {
        classes.entry(class(v.gold)).or_default().gold += 1;
        classes.entry(class(v.found)).or_default().found += 1;
        classes.entry(class(v.gold)).or_default().right += u32::from(v.is_right());
    }
    let jumps = classes.entry("jump").or_default();
    for s in samples.iter().filter(|s| s.dev) {
        jumps.gold += s.jumps.gold;
        jumps.found += s.jumps.found;
        jumps.right += s.jumps.right;
    }
    classes
}

/// The share of units that are right.
pub fn share_right(verdicts: &[Verdict<'_>]) -> f64 {
    verdicts.iter().filter(|v| v.is_right()).count() as f64 / verdicts.len().max(1) as f64
}
