//! Publishing by command.

use super::{access, in_turn, on_repository, quote};
use crate::api::AssetQuery;
use crate::format::PackageFormat;
use crate::names::{AssetName, DistTag, DomainName, RepositoryName};
use crate::publishing::Then;

/// The `aws` command that publishes one file of a generic version; the file lies where the command is run.
pub fn publish_asset(
    domain: &DomainName,
    repository: &RepositoryName,
    asset: &AssetQuery,
    options: &[String],
) -> String {
    let mut more = vec![
        "--format generic".to_owned(),
        format!("--namespace {}", quote(asset.namespace.as_str())),
        format!("--package {}", quote(asset.package.as_str())),
        format!("--package-version {}", quote(asset.version.as_str())),
        format!("--asset-name {}", quote(asset.asset.as_str())),
        format!("--asset-content {}", quote(&format!("./{}", asset.asset))),
        format!("--asset-sha256 {}", asset.sha256),
    ];
    if asset.then == Then::Unfinished {
        more.push("--unfinished".to_owned());
    }
    on_repository("publish-package-version", domain, repository, options, more)
}

/// The commands that publish an archive with its own package manager; the file lies where they are run.
pub fn publish_archive(
    domain: &DomainName,
    repository: &RepositoryName,
    format: PackageFormat,
    file: &AssetName,
    tag: Option<&DistTag>,
    options: &[String],
) -> String {
    let (tool, file) = (if format == PackageFormat::Npm { "npm" } else { "twine" }, quote(&format!("./{file}")));
    let login = access::login(tool, domain, None, repository, options);
    let publish = match format {
        PackageFormat::Npm => {
            let tag = tag.map(|tag| format!(" --tag {tag}")).unwrap_or_default();
            format!("npm publish {file}{tag}")
        }
        _ => format!("twine upload --repository codeartifact {file}"),
    };
    in_turn([login, publish])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_published_from_where_the_command_is_run() {
        let sha256 = "a".repeat(64);
        let mut asset = AssetQuery {
            namespace: "acme".parse().unwrap(),
            package: "installer".parse().unwrap(),
            version: "1.0.0".parse().unwrap(),
            asset: "set up (1).sh".parse().unwrap(),
            sha256: sha256.parse().unwrap(),
            then: Then::Unfinished,
        };
        let command =
            |asset: &AssetQuery| publish_asset(&"acme".parse().unwrap(), &"team-dev".parse().unwrap(), asset, &[]);
        assert_eq!(
            command(&asset),
            format!(
                "aws codeartifact publish-package-version \\\n  --domain acme \\\n  --repository team-dev \\\n  --format generic \\\n  --namespace acme \\\n  --package installer \\\n  --package-version 1.0.0 \\\n  --asset-name 'set up (1).sh' \\\n  --asset-content './set up (1).sh' \\\n  --asset-sha256 {sha256} \\\n  --unfinished"
            )
        );
        asset.then = Then::Published;
        assert!(!command(&asset).contains("--unfinished"));
    }
}
