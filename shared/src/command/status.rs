//! The commands that change the status of versions, dispose them or delete them.

use super::{in_turn, json_string, list, on_repository, quote};
use crate::names::{DomainName, RepositoryName};
use crate::package::PackageKey;
use crate::status::{Batch, StatusChange, StatusChanges, Step};

/// The `aws` command that changes the status of a version, disposes it or deletes it.
pub fn change_status(
    domain: &DomainName,
    repository: &RepositoryName,
    change: &StatusChange,
    options: &[String],
) -> String {
    in_turn(change_statuses(domain, repository, &change.clone().into(), options))
}

/// The `aws` commands that do the same with many versions: one a status and hundred versions.
pub fn change_statuses(
    domain: &DomainName,
    repository: &RepositoryName,
    changes: &StatusChanges,
    options: &[String],
) -> Vec<String> {
    let StatusChanges { package, step, .. } = changes;
    let command =
        |batch: &Batch| on_repository(operation(*step), domain, repository, options, more(package, *step, batch));
    changes.batches().iter().map(command).collect()
}

fn operation(step: Step) -> &'static str {
    match step {
        Step::Publish | Step::Unlist | Step::Archive => "update-package-versions-status",
        Step::Dispose => "dispose-package-versions",
        Step::Delete => "delete-package-versions",
    }
}

fn more(package: &PackageKey, step: Step, batch: &Batch) -> Vec<String> {
    let mut more = vec![format!("--format {}", package.format)];
    more.extend(package.namespace.iter().map(|namespace| format!("--namespace {}", quote(namespace.as_str()))));
    more.push(format!("--package {}", quote(package.name.as_str())));
    more.push(format!("--versions {}", list(batch.versions.iter().map(|(version, _)| version.as_str()))));
    let pins: Vec<String> = batch
        .versions
        .iter()
        .filter_map(|(version, revision)| Some((version, revision.as_ref()?)))
        .map(|(version, revision)| format!("{}:{}", json_string(version.as_str()), json_string(revision.as_str())))
        .collect();
    if !pins.is_empty() {
        more.push(format!("--version-revisions {}", quote(&format!("{{{}}}", pins.join(",")))));
    }
    more.push(format!("--expected-status {}", batch.expected.as_str()));
    if let (false, Some(target)) = (step.is_for_good(), step.target()) {
        more.push(format!("--target-status {}", target.as_str()));
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PackageFormat;
    use crate::status::SeenVersion;
    use crate::version::PackageVersionStatus::{Published, Unlisted};

    #[test]
    fn versions_of_another_status_take_another_command() {
        let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() };
        let seen = |version: &str, expected| SeenVersion {
            version: version.parse().unwrap(),
            revision: Some("a=".parse().unwrap()),
            expected,
        };
        let versions = vec![seen("1.0.0", Published), seen("1.1.0", Unlisted), seen("1.2.0", Published)];
        let changes = StatusChanges { package, step: Step::Archive, versions };
        let (domain, repository) = ("acme".parse().unwrap(), "team-dev".parse().unwrap());
        let commands = change_statuses(&domain, &repository, &changes, &[]);
        assert_eq!(commands.len(), 2);
        assert_eq!(
            commands[0],
            "aws codeartifact update-package-versions-status \\\n  --domain acme \\\n  --repository team-dev \\\n  --format npm \\\n  --package ui \\\n  --versions 1.0.0 1.2.0 \\\n  --version-revisions '{\"1.0.0\":\"a=\",\"1.2.0\":\"a=\"}' \\\n  --expected-status Published \\\n  --target-status Archived"
        );
        let deletion = StatusChanges { step: Step::Delete, ..changes };
        let commands = change_statuses(&domain, &repository, &deletion, &[]);
        assert!(commands[1].ends_with("--versions 1.1.0 \\\n  --expected-status Unlisted"), "{}", commands[1]);
    }
}
