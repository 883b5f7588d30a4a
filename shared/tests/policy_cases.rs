//! The decisions of AWS, case by case: who asks for what under which policies, what is decided and by which statements,
//! each case with the page that has the rule. `policy_cases/*.json` holds them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::path::Path;

use serde_json::Value;
use shared::policy::explain::{Context, Decisive, Place, Policies, Request, explain};
use shared::policy::{Level, Policy};

/// The cases of all files, each with the name of its file.
fn cases() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policy_cases");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let list: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        cases.extend(list.into_iter().map(|case| (file.clone(), case)));
    }
    cases
}

fn policy(value: &Value, level: Level) -> Policy {
    let text = serde_json::to_string_pretty(value).unwrap();
    Policy::parse(&text, level).unwrap_or_else(|findings| panic!("{text}\n{findings:?}"))
}

fn policies(case: &Value) -> Policies {
    let single = |name: &str, level| case.get(name).map(|value| policy(value, level));
    let identity = case["identity"].as_array().into_iter().flatten();
    Policies {
        identity: identity.map(|value| policy(value, Level::Identity)).collect(),
        boundary: single("boundary", Level::Identity),
        session: single("session", Level::Identity),
        domain: single("domain", Level::Domain),
        repository: single("repository", Level::Repository),
    }
}

fn request(case: &Value) -> Request {
    let text = |name: &str| case[name].as_str().unwrap().to_owned();
    let mut context = Context::default();
    for (key, values) in case["context"].as_object().into_iter().flatten() {
        let values = values.as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned());
        context.set(key, values.collect());
    }
    Request {
        principal: text("principal").parse().unwrap(),
        action: text("action"),
        resource: text("resource"),
        administrator: case["administrator"].as_str().map(|account| account.parse().unwrap()),
        context,
    }
}

/// `identity/1`, `identity2/Sid`, `domain/3`: the place, and the Sid or the number of the statement.
fn told(decisive: &Decisive) -> String {
    let place = match decisive.place {
        Place::Identity(0) => "identity".into(),
        Place::Identity(index) => format!("identity{}", index + 1),
        Place::Boundary => "boundary".into(),
        Place::Session => "session".into(),
        Place::Domain => "domain".into(),
        Place::Repository => "repository".into(),
    };
    let called = decisive.called.trim_start_matches("statement ").trim_matches('"');
    format!("{place}/{called}")
}

#[test]
fn every_case_is_decided_as_aws_decides_it() {
    let cases = cases();
    assert!(cases.len() >= 200, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for (file, case) in &cases {
        let name = case["name"].as_str().unwrap();
        assert!(case["rule"].as_str().unwrap().starts_with("https://docs.aws.amazon.com/"), "{name} cites no rule");
        let explanation = explain(&request(case), &policies(case));
        let decision = if explanation.allowed { "allow" } else { "deny" };
        let by: Vec<String> = explanation.decisive.iter().map(told).collect();
        let wanted: Vec<&str> = case["by"].as_array().unwrap().iter().map(|by| by.as_str().unwrap()).collect();
        if decision != case["expect"] || by != wanted {
            wrong.push(format!("{file}: {name}: {decision} by {by:?}, not {} by {wanted:?}", case["expect"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn the_changes_that_are_offered_allow_the_request() {
    for (file, case) in cases() {
        let (request, before) = (request(&case), policies(&case));
        let explanation = explain(&request, &before);
        let mut after = before.clone();
        for change in &explanation.changes {
            assert!(!change.words(&before).is_empty());
            change.apply(&mut after);
        }
        let root_token =
            request.principal.arn().ends_with(":root") && request.action.ends_with("GetAuthorizationToken");
        let now = explain(&request, &after);
        assert!(
            now.allowed || root_token,
            "{file}: {}: {:?} after {:?}",
            case["name"],
            now.reason,
            explanation.changes
        );
        assert_eq!(explanation.changes.is_empty(), explanation.allowed || root_token, "{}", case["name"]);
    }
}

#[test]
fn one_more_deny_never_allows_and_one_that_denies_everything_denies() {
    let deny = |principal: &str, action: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", {principal} "Action": "{action}", "Resource": "*"}}}}"#
        )
    };
    for (_, case) in cases() {
        let (request, before) = (request(&case), policies(&case));
        let was = explain(&request, &before).allowed;
        for action in ["*", "codeartifact:Read*", "codeartifact:Delete*"] {
            let mut more = before.clone();
            more.identity.push(Policy::parse(&deny("", action), Level::Identity).unwrap());
            let now = explain(&request, &more).allowed;
            assert!(was || !now, "a deny allowed: {}", case["name"]);
            assert!(action != "*" || !now, "{}", case["name"]);
        }
    }
}

#[test]
fn every_explanation_has_a_sentence_that_begins_with_the_decision() {
    for (_, case) in cases() {
        let explanation = explain(&request(&case), &policies(&case));
        let sentence = explanation.sentence();
        assert!(sentence.starts_with(if explanation.allowed { "Allowed" } else { "Denied" }), "{sentence}");
        assert!(sentence.ends_with('.') && !sentence.contains("by ."), "{}: {sentence}", case["name"]);
    }
}

/// Requests and policies made at random from a few words that often meet.
mod at_random {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use shared::policy::explain::{Context, Policies, Request, explain};
    use shared::policy::{Level, Policy};

    const ACTIONS: [&str; 5] = [
        "codeartifact:ReadFromRepository",
        "codeartifact:List*",
        "*",
        "codeartifact:PublishPackageVersion",
        "codeartifact:*",
    ];
    const RESOURCES: [&str; 4] = [
        "*",
        "arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/team-dev",
        "arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/*",
        "arn:aws:codeartifact:eu-west-1:111122223333:package/acme/team-dev/*",
    ];
    const PRINCIPALS: [&str; 6] = [
        "*",
        "111122223333",
        "arn:aws:iam::444455556666:root",
        "arn:aws:iam::111122223333:role/ci",
        "arn:aws:iam::444455556666:role/ci",
        "arn:aws:sts::111122223333:assumed-role/ci/build",
    ];
    const CONDITIONS: [&str; 3] = [
        "",
        r#", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "web"}}"#,
        r#", "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "web"}}"#,
    ];

    fn statement(level: Level, effects: &'static [&'static str]) -> impl Strategy<Value = String> {
        (select(effects), select(&ACTIONS[..]), select(&RESOURCES[..]), select(&PRINCIPALS[..]), select(&CONDITIONS[..]), any::<bool>())
            .prop_map(move |(effect, action, resource, principal, condition, not)| {
                let principal = match level {
                    Level::Identity => String::new(),
                    Level::Domain | Level::Repository => format!(r#""Principal": {{"AWS": "{principal}"}}, "#),
                };
                let not = if not { "Not" } else { "" };
                format!(r#"{{"Effect": "{effect}", {principal}"{not}Action": "{action}", "Resource": "{resource}"{condition}}}"#)
            })
    }

    fn policy(level: Level) -> impl Strategy<Value = Policy> {
        vec(statement(level, &["Allow", "Allow", "Deny"]), 1..4).prop_map(move |statements| read(&statements, level))
    }

    fn read(statements: &[String], level: Level) -> Policy {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","));
        Policy::parse(&text, level).unwrap()
    }

    fn policies() -> impl Strategy<Value = Policies> {
        let maybe = |level| prop::option::weighted(0.5, policy(level));
        (
            vec(policy(Level::Identity), 0..3),
            prop::option::weighted(0.2, policy(Level::Identity)),
            maybe(Level::Domain),
            maybe(Level::Repository),
        )
            .prop_map(|(identity, boundary, domain, repository)| Policies {
                identity,
                boundary,
                session: None,
                domain,
                repository,
            })
    }

    fn request() -> impl Strategy<Value = Request> {
        let who = select(&PRINCIPALS[3..]);
        let what = select(
            &[
                ("codeartifact:ReadFromRepository", RESOURCES[1]),
                ("codeartifact:ListPackages", RESOURCES[1]),
                (
                    "codeartifact:PublishPackageVersion",
                    "arn:aws:codeartifact:eu-west-1:111122223333:package/acme/team-dev/npm//ui",
                ),
                ("codeartifact:GetAuthorizationToken", "arn:aws:codeartifact:eu-west-1:111122223333:domain/acme"),
            ][..],
        );
        (who, what, any::<bool>()).prop_map(|(who, (action, resource), tagged)| {
            let mut context = Context::default();
            if tagged {
                context.set("aws:PrincipalTag/team", vec!["web".into()]);
            }
            Request {
                principal: who.parse().unwrap(),
                action: action.into(),
                resource: resource.into(),
                administrator: None,
                context,
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn one_more_deny_never_allows(request in request(), policies in policies(), deny in statement(Level::Domain, &["Deny"])) {
            let mut more = policies.clone();
            more.domain.get_or_insert_with(|| Policy { has_variables: true, statements: vec![] }).statements.extend(read(&[deny], Level::Domain).statements);
            prop_assert!(explain(&request, &policies).allowed || !explain(&request, &more).allowed);
        }

        #[test]
        fn one_more_allow_never_denies(request in request(), policies in policies(), allow in statement(Level::Identity, &["Allow"])) {
            let mut more = policies.clone();
            more.identity.push(read(&[allow], Level::Identity));
            prop_assert!(!explain(&request, &policies).allowed || explain(&request, &more).allowed);
        }

        #[test]
        fn the_order_of_statements_has_no_meaning(request in request(), policies in policies()) {
            let mut turned = policies.clone();
            for policy in turned.identity.iter_mut().chain(&mut turned.domain).chain(&mut turned.repository) {
                policy.statements.reverse();
            }
            let (before, after) = (explain(&request, &policies), explain(&request, &turned));
            prop_assert_eq!((before.allowed, before.reason), (after.allowed, after.reason));
        }

        #[test]
        fn what_is_offered_allows(request in request(), policies in policies()) {
            let explanation = explain(&request, &policies);
            let mut after = policies.clone();
            explanation.changes.iter().for_each(|change| change.apply(&mut after));
            prop_assert!(explain(&request, &after).allowed, "{:?}", explanation.changes);
            prop_assert_eq!(explanation.allowed, explanation.changes.is_empty());
        }

        #[test]
        fn what_is_written_reads_back_as_the_same(policy in policy(Level::Domain)) {
            let text = policy.to_json();
            let again = Policy::parse(&text, Level::Domain).unwrap();
            prop_assert_eq!(again.to_json(), text);
        }
    }
}
