//! The recipe's policy documents.

use crate::domain::Domain;
use crate::names::{AccountId, PolicyDocument, RepositoryName};
use crate::permission::{NewPolicy, Policy};

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
/// installs. Both need the right to a bearer token, which no resource policy can give (user guide, "Tokens created with
/// GetAuthorizationToken").
pub fn identity_policies(names: &Names, domain: &Domain) -> [(&'static str, String); 2] {
    let arn = |kind: &str, rest: &str| {
        let (partition, region, account) = (partition(&domain.arn), region(&domain.arn), &domain.owner);
        format!("arn:{partition}:codeartifact:{region}:{account}:{kind}/{}{rest}", domain.name)
    };
    let Names { npm_store, pypi_store, team, production, .. } = names;
    let repository = |name: &RepositoryName| arn("repository", &format!("/{name}"));
    let packages = |name: &RepositoryName| arn("package", &format!("/{name}/*"));
    let reading = ["GetAuthorizationToken", "GetRepositoryEndpoint", "ReadFromRepository"];
    let writing = ["PublishPackageVersion", "PutPackageMetadata"];
    let developers =
        [arn("domain", ""), repository(team), repository(npm_store), repository(pypi_store), packages(team)];
    let consumers = [arn("domain", ""), repository(production), packages(production)];
    [
        ("dev-policy.json", identity_policy(&[&reading[..], &writing[..]].concat(), &developers)),
        ("prod-policy.json", identity_policy(&reading, &consumers)),
    ]
}

/// One statement for CodeArtifact and one for the bearer token. ARNs of names hold nothing that JSON would escape.
fn identity_policy(actions: &[&str], resources: &[String]) -> String {
    let lines = |texts: Vec<String>| texts.join(",\n        ");
    let actions = lines(actions.iter().map(|action| format!("\"codeartifact:{action}\"")).collect());
    let resources = lines(resources.iter().map(|resource| format!("\"{resource}\"")).collect());
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Effect": "Allow",
      "Action": [
        {actions}
      ],
      "Resource": [
        {resources}
      ]
    }},
    {{
      "Effect": "Allow",
      "Action": "sts:GetServiceBearerToken",
      "Resource": "*",
      "Condition": {{ "StringEquals": {{ "sts:AWSServiceName": "codeartifact.amazonaws.com" }} }}
    }}
  ]
}}"#
    )
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
            "{} has another policy, and a repository has one. The recipe leaves it alone: look at it in the settings of the repository.",
            names.team
        )),
    }
}

/// The same text but for white space. None of the recipe's own words holds any.
fn same(one: &str, other: &str) -> bool {
    let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    dense(one) == dense(other)
}
