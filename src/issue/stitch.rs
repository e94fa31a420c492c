//! Carries out the moves between the pages of an issue: edits for each page, and the new places of units, breaks and
//! articles.

use super::issue_page::IssuePage;
use super::pairs::Found;
use crate::document::edit::Edits;
use crate::document::rearrange::{self, Settled, Spot, Step};
use crate::options::Options;
use crate::proof::Break;
use crate::proof::{Article, Role, Unit};
use crate::rule::Rule;
use crate::vocabulary::jumps::Way;
use std::collections::{BTreeMap, BTreeSet};

/// A page and a unit of it.
type At = (usize, usize);

/// For the page and unit of a jump line, the page and the units that move after it.
pub(super) type Runs = BTreeMap<At, (usize, Vec<usize>)>;

/// Applies the moves to the pages.
pub(super) fn carry_out(sheets: &mut [IssuePage], found: &[Found], runs: &Runs, options: &Options) {
    let gone: BTreeSet<At> = runs.values().flat_map(|(page, list)| list.iter().map(|&unit| (*page, unit))).collect();
    let mut glued: BTreeSet<At> = BTreeSet::new();
    if options.join_across {
        for (&jump, (page, list)) in runs {
            join(sheets, found, jump, (*page, list), &gone, &mut glued);
        }
    }
    // The other pages stay as they are.
    let changed: BTreeSet<usize> = runs.iter().flat_map(|(jump, run)| [jump.0, run.0]).collect();
    let mut plan: Vec<Vec<Step>> = vec![Vec::new(); sheets.len()];
    // Moved units, each with the page and unit of the jump line whose article it joins.
    let mut into: Vec<(At, At)> = Vec::new();
    for &page in &changed {
        plan[page] = steps(page, sheets[page].units.len(), runs, &gone, &glued, &mut into);
    }
    let views: Vec<rearrange::PageText<'_>> =
        sheets.iter().map(|s| rearrange::PageText { text: s.page.text(), units: &s.units }).collect();
    let between = options.between_units();
    let edits_of = |&page: &usize| {
        let mut edits = Edits::new();
        rearrange::propose(&views, page, &plan[page], between, Rule::Jumps, &mut edits);
        (page, edits)
    };
    let edits: Vec<(usize, Edits)> = changed.iter().map(edits_of).collect();
    drop(views);
    // Else nobody asks where the units are, and they may be many.
    if options.units || options.confidence {
        move_anchors(sheets, &Moves { plan, changed, gone, into, between: between.len() });
    }
    for (page, edits) in edits {
        sheets[page].page.rewrite(&edits);
        sheets[page].page.shrink();
    }
}

/// The new order of the units of a page.
fn steps(
    page: usize,
    units: usize,
    runs: &Runs,
    gone: &BTreeSet<At>,
    glued: &BTreeSet<At>,
    into: &mut Vec<(At, At)>,
) -> Vec<Step> {
    let mut steps = Vec::with_capacity(units);
    for unit in (0..units).filter(|&u| !gone.contains(&(page, u))) {
        let mut stack = vec![(page, unit)];
        while let Some(at) = stack.pop() {
            let moves = at != (page, unit);
            if moves {
                into.push((at, (page, unit)));
            }
            steps.push(Step { page: at.0, unit: at.1, moves, glued: glued.contains(&at) });
            if let Some((from, list)) = runs.get(&at) {
                stack.extend(list.iter().rev().map(|&u| (*from, u)));
            }
        }
    }
    steps
}

/// What moves between the pages of an issue.
struct Moves {
    /// The new order of the units of each page.
    plan: Vec<Vec<Step>>,
    /// The pages whose order changes.
    changed: BTreeSet<usize>,
    /// Units that leave their place.
    gone: BTreeSet<At>,
    /// The same, each with the jump line whose article it joins.
    into: Vec<(At, At)>,
    /// Bytes between two units.
    between: usize,
}

/// Gives units, breaks and articles their new places.
fn move_anchors(sheets: &mut [IssuePage], moves: &Moves) {
    let Moves { plan, changed, gone, into, between } = moves;
    let mut units: Vec<&[Unit]> = vec![&[]; sheets.len()];
    changed.iter().for_each(|&page| units[page] = &sheets[page].units);
    let mut settled = rearrange::settle(&units, plan, *between);
    let mut breaks = move_breaks(sheets, changed, &settled);
    let mut articles = move_articles(sheets, changed, &settled.spots, gone, into);
    for &page in changed {
        let mut units = std::mem::take(&mut settled.units[page]);
        for (unit, step) in units.iter_mut().zip(plan[page].iter().filter(|s| !s.glued)) {
            if sheets[step.page].input != sheets[page].input {
                unit.input = Some(sheets[step.page].input);
            }
        }
        let sheet = &mut sheets[page];
        (sheet.units, sheet.breaks, sheet.articles) =
            (units, std::mem::take(&mut breaks[page]), std::mem::take(&mut articles[page]));
    }
}

/// Joins a paragraph that the jump cut in two: it has no stop before the jump line.
fn join(
    sheets: &[IssuePage],
    found: &[Found],
    jump: At,
    run: (usize, &[usize]),
    gone: &BTreeSet<At>,
    glued: &mut BTreeSet<At>,
) {
    let sheet = &sheets[jump.0];
    let Some(on) = found.iter().find(|f| (f.page, f.unit) == jump && f.marker.way == Way::On) else { return };
    let Some(&first) = run.1.first() else { return };
    let text = |unit: &Unit| &sheet.page.text()[unit.range.clone()];
    let before = text(&sheet.units[jump.1]).get(..on.marker.range.start).unwrap_or_default().trim_end();
    let above = jump.1.checked_sub(1).filter(|&n| sheet.units[n].role == Role::Body && !gone.contains(&(jump.0, n)));
    let (before, alone) = match above {
        Some(n) if before.is_empty() => (text(&sheet.units[n]).trim_end(), true),
        _ => (before, false),
    };
    let open = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "，、；：—“（《".contains(c));
    if open && sheets[run.0].units[first].role == Role::Body && (!alone || !gone.contains(&jump)) {
        glued.insert((run.0, first));
        if alone {
            glued.insert(jump);
        }
    }
}

/// Moves breaks with their text. A break that moved to another input stays in the list of its own.
fn move_breaks(sheets: &[IssuePage], changed: &BTreeSet<usize>, settled: &Settled) -> Vec<Vec<Break>> {
    let mut moved: Vec<Vec<Break>> = vec![Vec::new(); sheets.len()];
    for (page, sheet) in sheets.iter().enumerate().filter(|(page, _)| changed.contains(page)) {
        let mut stays = 0; // end of the text before it that stays
        for b in &sheet.breaks {
            let (to, at) = settled.place(page, &sheet.units, b.at);
            if sheets[to].input == sheet.input {
                moved[to].push(Break { at, ..b.clone() });
                if to == page {
                    stays = at;
                }
            } else {
                moved[page].push(Break { at: stays, ..b.clone() });
            }
        }
    }
    moved
}

/// Moves units to the article of their jump line, also on the same page. An article without units is removed.
fn move_articles(
    sheets: &[IssuePage],
    changed: &BTreeSet<usize>,
    spots: &[Vec<Spot>],
    gone: &BTreeSet<At>,
    into: &[(At, At)],
) -> Vec<Vec<Article>> {
    let mut all: Vec<Vec<Article>> = Vec::with_capacity(sheets.len());
    let mut of: Vec<Vec<Option<usize>>> = Vec::with_capacity(sheets.len()); // the article of each unit before the moves
    for (page, sheet) in sheets.iter().enumerate() {
        if !changed.contains(&page) {
            all.push(Vec::new());
            of.push(Vec::new());
            continue;
        }
        let mut own = vec![None; sheet.units.len()];
        let stay = |list: &[usize]| -> Vec<usize> {
            let stay = list.iter().filter(|&&n| !gone.contains(&(page, n)));
            stay.filter_map(|&n| spots[page].get(n)).map(|s| s.unit).collect()
        };
        let mut here = Vec::with_capacity(sheet.articles.len());
        for (n, article) in sheet.articles.iter().enumerate() {
            article.body.iter().for_each(|&unit| own[unit] = Some(n));
            here.push(Article { headline: stay(&article.headline), body: stay(&article.body) });
        }
        all.push(here);
        of.push(own);
    }
    for &(moved, jump) in into {
        if let Some(article) = of[jump.0][jump.1].and_then(|n| all[jump.0].get_mut(n)) {
            article.body.push(spots[moved.0][moved.1].unit);
        }
    }
    for list in all.iter_mut().flatten().flat_map(|a| [&mut a.headline, &mut a.body]) {
        list.sort_unstable();
        list.dedup();
    }
    all.iter_mut().for_each(|list| list.retain(|a| !a.headline.is_empty() || !a.body.is_empty()));
    all
}
