//! What each typeset line is: the start, middle or end of a paragraph, a paragraph of one line, a display
//! line, or a row set as it stands. Reads the page, never edits it.

mod columns;
pub mod decoder;
mod pairs;
pub mod templates;
pub mod weights;

use crate::measure::Layout;

/// What a typeset line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum LineRole {
    /// First line of a paragraph that goes on.
    Start,
    /// A line inside a paragraph.
    Middle,
    /// Last line of a paragraph.
    End,
    /// A paragraph of one line.
    Single,
    /// Headline, subhead, byline, caption, furniture: a line that is not running text.
    Display,
    /// Verse, a row of a table, an item of a list: set line by line, and meant so.
    Row,
}

impl LineRole {
    /// How many roles there are.
    pub const COUNT: usize = 6;
    /// All roles, in the order of their numbers.
    pub const ALL: [LineRole; LineRole::COUNT] =
        [LineRole::Start, LineRole::Middle, LineRole::End, LineRole::Single, LineRole::Display, LineRole::Row];

    /// Whether the line below belongs to the same unit.
    ///
    /// ```
    /// use qingyang::model::lines::LineRole;
    /// assert!(LineRole::Start.goes_on() && !LineRole::End.goes_on());
    /// ```
    pub const fn goes_on(self) -> bool {
        matches!(self, LineRole::Start | LineRole::Middle)
    }

    /// Whether the line above belongs to the same unit.
    pub const fn continues(self) -> bool {
        matches!(self, LineRole::Middle | LineRole::End)
    }
}

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
