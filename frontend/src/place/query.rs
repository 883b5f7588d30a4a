//! The query of an address.

use shared::api::escape;

/// Keys and values of a query, in order.
#[derive(Debug, Default)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads what follows the `?`. A `+` is a plus: versions hold it, and no form writes our addresses.
    pub fn parse(query: &str) -> Self {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(key, value)| (unescape(key), unescape(value))).collect())
    }

    /// The first value of a key; an empty one counts as none.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Adds a pair.
    pub fn add(&mut self, key: &str, value: &str) {
        self.0.push((key.to_owned(), value.to_owned()));
    }

    /// Adds a pair where there is a value.
    pub fn add_some(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }

    /// The path with the query after it.
    pub fn after(&self, path: String) -> String {
        let pairs: Vec<String> = self.0.iter().map(|(key, value)| format!("{key}={}", escape(value))).collect();
        if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) }
    }
}

/// Undoes percent-encoding. What is not encoded well stays as it is.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let encoded = tail.get(..2).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let encoded = encoded.and_then(|hex| std::str::from_utf8(hex).ok());
        match encoded.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
