//! A set of Han with a bit for each, for questions that every line asks.

const FIRST: u32 = 0x4E00;
const WORDS: usize = (0xA000 - FIRST as usize) / 64;

/// A set of characters from U+4E00 to U+9FFF.
#[derive(Debug)]
pub(crate) struct HanSet([u64; WORDS]);

impl HanSet {
    /// The characters of `han`, all of which must be in that range.
    pub const fn of(han: &str) -> HanSet {
        HanSet([0; WORDS]).with(han)
    }

    /// This set with the characters of another such text.
    pub const fn with(mut self, han: &str) -> HanSet {
        let mut at = 0;
        while at < han.len() {
            self.add(han.as_bytes(), at);
            at += 3;
        }
        self
    }

    /// This set with the first character of each word, which must be in that range.
    pub const fn with_firsts(mut self, words: &[&str]) -> HanSet {
        let mut k = 0;
        while k < words.len() {
            self.add(words[k].as_bytes(), 0);
            k += 1;
        }
        self
    }

    const fn add(&mut self, bytes: &[u8], at: usize) {
        let (head, middle, tail) = (bytes[at] & 0xF, bytes[at + 1] & 0x3F, bytes[at + 2] & 0x3F);
        let place = ((head as u32) << 12 | (middle as u32) << 6 | tail as u32) as usize - FIRST as usize;
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Whether `c` is one of them.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        let place = (c as u32).wrapping_sub(FIRST) as usize;
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_it_was_made_of_and_nothing_else() {
        static SET: HanSet = HanSet::of("一年龥鿿渠");
        let found: String = (0..=0x10_FFFF).filter_map(char::from_u32).filter(|&c| SET.has(c)).collect();
        assert_eq!(found, "一年渠龥鿿");
    }
}
