//! The characters of a text that [`controls`](super::controls) or [`glyphs`](super::glyphs) may have to change. Most
//! of a text is ASCII, Han and the marks of Chinese text, which one scan passes.

use crate::text::scan::{BLOCK, Places, suspect_starts};

/// Where the suspect characters begin. It keeps its memory from page to page.
#[derive(Debug, Clone, Default)]
pub(crate) struct SuspectChars {
    suspects: Vec<usize>,
    /// Characters that their first byte leaves in doubt.
    doubtful: Places,
}

impl SuspectChars {
    /// The suspects of a text.
    pub fn of(text: &str) -> SuspectChars {
        let mut suspects = SuspectChars::default();
        suspects.find(text);
        suspects
    }

    /// Finds the suspects of another text.
    pub fn find(&mut self, text: &str) {
        let SuspectChars { suspects, doubtful } = self;
        let bytes = text.as_bytes();
        let (blocks, rest) = bytes.as_chunks();
        doubtful.clear();
        for (k, block) in blocks.iter().enumerate() {
            doubtful.put(k * BLOCK, suspect_starts(block));
        }
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        doubtful.put(blocks.len() * BLOCK, suspect_starts(&last));
        suspects.clear();
        suspects.extend(doubtful.iter().filter(|&at| !is_common_mark(bytes, at)));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.suspects.is_empty()
    }

    /// Their places, in order.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.suspects.iter().copied()
    }
}

/// Whether a common mark of Chinese text begins here, by a table.
#[inline]
fn is_common_mark(bytes: &[u8], at: usize) -> bool {
    /// A set of third bytes: a bit for each from 80 on.
    const fn thirds(first: u8, last: u8) -> u64 {
        (u64::MAX >> (63 - (last - first))) << (first & 0x3F)
    }
    /// For each first byte from E2 on the second byte and the third bytes of marks.
    static MARKS: [(u8, u64); 14] = {
        let mut marks = [(0, 0); 14];
        // U+2010 to U+2027: dashes, quotes, points.
        marks[0] = (0x80, thirds(0x90, 0xA7));
        // U+3001 to U+3027: marks and brackets.
        marks[0xE3 - 0xE2] = (0x80, thirds(0x81, 0xA7));
        // ！ to ／ except ．, and ： to ＠.
        marks[0xEF - 0xE2] = (0xBC, thirds(0x80, 0x8F) & !thirds(0x8E, 0x8E) | thirds(0x9A, 0xA0));
        marks
    };
    let [first, second, third] = bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
    let marks = MARKS.get(usize::from(first.wrapping_sub(0xE2)));
    marks.is_some_and(|&(with, thirds)| (second == with) & (thirds >> (third & 0x3F) & 1 == 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::edit::Edits;
    use crate::options::Options;
    use crate::passes::{controls, glyphs};
    use proptest::prelude::*;

    /// Every character, plain or not.
    fn all(text: &str) -> SuspectChars {
        SuspectChars { suspects: text.char_indices().map(|(at, _)| at).collect(), doubtful: Places::default() }
    }

    /// What the passes propose for these characters.
    fn proposed(text: &str, suspects: &SuspectChars) -> [Edits; 2] {
        let mut both = [Edits::new(), Edits::new()];
        controls::propose_at(text, suspects, &Options::default(), &mut both[0]);
        glyphs::propose_at(text, suspects, &Options::default(), &mut both[1]);
        both
    }

    fn check(text: &str) {
        let (some, all) = (proposed(text, &SuspectChars::of(text)), proposed(text, &all(text)));
        for (some, all) in some.iter().zip(&all) {
            assert_eq!((some.as_slice(), some.rewrite(text)), (all.as_slice(), all.rewrite(text)), "{text:?}");
        }
    }

    #[test]
    fn no_character_that_a_pass_would_change_is_plain() {
        // Planes 3 to 13 and 15 on begin as the letters of plane 1 do.
        for c in (0..=0x2FFFF).chain(0xE0000..=0xE01FF).filter_map(char::from_u32) {
            check(&format!("e{c}3"));
        }
    }

    #[test]
    fn common_chinese_text_is_plain() {
        let text = "渠水流过桥头镇，沿岸的稻田“渐渐”泛黄——农户（何苗）忙着……\n《修整》晒场：好！ 2023-09-12, GPS/ok? 、。；【】「」";
        assert!(SuspectChars::of(text).is_empty());
        assert_eq!(SuspectChars::of("渠\r水　渠⽔２").places().collect::<Vec<_>>(), [3, 7, 13, 16]);
    }

    proptest! {
        #[test]
        fn no_text_that_a_pass_would_change_is_plain(
            text in "[渠水e3 \u{301}\u{308}\u{200d}\u{200b}\u{3000}\u{2f08}\u{fe35}\u{f914}\u{1f468}\u{85}\r\n\t０．Ａ，。“”a-z]{0,120}"
        ) {
            check(&text);
        }
    }
}
