//! Numbers as a reader sees them.

/// `1,234,567`
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (k, d) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// A certainty in per cent. One decimal where it would otherwise round to 100 %.
pub fn percent(p: f32) -> String {
    let p = f64::from(p) * 100.0;
    if p > 99.0 && p < 99.95 { format!("{p:.1}\u{a0}%") } else { format!("{p:.0}\u{a0}%") }
}
