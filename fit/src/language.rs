//! `fit language`: fits how likely a unit ends between two characters, on clean text with one unit a line.

use crate::options::Args;
use crate::random::Random;
use anyhow::Context;
use qingyang::internals::lexicon::language::{NGRAMS, PLACES, READ, STEPS, places};
use std::fs;
use std::path::PathBuf;

/// Passes over the text.
const EPOCHS: usize = 4;
/// Length of a step.
const RATE: f32 = 0.05;
/// How often the end of each unit is paired with the beginning of some other unit, beside its own neighbour.
const OTHER_PAIRS: usize = 10;
/// One place inside a unit in so many is learned from, in each pass.
const THIN: u64 = 2;
/// One unit in so many is kept for testing.
const TESTED: usize = 10;

/// A break: the places of its n-grams, and whether a unit ends there.
struct Example {
    places: [usize; NGRAMS],
    ends: bool,
}

/// Runs the command.
pub fn run(mut args: Args) -> anyhow::Result<()> {
    let out: Option<PathBuf> = args.value("--out")?;
    let file: PathBuf = args.command().context("fit language needs a file of clean text")?.into();
    args.finish()?;
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let units: Vec<Vec<char>> = text.lines().filter(|l| !l.is_empty()).map(|l| l.chars().collect()).collect();
    let is_tested = |k: usize| k * TESTED / units.len() == TESTED / 2; // a stretch, so that no story is in both parts
    let learned: Vec<&Vec<char>> = units.iter().enumerate().filter(|(k, _)| !is_tested(*k)).map(|(_, u)| u).collect();
    let tested: Vec<&Vec<char>> = units.iter().enumerate().filter(|(k, _)| is_tested(*k)).map(|(_, u)| u).collect();
    let mut weights = vec![0f32; PLACES];
    learn(&learned, &mut weights);
    report(&tested, &weights);
    learn(&tested, &mut weights);
    let bytes: Vec<u8> = weights.iter().map(|w| (w * STEPS).round().clamp(-127.0, 127.0) as i8 as u8).collect();
    let used = bytes.iter().filter(|&&b| b != 0).count();
    println!("{used} of {PLACES} places are used");
    let out = out.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../src/lexicon/language.bin").into());
    fs::write(&out, bytes).with_context(|| out.display().to_string())
}

fn learn(units: &[&Vec<char>], weights: &mut [f32]) {
    let mut random = Random::new(1998);
    let mut squares = vec![1e-3f32; PLACES];
    let mut means = vec![0f32; PLACES];
    for epoch in 0..EPOCHS {
        let mut examples = examples(units, &mut random);
        random.shuffle(&mut examples);
        for example in &examples {
            let score: f32 = example.places.iter().map(|&p| weights[p]).sum();
            let error = f32::from(u8::from(example.ends)) - 1.0 / (1.0 + (-score).exp());
            for &p in &example.places {
                squares[p] += error * error;
                weights[p] += RATE * error / (squares[p].sqrt() + 0.5);
            }
        }
        if epoch + 2 >= EPOCHS {
            means.iter_mut().zip(&*weights).for_each(|(mean, w)| *mean += w / 2.0);
        }
    }
    weights.copy_from_slice(&means);
}

/// Ends of units, and places inside units.
fn examples(units: &[&Vec<char>], random: &mut Random) -> Vec<Example> {
    let mut examples = Vec::new();
    for (k, unit) in units.iter().enumerate() {
        for pair in 0..=OTHER_PAIRS {
            let next = if pair == 0 { k + 1 } else { random.below(units.len() as u64) as usize };
            if let Some(next) = units.get(next) {
                examples.push(Example { places: between(unit, next), ends: true });
            }
        }
        for at in 1..unit.len() {
            if may_break(unit[at - 1], unit[at]) && random.below(THIN) == 0 {
                examples.push(Example { places: between(&unit[..at], &unit[at..]), ends: false });
            }
        }
    }
    examples
}

fn between(before: &[char], after: &[char]) -> [usize; NGRAMS] {
    places(before.iter().rev().take(2 * READ).copied(), after.iter().take(2 * READ).copied())
}

/// Whether a typesetter may break a line there.
fn may_break(before: char, after: char) -> bool {
    !"“‘（《【〔".contains(before) && !"，。、；：！？”’）》】〕％…".contains(after)
}

/// How well ends of other units are told from places inside them: the share of pairs of both in which the end has the larger
/// score, after a stop, after another mark, and after no mark.
fn report(units: &[&Vec<char>], weights: &[f32]) {
    let mut random = Random::new(7);
    let mut scores: [[Vec<f32>; 2]; 3] = Default::default();
    let mut note = |before: &[char], after: &[char], ends: bool| {
        let kind = match before.last() {
            Some('。' | '！' | '？' | '”' | '）') => 0,
            Some('，' | '、' | '；' | '：' | '》') => 1,
            _ => 2,
        };
        scores[kind][usize::from(ends)].push(between(before, after).iter().map(|&p| weights[p]).sum());
    };
    for (k, unit) in units.iter().enumerate() {
        for next in [Some(k + 1), Some(random.below(units.len() as u64) as usize)].into_iter().flatten() {
            if let Some(next) = units.get(next) {
                note(unit, next, true);
            }
        }
        for at in (1..unit.len()).filter(|&at| may_break(unit[at - 1], unit[at])) {
            note(&unit[..at], &unit[at..], false);
        }
    }
    for (kind, [inside, ends]) in ["a stop", "another mark", "no mark"].into_iter().zip(&mut scores) {
        inside.sort_by(f32::total_cmp);
        let below: usize = ends.iter().map(|end| inside.partition_point(|s| s < end)).sum();
        let share = below as f64 / (inside.len() * ends.len()) as f64;
        println!("after {kind}: {} ends, {} places inside, told apart {share:.4}", ends.len(), inside.len());
    }
}
