//! A Terraform module, laid out as `terraform fmt` lays it out.

mod hcl;

use super::identifiers::{self, Identifiers};
use super::value::Value;
use super::{ExportFile, RepositorySnapshot, Snapshot};
use crate::tag::Tag;
use hcl::Body;

/// A folder with the resources and what they need, and what Terraform cannot say.
pub fn write(snapshot: &Snapshot) -> (Vec<ExportFile>, Vec<String>) {
    let main = format!(
        "# {}, as Terraform.\n{}#\n# It makes the domain anew, in the account of the credentials that Terraform is run with.\n\n{}",
        snapshot.title(),
        snapshot.missing("#"),
        resources(snapshot)
    );
    let files = [("main.tf", main), ("versions.tf", versions(snapshot))];
    let files = files.map(|(name, text)| ExportFile { name: name.to_owned(), text }).to_vec();
    let marks = files.iter().any(|file| file.text.contains(is_mark));
    let composed = marks.then(|| {
        "Marks that stand apart from their letters: Terraform makes one sign of both, such as of e and its accent."
            .to_owned()
    });
    let groups = snapshot
        .package_groups
        .iter()
        .any(|group| !group.is_given())
        .then(|| "Package groups: Terraform's provider hashicorp/aws has no resource for them.".to_owned());
    (files, composed.into_iter().chain(groups).collect())
}

/// Whether it is a mark that follows its letter (Unicode, "Combining Diacritical Marks"). Terraform keeps texts in the
/// form NFC, where most letters with a mark are one character.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn versions(snapshot: &Snapshot) -> String {
    let provider = Value::Map(
        [("source", "hashicorp/aws"), ("version", ">= 5.0")]
            .map(|(key, text)| (key.to_owned(), Value::text(text)))
            .to_vec(),
    );
    let mut required = Body::default();
    required.attribute("aws", &provider);
    let mut terraform = Body::default();
    terraform.attribute("required_version", &Value::text(">= 1.0"));
    terraform.block("required_providers", required);
    let mut provider = Body::default();
    provider.attribute("region", &Value::text(&snapshot.region));
    let mut file = Body::default();
    file.block("terraform", terraform);
    file.block("provider \"aws\"", provider);
    file.text()
}

fn resources(snapshot: &Snapshot) -> String {
    let identifiers = identifiers::snake(snapshot);
    let mut file = Body::default();
    let domain = Domain { label: snapshot.domain.as_str().replace('-', "_") };
    domain.write(snapshot, &mut file);
    for repository in snapshot.in_order() {
        write_repository(repository, &domain, &identifiers, &mut file);
    }
    file.text()
}

/// The domain by its label.
struct Domain {
    label: String,
}

impl Domain {
    fn name(&self) -> String {
        format!("aws_codeartifact_domain.{}.domain", self.label)
    }

    fn write(&self, snapshot: &Snapshot, file: &mut Body) {
        let mut body = Body::default();
        body.attribute("domain", &Value::text(snapshot.domain.as_str()));
        if let Some(key) = &snapshot.encryption_key {
            body.remark("The key that encrypts it now. Without this line it is AWS's own for CodeArtifact.");
            body.attribute("encryption_key", &Value::text(key));
        }
        tags(&snapshot.tags, &mut body);
        file.block(&format!("resource \"aws_codeartifact_domain\" \"{}\"", self.label), body);
        if let Some(document) = &snapshot.policy {
            let mut body = Body::default();
            body.expression("domain", &self.name());
            policy(document, &mut body);
            file.block(&format!("resource \"aws_codeartifact_domain_permissions_policy\" \"{}\"", self.label), body);
        }
    }
}

fn write_repository(repository: &RepositorySnapshot, domain: &Domain, identifiers: &Identifiers, file: &mut Body) {
    let name_of = |identifier: &str| format!("aws_codeartifact_repository.{identifier}.repository");
    let Some(label) = identifiers.get(&repository.name) else { return };
    let mut body = Body::default();
    body.attribute("repository", &Value::text(repository.name.as_str()));
    body.expression("domain", &domain.name());
    if !repository.description.is_empty() {
        body.attribute("description", &Value::text(&repository.description));
    }
    tags(&repository.tags, &mut body);
    for upstream in &repository.upstreams {
        let mut one = Body::default();
        match identifiers.get(upstream) {
            Some(identifier) => one.expression("repository_name", &name_of(identifier)),
            None => one.attribute("repository_name", &Value::text(upstream.as_str())),
        }
        body.block("upstream", one);
    }
    for connection in &repository.external_connections {
        let mut one = Body::default();
        one.attribute("external_connection_name", &Value::text(connection));
        body.block("external_connections", one);
    }
    file.block(&format!("resource \"aws_codeartifact_repository\" \"{label}\""), body);
    if let Some(document) = &repository.policy {
        let mut body = Body::default();
        body.expression("repository", &name_of(label));
        body.expression("domain", &domain.name());
        policy(document, &mut body);
        file.block(&format!("resource \"aws_codeartifact_repository_permissions_policy\" \"{label}\""), body);
    }
}

/// What is no JSON is given as it is: the provider takes any text.
fn policy(document: &str, body: &mut Body) {
    match Value::document(document) {
        Some(value) => body.call("policy_document", "jsonencode", &value),
        None => body.attribute("policy_document", &Value::text(document)),
    }
}

fn tags(tags: &[Tag], body: &mut Body) {
    if !tags.is_empty() {
        let pairs = tags.iter().map(|tag| (tag.key.to_string(), Value::text(tag.value.as_str())));
        body.attribute("tags", &Value::Map(pairs.collect()));
    }
}
