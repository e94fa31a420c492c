//! Log-odds that are set by hand and not fitted, all of them for the lines' model. Each is added to the four ways in which
//! a break can join its two lines: positive for a join, negative against one. 4 is odds of 55 to 1, 6 of 400, 8 of 3,000,
//! 10 of 22,000.
//!
//! They are for cases that are certain by the rules of typesetting, but that the training pages show too seldom, or only
//! beside much other evidence, so that a fit leaves their weights small. Where no source is named, the number was chosen
//! so that the case wins against usual evidence and loses against overwhelming evidence.

use super::decoder::Scores;
use super::facts::is_point;
use crate::measure::{Class, Cue, Layout, Line, NOISE, OPENS, Opening, Tail, breaks_off, class_of, is_cut, may_be_cut};
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

/// Against: a bullet begins a line below the end of a sentence. On the training pages such a line always begins a unit, but a
/// caption with ▲ above one with ▼ has little other evidence.
const BULLET: f32 = -2.0;

/// Against: a line of more than [`WIDE`] between lines of less than half its width is not of their column.
const BEYOND_COLUMN: f32 = -6.0;

/// For: a line of more than [`WIDE`] breaks off inside a sentence that goes on below, see [`is_cut`].
const WIDE_CUT: f32 = 7.0;

/// Against: an empty line where the page's empty lines part units, see [`Habits::block_blanks`](crate::measure::Habits).
const BLOCK_BLANK: f32 = -6.0;

/// For: a comma ends the line on a page whose extractor ends lines behind marks.
const MARKED_END: f32 = 4.0;

/// Share of lines that end in a mark inside a sentence on such a page. 12 to 35 % do on others.
const MARKED_ENDS: f32 = 0.4;

/// For: a line ends inside a sentence and is as wide as the page's few full lines, see
/// [`Habits::full_width`](crate::measure::Habits).
const FULL: f32 = 4.0;

/// Half-widths of the measure of such a page, at least: lines of verse are shorter.
const MARKED_MEASURE: f32 = 26.0;

/// Against every join on a page that is clean already, see [`Layout::is_clean`]: strong enough to outvote each line's own
/// evidence.
const CLEAN_PAGE: f32 = -10.0;

/// Against: a line without marks that is well short of the line below, on a page whose rows arrive whole: a heading or a row. Of 1,357
/// such lines on pages of any kind (the benches, genres and real documents of docs/fitting.md) 52 go on, nearly all in torn rows.
const ROOM: f32 = -4.0;

/// Against: a line with fields and without marks stands between two full rows of one sentence, as a running head does.
const BETWEEN_PAGES: f32 = -6.0;

/// Share of neighbouring Han with a space between them, from which on gaps make no fields.
const SPACED: f32 = 0.2;

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
    let mut prior = opening(below.opening);
    if above.folio || below.folio {
        prior += FOLIO;
    }
    if above.doubled || below.doubled {
        prior += DOUBLED;
    }
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
    let [last, second_last] = above.last_chars;
    if above.last.is_in(OPENS) && (1..=3).contains(&above.open) && below.cue != Cue::Furniture {
        prior += TORN_AT_OPENING;
    }
    if last == '·' && above.glyphs > 1 && !above.contents && below.first == Class::Han && below.opening == Opening::None
    {
        prior += interpunct(before, above, below);
    }
    if above.bound {
        prior += BOUND;
    }
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
    let item = matches!(below.cue, Cue::Number | Cue::BracketNumber | Cue::HanNumber | Cue::Article);
    if matches!(below.list_position, 1 | 3) && item {
        prior += NEXT_ITEM;
    }
    if below.cue == Cue::Bullet && matches!(above.last, Class::Stop | Class::ClosedStop) {
        prior += BULLET;
    }
    // 报道 and 摄影 may be cut by the break.
    if above.tail == Tail::Credit && above.gaps > 0 && last != '道' && below.first_char != '影' {
        prior += CREDIT_ENDS;
    }
    if above.unbroken || below.unbroken {
        prior += UNBROKEN;
    }
    if last == '-' && class_of(second_last) == Class::Latin && below.first_char.is_lowercase() {
        prior += HYPHEN_CUT;
    }
    if above.address && below.first == Class::Latin {
        prior += ADDRESS_CUT;
    }
    prior
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

/// Whether a line ends inside a sentence, and nothing that begins something stands below it.
fn goes_on_in_text(above: &Line, below: &Line) -> bool {
    const OPEN: u32 = Class::set(&[Class::Han, Class::Comma, Class::Enumeration, Class::Digit, Class::Latin]);
    let begins = below.blanks > 0 || below.indent > above.indent || below.opening != Opening::None;
    let plain = matches!(below.cue, Cue::None | Cue::Opener | Cue::Date | Cue::Digits);
    above.last.is_in(OPEN) && above.tail == Tail::None && !begins && plain
}

/// Adds the priors of a page whose rows arrived whole: of headings, and of what stands between two pages inside a sentence.
fn of_whole_rows(layout: &Layout, scores: &mut Scores) {
    let lines = &layout.lines;
    let has_fields = layout.habits.noise <= NOISE && layout.habits.spaced <= SPACED;
    let mut add = |at: usize, prior: f32| scores.breaks[at][..4].iter_mut().for_each(|s| *s += prior);
    for (at, pair) in lines.windows(2).enumerate() {
        let [above, line] = pair else { continue };
        // Few lines are so short, or have fields.
        if u32::from(above.width) * 10 <= u32::from(line.width) * 7 && is_short_of(above, line) {
            add(at, ROOM);
        }
        if has_fields & line.parted & (line.marks == 0)
            && let Some(below) = lines.get(at + 2)
            && is_between_pages(above, line, below)
        {
            add(at, BETWEEN_PAGES);
            add(at + 1, BETWEEN_PAGES);
        }
    }
}

/// Whether a line with fields and without marks stands inside a sentence: the line above is prose and fills its row without a stop, the
/// line below does, too, and a sentence would not end in such a line.
fn is_between_pages(above: &Line, line: &Line, below: &Line) -> bool {
    const GOES_ON: u32 = Class::set(&[Class::Han, Class::Comma, Class::Enumeration]);
    const WORDS: u32 = Class::set(&[Class::Han, Class::Digit]);
    let fields = (line.gaps > 0) & (line.marks == 0) & line.last.is_in(WORDS) & !line.label;
    let is_short = u32::from(line.width) * 10 <= u32::from(above.width.min(below.width)) * 8;
    let is_row = |row: &Line| (row.marks > 0) & (row.indent == 0) & (row.gaps == 0);
    fields
        & is_short
        & (line.glyphs > 3)
        & (line.tail == Tail::None)
        & is_row(above)
        & is_row(below)
        & above.last.is_in(GOES_ON)
        & (above.tail == Tail::None)
        & (above.width.abs_diff(below.width) <= 4)
}

/// The width, in half-widths, of the rows of a text that is wrapped wider than any column: two rows or more break off there.
fn wide_measure(lines: &[Line]) -> Option<u16> {
    let widest = lines.iter().map(|line| line.width).max().filter(|&widest| widest > WIDE)?;
    let cut = lines.iter().filter(|line| is_full(line, widest) && line.marks > 0 && breaks_off(line.last));
    (cut.count() > 1).then_some(widest)
}

fn is_full(line: &Line, measure: u16) -> bool {
    line.width.saturating_add(3) >= measure
}

/// Adds the priors of the rows of such a text.
fn of_wide_rows(lines: &[Line], measure: u16, scores: &mut Scores) {
    for (pair, scores) in lines.windows(2).zip(&mut scores.breaks) {
        if let [above, below] = pair
            && is_full(above, measure)
            && may_be_cut(above, below)
            && !is_cut(above, below)
        {
            scores[..4].iter_mut().for_each(|s| *s += WIDE_CUT);
        }
    }
}

/// Whether a line without marks is so much shorter than the line below that the first word of that line had room in it.
fn is_short_of(above: &Line, below: &Line) -> bool {
    /// Half-widths that glyphs which a recognizer lost may have taken.
    const LOST: u16 = 6;
    // A word in Latin may be a piece of a torn row.
    const WORDS: u32 = Class::set(&[Class::Han, Class::Digit, Class::CloseBracket, Class::CloseQuote]);
    let width = above.indent.saturating_add(above.width);
    ((above.marks == 0) | above.label)
        & (above.glyphs > 1)
        & (above.open == 0)
        & above.last.is_in(WORDS)
        & (u32::from(width) * 10 <= u32::from(below.width) * 7)
        & (width.saturating_add(below.first_word_width).saturating_add(LOST) <= below.width)
        && !below.opening.goes_on()
        && !CLOSES.contains(&below.first)
        // A dateline may stand alone above its report.
        && !matches!(above.cue, Cue::News | Cue::Wire)
}

/// Adds the priors of what the page as a whole says: that it is clean already, what its empty lines mean, and whether its
/// lines end behind marks.
pub(super) fn of_page(layout: &Layout, scores: &mut Scores) {
    let blanks = layout.habits.block_blanks;
    let marked = layout.habits.marked_ends >= MARKED_ENDS && layout.habits.mean_measure >= MARKED_MEASURE;
    let full = layout.habits.full_width;
    if blanks > 0 || marked || full > 0 {
        const COMMAS: u32 = Class::set(&[Class::Comma, Class::Enumeration]);
        for (pair, scores) in layout.lines.windows(2).zip(&mut scores.breaks) {
            let [above, below] = pair else { continue };
            let parted = blanks > 0 && below.blanks >= blanks && !above.last.is_in(COMMAS);
            let goes_on = marked && above.last.is_in(COMMAS) && below.blanks == 0 && !above.parted;
            let cut =
                full > 0 && above.width.saturating_add(2) >= full && above.marks > 0 && goes_on_in_text(above, below);
            let prior = FULL * f32::from(u8::from(cut))
                + if parted { BLOCK_BLANK } else { MARKED_END * f32::from(u8::from(goes_on)) };
            scores[..4].iter_mut().for_each(|s| *s += prior);
        }
    }
    if !layout.habits.tears_rows() {
        of_whole_rows(layout, scores);
    }
    if let Some(measure) = wide_measure(&layout.lines) {
        of_wide_rows(&layout.lines, measure, scores);
    }
    if layout.is_clean() {
        for scores in &mut scores.breaks {
            scores[..4].iter_mut().for_each(|s| *s += CLEAN_PAGE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_line_without_marks_and_with_room_behind_it_is_a_heading() {
        let short = |above: &str, below: &str| {
            let mut layout = Layout::default();
            layout.measure(&format!("{above}\n{below}\n"), &[]);
            is_short_of(&layout.lines[0], &layout.lines[1])
        };
        let full = "渠水流过桥头镇，沿岸的稻田黄了，";
        assert!(short("寻亲", full));
        assert!(short("三大队评工分公开", full));
        assert!(short("门票：20元，半价", full), "a label and its value");
        assert!(!short("三大队的评工分做到三公开", full), "less than three tenths are free");
        assert!(!short("寻亲，渠水", full), "a mark");
        assert!(!short("寻", full), "a drop cap");
        assert!(!short("寻亲", "渠水流过"), "the line below is short, too");
        assert!(!short("寻亲", "，渠水流过桥头镇，沿岸的稻田黄了"), "a mark that begins no unit");
        assert!(!short("本报讯", full), "a dateline");
        assert!(!short("SCADA", full), "a word in Latin");
    }

    #[test]
    fn fields_between_two_rows_of_one_sentence_are_a_running_head() {
        let between = |line: &str, below: &str| {
            let mut layout = Layout::default();
            layout.measure(&format!("粘得住木槌、又不粘手，才算到了火候。捏成的年糕排在竹匾\n{line}\n{below}\n"), &[]);
            is_between_pages(&layout.lines[0], &layout.lines[1], &layout.lines[2])
        };
        let full = "里，盖上一层稻草，能放到清明。孩子们最盼的是最后一小团";
        assert!(between("卷三 岁时风俗 145", full));
        assert!(!between("卷三岁时风俗", full), "no fields");
        assert!(!between("卷三，岁时 风俗", full), "a mark");
        assert!(!between("卷三 岁时风俗 145", "里，盖上一层稻草。"), "the row below is short");
        assert!(!between("电话：0351 1234567", full), "a label");
    }

    #[test]
    fn rows_that_are_wider_than_columns_are_wrapped_where_two_of_them_break_off() {
        let row = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场准备秋收，孩子们在堤上奔跑，老人们在树下说着今年的雨水和往年的收成";
        let measure = |second: &str| {
            let mut layout = Layout::default();
            layout.measure(&format!("{row}\n一天过去了。\n{second}\n又一天过去了。\n"), &[]);
            wide_measure(&layout.lines)
        };
        assert_eq!(measure(row), Some(118));
        assert_eq!(measure(&row.replace("收成", "收。")), None, "one row alone breaks off");
        assert_eq!(measure(&row[..60]), None, "one row is wide");
    }
}
