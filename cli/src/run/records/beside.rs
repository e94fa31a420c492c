//! `--add`: what stands beside the clean text of a field: a judgement of its quality, its structure.

use super::record::{Cleaned, clean_text, without_last_feed};
use crate::cli::plan::Records;
use qingyang::render::json::Pages;
use qingyang::suspicion::{Judge, Suspicion};
use qingyang::{Cleaner, Options, Proof, Stream};
use qingyang_tell::{certainty, is_uncertain, rounded};
use serde::Serialize;

/// Cleans the fields of records, and makes what is added beside them.
pub struct FieldCleaner<'a> {
    cleaner: Cleaner,
    asked: &'a Records,
    threshold: f32,
    /// What the keys begin with, one for each field.
    prefixes: &'a [String],
    /// Why the texts since the last look are suspicious.
    suspicions: Vec<Suspicion>,
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

impl<'a> FieldCleaner<'a> {
    /// With these options; line breaks less certain than `threshold` are uncertain.
    pub fn new(options: &Options, asked: &'a Records, threshold: f32, prefixes: &'a [String]) -> FieldCleaner<'a> {
        let (mut options, add) = (options.clone(), asked.add);
        if add.quality {
            options = options.with_ledger(true).with_confidence(true);
        }
        if add.units {
            options = options.with_units(true);
        }
        FieldCleaner { cleaner: Cleaner::new(options), asked, threshold, prefixes, suspicions: Vec::new() }
    }

    /// Why the texts that were cleaned since the last call are suspicious, each kind once.
    pub fn take_suspicions(&mut self) -> Vec<Suspicion> {
        std::mem::take(&mut self.suspicions)
    }

    /// The clean text alone. It is judged where it is told what is suspicious; no proof is kept, since a text may be long.
    fn clean_text(&mut self, value: &str) -> String {
        if !self.asked.judged {
            return clean_text(value, &mut self.cleaner);
        }
        let mut judge = Judge::default();
        let mut text = if value.len() > Stream::WINDOW { String::with_capacity(value.len()) } else { String::new() };
        self.cleaner.windows(value, &mut |proof| {
            judge.add(&proof);
            if text.capacity() == 0 {
                text = proof.text;
            } else {
                text.push_str(&proof.text);
            }
        });
        unite(&mut self.suspicions, &judge.end());
        without_last_feed(text)
    }

    /// The clean text of this field, and what is added beside it.
    pub fn clean(&mut self, field: usize, value: &str) -> Cleaned {
        let add = self.asked.add;
        if !add.quality && !add.units {
            return Cleaned { text: self.clean_text(value), beside: Vec::new() };
        }
        let (mut judge, mut found) = (Judge::default(), Vec::new());
        self.cleaner.windows(value, &mut |proof| {
            judge.add(&proof);
            found.push(proof);
        });
        // A look for seams takes as long as half the cleaning.
        if add.quality {
            judge.source(value);
        }
        let suspicions = judge.end();
        unite(&mut self.suspicions, &suspicions);
        let text = without_last_feed(found.iter().map(|proof| proof.text.as_str()).collect());
        let prefix = self.prefixes.get(field).map_or("", String::as_str);
        let mut beside = Vec::new();
        let mut put = |name: &str, json: serde_json::Result<String>| {
            beside.extend(json.ok().map(|json| (format!("{prefix}{name}"), json)));
        };
        if add.quality {
            put("quality", serde_json::to_string(&self.quality(value, &found, &suspicions)));
        }
        if add.units {
            let mut pages = Pages::new();
            let units: Vec<_> = found.iter().flat_map(|proof| pages.of(proof)).flat_map(|page| page.units).collect();
            put("units", serde_json::to_string(&units));
        }
        Cleaned { text, beside }
    }

    fn quality(&self, value: &str, found: &[Proof], suspicions: &[Suspicion]) -> Quality {
        let entries = found.iter().filter_map(|proof| proof.ledger.as_ref()).flat_map(|ledger| ledger.iter());
        let changed: usize = entries.map(|entry| entry.before.chars().count()).sum();
        let breaks = || found.iter().flat_map(|proof| &proof.breaks);
        let least = breaks().map(|b| certainty(b.probability)).fold(1.0, f32::min);
        Quality {
            changed: rounded(changed.min(value.chars().count()) as f64 / value.chars().count().max(1) as f64),
            uncertain_breaks: breaks().filter(|b| is_uncertain(b, self.threshold)).count(),
            least_confidence: rounded(f64::from(least)),
            suspicious: suspicions.iter().map(|suspicion| suspicion.name()).collect(),
        }
    }
}

/// Adds the kinds of suspicions that are not there yet.
pub fn unite(all: &mut Vec<Suspicion>, more: &[Suspicion]) {
    for suspicion in more {
        if all.iter().all(|known| known.name() != suspicion.name()) {
            all.push(*suspicion);
        }
    }
}
