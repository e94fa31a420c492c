//! Assigns a role to each unit of the clean text: headline 标题, kicker 引题, deck 副题, byline 署名, caption 图说 and so on.
//! At this point each unit is one line. Nothing here edits the text.

use super::{furniture, parts};
use crate::measure::Layout;
use crate::model::units::decoder::Decoder;
pub(crate) use crate::model::units::facts::Typeset;
use crate::model::units::facts::{Facts, KINDS, kind};
use crate::model::units::geometry::{self, PageExtent, Spot};
use crate::model::units::priors::{HEADLINE_BEHIND, HEADLINE_OF_REST, JUMP_LINE, NOTICE_OF_REPORT, SUBHEAD_OF_REPORT};
use crate::model::units::{Row, Weights};
use crate::proof::{Role, Unit};
use crate::vocabulary::Vocabulary;

/// Probability below which the role is unknown. Half of the less certain roles are wrong (`fit units --reliability`).
const MIN_CONFIDENCE: f32 = 0.3;

/// Memory that is reused from page to page.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    page: Layout,
    decoder: Decoder,
}

/// Reads the units of a clean text into `units`.
pub(crate) fn read(text: &str, set: Typeset<'_>, model: &Weights, memory: &mut Memory, units: &mut Vec<Unit>) {
    let Memory { page, decoder } = memory;
    let words = set.layout.vocabulary();
    let Cut { facts, spots } = cut(text, set, units, page);
    let mut rows = rows_of_text(text, units, &facts, model, words);
    let sheet = PageExtent::of(&spots);
    for (i, row) in rows.iter_mut().enumerate() {
        if let Some(bins) = geometry::bins(&spots, sheet, i) {
            geometry::add(&bins, row);
        }
    }
    model.decode(&rows, decoder);
    for ((unit, &kind), row) in units.iter_mut().zip(&decoder.kinds).zip(&decoder.probabilities) {
        let body = &text[unit.range.clone()];
        let of = |alike: fn(usize) -> bool| (0..row.len()).filter(|&k| alike(k)).map(|k| row[k]).sum::<f32>().min(1.0);
        // The words decide between 下转 and 上接, so both kinds count together.
        unit.confidence = if is_jump(kind) { of(is_jump) } else { row[kind] };
        // It can be certain that lines form a headline block although it is uncertain which of them is the kicker.
        let sure = if is_display(kind) { of(is_display) } else { row[kind] };
        unit.role = if sure < MIN_CONFIDENCE { Role::Unknown } else { role_of(kind, body, words) };
        parts::find(body, unit, words);
    }
}

/// The scores of the units by their texts.
pub(crate) fn rows_of_text(text: &str, units: &[Unit], facts: &Facts, model: &Weights, words: &Vocabulary) -> Vec<Row> {
    let behind = facts.headlines_behind();
    let jumps: Vec<Option<Role>> =
        units.iter().map(|unit| parts::whole_jump(&text[unit.range.clone()], words)).collect();
    let row = |i: usize| {
        let mut row = model.score(&facts.bins(i));
        if jumps[i].is_some() {
            row[const { kind("jump") }] += JUMP_LINE;
            row[const { kind("resume") }] += JUMP_LINE;
        }
        if facts.is_display(i) && jumps.get(i + 1) == Some(&Some(Role::Resume)) {
            row[const { kind("headline") }] += HEADLINE_OF_REST;
        }
        if facts.opens_report(i) {
            row[const { kind("short") }] += NOTICE_OF_REPORT;
        }
        if facts.opens_report(i + 1) {
            row[const { kind("subhead") }] += SUBHEAD_OF_REPORT;
        }
        if behind[i] {
            row[const { kind("headline") }] += HEADLINE_BEHIND;
        }
        row
    };
    (0..units.len()).map(row).collect()
}

/// The units of a clean text as they are measured.
pub(crate) struct Cut {
    pub facts: Facts,
    /// Where each stands; none for a text without places.
    pub spots: Vec<Option<Spot>>,
}

/// Cuts a clean text into units, finds the typeset lines of each, and measures them, with the memory of `page`.
pub(crate) fn cut(text: &str, set: Typeset<'_>, units: &mut Vec<Unit>, page: &mut Layout) -> Cut {
    let dropped = |line: usize| set.plan.is_dropped(line);
    let mut first_lines = Vec::new();
    let mut spots = Vec::new();
    let (mut line, mut at) = (0, 0);
    for body in text.split_inclusive('\n') {
        let range = at..at + body.trim_end_matches('\n').len();
        at += body.len();
        if range.is_empty() {
            continue;
        }
        let from = line;
        while set.anchors.get(line).is_some_and(|a| a.start < range.end || dropped(line)) {
            line += 1;
        }
        let mut first = None;
        let mut sources = Vec::with_capacity(line - from);
        for (kept, anchor) in (from..line).zip(&set.anchors[from..line]).filter(|&(line, _)| !dropped(line)) {
            first.get_or_insert(kept);
            sources.push(anchor.source.start as u64..anchor.source.end as u64);
        }
        if !set.places.is_empty() {
            let kept = (from..line).filter(|&k| !dropped(k));
            spots.push(Spot::of(kept.map(|k| set.places.get(k).copied().flatten())));
        }
        first_lines.push(first.map(|f| (f, sources.len())));
        units.push(Unit { range, sources, ..Unit::default() });
    }
    Cut { facts: Facts::measure(text, &set, &first_lines, page), spots }
}

fn is_jump(kind: usize) -> bool {
    matches!(KINDS[kind], "jump" | "resume")
}

fn is_display(kind: usize) -> bool {
    matches!(KINDS[kind], "headline" | "kicker" | "deck")
}

/// The role of a unit of this kind with the text `body`.
fn role_of(kind: usize, body: &str, words: &Vocabulary) -> Role {
    match KINDS[kind] {
        "headline" => Role::Headline,
        "kicker" => Role::Kicker,
        "deck" => Role::Deck,
        "subhead" => Role::Subhead,
        "byline" => Role::Byline,
        "sign" => Role::Signature,
        "caption" if parts::is_credit(body, words) => Role::Credit,
        "caption" => Role::Caption,
        "verse" => Role::Verse,
        "row" => Role::Row,
        "short" => Role::Notice,
        "contents" => Role::Index,
        "jump" | "resume" => match parts::whole_jump(body, words) {
            Some(role) => role,
            None if words.jumps_back.is_in(body) || words.jump_at_start(body).is_some() => Role::Resume,
            None => Role::Jump,
        },
        "furniture" => furniture::role(body, words),
        _ if parts::dateline(body, words) == Some(body.len()) => Role::Dateline,
        _ => Role::Body,
    }
}
