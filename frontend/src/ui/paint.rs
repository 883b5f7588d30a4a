//! What may wait until the page has been painted, so that what the person came for is on the screen first.

use leptos::prelude::*;

/// Calls back when what was drawn until now is on the screen.
pub fn after_paint(then: impl FnOnce() + 'static) {
    // The first frame paints; when the second begins, the first is on the screen.
    request_animation_frame(move || request_animation_frame(then));
}

/// What `source` holds, but its first value only after the page has been painted without it.
pub fn once_painted<T: Clone + Send + Sync + 'static>(source: Memo<Option<T>>) -> RwSignal<Option<T>> {
    let shown = RwSignal::new(None);
    Effect::new(move |begun: Option<bool>| {
        let value = source.get();
        let begun = begun.unwrap_or_default();
        if begun && shown.read_untracked().is_some() {
            shown.set(value);
        } else if !begun && value.is_some() {
            // The page may be gone by then.
            after_paint(move || drop(source.try_get_untracked().and_then(|value| shown.try_set(value))));
            return true;
        }
        begun
    });
    shown
}
