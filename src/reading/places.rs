//! Numbers of a file as places of a page. What cannot be a place becomes none, and its text stays a line of flat text.

use crate::layout::{Quad, Rect};

/// No printed page is so large in any unit, and an `f32` still tells apart whole units up to here.
const MAX_COORDINATE: f64 = 1e7;

/// A coordinate: finite and on a page.
fn coordinate(value: f64) -> Option<f32> {
    (value.is_finite() && value.abs() <= MAX_COORDINATE).then_some(value as f32)
}

/// A number, with white space around it or none.
pub fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// A positive length, such as a width or a size of type.
pub fn length(value: f64) -> Option<f32> {
    coordinate(value).filter(|&v| v > 0.0)
}

/// Width and height of a page, if the file gives them: 0 for what no page can have.
pub fn size(width: Option<f64>, height: Option<f64>) -> Option<(f32, f32)> {
    let (width, height) = (width?, height?);
    Some(length(width).zip(length(height)).unwrap_or_default())
}

/// A rectangle from its sides; none if it has no area.
pub fn rect(left: f64, top: f64, right: f64, bottom: f64) -> Option<Rect> {
    let (left, top, right, bottom) = (coordinate(left)?, coordinate(top)?, coordinate(right)?, coordinate(bottom)?);
    (right > left && bottom > top).then_some(Rect { left, top, right, bottom })
}

/// A rectangle from `[left, top, right, bottom]`.
pub fn sides(values: &[f64]) -> Option<Rect> {
    match *values {
        [left, top, right, bottom] => rect(left, top, right, bottom),
        _ => None,
    }
}

/// Four corners as they are, and of any other polygon the rectangle around it.
pub fn quad(points: &[(f64, f64)]) -> Option<Quad> {
    let mut corners = Vec::with_capacity(points.len());
    for &(x, y) in points {
        corners.push((coordinate(x)?, coordinate(y)?));
    }
    let (&first, rest) = corners.split_first()?;
    let point = |(x, y)| Rect { left: x, top: y, right: x, bottom: y };
    let bounds = rest.iter().fold(point(first), |bounds, &corner| bounds.union(&point(corner)));
    if bounds.width() <= 0.0 || bounds.height() <= 0.0 {
        return None;
    }
    let four: Result<[(f32, f32); 4], _> = corners.try_into();
    Some(four.map_or_else(|_| Quad::from(bounds), Quad))
}

/// A certainty from 0 to 1; some tools count to 100.
pub fn certainty(value: f64, whole: f64) -> Option<f32> {
    let share = value / whole;
    (0.0..=1.0).contains(&share).then_some(share as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_place_is_none() {
        assert_eq!(rect(0.0, 0.0, 10.0, 5.0), Some(Rect::new(0.0, 0.0, 10.0, 5.0)));
        for wrong in [[0.0, 0.0, 0.0, 5.0], [0.0, 5.0, 10.0, 0.0], [f64::NAN, 0.0, 1.0, 1.0], [0.0, 0.0, 1e300, 1.0]] {
            assert_eq!(sides(&wrong), None, "{wrong:?}");
        }
        assert_eq!(quad(&[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)]), None);
        assert_eq!(quad(&[(0.0, 0.0), (9.0, 9.0)]), Some(Quad::from(Rect::new(0.0, 0.0, 9.0, 9.0))));
        assert_eq!(size(Some(0.0), Some(7.0)), Some((0.0, 0.0)));
        assert_eq!(size(None, Some(7.0)), None);
        assert_eq!(certainty(95.0, 100.0), Some(0.95));
        assert_eq!(certainty(f64::NAN, 1.0), None);
    }
}
