//! Boxes that are one printed row become one row.

use super::straight_page::{Set, StraightPage, full_width};
use crate::layout::{Line, Page};
use crate::vocabulary::numbers::is_numeral;

/// What stands between two lines of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// Nothing: they are one text.
    Close,
    /// A space: they are fields of a table, or Latin words.
    Space,
    /// A line end: they were printed over each other, as the copies of a doubled headline are.
    Over,
}

/// A printed row, in units of the body type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Its lines, each with what joins it to the one before.
    pub lines: Vec<(u32, Joint)>,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// Size of its type.
    pub em: f32,
    /// Characters without spaces.
    pub glyphs: u32,
    /// The first characters.
    pub first: [char; 2],
    /// The last characters, the very last first.
    pub last: [char; 2],
    /// Whether its characters stand one below the other.
    pub vertical: bool,
    /// Whether it is a row of a table.
    pub cells: bool,
    /// Whether it is the number of an item, alone in its box.
    pub number: bool,
    /// Whether it has a place. One without stays behind the row before it.
    pub placed: bool,
    /// The number of the block of its first line in the file.
    pub block: Option<u32>,
    /// How certain the tool is of the text of its first line, from 0 to 1.
    pub confidence: Option<f32>,
}

/// Size from which a row is a display line.
pub(super) const DISPLAY: f32 = 1.25;

impl Row {
    pub fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// How much of the narrower of both stands above or below the other.
    pub fn overlap(&self, other: &Row) -> f32 {
        let common = self.right.min(other.right) - self.left.max(other.left);
        common / self.width().min(other.width()).max(0.1)
    }

    /// Whether both stand side by side.
    pub fn beside(&self, other: &Row) -> bool {
        let core = |row: &Row| (row.middle(), 0.4 * row.em.min(row.bottom - row.top));
        let ((a, h), (b, k)) = (core(self), core(other));
        (a - b).abs() < h.max(k)
    }
}

/// The gap inside a row, at most: less than the gutter between two columns.
const GAP: f32 = 0.45;
/// How much of a row a line must cover to be printed over it: of a character, and of the shorter of both.
const OVER: f32 = 0.4;
const MOST_OF_IT: f32 = 0.5;
/// How far the width of the overlap of two boxes may be from that of the characters that both lines have there, in full widths: about
/// that of a thin mark, which is counted as wide as a letter. Other values were not tried.
const AGAIN: f32 = 0.6;

/// The gap between the number of an item and its text, at most, how far their middles may lie apart, and how their sizes may differ:
/// the box of a number is as high as its marks.
const AFTER_NUMBER: f32 = 1.0;
const LEVEL_OF_NUMBER: f32 = 0.4;
const NUMBER_ALIKE: std::ops::Range<f32> = 0.6..1.5;
/// The characters of a number with its marks, at most.
const LONGEST_NUMBER: usize = 5;

/// Whether a line is the number of an item with its marks, as `（1）`, `2.` or `③`.
fn is_number(line: &Line) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || is_numeral(c);
    let is_ringed = |c: char| matches!(c, '①'..='⒛');
    let is_mark = |c: char| matches!(c, '(' | ')' | '（' | '）' | '.' | '．' | '、');
    let (mut digits, mut marks, mut ringed) = (0, 0, 0);
    for (n, c) in line.ink().enumerate() {
        if n == LONGEST_NUMBER || !(is_digit(c) || is_mark(c) || is_ringed(c)) {
            return false;
        }
        digits += usize::from(is_digit(c));
        marks += usize::from(is_mark(c));
        ringed += usize::from(is_ringed(c));
    }
    ringed == 1 && digits == 0 || ringed == 0 && digits > 0 && marks > 0
}

/// Each line of a page as a row, in the order of the file.
pub(super) fn lines(page: &Page, sheet: &StraightPage) -> impl Iterator<Item = Row> {
    let lines = page.lines.iter().zip(&sheet.sets).zip(0..);
    lines.map(|((line, set), n)| row(n, line, line.is_vertical() != sheet.turned, set.as_ref()))
}

/// Printed rows, in the order of the file. Lines that continue a row join it where the file has one after the other or another
/// few lines between.
pub(super) fn of(lines: Vec<Row>, page: &Page, sheet: &StraightPage) -> Vec<Row> {
    let ends = Ends::of(&sheet.sets);
    let mut rows: Vec<Row> = Vec::new();
    for row in lines {
        let near = rows.len().saturating_sub(6);
        let joint = rows[near..].iter_mut().rev().find_map(|other| Some((joint(other, &row, page, &ends)?, other)));
        match joint {
            Some((joint, other)) => join(other, row, joint),
            None => rows.push(row),
        }
    }
    join_cells(rows)
}

/// The widest cell of a table that is told by its neighbours alone.
const CELL: f32 = 6.5;
/// The widest gap between two cells.
const BETWEEN_CELLS: f32 = 4.5;
/// Cells that make a row of a table.
const CELLS: usize = 3;

/// Joins the cells of tables: three or more short texts side by side. Running text is wider than a cell, and short last
/// lines of columns stand further apart.
fn join_cells(rows: Vec<Row>) -> Vec<Row> {
    let mut by_height: Vec<usize> = (0..rows.len()).filter(|&n| is_cell(&rows[n])).collect();
    by_height.sort_by(|&a, &b| rows[a].middle().total_cmp(&rows[b].middle()));
    let mut of_row: Vec<Vec<usize>> = Vec::new();
    let mut from = 0;
    while from < by_height.len() {
        let first = &rows[by_height[from]];
        let level = |n: &&usize| (rows[**n].middle() - first.middle()).abs() < 0.3 * first.em;
        let here = by_height[from..].iter().take_while(level).count().max(1);
        let mut cells = by_height[from..from + here].to_vec();
        cells.sort_by(|&a, &b| rows[a].left.total_cmp(&rows[b].left));
        let near = |a: &usize, b: &usize| {
            let (a, b) = (&rows[*a], &rows[*b]);
            (-0.2 * a.em..BETWEEN_CELLS * a.em).contains(&(b.left - a.right)) && (a.em / b.em - 1.0).abs() < 0.3
        };
        of_row.extend(cells.chunk_by(near).filter(|cells| cells.len() >= CELLS).map(<[usize]>::to_vec));
        from += here;
    }
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    for cells in of_row {
        let mut cells = cells.into_iter();
        let Some(first) = cells.next() else { continue };
        let at = cells.clone().fold(first, usize::min);
        let Some(mut row) = rows[first].take() else { continue };
        cells.filter_map(|cell| rows[cell].take()).for_each(|cell| join(&mut row, cell, Joint::Space));
        row.cells = true;
        rows[at] = Some(row);
    }
    rows.into_iter().flatten().collect()
}

fn is_cell(row: &Row) -> bool {
    row.placed && !row.vertical && row.em < DISPLAY && row.width() < CELL * row.em && row.glyphs > 0
}

fn row(number: u32, line: &Line, vertical: bool, set: Option<&Set>) -> Row {
    let mut chars = line.ink();
    let first = [chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0')];
    let mut chars = line.ink().rev();
    let last = [chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0')];
    let glyphs = line.ink().count() as u32;
    // A single character runs in no direction.
    let vertical = vertical && glyphs > 1;
    let nowhere = Set { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0, em: 1.0 };
    let place = set.unwrap_or(&nowhere);
    Row {
        lines: vec![(number, Joint::Close)],
        left: place.left as f32,
        top: place.top as f32,
        right: place.right as f32,
        bottom: place.bottom as f32,
        em: place.em as f32,
        glyphs,
        first,
        last,
        vertical,
        cells: false,
        number: is_number(line),
        placed: set.is_some(),
        block: line.block,
        confidence: line.confidence,
    }
}

/// Where the lines of a page end, sorted from left to right: their right edges and middles.
struct Ends(Vec<(f32, f32)>);

impl Ends {
    fn of(sets: &[Option<Set>]) -> Ends {
        let end = |set: &Set| (set.right as f32, ((set.top + set.bottom) / 2.0) as f32);
        let mut ends: Vec<(f32, f32)> = sets.iter().flatten().map(end).collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ends(ends)
    }

    /// Whether a row ends where its column does: where three other lines near by end. What stands to its right is another
    /// column then, even if the tool drew its box into the gutter.
    fn is_of_column(&self, row: &Row) -> bool {
        let first = self.0.partition_point(|end| end.0 < row.right - 0.4);
        let same = self.0[first..].iter().take(MOST_ENDS).take_while(|end| end.0 < row.right + 0.4);
        let apart = |y: f32| (y - row.middle()).abs();
        same.filter(|end| apart(end.1) > 0.5 && apart(end.1) < 12.0).take(3).count() == 3
    }
}

/// Ends that are looked at for one row.
const MOST_ENDS: usize = 400;

/// What joins a line to a row of which it is the rest, or over which it is printed.
fn joint(row: &Row, rest: &Row, page: &Page, ends: &Ends) -> Option<Joint> {
    let apart = (row.middle() - rest.middle()).abs();
    if !row.placed || !rest.placed || row.vertical || rest.vertical {
        return None;
    }
    let common = row.right.min(rest.right) - row.left.max(rest.left);
    let is_level = apart < 0.25 * row.em.min(rest.em);
    let are_alike = |a: f32, b: f32| (a / b - 1.0).abs() < 0.25;
    let are_of_one_size = are_alike(row.em, rest.em);
    // The size of type is wrong where it comes from the width of a piece with two copies of a mark.
    let may_be_over = is_level && (are_of_one_size || are_alike(row.height(), rest.height()));
    if may_be_over && is_over(row, rest, common, page) {
        return Some(Joint::Over);
    }
    if row.number && !rest.number {
        let level = apart < LEVEL_OF_NUMBER * rest.em && NUMBER_ALIKE.contains(&(row.em / rest.em));
        let near = rest.left > row.left && (-AFTER_NUMBER * rest.em..0.5 * row.width()).contains(&common);
        return (level && near).then_some(Joint::Close);
    }
    if !is_level || !are_of_one_size {
        return None;
    }
    let latin = row.last[0].is_ascii_alphanumeric() && rest.first[0].is_ascii_alphanumeric();
    let joint = if latin { Joint::Space } else { Joint::Close };
    (rest.left > row.left && -common < GAP * row.em && !ends.is_of_column(row)).then_some(joint)
}

/// Whether a line is printed over a row whose box overlaps its own by the width `common`: over most of it, or the overlap holds the
/// same characters twice. Less may be the white in the box of a quotation mark, which is as wide as a letter.
fn is_over(row: &Row, rest: &Row, common: f32, page: &Page) -> bool {
    let covers_most = common > MOST_OF_IT * row.width().min(rest.width());
    let repeats_its_end = || {
        let last = row.lines.last().map(|&(line, _)| &page.lines[line as usize]);
        last.is_some_and(|last| repeats_end(last, &page.lines[rest.lines[0].0 as usize], common / row.em))
    };
    common > OVER * row.em && (covers_most || repeats_its_end())
}

/// Whether the second line begins with the characters that the first one ends with, and they are about so wide, in full widths.
fn repeats_end(first: &Line, second: &Line, width: f32) -> bool {
    let (end, begin): (Vec<char>, Vec<char>) = (first.ink().collect(), second.ink().collect());
    let mut taken = 0.0;
    begin.iter().zip(1..).any(|(&c, n)| {
        taken += full_width(c) as f32;
        (taken - width).abs() < AGAIN && end.ends_with(&begin[..n])
    })
}

pub(super) fn join(row: &mut Row, rest: Row, joint: Joint) {
    if std::mem::take(&mut row.number) {
        row.em = rest.em;
    }
    row.lines
        .extend(rest.lines.into_iter().enumerate().map(|(n, (line, own))| (line, if n == 0 { joint } else { own })));
    if rest.right >= row.right {
        row.last = if rest.glyphs > 1 || joint == Joint::Over { rest.last } else { [rest.last[0], row.last[0]] };
    }
    row.left = row.left.min(rest.left);
    row.right = row.right.max(rest.right);
    row.top = row.top.min(rest.top);
    row.bottom = row.bottom.max(rest.bottom);
    row.glyphs = if joint == Joint::Over { row.glyphs.max(rest.glyphs) } else { row.glyphs + rest.glyphs };
}
