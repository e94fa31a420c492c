//! Places in a PDF: points, directions, and the matrices that carry them to the page.

use std::ops::Sub;

/// A point, or the way from one to another.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Vector {
    pub x: f64,
    pub y: f64,
}

impl Vector {
    pub fn new(x: f64, y: f64) -> Vector {
        Vector { x, y }
    }

    pub fn dot(self, other: Vector) -> f64 {
        self.x * other.x + self.y * other.y
    }

    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// The same direction with the length 1; `None` where there is no direction.
    pub fn unit(self) -> Option<Vector> {
        let length = self.length();
        (length > 0.0 && length.is_finite()).then(|| Vector::new(self.x / length, self.y / length))
    }

    /// Turned by a right angle, clockwise where y grows downwards.
    pub fn turned(self) -> Vector {
        Vector::new(-self.y, self.x)
    }
}

impl Sub for Vector {
    type Output = Vector;

    /// The way from the other point to this one.
    fn sub(self, other: Vector) -> Vector {
        Vector::new(self.x - other.x, self.y - other.y)
    }
}

/// `[a b c d e f]` of the PDF reference: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This matrix first, then the other.
    #[must_use]
    pub fn then(self, next: Matrix) -> Matrix {
        let [a, b, c, d, e, f] = self.0;
        let (x, y, origin) = (next.way(a, b), next.way(c, d), next.point(e, f));
        Matrix([x.x, x.y, y.x, y.y, origin.x, origin.y])
    }

    /// Where a point comes to stand.
    pub fn point(self, x: f64, y: f64) -> Vector {
        let way = self.way(x, y);
        Vector::new(way.x + self.0[4], way.y + self.0[5])
    }

    /// What a way becomes.
    pub fn way(self, x: f64, y: f64) -> Vector {
        let [a, b, c, d, ..] = self.0;
        Vector::new(a * x + c * y, b * x + d * y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_are_applied_one_after_the_other() {
        let turn = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        assert_eq!(Matrix::shift(3.0, 4.0).then(turn).point(0.0, 0.0), Vector::new(-4.0, 3.0));
        assert_eq!(turn.then(Matrix::shift(3.0, 4.0)).point(1.0, 0.0), Vector::new(3.0, 5.0));
        assert_eq!(Matrix::IDENTITY.then(turn), turn);
    }
}
