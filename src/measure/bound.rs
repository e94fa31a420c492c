//! Lines whose text goes on below them, by their words: no unit ends as they do, or begins as the line below does.

use super::class::{Class, OPENS};
use super::line::Line;
use crate::lexicon::bound;
use crate::vocabulary::cues::Cue;

/// Glyphs of the longest headline without a comma, see [`is_bound`].
const LONGEST_HEADLINE: u16 = 24;

/// Glyphs of the shortest line whose last character is taken for the word that it looks like.
const LEAST_WORD: u16 = 4;

/// Glyphs of the shortest line that is no line of verse by its length.
const LEAST_PROSE: u16 = 14;

/// Marks the lines whose text goes on below them.
pub(super) fn mark(lines: &mut [Line]) {
    let mut torn = false;
    for at in 1..lines.len() {
        let (above, below) = (&lines[at - 1], &lines[at]);
        let bound = is_bound(above, below, at == 1, torn);
        torn = above.last.is_in(OPENS) & (above.marks > 0);
        lines[at - 1].bound = bound;
    }
}

/// Whether the text of a line goes on below it: no unit ends as it does, or begins as the line below does. What begins so below the
/// `top` line may go on from the page before. `torn` says that the line above it ended in an opening mark.
fn is_bound(above: &Line, below: &Line, top: bool, torn: bool) -> bool {
    const COMMAS: u32 = Class::set(&[Class::Comma, Class::Enumeration]);
    const WORDS: u32 = Class::set(&[Class::Han, Class::CloseQuote, Class::CloseBracket]);
    let plain =
        matches!(below.cue, Cue::None | Cue::Date | Cue::Digits) & !matches!(above.cue, Cue::Furniture | Cue::Jump);
    let word = above.last.is_in(WORDS)
        & (above.glyphs >= LEAST_WORD)
        & (!above.parted | (above.marks > 0))
        & (bound::ends_no_unit(above.last_chars[0])
            | bound::begins_no_unit(below.first_char) & (!top | (above.marks > 0)));
    // Verse has shorter lines; 第一， and 其一， begin items. A headline that ends in a quotation has no comma and is shorter.
    let item = matches!(below.first_char, '第' | '其');
    let comma = above.last.is_in(COMMAS) & (above.glyphs >= LEAST_PROSE) & !item;
    let prose = (above.marks > 0) & (above.glyphs >= LEAST_PROSE) | (above.glyphs >= LONGEST_HEADLINE);
    let quoted = (above.last == Class::CloseQuote) & (prose | torn);
    plain & (word | (comma | quoted) & (below.first == Class::Han))
}

#[cfg(test)]
mod tests {
    use crate::measure::Layout;

    #[test]
    fn a_line_is_bound_whose_text_goes_on_below_it() {
        let bound = |text: &str| {
            let mut page = Layout::default();
            page.measure(text, &[]);
            page.lines[page.lines.len() - 2].bound
        };
        for text in [
            "去年冬天县里从\n省里请来专家。",
            "昨天，云台镇最后一批搬迁\n的村民住进了新居。",
            "预计未来三天气温为五到十二度，\n天气为小雨。",
            "要求各乡镇，对照“渠道安全标准”\n逐项自查。",
            "修渠的人多半是老渠工，他们叫作“\n由源及流”\n即从水源开始。",
        ] {
            assert!(bound(text), "{text}");
        }
        for text in [
            "去年冬天县里请来\n省里的专家。",
            "县里启动“清渠百日行动”\n逐项自查安全标准。", // a headline
            "渠水清又清，\n浇地又润心。",                 // verse
            "从\n省里请来专家。",                         // a glyph alone
            "桥头镇志\n的村民住进了新居。",               // a running head
            "预计未来三天气温为五到十二度，\n●天气为小雨。",
            "本次会议的主要议题有以下几项，\n第一，清渠计划。",
        ] {
            assert!(!bound(text), "{text}");
        }
    }
}
