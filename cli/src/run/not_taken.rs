//! What a run without a last line of counts says of the files that it did not take.

use crate::environment::{Console, say};
use crate::input::not_taken::NotTakenFiles;
use crate::messages::Note;

/// Says that no file was taken, if `none` was, and which files were not.
pub fn tell_not_taken(none: bool, files: NotTakenFiles, stderr: &mut dyn Console) {
    if none {
        say(stderr, Note::NothingTaken);
    }
    let counts = files.counts();
    if !counts.is_empty() {
        say(stderr, Note::NotTaken(counts));
    }
}
