//! Decisions of the user's rules and of a person, which override the model.

use super::MOST_ROUNDS;
use crate::document::edit::Edits;
use crate::document::{Document, LineAnchor};
use crate::measure::Layout;
use crate::options::CustomNames;
use crate::passes::{doubled, sentences};
use crate::plan::{LineDecision, LineRole, Plan};
use crate::proof::Break;
#[cfg(feature = "rules")]
use crate::rules::CustomRules;
use crate::text::ends::count_line_feeds;
use std::ops::Range;

/// Marks the lines that are furniture by a rule of the user.
#[cfg(feature = "rules")]
pub(super) fn custom_furniture(rules: &CustomRules, text: &str, layout: &Layout, lines: &mut [LineDecision]) {
    if rules.has_furniture() {
        for (line, decision) in layout.lines.iter().zip(lines) {
            decision.custom_furniture = rules.furniture(&text[line.start as usize..line.end as usize]);
        }
    }
}

/// Drops the lines whose text the edits delete: their breaks are gone, and no unit comes from them.
#[cfg(feature = "rules")]
pub(super) fn drop_deleted(edits: &Edits, anchors: &[LineAnchor], lines: &mut [LineDecision]) {
    let deletions: Vec<Range<usize>> =
        edits.as_slice().iter().filter(|e| edits.after(e).is_empty()).map(|e| e.start..e.end).collect();
    let mut first = 0;
    for (anchor, line) in anchors.iter().zip(lines) {
        first += deletions[first..].iter().take_while(|d| d.end <= anchor.start).count();
        let within = deletions[first..].iter().take_while(|d| d.start < anchor.end);
        let deleted: usize = within.map(|d| d.end.min(anchor.end) - d.start.max(anchor.start)).sum();
        line.dropped |= deleted > 0 && deleted == anchor.end - anchor.start;
    }
}

/// Drops the lines that are copies of lines above, as the page without its furniture shows: furniture stood between them, or
/// was a neighbour that made them look like a refrain.
pub(super) fn drop_copies(text: &str, layout: &Layout, memory: &mut doubled::Memory, lines: &mut [LineDecision]) {
    if !lines.iter().any(|line| line.dropped) {
        return;
    }
    for _ in 0..MOST_ROUNDS {
        // The page as it will be set, and where the text of each line is there.
        let mut set = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(lines.len());
        for (line, decision) in layout.lines.iter().zip(&*lines) {
            let start = set.len();
            if !decision.dropped {
                set.push_str(&text[line.start as usize..line.end as usize]);
            }
            places.push(start..set.len());
            if !decision.dropped && !decision.role.goes_on() {
                set.push('\n');
            }
        }
        let mut edits = Edits::new();
        doubled::propose(&set, memory, &mut edits, &mut Vec::new());
        let mut found = false;
        for edit in edits.as_slice() {
            let is_within = |place: &Range<usize>| edit.start <= place.start && place.end <= edit.end;
            for (line, _) in lines.iter_mut().zip(&places).filter(|(line, place)| !line.dropped && is_within(place)) {
                (line.dropped, line.copy, found) = (true, true, true);
            }
        }
        if !found {
            break;
        }
    }
}

/// Where printed lines are parted into sentences: a line with the end of a sentence inside is running text.
pub(super) fn printed_sentences(text: &str, layout: &Layout, lines: &mut [LineDecision]) {
    for (line, decision) in layout.lines.iter().zip(lines) {
        let body = &text[line.start as usize..line.end as usize];
        if decision.role == LineRole::Row && sentences::has_several(body, layout.vocabulary()) {
            decision.model_role = LineRole::End;
        }
    }
}

/// Joins the lines that are the sentences of one unit, on a page that has blank lines between its units and one sentence a
/// line. On other pages a line that no blank line follows goes on below, or is a unit; so it is on a page without a blank
/// line, which cannot tell its sentences from its units.
pub(super) fn join_sentences(text: &str, layout: &Layout, lines: &mut [LineDecision]) {
    let place = |i: usize| layout.lines[i].start as usize..layout.lines[i].end as usize;
    let n = lines.len().min(layout.lines.len());
    let ends = |i: &usize| i + 1 == n || text[place(*i).end..place(i + 1).start] != *"\n";
    let mut first = 0;
    let mut blocks = Vec::new();
    for last in (0..n).filter(ends) {
        let block = first..last + 1;
        if block.len() > 1 {
            if !sentences::are_parted(&text[place(first).start..place(last).end], layout.vocabulary()) {
                return;
            }
            blocks.push(block);
        }
        first = last + 1;
    }
    if blocks.first().is_none_or(|block| block.len() == n) {
        return;
    }
    let stays = |line: &LineDecision| !line.dropped && !line.is_set_apart();
    for block in blocks {
        let lines = &mut lines[block];
        let above = lines.len() - 1;
        if lines.iter().all(stays) {
            lines[..above].iter_mut().for_each(|line| line.ends_sentence = true);
        }
    }
    let kept: Vec<bool> = lines.iter().map(|line| !line.ends_sentence && !line.role.goes_on()).collect();
    set_roles(lines, |i| kept.get(i).copied().unwrap_or(true));
}

/// The places of the lines that [`join_sentences`] joined and that nobody parted again.
pub(super) fn sentence_lines(anchors: &[LineAnchor], lines: &[LineDecision]) -> Vec<usize> {
    let joined = anchors.iter().zip(lines).filter(|(_, line)| line.ends_sentence && line.role.goes_on());
    joined.map(|(anchor, _)| anchor.start).collect()
}

/// Decides the breaks after the lines that match a break rule of the user. Furniture joins no line.
#[cfg(feature = "rules")]
pub(super) fn custom_breaks(rules: &CustomRules, text: &str, layout: &Layout, lines: &mut [LineDecision]) {
    if !rules.has_breaks() {
        return;
    }
    let mut keep: Vec<bool> = lines.iter().map(|line| !line.role.goes_on()).collect();
    for i in 0..lines.len().saturating_sub(1) {
        let joinable = |line: &LineDecision| !line.dropped && !line.is_set_apart();
        if !joinable(&lines[i]) || !joinable(&lines[i + 1]) {
            continue;
        }
        let line = &layout.lines[i];
        if let Some((id, kept)) = rules.break_after(&text[line.start as usize..line.end as usize]) {
            keep[i] = kept;
            lines[i].custom_break = Some(id);
            lines[i].confidence = if kept { 1.0 } else { 0.0 };
        }
    }
    set_roles(lines, |i| keep[i]);
}

/// Asks for each break between two lines that stay, and gives the lines the roles that the answers want.
pub(super) fn ask(ask: &mut dyn FnMut(usize) -> Option<bool>, anchors: &[LineAnchor], lines: &mut [LineDecision]) {
    let mut keep: Vec<bool> = lines.iter().map(|line| !line.role.goes_on()).collect();
    for i in 0..lines.len().saturating_sub(1) {
        if !lines[i].dropped
            && !lines[i + 1].dropped
            && let Some(kept) = anchors.get(i).and_then(|anchor| ask(anchor.source.end))
        {
            keep[i] = kept;
            lines[i].decided = true;
            lines[i].custom_break = None;
            lines[i].confidence = if kept { 1.0 } else { 0.0 };
        }
    }
    set_roles(lines, |i| keep[i]);
}

/// Sets the roles of the lines so that exactly these breaks are kept.
pub(super) fn set_roles(lines: &mut [LineDecision], keep: impl Fn(usize) -> bool) {
    let n = lines.len();
    for (i, line) in lines.iter_mut().enumerate() {
        let joins_above = i > 0 && !keep(i - 1);
        let joins_below = i + 1 < n && !keep(i);
        line.role = match (joins_above, joins_below) {
            (false, true) => LineRole::Start,
            (true, true) => LineRole::Middle,
            (true, false) => LineRole::End,
            (false, false) if line.role.goes_on() || line.role.continues() => LineRole::Single,
            (false, false) => line.role,
        };
    }
}

/// The breaks of a page between lines that stay, in places of `raw` and of the document's text. A page that is not
/// traced does not know where its lines were in the source, so it has none.
pub(super) fn breaks(raw: &str, document: &Document, plan: &Plan, names: &CustomNames) -> Vec<Break> {
    if document.trace().is_none() {
        return Vec::new();
    }
    let (mut number, mut counted) = (1, 0);
    let mut breaks = Vec::new();
    for (i, (anchor, line)) in document.lines().iter().zip(&plan.lines).enumerate() {
        let is_last = i + 1 == plan.lines.len();
        if is_last || plan.is_dropped(i) || plan.is_dropped(i + 1) {
            continue;
        }
        let source = anchor.source.end;
        number += count_line_feeds(&raw[counted..source]);
        counted = source;
        breaks.push(Break {
            source: source as u64,
            line: number,
            at: anchor.end,
            kept: !line.role.goes_on(),
            probability: line.posterior,
            decided: line.decided,
            custom: line.custom_break.and_then(|id| names.get(id).cloned()),
        });
    }
    breaks
}
