//! HCL as `terraform fmt` lays it out: two blanks a level, and the equals signs of neighbouring lines in one column.
//!
//! The rule for the column (hclwrite, `format.go`): lines that are whole assignments and follow each other. A line that
//! opens a bracket for the next ones is none of them, and ends the row; so does an empty line.

use super::super::value::{Value, quoted};

/// The body of a block or of a file.
#[derive(Debug, Default)]
pub struct Body {
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    Remark(String),
    /// A key, and the lines of its value.
    Attribute(String, Vec<String>),
    Block(String, Body),
}

impl Body {
    /// A comment of one line before what comes next.
    pub fn remark(&mut self, text: &str) {
        self.items.push(Item::Remark(text.to_owned()));
    }

    /// `name = value`.
    pub fn attribute(&mut self, name: &str, value: &Value) {
        self.items.push(Item::Attribute(name.to_owned(), lines(value)));
    }

    /// `name = function(value)`.
    pub fn call(&mut self, name: &str, function: &str, value: &Value) {
        let mut lines = lines(value);
        if let Some(first) = lines.first_mut() {
            *first = format!("{function}({first}");
        }
        if let Some(last) = lines.last_mut() {
            last.push(')');
        }
        self.items.push(Item::Attribute(name.to_owned(), lines));
    }

    /// `name = expression`, such as the name of another resource.
    pub fn expression(&mut self, name: &str, expression: &str) {
        self.items.push(Item::Attribute(name.to_owned(), vec![expression.to_owned()]));
    }

    /// `head { … }`.
    pub fn block(&mut self, head: &str, body: Self) {
        self.items.push(Item::Block(head.to_owned(), body));
    }

    /// The text of a file.
    pub fn text(&self) -> String {
        self.lines().into_iter().map(|line| line + "\n").collect()
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut row = Row::default();
        for (place, item) in self.items.iter().enumerate() {
            match item {
                Item::Remark(text) => {
                    row.end(&mut lines);
                    lines.push(format!("# {text}"));
                }
                Item::Attribute(name, value) => row.add(name, value, &mut lines),
                Item::Block(head, body) => {
                    row.end(&mut lines);
                    if place > 0 {
                        lines.push(String::new());
                    }
                    lines.push(format!("{head} {{"));
                    lines.extend(body.lines().into_iter().map(indented));
                    lines.push("}".to_owned());
                }
            }
        }
        row.end(&mut lines);
        lines
    }
}

/// Neighbouring lines whose equals signs stand in one column.
#[derive(Debug, Default)]
struct Row {
    pairs: Vec<(String, String)>,
}

impl Row {
    fn add(&mut self, name: &str, value: &[String], lines: &mut Vec<String>) {
        match value {
            [whole] => self.pairs.push((name.to_owned(), whole.clone())),
            several => {
                self.end(lines);
                let mut several = several.iter();
                lines.extend(several.next().map(|first| format!("{name} = {first}")));
                lines.extend(several.cloned());
            }
        }
    }

    fn end(&mut self, lines: &mut Vec<String>) {
        let widest = self.pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in self.pairs.drain(..) {
            lines.push(format!("{name}{} = {value}", " ".repeat(widest - name.chars().count())));
        }
    }
}

/// The lines of a value.
fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Null => vec!["null".to_owned()],
        Value::Flag(flag) => vec![flag.to_string()],
        Value::Number(number) => vec![number.clone()],
        Value::Text(text) => vec![string(text)],
        Value::NameOf(expression) => vec![expression.clone()],
        Value::List(values) if values.is_empty() => vec!["[]".to_owned()],
        Value::List(values) => {
            let mut out = vec!["[".to_owned()];
            for value in values {
                let mut value = lines(value);
                if let Some(last) = value.last_mut() {
                    last.push(',');
                }
                out.extend(value.into_iter().map(indented));
            }
            out.push("]".to_owned());
            out
        }
        Value::Map(pairs) if pairs.is_empty() => vec!["{}".to_owned()],
        Value::Map(pairs) => {
            let mut out = vec!["{".to_owned()];
            out.extend(entries(pairs).into_iter().map(indented));
            out.push("}".to_owned());
            out
        }
    }
}

/// The entries of a map. `fmt` counts what readers see as one letter, which may be several characters: where a key has
/// any but plain ones, each entry stands apart and there is nothing to count.
fn entries(pairs: &[(String, Value)]) -> Vec<String> {
    let apart = pairs.iter().any(|(key, _)| !key.is_ascii());
    let (mut out, mut row) = (Vec::new(), Row::default());
    for (place, (key, value)) in pairs.iter().enumerate() {
        if apart && place > 0 {
            row.end(&mut out);
            out.push(String::new());
        }
        row.add(&key_text(key), &lines(value), &mut out);
    }
    row.end(&mut out);
    out
}

/// Words that stand for something else where they are bare.
const WORDS: [&str; 5] = ["true", "false", "null", "for", "if"];

/// A key: bare where it is an identifier.
fn key_text(key: &str) -> String {
    let bare = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !WORDS.contains(&key);
    if bare { key.to_owned() } else { string(key) }
}

/// A text without interpolation.
fn string(text: &str) -> String {
    quoted(text).replace("${", "$${").replace("%{", "%%{")
}

fn indented(line: String) -> String {
    if line.is_empty() { line } else { format!("  {line}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A quoted text as Terraform reads it; none where it would interpolate.
    fn read(text: &str) -> Option<String> {
        let mut rest: &str = &serde_json::from_str::<String>(text).ok()?;
        let mut out = String::new();
        while let Some(c) = rest.chars().next() {
            let escaped = rest.starts_with("$${") || rest.starts_with("%%{");
            if !escaped && (rest.starts_with("${") || rest.starts_with("%{")) {
                return None;
            }
            out.push(c);
            rest = &rest[if escaped { 2 } else { c.len_utf8() }..];
        }
        Some(out)
    }

    proptest! {
        #[test]
        fn no_text_is_interpolated(text in "([$%{}\"\\\\\n]|\\PC){0,12}") {
            prop_assert_eq!(read(&string(&text)), Some(text));
        }
    }

    #[test]
    fn equals_signs_of_neighbouring_lines_stand_in_one_column() {
        let mut body = Body::default();
        body.attribute("a", &Value::text("x"));
        body.attribute("long", &Value::Flag(true));
        body.attribute("list", &Value::List(vec![Value::Null, Value::List(vec![])]));
        body.attribute("empty", &Value::Map(vec![]));
        let keys = ["plain", "for", "größe"].map(|key| (key.to_owned(), Value::Number("1".into())));
        body.call("b", "jsonencode", &Value::Map(keys.to_vec()));
        let mut file = Body::default();
        file.block("resource \"x\" \"y\"", body);
        assert_eq!(
            file.text(),
            "resource \"x\" \"y\" {\n  a    = \"x\"\n  long = true\n  list = [\n    null,\n    [],\n  ]\n  empty = {}\n  b = jsonencode({\n    plain = 1\n\n    \"for\" = 1\n\n    \"größe\" = 1\n  })\n}\n"
        );
    }
}
