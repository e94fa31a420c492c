//! The column of a row: where its neighbours above and below begin and end.

use super::rows::Row;

/// Where the column of a row begins and ends, by the rows above and below it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Edges {
    pub left: f32,
    pub right: f32,
    /// How many rows tell so.
    pub rows: u32,
    /// The usual distance from row to row, or 0.
    pub pitch: f32,
    /// Where the row begins and ends for a cut beside its column, without what reaches out of it.
    pub cut: (f32, f32),
}

/// How far above and below rows are neighbours.
const NEAR: f32 = 14.0;
/// How far two edges of one column may differ.
const SAME: f32 = 0.4;
/// How many rows of the page may be looked at for one row.
const MOST: usize = 400;

/// The edges of rows. Of recognizers that find words before lines no row is kept in its column: what reaches out of it may be
/// the piece of a torn row.
pub(super) fn of(rows: &[Row], by_words: bool) -> Vec<Edges> {
    let mut by_top: Vec<u32> = (0..rows.len() as u32).filter(|&row| rows[row as usize].placed).collect();
    by_top.sort_by(|&a, &b| rows[a as usize].top.total_cmp(&rows[b as usize].top));
    let sides = |row: &Row| (row.left, row.right);
    let alone = |row: &Row| Edges { left: row.left, right: row.right, rows: 1, pitch: 0.0, cut: sides(row) };
    let mut edges: Vec<Edges> = rows.iter().map(alone).collect();
    let mut around: Vec<&Row> = Vec::new();
    let mut neighbours: Vec<&Row> = Vec::new();
    let mut desk: Vec<f32> = Vec::new();
    for (at, &row) in by_top.iter().enumerate() {
        let above = by_top[..at].iter().rev().take(MOST);
        let below = by_top[at + 1..].iter().take(MOST);
        let here = &rows[row as usize];
        let near = |other: &&u32| (rows[**other as usize].middle() - here.middle()).abs() < NEAR;
        let others = above.take_while(near).chain(below.take_while(near)).map(|&other| &rows[other as usize]);
        around.clear();
        around.extend(others.filter(|other| here.overlap(other) > 0.5));
        neighbours.clear();
        neighbours.extend(around.iter().copied().filter(|other| is_of_column(here, other)).chain([here]));
        edges[row as usize] = Edges {
            left: edge(neighbours.iter().map(|row| row.left), here.left, -1.0, &mut desk),
            right: edge(neighbours.iter().map(|row| row.right), here.right, 1.0, &mut desk),
            rows: neighbours.len() as u32,
            pitch: pitch(&neighbours, &mut desk),
            cut: if by_words { sides(here) } else { kept_in_column(here, &around) },
        };
    }
    edges
}

/// The median distance from row to row. Some room to work in is lent.
fn pitch(rows: &[&Row], desk: &mut Vec<f32>) -> f32 {
    desk.clear();
    desk.extend(rows.iter().map(|row| row.middle()));
    desk.sort_unstable_by(f32::total_cmp);
    let mut steps = 0;
    for n in 1..desk.len() {
        let step = desk[n] - desk[n - 1];
        if step > 0.5 * rows[0].em {
            desk[steps] = step;
            steps += 1;
        }
    }
    desk.truncate(steps);
    desk.sort_unstable_by(f32::total_cmp);
    desk.get(steps / 2).copied().unwrap_or(0.0)
}

/// Whether two rows that overlap may be of one column: of one size.
fn is_of_column(here: &Row, other: &Row) -> bool {
    let alike = (other.em / here.em - 1.0).abs() < 0.15;
    alike && here.vertical == other.vertical
}

/// How far above and below a row others tell that it reaches out of its column.
const AROUND: f32 = 7.0;
/// How far it reaches out, in sizes of the body type: less may be the edge of the column, more a line across two columns.
const OUT: std::ops::Range<f32> = SAME..1.5;
/// Rows that must stay inside, while none reaches out.
const INSIDE: usize = 4;
/// How the size of type of these may differ: a box that is too wide is too high, too.
const LIKE: std::ops::Range<f32> = 0.65..1.5;

/// Where a row begins and ends, or the rows that overlap it where it alone reaches out of their column.
fn kept_in_column(here: &Row, around: &[&Row]) -> (f32, f32) {
    let tells = |other: &&&Row| {
        (other.middle() - here.middle()).abs() < AROUND && LIKE.contains(&(other.em / here.em)) && !other.vertical
    };
    let (mut inside, mut left, mut right) = (0, f32::MAX, f32::MAX);
    for other in around.iter().filter(tells) {
        inside += 1;
        left = left.min(other.left - here.left);
        right = right.min(here.right - other.right);
        if left < OUT.start && right < OUT.start {
            break;
        }
    }
    let out = |step: f32| if inside >= INSIDE && OUT.contains(&step) { step } else { 0.0 };
    (here.left + out(left), here.right - out(right))
}

/// The place where most rows have their edge, among places beyond the own edge (`out` is -1 to the left, 1 to the right).
fn edge(places: impl Iterator<Item = f32>, own: f32, out: f32, beyond: &mut Vec<f32>) -> f32 {
    beyond.clear();
    beyond.extend(places.map(|place| (place - own) * out).filter(|&place| place > -SAME));
    beyond.sort_unstable_by(f32::total_cmp);
    let mut best = (0, 0.0);
    let mut first = 0;
    for n in 0..beyond.len() {
        while beyond[n] - beyond[first] > SAME {
            first += 1;
        }
        if n - first >= best.0 {
            best = (n - first, beyond[first.midpoint(n)]);
        }
    }
    own + out * best.1.max(0.0)
}
