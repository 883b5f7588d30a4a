//! Secrets that stand after their key: `_authToken=…`, `"password": "…"`, `npmAuthToken: …`, `Authorization: …`.

use super::{Found, Secret, is_harmless, lines};

/// Ends of keys whose values are secret, in lower case and without `_`, `-` and `.`.
const ENDINGS: [(&str, Secret); 22] = [
    ("accesskeyid", Secret::AccessKey),
    ("secretaccesskey", Secret::SigningKey),
    ("secretkey", Secret::SigningKey),
    ("signature", Secret::SigningKey),
    ("privatekey", Secret::PrivateKey),
    ("credential", Secret::AccessKey),
    ("credentials", Secret::AccessKey),
    ("authident", Secret::Login),
    ("auth", Secret::Login),
    ("authorization", Secret::Token),
    ("token", Secret::Token),
    ("apikey", Secret::Token),
    ("accesskey", Secret::SigningKey),
    ("cookie", Secret::Token),
    ("password", Secret::Password),
    ("passwd", Secret::Password),
    ("passphrase", Secret::Password),
    ("passcode", Secret::Password),
    ("pwd", Secret::Password),
    ("pass", Secret::Password),
    ("secret", Secret::Password),
    ("otp", Secret::Password),
];

/// What a key's value is, where it is secret.
pub(super) fn kind(key: &str) -> Option<Secret> {
    if key.len() > 100 {
        return None;
    }
    let plain: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    ENDINGS.iter().find(|(ending, _)| plain.ends_with(ending)).map(|(_, secret)| *secret)
}

/// Longer than what may stand before the key of a setting, an address of npm's included.
const LONGEST_PLACE: usize = 500;

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut waiting: Option<Waiting> = None;
    for (start, line) in lines(text) {
        waiting = waiting.and_then(|waiting| waiting.take(start, line, found));
        if waiting.is_none() {
            waiting = in_line(text, start, line, found);
        }
    }
}

/// A key whose value is expected on the following, further indented lines.
#[derive(Clone, Copy)]
struct Waiting {
    secret: Secret,
    indent: usize,
    /// `>` or `|`: whatever stands there is the value.
    block: bool,
}

impl Waiting {
    /// Takes a line that belongs to the value, and goes on waiting.
    fn take(self, start: usize, line: &str, found: &mut Vec<Found>) -> Option<Self> {
        let value = line.trim();
        let is_pair = value.contains(": ") || value.contains(" = ") || value.ends_with(':');
        let other = !self.block && (is_pair || value.starts_with('<'));
        if value.is_empty() || indent(line) <= self.indent || other {
            return None;
        }
        if !is_harmless(value) {
            let at = start + indent(line);
            found.push(Found { at: at..at + value.len(), secret: self.secret });
        }
        Some(self)
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Every key of a line with its value. Tells when the last one's value is still to come.
fn in_line(text: &str, start: usize, line: &str, found: &mut Vec<Found>) -> Option<Waiting> {
    let mut after = 0;
    for (at, mark) in line.char_indices().filter(|(_, c)| matches!(c, '=' | ':')) {
        if at < after {
            continue;
        }
        let before = line[after..at].trim_end();
        let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
        let key_start = before
            .char_indices()
            .rev()
            .take(101)
            .take_while(|(_, c)| c.is_ascii_alphanumeric() || "_-.".contains(*c))
            .last()
            .map_or(before.len(), |(index, _)| index);
        let Some(secret) = kind(&before[key_start..]) else { continue };
        let rest = &line[at + mark.len_utf8()..];
        let value_at = line.len() - rest.trim_start().len();
        let value = &line[value_at..];
        if value.is_empty() || is_block(value) {
            return Some(Waiting { secret, indent: indent(line), block: !value.is_empty() });
        }
        let first = is_first(&line[..after + key_start]);
        let (skip, length) = extent(text, start + value_at, value, first);
        let at = start + value_at + skip;
        let value = &text[at..at + length];
        if is_harmless(value) && value.starts_with(['$', '`']) && value.contains(' ') {
            continue;
        }
        if !is_harmless(value) {
            found.push(Found { at: at..at + length, secret });
        }
        after = (at + length - start).min(line.len());
    }
    None
}

/// YAML's `>` and `|`, with what may follow them.
fn is_block(value: &str) -> bool {
    value.len() <= 3 && value.starts_with(['>', '|'])
}

/// Nothing stands before the key but what begins a setting: then the value goes to the end of the line.
fn is_first(before: &str) -> bool {
    if before.len() > LONGEST_PLACE {
        return false;
    }
    let before = before.trim_start_matches(|c: char| c.is_whitespace() || "#;-\"'>|+".contains(c));
    let words = ["", "export ", "set ", "setx ", "ENV ", "ARG ", "env ", "$env:", "$Env:", ":", "< ", "> "];
    words.contains(&before) || (before.starts_with("//") && before.ends_with(':') && !before.contains(' '))
}

/// How much of a value is the secret: bytes to leave at its beginning, and bytes to hide.
fn extent(text: &str, at: usize, value: &str, first: bool) -> (usize, usize) {
    for triple in ["\"\"\"", "'''"] {
        if value.starts_with(triple) {
            let inner = &text[at + 3..];
            return (3, inner.find(triple).unwrap_or(inner.len()));
        }
    }
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return (1, closing(&value[1..], quote));
    }
    if first {
        return (0, value.trim_end().len());
    }
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<'));
    let word = end.unwrap_or(value.len());
    // `Authorization: Bearer …` in the middle of a line: the scheme alone is not the secret.
    let schemes = ["bearer", "basic", "token", "digest", "aws4-hmac-sha256"];
    if schemes.iter().any(|scheme| value[..word].eq_ignore_ascii_case(scheme)) {
        let rest = &value[word..];
        let next = rest.trim_start();
        let length = next.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<')).unwrap_or(next.len());
        return (0, word + (rest.len() - next.len()) + length);
    }
    (0, word)
}

/// Bytes up to the closing quote; `\"` does not close. To the end where none closes.
pub(super) fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        match c {
            '\\' if quote == '"' && !escaped => escaped = true,
            c if c == quote && !escaped => return index,
            _ => escaped = false,
        }
    }
    text.len()
}
