//! Text that was read in a wrong encoding before it came here is read in the right one, line by line, as far as its bytes
//! are known.

use crate::document::edit::Edits;
use crate::rule::Rule;
use crate::text::misread::Misread;

/// Proposes the right characters, if the page as a whole was misread. A line of it that was read well stays.
pub fn propose(text: &str, edits: &mut Edits) {
    let Some(misread) = Misread::of(text).filter(|misread| misread.can_be_undone()) else { return };
    let mut at = 0;
    for line in text.split('\n') {
        for (range, right) in misread.undo(line) {
            edits.replace(at + range.start..at + range.end, &right, Rule::Mojibake);
        }
        at += line.len() + 1;
    }
}
