//! The fitted weights: data, made by `examples/fit.rs` from pages with gold, never edited by hand.

use super::decoder::{BREAK_SCORES, ROLES};
use super::features::{BREAK_BINS, LINE_BINS, Weights};

/// Thousandths, 16 bits, little-endian: line bins, then break bins.
static STORED: &[u8] = include_bytes!("weights.bin");

/// Whether the stored weights are as many as the templates want; while a new fit is made they may not be,
/// and count as nothing.
pub const COMPLETE: bool = STORED.len() == 2 * (LINE_BINS * ROLES + BREAK_BINS * BREAK_SCORES);

const fn stored(k: usize) -> f32 {
    if !COMPLETE {
        return 0.0;
    }
    i16::from_le_bytes([STORED[2 * k], STORED[2 * k + 1]]) as f32 / 1000.0
}

// Unpacked by the compiler, so that nothing is done at start-up.
static LINES: [[f32; ROLES]; LINE_BINS] = {
    let mut rows = [[0.0; ROLES]; LINE_BINS];
    let mut i = 0;
    while i < LINE_BINS * ROLES {
        rows[i / ROLES][i % ROLES] = stored(i);
        i += 1;
    }
    rows
};

static BREAKS: [[f32; BREAK_SCORES]; BREAK_BINS] = {
    let mut rows = [[0.0; BREAK_SCORES]; BREAK_BINS];
    let mut i = 0;
    while i < BREAK_BINS * BREAK_SCORES {
        rows[i / BREAK_SCORES][i % BREAK_SCORES] = stored(LINE_BINS * ROLES + i);
        i += 1;
    }
    rows
};

/// The weights in force.
pub static FITTED: Weights<'static> = Weights { lines: &LINES, breaks: &BREAKS };
