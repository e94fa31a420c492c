//! Lines that are pieces: of a row that a text layer cut where the type changes, and of a caption in a column of its own.

use super::around::STOPS;
use super::hints::{CREDIT, SIGN};
use super::items::ITEM_STEMS;
use crate::measure::class::Class;
use crate::measure::line::Line;
use crate::measure::opening::Opening;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::cues::{Cue, Tail};
use crate::vocabulary::numbers::is_numeral;
use std::ops::RangeInclusive;

/// Pieces of one row, at most: more are cells.
const PIECES: usize = 5;
/// Half-widths by which the pieces may miss the measure: one glyph.
const SLACK: u16 = 2;
/// Half-widths of the narrowest measure whose rows are put together: in a narrower one any two cells may fill it.
const MEASURE: u16 = 28;

/// What a piece begins with where the type changes inside a row: a quotation, a title, a note, a number, a word in Latin.
const TEARS: u32 = Class::set(&[
    Class::OpenQuote,
    Class::OpenBracket,
    Class::Bullet,
    Class::Digit,
    Class::Latin,
    Class::Enumeration,
    Class::Comma,
]);
/// Marks behind which an extractor may end a line though the sentence goes on.
const MARKS: u32 = Class::set(&[Class::Comma, Class::Enumeration]);
/// What a quotation or a title begins with.
const QUOTES: u32 = Class::set(&[Class::OpenQuote, Class::OpenBracket]);
/// What a line of a sentence ends in that goes on.
const GOES_ON: u32 = Class::set(&[Class::Han, Class::Comma, Class::Enumeration]);
/// What an inner piece ends in: the row goes on.
const OPEN: u32 = Class::set(&[
    Class::Han,
    Class::Comma,
    Class::Enumeration,
    Class::Digit,
    Class::Latin,
    Class::CloseQuote,
    Class::CloseBracket,
    Class::Semicolon,
    Class::Stop,
    Class::Unit,
]);
/// Cues of items: an item is no piece.
fn is_item(line: &Line) -> bool {
    let inside = matches!(line.cue, Cue::None | Cue::Opener | Cue::Ordinal | Cue::Date | Cue::Digits | Cue::Caption);
    let noted = line.cue == Cue::Bullet && line.opening == Opening::NoteMark;
    !(inside || noted) || line.label
}

/// Whether a mark opens an aside. The mark of a title has another type beside it, that of an aside has not.
fn is_bracket(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '[' | '［' | '〔')
}

/// Lines of a name that runs downwards, one glyph each: at least, and at most. More are a list of characters.
const UPRIGHT: RangeInclusive<usize> = 3..=16;

/// Glyphs of a line beside such a name, at least: shorter ones and the glyphs are the cells of a table.
const BESIDE_UPRIGHT: u16 = 8;

/// Marks the glyphs of a name that runs downwards beside the text and arrives one glyph a line, and the line below it: 菱⏎角⏎副⏎刊. Of 33
/// breaks between three such glyphs or more, on real pages and on those of other genres, none ends a unit. Numbers alone head the
/// parts of a text.
pub(super) fn find_upright(lines: &mut [Line]) {
    let is_glyph = |line: &Line| (line.glyphs == 1) & (line.first == Class::Han);
    let goes_on = |line: &Line| is_glyph(line) && line.blanks == 0 && line.opening == Opening::None;
    let mut from = 0;
    while from < lines.len() {
        if !is_glyph(&lines[from]) {
            from += 1;
            continue;
        }
        let end = from + 1 + lines[from + 1..].iter().take_while(|line| goes_on(line)).count();
        if UPRIGHT.contains(&(end - from)) && is_upright_name(lines, from, end) {
            lines[from + 1..end].iter_mut().for_each(|line| line.opening = Opening::Rest);
            let below = lines[end..].iter_mut().take(1).filter(|below| below.opening == Opening::None);
            below.for_each(|below| below.opening = Opening::Apart);
        }
        from = end;
    }
}

/// Whether glyphs that stand one a line have text above and below them or nothing, and are no numbers.
fn is_upright_name(lines: &[Line], from: usize, end: usize) -> bool {
    let above = from == 0 || lines[from].blanks > 0 || lines[from - 1].glyphs >= BESIDE_UPRIGHT;
    let below = lines.get(end).is_none_or(|below| below.blanks > 0 || below.glyphs >= BESIDE_UPRIGHT);
    let counts = |line: &Line| is_numeral(line.first_char) || ITEM_STEMS.contains(line.first_char);
    above && below && !lines[from..end].iter().all(counts)
}

/// Marks the pieces of torn rows: two to five lines that fill the measure together, at least one of which begins as a tear
/// does.
pub(super) fn find_pieces(lines: &mut [Line], measures: &[u16]) {
    let mut i = 0;
    while i + 1 < lines.len() {
        // Nearly all lines end here.
        let quoted = lines[i + 1].first.is_in(QUOTES) & lines[i].last.is_in(GOES_ON) & (lines[i].marks > 0);
        if quoted && cut_out(lines, i) {
            i += 1;
            continue;
        }
        // Among pieces the measure is known badly; the row above may be full.
        let above = i.checked_sub(1).map_or(0, |above| lines[above].width);
        let last = [measures[i], above].into_iter().find_map(|measure| {
            if may_be_torn(&lines[i], &lines[i + 1], measure) { row_of_pieces(lines, i, measure) } else { None }
        });
        let Some(last) = last else {
            i += 1;
            continue;
        };
        for piece in &mut lines[i + 1..=last] {
            piece.opening = Opening::Rest;
        }
        i = last;
        // The row is full, so what it leaves open goes on.
        let open = lines[last].last.is_in(GOES_ON | Class::set(&[Class::CloseQuote])) && lines[last].tail == Tail::None;
        if let Some(next) = lines.get_mut(last + 1)
            && open
            && (next.blanks == 0) & (next.indent == 0) & (next.opening == Opening::None) & !next.parted
            && next.cue == Cue::None
        {
            next.opening = Opening::Rest;
        }
    }
}

/// Whether a row of this measure may be torn between two lines: the upper one is no title above its text, but where a quotation or a
/// book title was torn from it.
fn may_be_torn(line: &Line, next: &Line, measure: u16) -> bool {
    let quoted = next.first.is_in(QUOTES) & !is_bracket(next.first_char) & line.last.is_in(GOES_ON);
    let running = (line.marks > 0) | (u32::from(line.width) * 5 >= 2 * u32::from(measure)) | quoted;
    running
        & (line.width.saturating_add(SLACK) < measure)
        & (line.width.saturating_add(next.width) <= measure.saturating_add(SLACK))
        & (measure >= MEASURE)
}

/// Marks what a text layer cut out of a sentence at its quotation marks: short lines between two lines of running text, the
/// first of which begins with a quotation or a title.
fn cut_out(lines: &mut [Line], above: usize) -> bool {
    const PIECES: usize = 4;
    const INNER: u32 = GOES_ON | Class::set(&[Class::CloseQuote, Class::CloseBracket]);
    let a = lines[above];
    let quoted = lines[above + 1].first.is_in(QUOTES) & !is_bracket(lines[above + 1].first_char);
    if !quoted || !a.last.is_in(GOES_ON) || a.marks == 0 || a.tail != Tail::None || a.glyphs < 10 {
        return false;
    }
    let short = |l: &Line, b: &Line| u32::from(l.width) * 10 <= 7 * u32::from(a.width.max(b.width));
    for last in above + 2..(above + 2 + PIECES).min(lines.len()) {
        let (b, inner) = (lines[last], &lines[above + 1..last]);
        let whole =
            |l: &Line| l.last.is_in(INNER) && l.blanks == 0 && l.indent == 0 && !l.parted && l.opening == Opening::None;
        if !inner.iter().all(|l| whole(l) && l.marks <= 2) {
            return false;
        }
        let prose =
            b.marks > 0 && b.glyphs >= 10 && b.first.is_in(GOES_ON) && b.cue == Cue::None && b.opening == Opening::None;
        if prose && b.blanks == 0 && b.indent == 0 {
            if !inner.iter().all(|l| short(l, &b)) {
                return false;
            }
            lines[above + 1..=last].iter_mut().for_each(|l| l.opening = Opening::Rest);
            return true;
        }
    }
    false
}

/// The last piece of the row that begins with a line, if it is torn.
fn row_of_pieces(lines: &[Line], first: usize, measure: u16) -> Option<usize> {
    let beside = |l: &Line| l.width.abs_diff(measure) <= SLACK;
    let mut width = lines[first].width;
    let (mut torn, mut quotes) = (false, 0);
    for last in first + 1..(first + PIECES).min(lines.len()) {
        let (above, line) = (&lines[last - 1], &lines[last]);
        let plain =
            (line.opening == Opening::None) | (line.opening == Opening::Rest) | (line.opening == Opening::NoteMark);
        if line.blanks > 0
            || line.indent > 0
            || !plain
            || is_item(line)
            || above.parted
            || !above.last.is_in(OPEN)
            || above.tail != Tail::None
        {
            return None;
        }
        width = width.saturating_add(line.width);
        torn |= above.last.is_in(MARKS)
            || line.first == Class::CloseQuote && above.open == 1
            || line.first.is_in(TEARS) && !is_bracket(line.first_char) && above.last != Class::Stop;
        quotes += usize::from(line.first.is_in(QUOTES) && !is_bracket(line.first_char));
        if width > measure.saturating_add(SLACK) {
            return None;
        }
        if width.saturating_add(SLACK) >= measure {
            // A full row of the same column stands beside it, and the pieces are of running text.
            let full =
                first.checked_sub(1).is_some_and(|k| beside(&lines[k])) || lines.get(last + 1).is_some_and(beside);
            let marks: u16 = lines[first..=last].iter().map(|l| l.marks + u16::from(l.last == Class::Comma)).sum();
            // A row without a mark that was torn twice stands above more text of its sentence.
            let goes_on = quotes > 1 && lines.get(last + 1).is_some_and(|next| next.marks > 0 && beside(next));
            return (torn && full && (marks > 0 || goes_on)).then_some(last);
        }
    }
    None
}

/// What points from a caption to its picture.
pub(super) const TRIANGLES: [char; 6] = ['▲', '▼', '△', '▽', '◀', '▶'];

/// Marks the lines of a caption that is set in a column of its own: none is wider than its first line, and all but the last
/// end without a stop.
pub(super) fn find_captions(lines: &mut [Line], hints: &[u8]) {
    const LINES: usize = 6;
    let mut i = 0;
    while i < lines.len() {
        if hints[i] & SIGN == 0 || !opens_caption(&lines[i]) {
            i += 1;
            continue;
        }
        let first = lines[i];
        if first.last.is_in(STOPS) || first.tail != Tail::None || !(8..=32).contains(&first.width) {
            i += 1;
            continue;
        }
        let mut last = None;
        for (k, line) in lines.iter().enumerate().skip(i + 1).take(LINES) {
            let fits = line.width <= first.width.saturating_add(SLACK)
                && line.blanks == 0
                && line.opening == Opening::None
                && !opens_caption(line);
            if !fits {
                break;
            }
            if line.last.is_in(STOPS) || line.tail == Tail::Credit {
                last = Some(k);
                break;
            }
            if line.width.saturating_add(SLACK) < first.width {
                break;
            }
        }
        if let Some(last) = last {
            for line in &mut lines[i + 1..=last] {
                line.opening = Opening::Rest;
            }
        }
        i = last.unwrap_or(i) + 1;
    }
}

/// Marks the captions that their credit alone tells: a sentence that begins a line below the end of another one, and behind which, in
/// this line or one of the next two, stands who took the picture.
pub(super) fn find_credited(text: &str, lines: &mut [Line], hints: &[u8], words: &Vocabulary) {
    const LINES: usize = 3;
    for last in (1..lines.len()).filter(|&i| hints[i] & CREDIT != 0) {
        let first = (last.saturating_sub(LINES - 1).max(1)..=last).rev().find(|&i| lines[i - 1].last.is_in(STOPS));
        let Some(first) = first else { continue };
        let line = &lines[first];
        let is_rest = || lines[first.saturating_sub(LINES)..first].iter().any(opens_caption);
        let is_credit_alone =
            || line.marks == 0 && first == last || words.opens_with_post(&text[line.start as usize..line.end as usize]);
        if line.opening == Opening::None && !opens_caption(line) && !is_rest() && !is_credit_alone() {
            lines[first].opening = Opening::Captioned;
        }
    }
}

/// Whether a line begins as a caption does.
fn opens_caption(line: &Line) -> bool {
    (line.cue == Cue::Caption) | TRIANGLES.contains(&line.first_char)
}

#[cfg(test)]
mod tests {
    use crate::measure::{Layout, Opening};

    /// Whether the second and the third line are pieces of the row that the first one begins.
    fn is_row(pieces: [&str; 3]) -> bool {
        let rest = "书，收录民歌一百二十首，都是从老人口中一句一句\n记下来的，有三百多行，唱一遍要半个时辰，如今能\n唱全的只有两个人。\n";
        let mut page = Layout::default();
        page.measure(&format!("{}\n{rest}", pieces.join("\n")), &[]);
        page.lines[1..3].iter().all(|line| line.opening == Opening::Rest)
    }

    #[test]
    fn a_row_that_was_torn_at_two_titles_is_put_together() {
        assert!(is_row(["县文化馆编印了", "《陶溪民歌集》和", "《安岭茶谣》两本"]));
        assert!(!is_row(["县文化馆编印了", "《陶溪民歌集》和", "《茶谣》"]), "they do not fill the measure");
        assert!(!is_row(["县文化馆编印了", "《陶溪民歌集》和", "安岭地方的茶谣两"]), "torn once, and no mark");
    }

    #[test]
    fn a_row_is_put_together_by_the_measure_of_the_row_above_it() {
        let is_row = |above: &str| {
            let torn = "修公司老板是\n“骗子”\n“老赖”，还配上\n对方的照片。\n“我说的都是实话”\n";
            let mut page = Layout::default();
            page.measure(&format!("渠水流过桥头\n{above}\n{torn}"), &[]);
            page.lines[3..5].iter().all(|line| line.opening == Opening::Rest)
        };
        assert!(is_row("信朋友圈和小区群里连发七条信息，称装"));
        assert!(!is_row("信朋友圈和小区群里连发七条信息，称装修的"), "the pieces do not fill it");
    }
}
