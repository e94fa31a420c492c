//! The weights for units.

use super::decoder::{Decoder, LANES, Transitions};
use super::facts::{KIND_COUNT, KINDS, Row};
use super::templates::{BINS, COUNT, TEMPLATES};
use crate::model::crf::Chain;
use crate::model::weights::{Format, Kind, TemplateHash, WeightsError, scaled};
use std::fmt;
use wide::f32x4;

/// Written by `fit units --write`.
static NEWSPAPER: &[u8] = include_bytes!("weights.bin");

/// What a file of these weights must be.
const FORMAT: Format = Format {
    kind: Kind::Units,
    templates: {
        let mut hash = TemplateHash::EMPTY;
        let mut k = 0;
        while k < KIND_COUNT {
            hash = hash.and(KINDS[k], 0);
            k += 1;
        }
        let mut k = 0;
        while k < COUNT {
            hash = hash.and(TEMPLATES[k].0, TEMPLATES[k].1);
            k += 1;
        }
        hash
    },
    count: (BINS + KIND_COUNT) * KIND_COUNT,
};

/// The weights for units.
#[derive(Clone)]
pub struct Weights {
    /// A row for each bin of each template.
    bins: Vec<BinRow>,
    transitions: Transitions,
    notes: String,
}

/// The weights of a bin for each kind, and one place that stays empty: whole vectors, and a line of the cache.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct BinRow([f32; LANES]);

impl BinRow {
    fn of(row: &Row) -> BinRow {
        BinRow(std::array::from_fn(|kind| row.get(kind).copied().unwrap_or_default()))
    }
}

impl Weights {
    /// The built-in weights. While the templates are changed and not fitted yet, they do not fit and count as zeros; a test
    /// fails then.
    pub fn newspaper() -> Weights {
        Weights::from_bytes(NEWSPAPER).unwrap_or_else(|_| {
            let transitions = Transitions::new(&[Row::default(); KIND_COUNT]);
            Weights { bins: vec![BinRow::default(); BINS], transitions, notes: String::new() }
        })
    }

    /// Weights from a file that `fit units` wrote.
    ///
    /// # Errors
    /// If the file does not fit the templates of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Weights, WeightsError> {
        let file = FORMAT.read(bytes)?;
        let weights: Vec<f32> = file.weights().map(scaled).collect();
        let (bins, transitions) = weights.as_chunks().0.split_at(BINS);
        let bins = bins.iter().map(BinRow::of).collect();
        Ok(Weights { bins, transitions: Transitions::new(transitions), notes: file.notes.to_string() })
    }

    /// The bytes of a file of weights: a row for each bin, then one for each kind. `notes` are lines of `name: value`.
    pub fn to_file(notes: &str, bins: &[Row], transitions: &[Row; KIND_COUNT]) -> Vec<u8> {
        FORMAT.write(notes, bins.iter().chain(transitions).flatten().copied())
    }

    /// The weights of a file as they are stored, in thousandths.
    ///
    /// # Errors
    /// As [`Weights::from_bytes`].
    pub fn thousandths(bytes: &[u8]) -> Result<Vec<i16>, WeightsError> {
        Ok(FORMAT.read(bytes)?.weights().collect())
    }

    /// What the fit noted: lines of `name: value`.
    pub fn notes(&self) -> &str {
        &self.notes
    }

    /// The scores of a unit with these bins.
    pub fn score(&self, bins: &[u16; COUNT]) -> Row {
        // Four registers hold the sums. As an array of numbers they would go through memory at each bin.
        let mut sums = [f32x4::ZERO; LANES / 4];
        for &bin in bins {
            let row = self.bins[usize::from(bin)].0.as_chunks().0;
            sums = std::array::from_fn(|k| sums[k] + f32x4::new(row[k]));
        }
        let sums = sums.map(f32x4::to_array);
        std::array::from_fn(|kind| sums[kind / 4][kind % 4])
    }

    /// The CRF of a page's units with these scores.
    pub fn chain<'a>(&'a self, units: &'a [Row]) -> Chain<'a, KIND_COUNT, impl Fn(usize, usize, usize) -> f32> {
        Chain { emissions: units, transition: |_, above: usize, below: usize| self.transitions.rows()[above][below] }
    }

    /// Finds the kinds of a page's units with these scores, as [`chain`](Weights::chain) would.
    pub(crate) fn decode(&self, units: &[Row], decoder: &mut Decoder) {
        decoder.decode(units, &self.transitions);
    }
}

impl fmt::Debug for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Weights").field("notes", &self.notes).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_were_made_from_these_templates() {
        let fits = Weights::from_bytes(NEWSPAPER);
        assert!(fits.is_ok(), "fit the weights again, see docs/fitting.md: {fits:?}");
    }
}
