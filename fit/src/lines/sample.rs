//! A page of lines to learn from: the bins of its features, and what the gold says of its lines and breaks.

use crate::align::align;
use crate::folds::{FOLDS, NO_FOLD};
use crate::gold::{Gold, GoldBreak, fold_char};
use crate::lines::perturb;
use qingyang::internals::measure::Layout;
use qingyang::internals::model::lines::LineRole;
use qingyang::internals::model::lines::dialects::{PAGE_TEMPLATES, page_bins};
use qingyang::internals::model::lines::templates::{BREAK_COUNT, Features, LINE_COUNT};
use std::collections::HashMap;

/// A page of lines with its gold.
pub struct Sample {
    pub id: String,
    pub channel: String,
    /// The kind of matter or damage that the page was made for.
    pub kind: String,
    pub raw: String,
    pub line_bins: Vec<[u16; LINE_COUNT]>,
    pub break_bins: Vec<[u16; BREAK_COUNT]>,
    /// The bins of the page.
    pub page_bins: [u16; PAGE_TEMPLATES.len()],
    /// The roles that the gold allows each line, a bit for each.
    pub allowed: Vec<u8>,
    pub breaks: Vec<GoldBreak>,
    /// The fold of each line's article.
    pub fold: Vec<usize>,
    /// Whether the folds are scored on this page.
    pub dev: bool,
    /// Whether the page is a variant of another.
    pub variant: bool,
}

impl Sample {
    /// Whether a fold leaves out a line.
    pub fn is_held_out(&self, line: usize, fold: usize) -> bool {
        fold != NO_FOLD && self.fold[line] == fold
    }

    /// The page, measured again. A variant's may differ from what its bins were made of.
    pub fn layout(&self) -> Layout {
        let (text, doubled) = qingyang::internals::fitting::prepare_for_roles(&self.raw);
        let mut page = Layout::default();
        page.measure(&text, &doubled);
        page.look_closer(&text);
        page
    }

    /// The fold whose model decides about a line. A line of no article, such as furniture, is the first fold's.
    pub fn judge_of(&self, line: usize) -> usize {
        if self.fold[line] == NO_FOLD { 0 } else { self.fold[line] }
    }
}

/// The gold of a page, as all its variants share it.
pub struct Source<'a> {
    pub id: &'a str,
    pub channel: &'a str,
    pub gold: &'a Gold,
    /// The fold of each unit of the gold.
    pub folds: Vec<usize>,
}

impl<'a> Source<'a> {
    /// The gold of a page whose units have these articles.
    pub fn new(id: &'a str, channel: &'a str, gold: &'a Gold, articles: &[Option<usize>]) -> Source<'a> {
        // A text that several units have goes to one fold.
        let by_text: HashMap<&String, usize> =
            gold.texts.iter().zip(articles).map(|(t, a)| (t, a.map_or(NO_FOLD, |a| a % FOLDS))).collect();
        Source { id, channel, gold, folds: gold.texts.iter().map(|t| by_text[t]).collect() }
    }

    /// A sample of this raw text. With a seed, its widths and doubled lines differ as other extractors make them.
    pub fn sample(&self, id: String, channel: &str, raw: &str, seed: Option<u64>) -> Sample {
        let (text, doubled) = qingyang::internals::fitting::prepare_for_roles(raw);
        let mut page = Layout::default();
        page.measure(&text, &doubled);
        page.look_closer(&text);
        if let Some(seed) = seed {
            perturb::widths(&mut page, seed);
        }
        let ends = gold_ends(&text, &page, self.gold);
        let breaks = breaks(&ends, self.gold);
        if let Some(seed) = seed {
            perturb::doubling(&mut page, seed, &breaks, |line| self.is_display(ends[line]));
        }
        let (line_bins, break_bins) = bins(&page);
        let unit_of = |end: &Option<(usize, usize)>| end.map(|(first, _)| self.gold.chars[first].unit);
        Sample {
            id,
            channel: channel.into(),
            kind: String::new(),
            raw: raw.into(),
            line_bins,
            break_bins,
            page_bins: page_bins(&page),
            allowed: ends.iter().map(|end| allowed(self.gold, *end)).collect(),
            breaks,
            fold: ends.iter().map(|end| unit_of(end).map_or(NO_FOLD, |unit| self.folds[unit])).collect(),
            dev: false,
            variant: false,
        }
    }

    /// Whether a line belongs to a unit of one line in display type.
    fn is_display(&self, end: Option<(usize, usize)>) -> bool {
        const DISPLAY: [&str; 6] = ["headline", "kicker", "deck", "caption", "subhead", "byline"];
        let roles = end.and_then(|(first, _)| self.gold.roles.get(self.gold.chars[first].unit));
        roles.is_some_and(|roles| roles.iter().any(|role| DISPLAY.contains(&role.as_str())))
    }
}

/// The first and the last gold character of each line.
fn gold_ends(text: &str, page: &Layout, gold: &Gold) -> Vec<Option<(usize, usize)>> {
    let mut chars = Vec::new();
    let mut line_of = Vec::new();
    for (k, l) in page.lines.iter().enumerate() {
        for c in text[l.start as usize..l.end as usize].chars().filter(|c| !c.is_whitespace()) {
            chars.push(fold_char(c));
            line_of.push(k);
        }
    }
    let mut ends = vec![None; page.lines.len()];
    for (found, line) in align(&chars, &gold.chars).into_iter().zip(line_of) {
        if let Some(at) = found {
            let first = ends[line].map_or(at, |(first, _)| first);
            ends[line] = Some((first, at));
        }
    }
    ends
}

/// What the gold says of the break below each line but the last.
fn breaks(ends: &[Option<(usize, usize)>], gold: &Gold) -> Vec<GoldBreak> {
    let between = |pair: &[Option<(usize, usize)>]| {
        let (Some((_, above)), Some((below, _))) = (pair[0], pair[1]) else { return GoldBreak::Unknown };
        let (a, b) = (gold.chars[above], gold.chars[below]);
        if a.unit != b.unit {
            GoldBreak::Broken
        } else if below != above + 1 {
            GoldBreak::Unknown
        } else if a.part != b.part {
            GoldBreak::Optional
        } else {
            GoldBreak::Joined
        }
    };
    ends.windows(2).map(between).collect()
}

/// The line roles that the gold allows a line.
fn allowed(gold: &Gold, end: Option<(usize, usize)>) -> u8 {
    let bit = |r: LineRole| 1u8 << r as u8;
    let joined = bit(LineRole::Start) | bit(LineRole::Middle) | bit(LineRole::End);
    match end.and_then(|(first, _)| gold.role(gold.chars[first])) {
        Some("para") => joined | bit(LineRole::Single),
        Some("verse" | "row" | "contents") => joined | bit(LineRole::Row),
        Some("short" | "sign") => joined | bit(LineRole::Row) | bit(LineRole::Single) | bit(LineRole::Display),
        Some("headline" | "kicker" | "deck" | "subhead" | "byline" | "caption" | "furniture" | "jump" | "resume") => {
            joined | bit(LineRole::Display)
        }
        _ => u8::MAX,
    }
}

type Bins = (Vec<[u16; LINE_COUNT]>, Vec<[u16; BREAK_COUNT]>);

/// The bins of each line and of each break.
fn bins(page: &Layout) -> Bins {
    let features = Features::new(page);
    let breaks = page.lines.len().saturating_sub(1);
    (
        (0..page.lines.len()).map(|k| features.line_bins(k)).collect(),
        (0..breaks).map(|k| features.break_bins(k)).collect(),
    )
}
