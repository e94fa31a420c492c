//! Writes the files of weights, or compares them with those in force.

use crate::options::Options;
use crate::training::Record;
use anyhow::{Context, bail};
use std::fs;

/// Of two fits of the same pages on two machines, how many thousandths a weight may differ by: `exp` and `ln` of the two
/// may round differently.
const TOLERANCE: u16 = 5;

/// Writes the weights and the record of their training, or compares both with those in force.
pub fn finish(record: &Record, weights: &[u8], options: &Options) -> anyhow::Result<()> {
    let (file, name) = (record.model.weights(), record.model.name());
    if options.write {
        fs::write(&file, weights).with_context(|| file.display().to_string())?;
        record.write(weights)?;
        println!("{name}: the weights are written");
    }
    if options.check && !options.write {
        record.print_figures()?;
        let in_force = fs::read(&file).with_context(|| file.display().to_string())?;
        compare(name, &record.model.thousandths(&in_force)?, &record.model.thousandths(weights)?)?;
    }
    Ok(())
}

/// Compares the weights in force with those of this fit.
fn compare(name: &str, in_force: &[i16], fitted: &[i16]) -> anyhow::Result<()> {
    let pairs = in_force.iter().zip(fitted);
    let differences: Vec<u16> = pairs.map(|(a, b)| a.abs_diff(*b)).filter(|d| *d > 0).collect();
    let most = differences.iter().copied().max().unwrap_or(0);
    println!("{name}: {} of {} weights differ, by {most} thousandths at most", differences.len(), fitted.len());
    if most > TOLERANCE {
        bail!("{name}: the weights in force do not come from these pages and templates");
    }
    Ok(())
}
