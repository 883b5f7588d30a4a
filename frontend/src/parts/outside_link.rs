//! Links that lead out of the program, to addresses that strangers wrote.

use leptos::prelude::*;

/// A link in a window of its own, where the address is one that a browser may open; else only its text.
/// The page it opens learns nothing of where it was opened from.
#[component]
pub fn OutsideLink(address: Option<String>, children: Children) -> impl IntoView {
    match address.filter(|address| opens(address)) {
        Some(address) => view! {
            <a href=address.clone() title=address rel="noopener noreferrer nofollow" target="_blank">{children()}</a>
        }
        .into_any(),
        None => children().into_any(),
    }
}

/// The address begins with `https:`, `http:` or `mailto:`. Everything else could run as a script or open a program.
pub fn opens(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("https" | "http" | "mailto"))
}

#[cfg(test)]
mod tests {
    use super::opens;

    #[test]
    fn only_web_and_mail_addresses_open() {
        for good in ["https://acme.example", "HTTP://acme.example/a?b#c", "mailto:a@b.example"] {
            assert!(opens(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "//acme.example",
            "a",
            "",
            "java\nscript:x",
        ] {
            assert!(!opens(bad), "{bad}");
        }
    }
}
