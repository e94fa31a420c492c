//! Rules that keep a second cleaning from changing anything: they drop copies that show only once furniture is removed, and keep
//! lines that are already sentences.

use super::MOST_ROUNDS;
use super::decide::set_roles;
use crate::document::LineAnchor;
use crate::document::edit::Edits;
use crate::measure::Layout;
use crate::passes::{doubled, sentences};
use crate::plan::{LineDecision, LineRole};
use std::ops::Range;

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
