//! Where a text holds something else than Han: a line is walked from one such place to the next, and what lies between
//! is counted by its length.

use crate::lanes::{BLOCK, LANES};
use wide::{CmpEq, CmpGt, CmpLt, i8x16};

/// The places of a text at which a character begins that is no Han of the bulk (U+4E00 to U+9FFF, and all that begins
/// as they do, with the bytes E4 to E9, but the hexagrams); kept from page to page for its memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Landmarks(Vec<u64>);

impl Landmarks {
    /// Reads a text.
    pub fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.0.clear();
        self.0.reserve(bytes.len() / BLOCK + 1);
        let mut at = 0;
        while let Some(block) = bytes.get(at..at + BLOCK + 1).and_then(|b| b.first_chunk::<{ BLOCK + 1 }>()) {
            self.0.push(places(block));
            at += BLOCK;
        }
        // What is left has room for the end of the text behind it, or begins the next word with it.
        let rest = &bytes[at..];
        let mut block = [0; BLOCK + 1];
        block[..rest.len()].copy_from_slice(rest);
        let end = u64::from(rest.len() < BLOCK) << (rest.len() % BLOCK);
        let before = if rest.len() < BLOCK { end - 1 } else { u64::MAX };
        self.0.push(places(&block) & before | end);
        if rest.len() == BLOCK {
            self.0.push(1);
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

/// A bit for each of the first 64 bytes that begins a landmark; the byte behind them is looked at only.
fn places(block: &[u8; BLOCK + 1]) -> u64 {
    let mut word = 0;
    let mut at = 0;
    while at < BLOCK {
        let lanes = |from: usize| -> i8x16 { i8x16::new(std::array::from_fn(|k| block[from + k] as i8)) };
        let (here, next) = (lanes(at), lanes(at + 1));
        // Bytes above 7F are negative here: the tails 80–BF come first, then the heads.
        let heads = here.cmp_gt(i8x16::splat(0xBF_u8 as i8));
        let bulk = here.cmp_gt(i8x16::splat(0xE3_u8 as i8)) & here.cmp_lt(i8x16::splat(0xEA_u8 as i8));
        let hexagrams = here.cmp_eq(i8x16::splat(0xE4_u8 as i8)) & next.cmp_eq(i8x16::splat(0xB7_u8 as i8));
        let landmarks = heads & (!bulk | hexagrams);
        word |= u64::from(landmarks.move_mask() as u16) << at;
        at += LANES;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_bulk_of_han_is_a_landmark() {
        let mut text = String::from("渠水流过桥头镇，沿岸的稻田 Lan 江 2023 年\n");
        text.extend(('\u{4D00}'..='\u{4E20}').chain('\u{9FF0}'..='\u{A010}').chain(['𠀀', 'é', '\u{3400}']));
        let mut landmarks = Landmarks::default();
        for (from, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let text = &text[from..];
            let is_bulk = |c: char| matches!(c, '\u{4000}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}');
            landmarks.read(text);
            let mut want: Vec<usize> = text.char_indices().filter(|&(_, c)| !is_bulk(c)).map(|(at, _)| at).collect();
            want.push(text.len());
            let mut found = Vec::new();
            landmarks.each(|at| found.push(at));
            assert_eq!(found, want, "{text}");
        }
    }
}
