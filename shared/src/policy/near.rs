//! The word that was probably meant.

/// The nearest of the words, if one is near enough to have been meant. Case does not count.
pub(super) fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = word.to_ascii_lowercase();
    let (distance, nearest) = words
        .into_iter()
        .map(|candidate| (distance(&given, &candidate.to_ascii_lowercase()), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    // Half of the word may be wrong: more, and the offer would be a guess.
    (distance <= (given.chars().count() / 2).max(1)).then_some(nearest)
}

/// Levenshtein's distance: how many characters must be put in, taken out or replaced. Two neighbours that changed places
/// count two.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_near_and_another_word_is_not() {
        let words = ["ReadFromRepository", "ListPackages", "DeletePackage"];
        assert_eq!(nearest("ReadFromRepo", words), Some("ReadFromRepository"));
        assert_eq!(nearest("listpackage", words), Some("ListPackages"));
        assert_eq!(nearest("Shout", words), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
