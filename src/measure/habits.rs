//! The habits of a page: what its empty lines, indents, widths and spaces mean, and whether it is clean already.

use super::class::{Class, OPENS, breaks_off};
use super::line::Line;
use super::opening::Opening;
use super::width_counts::{WidthCounter, WidthCounts};
use crate::vocabulary::cues::Tail;

/// Classes of a mark that ends a sentence.
const STOPS: u32 = Class::set(&[Class::Stop, Class::ClosedStop]);

/// A page is even if this share of its lines is as wide as its column. Of the pages of the bench nearly all are.
pub(super) const EVEN: f32 = 0.5;

/// Gaps of what opens a story, at most: 本报讯（记者 何苗 通讯员 王芳）昨日.
const LEAD_GAPS: u16 = 3;

/// On a page that is clean already at most one line in so many breaks off inside a sentence. On wrapped pages of the
/// bench one in two does, on clean ones one in forty.
const CLEAN_SHARE: u32 = 12;

/// A page is clean, too, if one glyph in so many stands in a paragraph that was never broken, and at most one line in so many breaks off.
/// Of 1,174 raw pages (the benches, genres, cases and real documents of docs/fitting.md) none is like that.
const UNBROKEN_SHARE: u32 = 10;
const FEW_BROKEN: u32 = 3;

/// If more than this share of a page's lines has stray spaces, its spaces mean nothing. Pages of the bench that keep
/// the typesetter's spaces between words stay below.
pub const NOISE: f32 = 0.12;

/// Share of lines that end in a mark inside a sentence, from which on rows may be cut after marks. Of nine real documents the two
/// of `pdftotext -raw` have 0.18 and 0.45, the others at most 0.14. `pdftotext -raw` ends 41
/// to 73 % of its lines in some mark, other extractors 12 to 35 %.
const MANY_MARKED_ENDS: f32 = 0.15;

/// Share of pieces from which on a text layer tears lines.
const MANY_PIECES: f32 = 0.06;

/// Share of lines that end in an opening mark, from which on a text layer tears lines.
const MANY_TORN: f32 = 0.02;

/// The habits of a page: how much its blank lines, indents, widths and spaces mean.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Habits {
    /// Share of breaks in the middle of a sentence that have an empty line.
    pub blank_mid: f32,
    /// Share of breaks after a stop that have an empty line.
    pub blank_stop: f32,
    /// Share of lines that are indented although the line above ends inside a sentence.
    pub indent_mid: f32,
    /// Share of lines that are indented below a line that ends in a stop.
    pub indent_stop: f32,
    /// Share of lines of running text that end inside a sentence: wrapped text has many.
    pub mid_ends: f32,
    /// Share of lines whose width is that of their neighbourhood.
    pub even: f32,
    /// Share of lines that end in a comma or another mark inside a sentence. Some extractors end a line after each mark.
    pub marked_ends: f32,
    /// Share of lines that are well short of the measure and fill it together with the line below. Lines that a text layer
    /// tore in two do.
    pub pieces: f32,
    /// Share of lines that end in an opening mark. No compositor sets one there, so a text layer tore the line.
    pub torn: f32,
    /// Share of lines without a stop at their end that are between half of the measure and 0.92 of it.
    pub ragged: f32,
    /// Share of lines that are less than half of the measure.
    pub short: f32,
    /// Share of lines that fill the measure to half an em.
    pub exact: f32,
    /// Share of lines whose text says something of the break above, see [`Line::opening`].
    pub openings: f32,
    /// The empty lines above a break that mark the end of a unit, at least; 0 where empty lines mark nothing.
    pub block_blanks: u8,
    /// The width of the page's full lines, in half-widths, where most of its lines are shorter; else 0.
    pub full_width: u16,
    /// Mean of the measures around the lines, in half-widths.
    pub mean_measure: f32,
    /// Share of neighbouring Han with a space between them. tesseract sets one between nearly all.
    pub spaced: f32,
    /// Share of lines that were printed twice.
    pub doubled: f32,
    /// Share of lines of running text with single spaces between Han. Such spaces are accidents of the text layer and
    /// separate nothing.
    pub noise: f32,
    /// Of the lines that surely begin a paragraph, the share that are narrower than the next line by an indent, which
    /// the text layer lost. `None` where such lines are too few.
    pub lost_indent: Option<f32>,
    /// Shares of the places where Han meets a digit, and where a digit meets Han, that have a space. Some extractors
    /// make one of every quarter em there.
    pub quarter: (f32, f32),
}

impl Habits {
    /// Whether the text layer may tear printed rows into pieces: at marks, or where the type changes.
    pub fn tears_rows(&self) -> bool {
        self.marked_ends >= MANY_MARKED_ENDS || self.pieces >= MANY_PIECES || self.torn >= MANY_TORN
    }
}

/// What is at a break, as a number of three bits by which breaks are counted.
const STOP: usize = 4;
const BLANK: usize = 2;
const INDENT: usize = 1;

/// What the lines of a page show, counted.
#[derive(Default)]
struct Tally {
    glyphs: u32,
    /// Glyphs in lines that are too wide for any column.
    unbroken: u32,
    /// Lines of running text; those of all lines that break off inside a sentence.
    marked: u32,
    broken: u32,
    spaced: u32,
    doubled: u32,
    /// The sides where Han and digits meet, see [`Habits::quarter`].
    quarters: [u32; 4],
    openings: u32,
    marked_ends: u32,
    torn: u32,
    /// Breaks by what is there.
    breaks: [u32; 8],
    /// The same after lines that end in a stop and are far from full: a paragraph ends there.
    ends: [u32; 8],
    /// Lines that surely begin a paragraph; those narrower than the next line by an indent.
    begins: u32,
    narrow: u32,
}

impl Tally {
    #[inline(always)] // it stands in the loop over the lines
    fn add_line(&mut self, line: &Line) {
        const GOES_ON: u32 = Class::set(&[Class::Comma, Class::Enumeration, Class::Semicolon, Class::Colon]);
        // With these a sentence of running text may end or a list may begin.
        const ENDS: u32 = STOPS | Class::set(&[Class::Colon, Class::Semicolon, Class::Ellipsis, Class::CloseBracket]);
        self.glyphs += u32::from(line.glyphs);
        self.spaced += u32::from(line.spaced);
        self.doubled += u32::from(line.doubled);
        // A line with a mark inside is running text. Captions and headlines with marks end without a stop. All
        // bits, or none.
        let if_marked = ((u32::from(line.marks) + 0xFFFF) >> 16).wrapping_neg();
        let sentence = (line.tail == Tail::None) & (line.late_gaps == 0) & (line.gaps <= LEAD_GAPS) & !is_row(line);
        self.unbroken += if_marked & (u32::from(line.glyphs) * u32::from(line.unbroken));
        self.marked += if_marked & u32::from(sentence);
        self.broken +=
            if_marked & u32::from(sentence & (line.address | !line.last.is_in(ENDS))) | u32::from(line.bound);
        // A bracket that the line leaves open, or a line that goes on with the one above.
        self.broken += u32::from((line.open == 2) | line.opening.goes_on());
        for (sum, n) in self.quarters.iter_mut().zip(<[u16; 4]>::from(line.quarter_sides)) {
            *sum += if_marked & u32::from(n);
        }
        self.openings += u32::from(line.opening.fitted() != 0);
        self.marked_ends += u32::from(line.last.is_in(GOES_ON));
        self.torn += u32::from(line.last.is_in(OPENS));
    }

    /// Counts the break between two lines. `column` is the width of the column up to the first, `after` the line below both.
    #[inline(always)]
    fn add_break(&mut self, line: &Line, next: &Line, after: Option<&Line>, column: u16) {
        const MID: u32 = Class::set(&[Class::Han, Class::Comma]);
        // Wraps only for widths that a caller made up.
        let less = |a: u16, b: u16| a.wrapping_sub(b) as i16;
        let stop = line.last.is_in(STOPS);
        // What a speaker says breaks off, and ends in the line below.
        let said = is_row(line) & !is_row(next) & (line.marks >= 2);
        self.broken += u32::from(said & next.last.is_in(STOPS) & line.last.is_in(MID));
        let counts = line.width >= 12;
        // An indent is an em from the margin. From another indent it is at least three half-widths and at least
        // as far.
        let indented = next.indent >= line.indent.max(2 + u16::from(line.indent > 0));
        let blank = next.blanks > 0;
        let kind = STOP * usize::from(stop) + BLANK * usize::from(blank) + INDENT * usize::from(indented);
        self.breaks[kind] += u32::from(counts);
        let ended = counts & stop & (less(column, line.width) >= 6);
        self.ends[kind] += u32::from(ended & (next.marks > 0));
        // Neither may be a paragraph of one line.
        if ended & (next.indent <= line.indent) & (next.width >= 16) & breaks_off(next.last)
            && let Some(after) = after
        {
            let both = less(next.width, after.width) < 6;
            self.begins += u32::from(both);
            self.narrow += u32::from(both & next.narrow);
        }
    }

    fn is_clean(&self) -> bool {
        let hardly_breaks_off = self.marked > 0 && self.broken * CLEAN_SHARE <= self.marked;
        let has_unbroken = self.unbroken * UNBROKEN_SHARE > self.glyphs && self.broken * FEW_BROKEN <= self.marked + 1;
        hardly_breaks_off || self.unbroken > self.glyphs / 2 || has_unbroken
    }
}

fn is_row(line: &Line) -> bool {
    (line.opening == Opening::Row) | (line.opening == Opening::Label)
}

/// The share of `yes` of `all`, where one line more would be of this share.
fn share(yes: u32, all: u32, prior: f32) -> f32 {
    (yes as f32 + prior) / (all as f32 + 1.0)
}

/// The share of breaks that have a thing, of two kinds of breaks by that thing.
fn having(bit: usize, kinds: &[u32], prior: f32) -> f32 {
    let yes = (0..4).filter(|kind| kind & bit != 0).map(|kind| kinds[kind]).sum();
    share(yes, kinds[..4].iter().sum(), prior)
}

/// The habits of a page whose spaces are noise to this share, and whether it is clean. `columns` has the width of the column up to
/// each line.
pub(super) fn find(
    lines: &[Line],
    columns: &[u16],
    measures: &[u16],
    noise: f32,
    widths: &mut WidthCounter,
) -> (Habits, bool) {
    let (n, mut tally) = (lines.len() as u32, Tally::default());
    for (i, (line, &column)) in lines.iter().zip(columns).enumerate() {
        tally.add_line(line);
        let Some(next) = lines.get(i + 1) else { break };
        tally.add_break(line, next, lines.get(i + 2), column);
    }
    let counts = widths.count(lines, STOPS, measures, columns);
    let WidthCounts { measures: sum, short, ragged, exact, running, mid, even, pieces } = counts;
    let clean = tally.is_clean();
    let Tally { breaks, ends, quarters, .. } = tally;
    let ends = if ends.iter().sum::<u32>() >= 2 { ends } else { breaks };
    let even = share(even, running, 0.6);
    let habits = Habits {
        blank_mid: having(BLANK, &breaks, 0.3),
        blank_stop: having(BLANK, &ends[STOP..], 0.3),
        indent_mid: having(INDENT, &breaks, 0.1),
        indent_stop: having(INDENT, &ends[STOP..], 0.1),
        mid_ends: share(mid, running, 0.6),
        even,
        marked_ends: share(tally.marked_ends, n, 0.1),
        ragged: share(ragged, n, 0.1),
        exact: share(exact, n, 0.4),
        openings: share(tally.openings, n, 0.05),
        short: share(short, n, 0.1),
        full_width: if even < EVEN { full_width(lines) } else { 0 },
        block_blanks: block_blanks(lines, measures),
        mean_measure: sum as f32 / n.max(1) as f32,
        pieces: share(pieces, n, 0.05),
        torn: share(tally.torn, n, 0.0),
        spaced: share(tally.spaced, tally.glyphs.saturating_sub(n), 0.0),
        doubled: share(tally.doubled, n, 0.0),
        noise,
        lost_indent: (tally.begins >= 2).then(|| tally.narrow as f32 / tally.begins as f32),
        quarter: (share(quarters[1], quarters[0] + 3, 0.0), share(quarters[3], quarters[2] + 3, 0.0)),
    };
    (habits, clean)
}

/// How many empty lines part the units of a page, if they do so reliably: one, where no sentence goes on over an empty line and
/// most breaks have none; two, where most breaks have one.
fn block_blanks(lines: &[Line], measures: &[u16]) -> u8 {
    const OPEN: u32 = Class::set(&[Class::Comma, Class::Enumeration, Class::OpenBracket, Class::OpenQuote]);
    let Some(below) = lines.get(1..) else { return 0 };
    let (mut some, mut many) = (0, 0);
    for line in below {
        some += usize::from(line.blanks > 0);
        many += usize::from(line.blanks > 1);
    }
    if some == 0 {
        return 0;
    }
    if some * 10 >= below.len() * 8 {
        return if many > 0 && many * 3 <= below.len() { 2 } else { 0 };
    }
    if some * 2 > below.len() {
        return 0;
    }
    let reliable = lines.iter().zip(below).zip(measures).all(|((above, line), &measure)| {
        let full = above.width + 3 >= measure;
        let cut =
            above.last.is_in(OPEN) || full && above.last.is_in(Class::set(&[Class::Han, Class::Digit, Class::Latin]));
        line.blanks == 0 || !cut
    });
    u8::from(reliable)
}

/// The width that at least three lines share and none exceeds, though most lines are shorter; 0 if there is none.
fn full_width(lines: &[Line]) -> u16 {
    const LEAST: u16 = 24; // half-widths
    let widest = lines.iter().map(|line| line.width).max().unwrap_or_default();
    let full = lines
        .iter()
        .filter(|line| line.width.saturating_add(2) >= widest && line.marks > 0 && breaks_off(line.last))
        .count();
    if widest >= LEAST && full >= 3 { widest } else { 0 }
}
