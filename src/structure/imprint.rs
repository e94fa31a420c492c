//! Reads the imprint of a page: paper, date, weekday, lunar date, number of the issue, number of the page. It reads
//! furniture only, so that a date or a page number in a story is never taken for that of the page.

mod dates;
mod names;
mod pieces;

use crate::vocabulary::BUILT_IN;
use crate::vocabulary::calendar::{BRANCHES, DAYS, LUNAR_DAYS, LUNAR_MONTHS, SHORT_WEEK, STEMS};
use crate::vocabulary::numbers::han_digit;

/// Where a fact of a page was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum FoundIn {
    /// The page prints it.
    #[default]
    Page,
    /// Only the name of the file or folder has it.
    Name,
    /// The page prints it, and the name says the same.
    Both,
}

impl FoundIn {
    /// Whether the page alone says so.
    pub fn is_page(&self) -> bool {
        *self == FoundIn::Page
    }

    /// `page`, `name` or `both`.
    pub const fn as_str(self) -> &'static str {
        match self {
            FoundIn::Page => "page",
            FoundIn::Name => "name",
            FoundIn::Both => "both",
        }
    }
}

/// Name of the paper, date and numbers, as the furniture of a page prints them. A fact that is not printed is `None`.
///
/// ```
/// use qingyang::Imprint;
/// let page = Imprint::read(["澜江日报", "2023年8月18日 星期五 农历癸卯年七月初三 第11082期", "第03版 要闻"]);
/// assert_eq!(page.paper.as_deref(), Some("澜江日报"));
/// assert_eq!(page.date.as_deref(), Some("2023-08-18"));
/// assert_eq!(page.date_printed.as_deref(), Some("2023年8月18日"));
/// assert_eq!(page.lunar.as_deref(), Some("农历癸卯年七月初三"));
/// assert_eq!((page.issue, page.page.as_deref()), (Some(11082), Some("3")));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Imprint {
    /// Name of the paper.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub paper: Option<String>,
    /// How certain the name of the paper is, with three decimals.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub paper_confidence: Option<f64>,
    /// Date in ISO 8601: `2023-08-18`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub date: Option<String>,
    /// How certain the date is, with three decimals: weekday, lunar date and name of the file speak for it or against it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub date_confidence: Option<f64>,
    /// Where the date was found.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "FoundIn::is_page"))]
    pub date_from: FoundIn,
    /// Date as printed: `2023年8月18日`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub date_printed: Option<String>,
    /// Weekday as printed: `星期五`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub weekday: Option<String>,
    /// Date of the lunar calendar as printed: `农历癸卯年七月初三`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub lunar: Option<String>,
    /// Number of the issue.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub issue: Option<u64>,
    /// Number of the issue as printed: `第11082期`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub issue_printed: Option<String>,
    /// Number of the page, without leading zeros: `3`, `A3`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub page: Option<String>,
    /// Where the number of the page was found.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "FoundIn::is_page"))]
    pub page_from: FoundIn,
    /// Number of the page as printed: `第03版`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub page_printed: Option<String>,
}

/// How certain a date is that the page prints as one, without anything that confirms it. Set by hand: of the dates of
/// furniture that are wrong nearly all are those of an event or of the day on which the paper was founded.
const WHOLE_DATE: f64 = 0.95;
/// How certain a date is that was put together from pieces.
const PIECES: f64 = 0.8;
/// How certain a date is that only the name of a file has.
const NAMED_DATE: f64 = 0.9;
/// How certain the name of a paper is that stands once, and that stands in several lines. Set by hand.
const PAPER: [f64; 2] = [0.9, 0.98];
/// How certain the name of a paper is that only the name of its publisher has (澜江日报社). Set by hand.
const PUBLISHER: f64 = 0.7;
/// What is left of a doubt by each fact that agrees, and of the certainty by each that does not. Set by hand.
const AGREES: f64 = 0.2;
const DIFFERS: f64 = 0.4;

/// A certainty after a fact spoke for it or against it.
fn weighed(certainty: f64, agrees: Option<bool>) -> f64 {
    match agrees {
        Some(true) => 1.0 - (1.0 - certainty) * AGREES,
        Some(false) => certainty * DIFFERS,
        None => certainty,
    }
}

/// With three decimals.
fn rounded(certainty: f64) -> f64 {
    (certainty * 1000.0).round() / 1000.0
}

impl Imprint {
    /// Reads lines of furniture. Of each fact the first one counts, but 总第…期 is preferred to 第…期. A date in pieces is
    /// put together; it counts unless its weekday differs.
    pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Imprint {
        let lines: Vec<&str> = lines.into_iter().collect();
        let mut found = Imprint::facts(&lines);
        if let Some(date) = found.date.clone() {
            found.weigh_date(&date, WHOLE_DATE);
        } else if let Some((date, printed)) = pieces::date(&lines)
            && dates::weekday_agrees(&date, found.weekday.as_deref()) != Some(false)
        {
            found.weigh_date(&date, PIECES);
            (found.date, found.date_printed) = (Some(date), Some(printed));
        }
        let named = |name: &str| lines.iter().filter(|line| line.contains(name)).count();
        if let Some(paper) = &found.paper {
            found.paper_confidence = Some(PAPER[usize::from(named(paper) > 1)]);
        } else if let Some(paper) = lines.iter().find_map(|line| publisher(line)) {
            (found.paper, found.paper_confidence) = (Some(paper), Some(PUBLISHER));
        }
        found
    }

    /// How certain a date is: what is printed with it speaks for it or against it.
    fn weigh_date(&mut self, date: &str, certainty: f64) {
        let facts =
            [dates::weekday_agrees(date, self.weekday.as_deref()), dates::lunar_agrees(date, self.lunar.as_deref())];
        self.date_confidence = Some(rounded(facts.into_iter().fold(certainty, weighed)));
    }

    /// Takes what the name of the file and of its folders says: it fills in what the page does not print, and confirms or
    /// weakens what it prints.
    ///
    /// ```
    /// use qingyang::Imprint;
    /// let mut page = Imprint::read(["2023年8月18日"]);
    /// page.take_name("2023-08-18/A01.txt");
    /// assert_eq!((page.date_from.as_str(), page.page.as_deref(), page.page_from.as_str()), ("both", Some("A1"), "name"));
    /// ```
    pub fn take_name(&mut self, name: &str) {
        if let Some(named) = names::date(name) {
            match &self.date {
                None => {
                    self.weigh_date(&named, NAMED_DATE);
                    (self.date, self.date_from) = (Some(named), FoundIn::Name);
                }
                Some(date) => {
                    let same = *date == named;
                    self.date_from = if same { FoundIn::Both } else { FoundIn::Page };
                    self.date_confidence = self.date_confidence.map(|p| rounded(weighed(p, Some(same))));
                }
            }
        }
        if let Some(named) = names::page(name) {
            match &self.page {
                None => (self.page, self.page_from) = (Some(named), FoundIn::Name),
                Some(page) if *page == named => self.page_from = FoundIn::Both,
                Some(_) => {}
            }
        }
    }

    /// Each fact that a line prints as a whole.
    fn facts(lines: &[&str]) -> Imprint {
        let mut found = Imprint::default();
        let mut whole_run = false; // 总第…期 counts from the first issue of the paper, 第…期 may count from January
        for line in lines {
            let line: Vec<char> = line.chars().collect();
            if found.date.is_none()
                && let Some((iso, at)) = date(&line)
            {
                found.date = Some(iso);
                found.date_printed = Some(line[at].iter().collect());
            }
            found.weekday = found.weekday.or_else(|| weekday(&line));
            found.lunar = found.lunar.or_else(|| lunar(&line));
            if !whole_run && let Some((number, printed, whole)) = issue(&line, found.issue.is_none()) {
                found.issue = Some(number);
                found.issue_printed = Some(printed);
                whole_run = whole;
            }
            if found.page.is_none()
                && let Some((page, printed)) = page(&line)
            {
                found.page = Some(page);
                found.page_printed = Some(printed);
            }
            found.paper = found.paper.or_else(|| paper(&line));
        }
        found
    }

    /// Whether the page prints none of these facts.
    pub fn is_empty(&self) -> bool {
        *self == Imprint::default()
    }
}

/// Value of a digit: ASCII, full-width, or Han as in years and pages (二〇二三).
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        'Ｏ' => Some(0),
        _ => han_digit(c),
    }
}

/// The number at the beginning of `text`, of at most `most` characters, and its length: 18, １８, 十八, 二十, 三十一,
/// 二〇二三.
fn number(text: &[char], most: usize) -> Option<(u64, usize)> {
    let taken = text.iter().take(most).take_while(|&&c| digit(c).is_some() || c == '十').count();
    let word = &text[..taken];
    let ten = word.iter().position(|&c| c == '十');
    let value = |w: &[char]| w.iter().try_fold(0u64, |n, &c| Some(n * 10 + u64::from(digit(c)?)));
    let value = match (word, ten) {
        ([], _) => return None,
        (_, None) => value(word)?,
        (_, Some(k)) if k <= 1 && word.len() <= k + 2 => {
            let tens = if k == 0 { 1 } else { value(&word[..1])? };
            tens * 10 + value(&word[k + 1..])?
        }
        _ => return None,
    };
    Some((value, taken))
}

/// Days of a month of the civil calendar.
fn days(year: u64, month: u64) -> u64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Years that the date of a page may have.
const YEARS: std::ops::RangeInclusive<u64> = 1800..=2199;

/// The first date of a line in ISO 8601, and its place. The day on which the paper was founded is skipped.
fn date(line: &[char]) -> Option<(String, std::ops::Range<usize>)> {
    let mut from = 0;
    while from < line.len() {
        let inside = from > 0 && digit(line[from - 1]).is_some();
        match date_at(&line[from..]) {
            Some((iso, taken)) if !inside => {
                let before: String = line[from.saturating_sub(3)..from].iter().collect();
                let after: String = line[from + taken..].iter().take(3).collect();
                if !BUILT_IN.founded.is_in(&before) && !after.contains(['创', '創']) {
                    return Some((iso, from..from + taken));
                }
                from += taken;
            }
            _ => from += 1,
        }
    }
    None
}

fn date_at(text: &[char]) -> Option<(String, usize)> {
    let (year, mut at) = number(text, 4).filter(|&(y, n)| n == 4 && YEARS.contains(&y))?;
    let mut part = |mark: &[char], most: usize| -> Option<(u64, char)> {
        let set = mark.contains(text.get(at)?);
        let sign = *text.get(at)?;
        let (n, taken) = set.then(|| number(&text[at + 1..], most)).flatten()?;
        at += 1 + taken;
        Some((n, sign))
    };
    let (month, sign) = part(&['年', '-', '.', '/'], 3)?;
    let next = if sign == '年' { '月' } else { sign };
    let (day, _) = part(&[next], 3)?;
    if sign == '年' {
        text.get(at).filter(|&&c| c == '日')?;
        at += 1;
    }
    let valid = (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
    valid.then(|| (format!("{year:04}-{month:02}-{day:02}"), at))
}

/// The place of `word` in the line.
fn find(line: &[char], word: &str) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    line.windows(word.len()).position(|w| w == word)
}

fn weekday(line: &[char]) -> Option<String> {
    let day = |c: &char| DAYS.contains(*c);
    let long = BUILT_IN.week.iter().find_map(|w| find(line, w));
    if let Some(at) = long.filter(|&at| line.get(at + 2).is_some_and(day)) {
        return Some(line[at..at + 3].iter().collect());
    }
    // 周五 only as a field of its own, because 周一 also begins names and words.
    let fields = line.split(|c| c.is_whitespace());
    fields.filter(|f| matches!(f, [week, c] if SHORT_WEEK.contains(week) && day(c))).map(|f| f.iter().collect()).next()
}

/// Maximum characters between 农历 and the month: 癸卯年, 癸卯兔年, 癸卯年（兔年）.
const LUNAR_YEAR: usize = 8;

fn lunar(line: &[char]) -> Option<String> {
    let named = BUILT_IN.lunar.iter().find_map(|w| find(line, w));
    let year = || line.windows(2).position(|w| STEMS.contains(w[0]) && BRANCHES.contains(w[1]));
    let start = named.or_else(year)?;
    let head = if named.is_some() { start + 2 } else { start };
    // The year extends to its last 年. Without 农历 there must be a year.
    let window = &line[head..line.len().min(head + LUNAR_YEAR)];
    let end = window.iter().rposition(|&c| c == '年').map(|k| head + k + 1);
    if named.is_none() && end.is_none() {
        return None;
    }
    let mut at = end.unwrap_or(head);
    at += line[at..].iter().take_while(|c| matches!(c, '）' | ')' | ' ' | '：' | ':')).count();
    at += usize::from(matches!(line.get(at), Some('闰' | '閏')));
    let month = line[at..].iter().take(3).take_while(|c| LUNAR_MONTHS.contains(**c)).count();
    at += month;
    if month == 0 || line.get(at) != Some(&'月') {
        return None;
    }
    at += 1;
    at += usize::from(matches!(line.get(at), Some('大' | '小')));
    let day = line[at..].iter().take(3).take_while(|c| LUNAR_DAYS.contains(**c)).count();
    (day > 0).then(|| line[start..at + day].iter().collect())
}

/// The number of the issue, 第11082期 or 总第4127号: its value, as printed, and whether it counts from the paper's first
/// issue. `any` also accepts a number that may count from January.
fn issue(line: &[char], any: bool) -> Option<(u64, String, bool)> {
    let mut first = None;
    for at in (0..line.len()).filter(|&k| line[k] == '第') {
        let Some((number, taken)) = number(&line[at + 1..], 8) else { continue };
        let end = at + 1 + taken;
        if !matches!(line.get(end), Some('期' | '号' | '號')) {
            continue;
        }
        let whole = at > 0 && matches!(line[at - 1], '总' | '總');
        let printed = line[at - usize::from(whole)..=end].iter().collect();
        if whole {
            return Some((number, printed, true));
        }
        if any {
            first = first.or(Some((number, printed, false)));
        }
    }
    first
}

/// The number of the page: 第3版, A03版, 第一版, or A03 as a field of its own. Never 今日8版, which counts pages.
fn page(line: &[char]) -> Option<(String, String)> {
    for end in (0..line.len()).filter(|&k| line[k] == '版') {
        let space = usize::from(end > 0 && line[end - 1] == ' ');
        let word = &line[..end - space];
        let digits = word.iter().rev().take_while(|&&c| digit(c).is_some() || c == '十').count();
        let mut start = word.len() - digits;
        let Some((number, _)) = number(&word[start..], 3).filter(|&(_, n)| n == digits) else { continue };
        let letter = (start > 0 && word[start - 1].is_ascii_uppercase()).then(|| word[start - 1]);
        start -= usize::from(letter.is_some());
        let before = start.checked_sub(1).map(|k| line[k]);
        let called = before == Some('第');
        // 今日8版, 共8版, 本期四版, 今天八版
        let counts = matches!(before, Some('日' | '共' | '期' | '天' | '出' | '、' | '至' | '-' | '—'));
        if number == 0 || !called && (counts || before.is_some_and(|c| c.is_alphanumeric())) {
            continue;
        }
        let printed = line[start - usize::from(called)..=end].iter().collect();
        return Some((letter.map_or_else(|| number.to_string(), |l| format!("{l}{number}")), printed));
    }
    for field in line.split(|c| c.is_whitespace()) {
        if let [letter @ 'A'..='Z', rest @ ..] = field
            && (1..=2).contains(&rest.len())
            && rest.iter().all(char::is_ascii_digit)
            && let Some((n @ 1.., _)) = number(rest, 2)
        {
            return Some((format!("{letter}{n}"), field.iter().collect()));
        }
    }
    None
}

/// The name of the paper: a field of three to ten characters that ends in 报, such as 澜江日报.
fn paper(line: &[char]) -> Option<String> {
    line.split(|c| c.is_whitespace() || matches!(c, '·' | '|' | '｜' | '《' | '》'))
        .filter(|f| (3..=10).contains(&f.len()) && matches!(f.last(), Some('报' | '報')))
        .map(|f| f.iter().collect::<String>())
        .find(|f| !BUILT_IN.no_paper.is_in(f) && !f.chars().any(|c| c.is_ascii_punctuation()))
}

/// The name of the paper in that of its publisher: 主办：澜江日报社.
fn publisher(line: &str) -> Option<String> {
    let name = line.split_once("报社").or_else(|| line.split_once("報社"))?.0;
    let paper = if line.contains("报社") { '报' } else { '報' };
    let name = name.rsplit(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '、' | '·' | '，')).next()?;
    let length = name.chars().count() + 1;
    let name: String = name.chars().chain([paper]).collect();
    ((3..=10).contains(&length) && !BUILT_IN.no_paper.is_in(&name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekday_and_lunar_date_speak_for_a_date_or_against_it() {
        let certainty = |lines: &[&str]| Imprint::read(lines.iter().copied()).date_confidence;
        assert_eq!(certainty(&["2023年8月18日"]), Some(0.95));
        assert_eq!(certainty(&["2023年8月18日 星期五"]), Some(0.99));
        assert_eq!(certainty(&["2023年8月18日 星期五", "农历癸卯年七月初三"]), Some(0.998));
        assert_eq!(certainty(&["2023年8月18日 星期四"]), Some(0.38));
        assert_eq!(certainty(&["18", "2023年8月", "星期五"]), Some(0.96));
        assert_eq!(certainty(&["18", "2023年8月", "星期四"]), None);
        assert_eq!(certainty(&["第3版"]), None);
    }

    #[test]
    fn a_paper_is_named_by_its_masthead_or_by_its_publisher() {
        let paper = |lines: &[&str]| {
            let found = Imprint::read(lines.iter().copied());
            found.paper.zip(found.paper_confidence)
        };
        assert_eq!(paper(&["澜江日报"]), Some(("澜江日报".into(), 0.9)));
        assert_eq!(paper(&["澜江日报", "澜江日报 第3版"]), Some(("澜江日报".into(), 0.98)));
        assert_eq!(paper(&["主办：澜江日报社 地址：新桥路1号"]), Some(("澜江日报".into(), 0.7)));
        assert_eq!(paper(&["本报社址：新桥路1号"]), None);
    }

    #[test]
    fn a_name_fills_in_confirms_or_weakens() {
        let with = |line: &str, name: &str| {
            let mut found = Imprint::read([line]);
            found.take_name(name);
            (found.date.unwrap_or_default(), found.date_confidence, found.date_from, found.page_from)
        };
        let date = || "2023-08-18".to_string();
        assert_eq!(with("第3版", "2023-08-18/03.txt"), (date(), Some(0.9), FoundIn::Name, FoundIn::Both));
        assert_eq!(with("2023年8月18日", "20230818.txt"), (date(), Some(0.99), FoundIn::Both, FoundIn::Page));
        assert_eq!(with("2023年8月18日", "20230819.txt"), (date(), Some(0.38), FoundIn::Page, FoundIn::Page));
        assert_eq!(with("2023年8月18日", "page.txt"), (date(), Some(0.95), FoundIn::Page, FoundIn::Page));
    }

    fn dates(line: &str) -> Option<String> {
        Imprint::read([line]).date
    }

    #[test]
    fn dates_are_read_in_all_common_forms() {
        for line in [
            "2023年8月18日 星期五",
            "２０２３年８月１８日",
            "二〇二三年八月十八日",
            "二○二三年八月十八日星期五",
            "2023-08-18",
            "2023.8.18 A03 要闻",
            "创刊于1985年1月1日 2023年8月18日",
        ] {
            assert_eq!(dates(line).as_deref(), Some("2023-08-18"), "{line}");
        }
        assert_eq!(dates("二〇二四年二月二十九日").as_deref(), Some("2024-02-29"));
        assert_eq!(dates("二〇二三年十月三十一日").as_deref(), Some("2023-10-31"));
    }

    #[test]
    fn invalid_and_founding_dates_are_not_read() {
        for line in
            ["2023年2月29日", "2023年13月1日", "12023年8月18日", "8月18日", "CN 14-0033", "1985年1月1日创刊", ""]
        {
            assert_eq!(dates(line), None, "{line}");
        }
    }

    #[test]
    fn a_page_number_is_read_and_a_count_of_pages_is_not() {
        let page = |line: &str| Imprint::read([line]).page;
        for (line, number) in [
            ("第3版 要闻", "3"),
            ("03版", "3"),
            ("A03 要闻", "A3"),
            ("A12版", "A12"),
            ("第一版", "1"),
            ("第十二版", "12"),
            ("要闻 2 版", "2"),
            ("今日8版 第1版", "1"),
        ] {
            assert_eq!(page(line).as_deref(), Some(number), "{line}");
        }
        for line in ["今日8版", "今日四版", "本期共12版", "版式 何苗", "1—4版", "G307国道"] {
            assert_eq!(page(line), None, "{line}");
        }
    }

    #[test]
    fn an_issue_number_of_the_whole_run_is_preferred_to_one_of_the_year() {
        let issue = |lines: &[&str]| {
            let i = Imprint::read(lines.iter().copied());
            (i.issue, i.issue_printed)
        };
        assert_eq!(issue(&["第35期", "总第4127期"]), (Some(4127), Some("总第4127期".into())));
        assert_eq!(issue(&["第11082期 今日8版"]), (Some(11082), Some("第11082期".into())));
        assert_eq!(issue(&["第３号"]), (Some(3), Some("第３号".into())));
        assert_eq!(issue(&["第3版"]), (None, None));
    }

    #[test]
    fn lunar_dates_are_returned_as_printed() {
        let lunar = |line: &str| Imprint::read([line]).lunar;
        for (line, printed) in [
            ("2023年8月18日 星期五 农历癸卯年七月初三 第11082期", "农历癸卯年七月初三"),
            ("农历七月初三", "农历七月初三"),
            ("癸卯年闰二月廿一 今日4版", "癸卯年闰二月廿一"),
            ("農曆癸卯年(兔年)十二月三十", "農曆癸卯年(兔年)十二月三十"),
            ("农历癸卯年腊月廿三日", "农历癸卯年腊月廿三"),
        ] {
            assert_eq!(lunar(line).as_deref(), Some(printed), "{line}");
        }
        assert_eq!(lunar("农历 新年"), None);
        assert_eq!(lunar("2023年8月18日"), None);
    }

    #[test]
    fn a_name_of_a_paper_is_read_and_a_description_is_not() {
        let paper = |line: &str| Imprint::read([line]).paper;
        assert_eq!(paper("澜江日报 第3版").as_deref(), Some("澜江日报"));
        assert_eq!(paper("桥头都市报").as_deref(), Some("桥头都市报"));
        for line in ["中共澜江市委机关报", "今日本报8版", "责任编辑 何苗"] {
            assert_eq!(paper(line), None, "{line}");
        }
    }

    #[test]
    fn a_short_weekday_must_be_a_field_of_its_own() {
        let weekday = |line: &str| Imprint::read([line]).weekday;
        assert_eq!(weekday("2023年8月18日星期五").as_deref(), Some("星期五"));
        assert_eq!(weekday("2023年8月18日 周五").as_deref(), Some("周五"));
        assert_eq!(weekday("周一平 何苗"), None);
    }
}
