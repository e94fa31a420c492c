//! The fitted weights: data, made by `examples/fit.rs` from pages with gold, never edited by hand.

use super::decoder::{BREAK_SCORES, ROLES};
use super::features::{BREAK_BINS, BREAK_ROWS, BreakRow, Eight, LINE_BINS, LINE_ROWS, LineRow, Weights};

/// Thousandths, 16 bits, little-endian: line bins, then break bins.
static STORED: &[u8] = include_bytes!("weights.bin");

/// Whether the stored weights are as many as the templates want; while a new fit is made they may not be,
/// and count as nothing.
pub const COMPLETE: bool = STORED.len() == 2 * (LINE_BINS * ROLES + BREAK_BINS * BREAK_SCORES);

const fn eight(at: usize, width: usize) -> Eight {
    let mut lanes = [0; 8];
    let mut k = 0;
    while k < width && k < 8 && COMPLETE {
        let byte = 2 * (at + k);
        lanes[k] = i16::from_le_bytes([STORED[byte], STORED[byte + 1]]);
        k += 1;
    }
    Eight::new(lanes)
}

// Laid out by the compiler, so that nothing is done at start-up.
static LINES: [LineRow; LINE_ROWS] = {
    let mut rows = [[Eight::ZERO]; LINE_ROWS];
    let mut i = 0;
    while i < LINE_BINS {
        rows[i] = [eight(i * ROLES, ROLES)];
        i += 1;
    }
    rows
};

static BREAKS: [BreakRow; BREAK_ROWS] = {
    let mut rows = [[Eight::ZERO; 2]; BREAK_ROWS];
    let mut i = 0;
    while i < BREAK_BINS {
        let at = LINE_BINS * ROLES + i * BREAK_SCORES;
        rows[i] = [eight(at, 8), eight(at + 8, BREAK_SCORES - 8)];
        i += 1;
    }
    rows
};

/// The weights in force.
pub static FITTED: Weights<'static> = Weights { lines: &LINES, breaks: &BREAKS };
