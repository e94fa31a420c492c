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
}

/// How far above and below rows are neighbours.
const NEAR: f32 = 14.0;
/// How far two edges of one column may differ.
const SAME: f32 = 0.4;
/// How many rows of the page may be looked at for one row.
const MOST: usize = 400;

pub(super) fn of(rows: &[Row]) -> Vec<Edges> {
    let mut by_top: Vec<u32> = (0..rows.len() as u32).filter(|&row| rows[row as usize].placed).collect();
    by_top.sort_by(|&a, &b| rows[a as usize].top.total_cmp(&rows[b as usize].top));
    let mut edges: Vec<Edges> =
        rows.iter().map(|row| Edges { left: row.left, right: row.right, rows: 1, pitch: 0.0 }).collect();
    let mut neighbours: Vec<&Row> = Vec::new();
    let mut desk: Vec<f32> = Vec::new();
    for (at, &row) in by_top.iter().enumerate() {
        let above = by_top[..at].iter().rev().take(MOST);
        let below = by_top[at + 1..].iter().take(MOST);
        let here = &rows[row as usize];
        let near = |other: &&u32| (rows[**other as usize].middle() - here.middle()).abs() < NEAR;
        let others = above.take_while(near).chain(below.take_while(near)).map(|&other| &rows[other as usize]);
        neighbours.clear();
        neighbours.extend(others.filter(|other| is_of_column(here, other)).chain([here]));
        edges[row as usize] = Edges {
            left: edge(neighbours.iter().map(|row| row.left), here.left, -1.0, &mut desk),
            right: edge(neighbours.iter().map(|row| row.right), here.right, 1.0, &mut desk),
            rows: neighbours.len() as u32,
            pitch: pitch(&neighbours, &mut desk),
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

/// Whether both may be of one column: of one size, and neither reaches far beyond the other on both sides.
fn is_of_column(here: &Row, other: &Row) -> bool {
    let alike = (other.em / here.em - 1.0).abs() < 0.15;
    alike && here.vertical == other.vertical && here.overlap(other) > 0.5
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
