//! Rows that nothing parts: lines of one column one below the other, with nothing beside them between.
//!
//! The search for the order cuts between blocks only. So it has fewer pieces to try, and no cut goes through running text.

use super::rows::Row;
use super::seam::Judge;

/// How far below a row the next one may begin, in sizes of type.
const NEXT: f32 = 1.2;
/// How far below a row others are looked at, from middle to middle, in sizes of type.
const NEAR: f32 = 3.0;
/// The distance from row to row inside a block, by the usual one: the white space above a story is more. The first holds where
/// the text need not go on, the second where it does.
const USUAL: f32 = 1.12;
const WIDER: f32 = 1.25;
/// Log-odds of a seam, at least, at the usual distance and at a wider one: no sign against it, and text that goes on. Chosen on
/// the development pages.
const NOTHING_AGAINST: f32 = 0.3;
const GOES_ON: f32 = 0.9;
/// Rows that are looked at for one row.
const MOST: usize = 400;

/// The rows that have a place, in blocks; each block from top to bottom, the blocks in the order of their first rows.
pub(super) fn of(judge: &Judge<'_>) -> Vec<Vec<u32>> {
    let n = judge.rows.len();
    let mut by_middle: Vec<u32> = (0..n as u32).filter(|&row| judge.row(row).placed).collect();
    by_middle.sort_by(|&a, &b| judge.row(a).middle().total_cmp(&judge.row(b).middle()));
    let mut above: Vec<Option<u32>> = vec![None; n];
    let mut below: Vec<Option<u32>> = vec![None; n];
    for (at, &row) in by_middle.iter().enumerate() {
        above[row as usize] = nearest(judge, row, by_middle[..at].iter().rev());
        below[row as usize] = nearest(judge, row, by_middle[at + 1..].iter());
    }
    let follows = |a: u32| below[a as usize].filter(|&b| above[b as usize] == Some(a) && is_one(judge, a, b));
    let is_followed = |b: u32| above[b as usize].is_some_and(|a| follows(a) == Some(b));
    let first = (0..n as u32).filter(|&row| judge.row(row).placed && !is_followed(row));
    first.map(|row| std::iter::successors(Some(row), |&row| follows(row)).collect()).collect()
}

/// The only row that stands nearest on one side, above or below.
fn nearest<'a>(judge: &Judge<'_>, row: u32, others: impl Iterator<Item = &'a u32>) -> Option<u32> {
    let here = judge.row(row);
    let near = |other: &&u32| (judge.row(**other).middle() - here.middle()).abs() < NEAR * here.em;
    let stands_over = |other: &Row| here.right.min(other.right) > here.left.max(other.left);
    let mut others = others.take(MOST).take_while(near).filter(|&&other| stands_over(judge.row(other)));
    let first = *others.next()?;
    let nearest = judge.row(first);
    (!nearest.beside(here) && !others.any(|&other| judge.row(other).beside(nearest))).then_some(first)
}

/// Whether nothing speaks for a cut between a row and the one below it, both of one column.
fn is_one(judge: &Judge<'_>, a: u32, b: u32) -> bool {
    let (above, below, pitch) = (judge.row(a), judge.row(b), judge.edges[b as usize].pitch);
    let step = below.middle() - above.middle();
    let of_column = !above.vertical && !below.vertical && above.overlap(below) > 0.6;
    let near = below.top - above.bottom < NEXT * above.em.max(below.em) && (pitch == 0.0 || step < WIDER * pitch);
    let least = if step < USUAL * pitch { NOTHING_AGAINST } else { GOES_ON };
    of_column && near && judge.runs_on(a, b).is_some_and(|seam| seam >= least)
}
