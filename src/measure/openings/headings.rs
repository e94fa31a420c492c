//! Numbered headings: short lines without a mark at their end, whose siblings are such lines, too. The text begins below each.

use super::around::STOPS;
use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::measure::opening::Opening;

/// Siblings of a heading among the numbered lines above or below it, at most so far away.
const SIBLINGS: usize = 3;

/// A heading is at most so wide, in tenths of the measure. Of 315 lines without a mark on real documents that have 0.75 to 0.92 of it, 280
/// go on below; of 85 that have 0.5 to 0.75, 27.
const WIDEST: u32 = 7;

/// Marks of a line that is no heading: its sentence ends, or goes on below.
const ENDS: u32 = Class::set(&[
    Class::Stop,
    Class::ClosedStop,
    Class::Comma,
    Class::Enumeration,
    Class::Semicolon,
    Class::Colon,
    Class::OpenQuote,
    Class::OpenBracket,
]);

/// Marks the lines below numbered headings, and below headings that are nothing but a number: 一 above one part of a text, 二 above the
/// next one.
pub(super) fn mark(lines: &mut [Line], measures: &[u16]) {
    // The numbered lines, and whether each may be a heading.
    let mut numbered: Vec<(usize, bool)> = Vec::new();
    let mut alone = false;
    for (i, (line, &measure)) in lines.iter().zip(measures).enumerate() {
        if line.item_number > 0 && line.cue.is_item() {
            let is_short = u32::from(line.width) * 10 <= u32::from(measure) * WIDEST;
            numbered.push((i, is_short && !line.last.is_in(ENDS)));
        }
        alone |= (line.glyphs == 1) & (line.first_char == NUMBERS[0]);
    }
    if alone {
        mark_numbers_alone(lines);
    }
    for (k, &(i, may_head)) in numbered.iter().enumerate() {
        let Some(below) = lines.get(i + 1).filter(|_| may_head) else { continue };
        let begins = below.opening == Opening::None && below.first.is_in(Class::set(&[Class::Han, Class::Digit]));
        let is_text = begins && !below.cue.is_item();
        let near = &numbered[k.saturating_sub(SIBLINGS)..(k + 1 + SIBLINGS).min(numbered.len())];
        let is_sibling = |&(j, may_head): &(usize, bool)| {
            let (a, b) = (&lines[i], &lines[j]);
            may_head && j.abs_diff(i) > 1 && a.cue == b.cue && a.item_number.abs_diff(b.item_number) <= 1
        };
        if is_text && near.iter().any(is_sibling) {
            lines[i + 1].opening = Opening::Apart;
        }
    }
}

/// The first numbers that head the parts of a text.
const NUMBERS: [char; 6] = ['一', '二', '三', '四', '五', '六'];

/// Marks the lines below numbers that stand alone: two or more in order, the first of them 一, each below the end of a sentence. Others may
/// be pieces of rows.
fn mark_numbers_alone(lines: &mut [Line]) {
    let mut found = [0; NUMBERS.len()];
    let mut count = 0;
    for (i, pair) in lines.windows(2).enumerate() {
        let [above, line] = pair else { continue };
        if line.glyphs == 1 && NUMBERS.get(count) == Some(&line.first_char) && above.last.is_in(STOPS) {
            found[count] = i + 1;
            count += 1;
        }
    }
    if count > 1 {
        for &i in &found[..count] {
            lines[i..].iter_mut().skip(1).take(1).for_each(|below| below.opening = Opening::Apart);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::{Layout, Opening};

    /// Whether the text begins below a heading, beside another heading of its list.
    fn begins(heading: &str, sibling: &str) -> bool {
        let full = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整\n晒场，准备秋收，收割机也开到了田边，只等天晴。\n";
        let mut page = Layout::default();
        page.measure(&format!("{full}{sibling}\n{full}{heading}\n{full}"), &[]);
        page.lines[6].opening == Opening::Apart
    }

    #[test]
    fn text_begins_below_a_numbered_heading_that_has_siblings() {
        assert!(begins("2．清淤方法、清淤工具和人手", "1．清淤的范围"));
        assert!(begins("（二）清淤方法、工具", "（一）清淤范围"));
        assert!(begins("2.2 清淤方法", "2.1 清淤范围"), "sections");
        assert!(!begins("2．清淤方法、清淤工具和人手", "清淤的范围"), "no sibling");
        assert!(!begins("2．清淤方法、清淤工具和人手", "1．清淤的范围。"), "the sibling is a sentence");
        assert!(!begins("2．清淤方法、清淤工具，", "1．清淤的范围"), "inside a sentence");
        assert!(!begins("2．清淤方法、清淤工具和人手由各村自行决定，镇", "1．清淤的范围"), "as wide as the text");
    }

    #[test]
    fn text_begins_below_numbers_that_head_its_parts() {
        let below = |first: &str, second: &str| {
            let mut page = Layout::default();
            page.measure(
                &format!("城市要整洁。\n{first}\n渠水流过桥头镇，沿岸的稻田黄了。\n{second}\n收割机也开到了田边。\n"),
                &[],
            );
            [page.lines[2].opening == Opening::Apart, page.lines[4].opening == Opening::Apart]
        };
        assert_eq!(below("一", "二"), [true, true]);
        assert_eq!(below("一", "三"), [false, false], "not in order");
        assert_eq!(below("一天", "二"), [false, false], "no number alone");
        assert_ne!(below("二", "一"), [true, true], "the second one first");
    }
}
