//! Moves the text after a jump line that points back to the place after the jump line that points to it.

use super::issue_page::IssuePage;
use super::pairs::{Found, labels, pair, words_near};
use super::stitch::{Runs, carry_out};
use crate::options::Options;
use crate::proof::{Article, Followed, Jump, Role, Unit};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::jumps::Way;
use std::collections::BTreeMap;

/// Pairs the jump lines of the issue and joins the texts that they separate.
pub(super) fn follow(sheets: &mut [IssuePage], found: &mut Vec<Found>, options: &Options, vocabulary: &Vocabulary) {
    let labels = labels(sheets);
    let pairs = pair(found, &labels, &|f| words_near(&sheets[f.page], f, vocabulary));
    let mut owners = owners(sheets, found, vocabulary);
    let holders = holders(found, &owners);
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new(); // jump line that points back → the one that points there
    for (on, back) in pairs {
        let at = &found[back];
        let has_text = owners[at.page].contains(&Some(back)) || trailing(sheets, at).is_some();
        let moves = has_text && !closes_circle(&holders, &joined, on, back) && !goes_on(sheets, &found[on], vocabulary);
        found[on].followed = if moves { Followed::Yes } else { Followed::Nothing };
        found[back].followed = found[on].followed;
        if moves {
            joined.insert(back, on);
            cut(sheets, found, &mut owners, back);
        }
    }
    for f in &*found {
        let unit = &sheets[f.page].units[f.unit];
        let text = sheets[f.page].page.text()[unit.range.clone()].get(f.marker.range.clone()).unwrap_or_default();
        let line = if f.marker.way == Way::On { unit.sources.last() } else { unit.sources.first() };
        let jump = Jump { source: line.map_or(0, |r| r.start), text: text.trim().to_string(), followed: f.followed };
        sheets[f.page].jumps.push(jump);
    }
    if !joined.is_empty() {
        let runs = runs(found, &owners, &joined);
        carry_out(sheets, found, &runs, options);
    }
}

/// For each jump line that is followed, the units that move after it.
fn runs(found: &[Found], owners: &[Vec<Option<usize>>], joined: &BTreeMap<usize, usize>) -> Runs {
    let run = |(&back, &on): (&usize, &usize)| {
        let page = found[back].page;
        let list = owners[page].iter().enumerate().filter(|(_, o)| **o == Some(back)).map(|(n, _)| n).collect();
        ((found[on].page, found[on].unit), (page, list))
    };
    joined.iter().map(run).collect()
}

/// Whether the text already continues after the jump line.
fn goes_on(sheets: &[IssuePage], on: &Found, vocabulary: &Vocabulary) -> bool {
    let sheet = &sheets[on.page];
    let next = on.unit + 1;
    let together = |a: &&Article| a.body.contains(&on.unit) && a.body.contains(&next);
    sheet.units.get(next).is_some_and(|u| u.role == Role::Body && !resumes(sheet, next, vocabulary))
        && sheet.articles.iter().any(|a| together(&a))
}

fn resumes(sheet: &IssuePage, unit: usize, vocabulary: &Vocabulary) -> bool {
    sheet.units.get(unit).is_some_and(|u| vocabulary.jump_at_start(&sheet.page.text()[u.range.clone()]).is_some())
}

/// For each unit of each page the jump line that it continues: up to the next jump line, the end of the article, or the
/// next headline where nothing is grouped.
fn owners(sheets: &[IssuePage], found: &[Found], vocabulary: &Vocabulary) -> Vec<Vec<Option<usize>>> {
    let mut owners: Vec<Vec<Option<usize>>> = sheets.iter().map(|s| vec![None; s.units.len()]).collect();
    for (n, f) in found.iter().enumerate().filter(|(_, f)| f.marker.way == Way::Back) {
        let sheet = &sheets[f.page];
        let article = sheet.articles.iter().find(|a| a.body.contains(&f.unit) || a.headline.contains(&f.unit));
        let mut body = vec![article.is_none(); sheet.units.len()];
        article.iter().flat_map(|a| &a.body).for_each(|&n| body[n] = true);
        for unit in f.unit + 1..sheet.units.len() {
            let role = sheet.units[unit].role;
            if resumes(sheet, unit, vocabulary) || article.is_none() && role.is_headline() {
                break;
            }
            if !role.is_furniture() && body[unit] {
                owners[f.page][unit] = Some(n);
            }
        }
    }
    owners
}

/// For each jump line the continuation that holds it.
fn holders(found: &[Found], owners: &[Vec<Option<usize>>]) -> Vec<Option<usize>> {
    let mut backs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (n, f) in found.iter().enumerate().filter(|(_, f)| f.marker.way == Way::Back) {
        backs.entry((f.page, f.unit)).or_insert(n);
    }
    let holder = |f: &Found| match f.marker.way {
        Way::Back => None,
        Way::On => owners[f.page][f.unit].or_else(|| backs.get(&(f.page, f.unit)).copied()),
    };
    found.iter().map(holder).collect()
}

/// Whether the text after `back` holds, directly or through other jumps, the jump line `on`.
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

/// The text after a jump line that opens a paragraph, and its place in the paragraph.
fn trailing<'a>(sheets: &'a [IssuePage], f: &Found) -> Option<(usize, &'a str)> {
    let sheet = &sheets[f.page];
    let text = &sheet.page.text()[sheet.units[f.unit].range.clone()];
    let rest = text.get(f.marker.range.end..)?.trim_start();
    (!rest.is_empty()).then_some((text.len() - rest.len(), rest))
}

/// Splits the jump line that opens a paragraph into a unit of its own.
fn cut(sheets: &mut [IssuePage], found: &mut [Found], owners: &mut [Vec<Option<usize>>], back: usize) {
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
