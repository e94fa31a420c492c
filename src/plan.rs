//! The decisions about the lines of a page, as plain data. The pipeline fills them in, the passes carry them out.

use crate::rule::{Author, CustomId, Rule};

/// The role of a typeset line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum LineRole {
    /// First line of a paragraph of several lines.
    Start,
    /// A line inside a paragraph.
    Middle,
    /// Last line of a paragraph.
    End,
    /// A paragraph of one line.
    #[default]
    Single,
    /// Headline, subhead, byline, caption, furniture: a line that is not running text.
    Display,
    /// Verse, a row of a table, an item of a list: lines that break on purpose.
    Row,
}

impl LineRole {
    /// Number of roles.
    pub const COUNT: usize = 6;
    /// All roles, in the order of their numbers.
    pub const ALL: [LineRole; LineRole::COUNT] =
        [LineRole::Start, LineRole::Middle, LineRole::End, LineRole::Single, LineRole::Display, LineRole::Row];

    /// Whether the next line belongs to the same unit.
    ///
    /// ```
    /// use qingyang::internals::plan::LineRole;
    /// assert!(LineRole::Start.goes_on() && !LineRole::End.goes_on());
    /// ```
    pub const fn goes_on(self) -> bool {
        matches!(self, LineRole::Start | LineRole::Middle)
    }

    /// Whether the previous line belongs to the same unit.
    pub const fn continues(self) -> bool {
        matches!(self, LineRole::Middle | LineRole::End)
    }
}

/// The decision about one line and the break after it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineDecision {
    /// The role that the passes carry out.
    pub role: LineRole,
    /// The role before a person decided. Spacing uses it, so that a decision about a break changes no space.
    pub model_role: LineRole,
    /// The model's probability that the break after the line separates two units; 1 for the last line.
    pub posterior: f32,
    /// Probability that the break after the line is kept: the posterior, or 0 or 1 if a rule of the user decided.
    pub keep_probability: f32,
    /// Whether a person decided the break after the line.
    pub decided: bool,
    /// Whether the line is a running head or folio that other pages of the issue also have.
    pub repeated: bool,
    /// Whether the line is removed: it is furniture, or a copy.
    pub dropped: bool,
    /// Whether the line repeats the line above it, furniture that is dropped left out.
    pub copy: bool,
    /// Whether it and the line below are sentences of one unit that were parted already.
    pub ends_sentence: bool,
    /// Whether the line is what a recognizer read where there is no text.
    pub noise: bool,
    /// The rule of the user that makes the line furniture.
    pub custom_furniture: Option<CustomId>,
    /// The rule of the user that decided the break after the line, unless a person decided it.
    pub custom_break: Option<CustomId>,
}

impl LineDecision {
    /// Whether the line is furniture by repetition, by a rule of the user or because it is noise, and joins no other line.
    pub const fn is_set_apart(&self) -> bool {
        self.repeated || self.noise || self.custom_furniture.is_some()
    }

    /// What removes the line, if it is removed.
    pub fn dropped_by(&self) -> Author {
        match self.custom_furniture {
            Some(id) => id.into(),
            None if self.copy => Rule::Doubled.into(),
            None => Rule::Furniture.into(),
        }
    }
}

/// The decisions about all lines of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// One decision for each line of the layout.
    pub lines: Vec<LineDecision>,
    /// Whether furniture is removed at all.
    pub drops_furniture: bool,
}

impl Plan {
    /// Starts over with the decisions of the model. `posterior` has one entry for each break between two lines.
    pub fn take_model(&mut self, posterior: &[f32], roles: &[LineRole]) {
        let posteriors = posterior.iter().copied().chain([1.0]);
        self.lines.clear();
        self.lines.extend(roles.iter().zip(posteriors).map(|(&role, posterior)| LineDecision {
            role,
            model_role: role,
            posterior,
            keep_probability: posterior,
            ..LineDecision::default()
        }));
    }

    /// Whether line `i` is removed.
    pub fn is_dropped(&self, i: usize) -> bool {
        self.lines.get(i).is_some_and(|line| line.dropped)
    }
}
