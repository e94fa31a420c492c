//! A list of words with the questions that rules ask of it.

use crate::text::ends::{first_of, last_of};
use std::ops::Range;

/// Words of one idea. Where several entries fit, the longest counts.
///
/// ```
/// use qingyang::internals::vocabulary::WordList;
/// static POSTS: WordList = WordList::new(&["记者", "特约记者"]);
/// assert!(POSTS.ends("本报记者") && POSTS.opens("记者 何苗") && !POSTS.has("本报记者"));
/// assert_eq!(POSTS.suffix_of("本报特约记者"), Some("特约记者"));
/// assert_eq!(POSTS.last_in("（特约记者 何苗）"), Some(9..15));
/// ```
#[derive(Debug, Clone)]
pub struct WordList {
    built_in: &'static [&'static str],
    added: Vec<String>,
    first: CharFilter,
    last: CharFilter,
    /// The first two characters of each word. A word of one character lets every pair pass.
    pairs: PairFilter,
}

impl WordList {
    /// A list of these words.
    pub const fn new(words: &'static [&'static str]) -> WordList {
        let (mut first, mut last, mut pairs) = (CharFilter::EMPTY, CharFilter::EMPTY, PairFilter::EMPTY);
        let mut k = 0;
        while k < words.len() {
            first = first.with(first_code(words[k].as_bytes()));
            last = last.with(last_code(words[k].as_bytes()));
            pairs = pairs.with(words[k]);
            k += 1;
        }
        WordList { built_in: words, added: Vec::new(), first, last, pairs }
    }

    /// Adds a word at run time, and its simplified form. An empty word is left out.
    pub fn add(&mut self, word: &str) {
        let simplified: String = word.chars().map(crate::lexicon::to_simplified).collect();
        for word in [word, &simplified] {
            if !word.is_empty() && !self.has(word) {
                self.first = self.first.with(first_code(word.as_bytes()));
                self.last = self.last.with(last_code(word.as_bytes()));
                self.pairs = self.pairs.with(word);
                self.added.push(word.to_string());
            }
        }
    }

    /// The words that were added.
    pub(super) fn added(&self) -> impl Iterator<Item = &str> {
        self.added.iter().map(String::as_str)
    }

    /// The words, those that were added last.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.built_in.iter().copied().chain(self.added())
    }

    /// Whether `text` is one of the words.
    #[inline]
    pub fn has(&self, text: &str) -> bool {
        self.may_open(text) && self.holds(text)
    }

    #[inline(never)] // the filter excludes most texts
    fn holds(&self, text: &str) -> bool {
        self.iter().any(|word| word == text)
    }

    /// The longest word that `text` begins with.
    pub fn prefix_of(&self, text: &str) -> Option<&str> {
        if !self.may_open(text) {
            return None;
        }
        self.iter().filter(|word| opens(text, word)).max_by_key(|word| word.len())
    }

    /// The longest word that `text` ends with.
    pub fn suffix_of(&self, text: &str) -> Option<&str> {
        if !self.may_end(text) {
            return None;
        }
        self.iter().filter(|word| ends(text, word)).max_by_key(|word| word.len())
    }

    /// Whether `text` begins with one of the words.
    #[inline]
    pub fn opens(&self, text: &str) -> bool {
        self.may_open(text) && self.holds_prefix(text)
    }

    #[inline(never)] // the filter excludes most texts
    fn holds_prefix(&self, text: &str) -> bool {
        self.iter().any(|word| opens(text, word))
    }

    /// Whether `text` ends with one of the words.
    #[inline]
    pub fn ends(&self, text: &str) -> bool {
        self.may_end(text) && self.holds_suffix(text)
    }

    #[inline(never)] // the filter excludes most texts
    fn holds_suffix(&self, text: &str) -> bool {
        self.iter().any(|word| ends(text, word))
    }

    /// Whether `text` contains one of the words.
    pub fn is_in(&self, text: &str) -> bool {
        self.candidates(text).any(|at| self.holds_prefix(&text[at..]))
    }

    /// The places in `text` where a word may begin, by its first two characters.
    fn candidates(&self, text: &str) -> impl Iterator<Item = usize> {
        let below = text.chars().skip(1).chain(['\0']);
        let pairs = text.char_indices().zip(below);
        pairs.filter(|((_, first), second)| self.pairs.may_have(*first, *second)).map(|((at, _), _)| at)
    }

    /// The words that `text` begins with.
    pub(crate) fn prefixes_of(&self, text: &str) -> impl Iterator<Item = &str> {
        self.iter().filter(|word| opens(text, word))
    }

    /// The place of the first word in `text`.
    pub fn first_in(&self, text: &str) -> Option<Range<usize>> {
        text.char_indices().find_map(|(at, _)| self.at(text, at))
    }

    /// The place of the last word in `text`.
    pub fn last_in(&self, text: &str) -> Option<Range<usize>> {
        text.char_indices().rev().find_map(|(at, _)| self.at(text, at))
    }

    fn at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        self.prefix_of(&text[at..]).map(|word| at..at + word.len())
    }

    /// Whether `text` may begin with one of the words, by its first character.
    #[inline]
    pub fn may_open(&self, text: &str) -> bool {
        first_of(text).is_some_and(|c| self.first.may_have(c))
    }

    /// Whether `text` may end with one of the words, by its last character.
    #[inline]
    pub fn may_end(&self, text: &str) -> bool {
        last_of(text).is_some_and(|c| self.last.may_have(c))
    }
}

/// Whether `text` begins with `word`. One byte decides nearly always, and saves the call of a comparison.
#[inline]
fn opens(text: &str, word: &str) -> bool {
    let (text, word, last) = (text.as_bytes(), word.as_bytes(), word.len().wrapping_sub(1));
    text.get(last) == word.get(last) && text.starts_with(word)
}

/// Whether `text` ends with `word`.
#[inline]
fn ends(text: &str, word: &str) -> bool {
    text.as_bytes().last() == word.as_bytes().last() && text.ends_with(word)
}

/// A Bloom filter of characters with one hash: it lets every member pass, and few others.
#[derive(Debug, Clone, Copy)]
struct CharFilter([u64; 4]);

impl CharFilter {
    const EMPTY: CharFilter = CharFilter([0; 4]);

    const fn place(code: u32) -> (usize, u32) {
        let hash = code.wrapping_mul(0x9E37_79B1) >> 24;
        (hash as usize >> 6, hash & 63)
    }

    const fn with(mut self, code: u32) -> CharFilter {
        let (word, bit) = CharFilter::place(code);
        self.0[word] |= 1 << bit;
        self
    }

    #[inline]
    fn may_have(&self, c: char) -> bool {
        let (word, bit) = CharFilter::place(c as u32);
        self.0[word & 3] >> bit & 1 == 1
    }
}

/// A Bloom filter of pairs of characters with one hash of 1,024 bits.
#[derive(Debug, Clone, Copy)]
struct PairFilter([u64; 16]);

impl PairFilter {
    const EMPTY: PairFilter = PairFilter([0; 16]);

    const fn place(first: u32, second: u32) -> (usize, u32) {
        let hash = pair_hash(first, second) >> 22;
        (hash as usize >> 6, hash & 63)
    }

    /// With a word that is not empty.
    const fn with(self, word: &str) -> PairFilter {
        let Some((first, second)) = first_pair(word) else { return PairFilter([!0; 16]) };
        let mut bits = self.0;
        let (word, bit) = PairFilter::place(first, second);
        bits[word] |= 1 << bit;
        PairFilter(bits)
    }

    #[inline]
    fn may_have(&self, first: char, second: char) -> bool {
        let (word, bit) = PairFilter::place(first as u32, second as u32);
        self.0[word & 15] >> bit & 1 == 1
    }
}

/// A hash of two characters; its upper bits are the best.
pub(super) const fn pair_hash(first: u32, second: u32) -> u32 {
    first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA6B)
}

/// The codes of the first two characters of a word that is not empty; `None` for a word of one character.
pub(super) const fn first_pair(word: &str) -> Option<(u32, u32)> {
    let word = word.as_bytes();
    let mut at = 1;
    while at < word.len() && word[at] & 0xC0 == 0x80 {
        at += 1;
    }
    if at == word.len() { None } else { Some((first_code(word), code_at(word, at))) }
}

/// The code of the first character of a text that is not empty.
const fn first_code(text: &[u8]) -> u32 {
    code_at(text, 0)
}

/// The code of the last one.
const fn last_code(text: &[u8]) -> u32 {
    let mut at = text.len() - 1;
    while text[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    code_at(text, at)
}

/// The last character of a phrase that is not empty.
pub(crate) const fn last_char(phrase: &str) -> char {
    match char::from_u32(last_code(phrase.as_bytes())) {
        Some(c) => c,
        None => char::REPLACEMENT_CHARACTER,
    }
}

/// Decodes the character that begins at `at`; `str` has no `const` way to do it.
const fn code_at(text: &[u8], at: usize) -> u32 {
    let first = text[at] as u32;
    let (mut code, more) = match first {
        0x00..=0x7F => (first, 0),
        0x80..=0xDF => (first & 0x1F, 1),
        0xE0..=0xEF => (first & 0xF, 2),
        _ => (first & 7, 3),
    };
    let mut k = 1;
    while k <= more {
        code = code << 6 | (text[at + k] & 0x3F) as u32;
        k += 1;
    }
    code
}

/// Lists put together into one; `N` is the sum of their lengths.
pub(super) const fn joined<const N: usize>(lists: &[&[&'static str]]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut n, mut list) = (0, 0);
    while list < lists.len() {
        let mut k = 0;
        while k < lists[list].len() {
            all[n] = lists[list][k];
            n += 1;
            k += 1;
        }
        list += 1;
    }
    assert!(n == N, "N is not the sum of the lengths");
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static WORDS: &[&str] = &["记者", "特约记者", "者", "文/图", "a", "é渠", "𠀀"];

    /// The same questions asked of the words alone.
    fn longest<'a>(words: &[&'a str], fits: impl Fn(&str) -> bool) -> Option<&'a str> {
        words.iter().copied().filter(|w| fits(w)).max_by_key(|w| w.len())
    }

    proptest! {
        #[test]
        fn a_list_answers_as_its_plain_words_do(text in "[特约记者文/图aé渠𠀀 。]{0,9}", added in "[特约镇]{0,2}") {
            let mut list = WordList::new(WORDS);
            list.add(&added);
            let mut words = WORDS.to_vec();
            if !added.is_empty() {
                words.push(&added);
            }
            prop_assert_eq!(list.has(&text), words.contains(&text.as_str()));
            prop_assert_eq!(list.prefix_of(&text), longest(&words, |w| text.starts_with(w)));
            prop_assert_eq!(list.suffix_of(&text), longest(&words, |w| text.ends_with(w)));
            prop_assert_eq!(list.opens(&text), list.prefix_of(&text).is_some());
            prop_assert_eq!(list.ends(&text), list.suffix_of(&text).is_some());
            prop_assert_eq!(list.is_in(&text), words.iter().any(|w| text.contains(w)));
            let opening: Vec<&str> = words.iter().copied().filter(|w| text.starts_with(w)).collect();
            prop_assert_eq!(list.prefixes_of(&text).collect::<Vec<_>>(), opening);
            let mut places: Vec<Range<usize>> = Vec::new();
            for (at, _) in text.char_indices() {
                // A word may overlap itself.
                let here = words.iter().filter(|w| !w.is_empty() && text[at..].starts_with(**w));
                places.extend(here.map(|w| at..at + w.len()));
            }
            let first = places.iter().min_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
            let last = places.iter().max_by_key(|r| (r.start, r.end));
            prop_assert_eq!(list.first_in(&text), first.cloned());
            prop_assert_eq!(list.last_in(&text), last.cloned());
        }
    }

    #[test]
    fn an_added_word_is_known_in_its_simplified_form_too() {
        let mut list = WordList::new(&["记者"]);
        list.add("觀察員");
        list.add("");
        assert_eq!(list.iter().collect::<Vec<_>>(), ["记者", "觀察員", "观察员"]);
    }
}
