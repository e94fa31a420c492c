//! What the text of a line, beside the texts of its neighbours, says of the break above it: an item among items, a row among
//! rows, a folio below a sentence that the page cuts, a rule of signs. Only evidence that a reader would take for certain or
//! nearly so is read here; the rest is for the model.

use super::class::{Class, class_of};
use super::folio::is_foot_number;
use super::line::Line;
use super::opening::Opening;
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::Cue;
use crate::vocabulary::numbers::is_numeral;
use crate::vocabulary::senders::SENT;
use crate::vocabulary::surnames::is_surname;

/// Lines between two items of one list, at most.
const ITEM_LINES: usize = 6;

/// Lines at the edge of a page that may be its folio or running foot.
const EDGE: usize = 2;

/// What a line begins with, if a list or a table may begin so. Signs are their own kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    kind: char,
    /// Its number in the list; 0 if it has none.
    number: u16,
}

/// The kinds of heads that are no signs.
const BRACKET: char = ')';
const STEM: char = '甲';
const NAMED: char = '其';
const DAY: char = '日';
const DATE: char = '月';
const TIME: char = ':';
const LABEL: char = '：';

/// The buffers of [`find`].
#[derive(Debug, Clone, Default)]
pub(super) struct Heads {
    /// The lines with a head, in order.
    heads: Vec<(usize, Head)>,
}

/// Sets the opening of each line. `strewn` tells that the page's spaces separate nothing.
pub(super) fn find(text: &str, lines: &mut [Line], strewn: bool, heads: &mut Heads, words: &Vocabulary) {
    let Heads { heads } = heads;
    heads.clear();
    let body = |line: &Line| &text[line.start as usize..line.end as usize];
    for line in lines.iter_mut() {
        let numbered = (line.last == Class::Digit) | (line.last == Class::CloseBracket);
        line.contents = numbered && ends_contents_row(body(line));
    }
    for i in 0..lines.len() {
        let line = &lines[i];
        if let Some(head) = may_have_head(line).then(|| head_of(body(line), line)).flatten() {
            heads.push((i, head));
        }
        let above = i.checked_sub(1).map(|above| lines[above]);
        let before = i.checked_sub(2).map(|before| lines[before]);
        let below = lines.get(i + 1).copied();
        let opening = opening_of(text, before.as_ref(), above.as_ref(), line, below.as_ref(), words);
        lines[i].opening = if strewn && opening == Opening::Row { Opening::None } else { opening };
    }
    find_items(lines, heads);
    find_rules(text, lines);
    find_feet(text, lines);
}

/// Whether a line may begin with a head: most begin with Han and have no cue.
#[inline]
fn may_have_head(line: &Line) -> bool {
    const SIGNS: u32 = Class::set(&[Class::Dash, Class::Bullet, Class::Other, Class::Digit, Class::Ellipsis]);
    line.first.is_in(SIGNS)
        | (line.cue == Cue::Deck)
        | matches!(line.first_char, '甲' | '乙' | '丙' | '丁' | '戊' | '己' | '其')
        | line.label
}

/// The head of a line.
fn head_of(body: &str, line: &Line) -> Option<Head> {
    let mut chars = body.chars();
    let first = chars.next()?;
    let next = chars.next()?;
    let head = |kind, number| Some(Head { kind, number });
    match first {
        '—' => (next == '—').then_some(Head { kind: '—', number: 0 }),
        '-' | '–' | '－' | '*' | '＊' | '+' | '#' => {
            (next == ' ' || is_han(next) || next == first).then_some(Head { kind: first, number: 0 })
        }
        '>' | '»' | '→' | '⇒' | '➢' | '✓' | '√' | '✔' | '☐' | '□' | '△' | '▽' | '•' | '·' | '・' | '◦' => {
            head(first, 0)
        }
        '0'..='9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            let number = body[..digits].parse().unwrap_or(0);
            let mut after = body[digits..].chars();
            match (after.next()?, after.next()) {
                ('）' | ')', _) if digits <= 2 => head(BRACKET, number),
                ('日', Some('：' | ':' | ' ')) if digits <= 2 => head(DAY, 0),
                ('月' | '年', _) if is_date(&body[digits..]) => head(DATE, 0),
                (':' | '：', Some('0'..='5')) if digits <= 2 && is_time(&body[digits..]) => head(TIME, 0),
                _ => None,
            }
        }
        '甲' | '乙' | '丙' | '丁' | '戊' | '己' if matches!(next, '、' | '．') => {
            head(STEM, "甲乙丙丁戊己".chars().position(|c| c == first).map_or(0, |k| k as u16 + 1))
        }
        '其' if is_numeral(next) && matches!(chars.next(), Some('，' | '、' | '：' | ',')) => {
            head(NAMED, "一二三四五六七八九十".chars().position(|c| c == next).map_or(0, |k| k as u16 + 1))
        }
        c if is_han(c) && is_label(body, line) => head(LABEL, 0),
        c if class_of(c) == Class::Bullet && !matches!(c, '①'..='⑳' | '㈠'..='㈩' | '⑴'..='⒇') => head(c, 0),
        _ => None,
    }
}

/// Whether what follows the hours is minutes and no more digits.
fn is_time(rest: &str) -> bool {
    let minutes = rest.chars().skip(1).take_while(char::is_ascii_digit).count();
    minutes == 2
}

/// Whether a line goes on as a date that a space or a colon sets off: 月12日 .
fn is_date(rest: &str) -> bool {
    let date = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '月'));
    date.strip_prefix('日').is_some_and(|s| s.starts_with([' ', '：', ':'])) && rest.len() - date.len() <= 14
}

/// Han of the longest label.
const LONGEST_LABEL: usize = 9;

/// Whether a line begins with a label of some Han and a colon, and nobody speaks behind it.
fn is_label(body: &str, line: &Line) -> bool {
    if !line.label {
        return false;
    }
    let Some((label, value)) = body.split_once(['：', ':']) else { return false };
    let n = label.chars().count();
    (2..=LONGEST_LABEL).contains(&n) && label.chars().all(is_han) && !value.starts_with(['“', '「'])
}

/// Marks after which a list may begin or go on.
const LIST_ENDS: u32 =
    Class::set(&[Class::Stop, Class::ClosedStop, Class::Colon, Class::Semicolon, Class::Ellipsis, Class::CloseBracket]);
/// Marks after which nothing begins.
const OPEN_ENDS: u32 =
    Class::set(&[Class::Comma, Class::Enumeration, Class::OpenBracket, Class::OpenQuote, Class::Dash]);

/// Whether a list or a table may begin below a line: it ends in a mark that allows it, or is a heading, short and without a
/// mark.
fn begins_below(above: &Line, line: &Line) -> bool {
    let heading = (above.marks == 0) & (u32::from(above.width) * 2 <= u32::from(line.width));
    above.last.is_in(LIST_ENDS) | heading & !above.last.is_in(OPEN_ENDS)
}

/// Marks the items among the lines with heads: those near another one of their kind.
fn find_items(lines: &mut [Line], heads: &[(usize, Head)]) {
    for (k, &(i, head)) in heads.iter().enumerate() {
        let above = i.checked_sub(1).map_or(Line::BEYOND_PAGE, |above| lines[above]);
        let near = |&&(j, other): &&(usize, Head)| other.kind == head.kind && j.abs_diff(i) <= ITEM_LINES;
        let before = heads[..k].iter().rev().take(ITEM_LINES).find(near);
        let after = heads[k + 1..].iter().take(ITEM_LINES).find(near);
        let follows = before.is_some_and(|b| head.number == 0 || b.1.number + 1 == head.number);
        let leads = after.is_some_and(|a| head.number == 0 || a.1.number == head.number + 1);
        if !follows && !leads {
            continue;
        }
        let beside = before.is_some_and(|b| b.0 + 1 == i);
        let ends = begins_below(&above, &lines[i]);
        let goes_on = above.last.is_in(OPEN_ENDS);
        let opening = match head.kind {
            LABEL if beside && !goes_on => Opening::Label,
            LABEL if ends => Opening::Label,
            LABEL => continue,
            // A sign that others have, too: also below an item that ends without a mark.
            // No wrapped line begins so.
            '>' | '»' => Opening::Item,
            _ if ends || beside && !goes_on || head.number > 0 && !goes_on => Opening::Item,
            _ => continue,
        };
        lines[i].opening = opening;
    }
}

/// The opening that a line has by itself and the lines above it.
#[inline]
fn opening_of(
    text: &str,
    before: Option<&Line>,
    above: Option<&Line>,
    line: &Line,
    below: Option<&Line>,
    words: &Vocabulary,
) -> Opening {
    let Some(above) = above else { return Opening::None };
    let body = |line: &Line| &text[line.start as usize..line.end as usize];
    // Each condition is a cheap one; hardly a line passes any.
    if may_open_story(line) && !above.last.is_in(OPEN_ENDS) && opens_story(body(line), words) {
        return Opening::Story;
    }
    if above.contents && !matches!(line.first_char, '版' | '页' | '頁') {
        return Opening::AfterRow;
    }
    if line.glyphs <= NOTICE
        && line.plain
        && !above.last.is_in(OPEN_ENDS)
        && NOTICES.iter().any(|n| body(line).ends_with(n))
    {
        return Opening::Story;
    }
    if line.first == Class::Bullet && is_note_mark(body(line)) {
        return Opening::NoteMark;
    }
    let quoted = (above.last == Class::ClosedStop) | (above.last == Class::CloseQuote);
    let full = before.is_none_or(|b| above.width + FULL_EM >= b.width);
    if quoted && full && line.glyphs <= SPEECH && line.last == Class::Stop && is_speech(body(line), words) {
        return Opening::Speech;
    }
    if line.cue == Cue::Deck && above.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop])) {
        return Opening::Source;
    }
    if above.glyphs == 1 && above.last == Class::Han && is_drop_cap(before, line, below) {
        return Opening::DropCap;
    }
    if above.last == Class::Digit && line.first == Class::Han && ends_in_telephone(body(above), words) {
        return Opening::AfterValue;
    }
    // The row is open: the row above it ends in a field that it has not yet.
    let open_row =
        (above.cue == Cue::Number) & (above.gaps >= 2) & (above.last == Class::Han) & (line.cue == Cue::None);
    if line.first == Class::Digit
        && open_row
        && u32::from(line.glyphs) * 2 < u32::from(above.glyphs)
        && before.is_some_and(|b| b.cue == Cue::Number && b.last == line.last)
    {
        return Opening::Value;
    }
    if line.first == Class::Digit && asks_for_value(body(above), above, body(line), words) {
        return Opening::Value;
    }
    let gaps = |l: &Line| l.gaps.saturating_add(l.quarters);
    let rows = |a: &Line, b: &Line| {
        (a.gaps >= 1) & (b.gaps >= 1) & (gaps(b) >= 2) & (gaps(a).abs_diff(gaps(b)) <= 1) & (a.open == 0)
    };
    let titles =
        |a: &Line, b: &Line| (b.first == Class::OpenBracket) & a.parted & b.parted & (a.first_char == b.first_char);
    let asides = line.bracketed & line.parted & above.bracketed & above.parted & (line.marks + above.marks == 0);
    if asides && is_roster(body(above)) && is_roster(body(line)) {
        return Opening::Row;
    }
    if (rows(above, line) || titles(above, line)) && same_fields(body(above), above, body(line), line) {
        return Opening::Row;
    }
    // The first row, below its heading.
    let first = |b: &&Line| (rows(line, b) || titles(line, b)) && begins_below(above, line);
    if below.filter(first).is_some_and(|b| same_fields(body(line), line, body(b), b)) {
        return Opening::Row;
    }
    // An entry that takes two lines: nothing of a row is on its first one, and it is no short heading.
    if line.contents
        && above.last == Class::Han
        && before.is_some_and(|b| b.contents)
        && u32::from(above.width) * 10 >= 6 * u32::from(line.width)
    {
        return Opening::RestOfRow;
    }
    Opening::None
}

/// Whether a line may open a story: by its cue, or as 本报清水9月12日讯 does.
#[inline]
fn may_open_story(line: &Line) -> bool {
    matches!(line.cue, Cue::News | Cue::Wire) | (line.first_char == '本')
}

/// What the title of a small notice ends in, and no line of a sentence.
const NOTICES: [&str; 3] = ["启事", "啟事", "啓事"];

/// Glyphs of the longest title of a notice.
const NOTICE: u16 = 8;

/// Half-widths by which a full line may be short of the line above it.
const FULL_EM: u16 = 4;

/// Glyphs of the longest clause that only says who spoke.
const SPEECH: u16 = 16;

/// Whether a line opens a story in the name of the paper: 本报讯, 本报清水9月12日讯（…, 新华社北京8月17日电.
fn opens_story(body: &str, words: &Vocabulary) -> bool {
    const PLACE: usize = 20; // characters between the sender and its 讯
    let Some(sender) = words.sender_at_start(body) else { return false };
    let rest = &body[sender..];
    let end = rest.char_indices().take(PLACE).find(|(_, c)| SENT.contains(c));
    let Some((at, _)) = end else { return false };
    let place = &rest[..at];
    let after = rest[at..].chars().nth(1);
    let parted = after.is_none_or(|c| matches!(c, ' ' | '（' | '('));
    let dated = place.is_empty() || place.ends_with(['日', '专', '專']);
    // 本报桥头讯 （…; 本报通讯员 and 本报资讯中心 open no story.
    let placed = words.own.opens(body) && place.chars().count() <= 4 && parted;
    (dated && (parted || after.is_some_and(is_han)) || placed) && !place.contains(['，', '。', '、', '：'])
}

/// Whether a line ends like a row of contents: at least three dots of a leader, perhaps a name, and a page number.
fn ends_contents_row(body: &str) -> bool {
    const NUMBER: usize = 4; // digits
    const NAME: usize = 12; // characters
    let inner = body.trim_end_matches(['）', ')', '］', ']']);
    let row = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = inner.len() - row.len();
    if digits == 0 || digits > NUMBER {
        return false;
    }
    let row = row.trim_end_matches([' ', '（', '(', '［', '[', '/', '／']);
    let is_dot = |c: char| matches!(c, '…' | '.' | '·' | '．' | '⋯' | '・');
    let name = row.chars().rev().take_while(|&c| !is_dot(c)).take(NAME + 1).count();
    let dots = row.chars().rev().skip(name).take_while(|&c| is_dot(c)).count();
    let ellipsis = row.chars().rev().skip(name).take_while(|&c| matches!(c, '…' | '⋯')).count();
    name <= NAME
        && (dots >= 6 || ellipsis >= 2)
        && !row.chars().rev().take(name).any(|c| matches!(c, '，' | '。' | '、'))
}

/// Whether a line begins with the mark of a note and goes on in the sentence: ①，
fn is_note_mark(body: &str) -> bool {
    let mut chars = body.chars();
    let mark = chars.next().is_some_and(|c| matches!(c, '①'..='⑳' | '⑴'..='⒇'));
    mark && chars.next().is_some_and(|c| matches!(c, '，' | '。' | '、' | '；' | '：' | '”' | '）'))
}

/// Whether a line is only a clause of speech: 村支书何苗说。
fn is_speech(body: &str, words: &Vocabulary) -> bool {
    let clause = body.trim_end_matches(['。', '！']);
    let spoken = words.says.ends(clause) && !words.says_not.ends(clause) || words.tells.ends(clause);
    spoken && !clause.contains(['“', '。', '：', '！', '？'])
}

/// Whether the single glyph above a line is its drop cap: a paragraph begins there, and the line is no single glyph too.
fn is_drop_cap(before: Option<&Line>, line: &Line, below: Option<&Line>) -> bool {
    const FULL: u16 = 8; // glyphs
    let begins = before.is_none_or(|b| {
        b.glyphs > 1 && (b.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop])) || b.width + 4 < line.width)
    });
    begins && line.glyphs >= FULL && line.first == Class::Han && below.is_none_or(|b| b.glyphs > 1)
}

/// Whether the line above asks for the number that the line begins with: behind a label or a hyphen, or because the break
/// cuts a telephone number.
fn asks_for_value(above: &str, line_above: &Line, below: &str, words: &Vocabulary) -> bool {
    let of_number = |b: &u8| b.is_ascii_digit() || *b == b'-';
    let number = below.bytes().take_while(of_number).count();
    let last = line_above.last;
    if last == Class::Colon {
        // 电话：⏎0351-1234567. A label that is a row by itself may stand above a list.
        return number >= 5 && line_above.glyphs > 8;
    }
    if last == Class::Han {
        return number >= 7 && line_above.glyphs > 8 && words.reach.ends(above);
    }
    let cut = above.bytes().rev().take_while(of_number).count();
    if above.ends_with('-') {
        return cut > 3 && number >= 3;
    }
    let digits = |s: &[u8]| s.iter().filter(|b| b.is_ascii_digit()).count();
    let label = &above[..above.len() - cut];
    let labelled = label.ends_with(['：', ':', ' ']) && words.reach.ends(label.trim_end_matches(['：', ':', ' ']));
    let whole = digits(&above.as_bytes()[above.len() - cut..]) + digits(&below.as_bytes()[..number]);
    labelled && cut >= 3 && TELEPHONE.contains(&whole)
}

/// Whether a line ends in a whole telephone number behind its label.
fn ends_in_telephone(line: &str, words: &Vocabulary) -> bool {
    let number = line.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
    let (label, number) = line.split_at(line.len() - number);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    TELEPHONE.contains(&digits) && words.reach.ends(label.trim_end_matches(['：', ':', ' ']))
}

/// How many digits a telephone number has, with or without its area.
const TELEPHONE: std::ops::RangeInclusive<usize> = 7..=12;

/// Whether two lines have the same fields, so that they are rows: no running text, no Latin, no names of a byline.
fn same_fields(above: &str, line_above: &Line, body: &str, line: &Line) -> bool {
    const ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Semicolon]);
    let byline = |l: &Line| matches!(l.cue, Cue::Byline | Cue::News | Cue::Wire);
    let latin = |l: &Line| u32::from(l.latin) * 4 > u32::from(l.glyphs);
    let running = |l: &Line| l.last.is_in(ENDS) || l.last.is_in(OPEN_ENDS);
    if byline(line)
        || byline(line_above)
        || latin(line)
        || latin(line_above)
        || running(line_above)
        || line.last.is_in(OPEN_ENDS)
    {
        return false;
    }
    let (a, b) = (FirstFields::of(above), FirstFields::of(body));
    let alike = a.glyphs.abs_diff(b.glyphs) <= 2 && a.glyphs <= MOST_FIRST && line.first == line_above.first;
    // Names alone may be a list that goes on from line to line.
    alike && a.second == b.second && a.second.is_some() && a.varied && b.varied
}

/// Glyphs of the longest first field of a row.
const MOST_FIRST: usize = 10;

/// What the fields of a line are.
#[derive(Debug)]
struct FirstFields {
    /// Glyphs of the first one.
    glyphs: usize,
    /// The class that the second one begins with, if no quarter em but a gap parts them.
    second: Option<Class>,
    /// Whether one is no name: longer, or with a digit.
    varied: bool,
}

impl FirstFields {
    fn of(body: &str) -> FirstFields {
        const NAME: usize = 4;
        let mut fields = body.split(' ').filter(|f| !f.is_empty());
        let first = fields.next().unwrap_or_default();
        let second = fields.next().and_then(|f| f.chars().next());
        let last = first.chars().next_back().unwrap_or(' ');
        let quarter =
            |a: char, b: char| is_han(a) && b.is_ascii_alphanumeric() || a.is_ascii_alphanumeric() && is_han(b);
        let other = |f: &str| f.chars().count() > NAME || f.bytes().any(|b| b.is_ascii_digit());
        FirstFields {
            glyphs: first.chars().count(),
            second: second.filter(|&c| !quarter(last, c)).map(class_of),
            varied: body.split(' ').any(other) || first.chars().count() > 1 && !is_name(first),
        }
    }
}

/// Whether a field is a name of two to four characters.
fn is_name(field: &str) -> bool {
    let name: Vec<char> = field.chars().take(5).collect();
    (2..=4).contains(&name.len())
        && name.iter().all(|&c| is_han(c))
        && (is_surname(&name[..1]) || is_surname(&name[..2]))
}

/// Whether each field of a line is a name with an aside: 马明（桥头小学） 孙建国（清水一中）.
fn is_roster(body: &str) -> bool {
    // A name of two characters may be spread.
    let fields: Vec<&str> =
        body.split_inclusive(['）', ')']).map(|f| f.trim_matches(' ')).filter(|f| !f.is_empty()).collect();
    let named = |field: &&str| {
        let name: String = field.split(['（', '(']).next().unwrap_or_default().chars().filter(|&c| c != ' ').collect();
        is_name(&name) && field.ends_with(['）', ')'])
    };
    fields.len() >= 2 && fields.iter().all(named)
}

/// Marks the rules of signs and the lines below them.
fn find_rules(text: &str, lines: &mut [Line]) {
    for i in 0..lines.len() {
        let line = lines[i];
        if line.first.is_in(SIGNS_OF_RULES)
            && line.last.is_in(SIGNS_OF_RULES)
            && is_rule(&text[line.start as usize..line.end as usize])
        {
            lines[i].opening = Opening::Rule;
            if let Some(below) = lines.get_mut(i + 1) {
                below.opening = Opening::Rule;
            }
        }
    }
}

const SIGNS_OF_RULES: u32 = Class::set(&[Class::Dash, Class::Bullet, Class::Other, Class::Ellipsis]);

/// Whether a line is a rule of signs: three at least, and at most two different ones. Dashes and dots belong to sentences
/// where they are few.
fn is_rule(body: &str) -> bool {
    const SIGNS: usize = 3;
    const LINES: usize = 5; // of dashes, which a break may leave alone in pairs
    let mut signs = body.chars().filter(|&c| c != ' ');
    let Some(first) = signs.next() else { return false };
    let mut second = first;
    let mut n = 1;
    for c in signs {
        if c != first && second == first {
            second = c;
        }
        if c != first && c != second {
            return false;
        }
        n += 1;
    }
    let is_sign = |c: char| {
        class_of(c).is_in(SIGNS_OF_RULES) && !matches!(c, '①'..='⑳' | '<' | '"' | '\'' | '/' | '\\' | '$' | '@')
    };
    let least = if matches!(first, '—' | '…' | '.' | '·' | '-' | '–' | '～' | '~') { LINES } else { SIGNS };
    n >= least && is_sign(first) && is_sign(second)
}

/// Marks a folio and a running foot at the edges of the page, and the line below either.
fn find_feet(text: &str, lines: &mut [Line]) {
    let n = lines.len();
    if n < 2 {
        return;
    }
    let body = |line: &Line| &text[line.start as usize..line.end as usize];
    for i in (0..EDGE.min(n)).chain(n.saturating_sub(EDGE).max(EDGE)..n) {
        let line = lines[i];
        let (head, foot) = (i < EDGE, i + EDGE >= n);
        let number = line.glyphs <= 12
            && (line.digits > 0 || line.last_chars[0] == '页' || line.last_chars[0] == '頁')
            && is_foot_number(body(&line));
        let bare = line.digits == line.glyphs;
        // A number alone is a folio as the first or the last line only.
        let edge = if bare { i == 0 || i + 1 == n } else { head || foot };
        let cut = i > 0 && lines[i - 1].last.is_in(CUT) && lines[i - 1].glyphs >= 8;
        let running = i + 1 == n && line.blanks > 0 && cut && is_running_foot(body(&line), &line);
        if number && edge && (!bare || i == 0 || line.blanks > 0 || cut) || running {
            lines[i].opening = Opening::Foot;
            if let Some(below) = lines.get_mut(i + 1) {
                below.opening = Opening::Foot;
            }
            // The running foot above the folio.
            if foot && i >= 2 && lines[i - 1].parted && lines[i - 2].last.is_in(CUT) && lines[i - 1].marks == 0 {
                let (line, above) = (lines[i - 1], lines[i - 2]);
                if is_running_foot_above(body(&line), &line, &above) {
                    lines[i - 1].opening = Opening::Foot;
                }
            }
        }
    }
}

/// What a sentence that goes on ends a line in.
const CUT: u32 =
    Class::set(&[Class::Han, Class::Comma, Class::Enumeration, Class::Digit, Class::Latin, Class::Semicolon]);

/// Whether the last line of a page is its running foot: a name and the page's number, without a mark.
fn is_running_foot(body: &str, line: &Line) -> bool {
    const LONGEST: u16 = 24; // glyphs
    let number = |field: Option<&str>| field.is_some_and(|f| f.len() <= 4 && f.bytes().all(|b| b.is_ascii_digit()));
    let mut fields = body.split(' ').filter(|f| !f.is_empty());
    let ends = number(fields.next()) | number(fields.next_back());
    ends && line.gaps + line.quarters > 0 && line.marks == 0 && line.glyphs <= LONGEST
}

/// Whether the line above a folio is a running foot: fields, no mark, and clearly short of the line above.
fn is_running_foot_above(body: &str, line: &Line, above: &Line) -> bool {
    let named = body.contains(['报', '刊', '報', '志', '誌']) || body.contains("公司") || body.contains('年');
    named
        && !line.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop, Class::Comma]))
        && line.width + 4 <= above.width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;

    /// The openings of a page's lines that have one.
    fn openings(text: &str) -> Vec<(usize, Opening)> {
        let mut page = Layout::default();
        page.measure(text, &[]);
        page.lines.iter().map(|l| l.opening).enumerate().filter(|(_, o)| *o != Opening::None).collect()
    }

    #[test]
    fn items_need_another_one_of_their_kind() {
        let list = |a: &str, b: &str| openings(&format!("渠水管理要做好以下工作：\n{a}修堤。\n{b}清淤。\n"));
        for (a, b) in [("——", "——"), ("△", "△"), ("1）", "2）"), ("甲、", "乙、"), ("其一，", "其二，"), ("> ", "> ")]
        {
            assert_eq!(list(a, b), [(1, Opening::Item), (2, Opening::Item)], "{a} {b}");
        }
        assert_eq!(list("——", "又"), [(1, Opening::None)][1..], "alone");
        assert_eq!(list("1）", "3）"), [], "not the next number");
        assert_eq!(openings("渠水流过桥头，\n——那时天已经黑了，\n——谁也没有说话。\n"), [], "behind commas");
    }

    #[test]
    fn a_rule_has_only_signs() {
        for rule in ["====", "＊ ＊ ＊", "-----", "=-=-=-", "※※※", "─────"] {
            assert!(is_rule(rule), "{rule}");
        }
        for line in ["——", "……", "--", "①②③", "=a=", "<br>", "=-+"] {
            assert!(!is_rule(line), "{line}");
        }
    }

    #[test]
    fn a_row_of_contents_has_a_leader_and_a_number() {
        for row in ["渠首………12", "渠首……何苗 1", "渠首……何苗（3）", "渠首........7", "渠首……（9）"]
        {
            assert!(ends_contents_row(row), "{row}");
        }
        for line in ["渠首…12", "他等了……又等，到了1990", "渠首12", "渠首………", "渠首……12345"]
        {
            assert!(!ends_contents_row(line), "{line}");
        }
    }

    #[test]
    fn the_paper_opens_its_stories() {
        for line in ["本报讯 昨日", "本报讯（记者 何苗）", "本报清水9月12日讯（记者 何苗）", "新华社清水9月12日电 渠水"]
        {
            assert!(opens_story(line, &crate::vocabulary::BUILT_IN), "{line}");
        }
        for line in ["本报记者获悉，昨日通讯", "新华社记者在电话里说", "本报资讯中心", "据本报讯"]
        {
            assert!(!opens_story(line, &crate::vocabulary::BUILT_IN), "{line}");
        }
    }
}
