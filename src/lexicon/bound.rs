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

/// Whether no unit ends with a character.
///
/// ```
/// use qingyang::internals::lexicon::bound::ends_no_unit;
/// assert!(ends_no_unit('但') && !ends_no_unit('闸'));
/// ```
#[inline]
pub fn ends_no_unit(last: char) -> bool {
    ENDS_NOTHING.has(last)
}

/// Whether no unit begins with a character.
///
/// ```
/// use qingyang::internals::lexicon::bound::begins_no_unit;
/// assert!(begins_no_unit('的') && !begins_no_unit('闸'));
/// ```
#[inline]
pub fn begins_no_unit(first: char) -> bool {
    BEGINS_NOTHING.has(first)
}

#[cfg(test)]
mod tests {
    use super::super::to_simplified;
    use super::*;

    #[test]
    fn a_traditional_word_stands_beside_its_simplified_form() {
        for list in [OPEN, CLOSED] {
            for c in list.chars() {
                assert!(list.contains(to_simplified(c)), "{c}");
            }
        }
    }

    #[test]
    fn each_side_of_a_break_has_words_of_its_own() {
        assert!("从從".chars().all(ends_no_unit) && !"闸了".chars().any(ends_no_unit));
        assert!("的们們".chars().all(begins_no_unit) && !"闸从".chars().any(begins_no_unit));
    }
}
