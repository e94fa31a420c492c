//! Spaces inside lines: closes up letter-spacing and keeps a meaningful space as one space.
//!
//! Each gap is decided from its two sides, the role of the line, and the habits of the page. In running text a space
//! between Han comes from the typesetter; in a display line or a row it separates fields.

mod context;
mod gap;
mod names;
mod numbers;
mod spread;
mod view;

pub use context::Context;
pub(super) use names::byline_open;

use super::roster::LONGEST_LABEL;
use super::tokens::Tokens;
use crate::document::edit::Edits;
use crate::measure::{Class, Cue, Habits, Line, Opening, Tail};
use crate::plan::LineRole;
use crate::rule::Rule;
use crate::text::latin::puts_space;
use crate::text::scan::{BLOCK, places_of};
use crate::vocabulary::surnames::is_surname;
use context::sets_off;
use gap::Gap;
use names::{credited_from, is_name_list};
use view::View;

/// What a sentence or a part of one ends in.
const SENTENCE_ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Comma, Class::Semicolon, Class::Colon]);

/// Whether a line of this role is running text.
#[inline(never)] // few lines have spaces
pub fn is_running(role: LineRole, line: &Line) -> bool {
    // Without a sentence's mark at its end such a line has fields, even if another one goes with it.
    let numbered =
        line.cue == Cue::Number && line.gaps >= 2 && line.marks < line.gaps && !line.last.is_in(SENTENCE_ENDS);
    match role {
        _ if line.contents => false,
        LineRole::Start | LineRole::Single if numbered => false,
        LineRole::Start | LineRole::Middle | LineRole::End => true,
        _ if line.opening == Opening::Row => false,
        LineRole::Single => {
            line.marks > 0 || matches!(line.last, Class::Stop | Class::ClosedStop | Class::Comma | Class::Semicolon)
        }
        // The model may take a lone sentence for a display line.
        LineRole::Display | LineRole::Row => {
            line.cue == Cue::Jump
                || matches!(line.last, Class::Semicolon) && line.glyphs >= 8
                || matches!(line.cue, Cue::Number | Cue::HanNumber | Cue::BracketNumber | Cue::Ordinal)
                    && line.marks > 0
                    && !numbered
                || line.marks > 0 && line.tail == Tail::Credit
                || matches!(line.last, Class::Stop | Class::ClosedStop)
                    && (line.marks > 0 && line.glyphs >= 12 || line.glyphs >= 18)
        }
    }
}

/// Proposes edits of the spaces inside `line`. Returns whether the line is a list of names that may continue on the next
/// line, as a byline does.
pub fn propose(
    text: &str,
    line: &Line,
    context: Context<'_>,
    habits: &Habits,
    tokens: &mut Tokens,
    edits: &mut Edits,
) -> bool {
    // Two lines in five have spaces beside numbers only. In running text these spaces mean nothing.
    let in_words = line.gaps > 0 || line.spaced > 0 || line.loose > 0;
    let headed = matches!(line.cue, Cue::Number | Cue::News) && context.opens || sets_off(line);
    let latin = context.keep_latin || context.put_latin || line.mostly_latin();
    if context.running && !latin && !headed && !in_words && has_quarters_only(text, line) {
        all_spaces(text, line, |at| {
            edits.remove(at..at + 1, Rule::Spacing);
            true
        });
        return false;
    }
    propose_by_tokens(text, line, context, habits, tokens, edits)
}

/// Whether each space of a line is a quarter em: a single space between Han and ASCII letters or digits. Such a line is
/// not a list of names, because names have no numbers between them. A line of three fields that begins with a surname
/// could still be such a list, and returns false.
fn has_quarters_only(text: &str, line: &Line) -> bool {
    const NAME: usize = 4 * 4; // bytes of the longest name, of four characters
    // U+4E00 to U+9FFF.
    let han = |c: &[u8; 3]| matches!(c, [0xE4, 0xB8..=0xBF, _] | [0xE5..=0xE9, ..]);
    let number = |b: u8| b.is_ascii_alphanumeric();
    let bytes = text.as_bytes();
    let (mut spaces, mut first) = (0, 0);
    let quarters = all_spaces(text, line, |at| {
        first = if spaces == 0 { at - line.start as usize } else { first };
        spaces += 1;
        let (before, after) = (&bytes[..at], &bytes[at + 1..]);
        match (before.last(), after.first()) {
            // 4. 新增, 83% 没有
            (Some(&a), _) if number(a) || a == b'.' || a == b'%' => after.first_chunk().is_some_and(han),
            (_, Some(&b)) if number(b) => before.last_chunk().is_some_and(han),
            _ => false,
        }
    });
    quarters && (spaces != 2 || first > NAME || !is_surname(&[line.first_char]))
}

/// Whether `pred` is true for the place of each space in a line. Stops at the first space for which it is not.
#[inline]
fn all_spaces(text: &str, line: &Line, mut pred: impl FnMut(usize) -> bool) -> bool {
    let end = line.end as usize;
    for from in (line.start as usize..end).step_by(BLOCK) {
        let mut spaces = places_of(b' ', text.as_bytes(), from, end);
        while spaces != 0 {
            if !pred(from + spaces.trailing_zeros() as usize) {
                return false;
            }
            spaces &= spaces - 1;
        }
    }
    true
}

/// As [`propose`], for any line.
fn propose_by_tokens(
    text: &str,
    line: &Line,
    context: Context<'_>,
    habits: &Habits,
    tokens: &mut Tokens,
    edits: &mut Edits,
) -> bool {
    let (start, end) = (line.start as usize, line.end as usize);
    tokens.read(text, start, end);
    if context.put_latin {
        tokens.join_where(text, puts_space);
    }
    let all = &tokens.all[..];
    let view = View::of(text, line, tokens, context, habits);
    let names = is_name_list(text, tokens, habits) || view.roster.is_some();
    let mut byline = context.byline || names;
    // （何 苗 裴桐 摄影报道）: names stand in the last brackets of the line.
    let credited = if line.bracketed { credited_from(&text[start..end], context.words) } else { None };
    let closes_up = view.closes_up(byline || credited.is_some());
    for (k, pair) in all.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        if closes_up && k >= LONGEST_LABEL && view.is_letter_space(a, b) {
            edits.remove(a.end..b.start, Rule::Spacing);
            continue;
        }
        let gap = Gap::between(text, a, b, k + 1);
        // An open byline matters between Han only. In a line longer than `NEARBY` each gap must update it, because a later
        // look does not go back further than that.
        if line.bracketed && (gap.classes == (Class::Han, Class::Han) || end - start > NEARBY) {
            byline = names || byline_open(text, start.max(a.end.saturating_sub(NEARBY))..a.end, byline, context.words);
        }
        let byline = byline || credited.is_some_and(|from| a.end > start + from);
        if !view.keeps(&gap, all, byline) {
            edits.remove(a.end..b.start, Rule::Spacing);
        } else if gap.width() > 1 {
            edits.replace(a.end..b.start, " ", Rule::Spacing);
        }
    }
    names && line.last == Class::Han
}

/// Bytes before a gap in which the beginning of a byline is looked for. A byline is short, but a line may be long.
const NEARBY: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;
    use crate::vocabulary::BUILT_IN;
    use proptest::prelude::*;

    #[test]
    fn a_numbered_line_has_fields_where_it_has_more_gaps_than_marks() {
        let running = |line: &str| {
            let mut page = Layout::default();
            page.measure(line, &[]);
            is_running(LineRole::Start, &page.lines[0])
        };
        assert!(running("14. 渠水：沿岸的耕地，如 山地、林缘 等，但对于栽培的"));
        assert!(!running("3. 论文 何苗，石磊 渠床糙率 清水大学学报"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn letter_spaces_that_are_closed_up_quickly_are_not_kept(
            line in "[何苗本报讯第地址一〇䶵]{1,2}( {1,3}[何苗王明渠水讯：；，（/a1一〇䷀]|   ?[何渠][苗水：/]){4,12}",
            opens: bool, running: bool, byline: bool, below_post: bool, put_latin: bool
        ) {
            let mut page = Layout::default();
            page.measure(&line, &[]);
            let context = Context { running, opens, byline, below_post, keep_latin: false, put_latin, words: &BUILT_IN };
            let mut tokens = Tokens::default();
            for of_page in &page.lines {
                tokens.read(&line, of_page.start as usize, of_page.end as usize);
                let view = View::of(&line, of_page, &tokens, context, &page.habits);
                for (k, pair) in tokens.all.windows(2).enumerate().skip(LONGEST_LABEL) {
                    if view.closes_up(byline) && view.is_letter_space(&pair[0], &pair[1]) {
                        prop_assert!(!view.keeps(&Gap::between(&line, &pair[0], &pair[1], k + 1), &tokens.all, byline));
                    }
                }
            }
        }

        #[test]
        fn the_quick_exit_for_quarters_agrees_with_the_full_decision(
            line in "[何苗王明于渠水（。，][何苗王明于渠水（。， a8]{0,4}( ?[何苗王明于][何苗王明渠水，（]{0,3}[ a8%.]{1,3}){1,4}[何苗王明于渠水。]{1,3}",
            opens: bool, byline: bool, noise in 0..2, spaced in 0..2,
        ) {
            let mut page = Layout::default();
            page.measure(&line, &[]);
            page.habits.noise = noise as f32;
            page.habits.spaced = spaced as f32;
            let context =
                Context { running: true, opens, byline, below_post: false, keep_latin: false, put_latin: false, words: &BUILT_IN };
            let (mut tokens, mut quick, mut full) = (Tokens::default(), Edits::new(), Edits::new());
            for of_page in &page.lines {
                let names = propose(&line, of_page, context, &page.habits, &mut tokens, &mut quick);
                prop_assert_eq!(names, propose_by_tokens(&line, of_page, context, &page.habits, &mut tokens, &mut full));
            }
            prop_assert_eq!(quick.as_slice(), full.as_slice());
        }
    }
}
