//! Several word lists searched in one walk over a text.

use super::word_list::{WordList, first_pair, pair_hash};

/// Which of up to eight lists may have a word that begins with a pair of characters: a bit for each list. As a Bloom filter of one
/// hash it lets every word pass, and few other pairs.
///
/// ```
/// use qingyang::internals::vocabulary::ListFilter;
/// let filter = ListFilter::new(&[&["记者", "记录"], &["电话"]]);
/// assert_eq!((filter.lists('记', '者'), filter.lists('电', '话')), (0b01, 0b10));
/// ```
#[derive(Debug, Clone)]
pub struct ListFilter([u8; ListFilter::PLACES]);

impl ListFilter {
    /// Bits of a place's number: ninety words fill one place in forty-five.
    const BITS: u32 = 12;
    const PLACES: usize = 1 << ListFilter::BITS;

    /// A filter for lists of these words.
    pub const fn new(lists: &[&[&str]]) -> ListFilter {
        assert!(lists.len() <= 8, "a place has eight bits");
        let mut places = [0; ListFilter::PLACES];
        let mut list = 0;
        while list < lists.len() {
            let mut k = 0;
            while k < lists[list].len() {
                places = with(places, lists[list][k], 1 << list);
                k += 1;
            }
            list += 1;
        }
        ListFilter(places)
    }

    /// Adds the words that a caller added to these lists.
    pub(super) fn add(&mut self, lists: &[&WordList]) {
        for (k, list) in lists.iter().enumerate() {
            list.added().for_each(|word| self.0 = with(self.0, word, 1 << k));
        }
    }

    /// The lists that may have a word that begins with these two characters; `'\0'` is behind the end of a text.
    #[inline]
    pub fn lists(&self, first: char, second: char) -> u8 {
        self.0[place(first as u32, second as u32)]
    }
}

const fn place(first: u32, second: u32) -> usize {
    (pair_hash(first, second) >> (32 - ListFilter::BITS)) as usize
}

/// Sets a list's bit at the place of a word. A word of one character may have any character behind it.
const fn with(mut places: [u8; ListFilter::PLACES], word: &str, list: u8) -> [u8; ListFilter::PLACES] {
    match first_pair(word) {
        Some((first, second)) => places[place(first, second)] |= list,
        None => {
            let mut k = 0;
            while k < places.len() {
                places[k] |= list;
                k += 1;
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_is_named_for_each_pair_that_begins_a_word(words in prop::collection::vec("[记者电话é𠀀a]{1,3}", 0..9)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let (some, others) = words.split_at(words.len() / 2);
            let mut list = WordList::new(&[]);
            others.iter().for_each(|word| list.add(word));
            let mut filter = ListFilter::new(&[&["镇"], some, &[]]);
            filter.add(&[&WordList::new(&[]), &WordList::new(&[]), &list]);
            for (k, words) in [(1, some), (2, others)] {
                for word in words {
                    let mut chars = word.chars();
                    let (first, second) = (chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'));
                    prop_assert!(filter.lists(first, second) >> k & 1 == 1, "{word}");
                }
            }
        }
    }

    #[test]
    fn few_other_pairs_pass() {
        let filter = ListFilter::new(&[&["记者", "通讯员"], &["电话", "地址"]]);
        let text = "渠水流过桥头镇沿岸的稻田渐渐泛黄村民们说过去到云台卖菜要绕行如今只要十来分钟";
        let passed = text.chars().zip(text.chars().skip(1)).filter(|&(a, b)| filter.lists(a, b) > 0).count();
        assert!(passed <= 1, "{passed}");
    }
}
