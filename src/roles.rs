//! What each typeset line is: the start, middle or end of a paragraph, a paragraph of one line, a display
//! line, or a row set as it stands. Reads the page, never edits it.

mod again;
mod class;
mod columns;
mod cue;
pub mod decoder;
pub mod evidence;
pub mod features;
pub mod furniture;
mod landmarks;
mod line;
mod pairs;
mod walk;
pub mod weights;

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
    /// use qingyang::roles::LineRole;
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
