//! `--add`: what stands beside the clean text of a field: a judgement of its quality, its structure.

use super::record::{Cleaned, clean_text, without_last_feed};
use crate::cli::plan::Additions;
use qingyang::render::json::Pages;
use qingyang::suspicion::Judge;
use qingyang::{Cleaner, Options, Proof};
use qingyang_tell::{certainty, is_uncertain, rounded};
use serde::Serialize;

/// Cleans the fields of records, and makes what is added beside them.
pub struct FieldCleaner {
    cleaner: Cleaner,
    add: Additions,
    threshold: f32,
    /// What the keys begin with, one for each field.
    prefixes: Vec<String>,
}

/// What is known of a field's text. Shares and probabilities have three digits.
#[derive(Serialize)]
struct Quality {
    /// Share of the characters of the original that were removed or replaced, white space included.
    changed: f64,
    uncertain_breaks: usize,
    /// Of the line breaks; 1 where there is none.
    least_confidence: f64,
    suspicious: Vec<&'static str>,
}

impl FieldCleaner {
    /// With these options; line breaks less certain than `threshold` are uncertain.
    pub fn new(options: &Options, add: Additions, threshold: f32, prefixes: Vec<String>) -> FieldCleaner {
        let mut options = options.clone();
        if add.quality {
            options = options.with_ledger(true).with_confidence(true);
        }
        if add.units {
            options = options.with_units(true);
        }
        FieldCleaner { cleaner: Cleaner::new(options), add, threshold, prefixes }
    }

    /// The clean text of this field, and what is added beside it.
    pub fn clean(&mut self, field: usize, value: &str) -> Cleaned {
        if !self.add.quality && !self.add.units {
            return Cleaned { text: clean_text(value, &mut self.cleaner), beside: Vec::new() };
        }
        let mut found = Vec::new();
        self.cleaner.windows(value, &mut |proof| found.push(proof));
        let text = without_last_feed(found.iter().map(|proof| proof.text.as_str()).collect());
        let prefix = self.prefixes.get(field).map_or("", String::as_str);
        let mut beside = Vec::new();
        let mut add = |name: &str, json: serde_json::Result<String>| {
            beside.extend(json.ok().map(|json| (format!("{prefix}{name}"), json)));
        };
        if self.add.quality {
            add("quality", serde_json::to_string(&self.quality(value, &found)));
        }
        if self.add.units {
            let mut pages = Pages::new();
            let units: Vec<_> = found.iter().flat_map(|proof| pages.of(proof)).flat_map(|page| page.units).collect();
            add("units", serde_json::to_string(&units));
        }
        Cleaned { text, beside }
    }

    fn quality(&self, value: &str, found: &[Proof]) -> Quality {
        let mut judge = Judge::default();
        found.iter().for_each(|proof| judge.add(proof));
        judge.source(value);
        let entries = found.iter().filter_map(|proof| proof.ledger.as_ref()).flat_map(|ledger| ledger.iter());
        let changed: usize = entries.map(|entry| entry.before.chars().count()).sum();
        let breaks = || found.iter().flat_map(|proof| &proof.breaks);
        let least = breaks().map(|b| certainty(b.probability)).fold(1.0, f32::min);
        Quality {
            changed: rounded(changed.min(value.chars().count()) as f64 / value.chars().count().max(1) as f64),
            uncertain_breaks: breaks().filter(|b| is_uncertain(b, self.threshold)).count(),
            least_confidence: rounded(f64::from(least)),
            suspicious: judge.end().into_iter().map(|suspicion| suspicion.name()).collect(),
        }
    }
}
