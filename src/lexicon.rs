//! What a general lexicon says about a break between characters: whether a word spans it, and how firmly the words that hold
//! a pair of characters bind it; and how likely a unit of text ends there.
//!
//! The tables are static data; nothing is loaded or parsed at start-up. `tools/words.py` makes them from the dictionary of
//! jieba 0.42.1 (MIT) and the characters of OpenCC in opencc-python-reimplemented 0.1.7 (Apache-2.0). `fit language` makes that
//! of [`language`]. Digests (SHA-256):
//!
//! | file | digest |
//! |---|---|
//! | `lexicon/words.bin` | `1936d78248511f731b88223cf5ce42397843f986d44d1a34f90917d501b12f40` |
//! | `lexicon/pairs.bin` | `27aaf09832ceb5c73834a63770d365503386b1bdb0dd2e87e7de03694fe4fda7` |
//! | `lexicon/language.bin` | `85f3e1fb39548df4a3f9a5d6d682fed80859e9016669d50bdd874488dc127dce` |
//! | `lexicon/simple.bin` | `efdbbfc79edabfb426ce8fe1d5d55cfe0149297133174f03bfe21391e8ceb463` |

pub mod bound;
pub mod language;

use crate::text::width::is_han;

static WORDS: &[u8] = include_bytes!("lexicon/words.bin");
static PAIRS: &[u8; 1 << (PAIR_BITS - 2)] = include_bytes!("lexicon/pairs.bin");
const SIMPLE: &[u8; 2 * ALL_HAN] = include_bytes!("lexicon/simple.bin");

const BUCKETS: usize = 65_536;
const FIRST_HAN: u32 = 0x4E00;
const ALL_HAN: usize = 0x9FFF - FIRST_HAN as usize + 1;
/// Bits of the place of a pair in its table. Two bits for each of a million places are 256 KB, which the caches hold. One
/// place in ten is taken.
const PAIR_BITS: u32 = 20;

/// The longest word that spans a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spanning {
    /// Its characters; 0 where no word spans the break.
    pub longest: u8,
    /// Class of its frequency: 0 is rare, 7 is a thousand times as frequent.
    pub class: u8,
}

/// The longest word of the lexicon, of at most four characters, that spans the break between `left` and `right`.
/// Traditional characters are looked up in simplified form. One answer in a thousand may be wrong, because the table holds
/// fingerprints only.
///
/// ```
/// use qingyang::internals::lexicon::spanning;
/// assert_eq!(spanning(&['产', '业', '体'], &['系', '。']).longest, 2);
/// assert_eq!(spanning(&['体'], &['渠']).longest, 0);
/// ```
pub fn spanning(left: &[char], right: &[char]) -> Spanning {
    let mut found = Spanning::default();
    let l = left.len().min(3);
    let r = right.len().min(3);
    let mut word = ['\0'; 6];
    for (k, &c) in left[left.len() - l..].iter().chain(&right[..r]).enumerate() {
        word[k] = to_simplified(c);
    }
    for length in (2..=4).rev() {
        for from_left in 1..length {
            let from_right = length - from_left;
            if from_left <= l
                && from_right <= r
                && let Some(class) = look_up(&word[l - from_left..l + from_right])
            {
                let class = class as u8;
                if found.longest == 0 || class > found.class {
                    found = Spanning { longest: length as u8, class };
                }
            }
        }
        if found.longest > 0 {
            return found;
        }
    }
    found
}

/// The longest word of the lexicon that spans a break, by the characters before the break, from the nearest, and those
/// after it.
///
/// ```
/// use qingyang::internals::lexicon::over;
/// assert_eq!(over("讲话精神文".chars().rev(), "明建设".chars()).longest, 4);
/// ```
pub fn over(before: impl Iterator<Item = char>, after: impl Iterator<Item = char>) -> Spanning {
    let mut left = ['\0'; 4];
    let mut n = 0;
    for c in before.take(4).take_while(|&c| is_han(c)) {
        n += 1;
        left[4 - n] = c;
    }
    let mut right = ['\0'; 4];
    let mut m = 0;
    for c in after.take(4).take_while(|&c| is_han(c)) {
        right[m] = c;
        m += 1;
    }
    spanning(&left[4 - n..], &right[..m])
}

/// Whether a word of the lexicon spans the place between two texts.
///
/// ```
/// assert!(qingyang::internals::lexicon::parted("讲话精神文", "明建设"));
/// assert!(!qingyang::internals::lexicon::parted("何苗", "摄"));
/// ```
pub fn parted(left: &str, right: &str) -> bool {
    let (mut word, mut l, mut r) = (['\0'; 6], 0, 0);
    for c in left.chars().rev().take(3).take_while(|&c| is_han(c)) {
        l += 1;
        word[3 - l] = to_simplified(c);
    }
    for c in right.chars().take(3).take_while(|&c| is_han(c)) {
        word[3 + r] = to_simplified(c);
        r += 1;
    }
    // The short words first: most are. A look-up waits for the memory.
    (2..=4).any(|length| {
        let spans = (1..length).map(|left| (left, length - left)).filter(|&(left, right)| left <= l && right <= r);
        spans.into_iter().any(|(left, right)| look_up(&word[3 - left..3 + right]).is_some())
    })
}

/// Whether these characters are a word of the lexicon.
///
/// ```
/// assert!(qingyang::internals::lexicon::is_word(&['更', '正']));
/// ```
pub fn is_word(word: &[char]) -> bool {
    let mut folded = ['\0'; 4];
    if !(2..=4).contains(&word.len()) {
        return false;
    }
    for (k, &c) in word.iter().enumerate() {
        folded[k] = to_simplified(c);
    }
    look_up(&folded[..word.len()]).is_some()
}

/// How firmly the lexicon binds two neighbours into one word: 0 (in no word, or in rare ones) to 3 (in frequent words).
/// One pair in ten that no word holds may seem bound, because the table holds no fingerprints.
///
/// ```
/// use qingyang::internals::lexicon::bond;
/// assert!(bond('产', '业') > bond('体', '渠'));
/// assert_eq!(bond('灣', '區'), bond('湾', '区'));
/// ```
#[inline]
pub fn bond(left: char, right: char) -> u8 {
    bond_at(pair_of(left, right))
}

/// Whether a word may go on from one character to the next, by their [bond]. It does for 0.38 of the neighbours in the gold of nine real
/// documents, and for 0.07 of characters that stand apart there. Words of the lexicon span 0.40 and 0.06, for ten times the look-ups.
#[inline]
pub(crate) fn is_bound(last: char, first: char) -> bool {
    bond(last, first) >= 2
}

/// A place in the table of pairs, where one look-up often waits for the memory. Whoever asks for many pairs finds all places
/// first, so that the look-ups wait together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairPlace(u32);

impl PairPlace {
    /// The place of two characters that nothing binds.
    pub const NONE: PairPlace = PairPlace(0);
    const BOTH_HAN: u32 = 1 << PAIR_BITS;
}

/// The place of two neighbours.
#[inline]
pub fn pair_of(left: char, right: char) -> PairPlace {
    // A character that is no Han is looked up as some Han, so that no branch depends on the unpredictable ends of lines.
    let (a, b) = (place_of(left), place_of(right));
    let both = u32::from(a.max(b) < ALL_HAN);
    let codes = SIMPLE.as_chunks::<2>().0;
    let code = |at: usize| codes.get(at.min(ALL_HAN - 1)).map_or(0, |&code| u32::from(u16::from_le_bytes(code)));
    let (a, b) = (code(a), code(b));
    let key = (a << 16 | b) ^ a >> 3;
    let place = key.wrapping_mul(0x9E37_79B1) >> (32 - PAIR_BITS);
    // All pairs that nothing binds share one place, which is in the nearest cache.
    PairPlace((place | PairPlace::BOTH_HAN) * both)
}

/// How firmly the lexicon binds the neighbours of a place, see [`bond`].
#[inline]
pub fn bond_at(PairPlace(pair): PairPlace) -> u8 {
    let place = pair & (PairPlace::BOTH_HAN - 1);
    (pair >> PAIR_BITS) as u8 * (PAIRS[place as usize >> 2] >> (2 * (place & 3)) & 3)
}

/// The simplified form of a traditional character; any other character as it is.
///
/// ```
/// assert_eq!(qingyang::internals::lexicon::to_simplified('灣'), '湾');
/// ```
#[inline]
pub const fn to_simplified(c: char) -> char {
    let place = place_of(c);
    if place < ALL_HAN
        && let Some(simple) = char::from_u32(SIMPLE[2 * place] as u32 | (SIMPLE[2 * place + 1] as u32) << 8)
    {
        return simple;
    }
    c
}

/// Its place among the Han of the table, or a place beyond them.
#[inline]
const fn place_of(c: char) -> usize {
    (c as u32).wrapping_sub(FIRST_HAN) as usize
}

/// Bits of an entry that hold the class of frequency. The fingerprint is above them.
const CLASS_BITS: u32 = 3;

/// The class of frequency of a word. `tools/words.py` describes the table.
fn look_up(key: &[char]) -> Option<u16> {
    let mut h = 0xCBF2_9CE4_8422_2325u64;
    for &c in key {
        h = (h ^ u64::from(c as u32)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    h ^= h >> 29;
    h = h.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h ^= h >> 32;
    let bucket = (h & 0xFFFF) as usize;
    let print = (h >> 16) as u16 & ((1u32 << (16 - CLASS_BITS)) - 1) as u16;
    let offset = |k: usize| {
        let b = WORDS.get(4 * k..4 * k + 4)?;
        Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
    };
    let base = 4 * (BUCKETS + 1);
    let entries = WORDS.get(base + 2 * offset(bucket)?..base + 2 * offset(bucket + 1)?)?;
    entries
        .chunks_exact(2)
        .map(|e| u16::from_le_bytes([e[0], e[1]]))
        .find(|e| e >> CLASS_BITS == print)
        .map(|e| e & ((1 << CLASS_BITS) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_inside_a_word_where_some_word_spans_it(left in "[讲话精神文明產业1 ]{0,5}", right in "[神文明建设业灣区1 ]{0,5}") {
            prop_assert_eq!(parted(&left, &right), over(left.chars().rev(), right.chars()).longest > 0);
        }
    }
}
