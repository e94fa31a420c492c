//! Printed rows that arrived in pieces. Some text layers end a line after every mark, or tear it at a quotation mark. The widths of
//! the pieces still tell the rows: those of a full row add up to the measure, those of the first row of a paragraph to the measure
//! less its indent, and the last row is short. A semi-Markov model of rows gives each break the probabilities that it is inside
//! a row, at the end of a row, or at the end of a unit. It sees widths only; the model of lines weighs what it says.

use super::class::Class;
use super::line::Line;

/// Pieces that a row may have.
const PIECES: usize = 14;
/// Lines on each side of a stretch that vote on its measure.
const BESIDE: usize = 24;
/// How many likely measures of a stretch are compared.
const MEASURES: usize = 4;
/// How many times the widest pieces fill a row at most.
const WIDEST: i32 = 3;
/// Lines that have one measure.
const STRETCH: usize = 32;
/// Width of an indent, in half-widths.
const INDENT: i32 = 4;
/// Rows whose cuts are less likely than this are not looked at.
const LEAST: f64 = 1e-6;
/// How likely a full row misses the measure by so many half-widths. Digits, Latin and marks are set in widths that a text layer
/// does not tell.
const MISSES: [f64; 7] = [0.2, 0.18, 0.14, 0.08, 0.04, 0.016, 0.006];
/// What a break is, by its likeliest place in a row, and how sure that is: at least 0.97, at least 0.8, less.
const SURE: [f64; 2] = [0.97, 0.8];
/// Kinds of places: inside a row, at the end of a row, at the end of a unit, each in three grades.
pub const ROW_KINDS: usize = 3 * (SURE.len() + 1);
/// Shares of the row ends that are ends of full rows, which part pages that the rows explain badly, fairly and well. Where the
/// measure is not that of the page, its lines are read as short last rows.
const EXPLAINED: [f64; 2] = [0.45, 0.65];
/// How many places a break can have in its row: nothing known, and each kind on each sort of page.
pub const ROW_PLACES: usize = 1 + ROW_KINDS * (EXPLAINED.len() + 1);

/// How often rows are cut after a mark and elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cuts {
    pub after_marks: f64,
    pub elsewhere: f64,
}

impl Cuts {
    /// The share of cuts after marks is that of the marks that end a line. The weights of the model of lines allow for what this
    /// and `elsewhere` get wrong.
    fn of(lines: &[Line], elsewhere: f64) -> Cuts {
        let ends = lines.iter().filter(|line| is_mark(line.last)).count() as f64;
        let inside: f64 = lines.iter().map(|line| f64::from(line.marks)).sum();
        Cuts { after_marks: (ends / (ends + inside).max(1.0)).clamp(0.05, 0.9), elsewhere: elsewhere.clamp(0.01, 0.15) }
    }
}

/// Fills in the [place in its row](Line::row_place) of the break below each line. `elsewhere` is the share of the lines that are cut
/// after no mark.
pub(super) fn find(lines: &mut [Line], elsewhere: f64) {
    let cuts = Cuts::of(lines, elsewhere);
    let measures = measures_of(lines, cuts);
    let mut rows = Rows::new(lines.len());
    rows.forward(lines, &measures, cuts);
    rows.backward(lines, &measures, cuts);
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

fn is_mark(class: Class) -> bool {
    !matches!(class, Class::Han | Class::Digit | Class::Latin | Class::Unit)
}

/// The measure of each stretch of lines, in half-widths. A stretch whose own sums mislead takes that of a neighbour if it explains
/// the lines better.
fn measures_of(lines: &[Line], cuts: Cuts) -> Vec<i32> {
    let windows: Vec<&[Line]> = (0..lines.len())
        .step_by(STRETCH)
        .map(|from| &lines[from.saturating_sub(BESIDE)..(from + STRETCH + BESIDE).min(lines.len())])
        .collect();
    let alone: Vec<(f64, i32)> =
        windows.iter().map(|window| best_measure(window, likely_measures(window), cuts)).collect();
    let with_neighbours = |(k, window): (usize, &&[Line])| {
        let (total, measure) = alone[k];
        let beside = [k.wrapping_sub(1), k + 1].into_iter().filter_map(|k| alone.get(k).map(|&(_, measure)| measure));
        let other = best_measure(window, beside.filter(|&beside| beside != measure), cuts);
        if other.0 > total { other.1 } else { measure }
    };
    windows.iter().enumerate().map(with_neighbours).collect()
}

/// Of some measures, the one that explains the lines best, behind the logarithm of how well it does.
fn best_measure(window: &[Line], measures: impl IntoIterator<Item = i32>, cuts: Cuts) -> (f64, i32) {
    let mut best = (f64::NEG_INFINITY, 2);
    for measure in measures {
        let mut rows = Rows::new(window.len());
        rows.forward(window, &vec![measure; window.len().div_ceil(STRETCH)], cuts);
        if rows.total > best.0 {
            best = (rows.total, measure);
        }
    }
    best
}

/// A line that ends in no mark ends a row, so the widths from some line above it add up to the measure. The sums that most of
/// them have are the likely measures.
fn likely_measures(window: &[Line]) -> [i32; MEASURES] {
    let mut widest = [0i32; 3];
    for line in window {
        let mut width = i32::from(line.width);
        for place in &mut widest {
            (*place, width) = ((*place).max(width), (*place).min(width));
        }
    }
    let widest = widest[window.len().clamp(1, 3) - 1].max(2);
    let (low, high) = (widest - 2, widest * WIDEST + 2);
    let mut votes = vec![0u32; (high - low + 5) as usize];
    for last in (0..window.len()).filter(|&last| !is_mark(window[last].last)) {
        let mut sum = 0;
        for line in window[..=last].iter().rev().take(PIECES) {
            sum += i32::from(line.width);
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
    std::array::from_fn(|k| peaks.get(k).or(peaks.first()).map_or(widest, |&peak| low + peak as i32))
}

/// Weights of all ways to read the lines up to a break, or from it on, that begin a unit there or go on with one.
type Ways = [f64; 2];

/// A way to read some lines as one row: the weights from the beginning of a unit, or from a later row, to each of both.
struct Row {
    pieces: usize,
    weights: [Ways; 2],
}

const BEGINS: usize = 0;
const GOES_ON: usize = 1;

/// The rows that may begin with a line.
fn rows_from(lines: &[Line], from: usize, measure: i32, cuts: Cuts) -> impl Iterator<Item = Row> {
    let (mut sum, mut cut, mut stopped) = (0, 1.0, false);
    let pieces = lines[from..].iter().take(PIECES).enumerate();
    pieces.map_while(move |(k, line)| {
        sum += i32::from(line.width);
        if k > 0 && (sum >= measure + MISSES.len() as i32 || cut < LEAST) {
            return None;
        }
        let ends = if line.last.is_in(ENDS) { 1.0 } else { UNSTOPPED };
        let as_title = if stopped { UNSTOPPED } else { 1.0 };
        let row = row(k + 1, sum, measure, [ends.max(as_title), ends], cut);
        cut *= if is_mark(line.last) { cuts.after_marks } else { cuts.elsewhere };
        stopped |= line.last.is_in(ENDS | INNER);
        Some(row)
    })
}

/// What the last row of a paragraph ends in.
const ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Colon, Class::Ellipsis, Class::CloseBracket]);
/// What only running text has inside.
const INNER: u32 = Class::set(&[Class::Comma, Class::Semicolon]);
/// How much rarer the last row of a paragraph ends in something else. A title of one row often does.
const UNSTOPPED: f64 = 0.005;

/// A row of so many pieces and such a width. `ends` says how far its text speaks against the end of a unit, in a first row and
/// in a later one.
fn row(pieces: usize, width: i32, measure: i32, ends: Ways, cut: f64) -> Row {
    /// Share of the rows that end a unit, of the later ones and of the first ones.
    const LAST: [f64; 2] = [0.12, 0.2];
    /// Share of the units that begin with an indent.
    const INDENTED: f64 = 0.7;
    let full = |width: i32| MISSES.get(width.abs_diff(measure) as usize).copied().unwrap_or(0.0);
    // A line that is wider than the measure is a row of its own.
    if width >= measure + MISSES.len() as i32 {
        return Row { pieces, weights: [[0.02; 2]; 2] };
    }
    let (whole, first) = (full(width), INDENTED * full(width + INDENT) + (1.0 - INDENTED) * full(width));
    let short = if width < measure - 1 { 1.0 / f64::from(measure.max(1)) } else { 0.2 * whole };
    let begins = [ends[BEGINS] * LAST[0] * (short + 0.2 * first), (1.0 - LAST[0]) * first];
    let goes_on = [ends[GOES_ON] * LAST[1] * short, (1.0 - LAST[1]) * whole];
    Row { pieces, weights: [begins.map(|w| w * cut), goes_on.map(|w| w * cut)] }
}

/// The weights of all ways to read a page, up to each break and from it on. `scales` holds the logarithm of what they were divided
/// by to stay in range.
struct Rows {
    above: Vec<Ways>,
    below: Vec<Ways>,
    scales: [Vec<f64>; 2],
    total: f64,
}

impl Rows {
    fn new(lines: usize) -> Rows {
        let none = || vec![[0.0; 2]; lines + 1];
        Rows { above: none(), below: none(), scales: [vec![0.0; lines + 1], vec![0.0; lines + 1]], total: 0.0 }
    }

    fn forward(&mut self, lines: &[Line], measures: &[i32], cuts: Cuts) {
        self.above[0] = [1.0, 0.0];
        let mut scale = 0.0;
        for from in 0..lines.len() {
            self.scales[0][from] = scale;
            let [begins, goes_on] = self.above[from];
            for row in rows_from(lines, from, measures[from / STRETCH], cuts) {
                let to = &mut self.above[from + row.pieces];
                for (k, to) in to.iter_mut().enumerate() {
                    *to += begins * row.weights[BEGINS][k] + goes_on * row.weights[GOES_ON][k];
                }
            }
            let until = (from + PIECES).min(lines.len());
            scale += rescale(&mut self.above[from + 1..=until]);
        }
        self.scales[0][lines.len()] = scale;
        self.total = self.above[lines.len()][BEGINS].ln() + scale;
    }

    fn backward(&mut self, lines: &[Line], measures: &[i32], cuts: Cuts) {
        let n = lines.len();
        self.below[n] = [1.0, 0.0];
        let mut scale = 0.0;
        for from in (0..n).rev() {
            let mut ways = [0.0; 2];
            for row in rows_from(lines, from, measures[from / STRETCH], cuts) {
                let to = self.below[from + row.pieces];
                for (way, weights) in ways.iter_mut().zip(row.weights) {
                    *way += weights[BEGINS] * to[BEGINS] + weights[GOES_ON] * to[GOES_ON];
                }
            }
            self.below[from] = ways;
            let until = (from + PIECES).min(n + 1);
            self.scales[1][from] = scale;
            let by = rescale(&mut self.below[from..until]);
            self.scales[1][from..until].iter_mut().for_each(|scale| *scale += by);
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
    let largest = ways.iter().flatten().fold(0.0, |a: f64, &b| a.max(b));
    if largest == 0.0 || largest > 1e-60 {
        return 0.0;
    }
    ways.iter_mut().flatten().for_each(|way| *way /= largest);
    largest.ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CUTS: Cuts = Cuts { after_marks: 0.5, elsewhere: 0.02 };

    fn line(width: u16, marked: bool) -> Line {
        Line { width, last: if marked { Class::Stop } else { Class::Han }, ..Line::BEYOND_PAGE }
    }

    /// The probabilities of each break, from all ways to part the lines into rows.
    fn by_enumeration(lines: &[Line], measures: &[i32]) -> Vec<[f64; 2]> {
        fn read(
            lines: &[Line],
            measures: &[i32],
            from: usize,
            state: usize,
            weight: f64,
            path: &mut Vec<(usize, usize)>,
            sums: &mut Vec<[f64; 2]>,
        ) -> f64 {
            if from == lines.len() {
                let weight = if state == BEGINS { weight } else { 0.0 };
                path.iter().filter(|(at, _)| *at < lines.len()).for_each(|&(at, state)| sums[at - 1][state] += weight);
                return weight;
            }
            let mut total = 0.0;
            for row in rows_from(lines, from, measures[from / STRETCH], CUTS) {
                for to in [BEGINS, GOES_ON] {
                    path.push((from + row.pieces, to));
                    total += read(lines, measures, from + row.pieces, to, weight * row.weights[state][to], path, sums);
                    path.pop();
                }
            }
            total
        }
        let mut sums = vec![[0.0; 2]; lines.len().saturating_sub(1)];
        let total = read(lines, measures, 0, BEGINS, 1.0, &mut Vec::new(), &mut sums);
        sums.iter().map(|sum| sum.map(|weight| weight / total)).collect()
    }

    proptest! {
        #[test]
        fn the_recursion_gives_what_all_ways_to_part_the_lines_give(
            made in prop::collection::vec((0u16..50, any::<bool>()), 1..9)
        ) {
            let lines: Vec<Line> = made.iter().map(|&(width, marked)| line(width, marked)).collect();
            let measures = measures_of(&lines, CUTS);
            let mut rows = Rows::new(lines.len());
            rows.forward(&lines, &measures, CUTS);
            rows.backward(&lines, &measures, CUTS);
            for (at, expected) in (1..).zip(by_enumeration(&lines, &measures)) {
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
