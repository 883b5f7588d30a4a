//! Sentences that quote code.

use leptos::prelude::*;

/// A sentence in which what stands between backticks is shown as code.
#[component]
pub fn Prose(#[prop(into)] text: String) -> impl IntoView {
    parts(&text)
        .into_iter()
        .map(|(part, code)| {
            let part = part.to_owned();
            if code { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect::<Vec<_>>()
}

/// The parts of a sentence, and whether each is code. A backtick without another is a backtick.
fn parts(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) =
        rest.split_once('`').and_then(|(before, rest)| rest.split_once('`').map(|(code, after)| (before, code, after)))
    {
        parts.extend([(before, false), (code, true)]);
        rest = after;
    }
    parts.push((rest, false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_stands_between_backticks_is_code() {
        assert_eq!(parts("no `/` and `#`"), [("no ", false), ("/", true), (" and ", false), ("#", true)]);
        assert_eq!(parts("plain"), [("plain", false)]);
        assert_eq!(parts("one ` alone"), [("one ` alone", false)]);
        assert!(parts("").is_empty());
    }
}
