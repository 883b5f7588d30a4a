//! Python core metadata: `METADATA` of a wheel and `PKG-INFO` of a source archive
//! (<https://packaging.python.org/en/latest/specifications/core-metadata/>).

use super::ArchiveError;
use crate::model::{Dependency, Metadata};

/// A parsed metadata file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CoreMetadata {
    /// `Name`, as it is spelt there.
    pub name: String,
    /// `Version`
    pub version: String,
    /// `Requires-Python`
    pub requires_python: Option<String>,
    /// The rest, as CodeArtifact shows it.
    pub metadata: Metadata,
}

impl CoreMetadata {
    /// Parses the text; `file` names it in errors.
    ///
    /// # Errors
    /// [`ArchiveError::BadManifest`] if `Name` or `Version` is missing.
    pub fn parse(file: &'static str, text: &str) -> Result<Self, ArchiveError> {
        let mut parsed = Self::default();
        let (headers, body) = split(text);
        for (key, value) in headers {
            parsed.take(&key.to_ascii_lowercase(), value);
        }
        if !body.trim().is_empty() {
            parsed.metadata.readme = Some(body.to_owned());
        }
        let missing = |key| ArchiveError::BadManifest(file, format!("it has no {key}"));
        if parsed.name.is_empty() {
            return Err(missing("Name"));
        }
        if parsed.version.is_empty() {
            return Err(missing("Version"));
        }
        parsed.metadata.display_name = Some(parsed.name.clone());
        Ok(parsed)
    }

    fn take(&mut self, key: &str, value: String) {
        let told = !value.is_empty() && value != "UNKNOWN";
        let some = || told.then(|| value.clone());
        match key {
            "name" => self.name = value,
            "version" => self.version = value,
            "requires-python" => self.requires_python = some(),
            "summary" => self.metadata.summary = some(),
            "home-page" => self.metadata.home_page = some().or(self.metadata.home_page.take()),
            "license" | "license-expression" => {
                self.metadata.licenses.extend(some().map(|text| (Some(first_line(&text)), None)))
            }
            "description" => self.metadata.readme = some().map(|text| undent(&text)),
            "requires-dist" => self.metadata.dependencies.extend(some().map(|text| dependency(&text))),
            "project-url" => self.project_url(&value),
            _ => {}
        }
    }

    /// `Label, address`; labels are compared as the specification normalises well-known ones.
    fn project_url(&mut self, value: &str) {
        let Some((label, url)) = value.split_once(',') else { return };
        let label: String = label.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let url = url.trim().to_owned();
        match label.as_str() {
            "homepage" => {
                self.metadata.home_page.get_or_insert(url);
            }
            "source" | "repository" | "sourcecode" | "github" => {
                self.metadata.source_code_repository.get_or_insert(url);
            }
            _ => {}
        }
    }
}

/// Headers (continuation lines joined with a line feed) and the body after the first empty line.
fn split(text: &str) -> (Vec<(String, String)>, &str) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.strip_suffix('\r').unwrap_or(line);
        rest = after;
        if line.is_empty() {
            return (headers, rest);
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else if let Some((key, value)) = line.split_once(':') {
            headers.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    (headers, "")
}

/// Old tools keep the readme in a header, each further line indented by eight blanks or by seven and a bar.
fn undent(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("        ").or_else(|| line.strip_prefix("       |")).unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// `Requires-Dist: name[extra] (>=1); marker`: the name, and everything after it as the requirement (PEP 508).
fn dependency(text: &str) -> Dependency {
    let text = text.replace('\n', " ");
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    let (name, requirement) = text.split_at(end);
    Dependency {
        namespace: None,
        package: super::file_name::normalise(name),
        kind: Some("Requires-Dist".to_owned()),
        requirement: requirement.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metadata_file_is_read_with_its_body_as_readme() {
        let text = "Metadata-Version: 2.1\r\nName: Acme_Billing\r\nVersion: 1.0\r\nSummary: Bills\r\nRequires-Python: >=3.9\r\n\
                    License: MIT\r\nRequires-Dist: Typing.Extensions[x] (>=4) ; python_version < \"3.11\"\r\n\
                    Project-URL: Home Page, https://example.org\r\n\r\n# Title\r\n";
        let parsed = CoreMetadata::parse("METADATA", text).unwrap();
        assert_eq!((parsed.name.as_str(), parsed.version.as_str()), ("Acme_Billing", "1.0"));
        assert_eq!(parsed.requires_python.as_deref(), Some(">=3.9"));
        assert_eq!(parsed.metadata.readme.as_deref(), Some("# Title\r\n"));
        assert_eq!(parsed.metadata.home_page.as_deref(), Some("https://example.org"));
        let needed = &parsed.metadata.dependencies[0];
        assert_eq!(needed.package, "typing-extensions");
        assert_eq!(needed.requirement, "[x] (>=4) ; python_version < \"3.11\"");
    }

    #[test]
    fn a_readme_in_a_header_loses_its_indent() {
        let text = "Name: a\nVersion: 1\nDescription: One\n        two\n       |three\n";
        let parsed = CoreMetadata::parse("PKG-INFO", text).unwrap();
        assert_eq!(parsed.metadata.readme.as_deref(), Some("One\ntwo\nthree"));
    }

    #[test]
    fn a_metadata_file_without_a_version_is_refused() {
        let refused = CoreMetadata::parse("METADATA", "Name: a\n");
        assert_eq!(refused, Err(ArchiveError::BadManifest("METADATA", "it has no Version".into())));
    }
}
