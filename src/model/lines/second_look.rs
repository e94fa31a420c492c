//! A second look at the breaks that the chain leaves in doubt on foreign pages. Trees see plain facts of the lines around the
//! break, the habits of the page, and what the chain says of the breaks nearby. They add log-odds to those of the chain.
//!
//! A chain adds up what single templates say. What several facts say only together (a short line with a stop is a row among rows,
//! and the end of a paragraph elsewhere) it can learn where a template joins just these facts; trees find such joints themselves.

use super::dialects::foreign_share;
use super::trees::{MOST_FACTS, Trees};
use crate::measure::{Layout, Line, row_kind};

/// How many trees there are.
pub const TREES: usize = 48;

/// The chain is in doubt where neither keeping the break nor joining is this probable. Most of its errors are there.
const SURE: f32 = 0.9;
/// Lines of the longest page whose habits are too few to be trusted. With full trust in the trees on shorter ones a fixture of 42
/// lines comes out wrong; with less trust on longer ones the mean unit F1 of nine real documents falls from 0.77 to 0.74.
const SHORT: usize = 50;
/// The share of the foreign dialect from which the trees count in full on longer pages. It is the share at which the
/// [dialect](foreign_share) begins to fade, so that the trees fade with it.
const FULL: f32 = 0.18;
/// The log-odds that stand for a break beyond the page, in hundredths.
const BEYOND: i16 = 2000;

/// Lines whose facts are seen in full, counted from the line above the break.
const NEAR: [isize; 4] = [-1, 0, 1, 2];
/// Lines of which less is seen.
const FAR: [isize; 2] = [-2, 3];
/// Breaks whose posteriors are seen, counted from the break itself.
const BREAKS: [isize; 5] = [-2, -1, 0, 1, 2];
/// Facts that take any of more values are cut off here.
const MOST: u16 = 1000;

/// A list of facts: how many there are, their names, and the function that works them out.
macro_rules! facts {
    ($count:ident, $names:ident, $work_out:ident, |$($arg:ident: $type:ty),*| { $($name:literal $fact:expr;)* }) => {
        const $names: &[&str] = &[$($name),*];
        const $count: usize = $names.len();
        fn $work_out($($arg: $type),*) -> [i16; $count] {
            [$($fact),*]
        }
    };
}

pub(super) use facts as list_of_facts;

facts! { OF_LINE, LINE_FACTS, of_line, |l: &Line, c: Columns| {
    "width" few(l.width);
    "measure" few(c.measure);
    "part of the measure" hundredths(l.width, c.measure);
    "part of the column above" hundredths(l.width, c.above);
    "part of the column below" hundredths(l.width, c.below);
    "width of the first word" few(l.first_word_width);
    "indent" few(l.indent);
    "blank lines" i16::from(l.blanks);
    "glyphs" few(l.glyphs);
    "digits" hundredths(l.digits, l.glyphs);
    "Latin" hundredths(l.latin, l.glyphs);
    "marks" few(l.marks);
    "gaps" few(l.gaps);
    "late gaps" few(l.late_gaps);
    "letter-spacing" few(l.spaced);
    "loose" few(l.loose);
    "quarters" few(l.quarters);
    "first" l.first as i16;
    "last" l.last as i16;
    "bond" i16::from(l.bond);
    "ending" i16::from(l.ending);
    "place in its row" i16::from(row_kind(l.row_place).0);
    "alike" i16::from(l.alike);
    "cue" l.cue as i16;
    "tail" l.tail as i16;
    "label, contents, folio" i16::from(l.label) + 2 * i16::from(l.contents) + 4 * i16::from(l.folio);
    "opening" l.opening as i16;
    "open" i16::from(l.open);
    "doubled" i16::from(l.doubled);
    "name" i16::from(l.name);
    "recurrence" l.recurrence as i16;
    "item" few(l.item_number);
    "list" i16::from(l.list_position);
    "short run" i16::from(l.short_run);
    "narrow, unbroken" i16::from(l.narrow) + 2 * i16::from(l.unbroken);
    "plain, parted, bracketed" i16::from(l.plain) + 2 * i16::from(l.parted) + 4 * i16::from(l.bracketed);
}}

facts! { OF_FAR_LINE, FAR_LINE_FACTS, of_far_line, |l: &Line, c: Columns| {
    "part of the measure" hundredths(l.width, c.measure);
    "blank lines" i16::from(l.blanks);
    "first" l.first as i16;
    "last" l.last as i16;
    "opening" l.opening as i16;
    "short run" i16::from(l.short_run);
}}

facts! { OF_PAGE, PAGE_FACTS, of_page, |page: &Layout, i: usize| {
    "blank inside sentences" thousandths(page.habits.blank_mid);
    "blank after stops" thousandths(page.habits.blank_stop);
    "indent inside sentences" thousandths(page.habits.indent_mid);
    "indent after stops" thousandths(page.habits.indent_stop);
    "ends inside sentences" thousandths(page.habits.mid_ends);
    "even" thousandths(page.habits.even);
    "ends in marks" thousandths(page.habits.marked_ends);
    "pieces" thousandths(page.habits.pieces);
    "torn" thousandths(page.habits.torn);
    "ragged" thousandths(page.habits.ragged);
    "short" thousandths(page.habits.short);
    "exact" thousandths(page.habits.exact);
    "openings" thousandths(page.habits.openings);
    "mean measure" (page.habits.mean_measure * 10.0).min(f32::from(i16::MAX)) as i16;
    "letter-spaced" thousandths(page.habits.spaced);
    "doubled" thousandths(page.habits.doubled);
    "noise" thousandths(page.habits.noise);
    "lost indent" page.habits.lost_indent.map_or(-1, thousandths);
    "explained by rows" i16::from(page.lines.get(i).map_or(0, |line| row_kind(line.row_place).1));
    "lines" page.lines.len().min(usize::from(MOST)) as i16;
    "both lines" both(page, i);
    "lines above" i.min(usize::from(MOST)) as i16;
    "lines below" (page.lines.len() - i).min(usize::from(MOST)) as i16;
}}

/// How many facts are those of lines, and of breaks.
pub(super) const OF_LINES: usize = NEAR.len() * OF_LINE + FAR.len() * OF_FAR_LINE;
pub(super) const OF_BREAKS: usize = BREAKS.len();

/// How many facts a second look sees.
pub const FACTS: usize = OF_LINES + OF_PAGE + OF_BREAKS + 1;

const _: () = assert!(FACTS <= MOST_FACTS);

/// The lists of names that the facts come from. Trees that were fitted for other lists are refused.
pub(super) const LISTS: [&[&str]; 3] = [LINE_FACTS, FAR_LINE_FACTS, PAGE_FACTS];

/// The column around a line, in half-widths.
#[derive(Clone, Copy)]
struct Columns {
    measure: u16,
    above: u16,
    below: u16,
}

fn few(n: u16) -> i16 {
    n.min(MOST) as i16
}

/// A share in thousandths.
fn thousandths(share: f32) -> i16 {
    (share * 1000.0) as i16
}

/// A part of a whole in hundredths.
fn hundredths(part: u16, whole: u16) -> i16 {
    (u32::from(part) * 100 / u32::from(whole.max(1))).min(u32::from(MOST)) as i16
}

/// The part of the measure that the two lines beside a break take together.
fn both(page: &Layout, i: usize) -> i16 {
    let width = |line: usize| page.lines.get(line).map_or(0, |line| line.width);
    hundredths(width(i).saturating_add(width(i + 1)), page.measures.get(i).copied().unwrap_or_default())
}

/// All facts of the break below line `i`. `posterior` has the probability of each break of the page by the chain.
pub fn facts(page: &Layout, posterior: &[f32], foreignness: f32, i: usize, facts: &mut Vec<i16>) {
    facts.clear();
    add_lines(page, i, facts);
    facts.extend(of_page(page, i));
    add_breaks(posterior, i, facts);
    facts.push((foreignness * 100.0).clamp(-2000.0, 2000.0) as i16);
}

/// Adds the facts of the lines around the break below line `i`.
pub(super) fn add_lines(page: &Layout, i: usize, facts: &mut Vec<i16>) {
    let at = |by: isize| i.wrapping_add_signed(by);
    let line = |at: usize| page.lines.get(at).unwrap_or(&Line::BEYOND_PAGE);
    let columns = |at: usize| {
        let of = |widths: &[u16]| widths.get(at).copied().unwrap_or_default();
        Columns { measure: of(&page.measures), above: of(&page.column_above), below: of(&page.column_below) }
    };
    NEAR.into_iter().for_each(|by| facts.extend(of_line(line(at(by)), columns(at(by)))));
    FAR.into_iter().for_each(|by| facts.extend(of_far_line(line(at(by)), columns(at(by)))));
}

/// The names of the facts of [`add_lines`], each with the line that it is of.
pub(super) fn names_of_lines() -> Vec<String> {
    let of = |lines: &[isize], names: &'static [&str]| -> Vec<String> {
        lines.iter().flat_map(|by| names.iter().map(move |name| format!("{name} {by}"))).collect()
    };
    [of(&NEAR, LINE_FACTS), of(&FAR, FAR_LINE_FACTS)].concat()
}

/// Adds what the chain says of the breaks around the break below line `i`.
pub(super) fn add_breaks(posterior: &[f32], i: usize, facts: &mut Vec<i16>) {
    let of = |by: isize| posterior.get(i.wrapping_add_signed(by)).map_or(BEYOND, |&p| (log_odds(p) * 100.0) as i16);
    facts.extend(BREAKS.map(of));
}

/// Whether the chain is in doubt about a break.
pub fn is_doubtful(posterior: f32) -> bool {
    (1.0 - SURE..SURE).contains(&posterior)
}

/// The log-odds of a probability.
fn log_odds(p: f32) -> f32 {
    const LEAST: f32 = 1.0e-5;
    let p = p.clamp(LEAST, 1.0 - LEAST);
    (p / (1.0 - p)).ln()
}

/// The posterior of a break after trees have seen its facts. The trees count by the trust in them.
pub(super) fn revised(posterior: f32, trees: &Trees, facts: &[i16], trust: f32) -> f32 {
    let mut row = [0; MOST_FACTS];
    row.iter_mut().zip(facts).for_each(|(place, &fact)| *place = fact);
    1.0 / (1.0 + (-(log_odds(posterior) + trust * trees.log_odds(&row))).exp())
}

/// Looks again at the breaks that the chain leaves in doubt. The trees have learned from foreign pages, so on a short page that is
/// rather usual they count by the share of the foreign dialect.
pub fn look_again(page: &Layout, trees: &Trees, foreignness: f32, posterior: &mut [f32]) {
    if trees.is_empty() || !posterior.iter().any(|&p| is_doubtful(p)) {
        return;
    }
    let (by_chain, mut seen) = (posterior.to_vec(), Vec::with_capacity(FACTS));
    let share = foreign_share(foreignness);
    let trust = if page.lines.len() > SHORT {
        (share / FULL).min(1.0)
    } else if share >= 0.5 {
        1.0
    } else {
        share
    };
    for (i, p) in posterior.iter_mut().enumerate().filter(|(_, p)| is_doubtful(**p)) {
        facts(page, &by_chain, foreignness, i, &mut seen);
        *p = revised(*p, trees, &seen, trust);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::MAX_COUNT;
    use proptest::prelude::*;

    fn page(widths: &[u16]) -> Layout {
        let mut page = Layout::default();
        page.lines.extend(widths.iter().map(|&width| Line { width, glyphs: width / 2, ..Line::BEYOND_PAGE }));
        page.compare();
        page
    }

    /// Log-odds of a page that is surely foreign.
    const FOREIGN: f32 = 5.0;

    /// One tree that adds 3 everywhere.
    fn three() -> Trees {
        let mut words = [0; super::super::trees::TREE_WORDS];
        words[..4].copy_from_slice(&[0, 0, -1, -1]);
        words[super::super::trees::SPLITS * 4] = 3000;
        Trees::read(words, FACTS).expect("a sound tree")
    }

    proptest! {
        #[test]
        fn every_break_of_any_page_has_all_facts(
            widths in prop::collection::vec(prop::sample::select(vec![0, 1, 40, MAX_COUNT, u16::MAX]), 1..30),
            posterior in prop::collection::vec(0f32..=1.0, 30),
            foreignness in -1e6f32..1e6,
        ) {
            let (page, mut seen) = (page(&widths), Vec::new());
            for i in 0..widths.len() - 1 {
                facts(&page, &posterior[..widths.len() - 1], foreignness, i, &mut seen);
                prop_assert_eq!(seen.len(), FACTS);
            }
        }
    }

    #[test]
    fn only_breaks_in_doubt_are_looked_at_again() {
        let page = page(&[40, 40, 20, 40]);
        let mut posterior = [0.05, 0.5, 0.95];
        look_again(&page, &three(), FOREIGN, &mut posterior);
        assert_eq!([posterior[0], posterior[2]], [0.05, 0.95]);
        assert!((posterior[1] - 0.9526).abs() < 1e-4, "{}", posterior[1]);
    }

    #[test]
    fn without_trees_a_second_look_changes_nothing() {
        let mut posterior = [0.5];
        look_again(&page(&[40, 40]), &Trees::default(), FOREIGN, &mut posterior);
        assert_eq!(posterior, [0.5]);
    }
}
