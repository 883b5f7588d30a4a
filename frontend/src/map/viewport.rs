//! What part of the map is on the screen, and how large.

use super::geometry::{Frame, Point};

/// The smallest zoom: 10 %.
pub const LEAST_ZOOM: f64 = 0.1;
/// The largest zoom: 200 %.
pub const MOST_ZOOM: f64 = 2.0;

/// The size of the window onto the map, in screen pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Room that is kept free at the sides of the window, in screen pixels: headings, tools, tray.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Margins {
    /// Above.
    pub top: f64,
    /// Below.
    pub bottom: f64,
    /// Left and right, each.
    pub sides: f64,
}

/// Position and zoom: a point of the map is shown at `origin + point × zoom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Where the map's own 0, 0 is on the screen.
    pub origin: Point,
    /// Screen pixels for a pixel of the map, from [`LEAST_ZOOM`] to [`MOST_ZOOM`].
    pub zoom: f64,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { origin: Point::default(), zoom: 1.0 }
    }
}

impl Viewport {
    /// Where a point of the map is on the screen.
    pub fn to_screen(self, point: Point) -> Point {
        Point { x: self.origin.x + point.x * self.zoom, y: self.origin.y + point.y * self.zoom }
    }

    /// Which point of the map is at a place on the screen.
    pub fn to_map(self, screen: Point) -> Point {
        Point { x: (screen.x - self.origin.x) / self.zoom, y: (screen.y - self.origin.y) / self.zoom }
    }

    /// Moved by so many screen pixels.
    pub fn panned(self, x: f64, y: f64) -> Self {
        Self { origin: Point { x: self.origin.x + x, y: self.origin.y + y }, ..self }
    }

    /// Zoomed by a factor, within the limits; the point of the map at `screen` stays there.
    pub fn zoomed(self, factor: f64, screen: Point) -> Self {
        let zoom = (self.zoom * factor).clamp(LEAST_ZOOM, MOST_ZOOM);
        let held = self.to_map(screen);
        Self { origin: Point { x: screen.x - held.x * zoom, y: screen.y - held.y * zoom }, zoom }
    }

    /// Shows all of `content` inside the margins, in the middle, no larger than at 100 %.
    /// What does not fit even at the smallest zoom starts at the left and upper margin.
    pub fn fit(content: Frame, window: Size, margins: Margins) -> Self {
        let room = Size {
            width: (window.width - 2.0 * margins.sides).max(1.0),
            height: (window.height - margins.top - margins.bottom).max(1.0),
        };
        let zoom =
            (room.width / content.width.max(1.0)).min(room.height / content.height.max(1.0)).clamp(LEAST_ZOOM, 1.0);
        let spare = |room: f64, content: f64| ((room - content * zoom) / 2.0).max(0.0);
        Self {
            origin: Point {
                x: margins.sides + spare(room.width, content.width) - content.x * zoom,
                y: margins.top + spare(room.height, content.height) - content.y * zoom,
            },
            zoom,
        }
    }

    /// Shows a point in the middle of the window.
    pub fn centred(point: Point, zoom: f64, window: Size) -> Self {
        let zoom = zoom.clamp(LEAST_ZOOM, MOST_ZOOM);
        let origin = Point { x: window.width / 2.0 - point.x * zoom, y: window.height / 2.0 - point.y * zoom };
        Self { origin, zoom }
    }

    /// Moved just so far that `frame` lies inside the margins; not at all when it does already.
    /// Of what is larger than the window, the left and the top are shown.
    pub fn revealing(self, frame: Frame, window: Size, margins: Margins) -> Self {
        let start = self.to_screen(Point { x: frame.x, y: frame.y });
        let move_into = |start: f64, length: f64, from: f64, to: f64| {
            if start < from || length > to - from { from - start } else { (to - start - length).min(0.0) }
        };
        let x = move_into(start.x, frame.width * self.zoom, margins.sides, window.width - margins.sides);
        let y = move_into(start.y, frame.height * self.zoom, margins.top, window.height - margins.bottom);
        self.panned(x, y)
    }

    /// The part of the map that is on the screen.
    pub fn shown(self, window: Size) -> Frame {
        let corner = self.to_map(Point::default());
        Frame { x: corner.x, y: corner.y, width: window.width / self.zoom, height: window.height / self.zoom }
    }

    /// The zoom in whole per cent.
    pub fn per_cent(self) -> u32 {
        (self.zoom * 100.0).round() as u32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WINDOW: Size = Size { width: 844.0, height: 760.0 };
    const MARGINS: Margins = Margins { top: 44.0, bottom: 60.0, sides: 16.0 };

    fn any_viewport() -> impl Strategy<Value = Viewport> {
        (-5e3..5e3, -5e3..5e3, LEAST_ZOOM..MOST_ZOOM).prop_map(|(x, y, zoom)| Viewport { origin: Point { x, y }, zoom })
    }

    fn any_frame() -> impl Strategy<Value = Frame> {
        (-3e3..3e3, -3e3..3e3, 1.0..6e3, 1.0..6e3).prop_map(|(x, y, width, height)| Frame { x, y, width, height })
    }

    #[test]
    fn a_small_map_is_shown_at_full_size_in_the_middle() {
        let content = Frame { x: 0.0, y: 0.0, width: 812.0, height: 400.0 };
        let view = Viewport::fit(content, WINDOW, MARGINS);
        assert_eq!((view.zoom, view.origin), (1.0, Point { x: 16.0, y: 44.0 + (656.0 - 400.0) / 2.0 }));
    }

    #[test]
    fn a_centred_point_is_in_the_middle_of_the_window() {
        let view = Viewport::centred(Point { x: 3000.0, y: -500.0 }, 0.8, WINDOW);
        assert_eq!(view.to_screen(Point { x: 3000.0, y: -500.0 }), Point { x: 422.0, y: 380.0 });
    }

    #[test]
    fn what_is_on_the_screen_is_not_moved() {
        let card = Frame { x: 100.0, y: 100.0, width: 176.0, height: 58.0 };
        assert_eq!(Viewport::default().revealing(card, WINDOW, MARGINS), Viewport::default());
    }

    proptest! {
        #[test]
        fn zooming_holds_the_point_under_the_pointer(view in any_viewport(), x in 0.0..844.0, y in 0.0..760.0, factor in 0.1..10.0) {
            let pointer = Point { x, y };
            let (before, after) = (view.to_map(pointer), view.zoomed(factor, pointer).to_map(pointer));
            prop_assert!((before.x - after.x).abs() < 1e-6 && (before.y - after.y).abs() < 1e-6);
        }

        #[test]
        fn the_zoom_stays_within_its_limits(view in any_viewport(), factor in 0.001..1000.0) {
            let zoom = view.zoomed(factor, Point::default()).zoom;
            prop_assert!((LEAST_ZOOM..=MOST_ZOOM).contains(&zoom));
        }

        #[test]
        fn fitting_shows_everything(content in any_frame()) {
            let shown = Viewport::fit(content, WINDOW, MARGINS).shown(WINDOW).grown(1e-6);
            prop_assert!(shown.x <= content.x && content.right() <= shown.right());
            prop_assert!(shown.y <= content.y && content.bottom() <= shown.bottom());
        }

        #[test]
        fn revealing_brings_a_card_onto_the_screen_without_zooming(view in any_viewport(), x in -5e3..5e3, y in -5e3..5e3) {
            let card = Frame { x, y, width: 176.0, height: 58.0 };
            let revealed = view.revealing(card, WINDOW, MARGINS);
            let shown = revealed.shown(WINDOW).grown(1e-6);
            prop_assert_eq!(revealed.zoom, view.zoom);
            prop_assert!(shown.x <= card.x && card.right() <= shown.right() && shown.y <= card.y && card.bottom() <= shown.bottom());
        }

        #[test]
        fn the_screen_and_the_map_agree(view in any_viewport(), x in -5e3..5e3, y in -5e3..5e3) {
            let back = view.to_map(view.to_screen(Point { x, y }));
            prop_assert!((back.x - x).abs() < 1e-6 && (back.y - y).abs() < 1e-6);
        }
    }
}
