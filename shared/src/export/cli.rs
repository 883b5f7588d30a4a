//! A shell script of `aws` commands that makes the domain anew.

mod package_groups;

use super::{ExportFile, RepositorySnapshot, Snapshot};
use crate::command::{self, quote};
use crate::names::DomainName;

/// One script.
pub fn write(snapshot: &Snapshot) -> Vec<ExportFile> {
    let mut parts = vec![head(snapshot), domain(snapshot)];
    parts.extend(snapshot.in_order().into_iter().map(|one| repository(&snapshot.domain, one)));
    let groups = snapshot.package_groups.iter().filter(|group| !group.is_given());
    parts.extend(groups.map(|group| package_groups::package_group(&snapshot.domain, group)));
    let text = parts.join("\n");
    vec![ExportFile { name: format!("{}.sh", snapshot.domain), text }]
}

fn head(snapshot: &Snapshot) -> String {
    let file = format!("{}.sh", snapshot.domain);
    format!(
        "#!/usr/bin/env bash\n\
         # {}, as commands of the aws CLI.\n\
         {}\
         #\n\
         # It makes the domain anew in the account and region that the aws CLI speaks to. It changes nothing that is there\n\
         # already: it stops at the first name that is taken. What follows its name is added to every command:\n\
         #\n\
         #   bash {file} --profile PROFILE --region {}\n\
         set -euo pipefail\n\
         export AWS_PAGER=\n",
        snapshot.title(),
        snapshot.missing("#"),
        snapshot.region,
    )
}

fn domain(snapshot: &Snapshot) -> String {
    let name = &snapshot.domain;
    let mut lines = vec!["aws codeartifact create-domain".to_owned(), format!("--domain {name}")];
    let mut remark = String::new();
    if let Some(key) = &snapshot.encryption_key {
        remark.push_str(
            "# The key is the one that encrypts it now. Without --encryption-key it is AWS's own for CodeArtifact.\n",
        );
        lines.push(format!("--encryption-key {}", quote(key)));
    }
    lines.extend(command::tags(&snapshot.tags));
    let mut text = said(&format!("Making the domain {name}")) + &remark + &run(lines);
    if let Some(policy) = &snapshot.policy {
        text += &run(vec![
            "aws codeartifact put-domain-permissions-policy".to_owned(),
            format!("--domain {name}"),
            format!("--policy-document {}", quote(policy)),
        ]);
    }
    text
}

fn repository(domain: &DomainName, repository: &RepositorySnapshot) -> String {
    let name = &repository.name;
    let on = |operation: &str| {
        vec![format!("aws codeartifact {operation}"), format!("--domain {domain}"), format!("--repository {name}")]
    };
    let mut create = on("create-repository");
    if !repository.description.is_empty() {
        create.push(command::described(&repository.description));
    }
    if !repository.upstreams.is_empty() {
        let names: Vec<String> = repository.upstreams.iter().map(|name| format!("repositoryName={name}")).collect();
        create.push(format!("--upstreams {}", names.join(" ")));
    }
    create.extend(command::tags(&repository.tags));
    let mut text = said(&format!("Making the repository {name}")) + &run(create);
    for connection in &repository.external_connections {
        let mut associate = on("associate-external-connection");
        associate.push(format!("--external-connection {}", quote(connection)));
        text += &run(associate);
    }
    if let Some(policy) = &repository.policy {
        let mut put = on("put-repository-permissions-policy");
        put.push(format!("--policy-document {}", quote(policy)));
        text += &run(put);
    }
    text
}

fn said(words: &str) -> String {
    format!("echo {}\n", quote(words))
}

/// A command with what was given to the script, and without its answer.
fn run(mut lines: Vec<String>) -> String {
    lines.push("\"$@\" >/dev/null".to_owned());
    lines.join(" \\\n  ") + "\n"
}
