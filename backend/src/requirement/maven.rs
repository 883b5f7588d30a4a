//! Maven: the order of versions and the ranges of the POM reference ("Version Order Specification", "Dependency Version
//! Requirement Specification").

use shared::closure::DependencyKind;
use shared::format::PackageFormat;
use shared::version::Dependency;

use super::{Meaning, Need, named, unreadable};

/// A version. Every text is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(Vec<Token>);

/// A token with what stands before it, in rising order. The end stands where the release does: the reference fills the
/// shorter version with empty tokens, and every zero that is left has a higher number after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Before(usize),
    End,
    ServicePack,
    Word(String),
    AfterHyphen(Number),
    AfterDot(Number),
}

/// A number of any length, without leading zeros: the longer one is higher.
type Number = (usize, String);

/// Qualifiers that come before the release, in rising order.
const BEFORE: [&str; 5] = ["alpha", "beta", "milestone", "rc", "snapshot"];

impl Version {
    /// Reads a version.
    pub fn parse(text: &str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        let pieces = split(text);
        for (place, (hyphen, piece)) in pieces.iter().enumerate() {
            let before_number = pieces.get(place + 1).is_some_and(|(_, next)| is_number(next));
            let token = token(*hyphen, piece, before_number);
            // Empty tokens at the end, and before every hyphen and qualifier, count for nothing.
            if !matches!(token, Some(Token::AfterDot(_))) {
                trim(&mut tokens);
            }
            tokens.extend(token);
        }
        trim(&mut tokens);
        tokens.push(Token::End);
        Self(tokens)
    }
}

fn trim(tokens: &mut Vec<Token>) {
    let is_zero = |token: &Token| matches!(token, Token::AfterDot((0, _)) | Token::AfterHyphen((0, _)));
    while tokens.last().is_some_and(is_zero) {
        tokens.pop();
    }
}

fn is_number(text: &str) -> bool {
    text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit())
}

/// Tokens between dots, hyphens, and digits and letters; with whether a hyphen stands before each.
fn split(text: &str) -> Vec<(bool, String)> {
    let mut pieces = vec![(false, String::new())];
    for c in text.to_lowercase().chars() {
        let last = pieces.last().map(|(_, piece)| piece.as_str()).unwrap_or_default();
        let turns = last.chars().next_back().is_some_and(|before| before.is_ascii_digit() != c.is_ascii_digit());
        match c {
            '.' | '-' => pieces.push((c == '-', String::new())),
            c if turns => pieces.push((true, c.to_string())),
            c => {
                if let Some((_, piece)) = pieces.last_mut() {
                    piece.push(c);
                }
            }
        }
    }
    pieces
}

/// A token; none for what counts for nothing: `ga`, `final`, `release`.
fn token(hyphen: bool, piece: &str, before_number: bool) -> Option<Token> {
    if is_number(piece) {
        let digits = piece.trim_start_matches('0');
        let number = (digits.len(), digits.to_owned());
        return Some(if hyphen { Token::AfterHyphen(number) } else { Token::AfterDot(number) });
    }
    let word = match piece {
        "a" if before_number => "alpha",
        "b" if before_number => "beta",
        "m" if before_number => "milestone",
        "cr" => "rc",
        word => word,
    };
    match word {
        "ga" | "final" | "release" => None,
        "sp" => Some(Token::ServicePack),
        word => Some(match BEFORE.iter().position(|known| *known == word) {
            Some(place) => Token::Before(place),
            None => Token::Word(word.to_owned()),
        }),
    }
}

/// Which versions will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// The version that is asked for. Maven calls it soft, as another one may be chosen elsewhere in a build; it is the one
    /// that Maven fetches for this package.
    Soft(String),
    /// Any: `LATEST`, `RELEASE`.
    Any,
    /// Hard: one of these intervals.
    Intervals(Vec<Interval>),
}

/// An interval. An end that is absent is open to that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    from: Option<(Version, bool)>,
    to: Option<(Version, bool)>,
}

impl Range {
    /// Reads a requirement; none for a text that is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text {
            "" => return None,
            "LATEST" | "RELEASE" => return Some(Self::Any),
            _ if !text.starts_with(['[', '(']) => {
                return (!text.contains(['[', '(', ']', ')', ',', '$'])).then(|| Self::Soft(text.to_owned()));
            }
            _ => {}
        }
        let (mut intervals, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let end = rest.find([']', ')'])?;
            intervals.push(interval(&rest[..=end])?);
            rest = rest[end + 1..].trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        Some(Self::Intervals(intervals))
    }

    /// Whether a version will do.
    pub fn holds(&self, version: &str) -> bool {
        match self {
            // Maven asks for the file of exactly this version.
            Self::Soft(wanted) => wanted == version,
            Self::Any => true,
            Self::Intervals(intervals) => {
                let version = Version::parse(version);
                intervals.iter().any(|interval| interval.holds(&version))
            }
        }
    }
}

/// `[1,2)` and its like.
fn interval(text: &str) -> Option<Interval> {
    let inner = text.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    let (with_from, with_to) = (text.starts_with('['), text.ends_with(']'));
    let end = |text: &str, with: bool| {
        let text = text.trim();
        (!text.is_empty()).then(|| (Version::parse(text), with))
    };
    if inner.contains(['[', '(']) || inner.matches(',').count() > 1 {
        return None;
    }
    match inner.split_once(',') {
        Some((from, to)) => Some(Interval { from: end(from, with_from), to: end(to, with_to) }),
        None if with_from && with_to => {
            let one = Some(end(inner, true)?);
            Some(Interval { from: one.clone(), to: one })
        }
        None => None,
    }
}

impl Interval {
    fn holds(&self, version: &Version) -> bool {
        let above = self.from.as_ref().is_none_or(|(from, with)| version > from || (*with && version == from));
        let below = self.to.as_ref().is_none_or(|(to, with)| version < to || (*with && version == to));
        above && below
    }
}

/// Reads a dependency of a Maven package. What `dependencyManagement` says is not among what CodeArtifact tells.
pub fn read(dependency: &Dependency) -> Meaning {
    let kind = match dependency.kind.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("test" | "provided" | "system") => return Meaning::NotNeeded,
        Some("optional") => DependencyKind::Optional,
        Some("parent") => DependencyKind::Parent,
        _ => DependencyKind::Runtime,
    };
    let text = dependency.requirement.trim();
    if text.is_empty() || text.contains("${") {
        return Meaning::Elsewhere(
            "Its version stands in a parent or in dependencyManagement, which CodeArtifact does not tell.".to_owned(),
        );
    }
    let Some(range) = Range::parse(text) else { return unreadable(dependency) };
    Meaning::Needs(Need {
        package: named(PackageFormat::Maven, dependency),
        range: super::Range::Maven(range),
        kind,
        condition: None,
        extras: Default::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of "Version Order Specification", and what `ComparableVersion` of Maven says.
    #[test]
    fn versions_are_ordered_as_the_reference_says() {
        for order in [
            "1-alpha 1-beta 1-milestone 1-rc 1-snapshot 1 1-sp 1-foo2 1-foo10 1-1",
            "1-foo2 1-foo10 1.foo10 1-1 1.1",
            "1.0-alpha-1 1.0-alpha-2 1.0-beta-1 1.0-m3 1.0-rc1 1.0-SNAPSHOT 1.0 1.0-1 1.0.1 1.1 1.10 2",
        ] {
            let versions: Vec<_> = order.split(' ').map(Version::parse).collect();
            assert!(versions.is_sorted(), "{order}: {versions:?}");
        }
        for (a, b) in [
            ("1.0.0", "1"),
            ("1.ga", "1"),
            ("1-ga", "1"),
            ("1.final", "1"),
            ("1.0", "1"),
            ("1.", "1"),
            ("1-", "1"),
            ("1.0.0-foo.0.0", "1-foo"),
            ("1.0.0-0.0.0", "1"),
            ("1-a1", "1-alpha-1"),
            ("1cr", "1rc"),
            ("1.0.RC2", "1-rc2"),
            ("1X", "1x"),
        ] {
            assert_eq!(Version::parse(a), Version::parse(b), "{a} is {b}");
        }
    }

    /// The table of "Dependency Version Requirement Specification".
    #[test]
    fn ranges_hold_what_the_reference_says() {
        for (range, inside, outside) in [
            ("1.0", "1.0", "1.0.1"),
            ("[1.0]", "1.0.0", "1.0.1"),
            ("(,1.0]", "0.9", "1.0.1"),
            ("[1.2,1.3]", "1.3", "1.3.1"),
            ("[1.0,2.0)", "1.9", "2.0"),
            ("[1.5,)", "9", "1.4"),
            ("(,1.0],[1.2,)", "1.2", "1.1"),
            ("(,1.1),(1.1,)", "1.0", "1.1"),
            ("LATEST", "7", "\u{0}never"),
        ] {
            let parsed = Range::parse(range).unwrap();
            assert!(parsed.holds(inside), "{range} holds {inside}");
            assert!(parsed == Range::Any || !parsed.holds(outside), "{range} does not hold {outside}");
        }
        for bad in ["", "[1.0", "[1,2,3]", "(1.0)", "1.0]", "${version}", "[[1,2]"] {
            assert_eq!(Range::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_what_running_takes_is_needed() {
        let dependency = |kind: &str, requirement: &str| Dependency {
            namespace: Some("com.acme".parse().unwrap()),
            package: "core".parse().unwrap(),
            kind: Some(kind.to_owned()),
            requirement: requirement.to_owned(),
        };
        for kind in ["test", "provided", "system"] {
            assert_eq!(read(&dependency(kind, "1.0")), Meaning::NotNeeded);
        }
        for (kind, needed) in [
            ("compile", DependencyKind::Runtime),
            ("parent", DependencyKind::Parent),
            ("optional", DependencyKind::Optional),
        ] {
            assert!(matches!(read(&dependency(kind, "1.0")), Meaning::Needs(need) if need.kind == needed));
        }
        for managed in ["", "${core.version}"] {
            let Meaning::Elsewhere(why) = read(&dependency("compile", managed)) else { panic!("{managed}") };
            assert!(why.contains("dependencyManagement"));
        }
    }
}
