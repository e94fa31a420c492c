//! The linear chain of line roles in training.

use crate::adagrad::{self, AdaGrad, Training, is_flat};
use crate::expectations;
use crate::folds::NO_FOLD;
use crate::lines::sample::{GoldBreak, Sample};
use crate::options::Options;
use qingyang::internals::model::lines::decoder::{BREAK_SCORES, ROLES, Scores, placed};
use qingyang::internals::model::lines::templates::{BREAK_BINS, BREAK_TEMPLATES, LINE_BINS, LINE_TEMPLATES, Template};

/// The weights of each bin.
#[derive(Clone)]
pub struct Model {
    pub lines: Vec<[f32; ROLES]>,
    pub breaks: Vec<[f32; BREAK_SCORES]>,
}

impl Model {
    fn filled(value: f32) -> Model {
        Model { lines: vec![[value; ROLES]; LINE_BINS], breaks: vec![[value; BREAK_SCORES]; BREAK_BINS] }
    }

    /// The scores of a page; a break begins with its prior.
    pub fn score(&self, sample: &Sample, off: &Off, scores: &mut Scores) {
        scores.lines.clear();
        scores.breaks.clear();
        let line = |bins: &_| placed(sum(bins, &self.lines, &off.lines, [0.0; ROLES]));
        scores.lines.extend(sample.line_bins.iter().map(|bins| line(bins.as_slice())));
        scores.breaks.extend(sample.break_bins.iter().zip(&sample.priors).map(|(bins, prior)| {
            let mut start = [0.0; BREAK_SCORES];
            start[..4].fill(*prior);
            sum(bins, &self.breaks, &off.breaks, start)
        }));
    }
}

/// The sum of the weights of the bins whose templates are not off.
fn sum<const N: usize>(bins: &[u16], weights: &[[f32; N]], off: &[bool], start: [f32; N]) -> [f32; N] {
    let mut sum = start;
    for (&bin, _) in bins.iter().zip(off).filter(|(_, off)| !**off) {
        sum.iter_mut().zip(&weights[bin as usize]).for_each(|(s, w)| *s += w);
    }
    sum
}

/// Which templates are off.
pub struct Off {
    pub lines: Vec<bool>,
    pub breaks: Vec<bool>,
}

impl Off {
    /// The templates of which this is true are off.
    pub fn when(pred: impl Fn(&Template) -> bool) -> Off {
        Off { lines: LINE_TEMPLATES.iter().map(&pred).collect(), breaks: BREAK_TEMPLATES.iter().map(&pred).collect() }
    }

    /// The templates that the options leave out.
    pub fn from_options(options: &Options) -> Off {
        Off::when(|t| options.leaves_out(t.name, &format!("{:?}", t.kind)))
    }
}

/// Length of a step.
const RATE: f32 = 0.12;

struct InTraining<'a> {
    model: Model,
    squares: Model,
    means: Model,
    samples: &'a [Sample],
    fold: usize,
    off: &'a Off,
    steps: AdaGrad,
    scores: Scores,
}

/// Trains a model on all lines but those of a fold. Their roles and breaks count as unknown, so they teach nothing, while
/// the rest of their page does.
pub fn train(samples: &[Sample], fold: usize, off: &Off, options: &Options) -> Model {
    let mut training = InTraining {
        model: Model::filled(0.0),
        squares: Model::filled(1e-6),
        means: Model::filled(0.0),
        samples,
        fold,
        off,
        steps: AdaGrad { rate: RATE, l2: options.l2 },
        scores: Scores::default(),
    };
    let log = |epoch, loss| {
        if options.verbose {
            eprintln!("fold {fold} epoch {epoch} loss {loss:.1}");
        }
    };
    let added = adagrad::run(&mut training, samples.len(), options.epochs, log);
    let mut means = training.means;
    adagrad::divide(&mut means.lines, added);
    adagrad::divide(&mut means.breaks, added);
    means
}

impl Training for InTraining<'_> {
    fn learn(&mut self, sample: usize) -> f64 {
        let s = &self.samples[sample];
        if s.line_bins.is_empty() {
            return 0.0;
        }
        let held_out = |line: usize| self.fold != NO_FOLD && s.fold[line] == self.fold;
        self.model.score(s, self.off, &mut self.scores);
        let allowed = |line| if held_out(line) { u8::MAX } else { s.allowed[line] };
        let breaks = |k| if held_out(k) || held_out(k + 1) { GoldBreak::Unknown } else { s.breaks[k] };
        let Some(gradient) = expectations::of_lines(&self.scores, allowed, breaks) else { return 0.0 };
        for (bins, gradient) in s.line_bins.iter().zip(&gradient.lines).filter(|(_, g)| !is_flat(*g)) {
            for (&bin, _) in bins.iter().zip(&self.off.lines).filter(|(_, off)| !**off) {
                let bin = bin as usize;
                self.steps.step(gradient, &mut self.model.lines[bin], &mut self.squares.lines[bin]);
            }
        }
        for (bins, gradient) in s.break_bins.iter().zip(&gradient.breaks).filter(|(_, g)| !is_flat(*g)) {
            for (&bin, _) in bins.iter().zip(&self.off.breaks).filter(|(_, off)| !**off) {
                let bin = bin as usize;
                self.steps.step(gradient, &mut self.model.breaks[bin], &mut self.squares.breaks[bin]);
            }
        }
        f64::from(gradient.loss)
    }

    fn add_to_means(&mut self) {
        adagrad::add(&mut self.means.lines, &self.model.lines);
        adagrad::add(&mut self.means.breaks, &self.model.breaks);
    }
}
