//! The evidence as numbered features: each template turns measured numbers into one bin, and each bin has
//! its weights. The list of templates is the whole of what the decoder looks at.

use super::decoder::{BREAK_SCORES, Scores};
use super::evidence::{AGAINS, Again, CLASSES, CUES, Class, Cue, Line, PageLines, TAILS, Tail, class_of};
use crate::han_set::HanSet;
use wide::i16x8;

/// Eight scores in thousandths, which a machine adds at once. Those of more than thirty-two, which no page has, would
/// stop there.
pub type Eight = i16x8;

/// A row of a line's scores; the lanes past them are nought.
pub type LineRow = [Eight; 1];
/// A row of a break's scores.
pub type BreakRow = [Eight; 2];

/// Takes the bins of a line or a break, one of each template.
pub trait Bins {
    /// Takes the next.
    fn take(&mut self, bin: u16);
}

impl Bins for std::slice::IterMut<'_, u16> {
    fn take(&mut self, bin: u16) {
        if let Some(slot) = self.next() {
            *slot = bin;
        }
    }
}

/// The rows of bins, added up as they come.
struct Sum<'a, const N: usize> {
    rows: &'a [[Eight; N]],
    sum: [Eight; N],
}

impl<const N: usize> Bins for Sum<'_, N> {
    // Called once for each template, in a straight line: a call would cost more than the addition.
    #[inline(always)]
    fn take(&mut self, bin: u16) {
        for (sum, w) in self.sum.iter_mut().zip(self.rows[usize::from(bin)]) {
            *sum = sum.saturating_add(w);
        }
    }
}

impl<const N: usize> Sum<'_, N> {
    #[inline]
    fn of(rows: &[[Eight; N]]) -> Sum<'_, N> {
        Sum { rows, sum: [Eight::ZERO; N] }
    }

    #[inline]
    fn scores<const SCORES: usize>(&self) -> [f32; SCORES] {
        let lanes = self.sum.map(Eight::to_array);
        std::array::from_fn(|k| f32::from(lanes[k / 8][k % 8]) * 0.001)
    }
}

/// The weights of all bins, as fitted.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'a> {
    /// A row for each bin of each line template.
    pub lines: &'a [LineRow],
    /// A row for each bin of each break template.
    pub breaks: &'a [BreakRow],
}

/// A kind of evidence, for the ablation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Always there: what roles are common, and follow each other.
    Base,
    /// Line widths against the column and the neighbours.
    Width,
    /// The mark a line ends in.
    Stop,
    /// The mark or character a line begins with.
    Start,
    /// Brackets and quotation marks open over the break.
    Open,
    /// The word, number or name inside the break.
    Word,
    /// Empty lines.
    Blank,
    /// Indents.
    Indent,
    /// Letter-spaced lines.
    Spaced,
    /// The trade's own phrases.
    Cue,
    /// Shape of display lines and rows: fields, digits, doubling, even neighbours.
    Shape,
}

impl Evidence {
    /// All kinds but the base.
    pub const ALL: [Evidence; 10] = [
        Evidence::Width,
        Evidence::Stop,
        Evidence::Start,
        Evidence::Open,
        Evidence::Word,
        Evidence::Blank,
        Evidence::Indent,
        Evidence::Spaced,
        Evidence::Cue,
        Evidence::Shape,
    ];
}

/// One template: how many bins it has and what kind of evidence it is.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Name, for the tables.
    pub name: &'static str,
    /// Bins.
    pub bins: usize,
    /// Kind.
    pub kind: Evidence,
}

macro_rules! templates {
    ($list:ident, $count:ident, $total:ident, $offsets:ident; $($name:literal $bins:expr, $kind:ident;)*) => {
        /// The templates, in the order of their bins.
        pub const $list: &[Template] = &[$(Template { name: $name, bins: $bins, kind: Evidence::$kind }),*];
        /// How many templates there are.
        pub const $count: usize = $list.len();
        /// How many bins they have together.
        pub const $total: usize = { let mut n = 0; let mut i = 0; while i < $count { n += $list[i].bins; i += 1; } n };
        const $offsets: [u16; $count] = { let mut o = [0u16; $count]; let mut n = 0; let mut i = 0; while i < $count { o[i] = n as u16; n += $list[i].bins; i += 1; } o };
    };
}

/// Hands the bins of all templates on, one behind the other and not in a loop: each is worked out where it is used.
macro_rules! bins {
    ($bins:ident, $offsets:ident, $($bin:expr,)*) => {{
        let mut template = 0;
        $(
            $bins.take($offsets[template] + ($bin) as u16);
            template += 1;
        )*
        debug_assert_eq!(template, $offsets.len());
    }};
}

const DIFF: usize = 21;
const FULL: usize = 5;
const ABS: usize = 10;

templates! { LINE_TEMPLATES, LINE_COUNT, LINE_BINS, LINE_OFFSETS;
    "last character" CLASSES * 2, Stop;
    "first character" CLASSES, Start;
    "letter-spaced" 6, Spaced;
    "fields" 36, Shape;
    "even short neighbours" 30, Shape;
    "doubled" 12, Shape;
    "marks and length" 48, Shape;
    "neighbours' fullness" FULL * FULL * 4, Width;
    "glyph mix" 27, Shape;
    "short run" 100, Shape;
    "list" 10, Cue;
}

templates! { BREAK_TEMPLATES, BREAK_COUNT, BREAK_BINS, BREAK_OFFSETS;
    "width above against below" DIFF, Width;
    "width below against its column" DIFF * 3, Width;
    "last mark and fullness" CLASSES * FULL, Stop;
    "last and first character" CLASSES * CLASSES, Stop;
    "word in the break" 5, Word;
    "number in the break" 10, Word;
    "pair open" 10, Open;
    "blank and habit" 64, Blank;
    "indent and habit" 54, Indent;
    "habit and stop" 40, Base;
    "cue above" CUES, Cue;
    "tail above" TAILS, Cue;
    "letter-spaced" 8, Spaced;
    "shapes" 81, Shape;
    "widths" ABS * ABS, Shape;
    "fields" 16, Shape;
    "stop, fullness, fullness below" FULL * 4 * FULL, Width;
    "line above the last" DIFF * 4, Width;
    "doubled" 8, Shape;
    "cue and last mark" CUES * 4, Cue;
    "width below against column above" DIFF, Width;
    "list" 25, Cue;
    "short runs" 72, Shape;
    "room and stop" DIFF * 4, Width;
    "capital" 11, Start;
    "again" AGAINS * AGAINS * 4, Shape;
    "lost indent" 64, Indent;
}

/// Bins of a difference of two widths in half-widths, of which more than 16 say no more.
const FAR: i32 = 16;

#[inline]
fn diff(d: i32) -> usize {
    static BINS: [u8; 2 * FAR as usize + 1] = {
        let mut bins = [0; 2 * FAR as usize + 1];
        let mut d = -FAR;
        while d <= FAR {
            bins[(d + FAR) as usize] = match d {
                i32::MIN..=-16 => 0,
                -15..=-11 => 1,
                -10..=-9 => 2,
                -8..=-7 => 3,
                -6..=6 => (d + 10) as u8,
                7..=8 => 17,
                9..=10 => 18,
                11..=15 => 19,
                _ => 20,
            };
            d += 1;
        }
        bins
    };
    usize::from(BINS[(d.clamp(-FAR, FAR) + FAR) as usize])
}

#[inline]
fn full(d: i32) -> usize {
    usize::from(d > -7) + usize::from(d > -3) + usize::from(d > 1) + usize::from(d > 4)
}

#[inline]
fn abs(w: u16) -> usize {
    const WIDEST: usize = 65;
    static BINS: [u8; WIDEST + 1] = {
        let mut bins = [0; WIDEST + 1];
        let mut w = 0;
        while w <= WIDEST {
            bins[w] = match w {
                0..=4 => 0,
                5..=8 => 1,
                9..=12 => 2,
                13..=16 => 3,
                17..=20 => 4,
                21..=26 => 5,
                27..=34 => 6,
                35..=44 => 7,
                45..=64 => 8,
                _ => 9,
            };
            w += 1;
        }
        bins
    };
    usize::from(BINS[usize::from(w).min(WIDEST)])
}

fn share4(s: f32) -> usize {
    match s {
        s if s < 0.05 => 0,
        s if s < 0.3 => 1,
        s if s < 0.8 => 2,
        _ => 3,
    }
}

fn share3(s: f32) -> usize {
    match s {
        s if s < 0.1 => 0,
        s if s < 0.5 => 1,
        _ => 2,
    }
}

/// What a last mark says of the sentence: it ends (0), goes on (1), says nothing (2: Han, digits, Latin), other (3).
#[inline]
fn mark4(c: Class) -> usize {
    const GOES_ON: u32 = Class::set(&[
        Class::Comma,
        Class::Enumeration,
        Class::Semicolon,
        Class::Colon,
        Class::OpenBracket,
        Class::OpenQuote,
    ]);
    const NO_MARK: u32 = Class::set(&[Class::Han, Class::Digit, Class::Latin]);
    const STOPS: u32 = Class::set(&[Class::Stop, Class::ClosedStop]);
    if c.is_in(STOPS) {
        0
    } else if c.is_in(GOES_ON) {
        1
    } else {
        2 + usize::from(!c.is_in(NO_MARK))
    }
}

fn up_to(n: u32, most: usize) -> usize {
    (n as usize).min(most)
}

fn run(n: u8) -> usize {
    match n {
        0..=2 => n as usize,
        3..=5 => 3,
        _ => 4,
    }
}

/// How loosely a line's width is known: digits and Latin are about half an em, not just.
fn loose(l: &Line) -> usize {
    match l.digits + l.latin + l.quarters.1 {
        0 => 0,
        1..=3 => 1,
        _ => 2,
    }
}

/// How much of a whole: nothing, less than four tenths, more.
pub(crate) fn part3(part: u16, whole: u16) -> usize {
    match u32::from(part) * 10 {
        0 => 0,
        p if p < u32::from(whole) * 4 => 1,
        _ => 2,
    }
}

/// Of 6,513 breaks beside a line that was painted twice, 4 join (`fit --doubled` counts them): log-odds -7.
const DOUBLED_ALONE: f32 = 7.0;
/// A folio stands alone even in the middle of an open quotation, whose evidence for a join is about 10.
const FOLIO_ALONE: f32 = 16.0;
/// 禁则: no line begins with a closing mark but by a scanner's cut, and then it belongs to the line above.
const KINSOKU: f32 = 6.0;
/// A decimal point or a thousands comma at the line's end with a digit below it.
const NUMBER_CUT: f32 = 5.0;
/// A hyphen behind a Latin letter at the line's end and a small letter below: a word that was broken.
const HYPHEN_CUT: f32 = 6.0;
/// A web or mail address that goes on below.
const ADDRESS_CUT: f32 = 6.0;

/// Beside a line wider than any column and alone in its width nothing was wrapped.
const UNBROKEN: f32 = 8.0;

/// Behind a photographer's name and 摄, set off by a space, nothing goes on.
const CREDIT_ENDS: f32 = 4.0;

/// 2. below a line that began with 1.: two line breaks do not fall so by chance.
const NEXT_ITEM: f32 = 4.0;

/// A line of more than forty em between lines of less than half its width is no line of their column.
const BEYOND_COLUMN: f32 = 6.0;

/// What stands beyond the page's edges.
static NOTHING: Line = Line {
    start: 0,
    end: 0,
    indent: 0,
    blanks: 0,
    width: 0,
    lead: 0,
    glyphs: 0,
    digits: 0,
    latin: 0,
    marks: 0,
    gaps: 0,
    spaced: 0,
    first: Class::Other,
    last: Class::Other,
    head: '\0',
    foot: ['\0'; 2],
    bond: 0,
    cue: super::evidence::Cue::None,
    tail: super::evidence::Tail::None,
    open: 0,
    doubled: false,
    address: false,
    folio: false,
    plain: false,
    bracketed: false,
    item: 0,
    list: 0,
    short_run: 0,
    loose: 0,
    again: Again::No,
    unbroken: false,
    narrow: false,
    quarters: (0, 0),
    quarter_sides: (0, 0, 0, 0),
};

/// A page with what all its lines share worked out once.
pub struct Features<'a> {
    page: &'a PageLines,
    blank_habit: usize,
    indent_habit: usize,
    page_habit: usize,
    all_spaced: usize,
    doubled_habit: usize,
    lost_indent: usize,
}

impl<'a> Features<'a> {
    /// Of this page.
    pub fn new(page: &'a PageLines) -> Features<'a> {
        let h = &page.habits;
        let mid = match h.mid_ends {
            m if m < 0.1 => 0,
            m if m < 0.3 => 1,
            m if m < 0.5 => 2,
            m if m < 0.7 => 3,
            _ => 4,
        };
        let even = match h.even {
            e if e < 0.3 => 0,
            e if e < 0.5 => 1,
            e if e < 0.7 => 2,
            _ => 3,
        };
        Features {
            page,
            blank_habit: share4(h.blank_mid) * 4 + share4(h.blank_stop),
            indent_habit: share3(h.indent_mid) * 3 + share3(h.indent_stop),
            page_habit: mid * 4 + even,
            all_spaced: usize::from(h.spaced > 0.2),
            doubled_habit: match h.doubled {
                d if d <= 0.0 => 0,
                d if d < 0.05 => 1,
                _ => 2,
            },
            lost_indent: match h.lost_indent {
                None => 0,
                Some(s) if s < 0.25 => 1,
                Some(s) if s < 0.7 => 2,
                Some(_) => 3,
            },
        }
    }

    /// Whether a line is narrower than the next by an indent, by what that means on this page.
    fn narrow(&self, i: usize) -> usize {
        self.lost_indent * 2 + usize::from(self.page.lines[i].narrow)
    }

    fn line(&self, i: isize) -> &Line {
        usize::try_from(i).ok().and_then(|i| self.page.lines.get(i)).unwrap_or(&NOTHING)
    }

    fn spaced(&self, l: &Line) -> usize {
        let n = match l.spaced {
            0 => 0,
            n if n >= 3 && n * 2 >= l.glyphs.saturating_sub(1) => 2,
            _ => 1,
        };
        self.all_spaced * 3 + n
    }

    fn indent_step(&self, l: &Line, beside: &Line) -> usize {
        let d = i32::from(l.indent) - i32::from(beside.indent);
        match d {
            i32::MIN..=-3 => 0,
            -2..=-1 => 1,
            0 => 2,
            1..=2 => 3,
            3..=5 => 4,
            _ => 5,
        }
    }

    /// How broad a line is beside the widest column around it.
    fn breadth(&self, i: usize) -> usize {
        let (w, around) = (u32::from(self.page.lines[i].width) * 20, u32::from(self.page.column_around[i]).max(1));
        [7, 12, 17, 22].into_iter().map(|least| usize::from(w >= least * around)).sum()
    }

    /// The bins of line `i`, one of each template, go to `bins`.
    #[inline]
    pub fn of_line(&self, i: usize, bins: &mut impl Bins) {
        let l = &self.page.lines[i];
        let i = i as isize;
        let (above, below) = (self.line(i - 1), self.line(i + 1));
        let w = i32::from(l.width);
        let ca = i32::from(self.page.column_above[i as usize]);
        let cb = i32::from(self.page.column_below[i as usize]);
        let short = |x: &Line| i32::from(x.width) + 4 < ca.max(cb);
        let even = |x: &Line| usize::from(x.width.abs_diff(l.width) <= 1 && x.width > 0);
        let same = even(above) + even(below) + even(self.line(i - 2)) + even(self.line(i + 2));
        let ends = |x: &Line| usize::from(mark4(x.last) == mark4(l.last));
        bins! { bins, LINE_OFFSETS,
            l.last as usize * 2 + usize::from(l.marks > 0),
            l.first as usize,
            self.spaced(l),
            (up_to(u32::from(l.gaps), 3) * 3 + part3(l.digits, l.glyphs)) * 3 + part3(l.latin, l.glyphs),
            (same * 2 + usize::from(short(l))) * 3 + ends(above) + ends(below),
            usize::from(l.doubled) * 6 + self.doubled_habit * 2 + usize::from(above.doubled || below.doubled),
            up_to(u32::from(l.glyphs) / 2, 11) * 4 + mark4(l.last),
            (full(i32::from(above.width) - w) * FULL + full(i32::from(below.width) - w)) * 4 + mark4(l.last),
            (part3(l.digits, l.glyphs) * 3 + part3(l.latin, l.glyphs)) * 3 + part3(l.marks, l.glyphs / 4 + 1),
            (run(l.short_run) * 5 + self.breadth(i as usize)) * 4 + mark4(l.last),
            l.list as usize * 2 + usize::from(mark4(l.last) < 2),
        }
    }

    /// The bins of the break below line `i`, one of each template, go to `bins`.
    #[inline]
    pub fn of_break(&self, i: usize, bins: &mut impl Bins) {
        let lines = &self.page.lines;
        let (a, b) = (&lines[i], &lines[i + 1]);
        let before = self.line(i as isize - 1);
        let (wa, wb) = (i32::from(a.width), i32::from(b.width));
        let column_above = i32::from(self.page.column_above[i]);
        let column_below = i32::from(self.page.column_below[i + 1]);
        let stop = mark4(a.last);
        let stopped = usize::from(stop == 0);
        let shape = |l: &Line| {
            let wide = match i32::from(l.width) * 10 {
                w if w < column_above.max(column_below) * 5 => 0,
                w if w < column_above.max(column_below) * 9 => 1,
                _ => 2,
            };
            up_to(u32::from(l.marks) + u32::from(mark4(l.last) < 2), 2) * 3 + wide
        };
        let blanks = up_to(u32::from(b.blanks), 3);
        // Positive where the next word would not have fitted: then a short line is full.
        let room = wa + i32::from(b.lead) - column_above;
        bins! { bins, BREAK_OFFSETS,
            diff(wa - wb),
            diff(wb - column_below) * 3 + loose(b),
            a.last as usize * FULL + full(wa - column_above),
            a.last as usize * CLASSES + b.first as usize,
            usize::from(a.bond),
            number_across(a, b),
            a.open as usize * 2 + usize::from(b.open == a.open),
            blanks * 16 + self.blank_habit,
            self.indent_step(b, a) * 9 + self.indent_habit,
            self.page_habit * 2 + stopped,
            a.cue as usize,
            a.tail as usize,
            self.all_spaced * 4 + usize::from(self.spaced(a) % 3 == 2) * 2 + usize::from(self.spaced(b) % 3 == 2),
            shape(a) * 9 + shape(b),
            abs(a.width) * ABS + abs(b.width),
            up_to(u32::from(a.gaps), 3) * 4 + up_to(u32::from(b.gaps), 3),
            (full(wa - column_above) * 4 + stop) * FULL + full(wb - column_below),
            diff(wa - i32::from(before.width)) * 4 + stop,
            usize::from(a.doubled) * 4 + usize::from(b.doubled) * 2 + usize::from(self.doubled_habit > 0),
            b.cue as usize * 4 + stop,
            diff(wb - column_above),
            a.list as usize * 5 + b.list as usize,
            (run(a.short_run) * 3 + usize::from(b.short_run > 0) + usize::from(b.short_run > 3)) * 4 + stop,
            diff(room) * 4 + stop,
            // Latin text: a capital behind a line with room to spare begins something.
            match b.first == Class::Latin && a.latin * 2 > a.glyphs {
                true => 1 + 5 * usize::from(b.head.is_uppercase()) + full(room),
                false => 0,
            },
            (a.again as usize * AGAINS + b.again as usize) * 4 + stop,
            (self.narrow(i + 1) * 4 + stop) * 2 + usize::from(full(wa - column_above) >= 2),
        }
    }

    /// Log-odds for a join (against, where negative) that are certain enough to be set and not fitted: the fit
    /// sees these cases beside so much other evidence that it leaves them weak.
    pub fn certainty(&self, i: usize) -> f32 {
        let (a, b) = (&self.page.lines[i], &self.page.lines[i + 1]);
        let mut bias = 0.0;
        if a.folio || b.folio {
            bias -= FOLIO_ALONE;
        }
        if a.doubled || b.doubled {
            bias -= DOUBLED_ALONE;
        }
        let closes = matches!(
            b.first,
            Class::Stop
                | Class::Comma
                | Class::Enumeration
                | Class::Semicolon
                | Class::CloseBracket
                | Class::CloseQuote
        );
        if closes && !b.foot[0].is_ascii() {
            bias += KINSOKU;
        }
        let point = matches!(a.foot[0], '.' | '．' | ',') && class_of(a.foot[1]) == Class::Digit && a.glyphs > 4;
        if point && b.first == Class::Digit && b.cue != Cue::Number {
            bias += NUMBER_CUT;
        }
        let before = self.line(i as isize - 1);
        if a.width > 80 && a.width > 2 * b.width + 8 && a.width > 2 * before.width + 8 {
            bias -= BEYOND_COLUMN;
        }
        if matches!(b.list, 1 | 3) && matches!(b.cue, Cue::Number | Cue::BracketNumber | Cue::HanNumber | Cue::Article)
        {
            bias -= NEXT_ITEM;
        }
        if a.foot[0] == '摄' && a.tail == Tail::Credit && a.gaps > 0 && b.head != '影' {
            bias -= CREDIT_ENDS;
        }
        if a.unbroken || b.unbroken {
            bias -= UNBROKEN;
        }
        if a.foot[0] == '-' && class_of(a.foot[1]) == Class::Latin && b.head.is_lowercase() {
            bias += HYPHEN_CUT;
        }
        if a.address && b.first == Class::Latin {
            bias += ADDRESS_CUT;
        }
        bias
    }

    /// The scores of a whole page.
    pub fn score(&self, weights: Weights<'_>, scores: &mut Scores) {
        scores.lines.clear();
        scores.breaks.clear();
        let n = self.page.lines.len();
        for i in 0..n {
            // Both sums before either is put away: what they share is then worked out once.
            let mut line = Sum::of(weights.lines);
            self.of_line(i, &mut line);
            if i + 1 < n {
                let mut between = Sum::of(weights.breaks);
                self.of_break(i, &mut between);
                let mut between: [f32; BREAK_SCORES] = between.scores();
                let bias = self.certainty(i);
                between[..4].iter_mut().for_each(|s| *s += bias);
                scores.breaks.push(between);
            }
            scores.lines.push(line.scores());
        }
    }
}

/// A number, or a number and its unit, cut by the break.
fn number_across(a: &Line, b: &Line) -> usize {
    static UNITS: HanSet = HanSet::of(
        "年月日时分秒万亿千百元吨米公里斤克亩户人名个只头项次届期版号条起辆台套时點时度倍层岁周天家所座处件位",
    );
    if (a.last, b.first) == (Class::Han, Class::Han) {
        return 0;
    }
    let unit = a.last == Class::Digit && UNITS.has(b.head);
    match (a.last, b.first) {
        (Class::Digit, Class::Digit) => 1,
        (Class::Digit, Class::Han) if unit => 2,
        (Class::Digit, Class::Han) => 3,
        (Class::Digit, Class::Unit) => 4,
        (Class::Han, Class::Digit) if a.foot[0] == '第' => 5,
        (Class::Han, Class::Digit) => 6,
        (Class::Latin, Class::Latin) => 7,
        (Class::Ellipsis | Class::Comma, Class::Digit) if matches!(a.foot[0], '.' | '．' | ',') => 8,
        (Class::Dash, Class::Digit) => 9,
        _ => 0,
    }
}
