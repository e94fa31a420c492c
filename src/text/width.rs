//! How wide a character is set, in half-widths (an em has two).

/// Width of a character in half-widths: Han and everything full-width 2, ASCII 1, combining marks 0.
/// East Asian Ambiguous characters (“ ” … — · ① ℃) are set full-width in a Chinese column.
///
/// ```
/// use qingyang::internals::text::width::half_widths;
/// assert_eq!((half_widths('渠'), half_widths('“'), half_widths('7')), (2, 2, 1));
/// ```
#[inline]
pub const fn half_widths(c: char) -> u8 {
    match c as u32 {
        0x4E00..=0x9FFF => 2,
        0x20..=0x7E | 0xFF61..=0xFF9F => 1,
        0xA0..=0xA6 | 0xA9..=0xAF | 0xB2..=0xB3 | 0xB8..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2FF => 1,
        0x300..=0x36F | 0x200B..=0x200F | 0x2060..=0x2064 | 0xFE00..=0xFE0F | 0xFEFF | 0xE0100..=0xE01EF => 0,
        0..=0x1F | 0x7F..=0x9F => 0,
        0x370..=0x10FF => 1,
        _ => 2,
    }
}

/// A letter or a digit in half width, for one as wide as Han; any other character as it is.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Whether a character is Han (unified, extended or compatibility ideographs, 〇, 々).
///
/// ```
/// use qingyang::internals::text::width::is_han;
/// assert!(is_han('渠') && is_han('〇') && !is_han('。'));
/// ```
#[inline]
pub const fn is_han(c: char) -> bool {
    // Nearly all are in the first block, so it is asked alone.
    matches!(c, '\u{4E00}'..='\u{9FFF}') || is_rare_han(c)
}

#[inline]
const fn is_rare_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4DBF | 0x3005..=0x3007 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x2E80..=0x2FDF)
}
