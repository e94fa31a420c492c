//! Training by AdaGrad with an L2 penalty; the weights are the mean over the second half of the epochs.

use crate::random::Random;

/// Gradients that are smaller in all places than this change nothing.
const MIN_GRADIENT: f32 = 1e-4;
/// Added to the root of the summed squares, so that the first steps are not too long.
const DAMPING: f32 = 0.5;

/// The step that AdaGrad takes.
pub struct AdaGrad {
    /// Length of a step before it is damped.
    pub rate: f32,
    /// Strength of the L2 penalty, in tenths of a weight per step.
    pub l2: f32,
}

impl AdaGrad {
    /// Moves a row of weights along its gradient; `squares` are the squares of its gradients so far.
    pub fn step<const N: usize>(&self, gradient: &[f32; N], weights: &mut [f32; N], squares: &mut [f32; N]) {
        for ((g, w), s) in gradient.iter().zip(weights).zip(squares) {
            let d = g - self.l2 * 0.1 * *w;
            *s += d * d;
            *w += self.rate * d / (s.sqrt() + DAMPING);
        }
    }
}

/// Whether a gradient is too small to matter.
pub fn is_flat(gradient: &[f32]) -> bool {
    gradient.iter().all(|g| g.abs() < MIN_GRADIENT)
}

/// A model in training, with its samples.
pub trait Training {
    /// Takes a step for one sample, and returns its loss before the step.
    fn learn(&mut self, sample: usize) -> f64;
    /// Adds the weights as they are to the sums that become the means.
    fn add_to_means(&mut self);
}

/// Learns from all samples, in a new order in each epoch. Returns how often the weights were added to the means.
pub fn run(training: &mut impl Training, samples: usize, epochs: usize, mut log: impl FnMut(usize, f64)) -> f32 {
    let mut order: Vec<usize> = (0..samples).collect();
    let mut random = Random::new(12345);
    let mut added = 0.0;
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        log(epoch, order.iter().map(|&k| training.learn(k)).sum());
        if epoch >= epochs / 2 {
            training.add_to_means();
            added += 1.0;
        }
    }
    added
}

/// Adds rows of weights to their sums.
pub fn add<const N: usize>(sums: &mut [[f32; N]], rows: &[[f32; N]]) {
    sums.iter_mut().flatten().zip(rows.iter().flatten()).for_each(|(s, w)| *s += w);
}

/// Makes means of sums.
pub fn divide<const N: usize>(sums: &mut [[f32; N]], by: f32) {
    sums.iter_mut().flatten().for_each(|s| *s /= by);
}
