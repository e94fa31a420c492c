//! Characters that a reader cannot see, and the text around a place.

use std::borrow::Cow;

/// Whether a character has no shape of its own: controls, and format characters of Unicode. Line feed and space are
/// not among them.
pub fn is_unseen(c: char) -> bool {
    match c {
        '\n' | ' ' => false,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' => true,
        '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        c => c.is_control(),
    }
}

/// A text with signs for the characters that a reader cannot see: `⏎` for a line feed, `<U+200B>` for a zero-width
/// space.
///
/// ```
/// assert_eq!(qingyang_tell::chars::visible("渠\u{200B}水\n"), "渠<U+200B>水⏎");
/// ```
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            '\r' => out.push('␍'),
            '\x0c' => out.push('␌'),
            '\t' => out.push('␉'),
            c if is_unseen(c) => out.push_str(&format!("<{}>", code_point(c))),
            c => out.push(c),
        }
    }
    out
}

/// Whether a terminal would obey a character instead of showing it: C0 and C1 controls, DELETE, and the controls of
/// the direction of writing.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text on one line of a terminal, such as the name of a file: `<U+001B>` for an escape character. A tab stays.
///
/// ```
/// assert_eq!(qingyang_tell::chars::escaped("渠\u{1B}[2J水\n"), "渠<U+001B>[2J水<U+000A>");
/// ```
pub fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| is_obeyed(c) && c != '\t';
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| if special(c) { format!("<{}>", code_point(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(shown).collect())
}

/// `U+200B`
pub fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Up to `n` characters on each side of a byte of the text, within its lines. White space after the place is left out.
///
/// ```
/// let (before, after) = qingyang_tell::chars::around("沿岸的稻\n田渐渐泛黄", "沿岸的稻".len(), 3);
/// assert_eq!((before.as_str(), after.as_str()), ("岸的稻", "田渐渐"));
/// ```
pub fn around(text: &str, at: usize, n: usize) -> (String, String) {
    let at = (0..=at.min(text.len())).rev().find(|&k| text.is_char_boundary(k)).unwrap_or(0);
    let (head, tail) = text.split_at(at);
    let before: Vec<char> = head.chars().rev().take_while(|&c| c != '\n').take(n).collect();
    let after = tail.trim_start_matches(['\n', ' ']).chars().take_while(|&c| c != '\n').take(n).collect();
    (before.into_iter().rev().collect(), after)
}

/// The first `n` characters of a text, and whether there are more.
pub fn head(text: &str, n: usize) -> (&str, bool) {
    match text.char_indices().nth(n) {
        Some((cut, _)) => (&text[..cut], true),
        None => (text, false),
    }
}
