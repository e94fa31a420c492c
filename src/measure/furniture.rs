//! What the words of a line say of furniture 版面要素: the trade's own phrases and the fields of a folio.

use super::class::Class;
use super::line::Line;
use crate::text::ends::of_three;
use crate::text::han_set::HanSet;
use crate::text::scan::{BLOCK, non_ascii, places_of};
use crate::text::width::is_han;
use crate::vocabulary::BUILT_IN;
use crate::vocabulary::calendar::{DATED, SHORT_WEEK};
use crate::vocabulary::cues::{Cue, Tail};
use crate::vocabulary::furniture::SECTIONS;
use crate::vocabulary::numbers::{is_numeral, is_zero};

/// Lines of furniture at the most, in em: a masthead's imprint line runs to about forty.
pub(crate) const MAX_EMS: u16 = 48;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    None,
    Weak,
    Strong,
}

/// The line as it will be set, where the page has spaces around its numbers: 第 3 版 民生, 2024 年 4 月 27 日.
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

/// How much a line looks like furniture by itself: 0 not, 1 weakly, 2 plainly.
pub fn weight(body: &str, line: &Line) -> usize {
    sign(body, line) as usize
}

pub(crate) fn sign(body: &str, line: &Line) -> Sign {
    if line.width > MAX_EMS * 2 || matches!(line.last, Class::Stop | Class::ClosedStop | Class::Comma) {
        return Sign::None;
    }
    if BUILT_IN.furniture.is_in(body) {
        return Sign::Strong;
    }
    // 第3版 要闻 2023年9月12日 星期二: every field is furniture, and one says so plainly.
    if is_folio(body) {
        return Sign::Strong;
    }
    let all = |f: fn(&str) -> bool| body.split(' ').filter(|w| !w.is_empty()).all(f);
    if all(|w| is_date(w) || is_section(w) || is_page(w) || is_paper(w))
        || line.cue == Cue::Digits
        || line.tail == Tail::Date
    {
        return Sign::Weak;
    }
    let capitals = line.latin >= 6 && body.bytes().all(|b| b.is_ascii_uppercase() || b == b' ');
    if capitals || body.starts_with("CN") && line.digits >= 4 && line.glyphs < 14 { Sign::Weak } else { Sign::None }
}

/// A folio or date line by its fields alone: 第3版 要闻 2023年9月12日 星期二.
pub fn is_folio(body: &str) -> bool {
    may_be_folio(body) && is_all_folio(body)
}

/// A quick look at the first field, which turns most lines away: furniture's is a paper's name, or begins as such fields
/// do and is not all ASCII, as a number by itself is.
fn may_be_folio(body: &str) -> bool {
    let bytes = body.as_bytes();
    let spaces = places_of(b' ', bytes, 0, bytes.len());
    let beyond_ascii = non_ascii(bytes, 0, bytes.len());
    let end = bytes.len().min(spaces.trailing_zeros() as usize);
    // Of a field that ends beyond the block nothing is known.
    let ascii = (end < BLOCK) & (beyond_ascii.trailing_zeros() as usize >= end);
    let field = &bytes[..end];
    let paper = field.ends_with("报".as_bytes()) | field.ends_with("報".as_bytes());
    let begin = bytes.first_chunk().copied().unwrap_or_default();
    (end == 0) | paper | (!ascii & may_begin_field(begin))
}

/// Whether a field that is no paper's name may begin with this character of three bytes, or the first of these of ASCII.
#[inline]
fn may_begin_field(bytes: [u8; 3]) -> bool {
    /// 第3版, 今日, 总, 星期, 周, 农历, dates and the names of sections.
    static BEGINS: HanSet = HanSet::of("第今总總星礼禮周週农農夏阴陰版").with(DATED).with_firsts(SECTIONS);
    let first = of_three(bytes);
    BEGINS.has(first) | bytes[0].is_ascii_digit() | is_zero(first)
}

fn is_all_folio(body: &str) -> bool {
    let mut plainly = false;
    let mut rest = body;
    loop {
        // Fields are short, and the first turns nearly all lines away.
        let end = memchr::memchr(b' ', rest.as_bytes()).unwrap_or(rest.len());
        let field = &rest[..end];
        if let Some(first) = field.chars().next() {
            match first {
                '第' | '今' | '总' | '總' if is_issue(field) => plainly = true,
                _ if is_weekday(field) => plainly = true,
                _ if (first.is_ascii_digit() || DATE.has(first) || is_zero(first)) && is_date(field) => {}
                _ if is_section(field) || is_paper(field) => {}
                _ => return false,
            }
        }
        match rest.get(end + 1..) {
            Some(more) => rest = more,
            None => return plainly,
        }
    }
}

/// 第4127期, 第3版, 今日8版, 3版
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

/// What dates are written with, besides digits and noughts.
static DATE: HanSet = HanSet::of(DATED);

pub(crate) fn is_date(w: &str) -> bool {
    w.chars().all(|c| c.is_ascii_digit() || DATE.has(c) || is_zero(c))
        && w.chars().any(|c| matches!(c, '年' | '月' | '日'))
}

pub(crate) fn is_section(w: &str) -> bool {
    w == "版" || BUILT_IN.sections.has(w)
}

/// 澜江日报, 桥头晚报
pub(crate) fn is_paper(w: &str) -> bool {
    w.ends_with(['报', '報']) && w.chars().count() <= 8 && BUILT_IN.papers.ends(w)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folio_is_one_whichever_of_its_fields_is_looked_at_first() {
        let plain = |body: &str| {
            let fields = || body.split(' ').filter(|w| !w.is_empty());
            let plainly = |w: &&str| is_issue(w) || is_weekday(w);
            fields().all(|w| plainly(&w) || is_date(w) || is_section(w) || is_paper(w)) && fields().any(|w| plainly(&w))
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
