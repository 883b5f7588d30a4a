//! Points and rectangles of the map, in its own pixels: one is a pixel on the screen at 100 %.

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Rightwards.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A rectangle with its sides along the axes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Frame {
    /// Left side.
    pub x: f64,
    /// Top side.
    pub y: f64,
    /// Width, not negative.
    pub width: f64,
    /// Height, not negative.
    pub height: f64,
}

impl Frame {
    /// The x of its right side.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The y of its bottom side.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Its middle.
    pub fn centre(&self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    /// Whether the point lies inside or on the border.
    pub fn holds(&self, point: Point) -> bool {
        self.x <= point.x && point.x <= self.right() && self.y <= point.y && point.y <= self.bottom()
    }

    /// Whether the two share more than a border.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

#[cfg(test)]
impl Frame {
    /// Whether the point lies inside, borders left out.
    pub fn contains(&self, point: Point) -> bool {
        self.x < point.x && point.x < self.right() && self.y < point.y && point.y < self.bottom()
    }

    /// The same rectangle with `by` more on every side.
    pub fn grown(&self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }
}
