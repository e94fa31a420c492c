//! A gap between two tokens of a line, and what is beside it.

use crate::measure::{Class, Line, Opening, class_of};
use crate::passes::typeset::tokens::Token;
use crate::vocabulary::surnames::is_surname;

/// A gap between two tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap<'a> {
    pub text: &'a str,
    pub a: &'a Token,
    pub b: &'a Token,
    /// The characters on its two sides.
    pub edges: (char, char),
    /// Their classes.
    pub classes: (Class, Class),
    /// Number of tokens of the line before it.
    pub place: usize,
}

impl<'a> Gap<'a> {
    #[inline]
    pub fn between(text: &'a str, a: &'a Token, b: &'a Token, place: usize) -> Gap<'a> {
        let (last, first) = (a.last(text), b.first(text));
        Gap { text, a, b, edges: (last, first), classes: (class_of(last), class_of(first)), place }
    }

    /// Its width in spaces.
    pub fn width(&self) -> usize {
        self.b.start - self.a.end
    }

    pub fn left(&self) -> &'a str {
        self.a.of(self.text)
    }

    pub fn right(&self) -> &'a str {
        self.b.of(self.text)
    }

    pub fn between_single_glyphs(&self) -> bool {
        self.a.glyphs == 1 && self.b.glyphs == 1
    }
}

/// Whether `c` is a full-width mark. Such a mark includes white space, so a space next to it has no meaning in running text.
pub(super) fn is_wide_mark(c: char, class: Class) -> bool {
    matches!(
        class,
        Class::Stop
            | Class::Comma
            | Class::Enumeration
            | Class::Semicolon
            | Class::Colon
            | Class::CloseQuote
            | Class::CloseBracket
            | Class::OpenBracket
            | Class::OpenQuote
    ) && !c.is_ascii()
}

/// Whether the line consists of fields.
pub(super) fn fields(line: &Line) -> bool {
    line.gaps > 0 || line.opening == Opening::Row
}

/// Whether a token may be a person's name.
pub(super) fn named(text: &str, token: &Token) -> bool {
    (2..=4).contains(&token.glyphs) && is_surname(&[token.first(text)])
}
