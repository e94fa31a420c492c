//! Finds the jump lines of an issue and pairs them: by page numbers; where these leave a choice by the words of the headlines;
//! and where the headlines decide nothing by words that only two of the texts share.

use super::issue_page::IssuePage;
use crate::measure::folio::is_folio;
use crate::proof::{Article, Followed};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::jumps::{self, Label, Marker, Way};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Share of the shorter headline's pairs of characters that the other headline of the same text must have.
const ALIKE: f32 = 0.3;
/// By how much the best headline must exceed the next.
const MARGIN: f32 = 0.2;
/// Characters of the text beside a jump line that are compared where headlines decide nothing.
const NEAR: usize = 700;
/// Pairs of characters that only two of the texts compared share: at least this many, and this many more than twice the
/// next best. Thirty stories of the bench's generator were cut in halves, and two to four pairs were offered at once: 40 to
/// 50 of 100 were found, and 1 in 6000 was wrong.
const SHARED: usize = 4;
const SHARED_MARGIN: usize = 2;
/// Texts that are compared at once, at most.
const MAX_TEXTS: usize = 8;
/// Jump lines of a page, at most. A front page has ten.
const JUMPS_A_PAGE: usize = 40;
/// Pairs that are compared, at most. An issue of a hundred pages has some hundreds.
const MAX_CHOICES: usize = 20_000;
/// Bytes of the longest headline with its jump line on the same line: 30 Han.
const SHORT: usize = 90;
/// Units between the edge of a page and its folio, at most.
const EDGE: usize = 8;

/// A jump line and its place.
#[derive(Debug)]
pub(super) struct Found {
    pub page: usize,
    pub unit: usize,
    pub marker: Marker,
    pub title: String,
    pub followed: Followed,
}

/// The number of each page: as its folio prints it; else by its position, if the printed numbers agree with theirs.
pub(super) fn labels(sheets: &[IssuePage]) -> Vec<Option<Label>> {
    let printed: Vec<Option<Label>> = sheets.iter().map(|sheet| sheet.label).collect();
    let shifts: BTreeSet<i64> =
        printed.iter().zip(sheets).filter_map(|(l, s)| Some(i64::from((*l)?.number) - s.leaf as i64)).collect();
    let shift = match shifts.len() {
        0 => Some(1),
        1 => shifts.first().copied(),
        _ => None,
    };
    let by_place = |n: usize| {
        let number = u32::try_from(n as i64 + shift?).ok().filter(|&n| n > 0)?;
        Some(Label { letter: None, number })
    };
    printed.into_iter().zip(sheets).map(|(l, s)| l.or_else(|| by_place(s.leaf))).collect()
}

/// The number that a page prints in its furniture.
pub(super) fn printed(sheet: &IssuePage) -> Option<Label> {
    let n = sheet.units.len();
    let near = |i: usize| i < EDGE || i + EDGE >= n;
    let units = sheet.units.iter().enumerate().filter(|&(i, u)| near(i) && u.role.is_furniture());
    let units = units.filter_map(|(_, u)| sheet.page.text().get(u.range.clone()));
    let mut found: Option<Label> = None;
    for label in units.chain(sheet.folios.iter().map(String::as_str)).filter_map(jumps::of_folio) {
        if found.is_some_and(|f| !f.agrees(label)) {
            return None;
        }
        found = Some(label);
    }
    found
}

/// Adds the jump lines of a page.
pub(super) fn find(page: usize, sheet: &IssuePage, vocabulary: &Vocabulary, all: &mut Vec<Found>) {
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
            // A page with so many is no page of a paper. None of its jump lines is followed.
            all.truncate(first);
            break;
        }
        let Some(text) = sheet.page.text().get(unit.range.clone()) else { continue };
        let short =
            |m: &Marker| m.range.start <= SHORT && !text[..m.range.start].trim_end().ends_with(['。', '！', '”']);
        let end = vocabulary.jump_at_end(text).filter(|m| m.way == Way::On || unit.role.is_headline() || short(m));
        for marker in [vocabulary.jump_at_start(text), end].into_iter().flatten() {
            let mut title = marker.title.clone();
            for &h in of[n].iter().flat_map(|a| &a.headline) {
                title.push_str(headline(sheet, h, vocabulary));
            }
            // A headline that was not grouped with the jump line may still be the unit above it.
            if of[n].is_none_or(|a| a.headline.is_empty()) && marker.way == Way::Back && n > 0 {
                title.push_str(headline(sheet, n - 1, vocabulary));
            }
            all.push(Found { page, unit: n, marker, title, followed: Followed::Alone });
        }
    }
}

/// The text of a unit that is a headline. Dates and bylines are the same all over an issue and are left out.
fn headline<'a>(sheet: &'a IssuePage, unit: usize, vocabulary: &Vocabulary) -> &'a str {
    let Some(unit) = sheet.units.get(unit).filter(|u| u.role.is_headline()) else { return "" };
    let text = &sheet.page.text()[unit.range.clone()];
    let byline = vocabulary.opens_as_byline(text);
    if byline || is_folio(text) || sheet.folios.iter().any(|f| f == text) { "" } else { text }
}

/// Finds the words near a jump line.
pub(super) type Words<'a> = &'a dyn Fn(&Found) -> HashSet<[char; 2]>;

/// Pairs jump lines by page numbers, where these leave a choice by headlines, and where those leave one by the words near.
pub(super) fn pair(found: &mut [Found], labels: &[Option<Label>], words: Words<'_>) -> Vec<(usize, usize)> {
    let mut by_number: BTreeMap<u32, Vec<usize>> = BTreeMap::new(); // jump lines that point back, by their page
    for (n, f) in found.iter().enumerate().filter(|(_, f)| f.marker.way == Way::Back) {
        if let Some(label) = labels[f.page] {
            by_number.entry(label.number).or_default().push(n);
        }
    }
    let fits = |named: Label, page: usize| labels[page].is_some_and(|l| l.agrees(named));
    // For each jump line those that may answer it, and how alike their headlines are.
    let mut can: Vec<Vec<(usize, f32)>> = vec![Vec::new(); found.len()];
    let mut choices = 0;
    for (a, x) in found.iter().enumerate().filter(|(_, f)| f.marker.way == Way::On) {
        for &b in by_number.get(&x.marker.label.number).into_iter().flatten() {
            let y = &found[b];
            if x.page != y.page && fits(x.marker.label, y.page) && fits(y.marker.label, x.page) && choices < MAX_CHOICES
            {
                choices += 1;
                let score = alike(&x.title, &y.title);
                can[a].push((b, score));
                can[b].push((a, score));
            }
        }
    }
    let mut pairs = Vec::new();
    let mut taken = vec![choices == MAX_CHOICES; found.len()];
    loop {
        let before = pairs.len();
        for a in 0..found.len() {
            if found[a].marker.way == Way::On
                && !taken[a]
                && let Some(b) = best(a, found, &can, &taken, words)
                && best(b, found, &can, &taken, words) == Some(a)
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
        let left = |n: usize| !taken[n] || choices == MAX_CHOICES;
        if left(n) && list.iter().any(|&(m, _)| left(m)) {
            found[n].followed = Followed::Several;
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The only answer left for `n`, or the one whose headline or text is clearly the most alike.
fn best(n: usize, found: &[Found], can: &[Vec<(usize, f32)>], taken: &[bool], words: Words<'_>) -> Option<usize> {
    let left = |n: usize| can[n].iter().copied().filter(|&(m, _)| !taken[m]);
    let mut list: Vec<(usize, f32)> = left(n).collect();
    list.sort_by(|a, b| b.1.total_cmp(&a.1));
    match list[..] {
        [(only, _)] => return Some(only),
        [(first, score), (_, next), ..] if score >= ALIKE && score - next >= MARGIN => return Some(first),
        [] => return None,
        _ => {}
    }
    // The texts compared: those that may answer it, and those that they may answer.
    let mut texts: BTreeSet<usize> = BTreeSet::new();
    for &(m, _) in &list {
        texts.insert(m);
        texts.extend(left(m).take(MAX_TEXTS + 1).map(|l| l.0));
        if texts.len() > MAX_TEXTS {
            return None;
        }
    }
    let mut often: HashMap<[char; 2], u32> = HashMap::new();
    let words: BTreeMap<usize, HashSet<[char; 2]>> = texts.iter().map(|&t| (t, words(&found[t]))).collect();
    words.values().flatten().for_each(|w| *often.entry(*w).or_default() += 1);
    let shared = |m: usize| words[&n].iter().filter(|w| often.get(*w) == Some(&2) && words[&m].contains(*w)).count();
    let mut scores: Vec<(usize, usize)> = list.iter().map(|l| (shared(l.0), l.0)).collect();
    scores.sort_unstable_by(|a, b| b.cmp(a));
    match scores[..] {
        [(first, m), (next, _), ..] if first >= SHARED && first >= 2 * next + SHARED_MARGIN => Some(m),
        _ => None,
    }
}

/// The words right before a jump line that points on, or right after one that points back, as pairs of characters.
pub(super) fn words_near(sheet: &IssuePage, found: &Found, vocabulary: &Vocabulary) -> HashSet<[char; 2]> {
    let Found { unit, ref marker, .. } = *found;
    let text = |n: usize| &sheet.page.text()[sheet.units[n].range.clone()];
    let running = |n: &usize| !sheet.units[*n].role.is_headline() && !sheet.units[*n].role.is_furniture();
    let own = text(unit);
    let mut words = HashSet::new();
    let mut take = |part: &str, left: usize| {
        let letters: Vec<char> = part.chars().filter(|c| c.is_alphanumeric()).take(left).collect();
        words.extend(letters.windows(2).map(|w| [w[0], w[1]]));
        left - letters.len()
    };
    match marker.way {
        Way::On => {
            let mut left = take(own.get(..marker.range.start).unwrap_or_default(), NEAR);
            for n in (0..unit).rev().take_while(running) {
                left = take(text(n), left);
                if left == 0 || vocabulary.jump_at_start(text(n)).is_some() {
                    break;
                }
            }
        }
        Way::Back => {
            let mut left = take(own.get(marker.range.end..).unwrap_or_default(), NEAR);
            for n in (unit + 1..sheet.units.len()).take_while(running) {
                if left == 0 || vocabulary.jump_at_start(text(n)).is_some() {
                    break;
                }
                left = take(text(n), left);
            }
        }
    }
    words
}

/// Share of the pairs of characters of the shorter headline that the other headline has.
fn alike(a: &str, b: &str) -> f32 {
    let pairs = |s: &str| -> BTreeSet<[char; 2]> {
        let letters: Vec<char> = s.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|w| [w[0], w[1]]).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { a.intersection(&b).count() as f32 / least as f32 }
}
