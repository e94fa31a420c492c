//! The feature templates for units: how facts become bins.

use super::facts::{FRAMES, Fact, Facts, LOOKS, last_mark4};
use crate::measure::{CLASSES, CUES, Cue, TAILS, Tail};
use crate::model::lines::bins::part3;
use crate::plan::LineRole;

/// A template: its name, and its number of bins.
pub type Template = (&'static str, usize);

/// The templates, in the order of their bins.
pub const TEMPLATES: &[Template] = &[
    ("kind", 1),
    ("length and last mark", 12 * CLASSES),
    ("first mark", CLASSES),
    ("cue", CUES),
    ("tail", TAILS),
    ("marks and length", 5 * 6),
    ("fields", 5 * 3 * 3),
    ("digits and Latin", 3 * 3 * 4),
    ("line role", LineRole::COUNT * 4),
    ("painted twice", 3),
    ("looks", LOOKS),
    ("looks around", LOOKS * LOOKS),
    ("looks and above", LOOKS * LOOKS),
    ("looks and below", LOOKS * LOOKS),
    ("looks and below next", LOOKS * LOOKS),
    ("cue above", CUES),
    ("cue below", CUES),
    ("tail above", TAILS),
    ("tail below", TAILS),
    ("cue and looks", CUES * LOOKS),
    ("place from the top", 6 * LOOKS),
    ("place from the foot", 6 * LOOKS),
    ("empty lines", 3 * 3 * 3),
    ("even neighbours", 5 * 4 * 3),
    ("short run", 6 * 4),
    ("list", 5 * 2),
    ("furniture sign", 3 * 3),
    ("sign of an office", 3 * 3),
    ("a name alone", 4 * 3),
    ("words of credit", 6),
    ("page named", 3),
    ("way to reach", 3),
    ("quotes", 3),
    ("set in a column", 5 * 4),
    ("length and length below", 8 * 8),
    ("length and length above", 8 * 8),
    ("name and neighbour", 4 * LOOKS),
    ("item and length", 4 * 6),
    ("row above and below", 4 * 4),
    ("colon inside", 3 * 4),
    ("row cells alike", 4 * 3),
    ("share of long units", 4 * LOOKS),
    ("display lines of its length", 4 * 3),
    ("alone among paragraphs", 3 * 3 * 2),
    ("picture announced above", 2 * LOOKS),
    ("digits around", 4 * LOOKS),
    ("words of a notice", 3 * 3 * 3),
    ("last of a text with a picture", 2 * 2 * 6 * 2),
    ("words of a caption", 3 * 6),
    ("words of a caption around", 3 * 3 * 3),
    ("title of a notice", 2 * 6),
    ("frame", FRAMES * 6),
    ("frame and above", FRAMES * LOOKS),
];

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
        let f = &self.units[i];
        let l = &f.line;
        let n = self.units.len();
        let near = |d: isize| i.checked_add_signed(d).and_then(|k| self.units.get(k));
        let (above, below, next) = (near(-1), near(1), near(2));
        let looks = |f: Option<&Fact>| f.map_or(LOOKS - 1, |f| f.looks);
        let end = last_mark4(l.last);
        let even = |o: Option<&Fact>| usize::from(o.is_some_and(|o| o.line.glyphs.abs_diff(l.glyphs) <= 1));
        let evens = even(above) + even(below) + even(near(-2)) + even(next);
        let blank = |b: u8| usize::from(b.min(2));
        let around = above.map_or(0, |a| blank(a.blanks));
        let rows = |f: Option<&Fact>| f.map_or(0, |f| f.cells);
        let bins: [usize; COUNT] = [
            0,
            length12(l.glyphs) * CLASSES + l.last as usize,
            l.first as usize,
            l.cue as usize,
            l.tail as usize,
            usize::from(l.marks.min(4)) * 6 + length6(l.glyphs),
            usize::from(l.gaps.min(4)) * 9
                + usize::from(part3(l.digits, l.glyphs)) * 3
                + usize::from(part3(l.latin, l.glyphs)),
            (usize::from(part3(l.digits, l.glyphs)) * 3 + usize::from(part3(l.latin, l.glyphs))) * 4 + end,
            f.role as usize * 4 + f.lines,
            usize::from(f.doubled) * 2 + usize::from(!f.doubled && above.or(below).is_some_and(|o| o.doubled)),
            f.looks,
            looks(above) * LOOKS + looks(below),
            f.looks * LOOKS + looks(above),
            f.looks * LOOKS + looks(below),
            looks(below) * LOOKS + looks(next),
            above.map_or(0, |o| o.line.cue as usize),
            below.map_or(0, |o| o.line.cue as usize),
            above.map_or(0, |o| o.line.tail as usize),
            below.map_or(0, |o| o.line.tail as usize),
            l.cue as usize * LOOKS + f.looks,
            i.min(5) * LOOKS + f.looks,
            (n - 1 - i).min(5) * LOOKS + f.looks,
            (blank(f.blanks) * 3 + below.map_or(0, |o| blank(o.blanks))) * 3 + around,
            evens * 12 + end * 3 + length6(l.glyphs).min(2),
            usize::from(l.short_run).min(5) * 4 + end,
            usize::from(l.list_position).min(4) * 2 + usize::from(end == 0),
            f.sign * 3 + above.map_or(0, |o| o.sign),
            f.office * 3 + below.map_or(0, |o| if o.line.tail == Tail::Date { 2 } else { o.office.min(1) }),
            f.name * 3 + below.map_or(0, |o| if last_mark4(o.line.last) == 0 && o.line.glyphs > 24 { 2 } else { 1 }),
            f.credit,
            f.page,
            f.reach,
            f.quotes,
            f.breadth * 4 + end,
            length8(l.glyphs) * 8 + below.map_or(0, |o| length8(o.line.glyphs)),
            length8(l.glyphs) * 8 + above.map_or(0, |o| length8(o.line.glyphs)),
            f.name * LOOKS + looks(above),
            usize::from(l.item_number.min(3)) * 6 + length6(l.glyphs),
            rows(above) * 4 + rows(below),
            f.colon * 4 + end,
            f.cells * 3
                + usize::from(above.is_some_and(|o| o.line.gaps == l.gaps && l.gaps > 0))
                + usize::from(below.is_some_and(|o| o.line.gaps == l.gaps && l.gaps > 0)),
            self.long * LOOKS + f.looks,
            (f.alike + usize::from(f.isolated)) * 3 + length6(l.glyphs).saturating_sub(1).min(2),
            (usize::from(f.isolated) + usize::from(f.isolated && f.alike > 0)) * 6
                + (usize::from(self.prints_twice) + usize::from(f.doubled)) * 2
                + usize::from(below.is_some_and(|o| matches!(o.line.cue, Cue::News | Cue::Wire | Cue::Byline))),
            usize::from(f.pictured) * LOOKS + f.looks,
            f.figures * LOOKS + f.looks,
            (f.notice * 3 + above.map_or(0, |o| o.notice)) * 3 + below.map_or(0, |o| o.notice),
            ((usize::from(f.pictured) * 2 + usize::from(below.is_none_or(|o| o.looks > 3 && !o.isolated))) * 6
                + length6(l.glyphs))
                * 2
                + usize::from(f.one_sentence),
            f.picture * 6 + length6(l.glyphs),
            (f.picture * 3 + above.map_or(0, |o| o.picture)) * 3 + below.map_or(0, |o| o.picture),
            usize::from(f.titled) * 6 + length6(l.glyphs),
            f.frame * 6 + length6(l.glyphs),
            f.frame * LOOKS + looks(above),
        ];
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
