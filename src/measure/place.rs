//! Where a line of a layout stands.

/// Where a line stands on its page, set straight, in the size of the page's body type.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Place {
    /// Its left edge.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Its right edge.
    pub right: f32,
    /// Its lower edge.
    pub bottom: f32,
    /// Size of its type.
    pub em: f32,
    /// Where its column begins here.
    pub column_left: f32,
    /// Where its column ends here.
    pub column_right: f32,
    /// The usual distance from line to line in its column, or 0 if it has no neighbours.
    pub pitch: f32,
    /// How many lines of its column are near, itself included.
    pub neighbours: u32,
    /// How far it stands below the picture above it, and less than 0 inside one; `None` if there is none.
    pub below_picture: Option<f32>,
    /// Whether the text of its page runs downwards. The sheet is turned then, so that its columns are rows.
    pub downwards: bool,
    /// The number of its block in the file.
    pub block: Option<u32>,
    /// How certain the tool is of its text, from 0 to 1.
    pub confidence: Option<f32>,
    /// Whether it is what was read where there is no text. It joins nothing.
    pub is_noise: bool,
}

impl Place {
    /// Half way from top to bottom.
    pub fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    /// How far it begins inside its column, in its own size.
    pub fn indent(&self) -> f32 {
        (self.left - self.column_left) / self.em
    }

    /// How far it ends before its column, in its own size.
    pub fn right_gap(&self) -> f32 {
        (self.column_right - self.right) / self.em
    }

    /// Whether one of both stands above the other, by more than a corner.
    pub fn shares_column(&self, other: &Place) -> bool {
        let common = self.right.min(other.right) - self.left.max(other.left);
        common > 0.3 * (self.right - self.left).min(other.right - other.left)
    }
}
