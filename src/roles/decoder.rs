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
    forward: Vec<[f32; ROLES]>,
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
    pub fn posteriors(&mut self, scores: &Scores, kept: &mut Vec<f32>) {
        kept.clear();
        let n = scores.lines.len();
        if n < 2 {
            return;
        }
        self.forward.clear();
        let mut f: [f32; ROLES] =
            std::array::from_fn(|r| if first_allowed(r) { scores.lines[0][r] } else { IMPOSSIBLE });
        self.forward.push(f);
        for i in 1..n {
            let s = &scores.breaks[i - 1];
            let mut next = [IMPOSSIBLE; ROLES];
            let mut sums: [LogSum; ROLES] = [LogSum::default(); ROLES];
            for t in &TRANSITIONS {
                sums[t.below].add(f[t.above] + transition_score(t, s));
            }
            for r in 0..ROLES {
                next[r] = sums[r].value() + scores.lines[i][r];
            }
            f = next;
            self.forward.push(f);
        }
        kept.resize(n - 1, 0.0);
        let mut b: [f32; ROLES] = std::array::from_fn(|r| if LineRole::ALL[r].goes_on() { IMPOSSIBLE } else { 0.0 });
        for i in (1..n).rev() {
            let s = &scores.breaks[i - 1];
            let (mut all, mut broken) = (LogSum::default(), LogSum::default());
            let mut prev: [LogSum; ROLES] = [LogSum::default(); ROLES];
            for t in &TRANSITIONS {
                let tail = transition_score(t, s) + scores.lines[i][t.below] + b[t.below];
                prev[t.above].add(tail);
                let whole = self.forward[i - 1][t.above] + tail;
                all.add(whole);
                if !t.joins {
                    broken.add(whole);
                }
            }
            kept[i - 1] = (broken.value() - all.value()).exp().clamp(0.0, 1.0);
            b = std::array::from_fn(|r| prev[r].value());
        }
    }
}

/// A running log of a sum of exponentials.
#[derive(Debug, Clone, Copy)]
pub struct LogSum {
    max: f32,
    sum: f32,
}

impl Default for LogSum {
    fn default() -> LogSum {
        LogSum { max: f32::NEG_INFINITY, sum: 0.0 }
    }
}

impl LogSum {
    /// Adds exp(`v`).
    #[inline]
    pub fn add(&mut self, v: f32) {
        if v <= self.max {
            self.sum += (v - self.max).exp();
        } else {
            self.sum = self.sum * (self.max - v).exp() + 1.0;
            self.max = v;
        }
    }

    /// The log of the sum.
    #[inline]
    pub fn value(self) -> f32 {
        if self.sum > 0.0 { self.max + self.sum.ln() } else { IMPOSSIBLE }
    }
}
