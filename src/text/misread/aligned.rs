//! Bytes of two-byte characters of which some are missing. A decoder that met a pair it does not know dropped one byte of
//! it, and paired all others wrongly up to the next one that it dropped. Where the pairs begin is found again by what they
//! say: the reading with the most usual characters.

use super::{FREQUENT, is_printed};
use std::ops::Range;

/// What a character adds to a reading. Pairs in the right place are nearly all usual characters; of wrong pairs a third is.
const OF_FREQUENT: i32 = 4;
const OF_USUAL: i32 = 1;
const OF_RARE: i32 = -1;
const OF_FOREIGN: i32 = -4;
/// A byte without its pair costs as much as five usual characters bring: shorter runs prove nothing.
const OF_MISSING: i32 = -5;
/// Beside a character that is known to be lost, its other byte is expected.
const OF_EXPECTED: i32 = -1;

/// A step of a reading: its bytes, and their character; `None` is a byte whose pair is missing.
pub(super) struct Step {
    pub bytes: Range<usize>,
    pub text: Option<String>,
}

/// The likeliest reading of bytes. `first` decodes the first character of its argument and says how many bytes it has; the
/// flags say whether a character was lost before the bytes and behind them.
pub(super) fn read(
    bytes: &[u8],
    lost: (bool, bool),
    is_usual: fn(&[u8]) -> bool,
    first: impl Fn(&[u8]) -> Option<(usize, String)>,
) -> Vec<Step> {
    // For each place, the best reading up to it: its weight, and its last step.
    let mut best: Vec<Option<(i32, Option<Step>)>> = (0..=bytes.len()).map(|_| None).collect();
    best[0] = Some((0, None));
    for at in 0..bytes.len() {
        let Some(weight) = best[at].as_ref().map(|(weight, _)| *weight) else { continue };
        let mut go = |length: usize, more: i32, text: Option<String>| {
            let end = at + length;
            if best[end].as_ref().is_none_or(|(known, _)| weight + more > *known) {
                best[end] = Some((weight + more, Some(Step { bytes: at..end, text })));
            }
        };
        let found = first(&bytes[at..]);
        if let Some((length, text)) = found {
            go(length, weight_of(&bytes[at..at + length], &text, is_usual), Some(text));
        }
        let expected = at == 0 && lost.0 || at + 1 == bytes.len() && lost.1;
        go(1, if expected { OF_EXPECTED } else { OF_MISSING }, None);
    }
    let mut steps = Vec::new();
    let mut at = bytes.len();
    while let Some(step) = best[at].take().and_then(|(_, step)| step) {
        at = step.bytes.start;
        steps.push(step);
    }
    steps.reverse();
    steps
}

fn weight_of(bytes: &[u8], text: &str, is_usual: fn(&[u8]) -> bool) -> i32 {
    if text.chars().any(|c| FREQUENT.contains(c)) {
        OF_FREQUENT
    } else if is_usual(bytes) {
        OF_USUAL
    } else if text.chars().all(is_printed) {
        OF_RARE
    } else {
        OF_FOREIGN
    }
}

/// Whether these are bytes of GB 2312 for ASCII, a mark or one of its 3,755 usual Han (rows 16 to 55).
pub(super) fn is_usual_gb(bytes: &[u8]) -> bool {
    matches!(bytes, [0..=0x7F] | [0xA1 | 0xA3 | 0xB0..=0xD7, 0xA1..=0xFE])
}

/// Whether these are bytes of Big5 for ASCII, a mark or one of its 5,401 usual Han.
pub(super) fn is_usual_big5(bytes: &[u8]) -> bool {
    matches!(bytes, [0..=0x7F] | [0xA1 | 0xA4..=0xC5, 0x40..=0x7E | 0xA1..=0xFE] | [0xC6, 0x40..=0x7E])
}

#[cfg(test)]
mod tests {
    use super::{is_usual_gb, read};
    use encoding_rs::GBK;

    fn first(bytes: &[u8]) -> Option<(usize, String)> {
        let length = if bytes[0] < 0x80 { 1 } else { 2 };
        let text = GBK.decode_without_bom_handling_and_without_replacement(bytes.get(..length)?)?;
        Some((length, text.into_owned()))
    }

    fn text(bytes: &[u8], lost: (bool, bool)) -> String {
        let steps = read(bytes, lost, is_usual_gb, first);
        assert_eq!(
            steps.iter().flat_map(|step| step.bytes.clone()).collect::<Vec<_>>(),
            (0..bytes.len()).collect::<Vec<_>>()
        );
        steps.iter().map(|step| step.text.as_deref().unwrap_or("?")).collect()
    }

    #[test]
    fn pairs_are_found_again_behind_a_byte_that_is_missing() {
        let page = "这座桥是去年的民生工程，桥面铺着防滑的松木板，两侧装了路灯";
        let bytes = GBK.encode(page).0.into_owned();
        assert_eq!(text(&bytes, (false, false)), page, "none is missing");
        assert_eq!(text(&bytes[1..], (true, false)), page.replacen('这', "?", 1), "half of the first character");
        assert_eq!(text(&bytes[1..bytes.len() - 1], (true, true)), format!("?{}?", &page[3..page.len() - 3]));
        let mut dropped = bytes.clone();
        dropped.remove(20); // Nobody says that a byte of 程 is missing.
        assert_eq!(text(&dropped, (false, false)).replace('?', ""), page.replacen('程', "", 1));
        assert_eq!(text(&[], (true, true)), "");
    }
}
