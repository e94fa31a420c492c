//! What the search needs of a row, and the orders in which rows are looked at.

use crate::order::rows::Row;

/// The place of a row, with what is asked of it again and again.
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
    /// A number that no other row has. The numbers of a part's rows, taken together bit by bit without a carry, tell the part.
    pub key: u128,
}

impl Spot {
    fn of(number: usize, row: &Row) -> Spot {
        let middle = row.middle();
        let half = core_half(row.em, row.top, row.bottom);
        Spot {
            left: row.left,
            right: row.right,
            top: row.top,
            bottom: row.bottom,
            middle,
            center: (row.left + row.right) / 2.0,
            em: row.em,
            core: (middle - half, middle + half),
            vertical: row.vertical,
            key: key(number as u64),
        }
    }

    /// [`Row::overlap`].
    pub fn overlap(&self, other: &Spot) -> f32 {
        let common = self.right.min(other.right) - self.left.max(other.left);
        common / (self.right - self.left).min(other.right - other.left).max(0.1)
    }

    /// [`Row::beside`].
    pub fn beside(&self, other: &Spot) -> bool {
        let half = |spot: &Spot| core_half(spot.em, spot.top, spot.bottom);
        (self.middle - other.middle).abs() < half(self).max(half(other))
    }
}

fn core_half(em: f32, top: f32, bottom: f32) -> f32 {
    0.4 * em.min(bottom - top)
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

/// By what the rows of a part are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Core,
    Middle,
}

impl Side {
    pub const ALL: [Side; 4] = [Side::Left, Side::Right, Side::Core, Side::Middle];
}

/// The spots of all rows.
pub(super) struct Spots(Vec<Spot>);

impl Spots {
    pub fn of(rows: &[Row]) -> Spots {
        Spots(rows.iter().enumerate().map(|(n, row)| Spot::of(n, row)).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn of_row(&self, row: u32) -> &Spot {
        &self.0[row as usize]
    }

    /// Rows sorted by one side. Rows that are equal in it stay as they are.
    pub fn sorted(&self, rows: &[u32], side: Side) -> Vec<u32> {
        let place = |row: u32| {
            let spot = self.of_row(row);
            match side {
                Side::Left => spot.left,
                Side::Right => spot.right,
                Side::Core => spot.core.0,
                Side::Middle => spot.middle,
            }
        };
        let mut sorted = rows.to_vec();
        sorted.sort_by(|&a, &b| place(a).total_cmp(&place(b)));
        sorted
    }
}
