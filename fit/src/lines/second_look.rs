//! What the second look at doubtful breaks learns from: the facts of each break, and the posterior of a chain that has not seen its
//! page. `fit/second_look.py` grows the trees.

use crate::folds::{self, FOLDS, Kinds, NO_FOLD};
use crate::gold::GoldBreak;
use crate::lines::judge::decide;
use crate::lines::sample::Sample;
use crate::lines::train::{Dialects, Off, train};
use crate::options::Options;
use anyhow::Context;
use qingyang::internals::model::lines::dialects::foreign_share;
use qingyang::internals::model::lines::second_look::{FACTS, TREES, facts};
use qingyang::internals::model::lines::trees::{TREE_WORDS, Trees};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes `breaks.i16`, a row of facts for each break, and `breaks.tsv`, the set, page, channel, kind, fold, gold and
/// posterior of each, and whether the page is foreign. Folds leave out articles on the pages that the bench is like, and kinds of matter on all others. `pages`
/// are judged by a chain that was trained on all samples.
pub fn write_facts(
    samples: &mut [Sample],
    pages: &[Sample],
    off: &Off,
    options: &Options,
    folder: &Path,
) -> anyhow::Result<()> {
    let kinds = Kinds::of(samples.iter().map(|s| &s.kind));
    for s in samples.iter_mut().filter(|s| !s.kind.is_empty()) {
        s.fold.fill(kinds.fold(&s.kind, FOLDS));
    }
    let samples = &*samples;
    let models: Vec<Dialects> = folds::train_each(|fold| train(samples, fold, off, options));
    fs::create_dir_all(folder)?;
    let mut rows = Rows {
        facts: BufWriter::new(File::create(folder.join("breaks.i16"))?),
        table: BufWriter::new(File::create(folder.join("breaks.tsv"))?),
    };
    for s in samples.iter().filter(|s| !s.variant && !s.breaks.is_empty()) {
        let set = if s.dev { "dev" } else { "train" };
        rows.write(s, set, &decide(s, &models, off), models[s.judge_of(0)].foreignness(s))?;
    }
    if !pages.is_empty() {
        let whole = train(samples, NO_FOLD, off, options);
        for s in pages.iter().filter(|s| !s.breaks.is_empty()) {
            rows.write(s, "elsewhere", &whole.posterior(s, off), whole.foreignness(s))?;
        }
    }
    Ok(())
}

struct Rows {
    facts: BufWriter<File>,
    table: BufWriter<File>,
}

impl Rows {
    fn write(&mut self, s: &Sample, set: &str, posterior: &[f32], foreignness: f32) -> anyhow::Result<()> {
        let page = s.layout();
        let foreign = if foreign_share(foreignness) > 0.0 { "foreign" } else { "usual" };
        let mut seen = Vec::with_capacity(FACTS);
        for (k, (gold, p)) in s.breaks.iter().zip(posterior).enumerate() {
            facts(&page, posterior, foreignness, k, &mut seen);
            for fact in &seen {
                self.facts.write_all(&fact.to_le_bytes())?;
            }
            let gold = match gold {
                GoldBreak::Joined => "joined",
                GoldBreak::Broken => "broken",
                GoldBreak::Optional | GoldBreak::Unknown => "unknown",
            };
            let (id, channel, kind, fold) = (&s.id, &s.channel, &s.kind, s.judge_of(k));
            writeln!(self.table, "{set}\t{id}\t{channel}\t{kind}\t{fold}\t{gold}\t{p:.6}\t{foreign}")?;
        }
        Ok(())
    }
}

/// The trees of a file that `fit/second_look.py` wrote: numbers between white space.
pub fn read_words(file: &Path) -> anyhow::Result<Vec<i16>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let words: Vec<i16> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    anyhow::ensure!(words.len() == TREES * TREE_WORDS, "{}: {} numbers", file.display(), words.len());
    Ok(words)
}

/// The trees of these words.
pub fn trees_of(words: &[i16]) -> anyhow::Result<Trees> {
    Trees::read(words.iter().copied(), FACTS).context("trees that cannot be walked")
}
