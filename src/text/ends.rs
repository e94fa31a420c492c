//! The first and the last character of a text. Nearly all have three bytes, and are decoded as such without a loop.

/// The character of three bytes.
#[inline]
pub(crate) fn of_three([a, b, c]: [u8; 3]) -> char {
    let code = u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The length of a character with this first byte.
#[inline]
pub(crate) fn len_of(first: u8) -> usize {
    1 + usize::from(first >= 0xC2) + usize::from(first >= 0xE0) + usize::from(first >= 0xF0)
}

/// The first character.
#[inline]
pub(crate) fn first_of(text: &str) -> Option<char> {
    char_at(text, 0)
}

/// The last character.
#[inline]
pub(crate) fn last_of(text: &str) -> Option<char> {
    char_before(text, text.len())
}

/// The character that begins at `at`.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at..).and_then(|rest| rest.first_chunk::<3>()) {
        Some(&three @ [0xE0..=0xEF, ..]) => Some(of_three(three)),
        _ => text[at..].chars().next(),
    }
}

/// The character that ends at `end`.
#[inline]
pub(crate) fn char_before(text: &str, end: usize) -> Option<char> {
    match text.as_bytes().get(..end).and_then(|rest| rest.last_chunk::<3>()) {
        Some(&three @ [0xE0..=0xEF, ..]) => Some(of_three(three)),
        _ => text[..end].chars().next_back(),
    }
}

/// How many line feeds a text has.
pub(crate) fn count_line_feeds(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_read_whatever_stands_beside_it() {
        assert_eq!((first_of(""), last_of("")), (None, None));
        for c in '\0'..=char::MAX {
            for beside in ["", "a", "渠", "é", "𠀀"] {
                assert_eq!(first_of(&format!("{c}{beside}")), Some(c), "{c:?}");
                assert_eq!(len_of(format!("{c}{beside}").as_bytes()[0]), c.len_utf8(), "{c:?}");
                assert_eq!(last_of(&format!("{beside}{c}")), Some(c), "{c:?}");
            }
        }
    }
}
