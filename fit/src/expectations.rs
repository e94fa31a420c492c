//! Gradients of both chains: what the gold makes the model expect, less what it expects by itself (forward–backward).
//!
//! The training loops call this file only, so it is the one place to change if the chains of the library change.

use crate::gold::GoldBreak;
use qingyang::internals::model::crf::{Chain, FORBIDDEN};
use qingyang::internals::model::lines::decoder::{
    BREAK_SCORES, ROLES, Scores, Transition, emissions, transition, transition_score,
};
use qingyang::internals::model::units::Row;
use qingyang::internals::model::units::facts::KIND_COUNT;

/// The gradient of the log-likelihood of one page of lines.
pub struct LineGradient {
    pub lines: Vec<[f32; ROLES]>,
    pub breaks: Vec<[f32; BREAK_SCORES]>,
    /// How surprising the gold is, in nats.
    pub loss: f32,
}

/// The gradient of a page of lines, where the gold allows each line the roles of `allowed` and knows `breaks`. Nothing if
/// no sequence of roles agrees with the gold.
pub fn of_lines(
    scores: &Scores,
    allowed: impl Fn(usize) -> u8,
    breaks: impl Fn(usize) -> GoldBreak,
) -> Option<LineGradient> {
    let gold = expected(scores, allowed, breaks)?;
    let free = expected(scores, |_| u8::MAX, |_| GoldBreak::Unknown)?;
    let loss = free.log_partition - gold.log_partition;
    Some(LineGradient { lines: less(gold.lines, &free.lines), breaks: less(gold.breaks, &free.breaks), loss })
}

fn less<const N: usize>(mut a: Vec<[f32; N]>, b: &[[f32; N]]) -> Vec<[f32; N]> {
    a.iter_mut().flatten().zip(b.iter().flatten()).for_each(|(a, b)| *a -= b);
    a
}

/// How often each role and each break score is expected on a page under constraints.
struct Expected {
    lines: Vec<[f32; ROLES]>,
    breaks: Vec<[f32; BREAK_SCORES]>,
    log_partition: f32,
}

/// What is expected of a page that may have these roles and breaks. Nothing if no sequence of roles has them.
fn expected(scores: &Scores, allowed: impl Fn(usize) -> u8, breaks: impl Fn(usize) -> GoldBreak) -> Option<Expected> {
    let mut emissions = emissions(scores);
    for (line, emission) in emissions.iter_mut().enumerate() {
        let allowed = allowed(line);
        emission.iter_mut().enumerate().filter(|(role, _)| allowed >> role & 1 == 0).for_each(|(_, s)| *s = FORBIDDEN);
    }
    let breaks: Vec<GoldBreak> = (0..scores.breaks.len()).map(breaks).collect();
    let score = |at: usize, above: usize, below: usize| match (transition(above, below), breaks[at]) {
        (Some(Transition::Joins(_)), GoldBreak::Broken | GoldBreak::Optional) => FORBIDDEN,
        (Some(Transition::Breaks(..)), GoldBreak::Joined) => FORBIDDEN,
        _ => transition_score(above, below, &scores.breaks[at]),
    };
    let chain = Chain { emissions: &emissions, transition: score };
    let marginals = chain.marginals();
    if !marginals.is_possible() {
        return None;
    }
    let of_break = |at| {
        let mut expected = [0.0; BREAK_SCORES];
        for above in 0..ROLES {
            for below in 0..ROLES {
                let Some(transition) = transition(above, below) else { continue };
                let p = chain.transition_probability(&marginals, at, above, below);
                match transition {
                    Transition::Joins(k) => expected[k] += p,
                    Transition::Breaks(above, below) => {
                        expected[above] += p;
                        expected[below] += p;
                    }
                }
            }
        }
        expected
    };
    Some(Expected {
        lines: (0..emissions.len()).map(|at| marginals.states(at)).collect(),
        breaks: (0..breaks.len()).map(of_break).collect(),
        log_partition: marginals.log_partition,
    })
}

/// The gradient of the log-likelihood of one page of units.
pub struct UnitGradient {
    pub units: Vec<Row>,
    /// By the kind above and the kind below.
    pub follows: [Row; KIND_COUNT],
    /// How surprising the gold is, in nats.
    pub loss: f32,
}

/// The gradient of a page of units, where the gold allows each unit the kinds of `allowed`.
pub fn of_units(rows: &[Row], allowed: impl Fn(usize) -> u16, follows: &[Row; KIND_COUNT]) -> UnitGradient {
    let mask = |(unit, row): (usize, &Row)| {
        std::array::from_fn(|kind| if allowed(unit) >> kind & 1 == 1 { row[kind] } else { FORBIDDEN })
    };
    let masked: Vec<Row> = rows.iter().enumerate().map(mask).collect();
    let transition = |_, above: usize, below: usize| follows[above][below];
    let (free_chain, gold_chain) = (Chain { emissions: rows, transition }, Chain { emissions: &masked, transition });
    let (free, gold) = (free_chain.marginals(), gold_chain.marginals());
    let mut gradient = [[0f32; KIND_COUNT]; KIND_COUNT];
    for at in 1..rows.len() {
        for (above, row) in gradient.iter_mut().enumerate() {
            for (below, expected) in row.iter_mut().enumerate() {
                *expected += gold_chain.transition_probability(&gold, at - 1, above, below)
                    - free_chain.transition_probability(&free, at - 1, above, below);
            }
        }
    }
    let units = (0..rows.len()).map(|at| (gold.states(at), free.states(at)));
    let units = units.map(|(g, f)| std::array::from_fn(|k| g[k] - f[k])).collect();
    UnitGradient { units, follows: gradient, loss: free.log_partition - gold.log_partition }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use qingyang::internals::model::lines::decoder::PLACES;

    /// How far a score is moved to measure the slope of the loss.
    const STEP: f32 = 0.05;

    fn scores(lines: usize) -> Scores {
        let mut random = Random::new(7);
        let mut score = || random.below(2000) as f32 / 500.0 - 2.0;
        Scores {
            lines: (0..lines).map(|_| std::array::from_fn(|_| score())).collect(),
            breaks: (1..lines).map(|_| std::array::from_fn(|_| score())).collect(),
        }
    }

    fn of(scores: &Scores) -> LineGradient {
        let breaks = [GoldBreak::Joined, GoldBreak::Unknown, GoldBreak::Broken, GoldBreak::Optional];
        of_lines(scores, |line| if line == 2 { 0b01_1110 } else { u8::MAX }, |k| breaks[k]).expect("a sequence")
    }

    #[test]
    fn the_gradient_of_lines_is_the_slope_of_their_loss() {
        let at = scores(5);
        let gradient = of(&at);
        let slope = |change: &dyn Fn(&mut Scores, f32)| {
            let [mut up, mut down] = [at.clone(), at.clone()];
            change(&mut up, STEP);
            change(&mut down, -STEP);
            (of(&down).loss - of(&up).loss) / (2.0 * STEP)
        };
        for (i, row) in gradient.lines.iter().enumerate() {
            for (r, g) in row.iter().enumerate() {
                let slope = slope(&|s, by| s.lines[i][PLACES[r]] += by);
                assert!((g - slope).abs() < 1e-3, "line {i}, role {r}: {g} is not {slope}");
            }
        }
        for (i, row) in gradient.breaks.iter().enumerate() {
            for (k, g) in row.iter().enumerate() {
                let slope = slope(&|s, by| s.breaks[i][k] += by);
                assert!((g - slope).abs() < 1e-3, "break {i}, score {k}: {g} is not {slope}");
            }
        }
    }

    #[test]
    fn a_page_whose_gold_no_sequence_agrees_with_has_no_gradient() {
        // A unit that ends at the first line cannot go on at the second.
        assert!(of_lines(&scores(2), |_| 0b00_0100, |_| GoldBreak::Joined).is_none());
    }

    #[test]
    fn the_gradient_of_units_is_the_slope_of_their_loss() {
        let mut random = Random::new(11);
        let mut row = || -> Row { std::array::from_fn(|_| random.below(2000) as f32 / 500.0 - 2.0) };
        let rows: Vec<Row> = (0..4).map(|_| row()).collect();
        let follows: [Row; KIND_COUNT] = std::array::from_fn(|_| row());
        let of = |rows: &[Row], follows: &[Row; KIND_COUNT]| {
            of_units(rows, |unit| if unit == 1 { 0b101 } else { u16::MAX }, follows)
        };
        let gradient = of(&rows, &follows);
        for (i, kind) in [(0, 0), (1, 0), (1, 1), (2, 3), (3, 14)] {
            let [mut up, mut down] = [rows.clone(), rows.clone()];
            up[i][kind] += STEP;
            down[i][kind] -= STEP;
            let slope = (of(&down, &follows).loss - of(&up, &follows).loss) / (2.0 * STEP);
            assert!((gradient.units[i][kind] - slope).abs() < 1e-3, "unit {i}, kind {kind}");
        }
        for (a, b) in [(0, 0), (0, 2), (2, 0), (5, 1)] {
            let [mut up, mut down] = [follows, follows];
            up[a][b] += STEP;
            down[a][b] -= STEP;
            let slope = (of(&rows, &down).loss - of(&rows, &up).loss) / (2.0 * STEP);
            assert!((gradient.follows[a][b] - slope).abs() < 1e-3, "{b} below {a}");
        }
    }
}
