//! Rules of signs, folios and running feet at the edges of a page, and what stationery prints in the margin.

use super::hints::SIGN;
use crate::measure::class::{Class, class_of};
use crate::measure::folio::is_foot_number;
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::text::width::is_han;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::furniture::BINDING_MARKS;
use crate::vocabulary::surnames::is_whole_name;

/// Marks the rules of signs and the lines below them.
pub(super) fn find_rules(text: &str, lines: &mut [Line], hints: &[u8]) {
    for i in (0..lines.len()).filter(|&i| hints[i] & SIGN != 0) {
        let line = &lines[i];
        if line.first.is_in(SIGNS_OF_RULES) & line.last.is_in(SIGNS_OF_RULES)
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
pub(super) fn is_rule(body: &str) -> bool {
    const SIGNS: usize = 3;
    const LINES: usize = 5; // of dashes, which a break may leave alone in pairs
    // The signs of a box are one sign.
    let drawn = |c: char| if matches!(c, '\u{2500}'..='\u{257F}') { '─' } else { c };
    let mut signs = body.chars().filter(|&c| c != ' ').map(drawn);
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

/// Lines at the edge of a page that may be its folio or running foot.
const EDGE: usize = 2;

/// Marks a folio and a running foot at the edges of the page, and the line below either.
pub(super) fn find_feet(text: &str, lines: &mut [Line]) {
    let n = lines.len();
    if n < 2 {
        return;
    }
    let body = |line: &Line| &text[line.start as usize..line.end as usize];
    for i in (0..EDGE.min(n)).chain(n.saturating_sub(EDGE).max(EDGE)..n) {
        let line = lines[i];
        let (head, foot) = (i < EDGE, i + EDGE >= n);
        let cut = i > 0 && lines[i - 1].last.is_in(CUT) && lines[i - 1].glyphs >= SHORTEST_TEXT;
        let number = line.glyphs <= LONGEST_FOOT
            && (line.digits > 0 || line.last_chars[0] == '页' || line.last_chars[0] == '頁')
            && is_foot_number(body(&line));
        let bare = line.digits == line.glyphs;
        // A number alone is a folio as the first or the last line only.
        let edge = if bare { i == 0 || i + 1 == n } else { head || foot };
        let last = i + 1 == n && cut && line.glyphs <= 6 && is_foot_of_cut(body(&line));
        let running = i + 1 == n && line.blanks > 0 && cut && is_running_foot(body(&line), &line);
        if number && edge && (!bare || i == 0 || line.blanks > 0 || cut) || running || last {
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

/// Marks folios inside a text without form feeds, where one page follows another, and the line below each.
pub(super) fn find_feet_inside(text: &str, lines: &mut [Line]) {
    for i in 1..lines.len().saturating_sub(1) {
        let line = &lines[i];
        if (line.digits > 0) & (line.glyphs <= LONGEST_FOOT)
            && is_foot_inside(text, [&lines[i - 1], line, &lines[i + 1]])
        {
            lines[i].opening = Opening::Foot;
            lines[i + 1].opening = Opening::Foot;
        }
    }
}

/// Glyphs of the longest folio.
const LONGEST_FOOT: u16 = 12;
/// Glyphs of a line of text, at least, that a folio stands below.
const SHORTEST_TEXT: u16 = 8;
/// Half-widths of a full row, at least. A number alone may be a piece of a narrower one.
const SHORTEST_ROW: u16 = 40;

/// Whether a line among others is a folio: 第6页, —12—; or a number alone between two full rows of one sentence, neither of which
/// it could have stood in.
fn is_foot_inside(text: &str, [above, line, below]: [&Line; 3]) -> bool {
    let is_bare = line.digits == line.glyphs;
    let between_rows = above.last.is_in(CUT)
        && above.width.min(below.width) >= SHORTEST_ROW
        && above.width.abs_diff(below.width) <= SLACK
        && line.list_position == 0;
    let is_dashed = |line: &Line| line.first == Class::Dash && line.last == Class::Dash;
    let is_misread = (line.first_char == '一') & (line.last_chars[0] == '一');
    let is_marked = matches!(line.last_chars[0], '页' | '頁') || is_dashed(line) || is_misread;
    (is_marked || is_bare && between_rows)
        && above.glyphs >= SHORTEST_TEXT
        && !below.first.is_in(BEGINS_NO_UNIT)
        && is_foot_number(&text[line.start as usize..line.end as usize])
}

/// Marks what empty lines set apart inside a sentence, and the line below it, where hardly another line has one above it: the running
/// foot of a page and the head of the next one, one line or a name above a number.
pub(super) fn find_set_apart(lines: &mut [Line], hinted: &[usize]) {
    let n = lines.len();
    for &i in hinted.iter().filter(|&&i| i + 1 < n) {
        let numbered = lines[i + 1].blanks == 0 && lines[i + 1].digits == lines[i + 1].glyphs;
        let end = i + 1 + usize::from(numbered);
        let (above, line, Some(below)) = (&lines[i - 1], &lines[i], lines.get(end)) else { continue };
        let apart = (line.blanks > 0) & (below.blanks > 0) & (line.marks == 0) & line.parted;
        let is_foot = apart && line.glyphs <= LONGEST_HEAD && line.width <= above.width;
        let is_cut = above.last.is_in(CUT) && (above.glyphs >= SHORTEST_TEXT);
        if is_foot && is_cut && are_blanks_few(lines) {
            lines[i..=end].iter_mut().for_each(|line| line.opening = Opening::Foot);
        }
    }
}

/// Whether hardly a line of a page has an empty line above it.
fn are_blanks_few(lines: &[Line]) -> bool {
    lines.iter().skip(1).filter(|line| line.blanks > 0).count() * FEW_BLANKS <= lines.len()
}

/// Of so many lines one has an empty line above it, at most.
const FEW_BLANKS: usize = 3;

/// Marks the lines that name the editors of the page, and the line below each: 责任编辑：何苗 校对：石磊, □责任编辑 何苗 □版式 石磊.
pub(super) fn find_editors(text: &str, lines: &mut [Line], hinted: &[usize], words: &Vocabulary) {
    for &i in hinted {
        let line = &lines[i];
        let begins = line.label || is_sign(line.first_char) && (line.marks == 0);
        if begins & line.parted && is_editors_line(&text[line.start as usize..line.end as usize], words) {
            lines[i..].iter_mut().take(2).for_each(|line| line.opening = Opening::Foot);
        }
    }
}

/// Whether a sign may stand before the post of an editor.
fn is_sign(c: char) -> bool {
    matches!(c, '□' | '■' | '◇' | '◆' | '○' | '●' | '▲' | '△' | '◎' | '☆' | '★')
}

/// Whether a line has two posts of editors or more, each with a name behind a colon or a space, and nothing else.
fn is_editors_line(body: &str, words: &Vocabulary) -> bool {
    let mut fields = body.split(' ').filter(|field| !field.is_empty()).peekable();
    let mut posts = 0;
    while let Some(field) = fields.next() {
        let named = field.split_once(['：', ':']);
        let is_named = match named {
            Some((post, name)) => words.editors.ends(post) && is_whole_name(name),
            None if words.editors.ends(field) => {
                let first = fields.next().unwrap_or_default();
                // A name of two characters may be spread.
                let rest = fields.next_if(|rest| first.chars().count() == 1 && rest.chars().count() == 1);
                is_whole_name(&format!("{first}{}", rest.unwrap_or_default()))
            }
            None => false,
        };
        if !is_named {
            return false;
        }
        posts += 1;
    }
    posts > 1
}

/// Marks the binding marks 装 订 线 of a sheet, and the line below each. One of them alone may be a piece of a row.
pub(super) fn find_binding_marks(lines: &mut [Line]) {
    let mark = |line: &Line| BINDING_MARKS.iter().position(|mark| line.glyphs == 1 && mark.contains(&line.first_char));
    let mut found = [false; BINDING_MARKS.len()];
    lines.iter().filter_map(mark).for_each(|mark| found[mark] = true);
    if found.contains(&false) {
        return;
    }
    for i in 0..lines.len() {
        if mark(&lines[i]).is_some() {
            lines[i..].iter_mut().take(2).for_each(|line| line.opening = Opening::Foot);
        }
    }
}

/// Marks the line below a running head, where the page begins inside a sentence: the head has fields, set far apart; or no unit begins
/// with the mark of the line, but the line above is short of it, and together they are wider than any column.
pub(super) fn find_head_above_cut(text: &str, lines: &mut [Line]) {
    let has_fields = |line: &Line| line.parted && text[line.start as usize..line.end as usize].contains(FAR_APART);
    for i in 1..lines.len().min(EDGE + 1) {
        let (above, below) = (&lines[i - 1], &lines[i]);
        let is_unmarked = above.marks == 0 && above.glyphs <= LONGEST_HEAD && above.last.is_in(CUT);
        if is_unmarked && below.opening == Opening::None && has_fields(above) && !has_fields(below) {
            lines[i].opening = Opening::Foot;
        }
    }
    let [above, below, next, ..] = lines else { return };
    let closes = below.first.is_in(BEGINS_NO_UNIT) && below.glyphs > LONGEST_PIECE;
    let is_head = above.glyphs >= SHORTEST_HEAD && !above.last.is_in(INSIDE) && 3 * above.width <= 2 * below.width;
    if closes && is_head && above.width + below.width > below.width.max(next.width) + SLACK {
        below.opening = Opening::Foot;
    }
}

/// The marks that no unit begins with.
const BEGINS_NO_UNIT: u32 =
    Class::set(&[Class::Stop, Class::Comma, Class::Enumeration, Class::Semicolon, Class::CloseBracket]);
/// The marks that no running head ends in.
const INSIDE: u32 = Class::set(&[Class::Comma, Class::Enumeration, Class::Semicolon, Class::Stop, Class::OpenQuote]);
/// What parts the fields of a running head.
const FAR_APART: &str = "    ";
/// Glyphs of the longest running head with fields.
const LONGEST_HEAD: u16 = 32;
/// Glyphs of the shortest running head.
const SHORTEST_HEAD: u16 = 3;
/// Glyphs of the longest piece that is the rest of a torn row.
const LONGEST_PIECE: u16 = 8;
/// How much wider than its neighbours a row may be, in half-widths.
const SLACK: u16 = 4;

/// What a sentence that goes on ends a line in.
const CUT: u32 =
    Class::set(&[Class::Han, Class::Comma, Class::Enumeration, Class::Digit, Class::Latin, Class::Semicolon]);

/// Whether the last line of a page, below a cut sentence, is its number in brackets or in Roman digits: （7）, ii; or 第页, the number of
/// which a recognizer lost.
fn is_foot_of_cut(body: &str) -> bool {
    let inner =
        body.strip_prefix(['（', '(', '[', '［', '【']).and_then(|s| s.strip_suffix(['）', ')', ']', '］', '】']));
    let roman =
        body.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) || body.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let lost = matches!(body, "第页" | "第頁");
    inner.is_some_and(|s| is_foot_number(s) || !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())) || roman || lost
}

/// Whether the last line of a page is its running foot: a name and the page's number, without a mark.
fn is_running_foot(body: &str, line: &Line) -> bool {
    const LONGEST: u16 = 24; // glyphs
    let number = |field: Option<&str>| field.is_some_and(|f| f.len() <= 4 && f.bytes().all(|b| b.is_ascii_digit()));
    let printed = |f: &&str| f.chars().any(char::is_alphanumeric);
    let mut fields = body.split(' ').filter(printed);
    let ends = number(fields.next()) | number(fields.next_back());
    let address = line.address && line.latin > 0 && !body.chars().any(is_han) && !body.contains(' ');
    address || ends && line.gaps + line.quarters > 0 && line.marks == 0 && line.glyphs <= LONGEST
}

/// Whether the line above a folio is a running foot: fields, no mark, and clearly short of the line above.
fn is_running_foot_above(body: &str, line: &Line, above: &Line) -> bool {
    let named = body.contains(['报', '刊', '報', '志', '誌']) || body.contains("公司") || body.contains('年');
    named
        && !line.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop, Class::Comma]))
        && line.width.saturating_add(4) <= above.width
}
