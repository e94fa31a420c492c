//! How the copies that begin at one line are arranged, if there are any.

use super::chains::{chain, joined_tiling};
use super::find::{Cuts, Find, Span};
use super::lines::{Gaps, Looked};
use super::look::{may_overlap, may_tile};
use super::tiling::{Setting, doubled_lead_in, doubled_quotes, tiled_line};
use crate::text::width::is_han;
use crate::vocabulary::BUILT_IN;

/// How a line is doubled, alone or with the lines below it. `marked` tells that it may have a doubled mark.
#[inline]
pub(super) fn find_at(
    text: &str,
    lines: &[Span],
    looked: Looked,
    marked: bool,
    gaps: &Gaps,
    set: &mut Setting,
    cuts: &mut Cuts,
) -> Option<Find> {
    let Looked { line: i, overlaps, tiles } = looked;
    let (line, below) = (lines[i], lines.get(i + 1));
    let mut find = None;
    if overlaps && below.is_some_and(|&below| may_overlap(text.as_bytes(), line, below)) {
        find = chain(text, lines, i, marked, gaps, cuts).or_else(|| joined_tiling(text, lines, i, set, cuts));
    }
    if tiles && find.is_none() && may_tile(text, line) && !is_row_of_labels(text, line, below) {
        find = tiled_line(text, line, i, set, cuts);
    }
    if marked && find.is_none() {
        find = doubled_lead_in(text, line, i, set, cuts).or_else(|| doubled_quotes(text, line, i, cuts));
    }
    find
}

/// Whether a line is two equal labels side by side, as the line below shows: it has two other labels of one length in the
/// same places, as `客户端 微信号` is below `中国教育报 中国教育报`. A post and a name are no labels.
fn is_row_of_labels(text: &str, line: Span, below: Option<&Span>) -> bool {
    let fields = |span: Span| -> Option<[&str; 2]> {
        let mut fields = text[span.start..span.end].split_ascii_whitespace();
        let pair = [fields.next()?, fields.next()?];
        fields.next().is_none().then_some(pair)
    };
    let (Some([a, b]), Some([c, d])) = (fields(line), below.and_then(|&below| fields(below))) else { return false };
    let label = |s: &str| s.chars().all(is_han);
    a == b && c != d && c.len() == d.len() && [a, c, d].into_iter().all(label) && !BUILT_IN.posts.ends(c)
}
