//! Lists come in pages. A page token names the last entry given, so that nothing is repeated or left out
//! when entries come and go between two pages.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::rules::constraint::PAGINATION_TOKEN;
use crate::wire::fault::Fault;
use crate::wire::member;

#[cfg(test)]
mod tests;

/// Largest `maxResults` of every list (service model).
const MOST: i64 = 1000;
/// Keys that are longer than this in a token's JSON, in bytes, are shortened, so that the token stays within the 2,000 characters
/// of the model.
const LONGEST_KEY: usize = 1000;
/// Length of the digest that makes a shortened key unique: SHA-256 in hex.
const DIGEST: usize = 64;

/// Which page of a list is asked for.
#[derive(Debug)]
pub(crate) struct Paging {
    limit: usize,
    binding: String,
    after: Option<String>,
}

/// One page, and what asks for the next.
#[derive(Debug)]
pub(crate) struct Page<T> {
    /// Its entries.
    pub(crate) items: Vec<T>,
    /// `nextToken`; absent on the last page.
    pub(crate) next: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Token {
    /// The list that the token belongs to: operation and filters.
    list: String,
    /// Key of the last entry given.
    after: String,
}

impl Paging {
    /// Checks `maxResults` and `nextToken` of a call. `filters` are all other members that choose what is listed.
    pub(crate) fn new(
        operation: &str,
        filters: &[[&str; 2]],
        limit: Option<i64>,
        token: Option<&str>,
        default: usize,
    ) -> Result<Self, Fault> {
        let binding = binding(operation, filters);
        let after = token.map(|token| read(token, &binding)).transpose()?;
        Ok(Self { limit: checked_limit(limit)?.unwrap_or(default), binding, after })
    }

    /// The page of `entries` asked for. Entries are put in the order of their keys, which must be unique.
    pub(crate) fn cut<T>(&self, entries: impl IntoIterator<Item = (String, T)>) -> Page<T> {
        let keyed = entries.into_iter().map(|(key, item)| (shorten(key), item));
        let mut left: Vec<_> = keyed.filter(|(key, _)| self.after.as_ref().is_none_or(|after| key > after)).collect();
        left.sort_by(|(a, _), (b, _)| a.cmp(b));
        let more = left.len() > self.limit;
        left.truncate(self.limit);
        let next = left.last().filter(|_| more).map(|(key, _)| self.token(key));
        Page { items: left.into_iter().map(|(_, item)| item).collect(), next }
    }

    fn token(&self, after: &str) -> String {
        let token = Token { list: self.binding.clone(), after: after.to_owned() };
        URL_SAFE_NO_PAD.encode(serde_json::json!(token).to_string())
    }
}

fn checked_limit(limit: Option<i64>) -> Result<Option<usize>, Fault> {
    let Some(limit) = limit else { return Ok(None) };
    let broken = match limit {
        ..1 => "Member must have value greater than or equal to 1",
        1..=MOST => return Ok(usize::try_from(limit).ok()),
        _ => "Member must have value less than or equal to 1000",
    };
    Err(member::violation(Some(&limit.to_string()), "maxResults", broken))
}

fn read(token: &str, binding: &str) -> Result<String, Fault> {
    member::checked(token, "nextToken", &PAGINATION_TOKEN)?;
    let decoded = URL_SAFE_NO_PAD.decode(token).ok();
    let read: Option<Token> = decoded.and_then(|text| serde_json::from_slice(&text).ok());
    let read = read.filter(|read| read.list == binding);
    read.map(|read| read.after).ok_or_else(|| Fault::invalid("The pagination token is not valid for this request"))
}

/// Names one list: the operation and what filters it.
fn binding(operation: &str, filters: &[[&str; 2]]) -> String {
    let mut filters = filters.to_vec();
    filters.sort_unstable();
    let text = serde_json::json!([operation, filters]).to_string();
    hex::encode(&Sha256::digest(text)[..12])
}

/// A long key keeps its beginning, for the order, and gets its digest, for being unique.
fn shorten(key: String) -> String {
    if beginning(&key, LONGEST_KEY).len() == key.len() {
        return key;
    }
    format!("{}{}", beginning(&key, LONGEST_KEY - DIGEST), hex::encode(Sha256::digest(&key)))
}

/// As much of `text` as has at most `most` bytes in JSON.
fn beginning(text: &str, most: usize) -> &str {
    let mut length = 0;
    let fits = |c: &char| {
        length += length_in_json(*c);
        length <= most
    };
    let end = text.chars().take_while(fits).map(char::len_utf8).sum();
    &text[..end]
}

/// Bytes of a character in a JSON text: control characters are escaped to six, some characters to two (RFC 8259, section 7).
fn length_in_json(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\x1f' => 6,
        _ => c.len_utf8(),
    }
}
