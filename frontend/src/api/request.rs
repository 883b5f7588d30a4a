//! A request and its answer, with the types of their endpoint put aside.

use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;

use shared::api::{Endpoint, Method};
use shared::problem::{Problem, ProblemCode};

use super::Freshness;
use super::transfer::transfer;

/// An answer as values of some endpoint's type.
type Value = Arc<dyn Any + Send + Sync>;

/// A request to one endpoint, ready to be sent.
#[derive(Clone)]
pub struct Request {
    method: Method,
    address: String,
    body: Option<String>,
    decode: fn(&str) -> Option<Value>,
}

impl Request {
    /// A request to an endpoint.
    pub fn of<E: Endpoint>(path: &E::Path, query: &E::Query, body: &E::Body) -> Self
    where
        E::Answer: Send + Sync + 'static,
    {
        let body = match E::METHOD {
            // Our bodies hold texts, numbers and lists: they can always be written. The server refuses an empty one.
            Method::Post => Some(serde_json::to_string(body).unwrap_or_default()),
            Method::Get | Method::Put | Method::Delete => None,
        };
        Self { method: E::METHOD, address: E::address(path, query), body, decode: decode::<E::Answer> }
    }

    /// Sends it with this bearer.
    // Boxed: who waits for it then holds a pointer instead of a copy of its whole state.
    pub fn exchange(
        self,
        bearer: Option<String>,
        freshness: Freshness,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Problem>>>> {
        Box::pin(async move {
            let text = transfer(self.method, &self.address, bearer, self.body, freshness).await?;
            // An answer without a body is JSON's `null`, which is Rust's `()`.
            let value = (self.decode)(if text.is_empty() { "null" } else { &text }).ok_or_else(unreadable)?;
            Ok(Answer { text: text.into(), value })
        })
    }
}

fn decode<T: serde::de::DeserializeOwned + Send + Sync + 'static>(text: &str) -> Option<Value> {
    let value: T = serde_json::from_str(text).ok()?;
    Some(Arc::new(value))
}

/// The answer is not what the endpoint promises.
pub fn unreadable() -> Problem {
    Problem::new(
        ProblemCode::Unexpected,
        "Headwater's answer could not be read. Reload the page: it may be older than the server.",
    )
}

/// An answer of some endpoint.
#[derive(Clone)]
pub struct Answer {
    text: Arc<str>,
    value: Value,
}

impl Answer {
    /// The answer as its endpoint's type; none for any other type.
    pub fn value<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.value.clone().downcast().ok()
    }

    /// When it was read from AWS, whole epoch seconds, where it says so.
    pub fn read_at(&self) -> Option<f64> {
        let (_, age) = self.text.rsplit_once(AGE)?;
        let seconds: String = age.chars().take_while(char::is_ascii_digit).collect();
        seconds.parse::<u32>().ok().map(f64::from)
    }

    /// Tells the same as another answer, but for when it was read.
    pub fn says_the_same(&self, other: &Self) -> bool {
        but_for_its_age(&self.text) == but_for_its_age(&other.text)
    }
}

/// How the last field of an answer begins that says when it, or a part of it, was read.
const AGE: &str = ",\"read_at\":";

/// The text before and after its last `read_at`. No name or text can hold it: their quotes are escaped.
fn but_for_its_age(text: &str) -> (&str, &str) {
    let Some((before, after)) = text.rsplit_once(AGE) else { return (text, "") };
    (before, after.find([',', '}']).map_or("", |end| &after[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Answer {
        Answer { text: text.into(), value: decode::<serde_json::Value>(text).unwrap() }
    }

    #[test]
    fn the_age_of_an_answer_is_no_difference() {
        assert!(answer(r#"{"a":1,"read_at":1.5}"#).says_the_same(&answer(r#"{"a":1,"read_at":2.5}"#)));
        assert!(!answer(r#"{"a":1,"read_at":1.5}"#).says_the_same(&answer(r#"{"a":2,"read_at":1.5}"#)));
        // What stands after it counts.
        let plan = |at: f64, said: &str| answer(&format!(r#"{{"now":{{"a":1,"read_at":{at}}},"said":"{said}"}}"#));
        assert!(plan(1.5, "yes").says_the_same(&plan(2.5, "yes")));
        assert!(!plan(1.5, "yes").says_the_same(&plan(1.5, "no")));
        assert!(!answer("[1]").says_the_same(&answer("[2]")));
    }

    #[test]
    fn an_answer_may_say_when_it_was_read() {
        assert_eq!(answer(r#"{"a":1,"read_at":1795435200.25}"#).read_at(), Some(1_795_435_200.0));
        assert_eq!(answer("[1]").read_at(), None);
    }

    #[test]
    fn a_name_cannot_pass_for_the_age() {
        let (one, two) = (r#"{"a":"x,\"read_at\":1"}"#, r#"{"a":"x,\"read_at\":2"}"#);
        assert!(!answer(one).says_the_same(&answer(two)));
    }

    #[test]
    fn an_answer_is_only_of_its_own_type() {
        let answer = Answer { text: "1".into(), value: decode::<u32>("1").unwrap() };
        assert_eq!(answer.value::<u32>().as_deref(), Some(&1));
        assert!(answer.value::<String>().is_none());
    }
}
