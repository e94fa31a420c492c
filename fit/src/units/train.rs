//! The linear chain of units' roles in training.

use crate::adagrad::{self, AdaGrad, Training, is_flat};
use crate::expectations;
use crate::options::Options;
use crate::units::sample::{ANY, Sample};
use qingyang::internals::model::crf::Chain;
use qingyang::internals::model::units::Row;
use qingyang::internals::model::units::facts::KIND_COUNT;
use qingyang::internals::model::units::templates::{BINS, COUNT, TEMPLATES};

/// The weights of each bin, and of what follows what.
pub struct Model {
    pub bins: Vec<Row>,
    pub follows: [Row; KIND_COUNT],
}

impl Model {
    fn zero() -> Model {
        Model { bins: vec![[0.0; KIND_COUNT]; BINS], follows: [[0.0; KIND_COUNT]; KIND_COUNT] }
    }

    /// The scores of each unit of a page.
    pub fn rows(&self, sample: &Sample, off: &[bool]) -> Vec<Row> {
        let row = |bins: &[u16; COUNT]| {
            let mut sum = Row::default();
            for (&bin, _) in bins.iter().zip(off).filter(|(_, off)| !**off) {
                sum.iter_mut().zip(&self.bins[bin as usize]).for_each(|(s, w)| *s += w);
            }
            sum
        };
        sample.bins.iter().map(row).collect()
    }

    /// The CRF of units with these scores.
    pub fn chain<'a>(&'a self, rows: &'a [Row]) -> Chain<'a, KIND_COUNT, impl Fn(usize, usize, usize) -> f32> {
        Chain { emissions: rows, transition: |_, above: usize, below: usize| self.follows[above][below] }
    }
}

/// The templates that the options leave out.
pub fn off(options: &Options) -> Vec<bool> {
    TEMPLATES.iter().map(|t| options.leaves_out(t.0, "")).collect()
}

/// Length of a step.
const RATE: f32 = 0.15;

struct InTraining<'a> {
    model: Model,
    squares: Model,
    means: Model,
    samples: &'a [Sample],
    fold: usize,
    off: &'a [bool],
    l2: f32,
}

/// Trains a model on all units but those of a fold, whose kinds count as unknown.
pub fn train(samples: &[Sample], fold: usize, off: &[bool], options: &Options) -> Model {
    let mut training = InTraining {
        model: Model::zero(),
        squares: Model::zero(),
        means: Model::zero(),
        samples,
        fold,
        off,
        l2: options.l2,
    };
    let log = |epoch, loss| {
        if options.verbose {
            eprintln!("fold {fold} epoch {epoch} loss {loss:.1}");
        }
    };
    let added = adagrad::run(&mut training, samples.len(), options.epochs, log);
    let mut means = training.means;
    adagrad::divide(&mut means.bins, added);
    adagrad::divide(&mut means.follows, added);
    means
}

impl Training for InTraining<'_> {
    fn learn(&mut self, sample: usize) -> f64 {
        let s = &self.samples[sample];
        let steps = AdaGrad { rate: RATE * s.weight, l2: self.l2 };
        let rows = self.model.rows(s, self.off);
        let allowed = |unit: usize| if s.fold[unit] == self.fold { ANY } else { s.allowed[unit] };
        let gradient = expectations::of_units(&rows, allowed, &self.model.follows);
        for (bins, gradient) in s.bins.iter().zip(&gradient.units).filter(|(_, g)| !is_flat(*g)) {
            for (&bin, _) in bins.iter().zip(self.off).filter(|(_, off)| !**off) {
                let bin = bin as usize;
                steps.step(gradient, &mut self.model.bins[bin], &mut self.squares.bins[bin]);
            }
        }
        for (k, gradient) in gradient.follows.iter().enumerate() {
            steps.step(gradient, &mut self.model.follows[k], &mut self.squares.follows[k]);
        }
        f64::from(gradient.loss)
    }

    fn add_to_means(&mut self) {
        adagrad::add(&mut self.means.bins, &self.model.bins);
        adagrad::add(&mut self.means.follows, &self.model.follows);
    }
}
