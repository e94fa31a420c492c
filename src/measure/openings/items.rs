//! The items of lists and the lines of labels: what they begin with, and which of them have others near them.

use super::around::{LIST_ENDS, OPEN_ENDS, begins_below};
use crate::measure::class::{Class, class_of};
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::text::han_set::HanSet;
use crate::text::width::{is_han, narrow};
use crate::vocabulary::BUILT_IN;
use crate::vocabulary::cues::Cue;
use crate::vocabulary::numbers::{UNITS as UNITS_OF_NUMBERS, han_number, is_numeral};

/// Lines between two items of one list, at most.
const ITEM_LINES: usize = 6;
/// Lines between what two people say, at most: an answer may be long.
const SPEAKER_LINES: usize = 24;

/// What a line begins with, if a list or a table may begin so. Signs are their own kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    kind: char,
    /// Its number in the list; 0 if it has none.
    number: u16,
    /// Whether a gap sets off the words that stand behind its sign: ■桥头镇 昨日….
    led: bool,
}

impl Head {
    fn new(kind: char, number: u16) -> Head {
        Head { kind, number, led: false }
    }
}

/// The lines with a head, in order. The memory is kept from page to page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heads {
    pub(super) heads: Vec<(usize, Head)>,
    /// The [hints](super::hints) of each line.
    pub(super) hints: Vec<u8>,
    /// The lines that the hints leave, and those of them that a quick test leaves.
    pub(super) hinted: Vec<usize>,
    pub(super) places: Vec<usize>,
}

/// The kinds of heads that are no signs.
const BRACKET: char = ')';
const STEM: char = '甲';
const NAMED: char = '其';
const DAY: char = '日';
const DATE: char = '月';
const TIME: char = ':';
/// A time that a comma follows, as in a chronicle: 09:40，. It may stand inside a sentence, too.
const TIME_OF_CLAUSE: char = '，';
const LABEL: char = '：';
/// A number with its unit and a colon: 5000元：, 8路：.
const COUNTED: char = '元';
/// The page on which something stands: 5版 渠首的早晨.
const PAGE: char = '版';
/// The section and page on which something stands: A12 港聞 渡輪加價.
const SECTION: char = 'A';
/// A title that a gap sets off from what is said of it.
const TITLE: char = '《';
/// One Han and a colon: 王：.
const SPEAKER: char = '王';
const FIGURE: char = '图';
const NUMBERED: char = '1';
/// A word that a gap sets off from its text: 清水县 昨日…. In place of a number it has its glyphs.
const LEAD: char = ' ';

/// What a number counts: 3 月 is no head.
static UNITS: HanSet = HanSet::of(UNITS_OF_NUMBERS);

/// Whether a line may begin with a head: most begin with Han and have no cue.
#[inline]
pub(super) fn may_have_head(line: &Line) -> bool {
    const SIGNS: u32 = Class::set(&[Class::Dash, Class::Bullet, Class::Other, Class::Digit, Class::Ellipsis]);
    static HAN: HanSet = HanSet::of(HAN_OF_HEADS);
    line.first.is_in(SIGNS)
        | (line.cue as u8 == Cue::Deck as u8)
        | HAN.has(line.first_char)
        | line.label
        | line.speaker
        | (line.spaced > 0) & (line.first == Class::Han)
        | (line.first_char == '《') & line.parted
        | matches!(line.first_char, '【' | 'A'..='Z' | 'Ａ'..='Ｚ')
        | may_be_lead(line)
        | line.parted & matches!(line.first_char, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Whether the only space of a line may set off the word that it begins with.
#[inline]
fn may_be_lead(line: &Line) -> bool {
    let spaces = line.gaps.max(line.loose) + line.quarters + line.spaced;
    line.parted & (line.first == Class::Han) & (spaces == 1) & (line.late_gaps == 0) & (line.glyphs >= 7)
}

/// The glyphs of the word that the only space of a line sets off, if it is short and the rest is text.
fn lead(body: &str) -> Option<u16> {
    const LONGEST: usize = 6;
    let (word, rest) = body.split_once(' ')?;
    let glyphs = word.chars().take(LONGEST + 1).count();
    let text = rest.trim_start_matches(' ').chars().take(glyphs + 4).count() >= glyphs + 4;
    (glyphs <= LONGEST && word.chars().all(is_han) && text && !rest.trim_start_matches(' ').contains(' '))
        .then_some(glyphs as u16)
}

/// Whether some Han behind the sign of an item are set off by a gap, the only one between Han.
fn has_lead(item: &str) -> bool {
    const GLYPHS: std::ops::RangeInclusive<usize> = 2..=8;
    item.split_once(' ').is_some_and(|(word, rest)| {
        GLYPHS.contains(&word.chars().take(GLYPHS.end() + 1).count()) && word.chars().all(is_han) && is_text(rest)
    })
}

/// Whether text stands behind the gap that sets off what an item begins with: some glyphs, with no gap between Han.
fn is_text(behind: &str) -> bool {
    const SHORTEST: usize = 6; // glyphs
    let text = behind.trim_start_matches(' ');
    let is_field =
        |(at, _): (usize, &str)| text[..at].ends_with(is_han) && text[at..].trim_start_matches(' ').starts_with(is_han);
    text.starts_with(is_han) && text.chars().nth(SHORTEST).is_some() && !text.match_indices(' ').any(is_field)
}

/// Whether a text begins with Han behind spaces, and not with the unit of a number.
fn counts(rest: &str) -> bool {
    rest.trim_start_matches(' ').chars().next().is_some_and(|c| is_han(c) && !UNITS.has(c))
}

/// Whether a day goes on as an aside and a colon: 日（星期六）：.
fn is_aside_of_label(rest: &str) -> bool {
    rest.char_indices()
        .take(10)
        .any(|(at, c)| matches!(c, '）' | ')') && rest[at + c.len_utf8()..].starts_with(['：', ':', ' ']))
}

/// Whether a number goes on as the second one of a short date, set off by a space: /12 .
fn is_short_date(rest: &str) -> bool {
    let day = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
    day <= 2 && rest[1 + day..].starts_with(' ')
}

/// Han that a head begins with and that no label needs.
pub(super) const HAN_OF_HEADS: &str = "甲乙丙丁戊己其图圖";

/// The stems that number items: 甲、, 乙、.
pub(super) const ITEM_STEMS: &str = "甲乙丙丁戊己";

/// The head of a line.
pub(super) fn head_of(body: &str) -> Option<Head> {
    let mut chars = body.chars();
    let first = chars.next()?;
    let next = chars.next()?;
    let head = |kind, number| Some(Head::new(kind, number));
    match first {
        '—' => (next == '—').then_some(Head::new('—', 0)),
        '-' | '–' | '－' | '*' | '＊' | '+' | '#' => {
            (next == ' ' || is_han(next) || next == first).then_some(Head::new(first, 0))
        }
        '>' | '»' | '→' | '⇒' | '➢' | '✓' | '√' | '✔' | '☐' | '□' | '△' | '▽' | '•' | '·' | '・' | '◦' => {
            head(first, 0)
        }
        '0'..='9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            let mut after = body[digits..].chars();
            match (after.next()?, after.next()) {
                ('）' | ')', _) if digits <= 2 => head(BRACKET, body[..digits].parse().unwrap_or(0)),
                ('日', Some('：' | ':' | ' ')) if digits <= 2 => head(DAY, 0),
                ('日', Some('（' | '(')) if digits <= 2 && is_aside_of_label(&body[digits..]) => head(DAY, 0),
                ('/' | '-', Some('0'..='9')) if digits <= 2 && is_short_date(&body[digits..]) => head(DATE, 0),
                ('版', Some(' ')) if digits <= 2 => head(PAGE, 0),
                _ if is_counted_label(&body[digits..]) => head(COUNTED, 0),
                (' ', _) if digits <= 2 && counts(&body[digits..]) => {
                    head(NUMBERED, body[..digits].parse().unwrap_or(0))
                }
                ('月' | '年', _) if is_date(&body[digits..]) => head(DATE, 0),
                (':' | '：', Some('0'..='5')) if digits <= 2 => {
                    time_of(&body[digits..]).map(|kind| Head::new(kind, 0))
                }
                _ => None,
            }
        }
        // 图① 村口的新桥
        '图' | '圖' if matches!(next, '①'..='⑳') => head(FIGURE, (next as u32 - '①' as u32) as u16 + 1),
        '甲' | '乙' | '丙' | '丁' | '戊' | '己' if matches!(next, '、' | '．') => {
            head(STEM, ITEM_STEMS.chars().position(|c| c == first).map_or(0, |k| k as u16 + 1))
        }
        '其' if is_numeral(next) && matches!(chars.next(), Some('，' | '、' | '：' | ',')) => {
            head(NAMED, "一二三四五六七八九十".chars().position(|c| c == next).map_or(0, |k| k as u16 + 1))
        }
        'A'..='Z' | 'Ａ'..='Ｚ' => section_page(body).and_then(|number| head(SECTION, number)),
        '【' => body.chars().take(LONGEST_LABEL + 2).any(|c| c == '】').then_some(Head::new(first, 0)),
        // 一 渠首的早晨
        c if is_numeral(c) && next == ' ' && counts(&body[c.len_utf8()..]) => {
            head(NUMBERED, han_number(body).map_or(0, |(n, _)| n as u16))
        }
        c if is_han(c) && matches!(next, '：' | ':') => head(SPEAKER, 0),
        c if is_han(c) && is_label(body) => head(LABEL, 0),
        c if is_han(c) => lead(body).map(|glyphs| Head::new(LEAD, glyphs)),
        c if class_of(c) == Class::Bullet && !matches!(c, '①'..='⑳' | '㈠'..='㈩' | '⑴'..='⒇') => {
            Some(Head { led: has_lead(&body[c.len_utf8()..]), ..Head::new(c, 0) })
        }
        TITLE => {
            let behind = &body[body.find('》')? + '》'.len_utf8()..];
            (behind.starts_with(' ') && is_text(behind)).then_some(Head { led: true, ..Head::new(first, 0) })
        }
        _ => None,
    }
}

/// The number of a page among those of all sections, if a line begins with the section and its page, and Han follow: A12 港聞.
fn section_page(body: &str) -> Option<u16> {
    const PAGES: u32 = 100; // of a section, at most
    let mut chars = body.chars().map(narrow);
    let section = u32::from(chars.next()?) - u32::from('A');
    let number: u32 =
        chars.clone().map_while(|c| c.to_digit(10)).take(3).try_fold(0, |n, d| (n < PAGES).then_some(10 * n + d))?;
    let rest = &body[body.find(|c| narrow(c).is_ascii_digit())?..];
    let rest = rest.trim_start_matches(|c| narrow(c).is_ascii_digit());
    ((1..PAGES).contains(&number) && counts(rest)).then_some((section * PAGES + number) as u16)
}

/// The kind of head that a time is, if minutes and no more digits follow its hours.
fn time_of(rest: &str) -> Option<char> {
    let minutes = rest.chars().skip(1).take_while(char::is_ascii_digit).count();
    let is_clause = matches!(rest.chars().nth(minutes + 1), Some('，' | ','));
    (minutes == 2).then_some(if is_clause { TIME_OF_CLAUSE } else { TIME })
}

/// Whether a line goes on as a date that a space or a colon sets off: 月12日 . A year may stand alone, or with its month: 年 , 年2月 .
fn is_date(rest: &str) -> bool {
    let month = rest.strip_prefix('年').map(|month| month.trim_start_matches(|c: char| c.is_ascii_digit()));
    if month.is_some_and(|month| month.strip_prefix('月').unwrap_or(month).starts_with(' ')) {
        return true;
    }
    let date = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '月'));
    let parts = ["上午", "下午", "晚上", "凌晨", "中午", "晚"];
    let day = date.strip_prefix('日').map(|s| parts.iter().find_map(|p| s.strip_prefix(p)).unwrap_or(s));
    day.is_some_and(|s| s.starts_with([' ', '：', ':'])) && rest.len() - date.len() <= 14
}

/// Whether a number goes on as its unit and a colon, with a space between perhaps: 元：, 岁以上：.
fn is_counted_label(rest: &str) -> bool {
    const LONGEST: usize = 3; // Han of the unit
    let unit = rest.trim_start_matches(' ');
    let behind = unit.trim_start_matches(is_han);
    (1..=LONGEST).contains(&unit[..unit.len() - behind.len()].chars().count()) && behind.starts_with(['：', ':'])
}

/// Han of the longest label.
const LONGEST_LABEL: usize = 9;

/// Whether a line begins with a label of some Han and a colon, and nobody speaks behind it.
fn is_label(body: &str) -> bool {
    let Some((label, value)) = split_at_colon(body) else { return false };
    // 招标人（盖章）：
    let label =
        label.strip_suffix(['）', ')']).and_then(|l| l.rsplit_once(['（', '('])).map_or(label, |(label, _)| label);
    // 生 产 日 期 ：
    let n = label.chars().filter(|&c| c != ' ').take(LONGEST_LABEL + 1).count();
    let says = || BUILT_IN.says.ends(label) && !BUILT_IN.says_not.ends(label) || BUILT_IN.tells.ends(label);
    let reports = || says() || REPORTS.iter().any(|word| label.ends_with(word));
    (2..=LONGEST_LABEL).contains(&n)
        && label.chars().all(|c| is_han(c) || c == ' ')
        && !value.starts_with(['“', '「'])
        && !reports()
}

/// What stands before the first colon of either width, and behind it.
fn split_at_colon(body: &str) -> Option<(&str, &str)> {
    const WIDE: &[u8] = "：".as_bytes();
    let bytes = body.as_bytes();
    let mut colons = memchr::memchr2_iter(b':', WIDE[0], bytes);
    let at = colons.find(|&at| bytes[at] == b':' || bytes[at..].starts_with(WIDE))?;
    let behind = at + if bytes[at] == b':' { 1 } else { WIDE.len() };
    Some((&body[..at], &body[behind..]))
}

/// What a clause ends in that announces another one inside a sentence.
const REPORTS: [&str; 14] =
    ["要求", "认为", "認為", "提出", "例如", "比如", "包括", "规定", "規定", "决定", "決定", "明确", "明確", "来说"];

/// Whether three labels stand near each other, and no word binds the line to the one above: a form.
fn in_form(heads: &[(usize, Head)], k: usize, bond: u8) -> bool {
    bond <= 2 && near_heads(heads, k) >= 3
}

/// How many heads of one kind stand near each other, among the two before and the two behind one of them.
fn near_heads(heads: &[(usize, Head)], k: usize) -> usize {
    let (line, head) = heads[k];
    let near = heads[k.saturating_sub(2)..(k + 3).min(heads.len())].iter();
    near.filter(|(j, other)| other.kind == head.kind && j.abs_diff(line) <= ITEM_LINES).count()
}

/// Marks the questions that begin below the last answer of the one before: `2.` below `C.`.
pub(super) fn find_questions(lines: &mut [Line], hinted: &[usize]) {
    for &i in hinted {
        let (above, line) = (&lines[i - 1], &lines[i]);
        let numbered = (above.cue == Cue::Number) & (line.cue == Cue::Number);
        let is_question = (above.first == Class::Latin) & (line.first == Class::Digit) & !above.last.is_in(OPEN_ENDS);
        if numbered & is_question & (line.opening == Opening::None) {
            lines[i].opening = Opening::Item;
        }
    }
}

/// Marks the items among the lines with heads: those near another one of their kind.
pub(super) fn find_items(lines: &mut [Line], heads: &[(usize, Head)]) {
    for (k, &(i, head)) in heads.iter().enumerate() {
        let above = i.checked_sub(1).map_or(Line::BEYOND_PAGE, |above| lines[above]);
        let alike = |other: Head| other.kind == head.kind && (head.kind != LEAD || other.number == head.number);
        let reach = if head.kind == SPEAKER { SPEAKER_LINES } else { ITEM_LINES };
        let near = |&&(j, other): &&(usize, Head)| alike(other) && j.abs_diff(i) <= reach;
        let before = heads[..k].iter().rev().take(ITEM_LINES).find(near);
        let after = heads[k + 1..].iter().take(ITEM_LINES).find(near);
        let unnumbered = head.number == 0 || head.kind == LEAD;
        let next =
            |a: Head, b: Head| unnumbered || a.number + 1 == b.number || head.kind == SECTION && a.number < b.number;
        let follows = before.is_some_and(|b| next(b.1, head));
        let leads = after.is_some_and(|a| next(head, a.1));
        if !follows && !leads {
            continue;
        }
        let beside = before.is_some_and(|b| b.0 + 1 == i);
        let ends = begins_below(&above, &lines[i]);
        let goes_on = above.last.is_in(OPEN_ENDS);
        let opening = match head.kind {
            LABEL if beside && !goes_on => Opening::Label,
            LABEL if ends || !goes_on && in_form(heads, k, above.bond) => Opening::Label,
            LABEL => continue,
            // 他笑着对我说⏎道：
            SPEAKER if above.last.is_in(LIST_ENDS) => Opening::Item,
            SPEAKER => continue,
            LEAD if ends || beside && !goes_on && above.bond <= 2 => {
                lines[i].led = true;
                Opening::Item
            }
            LEAD => continue,
            PAGE if ends || beside && !goes_on => Opening::Row,
            PAGE => continue,
            SECTION if !goes_on && near_heads(heads, k) >= 3 => Opening::Row,
            SECTION => continue,
            TIME_OF_CLAUSE if !ends && near_heads(heads, k) < 3 => continue,
            // 《守闸人》 清水影城 9月12日19:30
            TITLE if lines[i].opening != Opening::None => continue,
            // A sign that others have, too: also below an item that ends without a mark.
            // No wrapped line begins so.
            '>' | '»' | '【' => Opening::Item,
            _ if ends || beside && !goes_on || head.number > 0 && !goes_on => Opening::Item,
            _ => continue,
        };
        lines[i].opening = opening;
        lines[i].led |= head.kind == NUMBERED || head.led && [before, after].iter().flatten().any(|other| other.1.led);
        // The last caption of figures, short and without a mark: the text goes on below it.
        let short = (lines[i].marks == 0) & (lines[i].last == Class::Han);
        if head.kind == FIGURE
            && let Some(below) = lines.get(i + 1)
            && short & (u32::from(lines[i].width) * 2 <= u32::from(below.width))
        {
            lines[i + 1].opening = Opening::AfterRow;
        }
    }
}
