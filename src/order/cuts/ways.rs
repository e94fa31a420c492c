//! The ways to cut a part.

use super::spots::{Spot, Spots};
use super::{ACROSS, AT_EDGE, BESIDE, BETWEEN_COLUMNS, COLUMN, GAP, GAPS, GUTTER, LIFTED, NARROW};
use crate::order::rows::DISPLAY;

/// A part of the page: its blocks, sorted in three ways.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub by_left: &'a [u32],
    pub by_right: &'a [u32],
    pub by_core: &'a [u32],
}

/// A way to cut a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// Along all gutters: all of [`Ways::gutters`].
    AllGutters,
    /// Along one gutter.
    Gutter(f32),
    /// Along a gap from side to side.
    Gap(f32),
    /// Along a gutter in which rows stand, each read on the side on which its middle is.
    Across(f32),
    /// The same between two columns whose rows end and begin there.
    BetweenColumns(f32),
    /// A block in a gutter is lifted out and read after the rest: its sides.
    Lift([f32; 4]),
    /// A headline that runs downwards in a gutter is lifted out and read before the rest: its sides.
    Headline([f32; 4]),
}

impl Way {
    /// What it costs, in log-odds.
    pub fn cost(self) -> f32 {
        match self {
            Way::Across(_) => ACROSS,
            Way::BetweenColumns(_) => BETWEEN_COLUMNS,
            Way::Lift(_) | Way::Headline(_) => LIFTED,
            _ => 0.0,
        }
    }

    /// To which of its pieces a row belongs.
    pub fn piece(self, spot: &Spot, gutters: &[f32]) -> usize {
        match self {
            Way::AllGutters => gutters.partition_point(|&cut| cut < spot.center),
            Way::Gutter(at) | Way::Across(at) | Way::BetweenColumns(at) => usize::from(at < spot.center),
            Way::Gap(at) => usize::from(at < spot.middle),
            Way::Lift(block) => usize::from(is_inside(block, spot)),
            Way::Headline(block) => usize::from(!is_inside(block, spot)),
        }
    }

    /// Into how many pieces it cuts, at most.
    pub fn pieces(self, gutters: &[f32]) -> usize {
        if self == Way::AllGutters { gutters.len() + 1 } else { 2 }
    }
}

/// The ways to cut a part, in the order in which they are tried.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub ways: Vec<Way>,
    /// The places of the gutters.
    pub gutters: Vec<f32>,
    /// The places of narrow gutters, where there is no other.
    narrow: Vec<f32>,
    gaps: Vec<(f32, f32)>,
    heads: Vec<(f32, f32)>,
}

impl Ways {
    /// Finds the ways to cut a part. A poor look takes the first kind that there is.
    pub fn find(&mut self, spots: &Spots, part: Part<'_>, poor: bool) {
        self.ways.clear();
        self.gutters.clear();
        let least = if spots.by_words { GUTTER } else { NARROW };
        gaps(spots.blocks(part.by_left).map(|row| (row.left, row.right)), least, &mut self.gaps);
        self.gutters.extend(self.gaps.iter().filter(|gap| gap.0 > GUTTER).map(|gap| gap.1));
        self.narrow.clear();
        if self.gutters.is_empty() {
            self.narrow.extend(self.gaps.iter().map(|gap| gap.1).filter(|&at| is_between_columns(spots, part, at)));
        }
        if !self.gutters.is_empty() {
            self.ways.push(Way::AllGutters);
            if poor {
                return;
            }
            if self.gutters.len() > 1 {
                self.ways.extend(self.gutters.iter().map(|&at| Way::Gutter(at)));
            }
        }
        gaps(spots.blocks(part.by_core).map(|block| block.core), GAP, &mut self.gaps);
        self.rank_gaps(spots, part, poor);
        self.ways.extend(self.gaps.iter().map(|gap| Way::Gap(gap.1)));
        if !poor {
            self.ways.extend(self.narrow.iter().map(|&at| Way::Gutter(at)));
            self.over_gutters(spots, part);
        }
    }

    /// Leaves the gaps from side to side that are worth a try: the widest ones, and those below or above a display line.
    fn rank_gaps(&mut self, spots: &Spots, part: Part<'_>, poor: bool) {
        if poor {
            self.gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
            self.gaps.truncate(1);
        }
        if self.gaps.is_empty() {
            return;
        }
        self.heads.clear();
        let display = spots.blocks(part.by_core).filter(|row| row.em > DISPLAY);
        self.heads.extend(display.map(|row| (row.top - 2.0, row.bottom + 2.0)));
        for (width, at) in &mut self.gaps {
            if self.heads.iter().any(|(top, bottom)| (*top..=*bottom).contains(at)) {
                *width += 1.0;
            }
        }
        self.gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
        self.gaps.truncate(GAPS);
    }

    /// Ways that treat blocks which stand in a gutter.
    fn over_gutters(&mut self, spots: &Spots, part: Part<'_>) {
        let all: usize = spots.blocks(part.by_left).map(|spot| spot.rows).sum();
        // How many rows begin to the left of the place at hand, and how many blocks and rows end there.
        let mut begun = (0, 0);
        let mut ended = (0, 0);
        let mut last = f32::NAN;
        for spot in spots.blocks(part.by_right) {
            if (spot.right - last).abs() < 0.5 {
                continue;
            }
            last = spot.right;
            let at = last + 0.5 * GUTTER;
            begun = advanced(begun, spots.blocks(&part.by_left[begun.0..]).take_while(|spot| spot.left < at));
            ended = advanced(ended, spots.blocks(&part.by_right[ended.0..]).take_while(|spot| spot.right <= at));
            let crossing = begun.1.saturating_sub(ended.1);
            if crossing == 0 || crossing * 4 > all {
                continue;
            }
            let block = Block::around(spots.blocks(&part.by_right[ended.0..]).filter(|spot| spot.left < at));
            if crossing * 8 <= all && !block.display && splits(spots, part, at) {
                let between_columns = is_between_columns(spots, part, at);
                self.ways.push(if between_columns { Way::BetweenColumns(at) } else { Way::Across(at) });
            }
            if crossing * 8 <= all && block.display && block.upright && is_between_columns(spots, part, at) {
                self.ways.push(Way::Headline(block.sides));
            }
            if block.is_held(spots, part, at) {
                self.ways.push(Way::Lift(block.sides));
            }
        }
    }
}

/// Whether rows end at a gutter, and others beside them begin there.
fn is_between_columns(spots: &Spots, part: Part<'_>, at: f32) -> bool {
    let mut sides = [(0, f32::INFINITY, f32::NEG_INFINITY); 2];
    for spot in spots.blocks(part.by_left) {
        let side = usize::from(spot.left > at);
        if (0.0..AT_EDGE).contains(&[at - spot.right, spot.left - at][side]) {
            let (rows, top, bottom) = sides[side];
            sides[side] = (rows + spot.rows, spot.top.min(top), spot.bottom.max(bottom));
        }
    }
    let [(before, top, bottom), (behind, upper, lower)] = sides;
    before.min(behind) >= COLUMN && bottom.min(lower) - top.max(upper) > BESIDE
}

/// Counts on: blocks, and their rows.
fn advanced<'a>(count: (usize, usize), spots: impl Iterator<Item = &'a Spot>) -> (usize, usize) {
    spots.fold(count, |(blocks, rows), spot| (blocks + 1, rows + spot.rows))
}

/// Whether blocks have their middles on both sides of a place.
fn splits(spots: &Spots, part: Part<'_>, at: f32) -> bool {
    let mut right = spots.blocks(part.by_left).map(|block| at < block.center);
    let first = right.next();
    right.any(|side| Some(side) != first)
}

/// Finds the gaps between intervals that are sorted by where they begin: how wide, and where.
pub(super) fn gaps(sides: impl Iterator<Item = (f32, f32)>, least: f32, found: &mut Vec<(f32, f32)>) {
    found.clear();
    let mut end: Option<f32> = None;
    for (from, to) in sides {
        if let Some(end) = end.filter(|end| from - end > least) {
            found.push((from - end, (from + end) / 2.0));
        }
        end = Some(end.map_or(to, |end| end.max(to)));
    }
}

/// What crosses a gutter.
struct Block {
    /// Left, top, right, bottom.
    sides: [f32; 4],
    /// Whether a line of it is a display line, and whether one runs downwards.
    display: bool,
    upright: bool,
}

impl Block {
    fn around<'a>(mut rows: impl Iterator<Item = &'a Spot>) -> Block {
        let sides = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        let none = Block { sides, display: false, upright: false };
        rows.by_ref().fold(none, |block, row| {
            let [left, top, right, bottom] = block.sides;
            Block {
                sides: [left.min(row.left), top.min(row.top), right.max(row.right), bottom.max(row.bottom)],
                display: block.display || row.em >= DISPLAY,
                upright: block.upright || row.vertical,
            }
        })
    }

    /// Whether it is small and text stands above and below it on one side of the gutter.
    fn is_held(&self, spots: &Spots, part: Part<'_>, at: f32) -> bool {
        let [left, top, right, bottom] = self.sides;
        let mut held = [[false; 2]; 2];
        let (mut lifted, mut all) = (0, 0);
        for row in spots.blocks(part.by_left) {
            all += row.rows;
            if is_inside(self.sides, row) {
                lifted += row.rows;
                continue;
            }
            let common = row.right.min(right) - row.left.max(left);
            if common / (row.right - row.left).min(right - left).max(0.1) > 0.3 {
                let side = usize::from(row.left > at);
                held[side][0] |= row.middle < top;
                held[side][1] |= row.middle > bottom;
            }
        }
        2 * lifted < all - lifted && held.contains(&[true; 2])
    }
}

fn is_inside([left, top, right, bottom]: [f32; 4], row: &Spot) -> bool {
    (left..=right).contains(&row.center) && (top..=bottom).contains(&row.middle)
}
