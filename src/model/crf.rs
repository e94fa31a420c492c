//! A linear-chain conditional random field (CRF): the best sequence of states (Viterbi), the probability of each state and
//! of each transition (forward–backward), and the partition function whose gradient those probabilities are.
//!
//! Everything is in log space and written for reading. Time is linear in the positions and quadratic in the states. Sums
//! are kept in 32 bits: over thousands of positions the probabilities are good to about three digits.

/// The score of a state or transition that cannot be.
pub const FORBIDDEN: f32 = f32::NEG_INFINITY;

/// A chain of positions, each of which is in one of `STATES` states.
///
/// The score of a sequence is the sum of its emissions and its transitions. Its probability is proportional to e to the
/// score.
#[derive(Debug, Clone, Copy)]
pub struct Chain<'a, const STATES: usize, T> {
    /// The score of each state at each position, or [`FORBIDDEN`].
    pub emissions: &'a [[f32; STATES]],
    /// `transition(at, above, below)` is the score of state `above` at position `at` before state `below` at `at + 1`, or
    /// [`FORBIDDEN`].
    pub transition: T,
}

/// What forward–backward finds out.
#[derive(Debug, Clone)]
pub struct Marginals<const STATES: usize> {
    /// The log-sum of all sequences up to each position that end in each state, with its emission.
    forward: Vec<[f32; STATES]>,
    /// The log-sum of all sequences after each position, if it is in each state; without its emission.
    backward: Vec<[f32; STATES]>,
    /// The log of the sum over all sequences; [`FORBIDDEN`] where none is possible.
    pub log_partition: f32,
}

impl<const STATES: usize, T: Fn(usize, usize, usize) -> f32> Chain<'_, STATES, T> {
    /// The sequence with the best score (Viterbi).
    pub fn best(&self) -> Vec<usize> {
        let Some((&first, rest)) = self.emissions.split_first() else { return Vec::new() };
        let mut best = first;
        // For each position but the first, which state before it is best for each of its states.
        let mut back = Vec::with_capacity(rest.len());
        for (at, emission) in rest.iter().enumerate() {
            let (mut next, mut from) = ([FORBIDDEN; STATES], [0; STATES]);
            for (above, best) in best.iter().enumerate() {
                for below in 0..STATES {
                    let score = best + (self.transition)(at, above, below);
                    if score > next[below] {
                        (next[below], from[below]) = (score, above);
                    }
                }
            }
            best = std::array::from_fn(|below| next[below] + emission[below]);
            back.push(from);
        }
        let mut state = (0..STATES).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
        let mut states = vec![state];
        for from in back.iter().rev() {
            state = from[state];
            states.push(state);
        }
        states.reverse();
        states
    }

    /// Sums over all sequences (forward–backward).
    pub fn marginals(&self) -> Marginals<STATES> {
        let mut forward: Vec<[f32; STATES]> = Vec::with_capacity(self.emissions.len());
        for (at, emission) in self.emissions.iter().enumerate() {
            let sums = match forward.last() {
                None => *emission,
                Some(above) => std::array::from_fn(|below| {
                    let to = |state| above[state] + (self.transition)(at - 1, state, below);
                    emission[below] + log_sum::<STATES>(std::array::from_fn(to))
                }),
            };
            forward.push(sums);
        }
        let mut backward = vec![[0.0; STATES]; self.emissions.len()];
        for at in (1..self.emissions.len()).rev() {
            let after: [f32; STATES] = std::array::from_fn(|below| self.emissions[at][below] + backward[at][below]);
            backward[at - 1] = std::array::from_fn(|above| {
                log_sum::<STATES>(std::array::from_fn(|below| (self.transition)(at - 1, above, below) + after[below]))
            });
        }
        let log_partition = forward.last().map_or(0.0, |last| log_sum(*last));
        Marginals { forward, backward, log_partition }
    }

    /// The probability that position `at` is in state `above` and the next one in state `below`: the derivative of the
    /// log-partition by that transition's score.
    pub fn transition_probability(&self, marginals: &Marginals<STATES>, at: usize, above: usize, below: usize) -> f32 {
        let emission = self.emissions[at + 1][below];
        let Marginals { forward, backward, log_partition } = marginals;
        let score = forward[at][above] + (self.transition)(at, above, below) + emission + backward[at + 1][below];
        probability(score, *log_partition)
    }
}

impl<const STATES: usize> Marginals<STATES> {
    /// The probability of each state at a position: the derivative of the log-partition by the emissions there.
    pub fn states(&self, at: usize) -> [f32; STATES] {
        std::array::from_fn(|state| probability(self.forward[at][state] + self.backward[at][state], self.log_partition))
    }

    /// Whether any sequence is possible.
    pub fn is_possible(&self) -> bool {
        self.log_partition > FORBIDDEN
    }
}

fn probability(score: f32, log_partition: f32) -> f32 {
    if score == FORBIDDEN { 0.0 } else { (score - log_partition).exp().min(1.0) }
}

/// The log of the sum of exponentials.
fn log_sum<const N: usize>(scores: [f32; N]) -> f32 {
    let max = scores.iter().copied().fold(FORBIDDEN, f32::max);
    if max == FORBIDDEN {
        return max;
    }
    max + scores.iter().filter(|s| **s > FORBIDDEN).map(|s| (s - max).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STATES: usize = 3;

    /// Every sequence of so many positions.
    fn sequences(positions: usize) -> Vec<Vec<usize>> {
        (0..positions).fold(vec![Vec::new()], |all, _| {
            all.iter().flat_map(|s| (0..STATES).map(|state| [s.as_slice(), &[state]].concat())).collect()
        })
    }

    fn score() -> impl Strategy<Value = f32> {
        prop_oneof![4 => -6.0f32..6.0, 1 => Just(FORBIDDEN)]
    }

    proptest! {
        /// Transitions differ from position to position, and some states and transitions are forbidden.
        #[test]
        fn sums_and_best_are_those_of_all_sequences_counted(
            emissions in prop::collection::vec(prop::array::uniform3(score()), 1..6),
            transitions in prop::collection::vec(prop::array::uniform3(prop::array::uniform3(score())), 5),
        ) {
            let n = emissions.len();
            let chain =
                Chain { emissions: &emissions, transition: |at: usize, above: usize, below: usize| transitions[at][above][below] };
            let of = |s: &[usize]| -> f64 {
                let emission: f64 = (0..n).map(|i| f64::from(emissions[i][s[i]])).sum();
                emission + (1..n).map(|i| f64::from(transitions[i - 1][s[i - 1]][s[i]])).sum::<f64>()
            };
            let all: Vec<(Vec<usize>, f64)> = sequences(n).into_iter().map(|s| { let score = of(&s); (s, score) }).collect();
            let sum: f64 = all.iter().map(|(_, score)| score.exp()).sum();
            let share = |has: &dyn Fn(&[usize]) -> bool| {
                all.iter().filter(|(s, _)| has(s)).map(|(_, score)| score.exp()).sum::<f64>() / sum
            };
            let marginals = chain.marginals();
            prop_assert_eq!(marginals.is_possible(), sum > 0.0);
            prop_assume!(sum > 0.0);
            prop_assert!((f64::from(marginals.log_partition) - sum.ln()).abs() < 1e-4);
            for at in 0..n {
                for (state, &p) in marginals.states(at).iter().enumerate() {
                    prop_assert!((f64::from(p) - share(&|s| s[at] == state)).abs() < 1e-4, "{at} {state}");
                }
            }
            for at in 0..n - 1 {
                for above in 0..STATES {
                    for below in 0..STATES {
                        let p = chain.transition_probability(&marginals, at, above, below);
                        let share = share(&|s| s[at] == above && s[at + 1] == below);
                        prop_assert!((f64::from(p) - share).abs() < 1e-4, "{at}: {above} {below}");
                    }
                }
            }
            let most = all.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((of(&chain.best()) - most).abs() < 1e-4);
        }
    }

    #[test]
    fn a_chain_without_positions_has_no_states() {
        let chain = Chain { emissions: &[] as &[[f32; STATES]], transition: |_: usize, _: usize, _: usize| 0.0 };
        assert!(chain.best().is_empty());
        assert_eq!(chain.marginals().log_partition, 0.0);
    }
}
