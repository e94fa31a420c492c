//! What each typeset line is: the start, middle or end of a paragraph, a paragraph of one line, a display
//! line, or a row set as it stands. Reads the page, never edits it.

mod columns;
pub mod decoder;
pub mod templates;
pub mod weights;

use crate::measure::Layout;
pub use crate::plan::LineRole;

/// Log-odds against any join on such a page.
const CLEAN: f32 = 10.0;

/// On a page that is clean already every break is kept: scores that join are taken down.
pub fn keep_clean(layout: &Layout, scores: &mut decoder::Scores) {
    if layout.is_clean() {
        for scores in &mut scores.breaks {
            scores[..4].iter_mut().for_each(|s| *s -= CLEAN);
        }
    }
}
