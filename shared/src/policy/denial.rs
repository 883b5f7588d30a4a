//! Whether a resource policy plainly denies a request.
//!
//! "An explicit Deny in any of these policies overrides the allow" (IAM user guide, *Policy evaluation logic*): whatever the
//! identity policies say, which nobody here can read, the request is refused. Nothing else is decided so.

use super::explain::{Decisive, Place, Policies, Reason, Request, explain};
use super::statement::{Effect, Policy, Statement};

impl Policies {
    /// The first statement of the domain's or the repository's policy that denies a request, with no condition and no
    /// `NotPrincipal`: those depend on keys of the request that only AWS knows.
    pub fn denial(&self, request: &Request) -> Option<Decisive> {
        let explanation = explain(request, self);
        if explanation.reason != Reason::Denied {
            return None;
        }
        explanation.decisive.into_iter().find(|decisive| {
            let policy = match decisive.place {
                Place::Domain => self.domain.as_ref(),
                Place::Repository => self.repository.as_ref(),
                Place::Identity(_) | Place::Boundary | Place::Session => None,
            };
            policy.and_then(|policy| policy.statements.get(decisive.statement)).is_some_and(Statement::denies_plainly)
        })
    }
}

impl Policy {
    /// Whether one of its statements may plainly deny something.
    pub fn denies_plainly(&self) -> bool {
        self.statements.iter().any(Statement::denies_plainly)
    }
}

impl Statement {
    fn denies_plainly(&self) -> bool {
        let named = self.principals.as_ref().is_some_and(|principals| !principals.negated);
        self.effect == Effect::Deny && self.conditions.is_empty() && named
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Level;

    const ROLE: &str = "arn:aws:iam::111122223333:role/ci";

    fn denied(statement: &str, action: &str) -> Option<String> {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
        let policy = |level| Policy::parse(&text, level).unwrap_or_else(|found| panic!("{found:?}"));
        let request = Request {
            principal: "arn:aws:sts::111122223333:assumed-role/ci/build-7".parse().unwrap(),
            action: action.to_owned(),
            resource: "arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/production".to_owned(),
            administrator: None,
            context: Default::default(),
        };
        let own = Policies { repository: Some(policy(Level::Repository)), ..Policies::default() };
        let domain = Policies { domain: Some(policy(Level::Domain)), ..Policies::default() };
        let (own, domain) = (own.denial(&request), domain.denial(&request));
        assert_eq!(own.is_some(), domain.is_some(), "both policies are asked");
        own.map(|decisive| decisive.called)
    }

    fn statement(effect: &str, principal: &str, more: &str) -> String {
        format!(
            r#"{{"Sid": "Freeze", "Effect": "{effect}", {principal}, "Action": "codeartifact:CopyPackageVersions", "Resource": "*"{more}}}"#
        )
    }

    #[test]
    fn only_a_plain_deny_that_means_the_caller_and_the_action_counts() {
        const COPY: &str = "codeartifact:CopyPackageVersions";
        let everybody = r#""Principal": "*""#;
        let role = format!(r#""Principal": {{"AWS": "{ROLE}"}}"#);
        let other = format!(r#""Principal": {{"AWS": "{ROLE}-other"}}"#);
        let others = format!(r#""NotPrincipal": {{"AWS": "{ROLE}-other"}}"#);
        let foreign = r#", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#;
        for principal in [everybody, role.as_str()] {
            let called = denied(&statement("Deny", principal, ""), COPY);
            assert_eq!(called.as_deref(), Some("statement \"Freeze\""), "{principal}");
            assert_eq!(denied(&statement("Allow", principal, ""), COPY), None);
            assert_eq!(denied(&statement("Deny", principal, ""), "codeartifact:ReadFromRepository"), None);
            assert_eq!(denied(&statement("Deny", principal, foreign), COPY), None, "keys that only AWS knows");
        }
        assert_eq!(denied(&statement("Deny", &other, ""), COPY), None);
        assert_eq!(denied(&statement("Deny", &others, ""), COPY), None);
    }
}
