//! Results in the order of their work: equal input gives equal bytes, whatever the number of threads.

use std::collections::BTreeMap;

/// Results that came before their turn. Each has the number of its file or piece, from 0 on.
pub struct InOrder<T> {
    next: u64,
    early: BTreeMap<u64, T>,
}

impl<T> InOrder<T> {
    /// Before the first outcome.
    pub fn new() -> InOrder<T> {
        InOrder { next: 0, early: BTreeMap::new() }
    }

    /// Adds an outcome; returns those whose turn it is.
    pub fn add(&mut self, number: u64, outcome: T) -> impl Iterator<Item = T> {
        self.early.insert(number, outcome);
        std::iter::from_fn(|| {
            let outcome = self.early.remove(&self.next)?;
            self.next += 1;
            Some(outcome)
        })
    }

    /// The results behind a file that has none, because the run ended before it was done.
    pub fn rest(self) -> impl Iterator<Item = T> {
        self.early.into_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_come_in_the_order_of_their_numbers() {
        let mut order = InOrder::new();
        let mut add = |n| order.add(n, n).collect::<Vec<_>>();
        assert_eq!([add(2), add(0), add(1), add(5), add(3)], [vec![], vec![0], vec![1, 2], vec![], vec![3]]);
        assert_eq!(order.rest().collect::<Vec<_>>(), [5]);
    }
}
