//! What is decided of a page's lines, as plain data: the pipeline fills it, the passes carry it out.

/// What a typeset line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum LineRole {
    /// First line of a paragraph that goes on.
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
    /// Verse, a row of a table, an item of a list: set line by line on purpose.
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
    /// use qingyang::internals::plan::LineRole;
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

/// What is decided of one line, and of the break after it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineDecision {
    /// The role that the passes carry out.
    pub role: LineRole,
    /// The role that the model gives, before a person decided: the meaning of a space depends on it.
    pub model_role: LineRole,
    /// Probability that the break after the line separates two units, as the model says; of the last line 1.
    pub posterior: f32,
    /// The same after a person decided: 0 or 1 there, else the posterior.
    pub confidence: f32,
    /// Whether a person decided the break after the line.
    pub decided: bool,
    /// The line is a running head or folio that other pages of the issue have too.
    pub repeated: bool,
    /// The line is furniture and is removed.
    pub dropped: bool,
}

/// The decisions for all lines of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// One for each line of the layout.
    pub lines: Vec<LineDecision>,
    /// Whether furniture is removed at all.
    pub drops_furniture: bool,
}

impl Plan {
    /// Starts over with what the model says. `posterior` has one entry for each break between two lines.
    pub fn take_model(&mut self, posterior: &[f32], roles: &[LineRole]) {
        let posteriors = posterior.iter().copied().chain([1.0]);
        self.lines.clear();
        self.lines.extend(roles.iter().zip(posteriors).map(|(&role, posterior)| LineDecision {
            role,
            model_role: role,
            posterior,
            confidence: posterior,
            ..LineDecision::default()
        }));
    }

    /// Whether line `i` is removed.
    pub fn is_dropped(&self, i: usize) -> bool {
        self.lines.get(i).is_some_and(|line| line.dropped)
    }
}
