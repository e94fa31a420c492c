//! The fitted weights: data, made by `examples/fit.rs` from pages with gold, never edited by hand.

use super::decoder::{BREAK_SCORES, PLACES, ROLES};
use super::templates::{BREAK_BINS, BREAK_ROWS, BreakRow, Eight, LINE_BINS, LINE_ROWS, LineRow, Weights};

/// Thousandths, 16 bits, little-endian: line bins, then break bins.
static STORED: &[u8] = include_bytes!("weights.bin");

/// Whether the stored weights are as many as the templates want; while a new fit is made they may not be,
/// and count as nothing.
pub const COMPLETE: bool = STORED.len() == 2 * (LINE_BINS * ROLES + BREAK_BINS * BREAK_SCORES);

/// Eight weights of a bin at the most.
type Lanes = [i16; 8];

const fn lanes(at: usize, width: usize) -> Lanes {
    let mut lanes = [0; 8];
    let mut k = 0;
    while k < width && k < 8 && COMPLETE {
        let byte = 2 * (at + k);
        lanes[k] = i16::from_le_bytes([STORED[byte], STORED[byte + 1]]);
        k += 1;
    }
    lanes
}

// Laid out by the compiler, so that nothing is done at start-up.
static LINES: [LineRow; LINE_ROWS] = {
    let mut rows = [[Eight::ZERO]; LINE_ROWS];
    let mut i = 0;
    while i < LINE_BINS {
        rows[i] = [Eight::new(line(i))];
        i += 1;
    }
    rows
};

const fn line(bin: usize) -> Lanes {
    let roles = lanes(bin * ROLES, ROLES);
    let mut placed = [0; 8];
    let mut role = 0;
    while role < ROLES {
        placed[PLACES[role]] = roles[role];
        role += 1;
    }
    // Middle and End once more.
    (placed[2], placed[3]) = (placed[0], placed[1]);
    placed
}

static BREAKS: [BreakRow; BREAK_ROWS] = {
    let mut rows = [[Eight::ZERO; 2]; BREAK_ROWS];
    let mut i = 0;
    while i < BREAK_BINS {
        let [first, rest] = between(i);
        rows[i] = [Eight::new(first), Eight::new(rest)];
        i += 1;
    }
    rows
};

const fn between(bin: usize) -> [Lanes; 2] {
    let at = LINE_BINS * ROLES + bin * BREAK_SCORES;
    [lanes(at, 8), lanes(at + 8, BREAK_SCORES - 8)]
}

/// The weights in force.
pub static FITTED: Weights<'static> = Weights { lines: &LINES, breaks: &BREAKS };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lines::templates::{BREAK_TEMPLATES, LINE_TEMPLATES, Template};

    /// The most that a lane's sum can be, either way.
    fn most(templates: &[Template], rows: impl Fn(usize) -> Vec<i16>) -> u32 {
        let mut bins = 0;
        let mut sums = vec![0; rows(0).len()];
        for template in templates {
            let rows: Vec<_> = (bins..bins + template.bins).map(&rows).collect();
            for (k, sum) in sums.iter_mut().enumerate() {
                *sum += rows.iter().map(|row| u32::from(row[k].unsigned_abs())).max().unwrap_or_default();
            }
            bins += template.bins;
        }
        sums.into_iter().max().unwrap_or_default()
    }

    #[test]
    fn no_sum_of_weights_stops_at_what_sixteen_bits_hold() {
        // So that rows may be added up in any order.
        assert!(most(LINE_TEMPLATES, |bin| line(bin).to_vec()) <= i16::MAX as u32);
        assert!(most(BREAK_TEMPLATES, |bin| between(bin).concat()) <= i16::MAX as u32);
    }
}
