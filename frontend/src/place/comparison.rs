//! Two repositories side by side.

use std::str::FromStr;

use shared::api::DomainPath;
use shared::comparison::{PackageKind, Side};
use shared::format::PackageFormat;
use shared::names::RepositoryName;
use shared::promotion::VersionChoice;

use super::query::Pairs;
use super::{Place, add_package, package, parsed};

/// Two repositories side by side, or one version of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonPlace {
    /// The domain.
    pub domain: DomainPath,
    /// The left side, once chosen.
    pub left: Option<Side>,
    /// The right side, once chosen.
    pub right: Option<Side>,
    /// Which packages are shown, and in which order.
    pub filter: ComparisonFilter,
    /// The version whose files are looked at.
    pub version: Option<VersionChoice>,
}

/// Which packages of a comparison are shown, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComparisonFilter {
    /// Only of this kind.
    pub kind: Option<PackageKind>,
    /// Only this format.
    pub format: Option<PackageFormat>,
    /// Only packages whose full name holds this; empty for all.
    pub text: String,
    /// The order.
    pub sort: ComparisonSort,
}

/// The order of a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ComparisonSort {
    /// By format, namespace and name.
    #[default]
    Name,
    /// What is only left or newer there first; what is the same last.
    Kind,
    /// The packages with the most versions that are not the same first.
    Versions,
}

impl ComparisonSort {
    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Versions => "versions",
        }
    }
}

impl FromStr for ComparisonSort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Name, Self::Kind, Self::Versions].into_iter().find(|sort| sort.as_str() == text).ok_or(())
    }
}

impl ComparisonPlace {
    /// Comparing, with these sides chosen so far.
    pub fn of(domain: &DomainPath, left: Option<&RepositoryName>, right: Option<&RepositoryName>) -> Self {
        let side = |name: Option<&RepositoryName>| name.cloned().map(Side::Now);
        let filter = ComparisonFilter::default();
        Self { domain: domain.clone(), left: side(left), right: side(right), filter, version: None }
    }

    /// Comparing these sides.
    pub fn between(domain: &DomainPath, left: Option<Side>, right: Option<Side>) -> Self {
        Self { left, right, ..Self::of(domain, None, None) }
    }

    /// The same comparison, with the files of one version looked at.
    pub fn looking_at(&self, version: VersionChoice) -> Place {
        let filter = ComparisonFilter::default();
        Place::Comparison(Self { version: Some(version), filter, ..self.clone() })
    }

    /// The rest of the path.
    pub(super) fn write(&self, pairs: &mut Pairs) -> &'static str {
        pairs.add_some("left", self.left.as_ref().map(Side::to_string).as_deref());
        pairs.add_some("right", self.right.as_ref().map(Side::to_string).as_deref());
        if let Some(choice) = &self.version {
            add_package(pairs, &choice.package);
            pairs.add("version", choice.version.as_str());
            return "compare/version";
        }
        let ComparisonFilter { kind, format, text, sort } = &self.filter;
        pairs.add_some("kind", kind.map(PackageKind::as_str));
        pairs.add_some("format", format.map(PackageFormat::as_str));
        pairs.add_some("name", Some(text.as_str()).filter(|text| !text.is_empty()));
        pairs.add_some("sort", Some(sort.as_str()).filter(|_| *sort != ComparisonSort::default()));
        "compare"
    }

    pub(super) fn parse(domain: DomainPath, pairs: &Pairs) -> Self {
        Self {
            domain,
            left: parsed(pairs, "left"),
            right: parsed(pairs, "right"),
            filter: ComparisonFilter {
                kind: parsed(pairs, "kind"),
                format: parsed(pairs, "format"),
                text: pairs.get("name").unwrap_or_default().to_owned(),
                sort: parsed(pairs, "sort").unwrap_or_default(),
            },
            version: None,
        }
    }

    pub(super) fn parse_version(domain: DomainPath, pairs: &Pairs) -> Option<Self> {
        Some(Self {
            domain,
            left: Some(parsed(pairs, "left")?),
            right: Some(parsed(pairs, "right")?),
            filter: ComparisonFilter::default(),
            version: Some(VersionChoice { package: package(pairs)?, version: parsed(pairs, "version")? }),
        })
    }
}
