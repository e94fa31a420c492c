//! The tokens of a line: the runs of glyphs between its spaces.

use crate::text::ends::{char_at, char_before};
use crate::text::scan::{BLOCK, char_starts, non_spaces};

/// A run of glyphs without a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub glyphs: u32,
}

impl Token {
    /// The token in its text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }

    /// Its first character. No token is empty.
    #[inline]
    pub fn first(&self, text: &str) -> char {
        char_at(text, self.start).unwrap_or(' ')
    }

    /// Its last character.
    #[inline]
    pub fn last(&self, text: &str) -> char {
        char_before(text, self.end).unwrap_or(' ')
    }
}

/// The tokens of a line. The memory is reused from line to line.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    pub(crate) all: Vec<Token>,
    /// Number of tokens of one glyph.
    pub(crate) single: usize,
    /// Number of tokens of two to four glyphs, as many as a name has.
    pub(crate) name_sized: usize,
    /// Width of the narrowest gap between two tokens, in spaces.
    pub(crate) gap: usize,
}

impl Tokens {
    /// Reads the tokens of `text[start..end]`.
    pub(crate) fn read(&mut self, text: &str, start: usize, end: usize) {
        self.all.clear();
        (self.single, self.name_sized, self.gap) = (0, 0, usize::MAX);
        let bytes = text.as_bytes();
        // The current token: whether the block before ended inside it, its first byte, and its glyphs before this block.
        let (mut inside, mut from, mut before) = (0, start, 0);
        for at in (start..end).step_by(BLOCK) {
            let ink = non_spaces(bytes, at, end);
            let heads = char_starts(bytes, at, end);
            let after_ink = ink << 1 | inside;
            let (mut starts, mut ends) = (ink & !after_ink, !ink & after_ink);
            let mut glyphs = heads & ink;
            let next = |starts: &mut u64| {
                let start = at + starts.trailing_zeros() as usize;
                *starts &= starts.wrapping_sub(1);
                start
            };
            if inside == 0 {
                from = next(&mut starts);
            }
            while ends != 0 {
                let end = ends.trailing_zeros();
                ends &= ends - 1;
                let passed = (1 << end) - 1;
                self.push(from, at + end as usize, before + (glyphs & passed).count_ones());
                glyphs &= !passed;
                before = 0;
                from = next(&mut starts);
            }
            inside = ink >> (BLOCK - 1);
            before += glyphs.count_ones();
        }
        if inside == 1 {
            self.push(from, end, before);
        }
    }

    /// Joins the tokens that stand apart by a single space that `puts_space` would put between them. Whether the text has
    /// such spaces already must not tell.
    pub(crate) fn join_where(&mut self, text: &str, puts_space: impl Fn(&str, &str) -> bool) {
        let all = std::mem::take(&mut self.all);
        (self.single, self.name_sized, self.gap) = (0, 0, usize::MAX);
        let mut rest = all.into_iter().peekable();
        while let Some(mut token) = rest.next() {
            while let Some(next) = rest.next_if(|next| {
                next.start - token.end == 1 && puts_space(&text[token.start..token.end], &text[next.start..next.end])
            }) {
                token = Token { start: token.start, end: next.end, glyphs: token.glyphs + next.glyphs };
            }
            self.push(token.start, token.end, token.glyphs);
        }
    }

    /// Adds the next token.
    #[inline]
    fn push(&mut self, start: usize, end: usize, glyphs: u32) {
        self.gap = self.all.last().map_or(usize::MAX, |last| self.gap.min(start - last.end));
        self.single += usize::from(glyphs == 1);
        self.name_sized += usize::from((2..=4).contains(&glyphs));
        self.all.push(Token { start, end, glyphs });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_are_the_runs_between_spaces(head in "[渠 \n]{0,9}", line in "[渠e２é𠀀 ]{0,90}", foot in "[渠 \n]{0,70}") {
            let text = format!("{head}{line}{foot}");
            let mut tokens = Tokens::default();
            tokens.read(&text, head.len(), head.len() + line.len());
            let found: Vec<_> = tokens.all.iter().map(|t| (t.of(&text), t.glyphs, t.first(&text), t.last(&text))).collect();
            let want: Vec<_> = line
                .split(' ')
                .filter(|t| !t.is_empty())
                .filter_map(|t| Some((t, t.chars().count() as u32, t.chars().next()?, t.chars().next_back()?)))
                .collect();
            prop_assert_eq!(found, want);
        }
    }
}
