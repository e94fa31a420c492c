//! An index of the characters that are no Han. A line is measured by going from one of them to the next; the Han
//! between are counted by their length.

use crate::text::scan::{BLOCK, last_block, non_han_starts};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The places of all characters but Han from U+4E00 to U+9FFF. Characters from U+4000 on, whose bytes begin alike,
/// are left out, too, except for hexagrams. It keeps its memory from page to page.
#[derive(Debug, Clone, Default)]
pub(super) struct NonHanIndex(Vec<u64>);

impl NonHanIndex {
    /// Indexes a text.
    pub fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.0.clear();
        self.0.reserve(bytes.len() / BLOCK + 1);
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        self.0.extend(blocks.iter().map(non_han_starts));
        // The last block always has room for the end of the text.
        let end = 1 << rest.len();
        self.0.push(non_han_starts(&last_block(rest)) & (end - 1) | end);
        // Hexagrams are so rare that one search of the page is cheaper than a look at each block.
        for at in HEXAGRAMS.find_iter(bytes) {
            self.0[at / BLOCK] |= 1 << (at % BLOCK);
        }
    }

    /// Calls `take` with each place in order, and then with the end of the text.
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

/// The first two bytes of all hexagrams (U+4DC0 to U+4DFF), and of no other character.
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
