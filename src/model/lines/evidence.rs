//! Why a break was kept or closed up: what each kind of evidence adds to its log-odds.
//!
//! A template adds to the log-odds of a break what its weight is on average if the break is kept, less what it is if the two
//! lines join. The averages are over the ways to keep the break and over the ways to join, as the chain finds them. For a
//! chain this is the derivative of the log-odds by the weights of the template, so the parts add up as far as they are small.

use super::decoder::{BREAK_SCORES, LineScores, PLACES, ROLES, Scores};
use super::decoder::{Transition, emissions, transition, transition_score};
use super::templates::{BREAK_TEMPLATES, Evidence as Kind, Features, LINE_TEMPLATES};
use super::weights::{Rows, Weights};
use super::word_look;
use crate::measure::{Class, Layout};
use crate::model::crf::Chain;
use crate::proof::{Evidence, Reason};

/// Log-odds below this are not worth a mention: they change a probability of one half by 6 %.
const LEAST: f32 = 0.25;

/// Which way the chain goes at a break: the probability of each transition if the break is kept, less that if it is not.
type Lean = [[f32; ROLES]; ROLES];

/// What was added to the log-odds of the breaks beside the templates and the fixed priors.
pub struct Added<'a> {
    /// By the places of the lines; empty if none are known.
    pub by_places: &'a [f32],
    /// The lines above breaks that cut a word which the page prints whole elsewhere.
    pub cut_words: &'a [usize],
}

/// Explains the breaks of a page. `scores` are those of the chain with all that was added to the templates, `posterior` is the
/// final probability of each break, and `text` the measured text. The evidence comes strongest first; a break that is not `wanted`
/// has none.
pub fn explain(
    text: &str,
    page: &Layout,
    weights: &Weights,
    scores: &Scores,
    added: &Added<'_>,
    posterior: &[f32],
    wanted: impl Fn(usize) -> bool,
) -> Vec<Vec<Evidence>> {
    if !(0..posterior.len()).any(&wanted) {
        return Vec::new();
    }
    let rows = weights.of_page(page);
    let features = Features::new(page);
    let emissions = emissions(scores);
    let chain = Chain {
        emissions: &emissions,
        transition: |at: usize, above: usize, below: usize| transition_score(above, below, &scores.breaks[at]),
    };
    let marginals = chain.marginals();
    let of_break = |(at, &posterior): (usize, &f32)| {
        if !wanted(at) {
            return Vec::new();
        }
        let probability = |above, below| chain.transition_probability(&marginals, at, above, below);
        let (lean, kept) = lean(probability);
        let mut sums = Sums::default();
        sums.add_templates(&features, rows, at, &lean);
        let prior = features.prior(at);
        sums.add(Reason::Rule, -prior);
        let place = added.by_places.get(at).copied().unwrap_or_default();
        sums.add(Reason::Place, -place);
        let rest = scores.breaks[at][0] - sums.joins - prior - place;
        sums.add(Reason::Habit, -rest);
        let word = if added.cut_words.contains(&at) { -word_look::PRINTED_ELSEWHERE } else { 0.0 };
        sums.add(Reason::PrintedElsewhere, word);
        sums.add(Reason::SecondLook, log_odds(posterior) - word - log_odds(kept));
        sums.told(text, page, at)
    };
    posterior.iter().enumerate().map(of_break).collect()
}

fn log_odds(p: f32) -> f32 {
    const MOST: f32 = 1.0e-5;
    let p = p.clamp(MOST, 1.0 - MOST);
    (p / (1.0 - p)).ln()
}

/// How the chain leans, and the probability that the break is kept.
fn lean(probability: impl Fn(usize, usize) -> f32) -> (Lean, f32) {
    let mut of: Lean = [[0.0; ROLES]; ROLES];
    let (mut kept, mut joined) = (0.0, 0.0);
    for (above, row) in of.iter_mut().enumerate() {
        for (below, p) in row.iter_mut().enumerate() {
            *p = probability(above, below);
            match transition(above, below) {
                Some(Transition::Breaks(..)) => kept += *p,
                _ => joined += *p,
            }
        }
    }
    for (above, row) in of.iter_mut().enumerate() {
        for (below, p) in row.iter_mut().enumerate() {
            *p /= match transition(above, below) {
                Some(Transition::Breaks(..)) => kept.max(f32::MIN_POSITIVE),
                _ => -joined.max(f32::MIN_POSITIVE),
            };
        }
    }
    (of, kept / (kept + joined).max(f32::MIN_POSITIVE))
}

/// Log-odds by reason.
#[derive(Default)]
struct Sums {
    list: Vec<(Reason, f32)>,
    /// What the templates add to the first way to join.
    joins: f32,
}

impl Sums {
    fn add(&mut self, reason: Reason, odds: f32) {
        match self.list.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, sum)) => *sum += odds,
            None => self.list.push((reason, odds)),
        }
    }

    fn add_templates(&mut self, features: &Features<'_>, rows: &Rows, at: usize, lean: &Lean) {
        let scale = |row: &[wide::i16x8]| -> Vec<f32> {
            row.iter().flat_map(|lanes| lanes.to_array()).map(|w| f32::from(w) * 0.001).collect()
        };
        let is_used = |foreign: bool| rows.foreign || !foreign;
        for (template, &bin) in BREAK_TEMPLATES.iter().zip(&features.break_bins(at)) {
            if is_used(template.foreign)
                && let Some(weights) = scale(&rows.breaks[usize::from(bin)]).first_chunk::<BREAK_SCORES>()
            {
                self.joins += weights[0];
                let over = |above, below| transition_score(above, below, weights);
                self.add(reason(template.kind), over_lean(lean, over));
            }
        }
        for (line, is_above) in [(at, true), (at + 1, false)] {
            for (template, &bin) in LINE_TEMPLATES.iter().zip(&features.line_bins(line)) {
                if is_used(template.foreign)
                    && let Some(weights) = scale(&rows.lines[usize::from(bin)]).first_chunk::<8>()
                {
                    let weights: &LineScores = weights;
                    let over = |above: usize, below: usize| weights[PLACES[if is_above { above } else { below }]];
                    self.add(reason(template.kind), over_lean(lean, over));
                }
            }
        }
    }

    /// The reasons with the facts of the lines on both sides, the strongest first.
    fn told(mut self, text: &str, page: &Layout, at: usize) -> Vec<Evidence> {
        self.list.retain(|(_, odds)| odds.abs() >= LEAST);
        self.list.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        self.list
            .into_iter()
            .map(|(reason, odds)| Evidence { reason: with_facts(reason, text, page, at), odds })
            .collect()
    }
}

/// The sum over all transitions of what a template says of them, weighted by how the chain leans.
fn over_lean(lean: &Lean, says: impl Fn(usize, usize) -> f32) -> f32 {
    let mut sum = 0.0;
    for (above, row) in lean.iter().enumerate() {
        for (below, &p) in row.iter().enumerate() {
            if p != 0.0 {
                sum += p * says(above, below);
            }
        }
    }
    sum
}

/// The reason that a kind of evidence is told as.
fn reason(kind: Kind) -> Reason {
    match kind {
        Kind::Width | Kind::Measure => Reason::Width { width: 0.0, column: 0.0 },
        Kind::Stop => Reason::Ending { last: '\0', is_stop: false },
        Kind::Start | Kind::Opening | Kind::Cue => Reason::Beginning { first: '\0' },
        Kind::Word | Kind::Language => Reason::Word { above: '\0', below: '\0', bond: 0 },
        Kind::Open => Reason::Open { is_open: false },
        Kind::Blank => Reason::Blank { lines: 0 },
        Kind::Indent => Reason::Indent { above: 0.0, below: 0.0 },
        Kind::Spaced => Reason::Spacing,
        Kind::Shape | Kind::Pieces | Kind::Alike => Reason::Shape,
        Kind::Base => Reason::Habit,
    }
}

/// A reason with what the two lines say of it.
fn with_facts(reason: Reason, text: &str, page: &Layout, at: usize) -> Reason {
    const HALF: f32 = 0.5; // em of a half-width
    let (above, below) = (&page.lines[at], &page.lines[at + 1]);
    let body = &text[above.start as usize..above.end as usize];
    let next = &text[below.start as usize..below.end as usize];
    let last = body.chars().next_back().unwrap_or_default();
    let first = next.chars().next().unwrap_or_default();
    let em = |width: u16| f32::from(width) * HALF;
    match reason {
        Reason::Width { .. } => {
            let column = page.column_above[at].max(page.column_below[at]).max(above.width);
            Reason::Width { width: em(above.width), column: em(column) }
        }
        Reason::Ending { .. } => {
            // A full point after a Latin word is a stop, too.
            let is_stop = matches!(above.last, Class::Stop | Class::ClosedStop) || matches!(last, '.' | '?' | '!');
            Reason::Ending { last, is_stop }
        }
        Reason::Beginning { .. } => Reason::Beginning { first },
        Reason::Word { .. } => Reason::Word { above: last, below: first, bond: above.bond },
        Reason::Open { .. } => Reason::Open { is_open: (1..=3).contains(&above.open) },
        Reason::Blank { .. } => Reason::Blank { lines: below.blanks },
        Reason::Indent { .. } => Reason::Indent { above: em(above.indent), below: em(below.indent) },
        other => other,
    }
}
