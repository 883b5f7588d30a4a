//! Dragging and pinching: what the fingers and the mouse do to the map.

use super::geometry::Point;

/// How far a pointer moves before it drags rather than clicks, in screen pixels.
const CLICK_SLACK: f64 = 4.0;

/// The pointers that are down, and whether they have dragged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gesture {
    pointers: Vec<(i32, Point)>,
    pressed_at: Point,
    dragging: bool,
}

/// What a movement does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// The map moves by so many screen pixels.
    Pan {
        /// Rightwards.
        x: f64,
        /// Downwards.
        y: f64,
    },
    /// Two fingers: the map moves with their middle and grows with their distance.
    Pinch {
        /// The middle, where the map is held.
        at: Point,
        /// How the middle moved.
        by: Point,
        /// How the distance grew.
        factor: f64,
    },
}

impl Gesture {
    /// A pointer goes down. Further ones than two are not followed.
    pub fn press(&mut self, pointer: i32, at: Point) {
        if self.pointers.is_empty() {
            self.pressed_at = at;
            self.dragging = false;
        }
        if self.pointers.len() < 2 && self.pointers.iter().all(|(id, _)| *id != pointer) {
            self.pointers.push((pointer, at));
        }
        self.dragging |= self.pointers.len() == 2;
    }

    /// A pointer moves.
    pub fn shift(&mut self, pointer: i32, to: Point) -> Option<Change> {
        let place = self.pointers.iter().position(|(id, _)| *id == pointer)?;
        let before = self.pointers.clone();
        let slack = distance(self.pressed_at, to) < CLICK_SLACK;
        if !self.dragging && slack {
            return None;
        }
        self.dragging = true;
        self.pointers[place].1 = to;
        match (before.as_slice(), self.pointers.as_slice()) {
            ([(_, a), (_, b)], [(_, c), (_, d)]) => {
                let (from, at) = (middle(*a, *b), middle(*c, *d));
                let factor = distance(*c, *d).max(1.0) / distance(*a, *b).max(1.0);
                Some(Change::Pinch { at, by: Point { x: at.x - from.x, y: at.y - from.y }, factor })
            }
            ([(_, from)], _) => Some(Change::Pan { x: to.x - from.x, y: to.y - from.y }),
            _ => None,
        }
    }

    /// A pointer goes up, or is taken away.
    pub fn lift(&mut self, pointer: i32) {
        self.pointers.retain(|(id, _)| *id != pointer);
    }

    /// Whether the pointers drag or pinch, or did until the last one went up: no click then.
    pub fn has_dragged(&self) -> bool {
        self.dragging
    }

    /// Whether a pointer is down and drags.
    pub fn is_dragging(&self) -> bool {
        self.dragging && !self.pointers.is_empty()
    }
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn middle(a: Point, b: Point) -> Point {
    Point { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_hand_that_shakes_still_clicks() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(10.0, 10.0));
        assert_eq!(gesture.shift(1, at(12.0, 11.0)), None);
        gesture.lift(1);
        assert!(!gesture.has_dragged());
    }

    #[test]
    fn a_drag_moves_the_map_by_the_whole_way() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(10.0, 10.0));
        assert_eq!(gesture.shift(1, at(30.0, 5.0)), Some(Change::Pan { x: 20.0, y: -5.0 }));
        assert_eq!(gesture.shift(1, at(31.0, 5.0)), Some(Change::Pan { x: 1.0, y: 0.0 }));
        gesture.lift(1);
        assert!(gesture.has_dragged() && !gesture.is_dragging());
    }

    #[test]
    fn two_fingers_that_part_zoom_in_at_their_middle() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(0.0, 0.0));
        gesture.press(2, at(100.0, 0.0));
        let change = gesture.shift(2, at(200.0, 0.0));
        assert_eq!(change, Some(Change::Pinch { at: at(100.0, 0.0), by: at(50.0, 0.0), factor: 2.0 }));
    }

    #[test]
    fn the_finger_that_stays_goes_on_dragging() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(0.0, 0.0));
        gesture.press(2, at(100.0, 0.0));
        gesture.lift(1);
        assert_eq!(gesture.shift(2, at(101.0, 0.0)), Some(Change::Pan { x: 1.0, y: 0.0 }));
    }

    #[test]
    fn a_new_press_starts_anew() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(0.0, 0.0));
        gesture.shift(1, at(50.0, 0.0));
        gesture.lift(1);
        gesture.press(1, at(0.0, 0.0));
        assert!(!gesture.has_dragged());
    }

    #[test]
    fn a_pointer_that_is_not_down_moves_nothing() {
        assert_eq!(Gesture::default().shift(1, at(50.0, 0.0)), None);
    }
}
