//! Moves positions in a text to where they are after a list of edits.

use super::edit::Edits;

/// On which side of a position an insertion at exactly that position lands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bias {
    /// The position begins something: an insertion there lands before it.
    Begins,
    /// The position ends something: an insertion there lands after it.
    Ends,
}

/// Translates positions in the text before the edits to positions in the text after them.
///
/// A position inside a replaced range moves to the beginning of the replacement. Positions may come in any order. If they
/// come in rising order, each costs constant time on average.
pub(crate) struct Shift<'a> {
    edits: &'a Edits,
    /// How many edits are before the last position, and how many bytes they insert and remove.
    passed: usize,
    inserted: usize,
    removed: usize,
}

impl<'a> Shift<'a> {
    pub(crate) fn new(edits: &'a Edits) -> Shift<'a> {
        Shift { edits, passed: 0, inserted: 0, removed: 0 }
    }

    /// Moves one position.
    pub(crate) fn position(&mut self, position: &mut usize, bias: Bias) {
        let list = self.edits.as_slice();
        let is_before = |e: &super::edit::Edit| match bias {
            Bias::Begins => e.end <= *position,
            // An insertion at the position comes after it, unless a rule of the user makes the text there longer.
            Bias::Ends => e.end <= *position && (e.start < *position || e.author.custom().is_some()),
        };
        while self.passed > 0 && !is_before(&list[self.passed - 1]) {
            self.passed -= 1;
            self.inserted -= self.edits.after(&list[self.passed]).len();
            self.removed -= list[self.passed].end - list[self.passed].start;
        }
        while let Some(edit) = list.get(self.passed).filter(|e| is_before(e)) {
            self.inserted += self.edits.after(edit).len();
            self.removed += edit.end - edit.start;
            self.passed += 1;
        }
        let inside = list.get(self.passed).map_or(*position, |e| e.start.min(*position));
        *position = inside + self.inserted - self.removed;
    }

    /// Moves a range.
    pub(crate) fn range(&mut self, range: &mut std::ops::Range<usize>) {
        self.position(&mut range.start, Bias::Begins);
        self.position(&mut range.end, Bias::Ends);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(feature = "rules")]
    use crate::rule::CustomId;
    use crate::rule::Rule;
    use proptest::prelude::*;

    fn moved(position: usize, bias: Bias, edits: &Edits) -> usize {
        let mut moved = position;
        Shift::new(edits).position(&mut moved, bias);
        moved
    }

    #[test]
    fn an_insertion_lands_before_a_beginning_and_after_an_end() {
        let mut edits = Edits::new();
        edits.insert(3, "xy", Rule::Spacing);
        assert_eq!(moved(3, Bias::Begins, &edits), 5);
        assert_eq!(moved(3, Bias::Ends, &edits), 3);
        assert_eq!((moved(2, Bias::Begins, &edits), moved(4, Bias::Ends, &edits)), (2, 6));
    }

    #[cfg(feature = "rules")]
    #[test]
    fn what_a_rule_of_the_user_adds_at_the_end_of_a_line_belongs_to_it() {
        let mut edits = Edits::new();
        edits.replace(3..3, "xy", CustomId::new(0).expect("a number"));
        assert_eq!(moved(3, Bias::Ends, &edits), 5);
    }

    #[test]
    fn a_position_inside_a_replaced_range_moves_to_its_beginning() {
        let mut edits = Edits::new();
        edits.replace(2..6, "abc", Rule::Spacing);
        for bias in [Bias::Begins, Bias::Ends] {
            assert_eq!([1, 2, 4, 6, 7].map(|at| moved(at, bias, &edits)), [1, 2, 2, 5, 6]);
        }
    }

    proptest! {
        #[test]
        fn a_shift_moves_positions_in_any_order_as_it_moves_each_alone(
            cuts in proptest::collection::vec((0usize..4, 0usize..3, 0usize..3), 0..8),
            positions in proptest::collection::vec((0usize..40, any::<bool>()), 0..20)
        ) {
            let mut edits = Edits::new();
            let mut at = 0;
            for (gap, removed, inserted) in cuts {
                at += gap;
                edits.replace(at..at + removed, &"zz"[..inserted.min(2)], Rule::Spacing);
                at += removed;
            }
            let mut shift = Shift::new(&edits);
            for (position, begins) in positions {
                let bias = if begins { Bias::Begins } else { Bias::Ends };
                let mut shifted = position;
                shift.position(&mut shifted, bias);
                prop_assert_eq!(shifted, moved(position, bias, &edits));
            }
        }
    }
}
