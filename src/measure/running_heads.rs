//! Lines that recur further off on their page: running heads and folios.

use super::class::Class;
use super::line::{Line, Recurrence};

/// Minimum distance, in lines, of two running heads. A printed page has more lines, a table or a refrain has fewer.
const AGAIN_LINES: usize = 9;

/// The hash of a line without words.
const NO_WORDS: u64 = 0x9E37_79B9_7F4A_7C15;

/// Buckets of the first look, which finds most lines to be alone. Of thirty lines two share a bucket by chance on
/// every fifth page.
const FIRST_LOOK: usize = 2048;

/// Maximum length of a running head, in glyphs.
const AGAIN_GLYPHS: u16 = 24;

/// A line that may recur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    /// Hash of its words.
    words: u64,
    /// The number in them.
    number: u32,
    /// The number of the line.
    line: u32,
}

/// Finds the lines that recur. It keeps its memory from page to page.
#[derive(Debug, Clone, Default)]
pub(super) struct RecurrenceFinder {
    seen: Vec<Seen>,
    /// Lines that may recur, with their bucket of the first look.
    looked: Vec<(u32, usize)>,
    words: String,
}

impl RecurrenceFinder {
    /// Sets the recurrence of each line.
    pub fn find(&mut self, text: &str, lines: &mut [Line]) {
        const ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Comma]);
        let RecurrenceFinder { seen, looked, words } = self;
        let mut met = [0u8; FIRST_LOOK];
        // An entry is written for each line, and overwritten by the next one unless it may recur.
        looked.clear();
        looked.resize(lines.len(), (0, 0));
        let mut held = 0;
        for (i, line) in lines.iter().enumerate() {
            let short = (line.glyphs <= AGAIN_GLYPHS) & (line.marks == 0) & ((line.digits > 0) | (line.glyphs >= 3));
            let may = short & !line.last.is_in(ENDS);
            let beside = line.first.is_in(BESIDE) | line.last.is_in(BESIDE);
            let edges = match may & beside {
                true => word_edges(&text[line.start as usize..line.end as usize]),
                false => (line.first_char, line.last_chars[0]),
            };
            let place = first_look(edges);
            met[place] = met[place].saturating_add(u8::from(may));
            looked[held] = (i as u32, place);
            held += usize::from(may);
        }
        seen.clear();
        for &(i, _) in looked[..held].iter().filter(|l| met[l.1] > 1) {
            let line = &lines[i as usize];
            let body = &text[line.start as usize..line.end as usize];
            let (words, number) = if line.plain { (hash(body), 0) } else { read(body, words) };
            seen.push(Seen { words, number, line: i });
        }
        seen.sort_unstable();
        for pair in seen.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if a.words != b.words || (a.line.abs_diff(b.line) as usize) < AGAIN_LINES {
                continue;
            }
            let again = match b.number - a.number {
                // The same number again is a value, not a folio.
                0 if a.words == NO_WORDS => continue,
                1 | 2 if a.line < b.line => Recurrence::Number,
                _ if a.words == NO_WORDS => continue,
                _ => Recurrence::Words,
            };
            lines[a.line as usize].recurrence = again;
            lines[b.line as usize].recurrence = again;
        }
    }
}

/// The hash of a line's words, and the number in it.
fn read(body: &str, words: &mut String) -> (u64, u32) {
    words.clear();
    let mut number = 0u32;
    for c in body.chars() {
        match c {
            '0'..='9' => number = number.saturating_mul(10).saturating_add(c as u32 - '0' as u32),
            c if stands_beside(c) => {}
            c => words.push(c),
        }
    }
    (hash(words), number)
}

/// The classes of the characters that [`stands_beside`] accepts, and of a few others.
const BESIDE: u32 = Class::set(&[Class::Digit, Class::Dash, Class::Ellipsis]);

/// Whether a character is none of a line's words: a digit, a dash or a space, which differ from one folio to the
/// next.
#[inline]
fn stands_beside(c: char) -> bool {
    matches!(c, '0'..='9' | ' ' | '-' | '—' | '·' | '•' | '~' | '～')
}

/// The first and the last character of a line's words, or two zeros if it has none.
fn word_edges(body: &str) -> (char, char) {
    let words = body.trim_matches(stands_beside);
    (words.chars().next().unwrap_or_default(), words.chars().next_back().unwrap_or_default())
}

fn hash(words: &str) -> u64 {
    let (chunks, rest) = words.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mix = |h: u64, chunk: u64| {
        let h = (h ^ chunk).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        h ^ h >> 31
    };
    let h = chunks.iter().fold(NO_WORDS, |h, &chunk| mix(h, u64::from_le_bytes(chunk)));
    if rest.is_empty() { h } else { mix(h, u64::from_le_bytes(last)) }
}

/// The bucket of all lines whose words have these first and last characters.
#[inline]
fn first_look(edges: (char, char)) -> usize {
    let both = u64::from(edges.0 as u32) << 32 | u64::from(edges.1 as u32);
    (both.wrapping_mul(NO_WORDS) >> (u64::BITS - FIRST_LOOK.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::super::class::class_of;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stands_beside_the_words_is_known_by_its_class() {
        for c in ('\0'..=char::MAX).filter(|&c| c != ' ' && stands_beside(c)) {
            assert!(class_of(c).is_in(BESIDE), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn lines_of_the_same_words_meet_in_the_first_look(
            words in "[渠水镇A，]{0,4}",
            beside in prop::collection::vec("[0-9 \\-—·•~～]{0,3}", 4),
        ) {
            let mut spare = String::new();
            let lines = [format!("{}{words}{}", beside[0], beside[1]), format!("{}{words}{}", beside[2], beside[3])];
            let [a, b] = lines.each_ref().map(|line| (read(line, &mut spare).0, word_edges(line)));
            prop_assert_eq!(a, b);
        }
    }
}
