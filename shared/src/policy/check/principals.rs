//! Principals: are they written as AWS reads them, and is it everybody?
//! (IAM user guide, *AWS JSON policy elements: Principal* and *NotPrincipal*.)

use crate::names::AccountId;
use crate::policy::condition::is_narrowing;
use crate::policy::finding::Finding;
use crate::policy::statement::{Effect, Principal, PrincipalKind, Statement};
use crate::policy::wildcard::is_pattern;

pub(super) fn check(statement: &Statement) -> Vec<Finding> {
    let Some(principals) = &statement.principals else { return Vec::new() };
    let mut findings: Vec<Finding> = principals.list.iter().filter_map(form).collect();
    match (statement.effect, principals.negated) {
        (Effect::Allow, true) => {
            let message = "`NotPrincipal` with `Allow` allows everybody but these, in every AWS account.";
            findings.push(Finding::error(principals.at, message).mend("List in `Principal` who is meant."));
        }
        (Effect::Deny, true) => {
            let message = "`NotPrincipal` denies whoever is not written here exactly: a role needs its session and its account too.";
            let mend = "Write `\"Principal\": \"*\"` and a condition `ArnNotEquals` with `aws:PrincipalArn`.";
            findings.push(Finding::warning(principals.at, message).mend(mend));
        }
        (Effect::Allow, false) => findings.extend(everybody(statement, &principals.list)),
        (Effect::Deny, false) => {}
    }
    findings
}

fn everybody(statement: &Statement, list: &[Principal]) -> Option<Finding> {
    let everybody = list.iter().find(|principal| principal.word.text == "*")?;
    let is_tied = statement
        .conditions
        .iter()
        .any(|condition| is_narrowing(&condition.key.text) && !condition.operator.test.is_negated());
    (!is_tied).then(|| {
        let message = "`*` is everybody: every user and every role in every AWS account.";
        let mend = "Name an account or a role, or add a condition such as `aws:PrincipalOrgID`.";
        Finding::warning(everybody.word.at, message).mend(mend)
    })
}

fn form(principal: &Principal) -> Option<Finding> {
    let at = principal.word.at;
    let text = principal.word.text.as_str();
    match principal.kind {
        PrincipalKind::Aws => aws(principal),
        PrincipalKind::Service
            if text == "*" || text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn") =>
        {
            None
        }
        PrincipalKind::Service => {
            let message = format!("`{text}` is no service: it ends with `.amazonaws.com`.");
            Some(Finding::error(at, message))
        }
        PrincipalKind::Federated => None,
        PrincipalKind::CanonicalUser => {
            Some(Finding::warning(at, "Canonical users are for Amazon S3: here it has no effect."))
        }
    }
}

fn aws(principal: &Principal) -> Option<Finding> {
    let at = principal.word.at;
    let text = principal.word.text.as_str();
    if text == "*" || text.parse::<AccountId>().is_ok() {
        return None;
    }
    // What is left of a principal that was deleted.
    let is_id = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if is_id && ["AIDA", "AROA", "AGPA"].iter().any(|prefix| text.starts_with(prefix)) {
        let message = "This is the id of a user or role that was deleted.";
        return Some(Finding::warning(at, message).mend("Take it away, or name the one that is there now."));
    }
    let shape = "Write an account number, `arn:aws:iam::{account}:root`, `…:role/{name}` or `…:user/{name}`.";
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", _, service, "", account, resource] = parts[..] else {
        return Some(Finding::error(at, format!("`{text}` is no principal.")).mend(shape));
    };
    if is_pattern(text) {
        let mend = "Write `*` and a condition `ArnLike` with `aws:PrincipalArn`.";
        return Some(Finding::error(at, "A wildcard cannot stand for a part of a principal.").mend(mend));
    }
    if account.parse::<AccountId>().is_err() {
        return Some(Finding::error(at, format!("`{account}` is no account number: it has 12 digits.")));
    }
    let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
    match (service, kind, name.is_empty()) {
        ("iam", "root", true) | ("iam", "role" | "user", false) | ("sts", "assumed-role" | "federated-user", false) => {
            None
        }
        ("iam", "group", _) => {
            let message = "A group cannot be a principal.";
            Some(Finding::error(at, message).mend("Name the role or the users, or attach a policy to the group."))
        }
        _ => Some(Finding::error(at, format!("`{text}` is no principal.")).mend(shape)),
    }
}
