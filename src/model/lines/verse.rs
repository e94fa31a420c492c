//! The [prior](super::priors) inside runs of short lines of unequal width without marks: verse, songs, signatories. Running text fills its
//! lines, and of eight lines of it some end in a mark.

use super::decoder::Scores;
use crate::measure::{Class, Line};

/// Against: a break inside such a run. Of 98 in real documents, the benches and other genres 92 end a unit, and 19 of the 20 that were in doubt.
const VERSE: f32 = -3.0;

/// Lines of the shortest run.
const LEAST_LINES: usize = 8;

/// Half-widths of the widest line, and marks inside a line, at most.
const WIDEST: u16 = 26;
const MOST_MARKS: u16 = 2;

/// Half-widths by which a line is shorter than the widest one near it, at least. A full row differs by less.
const ROOM: u16 = 3;

/// Lines of a run that are near a break, above and below it.
const ABOVE: usize = 4;
const BELOW: usize = 4;

/// Adds the prior to the breaks of a page.
pub(super) fn of_verse(lines: &[Line], scores: &mut Scores) {
    let mut from = 0;
    while from < lines.len() {
        let run = lines[from..].iter().take_while(|line| may_be_verse(line)).count();
        if run >= LEAST_LINES {
            let end = from + run;
            for at in from..end - 1 {
                let near = &lines[from.max((at + 1).saturating_sub(ABOVE))..end.min(at + 1 + BELOW)];
                if is_ragged(near, &lines[at]) {
                    scores.add_to_joins(at, VERSE);
                }
            }
        }
        from += run + 1;
    }
}

/// Whether a line is short, and no mark ends it.
fn may_be_verse(line: &Line) -> bool {
    line.last == Class::Han
        && line.glyphs > 1
        && line.width <= WIDEST
        && line.marks <= MOST_MARKS
        && (u32::from(line.digits) + u32::from(line.latin)) * 5 <= u32::from(line.glyphs) * 2
}

/// Whether of the lines near a break at least half have room behind them, and there is at most one mark for two lines. Where the line above
/// the break has no room, seven of ten must have some.
fn is_ragged(near: &[Line], above: &Line) -> bool {
    let widest = near.iter().map(|line| line.width).max().unwrap_or(0);
    let has_room = |line: &Line| line.width.saturating_add(ROOM) <= widest;
    let with_room = near.iter().filter(|line| has_room(line)).count();
    let marks: usize = near.iter().map(|line| usize::from(line.marks)).sum();
    let least_tenths = if has_room(above) { 5 } else { 7 };
    with_room * 10 >= near.len() * least_tenths && marks * 2 <= near.len()
}

#[cfg(test)]
mod tests {
    use super::super::decoder::BREAK_SCORES;
    use super::*;
    use crate::measure::Layout;

    /// Which breaks of a page have the prior.
    fn breaks(lines: &[&str]) -> Vec<bool> {
        let mut page = Layout::default();
        page.measure(&(lines.join("\n") + "\n"), &[]);
        let mut scores = Scores { lines: Vec::new(), breaks: vec![[0.0; BREAK_SCORES]; lines.len() - 1] };
        of_verse(&page.lines, &mut scores);
        scores.breaks.iter().map(|scores| scores[0] == VERSE).collect()
    }

    const VERSES: [&str; 8] =
        ["水闸", "夜里听见渠水醒来", "像一个人", "推开隔壁的门", "我把灯", "举到窗前", "它走远了", "留下一地湿的月亮"];

    #[test]
    fn short_lines_of_unequal_width_without_marks_stand_apart() {
        assert_eq!(breaks(&VERSES), [true; 7]);
        assert_eq!(breaks(&VERSES[..7]), [false; 6], "seven lines");
        let mut marked = VERSES;
        marked[3] = "推开隔壁的门。";
        assert_eq!(breaks(&marked), [false; 7], "a sentence ends inside");
        let equal = ["夜里听见渠水醒来的人"; 8];
        assert_eq!(breaks(&equal), [false; 7], "rows of one width");
        let commas = [
            "夜，渠水",
            "夜里，渠水醒来",
            "像人，推门",
            "推开隔壁，那扇门",
            "举灯，又放",
            "举到窗前，又放下",
            "走，远了",
            "留下一地，月亮",
        ];
        assert_eq!(breaks(&commas), [false; 7], "a mark in every line");
        let letters = ["渠", "夜里听见渠水醒来"].repeat(4);
        assert_eq!(breaks(&letters), [false; 7], "lines of one glyph");
    }
}
