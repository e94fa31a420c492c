//! How well one row reads after another: by the marks and words at the seam, by the edges of the columns, and by the way
//! that the eye has to go.

use super::edges::Edges;
use super::rows::{DISPLAY, Row};
use crate::lexicon;
use crate::text::width::is_han;

/// The rows of a page, and what is known of each.
pub(super) struct Judge<'a> {
    pub rows: &'a [Row],
    pub edges: &'a [Edges],
    /// Whether the tool found words before lines.
    pub by_words: bool,
}

/// What the end of a row says of the sentence.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// The text goes on.
    Open,
    /// It may go on.
    Unknown,
    /// The paragraph is at its end.
    Closed,
}

/// How two sizes of running text may differ, the second by the first.
const ALIKE: std::ops::Range<f32> = 0.87..1.15;

impl Judge<'_> {
    pub fn row(&self, row: u32) -> &Row {
        &self.rows[row as usize]
    }

    /// The sum of what the texts say at all seams of an order.
    pub fn text_sum(&self, order: &[u32]) -> f32 {
        let placed = |row: u32| self.row(row).placed;
        order.windows(2).filter(|pair| placed(pair[0]) && placed(pair[1])).map(|pair| self.text(pair[0], pair[1])).sum()
    }

    /// How well `b` reads after `a`, in log-odds by guess.
    pub fn seam(&self, a: u32, b: u32) -> f32 {
        let (above, below) = (self.row(a), self.row(b));
        if !above.placed || !below.placed {
            return 0.0;
        }
        self.way(above, below) + self.text(a, b)
    }

    /// The way of the eye.
    fn way(&self, a: &Row, b: &Row) -> f32 {
        let size = a.em.max(b.em);
        if b.beside(a) && b.left >= a.right - 0.5 * size {
            // To the right in one row, as in tables: good if it is near.
            return if b.left - a.right < 3.0 * size { 0.0 } else { -1.0 };
        }
        let gap = (b.top - a.bottom) / size;
        if b.middle() > a.middle() && a.overlap(b) > 0.4 {
            return match gap {
                g if g < 1.2 => 1.0,
                g if g < 3.0 => 0.3,
                _ => -0.5,
            };
        }
        if b.middle() > a.middle() {
            // Down and aside.
            return -1.0;
        }
        if b.left >= a.right - 0.5 * size {
            // Up to the next column.
            return if b.left - a.right < 6.0 { -0.2 } else { -1.0 };
        }
        // Back over what was read.
        -2.5
    }

    fn end(&self, a: u32) -> End {
        let (row, edges) = (self.row(a), &self.edges[a as usize]);
        let short = (edges.right - row.right) / row.em;
        let stop = is_stop(row.last);
        match (stop, short) {
            (true, s) if s > 1.4 => End::Closed,
            (true, _) => End::Unknown,
            (false, s) if s > 2.4 => End::Closed,
            (false, _) if edges.rows < 3 => End::Unknown,
            (false, _) => End::Open,
        }
    }

    /// How well running text goes on in the row below, of one size, in log-odds by guess; `None` for other rows.
    pub fn runs_on(&self, a: u32, b: u32) -> Option<f32> {
        let (above, below) = (self.row(a), self.row(b));
        let alike = above.em <= DISPLAY && below.em <= DISPLAY && ALIKE.contains(&(below.em / above.em));
        alike.then(|| self.running(a, b))
    }

    /// The marks and words at the seam, and whether a paragraph begins there.
    fn text(&self, a: u32, b: u32) -> f32 {
        let (above, below) = (self.row(a), self.row(b));
        let ratio = below.em / above.em;
        match (above.em > DISPLAY, below.em > DISPLAY) {
            (false, false) if ALIKE.contains(&ratio) => self.running(a, b),
            (false, false) => {
                if self.end(a) == End::Open {
                    -1.5
                } else {
                    0.0
                }
            }
            (true, false) => {
                let under = below.middle() > above.middle() && above.overlap(below) > 0.5;
                let aside = below.left > above.right && below.beside(above);
                if under {
                    1.0
                } else if aside {
                    0.0
                } else {
                    -1.5
                }
            }
            (false, true) => {
                if self.end(a) == End::Open {
                    -2.5
                } else {
                    0.3
                }
            }
            (true, true) => {
                let gap = below.top - above.bottom;
                if above.overlap(below) > 0.5 && gap < 1.5 * above.em.max(below.em) { 0.5 } else { -1.0 }
            }
        }
    }

    /// Running text after running text.
    fn running(&self, a: u32, b: u32) -> f32 {
        let (above, below) = (self.row(a), self.row(b));
        let indent = (below.left - self.edges[b as usize].left) / below.em;
        let begins = (1.2..4.5).contains(&indent);
        let words = if is_han(above.last[0]) && is_han(below.first[0]) {
            let spans = lexicon::over(above.last.into_iter(), below.first.into_iter());
            if spans.longest > 0 { 1.0 + 0.2 * f32::from(spans.class) } else { 0.0 }
        } else {
            0.0
        };
        let sum = match (self.end(a), begins) {
            (End::Open, false) => 1.0 + words,
            (End::Open, true) => -2.0,
            (End::Unknown, false) => 0.3 + words,
            (End::Unknown, true) => 0.5,
            (End::Closed, true) => 0.8,
            (End::Closed, false) => -1.2,
        };
        if below.first[0] != '\0' && "，。、；：？！”’）》」』】,.;:?!)".contains(below.first[0]) {
            return sum + if self.end(a) == End::Open { 0.5 } else { -1.0 };
        }
        sum
    }
}

/// Whether these last characters, the very last first, end a sentence.
fn is_stop([last, before]: [char; 2]) -> bool {
    let stops = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '.');
    stops(last)
        || matches!(last, '”' | '」' | '』' | '）' | ')' | '"' | '’') && stops(before)
        || matches!(last, '）' | ')' | '：' | ':')
}
