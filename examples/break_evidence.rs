//! Prints what a fit of `src/model/lines/place_look.rs` needs of a layout, a break a line: line above, line below (numbers in the
//! file), the probability that the chain gives the break, and the facts.
//!
//!     cargo run --example break_evidence --features layout,internals,serde -- [FILE [ORDER]]
//!
//! Without FILE it prints the names of the facts. ORDER is a file with a number for each line of the layout; lines are taken in the
//! order of their numbers, -1 last.

mod ranked;

use qingyang::options::Order;
use qingyang::{Cleaner, Options};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(file) = arguments.first() else {
        println!("{}", qingyang::internals::model::lines::place_look::names().join("\n"));
        return;
    };
    let (layout, own) = ranked::first_page(file, arguments.get(1));
    let order = if arguments.len() > 1 { Order::Source } else { Order::Auto };
    let mut cleaner = Cleaner::new(Options::default().with_order(order).with_confidence(true));
    let ordered = cleaner.order(&layout);
    for ([above, below], probability, facts) in cleaner.break_evidence(&layout) {
        let number = |line: usize| own[ordered.rows[line].1[0] as usize];
        println!("{}\t{}\t{probability:.6}\t{facts:?}", number(above), number(below));
    }
}
