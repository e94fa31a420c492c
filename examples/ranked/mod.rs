//! The first page of a layout, its lines in a given order: for the examples that a fit of places reads.

use qingyang::layout::{Layout, Page};

/// Reads the first page of a file. `order` is a file with a number for each of its lines, which are taken in the order of their
/// numbers, -1 last. Returns the layout of that page, and for each of its lines the number in the file.
pub fn first_page(file: &str, order: Option<&String>) -> (Layout, Vec<usize>) {
    let bytes = std::fs::read(file).expect("the layout can be read");
    let mut layout = qingyang::reading::read(&bytes, None).expect("it is a layout");
    layout.pages.truncate(1);
    let page = layout.pages.first_mut().expect("it has a page");
    let own = match order {
        Some(order) => ranked(&std::fs::read_to_string(order).expect("the order can be read"), page),
        None => (0..page.lines.len()).collect(),
    };
    (layout, own)
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
