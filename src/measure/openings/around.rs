//! A line with its neighbours, and what the marks between them allow.

use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::Cue;

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
    /// Whether the line may have an opening; nearly all have none. Without branches, which nothing could predict, it is
    /// one look for all the conditions with which the files beside this one begin.
    #[inline]
    pub fn may_open(&self) -> bool {
        let Around { above, line, below, .. } = *self;
        let quoted = (above.last == Class::ClosedStop) | (above.last == Class::CloseQuote);
        let parted = above.parted | below.is_some_and(|below| below.parted);
        (line.cue as u8 == Cue::News as u8)
            | (line.cue as u8 == Cue::Wire as u8)
            | (line.cue as u8 == Cue::Deck as u8)
            | (line.first_char == '本')
            | line.last_chars.contains(&'事')
            | line.first.is_in(Class::set(&[Class::Bullet, Class::Digit]))
            | (line.first_char == '[')
            | (line.first_char == '［')
            | quoted & (line.last == Class::Stop)
            | (above.glyphs == 1)
            | line.contents
            | above.contents
            | (above.last == Class::Digit)
            | line.parted & parted
    }

    /// The text of one of the lines.
    pub fn body(&self, line: &Line) -> &'a str {
        &self.text[line.start as usize..line.end as usize]
    }
}

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
