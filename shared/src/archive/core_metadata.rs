//! Python core metadata: `METADATA` of a wheel and `PKG-INFO` of a source archive
//! (<https://packaging.python.org/en/latest/specifications/core-metadata/>).

use super::{ArchiveError, Need};

/// The fields in the order of the file, and the description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoreMetadata {
    /// Names as they are written, such as `Requires-Dist`, and their values.
    pub fields: Vec<(String, String)>,
    /// What follows the fields.
    pub body: String,
}

impl CoreMetadata {
    /// Takes the text apart; `file` names it in errors.
    ///
    /// # Errors
    /// [`ArchiveError::BadManifest`] if `Name` or `Version` is missing or stands more than once.
    pub(super) fn parse(file: &'static str, text: &str) -> Result<Self, ArchiveError> {
        let (fields, body) = split(text);
        let parsed = Self { fields, body: body.to_owned() };
        for field in ["Name", "Version"] {
            if parsed.first(field).is_none() {
                return Err(ArchiveError::BadManifest(file, format!("it has no {field}")));
            }
            // Empty ones count too: others may take the last one.
            if parsed.fields.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field)).count() > 1 {
                return Err(ArchiveError::BadManifest(file, format!("it has more than one {field}")));
            }
        }
        Ok(parsed)
    }

    /// The first value of a field that says something.
    pub fn first<'a>(&'a self, field: &'a str) -> Option<&'a str> {
        self.all(field).next()
    }

    /// All values of a field that say something.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(field));
        named.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty() && *value != "UNKNOWN")
    }

    /// What the package needs.
    pub(super) fn needs(&self) -> Vec<Need> {
        self.all("Requires-Dist").map(need).collect()
    }
}

/// `name[extra] (>=1); marker`: the name, and everything after it as the requirement (PEP 508).
fn need(text: &str) -> Need {
    let text = text.replace('\n', " ");
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    let (name, requirement) = text.split_at(end);
    Need { name: name.to_owned(), requirement: requirement.trim().to_owned(), kind: "" }
}

/// The fields (continuation lines joined with a line feed) and the body after the first empty line.
fn split(text: &str) -> (Vec<(String, String)>, &str) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.strip_suffix('\r').unwrap_or(line);
        rest = after;
        if line.is_empty() {
            return (fields, rest);
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    (fields, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_name_or_version_is_refused() {
        for (field, text) in [
            ("Name", "Name: acme\nVersion: 1.0\nname: other\n"),
            ("Name", "Name: acme\nName:\nVersion: 1.0\n"),
            ("Version", "Name: acme\nVersion: 1.0\nVersion: 1.0\n"),
        ] {
            let refused = CoreMetadata::parse("METADATA", text).unwrap_err().to_string();
            assert_eq!(refused, format!("Its METADATA cannot be understood: it has more than one {field}."));
        }
    }

    #[test]
    fn other_fields_and_the_description_may_repeat() {
        let text = "Name: acme\nVersion: 1.0\nClassifier: a\nClassifier: b\n\nName: in the description\n";
        let parsed = CoreMetadata::parse("METADATA", text).unwrap();
        assert_eq!(parsed.all("Classifier").count(), 2);
    }
}
