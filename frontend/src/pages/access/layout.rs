//! White space of a policy: laid out for reading, with every word and the order of everything left as they are.

use serde::de::IgnoredAny;

/// The text with one member a line; none if it is not JSON. Only white space between words changes.
pub fn tidy(text: &str) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut out = String::with_capacity(text.len() * 2);
    let (mut depth, mut just_opened, mut quoted, mut escaped) = (0_usize, false, false, false);
    for c in text.chars() {
        if quoted {
            out.push(c);
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        if c.is_ascii_whitespace() {
            continue;
        }
        let closes = matches!(c, '}' | ']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        // What is empty stays on its line.
        if just_opened != closes {
            line(&mut out, depth);
        }
        just_opened = false;
        out.push(c);
        match c {
            '{' | '[' => {
                depth += 1;
                just_opened = true;
            }
            ',' => line(&mut out, depth),
            ':' => out.push(' '),
            '"' => quoted = true,
            _ => {}
        }
    }
    Some(out)
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

/// A policy as it is edited: laid out if it stands on one line, else as it is.
pub fn for_editing(document: &str) -> String {
    let on_one_line = !document.trim().contains('\n');
    on_one_line.then(|| tidy(document)).flatten().unwrap_or_else(|| document.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_policy_is_laid_out_and_its_order_stays() {
        let text = r#"{"Version":"2012-10-17", "Statement" :[{"Sid":"a: {b, \"c\"} \\","Action":["x","y"],"Empty":[ ],"None":{}}]}"#;
        assert_eq!(
            tidy(text).unwrap(),
            "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Sid\": \"a: {b, \\\"c\\\"} \\\\\",\n      \"Action\": [\n        \"x\",\n        \"y\"\n      ],\n      \"Empty\": [],\n      \"None\": {}\n    }\n  ]\n}"
        );
    }

    #[test]
    fn what_is_not_json_is_left_alone() {
        assert_eq!(tidy(r#"{"Sid: "a  b"}"#), None);
        assert_eq!(for_editing(r#"{"Sid: "a  b"}"#), r#"{"Sid: "a  b"}"#);
        assert_eq!(for_editing("{\n\"a\":1}"), "{\n\"a\":1}");
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,8}[\"\\\\ \n:,{}\\[\\]]{0,4}".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("\\PC{0,6}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_tidy_text_says_the_same_and_stays_as_it_is(value in json()) {
            let tidied = tidy(&value.to_string()).unwrap();
            prop_assert_eq!(serde_json::from_str::<Value>(&tidied).unwrap(), value);
            prop_assert_eq!(tidy(&tidied).unwrap(), tidied);
        }
    }
}
