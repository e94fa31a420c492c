//! Decoding the units of a page: the best kind of each (Viterbi), and how likely each of its kinds is.
//!
//! [`crf`](crate::model::crf) is the plain definition of both, in log space; a property test compares the two. Transitions
//! are the same between any two units, so their exponentials are taken once, and the sums are of probabilities, scaled at
//! each unit. That leaves one exponential for each kind of a unit instead of thirty.

use super::facts::{KIND_COUNT, Row};
use crate::model::crf::Chain;

/// Kinds and one place that stays empty, so that a row is whole vectors.
pub(super) const LANES: usize = 16;
type Lanes = [f32; LANES];

/// Least sum of a unit's scaled probabilities whose digits can be trusted; below it, the plain recursion takes over. The
/// smallest number of 32 bits with all its digits is 1.2e-38.
const LEAST_SUM: f32 = 1e-28;

/// The scores of transitions, and their exponentials both ways round.
#[derive(Clone)]
pub(super) struct Transitions {
    rows: Vec<Row>,
    /// Of each kind above: the score of each kind below.
    scores: [Lanes; KIND_COUNT],
    /// Of each kind above: the factor of each kind below.
    down: [Lanes; KIND_COUNT],
    /// Of each kind below: the factor of each kind above.
    up: [Lanes; KIND_COUNT],
}

impl Transitions {
    /// From a row for each kind: the score of each kind below it.
    pub fn new(rows: &[Row]) -> Transitions {
        let mut all = Transitions {
            rows: rows.to_vec(),
            scores: [[f32::NEG_INFINITY; LANES]; KIND_COUNT],
            down: [[0.0; LANES]; KIND_COUNT],
            up: [[0.0; LANES]; KIND_COUNT],
        };
        for (above, row) in rows.iter().enumerate() {
            for (below, &score) in row.iter().enumerate() {
                all.scores[above][below] = score;
                all.down[above][below] = score.exp();
                all.up[below][above] = score.exp();
            }
        }
        all
    }

    /// The score of each kind below each kind.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// Decodes one page after another and keeps its memory.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// The best kind of each unit.
    pub kinds: Vec<usize>,
    /// How likely each kind of each unit is.
    pub probabilities: Vec<Row>,
    /// For each unit but the last, the score of the best sequence that ends in each of its kinds.
    best: Vec<Lanes>,
    /// Scaled probability of all that is above a unit with each kind, and of its own scores.
    forward: Vec<Lanes>,
    /// Scaled factors of a unit's own scores.
    factors: Vec<Lanes>,
}

impl Decoder {
    /// Decodes units with these scores.
    pub(super) fn decode(&mut self, units: &[Row], transitions: &Transitions) {
        self.find_best(units, transitions);
        if !self.sum(units, transitions) {
            let chain =
                Chain { emissions: units, transition: |_, above: usize, below: usize| transitions.rows[above][below] };
            let marginals = chain.marginals();
            self.probabilities.clear();
            self.probabilities.extend((0..units.len()).map(|i| marginals.states(i)));
        }
    }

    fn find_best(&mut self, units: &[Row], transitions: &Transitions) {
        self.best.clear();
        self.kinds.clear();
        let Some((first, rest)) = units.split_first() else { return };
        let mut best = padded(first, f32::NEG_INFINITY);
        for unit in rest {
            self.best.push(best);
            let mut next = [f32::NEG_INFINITY; LANES];
            for (&above, scores) in best.iter().zip(&transitions.scores) {
                for k in 0..LANES {
                    let score = above + scores[k];
                    next[k] = if score > next[k] { score } else { next[k] };
                }
            }
            best = next;
            best.iter_mut().zip(unit).for_each(|(best, score)| *best += score);
        }
        let mut kind = (0..KIND_COUNT).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
        self.kinds.push(kind);
        // Which kind above was the best is only asked along the best sequence.
        for best in self.best.iter().rev() {
            let score = |above: usize| best[above] + transitions.scores[above][kind];
            kind = (1..KIND_COUNT).fold(0, |most, above| if score(above) > score(most) { above } else { most });
            self.kinds.push(kind);
        }
        self.kinds.reverse();
    }

    /// Sums over all sequences; `false` where the scores lie so far apart that scaled probabilities have no digits left.
    fn sum(&mut self, units: &[Row], transitions: &Transitions) -> bool {
        self.forward.clear();
        self.factors.clear();
        let mut above = [0.0; LANES];
        for (i, unit) in units.iter().enumerate() {
            let most = unit.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut own = [0.0; LANES];
            own.iter_mut().zip(unit).for_each(|(own, score)| *own = (score - most).exp());
            let reached = if i == 0 { own } else { product(&spread(&above, &transitions.down), &own) };
            let Some(scaled) = scaled(reached) else { return false };
            above = scaled;
            self.forward.push(above);
            self.factors.push(own);
        }
        self.probabilities.clear();
        self.probabilities.resize(units.len(), Row::default());
        let mut below = [1.0; LANES];
        for i in (0..units.len()).rev() {
            let Some(here) = scaled(product(&self.forward[i], &below)) else { return false };
            self.probabilities[i].iter_mut().zip(here).for_each(|(to, p)| *to = p.min(1.0));
            let Some(next) = scaled(spread(&product(&below, &self.factors[i]), &transitions.up)) else { return false };
            below = next;
        }
        true
    }
}

/// A row with the place that stays empty.
fn padded(row: &Row, empty: f32) -> Lanes {
    let mut lanes = [empty; LANES];
    lanes[..KIND_COUNT].copy_from_slice(row);
    lanes
}

fn product(a: &Lanes, b: &Lanes) -> Lanes {
    std::array::from_fn(|k| a[k] * b[k])
}

/// The sum of the rows, each with its weight.
fn spread(weights: &Lanes, rows: &[Lanes; KIND_COUNT]) -> Lanes {
    let mut sum = [0.0; LANES];
    for (weight, row) in weights.iter().zip(rows) {
        for k in 0..LANES {
            sum[k] += weight * row[k];
        }
    }
    sum
}

/// The same in proportion, with the sum 1; `None` for a sum that has lost its digits.
fn scaled(lanes: Lanes) -> Option<Lanes> {
    let sum: f32 = lanes.iter().sum();
    (sum > LEAST_SUM && sum.is_finite()).then(|| lanes.map(|p| p / sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row() -> impl Strategy<Value = Row> {
        prop::collection::vec(-12.0f32..12.0, KIND_COUNT).prop_map(|v| std::array::from_fn(|k| v[k]))
    }

    fn assert_plain(units: &[Row], rows: &[Row]) {
        let transitions = Transitions::new(rows);
        let mut decoder = Decoder::default();
        decoder.decode(units, &transitions);
        let chain = Chain { emissions: units, transition: |_, above: usize, below: usize| rows[above][below] };
        assert_eq!(decoder.kinds, chain.best());
        let marginals = chain.marginals();
        assert_eq!(decoder.probabilities.len(), units.len());
        for (i, found) in decoder.probabilities.iter().enumerate() {
            for (p, plain) in found.iter().zip(marginals.states(i)) {
                assert!((p - plain).abs() < 1e-3, "unit {i}: {p} instead of {plain}");
            }
        }
    }

    proptest! {
        #[test]
        fn decoding_is_that_of_the_plain_chain(
            units in prop::collection::vec(row(), 0..12),
            rows in prop::collection::vec(row(), KIND_COUNT),
        ) {
            assert_plain(&units, &rows);
        }
    }

    /// The same sums in 64 bits, for a page that is so long that those of the plain chain lose digits.
    #[test]
    fn a_long_page_keeps_its_digits() {
        let score = |seed: usize| (seed.wrapping_mul(2_654_435_761) % 1_000) as f32 / 100.0 - 5.0;
        let units: Vec<Row> = (0..2_000).map(|i| std::array::from_fn(|k| score(i * KIND_COUNT + k))).collect();
        let rows: Vec<Row> =
            (0..KIND_COUNT).map(|a| std::array::from_fn(|b| score(7_919 * (a * 31 + b)) / 2.0)).collect();
        let mut decoder = Decoder::default();
        decoder.decode(&units, &Transitions::new(&rows));
        let pass = |order: &mut dyn Iterator<Item = usize>, factor: &dyn Fn(usize, usize) -> f64| {
            let mut sums = vec![[0.0f64; KIND_COUNT]; units.len()];
            let mut before = [1.0; KIND_COUNT];
            for i in order {
                sums[i] = before;
                let own: [f64; KIND_COUNT] = std::array::from_fn(|k| before[k] * f64::from(units[i][k]).exp());
                let next: [f64; KIND_COUNT] =
                    std::array::from_fn(|b| (0..KIND_COUNT).map(|a| own[a] * factor(a, b)).sum());
                before = next.map(|p| p / next.iter().sum::<f64>());
            }
            sums
        };
        let above = pass(&mut (0..units.len()), &|a, b| f64::from(rows[a][b]).exp());
        let below = pass(&mut (0..units.len()).rev(), &|b, a| f64::from(rows[a][b]).exp());
        for i in 0..units.len() {
            let all: [f64; KIND_COUNT] =
                std::array::from_fn(|k| above[i][k] * f64::from(units[i][k]).exp() * below[i][k]);
            for k in 0..KIND_COUNT {
                let p = all[k] / all.iter().sum::<f64>();
                assert!((f64::from(decoder.probabilities[i][k]) - p).abs() < 1e-5, "unit {i}, kind {k}");
            }
        }
    }

    #[test]
    fn scores_that_lie_far_apart_fall_back_to_the_plain_chain() {
        let mut rows = vec![[-90.0; KIND_COUNT]; KIND_COUNT];
        (0..KIND_COUNT).for_each(|k| rows[k][k] = 0.0);
        let (mut first, mut second) = ([0.0; KIND_COUNT], [0.0; KIND_COUNT]);
        (first[0], second[1]) = (100.0, 100.0);
        assert_plain(&[first, second, first], &rows);
    }
}
