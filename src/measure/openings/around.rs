//! A line with its neighbours, and what the marks between them allow.

use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::vocabulary::Vocabulary;

/// A line with its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub text: &'a str,
    /// The second line above, if there is one.
    pub before: Option<&'a Line>,
    pub above: &'a Line,
    pub line: &'a Line,
    pub below: Option<&'a Line>,
    pub words: &'a Vocabulary,
}

impl<'a> Around<'a> {
    /// The text of one of the lines.
    pub fn body(&self, line: &Line) -> &'a str {
        &self.text[line.start as usize..line.end as usize]
    }
}

/// What a sentence ends in.
pub(super) const STOPS: u32 = Class::set(&[Class::Stop, Class::ClosedStop]);
/// Marks after which a list may begin or go on.
pub(super) const LIST_ENDS: u32 =
    Class::set(&[Class::Stop, Class::ClosedStop, Class::Colon, Class::Semicolon, Class::Ellipsis, Class::CloseBracket]);
/// Marks after which nothing begins.
pub(super) const OPEN_ENDS: u32 =
    Class::set(&[Class::Comma, Class::Enumeration, Class::OpenBracket, Class::OpenQuote, Class::Dash]);

/// Whether a list or a table may begin below a line: it ends in a mark that allows it, or is a heading, short and without a
/// mark.
pub(super) fn begins_below(above: &Line, line: &Line) -> bool {
    let heading = (above.marks == 0) & (u32::from(above.width) * 2 <= u32::from(line.width));
    above.last.is_in(LIST_ENDS) | heading & !above.last.is_in(OPEN_ENDS)
}
