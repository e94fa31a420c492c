//! Boosted decision trees: each leads from plain facts to a leaf, and the leaves add up to log-odds.

/// Leaves of a tree at most.
pub const LEAVES: usize = 24;
/// Splits of a tree at most.
pub const SPLITS: usize = LEAVES - 1;
/// Words of 16 bits that a tree takes in a file: four for each split and one for each leaf.
pub const TREE_WORDS: usize = SPLITS * 4 + LEAVES;

/// Steps from the root of a tree to its deepest leaf at most.
pub const DEPTH: usize = 6;
/// Facts that a split may ask for: as many as a byte can number.
pub const MOST_FACTS: usize = 256;
/// Places for the splits and leaves of a tree. A power of two, so that no step needs a bounds check.
const PLACES: usize = 64;
const _: () = assert!(SPLITS + LEAVES <= PLACES);

/// A split: to the first place where a fact is at most the threshold, to the second where it is more. Or a leaf: both places are
/// its own, and the threshold is its log-odds in thousandths.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    fact: u8,
    next: [u8; 2],
    threshold: i16,
}

/// Trees over so many facts.
#[derive(Debug, Clone, Default)]
pub struct Trees(Vec<[Place; PLACES]>);

impl Trees {
    /// Reads trees out of words, [`TREE_WORDS`] for each: for each split its fact, its threshold, and where it leads to, the
    /// number of a split or the complement of a leaf's; then the leaves. A tree without splits is left out. `None` if a split asks
    /// for a fact that there is not, or leads backwards, beyond the tree or too deep, or if the last tree is not whole.
    pub fn read(words: impl IntoIterator<Item = i16>, facts: usize) -> Option<Trees> {
        let words: Vec<i16> = words.into_iter().collect();
        let (all, []) = words.as_chunks::<TREE_WORDS>() else { return None };
        let mut trees = Vec::new();
        for words in all {
            let (splits, leaves) = words.split_at(SPLITS * 4);
            let count = splits.chunks(4).take_while(|split| (split[2], split[3]) != (0, 0)).count();
            if count > 0 {
                trees.push(tree(&splits[..count * 4], leaves, facts.min(MOST_FACTS))?);
            }
        }
        Some(Trees(trees))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The log-odds that facts add up to.
    pub fn log_odds(&self, facts: &[i16; MOST_FACTS]) -> f32 {
        self.0.iter().map(|tree| i32::from(leaf(tree, facts))).sum::<i32>() as f32 * 0.001
    }
}

/// A tree out of its words.
fn tree(splits: &[i16], leaves: &[i16], facts: usize) -> Option<[Place; PLACES]> {
    let mut places = [Place::default(); PLACES];
    for (place, &value) in leaves.iter().enumerate() {
        places[SPLITS + place] = Place { fact: 0, next: [(SPLITS + place) as u8; 2], threshold: value };
    }
    let count = splits.len() / 4;
    let mut depths = [0; SPLITS];
    for (k, split) in splits.chunks(4).enumerate() {
        let depth = depths[k] + 1;
        let mut place = |to: i16| match usize::try_from(to) {
            Ok(split) if split > k && split < count && depth < DEPTH => {
                depths[split] = depth;
                Some(split as u8)
            }
            Err(_) if usize::from(!to as u16) < LEAVES => Some((SPLITS + usize::from(!to as u16)) as u8),
            _ => None,
        };
        let fact = u8::try_from(split[0]).ok().filter(|&fact| usize::from(fact) < facts)?;
        places[k] = Place { fact, threshold: split[1], next: [place(split[2])?, place(split[3])?] };
    }
    Some(places)
}

/// The leaf of these facts. The number of steps is the same for all, so that nothing has to be foretold.
fn leaf(tree: &[Place; PLACES], facts: &[i16; MOST_FACTS]) -> i16 {
    let mut at = 0;
    for _ in 0..DEPTH {
        let place = tree[at % PLACES];
        at = usize::from(place.next[usize::from(facts[usize::from(place.fact)] > place.threshold)]);
    }
    tree[at % PLACES].threshold
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(splits: &[[i16; 4]], leaves: &[i16]) -> Vec<i16> {
        let mut words = vec![0; 2 * TREE_WORDS];
        words[..splits.len() * 4].copy_from_slice(splits.as_flattened());
        words[SPLITS * 4..SPLITS * 4 + leaves.len()].copy_from_slice(leaves);
        words
    }

    fn read(words: &[i16]) -> Option<Trees> {
        Trees::read(words.iter().copied(), 2)
    }

    #[test]
    fn a_tree_leads_to_the_leaf_of_its_facts() {
        // Fact 0 above 5 is leaf 0; otherwise fact 1 decides between leaves 1 and 2.
        let trees = read(&words(&[[0, 5, 1, !0], [1, -3, !1, !2]], &[250, -100, 700])).expect("a sound tree");
        let of = |[first, second]: [i16; 2]| {
            let mut facts = [0; MOST_FACTS];
            (facts[0], facts[1]) = (first, second);
            trees.log_odds(&facts)
        };
        let thousandths = |facts| (of(facts) * 1000.0).round() as i32;
        assert_eq!([[6, 0], [5, -3], [5, -2]].map(thousandths), [250, -100, 700]);
    }

    #[test]
    fn trees_that_could_not_be_walked_are_refused() {
        assert!(read(&words(&[[2, 0, !0, !1]], &[])).is_none(), "a fact that there is not");
        assert!(read(&words(&[[0, 0, 1, !1]], &[])).is_none(), "a split that there is not");
        assert!(read(&words(&[[0, 0, 1, !1], [0, 0, 1, !0]], &[])).is_none(), "a split that leads to itself");
        assert!(read(&words(&[[0, 0, !0, !(LEAVES as i16)]], &[])).is_none(), "a leaf that there is not");
        let chain: Vec<[i16; 4]> = (1..=DEPTH as i16).map(|next| [0, 0, !0, next]).chain([[0, 0, !0, !1]]).collect();
        assert!(read(&words(&chain, &[])).is_none(), "a tree that is too deep");
        assert!(read(&words(&[&chain[..DEPTH - 1], &[[0, 0, !0, !1]]].concat(), &[])).is_some());
        assert!(read(&words(&[], &[])[1..]).is_none(), "a tree that is not whole");
    }

    #[test]
    fn no_trees_say_nothing() {
        let none = read(&words(&[], &[])).expect("sound");
        assert!(none.is_empty());
        assert_eq!(none.log_odds(&[1; MOST_FACTS]), 0.0);
    }
}
