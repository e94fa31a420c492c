//! How certain a decision is.

/// A decision at least this certain needs no second look, unless the user sets another threshold (`--uncertain`).
pub const CERTAIN: f32 = 0.9;

/// How certain a decision is, whichever way it went: the larger of `p` and `1 - p`.
///
/// ```
/// assert_eq!(qingyang_tell::certainty(0.25), 0.75);
/// ```
pub fn certainty(probability: f32) -> f32 {
    probability.max(1.0 - probability)
}

/// A share or a probability to three decimals, as JSON has it: `0.9` and not `0.8999999761581421`, the nearest 32-bit float.
///
/// ```
/// assert_eq!(qingyang_tell::rounded(f64::from(0.9_f32)), 0.9);
/// ```
pub fn rounded(p: f64) -> f64 {
    (p * 1000.0).round() / 1000.0
}
