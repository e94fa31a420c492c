//! The [priors](super::priors) that need the whole page: its measure, what its empty lines mean, whether its rows arrive whole, whether
//! its lines end behind marks, and whether it is clean already.

use super::decoder::Scores;
use super::priors::{CLOSES, WIDE, WIDE_CUT};
use super::verse::of_verse;
use crate::measure::{Class, Cue, Layout, Line, NOISE, Opening, Tail, breaks_off, is_cut, may_be_cut};

/// Against: an empty line on a page where few breaks have one, unless a row of running text breaks off above it. Of 378 such breaks of real
/// documents and of other genres three go on.
const BLANK: f32 = -3.0;

/// Share of the breaks inside sentences with an empty line, up to which empty lines part units for the most part.
const FEW_BLANKS: f32 = 0.3;

/// Against: a line in ASCII alone that is not full stands above or below one in Han: a command, an address, a title in English. Of 84 such
/// breaks of real documents two join.
const OTHER_SCRIPT: f32 = -4.0;

/// Against: a line in Latin below a colon is what the colon announces: a command, a title. Of 26 such lines of real documents all stand
/// alone.
const SHOWN: f32 = -5.0;

/// Glyphs of a line that is longer than the label of an address or a title.
const ANNOUNCES: u16 = 10;

/// Glyphs of a line in ASCII that stands for itself, at least. Shorter ones are words of a torn row.
const LEAST_SCRIPT: u16 = 6;

/// For: a number of one or two digits stands alone below a capital letter, and Han stand below it, one of both in running text: the
/// lowered number of a formula.
const INDEX: f32 = 8.0;

/// Against: a number alone below a row that breaks off or ends: a folio, the number of a note. Of 72 such lines of real documents all
/// begin a unit.
const NUMBER_ALONE: f32 = -3.0;

/// Against: a short numbered line without a mark is a heading. Of 74 such lines of real documents all end their unit.
const NUMBERED_HEADING: f32 = -3.0;

/// Glyphs of the longest such heading.
const LONGEST_HEADING: u16 = 12;

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

/// What a word in Han, a stop or a lead-in ends in.
const WORDS: u32 = Class::set(&[Class::Han, Class::Stop, Class::ClosedStop, Class::Colon, Class::CloseBracket]);

/// A row above a number alone has at least so much of the mean measure of the page. Below a shorter line the number may be a piece of it.
const FULL_SHARE: f32 = 0.9;

/// A numbered heading is at most so wide, as a share of the mean measure of the page.
const WIDEST_HEADING: f32 = 0.7;

/// Adds the priors of what the page as a whole says: that it is clean already, what its empty lines mean, and whether its
/// lines end behind marks.
pub(super) fn of_page(layout: &Layout, scores: &mut Scores) {
    let blanks = layout.habits.block_blanks;
    let marked = layout.habits.marked_ends >= MARKED_ENDS && layout.habits.mean_measure >= MARKED_MEASURE;
    let full = layout.habits.full_width;
    let few = blanks == 0 && layout.habits.blank_mid <= FEW_BLANKS && layout.lines.iter().any(|line| line.blanks > 0);
    if blanks > 0 || few || marked || full > 0 {
        const COMMAS: u32 = Class::set(&[Class::Comma, Class::Enumeration]);
        for (at, pair) in layout.lines.windows(2).enumerate() {
            let [above, below] = pair else { continue };
            let parted = blanks > 0 && below.blanks >= blanks && !above.last.is_in(COMMAS);
            let goes_on = marked && above.last.is_in(COMMAS) && below.blanks == 0 && !above.parted;
            let cut =
                full > 0 && above.width.saturating_add(2) >= full && above.marks > 0 && goes_on_in_text(above, below);
            let apart = few && below.blanks > 0 && may_end(above);
            let prior = |prior: f32, given: bool| prior * f32::from(u8::from(given));
            let prior =
                prior(FULL, cut) + prior(BLANK, apart) + if parted { BLOCK_BLANK } else { prior(MARKED_END, goes_on) };
            scores.add_to_joins(at, prior);
        }
    }
    of_numbers(layout, scores);
    of_verse(&layout.lines, scores);
    if !layout.habits.tears_rows() {
        of_whole_rows(layout, scores);
    }
    if let Some(measure) = wide_measure(&layout.lines) {
        of_wide_rows(&layout.lines, measure, scores);
    }
    if layout.is_clean() {
        for at in 0..scores.breaks.len() {
            scores.add_to_joins(at, CLEAN_PAGE);
        }
    }
}

/// Whether a line is no row of running text that breaks off.
fn may_end(line: &Line) -> bool {
    line.open == 0 && (line.marks == 0 || line.last.is_in(Class::set(&[Class::Stop, Class::ClosedStop])))
}

/// Whether a line ends inside a sentence, and nothing that begins something stands below it.
fn goes_on_in_text(above: &Line, below: &Line) -> bool {
    const OPEN: u32 = Class::set(&[Class::Han, Class::Comma, Class::Enumeration, Class::Digit, Class::Latin]);
    let begins = below.blanks > 0 || below.indent > above.indent || below.opening != Opening::None;
    let plain = matches!(below.cue, Cue::None | Cue::Opener | Cue::Date | Cue::Digits);
    above.last.is_in(OPEN) && above.tail == Tail::None && !begins && plain
}

/// Adds the priors below numbered headings, beside numbers that stand alone, and beside lines in another script.
fn of_numbers(layout: &Layout, scores: &mut Scores) {
    let (lines, measure) = (&layout.lines, layout.habits.mean_measure);
    for (at, pair) in lines.windows(2).enumerate() {
        let [above, below] = pair else { continue };
        let next = lines.get(at + 2);
        if below.digits == below.glyphs && next.is_some_and(|next| is_index(above, below, next)) {
            scores.add_to_joins(at, INDEX);
            scores.add_to_joins(at + 1, INDEX);
            continue;
        }
        let prior = if above.item_number > 0 && is_heading(above, below, measure * WIDEST_HEADING) {
            NUMBERED_HEADING
        } else if is_number(below) && above.last.is_in(WORDS) && f32::from(above.width) >= measure * FULL_SHARE {
            NUMBER_ALONE
        } else if is_in_ascii(below) && next.is_some_and(|next| CLOSES.contains(&next.first)) {
            continue; // the sentence goes on behind the words in Latin
        } else if below.opening.goes_on() {
            continue; // the address that the line above asks for
        } else if shows(above, below) {
            SHOWN
        } else if is_set_off(above, below, measure * FULL_SHARE) {
            OTHER_SCRIPT
        } else {
            continue;
        };
        scores.add_to_joins(at, prior);
    }
}

/// Whether a line is the number of atoms in a formula, at which the line above breaks off: CO⏎2⏎.
fn is_index(above: &Line, line: &Line, below: &Line) -> bool {
    line.digits == line.glyphs
        && line.glyphs <= 2
        && above.glyphs > 1
        && above.last_chars[0].is_ascii_uppercase()
        && below.first == Class::Han
        && above.marks + below.marks > 0
}

/// Whether a line has more letters than anything else, and neither Han nor another sign as wide as they are.
fn is_in_ascii(line: &Line) -> bool {
    line.latin > line.glyphs / 2 && line.glyphs >= LEAST_SCRIPT && line.width <= line.glyphs.saturating_add(line.gaps)
}

/// Whether a line ends in a colon and the line below is in ASCII alone, other than an address.
fn shows(above: &Line, below: &Line) -> bool {
    above.last == Class::Colon && above.glyphs >= ANNOUNCES && is_in_ascii(below) && !below.address
}

/// Whether a numbered line is a heading.
fn is_heading(line: &Line, below: &Line, widest: f32) -> bool {
    line.cue.is_item()
        && line.marks == 0
        && line.last == Class::Han
        && (5..=LONGEST_HEADING).contains(&line.glyphs)
        && f32::from(line.width) <= widest
        && below.first.is_in(Class::set(&[Class::Han, Class::Latin, Class::Digit]))
        && !below.opening.goes_on()
}

/// Whether one of two lines is in ASCII alone and not full, and the other one is in Han.
fn is_set_off(above: &Line, below: &Line, full: f32) -> bool {
    let is_short = |line: &Line| f32::from(line.width) < full;
    is_in_ascii(above) && below.first == Class::Han && is_short(above)
        || is_in_ascii(below) && above.last.is_in(WORDS) && is_short(below)
}

/// Whether a line is nothing but a number.
fn is_number(line: &Line) -> bool {
    line.digits == line.glyphs && line.glyphs <= 4
}

/// Adds the priors of a page whose rows arrived whole: of headings, and of what stands between two pages inside a sentence.
fn of_whole_rows(layout: &Layout, scores: &mut Scores) {
    let lines = &layout.lines;
    let has_fields = layout.habits.noise <= NOISE && layout.habits.spaced <= SPACED;
    for (at, pair) in lines.windows(2).enumerate() {
        let [above, line] = pair else { continue };
        // Few lines are so short, or have fields.
        if u32::from(above.width) * 10 <= u32::from(line.width) * 7 && is_short_of(above, line) {
            scores.add_to_joins(at, ROOM);
        }
        if has_fields & line.parted & (line.marks == 0)
            && let Some(below) = lines.get(at + 2)
            && is_between_pages(above, line, below)
        {
            scores.add_to_joins(at, BETWEEN_PAGES);
            scores.add_to_joins(at + 1, BETWEEN_PAGES);
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
    for (at, pair) in lines.windows(2).enumerate() {
        if let [above, below] = pair
            && is_full(above, measure)
            && may_be_cut(above, below)
            && !is_cut(above, below)
        {
            scores.add_to_joins(at, WIDE_CUT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decoder::BREAK_SCORES;
    use super::*;

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

    const FULL_ROW: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场，";

    /// The priors of the breaks of a page.
    fn priors_of(text: &str) -> Vec<f32> {
        let mut layout = Layout::default();
        layout.measure(text, &[]);
        let breaks = vec![[0.0; BREAK_SCORES]; layout.lines.len() - 1];
        let mut scores = Scores { lines: Vec::new(), breaks };
        of_numbers(&layout, &mut scores);
        scores.breaks.iter().map(|scores| scores[0]).collect()
    }

    /// The prior of the second break of a page.
    fn second_of(text: &str) -> f32 {
        priors_of(text)[1]
    }

    #[test]
    fn text_begins_below_a_short_numbered_heading() {
        let below = |heading: &str, text: &str| second_of(&format!("{FULL_ROW}\n{heading}\n{text}\n{FULL_ROW}\n"));
        assert_eq!(below("2.2. 清淤目标", "略。"), NUMBERED_HEADING);
        assert_eq!(below("（二）清淤目标", "略。"), NUMBERED_HEADING);
        assert_eq!(below("清淤目标", "略。"), 0.0, "no number");
        assert_eq!(below("2.清淤，目标", "略。"), 0.0, "a mark");
        assert_eq!(below("2.清淤的目标和范围以及各村自行", "决定的事项。"), 0.0, "too long");
        assert_eq!(below("2.清淤目标", "（重点）"), 0.0, "an aside goes on");
    }

    #[test]
    fn a_number_below_a_full_row_stands_alone() {
        let below = |row: &str, number: &str| second_of(&format!("{FULL_ROW}\n{row}\n{number}\n{FULL_ROW}\n"));
        let row = FULL_ROW.replace("，", "的");
        assert_eq!(below(&row, "1"), NUMBER_ALONE);
        assert_eq!(below(&row, "1286篇"), 0.0, "what it counts");
        assert_eq!(below("篇，其中小说", "312"), 0.0, "the row above has room");
        assert_eq!(below(FULL_ROW, "312"), 0.0, "behind a comma");
    }

    #[test]
    fn a_line_in_another_script_that_is_not_full_stands_alone() {
        let beside = |above: &str, below: &str| second_of(&format!("{FULL_ROW}\n{above}\n{below}\n{FULL_ROW}\n"));
        assert_eq!(beside("> qushui -clean", "再等一会儿，看看结果。"), OTHER_SCRIPT);
        assert_eq!(beside("渠水网", "www.qushui.example"), OTHER_SCRIPT);
        assert_eq!(beside("qushui", "，再等一会儿"), 0.0, "a mark begins the line");
        assert_eq!(beside("qushui 渠水", "再等一会儿，看看结果。"), 0.0, "Han");
        assert_eq!(beside("觅有房、性格开朗的人为伴。", "151XX2213XX"), 0.0, "digits for the most part");
        let full = "qushui --clean --all-channels --from-the-weir-to-the-mouth --now";
        assert_eq!(beside(full, "再等一会儿，看看结果。"), 0.0, "a full row");
    }

    #[test]
    fn a_line_in_latin_below_a_colon_stands_alone() {
        let below = |above: &str, line: &str| second_of(&format!("{FULL_ROW}\n{above}\n{line}\n{FULL_ROW}\n"));
        assert_eq!(below("打开终端，输入下面的命令：", "> qushui --clean"), SHOWN);
        assert_eq!(below("打开终端，输入下面的命令：", "清理渠水 qushui --clean"), 0.0, "Han");
        let address = format!("{FULL_ROW}\n结果可以在网上查看，网址是：\nwww.qushui.example\n，也可以来信。\n");
        assert_eq!(second_of(&address), 0.0, "the sentence goes on");
        let is_shown = |above: &str, line: &str| {
            let mut layout = Layout::default();
            layout.measure(&format!("{above}\n{line}\n"), &[]);
            shows(&layout.lines[0], &layout.lines[1])
        };
        assert!(is_shown("打开终端，输入下面的命令：", "qushui --clean"));
        assert!(!is_shown("命令：", "qushui --clean"), "a label");
        assert!(!is_shown("打开终端，输入下面的命令。", "qushui --clean"), "no colon");
        assert!(!is_shown("登录下面的网站查询和下载：", "www.qushui.example"), "an address");
    }

    #[test]
    fn a_lowered_number_belongs_to_its_formula() {
        let priors = |[above, number, below]: [&str; 3]| priors_of(&format!("{above}\n{number}\n{below}\n"));
        assert_eq!(priors(["少CO", "2", "排放约九吨，码头空气变好了。"]), [INDEX, INDEX]);
        assert_eq!(priors(["每艘船一年少排CO", "2", "约九吨，空气变好了。"]), [INDEX, INDEX]);
        assert_eq!(priors(["每艘船一年少排", "2", "吨，空气变好了。"])[1], 0.0, "below Han");
        assert_eq!(priors(["渠首晚报A", "2", "本市新闻"])[1], 0.0, "no running text");
        assert_eq!(priors(["每艘船用 Linux", "2", "年，都说好。"])[1], 0.0, "below a small letter");
        assert_eq!(priors(["少CO", "213", "约九吨，空气变好了。"])[1], 0.0, "a long number");
    }

    #[test]
    fn an_empty_line_parts_what_does_not_break_off_above_it() {
        let ends = |above: &str| {
            let mut layout = Layout::default();
            layout.measure(&format!("{above}\n\n{FULL_ROW}\n"), &[]);
            may_end(&layout.lines[0])
        };
        assert!(ends("渠水新歌"));
        assert!(ends("渠水流过桥头镇，稻田黄了。"));
        assert!(!ends("渠水流过桥头镇，沿岸的稻田"));
        assert!(!ends("渠水流过桥头镇，沿岸的稻田，"));
    }
}
