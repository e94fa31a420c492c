//! The fields of a folio: page, section, date, day of the week, name of the paper.

use crate::text::ends::of_three;
use crate::text::han_set::HanSet;
use crate::text::scan::{BLOCK, non_ascii, places_of};
use crate::text::width::is_han;
use crate::vocabulary::calendar::{DATED, SHORT_WEEK};
use crate::vocabulary::furniture::SECTIONS;
use crate::vocabulary::numbers::{is_numeral, is_zero};
use crate::vocabulary::{BUILT_IN, Vocabulary};

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
    let (mut plainly, mut sure, mut names) = (false, 0, 0);
    let mut rest = body;
    loop {
        // Fields are short, and nearly all lines fail at the first one.
        let end = memchr::memchr(b' ', rest.as_bytes()).unwrap_or(rest.len());
        let field = &rest[..end];
        if let Some(first) = field.chars().next() {
            match first {
                '第' | '今' | '总' | '總' if is_issue(field) => (plainly, sure) = (true, sure + 1),
                _ if is_weekday(field) => (plainly, sure) = (true, sure + 1),
                _ if (first.is_ascii_digit() || DATE.has(first) || is_zero(first)) && is_date(field) => sure += 1,
                _ if is_paper_section(field, words) || is_paper(field, words) => {}
                // The page's own name, between fields that are surely those of a folio.
                _ if plainly && names == 0 && is_name_of_page(field) => names += 1,
                _ => return false,
            }
        }
        match rest.get(end + 1..) {
            Some(more) => rest = more,
            None => return plainly && (names == 0 || sure > 2),
        }
    }
}

/// Whether a field may be the name of a page: 民生新闻.
fn is_name_of_page(field: &str) -> bool {
    const LONGEST: usize = 6;
    field.chars().all(is_han) && field.chars().nth(LONGEST).is_none()
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

/// Whether a line is nothing but the number of a page, as it stands at a page's head or foot: 12, - 12 -, 第12页 共36页, P12; or 一12一
/// and ：12·, as recognizers read dashes and points.
pub(crate) fn is_foot_number(line: &str) -> bool {
    const DIGITS: usize = 4;
    const BESIDE: &[char] = &['-', '—', '–', '－', '~', '～', '·', '•', '|', ' '];
    let number = |s: &str| {
        let s = s.trim_matches(' ');
        !s.is_empty() && s.len() <= DIGITS && s.bytes().all(|b| b.is_ascii_digit())
            || !s.is_empty() && s.chars().count() <= DIGITS && s.chars().all(|c| is_numeral(c) || is_zero(c))
    };
    let digits = |s: &str| number(s) && s.bytes().any(|b| b.is_ascii_digit());
    let paged = |s: &str| {
        let s = s.trim_matches(' ');
        let inner = s.strip_prefix(['第', '共']).and_then(|s| s.strip_suffix(['页', '頁']));
        inner.is_some_and(number)
    };
    if let Some((page, all)) = line.split_once(['共', '/', '／']) {
        let all = format!("共{all}");
        return paged(page.trim_end_matches([' ', '，', ',', '/'])) && paged(&all)
            || digits(page) && digits(all.trim_start_matches('共'));
    }
    let inner = inside_misread(line).unwrap_or(line).trim_matches(BESIDE);
    paged(line) || digits(inner) || inner.strip_prefix(['P', 'p']).is_some_and(|s| digits(s.trim_start_matches('.')))
}

/// What stands between two signs that a recognizer may read for the dashes or points beside a folio.
pub(super) fn inside_misread(line: &str) -> Option<&str> {
    const MISREAD: &[char] = &['一', '：', ':', '·', '-', '—', '.', '＊', '*'];
    let inner = line.strip_prefix(MISREAD)?.strip_suffix(MISREAD)?;
    (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit())).then_some(inner)
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

pub(crate) fn is_paper_section(w: &str, words: &Vocabulary) -> bool {
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
    fn a_folio_may_have_the_name_of_its_page() {
        assert!(is_folio("第4版 民生新闻 2022年5月6日 星期五"));
        assert!(!is_folio("第4版 民生新闻 2022年5月6日"), "two sure fields are too few");
        assert!(!is_folio("第4版 民生新闻 渠首新闻 2022年5月6日 星期五"), "two names");
        assert!(!is_folio("第4版 民生，新闻 2022年5月6日 星期五"), "a mark");
        assert!(is_folio("第4版 要闻 2022年5月6日"), "a known name needs no proof");
    }

    #[test]
    fn the_number_of_a_page_is_known_in_its_forms() {
        for line in [
            "12",
            "- 12 -",
            "—12—",
            "· 12 ·",
            "第12页",
            "第 12 页",
            "第十二页",
            "第12页 共36页",
            "12/36",
            "P12",
            "～12～",
            "一12一",
            "：12·",
            "*12*",
        ] {
            assert!(is_foot_number(line), "{line}");
        }
        for line in
            ["12345", "第12版", "-", "十二", "12月", "第页", "1-2", "12%", "第12页的字", "一12", "一二一", "12："]
        {
            assert!(!is_foot_number(line), "{line}");
        }
    }

    #[test]
    fn the_quick_check_misses_no_folio() {
        let plain = |body: &str| {
            let fields = || body.split(' ').filter(|w| !w.is_empty());
            let plainly = |w: &&str| is_issue(w) || is_weekday(w);
            fields().all(|w| plainly(&w) || is_date(w) || is_paper_section(w, &BUILT_IN) || is_paper(w, &BUILT_IN))
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
