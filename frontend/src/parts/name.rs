//! Names that strangers wrote: shown so that they cannot pretend.

use leptos::prelude::*;
use shared::spelling::{self, Part};

use crate::ui::{Glyph, Icon};

/// How many characters at the end of a long name are always shown.
const TAIL: usize = 10;

/// From this length on a name may be cut in the middle, where there is no room for it.
const LONG: usize = 20;

/// A name as text. Hidden characters appear as their code points, look-alike letters are marked, a long name is cut in
/// the middle where there is no room, and the whole of it appears on hover and when it is copied.
#[component]
pub fn Name(#[prop(into)] text: String) -> impl IntoView {
    let warning = spelling::warning(&text);
    let title = match warning {
        Some(warning) => format!("{}\n{warning}", spelling::escaped(&text)),
        None => text.clone(),
    };
    let shown = match (warning, cut(&text)) {
        (Some(_), _) => spelling::parts(&text).into_iter().map(part).collect::<Vec<_>>().into_any(),
        (None, Some((head, tail))) => {
            let (head, tail) = (head.to_owned(), tail.to_owned());
            // Whoever listens hears the whole name: two boxes side by side would be read with a gap between them.
            view! {
                <span class="visually-hidden">{text.clone()}</span>
                <span class="name__head" aria-hidden="true">{head}</span>
                <span class="name__tail" aria-hidden="true">{tail}</span>
            }
            .into_any()
        }
        (None, None) => text.into_any(),
    };
    view! {
        <bdi class="name" title=title>
            {shown}
            {warning.map(|warning| view! {
                <span class="name__warning"><Icon glyph=Glyph::Warning /><span class="visually-hidden">{warning}</span></span>
            })}
        </bdi>
    }
}

/// Prose that a stranger wrote: it keeps its own direction, and hidden characters appear as their code points.
#[component]
pub fn Words(#[prop(into)] text: String) -> impl IntoView {
    let parts = spelling::parts(&text).into_iter().map(|one| match one {
        // Prose in another alphabet is nothing to warn of.
        Part::Foreign(letter) => letter.to_string().into_any(),
        other => part(other),
    });
    view! { <bdi class="words">{parts.collect::<Vec<_>>()}</bdi> }
}

/// Beginning and end of a name that is long enough to be cut between them.
fn cut(text: &str) -> Option<(&str, &str)> {
    let length = text.chars().count();
    if length < LONG {
        return None;
    }
    text.char_indices().nth(length - TAIL).map(|(at, _)| text.split_at(at))
}

fn part(part: Part) -> AnyView {
    match part {
        Part::Plain(text) => text.into_any(),
        Part::Foreign(letter) => view! { <span class="name__foreign">{letter.to_string()}</span> }.into_any(),
        Part::Hidden(hidden) => {
            let code = format!("U+{:04X}", u32::from(hidden));
            view! { <span class="name__hidden">{code}</span> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_name_is_never_cut() {
        assert_eq!(cut("@acme/ui"), None);
    }

    proptest! {
        #[test]
        fn a_cut_name_is_still_the_whole_name(text in "\\PC{20,60}") {
            let (head, tail) = cut(&text).unwrap();
            prop_assert_eq!(format!("{head}{tail}"), text.clone());
            prop_assert_eq!(tail.chars().count(), TAIL);
        }
    }
}
