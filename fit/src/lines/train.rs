//! The linear chain of line roles in training.

use crate::adagrad::{self, AdaGrad, Training, is_flat};
use crate::expectations;
use crate::gold::GoldBreak;
use crate::lines::sample::Sample;
use crate::options::Options;
use crate::random::Random;
use qingyang::internals::model::lines::FittedRows;
use qingyang::internals::model::lines::decoder::{BREAK_SCORES, Decoder, ROLES, Scores, placed};
use qingyang::internals::model::lines::dialects::{PAGE_BINS, foreign_share, mix};
use qingyang::internals::model::lines::second_look::look_again;
use qingyang::internals::model::lines::templates::{BREAK_BINS, BREAK_TEMPLATES, LINE_BINS, LINE_TEMPLATES, Template};
use qingyang::internals::model::lines::trees::Trees;

/// The weights of each bin.
#[derive(Clone)]
pub struct Model {
    pub lines: Vec<[f32; ROLES]>,
    pub breaks: Vec<[f32; BREAK_SCORES]>,
}

impl Model {
    /// The weights, to be written.
    pub fn rows(&self) -> FittedRows<'_> {
        FittedRows { lines: &self.lines, breaks: &self.breaks }
    }

    /// Makes all scores smaller, and the posteriors less certain.
    fn temper(&mut self, by: f32) {
        self.lines.iter_mut().flatten().chain(self.breaks.iter_mut().flatten()).for_each(|weight| *weight *= by);
    }

    fn filled(value: f32) -> Model {
        Model { lines: vec![[value; ROLES]; LINE_BINS], breaks: vec![[value; BREAK_SCORES]; BREAK_BINS] }
    }

    /// The scores of a page by the weights alone. The fit knows nothing of the fixed priors: where a prior decides, the weights
    /// beside it would learn nothing, and be missed where it is silent.
    pub fn score(&self, sample: &Sample, off: &Off, scores: &mut Scores) {
        scores.lines.clear();
        scores.breaks.clear();
        scores.lines.extend(sample.line_bins.iter().map(|bins| placed(sum(bins, &self.lines, &off.lines))));
        scores.breaks.extend(sample.break_bins.iter().map(|bins| sum(bins, &self.breaks, &off.breaks)));
    }
}

/// The sum of the weights of the bins whose templates are not off.
fn sum<const N: usize>(bins: &[u16], weights: &[[f32; N]], off: &[bool]) -> [f32; N] {
    let mut sum = [0.0; N];
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

    /// The templates that are off in one or the other.
    fn and(&self, other: &Off) -> Off {
        let either = |a: &[bool], b: &[bool]| a.iter().zip(b).map(|(a, b)| *a || *b).collect();
        Off { lines: either(&self.lines, &other.lines), breaks: either(&self.breaks, &other.breaks) }
    }

    /// The templates that the options leave out.
    pub fn from_options(options: &Options) -> Off {
        Off::when(|t| options.leaves_out(t.name, &format!("{:?}", t.kind)))
    }
}

/// What the weights of foreign pages are multiplied by. Pages from elsewhere differ from the training pages more than those differ
/// from each other, so the fit is too certain of them.
const TEMPER: f32 = 0.9;

/// Length of a step.
const RATE: f32 = 0.12;

struct InTraining<'a> {
    model: Model,
    squares: Model,
    means: Model,
    samples: &'a [&'a Sample],
    fold: usize,
    off: &'a Off,
    steps: AdaGrad,
    scores: Scores,
}

/// The weights of both dialects, and of the pages' habits that tell them apart.
pub struct Dialects {
    pub usual: Model,
    pub foreign: Model,
    pub pages: Vec<f32>,
    /// For a second look; no trees while they are not grown.
    pub trees: Trees,
}

impl Dialects {
    /// The posterior of each break, as the library computes it: by one dialect, or mixed from both.
    pub fn posterior(&self, sample: &Sample, off: &Off) -> Vec<f32> {
        let by = |model: &Model| {
            let (mut scores, mut posterior) = (Scores::default(), Vec::new());
            model.score(sample, off, &mut scores);
            Decoder::default().posteriors(&scores, &mut posterior);
            posterior
        };
        let mut posterior = by(&self.usual);
        let foreignness = self.foreignness(sample);
        let foreign = foreign_share(foreignness);
        mix(&mut posterior, foreign, &by(&self.foreign));
        if foreign > 0.0 && !self.trees.is_empty() {
            look_again(&sample.layout(), &self.trees, foreignness, &mut posterior);
        }
        posterior
    }

    /// The log-odds that a page is foreign.
    pub fn foreignness(&self, sample: &Sample) -> f32 {
        foreignness(&self.pages, sample)
    }
}

/// The log-odds that a page is foreign.
fn foreignness(pages: &[f32], sample: &Sample) -> f32 {
    sample.page_bins.iter().map(|&bin| pages[usize::from(bin)]).sum()
}

/// Trains both dialects on all lines but those of a fold. Their roles and breaks count as unknown, so they teach nothing, while
/// the rest of their page does. The usual dialect learns from the pages that the bench is like, the foreign one from all.
pub fn train(samples: &[Sample], fold: usize, off: &Off, options: &Options) -> Dialects {
    let usual = train_on(samples, |s| s.kind.is_empty(), fold, &off.and(&Off::when(|t| t.foreign)), options);
    let mut foreign = train_on(samples, |_| true, fold, off, options);
    foreign.temper(TEMPER);
    let pages = train_pages(samples, fold, off, [&usual, &foreign]);
    Dialects { usual, foreign, pages, trees: Trees::default() }
}

/// Learns which pages are foreign.
fn train_pages(samples: &[Sample], fold: usize, off: &Off, [usual, foreign]: [&Model; 2]) -> Vec<f32> {
    const EPOCHS: usize = 30;
    const RATE: f32 = 0.1;
    /// The surprise, in nats, beyond which a page counts no more.
    const MOST: f32 = 4.0;
    /// Weight of a usual page.
    const USUAL: f32 = 0.5;
    let mut scores = Scores::default();
    let mut gains: Vec<f32> = Vec::new();
    for s in samples {
        let mut surprise = |model: &Model| {
            model.score(s, off, &mut scores);
            let known = |k: usize| {
                if s.is_held_out(k, fold) || s.is_held_out(k + 1, fold) { GoldBreak::Unknown } else { s.breaks[k] }
            };
            expectations::of_lines(&scores, |_| u8::MAX, known).map_or(0.0, |gradient| gradient.loss)
        };
        gains.push(if s.line_bins.is_empty() { 0.0 } else { surprise(usual) - surprise(foreign) });
    }
    let (mut pages, mut squares) = (vec![0f32; PAGE_BINS], vec![1e-3f32; PAGE_BINS]);
    let (mut order, mut random) = ((0..samples.len()).collect::<Vec<usize>>(), Random::new(12345));
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for (s, gain) in order.iter().map(|&k| (&samples[k], &gains[k])) {
            let p = 1.0 / (1.0 + (-foreignness(&pages, s)).exp());
            // A usual page counts in full, a foreign one by what the foreign dialect saves.
            let (foreign, weight) = if s.kind.is_empty() { (0.0, USUAL) } else { (1.0, gain.clamp(0.0, MOST) / MOST) };
            let gradient = (foreign - p) * weight;
            for &bin in &s.page_bins {
                let bin = usize::from(bin);
                squares[bin] += gradient * gradient;
                pages[bin] += RATE * gradient / squares[bin].sqrt();
            }
        }
    }
    pages
}

fn train_on(samples: &[Sample], learned: impl Fn(&Sample) -> bool, fold: usize, off: &Off, options: &Options) -> Model {
    let samples: Vec<&Sample> = samples.iter().filter(|s| learned(s)).collect();
    let samples = samples.as_slice();
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
        let s = self.samples[sample];
        if s.line_bins.is_empty() {
            return 0.0;
        }
        let held_out = |line: usize| s.is_held_out(line, self.fold);
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
