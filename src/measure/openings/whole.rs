//! Lines above a break that are whole, whatever their width says: the title of a notice, an advertisement with its telephone
//! number, a headline with a colon; and lines that are open: a code that did not fit, a bracket, a dateline by itself.

use super::around::Around;
use super::continuations::{ends_in_bare_telephone, is_address_or_code, is_telephone};
use super::hints::SCRIPT;
use super::stories::opens_story;
use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::text::han_set::HanSet;
use crate::vocabulary::cues::{Cue, Tail};
use crate::vocabulary::notices::{LEADS, NEWS_FIRSTS, NEWS_LEADS, TITLES, ends_as_title};
use std::ops::RangeInclusive;

/// What a sentence ends in.
const STOPS: u32 = Class::set(&[Class::Stop, Class::ClosedStop]);
/// What a code, an amount or an address begins with.
const CODES: u32 = Class::set(&[Class::Digit, Class::Latin, Class::OpenBracket]);

/// What a number or a code ends in.
const NUMBERS: u32 = Class::set(&[Class::Digit, Class::Latin]);

/// Half-widths of the shortest code that a typesetter moves to the next line as a whole.
const CODE: u16 = 8;

/// Glyphs of the shortest line whose bracket may close below it: a shorter one is noise.
const BRACKETED: u16 = 6;

/// Glyphs of the longest dateline.
const DATELINE: u16 = 26;

/// Whether the break above a line may have such an opening.
#[inline]
pub(super) fn may_be_whole(above: &Line, line: &Line) -> bool {
    let han = above.last == Class::Han;
    let coded = line.first.is_in(CODES) | above.last.is_in(NUMBERS);
    let headed = han & (above.marks <= 1);
    let latin = (above.latin >= SCRIPT) | (line.latin >= SCRIPT);
    let court = (line.last_chars[0] == '院') | (above.last_chars[0] == '院');
    let sent = may_be_dateline(above);
    let dashed = above.last == Class::Dash;
    (coded | headed | latin | court | sent | dashed | (above.open == 2)) && may_be_whole_closely(above, line)
}

/// The same, with a closer look.
fn may_be_whole_closely(above: &Line, line: &Line) -> bool {
    static TITLE: HanSet = HanSet::of(TITLES);
    static NEWS: HanSet = HanSet::of(NEWS_FIRSTS);
    let unmarked = (above.marks == 0) & (above.last == Class::Han);
    let code = (line.first_word_width >= CODE) & line.first.is_in(CODES) & (above.last == Class::Han);
    let closes = (above.open == 2) & (line.open != 2) & line.bracketed;
    let dateline = may_be_dateline(above);
    let credit = may_be_credit(above, line);
    let court = (line.last_chars[0] == '院') | (above.last_chars[0] == '院');
    let alone = |l: &Line| (l.digits + l.latin == l.glyphs) & (l.glyphs <= ALONE);
    let call = (line.first == Class::Digit) & (line.digits + line.latin >= 7) & (line.glyphs <= LONGEST_CALL);
    let called = (line.first == Class::Han) & above.last.is_in(NUMBERS) & (above.digits >= 3);
    let script = (above.latin >= SCRIPT) & (line.latin == 0) | (line.latin >= SCRIPT) & (above.latin == 0);
    let dashed = may_be_dashed(above);
    let address = above.label & (above.last == Class::Han) & ADDRESS_ENDS.contains(&above.last_chars[0]);
    (code | closes | dateline | credit | dashed | address | court | call | alone(line) | alone(above) | called | script)
        || unmarked && (above.label || TITLE.has(above.last_chars[0]))
        || above.last == Class::Han && NEWS.has(line.first_char)
}

/// Whether a line may be a dateline by itself: by its cue, or as 本报清水9月12日讯（记者 何苗） is.
#[inline]
fn may_be_dateline(line: &Line) -> bool {
    let sent = (line.cue as u8 == Cue::News as u8) | (line.cue as u8 == Cue::Wire as u8);
    let placed = (line.first_char == '本') & (line.last == Class::CloseBracket);
    (sent | placed) & (line.glyphs <= DATELINE)
}

/// Whether a line may be the credit of the report above it, in brackets by itself.
#[inline]
fn may_be_credit(above: &Line, line: &Line) -> bool {
    above.last.is_in(STOPS)
        & (line.first == Class::OpenBracket)
        & (line.last == Class::CloseBracket)
        & (line.glyphs <= CREDIT)
}

/// Glyphs of the longest credit in brackets.
const CREDIT: u16 = 24;

/// Glyphs of the longest number or word that a box cut out of its line.
const ALONE: u16 = 10;

/// The opening of a line below one that is whole or open.
pub(super) fn opening(around: &Around<'_>) -> Option<Opening> {
    if is_open(around) { Some(Opening::Rest) } else { is_whole(around).then_some(Opening::Apart) }
}

/// Whether the line above is open, and the line goes on with it.
fn is_open(around: &Around<'_>) -> bool {
    let Around { before, above, line, words, .. } = *around;
    // …，每晚闭馆推迟至21时。⏎（本报记者 何苗）
    // Where it had room behind the text, it is set at the right and is a unit.
    let has_room = before.is_some_and(|b| above.width.saturating_add(line.width) <= b.width);
    if line.blanks == 0 && !has_room && may_be_credit(above, line) && is_credit(around) {
        return true;
    }
    if line.blanks > 0 || line.indent > above.indent {
        return false;
    }
    // （周一至周五上午8:30至⏎12:00）
    if above.open == 2 && line.open != 2 && above.glyphs >= BRACKETED && closes_soon(around) {
        return true;
    }
    if may_be_dateline(above) && is_dateline(around.body(above)) {
        return line.glyphs > 3 && opens_story(around.body(above), words);
    }
    // 登录桥头市公共资源交易网⏎（http://…
    let site = || SITES.iter().any(|site| around.body(line).starts_with(site));
    if above.last == Class::Han && line.first == Class::OpenBracket && site() {
        return true;
    }
    did_not_fit(around) || is_cut_out(around) || is_court(around) || is_telephone_of_ad(around)
}

/// How a bracket with a web address begins. It belongs to the name before it.
const SITES: [&str; 6] = ["（http", "(http", "（www", "(www", "（网址", "(网址"];

/// Whether a bracket that is open above closes near the beginning of the line, or at its end.
fn closes_soon(around: &Around<'_>) -> bool {
    const NEAR: usize = 12; // characters
    let body = around.body(around.line);
    if !around.body(around.above).contains(['（', '(']) {
        return false; // furniture inside the brackets
    }
    let close = body.char_indices().position(|(_, c)| matches!(c, '）' | ')'));
    close.is_some_and(|at| at < NEAR || body.ends_with(['）', ')'])) && !body.starts_with(['（', '(', '“', '《'])
}

/// Whether a line is nothing but a bracket that names who reports.
fn is_credit(around: &Around<'_>) -> bool {
    let inner = around.body(around.line).strip_prefix(['（', '(']).and_then(|s| s.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| !inner.contains(['（', '(', '。', '，']) && around.words.opens_with_reporter(inner))
}

/// Whether a line is nothing but a dateline with its reporters in brackets.
fn is_dateline(body: &str) -> bool {
    match body.strip_suffix(['）', ')']) {
        Some(inner) => {
            inner.rsplit_once(['（', '(']).is_some_and(|(before, _)| before.ends_with(['电', '電', '讯', '訊']))
        }
        None => false,
    }
}

/// Whether a line begins with a code that had no room on the line above, which ends inside its sentence.
fn did_not_fit(around: &Around<'_>) -> bool {
    let Around { before, above, line, below, .. } = *around;
    if line.first_word_width < CODE || above.last != Class::Han || above.parted || above.tail != Tail::None {
        return false;
    }
    // A heading or a label stands above its number by itself.
    let running = above.marks > 0 || before.is_some_and(|b| b.marks > 0 && !b.last.is_in(STOPS));
    let widest = [before, below].iter().flatten().map(|l| l.width).fold(line.width, u16::max);
    running
        && above.width.saturating_add(line.first_word_width) > widest
        && above.width * 2 >= widest
        && is_address_or_code(around.body(line))
}

/// Whether a line is nothing but the telephone number of the advertisement above, perhaps with a name.
fn is_telephone_of_ad(around: &Around<'_>) -> bool {
    let Around { above, line, .. } = *around;
    let ad =
        above.marks > 0 && above.glyphs >= 8 && above.last.is_in(Class::set(&[Class::Stop, Class::Comma, Class::Han]));
    ad && line.glyphs <= LONGEST_CALL && is_telephone(around.body(line))
}

/// Glyphs of a telephone number and a name behind it, at most.
const LONGEST_CALL: u16 = 18;

/// Whether the line, or the line above, is a number or a Latin word that a box cut out of its sentence.
fn is_cut_out(around: &Around<'_>) -> bool {
    let Around { before, above, line, below, .. } = *around;
    let alone = |l: &Line| l.digits + l.latin == l.glyphs && l.glyphs <= ALONE && (l.digits == 0 || l.latin == 0);
    let prose = |l: &Line| l.marks > 0 && l.glyphs >= 8;
    let between = |a: &Line, b: &Line| {
        prose(a)
            && prose(b)
            && a.last == Class::Han
            && matches!(b.first, Class::Han)
            && a.tail == Tail::None
            && b.cue == Cue::None
    };
    match (alone(line), alone(above)) {
        (true, false) => below.is_some_and(|below| between(above, below) && below.blanks == 0),
        (false, true) => before.is_some_and(|before| between(before, line) && above.blanks == 0),
        _ => false,
    }
}

/// Whether the court that signs a notice goes on from its place in square brackets: …。[清水]⏎桥头县人民法院.
fn is_court(around: &Around<'_>) -> bool {
    const COURT: u16 = 16; // glyphs
    let Around { above, line, .. } = *around;
    let (upper, lower) = (around.body(above), around.body(line));
    if line.glyphs > COURT || !lower.ends_with("法院") || line.marks > 0 {
        return false;
    }
    let place = |s: &str| s.ends_with([']', '］', '】']) && s.contains(['[', '［', '【']);
    place(upper) || above.last.is_in(STOPS) && lower.starts_with(['[', '［'])
}

/// Whether the line above is whole, and something else begins below it.
fn is_whole(around: &Around<'_>) -> bool {
    let Around { before, above, line, .. } = *around;
    let upper = || around.body(above);
    // …[清水]桥头县人民法院⏎何苗：本院受理…
    if above.last_chars[0] == '院' && upper().ends_with("法院") {
        let of_place = |b: &Line| around.body(b).ends_with([']', '］']);
        if upper().contains([']', '］']) || before.is_some_and(of_place) {
            return true;
        }
    }
    if line.first == Class::Han && above.last.is_in(NUMBERS) {
        return ends_in_bare_telephone(upper());
    }
    let latin = |l: &Line| u32::from(l.latin) * 10 > u32::from(l.glyphs) * 8;
    if latin(above) && line.latin == 0 && line.first == Class::Han {
        return matches!(above.last_chars[0], '.' | '?' | '!');
    }
    if begins_report(around) || is_dashed_heading(around) {
        return true;
    }
    if above.marks > 0 || above.last != Class::Han || above.parted {
        return false;
    }
    // 地址：桥头镇新街18号
    if above.label && ADDRESS_ENDS.contains(&above.last_chars[0]) && ADDRESSES.iter().any(|l| upper().starts_with(l)) {
        return true;
    }
    // What begins here stands below the end of something, or below a short line.
    let begins = before.is_none_or(|b| {
        b.last.is_in(STOPS)
            || above.blanks > 0
            || b.width.saturating_add(8) <= above.width.max(line.width) && b.marks == 0
    });
    if !begins {
        return false;
    }
    let running = line.marks > 0 || line.glyphs >= 12;
    // 桥头镇：渠水进村
    // A paragraph whose first indent was lost is narrower by two em.
    let narrower = line.width >= above.width.saturating_add(6) && line.first == Class::Han;
    if above.label && above.glyphs >= 6 && narrower && running && above.bond <= 1 && above.open == 0 {
        return true;
    }
    let title = above.glyphs >= 4 && ends_as_title(upper());
    title && running && LEADS.iter().any(|lead| around.body(line).starts_with(lead))
}

/// Whether a report begins below a headline: 近日，… below a line that is clearly narrower and has no comma.
fn begins_report(around: &Around<'_>) -> bool {
    let Around { before, above, line, .. } = *around;
    let headline = above.last == Class::Han && above.marks <= 1 && above.open == 0 && above.glyphs >= 4;
    let begins = before.is_none_or(|b| b.last.is_in(STOPS) || b.marks == 0 || above.blanks > 0);
    headline
        && begins
        && above.width.saturating_add(6) <= line.width
        && !around.body(above).contains(['，', ',', '、', '。'])
        && NEWS_LEADS.iter().any(|lead| around.body(line).starts_with(lead))
}

/// Whether a line may be a heading with a dash at its end, or with 一, which a recognizer reads for it.
#[inline]
fn may_be_dashed(line: &Line) -> bool {
    let dash = (line.last == Class::Dash) | (line.last_chars[0] == '一') & (line.bond <= 1);
    dash & (line.marks <= 1) & DASHED.contains(&line.glyphs) & (line.open == 0)
}

/// Glyphs of a heading that ends in a dash.
const DASHED: RangeInclusive<u16> = 8..=20;

/// Whether the line above is a heading that ends in a dash: it stands below the end of a paragraph and is shorter than the text
/// that begins here. 上下联动，周密部署抓落实——
fn is_dashed_heading(around: &Around<'_>) -> bool {
    let Around { before, above, line, below, .. } = *around;
    let full = below.map_or(line.width, |below| below.width.max(line.width));
    may_be_dashed(above)
        && before.is_some_and(|b| b.last.is_in(STOPS))
        && line.first == Class::Han
        && line.cue == Cue::None
        && u32::from(above.width) * 10 < 9 * u32::from(full)
}

/// Labels of an address.
const ADDRESSES: [&str; 6] = ["地址：", "社址：", "校址：", "地址:", "社址:", "校址:"];

/// What an address ends in.
const ADDRESS_ENDS: [char; 8] = ['号', '號', '楼', '樓', '层', '層', '室', '座'];
