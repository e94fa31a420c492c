//! Where a text holds something else than Han: a line is walked from one such place to the next, and what lies between
//! is counted by its length.

use crate::text::scan::{BLOCK, last_block, non_han_starts};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The places of a text at which a character begins that is no Han of the bulk (U+4E00 to U+9FFF, and all that begins
/// as they do, with the bytes E4 to E9, but the hexagrams); kept from page to page for its memory.
#[derive(Debug, Clone, Default)]
pub(super) struct NonHanIndex(Vec<u64>);

impl NonHanIndex {
    /// Reads a text.
    pub fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.0.clear();
        self.0.reserve(bytes.len() / BLOCK + 1);
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        self.0.extend(blocks.iter().map(non_han_starts));
        // What is left has room for the end of the text behind it.
        let end = 1 << rest.len();
        self.0.push(non_han_starts(&last_block(rest)) & (end - 1) | end);
        // So seldom that one look at the page is cheaper than one at each block.
        for at in HEXAGRAMS.find_iter(bytes) {
            self.0[at / BLOCK] |= 1 << (at % BLOCK);
        }
    }

    /// The places, in order, and the end of the text behind them.
    #[inline]
    pub fn each(&self, mut take: impl FnMut(usize)) {
        for (k, &word) in self.0.iter().enumerate() {
            let mut rest = word;
            while rest != 0 {
                take(k * BLOCK + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }
}

/// What all hexagrams (U+4DC0 to U+4DFF) begin with, and no other character.
static HEXAGRAMS: LazyLock<Finder> = LazyLock::new(|| Finder::new(&[0xE4, 0xB7]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_bulk_of_han_is_a_landmark() {
        let mut text = String::from("渠水流过桥头镇，沿岸的稻田 Lan 江 2023 年\n");
        text.extend(('\u{4D00}'..='\u{4E20}').chain('\u{9FF0}'..='\u{A010}').chain(['𠀀', 'é', '\u{3400}']));
        let mut non_han = NonHanIndex::default();
        for (from, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let text = &text[from..];
            let is_bulk = |c: char| matches!(c, '\u{4000}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}');
            non_han.read(text);
            let mut want: Vec<usize> = text.char_indices().filter(|&(_, c)| !is_bulk(c)).map(|(at, _)| at).collect();
            want.push(text.len());
            let mut found = Vec::new();
            non_han.each(|at| found.push(at));
            assert_eq!(found, want, "{text}");
        }
    }
}
