//! Jump lines and page numbers as they are printed: （下转第2版）, ［上接1版］, （紧接第一版）, 第3版 要闻, A3.

use crate::vocabulary::jumps::{self, BACK, BACK_IN_BRACKETS, ON, ON_IN_BRACKETS};
use crate::vocabulary::marks::{CLOSE, OPEN};
use std::ops::Range;

/// The number of a page: 第3版, A3版.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// The section's letter, where pages have one.
    pub letter: Option<char>,
    /// The number.
    pub number: u32,
}

impl Label {
    /// Whether both may be the same page: a letter counts only where both have one.
    pub fn agrees(self, other: Label) -> bool {
        self.number == other.number && (self.letter == other.letter || self.letter.is_none() || other.letter.is_none())
    }
}

/// Which way a jump line points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// 下转
    On,
    /// 上接
    Back,
}

/// A jump line in a unit's text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Marker {
    pub way: Way,
    /// The page that it names.
    pub label: Label,
    /// Its bytes, brackets and arrows with it.
    pub range: Range<usize>,
    /// The headline that it names: （下转第2版《守渠人》）.
    pub title: String,
}

/// Bytes of a jump line at the most, with a headline in it.
const LONGEST: usize = 120;

/// The jump line that ends a unit's text: one that points on, or behind a headline one in brackets that points back.
pub(super) fn at_end(text: &str) -> Option<Marker> {
    let mut from = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    let words = |way: Way, words: &'static [&'static str]| words.iter().map(move |w| (*w, way));
    let long = words(Way::On, ON).chain(words(Way::Back, BACK));
    let (at, word, way) =
        long.filter_map(|(w, way)| Some((tail.rfind(w)?, w, way))).max_by_key(|f| f.0).or_else(|| {
            let open = tail.rfind(OPEN)?;
            let inside = open + tail[open..].chars().next()?.len_utf8();
            let mut short = words(Way::On, ON_IN_BRACKETS).chain(words(Way::Back, BACK_IN_BRACKETS));
            let (word, way) = short.find(|(w, _)| tail[inside..].trim_start().starts_with(*w))?;
            Some((inside + tail[inside..].find(word)?, word, way))
        })?;
    let start = tail[..at].trim_end_matches(|c: char| c == ' ' || OPEN.contains(&c) || is_arrow(c)).len();
    let (label, title, rest) = page_and_title(&tail[at + word.len()..])?;
    let whole = way == Way::On || start > 0 && tail[start..at].contains(OPEN);
    (rest.is_empty() && whole).then(|| Marker { way, label, range: from + start..text.len(), title })
}

/// The jump line that begins a unit's text and points back.
pub(super) fn at_start(text: &str) -> Option<Marker> {
    let body = text.trim_start_matches(|c: char| c == ' ' || OPEN.contains(&c) || is_arrow(c));
    let bracketed = text.len() > body.len();
    let word = BACK
        .iter()
        .find(|w| body.starts_with(**w))
        .or_else(|| BACK_IN_BRACKETS.iter().find(|w| bracketed && text.contains(OPEN) && body.starts_with(**w)))?;
    let (label, title, rest) = page_and_title(&body[word.len()..])?;
    // Without brackets it must stand alone: 上接第1版的报道 is a sentence.
    (bracketed || rest.is_empty()).then(|| Marker { way: Way::Back, label, range: 0..text.len() - rest.len(), title })
}

/// 第2版《守渠人》）, with what is left behind it.
fn page_and_title(text: &str) -> Option<(Label, String, &str)> {
    let body = text.trim_start();
    let body = body.strip_prefix('第').unwrap_or(body).trim_start();
    let (label, rest) = label(body)?;
    let rest = rest.trim_start();
    let mut rest = jumps::PAGE.iter().find_map(|w| rest.strip_prefix(w))?.trim_start();
    let mut title = String::new();
    for (open, close) in [('《', '》'), ('“', '”'), ('「', '」')] {
        if let Some(inside) = rest.strip_prefix(open)
            && let Some((name, behind)) = inside.split_once(close)
            && name.len() <= LONGEST
        {
            title = name.to_string();
            rest = behind.trim_start();
        }
    }
    let rest = rest.trim_start_matches(|c: char| CLOSE.contains(&c) || is_arrow(c));
    Some((label, title, rest.trim_start()))
}

fn is_arrow(c: char) -> bool {
    jumps::ARROWS.contains(c)
}

/// A page's number at the head of a text: 2, 02, A3, 十二; and what follows.
fn label(text: &str) -> Option<(Label, &str)> {
    let (letter, rest) = match text.chars().next()? {
        c if c.is_ascii_uppercase() => (Some(c), text[1..].trim_start()),
        _ => (None, text),
    };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=3).contains(&digits) {
        let number = rest[..digits].parse().ok()?;
        return Some((Label { letter, number }, &rest[digits..]));
    }
    let han: String = rest.chars().take_while(|c| "〇○零一二三四五六七八九十".contains(*c)).take(3).collect();
    Some((Label { letter, number: han_number(&han)? }, &rest[han.len()..]))
}

/// 一 to 九十九.
fn han_number(text: &str) -> Option<u32> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c || d == '〇' && matches!(c, '零' | '○'));
    let chars: Vec<char> = text.chars().collect();
    let number = match chars[..] {
        ['十'] => 10,
        ['十', b] => 10 + digit(b)?,
        [a, '十'] => digit(a)? * 10,
        [a, '十', b] => digit(a)? * 10 + digit(b)?,
        [a] => digit(a)?,
        [a, b] => digit(a)? * 10 + digit(b)?,
        _ => return None,
    };
    u32::try_from(number).ok().filter(|&n| n > 0)
}

/// The page's number that a folio prints, if it prints just one: 第3版 要闻, 3版, A3, 03.
pub(super) fn of_folio(text: &str) -> Option<Label> {
    let mut found: Option<Label> = None;
    for field in text.split([' ', '　', '·', '|', '｜', '/']) {
        let Some(label) = of_field(field) else { continue };
        if found.is_some_and(|f| !f.agrees(label)) {
            return None;
        }
        found = Some(label);
    }
    found
}

fn of_field(field: &str) -> Option<Label> {
    let body = field.strip_prefix('第').unwrap_or(field);
    let (label, rest) = label(body)?;
    let ordinal = body.len() < field.len();
    let page = rest.starts_with('版');
    // A lone number is a folio by its place; a letter and a number too.
    let alone = rest.is_empty() && !ordinal && body.is_ascii() && body.len() <= 3;
    (page || alone).then_some(label)
}
