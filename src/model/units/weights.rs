//! The fitted weights of the units' roles: data, made by `examples/fit_units.rs` from pages with gold.

use super::decoder::Row;
use super::facts::{BINS, KIND_COUNT};

/// Thousandths, 16 bits, little-endian: the bins, then what follows what.
static STORED: &[u8] = include_bytes!("weights.bin");

const ROWS: usize = BINS + KIND_COUNT;

/// Whether the stored weights are as many as the templates want; while a new fit is made they may not be.
const COMPLETE: bool = STORED.len() == 2 * ROWS * KIND_COUNT;

const fn rows<const N: usize>(from: usize) -> [Row; N] {
    let mut rows = [[0.0; KIND_COUNT]; N];
    let mut i = 0;
    while COMPLETE && i < N * KIND_COUNT {
        let at = 2 * (from * KIND_COUNT + i);
        rows[i / KIND_COUNT][i % KIND_COUNT] = i16::from_le_bytes([STORED[at], STORED[at + 1]]) as f32 / 1000.0;
        i += 1;
    }
    rows
}

/// The weights of the bins.
pub static UNITS: [Row; BINS] = rows(0);
/// What follows what.
pub static FOLLOWS: [Row; KIND_COUNT] = rows(BINS);
