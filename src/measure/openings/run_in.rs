//! Items of a list that is set in running text: 要求：1、…；2、…；3、…. A line that begins with one of them goes on with the line above.

use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::measure::printed_rows::may_be_inside_row;
use crate::vocabulary::cues::Cue;
use crate::vocabulary::numbers::{NUMERALS, is_numeral};

/// Lines above an item in which the item before it is looked for.
const LINES: usize = 8;

/// A line that a sentence fills has at least so much of the measure, in tenths.
const FULL: u32 = 8;

/// What an item of such a list ends in, where another one follows.
const GOES_ON: u32 = Class::set(&[Class::Semicolon, Class::Comma, Class::Colon]);

/// Finds the lines that begin with an item whose list stands in running text: the item before it begins inside a line, or is such an
/// item.
pub(super) fn find(text: &str, lines: &mut [Line]) {
    for i in 1..lines.len() {
        let numbered = matches!(lines[i].cue, Cue::Number | Cue::BracketNumber | Cue::HanNumber);
        if !numbered || lines[i].item_number < 2 || !lines[i - 1].last.is_in(GOES_ON) {
            continue;
        }
        let Some(before) = marker_before(&text[lines[i].start as usize..lines[i].end as usize], lines[i].item_number)
        else {
            continue;
        };
        let cue = lines[i].cue;
        let found = lines[..i].iter().rev().take(LINES).find_map(|line| {
            let body = &text[line.start as usize..line.end as usize];
            match item_in(body, &before) {
                Some(at) => Some(at > 0 || line.run_in),
                None if line.cue == cue => Some(false), // another item is nearer
                None => None,
            }
        });
        lines[i].run_in = found == Some(true);
    }
}

/// Marks these lines where the line above is full.
pub(super) fn mark(lines: &mut [Line], measures: &[u16]) {
    for i in 1..lines.len().min(measures.len()) {
        let full = u32::from(lines[i - 1].width) * 10 >= u32::from(measures[i - 1]) * FULL;
        if lines[i].run_in && full && lines[i].blanks == 0 {
            lines[i].opening = Opening::Rest;
        }
    }
}

/// Marks these lines where the break above is inside a printed row that arrived in pieces.
pub(super) fn mark_in_rows(lines: &mut [Line]) {
    for i in 1..lines.len() {
        if lines[i].run_in && may_be_inside_row(lines[i - 1].row_place) && lines[i].blanks == 0 {
            lines[i].opening = Opening::Rest;
        }
    }
}

/// The number of the item before the one that a text begins with, with its marks: 2、 before 3、.
fn marker_before(body: &str, number: u16) -> Option<String> {
    let rest = body.strip_prefix(['（', '(']).unwrap_or(body);
    let open = &body[..body.len() - rest.len()];
    let written = |n: u16| match rest.starts_with(is_numeral) {
        true => NUMERALS.chars().nth(usize::from(n.checked_sub(1)?)).map(String::from),
        false => Some(n.to_string()),
    };
    let close = rest.strip_prefix(&written(number)?)?.chars().next()?;
    Some(format!("{open}{}{close}", written(number.checked_sub(1)?)?))
}

/// Where an item begins in a line: behind a mark, at its beginning, or with a bracket.
fn item_in(body: &str, marker: &str) -> Option<usize> {
    let bracketed = marker.starts_with(['（', '(']);
    body.rmatch_indices(marker).map(|(at, _)| at).find(|&at| {
        let number = body[at + marker.len()..].starts_with(|c: char| c.is_ascii_digit());
        let begins = body[..at].chars().next_back().is_none_or(|c| "；：，。、;:, ".contains(c));
        (begins || bracketed) && !number
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;

    /// Whether the last line goes on with the lines above.
    fn goes_on(lines: &str) -> bool {
        let mut page = Layout::default();
        page.measure(lines, &[]);
        page.lines.last().is_some_and(|line| line.opening == Opening::Rest)
    }

    #[test]
    fn an_item_whose_list_is_set_in_running_text_goes_on() {
        let full = "会议要求：1、清明以前完成主渠的清淤；2、轮流放水；\n";
        assert!(goes_on(&format!("{full}3、修好全部闸门，每个口子装上水尺；")));
        assert!(goes_on(&format!(
            "{full}3、修好全部的闸门，每个口子都要装上新水尺；\n4、水费由各村代收，一律张榜公布；"
        )));
        assert!(goes_on(
            &full.replace("1、", "（一）").replace("2、", "（二）").replace('\n', "\n（三）修好全部闸门；")
        ));
        assert!(!goes_on(&format!("{full}4、修好全部闸门，每个口子装上水尺；")), "another number");
        assert!(
            !goes_on(&format!("{full}1、植树三千棵；\n3、修好全部闸门，每个口子装上水尺；")),
            "another item is nearer"
        );
        assert!(
            !goes_on(&format!("{}3、修好全部闸门；", full.replace("2、轮流放水；", "轮流放水。"))),
            "behind a stop"
        );
        assert!(
            !goes_on(&format!("{full}渠水流过桥头镇，沿岸的稻田渐渐泛黄\n2、轮流放水；\n3、修好全部闸门；")),
            "items of lines"
        );
    }

    #[test]
    fn an_item_in_a_row_that_arrived_in_pieces_goes_on() {
        const INSIDE: u8 = 1;
        const END_OF_ROW: u8 = 4;
        let opened = |place: u8| {
            let mut page = Layout::default();
            page.measure("会议要求（1）清明以前完成主渠的清淤；\n（2）轮流放水；\n渠水流过桥头镇，\n", &[]);
            page.lines[0].row_place = place;
            page.lines[1].opening = Opening::None;
            mark_in_rows(&mut page.lines);
            [page.lines[1].opening == Opening::Rest, page.lines[2].opening == Opening::Rest]
        };
        assert_eq!(opened(INSIDE), [true, false]);
        assert_eq!(opened(END_OF_ROW), [false, false]);
    }

    #[test]
    fn the_item_before_is_named_in_the_same_form() {
        for (body, number, before) in [
            ("3、修", 3, "2、"),
            ("（10）修", 10, "（9）"),
            ("(2)修", 2, "(1)"),
            ("三、修", 3, "二、"),
            ("（二）修", 2, "（一）"),
        ] {
            assert_eq!(marker_before(body, number).as_deref(), Some(before));
        }
        assert_eq!(item_in("会议要求：1、清淤；2、放水", "2、"), Some("会议要求：1、清淤；".len()));
        assert_eq!(item_in("会议要求12、放水", "2、"), None);
        assert_eq!(item_in("会议要求（1）清淤；", "（1）"), Some("会议要求".len()));
        assert_eq!(item_in("投资；1.5亿元", "1."), None);
    }
}
