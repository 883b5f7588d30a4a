//! Names and passwords inside addresses: `https://aws:…@host/`.

use super::{Found, Secret, is_harmless};

/// User names that are no secrets: what CodeArtifact and others have everybody call themselves.
const KNOWN_USERS: [&str; 5] = ["aws", "token", "__token__", "git", "user"];

/// Longer than any address with a token in it, bytes.
const LONGEST: usize = 8192;

/// Text without white space that holds addresses.
#[derive(Default)]
struct Region {
    end: usize,
    /// The last `@` in it that something like a host follows.
    host: Option<usize>,
}

impl Region {
    fn at(text: &str, from: usize) -> Self {
        let mut most = text.len().min(from + LONGEST);
        while !text.is_char_boundary(most) {
            most -= 1;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>');
        let end = text[from..most].find(ends).map_or(most, |length| from + length);
        let hosts = text[from..end].rmatch_indices('@').map(|(at, _)| from + at);
        Self { end, host: hosts.take(MOST_SIGNS).find(|at| looks_like_host(&text[at + 1..end])) }
    }
}

/// How many `@` of an address are looked at.
const MOST_SIGNS: usize = 50;

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    // Each region is measured once, and what has been hidden is not looked at again: that keeps it one pass.
    let (mut region, mut done) = (Region::default(), 0);
    for (scheme_end, _) in text.match_indices("://") {
        let from = scheme_end + 3;
        if from < done {
            continue;
        }
        if from >= region.end {
            region = Region::at(text, from);
        }
        if let Some(end) = user_info(text, from, &region) {
            hide(from, &text[from..end], found);
            done = end;
        }
    }
}

/// Where name and password end, if any stand before the host. A password may hold `/`, `#` and `@`, though it should
/// not: then the host is what follows the last `@` and looks like one.
fn user_info(text: &str, from: usize, region: &Region) -> Option<usize> {
    let rest = text.get(from..region.end)?;
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = region.host.filter(|at| *at >= from);
    if authority.contains('@') {
        return host.or(authority.rfind('@').map(|at| from + at));
    }
    match authority.split_once(':').filter(|_| !authority.starts_with('[')) {
        None => None,
        // The password begins with `/`, or with digits and goes on with it; else what follows the colon is a port.
        Some((user, port)) if port.bytes().all(|b| b.is_ascii_digit()) => {
            let no_host = !user.contains('.') && user != "localhost";
            let no_path = !rest[authority.len()..].starts_with('/');
            host.filter(|_| port.is_empty() || no_host || no_path)
        }
        // A password whose host was cut off: all of it.
        Some(_) => Some(host.unwrap_or(region.end)),
    }
}

fn looks_like_host(text: &str) -> bool {
    let host = &text[..text.find(['/', ':', '?', '#', '@', '\'', ',', ')']).unwrap_or(text.len())];
    let shape = host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    shape && (host.contains('.') || host == "localhost" || text.starts_with('['))
}

fn hide(from: usize, info: &str, found: &mut Vec<Found>) {
    let (user, password) = match info.split_once(':') {
        Some((user, password)) => (user, Some(password)),
        None => (info, None),
    };
    if !KNOWN_USERS.contains(&user) && !is_harmless(user) {
        found.push(Found { at: from..from + user.len(), secret: Secret::Login });
    }
    if let Some(password) = password.filter(|password| !is_harmless(password)) {
        let at = from + info.len() - password.len();
        found.push(Found { at: at..at + password.len(), secret: Secret::Token });
    }
}
