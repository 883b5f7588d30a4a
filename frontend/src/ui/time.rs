//! Moments for people, by the browser's own calendar.

use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Now, in epoch seconds.
pub fn now() -> f64 {
    Date::now() / 1000.0
}

/// Waits for so many milliseconds.
pub async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // Every window that runs this program keeps time.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    // It is only ever resolved.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// How long ago, in the largest unit that fits: `4 s`, `3 min`, `2 h`, `5 d`.
pub fn ago(seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// A moment: the day in the text, the exact time on hover.
#[component]
pub fn Moment(
    /// Epoch seconds.
    at: f64,
    /// Hour and minute stand in the text too.
    #[prop(optional)]
    time: bool,
) -> impl IntoView {
    let date = Date::new(&JsValue::from_f64(at * 1000.0));
    // A date that JavaScript cannot hold would throw when it is written.
    let valid = date.get_time().is_finite();
    valid.then(|| {
        let day = match time {
            true => date.to_locale_string("en-GB", &options(&[("dateStyle", "medium"), ("timeStyle", "short")])),
            false => date.to_locale_date_string("en-GB", &options(&[("dateStyle", "medium")])),
        };
        let exact = date.to_locale_string("en-GB", &options(&[("dateStyle", "full"), ("timeStyle", "long")]));
        view! {
            <time datetime=String::from(date.to_iso_string()) title=String::from(exact)>
                {String::from(day)}
            </time>
        }
    })
}

/// Hour and minute of a moment whose day stands over it; all of it on hover.
#[component]
pub fn Clock(
    /// Epoch seconds.
    at: f64,
) -> impl IntoView {
    let date = Date::new(&JsValue::from_f64(at * 1000.0));
    date.get_time().is_finite().then(|| {
        let exact = date.to_locale_string("en-GB", &options(&[("dateStyle", "full"), ("timeStyle", "long")]));
        let clock = date.to_locale_time_string_with_options("en-GB", &options(&[("timeStyle", "short")]));
        view! { <time datetime=String::from(date.to_iso_string()) title=String::from(exact)>{String::from(clock)}</time> }
    })
}

/// Day, hour and minute of a moment as a text, for where no element can stand; empty for one that no calendar has.
pub fn moment(at: f64) -> String {
    let date = Date::new(&JsValue::from_f64(at * 1000.0));
    let words = options(&[("dateStyle", "medium"), ("timeStyle", "short")]);
    if date.get_time().is_finite() { String::from(date.to_locale_string("en-GB", &words)) } else { String::new() }
}

/// The day of a moment, in full; empty for one that no calendar has.
pub fn day(at: f64) -> String {
    let date = Date::new(&JsValue::from_f64(at * 1000.0));
    match date.get_time().is_finite() {
        true => String::from(date.to_locale_date_string("en-GB", &options(&[("dateStyle", "full")]))),
        false => String::new(),
    }
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (key, value) in pairs {
        // Setting a property of a plain object of our own cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    options.into()
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn a_time_span_is_told_in_the_largest_unit_that_fits() {
        for (seconds, text) in [(-3.0, "0 s"), (4.9, "4 s"), (60.0, "1 min"), (7200.0, "2 h"), (200_000.0, "2 d")] {
            assert_eq!(ago(seconds), text);
        }
    }
}
