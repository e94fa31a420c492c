//! Replaces variants of characters with the ordinary character: radicals, full-width Latin letters and digits, vertical
//! presentation forms, decomposed and compatibility characters. It does not apply NFKC, which would change ①, ℃, ㎡ and
//! （）. Private-use characters are kept; [`count_private`] counts them.

use super::radicals::EQUIVALENTS;
use super::suspect_chars::SuspectChars;
use crate::document::edit::Edits;
use crate::options::{Options, Width};
use crate::rule::Rule;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Proposes the ordinary character for each variant.
pub fn propose(text: &str, options: &Options, edits: &mut Edits) {
    propose_at(text, &SuspectChars::of(text), options, edits);
}

/// The same for the places in `suspects` only.
pub(crate) fn propose_at(text: &str, suspects: &SuspectChars, options: &Options, edits: &mut Edits) {
    let on = |rule| !options.skip.contains(rule);
    let (radicals, vertical, compose) = (on(Rule::Radicals), on(Rule::VerticalForms), on(Rule::Compose));
    let half = options.width == Width::Half && on(Rule::FullWidth);
    let mut code = [0; 4];
    let mut done = 0; // end of the combining marks that have been handled together
    for at in suspects.places() {
        if at < done {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        match c {
            '\u{2E80}'..='\u{2FDF}' if radicals => {
                let unified = EQUIVALENTS.get(c as usize - 0x2E80).copied().and_then(char::from_u32).unwrap_or('\0');
                if unified != '\0' {
                    edits.replace(at..end, unified.encode_utf8(&mut code), Rule::Radicals);
                }
            }
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' if half => {
                edits.replace(at..end, narrow(c).encode_utf8(&mut code), Rule::FullWidth)
            }
            '．' if half && between_digits(text, at, end) => edits.replace(at..end, ".", Rule::FullWidth),
            '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE48}' if vertical => {
                if let Some(plain) = upright(c) {
                    edits.replace(at..end, plain, Rule::VerticalForms);
                }
            }
            '\u{FB00}'..='\u{FB06}' if compose => {
                let plain = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"][c as usize - 0xFB00];
                edits.replace(at..end, plain, Rule::Compose);
            }
            '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1D}' if compose => {
                let composed: String = text[at..end].nfc().collect();
                if composed != text[at..end] {
                    edits.replace(at..end, &composed, Rule::Compose);
                }
            }
            c if compose && is_combining_mark(c) => {
                // Compose the letter with all marks on it at once.
                let start = edits.as_slice().last().map_or(0, |e| e.end).max(previous_start(text, at));
                let mut stop = end;
                while let Some(next) = text[stop..].chars().next().filter(|&c| is_combining_mark(c)) {
                    stop += next.len_utf8();
                }
                if start < at {
                    let composed: String = text[start..stop].nfc().collect();
                    if composed != text[start..stop] {
                        edits.replace(start..stop, &composed, Rule::Compose);
                    }
                }
                done = stop;
            }
            _ => {}
        }
    }
}

/// Number of characters of the private use areas: glyphs in the font of a paper that Unicode does not have.
///
/// ```
/// assert_eq!(qingyang::internals::passes::glyphs::count_private("石\u{E123}山"), 1);
/// ```
pub fn count_private(text: &str) -> usize {
    text.chars().filter(|&c| matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFD)).count()
}

fn narrow(c: char) -> char {
    char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
}

fn between_digits(text: &str, at: usize, end: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    text[..at].chars().next_back().is_some_and(digit) && text[end..].chars().next().is_some_and(digit)
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
