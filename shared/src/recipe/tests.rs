use super::*;
use crate::domain::Domain;
use crate::names::RepositoryName;
use crate::permission::{Policy, PolicyGlance};
use crate::problem::{Problem, ProblemCode};
use crate::repository::Repository;
use crate::repository::sample::repository;
use crate::version::{Origin, PackageVersionStatus, VersionSummary};

fn recipe() -> Recipe {
    Recipe { names: Names::usual().unwrap(), production: ProductionTakes::FromTeam }
}

fn nothing() -> SetupState {
    SetupState {
        names: recipe().names,
        domain: None,
        repositories: vec![],
        packages: vec![],
        policy: None,
        read_at: 0.0,
    }
}

fn domain() -> Domain {
    Domain {
        name: "my-company-domain".parse().unwrap(),
        owner: "111122223333".parse().unwrap(),
        arn: String::new(),
        created: None,
        encryption_key: None,
        repository_count: 4,
        asset_size_bytes: 0,
    }
}

/// Steps 1 to 4 done as the recipe is written.
fn ground() -> SetupState {
    SetupState {
        domain: Some(domain()),
        repositories: vec![
            repository("npm-store", &[], Some("public:npmjs")),
            repository("pypi-store", &[], Some("public:pypi")),
            repository("team-dev", &["npm-store", "pypi-store"], None),
            repository("production", &["team-dev"], None),
        ],
        ..nothing()
    }
}

fn with(repository: Repository) -> SetupState {
    let mut state = ground();
    state.repositories.retain(|one| one.name != repository.name);
    state.repositories.push(repository);
    state
}

fn version(text: &str, origin: Origin) -> VersionSummary {
    VersionSummary {
        version: text.parse().unwrap(),
        revision: Some("REV".parse().unwrap()),
        status: Some(PackageVersionStatus::Published),
        origin,
    }
}

/// The ground, with these versions in the four watched places.
fn holding(versions: [Vec<VersionSummary>; 4]) -> SetupState {
    let names = recipe().names;
    let packages = names.watched().into_iter().zip(versions).map(|((repository, package), versions)| HeldPackage {
        repository: repository.clone(),
        package,
        versions,
        problem: None,
    });
    SetupState { packages: packages.collect(), ..ground() }
}

fn stands(step: Step, state: &SetupState) -> StepStanding {
    standing(&parts(step, &recipe(), state, &[]))
}

fn titles(steps: &[Step], recipe: &Recipe, state: &SetupState) -> Vec<String> {
    calls(steps, recipe, state).iter().map(Call::title).collect()
}

#[test]
fn the_recipes_own_names_keep_their_rules_and_differ() {
    assert!(Names::usual().unwrap().check().is_ok());
    let same = Names { team: "production".parse().unwrap(), ..Names::usual().unwrap() };
    assert_eq!(
        same.check().unwrap_err().to_string(),
        "Two of the repositories are called production. Each needs a name of its own."
    );
}

#[test]
fn a_step_has_a_number_and_a_number_its_step() {
    for (place, step) in Step::ALL.into_iter().enumerate() {
        assert_eq!((step.number(), Step::of_number(step.number())), (place + 1, Some(step)));
    }
    assert_eq!((Step::of_number(0), Step::of_number(11)), (None, None));
}

#[test]
fn from_nothing_the_ground_is_laid_by_nine_calls_in_the_order_that_works() {
    assert_eq!(
        titles(&Step::GROUND, &recipe(), &nothing()),
        [
            "Make the domain my-company-domain",
            "Make the repository npm-store",
            "Make the repository pypi-store",
            "Make the repository team-dev",
            "Make the repository production",
            "Connect npm-store to public:npmjs",
            "Connect pypi-store to public:pypi",
            "Let team-dev take from npm-store, pypi-store",
            "Let production take from team-dev",
        ]
    );
    for step in Step::ALL {
        assert_eq!(stands(step, &nothing()), StepStanding::Open);
    }
}

#[test]
fn when_the_ground_is_laid_nothing_is_left_of_it() {
    assert_eq!(titles(&Step::GROUND, &recipe(), &ground()), [""; 0]);
    for step in Step::GROUND {
        assert_eq!(stands(step, &ground()), StepStanding::Done);
        assert_eq!(needs(step, &recipe(), &ground()), None);
    }
}

#[test]
fn a_step_that_is_half_done_names_what_is_missing_and_plans_only_that() {
    let mut state = ground();
    state.repositories.retain(|one| one.name.as_str() != "team-dev");
    assert_eq!(stands(Step::Repositories, &state), StepStanding::Half(3, 4));
    assert_eq!(titles(&[Step::Repositories], &recipe(), &state), ["Make the repository team-dev"]);
    assert_eq!(needs(Step::Upstreams, &recipe(), &state).unwrap(), "Make team-dev first: step 2.");
    assert_eq!(
        needs(Step::Connections, &recipe(), &nothing()).unwrap(),
        "Make the domain my-company-domain first: step 1."
    );
}

#[test]
fn what_else_the_team_takes_from_stays_and_is_told() {
    let state = with(repository("team-dev", &["shared-libs", "pypi-store"], None));
    assert_eq!(stands(Step::Upstreams, &state), StepStanding::Half(1, 2));
    let part = parts(Step::Upstreams, &recipe(), &state, &[]).remove(0);
    assert_eq!(part.remark.as_deref(), Some("It also takes from shared-libs, and goes on to."));
    let Some(Call::SetUpstreams(_, new)) = part.call else { panic!("a list of upstreams") };
    let names = |names: Vec<RepositoryName>| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(new.seen), ["shared-libs", "pypi-store"]);
    assert_eq!(names(new.upstreams), ["shared-libs", "pypi-store", "npm-store"]);
}

#[test]
fn another_connection_or_upstreams_stand_in_the_way_of_a_store_and_are_left_alone() {
    for there in [repository("npm-store", &[], Some("public:crates-io")), repository("npm-store", &["team-x"], None)] {
        let state = with(there);
        assert_eq!(stands(Step::Connections, &state), StepStanding::Conflict);
        assert_eq!(titles(&[Step::Connections], &recipe(), &state), [""; 0]);
    }
    let state = with(repository("team-dev", &[], Some("public:npmjs")));
    assert_eq!(stands(Step::Upstreams, &state), StepStanding::Conflict);
}

#[test]
fn no_eleventh_upstream_is_planned() {
    let names: Vec<String> = (0..9).map(|number| format!("team-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(stands(Step::Upstreams, &with(repository("team-dev", &names, None))), StepStanding::Conflict);
}

#[test]
fn production_that_takes_nothing_is_another_way_to_do_step_4() {
    let safer = Recipe { production: ProductionTakes::OnlyPromoted, ..recipe() };
    let part = |state: &SetupState| parts(Step::Upstreams, &safer, state, &[]).remove(1);
    assert_eq!(part(&with(repository("production", &[], None))).standing, Standing::Done);
    assert_eq!(titles(&[Step::Upstreams], &safer, &ground()), ["Let production take from no repository"]);
    let other = with(repository("production", &["team-dev", "legacy"], None));
    assert_eq!(part(&other).standing, Standing::Conflict);
    let connected = part(&with(repository("production", &[], Some("public:npmjs"))));
    assert_eq!(connected.standing, Standing::Conflict);
    assert!(connected.remark.unwrap().contains("public:npmjs"));
    // From nothing there is no call: a repository that is made has no upstreams.
    assert_eq!(calls(&Step::GROUND, &safer, &nothing()).len(), 8);
}

#[test]
fn a_repository_that_cannot_be_described_is_unknown_and_not_touched() {
    let problem = Some(Problem::new(ProblemCode::Forbidden, "AWS denies it."));
    let state = with(Repository { problem, ..repository("npm-store", &[], None) });
    assert_eq!(stands(Step::Connections, &state), StepStanding::Unknown);
    assert_eq!(titles(&[Step::Connections], &recipe(), &state), [""; 0]);
}

#[test]
fn what_happens_on_somebodys_machine_is_ticked_by_hand_or_by_what_it_left_behind() {
    let ticked = |step, state: &SetupState| standing(&parts(step, &recipe(), state, &[Step::Identity, Step::SignIn]));
    assert_eq!(ticked(Step::Identity, &ground()), StepStanding::Done);
    assert_eq!(ticked(Step::SignIn, &ground()), StepStanding::Done);
    assert_eq!(stands(Step::SignIn, &ground()), StepStanding::Open);
    let lodash = vec![version("4.17.21", Origin::External(Some("public:npmjs".into())))];
    let state = holding([lodash, vec![], vec![], vec![]]);
    assert_eq!(stands(Step::SignIn, &state), StepStanding::Done);
    assert_eq!(stands(Step::Install, &state), StepStanding::Half(1, 2));
}

#[test]
fn a_package_is_promoted_once_it_is_published_and_pinned_to_its_content() {
    let own = || vec![version("1.0.0", Origin::Internal(None))];
    let before = holding([vec![], vec![], vec![], vec![]]);
    assert_eq!(stands(Step::Publish, &before), StepStanding::Open);
    assert!(needs(Step::Promote, &recipe(), &before).unwrap().starts_with("Publish my-company-utils 1.0.0 first"));
    let published = holding([vec![], vec![], own(), vec![]]);
    assert_eq!(stands(Step::Publish, &published), StepStanding::Done);
    assert_eq!(needs(Step::Promote, &recipe(), &published), None);
    let planned = calls(&[Step::Promote], &recipe(), &published);
    let [Call::Promote(request)] = planned.as_slice() else { panic!("one promotion: {planned:?}") };
    assert_eq!(request.versions[0].revision.as_str(), "REV");
    assert_eq!(stands(Step::Promote, &holding([vec![], vec![], own(), own()])), StepStanding::Done);
}

#[test]
fn another_version_is_not_this_one_and_a_strangers_package_is_a_conflict() {
    let other = holding([vec![], vec![], vec![version("0.9.0", Origin::Internal(None))], vec![]]);
    let part = parts(Step::Publish, &recipe(), &other, &[]).remove(0);
    assert_eq!((part.standing, part.remark.as_deref()), (Standing::Missing, Some("There: 0.9.0.")));
    let stranger = vec![version("1.0.0", Origin::External(Some("public:npmjs".into())))];
    assert_eq!(stands(Step::Publish, &holding([vec![], vec![], stranger, vec![]])), StepStanding::Conflict);
    let archived = VersionSummary { status: Some(PackageVersionStatus::Archived), ..version("1.0.0", Origin::Unknown) };
    assert_eq!(stands(Step::Publish, &holding([vec![], vec![], vec![archived], vec![]])), StepStanding::Open);
}

#[test]
fn the_teams_policy_counts_however_it_is_spaced_and_another_one_is_left_alone() {
    let document = team_policy("aws", &"111122223333".parse().unwrap()).unwrap();
    let spaced = document.as_str().replace('\n', "\n    ");
    for (document, expected) in [
        (None, StepStanding::Open),
        (Some(spaced), StepStanding::Done),
        (Some("{\"Version\":\"2012-10-17\"}".to_owned()), StepStanding::Conflict),
    ] {
        let policy = document.map(|document| Policy { document, revision: None, arn: String::new() });
        let glance = PolicyGlance { repository: recipe().names.team, policy, problem: None };
        let state = SetupState { policy: Some(glance), ..ground() };
        assert_eq!(stands(Step::Permissions, &state), expected);
        let planned = titles(&[Step::Permissions], &recipe(), &state);
        assert_eq!(planned.len(), usize::from(expected == StepStanding::Open), "{planned:?}");
    }
}

#[test]
fn the_identity_policies_are_the_recipes() {
    let arn = "arn:aws-cn:codeartifact:cn-north-1:111122223333:domain/my-company-domain".to_owned();
    let [(_, developers), (_, production)] = identity_policies(&recipe().names, &Domain { arn, ..domain() });
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let (developers, production) = (read(&developers), read(&production));
    let arn = |rest: &str| format!("arn:aws-cn:codeartifact:cn-north-1:111122223333:{rest}");
    assert_eq!(
        developers["Statement"][0]["Resource"],
        serde_json::json!([
            arn("domain/my-company-domain"),
            arn("repository/my-company-domain/team-dev"),
            arn("repository/my-company-domain/npm-store"),
            arn("repository/my-company-domain/pypi-store"),
            arn("package/my-company-domain/team-dev/*"),
        ])
    );
    assert_eq!(developers["Statement"][0]["Action"].as_array().unwrap().len(), 5);
    assert_eq!(
        production["Statement"][0]["Action"],
        serde_json::json!([
            "codeartifact:GetAuthorizationToken",
            "codeartifact:GetRepositoryEndpoint",
            "codeartifact:ReadFromRepository",
        ])
    );
    for policy in [developers, production] {
        assert_eq!(policy["Statement"][1]["Action"], "sts:GetServiceBearerToken");
    }
}

#[test]
fn each_step_can_be_done_in_a_shell() {
    let commands = |step| commands(step, &recipe(), &ground(), &["--profile".into(), "dev".into()]);
    assert_eq!(commands(Step::Repositories).len(), 4);
    assert!(commands(Step::Upstreams)[0].contains("--upstreams repositoryName=npm-store repositoryName=pypi-store"));
    assert!(commands(Step::SignIn)[1].starts_with("aws codeartifact login --tool pip \\\n  --domain"));
    assert_eq!(commands(Step::Install), ["npm install lodash", "pip install requests"]);
    assert!(commands(Step::Publish)[0].contains("\"name\": \"my-company-utils\""));
    assert!(commands(Step::Promote)[0].contains("--versions 1.0.0"));
}

#[test]
fn a_command_of_what_is_done_leaves_what_is_there() {
    let state = with(repository("team-dev", &["shared-libs", "pypi-store", "npm-store"], None));
    let commands = commands(Step::Upstreams, &recipe(), &state, &[]);
    assert_eq!(commands.len(), 2);
    let there = "--upstreams repositoryName=shared-libs repositoryName=pypi-store repositoryName=npm-store";
    assert!(commands[0].contains(there), "{}", commands[0]);
}

#[test]
fn no_command_touches_what_is_in_conflict_or_unknown() {
    let safer = Recipe { production: ProductionTakes::OnlyPromoted, ..recipe() };
    let number = |step, recipe: &Recipe, state: &SetupState| commands(step, recipe, state, &[]).len();
    for there in [repository("npm-store", &[], Some("public:crates-io")), repository("npm-store", &["team-x"], None)] {
        assert_eq!(number(Step::Connections, &recipe(), &with(there)), 1);
    }
    let problem = Some(Problem::new(ProblemCode::Forbidden, "AWS denies it."));
    let unread = with(Repository { problem, ..repository("npm-store", &[], None) });
    assert_eq!(number(Step::Connections, &recipe(), &unread), 1);
    let fed = with(repository("production", &["team-dev", "legacy"], None));
    assert_eq!(number(Step::Upstreams, &safer, &fed), 1);
    let policy = Policy { document: "{\"Version\":\"2012-10-17\"}".to_owned(), revision: None, arn: String::new() };
    let glance = PolicyGlance { repository: recipe().names.team, policy: Some(policy), problem: None };
    assert_eq!(number(Step::Permissions, &recipe(), &SetupState { policy: Some(glance), ..ground() }), 0);
    let stranger = vec![version("1.0.0", Origin::External(Some("public:npmjs".into())))];
    assert_eq!(number(Step::Promote, &recipe(), &holding([vec![], vec![], vec![], stranger])), 0);
}

#[test]
fn no_name_breaks_out_of_a_command() {
    let mut recipe = recipe();
    recipe.names.npm_package = "a'$(touch${IFS}x)".parse().unwrap();
    recipe.names.own_package = "a\"b'`c`".parse().unwrap();
    let commands = |step| commands(step, &recipe, &ground(), &[]);
    assert_eq!(commands(Step::Install)[0], r"npm install 'a'\''$(touch${IFS}x)'");
    assert!(commands(Step::Publish)[0].contains(r#""name": "a\"b'`c`""#));
}
