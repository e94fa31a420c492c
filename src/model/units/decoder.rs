//! The best kinds for the units of a page (Viterbi), and how certain each is (forward–backward): a linear chain in
//! which any kind may follow any.

use super::facts::KIND_COUNT;

/// Log-odds of each kind.
pub type Row = [f32; KIND_COUNT];

/// What follows what: a row for the kind above, and two more for a page's first and last unit.
#[derive(Debug, Clone, Copy)]
pub struct Chain<'a> {
    /// `follows[a][b]`: `b` stands below `a`.
    pub follows: &'a [Row; KIND_COUNT],
}

/// The best sequence of kinds.
pub fn best(units: &[Row], chain: Chain<'_>) -> Vec<usize> {
    let Some(first) = units.first() else { return Vec::new() };
    let mut back: Vec<[u8; KIND_COUNT]> = Vec::with_capacity(units.len());
    let mut top = *first;
    for unit in &units[1..] {
        let mut from = [0u8; KIND_COUNT];
        let mut next = [f32::NEG_INFINITY; KIND_COUNT];
        for (above, row) in chain.follows.iter().enumerate() {
            for (below, score) in row.iter().enumerate() {
                let v = top[above] + score;
                if v > next[below] {
                    next[below] = v;
                    from[below] = above as u8;
                }
            }
        }
        next.iter_mut().zip(unit).for_each(|(n, u)| *n += u);
        top = next;
        back.push(from);
    }
    let mut kind = (0..KIND_COUNT).max_by(|&a, &b| top[a].total_cmp(&top[b])).unwrap_or(0);
    let mut kinds = vec![kind];
    for from in back.iter().rev() {
        kind = from[kind] as usize;
        kinds.push(kind);
    }
    kinds.reverse();
    kinds
}

/// Sums over all sequences: the log of their whole weight, and for each unit the log-weights forward and backward.
#[derive(Debug, Default)]
pub struct Sums {
    /// Up to and with each unit.
    pub forward: Vec<Row>,
    /// Behind each unit.
    pub backward: Vec<Row>,
    /// Of all sequences.
    pub total: f32,
}

/// Works out the sums.
pub fn sums(units: &[Row], chain: Chain<'_>) -> Sums {
    let mut s =
        Sums { forward: Vec::with_capacity(units.len()), backward: vec![[0.0; KIND_COUNT]; units.len()], total: 0.0 };
    for (i, unit) in units.iter().enumerate() {
        let row = match s.forward.last() {
            None => *unit,
            Some(above) => {
                std::array::from_fn(|k| unit[k] + log_sum(std::array::from_fn(|a| above[a] + chain.follows[a][k])))
            }
        };
        debug_assert_eq!(s.forward.len(), i);
        s.forward.push(row);
    }
    for i in (1..units.len()).rev() {
        let tail: Row = std::array::from_fn(|k| units[i][k] + s.backward[i][k]);
        s.backward[i - 1] = std::array::from_fn(|a| log_sum(std::array::from_fn(|k| chain.follows[a][k] + tail[k])));
    }
    s.total = s.forward.last().map_or(0.0, |last| log_sum(*last));
    s
}

impl Sums {
    /// Probability of each kind for unit `i`.
    pub fn of(&self, i: usize) -> Row {
        std::array::from_fn(|k| (self.forward[i][k] + self.backward[i][k] - self.total).exp().clamp(0.0, 1.0))
    }
}

fn log_sum(row: Row) -> f32 {
    let max = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if max == f32::NEG_INFINITY {
        return max;
    }
    max + row.iter().map(|v| (v - max).exp()).sum::<f32>().ln()
}
