//! The measure around each line: the upper quartile of the widths of the lines around it. A column that is narrower or wider than
//! its neighbours has its own.

use super::line::Line;
use wide::i16x8;

/// Lines on each side whose widths count. Columns of a newspaper have more lines, stretches beside a picture hardly fewer.
const BESIDE: usize = 6;
/// Lines whose measures are computed at once.
const LANES: usize = 8;
/// The rank of the upper quartile among a whole window's widths, the widest one first.
const RANK: usize = 4;

/// Computes the measure around each line. `widths` is a buffer.
pub(super) fn find(lines: &[Line], widths: &mut Vec<i16>, measures: &mut Vec<u16>) {
    let n = lines.len();
    widths.clear();
    widths.resize(BESIDE, 0);
    widths.extend(lines.iter().map(|line| line.width.min(i16::MAX as u16) as i16));
    widths.resize(n.next_multiple_of(LANES) + 2 * BESIDE, 0);
    measures.clear();
    for from in (0..n).step_by(LANES) {
        // The widest ones so far. Each further width pushes the narrower ones down.
        let mut widest = [i16x8::ZERO; RANK];
        for window in widths[from..].windows(LANES).take(2 * BESIDE + 1) {
            let mut width = i16x8::new(*window.first_chunk().unwrap_or(&[0; LANES]));
            for place in &mut widest {
                (*place, width) = (place.max(width), place.min(width));
            }
        }
        let of_block = widest[RANK - 1].to_array().map(|width| width as u16);
        measures.extend_from_slice(&of_block[..LANES.min(n - from)]);
    }
    let beyond = BESIDE.min(n);
    for line in (0..beyond).chain(beyond.max(n.saturating_sub(BESIDE))..n) {
        measures[line] = at_an_edge(&lines[line.saturating_sub(BESIDE)..(line + BESIDE + 1).min(n)]);
    }
}

/// The same for a line whose window goes beyond the page.
fn at_an_edge(window: &[Line]) -> u16 {
    let mut widest = [0; RANK];
    for line in window {
        let mut width = line.width;
        for place in &mut widest {
            (*place, width) = ((*place).max(width), (*place).min(width));
        }
    }
    widest[(window.len() / RANK).min(RANK - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_measure_is_the_upper_quartile_of_its_window(widths in prop::collection::vec(0u16..200, 0..60)) {
            let lines: Vec<Line> = widths.iter().map(|&width| Line { width, ..Line::BEYOND_PAGE }).collect();
            let mut measures = Vec::new();
            find(&lines, &mut Vec::new(), &mut measures);
            prop_assert_eq!(measures.len(), lines.len());
            for (i, &measure) in measures.iter().enumerate() {
                let mut window = widths[i.saturating_sub(BESIDE)..(i + BESIDE + 1).min(widths.len())].to_vec();
                window.sort_by(|a, b| b.cmp(a));
                prop_assert_eq!(measure, window[(window.len() / RANK).min(RANK - 1)], "line {}", i);
            }
        }
    }
}
