//! Decisions of the user's rules and of a person, which override the model.

#[cfg(feature = "rules")]
use crate::document::edit::Edits;
use crate::document::{Document, LineAnchor};
#[cfg(feature = "rules")]
use crate::measure::Layout;
use crate::options::CustomNames;
use crate::plan::{LineDecision, LineRole, Plan};
use crate::proof::{Break, Evidence};
#[cfg(feature = "rules")]
use crate::rules::CustomRules;
use crate::text::ends::count_line_feeds;
#[cfg(feature = "rules")]
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
        line.dropped |= deleted > 0 && deleted == anchor.end - anchor.start && !is_refilled(edits, anchor);
    }
}

/// Whether an edit puts text into a line. Text put in where the line begins goes to the line above.
#[cfg(feature = "rules")]
fn is_refilled(edits: &Edits, line: &LineAnchor) -> bool {
    let list = edits.as_slice();
    let behind = list.partition_point(|e| e.end <= line.start);
    list[behind..].iter().take_while(|e| e.end <= line.end).any(|e| !edits.after(e).is_empty())
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
            lines[i].keep_probability = if kept { 1.0 } else { 0.0 };
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
            // A decision does not change the model's probability.
            lines[i].keep_probability = lines[i].posterior;
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
pub(super) fn breaks(
    raw: &str,
    document: &Document,
    plan: &Plan,
    names: &CustomNames,
    why: &mut Vec<Vec<Evidence>>,
) -> Vec<Break> {
    let mut why = std::mem::take(why);
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
            why: why.get_mut(i).map(std::mem::take).unwrap_or_default(),
        });
    }
    breaks
}
