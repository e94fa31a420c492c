//! The feature templates for units: how facts become bins.

use super::facts::{FRAMES, Fact, Facts, LOOKS, last_mark4};
use crate::measure::{CLASSES, CUES, Cue, Line, TAILS, Tail};
use crate::model::lines::bins::part3;
use crate::plan::LineRole;

/// A template: its name, and its number of bins.
pub type Template = (&'static str, usize);

/// Defines the templates: the name of each, its number of bins, and its bin for a unit.
macro_rules! unit_templates {
    (|$unit:ident| $($name:literal $bins:expr => $bin:expr;)*) => {
        /// The templates, in the order of their bins.
        pub const TEMPLATES: &[Template] = &[$(($name, $bins)),*];

        /// The bin of a unit by each template.
        #[inline]
        fn bins_of($unit: &View<'_>) -> [usize; COUNT] {
            [$($bin),*]
        }
    };
}

unit_templates! { |u|
    "kind" 1 => 0;
    "length and last mark" 12 * CLASSES => length12(u.line.glyphs) * CLASSES + u.line.last as usize;
    "first mark" CLASSES => u.line.first as usize;
    "cue" CUES => u.line.cue as usize;
    "tail" TAILS => u.line.tail as usize;
    "marks and length" 5 * 6 => usize::from(u.line.marks.min(4)) * 6 + length6(u.line.glyphs);
    "fields" 5 * 3 * 3 =>
        usize::from(u.line.gaps.min(4)) * 9
            + usize::from(part3(u.line.digits, u.line.glyphs)) * 3
            + usize::from(part3(u.line.latin, u.line.glyphs));
    "digits and Latin" 3 * 3 * 4 =>
        (usize::from(part3(u.line.digits, u.line.glyphs)) * 3 + usize::from(part3(u.line.latin, u.line.glyphs))) * 4 + u.end;
    "line role" LineRole::COUNT * 4 => u.fact.role as usize * 4 + u.fact.lines;
    "painted twice" 3 =>
        usize::from(u.fact.doubled) * 2 + usize::from(!u.fact.doubled && u.above.or(u.below).is_some_and(|o| o.doubled));
    "looks" LOOKS => u.fact.looks;
    "looks around" LOOKS * LOOKS => looks(u.above) * LOOKS + looks(u.below);
    "looks and above" LOOKS * LOOKS => u.fact.looks * LOOKS + looks(u.above);
    "looks and below" LOOKS * LOOKS => u.fact.looks * LOOKS + looks(u.below);
    "looks and below next" LOOKS * LOOKS => looks(u.below) * LOOKS + looks(u.next);
    "cue above" CUES => u.above.map_or(0, |o| o.line.cue as usize);
    "cue below" CUES => u.below.map_or(0, |o| o.line.cue as usize);
    "tail above" TAILS => u.above.map_or(0, |o| o.line.tail as usize);
    "tail below" TAILS => u.below.map_or(0, |o| o.line.tail as usize);
    "cue and looks" CUES * LOOKS => u.line.cue as usize * LOOKS + u.fact.looks;
    "place from the top" 6 * LOOKS => u.at.min(5) * LOOKS + u.fact.looks;
    "place from the foot" 6 * LOOKS => (u.facts.units.len() - 1 - u.at).min(5) * LOOKS + u.fact.looks;
    "empty lines" 3 * 3 * 3 =>
        (blank(u.fact.blanks) * 3 + u.below.map_or(0, |o| blank(o.blanks))) * 3 + u.above.map_or(0, |o| blank(o.blanks));
    "even neighbours" 5 * 4 * 3 => u.evens * 12 + u.end * 3 + length6(u.line.glyphs).min(2);
    "short run" 6 * 4 => usize::from(u.line.short_run).min(5) * 4 + u.end;
    "list" 5 * 2 => usize::from(u.line.list_position).min(4) * 2 + usize::from(u.end == 0);
    "furniture sign" 3 * 3 => u.fact.sign * 3 + u.above.map_or(0, |o| o.sign);
    "sign of an office" 3 * 3 =>
        u.fact.office * 3 + u.below.map_or(0, |o| if o.line.tail == Tail::Date { 2 } else { o.office.min(1) });
    "a name alone" 4 * 3 =>
        u.fact.name * 3 + u.below.map_or(0, |o| if last_mark4(o.line.last) == 0 && o.line.glyphs > 24 { 2 } else { 1 });
    "words of credit" 6 => u.fact.credit;
    "page named" 3 => u.fact.page;
    "way to reach" 3 => u.fact.reach;
    "quotes" 3 => u.fact.quotes;
    "set in a column" 5 * 4 => u.fact.breadth * 4 + u.end;
    "length and length below" 8 * 8 => length8(u.line.glyphs) * 8 + u.below.map_or(0, |o| length8(o.line.glyphs));
    "length and length above" 8 * 8 => length8(u.line.glyphs) * 8 + u.above.map_or(0, |o| length8(o.line.glyphs));
    "name and neighbour" 4 * LOOKS => u.fact.name * LOOKS + looks(u.above);
    "item and length" 4 * 6 => usize::from(u.line.item_number.min(3)) * 6 + length6(u.line.glyphs);
    "row above and below" 4 * 4 => cells(u.above) * 4 + cells(u.below);
    "colon inside" 3 * 4 => u.fact.colon * 4 + u.end;
    "row cells alike" 4 * 3 =>
        u.fact.cells * 3
            + usize::from(u.above.is_some_and(|o| o.line.gaps == u.line.gaps && u.line.gaps > 0))
            + usize::from(u.below.is_some_and(|o| o.line.gaps == u.line.gaps && u.line.gaps > 0));
    "share of long units" 4 * LOOKS => u.facts.long * LOOKS + u.fact.looks;
    "display lines of its length" 4 * 3 =>
        (u.fact.alike + usize::from(u.fact.isolated)) * 3 + length6(u.line.glyphs).saturating_sub(1).min(2);
    "alone among paragraphs" 3 * 3 * 2 =>
        (usize::from(u.fact.isolated) + usize::from(u.fact.isolated && u.fact.alike > 0)) * 6
            + (usize::from(u.facts.prints_twice) + usize::from(u.fact.doubled)) * 2
            + usize::from(u.below.is_some_and(|o| matches!(o.line.cue, Cue::News | Cue::Wire | Cue::Byline)));
    "picture announced above" 2 * LOOKS => usize::from(u.fact.pictured) * LOOKS + u.fact.looks;
    "digits around" 4 * LOOKS => u.fact.figures * LOOKS + u.fact.looks;
    "words of a notice" 3 * 3 * 3 => (u.fact.notice * 3 + u.above.map_or(0, |o| o.notice)) * 3 + u.below.map_or(0, |o| o.notice);
    "last of a text with a picture" 2 * 2 * 6 * 2 =>
        ((usize::from(u.fact.pictured) * 2 + usize::from(u.below.is_none_or(|o| o.looks > 3 && !o.isolated))) * 6
            + length6(u.line.glyphs))
            * 2
            + usize::from(u.fact.one_sentence);
    "words of a caption" 3 * 6 => u.fact.picture * 6 + length6(u.line.glyphs);
    "words of a caption around" 3 * 3 * 3 =>
        (u.fact.picture * 3 + u.above.map_or(0, |o| o.picture)) * 3 + u.below.map_or(0, |o| o.picture);
    "title of a notice" 2 * 6 => usize::from(u.fact.titled) * 6 + length6(u.line.glyphs);
    "frame" FRAMES * 6 => u.fact.frame * 6 + length6(u.line.glyphs);
    "frame and above" FRAMES * LOOKS => u.fact.frame * LOOKS + looks(u.above);
}

/// A unit and its neighbours.
struct View<'a> {
    facts: &'a Facts,
    /// Its number.
    at: usize,
    fact: &'a Fact,
    line: &'a Line,
    above: Option<&'a Fact>,
    below: Option<&'a Fact>,
    /// The unit behind that below.
    next: Option<&'a Fact>,
    /// The kind of its last mark.
    end: usize,
    /// How many of the two units above and the two below have as many glyphs, or one more or less.
    evens: usize,
}

impl<'a> View<'a> {
    fn of(facts: &'a Facts, at: usize) -> View<'a> {
        let fact = &facts.units[at];
        let near = |d: isize| at.checked_add_signed(d).and_then(|k| facts.units.get(k));
        let even = |o: Option<&Fact>| usize::from(o.is_some_and(|o| o.line.glyphs.abs_diff(fact.line.glyphs) <= 1));
        View {
            facts,
            at,
            fact,
            line: &fact.line,
            above: near(-1),
            below: near(1),
            next: near(2),
            end: last_mark4(fact.line.last),
            evens: even(near(-1)) + even(near(1)) + even(near(-2)) + even(near(2)),
        }
    }
}

/// What a unit looks like. The last look is that of a neighbour that does not exist.
fn looks(fact: Option<&Fact>) -> usize {
    fact.map_or(LOOKS - 1, |fact| fact.looks)
}

/// Empty lines above a unit, in three bins.
fn blank(lines: u8) -> usize {
    usize::from(lines.min(2))
}

/// What cells a unit has as a row; 0 for a neighbour that does not exist.
fn cells(fact: Option<&Fact>) -> usize {
    fact.map_or(0, |fact| fact.cells)
}

/// How many templates there are.
pub const COUNT: usize = TEMPLATES.len();

const OFFSETS: [u16; COUNT] = {
    let mut offsets = [0; COUNT];
    let (mut i, mut n) = (0, 0);
    while i < COUNT {
        offsets[i] = n as u16;
        n += TEMPLATES[i].1;
        i += 1;
    }
    offsets
};

/// How many bins they have altogether.
pub const BINS: usize = OFFSETS[COUNT - 1] as usize + TEMPLATES[COUNT - 1].1;

impl Facts {
    /// The bins of unit `i`, one for each template, numbered through all templates.
    pub fn bins(&self, i: usize) -> [u16; COUNT] {
        let bins = bins_of(&View::of(self, i));
        std::array::from_fn(|template| {
            let (bin, size) = (bins[template], TEMPLATES[template].1);
            debug_assert!(bin < size);
            OFFSETS[template] + bin.min(size - 1) as u16
        })
    }
}

fn length6(glyphs: u16) -> usize {
    match glyphs {
        0..=5 => 0,
        6..=12 => 1,
        13..=20 => 2,
        21..=32 => 3,
        33..=60 => 4,
        _ => 5,
    }
}

fn length8(glyphs: u16) -> usize {
    match glyphs {
        0..=3 => 0,
        4..=6 => 1,
        7..=9 => 2,
        10..=13 => 3,
        14..=18 => 4,
        19..=26 => 5,
        27..=45 => 6,
        _ => 7,
    }
}

fn length12(glyphs: u16) -> usize {
    match glyphs {
        0..=2 => 0,
        3 => 1,
        4 => 2,
        5..=6 => 3,
        7..=8 => 4,
        9..=11 => 5,
        12..=14 => 6,
        15..=18 => 7,
        19..=24 => 8,
        25..=32 => 9,
        33..=60 => 10,
        _ => 11,
    }
}
