//! What the places of two lines say of the break between them: log-odds that are added to the four ways to join. They are
//! nought where a place is not known, so a text without places scores as it always did.

use super::decoder::Scores;
use super::geometry_weights::WEIGHTS;
use crate::measure::Place;

/// Bins of all features together.
pub const BINS: usize = WAYS + EDGES + SIZES + SHIFTS + DISPLAYS;
const _: () = assert!(WEIGHTS.len() == BINS);

/// How the eye gets from the line above to the line below.
const WAYS: usize = 8;
/// Right gap of the line above × indent of the line below.
const EDGES: usize = GAPS.len() * INDENTS.len() + GAPS.len() + INDENTS.len() + 2;
const SIZES: usize = RATIOS.len() + 1;
const SHIFTS: usize = STEPS.len() + 2;
const DISPLAYS: usize = 4;

/// Upper limits of the bins, in em.
const GAPS: [f32; 4] = [0.8, 1.6, 3.5, 7.0];
const INDENTS: [f32; 3] = [0.6, 1.4, 2.8];
const STEPS: [f32; 6] = [-2.8, -1.4, -0.5, 0.5, 1.4, 2.8];
/// Of the size below to the size above.
const RATIOS: [f32; 4] = [0.8, 0.92, 1.08, 1.25];
/// Of the distance to the usual one in the column.
const PITCHES: [f32; 4] = [0.6, 1.25, 1.7, 2.7];
/// Size from which a line is a display line.
const DISPLAY: f32 = 1.25;
/// Lines of a column that are enough to tell where it begins and ends.
const ENOUGH: u32 = 3;

fn bin(limits: &[f32], value: f32) -> usize {
    limits.partition_point(|&limit| limit <= value)
}

/// The bins of the break between two lines.
pub fn bins(above: &Place, below: &Place) -> [usize; 5] {
    let way = way(above, below);
    let gap = if above.neighbours >= ENOUGH { 1 + bin(&GAPS, above.right_gap()) } else { 0 };
    let indent = if below.neighbours >= ENOUGH { 1 + bin(&INDENTS, below.indent()) } else { 0 };
    let edges = gap * (INDENTS.len() + 2) + indent;
    let size = bin(&RATIOS, below.em / above.em);
    let shift = if (1..6).contains(&way) { 1 + bin(&STEPS, (below.left - above.left) / below.em) } else { 0 };
    let display = usize::from(above.em > DISPLAY) + 2 * usize::from(below.em > DISPLAY);
    let mut at = 0;
    [(way, WAYS), (edges, EDGES), (size, SIZES), (shift, SHIFTS), (display, DISPLAYS)].map(|(bin, bins)| {
        at += bins;
        at - bins + bin
    })
}

/// Straight down by the distance from line to line (1 to 5), up to another column (6), elsewhere (7), or in one row (0).
fn way(above: &Place, below: &Place) -> usize {
    let em = above.em.max(below.em);
    let down = below.middle() - above.middle();
    if down.abs() < 0.3 * em {
        return 0;
    }
    if down > 0.0 && above.shares_column(below) {
        let pitch = [above.pitch, below.pitch].into_iter().filter(|&pitch| pitch > 0.0).fold(f32::MAX, f32::min);
        let usual = if pitch == f32::MAX { 1.5 * em } else { pitch };
        return 1 + bin(&PITCHES, down / usual);
    }
    if down < 0.0 && below.left > above.left { 6 } else { 7 }
}

/// The log-odds of a join that is out of the question.
const NEVER: f32 = -30.0;

/// The log-odds of a join, in thousandths added up.
pub fn of_break(above: &Place, below: &Place) -> f32 {
    if above.is_noise || below.is_noise {
        return NEVER;
    }
    bins(above, below).iter().map(|&bin| f32::from(WEIGHTS[bin])).sum::<f32>() * 0.001
}

/// What the places of the lines say of each break: nought where one is not known.
pub fn of_breaks(places: &[Option<Place>]) -> Vec<f32> {
    let of_pair = |pair: &[Option<Place>]| match pair {
        [Some(above), Some(below)] => of_break(above, below),
        _ => 0.0,
    };
    places.windows(2).map(of_pair).collect()
}

/// Adds what the places of the lines say. There is one place for each line, or none at all.
pub fn add(places: &[Option<Place>], scores: &mut Scores) {
    for (pair, scores) in places.windows(2).zip(&mut scores.breaks) {
        if let [Some(above), Some(below)] = pair {
            let odds = of_break(above, below);
            scores[..4].iter_mut().for_each(|s| *s += odds);
        }
    }
}
