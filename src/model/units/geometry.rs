//! What the places of units say of their kinds: log-odds that are added to the scores of the text. They are nought for a unit
//! without a place, so a text without places reads as it always did.

use super::facts::Row;
use super::geometry_weights::WEIGHTS;
use crate::measure::Place;

/// Bins of all features together.
pub const BINS: usize = TYPES + STANDS + PICTURES + EDGES;
const _: () = assert!(WEIGHTS.len() == BINS);

/// How many features there are.
pub const COUNT: usize = 4;

/// Size of type × what is set larger or smaller next to it.
const TYPES: usize = (SIZES.len() + 1) * 5;
/// How a unit of one line stands in its column × whether it is set larger.
const STANDS: usize = 6 * 2;
/// Place below a picture × whether it is set smaller.
const PICTURES: usize = 3 * 2;
/// Place at the upper or lower edge of the page × whether it is set smaller.
const EDGES: usize = 3 * 2;

/// Upper limits of the bins of sizes, in sizes of the body type.
const SIZES: [f32; 6] = [0.92, 1.08, 1.25, 1.6, 2.2, 3.0];
/// Size from which a unit is a display line.
const DISPLAY: f32 = 1.12;
/// Type that is larger by less is of one size.
const ALIKE: f32 = 1.12;
/// Units that are looked at for the neighbours of one, in the order of the text.
const NEAR: usize = 6;
/// How far display lines of one block stand apart, in the larger of their sizes.
const APART: f32 = 1.8;

/// Where a unit stands: a box around its lines in their first column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Of its first line, with the box around the lines below it.
    pub place: Place,
    /// Lines in that box.
    pub lines: u32,
}

impl Spot {
    /// Of the lines of a unit. Noise stands nowhere among the units.
    pub fn of(lines: impl Iterator<Item = Option<Place>>) -> Option<Spot> {
        let mut spot: Option<Spot> = None;
        for place in lines.flatten().filter(|place| !place.is_noise) {
            match &mut spot {
                None => spot = Some(Spot { place, lines: 1 }),
                Some(spot) if spot.place.shares_column(&place) && place.middle() >= spot.place.middle() => {
                    spot.place.left = spot.place.left.min(place.left);
                    spot.place.right = spot.place.right.max(place.right);
                    spot.place.bottom = spot.place.bottom.max(place.bottom);
                    spot.lines += 1;
                }
                Some(_) => break,
            }
        }
        spot
    }
}

/// The page around its units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageExtent {
    /// The lower edge of all text.
    pub bottom: f32,
}

impl PageExtent {
    /// Of the units of a page.
    pub fn of(spots: &[Option<Spot>]) -> PageExtent {
        PageExtent { bottom: spots.iter().flatten().fold(0.0, |most, spot| spot.place.bottom.max(most)) }
    }
}

/// The bins of a unit; `None` if it has no place.
pub fn bins(spots: &[Option<Spot>], sheet: PageExtent, unit: usize) -> Option<[usize; COUNT]> {
    let spot = spots.get(unit)?.as_ref()?;
    let em = spot.place.em;
    let size = SIZES.partition_point(|&limit| limit <= em);
    let small = usize::from(em < SIZES[0]);
    let large = usize::from(em >= DISPLAY);
    let of = [
        (size * 5 + neighbours(spots, unit, spot), TYPES),
        (stand(spot) * 2 + large, STANDS),
        (picture(spot) * 2 + small, PICTURES),
        (edge(spot, sheet) * 2 + small, EDGES),
    ];
    let mut at = 0;
    Some(of.map(|(bin, bins)| {
        at += bins;
        at - bins + bin
    }))
}

/// What is set next to a display line, above it or below it: nothing (0), larger type below (1), larger type above (2), only
/// type of its size (3), only smaller display type (4).
fn neighbours(spots: &[Option<Spot>], unit: usize, spot: &Spot) -> usize {
    if spot.place.em < DISPLAY {
        return 0;
    }
    let around = unit.saturating_sub(NEAR)..(unit + NEAR + 1).min(spots.len());
    let (mut below, mut above, mut same, mut smaller) = (false, false, false, false);
    for other in around.filter(|&k| k != unit).filter_map(|k| spots[k]) {
        let (here, there) = (&spot.place, &other.place);
        let gap = (there.top - here.bottom).max(here.top - there.bottom);
        if there.em < DISPLAY || !here.shares_column(there) || gap > APART * here.em.max(there.em) {
            continue;
        }
        match there.em / here.em {
            ratio if ratio > ALIKE && there.middle() > here.middle() => below = true,
            ratio if ratio > ALIKE => above = true,
            ratio if ratio < 1.0 / ALIKE => smaller = true,
            _ => same = true,
        }
    }
    match (below, above, same, smaller) {
        (true, ..) => 1,
        (_, true, ..) => 2,
        (.., true) => 4,
        (_, _, true, _) => 3,
        _ => 0,
    }
}

/// How a unit stands in its column: more than one line (0), one line without neighbours (1), in the middle (2), at the right
/// (3), short at the left (4), full (5).
fn stand(spot: &Spot) -> usize {
    let place = &spot.place;
    if spot.lines > 1 {
        return 0;
    }
    if place.neighbours < 3 {
        return 1;
    }
    match (place.indent() > 2.5, place.right_gap() > 2.5) {
        (true, true) => 2,
        (true, false) => 3,
        (false, true) => 4,
        (false, false) => 5,
    }
}

/// Whether a picture is right above it (1) or around it (2).
fn picture(spot: &Spot) -> usize {
    match spot.place.below_picture {
        Some(gap) if gap < 0.0 => 2,
        Some(gap) if gap < BELOW_PICTURE => 1,
        _ => 0,
    }
}

/// A caption is this far below its picture at most, in sizes of the body type.
const BELOW_PICTURE: f32 = 3.0;

/// Whether it stands at the upper (1) or the lower (2) edge of the text of the page.
fn edge(spot: &Spot, sheet: PageExtent) -> usize {
    match &spot.place {
        place if place.top < EDGE => 1,
        place if place.bottom > sheet.bottom - EDGE => 2,
        _ => 0,
    }
}

/// The edge of a page, in sizes of the body type: a folio and the rule below it.
const EDGE: f32 = 2.5;

/// Adds what the place of a unit says to the scores of its text.
pub fn add(bins: &[usize; COUNT], row: &mut Row) {
    for &bin in bins {
        row.iter_mut().zip(&WEIGHTS[bin]).for_each(|(score, weight)| *score += f32::from(*weight) * 0.001);
    }
}
