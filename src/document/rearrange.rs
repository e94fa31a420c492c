//! Moves units to another place on their page or on another page of the issue: computes the edits and the new positions.
//! A move is a removal and an insertion, so that the ledger records both.

use crate::document::edit::Edits;
use crate::proof::{Part, Unit};
use crate::rule::Rule;

/// One unit in the new order of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step {
    /// The page that it comes from.
    pub page: usize,
    /// Its number there.
    pub unit: usize,
    /// Whether it comes from another place. The units that do not move keep their order.
    pub moves: bool,
    /// Whether it continues the unit before it, with nothing between them.
    pub glued: bool,
}

/// Where a unit is after the move.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Spot {
    /// Its page.
    pub page: usize,
    /// Its number there.
    pub unit: usize,
    /// Its first byte.
    pub start: usize,
}

/// Units in their new order.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// The units of each page.
    pub units: Vec<Vec<Unit>>,
    /// For each page and unit of the old order, the new place.
    pub spots: Vec<Vec<Spot>>,
}

/// A page whose units may move.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageText<'a> {
    /// Its current text.
    pub text: &'a str,
    /// The units of the text.
    pub units: &'a [Unit],
}

/// Proposes the edits that bring the units of page `here` into the order of `steps`. `between` separates two units.
pub(crate) fn propose(
    sheets: &[PageText<'_>],
    here: usize,
    steps: &[Step],
    between: &str,
    rule: Rule,
    edits: &mut Edits,
) {
    let Some(&PageText { text, units }) = sheets.get(here) else { return };
    let mut changes: Vec<(usize, usize, String)> = Vec::new();
    let mut stays = vec![false; units.len()];
    let mut last: Option<usize> = None; // the last unit that stays
    let mut put = String::new();
    let mut close = |last: Option<usize>, put: &mut String| {
        let at = last.map_or(0, |n| units[n].range.end);
        if !put.is_empty() {
            changes.push((at, at, std::mem::take(put)));
        }
    };
    for step in steps {
        let Some(unit) = sheets.get(step.page).and_then(|s| s.units.get(step.unit)) else { continue };
        if step.moves {
            let body = &sheets[step.page].text[unit.range.clone()];
            match last {
                Some(_) if step.glued => put.push_str(body),
                Some(_) => put.extend([between, body]),
                None => put.extend([body, between]),
            }
            continue;
        }
        close(last, &mut put);
        stays[step.unit] = true;
        last = Some(step.unit);
    }
    close(last, &mut put);
    for step in steps.iter().filter(|s| s.glued && !s.moves && s.unit > 0) {
        changes.push((units[step.unit - 1].range.end, units[step.unit].range.start, String::new()));
    }
    let mut n = 0;
    while n < units.len() {
        let run = stays[n..].iter().take_while(|&&s| !s).count();
        if run > 0 {
            let start = if n == 0 { 0 } else { units[n - 1].range.end };
            let end = match units.get(n + run) {
                Some(next) if n == 0 => next.range.start,
                None if n == 0 => text.len(),
                _ => units[n + run - 1].range.end,
            };
            changes.push((start, end, String::new()));
        }
        n += run.max(1);
    }
    changes.sort_by_key(|c| (c.0, c.1));
    for (start, end, put) in changes {
        edits.replace(start..end, &put, rule);
    }
}

/// The units in their new order. `plan` has the steps of each page; `between` is the length of a separator in bytes.
pub(crate) fn settle(pages: &[&[Unit]], plan: &[Vec<Step>], between: usize) -> Settled {
    let mut settled = Settled {
        units: plan.iter().map(|steps| Vec::with_capacity(steps.len())).collect(),
        spots: pages.iter().map(|units| vec![Spot::default(); units.len()]).collect(),
    };
    for (page, steps) in plan.iter().enumerate() {
        let list = &mut settled.units[page];
        let mut at = 0;
        for step in steps {
            let Some(old) = pages.get(step.page).and_then(|units| units.get(step.unit)) else { continue };
            let glued = step.glued && !list.is_empty();
            if !list.is_empty() && !glued {
                at += between;
            }
            let (from, len) = (old.range.start, old.range.len());
            let mut unit = old.clone();
            unit.range = at..at + len;
            for part in &mut unit.parts {
                part.range = part.range.start - from + at..part.range.end - from + at;
            }
            settled.spots[step.page][step.unit] = Spot { page, unit: list.len() - usize::from(glued), start: at };
            at += len;
            match list.last_mut() {
                Some(above) if glued => {
                    above.range.end = unit.range.end;
                    if unit.role != above.role && unit.parts.is_empty() {
                        above.parts.push(Part { role: unit.role, range: unit.range });
                    }
                    above.parts.append(&mut unit.parts);
                    above.sources.append(&mut unit.sources);
                }
                _ => list.push(unit),
            }
        }
    }
    settled
}

impl Settled {
    /// Translates byte `at` of the old text of `page` to its new page and byte. `units` are the old units of `page`.
    pub fn place(&self, page: usize, units: &[Unit], at: usize) -> (usize, usize) {
        // A place between two units moves with the unit before it.
        let n = units.partition_point(|u| u.range.start <= at).saturating_sub(1);
        match (units.get(n), self.spots.get(page).and_then(|s| s.get(n))) {
            (Some(unit), Some(spot)) => {
                (spot.page, spot.start + at.clamp(unit.range.start, unit.range.end) - unit.range.start)
            }
            _ => (page, at),
        }
    }
}
