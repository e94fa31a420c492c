//! Prints what a fit of `src/model/lines/place_look.rs` needs of a layout, a break a line: line above, line below (numbers in the
//! file), the probability that the chain gives the break, length of the line above, and the facts.
//!
//!     cargo run --example break_evidence --features layout,internals,serde -- [FILE [ORDER]]
//!
//! Without FILE it prints the names of the facts. ORDER is a file with a number for each line of the layout; lines are taken in the order of their numbers, -1 last.

use qingyang::layout::Page;
use qingyang::options::Order;
use qingyang::{Cleaner, Options};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(file) = arguments.first() else {
        println!("{}", qingyang::internals::model::lines::place_look::names().join("\n"));
        return;
    };
    let bytes = std::fs::read(file).expect("the layout can be read");
    let mut layout = qingyang::reading::read(&bytes, None).expect("it is a layout");
    layout.pages.truncate(1);
    let page = layout.pages.first_mut().expect("it has a page");
    let mut own: Vec<usize> = (0..page.lines.len()).collect();
    if let Some(file) = arguments.get(1) {
        own = ranked(&std::fs::read_to_string(file).expect("the order can be read"), page);
    }
    let order = if arguments.len() > 1 { Order::Source } else { Order::Auto };
    let mut cleaner = Cleaner::new(Options::default().with_order(order).with_confidence(true));
    let ordered = cleaner.order(&layout);
    for ([above, below], probability, facts) in cleaner.break_evidence(&layout) {
        let number = |line: usize| own[ordered.rows[line].1[0] as usize];
        println!("{}\t{}\t{probability:.6}\t{facts:?}", number(above), number(below));
    }
}

/// Puts the lines of a page into the order of their numbers.
fn ranked(numbers: &str, page: &mut Page) -> Vec<usize> {
    let rank: Vec<i64> = numbers.split_whitespace().map(|n| n.parse().expect("a number")).collect();
    assert_eq!(rank.len(), page.lines.len(), "a number for each line");
    let mut order: Vec<usize> = (0..rank.len()).collect();
    order.sort_by_key(|&line| (rank[line] < 0, rank[line], line));
    page.lines = order.iter().map(|&line| page.lines[line].clone()).collect();
    order
}
