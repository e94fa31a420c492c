//! Where Han meets a Latin word or a number.

use super::width::is_han;

/// Whether a space is put between two texts that meet: Han, and a Latin word or a number, which may end in `%`.
pub(crate) fn puts_space(left: &str, right: &str) -> bool {
    let (Some(a), Some(b)) = (left.chars().next_back(), right.chars().next()) else { return false };
    if is_han(a) {
        return b.is_ascii_alphanumeric();
    }
    let mut run = left.bytes().rev().take_while(|&b| is_of_number(b));
    is_han(b) && run.any(|b| b.is_ascii_alphanumeric())
}

/// Whether a byte continues a Latin word or a number.
pub(crate) fn is_of_number(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'%'
}
