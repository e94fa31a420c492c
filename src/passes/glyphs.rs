//! Replaces variants of characters with the ordinary character: radicals, full-width Latin letters and digits, vertical
//! presentation forms, decomposed and compatibility characters. It does not apply NFKC, which would change ①, ℃, ㎡ and
//! （）. Private-use characters are kept; [`count_private`] counts them.

use super::radicals::EQUIVALENTS;
use super::suspect_chars::SuspectChars;
use crate::document::edit::Edits;
use crate::options::{Options, Width};
use crate::rule::Rule;
use crate::text::width::narrow;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Proposes the ordinary character for each variant.
pub fn propose(text: &str, options: &Options, edits: &mut Edits) {
    propose_at(text, &SuspectChars::of(text), options, edits);
}

/// The same for the places in `suspects` only. Returns whether the text has characters that join others, which may meet
/// new neighbours when lines are joined: see [`compose`].
pub(crate) fn propose_at(text: &str, suspects: &SuspectChars, options: &Options, edits: &mut Edits) -> bool {
    let on = |rule| !options.skip.contains(rule);
    let (radicals, vertical, compose) = (on(Rule::Radicals), on(Rule::VerticalForms), on(Rule::Compose));
    let half = options.width == Width::Half && on(Rule::FullWidth);
    let doubled = radicals && are_radicals_doubled(text, suspects);
    let mut joining = false;
    let mut done = 0; // end of the characters that have been handled together
    for at in suspects.places() {
        if at < done {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        let mut code = [0; 4];
        let ordinary = match c {
            '\u{2E80}'..='\u{2FDF}' if radicals => {
                let ordinary = unified(c).map(|c| &*c.encode_utf8(&mut code));
                ordinary.map(|plain| (if doubled { "" } else { plain }, Rule::Radicals))
            }
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' if half => {
                Some((&*narrow(c).encode_utf8(&mut code), Rule::FullWidth))
            }
            '．' if half && between_digits(text, at, end) => Some((".", Rule::FullWidth)),
            '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE48}' if vertical => {
                upright(c).map(|plain| (plain, Rule::VerticalForms))
            }
            '\u{FB00}'..='\u{FB06}' if compose => {
                Some((["ff", "fi", "fl", "ffi", "ffl", "st", "st"][c as usize - 0xFB00], Rule::Compose))
            }
            _ => None,
        };
        let joins = compose && ordinary.is_none() && may_compose(c);
        joining |= joins;
        match ordinary {
            // A mark after it is composed with the ordinary character.
            Some((plain, _)) if compose && end_of_joining(text, end) > end => {
                joining = true;
                done = end_of_joining(text, end);
                let composed: String = plain.chars().chain(text[end..done].chars()).nfc().collect();
                edits.replace(at..done, &composed, Rule::Compose);
            }
            Some((plain, rule)) => edits.replace(at..end, plain, rule),
            None if joins => {
                let start = edits.as_slice().last().map_or(0, |e| e.end).max(previous_start(text, at));
                done = compose_from(text, start, end, edits);
            }
            None => {}
        }
    }
    joining
}

/// The unified ideograph of a radical.
fn unified(radical: char) -> Option<char> {
    let place = (radical as usize).checked_sub(0x2E80)?;
    EQUIVALENTS.get(place).copied().and_then(char::from_u32).filter(|&c| c != '\0')
}

/// Whether the ordinary character stands behind each radical of a text, as where a text layer gives both readings of a glyph: ⾥里,
/// ⼿手. A few could stand so by chance.
fn are_radicals_doubled(text: &str, suspects: &SuspectChars) -> bool {
    const FEWEST: usize = 3;
    let mut pairs = 0;
    for at in suspects.places() {
        let mut chars = text[at..].chars();
        let Some(ordinary) = chars.next().and_then(unified) else { continue };
        if chars.next() != Some(ordinary) {
            return false;
        }
        pairs += 1;
    }
    pairs >= FEWEST
}

/// Composes what has come together since the characters were settled: marks whose letter was on the line above, or that
/// were separated by what another rule removed.
pub(crate) fn compose(text: &str, edits: &mut Edits) {
    let (mut done, mut before) = (0, 0);
    for (at, c) in text.char_indices() {
        if at >= done && may_compose(c) {
            done = compose_from(text, before.max(done), at + c.len_utf8(), edits);
        }
        before = at;
    }
}

/// Composes the characters from `start` up to all that join the one that ends at `end`. Returns their end.
fn compose_from(text: &str, start: usize, end: usize, edits: &mut Edits) -> usize {
    // A mark joins nothing over a line feed, and an edit that began with one would take the end of the line above with it.
    let start = start + usize::from(text[start..].starts_with('\n'));
    let stop = end_of_joining(text, end);
    let composed: String = text[start..stop].nfc().collect();
    if composed != text[start..stop] {
        edits.replace(start..stop, &composed, Rule::Compose);
    }
    stop
}

/// Whether NFC may change the character, or join it to the one before it.
fn may_compose(c: char) -> bool {
    // Nothing before U+0300 joins or changes.
    c >= '\u{300}' && (canonical_combining_class(c) != 0 || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes)
}

/// The end of the characters from `at` on that join what is before them.
fn end_of_joining(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    rest.find(|c| !may_compose(c)).map_or(text.len(), |n| at + n)
}

/// Number of characters of the private use areas: glyphs in the font of a paper that Unicode does not have.
///
/// ```
/// assert_eq!(qingyang::internals::passes::glyphs::count_private("石\u{E123}山"), 1);
/// ```
pub fn count_private(text: &str) -> usize {
    text.chars().filter(|&c| matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFD)).count()
}

/// Whether a point stands inside a number. The line may break before it, but no line ends in it: 1． is the number of an item.
fn between_digits(text: &str, at: usize, end: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    text[..at].trim_end_matches('\n').chars().next_back().is_some_and(digit)
        && text[end..].chars().next().is_some_and(digit)
}

fn previous_start(text: &str, at: usize) -> usize {
    text[..at].chars().next_back().map_or(at, |c| at - c.len_utf8())
}

/// The ordinary form of a vertical presentation form.
fn upright(c: char) -> Option<&'static str> {
    Some(match c {
        '︐' => "，",
        '︑' => "、",
        '︒' => "。",
        '︓' => "：",
        '︔' => "；",
        '︕' => "！",
        '︖' => "？",
        '︗' => "〖",
        '︘' => "〗",
        '︙' => "…",
        '︰' => "‥",
        '︱' => "—",
        '︲' => "–",
        '︳' | '︴' => "_",
        '︵' => "（",
        '︶' => "）",
        '︷' => "｛",
        '︸' => "｝",
        '︹' => "〔",
        '︺' => "〕",
        '︻' => "【",
        '︼' => "】",
        '︽' => "《",
        '︾' => "》",
        '︿' => "〈",
        '﹀' => "〉",
        '﹁' => "「",
        '﹂' => "」",
        '﹃' => "『",
        '﹄' => "』",
        '﹇' => "［",
        '﹈' => "］",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_begin_a_line_are_ordered_without_the_line_feed_above() {
        let mut edits = Edits::new();
        compose("渠\n\u{308}\u{3099}水", &mut edits);
        let ranges: Vec<_> = edits.as_slice().iter().map(|e| (e.start, e.end, edits.after(e))).collect();
        assert_eq!(ranges, [(4, 9, "\u{3099}\u{308}")]);
    }
}
