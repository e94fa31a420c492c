//! Bytes that are judged sixteen at a time: FF in each lane of which something is so, and nought in the others.

use wide::u8x16;

/// Bytes that a machine looks at at once.
pub(crate) const LANES: usize = 16;

/// Bytes of which a word holds a bit each.
pub(crate) const BLOCK: usize = 64;

/// A bit for each byte of which it is so.
#[inline]
pub(crate) fn bits_of(block: &[u8; BLOCK], pred: impl Fn(u8x16) -> u8x16) -> u64 {
    let mut bits = 0;
    for (k, &lanes) in block.as_chunks::<LANES>().0.iter().enumerate() {
        bits |= u64::from(pred(u8x16::new(lanes)).move_mask() as u16) << (k * LANES);
    }
    bits
}

/// The block that what is left of a text begins, and zeros behind it.
#[cold]
pub(crate) fn last_block<const N: usize>(rest: &[u8]) -> [u8; N] {
    let mut block = [0; N];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// The lowest `count` bits; all, where there are no more.
#[inline]
fn first_bits(count: usize) -> u64 {
    !u64::MAX.checked_shl(count as u32).unwrap_or(0)
}

/// A bit for each byte of the block that begins at `from`, before `end`, of which it is so.
#[inline]
pub(crate) fn bits_within(bytes: &[u8], from: usize, end: usize, pred: impl Fn(u8x16) -> u8x16) -> u64 {
    let bits = match bytes[from..].first_chunk() {
        Some(block) => bits_of(block, pred),
        None => bits_of(&last_block(&bytes[from..]), pred),
    };
    bits & first_bits(end - from)
}

/// Places of a text, in order; kept from page to page for its memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    /// The places, and behind them room for those of the next block.
    room: Vec<usize>,
    held: usize,
}

impl Places {
    /// Starts over.
    pub fn clear(&mut self) {
        self.held = 0;
    }

    /// Puts down the places of the bits of a block that begins at `from`.
    #[inline(always)] // a third of it would be the call
    pub fn put(&mut self, from: usize, mut bits: u64) {
        if self.room.len() < self.held + BLOCK {
            self.make_room();
        }
        let Some(room) = self.room[self.held..].first_chunk_mut::<BLOCK>() else { return };
        // How many there are cannot be foretold. A block seldom has more than four, so four are always put down, and
        // those that are none are not counted.
        let mut put = 0;
        for place in &mut room[..4] {
            *place = from + bits.trailing_zeros() as usize;
            put += usize::from(bits != 0);
            bits &= bits.wrapping_sub(1);
        }
        while bits != 0 {
            room[put] = from + bits.trailing_zeros() as usize;
            put += 1;
            bits &= bits - 1;
        }
        self.held += put;
    }

    #[cold]
    fn make_room(&mut self) {
        self.room.resize(2 * (self.held + BLOCK), 0);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.held
    }

    /// The places.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.room[..self.held].iter().copied()
    }
}

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
