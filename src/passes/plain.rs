//! Which stretches of a text hold nothing that [`controls`](super::controls) or [`glyphs`](super::glyphs) would change:
//! most do, and are passed over many bytes at a time. Turns away only what it is sure of; the passes look at the rest.

use std::ops::Range;

/// Bytes that are judged together: a few registers of the plainest processor.
const STRETCH: usize = 32;

/// The stretches of a text that are not plain, in order; kept from page to page for their memory. A character stands
/// where its first byte does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Odd(Vec<Range<usize>>);

impl Odd {
    /// Those of `text`.
    pub fn of(text: &str) -> Odd {
        let mut odd = Odd::default();
        odd.find(text);
        odd
    }

    /// Those of another text.
    pub fn find(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.0.clear();
        for at in (0..bytes.len()).step_by(STRETCH) {
            if !is_plain_at(bytes, at) {
                self.0.push(at..bytes.len().min(at + STRETCH));
            }
        }
    }

    /// Whether the whole text is plain.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().cloned()
    }
}

fn is_plain_at(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at..];
    match rest.first_chunk() {
        Some(window) => is_plain_window(window),
        None => {
            let mut window = [b' '; STRETCH + 2];
            window[..rest.len()].copy_from_slice(rest);
            is_plain_window(&window)
        }
    }
}

/// Whether the characters that begin in the first [`STRETCH`] bytes are plain: ASCII text, Han, and the marks of
/// Chinese text. No branches, so that the compiler takes sixteen bytes at once.
#[inline]
fn is_plain_window(window: &[u8; STRETCH + 2]) -> bool {
    let mut odd = false;
    for k in 0..STRETCH {
        let (a, b, c) = (window[k], window[k + 1], window[k + 2]);
        let control = (a < b' ') & (a != b'\n') | (a == 0x7F);
        // Other scripts, beside Han (E4 to E9) and the blocks of marks (E2, E3, EF).
        let foreign = within(a, 0xC2, 0xE1) | (a >= 0xEA) & (a != 0xEF);
        // U+2010 to U+2027 are dashes, quotes, points; U+3001 to U+3027 marks and brackets.
        let mark = (b == 0x80) & within(c, 0x81, 0xA7) & !((a == 0xE2) & (c < 0x90));
        let block = (a & 0xFE == 0xE2) & !mark;
        // ！ to ／ but for ．, and ： to ＠.
        let wide = (b == 0xBC) & ((c < 0x90) & (c != 0x8E) | within(c, 0x9A, 0xA0));
        odd |= control | foreign | block | (a == 0xEF) & !wide;
    }
    !odd
}

fn within(b: u8, first: u8, last: u8) -> bool {
    b.wrapping_sub(first) <= last - first
}
