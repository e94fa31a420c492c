//! Lines that are printed over a line of the same text, as the places of a layout tell.

use crate::document::edit::Edits;
use crate::rule::Rule;

/// Proposes to remove the copies among the lines with these numbers, in order. Each must have the text of the line that it is printed
/// over, white space left out. The first byte of each line that has a copy is added to `folded`.
pub fn fold_copies(text: &str, copies: &[usize], edits: &mut Edits, folded: &mut Vec<usize>) {
    let ink = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut at = 0;
    let mut original: Option<(usize, &str)> = None;
    for (number, line) in text.split('\n').enumerate() {
        match original.filter(|_| copies.binary_search(&number).is_ok()) {
            Some((start, above)) if ink(above) == ink(line) => {
                edits.remove(at - 1..at + line.len(), Rule::Doubled);
                folded.push(start);
            }
            _ => original = Some((at, line)),
        }
        at += line.len() + 1;
    }
}
