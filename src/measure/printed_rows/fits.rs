//! How well a run of pieces fits a printed row, by its width beside the measure.

use crate::measure::class::Class;
use crate::measure::line::Line;

/// Pieces that a row may have.
pub(super) const PIECES: usize = 14;
/// Width of an indent, in half-widths.
const INDENT: i32 = 4;
/// Rows whose cuts are less likely than this are not looked at.
const LEAST: f64 = 1e-6;
/// How likely a full row misses the measure by so many half-widths. Digits, Latin and marks are set in widths that a text layer
/// does not tell.
const MISSES: [f64; 7] = [0.2, 0.18, 0.14, 0.08, 0.04, 0.016, 0.006];
/// Half-widths by which a full row is narrower than the measure at most, with an indent, and one more.
const NARROWER: i32 = MISSES.len() as i32 + INDENT;
/// Half-widths by which a row is too wide.
const WIDER: i32 = MISSES.len() as i32;
/// Share of the rows that end a unit, of the later ones and of the first ones.
const LAST: [f64; 2] = [0.12, 0.2];
/// Share of the units that begin with an indent.
const INDENTED: f64 = 0.7;

/// What the last row of a paragraph ends in.
const ENDS: u32 = Class::set(&[Class::Stop, Class::ClosedStop, Class::Colon, Class::Ellipsis, Class::CloseBracket]);
/// What only running text has inside.
const INNER: u32 = Class::set(&[Class::Comma, Class::Semicolon]);
/// How much rarer the last row of a paragraph ends in something else. A title of one row often does.
const UNSTOPPED: f64 = 0.005;

/// Weights of all ways to read the lines up to a break, or from it on, that begin a unit there or go on with one.
pub(super) type Ways = [f64; 2];

pub(super) const BEGINS: usize = 0;
pub(super) const GOES_ON: usize = 1;

/// How often rows are cut after a mark and elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cuts {
    pub after_marks: f64,
    pub elsewhere: f64,
}

impl Cuts {
    /// The share of cuts after marks is that of the marks that end a line. The weights of the model of lines allow for what this
    /// and `elsewhere` get wrong.
    pub fn of(lines: &[Line], elsewhere: f64) -> Cuts {
        let ends = lines.iter().filter(|line| is_mark(line.last)).count() as f64;
        let inside: f64 = lines.iter().map(|line| f64::from(line.marks)).sum();
        Cuts { after_marks: (ends / (ends + inside).max(1.0)).clamp(0.05, 0.9), elsewhere: elsewhere.clamp(0.01, 0.15) }
    }
}

fn is_mark(class: Class) -> bool {
    !matches!(class, Class::Han | Class::Digit | Class::Latin | Class::Unit)
}

/// What the rows see of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub width: i32,
    /// How likely a row is cut behind it.
    cut: f64,
    /// How far its last character speaks against the end of a unit.
    ends: f64,
    /// Whether a row that goes on behind it is no title.
    runs_on: bool,
    pub is_marked: bool,
}

impl Piece {
    /// The pieces of these lines.
    pub fn all(lines: &[Line], cuts: Cuts) -> Vec<Piece> {
        let of = |line: &Line| {
            let is_marked = is_mark(line.last);
            Piece {
                width: i32::from(line.width),
                cut: if is_marked { cuts.after_marks } else { cuts.elsewhere },
                ends: if line.last.is_in(ENDS) { 1.0 } else { UNSTOPPED },
                runs_on: line.last.is_in(ENDS | INNER),
                is_marked,
            }
        };
        lines.iter().map(of).collect()
    }
}

/// The weights of a row, from the beginning of a unit and from a later row, to each of both.
pub(super) type Row = [Ways; 2];

/// How well rows of each width fit one measure: a table for the widths near it. All narrower rows fit equally.
#[derive(Debug, Clone)]
pub(super) struct Fits {
    measure: i32,
    narrow: Fit,
    near: [Fit; (NARROWER + WIDER) as usize],
}

/// How well a row fits, as the first of its unit and as a later one, if it ends the unit and if it does not.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Fit([Ways; 2]);

impl Fit {
    /// Of a row that is so much wider than the measure.
    fn of(difference: i32, measure: i32) -> Fit {
        let full = |difference: i32| MISSES.get(difference.unsigned_abs() as usize).copied().unwrap_or(0.0);
        let whole = full(difference);
        let first = INDENTED * full(difference + INDENT) + (1.0 - INDENTED) * whole;
        let short = if difference < -1 { 1.0 / f64::from(measure.max(1)) } else { 0.2 * whole };
        Fit([[short + 0.2 * first, (1.0 - LAST[0]) * first], [short, (1.0 - LAST[1]) * whole]])
    }
}

impl Fits {
    pub fn new(measure: i32) -> Fits {
        let near = std::array::from_fn(|k| Fit::of(k as i32 - NARROWER, measure));
        Fits { measure, narrow: Fit::of(-NARROWER - 1, measure), near }
    }

    fn at(&self, width: i32) -> &Fit {
        let place = (width - self.measure + NARROWER) as usize;
        self.near.get(place).unwrap_or(&self.narrow)
    }

    /// The rows that may begin with the first of these pieces: of that piece alone, of the first two, and so on.
    pub fn rows<'a>(&'a self, pieces: &'a [Piece]) -> impl Iterator<Item = Row> + 'a {
        let (mut sum, mut cut, mut runs_on) = (0, 1.0, false);
        let too_wide = self.measure + WIDER;
        pieces.iter().take(PIECES).enumerate().map_while(move |(k, piece)| {
            sum += piece.width;
            if sum >= too_wide || cut < LEAST {
                // A line that is wider than the measure is a row of its own.
                let alone = [[0.02; 2]; 2];
                return (k == 0).then_some(alone);
            }
            let as_title = if runs_on { UNSTOPPED } else { 1.0 };
            let row = row(self.at(sum), [piece.ends.max(as_title), piece.ends], cut);
            cut *= piece.cut;
            runs_on |= piece.runs_on;
            Some(row)
        })
    }
}

/// The row that fits so. `ends` says how far its text speaks against the end of a unit, in a first row and in a later one.
#[inline]
fn row(&Fit(fit): &Fit, ends: Ways, cut: f64) -> Row {
    std::array::from_fn(|from| [ends[from] * LAST[from] * fit[from][0] * cut, fit[from][1] * cut])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_row_fits_by_the_table_as_it_fits_by_its_width(measure in 0i32..200, width in 0i32..300) {
            let fits = Fits::new(measure);
            prop_assume!(width < measure + WIDER);
            prop_assert_eq!(*fits.at(width), Fit::of(width - measure, measure));
        }
    }
}
