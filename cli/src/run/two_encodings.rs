//! Files of two texts that were put together, one in UTF-8 and the other in GB18030.

use crate::failure::Failure;
use crate::messages::FileFault;
use qingyang::ErrorKind;
use qingyang::decode::{Encoding, decode};

/// Fewer characters are too few to tell an encoding.
const MIN_JUDGED: usize = 8;
/// Han of a line of UTF-8 in a file of GB18030. Two-byte characters are UTF-8 by chance now and then, but not so many in a row.
const MIN_HAN: usize = 12;

/// The error of a file that is in one encoding at first and in the other behind that. `piece` begins at byte `start` of the
/// input.
pub fn of_error(error: &qingyang::Error, piece: &[u8], start: u64) -> Option<Failure> {
    let (encoding, offset) = match error.kind() {
        ErrorKind::Malformed { encoding, offset, .. } => (*encoding, *offset),
        ErrorKind::Undetected { likeliest, offset } => (*likeliest, *offset),
        _ => return None,
    };
    if encoding != Encoding::Utf8.name() {
        return utf8_behind(piece, start);
    }
    let rest = piece.get(usize::try_from(offset.checked_sub(start)?).ok()?..)?;
    let utf8_first = true;
    is_gb18030(rest).then(|| Failure::input(FileFault::TwoEncodings { offset, utf8_first }))
}

/// The same for a file that was taken for GB18030 as a whole: nearly all bytes of UTF-8 are characters there, too.
pub fn utf8_behind(piece: &[u8], start: u64) -> Option<Failure> {
    let mut at = 0;
    let mut is_behind = false;
    for line in piece.split_inclusive(|byte| *byte == b'\n') {
        let whole = line.ends_with(b"\n") || at + line.len() == piece.len();
        if !line.is_ascii() {
            let utf8 = std::str::from_utf8(line).ok().filter(|_| whole);
            let han = utf8.map_or(0, |text| text.chars().filter(|c| qingyang::is_han(*c)).count());
            if is_behind && han >= MIN_HAN {
                let (offset, utf8_first) = (start + at as u64, false);
                return Some(Failure::input(FileFault::TwoEncodings { offset, utf8_first }));
            }
            is_behind |= utf8.is_none();
        }
        at += line.len();
    }
    None
}

fn is_gb18030(bytes: &[u8]) -> bool {
    // The last character of the piece may be cut.
    let Ok(read) = decode(bytes, Some(Encoding::Gb18030), true) else { return false };
    let (han, all) = read
        .text
        .chars()
        .fold((0, 0), |(han, all), c| (han + usize::from(qingyang::is_han(c)), all + usize::from(!c.is_whitespace())));
    read.text.matches(char::REPLACEMENT_CHARACTER).count() <= 1 && all >= MIN_JUDGED && han * 2 > all
}
