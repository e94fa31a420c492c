//! Text that was read in a wrong encoding before it came here (mojibake 乱码): which encoding was taken for which, and how
//! the reading is undone.

mod aligned;

use super::width::is_han;
use crate::names::names;
use encoding_rs::{BIG5, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};
use std::ops::Range;

/// The encoding in which a text was written, and the one in which it was read.
///
/// ```
/// use qingyang::suspicion::Misread;
/// assert_eq!(Misread::Utf8AsGbk.name(), "UTF-8 as GBK");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Misread {
    /// `涓叡` for 中共.
    Utf8AsGbk,
    /// `æ¸` for 渠.
    Utf8AsLatin1,
    /// `Çþ` for 渠.
    GbkAsLatin1,
    /// Traditional characters in no order.
    GbkAsBig5,
    /// Simplified characters and kana in no order.
    Big5AsGbk,
    /// As GBK as Latin-1, with more signs of ASCII.
    Big5AsLatin1,
    /// Japanese. It is told, but not undone.
    ShiftJisAsGbk,
}

names! {
    Misread, "misreading",
    Utf8AsGbk = "UTF-8 as GBK", Utf8AsLatin1 = "UTF-8 as Latin-1", GbkAsLatin1 = "GBK as Latin-1", GbkAsBig5 = "GBK as Big5",
    Big5AsGbk = "Big5 as GBK", Big5AsLatin1 = "Big5 as Latin-1", ShiftJisAsGbk = "Shift_JIS as GBK",
}

/// Printed characters of a text that are judged, from its beginning: enough for shares, and no work beside the cleaning.
pub(crate) const MAX_JUDGED: usize = 600;
/// Of running text these are a fifth of all Han and more; of 5,000 pages with lists and tables no page has less than 3 %.
const FREQUENT: &str = "的一是不了在人有我他这中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过后作里\
    這個來國說時會對後過為發學們年月日民市新報报工業业本记記者";
/// The same as a table: a bit for each character from U+4E00 on.
static IS_FREQUENT: [u64; 328] = table_of(FREQUENT.as_bytes());
/// A text with a smaller share of frequent characters is suspected of being something else.
pub(crate) const FEW_FREQUENT: f64 = 0.02;
/// What is made of it with the right encoding has at least this share.
const MANY_FREQUENT: f64 = 0.12;
/// One of so many characters is above ASCII and below U+0100 where bytes were read as Latin-1.
pub(crate) const LATIN_SHARE: usize = 3;
/// Han that a right reading has at least. Bytes that are UTF-8 by chance are no text of this length; GBK and Big5 allow nearly
/// all pairs of bytes, so there the frequent characters must prove it.
const MIN_UTF8: usize = 6;
const MIN_OTHER: usize = 40;
/// Different characters among the frequent ones that prove it: a rule of one sign proves nothing.
const MIN_DIFFERENT: usize = 3;

impl Misread {
    /// How a text was misread, if another reading of its bytes is Chinese or Japanese. Its beginning tells.
    pub(crate) fn of(text: &str) -> Option<Misread> {
        let printed = text.chars().filter(|c| !c.is_ascii_whitespace() && *c != '\u{3000}');
        let sample: String = printed.take(MAX_JUDGED).collect();
        // U+00A0 is a byte of a misreading, or a space.
        let seen = || sample.chars().filter(|&c| c != '\u{A0}');
        let latin = seen().filter(|c| matches!(c, '\u{80}'..='\u{FF}')).count();
        if latin * LATIN_SHARE > seen().count() {
            let all = [Misread::Utf8AsLatin1, Misread::GbkAsLatin1, Misread::Big5AsLatin1];
            return Misread::likeliest(&all, &sample);
        }
        if has_frequent(&sample, FEW_FREQUENT) {
            return None;
        }
        if Misread::Utf8AsGbk.fits(&sample) > 0.0 {
            return Some(Misread::Utf8AsGbk);
        }
        let (bytes, ..) = GBK.encode(&sample);
        let (japanese, ..) = SHIFT_JIS.decode(&bytes);
        let kana = japanese.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30FF}')).count();
        if kana * 4 > japanese.chars().count() {
            return Some(Misread::ShiftJisAsGbk);
        }
        Misread::likeliest(&[Misread::GbkAsBig5, Misread::Big5AsGbk], &sample)
    }

    fn likeliest(all: &[Misread], sample: &str) -> Option<Misread> {
        let fits = all.iter().map(|&misread| (misread.fits(sample), misread)).filter(|(share, _)| *share > 0.0);
        fits.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, misread)| misread)
    }

    /// The share of frequent characters after undoing, or 0 if the result is no Chinese.
    fn fits(self, sample: &str) -> f64 {
        let bytes: Vec<u8> = sample.chars().filter_map(|c| self.bytes(c)).flat_map(Bytes::into_iter).collect();
        let text: String = match self.usual() {
            None => self.written().decode_without_bom_handling(&bytes).0.into_owned(),
            Some(is_usual) => {
                let steps = aligned::read(&bytes, (false, false), is_usual, |bytes| self.first_char(bytes));
                steps.into_iter().filter_map(|step| step.text).collect()
            }
        };
        let han = text.chars().filter(|c| is_han(*c)).count();
        let least = if self.written() == UTF_8 { MIN_UTF8 } else { MIN_OTHER };
        let share = share_of_frequent(&text);
        let proves = han >= least && han * 2 > text.chars().count() && share >= MANY_FREQUENT;
        if proves && (self.written() == UTF_8 || has_different_frequent(&text)) { share } else { 0.0 }
    }

    /// Whether [`Repair::Mojibake`](crate::options::Repair::Mojibake) undoes it.
    ///
    /// ```
    /// use qingyang::suspicion::Misread;
    /// assert!(Misread::Utf8AsGbk.can_be_undone() && !Misread::ShiftJisAsGbk.can_be_undone());
    /// ```
    pub const fn can_be_undone(self) -> bool {
        !matches!(self, Misread::ShiftJisAsGbk)
    }

    const fn written(self) -> &'static Encoding {
        match self {
            Misread::Utf8AsGbk | Misread::Utf8AsLatin1 => UTF_8,
            Misread::GbkAsLatin1 | Misread::GbkAsBig5 => GB18030,
            Misread::Big5AsGbk | Misread::Big5AsLatin1 => BIG5,
            Misread::ShiftJisAsGbk => SHIFT_JIS,
        }
    }

    /// Which pairs of bytes are usual characters, where both encodings have two bytes for a character, so that one missing
    /// byte pairs all others wrongly.
    const fn usual(self) -> Option<fn(&[u8]) -> bool> {
        match self {
            Misread::GbkAsBig5 => Some(aligned::is_usual_gb),
            Misread::Big5AsGbk => Some(aligned::is_usual_big5),
            _ => None,
        }
    }

    /// The bytes that were read as this character. `None` if no bytes are, as for U+FFFD.
    fn bytes(self, c: char) -> Option<Bytes> {
        let encodings: &[&'static Encoding] = match self {
            Misread::Utf8AsGbk | Misread::Big5AsGbk | Misread::ShiftJisAsGbk => &[GBK, GB18030],
            Misread::GbkAsBig5 => &[BIG5],
            Misread::Utf8AsLatin1 | Misread::GbkAsLatin1 | Misread::Big5AsLatin1 => {
                // ISO 8859-1 has the characters up to U+00FF, windows-1252 others for the controls among them.
                if let Ok(byte) = u8::try_from(u32::from(c)) {
                    return Some(Bytes::of(&[byte]));
                }
                &[WINDOWS_1252]
            }
        };
        if c == char::REPLACEMENT_CHARACTER {
            return None;
        }
        if self == Misread::GbkAsBig5
            && let Some(bytes) = private_big5(c)
        {
            return Some(Bytes::of(&bytes));
        }
        let mut buffer = [0; 4];
        let text = &*c.encode_utf8(&mut buffer);
        encodings.iter().find_map(|encoding| match encoding.encode(text) {
            (bytes, _, false) => Some(Bytes::of(&bytes)),
            _ => None,
        })
    }

    /// Undoes the reading of one line, as far as it can be undone: gives each piece that changes, with its right text.
    pub(crate) fn undo(self, line: &str) -> Vec<(Range<usize>, String)> {
        let mut undone =
            Undone { misread: self, line, bytes: Vec::new(), bounds: Vec::new(), lost: false, pieces: Vec::new() };
        for (at, c) in line.char_indices() {
            match self.bytes(c) {
                Some(bytes) => {
                    undone.bounds.push((undone.bytes.len(), at));
                    undone.bytes.extend(bytes.into_iter());
                }
                None => undone.end_run(at, c == char::REPLACEMENT_CHARACTER),
            }
        }
        undone.end_run(line.len(), false);
        let pieces = undone.pieces;
        if self.written() != UTF_8 && !is_better(line, &pieces) {
            return Vec::new();
        }
        pieces
    }

    /// The first character of the bytes in the encoding in which they were written, and how many bytes it has.
    fn first_char(self, bytes: &[u8]) -> Option<(usize, String)> {
        let lengths: &[usize] = match (self.written() == UTF_8, bytes.first()?) {
            (_, 0..=0x7F) => &[1],
            (true, 0xC0..=0xDF) => &[2],
            (true, 0xE0..=0xEF) => &[3],
            (true, _) => &[4],
            (false, _) => &[2, 4],
        };
        let text = |length: usize| {
            let decoded = self.written().decode_without_bom_handling_and_without_replacement(bytes.get(..length)?)?;
            Some((length, decoded.into_owned()))
        };
        // Two bytes of GBK are now and then two of UTF-8; no such letter stands in a newspaper, except those of Latin-1.
        let is_foreign = |text: &str| text.chars().any(|c| matches!(c, '\u{100}'..='\u{7FF}' | '\u{80}'..='\u{9F}'));
        lengths.iter().find_map(|&length| text(length)).filter(|(_, text)| !is_foreign(text))
    }
}

/// The bytes in Big5 that Windows reads as this private character: 785 from FA40, 2,983 from 8E40, 2,041 from 8140 and 408
/// from C6A1, with 157 to a first byte. In GBK these are 期, 前, 人 and 日: one character of twelve.
fn private_big5(c: char) -> Option<[u8; 2]> {
    const TRAILS: u32 = 157;
    let (first, lead, skipped) = match u32::from(c) {
        0xE000..=0xE310 => (0xE000, 0xFA, 0),
        0xE311..=0xEEB7 => (0xE311, 0x8E, 0),
        0xEEB8..=0xF6B0 => (0xEEB8, 0x81, 0),
        0xF6B1..=0xF848 => (0xF6B1, 0xC6, 63),
        _ => return None,
    };
    let number = u32::from(c) - first + skipped;
    let trail = number % TRAILS;
    let trail = if trail < 63 { 0x40 + trail } else { 0xA1 + trail - 63 };
    Some([u8::try_from(lead + number / TRAILS).ok()?, u8::try_from(trail).ok()?])
}

/// The bytes of one character.
#[derive(Debug, Clone, Copy)]
struct Bytes([u8; 4], usize);

impl Bytes {
    fn of(bytes: &[u8]) -> Bytes {
        let mut all = [0; 4];
        let len = bytes.len().min(all.len());
        all[..len].copy_from_slice(&bytes[..len]);
        Bytes(all, len)
    }

    fn into_iter(self) -> impl Iterator<Item = u8> {
        self.0.into_iter().take(self.1)
    }
}

/// A line whose reading is undone, run by run; a run ends at a character that stands for no bytes.
struct Undone<'a> {
    misread: Misread,
    line: &'a str,
    /// The bytes of the run.
    bytes: Vec<u8>,
    /// Where each of its characters begins, in the bytes and in the line.
    bounds: Vec<(usize, usize)>,
    /// Whether the character before the run is lost.
    lost: bool,
    pieces: Vec<(Range<usize>, String)>,
}

impl Undone<'_> {
    /// Undoes the run that ends at byte `end` of the line, before a character that is lost or one that was read well. What is
    /// no text in the other encoding stays as it is.
    fn end_run(&mut self, end: usize, lost: bool) {
        self.bounds.push((self.bytes.len(), end));
        match self.misread.usual() {
            None => self.undo_in_order(),
            Some(is_usual) => self.undo_aligned(is_usual, lost),
        }
        self.lost = lost;
        self.bytes.clear();
        self.bounds.clear();
    }

    fn undo_in_order(&mut self) {
        let mut at = 0;
        while at + 1 < self.bounds.len() {
            at = match self.next(at) {
                Some((next, text)) => {
                    self.put(self.bounds[at].1..self.bounds[next].1, &text);
                    next
                }
                None => at + 1,
            };
        }
    }

    /// Where bytes may be missing. The other half of a lost character goes; U+FFFD already stands for it, or is put there.
    fn undo_aligned(&mut self, is_usual: fn(&[u8]) -> bool, lost: bool) {
        let misread = self.misread;
        let steps = aligned::read(&self.bytes, (self.lost, lost), is_usual, |bytes| misread.first_char(bytes));
        let (mut text, mut from, mut bound) = (String::new(), 0, 0);
        for step in steps {
            let stands = step.bytes.start == 0 && self.lost || step.bytes.end == self.bytes.len() && lost;
            match step.text {
                Some(c) => text.push_str(&c),
                None if stands => {}
                None => text.push(char::REPLACEMENT_CHARACTER),
            }
            bound += self.bounds[bound..].iter().take_while(|(start, _)| *start < step.bytes.end).count();
            if self.bounds[bound].0 == step.bytes.end {
                self.put(self.bounds[from].1..self.bounds[bound].1, &text);
                text.clear();
                from = bound;
            }
        }
    }

    /// The text from one bound to the next one at which characters of both readings end.
    fn next(&self, from: usize) -> Option<(usize, String)> {
        let (mut byte, mut bound, mut text) = (self.bounds[from].0, from, String::new());
        loop {
            let (length, c) = self.misread.first_char(&self.bytes[byte..])?;
            byte += length;
            text.push_str(&c);
            bound += self.bounds[bound..].iter().take_while(|(start, _)| *start < byte).count();
            if self.bounds.get(bound)?.0 == byte {
                return Some((bound, text));
            }
        }
    }

    /// Adds the right text of a piece, if it is another one.
    fn put(&mut self, range: Range<usize>, text: &str) {
        if self.line[range.clone()] == *text {
            return;
        }
        match self.pieces.last_mut().filter(|(last, _)| last.end == range.start) {
            Some((last, before)) => {
                last.end = range.end;
                before.push_str(text);
            }
            None => self.pieces.push((range, text.to_string())),
        }
    }
}

/// Whether a line is more Chinese with the pieces: a line that was read well may stand among others.
fn is_better(line: &str, pieces: &[(Range<usize>, String)]) -> bool {
    let frequent = |text: &str| text.chars().filter(|c| is_frequent(*c)).count();
    let before: usize = pieces.iter().map(|(range, _)| frequent(&line[range.clone()])).sum();
    let after: usize = pieces.iter().map(|(_, text)| frequent(text)).sum();
    after > before || after == before && pieces.iter().all(|(_, text)| text.chars().all(is_printed))
}

/// Whether a character stands in the table of GB 2312 or is like those: Han and the marks of Chinese.
fn is_printed(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{20}'..='\u{7E}' | '\u{B7}' | '\u{2010}'..='\u{2026}' | '\u{3000}'..='\u{3017}' | '\u{FF01}'..='\u{FF5E}')
}

/// The bits of characters of three bytes.
const fn table_of(text: &[u8]) -> [u64; 328] {
    let mut table = [0; 328];
    let mut at = 0;
    while at < text.len() {
        let c = (text[at] as usize & 0xF) << 12 | (text[at + 1] as usize & 0x3F) << 6 | text[at + 2] as usize & 0x3F;
        table[(c - 0x4E00) / 64] |= 1 << (c % 64);
        at += 3;
    }
    table
}

/// Whether a character is among the frequent ones.
fn is_frequent(c: char) -> bool {
    let number = u32::from(c).wrapping_sub(0x4E00) as usize;
    IS_FREQUENT.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
}

/// Whether of the Han of a text this share are frequent ones. Of running text a tenth is read.
pub(crate) fn has_frequent(text: &str, share: f64) -> bool {
    const HAN_BYTES: usize = 3;
    let enough = share * (text.len() / HAN_BYTES) as f64;
    let (mut frequent, mut han) = (0_u32, 0_u32);
    for c in text.chars().filter(|c| is_han(*c)) {
        han += 1;
        frequent += u32::from(is_frequent(c));
        if f64::from(frequent) >= enough && frequent > 0 {
            return true;
        }
    }
    frequent > 0 && f64::from(frequent) >= share * f64::from(han)
}

/// Whether a text has so many different frequent characters that they are words.
fn has_different_frequent(text: &str) -> bool {
    let mut found: Vec<char> = Vec::with_capacity(MIN_DIFFERENT);
    for c in text.chars().filter(|c| is_frequent(*c)) {
        if !found.contains(&c) {
            found.push(c);
        }
        if found.len() == MIN_DIFFERENT {
            return true;
        }
    }
    false
}

/// The share of frequent characters among the Han of a text.
fn share_of_frequent(text: &str) -> f64 {
    let (frequent, han) = text
        .chars()
        .filter(|c| is_han(*c))
        .fold((0_usize, 0_usize), |(frequent, han), c| (frequent + usize::from(is_frequent(c)), han + 1));
    frequent as f64 / han.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_frequent_characters_and_no_other() {
        for c in (0..=0x1_FFFF).filter_map(char::from_u32) {
            assert_eq!(is_frequent(c), FREQUENT.contains(c), "{c}");
        }
    }
}
