//! Values as the languages write them: those of a policy document, in the order of its text, and names of resources.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Flag(bool),
    /// A number, as JSON writes it.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Keys and values in their order.
    Map(Vec<(String, Self)>),
    /// The name of another resource, by that resource's identifier.
    NameOf(String),
}

impl Value {
    /// Reads a policy document; none for what is no JSON.
    pub fn document(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether a text or a key anywhere in it holds this.
    pub fn holds(&self, part: &str) -> bool {
        match self {
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::NameOf(_) => false,
            Self::Text(text) => text.contains(part),
            Self::List(values) => values.iter().any(|value| value.holds(part)),
            Self::Map(pairs) => pairs.iter().any(|(key, value)| key.contains(part) || value.holds(part)),
        }
    }
}

impl Value {
    /// Whether the name of this resource stands anywhere in it.
    pub fn names(&self, identifier: &str) -> bool {
        match self {
            Self::NameOf(one) => one == identifier,
            Self::List(values) => values.iter().any(|value| value.names(identifier)),
            Self::Map(pairs) => pairs.iter().any(|(_, value)| value.names(identifier)),
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::Text(_) => false,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Json)
    }
}

/// Builds a value from JSON. The map of `serde_json` would forget the order of its keys.
struct Json;

impl<'de> Visitor<'de> for Json {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Value::Map(pairs))
    }
}

/// A text as JSON, Python, TypeScript, HCL and a double-quoted YAML text all read it, but for what each of them
/// interpolates. All that some of them takes for a line end or refuses is escaped; letters are left as they are.
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if must_be_escaped(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Controls, the line ends of Unicode, the mark of byte order, what is no character; and what hides or turns text.
fn must_be_escaped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_document_keeps_the_order_of_its_text() {
        let document = Value::document(r#"{"b": [1, -2, 0.5, true, null], "a": {"x": "y"}}"#).unwrap();
        let Value::Map(pairs) = document else { panic!("{document:?}") };
        assert_eq!(pairs.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        let numbers = [Value::Number("1".into()), Value::Number("-2".into()), Value::Number("0.5".into())];
        assert_eq!(pairs[0].1, Value::List([&numbers[..], &[Value::Flag(true), Value::Null]].concat()));
        assert_eq!(Value::document("{"), None);
    }

    #[test]
    fn what_is_held_is_found_at_any_depth() {
        let document = Value::document(r#"{"a": [{"{{k": 1}, "{{resolve:x}}"]}"#).unwrap();
        assert!(document.holds("{{k") && document.holds("{{resolve:") && !document.holds("resolved"));
    }

    proptest! {
        #[test]
        fn a_quoted_text_is_json_of_one_line(text in "(\\PC|\\pC|\"|\\\\|\n){0,20}") {
            let quoted = quoted(&text);
            prop_assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
            let broken = quoted.contains(|c: char| c.is_control() || c == '\u{2028}');
            prop_assert!(!broken);
        }
    }
}
