//! A character of the text layer with its place on the page.

use super::matrix::{Matrix, Vector};
use qingyang::layout::Rect;

/// What stands for a character that the font does not name.
pub const UNKNOWN: &str = "\u{FFFD}";

/// How far the box of a character goes below and above its base line, in sizes of its type: the square of Han.
const SQUARE: (f64, f64) = (-0.12, 0.88);

/// The farthest place that counts; the library takes the same.
const FARTHEST: f64 = 1e7;

/// A character, or a few that one glyph stands for.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub text: String,
    /// Its corners: from the beginning of its upper side clockwise, as one reads it.
    pub corners: [Vector; 4],
    /// Where it begins, on the line along which the type is set, and where the next one may begin.
    pub start: Vector,
    pub end: Vector,
    /// The direction of writing, of the length 1.
    pub direction: Vector,
    /// The size of the type, in points; 0 for a glyph that has no place on any page.
    pub size: f64,
}

impl Glyph {
    /// A glyph of this width, in sizes of the type, whose origin `place` carries to the page; `place` scales by the size.
    pub fn new(text: String, width: f64, downwards: bool, place: Matrix) -> Glyph {
        let (bottom, top) = SQUARE;
        let corners = [(0.0, top), (width, top), (width, bottom), (0.0, bottom)].map(|(x, y)| place.point(x, y));
        let (start, end, direction) = if downwards {
            (place.point(width / 2.0, top), place.point(width / 2.0, bottom), place.way(0.0, -1.0))
        } else {
            (place.point(0.0, 0.0), place.point(width, 0.0), place.way(1.0, 0.0))
        };
        let known = corners.iter().all(|c| c.x.abs() < FARTHEST && c.y.abs() < FARTHEST);
        let size = place.way(0.0, 1.0).length();
        match direction.unit().filter(|_| known && size > 0.0) {
            Some(direction) => Glyph { text, corners, start, end, direction, size },
            None => Glyph { text, corners, start, end, direction: Vector::new(1.0, 0.0), size: 0.0 },
        }
    }

    pub fn is_placed(&self) -> bool {
        self.size > 0.0
    }

    /// The least rectangle around it.
    pub fn bounds(&self) -> Rect {
        let xs = self.corners.map(|c| c.x as f32);
        let ys = self.corners.map(|c| c.y as f32);
        let least = |sides: [f32; 4]| sides.into_iter().fold(f32::INFINITY, f32::min);
        let most = |sides: [f32; 4]| sides.into_iter().fold(f32::NEG_INFINITY, f32::max);
        Rect::new(least(xs), least(ys), most(xs), most(ys))
    }

    pub fn is_unknown(&self) -> bool {
        self.text == UNKNOWN
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
