//! Actions: do they exist, do they count at this level, do they reach further than they look?

use crate::policy::Level;
use crate::policy::action::{Access, Action, GET_SERVICE_BEARER_TOKEN, SERVICE, nearest_action, taken_in, takes_in};
use crate::policy::finding::Finding;
use crate::policy::near::nearest;
use crate::policy::statement::{Effect, Statement, Word};
use crate::policy::wildcard::is_pattern;

pub(super) fn check(statement: &Statement, level: Level) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        statement.actions.list.iter().filter_map(|word| name(word, level).or_else(|| place(word, level))).collect();
    if statement.effect == Effect::Allow {
        findings.extend(wide(statement));
    }
    findings
}

/// Actions that do not exist.
fn name(word: &Word, level: Level) -> Option<Finding> {
    let text = word.text.as_str();
    if text == "*" {
        return None;
    }
    let Some((service, name)) = text.split_once(':') else {
        let finding = Finding::error(word.at, format!("`{text}` is no action: an action is `service:Name`."));
        return Some(match nearest_action(text) {
            Some(meant) => finding.mend(format!("Did you mean `{SERVICE}:{meant}`?")),
            None => finding.mend(format!("Write `{SERVICE}:` before it.")),
        });
    };
    if service.eq_ignore_ascii_case(SERVICE) {
        if taken_in(text).next().is_some() {
            return None;
        }
        if is_pattern(name) {
            return Some(Finding::error(word.at, format!("No action of CodeArtifact is called like `{text}`.")));
        }
        let finding = Finding::error(word.at, format!("CodeArtifact has no action `{name}`."));
        return Some(match nearest_action(name) {
            Some(meant) => finding.mend(format!("Did you mean `{SERVICE}:{meant}`?")),
            None => finding,
        });
    }
    if service.eq_ignore_ascii_case("sts") {
        return bearer(word, level);
    }
    // Another service's action is that service's business, unless it is a slip.
    let meant = nearest(service, [SERVICE]).filter(|_| Action::named(name).is_some());
    match (level, meant) {
        (_, Some(_)) => {
            let finding = Finding::error(word.at, format!("There is no service `{service}`."));
            Some(finding.mend(format!("Did you mean `{SERVICE}:{name}`?")))
        }
        (Level::Identity, None) => None,
        (Level::Domain | Level::Repository, None) => Some(Finding::error(
            word.at,
            format!("`{text}` is no action of CodeArtifact: {} rules CodeArtifact alone.", level.words()),
        )),
    }
}

fn bearer(word: &Word, level: Level) -> Option<Finding> {
    let text = word.text.as_str();
    if !takes_in(text, GET_SERVICE_BEARER_TOKEN) {
        let near = nearest(text, [GET_SERVICE_BEARER_TOKEN]);
        return match (level, near) {
            (_, Some(meant)) => {
                Some(Finding::error(word.at, format!("STS has no action `{text}`.")).meant(Some(meant)))
            }
            (Level::Identity, None) => None,
            (Level::Domain | Level::Repository, None) => {
                let words = level.words();
                Some(Finding::error(
                    word.at,
                    format!("`{text}` is no action of CodeArtifact: {words} rules CodeArtifact alone."),
                ))
            }
        };
    }
    (level != Level::Identity).then(|| {
        let message = "STS asks identity policies alone: here this has no effect.";
        Finding::warning(word.at, message).mend("Move it to the policy of the user or the role.")
    })
}

/// Actions that are never asked at this level, or not of this policy. Patterns are let pass.
fn place(word: &Word, level: Level) -> Option<Finding> {
    if is_pattern(&word.text) {
        return None;
    }
    let action = taken_in(&word.text).next()?;
    let name = action.name;
    match level {
        Level::Identity => None,
        Level::Domain if name == "PutDomainPermissionsPolicy" => {
            let message =
                "CodeArtifact does not ask a domain's policy who may replace it: nobody can lock themselves out.";
            Some(Finding::warning(word.at, message).mend("Grant it by an identity policy of the domain's account."))
        }
        Level::Repository if name == "PutRepositoryPermissionsPolicy" => {
            let message =
                "CodeArtifact does not ask a repository's policy who may replace it: nobody can lock themselves out.";
            Some(Finding::warning(word.at, message).mend("Grant it by an identity policy, or by the domain's policy."))
        }
        Level::Domain if !action.asks_domain() => {
            let message = format!("`{name}` is an action of the account: a domain's policy is not asked.");
            Some(Finding::warning(word.at, message).mend("Move it to an identity policy, with the resource `*`."))
        }
        Level::Repository if !action.asks_repository() => {
            let message = format!("`{name}` does not work on a repository: a repository's policy is not asked.");
            let where_to = if action.asks_domain() { "the domain's policy" } else { "an identity policy" };
            Some(Finding::warning(word.at, message).mend(format!("Move it to {where_to}.")))
        }
        Level::Domain | Level::Repository => None,
    }
}

/// What is allowed beyond what stands there.
fn wide(statement: &Statement) -> Vec<Finding> {
    if statement.actions.negated {
        let message = "`NotAction` with `Allow` allows every action but these, also those that AWS adds later.";
        return vec![Finding::warning(statement.actions.at, message).mend("List in `Action` what is to be allowed.")];
    }
    let mut findings = Vec::new();
    for word in statement.actions.list.iter().filter(|word| is_pattern(&word.text)) {
        let text = word.text.to_ascii_lowercase();
        if text == "*" || text == "*:*" {
            let message = "This allows every action of every service of AWS.";
            findings.push(Finding::warning(word.at, message).mend("List the actions that are needed."));
        } else if text == format!("{SERVICE}:*") {
            let message = "This allows every action of CodeArtifact, also deleting, and changing who may do what.";
            findings.push(Finding::warning(word.at, message).mend("List the actions that are needed."));
        } else if let Some(action) = taken_in(&text).find(|action| action.access == Access::Permissions) {
            let message = format!("This takes in `{}`, which changes who may do what.", action.name);
            findings.push(Finding::warning(word.at, message).mend("List the actions that are needed."));
        }
    }
    findings
}
