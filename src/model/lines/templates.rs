//! The feature templates for lines. Each template turns facts into one bin, and each bin has weights. The model sees
//! nothing else of a page.

use super::bins::{BLOCK, indent_step, share3, share4, up_to_3};
use super::columns::{BESIDE, Columns};
use super::priors;
use crate::measure::{CLASSES, CUES, Layout, Line, OPENINGS, RECURRENCES, ROW_PLACES, TAILS, ends_unit, is_inside_row};
use wide::i16x8;

/// A kind of evidence, for ablations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Always on: which roles are common, and which follow each other.
    Base,
    /// Line widths against the column and the neighbours.
    Width,
    /// The mark a line ends in.
    Stop,
    /// The mark or character a line begins with.
    Start,
    /// Brackets and quotation marks that are open at the break.
    Open,
    /// The word, number or name that the break cuts.
    Word,
    /// Empty lines.
    Blank,
    /// Indents.
    Indent,
    /// Letter-spaced lines.
    Spaced,
    /// Phrases of the trade.
    Cue,
    /// Line widths against the measure around them.
    Measure,
    /// Lines that were torn into pieces, or end after each mark.
    Pieces,
    /// Lines that begin as their neighbours do.
    Alike,
    /// What the beginning of a line, beside those of its neighbours, announces.
    Opening,
    /// How likely a unit ends between the characters beside the break.
    Language,
    /// Shape of display lines and rows: fields, digits, doubling, even neighbours.
    Shape,
}

impl Evidence {
    /// All kinds but the base.
    pub const ALL: [Evidence; 15] = [
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
        Evidence::Measure,
        Evidence::Pieces,
        Evidence::Alike,
        Evidence::Opening,
        Evidence::Language,
    ];
}

/// A feature template.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Its name, for tables and options.
    pub name: &'static str,
    /// How many bins it has.
    pub bins: usize,
    /// Its kind of evidence.
    pub kind: Evidence,
    /// Whether only [foreign](super::dialects) pages have it. Usual ones, whose widths are honest, lose by such templates: with
    /// them their folds have a unit F1 of 0.965 instead of 0.983.
    pub foreign: bool,
}

macro_rules! templates {
    ($list:ident, $count:ident, $total:ident, $offsets:ident, $work_out:ident, $add:ident -> $row:ty, |$page:ident, $c:ident, $i:ident|
     $($name:literal $bins:expr, $kind:ident, $bin:expr;)*
     foreign: $($foreign_name:literal $foreign_bins:expr, $foreign_kind:ident, $foreign_bin:expr;)*) => {
        /// The templates, in the order of their bins: first those of all pages, then those of [foreign](Template::foreign) ones.
        pub const $list: &[Template] = &[
            $(Template { name: $name, bins: $bins, kind: Evidence::$kind, foreign: false },)*
            $(Template { name: $foreign_name, bins: $foreign_bins, kind: Evidence::$foreign_kind, foreign: true },)*
        ];
        /// How many templates there are.
        pub const $count: usize = $list.len();
        /// How many bins they have altogether.
        pub const $total: usize = { let mut n = 0; let mut i = 0; while i < $count { n += $list[i].bins; i += 1; } n };
        const $offsets: [usize; $count] = { let mut o = [0; $count]; let mut n = 0; let mut i = 0; while i < $count { o[i] = n; n += $list[i].bins; i += 1; } o };

        /// Computes the bins of a block, template by template; those of foreign pages only if the page is one. Each loop is
        /// compiled to vector code over sixteen lines.
        fn $work_out($page: &Features<'_>, $c: &Columns, bins: &mut [[u8; BLOCK]; $count], foreign: bool) {
            let mut template = 0;
            $(
                for $i in 0..BLOCK {
                    bins[template][$i] = $bin;
                }
                template += 1;
            )*
            if !foreign {
                return;
            }
            $(
                for $i in 0..BLOCK {
                    bins[template][$i] = $foreign_bin;
                }
                template += 1;
            )*
            debug_assert_eq!(template, $count);
        }

        /// Adds the rows of the bins of all templates; those of foreign pages only if the page is one. There is one statement for
        /// each template, so its offset is a constant and the compiler needs no bounds check.
        #[inline(always)]
        fn $add<const ROWS: usize>(rows: &[$row; ROWS], bin: impl Fn(usize) -> usize, foreign: bool) -> $row {
            let (mut sum, mut template) = (<$row>::default(), 0);
            $(
                let _: &str = $name;
                add(&mut sum, &rows[bin(template)]);
                template += 1;
            )*
            if !foreign {
                return sum;
            }
            $(
                let _: &str = $foreign_name;
                add(&mut sum, &rows[bin(template)]);
                template += 1;
            )*
            debug_assert_eq!(template, $count);
            sum
        }
    };
}

const DIFF: usize = 21;
const FULL: usize = 5;
const SIZES: usize = 10;
const PARTS: usize = 5;
const ENDINGS: usize = 10;

// Each template: its name, its number of bins, its kind, and its bin on page `p` for line `i` of the columns `c`.
templates! { LINE_TEMPLATES, LINE_COUNT, LINE_BINS, LINE_OFFSETS, work_out_lines, add_lines -> LineRow, |p, c, i|
    "last character" CLASSES * 2, Stop,
        c.last.at(i) * 2 + u8::from(c.marks.at(i) > 0);
    "first character" CLASSES, Start,
        c.first.at(i);
    "letter-spaced" 6, Spaced,
        p.all_spaced * 3 + c.letters.at(i);
    "fields" 36, Shape,
        (up_to_3(c.gaps.at(i)) * 3 + c.digit_part.at(i)) * 3 + c.latin_part.at(i);
    "even short neighbours" 30, Shape,
        (neighbours_as_wide(c, i) * 2 + u8::from(c.width.at(i).saturating_add(4) < c.column_above.at(i).max(c.column_below.at(i)))) * 3
            + u8::from(c.stop.above(i) == c.stop.at(i)) + u8::from(c.stop.below(i) == c.stop.at(i));
    "doubled" 12, Shape,
        c.doubled.at(i) * 6 + p.doubled_habit * 2 + (c.doubled.above(i) | c.doubled.below(i));
    "marks and length" 48, Shape,
        (c.glyphs.at(i) / 2).min(11) as u8 * 4 + c.stop.at(i);
    "neighbours' fullness" FULL * FULL * 4, Width,
        (c.neighbours.full_above[i] * FULL as u8 + c.neighbours.full_below[i]) * 4 + c.stop.at(i);
    "glyph mix" 27, Shape,
        (c.digit_part.at(i) * 3 + c.latin_part.at(i)) * 3 + c.mark_part.at(i);
    "short run" 100, Shape,
        (c.run.at(i) * 5 + c.breadth.at(i)) * 4 + c.stop.at(i);
    "opening" OPENINGS * 4, Opening,
        c.opening.at(i) * 4 + c.row_text.at(i);
    "list" 10, Cue,
        c.list_position.at(i) * 2 + u8::from(c.stop.at(i) < 2);
    foreign:
    "parts of the measure" PARTS * PARTS * PARTS * 2, Measure,
        ((c.part.above(i) * PARTS as u8 + c.part.at(i)) * PARTS as u8 + c.part.below(i)) * 2 + u8::from(c.stop.at(i) == 0);
    "part, stop, beginning" PARTS * 4 * 4, Measure,
        (c.part.at(i) * 4 + c.stop.at(i)) * 4 + c.stop.above(i);
}

// The same for the break between line `i` and the line below it.
templates! { BREAK_TEMPLATES, BREAK_COUNT, BREAK_BINS, BREAK_OFFSETS, work_out_breaks, add_breaks -> BreakRow, |p, c, i|
    "width above against below" DIFF, Width,
        c.neighbours.less_below[i];
    "width below against its column" DIFF * 3, Width,
        c.neighbours.below_less_its_column[i] * 3 + c.loose.below(i);
    "last mark and fullness" CLASSES * FULL, Stop,
        c.last.at(i) * FULL as u8 + c.full_above.at(i);
    // A byte does not hold its bins. This is the bin among those of one last character; `break_bin` does the rest.
    "last and first character" CLASSES * CLASSES, Stop,
        c.first.below(i);
    "word in the break" 5, Word,
        c.bond.at(i);
    "number in the break" 10, Word,
        c.number.below(i);
    "pair open" 10, Open,
        c.open.at(i) * 2 + u8::from(c.open.below(i) == c.open.at(i));
    "blank and habit" 64, Blank,
        c.blanks.below(i).min(3) * 16 + p.blank_habit;
    "indent and habit" 54, Indent,
        indent_step(c.indent.below(i), c.indent.at(i)) * 9 + p.indent_habit;
    "habit and stop" 40, Base,
        p.page_habit * 2 + u8::from(c.stop.at(i) == 0);
    "cue above" CUES, Cue,
        c.cue.at(i);
    "tail above" TAILS, Cue,
        c.tail.at(i);
    "letter-spaced" 8, Spaced,
        p.all_spaced * 4 + u8::from(c.letters.at(i) == 2) * 2 + u8::from(c.letters.below(i) == 2);
    "shapes" 81, Shape,
        (c.prose.at(i) * 3 + c.neighbours.wide[i]) * 9 + c.prose.below(i) * 3 + c.neighbours.wide_below[i];
    "widths" SIZES * SIZES, Shape,
        c.size.at(i) * SIZES as u8 + c.size.below(i);
    "fields" 16, Shape,
        up_to_3(c.gaps.at(i)) * 4 + up_to_3(c.gaps.below(i));
    "stop, fullness, fullness below" FULL * 4 * FULL, Width,
        (c.full_above.at(i) * 4 + c.stop.at(i)) * FULL as u8 + c.full_below.below(i);
    "line above the last" DIFF * 4, Width,
        c.neighbours.less_above[i] * 4 + c.stop.at(i);
    "doubled" 8, Shape,
        c.doubled.at(i) * 4 + c.doubled.below(i) * 2 + u8::from(p.doubled_habit > 0);
    "cue and last mark" CUES * 4, Cue,
        c.cue.below(i) * 4 + c.stop.at(i);
    "width below against column above" DIFF, Width,
        c.neighbours.below_less_column_above[i];
    "list" 25, Cue,
        c.list_position.at(i) * 5 + c.list_position.below(i);
    "short runs" 72, Shape,
        (c.run.at(i) * 3 + u8::from(c.short_run.below(i) > 0) + u8::from(c.short_run.below(i) > 3)) * 4 + c.stop.at(i);
    "room and stop" DIFF * 4, Width,
        c.neighbours.room[i] * 4 + c.stop.at(i);
    "capital" 11, Start,
        c.capital.below(i);
    "recurrence" RECURRENCES * RECURRENCES * 4, Shape,
        (c.recurrence.at(i) * RECURRENCES as u8 + c.recurrence.below(i)) * 4 + c.stop.at(i);
    "blank, habit, part" 192, Blank,
        (u8::from(c.blanks.below(i) > 0) * 16 + p.blank_habit) * 6 + u8::from(c.stop.at(i) == 0) * 3 + part3_of(c.part.at(i));
    "opening" OPENINGS * 4, Opening,
        c.opening.below(i) * 4 + c.stop.at(i);
    "lost indent" 64, Indent,
        ((p.lost_indent * 2 + c.narrow.below(i)) * 4 + c.stop.at(i)) * 2 + u8::from(c.full_above.at(i) >= 2);
    foreign:
    "part, stop, part below" PARTS * 4 * PARTS, Measure,
        (c.part.at(i) * 4 + c.stop.at(i)) * PARTS as u8 + c.part.below(i);
    "parts of three lines" PARTS * PARTS * PARTS * 2, Measure,
        ((c.part.above(i) * PARTS as u8 + c.part.at(i)) * PARTS as u8 + c.part.below(i)) * 2 + u8::from(c.stop.at(i) == 0);
    "parts below" PARTS * PARTS * PARTS, Measure,
        (c.part.at(i) * PARTS as u8 + c.part.below(i)) * PARTS as u8 + c.part.second_below(i);
    "room in the measure" DIFF * 4, Measure,
        c.neighbours.room_in_measure[i] * 4 + c.stop.at(i);
    "width below against its measure" DIFF * 2, Measure,
        c.neighbours.below_less_its_measure[i] * 2 + u8::from(c.stop.at(i) == 0);
    "ragged page, part, stop" 160, Measure,
        ((p.ragged_habit * PARTS as u8 + c.part.at(i)) * 4 + c.stop.at(i)) * 2 + c.narrow.below(i);
    "ragged page, ending" ENDINGS * 24, Measure,
        ((p.ragged_habit * ENDINGS as u8 + c.ending.at(i)) * 3 + part3_of(c.part.at(i))) * 2 + u8::from(c.stop.at(i) == 0);
    "pieces" 216, Pieces,
        (((c.pair.above(i) * 3 + c.pair.at(i)) * 3 + p.pieces_habit) * 4 + c.stop.at(i)) * 2 + u8::from(c.size.at(i).min(c.size.below(i)) == 0);
    "habit of marks" 144, Pieces,
        ((p.marks_habit * 4 + c.stop.at(i)) * 3 + part3_of(c.part.at(i))) * 3 + part3_of(c.part.below(i));
    "begins alike" 128, Alike,
        (((c.alike.above(i) * 2 + c.alike.at(i)) * 2 + c.alike.below(i)) * 2 + u8::from(c.first.below(i) == 0)) * 8 + c.stop.at(i) * 2 + u8::from(c.part.at(i) >= 3);
    "openings" OPENINGS * OPENINGS, Opening,
        c.opening.at(i) * OPENINGS as u8 + c.opening.below(i);
    "ending, part below, page" ENDINGS * 24, Language,
        ((c.ending.at(i) * 2 + u8::from(p.page_habit & 3 < 2)) * 3 + part3_of(c.part.below(i))) * 4 + u8::from(c.blanks.below(i) > 0) * 2 + u8::from(c.part.at(i) >= 3);
    "ending and neighbours" ENDINGS * 9, Language,
        (c.ending.at(i) * 3 + ending3(c.ending.above(i))) * 3 + ending3(c.ending.below(i));
    "ending and part" ENDINGS * 4 * PARTS, Language,
        (c.ending.at(i) * 4 + c.stop.at(i)) * PARTS as u8 + c.part.at(i);
    "place in its row" ROW_PLACES * 8, Pieces,
        (c.row_place.at(i) * 4 + c.stop.at(i)) * 2 + u8::from(p.marks_habit > 1);
    "place in its row and neighbours" ROW_PLACES * 9, Pieces,
        (c.row_place.at(i) * 3 + row_end3(c.row_place.above(i))) * 3 + row_end3(c.row_place.below(i));
    "place in its row and ending" ROW_PLACES * 9, Pieces,
        (c.row_place.at(i) * 3 + ending3(c.ending.at(i))) * 3 + row_end3(c.row_place.below(i));
}

/// The template with a bin for each pair of a last and a first character.
const LAST_AND_FIRST: usize = 3;
const _: () = assert!(BREAK_TEMPLATES[LAST_AND_FIRST].bins == CLASSES * CLASSES);

/// A part of the measure in three bins: less than three quarters, less than 0.92, more.
#[inline(always)]
fn part3_of(part: u8) -> u8 {
    part.clamp(1, 3) - 1
}

/// The place of a break in its row in three bins: nothing sure, surely a unit's end, surely inside a row.
#[inline(always)]
fn row_end3(place: u8) -> u8 {
    u8::from(ends_unit(place)) + 2 * u8::from(is_inside_row(place))
}

/// An ending in three bins: not asked, unlikely, likely.
#[inline(always)]
fn ending3(ending: u8) -> u8 {
    u8::from(ending > 0) + u8::from(ending > 4)
}

/// How many of the two lines above and of the two below are as wide as the line.
#[inline(always)]
fn neighbours_as_wide(c: &Columns, i: usize) -> u8 {
    let w = c.width.at(i);
    let even = |beside: u16| u8::from((beside.abs_diff(w) <= 1) & (beside > 0));
    even(c.width.above(i)) + even(c.width.below(i)) + even(c.width.second_above(i)) + even(c.width.second_below(i))
}

/// Rows after the last bin. They are zero and never used. A bin is a byte, so with them the row of any template and any
/// byte is inside the table, and no lookup needs a bounds check.
pub(super) const SPARE: usize = 512;
/// Rows of the table for lines.
pub(super) const LINE_ROWS: usize = LINE_BINS + SPARE;
/// Rows of the table for breaks.
pub(super) const BREAK_ROWS: usize = BREAK_BINS + SPARE;

/// A line's scores in thousandths, in the order of [`LineScores`](super::decoder::LineScores). Sums saturate beyond ±32,
/// which no page reaches.
pub(super) type LineRow = [i16x8; 1];
/// A break's scores.
pub(super) type BreakRow = [i16x8; 2];

/// A page with the bins of its habits, which all its lines share.
pub struct Features<'a> {
    pub(super) page: &'a Layout,
    blank_habit: u8,
    indent_habit: u8,
    page_habit: u8,
    all_spaced: u8,
    doubled_habit: u8,
    lost_indent: u8,
    marks_habit: u8,
    pieces_habit: u8,
    ragged_habit: u8,
}

impl<'a> Features<'a> {
    /// The features of a page.
    pub fn new(page: &'a Layout) -> Features<'a> {
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
            all_spaced: u8::from(h.spaced > 0.2),
            doubled_habit: match h.doubled {
                d if d <= 0.0 => 0,
                d if d < 0.05 => 1,
                _ => 2,
            },
            marks_habit: u8::from(h.marked_ends >= 0.15)
                + u8::from(h.marked_ends >= 0.25)
                + u8::from(h.marked_ends >= 0.4),
            ragged_habit: u8::from(h.ragged >= 0.08) + u8::from(h.ragged >= 0.16) + u8::from(h.ragged >= 0.28),
            pieces_habit: u8::from(h.pieces >= 0.04) + u8::from(h.pieces >= 0.12),
            lost_indent: match h.lost_indent {
                None => 0,
                Some(s) if s < 0.25 => 1,
                Some(s) if s < 0.7 => 2,
                Some(_) => 3,
            },
        }
    }

    /// The bins of line `i`, one for each template, numbered through all templates.
    pub fn line_bins(&self, i: usize) -> [u16; LINE_COUNT] {
        let (block, i) = Block::around(self, i);
        std::array::from_fn(|template| block.line_bin(template, i) as u16)
    }

    /// The bins of the break below line `i`.
    pub fn break_bins(&self, i: usize) -> [u16; BREAK_COUNT] {
        let (block, i) = Block::around(self, i);
        std::array::from_fn(|template| block.break_bin(template, i) as u16)
    }

    /// The fixed log-odds of a join at the break below line `i`, from `priors.rs`.
    pub fn prior(&self, i: usize) -> f32 {
        let lines = &self.page.lines;
        let before = i.checked_sub(1).map_or(&Line::BEYOND_PAGE, |before| &lines[before]);
        priors::of_break(before, &lines[i], &lines[i + 1])
    }
}

/// A block of lines with its bins, a column for each template.
pub(super) struct Block {
    pub(super) columns: Columns,
    lines: [[u8; BLOCK]; LINE_COUNT],
    breaks: [[u8; BLOCK]; BREAK_COUNT],
}

impl Block {
    pub(super) const fn new() -> Block {
        Block { columns: Columns::new(), lines: [[0; BLOCK]; LINE_COUNT], breaks: [[0; BLOCK]; BREAK_COUNT] }
    }

    /// A block with line `line` of a page, and that line's number in the block.
    pub(super) fn around(page: &Features<'_>, line: usize) -> (Block, usize) {
        let mut block = Block::new();
        let incoming = line.saturating_sub(BESIDE);
        block.advance(page, incoming, true);
        (block, line + BESIDE - incoming)
    }

    /// Loads the lines from `incoming` on; see [`Columns::advance`].
    pub(super) fn advance(&mut self, page: &Features<'_>, incoming: usize, foreign: bool) {
        self.columns.advance(page.page, incoming);
        work_out_lines(page, &self.columns, &mut self.lines, foreign);
        work_out_breaks(page, &self.columns, &mut self.breaks, foreign);
    }

    /// The bin of line `i`, numbered through all templates.
    #[inline(always)]
    fn line_bin(&self, template: usize, i: usize) -> usize {
        LINE_OFFSETS[template] + usize::from(self.lines[template][i])
    }

    /// The same for the break below line `i`.
    #[inline(always)]
    fn break_bin(&self, template: usize, i: usize) -> usize {
        let mut bin = usize::from(self.breaks[template][i]);
        if template == LAST_AND_FIRST {
            // The remainder changes nothing and makes the bounds check unnecessary.
            bin = (usize::from(self.columns.last.at(i)) * CLASSES + bin) % SPARE;
        }
        BREAK_OFFSETS[template] + bin
    }

    /// The sum of a line's rows.
    #[inline(always)]
    pub(super) fn add_line(&self, rows: &[LineRow; LINE_ROWS], i: usize, foreign: bool) -> LineRow {
        add_lines(rows, |template| self.line_bin(template, i), foreign)
    }

    /// The sum of a break's rows.
    #[inline(always)]
    pub(super) fn add_break(&self, rows: &[BreakRow; BREAK_ROWS], i: usize, foreign: bool) -> BreakRow {
        add_breaks(rows, |template| self.break_bin(template, i), foreign)
    }
}

#[inline(always)]
pub(super) fn add<const N: usize>(sum: &mut [i16x8; N], row: &[i16x8; N]) {
    for (sum, row) in sum.iter_mut().zip(row) {
        *sum = sum.saturating_add(*row);
    }
}
