//! Shows what the units of a page are: article, role, confidence, text.
//!
//! ```text
//! cargo run --release --example units < PAGE
//! ```

use std::io::Read;

fn main() {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).expect("standard input");
    let decoded = qingyang::decode::decode(&bytes, None, true).expect("a known encoding");
    let mut options = qingyang::Options::default();
    options.units = true;
    let proof = qingyang::Cleaner::new(options).page(&decoded.text);
    for (n, unit) in proof.units.iter().enumerate() {
        let article = proof.articles.iter().position(|a| a.headline.contains(&n) || a.body.contains(&n));
        let article = article.map_or("-".into(), |a| a.to_string());
        let parts: String =
            unit.parts.iter().map(|p| format!(" [{} {}]", p.role.name(), &proof.text[p.range.clone()])).collect();
        println!(
            "{article:>3} {:<10} {:.2} {}{parts}",
            unit.role.name(),
            unit.confidence,
            &proof.text[unit.range.clone()]
        );
    }
}
