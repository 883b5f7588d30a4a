//! Secrets that stand in a block of their own: private keys, XML elements and attributes.

use super::keys::kind;
use super::{Found, Secret, is_harmless};

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    private_keys(text, found);
    elements(text, found);
}

fn private_keys(text: &str, found: &mut Vec<Found>) {
    let mut from = 0;
    while let Some(begin) = text[from..].find("-----BEGIN ").map(|index| from + index) {
        let after = begin + "-----BEGIN ".len();
        let header = text[after..].find("-----").map_or(text.len(), |index| after + index + 5);
        from = header;
        if !text[after..header].contains("PRIVATE KEY") {
            continue;
        }
        let end = text[header..].find("-----END ").map_or(text.len(), |index| header + index);
        if !is_harmless(text[header..end].trim()) {
            found.push(Found { at: header..end, secret: Secret::PrivateKey });
        }
        from = end;
    }
}

/// `<password>…</password>`, and `<add key="ClearTextPassword" value="…" />`, in whatever order.
fn elements(text: &str, found: &mut Vec<Found>) {
    // Between <apikeys> and its end, the values are keys that may publish.
    let mut publishing_keys = false;
    // What has been hidden is not looked at again: that keeps it one pass.
    let mut done = 0;
    for (open, _) in text.match_indices('<') {
        if open < done {
            continue;
        }
        let rest = &text[open + 1..];
        let name =
            &rest[..rest.bytes().position(|b| !b.is_ascii_alphanumeric() && !b"_.:-/".contains(&b)).unwrap_or(0)];
        match name.to_ascii_lowercase().as_str() {
            "" => continue,
            "apikeys" => publishing_keys = true,
            "/apikeys" => publishing_keys = false,
            _ => {}
        }
        let (attributes, length) = attributes(&rest[name.len()..], open + 1 + name.len());
        if name.eq_ignore_ascii_case("add") {
            let key = attributes.iter().find(|one| one.name.eq_ignore_ascii_case("key")).map(|one| one.value);
            let secret = key.and_then(kind).or(publishing_keys.then_some(Secret::Token));
            let value = attributes.iter().find(|one| one.name.eq_ignore_ascii_case("value"));
            if let (Some(secret), Some(value)) = (secret, value.filter(|value| !is_harmless(value.value))) {
                found.push(Found { at: value.at..value.at + value.value.len(), secret });
            }
        } else if let Some(secret) = kind(name).filter(|_| !name.starts_with('/')) {
            let from = open + 1 + name.len() + length;
            let closing = text[from..].find("</").map_or(text.len(), |index| from + index);
            done = closing;
            let value = text[from..closing].trim();
            if !is_harmless(value) {
                let at = closing - text[from..closing].trim_start().len();
                found.push(Found { at: at..at + value.len(), secret });
            }
        }
    }
}

struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    /// Where the value begins in the text.
    at: usize,
}

/// The attributes of a tag, and how long it is with its `>`. A tag has few of them.
fn attributes(tag: &str, start: usize) -> (Vec<Attribute<'_>>, usize) {
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < 20 {
        let Some(next) = tag[at..].find(['=', '>', '<']).map(|index| at + index) else { break };
        if !tag[next..].starts_with('=') {
            return (found, if tag[next..].starts_with('>') { next + 1 } else { next });
        }
        let name = tag[at..next].trim();
        let rest = tag[next + 1..].trim_start();
        let value_at = tag.len() - rest.len();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            at = next + 1;
            continue;
        };
        let length = rest[1..].find(quote).unwrap_or(rest.len() - 1);
        found.push(Attribute { name, value: &rest[1..1 + length], at: start + value_at + 1 });
        at = (value_at + length + 2).min(tag.len());
    }
    (found, at)
}
