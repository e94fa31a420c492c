//! Where the units of a layout stand: a box for each column, and the size of the type.

use crate::layout::{Page, Rect};
use crate::measure::Place;
use crate::order::{Reading, median};
use crate::proof::{Unit, UnitBox};
use std::ops::Range;

/// A page of a layout, and where its lines stand.
pub(super) struct Standing<'a> {
    /// First byte of the page in the text of the layout.
    pub at: usize,
    /// Its lines, or the parts of them that were read.
    pub page: &'a Page,
    /// First bytes of these lines, from the beginning of the page.
    pub starts: &'a [usize],
    pub reading: &'a Reading,
}

/// Gives units their boxes and sizes.
pub(super) fn tell(pages: &[Standing<'_>], units: &mut [Unit]) {
    let rows: Vec<Vec<u32>> = pages.iter().map(rows_of_lines).collect();
    for unit in units {
        let mut boxes = Boxes::default();
        for source in &unit.sources {
            let source = source.start as usize..source.end as usize;
            let n = pages.partition_point(|page| page.at <= source.start).saturating_sub(1);
            let Some(page) = pages.get(n) else { continue };
            for line in page.lines(&source) {
                boxes.add(n as u32 + 1, page, line, rows[n][line]);
            }
        }
        unit.size = boxes.size();
        unit.boxes = boxes.list;
    }
}

/// For each line of a page, its row.
fn rows_of_lines(page: &Standing<'_>) -> Vec<u32> {
    let mut of = vec![0; page.page.lines.len()];
    for (n, row) in page.reading.rows.iter().enumerate() {
        row.lines.iter().for_each(|(line, _)| of[*line as usize] = n as u32);
    }
    of
}

impl Standing<'_> {
    /// The lines with these bytes.
    fn lines(&self, source: &Range<usize>) -> Range<usize> {
        let (start, end) = (source.start - self.at, source.end.saturating_sub(self.at));
        let first = self.starts.partition_point(|&line| line <= start).saturating_sub(1);
        first..self.starts.partition_point(|&line| line < end).max(first)
    }
}

/// The boxes of a unit, in the making.
#[derive(Default)]
struct Boxes {
    list: Vec<UnitBox>,
    /// The page and the row of the last line, and where it stands.
    last: Option<(u32, u32, Place)>,
    /// Sizes of type, each with the characters that have it.
    sizes: Vec<(f64, usize)>,
}

impl Boxes {
    fn add(&mut self, number: u32, page: &Standing<'_>, line: usize, row: u32) {
        let Some(place) = page.reading.places.get(row as usize).copied().flatten() else { return };
        let line = &page.page.lines[line];
        let bounds = line.quad.bounds();
        let goes_on = self.last.is_some_and(|(above_page, above_row, above)| {
            above_page == number
                && !place.is_noise
                && (above_row == row || above.shares_column(&place) && above.middle() < place.middle())
        });
        match self.list.last_mut().filter(|_| goes_on) {
            Some(last) => last.widen(&bounds),
            None => self.list.push(UnitBox::of(number, &bounds)),
        }
        self.last = Some((number, row, place));
        let size = line.size.filter(|size| *size > 0.0).or(page.reading.body.map(|body| body as f32 * place.em));
        self.sizes.extend(size.map(|size| (f64::from(size), line.text.chars().count())));
    }

    /// The median size of the characters.
    fn size(&mut self) -> Option<f32> {
        median(std::mem::take(&mut self.sizes)).map(|size| size as f32)
    }
}

impl UnitBox {
    fn of(page: u32, r: &Rect) -> UnitBox {
        UnitBox { page, left: r.left, top: r.top, right: r.right, bottom: r.bottom }
    }

    fn widen(&mut self, r: &Rect) {
        let here = Rect::new(self.left, self.top, self.right, self.bottom);
        *self = UnitBox::of(self.page, &here.union(r));
    }
}
