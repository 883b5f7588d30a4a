//! The commands that make package groups.

use super::{run, said};
use crate::command::{self, quote};
use crate::export::{GroupRestriction, PackageGroupSnapshot};
use crate::names::DomainName;

/// Repositories that one call may add (CloudFormation, `AWS::CodeArtifact::PackageGroup`).
const MOST_ADDED: usize = 100;

/// One group. The root is there already: only what differs from a new domain's is set.
pub fn package_group(domain: &DomainName, group: &PackageGroupSnapshot) -> String {
    let on = |operation: &str| {
        let pattern = quote(&group.pattern);
        vec![
            format!("aws codeartifact {operation}"),
            format!("--domain {domain}"),
            format!("--package-group {pattern}"),
        ]
    };
    let words = [
        ("description", "description", group.description.as_str()),
        ("contact-info", "contactInfo", group.contact_info.as_str()),
    ];
    let words = command::texts(words.into_iter().filter(|(_, _, text)| !text.is_empty()));
    let mut text = String::new();
    if group.is_root() {
        text += &said("Setting the root package group /*");
        if !words.is_empty() {
            text += &run([on("update-package-group"), words].concat());
        }
        if let Some(tags) = command::tags(&group.tags) {
            let arn = on("describe-package-group").join(" ");
            text += &format!("root=\"$({arn} --query packageGroup.arn --output text \"$@\")\"\n");
            text += &run(vec!["aws codeartifact tag-resource".to_owned(), "--resource-arn \"$root\"".to_owned(), tags]);
        }
    } else {
        text += &said(&format!("Making the package group {}", group.pattern));
        let tags = command::tags(&group.tags).into_iter().collect();
        text += &run([on("create-package-group"), words, tags].concat());
    }
    let updates = restrictions(group);
    let lines = |update| run([on("update-package-group-origin-configuration"), update].concat());
    text + &updates.into_iter().map(lines).collect::<String>()
}

/// The options of each call that sets origins.
fn restrictions(group: &PackageGroupSnapshot) -> Vec<Vec<String>> {
    let set: Vec<&GroupRestriction> = group.set_restrictions().collect();
    if set.is_empty() {
        return Vec::new();
    }
    let modes: Vec<String> = set.iter().map(|one| format!("{}={}", one.origin.as_str(), one.mode.as_str())).collect();
    let allowed: Vec<String> = set
        .iter()
        .flat_map(|one| one.repositories.iter().map(|name| (name, one.origin.as_str())))
        .map(|(name, origin)| format!("repositoryName={name},originRestrictionType={origin}"))
        .collect();
    let mut calls: Vec<Vec<String>> = allowed
        .chunks(MOST_ADDED)
        .map(|names| vec![format!("--add-allowed-repositories {}", names.join(" "))])
        .collect();
    let modes = format!("--restrictions {}", modes.join(","));
    match calls.first_mut() {
        Some(first) => first.insert(0, modes),
        None => calls.push(vec![modes]),
    }
    calls
}
