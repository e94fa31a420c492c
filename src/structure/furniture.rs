//! Page furniture: masthead 报头, folio, date line, editors' line, imprint. Known by the trade's own words in short
//! lines that are not running text; weak signs (a date, a section's name, pinyin capitals) need furniture beside them.

use crate::measure::Layout;
use crate::measure::furniture::{Sign, closed, is_date, is_issue, is_page, is_paper, is_section, is_weekday, sign};
use crate::model::lines::LineRole;
use crate::proof::{Role, Unit};

/// How far off furniture may stand that makes a weak sign one.
const NEAR: usize = 2;

/// How sure furniture by repetition is: set, not fitted; the bench has no issues of many pages.
const REPEATED: f32 = 0.95;

/// Which lines are furniture, into `found`.
pub fn find(text: &str, page: &Layout, roles: &[LineRole], found: &mut Vec<bool>) {
    found.clear();
    let signs: Vec<Sign> = page
        .lines
        .iter()
        .zip(roles)
        .map(|(line, role)| match role {
            LineRole::Middle => Sign::None,
            _ => {
                let body = &text[line.start as usize..line.end as usize];
                sign(body, line).max(closed(body).map_or(Sign::None, |closed| sign(&closed, line)))
            }
        })
        .collect();
    // A unit of two lines is furniture if both are: 国内统一连续出版物号：⏎CN…
    let mut signs = signs;
    for i in 0..signs.len() {
        let pair = roles[i] == LineRole::Start && roles.get(i + 1) == Some(&LineRole::End);
        match roles[i] {
            LineRole::Start if pair && signs[i].min(signs[i + 1]) != Sign::None => {
                let both = signs[i].max(signs[i + 1]);
                (signs[i], signs[i + 1]) = (both, both);
            }
            LineRole::Start => {
                signs[i] = Sign::None;
                if pair {
                    signs[i + 1] = Sign::None;
                }
            }
            LineRole::End if i == 0 || roles[i - 1] != LineRole::Start => signs[i] = Sign::None,
            _ => {}
        }
    }
    found.extend(signs.iter().map(|s| *s == Sign::Strong));
    // A weak sign beside furniture, from the top down and from the bottom up.
    let n = signs.len();
    let near = |found: &[bool], i: usize| found[i.saturating_sub(NEAR)..(i + NEAR + 1).min(n)].contains(&true);
    for i in 0..n {
        found[i] = found[i] || signs[i] == Sign::Weak && near(found, i);
    }
    for i in (0..n).rev() {
        found[i] = found[i] || signs[i] == Sign::Weak && near(found, i);
    }
}

/// Which kind of furniture a line is, that is known to be some: editors' line, folio, or masthead.
pub fn role(body: &str) -> Role {
    const EDITORS: &[&str] = &["编辑", "編輯", "责编", "責編", "美编", "校对", "校對", "版式", "组版", "值班", "编委"];
    let fields = || body.split(' ').filter(|w| !w.is_empty());
    if EDITORS.iter().any(|w| body.contains(w)) {
        Role::Editors
    } else if fields().all(|w| is_issue(w) || is_weekday(w) || is_date(w) || is_section(w) || is_page(w) || is_paper(w))
    {
        Role::Folio
    } else {
        Role::Masthead
    }
}

/// Lines that are furniture by repetition are set apart from the lines around them.
pub(crate) fn set_apart(repeated: &[bool], roles: &mut [LineRole]) {
    for i in (0..roles.len()).filter(|&i| repeated.get(i) == Some(&true)) {
        if let Some(above) = i.checked_sub(1).and_then(|k| roles.get_mut(k)) {
            *above = match *above {
                LineRole::Start => LineRole::Single,
                LineRole::Middle => LineRole::End,
                other => other,
            };
        }
        if let Some(below) = roles.get_mut(i + 1) {
            *below = match *below {
                LineRole::Middle => LineRole::Start,
                LineRole::End => LineRole::Single,
                other => other,
            };
        }
        roles[i] = LineRole::Display;
    }
}

/// Units that are furniture by repetition get its roles. `starts` says where each line begins in the clean text.
pub(crate) fn mark(text: &str, repeated: &[bool], starts: &[(usize, usize)], units: &mut [Unit]) {
    for (&(_, start), _) in starts.iter().zip(repeated).filter(|(_, r)| **r) {
        let n = units.partition_point(|u| u.range.end <= start);
        if let Some(unit) = units.get_mut(n)
            && unit.range.start == start
            && !unit.role.is_furniture()
        {
            let body = text.get(unit.range.clone()).unwrap_or_default();
            unit.role = match role(body) {
                // A running head names the section, seldom the paper.
                Role::Masthead if !body.split(' ').all(is_paper) => Role::Folio,
                role => role,
            };
            unit.confidence = REPEATED;
        }
    }
}
