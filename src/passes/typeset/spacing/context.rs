//! What decides about the gaps of a line beside their two sides.

use crate::measure::{Class, Line, Opening};
use crate::vocabulary::Vocabulary;

/// Facts about the line whose spaces are decided.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Whether the line is running text, as opposed to display lines, rows and verse.
    pub running: bool,
    /// Whether it is the first line of its unit.
    pub opens: bool,
    /// Whether a byline in brackets is open from the line above.
    pub byline: bool,
    /// Whether the line above goes on here and ends in the post of a reporter: 本报清水9月5日电 记者.
    pub below_post: bool,
    /// Whether a space between Han and Latin or digits is kept.
    pub keep_latin: bool,
    /// Whether the rule `cjk-latin-space` puts a space between Han and Latin or digits, so that none is removed there.
    pub put_latin: bool,
    /// The vocabulary of this page.
    pub words: &'a Vocabulary,
}

/// Whether the first gap of a line sets off what the items of its list begin with. An ordinal and a bracket do that
/// themselves.
pub(super) fn sets_off(line: &Line) -> bool {
    line.led || line.opening == Opening::Item && !line.first.is_in(Class::set(&[Class::Han, Class::OpenBracket]))
}
