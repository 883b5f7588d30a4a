//! Patterns with `*` (any text, also none) and `?` (one character), as in the IAM user guide, *Using wildcards*.

/// Whether a pattern holds a wildcard.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// `*`
    Any,
    /// `?`
    One,
    /// A character that stands for itself, also `*` and `?` where they come from a policy variable.
    Same(char),
}

/// The pieces of a pattern without variables.
pub fn pieces(pattern: &str) -> Vec<Piece> {
    let piece = |c| match c {
        '*' => Piece::Any,
        '?' => Piece::One,
        c => Piece::Same(c),
    };
    pattern.chars().map(piece).collect()
}

/// Whether the whole text is what the pattern describes. A `*` goes over `:` and `/` too.
pub fn matches(pattern: &str, text: &str) -> bool {
    fits(&pieces(pattern), text)
}

/// [`matches()`] for a pattern in pieces.
pub fn fits(pattern: &[Piece], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    // Where the last `*` stands, and how far it has eaten: going back there once for each character of the text keeps the
    // work at pattern × text at worst.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(Piece::Any) => {
                star = Some((p, t));
                p += 1;
            }
            Some(&piece) if piece == Piece::One || piece == Piece::Same(text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, eaten)) => {
                    star = Some((at, eaten + 1));
                    p = at + 1;
                    t = eaten + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|piece| *piece == Piece::Any)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, word for word: slow and plain.
    fn reference(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|n| reference(rest, &text[n..])),
            Some((c, rest)) => {
                text.split_first().is_some_and(|(d, more)| (*c == '?' || c == d) && reference(rest, more))
            }
        }
    }

    #[test]
    fn a_star_is_any_text_and_a_question_mark_one_character() {
        assert!(matches("codeartifact:Get*", "codeartifact:GetDomain"));
        assert!(matches("*", "") && matches("a*", "a") && matches("?", "/") && matches("a*/c", "a/b/c"));
        assert!(!matches("?", "") && !matches("a?c", "ac") && !matches("a*c", "ab"));
    }

    proptest! {
        #[test]
        fn matching_is_what_its_definition_says(pattern in "[ab*?]{0,8}", text in "[ab]{0,10}") {
            let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(matches(&pattern, &text), reference(&p, &t));
        }
    }
}
