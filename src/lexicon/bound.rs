//! Han with which no unit of text ends, or begins: who reads 但 at the end of a line reads on.
//!
//! They are function words. In 19,464 units of newspaper text (`docs/fitting.md` names it) fewer than one of a thousand of each of
//! them stands there.

use crate::text::han_set::HanSet;

/// Those that end no unit, in simplified and traditional form.
const OPEN: &str =
    "有是這这以于於与與而從从将將其第最如把更比但的和在被它必每或且也都又再曾只很太给給该該各虽雖乃未仍由";

/// Those that begin no unit.
const CLOSED: &str = "的了们們着之吗嗎呢吧者及";

static ENDS_NOTHING: HanSet = HanSet::of(OPEN);
static BEGINS_NOTHING: HanSet = HanSet::of(CLOSED);

/// Whether the text goes on between two characters, because no unit ends with the first or begins with the second.
///
/// ```
/// use qingyang::internals::lexicon::bound::goes_on;
/// assert!(goes_on('但', '地') && goes_on('结', '的'));
/// assert!(!goes_on('结', '束'));
/// ```
#[inline]
pub fn goes_on(last: char, first: char) -> bool {
    ENDS_NOTHING.has(last) | BEGINS_NOTHING.has(first)
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;

    #[test]
    fn a_traditional_word_stands_beside_its_simplified_form() {
        for list in [OPEN, CLOSED] {
            for c in list.chars() {
                assert!(list.contains(fold(c)), "{c}");
            }
        }
    }

    #[test]
    fn each_side_of_a_break_has_words_of_its_own() {
        let cases =
            [('从', '省', true), ('從', '省', true), ('迁', '的', true), ('闸', '門', false), ('的', '水', true)];
        for (last, first, wanted) in cases {
            assert_eq!(goes_on(last, first), wanted, "{last}{first}");
        }
        assert!(!goes_on('了', '渠') && !goes_on('渠', '从'), "the other side says nothing");
    }
}
