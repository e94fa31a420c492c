//! The width of the column around each line, and how lines differ from it: narrower by an indent, too wide for any column, short in
//! a run.

use super::class::{Class, breaks_off};
use super::line::Line;
use crate::vocabulary::cues::{Cue, Tail};
use wide::{CmpEq, i16x8, u16x8};

/// Lines on each side in which the widest column is looked for: a poem or a table is among columns.
pub(super) const AROUND: usize = 24;

/// Half-widths of the widest column that text is wrapped to. E-texts stop at forty em; terminals at a hundred and
/// twenty half-widths, on every line.
const WIDEST_COLUMN: u16 = 100;

/// Lines on each side from which a column's width is read. A paragraph of a newspaper has about seven.
const COLUMN_LINES: usize = 8;

/// Windows that are computed at once.
const LANES: usize = 8;

/// Finds the columns of pages, and keeps its memory from page to page.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnFinder {
    /// Widths of the page's lines, with zeros before and after them.
    widths: Vec<u16>,
    /// Width of the column in each window. It may be longer than the page.
    windows: Vec<u16>,
    /// Maxima over neighbours, beside those of the lines' own list.
    wider: Vec<u16>,
}

impl ColumnFinder {
    /// Finds the width of the column up to each line, and from each line on.
    pub fn find(&mut self, lines: &[Line], above: &mut Vec<u16>, below: &mut Vec<u16>) {
        let n = lines.len();
        let ColumnFinder { widths, windows, .. } = self;
        // A window is the column above its last line and the column below its first line, so one list serves for
        // both.
        let blocks = n.div_ceil(LANES) + 1;
        widths.clear();
        widths.resize(LANES, 0);
        widths.extend(lines.iter().map(|l| l.width));
        widths.resize((blocks + 2) * LANES, 0);
        if windows.len() < blocks * LANES {
            windows.resize(blocks * LANES, 0);
        }
        // Votes of the block above, which the first block does not have, and of this block.
        let mut votes = [[0; 2 * LANES]; COLUMN_LINES];
        for (k, columns) in windows.as_chunks_mut().0[..blocks].iter_mut().enumerate() {
            if let Some(widths) = widths[k * LANES..].first_chunk() {
                let new = votes_around(widths, n.saturating_sub(k * LANES));
                for (votes, new) in votes.iter_mut().zip(new) {
                    votes.copy_within(LANES.., 0);
                    votes[LANES..].copy_from_slice(&new);
                }
                *columns = shared_widths(widths, &votes);
            }
        }
        above.clear();
        above.extend_from_slice(&windows[LANES + 1 - COLUMN_LINES..][..n]);
        below.clear();
        below.extend_from_slice(&windows[LANES..][..n]);
    }

    /// Marks the lines that are narrower than their column by an indent, and those that no column holds.
    pub fn mark_edges(&self, lines: &mut [Line], column_below: &[u16], measures: &[u16]) {
        let n = lines.len();
        let widths = &self.widths;
        let (widths, next) = (&widths[LANES..][..n], &widths[LANES + 1..][..n]);
        let columns = next.iter().zip(column_below);
        for (i, ((line, &width), (&next, &below))) in lines.iter_mut().zip(widths).zip(columns).enumerate() {
            // Narrower than the next line or its column by an indent of two em.
            let indent = |full: u16| full.wrapping_sub(width).wrapping_sub(3) <= 2;
            line.narrow = indent(next) | indent(below);
            line.unbroken = width > WIDEST_COLUMN && stands_alone(widths, i);
        }
        if let Some(last) = lines.last_mut() {
            last.narrow = false;
        }
        for i in 0..n {
            if lines[i].unbroken {
                if let Some(below) = lines.get(i + 1)
                    && is_cut(&lines[i], below)
                {
                    lines[i].unbroken = false;
                    continue;
                }
                let around = &lines[i.saturating_sub(COLUMN_LINES)..(i + COLUMN_LINES).min(n)];
                lines[i].unbroken = !is_wrapped(around, measures[i]);
            }
        }
    }

    /// Finds the widest column around each line, and marks the runs of lines that are much shorter.
    pub fn mark_short_runs(&mut self, lines: &mut [Line], column_above: &[u16], widest: &mut Vec<u16>) {
        let n = lines.len();
        // The widest column around each line: maxima over 2, 4, 8 … neighbours, each computed from the ones before.
        // Two buffers take turns.
        let wider = &mut self.wider;
        widest.clear();
        widest.resize(AROUND, 0);
        widest.extend_from_slice(column_above);
        widest.resize(n + 2 * AROUND, 0);
        let mut reach = 1;
        while reach < 2 * AROUND + 1 {
            let step = reach.min(2 * AROUND + 1 - reach);
            wider.clear();
            wider.extend(widest.iter().zip(&widest[step..]).map(|(a, b)| *a.max(b)));
            std::mem::swap(widest, wider);
            reach += step;
        }
        // Downwards each line of a run gets its number in the run. Upwards all of them get the number of the last
        // one.
        let mut run = 0u32;
        for (line, &widest) in lines.iter_mut().zip(&*widest) {
            let short = u32::from(line.width) * 10 <= u32::from(widest) * 8;
            run = (run + 1) * u32::from(short);
            line.short_run = run.min(255) as u8;
        }
        let mut run = 0;
        for line in lines.iter_mut().rev() {
            // All bits, or none: a branch would be taken as often as not.
            let in_run = u8::from(line.short_run > 0).wrapping_neg();
            run = line.short_run.max(run) & in_run;
            line.short_run = run;
        }
    }
}

/// Whether hardly a line around this one is as wide.
#[cold]
fn stands_alone(widths: &[u16], line: usize) -> bool {
    let around = &widths[line.saturating_sub(COLUMN_LINES)..(line + COLUMN_LINES).min(widths.len())];
    around.iter().filter(|width| width.abs_diff(widths[line]) <= 3).count() <= 2
}

/// Whether a wide line is wrapped: it breaks off inside a sentence, and a word or the lost indent below proves that the
/// sentence goes on.
pub(crate) fn is_cut(line: &Line, below: &Line) -> bool {
    let even = line.width.abs_diff(below.width) <= 4;
    let goes_on = line.bond >= 3 || below.indent.saturating_add(2) <= line.indent || line.last != Class::Han || even;
    goes_on && may_be_cut(line, below)
}

/// Whether a wide line breaks off inside a sentence, and the line below may be the rest of it.
pub(crate) fn may_be_cut(line: &Line, below: &Line) -> bool {
    const OPEN: u32 = Class::set(&[Class::Han, Class::Comma, Class::Enumeration]);
    let running =
        line.marks > 0 && line.last.is_in(OPEN) && line.tail == Tail::None && !line.label && line.late_gaps == 0;
    let begins = below.blanks > 0 || below.indent > line.indent || below.cue.is_item() || below.cue == Cue::Jump;
    // No line of a paragraph is wider than its measure, and the rest of a sentence has marks, too.
    let rest = below.width <= line.width.saturating_add(4) && (below.marks > 0 || !breaks_off(below.last));
    running && !begins && rest
}

/// Whether lines are wrapped at a measure that lies by some glyphs, as in a scan: a third of them are nearly as wide, none is
/// much wider, and half of them break off inside a sentence.
#[cold]
fn is_wrapped(around: &[Line], measure: u16) -> bool {
    let (slack, widest) = (measure / 12, around.iter().map(|line| line.width).max().unwrap_or_default());
    let near = around.iter().filter(|line| line.width.abs_diff(measure) <= slack).count();
    let cut = around.iter().filter(|line| breaks_off(line.last)).count();
    let many = around.len() > COLUMN_LINES; // fewer lines may be paragraphs of one length
    many && widest <= measure.saturating_add(slack) && 3 * near >= around.len() && 2 * cut >= around.len()
}

/// For each line of a block and each place that it may have in a window: how many of the window's lines are as wide,
/// give or take a half-width. Lines from the `ours`th on are beyond the page and count nothing. The widths are those
/// of the blocks above and below, too.
#[inline(always)] // a call would pass the lanes through memory
fn votes_around(widths: &[u16; 3 * LANES], ours: usize) -> [[u16; LANES]; COLUMN_LINES] {
    const EDGE: [u16; 2 * LANES] = {
        let mut edge = [0; 2 * LANES];
        edge.split_at_mut(LANES).0.copy_from_slice(&[u16::MAX; LANES]);
        edge
    };
    let ours = lanes(&EDGE, LANES - ours.min(LANES));
    let less = lanes(widths, LANES) - u16x8::splat(1);
    // A comparison gives -1 where it is true.
    let near = |k: usize| (lanes(widths, k) - less).saturating_sub(u16x8::splat(2)).cmp_eq(u16x8::ZERO);
    let mut below = [u16x8::ZERO; COLUMN_LINES];
    for k in 1..COLUMN_LINES {
        below[k] = below[k - 1] - near(LANES + k);
    }
    let mut above = u16x8::splat(1);
    std::array::from_fn(|k| {
        if k > 0 {
            above -= near(LANES - k);
        }
        ((above + below[COLUMN_LINES - 1 - k]) & ours).to_array()
    })
}

/// For each window that begins at a line of the block: the width that most of its lines share, or the larger one of
/// two.
#[inline(always)]
fn shared_widths(widths: &[u16; 3 * LANES], votes: &[[u16; 2 * LANES]; COLUMN_LINES]) -> [u16; LANES] {
    // Signed, because every machine has a maximum of signed numbers.
    let signed = |all: &[u16], k: usize| i16x8::new(lanes(all, k).to_array().map(|n| n as i16));
    let most = (0..COLUMN_LINES).fold(i16x8::ZERO, |most, k| most.max(signed(&votes[k], k)));
    let best =
        (0..COLUMN_LINES).fold(i16x8::ZERO, |best, k| best.max(signed(&votes[k], k).cmp_eq(most) & signed(widths, k)));
    best.to_array().map(|width| width as u16)
}

#[inline(always)]
fn lanes(all: &[u16], from: usize) -> u16x8 {
    u16x8::new(*all[from..].first_chunk().unwrap_or(&[0; LANES]))
}

#[cfg(test)]
mod tests {
    use crate::measure::{Layout, Line};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_line_of_a_short_run_knows_its_length(widths in prop::collection::vec((1usize..40, 1usize..300), 1..12)) {
            // Lines of one width in a row, so that runs exceed what a byte can count.
            let text: String = widths.iter().map(|&(width, times)| (String::from("渠").repeat(width) + "\n").repeat(times)).collect();
            let mut page = Layout::default();
            page.measure(&text, &[]);
            let is_short = |(line, &widest): (&Line, &u16)| u32::from(line.width) * 10 <= u32::from(widest) * 8;
            let short: Vec<bool> = page.lines.iter().zip(&page.column_around).map(is_short).collect();
            for (i, line) in page.lines.iter().enumerate() {
                let above = short[..i].iter().rev().take_while(|&&s| s).count();
                let below = short[i..].iter().take_while(|&&s| s).count();
                let run = if short[i] { above + below } else { 0 };
                prop_assert_eq!(usize::from(line.short_run), run.min(255), "line {}", i);
            }
        }
    }
}
