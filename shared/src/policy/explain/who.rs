//! Principals that make requests, and the principals of statements that mean them.
//! (IAM user guide, *AWS JSON policy elements: Principal* and *NotPrincipal*.)

use super::applies::Grant;
use crate::names::AccountId;
use crate::policy::statement::{Effect, Principal, PrincipalKind, Principals};

/// A user, a role, a session or the root user, as it makes requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    arn: String,
    partition: String,
    account: AccountId,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Root,
    User(String),
    /// A role, standing for any of its sessions.
    Role(String),
    Session {
        role: String,
    },
    Federated(String),
}

impl std::str::FromStr for Who {
    type Err = String;

    /// Reads the ARN of a principal.
    ///
    /// # Errors
    /// A sentence that says what can be written.
    fn from_str(text: &str) -> Result<Self, String> {
        let shape = "Write the ARN of a user, a role or a session, such as `arn:aws:iam::111122223333:role/ci`.";
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, service, "", account, resource] = parts[..] else { return Err(shape.into()) };
        let account: AccountId = account.parse().map_err(|_| format!("`{account}` is no account number. {shape}"))?;
        let (kind, rest) = resource.split_once('/').unwrap_or((resource, ""));
        let name = rest.rsplit('/').next().unwrap_or_default().to_owned();
        let kind = match (service, kind, rest.is_empty() || name.is_empty()) {
            ("iam", "root", true) => Kind::Root,
            ("iam", "user", false) => Kind::User(name),
            ("iam", "role", false) => Kind::Role(name),
            ("sts", "federated-user", false) => Kind::Federated(name),
            ("sts", "assumed-role", false) => match rest.split_once('/') {
                Some((role, _)) => Kind::Session { role: role.to_owned() },
                None => return Err("A session has a name after its role: `assumed-role/{role}/{session}`.".into()),
            },
            ("iam", "group", _) => return Err("A group makes no requests: its users do. Name one of them.".into()),
            _ => return Err(shape.into()),
        };
        Ok(Self { arn: text.to_owned(), partition: partition.to_owned(), account, kind })
    }
}

impl Who {
    /// The ARN as it was given.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The number of its account.
    pub fn account(&self) -> &str {
        self.account.as_str()
    }

    pub(super) fn is_root(&self) -> bool {
        self.kind == Kind::Root
    }

    /// What `aws:PrincipalArn` says: for a session the ARN of its role.
    pub(super) fn principal_arn(&self) -> String {
        match &self.kind {
            Kind::Session { role } => format!("arn:{}:iam::{}:role/{role}", self.partition, self.account),
            Kind::Root | Kind::User(_) | Kind::Role(_) | Kind::Federated(_) => self.arn.clone(),
        }
    }

    /// What `aws:PrincipalType` says.
    pub(super) fn principal_type(&self) -> &'static str {
        match self.kind {
            Kind::Root => "Account",
            Kind::User(_) => "User",
            Kind::Role(_) | Kind::Session { .. } => "AssumedRole",
            Kind::Federated(_) => "FederatedUser",
        }
    }

    /// What `aws:username` says: only users have it.
    pub(super) fn user_name(&self) -> Option<&str> {
        match &self.kind {
            Kind::User(name) => Some(name),
            Kind::Root | Kind::Role(_) | Kind::Session { .. } | Kind::Federated(_) => None,
        }
    }

    /// How the principals of a statement mean this one; none if they do not.
    pub(super) fn meant_by(&self, principals: &Principals, effect: Effect, has_boundary: bool) -> Option<Grant> {
        if !principals.negated {
            return principals.list.iter().filter_map(|principal| self.meant(principal)).max();
        }
        let listed = |grant: Grant| principals.list.iter().any(|principal| self.meant(principal) == Some(grant));
        let is_exempt = match effect {
            // Each of its names must stand there, the account too; and a principal with a boundary is denied always.
            Effect::Deny => {
                let role = !matches!(self.kind, Kind::Session { .. }) || listed(Grant::Role);
                let itself = listed(Grant::Direct) || matches!(self.kind, Kind::Role(_)) && listed(Grant::Role);
                !has_boundary && listed(Grant::Account) && role && itself
            }
            Effect::Allow => principals.list.iter().any(|principal| self.meant(principal).is_some()),
        };
        (!is_exempt).then_some(Grant::Direct)
    }

    fn meant(&self, principal: &Principal) -> Option<Grant> {
        let text = principal.word.text.as_str();
        if principal.kind != PrincipalKind::Aws {
            return None;
        }
        // Everybody: what is granted so is granted to the session itself (`Principal`, *IAM role principals*).
        if text == "*" || text == self.arn && !matches!(self.kind, Kind::Root | Kind::Role(_)) {
            return Some(Grant::Direct);
        }
        if text == self.account.as_str() {
            return Some(Grant::Account);
        }
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", _, "iam", "", account, resource] = parts[..] else { return None };
        if account != self.account.as_str() {
            return None;
        }
        if resource == "root" {
            return Some(Grant::Account);
        }
        // A session's ARN does not tell the path of its role.
        let last = resource.rsplit('/').next().unwrap_or_default();
        match &self.kind {
            Kind::Role(_) => (text == self.arn).then_some(Grant::Role),
            Kind::Session { role } => (resource.starts_with("role/") && last == role).then_some(Grant::Role),
            // What is granted to the user who federated is bound by the policies of the session.
            Kind::Federated(name) => (resource.starts_with("user/") && last == name).then_some(Grant::Role),
            Kind::Root | Kind::User(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_requests_is_a_user_a_role_a_session_or_the_root_user() {
        for right in [
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/dev/ana",
            "arn:aws-cn:iam::111122223333:role/ci",
            "arn:aws:sts::111122223333:assumed-role/ci/build-7",
            "arn:aws:sts::111122223333:federated-user/ana",
        ] {
            assert_eq!(right.parse::<Who>().unwrap().arn(), right);
        }
        for wrong in ["", "ci", "arn:aws:iam::1:user/a", "arn:aws:iam::111122223333:role/", "arn:aws:s3:::bucket"] {
            assert!(wrong.parse::<Who>().is_err(), "{wrong}");
        }
        assert!("arn:aws:iam::111122223333:group/devs".parse::<Who>().unwrap_err().contains("group"));
        assert!("arn:aws:sts::111122223333:assumed-role/ci".parse::<Who>().unwrap_err().contains("session"));
    }
}
