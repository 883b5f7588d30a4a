//! Texts to try the doctor with, made of the domain as it is.

use shared::doctor::Known;
use shared::topology::Role;

/// A text to try, and what it is.
pub struct Example {
    /// What stands on its button.
    pub title: &'static str,
    /// The text.
    pub text: String,
}

/// A token that is none: the page shows that it is hidden.
const TOKEN: &str = "eyJ2ZXIiOjEsImV4YW1wbGUiOnRydWV9.ThisIsNoTokenItOnlyLooksLikeOne0123456789";

/// What can be tried in a domain.
pub fn examples(known: &Known) -> Vec<Example> {
    let (Some(domain), Some(owner), Some(region)) = (&known.domain, &known.owner, &known.region) else {
        return Vec::new();
    };
    let host = |region: &str| format!("{domain}-{owner}.d.codeartifact.{region}.amazonaws.com");
    let repositories = known.repositories.as_deref().unwrap_or_default();
    let named = |role: Role| repositories.iter().find(|one| Role::of(one) == role).map(|one| one.name.as_str());
    let Some(team) = named(Role::Team).or_else(|| repositories.first().map(|one| one.name.as_str())) else {
        return Vec::new();
    };
    let elsewhere = if region == "us-east-1" { "eu-west-1" } else { "us-east-1" };
    let (here, there) = (host(region), host(elsewhere));
    let production = named(Role::Production).unwrap_or(team);
    vec![
        Example {
            title: "A log with an expired token",
            text: format!(
                "npm error code E401\nnpm error 401 Unauthorized - GET https://{here}/npm/{team}/lodash\nnpm error Unable to authenticate, your authentication token seems to be invalid.\n"
            ),
        },
        Example {
            title: "An .npmrc of another region",
            text: format!("registry=https://{there}/npm/{team}/\n//{there}/npm/{team}/:_authToken={TOKEN}\n"),
        },
        Example {
            title: "A pip.conf that finds nothing",
            text: format!("[global]\nindex-url = https://aws:{TOKEN}@{here}/pypi/{team}/\n"),
        },
        Example {
            title: "A package that is not given",
            text: format!(
                "npm error code E404\nnpm error 404 Not Found - GET https://{here}/npm/{production}/no-such-package - Package not found\nnpm error 404  'no-such-package@*' is not in this registry.\n"
            ),
        },
        Example {
            title: "A refused command",
            text: format!(
                "An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: arn:aws:iam::{owner}:user/ci is not authorized to perform: sts:GetServiceBearerToken on resource: arn:aws:sts::{owner}:* because no identity-based policy allows the sts:GetServiceBearerToken action\n"
            ),
        },
    ]
}
