//! Secrets on command lines and in word lists: `--password …`, `-u user:…`, `npm config set …:_authToken …`, netrc.

use super::keys::{closing, kind};
use super::{Found, Secret, is_harmless, lines};

/// A word of a line: where it stands in the text, and what it says without its quotes.
struct Word<'a> {
    at: usize,
    text: &'a str,
}

/// More words than any command line has: what follows them is looked at by the other scans.
const MOST_WORDS: usize = 2000;

/// What a line speaks of: some options are secrets of some programs only.
struct About {
    twine: bool,
    push: bool,
    machine: bool,
    cargo_login: bool,
}

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    for (start, line) in lines(text) {
        let about = About {
            twine: line.contains("twine"),
            push: line.contains("push"),
            machine: line.contains("machine "),
            cargo_login: line.contains("cargo login"),
        };
        let words = split(start, line);
        for (index, word) in words.iter().enumerate() {
            let before: Vec<&str> = words[..index].iter().rev().take(3).map(|word| word.text).collect();
            if let Some((skip, secret)) = secret_word(&about, &before, word.text, words.len(), index)
                && !is_harmless(&word.text[skip..])
            {
                found.push(Found { at: word.at + skip..word.at + word.text.len(), secret });
            }
        }
    }
}

/// Whether a word is a secret by the words before it, nearest first; and how many of its bytes are none.
fn secret_word(about: &About, before: &[&str], word: &str, words: usize, index: usize) -> Option<(usize, Secret)> {
    let nearest = *before.first()?;
    let option = nearest.starts_with('-');
    let name = nearest.trim_start_matches('-');
    // `--user name:password`, as curl has it.
    if option && matches!(name, "u" | "user" | "proxy-user" | "U") {
        return word.find(':').map(|colon| (colon + 1, Secret::Password));
    }
    if option && !name.contains('=') && !word.starts_with("--") {
        let short = (name == "p" && about.twine) || (name == "k" && about.push);
        if let Some(secret) = kind(name).or(short.then_some(Secret::Password)) {
            return Some((0, secret));
        }
    }
    // `npm config set KEY VALUE`, `aws configure set KEY VALUE`, `gem … KEY VALUE`
    if before.get(1).is_some_and(|word| *word == "set") && !nearest.contains('=') {
        let key = nearest.rsplit(':').next().unwrap_or(nearest);
        if let Some(secret) = kind(key) {
            return Some((0, secret));
        }
    }
    // netrc: `machine HOST login NAME password SECRET`, also on lines of their own.
    if nearest == "password" && (words == 2 || before.get(2) == Some(&"login") || about.machine) {
        return Some((0, Secret::Password));
    }
    // `poetry config http-basic.NAME USER SECRET`, `poetry config pypi-token.NAME SECRET`
    if before.get(1).is_some_and(|word| word.starts_with("http-basic.")) {
        return Some((0, Secret::Password));
    }
    if nearest.starts_with("pypi-token.") || nearest.starts_with("http-bearer.") {
        return Some((0, Secret::Token));
    }
    // `cargo login SECRET`
    let logs_in = about.cargo_login && index >= 2 && !word.starts_with('-') && word != "login";
    (logs_in && nearest != "--registry" && nearest != "cargo").then_some((0, Secret::Token))
}

fn split(start: usize, line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < MOST_WORDS {
        let rest = &line[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let Some(first) = trimmed.chars().next() else { break };
        if matches!(first, '"' | '\'') {
            let length = closing(&trimmed[1..], first);
            words.push(Word { at: start + at + 1, text: &trimmed[1..1 + length] });
            at += (length + 2).min(trimmed.len());
        } else {
            let length = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
            words.push(Word { at: start + at, text: &trimmed[..length] });
            at += length;
        }
    }
    words
}
