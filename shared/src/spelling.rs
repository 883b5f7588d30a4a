//! Names that are not what they look like: invisible characters, direction overrides, look-alike letters.
//!
//! Package names are written by strangers. The page shows every such character by its code point and says why.

/// A part of a name as it should be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Plain printable ASCII.
    Plain(String),
    /// A printable character outside ASCII; shown, and marked.
    Foreign(char),
    /// A character that cannot be seen or changes how its neighbours are drawn; shown as its code point only.
    Hidden(char),
}

/// Splits a name into parts to show.
pub fn parts(name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for c in name.chars() {
        match (c, parts.last_mut()) {
            (' '..='~', Some(Part::Plain(text))) => text.push(c),
            (' '..='~', _) => parts.push(Part::Plain(c.to_string())),
            _ if is_hidden(c) => parts.push(Part::Hidden(c)),
            _ => parts.push(Part::Foreign(c)),
        }
    }
    parts
}

/// What a person should know before trusting a name by its looks; none for a plain ASCII name.
pub fn warning(name: &str) -> Option<&'static str> {
    if name.chars().any(is_hidden) {
        Some("This name holds characters that cannot be seen. It may not be the package it looks like.")
    } else if name.chars().any(is_look_alike) && name.chars().any(|c| c.is_ascii_alphabetic()) {
        Some("This name mixes alphabets that look alike. It may not be the package it looks like.")
    } else if !name.is_ascii() {
        Some("This name holds letters outside a to z.")
    } else {
        None
    }
}

/// The name with every character outside printable ASCII written as `\u{…}`, for copying.
pub fn escaped(name: &str) -> String {
    name.chars().fold(String::new(), |mut text, c| {
        if (' '..='~').contains(&c) {
            text.push(c)
        } else {
            text.push_str(&format!("\\u{{{:04x}}}", u32::from(c)))
        }
        text
    })
}

/// Controls, zero-width characters, direction marks, variation selectors, tags, and the blank letters.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0xE0000..=0xE0FFF)
        || c.is_whitespace() && c != ' '
}

/// Letters of the alphabets that share shapes with Latin: Greek, Cyrillic, Armenian, Cherokee, and full-width Latin.
fn is_look_alike(c: char) -> bool {
    matches!(u32::from(c), 0x0370..=0x03FF | 0x0400..=0x052F | 0x0530..=0x058F | 0x13A0..=0x13FF | 0xFF21..=0xFF5A | 0x1D400..=0x1D7FF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hidden_and_look_alike_characters_are_warned_about() {
        assert_eq!(warning("lodash"), None);
        assert!(warning("a\u{200b}b").unwrap().contains("cannot be seen"));
        assert!(warning("paypal\u{202e}gnp.exe").unwrap().contains("cannot be seen"));
        assert!(warning("l\u{043e}dash").unwrap().contains("look alike"));
        assert!(warning("größe").unwrap().contains("outside a to z"));
    }

    #[test]
    fn a_hidden_character_stands_alone() {
        assert_eq!(parts("a\u{202e}b"), [Part::Plain("a".into()), Part::Hidden('\u{202e}'), Part::Plain("b".into())]);
        assert_eq!(escaped("a\u{202e}b"), "a\\u{202e}b");
    }

    proptest! {
        #[test]
        fn no_character_is_lost(name in "\\PC{0,30}") {
            let joined: String = parts(&name)
                .into_iter()
                .map(|part| match part {
                    Part::Plain(text) => text,
                    Part::Foreign(c) | Part::Hidden(c) => c.to_string(),
                })
                .collect();
            prop_assert_eq!(joined, name);
        }
    }
}
