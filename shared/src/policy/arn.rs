//! The ARNs of CodeArtifact: their shape, and what a pattern of them can mean.
//!
//! | kind | after `arn:{partition}:codeartifact:{region}:{domain owner}:` |
//! |---|---|
//! | domain | `domain/{domain}` |
//! | repository | `repository/{domain}/{repository}` |
//! | package | `package/{domain}/{repository}/{format}/{namespace}/{name}` |
//! | package group | `package-group/{domain}{pattern}` |
//!
//! A package without a namespace keeps the empty slot: `npm//react`. (Service authorization reference and CodeArtifact
//! user guide.)

use super::action::{ResourceKind, SERVICE};
use super::near::nearest;
use super::wildcard::is_pattern;
use crate::format::PackageFormat;
use crate::names::{AccountId, DomainName, RepositoryName};

/// The partitions of AWS that have regions people can use.
pub const PARTITIONS: [&str; 3] = ["aws", "aws-cn", "aws-us-gov"];

/// Where the resources of a domain live: everything of their ARNs but their own names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
    /// Such as `eu-west-1`.
    pub region: String,
    /// The account that owns the domain, also of repositories that another account made.
    pub owner: AccountId,
    /// The domain.
    pub domain: DomainName,
}

impl Home {
    /// Where a domain lives, by its ARN; none if it is not one.
    pub fn of_domain(arn: &str) -> Option<Self> {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let ["arn", partition, SERVICE, region, owner, resource] = parts[..] else { return None };
        let domain = resource.strip_prefix("domain/")?.parse().ok()?;
        Some(Self { partition: partition.into(), region: region.into(), owner: owner.parse().ok()?, domain })
    }

    fn arn(&self, resource: &str) -> String {
        format!("arn:{}:{SERVICE}:{}:{}:{resource}", self.partition, self.region, self.owner)
    }

    /// The domain itself.
    pub fn domain(&self) -> String {
        self.arn(&format!("domain/{}", self.domain))
    }

    /// One of its repositories.
    pub fn repository(&self, repository: &RepositoryName) -> String {
        self.arn(&format!("repository/{}/{repository}", self.domain))
    }

    /// Every package of one of its repositories.
    pub fn packages(&self, repository: &RepositoryName) -> String {
        self.arn(&format!("package/{}/{repository}/*", self.domain))
    }

    /// Those packages of a repository that a pattern of format, namespace and name describes, such as `npm/parity/*`.
    pub fn package_pattern(&self, repository: &RepositoryName, pattern: &str) -> String {
        self.arn(&format!("package/{}/{repository}/{pattern}", self.domain))
    }

    /// Everything of one kind that the domain holds.
    pub fn all(&self, kind: ResourceKind) -> String {
        match kind {
            ResourceKind::Domain => self.domain(),
            kind => self.arn(&format!("{}/{}/*", kind.as_str(), self.domain)),
        }
    }

    /// A package. The namespace is empty where there is none.
    pub fn package(&self, repository: &RepositoryName, format: PackageFormat, namespace: &str, name: &str) -> String {
        self.arn(&format!("package/{}/{repository}/{format}/{namespace}/{name}", self.domain))
    }
}

/// What is wrong with the ARN of a resource, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// A sentence.
    pub message: String,
    /// A sentence.
    pub mend: Option<String>,
}

fn flaw(message: impl Into<String>, mend: Option<&str>) -> Flaw {
    Flaw { message: message.into(), mend: mend.map(str::to_owned) }
}

/// A pattern with `*` in place of its policy variables, whose names hold `:` and `/`.
fn without_variables(pattern: &str) -> String {
    let mut parts = pattern.split("${");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push('*');
        plain.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    plain
}

/// The service that an ARN belongs to; none if it is no ARN, or if the service is a pattern.
pub fn service(arn: &str) -> Option<&str> {
    arn.strip_prefix("arn:")?.split(':').nth(1).filter(|service| !is_pattern(service) && !service.contains('$'))
}

/// What is wrong with a resource of CodeArtifact as it stands in a policy; nothing if it is `*` or has the right shape.
pub fn flaw_of(arn: &str) -> Option<Flaw> {
    if arn == "*" {
        return None;
    }
    let plain = without_variables(arn);
    let parts: Vec<&str> = plain.splitn(6, ':').collect();
    let shape = "The shape is `arn:aws:codeartifact:{region}:{account}:{resource}`.";
    let [head, partition, service, region, account, resource] = parts[..] else {
        return Some(flaw(format!("`{arn}` is no ARN. A resource is an ARN or `*`."), Some(shape)));
    };
    if head != "arn" {
        return Some(flaw(format!("`{arn}` is no ARN. A resource is an ARN or `*`."), Some(shape)));
    }
    if !is_pattern(partition) && !PARTITIONS.contains(&partition) && !partition.starts_with("aws-") {
        return Some(flaw(
            format!("AWS has no partition `{partition}`."),
            Some("It is `aws`, `aws-cn` or `aws-us-gov`."),
        ));
    }
    if !is_pattern(service) && service != SERVICE {
        return Some(flaw(format!("This ARN belongs to `{service}`, not to `{SERVICE}`."), Some(shape)));
    }
    if !is_pattern(region) && !is_region(region) {
        return Some(flaw(format!("`{region}` is no region."), Some("A region looks like `eu-west-1`.")));
    }
    if !is_pattern(account) && account.parse::<AccountId>().is_err() {
        return Some(flaw(
            format!("`{account}` is no account number."),
            Some("It has 12 digits: those of the account that owns the domain."),
        ));
    }
    flaw_of_resource(resource)
}

/// Names of regions, as far as they can be told without a list that ages: `eu-west-1`, `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() >= 3
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        && parts.last().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()))
}

fn flaw_of_resource(resource: &str) -> Option<Flaw> {
    let (kind, rest) = resource.split_once('/').unwrap_or((resource, ""));
    if is_pattern(kind) {
        return None;
    }
    let Some(known) = ResourceKind::ALL.into_iter().find(|known| known.as_str() == kind) else {
        let kinds = ResourceKind::ALL.map(ResourceKind::as_str);
        let mend = nearest(kind, kinds).map(|meant| format!("Did you mean `{meant}`?"));
        let message = format!("CodeArtifact has no resource `{kind}`: there are {}.", kinds.join(", "));
        return Some(Flaw { message, mend });
    };
    let parts: Vec<&str> = rest.split('/').collect();
    let empty = parts.first().is_none_or(|domain| domain.is_empty());
    let (wanted, shape) = match known {
        ResourceKind::Domain => (1, "domain/{domain}"),
        ResourceKind::Repository => (2, "repository/{domain}/{repository}"),
        ResourceKind::Package => (5, "package/{domain}/{repository}/{format}/{namespace}/{name}"),
        ResourceKind::PackageGroup => {
            let shape = "The shape is `package-group/{domain}/{pattern}`, such as `package-group/acme/npm/%2a`.";
            let short = parts.len() < 2 && !rest.contains('*');
            return (empty || short).then(|| flaw("This ARN of a package group is not complete.", Some(shape)));
        }
    };
    let mend = format!("The shape is `{shape}`.");
    if empty || (parts.len() < wanted && !rest.contains('*')) {
        let namespace = "The slot of the namespace stays when it is empty, as in `npm//react`.";
        let mend = if parts.len() == 4 { format!("{mend} {namespace}") } else { mend };
        return Some(flaw(format!("This ARN of {} is not complete.", known.words()), Some(&mend)));
    }
    if parts.len() > wanted {
        let mend = if known == ResourceKind::Repository {
            format!("{mend} Packages have ARNs of their own: `package/…`.")
        } else {
            mend
        };
        return Some(flaw(format!("This ARN of {} has too many parts.", known.words()), Some(&mend)));
    }
    if known == ResourceKind::Package { flaw_of_package(&parts) } else { None }
}

fn flaw_of_package(parts: &[&str]) -> Option<Flaw> {
    let format = parts.get(2).copied().unwrap_or("*");
    if !is_pattern(format) && format.parse::<PackageFormat>().is_err() {
        let formats = PackageFormat::ALL.map(PackageFormat::as_str);
        let mend = nearest(format, formats).map(|meant| format!("Did you mean `{meant}`?"));
        return Some(Flaw { message: format!("CodeArtifact has no package format `{format}`."), mend });
    }
    if parts.get(3).is_some_and(|namespace| namespace.starts_with('@')) {
        let mend = "Write the scope without `@`.";
        return Some(flaw("The namespace of an npm package stands in an ARN without `@`.", Some(mend)));
    }
    None
}

/// The kinds of resources of CodeArtifact that a resource of a policy can mean.
pub fn kinds(pattern: &str) -> Vec<ResourceKind> {
    let pattern = without_variables(pattern);
    let resource = if pattern == "*" { "*" } else { pattern.splitn(6, ':').nth(5).unwrap_or("*") };
    let literal = resource.split(['*', '?']).next().unwrap_or_default();
    let is_whole = literal.len() == resource.len() || literal.contains('/');
    let head = literal.split('/').next().unwrap_or_default();
    let may_be = |kind: &ResourceKind| if is_whole { kind.as_str() == head } else { kind.as_str().starts_with(head) };
    ResourceKind::ALL.into_iter().filter(may_be).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arn(resource: &str) -> String {
        format!("arn:aws:codeartifact:eu-west-1:111122223333:{resource}")
    }

    #[test]
    fn right_arns_have_no_flaw() {
        let right = [
            "domain/acme",
            "repository/acme/team-dev",
            "repository/acme/*",
            "package/acme/team-dev/*",
            "package/acme/team-dev/npm//react",
            "package/acme/team-dev/npm/parity/ui",
            "package-group/acme/npm/%2a",
            "package-group/acme*",
            "repository/acme/${aws:PrincipalTag/team}",
            "*",
        ];
        for resource in right {
            assert_eq!(flaw_of(&arn(resource)), None, "{resource}");
        }
        assert_eq!(flaw_of("*"), None);
        assert_eq!(flaw_of("arn:*:codeartifact:*:*:repository/acme/*"), None);
        assert_eq!(flaw_of("arn:aws-us-gov:codeartifact:us-gov-east-1:111122223333:domain/acme"), None);
    }

    #[test]
    fn each_part_of_a_wrong_arn_is_named() {
        let told = |arn: &str| flaw_of(arn).map(|flaw| flaw.message).unwrap_or_default();
        assert!(told("team-dev").contains("no ARN"));
        assert!(told("arn:aws:codeartifact:eu-west-1").contains("no ARN"));
        assert!(told("arn:amazon:codeartifact:eu-west-1:111122223333:domain/acme").contains("no partition"));
        assert!(told("arn:aws:s3:eu-west-1:111122223333:domain/acme").contains("belongs to `s3`"));
        assert!(told("arn:aws:codeartifact:ireland:111122223333:domain/acme").contains("no region"));
        assert!(told("arn:aws:codeartifact::111122223333:domain/acme").contains("no region"));
        assert!(told("arn:aws:codeartifact:eu-west-1:1111:domain/acme").contains("no account number"));
        assert!(told(&arn("domains/acme")).contains("no resource `domains`"));
        assert!(told(&arn("domain")).contains("not complete"));
        assert!(told(&arn("repository/acme")).contains("not complete"));
        assert!(told(&arn("repository/acme/team-dev/npm")).contains("too many parts"));
        assert!(told(&arn("package/acme/team-dev/npm/react")).contains("not complete"));
        assert!(told(&arn("package/acme/team-dev/nmp//react")).contains("no package format `nmp`"));
        assert!(told(&arn("package/acme/team-dev/npm/@parity/ui")).contains("without `@`"));
        assert_eq!(flaw_of(&arn("repositry/acme/x")).unwrap().mend.unwrap(), "Did you mean `repository`?");
        assert!(flaw_of(&arn("package/acme/r/npm/react")).unwrap().mend.unwrap().contains("npm//react"));
    }

    #[test]
    fn a_pattern_can_mean_several_kinds() {
        use ResourceKind::*;
        assert_eq!(kinds("*"), ResourceKind::ALL);
        assert_eq!(kinds(&arn("package/acme/*")), [Package]);
        assert_eq!(kinds(&arn("package*")), [Package, PackageGroup]);
        assert_eq!(kinds(&arn("domain/acme")), [Domain]);
        assert_eq!(kinds(&arn("${aws:username}")), ResourceKind::ALL);
    }
}
