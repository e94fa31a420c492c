//! A look at the breaks in doubt, after the chain and the trees: a word that the break would cut stands whole elsewhere on the page.
//!
//! Names and terms of one text are in no dictionary, but the text says them more than once. Three Han across the break, two on one side
//! and one on the other, are enough: of 1,034 breaks in 94 real documents whose Han stand elsewhere inside a line, three end a unit.

use crate::measure::{Class, Layout, Line};
use crate::text::width::is_han;
use memchr::memmem;

/// Log-odds for a join where the Han across the break stand together elsewhere: they do at 1,034 of 3,811 breaks between Han that join, and
/// at 3 of 597 that end a unit.
pub(super) const PRINTED_ELSEWHERE: f32 = 4.0;

/// Breaks that are likely, but less certain than this, are looked at: the look only joins lines.
const SURE: f32 = 0.98;

/// Bytes of text above and below a break in which the Han are looked for: some pages. A text without form feeds may be far longer.
const NEAR: usize = 16 * 1024;

/// Glyphs of the longest name that may be a line.
const LONGEST_NAME: u16 = 4;

/// Looks at the breaks of a page that are in doubt. `posterior` has the probability of each. The lines above those breaks that the look
/// changed are listed in `cut`, in order.
pub fn look(text: &str, page: &Layout, posterior: &mut [f32], cut: &mut Vec<usize>) {
    cut.clear();
    for (at, (pair, p)) in page.lines.windows(2).zip(posterior).enumerate() {
        if (0.5..SURE).contains(p)
            && let [above, below] = pair
            && cuts_printed_word(text, above, below)
        {
            let odds = *p / (1.0 - *p) * (-PRINTED_ELSEWHERE).exp();
            *p = odds / (1.0 + odds);
            cut.push(at);
        }
    }
}

/// Whether three Han across the break stand together inside a line of the page.
fn cuts_printed_word(text: &str, above: &Line, below: &Line) -> bool {
    // Names that are listed one a line may stand one after another elsewhere.
    let are_names = above.glyphs.max(below.glyphs) <= LONGEST_NAME;
    if above.last != Class::Han || below.first != Class::Han || are_names {
        return false;
    }
    let body = |line: &Line| &text[line.start as usize..line.end as usize];
    let (mut before, mut after) = (body(above).chars().rev(), body(below).chars());
    let (Some(last), Some(first)) = (before.next(), after.next()) else { return false };
    let longer = [before.next().map(|second| [second, last, first]), after.next().map(|second| [last, first, second])];
    let mut words = longer.into_iter().flatten().filter(|word| word.iter().copied().all(is_han));
    let near = (above.end as usize).saturating_sub(NEAR)..(below.start as usize).saturating_add(NEAR).min(text.len());
    let text = &text.as_bytes()[near];
    words.any(|word| memmem::find(text, String::from_iter(word).as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The probability of the break below the first line of a page, where it was so much before.
    fn looked_at(text: &str, before: f32) -> f32 {
        let mut page = Layout::default();
        page.measure(text, &[]);
        let (mut posterior, mut cut) = (vec![before; page.lines.len() - 1], Vec::new());
        look(text, &page, &mut posterior, &mut cut);
        assert_eq!(cut.contains(&0), posterior[0] != before);
        posterior[0]
    }

    #[test]
    fn a_break_in_doubt_joins_where_it_cuts_a_word_that_the_page_prints_whole() {
        let page = |elsewhere: &str| format!("今年修渠靠的是云\n台渠队\n{elsewhere}\n");
        assert!(looked_at(&page("云台渠队的人都来了。"), 0.9) < 0.2);
        assert!(looked_at(&page("队员多为云台人。"), 0.9) > 0.89, "two Han only");
        assert!(looked_at(&page("云\n台渠队的人都来了。"), 0.9) > 0.89, "cut there, too");
        assert!(looked_at(&page("云台渠队的人都来了。"), 0.99) > 0.98, "the break is certain");
        assert_eq!(looked_at(&page("云台渠队的人都来了。"), 0.4), 0.4, "the lines join as they are");
        let far = "秋收\n".repeat(NEAR / 7 + 1) + "云台渠队的人都来了。";
        assert!(looked_at(&page(&far), 0.9) > 0.89, "printed far off");
    }

    #[test]
    fn only_han_are_a_word() {
        assert!(looked_at("何春林\n石磊\n何春林石磊等同志。\n", 0.9) > 0.89, "names");
        assert!(looked_at("今年修渠靠的是云。\n台渠队\n云。台渠\n", 0.9) > 0.89);
        assert!(looked_at("修渠靠的是云\n1台渠队\n云1台渠队\n", 0.9) > 0.89);
        assert!(looked_at("渠 云\n台 渠\n渠 云台 渠\n", 0.9) > 0.89, "letter-spaced");
    }
}
