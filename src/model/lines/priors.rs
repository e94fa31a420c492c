//! Log-odds that are set by hand and not fitted: those that need only the lines beside a break.
//! [`page_priors`](super::page_priors) has those that need the page. Each is added to the four ways in which a break can join
//! its two lines: positive for a join, negative against one. 4 is odds of 55 to 1, 6 of 400, 8 of 3,000, 10 of 22,000.
//!
//! They are for cases that are certain by the rules of typesetting, but that the training pages show too seldom, or only
//! beside much other evidence, so that a fit leaves their weights small. Where no source is named, the number was chosen
//! so that the case wins against usual evidence and loses against overwhelming evidence.

use super::facts::is_point;
use crate::measure::{Class, Cue, Line, OPENS, Opening, Tail, class_of, is_cut};
use crate::vocabulary::foreign_names::is_syllable;

/// Against: a line that the page printed twice is a display line. Of 6,513 breaks beside such a line, 4 join
/// (counted on the training pages), which is log-odds of -7.4.
const DOUBLED: f32 = -7.0;

/// Against: a folio is alone even inside an open quotation, whose fitted evidence for a join is about 10.
const FOLIO: f32 = -16.0;

/// For: 禁则 (kinsoku). No typesetter begins a line with a closing mark. Where a scan cut a line so, the mark belongs to the
/// line above.
const KINSOKU: f32 = 6.0;

/// For: the line is nothing but a mark that no typesetter sets at the beginning of a line, in either width.
const LONE_MARK: f32 = 12.0;

/// Against: an item among items stands below the colon that announces them.
const ANNOUNCED: f32 = -3.0;

/// Against: a line below a colon is set deeper than a paragraph begins: verse, or a quotation.
const SET_DEEP: f32 = -5.0;

/// Half-widths of such an indent, at least: three em.
pub(super) const DEEP: u16 = 6;

/// For: the line begins with the mark that closes a quotation of the line above.
const QUOTE_CLOSES: f32 = 6.0;

/// For: 禁则 (kinsoku). No typesetter ends a line with an opening mark. Where a text layer tore the line at the mark, and the mark
/// closes below, the sentence goes on.
const TORN_AT_OPENING: f32 = 10.0;

/// For: an interpunct between syllables of a foreign name ends the line.
const NAME_CUT: f32 = 11.0;

/// For: another interpunct ends the line, and Han begin the next. A recognizer read it for a comma or a stop.
const INTERPUNCT: f32 = 3.0;

/// Against: such an interpunct ends a line that is clearly shorter than its neighbours. It was a stop: of 128 short lines of real
/// documents that end in a stop 126 end their unit.
const INTERPUNCT_ENDS: f32 = -4.0;

/// For: the line ends as no unit does, or the next line begins as none does. Of 4,053 closing quotation marks behind no stop, 14
/// end a unit that has a comma or is longer than 20 characters, and of 74,898 commas none (in the text that the language is fitted
/// on), so the odds are more than this.
const BOUND: f32 = 5.0;

/// For: the last Han of the line, or the last two, stand behind a mark, and Han go on below. Of 4,280 such breaks of real documents and
/// generated pages 8 end a unit, most of them because the scan was misread; of the 40 that were likely to end one 4 do.
const SHORT_TAIL: f32 = 4.0;

/// For: a decimal point or a thousands comma ends the line, a digit begins the next.
const NUMBER_CUT: f32 = 5.0;

/// For: a hyphen after a Latin letter ends the line, a small letter begins the next.
const HYPHEN_CUT: f32 = 6.0;

/// For: a web or mail address goes on in the next line.
const ADDRESS_CUT: f32 = 9.0;

/// Against: one of the lines is wider than any column and alone in its width, so nothing was wrapped there.
const UNBROKEN: f32 = -8.0;

/// Against: a credit that a space sets off (何苗 摄, 何苗 文) ends its unit.
const CREDIT_ENDS: f32 = -4.0;

/// Against: `2.` begins a line after an item that began with `1.`.
const NEXT_ITEM: f32 = -4.0;

/// For: a Latin letter stands alone between two lines, the upper one of which ends in Latin or the lower one begins so: the raised or
/// lowered letter of a logo or a formula. Of 64 such lines of real documents all belong to both.
const LONE_LETTER: f32 = 6.0;

/// Against: `1.` begins a line below the end of a sentence or a colon, or below any word where `2.` follows. Of 217 such lines of real
/// documents all begin a unit.
const NUMBERED_ITEM: f32 = -4.0;

/// Against: a bullet begins a line below the end of a sentence. On the training pages such a line always begins a unit, but a
/// caption with ▲ above one with ▼ has little other evidence.
const BULLET: f32 = -2.0;

/// Against: a line of more than [`WIDE`] between lines of less than half its width is not of their column.
const BEYOND_COLUMN: f32 = -6.0;

/// For: a line of more than [`WIDE`] breaks off inside a sentence that goes on below, see [`is_cut`].
pub(super) const WIDE_CUT: f32 = 7.0;

/// What the text of the lower line says, see [`Opening`]: against where something begins, for where the line goes on.
const fn opening(opening: Opening) -> f32 {
    match opening {
        Opening::None => 0.0,
        Opening::Story | Opening::Label => -6.0,
        Opening::Item => -6.0,
        Opening::Row => -9.0,
        Opening::AfterRow => -9.0,
        Opening::Rule => -14.0,
        Opening::Foot => -16.0,
        Opening::Source => -4.0,
        Opening::AfterValue => -5.0,
        Opening::RestOfRow => 14.0,
        Opening::NoteMark => 14.0,
        Opening::Speech => 5.0,
        Opening::DropCap => 10.0,
        Opening::Value => 6.0,
        Opening::Rest => 8.0,
        Opening::Apart => -7.0,
        Opening::Captioned => -4.0,
    }
}

/// No column is wider than forty em, in half-widths.
pub(super) const WIDE: u16 = 80;

/// The classes that no line begins with, by the rules of typesetting.
pub(super) const CLOSES: [Class; 6] =
    [Class::Stop, Class::Comma, Class::Enumeration, Class::Semicolon, Class::CloseBracket, Class::CloseQuote];

/// The marks that belong to the line above where a tool sets them on a line of their own, half-width ones, too.
pub(super) const LONE_MARKS: u32 =
    Class::set(&[Class::Stop, Class::Comma, Class::Enumeration, Class::Semicolon, Class::Colon]);

/// The prior of a join between the line `above` and the line `below`; `before` is the line before both.
///
/// [`Columns::with_prior`](super::columns::Columns::with_prior) tells quickly which breaks may have one.
pub(super) fn of_break(before: &Line, above: &Line, below: &Line) -> f32 {
    of_page(above, below) + of_marks(before, above, below) + of_items(above, below) + of_cuts(before, above, below)
}

/// What was measured on the whole page: openings, folios, copies, bound and unbroken lines.
fn of_page(above: &Line, below: &Line) -> f32 {
    let mut prior = opening(below.opening);
    if above.folio || below.folio {
        prior += FOLIO;
    }
    if above.doubled || below.doubled {
        prior += DOUBLED;
    }
    if above.bound {
        prior += BOUND;
    }
    if above.unbroken || below.unbroken {
        prior += UNBROKEN;
    }
    prior
}

/// What the marks at the break tell.
fn of_marks(before: &Line, above: &Line, below: &Line) -> f32 {
    let mut prior = 0.0;
    // Half-width marks begin rows of signs, addresses and code, too.
    if CLOSES.contains(&below.first) && !below.first_char.is_ascii() {
        prior += KINSOKU;
    }
    if below.glyphs == 1 && below.first.is_in(LONE_MARKS) {
        prior += LONE_MARK;
    }
    if above.last == Class::Colon && below.opening == Opening::Item {
        prior += ANNOUNCED;
    }
    if above.last == Class::Colon && below.indent >= DEEP && below.indent > above.indent {
        prior += SET_DEEP;
    }
    if below.first == Class::CloseQuote && !below.first_char.is_ascii() && above.open == 1 {
        prior += QUOTE_CLOSES;
    }
    if above.last.is_in(OPENS) && (1..=3).contains(&above.open) && below.cue != Cue::Furniture {
        prior += TORN_AT_OPENING;
    }
    let dot = above.last_chars[0] == '·' && above.glyphs > 1 && !above.contents;
    if dot && below.first == Class::Han && below.opening == Opening::None {
        prior += interpunct(before, above, below);
    }
    let runs_on = below.first == Class::Han && matches!(below.cue, Cue::None | Cue::Date | Cue::Digits);
    if above.short_tail && runs_on && below.blanks <= above.blanks {
        prior += SHORT_TAIL;
    }
    prior
}

/// What the items of lists, bullets and credits tell.
fn of_items(above: &Line, below: &Line) -> f32 {
    let mut prior = 0.0;
    let item = matches!(below.cue, Cue::Number | Cue::BracketNumber | Cue::HanNumber | Cue::Article);
    if matches!(below.list_position, 1 | 3) && item {
        prior += NEXT_ITEM;
    }
    if below.cue == Cue::Number && below.item_number > 0 && below.first == Class::Digit && may_announce(above, below) {
        prior += NUMBERED_ITEM;
    }
    if below.cue == Cue::Bullet && matches!(above.last, Class::Stop | Class::ClosedStop) {
        prior += BULLET;
    }
    // 报道 and 摄影 may be cut by the break.
    let is_whole = above.last_chars[0] != '道' && below.first_char != '影';
    if above.tail == Tail::Credit && above.gaps > 0 && is_whole {
        prior += CREDIT_ENDS;
    }
    prior
}

/// What words and numbers that the break may cut tell, and lines beyond their column.
fn of_cuts(before: &Line, above: &Line, below: &Line) -> f32 {
    let mut prior = 0.0;
    let [last, second_last] = above.last_chars;
    let point = is_point(last) && class_of(second_last) == Class::Digit && above.glyphs > 4;
    if point && below.first == Class::Digit && below.cue != Cue::Number {
        prior += NUMBER_CUT;
    }
    let beyond = |beside: &Line| u32::from(above.width) > 2 * u32::from(beside.width) + 8;
    if above.width > WIDE && is_cut(above, below) {
        prior += WIDE_CUT;
    } else if above.width > WIDE && beyond(below) && beyond(before) {
        prior += BEYOND_COLUMN;
    }
    if is_lone_letter(below) && above.last == Class::Latin && above.glyphs > 1
        || is_lone_letter(above) && below.first == Class::Latin && below.glyphs > 1
    {
        prior += LONE_LETTER;
    }
    if last == '-' && class_of(second_last) == Class::Latin && below.first_char.is_lowercase() {
        prior += HYPHEN_CUT;
    }
    if above.address && below.first == Class::Latin {
        prior += ADDRESS_CUT;
    }
    prior
}

/// Whether the item of a numbered list may begin below a line.
fn may_announce(above: &Line, below: &Line) -> bool {
    const ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Colon]);
    above.last.is_in(ENDS) || above.last == Class::Han && below.list_position == 2
}

/// Whether a line is nothing but a Latin letter.
fn is_lone_letter(line: &Line) -> bool {
    line.glyphs == 1 && line.latin == 1
}

/// The prior below a line that ends in an interpunct.
fn interpunct(before: &Line, above: &Line, below: &Line) -> f32 {
    let full = u32::from(before.width.max(below.width));
    let is_short = u32::from(above.width) * 4 < full * 3;
    match is_syllable(above.last_chars[1]) && is_syllable(below.first_char) {
        true => NAME_CUT,
        false if is_short => INTERPUNCT_ENDS,
        false => INTERPUNCT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;

    #[test]
    fn an_interpunct_at_a_line_end_cuts_a_name_or_is_a_misread_mark() {
        let prior = |above: &str, below: &str| {
            let mut layout = Layout::default();
            layout.measure(&format!("渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着\n{above}\n{below}\n"), &[]);
            let lines = &layout.lines;
            interpunct(&lines[0], &lines[1], &lines[2])
        };
        assert_eq!(prior("修整晒场的还有当年来这里教书的弗拉基米尔·", "列宁斯基，他说"), NAME_CUT);
        assert_eq!(prior("约瑟夫·", "斯大林格勒的来信"), NAME_CUT, "in a short piece of a row");
        assert_eq!(prior("修整晒场，准备秋收，收割机也开到了田边等着·", "入秋以来雨水偏少"), INTERPUNCT);
        assert_eq!(prior("修整晒场·", "入秋以来雨水偏少，"), INTERPUNCT_ENDS);
    }

    /// The prior of the break between two lines.
    fn prior_of(above: &str, below: &str) -> f32 {
        let mut layout = Layout::default();
        layout.measure(&format!("{above}\n{below}\n渠水流过桥头镇，沿岸的稻田黄了。\n"), &[]);
        of_break(&Line::BEYOND_PAGE, &layout.lines[0], &layout.lines[1])
    }

    #[test]
    fn marks_that_begin_a_line_belong_to_the_line_above() {
        assert_eq!(prior_of("何苗说：“渠水来了。", "”大家都笑了。"), KINSOKU + QUOTE_CLOSES);
        assert_eq!(prior_of("何苗说：渠水来了。", "”大家都笑了。"), KINSOKU, "no quotation is open");
        for mark in [":", ",", ";", "："] {
            assert!(prior_of("内容提要", mark) >= LONE_MARK, "{mark}");
        }
        assert_eq!(prior_of("内容提要", ": 本文"), 0.0, "a half-width mark with text behind it");
    }

    #[test]
    fn what_a_colon_announces_begins_a_line() {
        assert_eq!(prior_of("最先想到的是那一首：", "      千山鸟飞绝，"), SET_DEEP);
        assert_eq!(prior_of("最先想到的是那一首：", "    千山鸟飞绝，"), 0.0, "as deep as a paragraph");
        assert_eq!(prior_of("最先想到的是那一首", "      千山鸟飞绝，"), 0.0, "no colon");
        let mut layout = Layout::default();
        layout.measure("具体方案如下：\n3路：停运。\n8路：绕行。\n", &[]);
        let [above, item] = [0, 1].map(|line| &layout.lines[line]);
        assert_eq!(of_break(&Line::BEYOND_PAGE, above, item), opening(Opening::Item) + ANNOUNCED);
    }

    #[test]
    fn a_numbered_item_begins_below_a_sentence_and_above_the_next_number() {
        assert_eq!(prior_of("清淤工作有三个步骤：", "1.先放干渠水。"), NUMBERED_ITEM);
        assert_eq!(prior_of("清淤工作已经开始。", "3．先放干渠水。"), NUMBERED_ITEM);
        assert_eq!(prior_of("清淤工作分上游", "3．5公里和下游"), 0.0, "a number");
        assert_eq!(prior_of("部分水库已经见底。", "3、4月份正是春播的时候。"), 0.0, "two numbers");
        assert_eq!(prior_of("清淤工作已经开始，", "3．先放干渠水。"), 0.0, "behind a comma");
        assert_eq!(prior_of("清淤工作的步骤", "3．先放干渠水。"), 0.0, "behind a word, without another item");
        let mut layout = Layout::default();
        layout.measure("清淤工作的步骤\n1．先放干渠水。\n2．再挖淤泥。\n", &[]);
        assert_eq!(of_break(&Line::BEYOND_PAGE, &layout.lines[0], &layout.lines[1]), NUMBERED_ITEM);
    }

    #[test]
    fn a_line_goes_on_whose_last_han_stand_behind_a_mark() {
        for above in [
            "渠水清清，两岸的稻田，我",
            "渠水清清，两岸的稻田黄了，我们",
            "渠水流到这里就慢了。石",
            "他说，渠水来了，和“稻子黄了”那",
            "渠首昨日放水，９月８日（星期一）上",
        ] {
            assert_eq!(prior_of(above, "去看今年放水"), SHORT_TAIL, "{above}");
        }
        assert_eq!(prior_of("渠水清清，两岸的稻田，我", "8月都来看放水"), 0.0, "above a digit");
        assert_eq!(prior_of("渠水清清，两岸的稻田黄了，孩子们", "来看放水"), 0.0, "three Han");
        assert_eq!(prior_of("瓷碗|40|尹小棠|易碎，轻放", "缆绳|3|白露港|自提"), 0.0, "a row");
        assert_eq!(prior_of("县里部署“清渠百日”行动", "桥头镇开始清淤"), 0.0, "two behind a closing mark");
        assert_eq!(prior_of("何苗、石磊、渠", "去看今年放水"), 0.0, "a short line");
        assert_eq!(prior_of("渠水清清，两岸的稻田，我", "\n去看今年放水"), 0.0, "above an empty line");
        assert_eq!(prior_of("两岸的稻田黄了，渠水清了。何苗", "去看今年放水"), 0.0, "who signs");
        assert_eq!(prior_of("渠水清清，两岸的稻田，我", "3.先放干渠水。"), 0.0, "an item");
    }

    #[test]
    fn a_raised_letter_belongs_to_the_word_that_it_stands_in() {
        assert_eq!(prior_of("渠志用的是 L", "A"), LONE_LETTER);
        assert_eq!(prior_of("A", "TEX 排的版"), LONE_LETTER);
        assert_eq!(prior_of("A", "B"), 0.0, "answers");
        assert_eq!(prior_of("渠志的版式", "A"), 0.0, "below Han");
        assert_eq!(prior_of("A", "组的渠工"), 0.0, "above Han");
    }
}
