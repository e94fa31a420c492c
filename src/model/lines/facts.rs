//! What the characters at the edges of lines say: facts that no number of a line holds.

use super::bins::fullness;
use crate::measure::{Class, Line};
use crate::text::han_set::HanSet;
use crate::vocabulary::numbers;
use wide::i16x16;

/// What a last mark, given by its class, says of the sentence: it ends (0), it goes on (1), nothing, because the line ends
/// in Han, a digit or Latin (2), or anything else (3).
#[inline(always)]
pub(super) const fn sentence_state(class: u8) -> u8 {
    const fn is(class: u8, mark: Class) -> bool {
        class == mark as u8
    }
    let ends = is(class, Class::Stop) | is(class, Class::ClosedStop);
    let goes_on = is(class, Class::Comma)
        | is(class, Class::Enumeration)
        | is(class, Class::Semicolon)
        | is(class, Class::Colon)
        | is(class, Class::OpenBracket)
        | is(class, Class::OpenQuote);
    let no_mark = is(class, Class::Han) | is(class, Class::Digit) | is(class, Class::Latin);
    3 - no_mark as u8 - 2 * goes_on as u8 - 3 * ends as u8
}

/// In Latin text, how full the line above would be with the next word, and whether that has a capital: after a line with
/// room to spare a capital begins something. 0 outside of Latin text.
pub(super) fn capital(above: &Line, below: &Line, column_above: u16) -> u8 {
    if below.first != Class::Latin || !above.mostly_latin() {
        return 0;
    }
    let with_next = i16x16::splat(above.width.saturating_add(below.first_word_width) as i16);
    1 + 5 * u8::from(below.first_char.is_uppercase()) + fullness(with_next - i16x16::splat(column_above as i16))[0]
}

/// Whether a mark may be inside a number.
pub(super) fn is_point(c: char) -> bool {
    matches!(c, '.' | '．' | ',')
}

/// Whether the break cuts a number, or a number and its unit, and how.
pub(super) fn number_across(above: &Line, below: &Line) -> u8 {
    static UNITS: HanSet = HanSet::of(numbers::UNITS);
    if (above.last, below.first) == (Class::Han, Class::Han) {
        return 0;
    }
    let unit = above.last == Class::Digit && UNITS.has(below.first_char);
    match (above.last, below.first) {
        (Class::Digit, Class::Digit) => 1,
        (Class::Digit, Class::Han) if unit => 2,
        (Class::Digit, Class::Han) => 3,
        (Class::Digit, Class::Unit) => 4,
        (Class::Han, Class::Digit) if above.last_chars[0] == '第' => 5,
        (Class::Han, Class::Digit) => 6,
        (Class::Latin, Class::Latin) => 7,
        (Class::Ellipsis | Class::Comma, Class::Digit) if is_point(above.last_chars[0]) => 8,
        (Class::Dash, Class::Digit) => 9,
        _ => 0,
    }
}
