//! A headline that follows its text is put in front of it (`--order reading`), kicker, headline and deck in the order
//! that they have. Nothing else moves.

use crate::edit::Edits;
use crate::moving::{self, Settled, Sheet, Step};
use crate::rule::Rule;
use crate::units::{Article, Unit};

/// The page's units in reading order; `None` where they are.
pub(crate) fn plan(articles: &[Article], units: usize) -> Option<Vec<Step>> {
    let mut moves = vec![false; units];
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); units]; // the headline block whose text begins there
    for article in articles {
        let Some(&first) = article.body.iter().min() else { continue };
        for &n in article.headline.iter().filter(|&&n| n > first && n < units) {
            if !std::mem::replace(&mut moves[n], true) {
                before[first].push(n);
            }
        }
    }
    if !moves.contains(&true) {
        return None;
    }
    let mut steps = Vec::with_capacity(units);
    for (n, block) in before.iter_mut().enumerate() {
        block.sort_unstable();
        steps.extend(block.iter().map(|&unit| Step { page: 0, unit, moves: true, glued: false }));
        if !moves[n] {
            steps.push(Step { page: 0, unit: n, moves: false, glued: false });
        }
    }
    Some(steps)
}

/// Proposes the moves; `between` stands between two units. Returns where all units stand afterwards.
pub(crate) fn propose(
    text: &str,
    units: &[Unit],
    articles: &[Article],
    between: &str,
    edits: &mut Edits,
) -> Option<Settled> {
    let steps = plan(articles, units.len())?;
    moving::propose(&[Sheet { text, units }], 0, &steps, between, Rule::Order, edits);
    Some(moving::settle(&[units], &[steps], between.len()))
}

/// The articles by the numbers that their units have now.
pub(crate) fn renumber(articles: &mut [Article], settled: &Settled) {
    let Some(spots) = settled.spots.first() else { return };
    for list in articles.iter_mut().flat_map(|a| [&mut a.headline, &mut a.body]) {
        list.iter_mut().for_each(|n| *n = spots.get(*n).map_or(*n, |s| s.unit));
        list.sort_unstable();
    }
}
