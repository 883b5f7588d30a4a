//! Generated policies, held against the recipe's own, the check, the explanation and Terraform.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeSet;

use shared::policy::action::{ACTIONS, Action, ResourceKind};
use shared::policy::arn::Home;
use shared::policy::explain::{Context, Policies, Request, explain};
use shared::policy::generate::{Person, Wanted};
use shared::policy::{Level, Policy, Severity, check};

fn home(domain: &str) -> Home {
    Home::of_domain(&format!("arn:aws:codeartifact:eu-west-1:111122223333:domain/{domain}")).unwrap()
}

fn wanted(person: Person, repositories: &[&str], sources: &[&str]) -> Wanted {
    let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect();
    Wanted {
        person,
        home: home("my-company"),
        repositories: names(repositories),
        sources: names(sources),
        packages: None,
    }
}

fn developer() -> Wanted {
    wanted(Person::Developer, &["team-dev"], &["npm-store", "pypi-store"])
}

fn all() -> Vec<Wanted> {
    let mut one_namespace = wanted(Person::Publisher, &["team-dev"], &[]);
    one_namespace.packages = Some(("npm".parse().unwrap(), Some("parity".parse().unwrap())));
    vec![
        developer(),
        wanted(Person::Consumer, &["production"], &[]),
        wanted(Person::Publisher, &["team-dev"], &[]),
        one_namespace,
        wanted(Person::Promoter, &["production"], &["team-dev"]),
        wanted(Person::Administrator, &[], &[]),
    ]
}

/// Every pair of action and resource with its effect and conditions, as they are written.
fn grants(policy: &Policy) -> BTreeSet<String> {
    let mut grants = BTreeSet::new();
    for statement in &policy.statements {
        assert!(!statement.actions.negated && !statement.resources.negated && statement.principals.is_none());
        let conditions: BTreeSet<String> = statement
            .conditions
            .iter()
            .map(|one| {
                let values: Vec<&str> = one.values.iter().map(|value| value.text.as_str()).collect();
                format!("{:?} {} {values:?}", one.operator, one.key.text)
            })
            .collect();
        for action in &statement.actions.list {
            for resource in &statement.resources.list {
                grants.insert(format!("{:?} {} {} {conditions:?}", statement.effect, action.text, resource.text));
            }
        }
    }
    grants
}

/// The two policies of the recipe's fifth step, with its variables filled in.
fn recipe(name: &str) -> Policy {
    let text = std::fs::read_to_string(format!("{}/tests/recipe/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let filled = [
        ("${AWS_REGION}", "eu-west-1"),
        ("${AWS_ACCOUNT_ID}", "111122223333"),
        ("${DOMAIN_NAME}", "my-company"),
        ("${TEAM_REPO}", "team-dev"),
        ("${PROD_REPO}", "production"),
        ("${NPM_STORE_REPO}", "npm-store"),
        ("${PYPI_STORE_REPO}", "pypi-store"),
    ]
    .into_iter()
    .fold(text, |text, (variable, value)| text.replace(variable, value));
    Policy::parse(&filled, Level::Identity).unwrap()
}

#[test]
fn the_developer_and_the_consumer_of_the_recipe_get_the_recipes_policies() {
    assert_eq!(grants(&developer().policy()), grants(&recipe("dev-policy")));
    assert_eq!(grants(&wanted(Person::Consumer, &["production"], &[]).policy()), grants(&recipe("prod-policy")));
}

#[test]
fn what_is_generated_passes_the_check() {
    for wanted in all() {
        let findings = check(&wanted.policy().to_json(), Level::Identity);
        // Only an administrator is let do everything, and is warned of it.
        let told: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        match wanted.person {
            Person::Administrator => {
                assert!(matches!(told[..], [one] if one.contains("every action of CodeArtifact")), "{told:?}");
                assert_eq!(findings[0].severity, Severity::Warning);
            }
            _ => assert_eq!(told, [""; 0], "{:?}", wanted.person),
        }
    }
}

/// Resources of each kind, in the domain and outside of it.
fn resources(kind: ResourceKind) -> Vec<String> {
    let mut resources = Vec::new();
    for domain in ["my-company", "other"] {
        let home = home(domain);
        match kind {
            ResourceKind::Domain => resources.push(home.domain()),
            ResourceKind::PackageGroup => resources.push(home.all(kind).replace("/*", "/npm/%2a")),
            ResourceKind::Repository | ResourceKind::Package => {
                for name in ["team-dev", "npm-store", "pypi-store", "staging", "production"] {
                    let name = name.parse().unwrap();
                    match kind {
                        ResourceKind::Repository => resources.push(home.repository(&name)),
                        _ => {
                            resources.push(home.package(&name, "npm".parse().unwrap(), "parity", "ui"));
                            resources.push(home.package(&name, "npm".parse().unwrap(), "", "react"));
                            resources.push(home.package(&name, "pypi".parse().unwrap(), "", "requests"));
                        }
                    }
                }
            }
        }
    }
    resources
}

/// What each may do, said apart from the generator: is this action on this resource among it?
fn may(wanted: &Wanted, action: &Action, resource: &str) -> bool {
    let name = action.name;
    let path = resource.splitn(6, ':').nth(5).unwrap_or_default();
    let rooms: Vec<&str> = path.split('/').collect();
    let ours = rooms.get(1) == Some(&"my-company");
    let repository = rooms.get(2).copied().unwrap_or_default();
    let (own, further): (&[&str], &[&str]) = match wanted.person {
        Person::Developer => (&["team-dev"], &["npm-store", "pypi-store"]),
        Person::Publisher => (&["team-dev"], &[]),
        Person::Consumer => (&["production"], &[]),
        Person::Promoter => (&["production"], &["team-dev"]),
        Person::Administrator => {
            return match resource {
                "*" => ["ListDomains", "ListRepositories", "CreateRepository", "CreatePackageGroup"].contains(&name),
                _ => ours,
            };
        }
    };
    let (own, any) = (own.contains(&repository), own.contains(&repository) || further.contains(&repository));
    let reads = match name {
        "GetAuthorizationToken" => true,
        "GetRepositoryEndpoint" | "ReadFromRepository" => any,
        _ => false,
    };
    let further = match wanted.person {
        Person::Developer => ["PublishPackageVersion", "PutPackageMetadata"].contains(&name) && own,
        Person::Publisher => {
            let held = wanted.packages.is_none() || path.ends_with("/npm/parity/ui");
            ["PublishPackageVersion", "PutPackageMetadata"].contains(&name) && own && held
        }
        Person::Promoter => match name {
            "CopyPackageVersions" => own,
            "DescribeRepository"
            | "ListPackages"
            | "DescribePackage"
            | "DescribePackageVersion"
            | "ListPackageVersions"
            | "ListPackageVersionAssets" => any,
            _ => false,
        },
        Person::Consumer | Person::Administrator => false,
    };
    ours && (reads || further)
}

#[test]
fn each_listed_action_is_allowed_on_each_listed_resource_and_everything_else_is_denied() {
    for wanted in all() {
        let policies = Policies { identity: vec![wanted.policy()], ..Policies::default() };
        let asks = |action: &str, resource: &str| {
            let principal = "arn:aws:iam::111122223333:role/somebody".parse().unwrap();
            let (action, resource) = (action.to_owned(), resource.to_owned());
            let request = Request { principal, action, resource, administrator: None, context: Context::default() };
            explain(&request, &policies).allowed
        };
        let (mut allowed, mut denied) = (0, 0);
        for action in ACTIONS {
            let named: Vec<String> = action.on.iter().flat_map(|kind| resources(*kind)).collect();
            let named = if named.is_empty() { vec!["*".to_owned()] } else { named };
            for resource in named {
                let may = may(&wanted, action, &resource);
                assert_eq!(asks(&action.full_name(), &resource), may, "{:?} {} {resource}", wanted.person, action.name);
                if may { allowed += 1 } else { denied += 1 }
            }
        }
        assert!(allowed >= 3 && denied > 100, "{:?}: {allowed} allowed, {denied} denied", wanted.person);
        assert!(asks("sts:GetServiceBearerToken", "*"));
        assert!(!asks("s3:GetObject", "*") && !asks("iam:CreateUser", "*"));
    }
}

#[test]
fn what_is_not_complete_has_no_policy() {
    assert!(wanted(Person::Developer, &[], &[]).refusal().is_some());
    assert!(wanted(Person::Promoter, &["production"], &[]).refusal().unwrap().contains("promote from"));
    assert!(wanted(Person::Promoter, &["production"], &["production"]).refusal().unwrap().contains("itself"));
    assert!(all().iter().all(|wanted| wanted.refusal().is_none()));
}

#[test]
fn the_document_in_the_commands_is_the_policy() {
    for wanted in all() {
        let commands = wanted.commands(&["--profile".into(), "work".into()]);
        let document = commands.split("<< 'EOF'\n").nth(1).unwrap().split("EOF\n").next().unwrap();
        assert_eq!(grants(&Policy::parse(document, Level::Identity).unwrap()), grants(&wanted.policy()));
        assert!(commands.contains("--profile work") && commands.contains(&format!("file://{}.json", wanted.name())));
    }
}

#[test]
fn arns_follow_the_partition_of_the_domain() {
    let home = Home::of_domain("arn:aws-cn:codeartifact:cn-north-1:111122223333:domain/acme").unwrap();
    let wanted = Wanted { home, ..developer() };
    assert!(!wanted.policy().to_json().contains("arn:aws:"));
    assert!(wanted.commands(&[]).contains("arn:aws-cn:iam::111122223333:policy/acme-developer"));
    assert!(Home::of_domain("arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/x").is_none());
}

/// The files beside this test were checked with `terraform fmt -check`.
#[test]
fn terraform_is_laid_out_as_its_own_formatter_does() {
    for (index, wanted) in all().into_iter().enumerate() {
        let name = if wanted.packages.is_some() { "publisher_of_one_namespace" } else { wanted.person.as_str() };
        let file = format!("{}/tests/generated/{name}.tf", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(wanted.terraform(), std::fs::read_to_string(&file).unwrap(), "{index}: {file}");
    }
}

#[test]
fn terraform_has_every_word_of_the_policy() {
    for wanted in all() {
        let text = wanted.terraform();
        assert_eq!(text.matches("  statement {").count(), wanted.policy().statements.len());
        for statement in wanted.policy().statements {
            for word in statement.actions.list.iter().chain(&statement.resources.list) {
                assert!(text.contains(&format!("\"{}\"", word.text)), "{}", word.text);
            }
        }
    }
}
