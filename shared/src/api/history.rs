//! Which rows of the record are asked for.

use serde::{Deserialize, Serialize};

use super::place::Query;
use crate::format::PackageFormat;
use crate::history::{Day, HistoryFormat, HistoryResult};
use crate::names::{Namespace, PackageName, PlanId, RepositoryName, RunId, VersionName};
use crate::promotion::VersionChoice;

/// Which rows of a domain's record; what is left out lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryQuery {
    /// About this repository, or promoted from it.
    pub repository: Option<RepositoryName>,
    /// About packages of this format.
    pub format: Option<PackageFormat>,
    /// In this namespace. With a format and a package, no namespace means the package that has none.
    pub namespace: Option<Namespace>,
    /// Of this name, without the namespace.
    pub package: Option<PackageName>,
    /// Of this version.
    pub version: Option<VersionName>,
    /// By somebody of this id, or with this in the name.
    pub person: Option<String>,
    /// Of this kind: an action, as the record has it, with all that people call the same.
    pub action: Option<String>,
    /// With this result.
    pub result: Option<HistoryResult>,
    /// Of this plan.
    pub plan: Option<PlanId>,
    /// Of this run.
    pub run: Option<RunId>,
    /// From this day on, in universal time.
    pub from: Option<Day>,
    /// Up to and with this day.
    pub to: Option<Day>,
    /// Only rows before this place.
    #[serde(default, deserialize_with = "place")]
    pub before: Option<i64>,
}

impl HistoryQuery {
    /// The life of one version, in all repositories.
    pub fn of_version(choice: &VersionChoice) -> Self {
        let package = choice.package.clone();
        Self {
            format: Some(package.format),
            namespace: package.namespace,
            package: Some(package.name),
            version: Some(choice.version.clone()),
            ..Self::default()
        }
    }
}

/// Numbers stand in addresses as texts.
fn place<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| serde::de::Error::custom("`before` is a whole number"))
}

impl Query for HistoryQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let text = |name: &'static str, value: Option<String>| value.map(|value| (name, value));
        let pairs = [
            text("repository", self.repository.as_ref().map(ToString::to_string)),
            text("format", self.format.map(|format| format.to_string())),
            text("namespace", self.namespace.as_ref().map(ToString::to_string)),
            text("package", self.package.as_ref().map(ToString::to_string)),
            text("version", self.version.as_ref().map(ToString::to_string)),
            text("person", self.person.clone()),
            text("action", self.action.clone()),
            text("result", self.result.map(|result| result.as_str().to_owned())),
            text("plan", self.plan.as_ref().map(ToString::to_string)),
            text("run", self.run.as_ref().map(ToString::to_string)),
            text("from", self.from.as_ref().map(ToString::to_string)),
            text("to", self.to.as_ref().map(ToString::to_string)),
            text("before", self.before.map(|place| place.to_string())),
        ];
        pairs.into_iter().flatten().collect()
    }
}

/// The same as a file. Oldest first; `before` is left aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HistoryExportQuery {
    /// How it is written.
    #[serde(rename = "as")]
    pub kind: HistoryFormat,
    /// Which rows.
    #[serde(flatten)]
    pub rows: HistoryQuery,
}

impl Query for HistoryExportQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let rows = self.rows.pairs();
        std::iter::once(("as", self.kind.as_str().to_owned())).chain(rows).collect()
    }
}
