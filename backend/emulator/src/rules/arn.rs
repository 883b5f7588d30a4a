//! Amazon resource names of domains and repositories (service authorization reference, CodeArtifact).

use percent_encoding::percent_decode_str;

use crate::Options;

/// What a resource name points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resource<'a> {
    /// `domain/NAME`
    Domain(&'a str),
    /// `repository/DOMAIN/NAME`
    Repository(&'a str, &'a str),
    /// `package-group/DOMAIN/PATTERN`, with the pattern as it is written
    PackageGroup(&'a str, String),
}

/// Name of a domain.
pub(crate) fn domain(options: &Options, domain: &str) -> String {
    format!("{}domain/{domain}", prefix(options))
}

/// Name of a repository. The account in it is the domain's owner.
pub(crate) fn repository(options: &Options, domain: &str, repository: &str) -> String {
    format!("{}repository/{domain}/{repository}", prefix(options))
}

/// Name of a package group: `%`, `$` and `*` of the pattern are escaped (user guide, "Package group ARNs").
pub(crate) fn package_group(options: &Options, domain: &str, pattern: &str) -> String {
    let pattern = pattern.replace('%', "%25").replace('$', "%24").replace('*', "%2a");
    format!("{}package-group/{domain}{pattern}", prefix(options))
}

/// Reads a name of this region and account.
pub(crate) fn parse<'a>(options: &Options, arn: &'a str) -> Option<Resource<'a>> {
    let (kind, rest) = arn.strip_prefix(&prefix(options))?.split_once('/')?;
    match (kind, rest.split_once('/')) {
        ("domain", None) => Some(Resource::Domain(rest)),
        ("repository", Some((domain, repository))) => Some(Resource::Repository(domain, repository)),
        ("package-group", Some((domain, pattern))) => {
            let pattern = percent_decode_str(pattern).decode_utf8().ok()?;
            Some(Resource::PackageGroup(domain, format!("/{pattern}")))
        }
        _ => None,
    }
}

fn prefix(options: &Options) -> String {
    format!("arn:aws:codeartifact:{}:{}:", options.region, options.account)
}
