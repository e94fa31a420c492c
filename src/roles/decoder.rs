//! The joint decode: the best sequence of line roles over a whole page (Viterbi), and how certain each
//! break is (forward–backward). Scores are log-odds; time is linear in the lines, with 6 roles and the
//! 20 transitions that can happen.

use super::LineRole;

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

/// What the evidence says of a page: scores of each line's roles and of each break between two lines.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// One row a line.
    pub lines: Vec<[f32; ROLES]>,
    /// One row a break, one fewer than lines.
    pub breaks: Vec<[f32; BREAK_SCORES]>,
}

const IMPOSSIBLE: f32 = -1.0e9;

/// Buffers that decoding reuses from page to page.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    back: Vec<[u8; ROLES]>,
    forward: Vec<[f64; ROLES]>,
    odds: Vec<Odds>,
}

/// A page's first line cannot continue anything, its last cannot go on.
fn first_allowed(role: usize) -> bool {
    !LineRole::ALL[role].continues()
}

impl Decoder {
    /// The best roles, into `roles`.
    pub fn decode(&mut self, scores: &Scores, roles: &mut Vec<LineRole>) {
        roles.clear();
        let n = scores.lines.len();
        if n == 0 {
            return;
        }
        self.back.clear();
        self.back.resize(n, [0; ROLES]);
        let mut best: [f32; ROLES] =
            std::array::from_fn(|r| if first_allowed(r) { scores.lines[0][r] } else { IMPOSSIBLE });
        for i in 1..n {
            let s = &scores.breaks[i - 1];
            // A kept break scores its two sides apart: the best side above serves every role below.
            let mut top = f32::NEG_INFINITY;
            let mut top_role = 2;
            for above in 2..ROLES {
                let v = best[above] + s[4 + above - 2];
                if v > top {
                    top = v;
                    top_role = above;
                }
            }
            let line = &scores.lines[i];
            let mut next = [IMPOSSIBLE; ROLES];
            let back = &mut self.back[i];
            for (below, slot) in [(0, 8), (3, 9), (4, 10), (5, 11)] {
                next[below] = top + s[slot] + line[below];
                back[below] = top_role as u8;
            }
            for (below, from_start, from_middle) in [(1, 0, 2), (2, 1, 3)] {
                let a = best[0] + s[from_start];
                let b = best[1] + s[from_middle];
                next[below] = a.max(b) + line[below];
                back[below] = u8::from(b > a);
            }
            best = next;
        }
        let mut role = (0..ROLES)
            .filter(|&r| !LineRole::ALL[r].goes_on())
            .max_by(|&a, &b| best[a].total_cmp(&best[b]))
            .unwrap_or(LineRole::Single as usize);
        for i in (0..n).rev() {
            roles.push(LineRole::ALL[role]);
            role = self.back[i][role] as usize;
        }
        roles.reverse();
    }

    /// For each break, the probability that it parts two units.
    ///
    /// Forward–backward on probabilities and not on their logs: each line is scaled to a sum of one.
    pub fn posteriors(&mut self, scores: &Scores, kept: &mut Vec<f32>) {
        kept.clear();
        let n = scores.lines.len();
        if n < 2 {
            return;
        }
        self.forward.clear();
        self.odds.clear();
        let first = line_odds(&scores.lines[0]);
        let mut f: [f64; ROLES] = std::array::from_fn(|r| if first_allowed(r) { first[r] } else { 0.0 });
        self.forward.push(f);
        for i in 1..n {
            let odds = Odds::of(&scores.lines[i], &scores.breaks[i - 1]);
            let next = odds.forward(&f);
            let sum: f64 = next.iter().sum();
            f = next.map(|v| v / sum);
            self.forward.push(f);
            self.odds.push(odds);
        }
        kept.resize(n - 1, 0.0);
        let mut b: [f64; ROLES] = std::array::from_fn(|r| if LineRole::ALL[r].goes_on() { 0.0 } else { 1.0 });
        for i in (1..n).rev() {
            let odds = &self.odds[i - 1];
            let (joined, broken) = odds.parts(&self.forward[i - 1], &b);
            kept[i - 1] = (broken / (joined + broken)) as f32;
            let prev = odds.backward(&b);
            let sum: f64 = prev.iter().sum();
            b = prev.map(|v| v / sum);
        }
    }

    /// The roles that agree with the probabilities: a break is kept where it is the likelier. The best sequence
    /// ([`Decoder::decode`]) may say otherwise, where two of its readings share the chances of one break.
    pub fn settle(&mut self, scores: &mut Scores, kept: &[f32], roles: &mut Vec<LineRole>) {
        self.decode(scores, roles);
        if kept.iter().zip(roles.iter()).all(|(&p, role)| (p > 0.5) != role.goes_on()) {
            return;
        }
        for (scores, &p) in scores.breaks.iter_mut().zip(kept) {
            let bias = if p > 0.5 { -SETTLED } else { SETTLED };
            scores[..4].iter_mut().for_each(|s| *s += bias);
        }
        self.decode(scores, roles);
    }
}

/// More than all the evidence of a break, and little enough to leave the rest its precision.
const SETTLED: f32 = 1.0e4;

/// Scores beyond this say no more: e to the 40 leaves f64 room for a step of the recursion.
const MOST: f32 = 40.0;

/// A power of e as the recursions want it: good to six digits, the same on every machine.
#[inline]
fn odds(score: f32) -> f64 {
    // 2^x by its whole and its broken part, the latter as a polynomial.
    let x = score.clamp(-MOST, MOST) * std::f32::consts::LOG2_E;
    // Adding and taking away 1.5 × 2^23 rounds to the nearest whole.
    let whole = (x + 12_582_912.0) - 12_582_912.0;
    let y = (x - whole) * std::f32::consts::LN_2;
    let part = 1.0 + y * (1.0 + y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0 + y / 720.0)))));
    f64::from(part) * f64::from_bits(((1023 + whole as i64) as u64) << 52)
}

fn line_odds(scores: &[f32; ROLES]) -> [f64; ROLES] {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    std::array::from_fn(|r| odds(scores[r] - most))
}

/// The scores of a line and of the break above it, as factors.
#[derive(Debug, Clone, Copy)]
struct Odds {
    line: [f64; ROLES],
    between: [f64; BREAK_SCORES],
}

impl Odds {
    fn of(line: &[f32; ROLES], between: &[f32; BREAK_SCORES]) -> Odds {
        Odds { line: line_odds(line), between: std::array::from_fn(|k| odds(between[k])) }
    }

    fn forward(&self, f: &[f64; ROLES]) -> [f64; ROLES] {
        let (t, e) = (&self.between, &self.line);
        let end = f[2] * t[4] + f[3] * t[5] + f[4] * t[6] + f[5] * t[7];
        [
            end * t[8] * e[0],
            (f[0] * t[0] + f[1] * t[2]) * e[1],
            (f[0] * t[1] + f[1] * t[3]) * e[2],
            end * t[9] * e[3],
            end * t[10] * e[4],
            end * t[11] * e[5],
        ]
    }

    /// What begins below a kept break.
    fn begin(&self, b: &[f64; ROLES]) -> f64 {
        let (t, e) = (&self.between, &self.line);
        t[8] * e[0] * b[0] + t[9] * e[3] * b[3] + t[10] * e[4] * b[4] + t[11] * e[5] * b[5]
    }

    fn backward(&self, b: &[f64; ROLES]) -> [f64; ROLES] {
        let (t, e) = (&self.between, &self.line);
        let begin = self.begin(b);
        let (middle, end) = (e[1] * b[1], e[2] * b[2]);
        [t[0] * middle + t[1] * end, t[2] * middle + t[3] * end, t[4] * begin, t[5] * begin, t[6] * begin, t[7] * begin]
    }

    /// The weight of all readings that join, and of all that break.
    fn parts(&self, f: &[f64; ROLES], b: &[f64; ROLES]) -> (f64, f64) {
        let back = self.backward(b);
        (f[0] * back[0] + f[1] * back[1], f[2] * back[2] + f[3] * back[3] + f[4] * back[4] + f[5] * back[5])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that are drawn, and strong enough for a wrong recursion to show.
    fn drawn(n: usize, mut seed: u64) -> Scores {
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % 2000) as f32 / 250.0 - 4.0
        };
        Scores {
            lines: (0..n).map(|_| std::array::from_fn(|_| next())).collect(),
            breaks: (1..n).map(|_| std::array::from_fn(|_| next())).collect(),
        }
    }

    /// Every sequence that can be, with its score.
    fn sequences(scores: &Scores) -> Vec<(Vec<usize>, f64)> {
        let n = scores.lines.len();
        let mut all: Vec<(Vec<usize>, f64)> =
            (0..ROLES).filter(|&r| first_allowed(r)).map(|r| (vec![r], f64::from(scores.lines[0][r]))).collect();
        for i in 1..n {
            let mut longer = Vec::new();
            for (roles, score) in &all {
                for t in TRANSITIONS.iter().filter(|t| t.above == roles[i - 1]) {
                    let more = transition_score(t, &scores.breaks[i - 1]) + scores.lines[i][t.below];
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
    fn settled_roles_keep_the_breaks_that_are_the_likelier() {
        for seed in 0..200 {
            let mut scores = drawn(12, seed);
            let (mut kept, mut roles) = (Vec::new(), Vec::new());
            let mut decoder = Decoder::default();
            decoder.posteriors(&scores, &mut kept);
            decoder.settle(&mut scores, &kept, &mut roles);
            for (p, role) in kept.iter().zip(&roles) {
                assert_eq!(*p > 0.5, !role.goes_on(), "seed {seed}: {kept:?} {roles:?}");
            }
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
