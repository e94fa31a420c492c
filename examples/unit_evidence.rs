//! Prints what a fit of `src/model/units/geometry.rs` needs of a layout, a unit a line: its text, the probabilities of its kinds
//! by the text alone, and the bins of its place.
//!
//!     cargo run --example unit_evidence --features layout,internals -- FILE

use qingyang::{Cleaner, Options};

fn main() {
    let file = std::env::args().nth(1).expect("a file");
    let layout = qingyang::reading::read(&std::fs::read(file).expect("it can be read"), None).expect("it is a layout");
    let mut cleaner = Cleaner::new(Options::default().with_units(true));
    for (text, kinds, bins) in cleaner.unit_evidence(&layout) {
        println!("{text}\t{kinds:?}\t{:?}", bins.map_or(Vec::new(), |bins| bins.to_vec()));
    }
}
