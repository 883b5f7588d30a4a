//! Secrets that are known by their looks: tokens, access keys, bearers, long random texts.

use super::{Found, Secret};

/// Beginnings of well-known tokens: npm, GitHub, GitLab, PyPI.
const TOKEN_PREFIXES: [&str; 9] =
    ["npm_", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "pypi-", "rubygems_"];

/// Words that follow `Bearer` and `Basic` in sentences.
const NO_BEARERS: [&str; 8] =
    ["token", "tokens", "authentication", "authorization", "challenge", "credentials", "realm", "auth"];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let (mut at, mut before) = (0, "");
    while at < bytes.len() {
        if !is_run(bytes[at]) {
            at += 1;
            continue;
        }
        let end = bytes[at..].iter().position(|b| !is_run(*b)).map_or(bytes.len(), |length| at + length);
        // Runs are ASCII, so their ends are ends of characters.
        let run = &text[at..end];
        let scheme = ["bearer", "basic"].iter().any(|scheme| before.eq_ignore_ascii_case(scheme));
        let spaced = at > 0 && bytes[at - 1] == b' ';
        let after_aws = at >= 4 && &bytes[at - 4..at] == b"aws:" && (at < 5 || bytes[at - 5] != b':');
        if let Some(secret) = whole(run, scheme && spaced, after_aws) {
            found.push(Found { at: at..end, secret });
            at = wrapped(text, at, end, found);
        } else {
            pieces(at, run, found);
            at = end;
        }
        before = run;
    }
}

fn is_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.=+/~".contains(&byte)
}

/// What a run is as a whole, by its beginning and by what stands before it.
fn whole(run: &str, after_scheme: bool, after_aws: bool) -> Option<Secret> {
    if run.starts_with("eyJ") && run.len() >= 16 {
        return Some(Secret::Token);
    }
    if after_scheme && run.len() >= 8 {
        let word = run.trim_end_matches(['.', '=', '/']);
        let spoken = NO_BEARERS.iter().any(|known| word.eq_ignore_ascii_case(known)) || run.starts_with("realm=");
        return (!spoken).then_some(Secret::Token);
    }
    if after_aws && run.len() >= 20 && !run.contains("//") {
        return Some(Secret::Token);
    }
    let mixed = || run.bytes().any(|b| b.is_ascii_digit()) && run.bytes().any(|b| b.is_ascii_uppercase());
    let known = run.len() >= 20 && TOKEN_PREFIXES.iter().any(|prefix| run.starts_with(prefix)) && mixed();
    known.then_some(Secret::Token)
}

/// Parts of a run: access keys between other things, random texts in addresses and after `=`.
fn pieces(at: usize, run: &str, found: &mut Vec<Found>) {
    for (start, piece) in parts(run, |b| b != b'.' && b != b'~' && b != b'=') {
        if let Some(token) = piece.find("eyJ").filter(|token| piece.len() - token >= 30) {
            found.push(Found { at: at + start + token..at + run.len(), secret: Secret::Token });
        } else if is_random(piece) {
            found.push(Found { at: at + start..at + start + piece.len(), secret: Secret::Random });
        }
    }
    for (start, piece) in parts(run, |b| b.is_ascii_alphanumeric()) {
        let known = ["AKIA", "ASIA", "AROA", "AIDA", "ABIA", "ACCA"].iter().any(|prefix| piece.starts_with(prefix));
        if known
            && (16..=32).contains(&piece.len())
            && piece.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        {
            found.push(Found { at: at + start..at + start + piece.len(), secret: Secret::AccessKey });
        }
    }
    for (start, piece) in parts(run, |b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/') {
        if is_signing_key(piece) {
            found.push(Found { at: at + start..at + start + 40, secret: Secret::SigningKey });
        }
    }
}

fn parts(run: &str, belongs: impl Fn(u8) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    run.split(move |c: char| !u8::try_from(c).is_ok_and(&belongs)).map(move |piece| {
        let start = from;
        from += piece.len() + 1;
        (start, piece)
    })
}

fn has_all_kinds(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_uppercase())
        && text.bytes().any(|b| b.is_ascii_lowercase())
        && text.bytes().any(|b| b.is_ascii_digit())
}

/// Long, of capital and small letters and digits, and changing between them as no name and no path does.
fn is_random(piece: &str) -> bool {
    piece.len() >= 32 && has_all_kinds(piece) && changes(piece) * 3 >= piece.len()
}

/// An AWS secret access key has forty characters; of forty random ones, some twenty-five change the kind.
fn is_signing_key(piece: &str) -> bool {
    piece.len() == 40 && has_all_kinds(piece) && changes(piece) >= 8
}

/// How often a letter or digit is followed by one of another kind.
fn changes(text: &str) -> usize {
    let kind = |b: u8| match b {
        b'A'..=b'Z' => Some(0),
        b'a'..=b'z' => Some(1),
        b'0'..=b'9' => Some(2),
        _ => None,
    };
    let changes = |pair: &&[u8]| kind(pair[0]).zip(kind(pair[1])).is_some_and(|(one, other)| one != other);
    text.as_bytes().windows(2).filter(changes).count()
}

/// A token that a terminal broke into several lines: the lines after it that hold nothing but its letters belong to it.
/// Answers where to go on.
fn wrapped(text: &str, at: usize, mut end: usize, found: &mut Vec<Found>) -> usize {
    if text.as_bytes().get(end) != Some(&b'\n') {
        return end;
    }
    let mut line_start = text[..at].rfind('\n').map_or(0, |index| index + 1);
    while text.as_bytes().get(end) == Some(&b'\n') && end - line_start >= 60 {
        let next = &text[end + 1..];
        let length = next.bytes().position(|b| !is_run(b)).unwrap_or(next.len());
        if length == 0 || !matches!(next.as_bytes().get(length), None | Some(b'\n')) || next.starts_with("//") {
            break;
        }
        found.push(Found { at: end + 1..end + 1 + length, secret: Secret::Token });
        line_start = end + 1;
        end += 1 + length;
    }
    end
}
