//! Resources: is the ARN right, and is it of a kind that the actions work on?

use crate::policy::Level;
use crate::policy::action::{Action, GET_SERVICE_BEARER_TOKEN, ResourceKind, SERVICE, taken_in};
use crate::policy::arn::{flaw_of, kinds, service};
use crate::policy::finding::Finding;
use crate::policy::statement::{Effect, Statement, Word};
use crate::policy::wildcard::is_pattern;

pub(super) fn check(statement: &Statement, level: Level) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        statement.resources.list.iter().filter_map(|word| shape(word, statement, level)).collect();
    if !findings.is_empty() {
        return findings;
    }
    findings.extend(mismatches(statement, level));
    if statement.effect == Effect::Allow {
        findings.extend(wide(statement, level));
    }
    findings
}

fn shape(word: &Word, statement: &Statement, level: Level) -> Option<Finding> {
    let foreign = service(&word.text).is_some_and(|service| service != SERVICE);
    // An identity's policy may speak of other services too.
    if level == Level::Identity && foreign && !is_ours_alone(statement) {
        return None;
    }
    let flaw = flaw_of(&word.text)?;
    let finding = Finding::error(word.at, flaw.message);
    Some(match flaw.mend {
        Some(mend) => finding.mend(mend),
        None => finding,
    })
}

/// Whether a statement speaks of CodeArtifact and of nothing else.
fn is_ours_alone(statement: &Statement) -> bool {
    let ours =
        |word: &Word| word.text.split_once(':').is_some_and(|(service, _)| service.eq_ignore_ascii_case(SERVICE));
    !statement.actions.negated && statement.actions.list.iter().all(ours)
}

/// Actions that work on nothing that the statement names, so that naming them has no effect.
fn mismatches(statement: &Statement, level: Level) -> Vec<Finding> {
    if statement.resources.negated || statement.actions.negated {
        return Vec::new();
    }
    let named: Vec<ResourceKind> = statement.resources.list.iter().flat_map(|word| kinds(&word.text)).collect();
    let everything = statement.resources.list.iter().any(|word| word.text == "*");
    let words = statement.actions.list.iter().filter(|word| !is_pattern(&word.text));
    let mut findings: Vec<Finding> = Vec::new();
    for word in words {
        if word.text.eq_ignore_ascii_case(GET_SERVICE_BEARER_TOKEN) {
            if !everything {
                findings.push(needs_star(word, "sts:GetServiceBearerToken"));
            }
            continue;
        }
        let Some(action) = taken_in(&word.text).next() else { continue };
        if action.on.is_empty() {
            // The user guide shows a domain's ARN for making something in it; the authorization reference says `*`.
            let in_domain = action.asks_domain() && !named.is_empty();
            if !everything && !in_domain {
                findings.push(needs_star(word, action.name));
            }
        } else if !action.on.iter().any(|kind| named.contains(kind)) {
            findings.push(wrong_kind(word, action));
        } else if level == Level::Repository && named.iter().all(|kind| *kind == ResourceKind::Domain) {
            findings.push(Finding::warning(word.at, "A repository's policy is not asked about the domain."));
        }
    }
    findings
}

fn needs_star(word: &Word, name: &str) -> Finding {
    let message = format!("`{name}` works on no resource that could be named: as it stands here it has no effect.");
    Finding::warning(word.at, message).mend("Give it a statement of its own with `\"Resource\": \"*\"`.")
}

fn wrong_kind(word: &Word, action: &Action) -> Finding {
    let wanted: Vec<&str> = action.on.iter().map(|kind| kind.words()).collect();
    let message = format!(
        "`{}` works on {}, and none is among the resources of this statement: it has no effect.",
        action.name,
        wanted.join(" or ")
    );
    let shapes: Vec<String> = action.on.iter().map(|kind| format!("`{}/…`", kind.as_str())).collect();
    Finding::warning(word.at, message).mend(format!("Add a resource {}.", shapes.join(" or ")))
}

/// What is allowed beyond what stands there.
fn wide(statement: &Statement, level: Level) -> Vec<Finding> {
    if statement.resources.negated {
        let message = "`NotResource` with `Allow` allows everything but these, also what is made later.";
        return vec![Finding::warning(statement.resources.at, message).mend("List in `Resource` what is meant.")];
    }
    // In a resource policy `*` is the domain or the repository that it is attached to.
    if level.has_principals() {
        return Vec::new();
    }
    let could_be_named = statement.actions.list.iter().any(|word| {
        let on_something = |action: &Action| !action.on.is_empty();
        statement.actions.negated || taken_in(&word.text).any(on_something)
    });
    let stars = statement.resources.list.iter().filter(|word| word.text == "*" && could_be_named);
    let message = "`*` is every domain and every repository, also those of other accounts that let this one in.";
    stars.map(|word| Finding::warning(word.at, message).mend("Name the ARNs that are meant.")).collect()
}
