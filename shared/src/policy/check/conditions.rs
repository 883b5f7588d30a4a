//! Conditions: keys that requests have, and values that can be compared.

use crate::policy::Level;
use crate::policy::action::SERVICE;
use crate::policy::condition::{Set, Test, is_known, is_unsupported, nearest_key};
use crate::policy::finding::Finding;
use crate::policy::statement::{Condition, Effect, Statement, Word};
use crate::policy::wildcard::is_pattern;

pub(super) fn check(statement: &Statement, level: Level) -> Vec<Finding> {
    let mut findings = Vec::new();
    for condition in &statement.conditions {
        findings.extend(key(&condition.key, level));
        findings.extend(condition.values.iter().filter_map(|value| self::value(condition, value)));
        if statement.effect == Effect::Allow && condition.operator.set == Some(Set::All) {
            let message = "`ForAllValues` holds when the request has no such key at all.";
            let mend = "Add a condition `Null` that asks for the key to be there.";
            findings.push(Finding::warning(condition.key.at, message).mend(mend));
        }
    }
    findings
}

fn key(word: &Word, level: Level) -> Option<Finding> {
    let text = word.text.as_str();
    if is_unsupported(text) {
        return Some(Finding::warning(word.at, format!("CodeArtifact does not support the key `{text}`.")));
    }
    if is_known(text) {
        return None;
    }
    let (service, _) = text.split_once(':').unwrap_or_default();
    if service.eq_ignore_ascii_case(SERVICE) {
        let message = format!("CodeArtifact has no condition keys of its own: `{text}` is in no request.");
        return Some(Finding::warning(word.at, message));
    }
    // Keys of other services belong to the actions of those services.
    let ours = service.is_empty() || service.eq_ignore_ascii_case("aws") || service.eq_ignore_ascii_case("sts");
    let finding = Finding::warning(word.at, format!("`{text}` is no key that a request to CodeArtifact has."));
    (ours || level.has_principals()).then(|| finding.meant(nearest_key(text)))
}

fn value(condition: &Condition, word: &Word) -> Option<Finding> {
    use Test::*;
    let text = word.text.as_str();
    if text.contains("${") {
        return None;
    }
    let test = condition.operator.test;
    match test {
        StringEquals | StringNotEquals | StringEqualsIgnoreCase | StringNotEqualsIgnoreCase if is_pattern(text) => {
            let like = if test.is_negated() { "StringNotLike" } else { "StringLike" };
            let message = format!("`{}` takes `*` and `?` as plain characters.", test.as_str());
            Some(Finding::warning(word.at, message).mend(format!("Use `{like}`.")))
        }
        Bool | Null if !matches!(text.to_ascii_lowercase().as_str(), "true" | "false") => {
            Some(Finding::error(word.at, format!("`{}` compares with `true` or `false`.", test.as_str())))
        }
        NumericEquals
        | NumericNotEquals
        | NumericLessThan
        | NumericLessThanEquals
        | NumericGreaterThan
        | NumericGreaterThanEquals
            if text.parse::<f64>().is_err() =>
        {
            Some(Finding::error(word.at, format!("`{text}` is no number.")))
        }
        ArnEquals | ArnLike | ArnNotEquals | ArnNotLike if !text.starts_with("arn:") && text != "*" => {
            Some(Finding::error(word.at, format!("`{text}` is no ARN.")))
        }
        _ => None,
    }
}
