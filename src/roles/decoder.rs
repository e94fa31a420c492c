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

/// The factors of a break and of the line below it, in the order of the break's scores.
type Odds = [f64; BREAK_SCORES];

/// What is known of a break from the lines above it.
#[derive(Debug, Clone, Copy, Default)]
struct Fore {
    /// Weight of all readings of the lines above in which the line above is the start of a unit, or its middle.
    start: f64,
    middle: f64,
    /// Weight of those that end a unit above the break.
    ended: f64,
    /// Factor of a line above that is a unit by itself, of all three kinds.
    alone: f64,
}

/// The way down: weights of readings in which a line is a start, a middle, an end, or comes behind a kept break.
struct Down {
    weights: [f64; 4],
    /// What a kept break says of the line, other than that it is a start.
    below: [f64; 3],
}

impl Down {
    #[inline(always)]
    fn step(&mut self, x: &Odds, fore: &mut Fore) {
        let Down { weights: [start, middle, end, behind], below } = *self;
        let alone = below[0] * x[5] + below[1] * x[6] + below[2] * x[7];
        let ended = end * x[4] + behind * alone;
        *fore = Fore { start, middle, ended, alone };
        self.weights = [ended * x[8], start * x[0] + middle * x[2], start * x[1] + middle * x[3], ended];
        self.below = [x[9], x[10], x[11]];
    }
}

/// The way up: weights of the lines from the one below a break on, if that is a start or a middle, or ends behind the
/// next break; and the factors of that break.
struct Up {
    weights: [f64; 3],
    alone: f64,
    end: f64,
}

impl Up {
    /// The probability that the break is kept.
    #[inline(always)]
    fn step(&mut self, x: &Odds, fore: &Fore) -> f32 {
        let b = self.weights;
        let ending = self.end * b[2];
        let begun = x[8] * b[0] + self.alone * b[2];
        let (start, middle) = (x[0] * b[1] + x[1] * ending, x[2] * b[1] + x[3] * ending);
        let broken = fore.ended * begun;
        let joined = fore.start * start + fore.middle * middle;
        *self = Up { weights: [start, middle, begun], alone: fore.alone, end: x[4] };
        (broken / (joined + broken)) as f32
    }
}

impl Decoder {
    /// For each break, the probability that it parts two units.
    ///
    /// Forward–backward on probabilities and not on their logs. A line that is a unit by itself leads from one kept
    /// break to the next: its three kinds are added up once, for both ways.
    pub fn posteriors(&mut self, scores: &Scores, kept: &mut Vec<f32>) {
        kept.clear();
        let Some((first, rest)) = scores.lines.split_first() else { return };
        // The powers in a loop of their own, where no line waits for another.
        self.odds.clear();
        self.odds.extend(rest.iter().zip(&scores.breaks).map(|(line, between)| odds_of(line, between)));
        let n = self.odds.len();
        kept.resize(n, 0.0);
        if self.fore.len() < n {
            self.fore.resize(n, Fore::default());
        }
        let (odds, odds_left) = self.odds.as_chunks::<UNCHECKED>();
        let (fore, fore_left) = self.fore[..n].as_chunks_mut::<UNCHECKED>();
        let (kept, kept_left) = kept.as_chunks_mut::<UNCHECKED>();
        // Above the first line there is a break of which nothing is known.
        let first = odds_of(first, &[0.0; BREAK_SCORES]);
        let mut down = Down { weights: [first[8], 0.0, 0.0, 1.0], below: [first[9], first[10], first[11]] };
        for (odds, fore) in odds.iter().zip(&mut *fore) {
            odds.iter().zip(fore).for_each(|(x, fore)| down.step(x, fore));
            down.weights = in_range(down.weights);
        }
        odds_left.iter().zip(&mut *fore_left).for_each(|(x, fore)| down.step(x, fore));
        // Behind the last line nothing counts.
        let mut up = Up { weights: [0.0, 0.0, 1.0], alone: down.below.iter().sum(), end: 1.0 };
        let up_to = |up: &mut Up, odds: &[Odds], fore: &[Fore], kept: &mut [f32]| {
            odds.iter().zip(fore).zip(kept).rev().for_each(|((x, fore), kept)| *kept = up.step(x, fore));
            up.weights = in_range(up.weights);
        };
        up_to(&mut up, odds_left, fore_left, kept_left);
        for ((odds, fore), kept) in odds.iter().zip(fore).zip(kept).rev() {
            up_to(&mut up, odds, fore, kept);
        }
    }
}

/// The roles that agree with the probabilities: a break is kept where it is the likelier. What joins is the start,
/// middle and end of a unit; a line between two kept breaks is what its scores and theirs make of it.
pub fn settle(scores: &Scores, kept: &[f32], roles: &mut Vec<LineRole>) {
    const ALONE: [LineRole; 3] = [LineRole::Single, LineRole::Display, LineRole::Row];
    roles.clear();
    let joins = |i: Option<usize>| i.and_then(|i| kept.get(i)).is_some_and(|&p| p <= 0.5);
    for (i, line) in scores.lines.iter().enumerate() {
        let above = i.checked_sub(1);
        roles.push(match (joins(above), joins(Some(i))) {
            (false, true) => LineRole::Start,
            (true, true) => LineRole::Middle,
            (true, false) => LineRole::End,
            (false, false) => {
                let above = above.and_then(|i| scores.breaks.get(i));
                let below = scores.breaks.get(i);
                let score = |r: LineRole| {
                    let r = r as usize;
                    let sides = above.map_or(0.0, |s| s[8 + r - 2]) + below.map_or(0.0, |s| s[4 + r - 2]);
                    line[PLACES[r]] + sides
                };
                let scores = ALONE.map(score);
                let mut best = 0;
                for k in 1..ALONE.len() {
                    if scores[k] > scores[best] {
                        best = k;
                    }
                }
                ALONE[best]
            }
        });
    }
}

/// Scores beyond this say no more.
const MOST: f32 = 40.0;

/// Steps of a recursion between two looks whether its weights are in range.
///
/// A step multiplies by two factors at most, e to the ±80 (and adds up four such). A weight from above times one from
/// below has come five steps since both were looked at, so it is at most 1e60 squared times 4e80 to the fifth, about
/// e to the 690, for which f64 (e to the ±708) has room. At the other end, the heaviest weights of 1e-30 leave e to the
/// -538, and 160 for one way or another that leads only on a detour from one to the other.
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
    let x = scores.fast_max(n(-MOST)).fast_min(n(MOST)) * n(std::f32::consts::LOG2_E);
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

/// The largest of a line's scores, in all lanes.
#[inline(always)]
fn most(upper: f32x4, lower: f32x4) -> f32x4 {
    let [a, b, c, d] = upper.fast_max(lower).to_array();
    let [a, b, c, d] = f32x4::new([a, b, c, d]).fast_max(f32x4::new([c, d, a, b])).to_array();
    f32x4::new([a, b, c, d]).fast_max(f32x4::new([b, a, d, c]))
}

/// The scores of a break and of the line below it, as factors: in the order of the break's scores, with the line's own
/// in those that say what it is.
#[inline(always)]
fn odds_of(line: &LineScores, between: &[f32; BREAK_SCORES]) -> Odds {
    let four = |scores: &[f32], k: usize| f32x4::new(*scores[k..].first_chunk().unwrap_or(&[0.0; 4]));
    let (joined, alone) = (four(line, 0), four(line, 4));
    let most = most(joined, alone);
    let join = powers(four(between, 0) + (joined - most));
    let above = powers(four(between, 4));
    let below = powers(four(between, 8) + (alone - most));
    let odds = [join, above, below];
    std::array::from_fn(|k| f64::from(odds[k / 4][k % 4]))
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
            let mut kept = Vec::new();
            Decoder::default().posteriors(&scores, &mut kept);
            for (i, &p) in kept.iter().enumerate() {
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
            let (mut kept, mut roles) = (Vec::new(), Vec::new());
            Decoder::default().posteriors(&scores, &mut kept);
            settle(&scores, &kept, &mut roles);
            for (p, role) in kept.iter().zip(&roles) {
                assert_eq!(*p > 0.5, !role.goes_on(), "seed {seed}: {kept:?} {roles:?}");
            }
            let agrees = |s: &[usize]| kept.iter().zip(s).all(|(&p, &r)| (p > 0.5) != LineRole::ALL[r].goes_on());
            let all = sequences(&scores);
            let best = all.iter().filter(|(s, _)| agrees(s)).max_by(|a, b| a.1.total_cmp(&b.1));
            let best = best.map(|(s, _)| s.iter().map(|&r| LineRole::ALL[r]).collect());
            assert_eq!(best.as_ref(), Some(&roles), "seed {seed}: {kept:?}");
        }
    }

    #[test]
    fn overwhelming_scores_leave_probabilities_and_no_nonsense() {
        let mut scores = drawn(300, 7);
        scores.breaks.iter_mut().flatten().for_each(|s| *s *= 1.0e4);
        scores.lines.iter_mut().flatten().for_each(|s| *s *= 1.0e4);
        let mut kept = Vec::new();
        Decoder::default().posteriors(&scores, &mut kept);
        assert!(kept.iter().all(|p| (0.0..=1.0).contains(p)), "{kept:?}");
    }
}
