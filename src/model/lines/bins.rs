//! From numbers to bins: each function divides a range into a few steps, which the templates combine. The functions over
//! lanes take sixteen lines at once.

use crate::measure::MAX_COUNT;
use crate::text::scan::LANES;
use wide::{CmpGt, CmpLt, i8x16, i16x16, u8x16};

/// Lines of a block: as many as a register has bytes.
pub(super) const BLOCK: usize = LANES;

/// How many of these numbers each lane is above.
#[inline(always)]
fn count_above<const N: usize>(lanes: i8x16, numbers: [i8; N]) -> [u8; BLOCK] {
    let mut count = i8x16::splat(0);
    for number in numbers {
        // A comparison gives -1 where it is true.
        count -= lanes.cmp_gt(i8x16::splat(number));
    }
    count.to_array().map(|n| n as u8)
}

/// A difference of two widths: a bin for each half-width up to six, coarser bins up to 16 either way.
#[inline(always)]
pub(super) fn steps(d: i16x16) -> [u8; BLOCK] {
    let d = i8x16::from_i16x16_saturate(d);
    let coarse = u8x16::new(count_above(d, [-16, -11, -9, 8, 10, 15]));
    let from_zero = u8x16::new(d.to_array().map(|n| n as u8 ^ 0x80));
    (from_zero.saturating_sub(u8x16::splat(0x80 - 7)).min(u8x16::splat(14)) + coarse).to_array()
}

/// How full a line is whose width differs by so much from its column.
#[inline(always)]
pub(super) fn fullness(d: i16x16) -> [u8; BLOCK] {
    count_above(i8x16::from_i16x16_saturate(d), [-7, -3, 1, 4])
}

/// A width by itself.
#[inline(always)]
pub(super) fn size(width: i16x16) -> [u8; BLOCK] {
    count_above(i8x16::from_i16x16_saturate(width), [4, 8, 12, 16, 20, 26, 34, 44, 64])
}

/// The part of its column that a line takes: less than half, less than nine tenths, more.
#[inline(always)]
pub(super) fn part_of(width: i16x16, column: i16x16) -> [u8; BLOCK] {
    let missing = (column - width).max(i16x16::splat(0));
    let ninefold = missing.min(i16x16::splat((MAX_COUNT / 9 + 1) as i16)) * i16x16::splat(9);
    let parts = i16x16::splat(2) + width.cmp_lt(missing) + width.cmp_lt(ninefold);
    i8x16::from_i16x16_saturate(parts).to_array().map(|n| n as u8)
}

/// A part of a whole: nothing, less than four tenths, more.
#[inline(always)]
pub(crate) fn part3(part: u16, whole: u16) -> u8 {
    let much = part.min(MAX_COUNT / 2) * 5 >= whole.saturating_add(whole);
    u8::from(part > 0) + u8::from((part > 0) & much)
}

/// A count: 0, 1, 2, or three and more.
#[inline(always)]
pub(super) fn up_to_3(n: u16) -> u8 {
    n.min(3) as u8
}

/// A step of the indent: further out (0, 1), the same (2), further in (3 to 5).
#[inline(always)]
pub(super) fn indent_step(indent: u16, above: u16) -> u8 {
    let (inward, outward) = (indent.saturating_sub(above), above.saturating_sub(indent));
    2 + u8::from(inward > 0) + u8::from(inward > 2) + u8::from(inward > 5)
        - u8::from(outward > 0)
        - u8::from(outward > 2)
}

/// A share of the page's breaks, in four bins.
pub(super) fn share4(share: f32) -> u8 {
    u8::from(share >= 0.05) + u8::from(share >= 0.3) + u8::from(share >= 0.8)
}

/// A share of the page's breaks, in three bins.
pub(super) fn share3(share: f32) -> u8 {
    u8::from(share >= 0.1) + u8::from(share >= 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bits_are_enough_for_every_count_of_a_line() {
        let splat = |n: u16| i16x16::splat(n as i16);
        let counts = [0, 1, 2, 3, 4, 5, 9, 10, 11, 18, 19, 20, 40, 99, 1819, 1820, 1821, 6552, 6553, 6554, 8191, 8192];
        let counts = counts.into_iter().flat_map(|n| [n, MAX_COUNT - n]).chain((0..MAX_COUNT).step_by(511));
        for a in counts.clone() {
            for b in counts.clone() {
                let (wide_a, wide_b) = (u32::from(a), u32::from(b));
                let part = u8::from(a > 0) + u8::from(a > 0 && wide_a * 10 >= wide_b * 4);
                assert_eq!(part3(a, b), part, "{a} of {b}");
                let wide = u8::from(wide_a * 10 >= wide_b * 5) + u8::from(wide_a * 10 >= wide_b * 9);
                assert_eq!(part_of(splat(a), splat(b)), [wide; BLOCK], "{a} in {b}");
                let d = i32::from(a) - i32::from(b);
                let bin = match d {
                    i32::MIN..=-16 => 0,
                    -15..=-11 => 1,
                    -10..=-9 => 2,
                    -8..=-7 => 3,
                    -6..=6 => d + 10,
                    7..=8 => 17,
                    9..=10 => 18,
                    11..=15 => 19,
                    _ => 20,
                };
                assert_eq!(steps(splat(a) - splat(b)), [bin as u8; BLOCK], "{a} less {b}");
                let step = match d {
                    i32::MIN..=-3 => 0,
                    -2..=-1 => 1,
                    0 => 2,
                    1..=2 => 3,
                    3..=5 => 4,
                    _ => 5,
                };
                assert_eq!(indent_step(a, b), step, "{a} below {b}");
                let full = match d {
                    i32::MIN..=-7 => 0,
                    -6..=-3 => 1,
                    -2..=1 => 2,
                    2..=4 => 3,
                    _ => 4,
                };
                assert_eq!(fullness(splat(a) - splat(b)), [full; BLOCK], "{a} in a column of {b}");
            }
        }
    }
}
