//! Decoding the lines of a page: how certain each break is, and the roles that go with the breaks that are kept.
//!
//! The model is a linear-chain CRF over six roles with 20 possible transitions. [`Decoder`] computes the posterior of the
//! breaks by a recursion that is made for this chain; [`emissions`] and [`transition_score`] give the same chain to
//! [`crf`](crate::model::crf), which the fit uses and which the tests compare with. Decoding by the plain CRF instead
//! makes a page take several times as long.

use super::LineRole;
use crate::model::crf::FORBIDDEN;
use wide::f32x4;

/// Roles that a line can have.
pub const ROLES: usize = LineRole::COUNT;
/// Scores of a break: four ways to join (Start–Middle, Start–End, Middle–Middle, Middle–End), then what a kept break says of
/// the line above it (End, Single, Display, Row) and of the line below it (Start, Single, Display, Row).
pub const BREAK_SCORES: usize = 12;

/// A transition between the roles of two lines, with the places of its scores among those of the break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// Both lines are of one unit.
    Joins(usize),
    /// One unit ends and another begins: the score for the role above and the one for the role below.
    Breaks(usize, usize),
}

/// The transition from one role to another, if it is possible.
pub const fn transition(above: usize, below: usize) -> Option<Transition> {
    const END: usize = LineRole::End as usize;
    match (above, below) {
        (0, 1) => Some(Transition::Joins(0)),
        (0, 2) => Some(Transition::Joins(1)),
        (1, 1) => Some(Transition::Joins(2)),
        (1, 2) => Some(Transition::Joins(3)),
        (2..=5, 0) => Some(Transition::Breaks(4 + above - END, 8)),
        (2..=5, 3..=5) => Some(Transition::Breaks(4 + above - END, 8 + below - END)),
        _ => None,
    }
}

/// The score that the scores of a break give a transition; [`FORBIDDEN`] where it is not possible.
pub fn transition_score(above: usize, below: usize, scores: &[f32; BREAK_SCORES]) -> f32 {
    match transition(above, below) {
        Some(Transition::Joins(k)) => scores[k],
        Some(Transition::Breaks(above, below)) => scores[above] + scores[below],
        None => FORBIDDEN,
    }
}

/// The scores of each line's roles. The first line of a page continues nothing, and the last one does not go on.
pub fn emissions(scores: &Scores) -> Vec<[f32; ROLES]> {
    let mut emissions: Vec<[f32; ROLES]> = scores.lines.iter().map(|line| PLACES.map(|place| line[place])).collect();
    let forbid = |line: Option<&mut [f32; ROLES]>, is_forbidden: fn(LineRole) -> bool| {
        let scores = line.into_iter().flatten().zip(LineRole::ALL);
        scores.filter(|(_, role)| is_forbidden(*role)).for_each(|(score, _)| *score = FORBIDDEN);
    };
    forbid(emissions.first_mut(), LineRole::continues);
    forbid(emissions.last_mut(), LineRole::goes_on);
    emissions
}

/// A line's scores as they are added to those of the break above it: four for the ways to join (those of Middle and
/// End twice), then four for a start and for the roles of a line alone.
pub type LineScores = [f32; 8];

/// The place of each role among a line's scores. Those of Middle and End are repeated two places further on.
pub const PLACES: [usize; ROLES] = [4, 0, 1, 5, 6, 7];

/// The scores of a line's roles, each at its place.
pub fn placed(roles: [f32; ROLES]) -> LineScores {
    let [start, middle, end, single, display, row] = roles;
    [middle, end, middle, end, start, single, display, row]
}

/// The scores of a page's lines and breaks, in log-odds.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// One row for each line.
    pub lines: Vec<LineScores>,
    /// One row for each break, of which there is one fewer.
    pub breaks: Vec<[f32; BREAK_SCORES]>,
}

impl Scores {
    /// Adds log-odds to the ways in which break `at` can join its two lines.
    pub(super) fn add_to_joins(&mut self, at: usize, odds: f32) {
        self.breaks[at][..4].iter_mut().for_each(|score| *score += odds);
    }
}

/// Computes posteriors. It keeps its buffers from page to page.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    odds: Vec<Odds>,
    /// One for each break; it may be longer than the page.
    fore: Vec<Fore>,
    /// Room for a second reading of the page.
    pub(super) second: Reading,
}

/// One reading of a page: its scores, and the posterior of its breaks.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub scores: Scores,
    pub posterior: Vec<f32>,
}

/// The factors by which a break changes the weight of a sequence, relative to the sequence that keeps the break
/// between two units of several lines: one for each of the four ways to join, and the sum for the three roles of a
/// line above that is a unit by itself.
#[derive(Debug, Clone, Copy)]
struct Odds {
    join: [f64; 4],
    alone: f64,
}

/// The forward weights at a break.
#[derive(Debug, Clone, Copy, Default)]
struct Fore {
    /// Weight of all sequences in which the line above is the start of a unit, or its middle.
    start: f64,
    middle: f64,
    /// Weight of all sequences in which a unit ends above the break.
    ended: f64,
}

/// The forward pass: weights of sequences whose last line is a start, a middle, or an end.
struct Down([f64; 3]);

impl Down {
    #[inline(always)] // the weights stay in registers from line to line
    fn step(&mut self, x: &Odds, fore: &mut Fore) {
        let [start, middle, end] = self.0;
        let ended = end + start * x.alone;
        *fore = Fore { start, middle, ended };
        self.0 = [ended, start * x.join[0] + middle * x.join[2], start * x.join[1] + middle * x.join[3]];
    }
}

/// The backward pass: weights of the lines from the one below a break on, if that is a start, a middle, or the last
/// of its unit; and the factor of that line as a unit by itself.
struct Up {
    weights: [f64; 3],
    alone: f64,
}

impl Up {
    /// Goes one break up and returns the probability that it is kept.
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
    /// For each break the probability that it separates two units.
    ///
    /// This is forward–backward on weights, not on their logs, so that adding needs no logarithm. Only ratios of
    /// weights matter at a break, so a factor that all sequences share is left out; that saves one exponential on
    /// each side. A line that is a unit by itself leads from one kept break to the next, so its three roles are added
    /// up once for both passes.
    pub fn posteriors(&mut self, scores: &Scores, posterior: &mut Vec<f32>) {
        posterior.clear();
        let Some((first, rest)) = scores.lines.split_first() else { return };
        // The exponentials have a loop of their own, in which no line waits for another.
        let mut beginning = beside_first(four(first, 4));
        self.odds.clear();
        self.odds.extend(rest.iter().zip(&scores.breaks).map(|(line, between)| odds_of(line, between, &mut beginning)));
        // No break is below the last line.
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
        let role = settled(joins_above, joins_below, four(line, 4) + (four(above, 8) + four(below, 4)));
        (above, joins_above) = (below, joins_below);
        role
    }));
}

/// The role of a line by what it joins. A line alone has the best of the roles of a line alone, by the scores of a start or
/// end and of these three roles. A table and no branch: which lines join cannot be predicted.
#[inline(always)]
fn settled(joins_above: bool, joins_below: bool, alone: f32x4) -> LineRole {
    use LineRole::{Display, End, Middle, Row, Single, Start};
    static ROLES: [[LineRole; 4]; 4] = [[Single, Display, Row, Row], [Start; 4], [End; 4], [Middle; 4]];
    let [_, single, display, row] = alone.to_array();
    let best = usize::from(display > single) + 2 * usize::from((row > single) & (row > display));
    ROLES[2 * usize::from(joins_above) + usize::from(joins_below)][best]
}

/// Scores beyond this make no difference.
const MAX_SCORE: f32 = 40.0;

/// Steps of a pass between two checks of the range of its weights.
///
/// A step multiplies by at most 4·e^40. A forward weight times a backward weight has made nine steps since both were checked,
/// so it is at most 1e60 squared times (4·e^40)^9, about e^650; f64 has room up to e^708. At the other end 1e-30 squared
/// leaves e^-500.
const UNCHECKED: usize = 4;

/// Weights outside this range are brought back into it.
const RANGE: std::ops::Range<f64> = 1.0e-30..1.0e60;

#[inline]
fn in_range<const N: usize>(weights: [f64; N]) -> [f64; N] {
    let sum: f64 = weights.iter().sum();
    if RANGE.contains(&sum) { weights } else { weights.map(|w| w / sum) }
}

/// Exponentials with six correct digits, the same on every machine.
#[inline(always)]
fn powers(scores: f32x4) -> [f32; 4] {
    let n = f32x4::splat;
    // 2^x from its integer part and a polynomial for its fractional part.
    let x = scores.fast_max(n(-MAX_SCORE)).fast_min(n(MAX_SCORE)) * n(std::f32::consts::LOG2_E);
    // Adding and subtracting 1.5 × 2^23 rounds to the nearest integer, which is then in the low bits. With 126 added
    // it is the exponent of half the power, and the polynomial gives twice the fractional factor.
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

/// Scores relative to the first of four: those of the roles of a line alone, relative to a unit of several lines.
#[inline(always)]
fn beside_first(scores: f32x4) -> f32x4 {
    scores - f32x4::splat(scores.to_array()[0])
}

/// The factor of a line alone, over its three roles.
#[inline(always)]
fn sum_of_alone([_, single, display, row]: [f32; 4]) -> f64 {
    f64::from(single + display + row)
}

/// The factors of a break, from its scores, from those of the line below it, and from the beginning of the unit above
/// it.
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
    use crate::model::crf::Chain;
    use proptest::prelude::*;

    /// Scores of pages up to so many lines.
    fn scores(lines: usize) -> impl Strategy<Value = Scores> {
        let score = || -4.0f32..4.0;
        prop::collection::vec((prop::array::uniform6(score()), prop::array::uniform12(score())), 1..=lines).prop_map(
            |rows| Scores {
                lines: rows.iter().map(|row| placed(row.0)).collect(),
                breaks: rows[1..].iter().map(|row| row.1).collect(),
            },
        )
    }

    proptest! {
        #[test]
        fn the_recursion_agrees_with_the_plain_crf(scores in scores(60)) {
            let emissions = emissions(&scores);
            let chain = Chain {
                emissions: &emissions,
                transition: |at: usize, above: usize, below: usize| transition_score(above, below, &scores.breaks[at]),
            };
            let marginals = chain.marginals();
            let mut posterior = Vec::new();
            Decoder::default().posteriors(&scores, &mut posterior);
            prop_assert_eq!(posterior.len(), scores.breaks.len());
            for (at, &p) in posterior.iter().enumerate() {
                let states = marginals.states(at);
                let kept: f32 = LineRole::ALL.iter().filter(|role| !role.goes_on()).map(|&role| states[role as usize]).sum();
                // The plain CRF is the less exact one.
                prop_assert!((p - kept).abs() < 1.0e-3, "break {at}: {p}, {kept}");
            }
        }

        #[test]
        fn settled_roles_are_the_best_that_keep_the_likely_breaks(scores in scores(12)) {
            let (mut posterior, mut roles) = (Vec::new(), Vec::new());
            Decoder::default().posteriors(&scores, &mut posterior);
            settle(&scores, &posterior, &mut roles);
            let emissions = emissions(&scores);
            let agrees = |at: usize, above: usize| (posterior[at] > 0.5) != LineRole::ALL[above].goes_on();
            let chain = Chain {
                emissions: &emissions,
                transition: |at: usize, above: usize, below: usize| match agrees(at, above) {
                    true => transition_score(above, below, &scores.breaks[at]),
                    false => FORBIDDEN,
                },
            };
            let best: Vec<LineRole> = chain.best().into_iter().map(|role| LineRole::ALL[role]).collect();
            prop_assert_eq!(roles, best);
        }

        #[test]
        fn overwhelming_scores_leave_probabilities_and_no_nonsense(mut scores in scores(300)) {
            scores.breaks.iter_mut().flatten().for_each(|s| *s *= 1.0e4);
            scores.lines.iter_mut().flatten().for_each(|s| *s *= 1.0e4);
            let mut posterior = Vec::new();
            Decoder::default().posteriors(&scores, &mut posterior);
            prop_assert!(posterior.iter().all(|p| (0.0..=1.0).contains(p)), "{posterior:?}");
        }
    }

    #[test]
    fn twenty_transitions_are_possible() {
        let all = (0..ROLES).flat_map(|above| (0..ROLES).filter_map(move |below| transition(above, below)));
        assert_eq!(all.count(), 20);
    }
}
