//! Bytes that are judged sixteen at a time: FF in each lane of which something is so, and nought in the others.

use wide::u8x16;

/// Bytes that a machine looks at at once.
pub(crate) const LANES: usize = 16;

/// Which are this byte.
#[inline]
pub(crate) fn is(lanes: u8x16, byte: u8) -> u8x16 {
    lanes.cmp_eq(u8x16::splat(byte))
}

/// Of which it is not so.
#[inline]
pub(crate) fn not(lanes: u8x16) -> u8x16 {
    lanes ^ u8x16::splat(0xFF)
}

/// Which lie between these two, both among them.
#[inline]
pub(crate) fn within(lanes: u8x16, first: u8, last: u8) -> u8x16 {
    let above = lanes - u8x16::splat(first);
    above.min(u8x16::splat(last - first)).cmp_eq(above)
}
