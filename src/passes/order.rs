//! Moves a headline that follows its text to before the text (`--order reading`). Kicker, headline and deck keep their
//! order. Nothing else moves.

use crate::document::Document;
use crate::document::edit::Edits;
use crate::document::rearrange::{self, PageText, Settled, Step};
use crate::proof::{Article, Unit};
use crate::rule::Rule;

/// Confidence that a headline which moves must have, or a line of its block. Of the blocks that move on the dev pages the
/// right ones have at least 0.49; nearly all that move only when a page is cleaned again are pieces of sentences below 0.48.
const MIN_CONFIDENCE: f32 = 0.48;

/// The units of the page in reading order; `None` if they already are in this order.
fn plan(articles: &[Article], list: &[Unit]) -> Option<Vec<Step>> {
    let units = list.len();
    let mut moves = vec![false; units];
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); units]; // for each unit, the headline block to put before it
    for article in articles {
        let Some(&first) = article.body.iter().min() else { continue };
        let behind = || article.headline.iter().filter(|&&n| n > first && n < units);
        if !behind().any(|&n| list[n].confidence >= MIN_CONFIDENCE) {
            continue;
        }
        for &n in behind() {
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

/// The numbers of the units in reading order; `None` if they already are in this order.
pub(crate) fn reading(articles: &[Article], list: &[Unit]) -> Option<Vec<usize>> {
    plan(articles, list).map(|steps| steps.iter().map(|step| step.unit).collect())
}

/// Moves each headline that follows its text to before the text. `between` separates two units.
pub(crate) fn arrange(document: &mut Document, articles: &mut [Article], between: &str) {
    let units = document.units();
    let Some(steps) = plan(articles, units) else { return };
    let mut edits = Edits::new();
    rearrange::propose(&[PageText { text: document.text(), units }], 0, &steps, between, Rule::Order, &mut edits);
    let settled = rearrange::settle(&[units], &[steps], between.len());
    renumber(articles, &settled);
    document.apply_moves(&edits, settled);
}

/// Gives the articles the new numbers of their units.
fn renumber(articles: &mut [Article], settled: &Settled) {
    let Some(spots) = settled.spots.first() else { return };
    for list in articles.iter_mut().flat_map(|a| [&mut a.headline, &mut a.body]) {
        list.iter_mut().for_each(|n| *n = spots.get(*n).map_or(*n, |s| s.unit));
        list.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::proof::{Part, Role, Unit};
    use proptest::prelude::*;

    /// The lines of a text as units.
    fn units(text: &str) -> Vec<Unit> {
        let mut at = 0;
        let mut units = Vec::new();
        for line in text.split_inclusive('\n') {
            let end = at + line.trim_end_matches('\n').len();
            if end > at {
                let part = Part { role: Role::Dateline, range: at..end };
                let source = at as u64..end as u64;
                let confidence = MIN_CONFIDENCE;
                units.push(Unit {
                    range: at..end,
                    sources: vec![source],
                    parts: vec![part],
                    confidence,
                    ..Unit::default()
                });
            }
            at += line.len();
        }
        units
    }

    fn article(headline: &[usize], body: &[usize]) -> Article {
        Article { headline: headline.to_vec(), body: body.to_vec() }
    }

    /// The page in reading order, with its articles.
    fn ordered(text: &str, articles: &[Article], between: &str) -> (Document, Vec<Article>) {
        let mut document = Document::new(text, true);
        document.read_units(|text, _, list| *list = units(text));
        let mut articles = articles.to_vec();
        arrange(&mut document, &mut articles, between);
        (document, articles)
    }

    #[test]
    fn a_headline_block_moves_before_its_text_in_its_own_order() {
        let text = "渠水通了。\n稻田黄了。\n引题\n标题\n副题\n下一篇\n新桥成了。\n";
        let articles = [article(&[2, 3, 4], &[0, 1]), article(&[5], &[6])];
        let (page, articles) = ordered(text, &articles, "\n");
        assert_eq!(page.text(), "引题\n标题\n副题\n渠水通了。\n稻田黄了。\n下一篇\n新桥成了。\n");
        assert_eq!(articles, [article(&[0, 1, 2], &[3, 4]), article(&[5], &[6])]);
        assert_eq!(page.units()[3].sources, vec![0..15]);
        let changes: Vec<(usize, usize, String)> =
            page.trace().expect("traced").changes().map(|c| (c.start, c.end, c.after.to_string())).collect();
        // An insertion where the text begins, and a removal where the block was.
        assert_eq!(changes, [(0, 0, "引题\n标题\n副题\n".to_string()), (31, 52, String::new())]);
    }

    #[test]
    fn a_headline_moves_only_if_it_is_likely_to_be_one() {
        let moved = |confidence: [f32; 2]| {
            let mut document = Document::new("甲文。\n引题\n甲题\n", true);
            document.read_units(|text, _, list| {
                *list = units(text);
                list[1..].iter_mut().zip(confidence).for_each(|(unit, is)| unit.confidence = is);
            });
            arrange(&mut document, &mut [article(&[1, 2], &[0])], "\n");
            document.text().to_string()
        };
        assert_eq!(moved([0.47, 0.47]), "甲文。\n引题\n甲题\n");
        assert_eq!(moved([0.31, 0.48]), "引题\n甲题\n甲文。\n");
    }

    #[test]
    fn each_of_two_articles_gets_its_own_headline() {
        let text = "甲文。\n甲题\n乙文。\n乙题\n";
        let (page, _) = ordered(text, &[article(&[1], &[0]), article(&[3], &[2])], "\n");
        assert_eq!(page.text(), "甲题\n甲文。\n乙题\n乙文。\n");
    }

    #[test]
    fn a_kicker_before_the_text_stays_and_its_headline_follows_it() {
        let (page, _) = ordered("引题\n甲文。\n甲题\n", &[article(&[0, 2], &[1])], "\n");
        assert_eq!(page.text(), "引题\n甲题\n甲文。\n");
    }

    #[test]
    fn furniture_between_text_and_headline_stays_where_it_is() {
        let (page, _) = ordered("甲文。\n第2版\n甲题\n责编\n", &[article(&[2], &[0])], "\n");
        assert_eq!(page.text(), "甲题\n甲文。\n第2版\n责编\n");
    }

    #[test]
    fn empty_lines_stay_between_units() {
        let (page, _) = ordered("甲文。\n\n甲题\n\n乙\n", &[article(&[1], &[0])], "\n\n");
        assert_eq!(page.text(), "甲题\n\n甲文。\n\n乙\n");
        assert_eq!(&page.text()[page.units()[1].range.clone()], "甲文。");
    }

    #[test]
    fn anchored_lines_move_with_their_text() {
        let mut document = Document::new("甲文。\n甲题\n", true);
        document.anchor_lines([(0, 9), (10, 16)].into_iter());
        document.read_units(|text, _, list| *list = units(text));
        arrange(&mut document, &mut [article(&[1], &[0])], "\n");
        let places: Vec<_> = document.lines().iter().map(|line| (line.start, line.end)).collect();
        assert_eq!(places, [(7, 16), (0, 6)]);
    }

    proptest! {
        #[test]
        fn a_move_keeps_every_character_and_is_done_once(
            kinds in prop::collection::vec((0usize..4, any::<bool>()), 0..24),
        ) {
            let text: String = kinds.iter().enumerate().map(|(n, _)| format!("渠水{n}。\n")).collect();
            let mut articles = vec![Article::default(); 4];
            for (n, &(article, headline)) in kinds.iter().enumerate() {
                let list = if headline { &mut articles[article].headline } else { &mut articles[article].body };
                list.push(n);
            }
            let (page, articles) = ordered(&text, &articles, "\n");
            let (got, units) = (page.text(), page.units());
            let sorted = |s: &str| { let mut l: Vec<String> = s.lines().map(String::from).collect(); l.sort(); l };
            prop_assert_eq!(sorted(got), sorted(&text));
            let lines: Vec<&str> = got.lines().collect();
            let of: Vec<&str> = units.iter().map(|u| &got[u.range.clone()]).collect();
            prop_assert_eq!(&lines, &of);
            for unit in units {
                prop_assert_eq!(&unit.parts[0].range, &unit.range);
                // The source still names the original line.
                let source = unit.sources[0].clone();
                prop_assert_eq!(&text[source.start as usize..source.end as usize], &got[unit.range.clone()]);
            }
            let mut replayed = String::new();
            let mut at = 0;
            for c in page.trace().expect("traced").changes() {
                replayed.push_str(&text[at..c.start]);
                replayed.push_str(c.after);
                at = c.end;
            }
            replayed.push_str(&text[at..]);
            prop_assert_eq!(&replayed, got);
            prop_assert!(plan(&articles, units).is_none());
        }
    }
}
