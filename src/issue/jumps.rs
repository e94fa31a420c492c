//! Which jump line goes on where, and the moves that put the text together.

use super::Sheet;
use super::marker::{self, Label, Marker, Way};
use crate::edit::Edits;
use crate::moving::{self, Step};
use crate::options::Options;
use crate::roles::furniture::is_folio;
use crate::rule::Rule;
use crate::units::{Article, Role, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Share of the shorter headline's pairs of characters that the other must have for both to speak of one text.
const ALIKE: f32 = 0.3;
/// By how much the best headline must be better than the next.
const MARGIN: f32 = 0.2;
/// Jump lines on a page at the most; a front page has ten.
const JUMPS_A_PAGE: usize = 40;
/// Pairs that are compared at the most; an issue of a hundred pages has some hundreds.
const MOST_CHOICES: usize = 20_000;
/// Bytes of a headline at the most that has its jump line behind it on one line: 30 Han.
const SHORT: usize = 90;
/// Units from a page's edge that its folio stands in at the most.
const EDGE: usize = 8;

/// A jump line of an issue.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Jump {
    /// Byte of its input at which its line begins.
    pub source: u64,
    /// What is printed there.
    pub text: String,
    /// Whether the text was put together there, or why not.
    pub followed: Followed,
}

/// What became of a jump line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Followed {
    /// The text was put together.
    Yes,
    /// No jump line of the issue answers it.
    Alone,
    /// Several answer it, and neither page numbers nor headlines tell which.
    Several,
    /// The one that answers it has no text to move, or the text goes on here already.
    Nothing,
}

/// A jump line and where it stands.
#[derive(Debug)]
struct Found {
    page: usize,
    unit: usize,
    marker: Marker,
    title: String,
    followed: Followed,
}

/// Finds the jump lines of the issue and puts together what they part.
pub(super) fn follow(sheets: &mut [Sheet], options: &Options) {
    let labels = labels(sheets);
    let mut found = find(sheets);
    let pairs = pair(&mut found, &labels);
    let mut owners = owners(sheets, &found);
    let holders: Vec<Option<usize>> = found.iter().map(|f| holder(f, &found, &owners)).collect();
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new(); // jump line that points back → the one that points there
    for (on, back) in pairs {
        let at = &found[back];
        let has_text = owners[at.page].contains(&Some(back)) || trailing(sheets, at).is_some();
        let moves = has_text && !closes_circle(&holders, &joined, on, back) && !goes_on(sheets, &found[on]);
        found[on].followed = if moves { Followed::Yes } else { Followed::Nothing };
        found[back].followed = found[on].followed;
        if moves {
            joined.insert(back, on);
            cut(sheets, &mut found, &mut owners, back);
        }
    }
    for f in &found {
        let unit = &sheets[f.page].units[f.unit];
        let text = sheets[f.page].page.text()[unit.range.clone()].get(f.marker.range.clone()).unwrap_or_default();
        let line = if f.marker.way == Way::On { unit.sources.last() } else { unit.sources.first() };
        let jump = Jump { source: line.map_or(0, |r| r.start), text: text.trim().to_string(), followed: f.followed };
        sheets[f.page].jumps.push(jump);
    }
    if !joined.is_empty() {
        let runs = runs(&found, &owners, &joined);
        carry_out(sheets, &found, &runs, options);
    }
}

/// What goes on behind a jump line: for its page and unit, the page and units that move.
type Runs = BTreeMap<(usize, usize), (usize, Vec<usize>)>;

fn runs(found: &[Found], owners: &[Vec<Option<usize>>], joined: &BTreeMap<usize, usize>) -> Runs {
    let run = |(&back, &on): (&usize, &usize)| {
        let page = found[back].page;
        let list = owners[page].iter().enumerate().filter(|(_, o)| **o == Some(back)).map(|(n, _)| n).collect();
        ((found[on].page, found[on].unit), (page, list))
    };
    joined.iter().map(run).collect()
}

/// Each page's number: as its folio prints it; else by its place, where the printed ones agree with their places.
fn labels(sheets: &[Sheet]) -> Vec<Option<Label>> {
    let printed: Vec<Option<Label>> = sheets.iter().map(printed).collect();
    let shifts: BTreeSet<i64> =
        printed.iter().enumerate().filter_map(|(n, l)| Some(i64::from((*l)?.number) - n as i64)).collect();
    let shift = match shifts.len() {
        0 => Some(1),
        1 => shifts.first().copied(),
        _ => None,
    };
    let by_place = |n: usize| {
        let number = u32::try_from(n as i64 + shift?).ok().filter(|&n| n > 0)?;
        Some(Label { letter: None, number })
    };
    printed.into_iter().enumerate().map(|(n, l)| l.or_else(|| by_place(n))).collect()
}

fn printed(sheet: &Sheet) -> Option<Label> {
    let n = sheet.units.len();
    let near = |i: usize| i < EDGE || i + EDGE >= n;
    let units = sheet.units.iter().enumerate().filter(|&(i, u)| near(i) && u.role.is_furniture());
    let units = units.filter_map(|(_, u)| sheet.page.text().get(u.range.clone()));
    let mut found: Option<Label> = None;
    for label in units.chain(sheet.folios.iter().map(String::as_str)).filter_map(marker::of_folio) {
        if found.is_some_and(|f| !f.agrees(label)) {
            return None;
        }
        found = Some(label);
    }
    found
}

/// All jump lines, page by page.
fn find(sheets: &[Sheet]) -> Vec<Found> {
    let mut all = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let mut of: Vec<Option<&Article>> = vec![None; sheet.units.len()];
        for article in &sheet.articles {
            for &n in article.headline.iter().chain(&article.body) {
                if let Some(place) = of.get_mut(n) {
                    *place = Some(article);
                }
            }
        }
        let first = all.len();
        for (n, unit) in sheet.units.iter().enumerate() {
            if all.len() - first > JUMPS_A_PAGE {
                // No page of a paper: nothing is followed there.
                all.truncate(first);
                break;
            }
            let Some(text) = sheet.page.text().get(unit.range.clone()) else { continue };
            let short =
                |m: &Marker| m.range.start <= SHORT && !text[..m.range.start].trim_end().ends_with(['。', '！', '”']);
            let end = marker::at_end(text).filter(|m| m.way == Way::On || unit.role.is_headline() || short(m));
            for marker in [marker::at_start(text), end].into_iter().flatten() {
                let mut title = marker.title.clone();
                for &h in of[n].iter().flat_map(|a| &a.headline) {
                    title.push_str(headline(sheet, h));
                }
                // A headline that was not grouped with it still stands right above.
                if of[n].is_none_or(|a| a.headline.is_empty()) && marker.way == Way::Back && n > 0 {
                    title.push_str(headline(sheet, n - 1));
                }
                all.push(Found { page, unit: n, marker, title, followed: Followed::Alone });
            }
        }
    }
    all
}

/// A unit's text where it is a headline. Dates and bylines, which are the same all over the issue, tell nothing.
fn headline(sheet: &Sheet, unit: usize) -> &str {
    let Some(unit) = sheet.units.get(unit).filter(|u| u.role.is_headline()) else { return "" };
    let text = &sheet.page.text()[unit.range.clone()];
    let byline = ["本报记者", "记者 ", "本報記者"].iter().any(|w| text.starts_with(w));
    if byline || is_folio(text) || sheet.folios.iter().any(|f| f == text) { "" } else { text }
}

/// Which goes with which: by page numbers, and where these leave a choice by headlines.
fn pair(found: &mut [Found], labels: &[Option<Label>]) -> Vec<(usize, usize)> {
    let mut by_number: BTreeMap<u32, Vec<usize>> = BTreeMap::new(); // jump lines that point back, by their page
    for (n, f) in found.iter().enumerate().filter(|(_, f)| f.marker.way == Way::Back) {
        if let Some(label) = labels[f.page] {
            by_number.entry(label.number).or_default().push(n);
        }
    }
    let fits = |named: Label, page: usize| labels[page].is_some_and(|l| l.agrees(named));
    // For each jump line those that may answer it, with how alike their headlines are.
    let mut can: Vec<Vec<(usize, f32)>> = vec![Vec::new(); found.len()];
    let mut choices = 0;
    for (a, x) in found.iter().enumerate().filter(|(_, f)| f.marker.way == Way::On) {
        for &b in by_number.get(&x.marker.label.number).into_iter().flatten() {
            let y = &found[b];
            if x.page != y.page
                && fits(x.marker.label, y.page)
                && fits(y.marker.label, x.page)
                && choices < MOST_CHOICES
            {
                choices += 1;
                let score = alike(&x.title, &y.title);
                can[a].push((b, score));
                can[b].push((a, score));
            }
        }
    }
    let mut pairs = Vec::new();
    let mut taken = vec![choices == MOST_CHOICES; found.len()];
    loop {
        let before = pairs.len();
        for a in 0..found.len() {
            if found[a].marker.way == Way::On
                && !taken[a]
                && let Some(b) = best(&can[a], &taken)
                && best(&can[b], &taken) == Some(a)
            {
                (taken[a], taken[b]) = (true, true);
                pairs.push((a, b));
            }
        }
        if pairs.len() == before {
            break;
        }
    }
    for (n, list) in can.iter().enumerate() {
        let left = |n: usize| !taken[n] || choices == MOST_CHOICES;
        if left(n) && list.iter().any(|&(m, _)| left(m)) {
            found[n].followed = Followed::Several;
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The only one that is left, or the one whose headline is clearly the most alike.
fn best(can: &[(usize, f32)], taken: &[bool]) -> Option<usize> {
    let mut left: Vec<(usize, f32)> = can.iter().copied().filter(|&(n, _)| !taken[n]).collect();
    left.sort_by(|a, b| b.1.total_cmp(&a.1));
    match left[..] {
        [(only, _)] => Some(only),
        [(first, score), (_, next), ..] if score >= ALIKE && score - next >= MARGIN => Some(first),
        _ => None,
    }
}

/// Share of the pairs of characters of the shorter headline that the other has.
fn alike(a: &str, b: &str) -> f32 {
    let pairs = |s: &str| -> BTreeSet<[char; 2]> {
        let letters: Vec<char> = s.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|w| [w[0], w[1]]).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { a.intersection(&b).count() as f32 / least as f32 }
}

/// Whether the text behind the jump line stands there already.
fn goes_on(sheets: &[Sheet], on: &Found) -> bool {
    let sheet = &sheets[on.page];
    let next = on.unit + 1;
    let together = |a: &&Article| a.body.contains(&on.unit) && a.body.contains(&next);
    sheet.units.get(next).is_some_and(|u| u.role == Role::Body && !resumes(sheet, next))
        && sheet.articles.iter().any(|a| together(&a))
}

fn resumes(sheet: &Sheet, unit: usize) -> bool {
    sheet.units.get(unit).is_some_and(|u| marker::at_start(&sheet.page.text()[u.range.clone()]).is_some())
}

/// For each unit of each page the jump line behind which it goes on: up to the next one, the article's end, or where
/// nothing is grouped the next headline.
fn owners(sheets: &[Sheet], found: &[Found]) -> Vec<Vec<Option<usize>>> {
    let mut owners: Vec<Vec<Option<usize>>> = sheets.iter().map(|s| vec![None; s.units.len()]).collect();
    for (n, f) in found.iter().enumerate().filter(|(_, f)| f.marker.way == Way::Back) {
        let sheet = &sheets[f.page];
        let article = sheet.articles.iter().find(|a| a.body.contains(&f.unit) || a.headline.contains(&f.unit));
        let mut body = vec![article.is_none(); sheet.units.len()];
        article.iter().flat_map(|a| &a.body).for_each(|&n| body[n] = true);
        for unit in f.unit + 1..sheet.units.len() {
            let role = sheet.units[unit].role;
            if resumes(sheet, unit) || article.is_none() && role.is_headline() {
                break;
            }
            if !role.is_furniture() && body[unit] {
                owners[f.page][unit] = Some(n);
            }
        }
    }
    owners
}

/// The continuation that a jump line stands in.
fn holder(f: &Found, found: &[Found], owners: &[Vec<Option<usize>>]) -> Option<usize> {
    if f.marker.way == Way::Back {
        return None;
    }
    let same = |b: &Found| b.marker.way == Way::Back && (b.page, b.unit) == (f.page, f.unit);
    owners[f.page][f.unit].or_else(|| found.iter().position(same))
}

/// Whether the text behind `back` holds, at some remove, the jump line `on`.
fn closes_circle(holders: &[Option<usize>], joined: &BTreeMap<usize, usize>, on: usize, back: usize) -> bool {
    let mut at = on;
    loop {
        match holders[at] {
            Some(b) if b == back => return true,
            Some(b) => match joined.get(&b) {
                Some(&a) => at = a,
                None => return false,
            },
            None => return false,
        }
    }
}

/// The text behind a jump line that opens a paragraph, and where it begins in it.
fn trailing<'a>(sheets: &'a [Sheet], f: &Found) -> Option<(usize, &'a str)> {
    let sheet = &sheets[f.page];
    let text = &sheet.page.text()[sheet.units[f.unit].range.clone()];
    let rest = text.get(f.marker.range.end..)?.trim_start();
    (!rest.is_empty()).then_some((text.len() - rest.len(), rest))
}

/// Makes a unit of its own of the jump line that opens a paragraph.
fn cut(sheets: &mut [Sheet], found: &mut [Found], owners: &mut [Vec<Option<usize>>], back: usize) {
    let Some((from, _)) = trailing(sheets, &found[back]) else { return };
    let Found { page, unit, ref marker, .. } = found[back];
    let end = marker.range.end;
    let sheet = &mut sheets[page];
    let whole = sheet.units[unit].clone();
    let start = whole.range.start;
    let mark = sheet.page.text()[start..start + end].trim_end().len();
    let first = Unit {
        role: Role::Resume,
        range: start..start + mark,
        sources: whole.sources.first().cloned().into_iter().collect(),
        parts: Vec::new(),
        ..whole.clone()
    };
    let role = if whole.role == Role::Resume { Role::Body } else { whole.role };
    let parts = whole.parts.iter().filter(|p| p.range.start >= start + from).cloned().collect();
    let second = Unit { role, range: start + from..whole.range.end, parts, ..whole };
    sheet.units.splice(unit..=unit, [first, second]);
    owners[page].insert(unit + 1, Some(back));
    for article in &mut sheet.articles {
        for list in [&mut article.headline, &mut article.body] {
            list.iter_mut().filter(|n| **n > unit).for_each(|n| *n += 1);
            if let Some(at) = list.iter().position(|&n| n == unit) {
                list.insert(at + 1, unit + 1);
            }
        }
    }
    for f in found.iter_mut().filter(|f| f.page == page) {
        if f.unit > unit {
            f.unit += 1;
        } else if f.unit == unit && f.marker.way == Way::On {
            f.unit += 1;
            f.marker.range = f.marker.range.start.saturating_sub(from)..f.marker.range.end.saturating_sub(from);
        }
    }
}

/// The moves as edits of the pages.
fn carry_out(sheets: &mut [Sheet], found: &[Found], runs: &Runs, options: &Options) {
    let gone: BTreeSet<(usize, usize)> =
        runs.values().flat_map(|(page, list)| list.iter().map(|&unit| (*page, unit))).collect();
    let mut glued: BTreeSet<(usize, usize)> = BTreeSet::new();
    if options.join_across {
        for (&jump, (page, list)) in runs {
            join(sheets, found, jump, (*page, list), &gone, &mut glued);
        }
    }
    let mut plan: Vec<Vec<Step>> = Vec::with_capacity(sheets.len());
    // Articles that moved units come to belong to: by the page and unit of the jump line.
    let mut into: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let mut steps = Vec::with_capacity(sheet.units.len());
        for unit in (0..sheet.units.len()).filter(|&u| !gone.contains(&(page, u))) {
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
        plan.push(steps);
    }
    let between = options.between_units();
    let views: Vec<moving::Sheet<'_>> =
        sheets.iter().map(|s| moving::Sheet { text: s.page.text(), units: &s.units }).collect();
    let mut all = Vec::with_capacity(sheets.len());
    for (page, steps) in plan.iter().enumerate() {
        let mut edits = Edits::new();
        moving::propose(&views, page, steps, between, Rule::Jumps, &mut edits);
        all.push(edits);
    }
    let units: Vec<&[Unit]> = sheets.iter().map(|s| &s.units[..]).collect();
    let mut settled = moving::settle(&units, &plan, between.len());
    let breaks = move_breaks(sheets, &settled);
    let articles = move_articles(sheets, &settled.spots, &into);
    for (page, list) in settled.units.iter_mut().enumerate() {
        for (unit, step) in list.iter_mut().zip(plan[page].iter().filter(|s| !s.glued)) {
            if sheets[step.page].input != sheets[page].input {
                unit.input = Some(sheets[step.page].input);
            }
        }
    }
    let news = settled.units.into_iter().zip(breaks).zip(articles).zip(all);
    for (sheet, (((units, breaks), articles), edits)) in sheets.iter_mut().zip(news) {
        sheet.page.apply(&edits);
        (sheet.units, sheet.breaks, sheet.articles) = (units, breaks, articles);
    }
}

/// A paragraph that the jump cut in two: it has no stop before the jump line.
fn join(
    sheets: &[Sheet],
    found: &[Found],
    jump: (usize, usize),
    run: (usize, &[usize]),
    gone: &BTreeSet<(usize, usize)>,
    glued: &mut BTreeSet<(usize, usize)>,
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

/// Breaks go with their text; those that went to another input are told where they were.
fn move_breaks(sheets: &mut [Sheet], settled: &moving::Settled) -> Vec<Vec<crate::cleaner::Break>> {
    let mut moved: Vec<Vec<crate::cleaner::Break>> = vec![Vec::new(); sheets.len()];
    for (page, sheet) in sheets.iter().enumerate() {
        let mut stays = 0; // where the text ends that stands before it and stays
        for b in &sheet.breaks {
            let (to, at) = settled.place(page, &sheet.units, b.at);
            if sheets[to].input == sheet.input {
                moved[to].push(crate::cleaner::Break { at, ..b.clone() });
                if to == page {
                    stays = at;
                }
            } else {
                moved[page].push(crate::cleaner::Break { at: stays, ..b.clone() });
            }
        }
    }
    moved
}

fn move_articles(
    sheets: &[Sheet],
    spots: &[Vec<moving::Spot>],
    into: &[((usize, usize), (usize, usize))],
) -> Vec<Vec<Article>> {
    let mut all: Vec<Vec<Article>> = Vec::with_capacity(sheets.len());
    let mut of: Vec<Vec<Option<usize>>> = Vec::with_capacity(sheets.len()); // the article of each unit, as it was
    for (page, sheet) in sheets.iter().enumerate() {
        let mut own = vec![None; sheet.units.len()];
        let stay = |list: &[usize]| -> Vec<usize> {
            list.iter().filter_map(|&n| spots[page].get(n)).filter(|s| s.page == page).map(|s| s.unit).collect()
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
    all
}
