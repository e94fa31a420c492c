//! The files of weights: 16 bits a weight, in thousandths, little-endian.

use crate::options::Options;
use crate::training::Record;
use anyhow::{Context, bail};
use std::fs;

/// Of two fits of the same pages on two machines, how many thousandths a weight may differ by: `exp` and `ln` of the two
/// may round differently.
const TOLERANCE: u16 = 5;

/// The weights as they are stored. A thousandth is finer than the fit is certain of, at half the size of floats.
pub fn thousandths<'a>(weights: impl Iterator<Item = &'a f32>) -> Vec<i16> {
    weights.map(|w| (w * 1000.0).round().clamp(-32000.0, 32000.0) as i16).collect()
}

/// Writes the weights and the record of their training, or compares both with those in force.
pub fn finish(record: &Record, weights: &[i16], options: &Options) -> anyhow::Result<()> {
    let bytes: Vec<u8> = weights.iter().flat_map(|w| w.to_le_bytes()).collect();
    let (file, name) = (record.model.weights(), record.model.name());
    if options.write {
        fs::write(&file, &bytes).with_context(|| file.display().to_string())?;
        record.write(&bytes)?;
        println!("{name}: {} weights are written", weights.len());
    }
    if options.check && !options.write {
        record.print_figures()?;
        compare(name, &fs::read(&file).with_context(|| file.display().to_string())?, weights)?;
    }
    Ok(())
}

/// Compares the weights in force with those of this fit.
fn compare(name: &str, in_force: &[u8], fitted: &[i16]) -> anyhow::Result<()> {
    let (in_force, _) = in_force.as_chunks();
    if in_force.len() != fitted.len() {
        bail!("{name}: {} weights are in force, the fit has {}", in_force.len(), fitted.len());
    }
    let pairs = in_force.iter().map(|b| i16::from_le_bytes(*b)).zip(fitted);
    let differences: Vec<u16> = pairs.map(|(a, b)| a.abs_diff(*b)).filter(|d| *d > 0).collect();
    let most = differences.iter().copied().max().unwrap_or(0);
    println!("{name}: {} of {} weights differ, by {most} thousandths at most", differences.len(), fitted.len());
    if most > TOLERANCE {
        bail!("{name}: the weights in force do not come from these pages and templates");
    }
    Ok(())
}
