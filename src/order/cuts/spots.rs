//! What the search needs of a block of rows, and the orders in which blocks are looked at.

use crate::order::edges::Edges;
use crate::order::rows::Row;
use crate::order::seam::Judge;

/// The widest row of one character, in sizes of its type.
const UPRIGHT: f32 = 1.5;

/// The place of a block, with what is asked of it again and again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
    /// Half-way from top to bottom.
    pub middle: f32,
    /// Half-way from left to right.
    pub center: f32,
    pub em: f32,
    /// The core from top to bottom. Heights differ from tool to tool, so the ends are left out.
    pub core: (f32, f32),
    pub vertical: bool,
    /// How many rows it has, and the first and the last of them.
    pub rows: usize,
    pub first: u32,
    pub last: u32,
    /// Half the height of the core of one row.
    half: f32,
    /// A number that no other block has. The numbers of a part's blocks, taken together bit by bit without a carry, tell the
    /// part.
    pub key: u128,
}

impl Spot {
    fn of(number: usize, block: &[u32], rows: &[Row], edges: &[Edges]) -> Option<Spot> {
        let rows_of = || block.iter().map(|&row| &rows[row as usize]);
        let (&first, &last) = (block.first()?, block.last()?);
        let least = |side: fn(&Row) -> f32| rows_of().map(side).fold(f32::INFINITY, f32::min);
        let most = |side: fn(&Row) -> f32| rows_of().map(side).fold(f32::NEG_INFINITY, f32::max);
        let (top, bottom) = (least(|row| row.top), most(|row| row.bottom));
        let sides = || block.iter().map(|&row| edges[row as usize].cut);
        let left = sides().fold(f32::INFINITY, |left, side| left.min(side.0));
        let right = sides().fold(f32::NEG_INFINITY, |right, side| right.max(side.1));
        let core = |row: u32| {
            let row = &rows[row as usize];
            (row.middle(), core_half(row))
        };
        let ((above, half), (below, other)) = (core(first), core(last));
        Some(Spot {
            left,
            right,
            top,
            bottom,
            middle: (top + bottom) / 2.0,
            center: (left + right) / 2.0,
            em: rows[first as usize].em,
            core: (above - half, below + other),
            vertical: rows[first as usize].vertical,
            rows: block.len(),
            first,
            last,
            half: half.min(other),
            key: key(number as u64),
        })
    }

    /// How much of the narrower of both stands above or below the other.
    pub fn overlap(&self, other: &Spot) -> f32 {
        let common = self.right.min(other.right) - self.left.max(other.left);
        common / (self.right - self.left).min(other.right - other.left).max(0.1)
    }

    /// Whether both may be pieces of one line that runs downwards.
    pub fn is_above_or_below(&self, other: &Spot) -> bool {
        let is_upright = |spot: &Spot| spot.right - spot.left < UPRIGHT * spot.em;
        is_upright(self) && is_upright(other) && self.overlap(other) > 0.6
    }

    /// Whether both stand side by side, by half a row at least.
    pub fn beside(&self, other: &Spot) -> bool {
        self.core.1.min(other.core.1) - self.core.0.max(other.core.0) > self.half.min(other.half)
    }
}

fn core_half(row: &Row) -> f32 {
    0.4 * row.em.min(row.bottom - row.top)
}

/// 128 bits that look like chance, by SplitMix64. Of two parts of a page the keys are equal once in 2¹²⁸.
fn key(number: u64) -> u128 {
    let mix = |seed: u64| {
        let z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    u128::from(mix(2 * number + 1)) << 64 | u128::from(mix(2 * number + 2))
}

/// By what the blocks of a part are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Core,
}

impl Side {
    pub const ALL: [Side; 3] = [Side::Left, Side::Right, Side::Core];
}

/// The spots of all blocks.
pub(super) struct Spots {
    spots: Vec<Spot>,
    /// Whether rows may be torn, so that a narrow gap may be inside one.
    pub by_words: bool,
}

impl Spots {
    pub fn of(blocks: &[Vec<u32>], judge: &Judge<'_>) -> Spots {
        let spot = |(n, block): (usize, &Vec<u32>)| Spot::of(n, block, judge.rows, judge.edges);
        Spots { spots: blocks.iter().enumerate().filter_map(spot).collect(), by_words: judge.by_words }
    }

    pub fn len(&self) -> usize {
        self.spots.len()
    }

    pub fn block(&self, number: u32) -> &Spot {
        &self.spots[number as usize]
    }

    pub fn blocks<'a>(&'a self, numbers: &'a [u32]) -> impl Iterator<Item = &'a Spot> {
        numbers.iter().map(|&number| self.block(number))
    }

    /// Blocks sorted by one side. Blocks that are equal in it stay as they are.
    pub fn sorted(&self, blocks: &[u32], side: Side) -> Vec<u32> {
        let place = |number: u32| {
            let spot = self.block(number);
            match side {
                Side::Left => spot.left,
                Side::Right => spot.right,
                Side::Core => spot.core.0,
            }
        };
        let mut sorted = blocks.to_vec();
        sorted.sort_by(|&a, &b| place(a).total_cmp(&place(b)));
        sorted
    }
}
