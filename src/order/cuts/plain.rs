//! The search in its plainest form: each part is a list of rows, and each way makes lists of its own. It says what the fast
//! search must find.

use super::{ACROSS, BUDGET, DEEPEST, FURNITURE_GAP, FURNITURE_HEIGHT, GAP, GAPS, GUTTER, LIFTED, MANY, with_unplaced};
use crate::order::rows::Row;
use crate::order::seam::{DISPLAY, Judge};
use std::collections::HashMap;
use std::rc::Rc;

#[derive(Debug)]
struct Best {
    order: Vec<u32>,
    sum: f32,
}

/// A way to cut a part: what it costs, in log-odds, and its parts in the order in which they are read.
type Way = (f32, Vec<Vec<u32>>);

struct Cutter<'a> {
    judge: &'a Judge<'a>,
    known: HashMap<Vec<u32>, Rc<Best>>,
}

/// The order of the rows by their places.
pub(super) fn order(judge: &Judge<'_>) -> Vec<u32> {
    let placed: Vec<u32> = (0..judge.rows.len() as u32).filter(|&row| judge.row(row).placed).collect();
    if placed.is_empty() {
        return (0..judge.rows.len() as u32).collect();
    }
    let mut cutter = Cutter { judge, known: HashMap::new() };
    let order: Vec<u32> =
        cutter.bands(placed).into_iter().flat_map(|part| cutter.best(part, 0).order.clone()).collect();
    with_unplaced(judge, &order)
}

impl Cutter<'_> {
    /// The page without its furniture, and the bands of furniture at its head and foot: a few low rows of small type, set
    /// off from side to side. They are no part of any column, and seams with them say nothing.
    fn bands(&self, page: Vec<u32>) -> Vec<Vec<u32>> {
        let gaps: Vec<f32> = self.gaps(&page, core, FURNITURE_GAP).into_iter().map(|gap| gap.1).collect();
        let is_furniture = |band: &[u32]| {
            let rows = || band.iter().map(|&row| self.judge.row(row));
            let top = rows().fold(f32::MAX, |top, row| top.min(row.top));
            let bottom = rows().fold(f32::MIN, |bottom, row| bottom.max(row.bottom));
            bottom - top < FURNITURE_HEIGHT && band.len() * 6 < page.len() && rows().all(|row| row.em < DISPLAY)
        };
        let mut rest = page.clone();
        let mut bands = Vec::new();
        let [first, .., last] = *gaps.as_slice() else { return vec![rest] };
        let (head, below): (Vec<u32>, Vec<u32>) = rest.iter().partition(|&&row| self.judge.row(row).middle() < first);
        if is_furniture(&head) {
            bands.push(head);
            rest = below;
        }
        let (body, foot): (Vec<u32>, Vec<u32>) = rest.iter().partition(|&&row| self.judge.row(row).middle() < last);
        if is_furniture(&foot) {
            bands.extend([body, foot]);
        } else {
            bands.push(rest);
        }
        bands
    }

    fn best(&mut self, part: Vec<u32>, depth: usize) -> Rc<Best> {
        if let Some(known) = self.known.get(&part) {
            return known.clone();
        }
        let best = Rc::new(self.cut(&part, depth));
        self.known.insert(part, best.clone());
        best
    }

    fn cut(&mut self, part: &[u32], depth: usize) -> Best {
        let poor = self.known.len() > BUDGET || part.len() > MANY;
        let mut best: Option<Best> = None;
        if depth < DEEPEST && !self.is_column(part) {
            for (cost, pieces) in self.ways(part, poor) {
                let mut found = self.join(pieces, depth);
                found.sum -= cost;
                if best.as_ref().is_none_or(|best| found.sum > best.sum) {
                    best = Some(found);
                }
            }
        }
        best.unwrap_or_else(|| {
            let order = self.down(part);
            Best { sum: self.judge.sum(&order), order }
        })
    }

    /// Parts one after the other.
    fn join(&mut self, parts: Vec<Vec<u32>>, depth: usize) -> Best {
        let mut whole = Best { order: Vec::new(), sum: 0.0 };
        for part in parts {
            let best = self.best(part, depth + 1);
            if let (Some(&a), Some(&b)) = (whole.order.last(), best.order.first()) {
                whole.sum += self.judge.seam(a, b);
            }
            whole.sum += best.sum;
            whole.order.extend(&best.order);
        }
        whole
    }

    /// Whether no two rows stand side by side.
    fn is_column(&self, part: &[u32]) -> bool {
        let mut rows: Vec<&Row> = part.iter().map(|&row| self.judge.row(row)).collect();
        rows.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
        rows.windows(2).all(|pair| !pair[0].beside(pair[1]) || pair[0].overlap(pair[1]) > 0.6)
    }

    /// From top to bottom, in one height from left to right, upright rows from right to left.
    fn down(&self, part: &[u32]) -> Vec<u32> {
        let mut order = part.to_vec();
        let row = |row: u32| self.judge.row(row);
        if part.iter().filter(|&&r| row(r).vertical).count() * 2 > part.len() {
            order.sort_by(|&a, &b| row(b).right.total_cmp(&row(a).right).then(row(a).top.total_cmp(&row(b).top)));
            return order;
        }
        order.sort_by(|&a, &b| row(a).middle().total_cmp(&row(b).middle()).then(row(a).left.total_cmp(&row(b).left)));
        // Rows that stand side by side are read from left to right.
        let mut from = 0;
        for to in 1..=order.len() {
            if to == order.len() || !row(order[from]).beside(row(order[to])) {
                order[from..to].sort_by(|&a, &b| row(a).left.total_cmp(&row(b).left));
                from = to;
            }
        }
        order
    }

    /// The ways to cut a part, each a list of parts in the order in which they are read.
    fn ways(&self, part: &[u32], poor: bool) -> Vec<Way> {
        let mut ways = Vec::new();
        let gutters = self.gaps(part, |row| (row.left, row.right), GUTTER);
        let places: Vec<f32> = gutters.iter().map(|gap| gap.1).collect();
        if !places.is_empty() {
            ways.push((0.0, self.split(part, &places, center)));
            if places.len() > 1 && !poor {
                ways.extend(places.iter().map(|&place| (0.0, self.split(part, &[place], center))));
            }
        }
        if poor && !ways.is_empty() {
            return ways;
        }
        let gaps = self.gaps(part, core, GAP);
        ways.extend(
            self.worth(part, gaps, poor).into_iter().map(|place| (0.0, self.split(part, &[place], Row::middle))),
        );
        if !poor {
            ways.extend(self.over_gutters(part));
        }
        ways
    }

    /// The gaps in a projection: how wide, and where.
    fn gaps(&self, part: &[u32], side: fn(&Row) -> (f32, f32), least: f32) -> Vec<(f32, f32)> {
        let mut sides: Vec<(f32, f32)> = part.iter().map(|&row| side(self.judge.row(row))).collect();
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
        let heads: Vec<(f32, f32)> = part
            .iter()
            .map(|&row| self.judge.row(row))
            .filter(|row| row.em > DISPLAY)
            .map(|row| (row.top - 2.0, row.bottom + 2.0))
            .collect();
        let by_head = |at: f32| heads.iter().any(|(top, bottom)| (top..=bottom).contains(&&at));
        let mut ranked: Vec<(f32, f32)> =
            gaps.into_iter().map(|(width, at)| (width + if by_head(at) { 1.0 } else { 0.0 }, at)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        ranked.truncate(GAPS);
        ranked.into_iter().map(|(_, at)| at).collect()
    }

    fn split(&self, part: &[u32], places: &[f32], at: fn(&Row) -> f32) -> Vec<Vec<u32>> {
        let mut parts = vec![Vec::new(); places.len() + 1];
        for &row in part {
            let place = at(self.judge.row(row));
            parts[places.partition_point(|&cut| cut < place)].push(row);
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// Ways that treat rows which stand in a gutter: by the side on which their middle is, or lifted out and read after the
    /// rest.
    fn over_gutters(&self, part: &[u32]) -> Vec<Way> {
        let rows: Vec<&Row> = part.iter().map(|&row| self.judge.row(row)).collect();
        let mut rights: Vec<f32> = rows.iter().map(|row| row.right).collect();
        rights.sort_by(f32::total_cmp);
        rights.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        let mut ways: Vec<Way> = Vec::new();
        for right in rights {
            let at = right + 0.5 * GUTTER;
            let crossing: Vec<&Row> = rows.iter().copied().filter(|row| row.left < at && row.right > at).collect();
            if crossing.is_empty() || crossing.len() * 4 > rows.len() {
                continue;
            }
            if crossing.len() * 8 <= rows.len() && crossing.iter().all(|row| row.em < DISPLAY) {
                let way = (ACROSS, self.split(part, &[at], center));
                if way.1.len() == 2 && !ways.contains(&way) {
                    ways.push(way);
                }
            }
            ways.extend(self.lift(part, &crossing, at).filter(|way| !ways.contains(way)));
        }
        ways
    }

    /// Lifts what crosses a gutter, if it is held by text above and below.
    fn lift(&self, part: &[u32], crossing: &[&Row], at: f32) -> Option<Way> {
        let block = crossing.iter().skip(1).fold(crossing[0].clone(), |mut block, row| {
            block.left = block.left.min(row.left);
            block.right = block.right.max(row.right);
            block.top = block.top.min(row.top);
            block.bottom = block.bottom.max(row.bottom);
            block
        });
        let inside = |row: &Row| {
            let (x, y) = ((row.left + row.right) / 2.0, row.middle());
            (block.left..=block.right).contains(&x) && (block.top..=block.bottom).contains(&y)
        };
        let (lifted, rest): (Vec<u32>, Vec<u32>) = part.iter().partition(|&&row| inside(self.judge.row(row)));
        let mut held = [[false; 2]; 2];
        for row in rest.iter().map(|&row| self.judge.row(row)).filter(|row| row.overlap(&block) > 0.3) {
            let side = usize::from(row.left > at);
            held[side][0] |= row.middle() < block.top;
            held[side][1] |= row.middle() > block.bottom;
        }
        let small = 2 * lifted.len() < rest.len();
        (small && held.contains(&[true; 2])).then(|| (LIFTED, vec![rest, lifted]))
    }
}

fn center(row: &Row) -> f32 {
    (row.left + row.right) / 2.0
}

/// The core of a row from top to bottom. Heights differ from tool to tool, so the ends are left out.
fn core(row: &Row) -> (f32, f32) {
    let half = 0.4 * row.em.min(row.bottom - row.top);
    (row.middle() - half, row.middle() + half)
}

/// Pages of columns with heads across them, blocks in gutters and rows anywhere.
mod tests {
    use crate::order::rows::Row;
    use crate::order::seam::Judge;
    use crate::order::{cuts, edges};
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
            placed: true,
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
        fn the_fast_search_finds_what_the_plain_one_finds(rows in page()) {
            let edges = edges::of(&rows);
            let judge = Judge { rows: &rows, edges: &edges };
            prop_assert_eq!(cuts::order(&judge), super::order(&judge));
        }
    }
}
