//! The fitted weights: data, made by `examples/fit.rs` from pages with gold, never edited by hand.

use super::decoder::{BREAK_SCORES, ROLES};
use super::features::{BREAK_BINS, BREAK_LANES, LINE_BINS, LINE_LANES, Row, Weights};

/// Thousandths, 16 bits, little-endian: line bins, then break bins.
static STORED: &[u8] = include_bytes!("weights.bin");

/// Whether the stored weights are as many as the templates want; while a new fit is made they may not be,
/// and count as nothing.
pub const COMPLETE: bool = STORED.len() == 2 * (LINE_BINS * ROLES + BREAK_BINS * BREAK_SCORES);

const fn row<const LANES: usize>(at: usize, width: usize) -> Row<LANES> {
    let mut row = [0; LANES];
    let mut k = 0;
    while k < width && COMPLETE {
        let byte = 2 * (at + k);
        row[k] = i16::from_le_bytes([STORED[byte], STORED[byte + 1]]);
        k += 1;
    }
    Row(row)
}

// Laid out by the compiler, so that nothing is done at start-up.
static LINES: [Row<LINE_LANES>; LINE_BINS] = {
    let mut rows = [row(0, 0); LINE_BINS];
    let mut i = 0;
    while i < LINE_BINS {
        rows[i] = row(i * ROLES, ROLES);
        i += 1;
    }
    rows
};

static BREAKS: [Row<BREAK_LANES>; BREAK_BINS] = {
    let mut rows = [row(0, 0); BREAK_BINS];
    let mut i = 0;
    while i < BREAK_BINS {
        rows[i] = row(LINE_BINS * ROLES + i * BREAK_SCORES, BREAK_SCORES);
        i += 1;
    }
    rows
};

/// The weights in force.
pub static FITTED: Weights<'static> = Weights { lines: &LINES, breaks: &BREAKS };
