//! How much the words of a line suggest page furniture 版面要素: phrases of the trade, and the fields of a folio.

use super::class::Class;
use super::line::Line;
use crate::text::ends::of_three;
use crate::text::han_set::HanSet;
use crate::text::scan::{BLOCK, non_ascii, places_of};
use crate::text::width::is_han;
use crate::vocabulary::calendar::{DATED, SHORT_WEEK};
use crate::vocabulary::cues::{Cue, Tail};
use crate::vocabulary::furniture::SECTIONS;
use crate::vocabulary::numbers::{is_numeral, is_zero};
use crate::vocabulary::{BUILT_IN, Vocabulary};

/// Em of the longest line of furniture. The imprint line of a masthead has about forty.
pub(crate) const MAX_EMS: u16 = 48;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    None,
    Weak,
    Strong,
}

/// The line as it will be set, where the page has spaces around numbers: 第 3 版 民生, 2024 年 4 月 27 日.
pub(crate) fn closed(body: &str) -> Option<String> {
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let han = |c: Option<char>| c.is_some_and(is_han);
    let mut out = String::new();
    let mut rest = body;
    while let Some((left, right)) = rest.split_once(' ') {
        let (a, b) = (left.chars().next_back(), right.chars().next());
        out.push_str(left);
        if !(han(a) && number(b) || number(a) && han(b)) {
            out.push(' ');
        }
        rest = right;
    }
    out.push_str(rest);
    (out.len() < body.len()).then_some(out)
}

/// How much a line looks like furniture by itself: 0 not, 1 weakly, 2 strongly.
pub fn weight(body: &str, line: &Line, words: &Vocabulary) -> usize {
    sign(body, line, words) as usize
}

pub(crate) fn sign(body: &str, line: &Line, words: &Vocabulary) -> Sign {
    if line.width > MAX_EMS * 2 || matches!(line.last, Class::Stop | Class::ClosedStop | Class::Comma) {
        return Sign::None;
    }
    if words.furniture.is_in(body) {
        return Sign::Strong;
    }
    // 第3版 要闻 2023年9月12日 星期二: every field is furniture, and one of them is nothing else.
    if is_folio_with(body, words) {
        return Sign::Strong;
    }
    let all = |f: &dyn Fn(&str) -> bool| body.split(' ').filter(|w| !w.is_empty()).all(f);
    if all(&|w| is_date(w) || is_section(w, words) || is_page(w) || is_paper(w, words))
        || line.cue == Cue::Digits
        || line.tail == Tail::Date
    {
        return Sign::Weak;
    }
    let capitals = line.latin >= 6 && body.bytes().all(|b| b.is_ascii_uppercase() || b == b' ');
    if capitals || body.starts_with("CN") && line.digits >= 4 && line.glyphs < 14 { Sign::Weak } else { Sign::None }
}

/// Whether every field of a line is furniture, and one of them is nothing else: 第3版 要闻 2023年9月12日 星期二.
pub fn is_folio(body: &str) -> bool {
    may_be_folio(body) && is_all_folio(body, &BUILT_IN)
}

/// The same with words that a caller may have added.
pub(crate) fn is_folio_with(body: &str, words: &Vocabulary) -> bool {
    if words.is_extended() { is_all_folio(body, words) } else { is_folio(body) }
}

/// Whether the first field of a line may be furniture: the name of a paper, or a field that begins like those of a folio
/// and is not all ASCII. Most lines fail here.
fn may_be_folio(body: &str) -> bool {
    let bytes = body.as_bytes();
    let spaces = places_of(b' ', bytes, 0, bytes.len());
    let beyond_ascii = non_ascii(bytes, 0, bytes.len());
    let end = bytes.len().min(spaces.trailing_zeros() as usize);
    // Nothing is known of a field that ends beyond the block.
    let ascii = (end < BLOCK) & (beyond_ascii.trailing_zeros() as usize >= end);
    let field = &bytes[..end];
    let paper = field.ends_with("报".as_bytes()) | field.ends_with("報".as_bytes());
    let begin = bytes.first_chunk().copied().unwrap_or_default();
    (end == 0) | paper | (!ascii & may_begin_field(begin))
}

/// Whether a field other than the name of a paper may begin with these bytes: a Han, or ASCII.
#[inline]
fn may_begin_field(bytes: [u8; 3]) -> bool {
    /// 第3版, 今日, 总, 星期, 周, 农历, dates and the names of sections.
    static BEGINS: HanSet = HanSet::of("第今总總星礼禮周週农農夏阴陰版").with(DATED).with_firsts(SECTIONS);
    let first = of_three(bytes);
    BEGINS.has(first) | bytes[0].is_ascii_digit() | is_zero(first)
}

pub(super) fn is_all_folio(body: &str, words: &Vocabulary) -> bool {
    let mut plainly = false;
    let mut rest = body;
    loop {
        // Fields are short, and nearly all lines fail at the first one.
        let end = memchr::memchr(b' ', rest.as_bytes()).unwrap_or(rest.len());
        let field = &rest[..end];
        if let Some(first) = field.chars().next() {
            match first {
                '第' | '今' | '总' | '總' if is_issue(field) => plainly = true,
                _ if is_weekday(field) => plainly = true,
                _ if (first.is_ascii_digit() || DATE.has(first) || is_zero(first)) && is_date(field) => {}
                _ if is_section(field, words) || is_paper(field, words) => {}
                _ => return false,
            }
        }
        match rest.get(end + 1..) {
            Some(more) => rest = more,
            None => return plainly,
        }
    }
}

/// Whether a field numbers an issue or a page: 第4127期, 第3版, 今日8版.
pub(crate) fn is_issue(w: &str) -> bool {
    let inner = w.strip_prefix(['第', '总', '總']).or_else(|| w.strip_prefix("今日"));
    let inner = inner.map(|s| s.trim_start_matches('第'));
    inner.is_some_and(|s| {
        s.ends_with(['期', '版', '号', '號'])
            && s.chars().next().is_some_and(|c| c.is_ascii_digit() || is_numeral(c))
            && s.chars().count() <= 8
    })
}

pub(crate) fn is_page(w: &str) -> bool {
    let digits = w.trim_end_matches('版').trim_start_matches(|c: char| c.is_ascii_uppercase());
    w.len() <= 8 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

pub(crate) fn is_weekday(w: &str) -> bool {
    let week = BUILT_IN.week.opens(w) || w.starts_with(SHORT_WEEK);
    week && w.chars().count() <= 3 || BUILT_IN.lunar.opens(w)
}

/// The characters of dates, besides digits and noughts.
static DATE: HanSet = HanSet::of(DATED);

pub(crate) fn is_date(w: &str) -> bool {
    w.chars().all(|c| c.is_ascii_digit() || DATE.has(c) || is_zero(c))
        && w.chars().any(|c| matches!(c, '年' | '月' | '日'))
}

pub(crate) fn is_section(w: &str, words: &Vocabulary) -> bool {
    w == "版" || words.sections.has(w)
}

/// Whether a field is the name of a paper: 澜江日报, 桥头晚报.
pub(crate) fn is_paper(w: &str, words: &Vocabulary) -> bool {
    words.papers.ends(w) && w.chars().count() <= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_check_misses_no_folio() {
        let plain = |body: &str| {
            let fields = || body.split(' ').filter(|w| !w.is_empty());
            let plainly = |w: &&str| is_issue(w) || is_weekday(w);
            fields().all(|w| plainly(&w) || is_date(w) || is_section(w, &BUILT_IN) || is_paper(w, &BUILT_IN))
                && fields().any(|w| plainly(&w))
        };
        let mut fields: Vec<&str> = vec![
            "",
            "第3版",
            "今日8版",
            "总第12期",
            "第",
            "第三",
            "星期二",
            "周五",
            "周刊",
            "农历正月初三",
            "農曆",
            "农民",
            "2023年9月12日",
            "九月",
            "二〇二三年",
            "〇",
            "○年",
            "3",
            "澜江日报",
            "21世纪晚报",
            "橋頭晚報",
            "桥头镇澜江水晚报",
            "版",
            "何苗",
            "A3",
            "00000000000000000000000000000000年",
        ];
        fields.extend(SECTIONS);
        for a in &fields {
            for b in &fields {
                for body in [format!("{a} {b}"), format!("{a}  {b} 星期二")] {
                    assert_eq!(is_folio(&body), plain(&body), "{body:?}");
                }
            }
        }
    }
}
