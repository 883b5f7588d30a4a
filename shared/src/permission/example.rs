//! Policies to begin with.

use crate::names::{AccountId, OrganizationId};
use crate::policy::Level;

/// A policy to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// The account that owns the domain reads and publishes.
    Team,
    /// Another account reads.
    Account,
    /// Every account of an organization reads.
    Organization,
}

/// Whom an example is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grantee {
    /// An account: whom it trusts inside is its own affair.
    Account(AccountId),
    /// An organization of AWS Organizations.
    Organization(OrganizationId),
}

/// What it takes to read from a repository (user guide, *Repository policies*).
const READ: &[&str] = &[
    "DescribePackageVersion",
    "DescribeRepository",
    "GetPackageVersionReadme",
    "GetRepositoryEndpoint",
    "ListPackageVersionAssets",
    "ListPackageVersionDependencies",
    "ListPackageVersions",
    "ListPackages",
    "ReadFromRepository",
];

/// What it takes to get into a domain (user guide, *Domain policies*, without the right to make repositories).
const ENTER: &[&str] =
    &["DescribeDomain", "GetAuthorizationToken", "GetDomainPermissionsPolicy", "ListRepositoriesInDomain"];

/// Reading and publishing.
const TEAM: &[&str] = &["ReadFromRepository", "PublishPackageVersion", "PutPackageMetadata"];

impl Example {
    /// The examples of a level, the simplest first.
    pub fn of(level: Level) -> &'static [Self] {
        match level {
            Level::Repository => &[Self::Team, Self::Account, Self::Organization],
            Level::Domain => &[Self::Account, Self::Organization],
            Level::Identity => &[],
        }
    }

    /// How it is called in a list.
    pub fn title(self, level: Level) -> &'static str {
        match (self, level) {
            (Self::Team, _) => "This account reads and publishes",
            (Self::Account, Level::Domain) => "Another account gets into the domain",
            (Self::Account, _) => "Another account reads",
            (Self::Organization, Level::Domain) => "An organization gets into the domain",
            (Self::Organization, _) => "An organization reads",
        }
    }

    /// Its document.
    pub fn document(self, level: Level, grantee: &Grantee) -> String {
        let actions = match (self, level) {
            (Self::Team, _) => TEAM,
            (_, Level::Domain) => ENTER,
            _ => READ,
        };
        let actions: Vec<String> = actions.iter().map(|action| format!("        \"codeartifact:{action}\"")).collect();
        // Neither account nor organization can hold a character that JSON escapes.
        let (principal, condition) = match grantee {
            Grantee::Account(account) => {
                (format!("{{\n        \"AWS\": \"arn:aws:iam::{account}:root\"\n      }}"), String::new())
            }
            Grantee::Organization(organization) => (
                "\"*\"".to_owned(),
                format!(
                    ",\n      \"Condition\": {{\n        \"StringEquals\": {{\n          \"aws:PrincipalOrgID\": \"{organization}\"\n        }}\n      }}"
                ),
            ),
        };
        format!(
            "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Effect\": \"Allow\",\n      \"Principal\": {principal},\n      \"Action\": [\n{}\n      ],\n      \"Resource\": \"*\"{condition}\n    }}\n  ]\n}}",
            actions.join(",\n")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::check;

    #[test]
    fn no_example_has_anything_to_correct_and_each_fits() {
        let account = Grantee::Account("111122223333".parse().unwrap());
        let organization = Grantee::Organization("o-exampleorgid".parse().unwrap());
        for level in [Level::Domain, Level::Repository] {
            for example in Example::of(level) {
                let grantee = if *example == Example::Organization { &organization } else { &account };
                let document = example.document(level, grantee);
                assert_eq!(check(&document, level), [], "{document}");
                assert!(serde_json::from_str::<serde_json::Value>(&document).is_ok());
                assert!(document.parse::<crate::names::PolicyDocument>().is_ok());
            }
        }
    }
}
