//! Undoing a promotion by command.

use std::collections::BTreeMap;

use super::{change_statuses, on_repository, quote};
use crate::names::{DomainName, RepositoryName};
use crate::package::PackageKey;
use crate::status::{SeenVersion, StatusChanges, Step};
use crate::undo::{UndoHow, UndoPreview, UndoStep};

/// The commands that do the same as undoing: first the npm dist-tags go back, so that none points at what is taken
/// away, then the versions are deleted or archived. CodeArtifact has no operation for dist-tags, so npm moves them.
pub fn undo(domain: &DomainName, to: &RepositoryName, preview: &UndoPreview, options: &[String]) -> Vec<String> {
    let mut packages: BTreeMap<&PackageKey, Vec<SeenVersion>> = BTreeMap::new();
    let mut tags = Vec::new();
    for row in &preview.rows {
        let UndoStep::TakeAway { status, tags: back, .. } = &row.step else { continue };
        let name = row.choice.package.full_name();
        tags.extend(back.iter().map(|tag| match &tag.to {
            Some(version) => format!("npm dist-tag add {} {}", quote(&format!("{name}@{version}")), quote(&tag.tag)),
            None => format!("npm dist-tag rm {} {}", quote(&name), quote(&tag.tag)),
        }));
        let version = SeenVersion { version: row.choice.version.clone(), revision: None, expected: *status };
        packages.entry(&row.choice.package).or_default().push(version);
    }
    let mut commands = Vec::new();
    if !tags.is_empty() {
        let login = on_repository("login", domain, to, options, Some("--tool npm".to_owned()));
        commands.push(login);
        commands.extend(tags);
    }
    let step = match preview.how {
        UndoHow::Delete => Step::Delete,
        UndoHow::Archive => Step::Archive,
    };
    for (package, versions) in packages {
        let changes = StatusChanges { package: package.clone(), step, versions };
        commands.extend(change_statuses(domain, to, &changes, options));
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PackageFormat;
    use crate::promotion::VersionChoice;
    use crate::undo::{TagReturn, UndoRow};
    use crate::version::PackageVersionStatus::Published;

    fn row(version: &str, step: UndoStep) -> UndoRow {
        let package = PackageKey {
            format: PackageFormat::Npm,
            namespace: Some("acme".parse().unwrap()),
            name: "ui".parse().unwrap(),
        };
        UndoRow { choice: VersionChoice { package, version: version.parse().unwrap() }, step }
    }

    #[test]
    fn tags_go_back_before_the_versions_go_away_and_what_is_left_alone_is_not_named() {
        let tags = vec![
            TagReturn { tag: "latest".into(), to: Some("1.3.0".parse().unwrap()) },
            TagReturn { tag: "next".into(), to: None },
        ];
        let preview = UndoPreview {
            run: "0123456789abcdef0123".parse().unwrap(),
            how: UndoHow::Delete,
            rows: vec![
                row("1.4.0", UndoStep::TakeAway { status: Published, tags, lost: vec![] }),
                row("1.2.0", UndoStep::Leave("It was there before.".into())),
            ],
        };
        let (domain, to) = ("acme".parse().unwrap(), "production".parse().unwrap());
        assert_eq!(
            undo(&domain, &to, &preview, &[]),
            [
                "aws codeartifact login \\\n  --domain acme \\\n  --repository production \\\n  --tool npm",
                "npm dist-tag add @acme/ui@1.3.0 latest",
                "npm dist-tag rm @acme/ui next",
                "aws codeartifact delete-package-versions \\\n  --domain acme \\\n  --repository production \\\n  --format npm \\\n  --namespace acme \\\n  --package ui \\\n  --versions 1.4.0 \\\n  --expected-status Published",
            ]
        );
        let archive = UndoPreview { how: UndoHow::Archive, ..preview };
        assert!(undo(&domain, &to, &archive, &[])[3].ends_with("--target-status Archived"));
    }
}
