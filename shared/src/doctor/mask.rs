//! Hiding secrets in a pasted text, before it is shown, kept or read any further.
//!
//! Several plain scans look for secrets by what stands before them (a key, a flag, `https://user:`), by what they look
//! like (`eyJ…`, `AKIA…`, long random runs) and by the block they stand in (PEM, XML). Each goes through the text once
//! and looks ahead a bounded way, so that no text makes them slow. What two of them find is hidden once. Rather too much is hidden than too
//! little: a hidden checksum harms nobody.

mod blocks;
mod keys;
mod runs;
mod urls;
mod words;

use std::ops::Range;

/// What kind of secret was hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Secret {
    /// An authorization token: CodeArtifact's, a bearer, a personal access token.
    Token,
    /// A password, and what is given as one.
    Password,
    /// An AWS access key id.
    AccessKey,
    /// A secret that signs, such as an AWS secret access key.
    SigningKey,
    /// A user name that may be a secret itself, or a name and password in one.
    Login,
    /// A private key.
    PrivateKey,
    /// A long random text that says nothing about itself.
    Random,
}

impl Secret {
    /// All of them, in the order they are told.
    pub const ALL: [Self; 7] =
        [Self::Token, Self::Password, Self::AccessKey, Self::SigningKey, Self::Login, Self::PrivateKey, Self::Random];

    /// What stands in its place. Holds no white space, so that it is one word as the secret was.
    pub fn marker(self) -> &'static str {
        match self {
            Self::Token => "‹hidden-token›",
            Self::Password => "‹hidden-password›",
            Self::AccessKey => "‹hidden-access-key›",
            Self::SigningKey => "‹hidden-signing-key›",
            Self::Login => "‹hidden-login›",
            Self::PrivateKey => "‹hidden-private-key›",
            Self::Random => "‹hidden-text›",
        }
    }

    /// What it is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Password => "password",
            Self::AccessKey => "access key id",
            Self::SigningKey => "signing key",
            Self::Login => "login",
            Self::PrivateKey => "private key",
            Self::Random => "random text",
        }
    }
}

/// A text whose secrets are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text, with a marker in the place of each secret.
    pub text: String,
    /// How many markers of which kind it holds.
    pub hidden: Vec<(Secret, usize)>,
}

impl Masked {
    /// How many secrets are hidden.
    pub fn count(&self) -> usize {
        self.hidden.iter().map(|(_, number)| number).sum()
    }
}

/// A secret and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    at: Range<usize>,
    secret: Secret,
}

/// Hides the secrets of a text. Lines stay where they are. What is hidden already stays as it is.
pub fn mask(text: &str) -> Masked {
    let mut found = Vec::new();
    blocks::find(text, &mut found);
    keys::find(text, &mut found);
    words::find(text, &mut found);
    urls::find(text, &mut found);
    runs::find(text, &mut found);
    let text = hide(text, merge(found));
    let hidden = Secret::ALL.into_iter().map(|secret| (secret, text.matches(secret.marker()).count()));
    Masked { hidden: hidden.filter(|(_, number)| *number > 0).collect(), text }
}

/// In order, each place once. Of what overlaps, the first that was found says what it is.
fn merge(mut found: Vec<Found>) -> Vec<Found> {
    found.retain(|one| !one.at.is_empty());
    found.sort_by_key(|one| one.at.start);
    let mut merged: Vec<Found> = Vec::new();
    for one in found {
        match merged.last_mut() {
            Some(last) if one.at.start < last.at.end => last.at.end = last.at.end.max(one.at.end),
            _ => merged.push(one),
        }
    }
    merged
}

fn hide(text: &str, found: Vec<Found>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for one in found {
        shown.push_str(&text[from..one.at.start]);
        shown.push_str(one.secret.marker());
        // A secret of several lines leaves as many lines behind.
        shown.extend(text[one.at.clone()].chars().filter(|c| *c == '\n'));
        from = one.at.end;
    }
    shown.push_str(&text[from..]);
    shown
}

/// A line without its line break, and where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split('\n').map(move |line| {
        let start = from;
        from += line.len() + 1;
        (start, line)
    })
}

/// A value that is no secret: nothing, a reference to one that stands elsewhere, a switch, or a marker of ours.
fn is_harmless(value: &str) -> bool {
    let value = value.trim();
    value.is_empty() || is_reference(value) || is_switch(value) || is_marker(value)
}

fn is_marker(value: &str) -> bool {
    Secret::ALL.into_iter().any(|secret| secret.marker() == value)
}

fn is_switch(value: &str) -> bool {
    ["true", "false", "null", "none", "yes", "no"].iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// A value that only names where the secret stands: `${TOKEN}`, `${env.TOKEN}`, `${{ secrets.TOKEN }}`, `$AUTH_TOKEN`,
/// `%AUTH_TOKEN%`, or a command of the aws CLI that gets it.
pub(super) fn is_reference(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    if value.starts_with("$(aws ") || value.starts_with("`aws ") {
        return true;
    }
    reference(value).is_some()
}

/// The name that a reference holds.
pub(super) fn reference(value: &str) -> Option<&str> {
    let value = value.trim().trim_matches(['"', '\'']);
    let is_name = |name: &&str| {
        !name.is_empty()
            && name.len() <= 80
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
    };
    // A bare `$NAME` may as well be a password that begins with a dollar sign: its name has to speak of one.
    let speaks = |name: &&str| {
        name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
            && ["TOKEN", "PASS", "SECRET", "KEY", "AUTH"].iter().any(|word| name.contains(word))
    };
    if let Some(inner) = value.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")) {
        return Some(inner.trim()).filter(is_name);
    }
    if let Some(inner) = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        let name = inner.strip_suffix(":-").or(inner.strip_suffix('-')).unwrap_or(inner);
        return Some(name.strip_suffix('?').unwrap_or(name)).filter(is_name);
    }
    if let Some(inner) = value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')) {
        return Some(inner).filter(is_name).filter(speaks);
    }
    let bare = value.strip_prefix("$env:").or(value.strip_prefix('$'))?;
    Some(bare).filter(is_name).filter(speaks)
}

#[cfg(test)]
mod tests;
