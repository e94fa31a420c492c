//! Headers and folios that repeat on page after page are furniture: the same short line near the same edge of three pages.
//! Digits and the names of sections may differ.

use crate::measure::folio::{is_date, is_folio_with, is_issue, is_paper, is_paper_section, is_weekday};
use crate::measure::furniture::MAX_EMS;
use crate::measure::{Class, Cue, Layout, Line};
use crate::plan::LineDecision;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::numbers::{is_numeral, is_zero};
use std::collections::{BTreeMap, BTreeSet};

/// Pages on which a line must stand. On two pages it may be chance.
const PAGES: usize = 3;
/// Lines between the edge of a page and a header or folio, at most.
const EDGE: usize = 4;
/// The same for a folio that is one by its fields: it may stand beside a masthead.
const FOLIO_EDGE: usize = 8;
/// Characters of a field that may be the name of a section.
const SECTION: usize = 6;

/// An edge of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Head,
    Foot,
}

/// A line without the characters that change from page to page.
type Key = (Edge, String);

/// The pages on which each key was seen, with the number that it had there.
#[derive(Debug, Default)]
pub(crate) struct Sightings {
    seen: BTreeMap<Key, Vec<(i64, Option<i64>)>>,
    pages: i64,
}

/// The lines that repeat in an issue.
#[derive(Debug, Default)]
pub(crate) struct Repeated(BTreeSet<Key>);

impl Sightings {
    /// Reads the lines of the next page.
    pub fn page(&mut self, text: &str, page: &Layout) {
        let mut here: BTreeMap<Key, Option<i64>> = BTreeMap::new();
        each(text, page, |_, edge, keys, body| {
            let number = body.split(|c: char| !c.is_ascii_digit()).find(|s| !s.is_empty()).and_then(|s| s.parse().ok());
            for key in keys {
                here.entry((edge, key)).or_insert(number);
            }
        });
        for (key, number) in here {
            self.seen.entry(key).or_default().push((self.pages, number));
        }
        self.pages += 1;
    }

    /// The lines that repeat often enough.
    pub fn repeated(self) -> Repeated {
        let often = |key: &str, seen: &[(i64, Option<i64>)]| {
            // A number alone may be anything. It is the folio where it rises with the pages.
            let alone = !key.chars().any(|c| c.is_alphabetic());
            let shift = |&(page, number): &(i64, Option<i64>)| Some(number? - page);
            let shifts = || seen.iter().map(shift);
            seen.len() >= PAGES && (!alone || shifts().all(|s| s.is_some() && Some(s) == shifts().next()))
        };
        Repeated(self.seen.into_iter().filter(|(key, n)| often(&key.1, n)).map(|(key, _)| key).collect())
    }
}

impl Repeated {
    /// Marks the lines of a page that repeat, and lists the lines that may print the page's number.
    pub fn find(&self, text: &str, page: &Layout, lines: &mut [LineDecision], folios: &mut Vec<String>) {
        folios.clear();
        each(text, page, |n, edge, keys, _| {
            if let Some(line) = lines.get_mut(n) {
                line.repeated |= keys.into_iter().any(|key| self.0.contains(&(edge, key)));
            }
        });
        let n = page.lines.len();
        for (i, line) in page.lines.iter().enumerate().filter(|(i, _)| *i < FOLIO_EDGE || i + FOLIO_EDGE >= n) {
            if let Some(body) = text.get(line.start as usize..line.end as usize)
                && (lines.get(i).is_some_and(|line| line.repeated) || is_folio_with(body, page.vocabulary()))
            {
                folios.push(body.to_string());
            }
        }
    }
}

/// Visits the lines near the edges that may be furniture.
fn each(text: &str, page: &Layout, mut take: impl FnMut(usize, Edge, Vec<String>, &str)) {
    let n = page.lines.len();
    for (i, line) in page.lines.iter().enumerate() {
        let edges = [(i < EDGE, Edge::Head), (i + EDGE >= n, Edge::Foot)];
        if !edges.iter().any(|e| e.0) || !may_be(line) {
            continue;
        }
        let Some(body) = text.get(line.start as usize..line.end as usize) else { continue };
        for (_, edge) in edges.into_iter().filter(|e| e.0) {
            take(i, edge, keys(body, page.vocabulary()), body);
        }
    }
}

/// Whether a line may be furniture. Bylines, jump lines and the titles of notices repeat too, and belong to articles.
fn may_be(line: &Line) -> bool {
    let article = matches!(
        line.cue,
        Cue::Byline | Cue::Jump | Cue::News | Cue::Wire | Cue::Notice | Cue::Source | Cue::Caption | Cue::Label
    );
    !article
        && line.width <= MAX_EMS * 2
        && !matches!(line.last, Class::Stop | Class::ClosedStop | Class::Comma | Class::Semicolon | Class::Enumeration)
}

/// The keys of a line: all of its fields, and only those that are furniture's.
fn keys(body: &str, words: &Vocabulary) -> Vec<String> {
    let fields: Vec<&str> = body.split(' ').flat_map(split_page).filter(|f| !f.is_empty()).collect();
    let mut whole: Vec<String> =
        fields.iter().map(|f| if is_paper_section(f, words) { "§".into() } else { blank(f) }).collect();
    let number = |f: &str| f.len() <= 3 && f.bytes().all(|b| b.is_ascii_digit());
    let furniture = |f: &str| is_issue(f) || is_date(f) || is_weekday(f) || is_paper(f, words) || number(f);
    let mut sure: Vec<String> = fields.iter().filter(|f| furniture(f)).map(|f| blank(f)).collect();
    let name = |f: &str| f.chars().count() <= SECTION && f.chars().all(char::is_alphabetic);
    let named = fields.iter().all(|f| furniture(f) || name(f));
    // Left and right pages mirror each other.
    whole.sort_unstable();
    sure.sort_unstable();
    let mut keys = Vec::new();
    if body.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some() || body.bytes().all(|b| b.is_ascii_digit()) {
        keys.push(whole.join(" "));
    }
    if named && !sure.is_empty() && sure.len() < fields.len() {
        keys.push(sure.join(" "));
    }
    keys
}

/// Splits 第3版要闻 into two fields.
fn split_page(field: &str) -> impl Iterator<Item = &str> {
    let cut = match field.find('版') {
        Some(at) if is_issue(&field[..at + '版'.len_utf8()]) => at + '版'.len_utf8(),
        _ => field.len(),
    };
    let (page, rest) = field.split_at(cut);
    [page, rest].into_iter()
}

/// Replaces each number, in digits or in Han, with the same sign.
fn blank(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    for c in field.chars() {
        let number = c.is_ascii_digit() || is_numeral(c) || is_zero(c) || matches!(c, '廿' | '卅');
        match number {
            true if out.ends_with('#') => {}
            true => out.push('#'),
            false => out.push(c),
        }
    }
    out
}
