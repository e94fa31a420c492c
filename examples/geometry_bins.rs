//! Prints what a fit of `src/model/lines/geometry.rs` needs of a layout, a break a line:
//! line above, line below (numbers in the file), log-odds of a join by the text alone, bins, length of the line above.
//!
//!     cargo run --example geometry_bins --features layout,internals,serde -- FILE [ORDER]
//!
//! ORDER is a file with a number for each line of the layout; lines are taken in the order of their numbers, -1 last.

mod ranked;

use qingyang::internals::model::lines::geometry::bins;
use qingyang::options::Order;
use qingyang::{Cleaner, Options};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (layout, own) = ranked::first_page(&arguments[0], arguments.get(1));
    let order = if arguments.len() > 1 { Order::Source } else { Order::Reading };
    let mut cleaner = Cleaner::new(Options::default().with_order(order).with_confidence(true));
    let ordered = cleaner.order(&layout);
    let places = cleaner.places(&layout).remove(0);
    // The text alone: without places.
    let proof = cleaner.page(&ordered.text);
    let lines: Vec<&str> = ordered.text.lines().collect();
    let glyphs = |line: &str| line.chars().filter(|c| !c.is_whitespace()).count();
    let mut ends = Vec::new();
    for line in &lines {
        ends.push(ends.last().copied().unwrap_or(0) + line.len() + 1);
    }
    for found in &proof.breaks {
        let above = ends.partition_point(|&end| end <= found.source as usize);
        let Some(below) = (above + 1..lines.len()).find(|&line| glyphs(lines[line]) > 0) else { continue };
        let (Some(a), Some(b)) = (places[above], places[below]) else { continue };
        let p = f64::from(found.probability).clamp(1e-7, 1.0 - 1e-7);
        let number = |line: usize| own[ordered.rows[line].1[0] as usize];
        let odds = ((1.0 - p) / p).ln();
        println!("{}\t{}\t{odds:.4}\t{:?}\t{}", number(above), number(below), bins(&a, &b), glyphs(lines[above]));
    }
}
