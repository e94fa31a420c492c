//! Folds by article: what a fold is scored on, it has not seen on any page of any channel.

use crate::gold::{Gold, key};
use crate::pages::json;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;

/// How many folds there are.
pub const FOLDS: usize = 6;
/// The fold of text that belongs to no article; as the fold to leave out, it leaves out nothing.
pub const NO_FOLD: usize = FOLDS;

/// The number of an article, by the text of each of its units.
pub struct Articles(BTreeMap<String, usize>);

impl Articles {
    /// Reads the articles that the bench is made from.
    pub fn read(bench: &Path) -> anyhow::Result<Articles> {
        let file = json(&bench.join("generate/articles/dev.json"))?;
        let mut map = BTreeMap::new();
        for (n, article) in file.as_array().context("no list of articles")?.iter().enumerate() {
            for unit in article["units"].as_array().context("an article without units")? {
                let text = unit["text"].as_str().or_else(|| unit["cells"].as_str()).unwrap_or("");
                map.insert(key(text), n);
            }
        }
        Ok(Articles(map))
    }

    /// The article of each unit of a page. A unit whose text no article has, as OCR misreads it, is taken to belong to
    /// the article of the unit above.
    pub fn of_units(&self, gold: &Gold) -> Vec<Option<usize>> {
        let mut current = None;
        let mut article = |text: &String| {
            current = self.0.get(text).copied().or_else(|| self.by_beginning(text)).or(current);
            current
        };
        gold.texts.iter().map(&mut article).collect()
    }

    /// The first article that has the first eight characters of a text anywhere.
    fn by_beginning(&self, text: &str) -> Option<usize> {
        const CHARS: usize = 8;
        let beginning: String = text.chars().take(CHARS).collect();
        if beginning.chars().count() < CHARS {
            return None;
        }
        self.0.iter().find(|(text, _)| text.contains(&beginning)).map(|(_, n)| *n)
    }
}

/// The kinds that pages have, numbered by their names. Folds that leave out kinds take them in turn.
pub struct Kinds(BTreeSet<String>);

impl Kinds {
    /// Those of these pages. A page without one has an empty name.
    pub fn of<'a>(kinds: impl Iterator<Item = &'a String>) -> Kinds {
        Kinds(kinds.filter(|kind| !kind.is_empty()).cloned().collect())
    }

    /// The fold, of so many, that leaves out a kind; [`NO_FOLD`] for a page without one.
    pub fn fold(&self, kind: &str, folds: usize) -> usize {
        self.0.iter().position(|k| k == kind).map_or(NO_FOLD, |number| number % folds)
    }
}

/// Trains the model of each fold, as many at once as there are processors.
pub fn train_each<M: Send>(train: impl Fn(usize) -> M + Sync) -> Vec<M> {
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let folds: Vec<usize> = (0..FOLDS).collect();
    let mut models = Vec::new();
    for folds in folds.chunks(at_once) {
        thread::scope(|scope| {
            let train = &train;
            let threads: Vec<_> = folds.iter().map(|&fold| scope.spawn(move || train(fold))).collect();
            models.extend(threads.into_iter().map(|t| t.join().expect("training does not panic")));
        });
    }
    models
}
