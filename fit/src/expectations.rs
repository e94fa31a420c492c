//! Gradients of both chains: what the gold makes the model expect, less what it expects by itself (forward–backward).
//!
//! The training loops call this file only, so it is the one place to change if the chains of the library change.

use crate::lines::sample::GoldBreak;
use qingyang::internals::model::lines::LineRole;
use qingyang::internals::model::lines::decoder::{BREAK_SCORES, PLACES, ROLES, Scores, TRANSITIONS, transition_score};
use qingyang::internals::model::units::decoder::{self, Chain, Row};
use qingyang::internals::model::units::facts::KIND_COUNT;

/// The log of a weight that is nothing.
const NOTHING: f32 = -1.0e9;
/// A unit's score for a kind that the gold does not allow.
const FORBIDDEN: f32 = -1.0e6;

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
    let gold = LineSums::new(scores, allowed, breaks);
    if gold.log_z < NOTHING / 10.0 {
        return None;
    }
    let free = LineSums::new(scores, |_| u8::MAX, |_| GoldBreak::Unknown);
    let loss = free.log_z - gold.log_z;
    Some(LineGradient { lines: less(gold.lines, &free.lines), breaks: less(gold.breaks, &free.breaks), loss })
}

fn less<const N: usize>(mut a: Vec<[f32; N]>, b: &[[f32; N]]) -> Vec<[f32; N]> {
    a.iter_mut().flatten().zip(b.iter().flatten()).for_each(|(a, b)| *a -= b);
    a
}

/// A log of a sum of exponentials.
#[derive(Debug, Clone, Copy)]
struct LogSum {
    max: f32,
    sum: f32,
}

impl LogSum {
    const EMPTY: LogSum = LogSum { max: f32::NEG_INFINITY, sum: 0.0 };

    /// Adds exp(`v`).
    fn add(&mut self, v: f32) {
        if v <= self.max {
            self.sum += (v - self.max).exp();
        } else {
            self.sum = self.sum * (self.max - v).exp() + 1.0;
            self.max = v;
        }
    }

    /// The log of the sum.
    fn value(self) -> f32 {
        if self.sum > 0.0 { self.max + self.sum.ln() } else { NOTHING }
    }
}

/// How often each role and each break score is expected on a page under constraints.
struct LineSums {
    lines: Vec<[f32; ROLES]>,
    breaks: Vec<[f32; BREAK_SCORES]>,
    /// The log of the weight of all sequences.
    log_z: f32,
}

/// The roles and breaks that a page may have.
struct Constraints<A, B> {
    lines: usize,
    allowed: A,
    breaks: B,
}

impl<A: Fn(usize) -> u8, B: Fn(usize) -> GoldBreak> Constraints<A, B> {
    fn allows(&self, line: usize, role: usize) -> bool {
        (self.allowed)(line) >> role & 1 == 1
            && !(line == 0 && LineRole::ALL[role].continues())
            && !(line + 1 == self.lines && LineRole::ALL[role].goes_on())
    }

    fn allows_break(&self, below: usize, joins: bool) -> bool {
        match (self.breaks)(below) {
            GoldBreak::Unknown => true,
            GoldBreak::Joined => joins,
            GoldBreak::Broken | GoldBreak::Optional => !joins,
        }
    }
}

impl LineSums {
    fn new(scores: &Scores, allowed: impl Fn(usize) -> u8, breaks: impl Fn(usize) -> GoldBreak) -> LineSums {
        let page = Constraints { lines: scores.lines.len(), allowed, breaks };
        let forward = forward(scores, &page);
        let mut all = LogSum::EMPTY;
        forward[page.lines - 1].iter().for_each(|&v| all.add(v));
        backward(scores, &page, &forward, all.value())
    }
}

/// For each line and role the log of the weight of the sequences that end there.
fn forward<A, B>(scores: &Scores, page: &Constraints<A, B>) -> Vec<[f32; ROLES]>
where
    A: Fn(usize) -> u8,
    B: Fn(usize) -> GoldBreak,
{
    let mut forward = vec![[NOTHING; ROLES]; page.lines];
    for r in (0..ROLES).filter(|&r| page.allows(0, r)) {
        forward[0][r] = scores.lines[0][PLACES[r]];
    }
    for i in 1..page.lines {
        let mut sums = [LogSum::EMPTY; ROLES];
        for t in TRANSITIONS.iter().filter(|t| page.allows(i, t.below) && page.allows_break(i - 1, t.joins)) {
            if forward[i - 1][t.above] > NOTHING / 2.0 {
                sums[t.below].add(forward[i - 1][t.above] + transition_score(t, &scores.breaks[i - 1]));
            }
        }
        for r in (0..ROLES).filter(|&r| page.allows(i, r)) {
            forward[i][r] = (sums[r].value() + scores.lines[i][PLACES[r]]).max(NOTHING);
        }
    }
    forward
}

/// The way back, which adds up what is expected.
fn backward<A, B>(scores: &Scores, page: &Constraints<A, B>, forward: &[[f32; ROLES]], log_z: f32) -> LineSums
where
    A: Fn(usize) -> u8,
    B: Fn(usize) -> GoldBreak,
{
    let n = page.lines;
    let mut sums = LineSums { lines: vec![[0.0; ROLES]; n], breaks: vec![[0.0; BREAK_SCORES]; n - 1], log_z };
    sums.lines[n - 1] = forward[n - 1].map(|v| (v - log_z).exp());
    let mut backward = [0f32; ROLES];
    for i in (1..n).rev() {
        let mut above = [LogSum::EMPTY; ROLES];
        for t in TRANSITIONS.iter().filter(|t| page.allows(i, t.below) && page.allows_break(i - 1, t.joins)) {
            if forward[i - 1][t.above] <= NOTHING / 2.0 {
                continue;
            }
            let score = transition_score(t, &scores.breaks[i - 1]) + scores.lines[i][PLACES[t.below]];
            let tail = score + backward[t.below];
            above[t.above].add(tail);
            let p = (forward[i - 1][t.above] + tail - log_z).exp();
            sums.breaks[i - 1][t.scores.0] += p;
            if !t.joins {
                sums.breaks[i - 1][t.scores.1] += p;
            }
            sums.lines[i - 1][t.above] += p;
        }
        backward = above.map(LogSum::value);
    }
    sums
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
pub fn of_units(rows: &[Row], allowed: impl Fn(usize) -> u16, chain: Chain<'_>) -> UnitGradient {
    let mask = |(unit, row): (usize, &Row)| {
        std::array::from_fn(|kind| if allowed(unit) >> kind & 1 == 1 { row[kind] } else { FORBIDDEN })
    };
    let masked: Vec<Row> = rows.iter().enumerate().map(mask).collect();
    let (free, gold) = (decoder::sums(rows, chain), decoder::sums(&masked, chain));
    let mut follows = [[0f32; KIND_COUNT]; KIND_COUNT];
    for i in 1..rows.len() {
        for (above, row) in follows.iter_mut().enumerate() {
            for (below, expected) in row.iter_mut().enumerate() {
                let of = |s: &decoder::Sums, row: &Row| {
                    let until = s.forward[i - 1][above] + chain.follows[above][below] + row[below];
                    (until + s.backward[i][below] - s.total).exp()
                };
                *expected += of(&gold, &masked[i]) - of(&free, &rows[i]);
            }
        }
    }
    let units = (0..rows.len()).map(|i| (gold.of(i), free.of(i)));
    let units = units.map(|(g, f)| std::array::from_fn(|k| g[k] - f[k])).collect();
    UnitGradient { units, follows, loss: free.total - gold.total }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

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
            of_units(rows, |unit| if unit == 1 { 0b101 } else { u16::MAX }, Chain { follows })
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
