//! What another policy changes, in sentences: who is newly allowed or denied what, and who no longer.

use std::collections::{BTreeMap, BTreeSet};

use crate::policy::{Effect, Level, Policy, Statement, Words};

/// Who may do what, or may not, with the actions of each.
type Grants = BTreeMap<(String, bool), BTreeSet<String>>;

/// What changes when one policy takes the place of another; none of them where there is no policy. Nothing is said
/// where one of the two cannot be read. Conditions are told of, not judged.
pub fn consequences(before: Option<&str>, after: Option<&str>, level: Level) -> Vec<String> {
    let read = |text: Option<&str>| match text {
        None => Some(Vec::new()),
        Some(text) => Policy::parse(text, level).ok().map(|policy| policy.statements),
    };
    let (Some(was), Some(is)) = (read(before), read(after)) else { return Vec::new() };
    let (before, after) = (grants(&was), grants(&is));
    let sentences: Vec<String> = [
        told(&after, &before, true, "is newly allowed"),
        told(&before, &after, false, "is denied no longer"),
        told(&before, &after, true, "is allowed no longer"),
        told(&after, &before, false, "is newly denied"),
    ]
    .concat();
    if sentences.is_empty() && !alike(&was, &is) {
        return vec![
            "The same principals and actions are named as before. Resources, conditions or names of statements differ."
                .to_owned(),
        ];
    }
    sentences
}

/// Sentences about what one side has and the other has not.
fn told(has: &Grants, has_not: &Grants, allows: bool, verb: &str) -> Vec<String> {
    let nothing = BTreeSet::new();
    let mut sentences = Vec::new();
    for ((who, _), actions) in has.iter().filter(|((_, allow), _)| *allow == allows) {
        let other = has_not.get(&(who.clone(), allows)).unwrap_or(&nothing);
        let differ: Vec<&str> = actions.difference(other).map(String::as_str).collect();
        if !differ.is_empty() {
            sentences.push(format!("{who} {verb}: {}.", differ.join(", ")));
        }
    }
    sentences
}

fn grants(statements: &[Statement]) -> Grants {
    let mut grants = Grants::new();
    for statement in statements {
        for who in who(statement) {
            let actions = grants.entry((who, statement.effect == Effect::Allow)).or_default();
            actions.extend(actions_of(&statement.actions));
        }
    }
    grants
}

fn who(statement: &Statement) -> Vec<String> {
    let Some(principals) = &statement.principals else { return Vec::new() };
    let names = principals.list.iter().map(|principal| match principal.word.text.as_str() {
        "*" => "Everybody".to_owned(),
        name => name.to_owned(),
    });
    let names: Vec<String> = if principals.negated {
        vec![format!("Everybody but {}", names.collect::<Vec<_>>().join(" and "))]
    } else {
        names.collect()
    };
    let on_condition = if statement.conditions.is_empty() { "" } else { " (on a condition)" };
    names.into_iter().map(|name| format!("{name}{on_condition}")).collect()
}

fn actions_of(actions: &Words) -> Vec<String> {
    let names: Vec<String> = actions
        .list
        .iter()
        .map(|action| match action.text.as_str() {
            "*" | "codeartifact:*" => "everything".to_owned(),
            name => name.strip_prefix("codeartifact:").unwrap_or(name).to_owned(),
        })
        .collect();
    if actions.negated { vec![format!("everything but {}", names.join(" and "))] } else { names }
}

/// Whether two policies say the same but for where each word stands.
fn alike(one: &[Statement], other: &[Statement]) -> bool {
    let words = |words: &Words| (words.negated, words.list.iter().map(|word| word.text.clone()).collect::<Vec<_>>());
    let bare = |statement: &Statement| {
        let conditions = statement.conditions.iter().map(|condition| {
            let values: Vec<String> = condition.values.iter().map(|value| value.text.clone()).collect();
            (format!("{:?}", condition.operator), condition.key.text.clone(), values)
        });
        let sid = statement.sid.as_ref().map(|sid| sid.text.clone());
        (sid, words(&statement.actions), words(&statement.resources), who(statement), conditions.collect::<Vec<_>>())
    };
    one.iter().map(bare).eq(other.iter().map(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(statements: &[&str]) -> String {
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
    }

    fn statement(effect: &str, principal: &str, actions: &str) -> String {
        format!(r#"{{"Effect":"{effect}","Principal":{principal},"Action":{actions},"Resource":"*"}}"#)
    }

    const TEAM: &str = r#"{"AWS":"arn:aws:iam::111122223333:root"}"#;

    fn told(before: Option<&str>, after: Option<&str>) -> Vec<String> {
        consequences(before, after, Level::Repository)
    }

    #[test]
    fn who_gains_and_who_loses_is_said() {
        let before =
            policy(&[&statement("Allow", TEAM, r#"["codeartifact:ReadFromRepository","codeartifact:ListPackages"]"#)]);
        let after = policy(&[
            &statement("Allow", TEAM, r#""codeartifact:ReadFromRepository""#),
            &statement("Deny", r#""*""#, r#""codeartifact:*""#),
        ]);
        assert_eq!(
            told(Some(&before), Some(&after)),
            [
                "arn:aws:iam::111122223333:root is allowed no longer: ListPackages.",
                "Everybody is newly denied: everything."
            ]
        );
        assert_eq!(
            told(Some(&after), Some(&before)),
            [
                "arn:aws:iam::111122223333:root is newly allowed: ListPackages.",
                "Everybody is denied no longer: everything."
            ]
        );
        assert_eq!(told(None, Some(&before)).len(), 1);
        assert_eq!(
            told(Some(&before), None),
            ["arn:aws:iam::111122223333:root is allowed no longer: ListPackages, ReadFromRepository."]
        );
    }

    #[test]
    fn a_condition_is_told_of() {
        let one = statement("Allow", r#""*""#, r#""codeartifact:ListPackages""#);
        let with = one.replace("}", r#","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}}"#);
        assert_eq!(
            told(Some(&policy(&[&one])), Some(&policy(&[&with]))),
            [
                "Everybody (on a condition) is newly allowed: ListPackages.",
                "Everybody is allowed no longer: ListPackages."
            ]
        );
    }

    #[test]
    fn what_means_the_same_changes_nothing_and_other_differences_are_named() {
        let one = policy(&[&statement("Allow", TEAM, r#""codeartifact:ListPackages""#)]);
        let value: serde_json::Value = serde_json::from_str(&one).unwrap();
        assert!(told(Some(&one), Some(&serde_json::to_string_pretty(&value).unwrap())).is_empty());
        let narrower = one.replace(
            r#""Resource":"*""#,
            r#""Resource":"arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/dev""#,
        );
        assert!(told(Some(&one), Some(&narrower))[0].starts_with("The same principals and actions"));
        assert!(told(Some(&one), Some("{")).is_empty());
    }
}
