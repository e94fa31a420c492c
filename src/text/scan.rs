//! Scans of bytes, sixteen at a time (SIMD through the crate `wide`, in safe Rust). This is the only file that does so.
//!
//! A scan looks at a block of 64 bytes and answers with a word that has a bit for each byte. Each scan has a scalar twin in
//! the tests, which says in plain Rust what its bits mean.
//!
//! # Code without branches
//! A mispredicted branch costs about as much as sixty instructions. Most facts of a page's next line or next byte cannot be
//! predicted: whether a line joins the next one, ends in Han, or is empty. Where a hot loop depends on such a fact, it has
//! no branch on it. It computes both outcomes and selects one, adds a 0 or a 1, looks the answer up in a table, or writes
//! an entry in any case and counts it only where it is wanted. Such a loop uses `&` and `|` between conditions, because
//! `&&` and `||` are branches. `valgrind --tool=callgrind --branch-sim=yes` shows the branches that are mispredicted most.

use wide::{CmpEq, i8x16, i16x8, i16x16, u8x16};

/// Bytes in a register.
pub(crate) const LANES: usize = 16;

/// Bytes of a block: a word has a bit for each.
pub(crate) const BLOCK: usize = 64;

/// A block of a text's bytes.
pub(crate) type Block = [u8; BLOCK];

/// The last, partial block of a text, filled up with zeros.
#[cold]
pub(crate) fn last_block<const N: usize>(rest: &[u8]) -> [u8; N] {
    let mut block = [0; N];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// Line feeds.
#[inline]
pub(crate) fn line_feeds(block: &Block) -> u64 {
    bits_of(block, |bytes| is(bytes, b'\n'))
}

/// First bytes of Han from U+4E00 to U+9FFF, and of some characters before them (from U+4000 on).
#[inline]
pub(crate) fn han_starts(block: &Block) -> u64 {
    bits_of(block, |bytes| within(bytes, 0xE4, 0xE9))
}

/// First bytes of all characters but those of [`han_starts`].
#[inline]
pub(crate) fn non_han_starts(block: &Block) -> u64 {
    bits_of(block, |bytes| not(within(bytes, 0x80, 0xBF)) & not(within(bytes, 0xE4, 0xE9)))
}

/// First bytes of characters that are neither printable ASCII nor a line feed nor those of [`han_starts`].
#[inline]
pub(crate) fn suspect_starts(block: &Block) -> u64 {
    bits_of(block, |bytes| {
        let plain = within(bytes, b' ', 0xBF) | within(bytes, 0xE4, 0xE9) | is(bytes, b'\n');
        not(plain) | is(bytes, 0x7F)
    })
}

/// Colons, and first bytes of characters among which are all marks of Chinese text: C2, C3, E2, E3 and EF.
#[inline]
pub(crate) fn mark_starts(block: &Block) -> u64 {
    bits_of(block, |bytes| {
        // C2, C3, E2 and E3 differ in these two bits only.
        is(bytes & u8x16::splat(!0x21), 0xC2) | is(bytes, 0xEF) | is(bytes, b':')
    })
}

/// Bytes that may be the last of a bracket: `(`, `)`, （, ）, 【, 】, 〔, 〕. Others may be among them.
#[inline]
pub(crate) fn bracket_ends(block: &Block) -> u64 {
    let masked = |bytes: u8x16, mask, byte| is(bytes & u8x16::splat(mask), byte);
    let ascii = bits_of(block, |bytes| masked(bytes, 0xFE, b'('));
    let second = bits_of(block, |bytes| is(bytes, 0xBC) | is(bytes, 0x80));
    // 88 and 89; 90, 91, 94 and 95.
    let third = bits_of(block, |bytes| masked(bytes, 0xFE, 0x88) | masked(bytes, 0xFA, 0x90));
    ascii | second << 1 & third
}

/// The half-width marks `,:;?!()` of a block, and some other ASCII beside them.
#[inline(never)] // inline, the compiler would compute it for every block, wanted or not
pub(crate) fn half_width_marks(block: &Block) -> u64 {
    bits_of(block, |bytes| within(bytes, b'!', b'-') | within(bytes, b':', b'?'))
}

/// Whether [`half_width_marks`] has any bit; quicker than to ask it.
#[inline]
pub(crate) fn has_half_width_mark(block: &Block) -> bool {
    // For each of the two ranges the least distance of a byte from the range's start. It is compared once, for all bytes.
    let (mut low, mut high) = (u8x16::splat(0xFF), u8x16::splat(0xFF));
    for &bytes in block.as_chunks::<LANES>().0 {
        let bytes = u8x16::new(bytes);
        low = low.min(bytes - u8x16::splat(b'!'));
        high = high.min(bytes - u8x16::splat(b':'));
    }
    (within(low, 0, b'-' - b'!') | within(high, 0, b'?' - b':')).any()
}

/// Where this byte is in the block that begins at `from`, before `end`.
#[inline]
pub(crate) fn places_of(byte: u8, bytes: &[u8], from: usize, end: usize) -> u64 {
    bits_before(bytes, from, end, |bytes| is(bytes, byte))
}

/// Bytes that are no spaces, in the block that begins at `from`, before `end`.
#[inline]
pub(crate) fn non_spaces(bytes: &[u8], from: usize, end: usize) -> u64 {
    bits_before(bytes, from, end, |bytes| not(is(bytes, b' ')))
}

/// First bytes of characters in the block that begins at `from`, before `end`.
#[inline]
pub(crate) fn char_starts(bytes: &[u8], from: usize, end: usize) -> u64 {
    bits_before(bytes, from, end, |bytes| not(is(bytes & u8x16::splat(0xC0), 0x80)))
}

/// Bytes that are no ASCII, in the block that begins at `from`, before `end`.
#[inline]
pub(crate) fn non_ascii(bytes: &[u8], from: usize, end: usize) -> u64 {
    bits_before(bytes, from, end, |bytes| within(bytes, 0x80, 0xFF))
}

/// Which of sixteen bytes are not zero.
#[inline]
pub(crate) fn non_zero(bytes: [u8; LANES]) -> u32 {
    not(is(u8x16::new(bytes), 0)).move_mask() as u16 as u32
}

/// The places of the bits of a word, in order.
#[inline]
pub(crate) fn places_in(mut bits: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (place < u32::BITS).then_some(place as usize)
    })
}

/// Two bytes that follow each other, as they are searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair(i16);

impl Pair {
    #[inline]
    pub const fn new(first: u8, second: u8) -> Pair {
        Pair(i16::from_le_bytes([first, second]))
    }
}

/// Where a pair of bytes is: a bit for each two places of the block, of which one has it. Only the first `left` bytes of
/// the block count.
#[inline]
pub(crate) fn places_of_pair(pair: Pair, block: &[u8; BLOCK + 1], left: usize) -> u32 {
    let key = i16x8::splat(pair.0);
    let hits = |from: usize| {
        let pairs = |from: usize| {
            let at = |k: usize| i16::from_le_bytes([block[from + 2 * k], block[from + 2 * k + 1]]);
            i16x8::new(std::array::from_fn(at))
        };
        pairs(from).cmp_eq(key) | pairs(from + 1).cmp_eq(key)
    };
    let half = |from: usize| {
        let mut both = [0; LANES];
        both[..LANES / 2].copy_from_slice(&hits(from).to_array());
        both[LANES / 2..].copy_from_slice(&hits(from + LANES).to_array());
        u32::from(i8x16::from_i16x16_saturate(i16x16::new(both)).move_mask() as u16)
    };
    (half(0) | half(BLOCK / 2) << LANES) & u32::MAX >> (BLOCK.saturating_sub(left) / 2)
}

/// Whether a part of a text has a pair of bytes. Of a part of odd length the byte after it may count, too.
#[inline(never)] // one loop for all callers, with registers of its own
pub(crate) fn has_pair(pair: Pair, bytes: &[u8], mut from: usize, end: usize) -> bool {
    let mut hits = 0;
    // Most parts fit one block. The loop then ends there with or without a hit: one branch for both.
    while (from < end) & (hits == 0) {
        let (rest, left) = (&bytes[from..], end - from);
        hits = rest.first_chunk().map_or_else(|| has_pair_at_end(pair, rest, left), |b| places_of_pair(pair, b, left));
        from += BLOCK;
    }
    hits != 0
}

#[cold]
fn has_pair_at_end(pair: Pair, rest: &[u8], left: usize) -> u32 {
    places_of_pair(pair, &last_block(rest), left)
}

/// Whether a part of a text has a byte.
#[inline(never)] // as above
pub(crate) fn has_byte(byte: u8, bytes: &[u8], mut from: usize, end: usize) -> bool {
    let mut hits = 0;
    while (from < end) & (hits == 0) {
        hits = places_of(byte, bytes, from, end);
        from += BLOCK;
    }
    hits != 0
}

/// Places of a text, in order. It keeps its memory from page to page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    /// The places, and after them room for those of the next block.
    room: Vec<usize>,
    len: usize,
}

impl Places {
    /// Forgets all places.
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Adds the places of the bits of a block that begins at `from`.
    #[inline(always)] // a third of it would be the call
    pub fn put(&mut self, from: usize, mut bits: u64) {
        if self.room.len() < self.len + BLOCK {
            self.make_room();
        }
        let Some(room) = self.room[self.len..].first_chunk_mut::<BLOCK>() else { return };
        // A block seldom has more than four places. Four are written in any case, and counted where they are places.
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
        self.len += put;
    }

    #[cold]
    fn make_room(&mut self) {
        self.room.resize(2 * (self.len + BLOCK), 0);
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The places.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.room[..self.len].iter().copied()
    }
}

/// A bit for each byte of the block of which `pred` is true. `pred` gives FF for a lane where it is.
#[inline]
fn bits_of(block: &Block, pred: impl Fn(u8x16) -> u8x16) -> u64 {
    let mut bits = 0;
    for (k, &bytes) in block.as_chunks::<LANES>().0.iter().enumerate() {
        bits |= u64::from(pred(u8x16::new(bytes)).move_mask() as u16) << (k * LANES);
    }
    bits
}

/// The same for the block that begins at `from`, as far as `end`.
#[inline]
fn bits_before(bytes: &[u8], from: usize, end: usize, pred: impl Fn(u8x16) -> u8x16) -> u64 {
    let bits = match bytes[from..].first_chunk() {
        Some(block) => bits_of(block, pred),
        None => bits_of(&last_block(&bytes[from..]), pred),
    };
    bits & first_bits(end - from)
}

/// The lowest `count` bits; all, where there are no more.
#[inline]
fn first_bits(count: usize) -> u64 {
    !u64::MAX.checked_shl(count as u32).unwrap_or(0)
}

#[inline]
fn is(bytes: u8x16, byte: u8) -> u8x16 {
    bytes.cmp_eq(u8x16::splat(byte))
}

#[inline]
fn not(bytes: u8x16) -> u8x16 {
    bytes ^ u8x16::splat(0xFF)
}

/// Bytes from `first` to `last`, both included.
#[inline]
fn within(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    let above = bytes - u8x16::splat(first);
    above.min(u8x16::splat(last - first)).cmp_eq(above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a scan of single bytes means.
    type Twin = fn(u8) -> bool;
    type BlockScan = fn(&Block) -> u64;
    type PartScan = fn(&[u8], usize, usize) -> u64;

    const SCANS: [(&str, BlockScan, Twin); 6] = [
        ("line feeds", line_feeds, |b| b == b'\n'),
        ("Han", han_starts, |b| matches!(b, 0xE4..=0xE9)),
        ("no Han", non_han_starts, |b| !matches!(b, 0x80..=0xBF | 0xE4..=0xE9)),
        ("suspects", suspect_starts, |b| !matches!(b, b'\n' | b' '..=b'~' | 0x80..=0xBF | 0xE4..=0xE9)),
        ("marks", mark_starts, |b| matches!(b, b':' | 0xC2 | 0xC3 | 0xE2 | 0xE3 | 0xEF)),
        ("half-width marks", half_width_marks, |b| matches!(b, b'!'..=b'-' | b':'..=b'?')),
    ];

    /// The same for scans of a part of a text.
    const PARTS: [(&str, PartScan, Twin); 4] = [
        ("colons", |bytes, from, end| places_of(b':', bytes, from, end), |b| b == b':'),
        ("no spaces", non_spaces, |b| b != b' '),
        ("characters", char_starts, |b| !matches!(b, 0x80..=0xBF)),
        ("no ASCII", non_ascii, |b| b >= 0x80),
    ];

    /// The bits of a twin.
    fn bits(bytes: &[u8], twin: Twin) -> u64 {
        bytes.iter().enumerate().fold(0, |bits, (k, &b)| bits | u64::from(twin(b)) << k)
    }

    /// Every byte in every place of a block of this other byte.
    fn blocks(other: u8) -> impl Iterator<Item = Block> {
        let block = move |place, byte| {
            let mut block = [other; BLOCK];
            block[place] = byte;
            block
        };
        (0..BLOCK).flat_map(move |place| (0..=u8::MAX).map(move |byte| block(place, byte)))
    }

    #[test]
    fn each_scan_agrees_with_its_twin_on_every_byte_in_every_place() {
        for block in blocks(b' ') {
            for (name, scan, twin) in SCANS {
                assert_eq!(scan(&block), bits(&block, twin), "{name} of {block:x?}");
            }
            for (name, scan, twin) in PARTS {
                assert_eq!(scan(&block, 0, BLOCK), bits(&block, twin), "{name} of {block:x?}");
            }
        }
    }

    #[test]
    fn no_half_width_mark_hides_among_other_bytes() {
        for block in [0x20, 0x2E, 0x39, 0x40, 0x80, 0xE6].into_iter().flat_map(blocks) {
            assert_eq!(has_half_width_mark(&block), half_width_marks(&block) != 0, "{block:x?}");
        }
    }

    #[test]
    fn bytes_that_are_not_zero_are_found() {
        for bits in 0..1 << LANES {
            let bytes = std::array::from_fn(|k| if bits >> k & 1 == 1 { (k as u8 * 17) | 1 } else { 0 });
            assert_eq!(non_zero(bytes), bits);
            let places: Vec<usize> = (0..LANES).filter(|k| bits >> k & 1 == 1).collect();
            assert_eq!(places_in(bits).collect::<Vec<_>>(), places);
        }
    }

    #[test]
    fn brackets_are_found_by_their_last_two_bytes() {
        let twin = |first: u8, last: u8| {
            let full = matches!(first, 0x80 | 0xBC) && matches!(last, 0x88..=0x89 | 0x90..=0x91 | 0x94..=0x95);
            full || matches!(last, b'(' | b')')
        };
        for place in 0..BLOCK - 1 {
            for first in 0..=u8::MAX {
                for last in (0x27..0x2B).chain(0x80..=0xBF) {
                    let mut block = [b'a'; BLOCK];
                    (block[place], block[place + 1]) = (first, last);
                    let found = bracket_ends(&block) >> (place + 1) & 1 == 1;
                    assert_eq!(found, twin(first, last), "{first:x} {last:x} at {place}");
                }
            }
        }
        for bracket in ["(", ")", "（", "）", "【", "】", "〔", "〕"] {
            let text = format!("{bracket}{}", "a".repeat(BLOCK));
            let block = text.as_bytes().first_chunk().expect("long enough");
            assert_eq!(bracket_ends(block), 1 << (bracket.len() - 1), "{bracket}");
        }
    }

    proptest! {
        #[test]
        fn a_scan_of_a_part_sees_nothing_beyond_it(
            bytes in prop::collection::vec(prop::sample::select(vec![b' ', b'a', b':', 0x80, 0xE6]), 1..150),
            from in 0usize..150, len in 0usize..80,
        ) {
            let from = from % bytes.len();
            let end = (from + len).min(bytes.len());
            let part = &bytes[from..end.min(from + BLOCK)];
            for (name, scan, twin) in PARTS {
                prop_assert_eq!(scan(&bytes, from, end), bits(part, twin), "{}", name);
            }
        }

        #[test]
        fn pairs_and_bytes_are_found_where_they_are(
            bytes in prop::collection::vec(prop::sample::select(vec![b'a', 0x80, 0x9C, 0xE6]), 1..200),
            from in 0usize..200, len in 0usize..150,
            first in prop::sample::select(vec![b'a', 0x80, 0x9C, 0xE6]), second in prop::sample::select(vec![b'a', 0x80]),
        ) {
            let from = from % bytes.len();
            let end = (from + len).min(bytes.len());
            prop_assert_eq!(has_byte(first, &bytes, from, end), bytes[from..end].contains(&first));
            let found = has_pair(Pair::new(first, second), &bytes, from, end);
            let inside = |end: usize| bytes[from..end.min(bytes.len())].windows(2).any(|w| w == [first, second]);
            prop_assert!(found || !inside(end), "a pair is not found");
            // A pair that begins with the part's last byte, or just after it, may count.
            prop_assert!(!found || inside(end + 2), "no pair is there");
        }

        #[test]
        fn places_are_those_of_the_bits(words in prop::collection::vec(any::<u64>(), 0..8)) {
            let mut places = Places::default();
            places.put(0, 1);
            places.clear();
            for (k, &word) in words.iter().enumerate() {
                places.put(k * BLOCK, word);
            }
            let all = (0..words.len() * BLOCK).filter(|at| words[at / BLOCK] >> (at % BLOCK) & 1 == 1);
            prop_assert_eq!(places.iter().collect::<Vec<_>>(), all.collect::<Vec<_>>());
        }
    }
}
