//! Which characters of a text [`controls`](super::controls) or [`glyphs`](super::glyphs) may have to change: most of a
//! text is ASCII, Han and the marks of Chinese text, and is passed over many bytes at a time.

use crate::lanes::{LANES, is, not, within};
use wide::u8x16;

/// Bytes that are judged together: a bit for each is a word.
const STRETCH: usize = 64;

/// Where characters of a text begin that are not plain; kept from page to page for its memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Odd(Vec<usize>);

impl Odd {
    /// Those of `text`.
    pub fn of(text: &str) -> Odd {
        let mut odd = Odd::default();
        odd.find(text);
        odd
    }

    /// Those of another text.
    pub fn find(&mut self, text: &str) {
        self.0.clear();
        let bytes = text.as_bytes();
        for start in (0..bytes.len()).step_by(STRETCH) {
            match bytes[start..].first_chunk() {
                Some(window) => self.take(start, window),
                None => {
                    let mut window = [b' '; STRETCH + 2];
                    window[..bytes.len() - start].copy_from_slice(&bytes[start..]);
                    self.take(start, &window);
                }
            }
        }
    }

    /// Looks at the characters that begin in the first [`STRETCH`] bytes.
    #[inline]
    fn take(&mut self, start: usize, window: &[u8; STRETCH + 2]) {
        let (a, b, c) = (&window[..STRETCH], &window[1..=STRETCH], &window[2..]);
        let lanes = |side| <[u8]>::as_chunks::<LANES>(side).0.iter().map(|&lanes| u8x16::new(lanes));
        let mut odd = 0;
        for (k, ((a, b), c)) in lanes(a).zip(lanes(b)).zip(lanes(c)).enumerate() {
            odd |= u64::from(is_odd(a, b, c).move_mask() as u16) << (k * LANES);
        }
        while odd != 0 {
            self.0.push(start + odd.trailing_zeros() as usize);
            odd &= odd - 1;
        }
    }

    /// Whether the whole text is plain.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their places, in order.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.0.iter().copied()
    }
}

/// Where a character that begins with these bytes is none of ASCII text, Han, and the common marks.
#[inline]
fn is_odd(a: u8x16, b: u8x16, c: u8x16) -> u8x16 {
    let control = (within(a, 0, 0x1F) ^ is(a, b'\n')) | is(a, 0x7F);
    // Other scripts, beside Han (E4 to E9) and the blocks of marks (E2, E3, EF).
    let full = is(a, 0xEF);
    let foreign = within(a, 0xC2, 0xFF) ^ within(a, 0xE2, 0xE9) ^ full;
    // U+2010 to U+2027 are dashes, quotes, points; U+3001 to U+3027 marks and brackets.
    let low = within(c, 0, 0x8F);
    let mark = is(b, 0x80) & within(c, 0x81, 0xA7) & not(is(a, 0xE2) & low);
    let block = within(a, 0xE2, 0xE3) & not(mark);
    // ！ to ／ but for ．, and ： to ＠.
    let wide = is(b, 0xBC) & (low & not(is(c, 0x8E)) | within(c, 0x9A, 0xA0));
    control | foreign | block | full & not(wide)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edits;
    use crate::options::Options;
    use crate::passes::{controls, glyphs};
    use proptest::prelude::*;

    /// Every character, plain or not.
    fn all(text: &str) -> Odd {
        Odd(text.char_indices().map(|(at, _)| at).collect())
    }

    /// What the passes propose for these characters.
    fn proposed(text: &str, odd: &Odd) -> [Edits; 2] {
        let mut both = [Edits::new(), Edits::new()];
        controls::propose_at(text, odd, &Options::default(), &mut both[0]);
        glyphs::propose_at(text, odd, &Options::default(), &mut both[1]);
        both
    }

    fn check(text: &str) {
        let (some, all) = (proposed(text, &Odd::of(text)), proposed(text, &all(text)));
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
        assert!(Odd::of(text).is_empty());
        assert_eq!(Odd::of("渠\r水　渠⽔２").places().collect::<Vec<_>>(), [3, 7, 13, 16]);
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
