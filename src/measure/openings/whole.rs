//! Lines above a break that are whole, whatever their width says: the title of a notice, an advertisement with its telephone
//! number, a headline with a colon; and lines that are open: a code that did not fit, a bracket, a dateline by itself.

use super::around::{Around, STOPS};
use super::bylines::{
    DATELINE, begins_byline, is_byline, is_credit, is_cut_post, is_dateline, is_rest_of_byline, is_source,
    may_be_byline, may_be_credit, may_be_dateline,
};
use super::continuations::{ends_in_bare_telephone, is_address_or_code, is_telephone};
use super::hints::SCRIPT;
use super::stories::opens_story;
use crate::measure::class::{Class, class_of};
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::text::han_set::HanSet;
use crate::vocabulary::cues::{Cue, Tail};
use crate::vocabulary::notices::{COMPANY_KINDS, LEADS, NEWS_FIRSTS, NEWS_LEADS, TITLES, ends_as_title};
use std::ops::RangeInclusive;

/// What a code, an amount or an address begins with.
const CODES: u32 = Class::set(&[Class::Digit, Class::Latin, Class::OpenBracket]);

/// What a number or a code ends in.
const NUMBERS: u32 = Class::set(&[Class::Digit, Class::Latin]);

/// Half-widths of the shortest code that a typesetter moves to the next line as a whole.
const CODE: u16 = 8;

/// Glyphs of the shortest line whose bracket may close below it: a shorter one is noise.
const BRACKETED: u16 = 6;

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
    let quoted = above.last == Class::CloseQuote;
    let named = line.cue as u8 == Cue::Byline as u8;
    (coded | headed | latin | court | sent | dashed | quoted | named | (above.open == 2))
        && may_be_whole_closely(above, line)
}

/// The same, with a closer look.
fn may_be_whole_closely(above: &Line, line: &Line) -> bool {
    static TITLE: HanSet = HanSet::of(TITLES);
    static NEWS: HanSet = HanSet::of(NEWS_FIRSTS);
    static COMPANY: HanSet = HanSet::of("").with_firsts(COMPANY_KINDS);
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
    let title = (line.first == Class::OpenBracket) & (line.latin >= LATIN_WORD) & (above.last == Class::Han);
    let wire = matches!(line.first_char, '（' | '(') & (line.glyphs <= DATELINE);
    let quotation = (above.first == Class::OpenQuote) & (above.last == Class::CloseQuote);
    let byline = may_be_byline(above) | may_be_byline(line) | (line.cue as u8 == Cue::Byline as u8);
    let rest =
        (above.last == Class::Han) & (COMPANY.has(line.first_char) | (line.cue as u8 == Cue::BracketNumber as u8));
    let others = title | wire | quotation | byline | rest;
    (code
        | closes
        | dateline
        | credit
        | others
        | dashed
        | address
        | court
        | call
        | alone(line)
        | alone(above)
        | called
        | script)
        || unmarked && (above.label || TITLE.has(above.last_chars[0]))
        || above.last == Class::Han && NEWS.has(line.first_char)
}

/// Letters of a word in Latin, at least.
const LATIN_WORD: u16 = 4;

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
    is_cut_post(around)
        || is_rest_of_name(around)
        || is_rest_of_byline(around)
        || did_not_fit(around)
        || is_cut_out(around)
        || is_court(around)
        || is_telephone_of_ad(around)
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

/// Whether a line begins with a code that had no room on the line above, which ends inside its sentence.
fn did_not_fit(around: &Around<'_>) -> bool {
    let Around { before, above, line, below, .. } = *around;
    let word = line.first_word_width.max(width_of_title(around.body(line)));
    if word < CODE || above.last != Class::Han || above.parted || above.tail != Tail::None {
        return false;
    }
    // A heading or a label stands above its number by itself.
    let ends = line.last.is_in(STOPS) && above.glyphs >= SENTENCE;
    let running = above.marks > 0 || ends || before.is_some_and(|b| b.marks > 0 && !b.last.is_in(STOPS));
    let widest = [before, below].iter().flatten().map(|l| l.width).fold(line.width, u16::max);
    running
        && above.width.saturating_add(word) > widest
        && above.width * 2 >= widest
        && is_address_or_code(around.body(line))
}

/// Glyphs of a line without a mark that begins a sentence, at least: a headline above a title in Latin is shorter.
const SENTENCE: u16 = 12;

/// Letters of the longest word that is counted: no column is wider.
const LONGEST_WORD: usize = 80;

/// The width of the first word of a title in Latin with the mark before it, which no typesetter parts: 《Planetary. 0 of another one.
fn width_of_title(body: &str) -> u16 {
    let Some(title) = body.strip_prefix(['《', '〈', '（', '(']) else { return 0 };
    let letters = title.bytes().take(LONGEST_WORD).take_while(u8::is_ascii_alphabetic).count() as u16;
    if letters >= LATIN_WORD { letters + 2 } else { 0 }
}

/// Whether a line begins inside the name of a company or of a class: 桥头渠业⏎有限公司, 桥头小学五⏎（2）班.
fn is_rest_of_name(around: &Around<'_>) -> bool {
    const CLASS: [&str; 2] = ["）班", ")班"];
    let Around { above, line, .. } = *around;
    let body = around.body(line);
    let is_class = || {
        let number = body.strip_prefix(['（', '(']).map(|s| s.trim_start_matches(|c: char| c.is_ascii_digit()));
        number.is_some_and(|behind| CLASS.iter().any(|class| behind.starts_with(class)))
    };
    above.last == Class::Han && (COMPANY_KINDS.iter().any(|word| body.starts_with(word)) || is_class())
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
    if begins_report(around)
        || is_dashed_heading(around)
        || is_source(around)
        || begins_byline(around)
        || stands_above_text(around)
    {
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

/// Whether the line above is a byline, or a headline that is one quotation, and text begins below it.
fn stands_above_text(around: &Around<'_>) -> bool {
    let Around { above, line, below, words, .. } = *around;
    let running = line.glyphs >= TEXT && (line.marks > 0 || below.is_some_and(|below| below.marks > 0));
    let text = running && line.first.is_in(Class::set(&[Class::Han, Class::OpenQuote, Class::Digit]));
    if !text || line.cue == Cue::Byline {
        return false;
    }
    may_be_byline(above) && is_byline(around.body(above), words) || is_quotation(around)
}

/// Glyphs of a line of text, at least.
const TEXT: u16 = 8;

/// Whether the line above is one quotation that ends without a stop, below the end of something: a headline. No clause goes on behind it.
fn is_quotation(around: &Around<'_>) -> bool {
    const LONGEST: u16 = 24; // glyphs
    let Around { before, above, line, .. } = *around;
    let mut inner = around.body(above).chars();
    let (Some(_), Some(_)) = (inner.next(), inner.next_back()) else { return false };
    let is_quote = |c: char| class_of(c).is_in(Class::set(&[Class::OpenQuote, Class::CloseQuote]));
    let last = inner.clone().next_back().map(class_of);
    let begins = before.is_none_or(|b| b.last.is_in(STOPS) || b.marks == 0 || above.blanks > 0);
    above.first == Class::OpenQuote
        && above.last == Class::CloseQuote
        && (TEXT..=LONGEST).contains(&above.glyphs)
        && line.first == Class::Han
        && matches!(last, Some(Class::Han | Class::Digit))
        && begins
        && !inner.any(is_quote)
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
