//! Templates taken by twos: a line then adds one row for both.

use super::columns::BLOCK;
use super::templates::Template;

/// Two templates of few bins, whose rows are added up beforehand for each bin of the one with each of the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// Where the bins of the two begin, among those of all templates.
    bins: [usize; 2],
    /// How many they have.
    counts: [usize; 2],
    /// Where the rows of the pair begin.
    pub rows: usize,
    templates: [usize; 2],
}

impl Pair {
    /// The bins of the two templates that make the `k`th bin of the pair, if it has so many.
    pub const fn bins_of(&self, k: usize) -> Option<[usize; 2]> {
        if k == self.counts[0] * self.counts[1] {
            return None;
        }
        Some([self.bins[0] + k / self.counts[1], self.bins[1] + k % self.counts[1]])
    }
}

/// The pairs of these names.
pub(super) const fn pairs<const N: usize>(
    names: [[&str; 2]; N],
    templates: &[Template],
    offsets: &[usize],
) -> [Pair; N] {
    let mut pairs = [Pair { bins: [0; 2], counts: [0; 2], rows: 0, templates: [0; 2] }; N];
    let last = templates.len() - 1;
    let mut rows = offsets[last] + templates[last].bins;
    let mut k = 0;
    while k < N {
        let (a, b) = (named(names[k][0], templates), named(names[k][1], templates));
        let counts = [templates[a].bins, templates[b].bins];
        assert!(counts[0] * counts[1] <= 256, "a bin is a byte");
        pairs[k] = Pair { bins: [offsets[a], offsets[b]], counts, rows, templates: [a, b] };
        rows += counts[0] * counts[1];
        k += 1;
    }
    pairs
}

const fn named(name: &str, templates: &[Template]) -> usize {
    let mut found = 0;
    while !same(name.as_bytes(), templates[found].name.as_bytes()) {
        found += 1;
    }
    found
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut k = 0;
    while k < a.len() && k < b.len() && a[k] == b[k] {
        k += 1;
    }
    k == a.len() && k == b.len()
}

/// Which templates are in none of these pairs.
pub(super) const fn alone<const COUNT: usize>(pairs: &[Pair]) -> [bool; COUNT] {
    let mut alone = [true; COUNT];
    let mut k = 0;
    while k < pairs.len() {
        let [a, b] = pairs[k].templates;
        assert!(alone[a] && alone[b] && a != b);
        (alone[a], alone[b]) = (false, false);
        k += 1;
    }
    alone
}

/// How many rows all templates and pairs have.
pub(super) const fn rows_of(pairs: &[Pair]) -> usize {
    let last = pairs[pairs.len() - 1];
    last.rows + last.counts[0] * last.counts[1]
}

/// The bins of pairs, from those of their templates, for a block of lines.
#[inline(always)] // one loop for sixteen lines
pub(super) fn pair_up<const COUNT: usize, const N: usize>(
    pairs: &[Pair; N],
    bins: &[[u8; BLOCK]; COUNT],
    paired: &mut [[u8; BLOCK]; N],
) {
    for (pair, paired) in pairs.iter().zip(paired) {
        let [a, b] = pair.templates.map(|template| &bins[template]);
        *paired = std::array::from_fn(|i| a[i].wrapping_mul(pair.counts[1] as u8).wrapping_add(b[i]));
    }
}
