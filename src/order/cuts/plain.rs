//! The search in its plainest form: each part is a list of blocks, and each way makes lists of its own. It says what the fast
//! search must find.

use super::spots::{Side, Spot, Spots};
use super::{
    ACROSS, AT_EDGE, BESIDE, BETWEEN_COLUMNS, BUDGET, COLUMN, DEEPEST, GAP, GAPS, GUTTER, LIFTED, MANY, NARROW,
};
use crate::order::rows::DISPLAY;
use crate::order::seam::Judge;
use std::collections::HashMap;
use std::rc::Rc;

#[derive(Debug)]
struct Best {
    order: Vec<u32>,
    sum: f32,
}

/// A way to cut a part: what it costs, in log-odds, and its parts in the order in which they are read.
type Way = (f32, Vec<Vec<u32>>);

pub(super) struct Cutter<'a> {
    pub judge: &'a Judge<'a>,
    pub spots: &'a Spots,
    known: HashMap<Vec<u32>, Rc<Best>>,
}

impl<'a> Cutter<'a> {
    pub fn new(judge: &'a Judge<'a>, spots: &'a Spots) -> Cutter<'a> {
        Cutter { judge, spots, known: HashMap::new() }
    }

    /// The best order of some blocks.
    pub fn order(&mut self, part: &[u32]) -> Vec<u32> {
        if part.is_empty() { Vec::new() } else { self.best(part.to_vec(), 0, self.known.len() + BUDGET).order.clone() }
    }

    fn best(&mut self, part: Vec<u32>, depth: usize, limit: usize) -> Rc<Best> {
        if let Some(known) = self.known.get(&part) {
            return known.clone();
        }
        let best = Rc::new(self.cut(&part, depth, limit));
        self.known.insert(part, best.clone());
        best
    }

    fn cut(&mut self, part: &[u32], depth: usize, limit: usize) -> Best {
        let poor = self.known.len() >= limit || part.len() > MANY;
        let mut best: Option<Best> = None;
        if depth < DEEPEST && !self.is_column(part) {
            let ways = self.ways(part, poor);
            let all = ways.len();
            for (n, (cost, pieces)) in ways.into_iter().enumerate() {
                let known = self.known.len();
                let share = known + limit.saturating_sub(known) / (all - n);
                let mut found = self.join(pieces, depth, share);
                found.sum -= cost;
                if best.as_ref().is_none_or(|best| found.sum > best.sum) {
                    best = Some(found);
                }
            }
        }
        best.unwrap_or_else(|| {
            let order = self.down(part);
            Best { sum: order.windows(2).fold(0.0, |sum, pair| sum + self.seam(pair[0], pair[1])), order }
        })
    }

    /// Parts one after the other.
    fn join(&mut self, parts: Vec<Vec<u32>>, depth: usize, limit: usize) -> Best {
        let mut whole = Best { order: Vec::new(), sum: 0.0 };
        for part in parts {
            let best = self.best(part, depth + 1, limit);
            if let (Some(&a), Some(&b)) = (whole.order.last(), best.order.first()) {
                whole.sum += self.seam(a, b);
            }
            whole.sum += best.sum;
            whole.order.extend(&best.order);
        }
        whole
    }

    fn seam(&self, a: u32, b: u32) -> f32 {
        self.judge.seam(self.spots.block(a).last, self.spots.block(b).first)
    }

    /// Whether no block stands beside the deepest of those above it.
    fn is_column(&self, part: &[u32]) -> bool {
        let sorted = self.spots.sorted(part, Side::Core);
        (1..sorted.len()).all(|n| {
            let above = sorted[..n].iter().map(|&block| self.spots.block(block));
            let deepest = above.reduce(|a, b| if a.core.1 > b.core.1 { a } else { b });
            let here = self.spots.block(sorted[n]);
            deepest.is_none_or(|above| !above.beside(here) || above.overlap(here) > 0.6)
        })
    }

    /// From top to bottom, in one height from left to right, upright rows from right to left.
    fn down(&self, part: &[u32]) -> Vec<u32> {
        let block = |number: u32| self.spots.block(number);
        let mut order = self.spots.sorted(part, Side::Core);
        let left = |a: u32, b: u32| block(a).left.total_cmp(&block(b).left).then(a.cmp(&b));
        if part.iter().filter(|&&number| block(number).vertical).count() * 2 > part.len() {
            let right_to_left = |a: u32, b: u32| block(b).right.total_cmp(&block(a).right);
            order.sort_by(|&a, &b| right_to_left(a, b).then(block(a).top.total_cmp(&block(b).top)).then(a.cmp(&b)));
            return order;
        }
        let mut from = 0;
        for to in 1..=order.len() {
            if to == order.len() || !block(order[from]).beside(block(order[to])) {
                order[from..to].sort_by(|&a, &b| left(a, b));
                let mut line = from;
                for at in from + 1..=to {
                    if at == to || !block(order[at - 1]).is_above_or_below(block(order[at])) {
                        order[line..at].sort_by(|&a, &b| block(a).core.0.total_cmp(&block(b).core.0).then(a.cmp(&b)));
                        line = at;
                    }
                }
                from = to;
            }
        }
        order
    }

    /// The ways to cut a part, each a list of parts in the order in which they are read.
    fn ways(&self, part: &[u32], poor: bool) -> Vec<Way> {
        let mut ways = Vec::new();
        let gutters = self.gaps(part, |block| (block.left, block.right), GUTTER);
        let places: Vec<f32> = gutters.iter().map(|gap| gap.1).collect();
        let center = |block: &Spot| block.center;
        if !places.is_empty() {
            ways.push((0.0, self.split(part, &places, center)));
            if places.len() > 1 && !poor {
                ways.extend(places.iter().map(|&place| (0.0, self.split(part, &[place], center))));
            }
        }
        if poor && !ways.is_empty() {
            return ways;
        }
        let gaps = self.gaps(part, |block| block.core, GAP);
        let worth = self.worth(part, gaps, poor).into_iter();
        ways.extend(worth.map(|place| (0.0, self.split(part, &[place], |block| block.middle))));
        if !poor {
            if places.is_empty() && !self.spots.by_words {
                let narrow = self.gaps(part, |block| (block.left, block.right), NARROW);
                let narrow = narrow.into_iter().filter(|gap| self.is_between_columns(part, gap.1));
                ways.extend(narrow.map(|gap| (0.0, self.split(part, &[gap.1], center))));
            }
            ways.extend(self.over_gutters(part));
        }
        ways
    }

    /// Whether enough rows on both sides of a gutter end and begin there, and stand beside each other.
    fn is_between_columns(&self, part: &[u32], at: f32) -> bool {
        let left: Vec<&Spot> =
            self.spots.blocks(part).filter(|b| b.left <= at && (0.0..AT_EDGE).contains(&(at - b.right))).collect();
        let right: Vec<&Spot> = self.spots.blocks(part).filter(|b| b.left > at && b.left - at < AT_EDGE).collect();
        let sides = [left, right];
        let enough = sides.iter().all(|side| side.iter().map(|block| block.rows).sum::<usize>() >= COLUMN);
        let top = |side: &[&Spot]| side.iter().fold(f32::INFINITY, |top, block| top.min(block.top));
        let bottom = |side: &[&Spot]| side.iter().fold(f32::NEG_INFINITY, |bottom, block| bottom.max(block.bottom));
        let beside = bottom(&sides[0]).min(bottom(&sides[1])) - top(&sides[0]).max(top(&sides[1]));
        enough && beside > BESIDE
    }

    /// The gaps in a projection: how wide, and where.
    fn gaps(&self, part: &[u32], side: fn(&Spot) -> (f32, f32), least: f32) -> Vec<(f32, f32)> {
        let mut sides: Vec<(f32, f32)> = self.spots.blocks(part).map(side).collect();
        sides.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut end = sides[0].1;
        let mut gaps = Vec::new();
        for (from, to) in sides {
            if from - end > least {
                gaps.push((from - end, (from + end) / 2.0));
            }
            end = end.max(to);
        }
        gaps
    }

    /// The gaps from side to side that are worth a try: the widest ones, and those below or above a display line.
    fn worth(&self, part: &[u32], mut gaps: Vec<(f32, f32)>, poor: bool) -> Vec<f32> {
        if poor {
            gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
            gaps.truncate(1);
        }
        let display = self.spots.blocks(part).filter(|block| block.em > DISPLAY);
        let heads: Vec<(f32, f32)> = display.map(|block| (block.top - 2.0, block.bottom + 2.0)).collect();
        let by_head = |at: f32| heads.iter().any(|(top, bottom)| (top..=bottom).contains(&&at));
        let mut ranked: Vec<(f32, f32)> =
            gaps.into_iter().map(|(width, at)| (width + if by_head(at) { 1.0 } else { 0.0 }, at)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        ranked.truncate(GAPS);
        ranked.into_iter().map(|(_, at)| at).collect()
    }

    fn split(&self, part: &[u32], places: &[f32], at: fn(&Spot) -> f32) -> Vec<Vec<u32>> {
        let mut parts = vec![Vec::new(); places.len() + 1];
        for &block in part {
            let place = at(self.spots.block(block));
            parts[places.partition_point(|&cut| cut < place)].push(block);
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn rows(&self, part: &[u32]) -> usize {
        self.spots.blocks(part).map(|block| block.rows).sum()
    }

    /// Ways that treat blocks which stand in a gutter: by the side on which their middle is, or lifted out and read after the
    /// rest.
    fn over_gutters(&self, part: &[u32]) -> Vec<Way> {
        let mut rights: Vec<f32> = self.spots.blocks(part).map(|block| block.right).collect();
        rights.sort_by(f32::total_cmp);
        rights.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        let mut ways: Vec<Way> = Vec::new();
        for right in rights {
            let at = right + 0.5 * GUTTER;
            let crosses = |block: &Spot| block.left < at && block.right > at;
            let crossing: Vec<u32> = part.iter().copied().filter(|&block| crosses(self.spots.block(block))).collect();
            let (over, all) = (self.rows(&crossing), self.rows(part));
            if crossing.is_empty() || over * 4 > all {
                continue;
            }
            if over * 8 <= all && self.spots.blocks(&crossing).all(|block| block.em < DISPLAY) {
                let cost = if self.is_between_columns(part, at) { BETWEEN_COLUMNS } else { ACROSS };
                ways.push((cost, self.split(part, &[at], |block| block.center)));
                ways.retain(|way| way.1.len() == 2);
            }
            if over * 8 <= all && self.is_between_columns(part, at) {
                ways.extend(self.headline(part, &crossing));
            }
            ways.extend(self.lift(part, &crossing, at));
        }
        ways
    }

    /// What is around some blocks, and the blocks of a part inside and outside of it.
    fn lifted(&self, part: &[u32], blocks: &[u32]) -> (Spot, Vec<u32>, Vec<u32>) {
        let mut block = *self.spots.block(blocks[0]);
        for other in self.spots.blocks(blocks) {
            block.left = block.left.min(other.left);
            block.right = block.right.max(other.right);
            block.top = block.top.min(other.top);
            block.bottom = block.bottom.max(other.bottom);
        }
        let inside = |row: &Spot| {
            (block.left..=block.right).contains(&row.center) && (block.top..=block.bottom).contains(&row.middle)
        };
        let (lifted, rest) = part.iter().partition(|&&row| inside(self.spots.block(row)));
        (block, lifted, rest)
    }

    /// Lifts a headline that crosses a gutter downwards.
    fn headline(&self, part: &[u32], crossing: &[u32]) -> Option<Way> {
        let is_headline = self.spots.blocks(crossing).any(|block| block.em >= DISPLAY)
            && self.spots.blocks(crossing).any(|block| block.vertical);
        let (_, lifted, rest) = self.lifted(part, crossing);
        is_headline.then(|| (LIFTED, vec![lifted, rest]))
    }

    /// Lifts what crosses a gutter, if it is held by text above and below.
    fn lift(&self, part: &[u32], crossing: &[u32], at: f32) -> Option<Way> {
        let (block, lifted, rest) = self.lifted(part, crossing);
        let mut held = [[false; 2]; 2];
        for row in self.spots.blocks(&rest).filter(|row| row.overlap(&block) > 0.3) {
            let side = usize::from(row.left > at);
            held[side][0] |= row.middle < block.top;
            held[side][1] |= row.middle > block.bottom;
        }
        let small = 2 * self.rows(&lifted) < self.rows(&rest);
        (small && held.contains(&[true; 2])).then(|| (LIFTED, vec![rest, lifted]))
    }
}

/// Pages of columns with heads across them, blocks in gutters and rows anywhere.
mod tests {
    use super::super::search::Search;
    use super::super::spots::Spots;
    use super::Cutter;
    use crate::order::rows::Row;
    use crate::order::seam::Judge;
    use crate::order::{blocks, cuts, edges};
    use proptest::prelude::*;

    fn row(left: f32, top: f32, width: f32, em: f32, ends: usize) -> Row {
        let ends = [['，', '沿'], ['。', '岸'], ['稻', '田'], ['”', '。']][ends % 4];
        Row {
            lines: Vec::new(),
            left,
            top,
            right: left + width,
            bottom: top + em,
            em,
            glyphs: 8,
            first: ['田', '渐'],
            last: ends,
            vertical: width < em,
            cells: false,
            number: false,
            placed: true,
            block: None,
            confidence: None,
        }
    }

    fn column() -> impl Strategy<Value = Vec<(f32, f32, usize)>> {
        let row =
            (prop_oneof![Just(0.0f32), Just(2.0), -0.3f32..0.3], prop_oneof![Just(8.0f32), 1.0f32..9.0], 0usize..4);
        prop::collection::vec(row, 1..14)
    }

    fn page() -> impl Strategy<Value = Vec<Row>> {
        let anywhere = (0.0f32..40.0, 0.0f32..30.0, 0.5f32..20.0, prop_oneof![Just(1.0f32), 0.6f32..3.0], 0usize..4);
        (prop::collection::vec(column(), 1..5), prop::collection::vec(anywhere, 0..8), 8.2f32..9.5, any::<u64>())
            .prop_map(|(columns, others, step, seed)| {
                let mut rows: Vec<Row> = Vec::new();
                for (n, column) in columns.into_iter().enumerate() {
                    for (k, (indent, width, ends)) in column.into_iter().enumerate() {
                        rows.push(row(n as f32 * step + indent, 4.0 + 1.5 * k as f32, width, 1.0, ends));
                    }
                }
                rows.extend(others.into_iter().map(|(left, top, width, em, ends)| row(left, top, width, em, ends)));
                let n = rows.len() as u64;
                for at in (1..n).rev() {
                    rows.swap(at as usize, (seed.rotate_left(at as u32) % (at + 1)) as usize);
                }
                for unplaced in 0..seed % 3 {
                    rows[(seed.rotate_left(7 * unplaced as u32) % n) as usize].placed = false;
                }
                rows
            })
    }

    proptest! {
        // The plain search takes long.
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn the_fast_search_finds_what_the_plain_one_finds(rows in page(), by_words in any::<bool>()) {
            let edges = edges::of(&rows, by_words);
            let judge = Judge { rows: &rows, edges: &edges, by_words };
            let blocks = blocks::of(&judge);
            let spots = Spots::of(&blocks, &judge);
            let mut fast = Search::new(&judge, &spots);
            let mut plain = Cutter::new(&judge, &spots);
            for band in cuts::bands(&spots, (0..blocks.len() as u32).collect()) {
                prop_assert_eq!(fast.order(&band), plain.order(&band));
            }
        }
    }
}
