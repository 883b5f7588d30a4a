//! The recipe's policy documents.

use crate::domain::Domain;
use crate::names::{AccountId, PolicyDocument, RepositoryName};
use crate::permission::{NewPolicy, Policy};
use crate::policy::arn::Home;
use crate::policy::generate::{Person, Wanted};

use super::parts::{Part, Standing};
use super::{Call, Names, SetupState};

/// The permissions policy of the team repository: everybody of the account may install from it and publish to it, as
/// far as IAM lets them.
pub fn team_policy(partition: &str, account: &AccountId) -> Option<PolicyDocument> {
    let document = format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Effect": "Allow",
      "Principal": {{ "AWS": "arn:{partition}:iam::{account}:root" }},
      "Action": [
        "codeartifact:ReadFromRepository",
        "codeartifact:PublishPackageVersion",
        "codeartifact:PutPackageMetadata"
      ],
      "Resource": "*"
    }}
  ]
}}"#
    );
    document.parse().ok()
}

/// The recipe's two identity policies, each with the name of its file: developers install and publish, production only
/// installs. They are what the generator writes for these two.
pub fn identity_policies(names: &Names, domain: &Domain) -> [(&'static str, String); 2] {
    let home = Home {
        partition: partition(&domain.arn).to_owned(),
        region: region(&domain.arn).to_owned(),
        owner: domain.owner.clone(),
        domain: domain.name.clone(),
    };
    let policy = |person, repository: &RepositoryName, sources: Vec<RepositoryName>| {
        let repositories = vec![repository.clone()];
        Wanted { person, home: home.clone(), repositories, sources, packages: None }
            .policy()
            .to_json()
            .trim_end()
            .to_owned()
    };
    let stores = vec![names.npm_store.clone(), names.pypi_store.clone()];
    [
        ("dev-policy.json", policy(Person::Developer, &names.team, stores)),
        ("prod-policy.json", policy(Person::Consumer, &names.production, Vec::new())),
    ]
}

/// The region of an ARN.
fn region(arn: &str) -> &str {
    arn.split(':').nth(3).unwrap_or_default()
}

/// The partition of an ARN, such as `aws` or `aws-cn`.
fn partition(arn: &str) -> &str {
    arn.split(':').nth(1).filter(|partition| !partition.is_empty()).unwrap_or("aws")
}

/// The team repository has the recipe's policy.
pub(super) fn permissions(names: &Names, state: &SetupState) -> Part {
    let what = format!("{} has a permissions policy that lets its account install and publish", names.team);
    let domain = state.domain.as_ref();
    let wanted = domain.and_then(|domain| team_policy(partition(&domain.arn), &domain.owner));
    let call = |seen: Option<&Policy>| {
        let document = wanted.clone()?;
        Some(Call::SetPolicy(names.team.clone(), NewPolicy { seen: seen.map(Into::into), document }))
    };
    let Some(glance) = &state.policy else { return Part::new(what, Standing::Missing, call(None)) };
    match (&glance.policy, &glance.problem) {
        (_, Some(problem)) => Part::new(what, Standing::Unknown, call(None)).with(problem.message.clone()),
        (None, None) => Part::new(what, Standing::Missing, call(None)),
        (Some(policy), None) if wanted.as_ref().is_some_and(|wanted| same(wanted.as_str(), &policy.document)) => {
            Part::new(what, Standing::Done, call(None))
        }
        (Some(_), None) => Part::new(what, Standing::Conflict, call(None)).with(format!(
            "{} has another policy, and a repository has one. The recipe leaves it alone: look at it under Access of the repository.",
            names.team
        )),
    }
}

/// The same text but for white space. None of the recipe's own words holds any.
fn same(one: &str, other: &str) -> bool {
    let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    dense(one) == dense(other)
}
