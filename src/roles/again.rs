//! Lines that come again further off on their page: running heads and folios.

use super::class::Class;
use super::line::Line;

/// How a line comes again on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Again {
    /// Not, or only close by.
    #[default]
    No,
    /// The same words with whatever number: a running head.
    Words,
    /// The next number or the one before: a folio.
    Number,
}

/// How many ways there are.
pub const AGAINS: usize = 3;

/// Lines between two running heads at the least: a printed page has more, a table or a refrain less.
const AGAIN_LINES: usize = 9;

/// Hash of no words.
const NO_WORDS: u64 = 0x9E37_79B9_7F4A_7C15;

/// Bits of the first look, by which most lines are found to stand alone: a page of thirty such lines has a chance of
/// one in ten that two of them meet in one bit.
const FIRST_LOOK: usize = 4096;

/// Glyphs of the longest running head that is looked at.
const AGAIN_GLYPHS: u16 = 24;

/// A line that may come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    /// Hash of its words.
    words: u64,
    /// The number in them.
    number: u32,
    /// Its place.
    line: u32,
}

/// Finds the lines that come again; kept from page to page for its memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Repeats {
    seen: Vec<Seen>,
    words: String,
}

impl Repeats {
    /// Says of each of the lines how it comes again.
    pub fn find(&mut self, text: &str, lines: &mut [Line]) {
        const ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Comma]);
        let Repeats { seen, words } = self;
        seen.clear();
        let (mut met, mut twice) = (Bits::default(), Bits::default());
        for (i, line) in lines.iter().enumerate() {
            let short = line.glyphs <= AGAIN_GLYPHS && line.marks == 0 && (line.digits > 0 || line.glyphs >= 3);
            if !short || line.last.is_in(ENDS) {
                continue;
            }
            let body = &text[line.start as usize..line.end as usize];
            let (words, number) = if line.plain { (hash(body), 0) } else { read(body, words) };
            if met.set(words) {
                twice.set(words);
            }
            seen.push(Seen { words, number, line: i as u32 });
        }
        seen.retain(|s| twice.has(s.words));
        seen.sort_unstable();
        for pair in seen.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if a.words != b.words || (a.line.abs_diff(b.line) as usize) < AGAIN_LINES {
                continue;
            }
            let again = match b.number - a.number {
                // The same number again is a value, not a folio.
                0 if a.words == NO_WORDS => continue,
                1 | 2 if a.line < b.line => Again::Number,
                _ if a.words == NO_WORDS => continue,
                _ => Again::Words,
            };
            lines[a.line as usize].again = again;
            lines[b.line as usize].again = again;
        }
    }
}

/// The hash of a line's words, and the number in it. Dashes and spaces stand beside a folio here and not there.
fn read(body: &str, words: &mut String) -> (u64, u32) {
    words.clear();
    let mut number = 0u32;
    for c in body.chars() {
        match c {
            '0'..='9' => number = number.saturating_mul(10).saturating_add(c as u32 - '0' as u32),
            ' ' | '-' | '—' | '·' | '•' | '~' | '～' => {}
            c => words.push(c),
        }
    }
    (hash(words), number)
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

/// A set of hashes by their low bits.
struct Bits([u64; FIRST_LOOK / 64]);

impl Default for Bits {
    fn default() -> Bits {
        Bits([0; FIRST_LOOK / 64])
    }
}

impl Bits {
    /// Puts a hash in; whether one like it was there.
    fn set(&mut self, hash: u64) -> bool {
        let (word, bit) = Bits::place(hash);
        let was = self.0[word] & bit != 0;
        self.0[word] |= bit;
        was
    }

    fn has(&self, hash: u64) -> bool {
        let (word, bit) = Bits::place(hash);
        self.0[word] & bit != 0
    }

    fn place(hash: u64) -> (usize, u64) {
        let bit = hash as usize % FIRST_LOOK;
        (bit / 64, 1 << (bit % 64))
    }
}
