//! The tree of cuts whose seams read best.
//!
//! A part of the page is cut along its gutters, or along a gap from side to side, or a block that stands in a gutter is
//! lifted out and read after the rest. Each way is tried, its parts in the same manner, and the way with the best sum of
//! seams is taken. So geometry says what is possible, and the text decides.
//!
//! | file | idea |
//! |---|---|
//! | `spots.rs` | what the search needs of a row, and the orders in which rows are looked at |
//! | `ways.rs` | the ways to cut a part |
//! | `search.rs` | the search: each part is looked at once |
//! | `plain.rs` | the same in the plainest form; the tests compare both |

#[cfg(test)]
mod plain;
mod search;
mod spots;
mod ways;

use super::seam::{DISPLAY, Judge};
use search::Search;
use spots::{Side, Spots};

/// The least gutter.
const GUTTER: f32 = 0.55;
/// The least gap from side to side, between the cores of rows.
const GAP: f32 = 0.1;
/// The least gap from side to side between furniture and the rest of a page, between the cores of rows.
const FURNITURE_GAP: f32 = 1.2;
/// Height of a band of furniture, at most.
const FURNITURE_HEIGHT: f32 = 5.0;
/// How many parts of a page are tried before the first way is taken without a look at others.
const BUDGET: usize = 1500;
/// What it costs to lift a block out of a gutter, and to cut along a gutter in which rows stand, in log-odds: twice what a
/// good seam brings, so that neither happens for one chance seam. Chosen on the development pages.
const LIFTED: f32 = 3.0;
const ACROSS: f32 = 2.0;
/// Rows of a part of which only the first way is tried: no newspaper page has as many.
const MANY: usize = 2500;
/// How often a part is cut. What is left is read from top to bottom.
const DEEPEST: usize = 200;
/// How many gaps from side to side are tried in one part.
const GAPS: usize = 10;

/// The order of the rows by their places.
pub(super) fn order(judge: &Judge<'_>) -> Vec<u32> {
    let placed: Vec<u32> = (0..judge.rows.len() as u32).filter(|&row| judge.row(row).placed).collect();
    if placed.is_empty() {
        return (0..judge.rows.len() as u32).collect();
    }
    let spots = Spots::of(judge.rows);
    let mut search = Search::new(judge, &spots);
    let order: Vec<u32> = bands(&spots, placed).iter().flat_map(|band| search.order(band)).collect();
    with_unplaced(judge, &order)
}

/// Rows without a place follow the row that they follow in the file.
fn with_unplaced(judge: &Judge<'_>, order: &[u32]) -> Vec<u32> {
    let n = judge.rows.len() as u32;
    let unplaced = |row: &u32| !judge.row(*row).placed;
    let mut all: Vec<u32> = (0..n).take_while(unplaced).collect();
    for &row in order {
        all.push(row);
        all.extend((row + 1..n).take_while(unplaced));
    }
    all
}

/// The page without its furniture, and the bands of furniture at its head and foot: a few low rows of small type, set
/// off from side to side. They are no part of any column, and seams with them say nothing.
fn bands(spots: &Spots, page: Vec<u32>) -> Vec<Vec<u32>> {
    let by_core = spots.sorted(&page, Side::Core);
    let mut gaps = Vec::new();
    ways::gaps(by_core.iter().map(|&row| spots.of_row(row).core), FURNITURE_GAP, &mut gaps);
    let all = page.len();
    let middle = |row: &u32| spots.of_row(*row).middle;
    let is_furniture = |band: &[u32]| {
        let rows = || band.iter().map(|&row| spots.of_row(row));
        let top = rows().fold(f32::MAX, |top, row| top.min(row.top));
        let bottom = rows().fold(f32::MIN, |bottom, row| bottom.max(row.bottom));
        bottom - top < FURNITURE_HEIGHT && band.len() * 6 < all && rows().all(|row| row.em < DISPLAY)
    };
    let mut rest = page;
    let mut bands = Vec::new();
    let [(_, first), .., (_, last)] = *gaps.as_slice() else { return vec![rest] };
    let (head, below): (Vec<u32>, Vec<u32>) = rest.iter().partition(|&row| middle(row) < first);
    if is_furniture(&head) {
        bands.push(head);
        rest = below;
    }
    let (body, foot): (Vec<u32>, Vec<u32>) = rest.iter().partition(|&row| middle(row) < last);
    if is_furniture(&foot) {
        bands.extend([body, foot]);
    } else {
        bands.push(rest);
    }
    bands
}
