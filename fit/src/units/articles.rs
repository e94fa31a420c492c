//! How well the tool groups the units of a page into articles, with the weights in force.

use crate::folds::Articles;
use crate::gold::{Gold, key};
use crate::pages::Page;
use qingyang::{Cleaner, Options, Proof};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of units and whole articles.
#[derive(Default)]
struct Counts {
    /// Pairs that are of one article in the gold, as found, and in both.
    gold: u32,
    found: u32,
    both: u32,
    exact: u32,
    articles: u32,
}

/// Prints the scores over all pages; `errors` prints each article that is not found as the gold has it.
pub fn report(pages: &[Page], articles: &Articles, errors: bool) {
    let mut options = Options::default();
    options.units = true;
    let mut cleaner = Cleaner::new(options);
    let mut counts = Counts::default();
    for page in pages {
        let units = labelled_units(&cleaner.page(&page.raw), page, articles);
        counts.add_pairs(&units);
        counts.add_articles(&units, |gold, found| {
            if errors {
                println!("article in pieces or mixed: {} {gold} → {found:?}", page.id);
            }
        });
    }
    println!(
        "pairs of units: P {:.3} R {:.3}; {} of {} articles exactly",
        f64::from(counts.both) / f64::from(counts.found),
        f64::from(counts.both) / f64::from(counts.gold),
        counts.exact,
        counts.articles
    );
}

/// For each unit whose article the gold knows: that article, and the one that was found. A unit that is in none is in one
/// of its own.
fn labelled_units(proof: &Proof, page: &Page, articles: &Articles) -> Vec<(usize, usize)> {
    let gold = Gold::read(&page.gold, page.roles.as_deref());
    let known: BTreeMap<&str, usize> = gold
        .texts
        .iter()
        .zip(articles.of_units(&gold))
        .zip(&gold.roles)
        .filter(|(_, roles)| roles[0] != "furniture" && roles[0] != "?")
        .filter_map(|((text, article), _)| Some((text.as_str(), article?)))
        .collect();
    let truth = |unit: usize| {
        let text = key(&proof.text[proof.units[unit].range.clone()]);
        known.get(text.as_str()).copied().or_else(|| known.iter().find(|(t, _)| t.starts_with(&text)).map(|k| *k.1))
    };
    let mut found: Vec<usize> = (0..proof.units.len()).map(|unit| proof.articles.len() + unit).collect();
    for (n, article) in proof.articles.iter().enumerate() {
        article.headline.iter().chain(&article.body).for_each(|&unit| found[unit] = n);
    }
    (0..proof.units.len()).filter_map(|unit| Some((truth(unit)?, found[unit]))).collect()
}

impl Counts {
    fn add_pairs(&mut self, units: &[(usize, usize)]) {
        for (i, a) in units.iter().enumerate() {
            for b in &units[i + 1..] {
                self.gold += u32::from(a.0 == b.0);
                self.found += u32::from(a.1 == b.1);
                self.both += u32::from(a == b);
            }
        }
    }

    fn add_articles(&mut self, units: &[(usize, usize)], mut wrong: impl FnMut(usize, &[usize])) {
        for gold in units.iter().map(|u| u.0).collect::<BTreeSet<usize>>() {
            let found: Vec<usize> = units.iter().filter(|u| u.0 == gold).map(|u| u.1).collect();
            let whole = found.iter().all(|&n| n == found[0]);
            let exact = whole && units.iter().all(|u| u.1 != found[0] || u.0 == gold);
            self.articles += 1;
            self.exact += u32::from(exact);
            if !exact {
                wrong(gold, &found);
            }
        }
    }
}
