//! A first look at each line by itself: what its edges and counts may mean for the openings. It gives a byte of hints, which the
//! rules ask instead of the line. A hint rules out; what it leaves is looked at by the rule itself.

use crate::measure::class::{CLASSES, Class};
use crate::measure::line::Line;
use crate::text::han_set::HanSet;
use crate::vocabulary::cues::{CUES, Cue, Tail};
use crate::vocabulary::notices::{COMPANY_KINDS, NEWS_FIRSTS, TITLES};

/// The line may begin with a head, or be a row of contents.
pub(super) const HEAD: u8 = 1;
/// The line may have an opening by what it is itself.
pub(super) const OPENS: u8 = 2;
/// The line below may have an opening by what this line is.
pub(super) const LEAVES: u8 = 4;
/// It may be a rule of signs, or begin a caption.
pub(super) const SIGN: u8 = 8;
/// It ends in a credit.
pub(super) const CREDIT: u8 = 16;

/// Hints of the first character, of the last one, and of the cue.
static FIRSTS: [u8; CLASSES] = {
    let mut hints = [0; CLASSES];
    hints[Class::Dash as usize] = HEAD | SIGN;
    hints[Class::Bullet as usize] = HEAD | SIGN | OPENS;
    hints[Class::Other as usize] = HEAD | SIGN;
    hints[Class::Ellipsis as usize] = HEAD | SIGN;
    hints[Class::Digit as usize] = HEAD | OPENS;
    hints[Class::Latin as usize] = HEAD | OPENS;
    hints[Class::OpenBracket as usize] = HEAD | OPENS;
    hints
};
static LASTS: [u8; CLASSES] = {
    let mut hints = [0; CLASSES];
    hints[Class::Digit as usize] = HEAD | LEAVES;
    hints[Class::CloseBracket as usize] = HEAD;
    hints[Class::Latin as usize] = LEAVES;
    hints[Class::Dash as usize] = LEAVES;
    hints[Class::CloseQuote as usize] = LEAVES;
    hints[Class::ClosedStop as usize] = LEAVES;
    hints
};
static OF_CUES: [u8; CUES] = {
    let mut hints = [0; CUES];
    hints[Cue::News as usize] = OPENS | LEAVES;
    hints[Cue::Wire as usize] = OPENS | LEAVES;
    hints[Cue::Deck as usize] = OPENS | HEAD;
    hints[Cue::Caption as usize] = SIGN;
    hints[Cue::Byline as usize] = OPENS | LEAVES;
    hints
};

/// First characters of a line that opens something, and of a head.
static FIRSTS_OF_OPENINGS: HanSet = HanSet::of("本据據").with_firsts(COMPANY_KINDS).with(NEWS_FIRSTS);
static FIRSTS_OF_HEADS: HanSet = HanSet::of(super::items::HAN_OF_HEADS);
/// Last characters of a line that leaves the line below open or apart.
static LASTS_OF_TITLES: HanSet = HanSet::of("院一").with(TITLES);

/// Latin letters of a line in another script, at least.
pub(super) const SCRIPT: u16 = 9;

/// Reads the hints of each line.
pub(super) fn read(lines: &[Line], hints: &mut Vec<u8>) {
    hints.clear();
    hints.extend(lines.iter().map(of));
}

/// The hints of a line. Without branches: nothing could predict them.
#[inline(always)]
fn of(line: &Line) -> u8 {
    let hint = |hint: u8, given: bool| hint * u8::from(given);
    let (first, [last, second_last]) = (line.first_char, line.last_chars);
    FIRSTS[line.first as usize]
        | LASTS[line.last as usize]
        | OF_CUES[line.cue as usize]
        | hint(OPENS, FIRSTS_OF_OPENINGS.has(first) | (last == '院') | (last == '事') | (second_last == '事'))
        | hint(HEAD, FIRSTS_OF_HEADS.has(first))
        | hint(LEAVES, LASTS_OF_TITLES.has(last) | (first == '本') | (line.glyphs == 1) | (line.open == 2))
        | hint(OPENS | LEAVES, line.latin >= SCRIPT)
        | hint(OPENS | HEAD, line.parted)
        | hint(LEAVES | HEAD, line.label)
        | hint(HEAD, line.speaker)
        | hint(LEAVES, is_number_alone(line))
        | hint(CREDIT, line.tail as u8 == Tail::Credit as u8)
}

/// Whether a line is nothing but the number of an item among items, which a recognizer parted from its text: （2）.
#[inline]
pub(super) fn is_number_alone(line: &Line) -> bool {
    let numbered = (line.cue as u8 == Cue::BracketNumber as u8) & (line.last as u8 == Class::CloseBracket as u8);
    numbered & (line.glyphs <= 4) & matches!(line.list_position, 1..=3)
}

#[cfg(test)]
mod tests {
    use super::super::{items, may_open, pieces, whole};
    use super::*;
    use crate::measure::Layout;
    use crate::measure::class::class_of;
    use proptest::prelude::*;

    /// Lines with what the rules of openings look for at their edges.
    fn line() -> impl Strategy<Value = String> {
        let edge = "([本据據近日昨今一院事报示信号其甲图]|[0-9]{1,9}|[A-Za-z]{1,12}|[（）【】《》\\[\\]“”。，：—…·●▲①－-]|本报讯|新华社|电话：|摘自){0,2}";
        (edge, "[渠水，。 ]{0,9}", edge).prop_map(|(head, rest, foot)| format!("{head}{rest}{foot}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn no_hint_is_missing_where_a_rule_may_find_something(text in prop::collection::vec(line(), 2..8)) {
            let mut page = Layout::default();
            page.measure(&text.join("\n"), &[]);
            let (lines, mut hints) = (&page.lines, Vec::new());
            read(lines, &mut hints);
            for (i, line) in lines.iter().enumerate() {
                let numbered = (line.last == Class::Digit) | (line.last == Class::CloseBracket);
                prop_assert!(hints[i] & HEAD != 0 || !(numbered | items::may_have_head(line)), "{:?}", line);
                let Some(above) = i.checked_sub(1).map(|above| &lines[above]) else { continue };
                // Rows of contents are known only when all lines have hints.
                let contents = line.contents | above.contents;
                let hinted = contents | (hints[i] & OPENS != 0) | (hints[i - 1] & LEAVES != 0);
                prop_assert!(hinted || !may_open(above, line, lines.get(i + 1)), "{:?} {:?}", above, line);
                prop_assert!(hinted || !whole::may_be_whole(above, line), "{:?} {:?}", above, line);
            }
        }
    }

    #[test]
    fn a_triangle_is_a_sign() {
        for c in pieces::TRIANGLES {
            assert!(FIRSTS[class_of(c) as usize] & SIGN != 0, "{c}");
        }
    }
}
