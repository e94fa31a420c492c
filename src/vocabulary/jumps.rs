//! Jump lines 转版: their words, and how to read one. （下转第2版）, ［上接1版］, （接转A3版《守渠人》）, 转2版.

use super::Vocabulary;
use super::numbers::han_number;
use std::ops::Range;

/// Words that point to the page where a text goes on.
pub(super) const ON: &[&str] = &["下转", "下轉", "接转", "接轉"];
/// Words that point back to the page where it began.
pub(super) const BACK: &[&str] = &["上接", "紧接", "緊接", "续接", "續接"];
/// Short forms of [`ON`]. They count right after a bracket, or where the page's number is all that follows.
pub(super) const SHORT_ON: &[&str] = &["转", "轉"];
/// Short forms of [`BACK`].
pub(super) const SHORT_BACK: &[&str] = &["接", "续", "續"];
/// The characters of all these words next to the page's number.
pub(crate) const LAST_OF_WORD: [char; 5] = ['转', '轉', '接', '续', '續'];

/// Words for a page after its number.
const PAGE: &[&str] = &["版", "页", "頁", "面"];
/// Signs that point to another page, or open the line that does.
const ARROWS: [char; 16] = ['▶', '►', '▷', '◀', '◄', '➤', '→', '←', '↓', '▲', '▼', '●', '■', '>', '＞', '<'];
/// Brackets around a jump line.
pub const OPEN: &[char] = &['（', '(', '〔', '［', '[', '【'];
const CLOSE: &[char] = &['）', ')', '〕', '］', ']', '】'];
/// Bytes of a jump line at most, with a headline in it: 40 Han.
const LONGEST: usize = 120;

/// Which way a jump line points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// 下转: the text goes on there.
    On,
    /// 上接: the text began there.
    Back,
}

/// The number of a page: 第3版, A3版.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
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

/// A jump line in a unit's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// Which way it points.
    pub way: Way,
    /// The page that it names.
    pub label: Label,
    /// Its bytes, with its brackets and arrows.
    pub range: Range<usize>,
    /// The headline that it names: （下转第2版《守渠人》）.
    pub title: String,
}

impl Vocabulary {
    /// The jump line that ends a text: one that points on, or one in brackets that points back, as after a headline.
    pub fn jump_at_end(&self, text: &str) -> Option<Marker> {
        if !may_end_in_page(text) {
            return None;
        }
        let mut from = text.len().saturating_sub(LONGEST);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let tail = &text[from..];
        let long = [(&self.jumps_on, Way::On), (&self.jumps_back, Way::Back)];
        let long = long.into_iter().filter_map(|(words, way)| Some((words.last_in(tail)?, way)));
        let (word, way) = long.max_by_key(|(word, _)| word.start).or_else(|| self.short_jump(tail))?;
        let start = without_opening(&tail[..word.start]).len();
        let (label, title, rest) = page_and_title(&tail[word.end..])?;
        // A whole unit that points back is found by its beginning.
        let whole = way == Way::On || start > 0 && tail[start..word.start].contains(OPEN);
        (rest.is_empty() && whole).then(|| Marker { way, label, range: from + start..text.len(), title })
    }

    /// The place of the short word of a jump line: after the last bracket, or at the beginning of a line that is only
    /// a jump line.
    fn short_jump(&self, text: &str) -> Option<(Range<usize>, Way)> {
        let word_at = |at: usize| {
            let short = [(&self.short_on, Way::On), (&self.short_back, Way::Back)];
            short.into_iter().find_map(|(words, way)| Some((at..at + words.prefix_of(&text[at..])?.len(), way)))
        };
        if let Some(open) = text.rfind(OPEN) {
            return word_at(text.len() - text[open..].trim_start_matches(is_opening).len());
        }
        let (word, way) = word_at(text.len() - text.trim_start_matches(is_opening).len())?;
        is_page_only(&text[word.end..]).then_some((word, way))
    }

    /// The jump line that begins a text and points back.
    pub fn jump_at_start(&self, text: &str) -> Option<Marker> {
        let body = text.trim_start_matches(is_opening);
        let opened = text.len() > body.len();
        let in_brackets = opened && text[..text.len() - body.len()].contains(OPEN);
        let short = |word: &&str| in_brackets || is_page_only(&body[word.len()..]);
        let word = self.jumps_back.prefix_of(body).or_else(|| self.short_back.prefix_of(body).filter(short))?;
        let (label, title, rest) = page_and_title(&body[word.len()..])?;
        // Without brackets it must stand alone: 上接第1版的报道 is a sentence.
        let range = 0..text.len() - rest.len();
        (opened || rest.is_empty()).then_some(Marker { way: Way::Back, label, range, title })
    }

    /// Which way a text points that is a jump line and nothing else.
    pub fn whole_jump(&self, text: &str) -> Option<Way> {
        let on = self.jump_at_end(text).filter(|m| m.range.start == 0);
        on.or_else(|| self.jump_at_start(text).filter(|m| m.range.end == text.len())).map(|m| m.way)
    }

    /// Which way a text points that begins with the word of a jump line, after its opening bracket.
    pub fn jump_word(&self, text: &str) -> Option<Way> {
        match text.trim_start_matches(is_opening) {
            body if self.jumps_on.opens(body) => Some(Way::On),
            body if self.jumps_back.opens(body) => Some(Way::Back),
            _ => None,
        }
    }

    /// Whether a line opens with a jump line in brackets: （下转, （接第1版.
    pub fn opens_with_jump(&self, line: &str) -> bool {
        let Some(inner) = line.strip_prefix(OPEN) else { return false };
        let short = || self.short_on.prefix_of(inner).or_else(|| self.short_back.prefix_of(inner));
        self.jumps_on.opens(inner)
            || self.jumps_back.opens(inner)
            || short().is_some_and(|word| page_and_title(&inner[word.len()..]).is_some())
    }
}

/// Whether a text may end in a jump line: a cheap test that rules out nearly all texts.
pub fn may_end_in_jump(text: &str) -> bool {
    text.ends_with(CLOSE) || may_end_in_page(text)
}

/// Whether a text may end in what [`page_and_title`] reads: a cheap test that rules out nearly all texts.
fn may_end_in_page(text: &str) -> bool {
    let body = text.trim_end().trim_end_matches(|c| CLOSE.contains(&c) || is_arrow(c)).trim_end();
    body.ends_with(['版', '页', '頁', '面', '》', '”', '」'])
}

/// Whether the text after a short word is a page's number and nothing else: 2版, 第3版.
fn is_page_only(text: &str) -> bool {
    let named = text.trim_end_matches(|c| CLOSE.contains(&c) || is_arrow(c)).ends_with('版');
    named && page_and_title(text).is_some_and(|(_, title, rest)| rest.is_empty() && title.is_empty())
}

/// 第2版《守渠人》）, and the text after it.
fn page_and_title(text: &str) -> Option<(Label, String, &str)> {
    let body = text.trim_start();
    let body = body.strip_prefix('第').unwrap_or(body).trim_start();
    let (label, rest) = label(body)?;
    let rest = rest.trim_start();
    let mut rest = PAGE.iter().find_map(|w| rest.strip_prefix(w))?.trim_start();
    let mut title = String::new();
    for (open, close) in [('《', '》'), ('“', '”'), ('「', '」')] {
        if let Some(inside) = rest.strip_prefix(open)
            && let Some((name, after)) = inside.split_once(close)
            && name.len() <= LONGEST
        {
            title = name.to_string();
            rest = after.trim_start();
        }
    }
    let rest = rest.trim_start_matches(|c: char| CLOSE.contains(&c) || is_arrow(c));
    Some((label, title, rest.trim_start()))
}

fn is_opening(c: char) -> bool {
    c == ' ' || OPEN.contains(&c) || is_arrow(c)
}

fn without_opening(text: &str) -> &str {
    text.trim_end_matches(is_opening)
}

fn is_arrow(c: char) -> bool {
    ARROWS.contains(&c)
}

/// A page's number at the head of a text: 2, 02, A3, 十二; and the text after it.
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
    let (number, rest) = han_number(rest)?;
    Some((Label { letter, number }, rest))
}

/// The page's number that a folio prints, if it prints exactly one: 第3版 要闻, 3版, A3, 03.
pub fn of_folio(text: &str) -> Option<Label> {
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
    // The caller asks about lines at the edge of a page, where a lone number, or a letter and a number, is a folio.
    let alone = rest.is_empty() && !ordinal && body.is_ascii() && body.len() <= 3;
    (page || alone).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cheap_test_rules_out_no_jump_line(text in "(第?[2A]{1,2}|十二) ?[版页面x] ?([《“「][渠水]{0,2}[》”」])? ?[）\\]▶ \u{3000}]{0,3}[ \u{3000}]?") {
            let read = page_and_title(&text).is_some_and(|(_, _, rest)| rest.is_empty());
            prop_assert!(!read || may_end_in_page(&text), "{:?}", text);
        }
    }
}
