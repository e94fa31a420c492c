//! Page furniture 版面要素: masthead 报头, folio, date line, editors' line, imprint. Phrases of the trade show it in short
//! lines that are not running text. A weak sign (a date, the name of a section, capitals of pinyin) counts only near
//! other furniture.

use crate::measure::Layout;
use crate::measure::folio::{is_date, is_issue, is_page, is_paper, is_paper_section, is_weekday};
use crate::measure::furniture::{Sign, closed, sign};
use crate::model::units::facts::Typeset;
use crate::model::units::priors::{NOISE, REPEATED};
use crate::plan::{LineDecision, LineRole};
use crate::proof::{Role, Unit};
use crate::rule::CustomId;
use crate::vocabulary::Vocabulary;

/// Lines between a weak sign and the furniture that confirms it, at most.
const NEAR: usize = 2;

/// Decides which lines are furniture and are removed: those that look so, and those that come again on other pages.
pub(crate) fn find(text: &str, layout: &Layout, lines: &mut [LineDecision]) {
    let words = layout.vocabulary();
    let mut signs: Vec<Sign> = layout
        .lines
        .iter()
        .zip(lines.iter())
        .map(|(line, decision)| match decision.role {
            LineRole::Middle => Sign::None,
            _ => {
                let body = &text[line.start as usize..line.end as usize];
                sign(body, line, words).max(closed(body).map_or(Sign::None, |closed| sign(&closed, line, words)))
            }
        })
        .collect();
    agree_in_units(&mut signs, lines);
    let found = spread(&signs);
    for (line, found) in lines.iter_mut().zip(found) {
        line.dropped = found || line.is_set_apart();
    }
}

/// The lines that are removed, as they would be set.
pub(crate) fn dropped(text: &str, layout: &Layout, lines: &[LineDecision]) -> Vec<String> {
    let dropped = layout.lines.iter().zip(lines).filter(|(_, decision)| decision.dropped);
    let bodies = dropped.map(|(line, _)| &text[line.start as usize..line.end as usize]);
    bodies.map(|body| closed(body).unwrap_or_else(|| body.to_string())).collect()
}

/// A unit of two lines is furniture if both lines are: 国内统一连续出版物号：⏎CN…. A longer unit is not.
fn agree_in_units(signs: &mut [Sign], lines: &[LineDecision]) {
    let role = |i: usize| lines.get(i).map(|line| line.role);
    for i in 0..signs.len() {
        let pair = role(i) == Some(LineRole::Start) && role(i + 1) == Some(LineRole::End);
        match role(i) {
            Some(LineRole::Start) if pair && signs[i].min(signs[i + 1]) != Sign::None => {
                let both = signs[i].max(signs[i + 1]);
                (signs[i], signs[i + 1]) = (both, both);
            }
            Some(LineRole::Start) => {
                signs[i] = Sign::None;
                if pair {
                    signs[i + 1] = Sign::None;
                }
            }
            Some(LineRole::End) if i == 0 || role(i - 1) != Some(LineRole::Start) => signs[i] = Sign::None,
            _ => {}
        }
    }
}

/// The lines with a strong sign, and those with a weak sign near them: from the top down, then from the bottom up.
fn spread(signs: &[Sign]) -> Vec<bool> {
    let n = signs.len();
    let mut found: Vec<bool> = signs.iter().map(|s| *s == Sign::Strong).collect();
    let near = |found: &[bool], i: usize| found[i.saturating_sub(NEAR)..(i + NEAR + 1).min(n)].contains(&true);
    for i in (0..n).chain((0..n).rev()) {
        found[i] = found[i] || signs[i] == Sign::Weak && near(&found, i);
    }
    found
}

/// The kind of a line of furniture: editors' line, folio or masthead.
pub fn role(body: &str, words: &Vocabulary) -> Role {
    let fields = || body.split(' ').filter(|w| !w.is_empty());
    if words.editors.is_in(body) {
        Role::Editors
    } else if fields().all(|w| {
        is_issue(w) || is_weekday(w) || is_date(w) || is_paper_section(w, words) || is_page(w) || is_paper(w, words)
    }) {
        Role::Folio
    } else {
        Role::Masthead
    }
}

/// Cuts lines that are furniture whatever they look like off from the lines around them.
pub(crate) fn set_apart(lines: &mut [LineDecision]) {
    for i in (0..lines.len()).filter(|&i| lines[i].is_set_apart()).collect::<Vec<_>>() {
        if let Some(above) = i.checked_sub(1).and_then(|k| lines.get_mut(k)) {
            above.role = match above.role {
                LineRole::Start => LineRole::Single,
                LineRole::Middle => LineRole::End,
                other => other,
            };
        }
        if let Some(below) = lines.get_mut(i + 1) {
            below.role = match below.role {
                LineRole::Middle => LineRole::Start,
                LineRole::End => LineRole::Single,
                other => other,
            };
        }
        lines[i].role = LineRole::Display;
    }
}

/// Gives the roles of furniture to units that are set apart. `rule_role` is the role that a rule of the user gives.
pub(crate) fn mark(text: &str, set: Typeset<'_>, rule_role: impl Fn(CustomId) -> Option<Role>, units: &mut [Unit]) {
    let Typeset { layout, plan, anchors, .. } = set;
    let words = layout.vocabulary();
    // A line that is removed has no unit; what begins at its place now is another line.
    let kept = |line: &LineDecision| line.is_set_apart() && !line.dropped;
    for (anchor, line) in anchors.iter().zip(&plan.lines).filter(|(_, line)| kept(line)) {
        let start = anchor.start;
        let n = units.partition_point(|u| u.range.end <= start);
        let Some(unit) = units.get_mut(n).filter(|unit| unit.range.start == start) else { continue };
        if line.noise {
            (unit.role, unit.confidence) = (Role::Noise, NOISE);
        } else if let Some(role) = line.custom_furniture.and_then(&rule_role) {
            (unit.role, unit.confidence) = (role, 1.0);
        } else if !unit.role.is_furniture() {
            let body = text.get(unit.range.clone()).unwrap_or_default();
            unit.role = match role(body, words) {
                // A running head names the section, and seldom the paper.
                Role::Masthead if !body.split(' ').all(|w| is_paper(w, words)) => Role::Folio,
                role => role,
            };
            unit.confidence = REPEATED;
        }
    }
}
