//! The AWS CLI command that equals an API request.

use std::collections::BTreeMap;

use crate::domain::NewDomain;
use crate::names::{Description, DomainName, RepositoryName};
use crate::package::PackageKey;
use crate::promotion::PinnedVersion;
use crate::repository::NewRepository;
use crate::tag::Tag;

pub mod access;
mod description;
mod export;
mod external;
mod policy;
mod publish;
mod set_up;
pub(crate) use description::{described, texts};
pub use export::export;
pub use external::{associate_external_connection, disassociate_external_connection};
pub use policy::{delete_policy, put_policy};
pub use publish::{publish_archive, publish_asset};
pub use set_up::{ask, copy_version};
mod status;
mod tags;
mod turn;
mod undo;
pub use status::{change_status, change_statuses};
pub use tags::change_tags;
pub use turn::in_turn;
pub use undo::undo;

/// How many versions one `CopyPackageVersions` call may name (CodeArtifact service model, `PackageVersionList`).
pub const MOST_VERSIONS_A_CALL: usize = 100;

/// The `aws` commands that copy the same pinned versions: one a package and hundred versions.
/// `options` are the connection's, such as `--profile prod`.
pub fn promote(
    domain: &DomainName,
    from: &RepositoryName,
    to: &RepositoryName,
    versions: &[PinnedVersion],
    options: &[String],
) -> Vec<String> {
    let mut packages: BTreeMap<&PackageKey, Vec<&PinnedVersion>> = BTreeMap::new();
    for version in versions {
        packages.entry(&version.package).or_default().push(version);
    }
    packages
        .into_iter()
        .flat_map(|(package, versions)| {
            versions
                .chunks(MOST_VERSIONS_A_CALL)
                .map(|chunk| copy_package_versions(domain, from, to, package, chunk, options))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The beginning of a command that copies versions of a package.
fn copying(domain: &DomainName, from: &RepositoryName, to: &RepositoryName, package: &PackageKey) -> Vec<String> {
    let mut lines = vec![
        "aws codeartifact copy-package-versions".to_owned(),
        format!("--domain {domain}"),
        format!("--source-repository {from}"),
        format!("--destination-repository {to}"),
        format!("--format {}", package.format),
    ];
    lines.extend(package.namespace.iter().map(|namespace| format!("--namespace {}", quote(namespace.as_str()))));
    lines.push(format!("--package {}", quote(package.name.as_str())));
    lines
}

fn copy_package_versions(
    domain: &DomainName,
    from: &RepositoryName,
    to: &RepositoryName,
    package: &PackageKey,
    versions: &[&PinnedVersion],
    options: &[String],
) -> String {
    let mut lines = copying(domain, from, to, package);
    // JSON rather than the short form `version=revision`: versions may hold `=` and `,`.
    let pins: Vec<String> = versions
        .iter()
        .map(|pin| format!("{}:{}", json_string(pin.version.as_str()), json_string(pin.revision.as_str())))
        .collect();
    lines.push(format!("--version-revisions {}", quote(&format!("{{{}}}", pins.join(",")))));
    finish(lines, options)
}

/// The `aws` command that replaces a repository's whole list of upstreams.
pub fn set_upstreams(
    domain: &DomainName,
    repository: &RepositoryName,
    upstreams: &[RepositoryName],
    options: &[String],
) -> String {
    let list = if upstreams.is_empty() {
        "--upstreams '[]'".to_owned()
    } else {
        let names: Vec<String> = upstreams.iter().map(|upstream| format!("repositoryName={upstream}")).collect();
        format!("--upstreams {}", names.join(" "))
    };
    let lines = vec![
        "aws codeartifact update-repository".to_owned(),
        format!("--domain {domain}"),
        format!("--repository {repository}"),
        list,
    ];
    finish(lines, options)
}

/// The `aws` command that tells what a repository is and what feeds it.
pub fn describe_repository(domain: &DomainName, repository: &RepositoryName, options: &[String]) -> String {
    on_repository("describe-repository", domain, repository, options, None)
}

/// The `aws` command that makes a domain.
pub fn create_domain(new: &NewDomain, options: &[String]) -> String {
    let mut lines = vec!["aws codeartifact create-domain".to_owned(), format!("--domain {}", new.name)];
    lines.extend(new.encryption_key.iter().map(|key| format!("--encryption-key {}", quote(key.as_str()))));
    lines.extend(tags(&new.tags));
    finish(lines, options)
}

/// The `aws` command that deletes a domain.
pub fn delete_domain(domain: &DomainName, options: &[String]) -> String {
    finish(vec!["aws codeartifact delete-domain".to_owned(), format!("--domain {domain}")], options)
}

/// The `aws` command that makes a repository.
pub fn create_repository(domain: &DomainName, new: &NewRepository, options: &[String]) -> String {
    let description = new.description.as_str();
    let mut more = Vec::new();
    if !description.is_empty() {
        more.push(described(description));
    }
    more.extend(tags(&new.tags));
    on_repository("create-repository", domain, &new.name, options, more)
}

/// The `aws` command that describes a repository anew, in words.
pub fn set_description(
    domain: &DomainName,
    repository: &RepositoryName,
    description: &Description,
    options: &[String],
) -> String {
    let description = described(description.as_str());
    on_repository("update-repository", domain, repository, options, Some(description))
}

/// The `aws` command that deletes a repository with all that it holds.
pub fn delete_repository(domain: &DomainName, repository: &RepositoryName, options: &[String]) -> String {
    on_repository("delete-repository", domain, repository, options, None)
}

/// JSON rather than the short form `key=k,value=v`: values may hold `=` and `,`.
pub(crate) fn tags(tags: &[Tag]) -> Option<String> {
    let pairs = tags.iter().map(|tag| {
        format!("{{\"key\":{},\"value\":{}}}", json_string(tag.key.as_str()), json_string(tag.value.as_str()))
    });
    let list: Vec<String> = pairs.collect();
    (!list.is_empty()).then(|| format!("--tags {}", quote(&format!("[{}]", list.join(",")))))
}

fn on_repository(
    operation: &str,
    domain: &DomainName,
    repository: &RepositoryName,
    options: &[String],
    more: impl IntoIterator<Item = String>,
) -> String {
    let mut lines = vec![
        format!("aws codeartifact {operation}"),
        format!("--domain {domain}"),
        format!("--repository {repository}"),
    ];
    lines.extend(more);
    finish(lines, options)
}

/// How an option begins that is a remark for people: it stands as a comment before the command.
pub const NOTE: &str = "# ";

pub(crate) fn finish(mut lines: Vec<String>, options: &[String]) -> String {
    let (notes, options): (Vec<&String>, Vec<&String>) = options.iter().partition(|option| option.starts_with(NOTE));
    if !options.is_empty() {
        let options: Vec<String> = options.into_iter().map(|option| quote(option)).collect();
        lines.push(options.join(" "));
    }
    let notes: String = notes.into_iter().map(|note| format!("{note}\n")).collect();
    notes + &lines.join(" \\\n  ")
}

/// Quotes for a POSIX shell, where quoting is needed.
pub fn quote(text: &str) -> String {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"@%+=:,./_-".contains(&b));
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// Words, one after the other; as JSON where one could be taken for an option or an address.
fn list<'w>(words: impl Iterator<Item = &'w str> + Clone) -> String {
    let plain = |word: &str| word.starts_with(|c: char| c.is_ascii_alphanumeric()) && !word.contains("://");
    if words.clone().all(plain) {
        words.map(quote).collect::<Vec<_>>().join(" ")
    } else {
        quote(&format!("[{}]", words.map(json_string).collect::<Vec<_>>().join(",")))
    }
}

pub(crate) fn json_string(text: &str) -> String {
    let mut json = String::from('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if c.is_control() => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::PackageFormat;

    fn pin(name: &str, version: &str) -> PinnedVersion {
        PinnedVersion {
            package: PackageKey {
                format: PackageFormat::Npm,
                namespace: Some("acme".parse().unwrap()),
                name: name.parse().unwrap(),
            },
            version: version.parse().unwrap(),
            revision: "a+/=".parse().unwrap(),
        }
    }

    fn names() -> (DomainName, RepositoryName, RepositoryName) {
        ("acme".parse().unwrap(), "team-dev".parse().unwrap(), "production".parse().unwrap())
    }

    #[test]
    fn a_promotion_is_one_command_a_package() {
        let (domain, from, to) = names();
        let versions = [pin("ui", "1.4.0"), pin("core", "2.0.0"), pin("ui", "1.5.0")];
        let commands = promote(&domain, &from, &to, &versions, &["--region".into(), "eu-west-1".into()]);
        assert_eq!(commands.len(), 2);
        assert_eq!(
            commands[1],
            "aws codeartifact copy-package-versions \\\n  --domain acme \\\n  --source-repository team-dev \\\n  --destination-repository production \\\n  --format npm \\\n  --namespace acme \\\n  --package ui \\\n  --version-revisions '{\"1.4.0\":\"a+/=\",\"1.5.0\":\"a+/=\"}' \\\n  --region eu-west-1"
        );
    }

    #[test]
    fn a_hundred_and_one_versions_take_two_commands() {
        let (domain, from, to) = names();
        let versions: Vec<_> = (0..101).map(|n| pin("ui", &format!("1.0.{n}"))).collect();
        assert_eq!(promote(&domain, &from, &to, &versions, &[]).len(), 2);
    }

    #[test]
    fn what_could_be_an_option_is_told_as_json() {
        assert_eq!(list(["1.0.0", "a b"].into_iter()), "1.0.0 'a b'");
        assert_eq!(list(["-1"].into_iter()), "'[\"-1\"]'");
    }

    #[test]
    fn a_remark_stands_before_its_command() {
        let (domain, _, to) = names();
        let options = ["# Assume the role first.".to_owned(), "--region".to_owned(), "eu-west-1".to_owned()];
        assert_eq!(
            delete_repository(&domain, &to, &options),
            "# Assume the role first.\naws codeartifact delete-repository \\\n  --domain acme \\\n  --repository production \\\n  --region eu-west-1"
        );
    }

    #[test]
    fn no_upstreams_are_an_empty_list() {
        let (domain, _, to) = names();
        assert!(set_upstreams(&domain, &to, &[], &[]).ends_with("--upstreams '[]'"));
    }

    #[test]
    fn what_is_made_is_told_in_full() {
        let new = NewDomain {
            name: "my-company".parse().unwrap(),
            encryption_key: Some("alias/packages".parse().unwrap()),
            tags: crate::tag::parse_lines("team=a,b\nnote=it's").unwrap(),
        };
        assert_eq!(
            create_domain(&new, &[]),
            "aws codeartifact create-domain \\\n  --domain my-company \\\n  --encryption-key alias/packages \\\n  --tags '[{\"key\":\"team\",\"value\":\"a,b\"},{\"key\":\"note\",\"value\":\"it'\\''s\"}]'"
        );
        let (domain, name, _) = names();
        let new = NewRepository { name, description: "npm packages".parse().unwrap(), tags: vec![] };
        assert_eq!(
            create_repository(&domain, &new, &[]),
            "aws codeartifact create-repository \\\n  --domain acme \\\n  --repository team-dev \\\n  --description 'npm packages'"
        );
    }

    #[test]
    fn a_command_on_a_repository_names_domain_and_repository() {
        let (domain, _, to) = names();
        assert_eq!(
            disassociate_external_connection(&domain, &to, "public:npmjs", &["--profile".into(), "prod".into()]),
            "aws codeartifact disassociate-external-connection \\\n  --domain acme \\\n  --repository production \\\n  --external-connection public:npmjs \\\n  --profile prod"
        );
        assert_eq!(
            describe_repository(&domain, &to, &[]),
            "aws codeartifact describe-repository \\\n  --domain acme \\\n  --repository production"
        );
    }

    proptest! {
        #[test]
        fn a_shell_reads_a_quoted_text_as_one_word(text in "[^\u{0}]{0,20}") {
            let shell = std::process::Command::new("sh")
                .args(["-c", &format!("printf %s {}", quote(&text))])
                .output()
                .unwrap();
            prop_assert_eq!(String::from_utf8(shell.stdout).unwrap(), text);
        }
    }
}
