//! Generic packages: files, by the aws CLI.

use super::{Aim, Guide, Target, part, run};
use crate::command;

/// How to keep files in the repository.
pub(super) fn guide(target: &Target) -> Guide {
    let (namespace, name) = match &target.package {
        Some(package) => (
            package.namespace.as_ref().map(|namespace| command::quote(namespace.as_str())),
            command::quote(package.name.as_str()),
        ),
        None => (Some("NAMESPACE".to_owned()), "PACKAGE".to_owned()),
    };
    let lines = |operation: &str, more: &[&str]| {
        let mut lines = vec![
            format!("aws codeartifact {operation}"),
            format!("--domain {}", target.domain),
            format!("--domain-owner {}", target.owner),
            format!("--repository {}", target.repository),
            "--format generic".to_owned(),
        ];
        lines.extend(namespace.iter().map(|namespace| format!("--namespace {namespace}")));
        lines.push(format!("--package {name}"));
        lines.extend(more.iter().map(|&line| line.to_owned()));
        command::finish(lines, &target.options)
    };
    let fetch = lines("get-package-version-asset", &["--package-version VERSION", "--asset FILE", "FILE"]);
    let publish = lines(
        "publish-package-version",
        &[
            "--package-version VERSION",
            "--asset-name FILE",
            "--asset-content FILE",
            "--asset-sha256 \"$(sha256sum FILE | cut -d ' ' -f 1)\"",
        ],
    );
    Guide::new([
        part(Aim::Install, [run("Fetches a file of a version. Put version and file in.", fetch)]),
        part(Aim::Publish, [run("Publishes a file as a version. Put version and file in.", publish)]),
    ])
    .note("Generic packages have no package manager: nothing is set up, and nothing has to be undone.")
    .note("To publish several files, add --unfinished to all but the last one: without it the version takes no more files.")
    .note("On macOS, sha256sum is called shasum -a 256.")
}
