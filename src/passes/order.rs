//! A headline that follows its text is put in front of it (`--order reading`), kicker, headline and deck in the order
//! that they have. Nothing else moves.

use crate::document::edit::Edits;
use crate::document::rearrange::{self, Settled, Sheet, Step};
use crate::proof::{Article, Unit};
use crate::rule::Rule;

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
    rearrange::propose(&[Sheet { text, units }], 0, &steps, between, Rule::Order, edits);
    Some(rearrange::settle(&[units], &[steps], between.len()))
}

/// The articles by the numbers that their units have now.
pub(crate) fn renumber(articles: &mut [Article], settled: &Settled) {
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
    use crate::proof::{Part, Role};
    use proptest::prelude::*;

    /// Units that are the lines of a text.
    fn units(text: &str) -> Vec<Unit> {
        let mut at = 0;
        let mut units = Vec::new();
        for line in text.split_inclusive('\n') {
            let end = at + line.trim_end_matches('\n').len();
            if end > at {
                let part = Part { role: Role::Dateline, range: at..end };
                let source = at as u64..end as u64;
                units.push(Unit { range: at..end, sources: vec![source], parts: vec![part], ..Unit::default() });
            }
            at += line.len();
        }
        units
    }

    fn article(headline: &[usize], body: &[usize]) -> Article {
        Article { headline: headline.to_vec(), body: body.to_vec() }
    }

    /// The page in reading order, with its units, articles and the changes of its ledger.
    fn ordered(text: &str, articles: &[Article], between: &str) -> (String, Vec<Unit>, Vec<Article>, Document) {
        let mut page = Document::new(text, true);
        let mut edits = Edits::new();
        let (old, mut articles) = (units(text), articles.to_vec());
        let Some(settled) = propose(text, &old, &articles, between, &mut edits) else {
            return (text.to_string(), old, articles, page);
        };
        renumber(&mut articles, &settled);
        page.apply(&edits);
        (page.text().to_string(), settled.units.into_iter().flatten().collect(), articles, page)
    }

    #[test]
    fn a_headline_block_goes_in_front_of_its_text_in_its_own_order() {
        let text = "渠水通了。\n稻田黄了。\n引题\n标题\n副题\n下一篇\n新桥成了。\n";
        let articles = [article(&[2, 3, 4], &[0, 1]), article(&[5], &[6])];
        let (got, units, articles, page) = ordered(text, &articles, "\n");
        assert_eq!(got, "引题\n标题\n副题\n渠水通了。\n稻田黄了。\n下一篇\n新桥成了。\n");
        assert_eq!(articles, [article(&[0, 1, 2], &[3, 4]), article(&[5], &[6])]);
        assert_eq!(units[3].sources, vec![0..15]);
        let changes: Vec<(usize, usize, String)> =
            page.trace().expect("traced").changes().map(|c| (c.start, c.end, c.after.to_string())).collect();
        // An insertion where the text begins, a removal where the block stood.
        assert_eq!(changes, [(0, 0, "引题\n标题\n副题\n".to_string()), (31, 52, String::new())]);
    }

    #[test]
    fn two_articles_each_get_their_own() {
        let text = "甲文。\n甲题\n乙文。\n乙题\n";
        let (got, ..) = ordered(text, &[article(&[1], &[0]), article(&[3], &[2])], "\n");
        assert_eq!(got, "甲题\n甲文。\n乙题\n乙文。\n");
    }

    #[test]
    fn a_kicker_before_the_text_stays_and_its_headline_comes_behind_it() {
        let (got, ..) = ordered("引题\n甲文。\n甲题\n", &[article(&[0, 2], &[1])], "\n");
        assert_eq!(got, "引题\n甲题\n甲文。\n");
    }

    #[test]
    fn furniture_between_text_and_headline_stays_where_it_is() {
        let (got, ..) = ordered("甲文。\n第2版\n甲题\n责编\n", &[article(&[2], &[0])], "\n");
        assert_eq!(got, "甲题\n甲文。\n第2版\n责编\n");
    }

    #[test]
    fn empty_lines_stay_between_units() {
        let (got, units, ..) = ordered("甲文。\n\n甲题\n\n乙\n", &[article(&[1], &[0])], "\n\n");
        assert_eq!(got, "甲题\n\n甲文。\n\n乙\n");
        assert_eq!(&got[units[1].range.clone()], "甲文。");
    }

    #[test]
    fn places_go_with_their_text() {
        let text = "甲文。\n甲题\n";
        let (old, articles) = (units(text), [article(&[1], &[0])]);
        let settled = propose(text, &old, &articles, "\n", &mut Edits::new()).expect("moves");
        // The end of the headline's line, and of the text's.
        assert_eq!((settled.place(0, &old, 16), settled.place(0, &old, 9)), ((0, 6), (0, 16)));
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
            let (got, units, articles, page) = ordered(&text, &articles, "\n");
            let sorted = |s: &str| { let mut l: Vec<String> = s.lines().map(String::from).collect(); l.sort(); l };
            prop_assert_eq!(sorted(&got), sorted(&text));
            let lines: Vec<&str> = got.lines().collect();
            let of: Vec<&str> = units.iter().map(|u| &got[u.range.clone()]).collect();
            prop_assert_eq!(&lines, &of);
            for unit in &units {
                prop_assert_eq!(&unit.parts[0].range, &unit.range);
                // The source still says which line it was.
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
            prop_assert_eq!(&replayed, &got);
            prop_assert!(plan(&articles, units.len()).is_none());
        }
    }
}
