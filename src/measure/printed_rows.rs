//! Printed rows that arrived in pieces. Some text layers end a line after every mark, or tear it at a quotation mark. The widths of
//! the pieces still tell the rows: those of a full row add up to the measure, those of the first row of a paragraph to the measure
//! less its indent, and the last row is short. A semi-Markov model of rows gives each break the probabilities that it is inside
//! a row, at the end of a row, or at the end of a unit. It sees widths only; the model of lines weighs what it says.

mod fits;

use super::line::Line;
use fits::{BEGINS, Cuts, Fits, GOES_ON, PIECES, Piece, Ways};

/// Lines on each side of a stretch that vote on its measure.
const BESIDE: usize = 24;
/// How many likely measures of a stretch are compared.
const MEASURES: usize = 4;
/// How many times the widest pieces fill a row at most.
const WIDEST: i32 = 3;
/// Lines that have one measure.
const STRETCH: usize = 32;
/// What a break is, by its likeliest place in a row, and how sure that is: at least 0.97, at least 0.8, less.
const SURE: [f64; 2] = [0.97, 0.8];
/// Kinds of places: inside a row, at the end of a row, at the end of a unit, each in three grades.
pub const ROW_KINDS: usize = 3 * (SURE.len() + 1);
/// Shares of the row ends that are ends of full rows, which part pages that the rows explain badly, fairly and well. Where the
/// measure is not that of the page, its lines are read as short last rows.
const EXPLAINED: [f64; 2] = [0.45, 0.65];
/// How many places a break can have in its row: nothing known, and each kind on each sort of page.
pub const ROW_PLACES: usize = 1 + ROW_KINDS * (EXPLAINED.len() + 1);

/// Whether a place is more likely inside a row than at the end of one, however sure that is.
pub(super) fn may_be_inside_row(place: u8) -> bool {
    (1..=3).contains(&row_kind(place).0)
}

/// Fills in the [place in its row](Line::row_place) of the break below each line. `elsewhere` is the share of the lines that are cut
/// after no mark.
pub(super) fn find(lines: &mut [Line], elsewhere: f64) {
    let cuts = Cuts::of(lines, elsewhere);
    let pieces = Piece::all(lines, cuts);
    let mut rows = Rows::default();
    let fits: Vec<Fits> = measures_of(&pieces, &mut rows).into_iter().map(Fits::new).collect();
    let of_line = |line: usize| &fits[line / STRETCH];
    rows.forward(&pieces, of_line);
    rows.backward(&pieces, of_line);
    let breaks = lines.len().saturating_sub(1);
    let of_breaks: Vec<[f64; 2]> = (1..=breaks).map(|at| rows.probabilities(at)).collect();
    let [units, full] = of_breaks.iter().fold([0.0; 2], |[units, full], [unit, row]| [units + unit, full + row]);
    let explained = steps(full / (units + full).max(1.0), EXPLAINED);
    for (line, &[ends_unit, ends_row]) in lines.iter_mut().zip(&of_breaks) {
        line.row_place = place(1.0 - ends_unit - ends_row, ends_row, ends_unit, explained);
    }
}

/// How many of the steps a share reaches.
fn steps(share: f64, steps: [f64; 2]) -> u8 {
    steps.iter().map(|&step| u8::from(share >= step)).sum()
}

/// The place of a break by the probabilities that it is inside a row, at the end of a row, and at the end of a unit.
fn place(inside: f64, ends_row: f64, ends_unit: f64, explained: u8) -> u8 {
    let (kind, p) = [(0, inside), (1, ends_row), (2, ends_unit)]
        .into_iter()
        .fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best });
    let grade = SURE.iter().map(|&step| u8::from(p < step)).sum::<u8>();
    1 + explained * ROW_KINDS as u8 + kind * 3 + grade
}

/// The kind of a place from 1 on, and how well rows explain the page; 0 where nothing is known.
#[inline(always)]
pub fn row_kind(place: u8) -> (u8, u8) {
    const KINDS: u8 = ROW_KINDS as u8;
    let known = place.saturating_sub(1);
    (if place > 0 { known % KINDS + 1 } else { 0 }, known / KINDS)
}

/// Whether a unit rather surely ends at a place: one of the first two grades.
#[inline(always)]
pub fn ends_unit(place: u8) -> bool {
    let (kind, _) = row_kind(place);
    (kind == 7) | (kind == 8)
}

/// Whether a place is rather surely inside a row.
#[inline(always)]
pub fn is_inside_row(place: u8) -> bool {
    let (kind, _) = row_kind(place);
    (kind == 1) | (kind == 2)
}

/// The measure of each stretch of lines, in half-widths. A stretch whose own sums mislead takes that of a neighbour if it explains
/// the lines better.
fn measures_of(pieces: &[Piece], rows: &mut Rows) -> Vec<i32> {
    let windows: Vec<&[Piece]> = (0..pieces.len())
        .step_by(STRETCH)
        .map(|from| &pieces[from.saturating_sub(BESIDE)..(from + STRETCH + BESIDE).min(pieces.len())])
        .collect();
    let likely: Vec<Vec<i32>> = windows.iter().map(|window| likely_measures(window)).collect();
    let own = windows.iter().zip(&likely).map(|(window, likely)| best_measure(window, likely, rows));
    let own: Vec<(f64, i32)> = own.collect();
    let with_neighbours = |(k, window): (usize, &&[Piece])| {
        let (total, measure) = own[k];
        let beside = [k.wrapping_sub(1), k + 1].into_iter().filter_map(|k| own.get(k).map(|&(_, measure)| measure));
        // Its likely measures do not explain it better than the best of them.
        let new: Vec<i32> = beside.filter(|beside| *beside != measure && !likely[k].contains(beside)).collect();
        let other = best_measure(window, &new, rows);
        if other.0 > total { other.1 } else { measure }
    };
    windows.iter().enumerate().map(with_neighbours).collect()
}

/// Of some measures, the first that explains the lines best, behind the logarithm of how well it does.
fn best_measure(window: &[Piece], measures: &[i32], rows: &mut Rows) -> (f64, i32) {
    let mut best = (f64::NEG_INFINITY, 2);
    for (k, &measure) in measures.iter().enumerate() {
        if measures[..k].contains(&measure) {
            continue;
        }
        let fits = Fits::new(measure);
        rows.forward(window, |_| &fits);
        if rows.total > best.0 {
            best = (rows.total, measure);
        }
    }
    best
}

/// A line that ends in no mark ends a row, so the widths from some line above it add up to the measure. The sums that most of
/// them have are the likely measures.
fn likely_measures(window: &[Piece]) -> Vec<i32> {
    let mut widest = [0i32; 3];
    for piece in window {
        let mut width = piece.width;
        for place in &mut widest {
            (*place, width) = ((*place).max(width), (*place).min(width));
        }
    }
    let widest = widest[window.len().clamp(1, 3) - 1].max(2);
    let (low, high) = (widest - 2, widest * WIDEST + 2);
    let mut votes = vec![0u32; (high - low + 5) as usize];
    for last in (0..window.len()).filter(|&last| !window[last].is_marked) {
        let mut sum = 0;
        for piece in window[..=last].iter().rev().take(PIECES) {
            sum += piece.width;
            if let Ok(sum) = usize::try_from(sum - low + 2)
                && let Some(votes) = votes.get_mut(sum)
            {
                *votes += 1;
            }
        }
    }
    let near = |w: &[u32]| w[0] + 2 * w[1] + 4 * w[2] + 2 * w[3] + w[4];
    let sums: Vec<u32> = votes.windows(5).map(near).collect();
    let at = |k: usize| sums.get(k).copied().unwrap_or_default();
    let is_peak = |&k: &usize| at(k) >= at(k.wrapping_sub(1)) && at(k) > at(k + 1);
    let mut peaks: Vec<usize> = (0..sums.len()).filter(is_peak).collect();
    peaks.sort_by_key(|&k| std::cmp::Reverse(at(k)));
    peaks.truncate(MEASURES);
    if peaks.is_empty() { vec![widest] } else { peaks.into_iter().map(|peak| low + peak as i32).collect() }
}

/// The weights of all ways to read a page, up to each break and from it on. `scales` holds the logarithm of what they were divided
/// by to stay in range.
#[derive(Default)]
struct Rows {
    above: Vec<Ways>,
    below: Vec<Ways>,
    scales: [Vec<f64>; 2],
    total: f64,
}

impl Rows {
    /// Reads the pieces downwards. `fits` gives the measure around each of them.
    fn forward<'a>(&mut self, pieces: &[Piece], fits: impl Fn(usize) -> &'a Fits) {
        let n = pieces.len();
        let Rows { above, scales: [scales, _], total, .. } = self;
        above.clear();
        above.resize(n + 1, [0.0; 2]);
        above[0] = [1.0, 0.0];
        scales.clear();
        let mut scale = 0.0;
        for from in 0..n {
            scales.push(scale);
            let [begins, goes_on] = above[from];
            let below = &mut above[from + 1..(from + 1 + PIECES).min(n + 1)];
            for (row, to) in fits(from).rows(&pieces[from..]).zip(&mut *below) {
                for (k, to) in to.iter_mut().enumerate() {
                    *to += begins * row[BEGINS][k] + goes_on * row[GOES_ON][k];
                }
            }
            scale += rescale(below);
        }
        scales.push(scale);
        *total = above[n][BEGINS].ln() + scale;
    }

    /// Reads the pieces upwards.
    fn backward<'a>(&mut self, pieces: &[Piece], fits: impl Fn(usize) -> &'a Fits) {
        let n = pieces.len();
        let Rows { below, scales: [_, scales], .. } = self;
        below.clear();
        below.resize(n + 1, [0.0; 2]);
        below[n] = [1.0, 0.0];
        scales.clear();
        scales.resize(n + 1, 0.0);
        let mut scale = 0.0;
        for from in (0..n).rev() {
            let mut ways = [0.0; 2];
            for (row, to) in fits(from).rows(&pieces[from..]).zip(&below[from + 1..]) {
                for (way, weights) in ways.iter_mut().zip(row) {
                    *way += weights[BEGINS] * to[BEGINS] + weights[GOES_ON] * to[GOES_ON];
                }
            }
            below[from] = ways;
            let until = (from + PIECES).min(n + 1);
            scales[from] = scale;
            let by = rescale(&mut below[from..until]);
            scales[from..until].iter_mut().for_each(|scale| *scale += by);
            scale += by;
        }
    }

    /// The probabilities that a break ends a unit, and that it ends a row inside one.
    fn probabilities(&self, at: usize) -> [f64; 2] {
        let scale = self.scales[0][at] + self.scales[1][at] - self.total;
        let ways = |k: usize| {
            let weight = self.above[at][k] * self.below[at][k];
            if weight > 0.0 { (weight.ln() + scale).exp().min(1.0) } else { 0.0 }
        };
        [ways(BEGINS), ways(GOES_ON)]
    }
}

/// Divides weights by their largest where it is small, and returns the logarithm of the divisor.
fn rescale(ways: &mut [Ways]) -> f64 {
    const SMALL: f64 = 1e-60;
    if ways.iter().flatten().any(|&way| way > SMALL) {
        return 0.0;
    }
    let largest = ways.iter().flatten().fold(0.0, |a: f64, &b| a.max(b));
    if largest == 0.0 {
        return 0.0;
    }
    ways.iter_mut().flatten().for_each(|way| *way /= largest);
    largest.ln()
}

#[cfg(test)]
mod tests {
    use super::super::class::Class;
    use super::*;
    use proptest::prelude::*;

    const CUTS: Cuts = Cuts { after_marks: 0.5, elsewhere: 0.02 };

    fn line(width: u16, marked: bool) -> Line {
        Line { width, last: if marked { Class::Stop } else { Class::Han }, ..Line::BEYOND_PAGE }
    }

    /// The probabilities of each break, from all ways to part the pieces into rows.
    fn by_enumeration(pieces: &[Piece], fits: &[Fits]) -> Vec<[f64; 2]> {
        fn read(
            pieces: &[Piece],
            fits: &[Fits],
            from: usize,
            state: usize,
            weight: f64,
            path: &mut Vec<(usize, usize)>,
            sums: &mut Vec<[f64; 2]>,
        ) -> f64 {
            if from == pieces.len() {
                let weight = if state == BEGINS { weight } else { 0.0 };
                path.iter().filter(|(at, _)| *at < pieces.len()).for_each(|&(at, state)| sums[at - 1][state] += weight);
                return weight;
            }
            let mut total = 0.0;
            for (below, row) in (from + 1..).zip(fits[from / STRETCH].rows(&pieces[from..])) {
                for to in [BEGINS, GOES_ON] {
                    path.push((below, to));
                    total += read(pieces, fits, below, to, weight * row[state][to], path, sums);
                    path.pop();
                }
            }
            total
        }
        let mut sums = vec![[0.0; 2]; pieces.len().saturating_sub(1)];
        let total = read(pieces, fits, 0, BEGINS, 1.0, &mut Vec::new(), &mut sums);
        sums.iter().map(|sum| sum.map(|weight| weight / total)).collect()
    }

    proptest! {
        #[test]
        fn the_recursion_gives_what_all_ways_to_part_the_lines_give(
            made in prop::collection::vec((0u16..50, any::<bool>()), 1..9)
        ) {
            let lines: Vec<Line> = made.iter().map(|&(width, marked)| line(width, marked)).collect();
            let (pieces, mut rows) = (Piece::all(&lines, CUTS), Rows::default());
            let fits: Vec<Fits> = measures_of(&pieces, &mut rows).into_iter().map(Fits::new).collect();
            rows.forward(&pieces, |line| &fits[line / STRETCH]);
            rows.backward(&pieces, |line| &fits[line / STRETCH]);
            for (at, expected) in (1..).zip(by_enumeration(&pieces, &fits)) {
                let found = rows.probabilities(at);
                prop_assert!((0..2).all(|k| (found[k] - expected[k]).abs() < 1e-9), "{}: {:?} {:?}", at, found, expected);
            }
        }

        #[test]
        fn any_widths_give_places(widths in prop::collection::vec((prop::sample::select(vec![0, 1, 2, 40, 41, 90, 16_383]), any::<bool>()), 0..200)) {
            let mut lines: Vec<Line> = widths.iter().map(|&(width, marked)| line(width, marked)).collect();
            find(&mut lines, 0.02);
            prop_assert!(lines.iter().rev().skip(1).all(|line| (1..ROW_PLACES as u8).contains(&line.row_place)));
        }
    }

    /// Paragraphs of an indented row, two full rows and a short one. Marks cut the rows, each at other places.
    fn paragraphs(number: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        for k in 0..number {
            for (row, width) in [36, 40, 40, 22].into_iter().enumerate() {
                let cut = 6 + (k * 7 + row as u16 * 11) % 13;
                lines.extend([line(cut, true), line(width - cut, row == 3)]);
            }
        }
        lines
    }

    #[test]
    fn pieces_that_fill_rows_are_inside_them_and_a_short_last_row_ends_its_unit() {
        let mut lines = paragraphs(6);
        find(&mut lines, 0.02);
        let breaks = || lines[..lines.len() - 1].iter().enumerate();
        let of = |is: fn(u8) -> bool| breaks().filter(|(_, l)| is(l.row_place)).map(|(k, _)| k).collect::<Vec<_>>();
        assert_eq!(of(ends_unit), [7, 15, 23, 31, 39]);
        assert_eq!(of(is_inside_row), (0..24).map(|k| 2 * k).collect::<Vec<_>>());
        assert!(
            lines[..lines.len() - 1].iter().all(|line| row_kind(line.row_place).1 == 2),
            "rows explain the page well"
        );
    }

    #[test]
    fn a_long_page_stays_in_range() {
        let mut lines = paragraphs(1_000);
        find(&mut lines, 0.02);
        let ends = (1..999).filter(|&k| (7..=9).contains(&row_kind(lines[8 * k - 1].row_place).0)).count();
        // A paragraph in thirteen has cuts that can be read in two ways.
        assert!(ends > 900, "{ends}");
    }
}
