//! The patterns of package groups (CodeArtifact user guide, "Package group definition syntax and matching behavior").

use std::cmp::Ordering;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_security::confusable_detection::skeleton;

use crate::model::{Format, PackageKey};

/// A pattern: `/format/namespace/name` or the beginning of it, and a suffix. Patterns are ordered by their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    /// The text without its suffix.
    body: String,
    suffix: Suffix,
}

/// How a pattern ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Suffix {
    /// `*`: whatever follows.
    Everything,
    /// `~`: whatever follows the end of a word.
    Prefix,
    /// `$`: nothing follows.
    Exact,
}

/// How well a package fits a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Association {
    /// A variation of its name fits, but not the name itself.
    Weak,
    /// It fits.
    Strong,
}

/// Why a text is no pattern, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoPattern(&'static str);

impl Pattern {
    /// `/*`: every package.
    pub fn root() -> Self {
        Self { text: "/*".to_owned(), body: "/".to_owned(), suffix: Suffix::Everything }
    }

    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is none, with what would have to be different.
    pub fn parse(text: &str) -> Result<Self, NoPattern> {
        if !text.starts_with('/') {
            return Err(NoPattern("a pattern starts with a slash"));
        }
        let (body, suffix) = if let Some(body) = text.strip_suffix('*') {
            (body, Suffix::Everything)
        } else if let Some(body) = text.strip_suffix('~') {
            (body, Suffix::Prefix)
        } else if let Some(body) = text.strip_suffix('$') {
            (body, Suffix::Exact)
        } else {
            return Err(NoPattern("a pattern ends with $, ~ or *"));
        };
        check_end(body, suffix)?;
        check_parts(body, suffix)?;
        Ok(Self { text: text.to_owned(), body: body.to_owned(), suffix })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is `/*`.
    pub fn is_root(&self) -> bool {
        self.text == "/*"
    }

    /// Whether and how well a package fits.
    pub fn fits(&self, package: &PackageKey) -> Option<Association> {
        let path = path(package);
        if self.covers(&self.body, &path) {
            return Some(Association::Strong);
        }
        self.covers(&folded(&self.body), &folded(&path)).then_some(Association::Weak)
    }

    /// Whether each package of `other` is one of this pattern too, and the two are not the same.
    pub fn is_above(&self, other: &Self) -> bool {
        match self.suffix {
            _ if self == other => false,
            Suffix::Exact => false,
            Suffix::Everything => other.body.starts_with(&self.body),
            Suffix::Prefix => {
                other.suffix > Suffix::Prefix && other.body == self.body || is_prefix(&self.body, &other.body)
            }
        }
    }

    /// Which of two patterns that fit the same package is more specific: the longer one.
    pub fn specificity(&self, other: &Self) -> Ordering {
        let key = |pattern: &Self| (pattern.body.chars().count(), pattern.suffix);
        key(self).cmp(&key(other))
    }

    fn covers(&self, body: &str, path: &str) -> bool {
        match self.suffix {
            Suffix::Exact => path == body,
            Suffix::Everything => path.starts_with(body),
            Suffix::Prefix => path == body || is_prefix(body, path),
        }
    }
}

impl PartialOrd for Pattern {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pattern {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

/// `*` follows a sign, `~` and `$` follow a word: otherwise it would not be clear what they end.
fn check_end(body: &str, suffix: Suffix) -> Result<(), NoPattern> {
    let in_word = body.chars().next_back().is_some_and(is_of_word);
    match suffix {
        Suffix::Everything if in_word => Err(NoPattern("* follows a slash or another sign, not a letter or digit")),
        Suffix::Prefix if !in_word => Err(NoPattern("~ follows a letter or digit")),
        _ => Ok(()),
    }
}

fn check_parts(body: &str, suffix: Suffix) -> Result<(), NoPattern> {
    let mut parts = body.split('/').skip(1);
    let (format, namespace, name) = (parts.next(), parts.next(), parts.next());
    if parts.next().is_some() {
        return Err(NoPattern("a pattern has at most a format, a namespace and a name"));
    }
    let format = match (format.unwrap_or_default(), namespace) {
        ("", None) if suffix == Suffix::Everything => return Ok(()),
        (_, None) => return Err(NoPattern("a format is followed by a slash")),
        (format, Some(_)) => Format::parse(format).ok_or(NoPattern("the format is not one of CodeArtifact's"))?,
    };
    let namespace = namespace.unwrap_or_default();
    let without = matches!(format, Format::Pypi | Format::Nuget | Format::Ruby | Format::Cargo);
    if without && !namespace.is_empty() {
        return Err(NoPattern("packages of this format have no namespace; leave it empty, as in /pypi//name$"));
    }
    let needs = matches!(format, Format::Maven | Format::Swift | Format::Generic);
    match name {
        Some(_) if needs && namespace.is_empty() => Err(NoPattern("packages of this format have a namespace")),
        Some("") | None if suffix == Suffix::Exact => Err(NoPattern("$ follows the name of a package")),
        _ => Ok(()),
    }
}

/// Whether `text` goes on after `prefix`, and not in the middle of a word.
fn is_prefix(prefix: &str, text: &str) -> bool {
    let rest = text.strip_prefix(prefix);
    rest.and_then(|rest| rest.chars().next()).is_some_and(|next| !is_of_word(next))
}

/// Letters, digits, and the marks that belong to them.
fn is_of_word(c: char) -> bool {
    use GeneralCategoryGroup::{Letter, Mark, Number};
    matches!(c.general_category_group(), Letter | Mark | Number)
}

fn path(package: &PackageKey) -> String {
    format!("/{}/{}/{}", package.format.as_str(), package.namespace.as_deref().unwrap_or_default(), package.name)
}

/// What names that look alike have in common: without case, with one `-` for each run of `-`, `.` and `_`, and with one
/// character for all that look like it (Unicode Technical Standard 39, "skeleton").
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for c in text.to_lowercase().chars().map(|c| if "-._".contains(c) { '-' } else { c }) {
        if c != '-' || !folded.ends_with('-') {
            folded.push(c);
        }
    }
    skeleton(&folded).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn package(path: &str) -> PackageKey {
        let mut parts = path.split('/').skip(1);
        let format = Format::parse(parts.next().unwrap()).unwrap();
        let namespace = parts.next().filter(|name| !name.is_empty()).map(str::to_owned);
        PackageKey { format, namespace, name: parts.next().unwrap().to_owned() }
    }

    #[test]
    fn the_patterns_of_the_user_guide_fit_what_it_says() {
        let table = [
            ("/*", "/npm/space/ui", true),
            ("/npm/*", "/npm//react", true),
            ("/npm/*", "/pypi//react", false),
            ("/maven/com.anycompany~", "/maven/com.anycompany/x", true),
            ("/maven/com.anycompany~", "/maven/com.anycompany.ui/x", true),
            ("/maven/com.anycompany~", "/maven/com.anycompanyx/x", false),
            ("/npm/space/*", "/npm/space/ui", true),
            ("/npm/space/*", "/npm/spaces/ui", false),
            ("/npm//*", "/npm//react", true),
            ("/npm//*", "/npm/space/react", false),
            ("/npm//foo~", "/npm//foo", true),
            ("/npm//foo~", "/npm//foo-bar", true),
            ("/npm//foo~", "/npm//food", false),
            ("/maven/org.apache.logging.log4j/log4j-core$", "/maven/org.apache.logging.log4j/log4j-core", true),
            ("/maven/org.apache.logging.log4j/log4j-core$", "/maven/org.apache.logging.log4j/log4j-core-x", false),
        ];
        for (text, path, expected) in table {
            let strong = pattern(text).fits(&package(path)) == Some(Association::Strong);
            assert_eq!(strong, expected, "{text} {path}");
        }
    }

    #[test]
    fn names_that_look_like_a_package_fit_weakly() {
        for path in ["/npm//Utils-core", "/npm//utils_core", "/npm//utils..core", "/npm//\u{0455}cope-core"] {
            let text = if path.contains('\u{0455}') { "/npm//scope-core$" } else { "/npm//utils-core$" };
            assert_eq!(pattern(text).fits(&package(path)), Some(Association::Weak), "{path}");
        }
        assert_eq!(pattern("/npm//utils-core$").fits(&package("/npm//utils-cord")), None);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "",
            "/",
            "npm/*",
            "/npm",
            "/npm*",
            "/npm~",
            "/npm$",
            "/gems/*",
            "/npm/space*",
            "/npm/space/~",
            "/npm/space/$",
            "/npm/space$",
            "/npm/space/name/x$",
            "/pypi/space/*",
            "/pypi/space~",
            "/maven//name$",
            "/npm/space/name*",
            "*",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pattern_is_above_the_narrower_ones() {
        let above = |above: &str, below: &str| pattern(above).is_above(&pattern(below));
        assert!(above("/*", "/npm/*") && above("/npm/*", "/npm/space/*") && above("/npm/space/*", "/npm/space/ui~"));
        assert!(above("/npm/space/ui~", "/npm/space/ui$") && above("/npm/space/ui~", "/npm/space/ui-core~"));
        assert!(!above("/npm/space/ui~", "/npm/space/uix~") && !above("/npm/space/ui$", "/npm/space/ui~"));
        assert!(!above("/npm/*", "/*") && !above("/npm/*", "/npm/*") && !above("/npm/*", "/pypi/*"));
    }

    proptest! {
        #[test]
        fn what_fits_a_pattern_fits_the_patterns_above_it(
            one in "/npm/[ab.]{0,3}(/[ab.-]{0,4})?[*~$]", other in "/npm/[ab.]{0,3}(/[ab.-]{0,4})?[*~$]",
            namespace in "[ab.]{0,3}", name in "[ab.-]{1,5}",
        ) {
            let (Ok(one), Ok(other)) = (Pattern::parse(&one), Pattern::parse(&other)) else { return Ok(()) };
            let package = package(&format!("/npm/{namespace}/{name}"));
            if one.is_above(&other) && other.fits(&package) == Some(Association::Strong) {
                prop_assert_eq!(one.fits(&package), Some(Association::Strong));
                prop_assert_eq!(other.specificity(&one), Ordering::Greater);
            }
            prop_assert!(!(one.is_above(&other) && other.is_above(&one)));
        }

        #[test]
        fn no_text_is_too_odd_to_be_judged(text in "\\PC{0,20}", name in "[^/#\\s]{1,8}") {
            if let Ok(pattern) = Pattern::parse(&text) {
                let _ = pattern.fits(&PackageKey { format: Format::Npm, namespace: None, name });
            }
        }
    }
}
