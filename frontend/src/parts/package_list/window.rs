//! Which rows are in view.

use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;

/// How many rows are drawn beyond what is in view, on each side.
const MARGIN: usize = 8;

/// The rows in view of a scrolling list whose rows are all equally high.
#[derive(Clone, Copy)]
pub struct Window {
    scroller: NodeRef<Div>,
    top: RwSignal<f64>,
    height: RwSignal<f64>,
    range: Memo<Range<usize>>,
}

impl Window {
    /// Watches a scroller that holds one sheet, as high as all rows together.
    pub fn over(scroller: NodeRef<Div>, sheet: NodeRef<Div>, count: Signal<usize>) -> Self {
        let (top, height) = (RwSignal::new(0.0), RwSignal::new(0.0));
        let range = Memo::new(move |_| {
            let count = count.get();
            // The sheet knows how high a row is, in whatever size the person has set.
            let row = match sheet.get() {
                Some(sheet) if count > 0 => f64::from(sheet.offset_height()) / count as f64,
                _ => 0.0,
            };
            visible(top.get(), height.get(), row, count)
        });
        let window = Self { scroller, top, height, range };
        Effect::new(move |_| {
            scroller.track();
            window.measure();
        });
        let resized = window_event_listener(leptos::ev::resize, move |_| window.measure());
        on_cleanup(move || resized.remove());
        window
    }

    /// The scroller was scrolled or has another size.
    pub fn measure(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            self.top.set(f64::from(scroller.scroll_top()));
            self.height.set(f64::from(scroller.client_height()));
        }
    }

    /// The rows to draw, tracked.
    pub fn range(self) -> Range<usize> {
        self.range.get()
    }
}

/// The rows between `top` and `top + height`, with a margin; `row` is the height of one, in the same unit.
fn visible(top: f64, height: f64, row: f64, count: usize) -> Range<usize> {
    // Before the first layout a row has no height yet: draw some, so that it gets one.
    if row <= 0.0 {
        return 0..count.min(4 * MARGIN);
    }
    let first = (top.max(0.0) / row) as usize;
    let last = ((top.max(0.0) + height) / row) as usize + 1;
    first.saturating_sub(MARGIN).min(count)..(last + MARGIN).min(count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn before_the_first_layout_some_rows_are_drawn() {
        assert_eq!(visible(0.0, 0.0, 0.0, 1000), 0..32);
        assert_eq!(visible(0.0, 0.0, 0.0, 3), 0..3);
    }

    #[test]
    fn scrolling_beyond_the_end_draws_nothing_twice() {
        assert_eq!(visible(1e9, 500.0, 44.0, 10), 10..10);
    }

    proptest! {
        #[test]
        fn every_row_in_view_is_drawn_and_few_others(top in 0.0..1e6_f64, height in 1.0..2000.0_f64, count in 0_usize..100_000) {
            let row = 44.0;
            let range = visible(top, height, row, count);
            prop_assert!(range.end <= count && range.start <= range.end);
            prop_assert!(range.len() <= (height / row) as usize + 3 + 2 * MARGIN);
            for index in [top / row, (top + height) / row - 1.0] {
                let index = index.max(0.0) as usize;
                prop_assert!(index >= count || range.contains(&index));
            }
        }
    }
}
