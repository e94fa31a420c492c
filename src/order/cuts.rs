//! The tree of cuts whose seams read best.
//!
//! A part of the page is cut along its gutters, or along a gap from side to side, or a block that stands in a gutter is
//! lifted out and read after the rest, a headline that runs downwards there before it. Each way is tried, its parts in the same manner, and the way with the best sum of
//! seams is taken. So geometry says what is possible, and the text decides.
//!
//! | file | idea |
//! |---|---|
//! | `spots.rs` | what the search needs of a block, and the orders in which blocks are looked at |
//! | `ways.rs` | the ways to cut a part |
//! | `search.rs` | the search: each part is looked at once |
//! | `plain.rs` | the same in the plainest form; the tests compare both |

#[cfg(test)]
mod plain;
mod search;
mod spots;
mod ways;

use super::blocks;
use super::rows::DISPLAY;
use super::seam::Judge;
use search::Search;
use spots::{Side, Spots};

/// The least gutter.
const GUTTER: f32 = 0.55;
/// The least gutter between rows of two columns that end and begin at it: the columns of a page that did not lie flat lean, and
/// leave little white that goes straight down. Two photographed pages have 0.23 and 0.37; other values were not tried.
const NARROW: f32 = 0.12;
/// How far from a gutter such rows end and begin, how many they are on each side, and how far down both sides go.
const AT_EDGE: f32 = 1.2;
const COLUMN: usize = 4;
const BESIDE: f32 = 3.0;
/// The least gap from side to side, between the cores of rows.
const GAP: f32 = 0.1;
/// The least gap from side to side between furniture and the rest of a page, between the cores of rows.
const FURNITURE_GAP: f32 = 1.2;
/// Height of a band of furniture, at most.
const FURNITURE_HEIGHT: f32 = 5.0;
/// How many parts of a page are tried. Each way has its share of them; where that is used up, the first way is taken without a
/// look at others. Chosen on the development pages: 300 find less, and 1500 no more.
const BUDGET: usize = 500;
/// What it costs to lift a block or a headline out of a gutter, and to cut along a gutter in which rows stand, in log-odds: twice what a
/// good seam brings, so that neither happens for one chance seam. Chosen on the development pages.
const LIFTED: f32 = 3.0;
const ACROSS: f32 = 2.0;
/// What it costs if columns end and begin at the gutter: a few boxes reach out of them.
const BETWEEN_COLUMNS: f32 = 0.5;
/// Blocks of a part of which only the first way is tried: no newspaper page has as many.
const MANY: usize = 2500;
/// How often a part is cut. What is left is read from top to bottom.
const DEEPEST: usize = 200;
/// How many gaps from side to side are tried in one part.
const GAPS: usize = 10;

/// The order of the rows by their places.
pub(super) fn order(judge: &Judge<'_>) -> Vec<u32> {
    let blocks = blocks::of(judge);
    if blocks.is_empty() {
        return (0..judge.rows.len() as u32).collect();
    }
    let spots = Spots::of(&blocks, judge);
    let mut search = Search::new(judge, &spots);
    let bands = bands(&spots, (0..blocks.len() as u32).collect());
    let order = bands.iter().flat_map(|band| search.order(band));
    with_unplaced(judge, order.flat_map(|block| &blocks[block as usize]).copied())
}

/// Rows without a place follow the row that they follow in the file.
fn with_unplaced(judge: &Judge<'_>, order: impl Iterator<Item = u32>) -> Vec<u32> {
    let n = judge.rows.len() as u32;
    let unplaced = |row: &u32| !judge.row(*row).placed;
    let mut all: Vec<u32> = (0..n).take_while(unplaced).collect();
    for row in order {
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
    ways::gaps(spots.blocks(&by_core).map(|block| block.core), FURNITURE_GAP, &mut gaps);
    let rows = |band: &[u32]| spots.blocks(band).map(|block| block.rows).sum::<usize>();
    let all = rows(&page);
    let middle = |block: &u32| spots.block(*block).middle;
    let is_furniture = |band: &[u32]| {
        let top = spots.blocks(band).fold(f32::MAX, |top, block| top.min(block.top));
        let bottom = spots.blocks(band).fold(f32::MIN, |bottom, block| bottom.max(block.bottom));
        bottom - top < FURNITURE_HEIGHT && rows(band) * 6 < all && spots.blocks(band).all(|block| block.em < DISPLAY)
    };
    let mut rest = page;
    let mut bands = Vec::new();
    let [(_, first), .., (_, last)] = *gaps.as_slice() else { return vec![rest] };
    let (head, below): (Vec<u32>, Vec<u32>) = rest.iter().partition(|&block| middle(block) < first);
    if is_furniture(&head) {
        bands.push(head);
        rest = below;
    }
    let (body, foot): (Vec<u32>, Vec<u32>) = rest.iter().partition(|&block| middle(block) < last);
    if is_furniture(&foot) {
        bands.extend([body, foot]);
    } else {
        bands.push(rest);
    }
    bands
}
