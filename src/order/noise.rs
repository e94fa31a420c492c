//! Noise: what a recognizer read where there is no text, in pictures and rules, and lines that it could not read. The recognizer
//! doubts such lines itself. They would stand inside paragraphs, so they are read last.

use super::rows::{Joint, Row, join};
use super::straight_page::{Set, StraightPage, full_widths};
use crate::layout::{Line, Page};
use crate::measure::Place;
use crate::text::width::is_han;
use std::ops::Range;

/// A line of which a recognizer is less certain is noise, from 0 to 1. On 120 pages of tesseract 299 of 372 such lines are.
const DOUBTED: f32 = 0.35;
/// So is a line of few characters that do not stand as type does: 38 of 59.
const DOUBTED_IF_ODD: f32 = 0.55;
/// So is a single character: 24 of 26 that are more certain than that.
const DOUBTED_IF_SINGLE: f32 = 0.75;
/// How many characters are few, in full widths.
const FEW: f64 = 6.0;
/// The room that a full width of type takes along the line, in heights of the line.
const TYPE: Range<f64> = 0.35..1.4;
/// How high a line of a column is, in sizes of the body type.
const AS_HIGH: Range<f32> = 0.7..1.35;
/// If a greater share of the type of a page is doubted, the page was hard to read, and nothing is noise.
const MOST: f64 = 0.1;

/// For each line of a page whether it is noise.
pub(super) fn of(page: &Page, sheet: &StraightPage) -> Vec<bool> {
    let doubted: Vec<bool> = page.lines.iter().zip(&sheet.sets).map(|(line, set)| is_doubted(line, *set)).collect();
    let all: f64 = page.lines.iter().map(full_widths).sum();
    let of_doubted: f64 = page.lines.iter().zip(&doubted).filter(|(_, d)| **d).map(|(line, _)| full_widths(line)).sum();
    // How certain recognizers are of other scripts was not measured.
    let han = page.lines.iter().flat_map(Line::ink).filter(|&c| is_han(c)).count() as f64;
    if of_doubted > MOST * all || han < 0.5 * all { vec![false; doubted.len()] } else { doubted }
}

fn is_doubted(line: &Line, set: Option<Set>) -> bool {
    let certainty = line.confidence.filter(|_| !line.pieces.is_empty());
    let (Some(certainty), Some(set)) = (certainty, set) else { return false };
    // The last line of a paragraph is short, and recognizers doubt short lines.
    if line.ink().rev().take(2).any(|c| c == '。') {
        return false;
    }
    let widths = full_widths(line);
    let is_odd = || !TYPE.contains(&((set.right - set.left) / (widths * (set.bottom - set.top))));
    certainty < DOUBTED
        || certainty < DOUBTED_IF_ODD && widths <= FEW && is_odd()
        || certainty < DOUBTED_IF_SINGLE && line.ink().count() == 1
}

/// Whether a line of noise is as high as the body type: it was a line of a column, and its place there helps to find the order.
pub(super) fn fills_a_column(line: &Row) -> bool {
    AS_HIGH.contains(&line.em)
}

/// The noise of a page as one row, its lines in the order of the file and with blanks between them.
pub(super) fn row(mut noise: Vec<Row>) -> Option<Row> {
    noise.sort_by_key(|row| row.lines[0].0);
    noise.into_iter().reduce(|mut row, rest| {
        join(&mut row, rest, Joint::Space);
        row
    })
}

/// Where the noise of a page stands: in a column of its own.
pub(super) fn place(row: &Row) -> Place {
    Place {
        left: row.left,
        top: row.top,
        right: row.right,
        bottom: row.bottom,
        em: row.em,
        column_left: row.left,
        column_right: row.right,
        is_noise: true,
        ..Place::default()
    }
}
