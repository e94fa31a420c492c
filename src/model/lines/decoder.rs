//! The joint decode: how certain each break of a whole page is (forward–backward), and the line roles that go with the
//! breaks that are kept. Scores are log-odds; time is linear in the lines, with 6 roles and the 20 transitions that can
//! happen.

use super::LineRole;
use wide::f32x4;

/// Roles a line can have.
pub const ROLES: usize = LineRole::COUNT;
/// Scores of a break: four ways to be joined (Start–Middle, Start–End, Middle–Middle, Middle–End), then what
/// a kept break says of the line above it (End, Single, Display, Row) and below it (Start, Single, Display, Row).
pub const BREAK_SCORES: usize = 12;

/// Number of the joined pair (of the four), if these roles join.
const fn joined(above: usize, below: usize) -> Option<usize> {
    match (above, below) {
        (0, 1) => Some(0),
        (0, 2) => Some(1),
        (1, 1) => Some(2),
        (1, 2) => Some(3),
        _ => None,
    }
}

/// Place of a role among the four that may stand above a kept break.
const fn above_break(role: usize) -> Option<usize> {
    match role {
        2..=5 => Some(4 + role - 2),
        _ => None,
    }
}

/// Place of a role among the four that may stand below a kept break.
const fn below_break(role: usize) -> Option<usize> {
    match role {
        0 => Some(8),
        3..=5 => Some(8 + role - 2),
        _ => None,
    }
}

/// A transition that can happen: roles above and below, whether it joins, and which break scores count.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// Role of the line above.
    pub above: usize,
    /// Role of the line below.
    pub below: usize,
    /// Whether both lines are of one unit.
    pub joins: bool,
    /// Indices of the break scores that add up; the second is the first again for a join.
    pub scores: (usize, usize),
}

/// The 20 transitions that can happen.
pub const TRANSITIONS: [Transition; 20] = {
    let none = Transition { above: 0, below: 0, joins: false, scores: (0, 0) };
    let mut all = [none; 20];
    let mut n = 0;
    let mut above = 0;
    while above < ROLES {
        let mut below = 0;
        while below < ROLES {
            if let Some(k) = joined(above, below) {
                all[n] = Transition { above, below, joins: true, scores: (k, k) };
                n += 1;
            } else if let (Some(a), Some(b)) = (above_break(above), below_break(below)) {
                all[n] = Transition { above, below, joins: false, scores: (a, b) };
                n += 1;
            }
            below += 1;
        }
        above += 1;
    }
    all
};

/// The score that break scores give a transition.
#[inline]
pub fn transition_score(t: &Transition, scores: &[f32; BREAK_SCORES]) -> f32 {
    if t.joins { scores[t.scores.0] } else { scores[t.scores.0] + scores[t.scores.1] }
}

/// A line's scores, as they are added to those of the break above it: what it says of the four ways to be joined (twice
/// Middle and End), and of being a start or alone.
pub type LineScores = [f32; 8];

/// Where each role has its place among a line's scores; Middle and End have another, two further on.
pub const PLACES: [usize; ROLES] = [4, 0, 1, 5, 6, 7];

/// The scores of a line's roles, each at its place.
pub fn placed(roles: [f32; ROLES]) -> LineScores {
    let [start, middle, end, single, display, row] = roles;
    [middle, end, middle, end, start, single, display, row]
}

/// What the evidence says of a page: scores of each line's roles and of each break between two lines.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// One row a line.
    pub lines: Vec<LineScores>,
    /// One row a break, one fewer than lines.
    pub breaks: Vec<[f32; BREAK_SCORES]>,
}

/// Buffers that decoding reuses from page to page.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    odds: Vec<Odds>,
    /// One for each break, and those of a longer page behind them.
    fore: Vec<Fore>,
}

/// What a break changes in the weight of a reading, beside the reading that keeps it and has a unit of several lines end
/// above it and another begin below: factors of the four ways to be joined, and of a line above that is a unit by itself,
/// of all three kinds.
#[derive(Debug, Clone, Copy)]
struct Odds {
    join: [f64; 4],
    alone: f64,
}

/// What is known of a break from the lines above it.
#[derive(Debug, Clone, Copy, Default)]
struct Fore {
    /// Weight of all readings of the lines above in which the line above is the start of a unit, or its middle.
    start: f64,
    middle: f64,
    /// Weight of those that end a unit above the break.
    ended: f64,
}

/// The way down: weights of readings in which a line comes behind a kept break, is a middle, or an end.
struct Down([f64; 3]);

impl Down {
    #[inline(always)] // weights stay in registers from line to line; so below
    fn step(&mut self, x: &Odds, fore: &mut Fore) {
        let [start, middle, end] = self.0;
        let ended = end + start * x.alone;
        *fore = Fore { start, middle, ended };
        self.0 = [ended, start * x.join[0] + middle * x.join[2], start * x.join[1] + middle * x.join[3]];
    }
}

/// The way up: weights of the lines from the one below a break on, if that is a start or a middle, or ends behind the
/// next break; and the factor of that line alone.
struct Up {
    weights: [f64; 3],
    alone: f64,
}

impl Up {
    /// The probability that the break is kept.
    #[inline(always)]
    fn step(&mut self, x: &Odds, fore: &Fore) -> f32 {
        let [start, middle, ended] = self.weights;
        let begun = start + self.alone * ended;
        let start = x.join[0] * middle + x.join[1] * ended;
        let middle = x.join[2] * middle + x.join[3] * ended;
        let broken = fore.ended * begun;
        let joined = fore.start * start + fore.middle * middle;
        *self = Up { weights: [start, middle, begun], alone: x.alone };
        (broken / (joined + broken)) as f32
    }
}

impl Decoder {
    /// For each break, the probability that it parts two units.
    ///
    /// Forward–backward on probabilities and not on their logs. Of each break only odds count, so what all readings have
    /// in common is left out: that is one power less of each side. A line that is a unit by itself leads from one kept
    /// break to the next: its three kinds are added up once, for both ways.
    pub fn posteriors(&mut self, scores: &Scores, posterior: &mut Vec<f32>) {
        posterior.clear();
        let Some((first, rest)) = scores.lines.split_first() else { return };
        // The powers in a loop of their own, where no line waits for another.
        let mut beginning = beside_first(four(first, 4));
        self.odds.clear();
        self.odds.extend(rest.iter().zip(&scores.breaks).map(|(line, between)| odds_of(line, between, &mut beginning)));
        // Behind the last line nothing counts.
        let last = sum_of_alone(powers(beginning));
        let n = self.odds.len();
        posterior.resize(n, 0.0);
        if self.fore.len() < n {
            self.fore.resize(n, Fore::default());
        }
        let (odds, odds_left) = self.odds.as_chunks::<UNCHECKED>();
        let (fore, fore_left) = self.fore[..n].as_chunks_mut::<UNCHECKED>();
        let (posterior, posterior_left) = posterior.as_chunks_mut::<UNCHECKED>();
        let mut down = Down([1.0, 0.0, 0.0]);
        for (odds, fore) in odds.iter().zip(&mut *fore) {
            odds.iter().zip(fore).for_each(|(x, fore)| down.step(x, fore));
            down.0 = in_range(down.0);
        }
        odds_left.iter().zip(&mut *fore_left).for_each(|(x, fore)| down.step(x, fore));
        let mut up = Up { weights: [0.0, 0.0, 1.0], alone: last };
        let up_to = |up: &mut Up, odds: &[Odds], fore: &[Fore], posterior: &mut [f32]| {
            odds.iter().zip(fore).zip(posterior).rev().for_each(|((x, fore), posterior)| *posterior = up.step(x, fore));
            up.weights = in_range(up.weights);
        };
        up_to(&mut up, odds_left, fore_left, posterior_left);
        for ((odds, fore), posterior) in odds.iter().zip(fore).zip(posterior).rev() {
            up_to(&mut up, odds, fore, posterior);
        }
    }
}

/// The roles that agree with the posterior: a break is kept where that is the likelier. Lines that join are the start,
/// middle and end of a unit. A line between two kept breaks has the best of the roles of a line alone, by its own scores
/// and those of both breaks.
pub fn settle(scores: &Scores, posterior: &[f32], roles: &mut Vec<LineRole>) {
    const NO_BREAK: &[f32; BREAK_SCORES] = &[0.0; BREAK_SCORES];
    roles.clear();
    let (mut above, mut joins_above) = (NO_BREAK, false);
    roles.extend(scores.lines.iter().enumerate().map(|(i, line)| {
        let below = scores.breaks.get(i).unwrap_or(NO_BREAK);
        let joins_below = posterior.get(i).is_some_and(|&p| p <= 0.5);
        let role = match (joins_above, joins_below) {
            (false, true) => LineRole::Start,
            (true, true) => LineRole::Middle,
            (true, false) => LineRole::End,
            (false, false) => best_alone(four(line, 4) + (four(above, 8) + four(below, 4))),
        };
        (above, joins_above) = (below, joins_below);
        role
    }));
}

/// The best role of a line alone, by the scores of a start or end and of the three roles of a line alone.
fn best_alone(scores: f32x4) -> LineRole {
    let [_, single, display, row] = scores.to_array();
    let (mut best, mut role) = (single, LineRole::Single);
    if display > best {
        (best, role) = (display, LineRole::Display);
    }
    if row > best {
        role = LineRole::Row;
    }
    role
}

/// Scores beyond this say no more.
const MAX_SCORE: f32 = 40.0;

/// Steps of a recursion between two looks whether its weights are in range.
///
/// A step multiplies by four times e to the 40 at the most. A weight from above times one from below has come nine steps
/// since both were looked at, so it is at most 1e60 squared times 4e40 to the ninth, about e to the 650, for which f64
/// (e to the ±708) has room. At the other end, the heaviest weights of 1e-30 leave e to the -500.
const UNCHECKED: usize = 4;

/// Weights that have left this range are brought back into it.
const RANGE: std::ops::Range<f64> = 1.0e-30..1.0e60;

#[inline]
fn in_range<const N: usize>(weights: [f64; N]) -> [f64; N] {
    let sum: f64 = weights.iter().sum();
    if RANGE.contains(&sum) { weights } else { weights.map(|w| w / sum) }
}

/// Powers of e as the recursions want them: good to six digits, the same on every machine.
#[inline(always)]
fn powers(scores: f32x4) -> [f32; 4] {
    let n = f32x4::splat;
    // 2^x by its whole and its broken part, the latter as a polynomial.
    let x = scores.fast_max(n(-MAX_SCORE)).fast_min(n(MAX_SCORE)) * n(std::f32::consts::LOG2_E);
    // Adding and taking away 1.5 × 2^23 rounds to the nearest whole, which then stands in the low bits; with 126 more it
    // is there as half the power has its exponent, and what that is multiplied by is twice the part.
    let shift = n(12_582_912.0 + 126.0);
    let shifted = x + shift;
    let y = (x - (shifted - shift)) * n(std::f32::consts::LN_2);
    let mut twice = y * n(2.0 / 720.0);
    for term in [2.0 / 120.0, 2.0 / 24.0, 2.0 / 6.0, 1.0, 2.0] {
        twice = y * (n(term) + twice);
    }
    let half = shifted.to_array().map(|shifted| f32::from_bits(shifted.to_bits() << 23));
    ((n(2.0) + twice) * f32x4::new(half)).to_array()
}

#[inline(always)]
fn four(scores: &[f32], from: usize) -> f32x4 {
    f32x4::new(*scores[from..].first_chunk().unwrap_or(&[0.0; 4]))
}

/// What is beside the first of four scores: that of a unit of several lines, in front of those of a line alone.
#[inline(always)]
fn beside_first(scores: f32x4) -> f32x4 {
    scores - f32x4::splat(scores.to_array()[0])
}

/// The factor of a line alone, of its three kinds.
#[inline(always)]
fn sum_of_alone([_, single, display, row]: [f32; 4]) -> f64 {
    f64::from(single + display + row)
}

/// The odds of a break, from its scores, those of the line below it, and what is said of a unit's beginning behind the
/// break above.
#[inline(always)]
fn odds_of(line: &LineScores, between: &[f32; BREAK_SCORES], beginning: &mut f32x4) -> Odds {
    let (above, below) = (four(between, 4), four(between, 8) + four(line, 4));
    let several = above.to_array()[0] + below.to_array()[0];
    let alone = sum_of_alone(powers(*beginning + beside_first(above)));
    *beginning = beside_first(below);
    Odds { join: powers(four(between, 0) + four(line, 0) - f32x4::splat(several)).map(f64::from), alone }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page's first line cannot continue anything, its last cannot go on.
    fn first_allowed(role: usize) -> bool {
        !LineRole::ALL[role].continues()
    }

    /// Scores that are drawn, and strong enough for a wrong recursion to show.
    fn drawn(n: usize, mut seed: u64) -> Scores {
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % 2000) as f32 / 250.0 - 4.0
        };
        Scores {
            lines: (0..n).map(|_| placed(std::array::from_fn(|_| next()))).collect(),
            breaks: (1..n).map(|_| std::array::from_fn(|_| next())).collect(),
        }
    }

    /// Every sequence that can be, with its score.
    fn sequences(scores: &Scores) -> Vec<(Vec<usize>, f64)> {
        let n = scores.lines.len();
        let mut all: Vec<(Vec<usize>, f64)> = (0..ROLES)
            .filter(|&r| first_allowed(r))
            .map(|r| (vec![r], f64::from(scores.lines[0][PLACES[r]])))
            .collect();
        for i in 1..n {
            let mut longer = Vec::new();
            for (roles, score) in &all {
                for t in TRANSITIONS.iter().filter(|t| t.above == roles[i - 1]) {
                    let more = transition_score(t, &scores.breaks[i - 1]) + scores.lines[i][PLACES[t.below]];
                    longer.push(([roles.as_slice(), &[t.below]].concat(), score + f64::from(more)));
                }
            }
            all = longer;
        }
        all.retain(|(roles, _)| !LineRole::ALL[roles[n - 1]].goes_on());
        all
    }

    #[test]
    fn probabilities_are_those_of_all_sequences_counted() {
        for seed in 0..40 {
            let scores = drawn(5, seed);
            let all = sequences(&scores);
            let sum: f64 = all.iter().map(|(_, s)| s.exp()).sum();
            let mut posterior = Vec::new();
            Decoder::default().posteriors(&scores, &mut posterior);
            for (i, &p) in posterior.iter().enumerate() {
                let broken: f64 =
                    all.iter().filter(|(r, _)| !LineRole::ALL[r[i]].goes_on()).map(|(_, s)| s.exp()).sum();
                assert!((f64::from(p) - broken / sum).abs() < 1.0e-4, "seed {seed}, break {i}: {p}, {}", broken / sum);
            }
        }
    }

    #[test]
    fn settled_roles_are_the_best_that_keep_the_breaks_that_are_the_likelier() {
        for seed in 0..200 {
            let scores = drawn(6, seed);
            let (mut posterior, mut roles) = (Vec::new(), Vec::new());
            Decoder::default().posteriors(&scores, &mut posterior);
            settle(&scores, &posterior, &mut roles);
            for (p, role) in posterior.iter().zip(&roles) {
                assert_eq!(*p > 0.5, !role.goes_on(), "seed {seed}: {posterior:?} {roles:?}");
            }
            let agrees = |s: &[usize]| posterior.iter().zip(s).all(|(&p, &r)| (p > 0.5) != LineRole::ALL[r].goes_on());
            let all = sequences(&scores);
            let best = all.iter().filter(|(s, _)| agrees(s)).max_by(|a, b| a.1.total_cmp(&b.1));
            let best = best.map(|(s, _)| s.iter().map(|&r| LineRole::ALL[r]).collect());
            assert_eq!(best.as_ref(), Some(&roles), "seed {seed}: {posterior:?}");
        }
    }

    #[test]
    fn overwhelming_scores_leave_probabilities_and_no_nonsense() {
        let mut scores = drawn(300, 7);
        scores.breaks.iter_mut().flatten().for_each(|s| *s *= 1.0e4);
        scores.lines.iter_mut().flatten().for_each(|s| *s *= 1.0e4);
        let mut posterior = Vec::new();
        Decoder::default().posteriors(&scores, &mut posterior);
        assert!(posterior.iter().all(|p| (0.0..=1.0).contains(p)), "{posterior:?}");
    }
}
