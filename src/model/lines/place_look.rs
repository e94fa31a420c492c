//! A look at the breaks of a layout, after the chain: trees see where the lines around the break stand, together with the plain
//! facts of a [second look](super::second_look). They add log-odds to those of the chain.
//!
//! The bins of [`geometry`](super::geometry) add up; trees find what places and text say only together: an indent that is none
//! where the line before is a piece of the same row, an edge that is ragged because OCR lost a glyph. The habits of the page take no
//! part: with them trees that were grown on set pages do worse on real ones. Texts without places have no such look, and neither have
//! pages whose text runs downwards, for no page of the fit does.

use super::second_look::{self, OF_BREAKS, OF_LINES, add_breaks, add_lines, revised};
use super::trees::{MOST_FACTS, Trees};
use crate::measure::{Layout, Place};
use std::sync::LazyLock;

/// The words of the trees, 16 bits each, little-endian. `tools/fit-places` made them; `docs/fitting.md` has its table.
static WORDS: &[u8] = include_bytes!("place_trees.bin");

/// The trees that are built in. Words that do not fit the facts make none; a test fails then.
static BUILT_IN: LazyLock<Trees> = LazyLock::new(|| {
    let words = WORDS.as_chunks::<2>().0.iter().map(|&word| i16::from_le_bytes(word));
    Trees::read(words, FACTS).unwrap_or_default()
});

/// The chain is sure where keeping the break or joining is this probable. Four breaks of five are such. To look at them, too, mends
/// 24 more of 922 wrong breaks of tesseract on designs left out of the fit, and three of 167 of the other formats.
const SURE: f32 = 0.998;

/// A page of fewer lines is left to the chain: no page of the fit is so short, and a column of two lines has no edges.
const FEW: usize = 12;

/// Lines whose places are seen, counted from the line above the break.
const NEAR: [isize; 4] = [-1, 0, 1, 2];
/// Pairs of lines whose places are compared, by the upper one of each.
const PAIRS: [isize; 3] = [-1, 0, 1];
/// What stands for a fact that is not known, and the largest one that is told.
const UNKNOWN: i16 = i16::MIN;
const MOST: f32 = 20_000.0;

second_look::list_of_facts! { OF_PLACE, PLACE_FACTS, of_place, |p: &Place| {
    "indent" hundredths(p.indent());
    "right gap" hundredths(p.right_gap());
    "size" hundredths(p.em);
    "width" hundredths((p.right - p.left) / p.em);
    "width of the column" hundredths(p.column_right - p.column_left);
    "pitch" hundredths(p.pitch);
    "neighbours" p.neighbours.min(100) as i16;
    "below a picture" p.below_picture.map_or(UNKNOWN, hundredths);
    "confidence" p.confidence.map_or(UNKNOWN, hundredths);
}}

second_look::list_of_facts! { OF_PAIR, PAIR_FACTS, of_pair, |above: &Place, below: &Place| {
    "down" hundredths((below.middle() - above.middle()) / above.em.max(below.em));
    "down by pitch" hundredths((below.middle() - above.middle()) / usual_pitch(above, below));
    "shift of the left edge" hundredths((below.left - above.left) / below.em);
    "shift of the right edge" hundredths((below.right - above.right) / below.em);
    "from edge to edge" hundredths((below.left - above.right) / below.em);
    "size" hundredths(below.em / above.em);
    "one column" i16::from(above.shares_column(below));
    "one block" above.block.zip(below.block).map_or(UNKNOWN, |(a, b)| i16::from(a == b));
}}

/// How many facts a look sees.
pub const FACTS: usize = OF_LINES + OF_BREAKS + NEAR.len() * OF_PLACE + PAIRS.len() * OF_PAIR;

const _: () = assert!(FACTS <= MOST_FACTS);

/// The names of the facts, each with the line that it is of, counted from the line above the break.
pub fn names() -> Vec<String> {
    let mut names = second_look::names_of_lines();
    names.extend((0..OF_BREAKS).map(|n| format!("posterior {n}")));
    names.extend(NEAR.iter().flat_map(|by| PLACE_FACTS.iter().map(move |name| format!("{name} {by}"))));
    names.extend(PAIRS.iter().flat_map(|by| PAIR_FACTS.iter().map(move |name| format!("{name} {by} to {}", by + 1))));
    names
}

/// In hundredths. What is no number is not known.
fn hundredths(value: f32) -> i16 {
    if value.is_nan() { UNKNOWN } else { (value * 100.0).clamp(-MOST, MOST) as i16 }
}

/// The usual distance between two lines.
fn usual_pitch(above: &Place, below: &Place) -> f32 {
    let known = [above.pitch, below.pitch].into_iter().filter(|&pitch| pitch > 0.0);
    known.reduce(f32::min).unwrap_or(1.5 * above.em.max(below.em))
}

/// All facts of the break below line `i`. There is one place for each line of the page.
pub fn facts(page: &Layout, places: &[Option<Place>], posterior: &[f32], i: usize, facts: &mut Vec<i16>) {
    facts.clear();
    add_lines(page, i, facts);
    add_breaks(posterior, i, facts);
    let place = |by: isize| places.get(i.wrapping_add_signed(by)).copied().flatten();
    for by in NEAR {
        facts.extend(place(by).map_or([UNKNOWN; OF_PLACE], |place| of_place(&place)));
    }
    for by in PAIRS {
        let pair = place(by).zip(place(by + 1));
        facts.extend(pair.map_or([UNKNOWN; OF_PAIR], |(above, below)| of_pair(&above, &below)));
    }
}

/// Looks at the breaks between lines whose places are known, where the chain is not sure.
pub fn look(page: &Layout, places: &[Option<Place>], posterior: &mut [f32]) {
    // A text has no places, and need not wait until the trees are read.
    if !places.is_empty() {
        look_by(&BUILT_IN, page, places, posterior);
    }
}

fn look_by(trees: &Trees, page: &Layout, places: &[Option<Place>], posterior: &mut [f32]) {
    if trees.is_empty() || places.is_empty() || page.lines.len() < FEW {
        return;
    }
    let (by_chain, mut seen) = (posterior.to_vec(), Vec::with_capacity(FACTS));
    for (i, (p, pair)) in posterior.iter_mut().zip(places.windows(2)).enumerate() {
        if let [Some(above), Some(_)] = pair
            && !above.downwards
            && (1.0 - SURE..SURE).contains(p)
        {
            facts(page, places, &by_chain, i, &mut seen);
            *p = revised(*p, trees, &seen, 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trees::{SPLITS, TREE_WORDS};
    use super::*;
    use crate::measure::Line;
    use proptest::prelude::*;

    fn page(lines: usize) -> Layout {
        let mut page = Layout::default();
        page.lines.extend((0..lines).map(|_| Line { width: 40, glyphs: 20, ..Line::BEYOND_PAGE }));
        page.compare();
        page
    }

    fn place(top: f32) -> Place {
        let (right, column_right) = (20.0, 20.0);
        Place { top, right, bottom: top + 1.0, em: 1.0, column_right, pitch: 1.5, neighbours: 5, ..Place::default() }
    }

    /// One tree: 3 where the line above ends before its column by more than an em, else nothing.
    fn of_gap() -> Trees {
        let gap =
            OF_LINES + OF_BREAKS + OF_PLACE + PLACE_FACTS.iter().position(|&name| name == "right gap").expect("there");
        let mut words = [0; TREE_WORDS];
        words[..4].copy_from_slice(&[gap as i16, 100, -1, -2]);
        words[SPLITS * 4 + 1] = 3000;
        Trees::read(words, FACTS).expect("a sound tree")
    }

    #[test]
    fn the_built_in_trees_fit_the_facts() {
        assert!(!BUILT_IN.is_empty());
        assert_eq!(names().len(), FACTS);
    }

    /// What the look makes of the first break of a page of so many lines, which begins with these places.
    fn looked(lines: usize, first: [Option<Place>; 2], posterior: f32) -> f32 {
        let mut posterior = vec![posterior; lines - 1];
        let rest = (2..lines).map(|n| Some(place(1.5 * n as f32)));
        let places: Vec<Option<Place>> = first.into_iter().chain(rest).collect();
        look_by(&of_gap(), &page(lines), &places, &mut posterior);
        posterior[0]
    }

    #[test]
    fn only_breaks_in_doubt_between_two_places_of_a_page_of_columns_are_looked_at() {
        let (short, full) = (Some(Place { right: 5.0, ..place(0.0) }), Some(place(1.5)));
        assert!((looked(FEW, [short, full], 0.5) - 0.9526).abs() < 1e-4);
        assert_eq!(looked(FEW, [full, full], 0.5), 0.5, "the tree says nothing");
        assert_eq!(looked(FEW, [short, None], 0.5), 0.5, "no place below");
        assert_eq!(looked(FEW, [None, full], 0.5), 0.5, "no place above");
        assert_eq!(looked(FEW, [short, full], 0.001), 0.001, "the chain is sure");
        assert_eq!(looked(FEW, [short, full], 0.999), 0.999, "the chain is sure");
        assert_eq!(looked(FEW - 1, [short, full], 0.5), 0.5, "a page of few lines");
        let downwards = short.map(|place| Place { downwards: true, ..place });
        assert_eq!(looked(FEW, [downwards, full], 0.5), 0.5, "a page whose text runs downwards");
        let mut posterior = [0.5; FEW - 1];
        look_by(&of_gap(), &page(FEW), &[], &mut posterior);
        assert_eq!(posterior, [0.5; FEW - 1], "a text");
    }

    proptest! {
        #[test]
        fn every_break_has_all_facts_wherever_its_lines_stand(
            sides in prop::collection::vec(prop::option::of(prop::array::uniform8(prop::sample::select(
                vec![0.0, 1.0, -3.0, 1e30, f32::INFINITY, f32::NAN],
            ))), FEW..FEW + 4),
        ) {
            let places: Vec<Option<Place>> = sides.iter().map(|sides| sides.map(|[left, top, right, bottom, em, from, to, pitch]| {
                Place { left, top, right, bottom, em, column_left: from, column_right: to, pitch, ..Place::default() }
            })).collect();
            let (page, mut seen) = (page(places.len()), Vec::new());
            let mut posterior = vec![0.5; places.len() - 1];
            for i in 0..posterior.len() {
                facts(&page, &places, &posterior, i, &mut seen);
                prop_assert_eq!(seen.len(), FACTS);
            }
            look(&page, &places, &mut posterior);
            prop_assert!(posterior.iter().all(|p| (0.0..=1.0).contains(p)), "{posterior:?}");
        }
    }
}
