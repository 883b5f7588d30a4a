use proptest::prelude::*;

use super::*;

fn domain() -> DomainPath {
    DomainPath { connection: "demo".parse().unwrap(), domain: "acme".parse().unwrap() }
}

fn parse(address: &str) -> Option<Place> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    Place::parse(path, query)
}

#[test]
fn the_root_is_the_list_of_connections() {
    assert_eq!(parse("/"), Some(Place::Connections));
    assert_eq!(Place::Connections.href(), "/");
}

#[test]
fn a_selected_repository_stands_in_the_address() {
    let place = Place::Map(MapPlace {
        domain: domain(),
        selected: Some(Selected::Repository("team-dev".parse().unwrap())),
        upstreams: None,
        view: MapView::Table,
    });
    assert_eq!(place.href(), "/c/demo/acme?repository=team-dev&view=table");
    assert_eq!(parse(&place.href()), Some(place));
}

#[test]
fn a_proposed_list_of_upstreams_stands_in_the_address() {
    for (upstreams, text) in [(vec!["npm-store", "pypi-store"], "npm-store%2Cpypi-store"), (vec![], "-")] {
        let place = Place::Map(MapPlace {
            domain: domain(),
            selected: Some(Selected::Repository("team-dev".parse().unwrap())),
            upstreams: Some(upstreams.iter().map(|name| name.parse().unwrap()).collect()),
            view: MapView::Flow,
        });
        assert_eq!(place.href(), format!("/c/demo/acme?repository=team-dev&upstreams={text}"));
        assert_eq!(parse(&place.href()), Some(place));
    }
}

#[test]
fn places_to_set_up_have_addresses() {
    let path = RepositoryPath {
        connection: domain().connection,
        domain: domain().domain,
        repository: "team".parse().unwrap(),
    };
    for (place, address) in [
        (Place::NewDomain(ConnectionPath { connection: domain().connection }), "/new-domain?connection=demo"),
        (Place::Compare, "/compare"),
        (Place::DomainSettings(domain()), "/c/demo/acme/settings"),
        (Place::CleanUp(domain()), "/c/demo/acme/cleanup"),
        (Place::Protection(domain()), "/c/demo/acme/protection"),
        (Place::NewRepository(domain()), "/c/demo/acme/new-repository"),
        (Place::Doctor(domain()), "/c/demo/acme/doctor"),
        (Place::Export(domain(), ExportKind::Cli), "/c/demo/acme/export"),
        (Place::Publish(path.clone()), "/c/demo/acme/repositories/team/publish"),
        (Place::RepositorySettings(path.clone(), None), "/c/demo/acme/repositories/team/settings"),
        (
            Place::RepositorySettings(path.clone(), "public:pypi".parse().ok()),
            "/c/demo/acme/repositories/team/settings?connect=public%3Apypi",
        ),
        (Place::DomainAccess(domain()), "/c/demo/acme/access"),
        (Place::ExplainAccess(ExplainPlace::new(domain())), "/c/demo/acme/access/explain"),
        (Place::RepositoryAccess(path), "/c/demo/acme/repositories/team/access"),
    ] {
        assert_eq!(place.href(), address);
        assert_eq!(parse(address), Some(place));
    }
    assert_eq!(parse("/new-domain"), None);
}

#[test]
fn plans_runs_and_their_undoing_have_addresses() {
    let id = "0123456789abcdef0123";
    for address in [
        "/c/demo/acme/promotions".to_owned(),
        format!("/c/demo/acme/promotions?repository=team&before={id}"),
        format!("/c/demo/acme/plans/{id}"),
        format!("/c/demo/acme/runs/{id}"),
        format!("/c/demo/acme/runs/{id}?show=failed"),
        format!("/c/demo/acme/runs/{id}/undo"),
        format!("/c/demo/acme/runs/{id}/undo?how=delete"),
    ] {
        let place = parse(&address).unwrap();
        assert_eq!(place.domain(), Some(domain()));
        assert_eq!(place.href(), address);
    }
    assert_eq!(parse("/c/demo/acme/runs/..%2F"), None);
    assert_eq!(parse("/c/demo/acme/plans/short"), None);
}

#[test]
fn the_versions_of_a_package_in_a_repository_have_an_address() {
    let address = "/c/demo/acme/repositories/team/versions?format=npm&namespace=acme&package=ui";
    let place = parse(address).unwrap();
    assert!(matches!(&place, Place::Versions(place) if place.package.full_name() == "@acme/ui"));
    assert_eq!(place.href(), address);
    assert_eq!(parse("/c/demo/acme/repositories/team/versions"), None);
}

#[test]
fn the_client_and_the_way_stand_in_the_address_once_chosen() {
    let place = Place::connect(&domain(), &"team".parse().unwrap());
    assert_eq!(place.href(), "/c/demo/acme/repositories/team/connect");
    assert_eq!(parse(&place.href()), Some(place.clone()));
    let Place::Connect(connect) = place else { panic!("a place to connect") };
    let chosen = Place::Connect(ConnectPlace { client: Some(Client::Pip), way: Some(Way::Hand), ..connect });
    assert_eq!(chosen.href(), "/c/demo/acme/repositories/team/connect?client=pip&way=hand");
    assert_eq!(parse(&chosen.href()), Some(chosen.clone()));
    assert_eq!(
        parse("/c/demo/acme/repositories/team/connect?client=apt"),
        parse("/c/demo/acme/repositories/team/connect")
    );
}

#[test]
fn a_package_page_needs_a_format_and_a_name() {
    assert_eq!(parse("/c/demo/acme/package?format=npm"), None);
    assert!(parse("/c/demo/acme/package?format=npm&package=ui").is_some());
}

#[test]
fn a_name_that_breaks_its_rule_is_no_place() {
    for address in ["/c/Demo/acme", "/c/demo/a", "/c/demo/acme/repositories/-", "/x", "/c/demo", "/c/demo/acme/nothing"]
    {
        assert_eq!(parse(address), None, "{address}");
    }
}

#[test]
fn what_a_query_does_not_know_is_left_out() {
    assert_eq!(parse("/c/demo/acme?repository=%2f&what=ever"), Some(Place::map(&domain())));
    let Some(Place::Repository(place)) = parse("/c/demo/acme/repositories/team-dev?format=apk&status=Lost") else {
        panic!("a repository");
    };
    assert_eq!(place.filter, PackageFilter::default());
}

proptest! {
    #[test]
    fn a_package_page_survives_its_own_address(
        namespace in proptest::option::of("[^#/\\s\u{0}]{1,12}"),
        name in "[^#/\\s\u{0}]{1,20}",
        version in "[^#/\\s\u{0}]{1,20}",
    ) {
        let place = Place::Package(PackagePlace {
            domain: domain(),
            package: PackageKey {
                format: PackageFormat::Npm,
                namespace: namespace.map(|namespace| namespace.parse().unwrap()),
                name: name.parse().unwrap(),
            },
            held: Some(Held { repository: "team-dev".parse().unwrap(), version: version.parse().unwrap() }),
        });
        prop_assert_eq!(parse(&place.href()), Some(place));
    }

    #[test]
    fn a_filter_survives_its_own_address(prefix in "\\PC{0,20}") {
        let place = Place::Repository(RepositoryPlace {
            repository: RepositoryPath {
                connection: "demo".parse().unwrap(),
                domain: "acme".parse().unwrap(),
                repository: "npm-store".parse().unwrap(),
            },
            filter: PackageFilter { prefix, format: Some(PackageFormat::Pypi), status: Some(PackageVersionStatus::Archived) },
        });
        prop_assert_eq!(parse(&place.href()), Some(place));
    }

    #[test]
    fn no_address_brings_the_program_down(path in "\\PC{0,40}", query in "\\PC{0,40}") {
        let _ = Place::parse(&path, &query);
    }
}

#[test]
fn who_a_policy_is_for_stands_in_the_address() {
    let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<Vec<_>>();
    for (sources, text) in [
        (None, ""),
        (Some(vec![]), "&sources=-"),
        (Some(names(&["npm-store", "pypi-store"])), "&sources=npm-store%2Cpypi-store"),
    ] {
        let place = Place::GeneratePolicy(GeneratePlace {
            domain: domain(),
            person: shared::policy::generate::Person::Promoter,
            repositories: names(&["staging"]),
            sources,
        });
        let address = format!("/c/demo/acme/access/generate?role=promoter&repositories=staging{text}");
        assert_eq!(place.href(), address);
        assert_eq!(parse(&address), Some(place));
    }
}

#[test]
fn what_is_asked_about_stands_in_the_address() {
    let place = Place::ExplainAccess(ExplainPlace {
        domain: domain(),
        action: Some("PublishPackageVersion".into()),
        repository: Some("team-dev".parse().unwrap()),
        package: Some("npm/parity/ui".into()),
    });
    let address =
        "/c/demo/acme/access/explain?action=PublishPackageVersion&repository=team-dev&package=npm%2Fparity%2Fui";
    assert_eq!(place.href(), address);
    assert_eq!(parse(address), Some(place));
}

#[test]
fn a_comparison_stands_in_the_address_with_its_filter_and_its_version() {
    let chosen =
        ComparisonPlace::of(&domain(), Some(&"staging".parse().unwrap()), Some(&"production".parse().unwrap()));
    let filter = ComparisonFilter {
        kind: Some(shared::comparison::PackageKind::LeftNewer),
        format: Some(PackageFormat::Npm),
        text: "acme/u".into(),
        sort: ComparisonSort::Kind,
    };
    let version =
        "/c/demo/acme/compare/version?left=staging&right=production&format=npm&namespace=acme&package=ui&version=1.4.0";
    let package = PackageKey {
        format: PackageFormat::Npm,
        namespace: Some("acme".parse().unwrap()),
        name: "ui".parse().unwrap(),
    };
    let choice = shared::promotion::VersionChoice { package, version: "1.4.0".parse().unwrap() };
    for (place, address) in [
        (Place::Comparison(ComparisonPlace::of(&domain(), None, None)), "/c/demo/acme/compare"),
        (Place::Comparison(chosen.clone()), "/c/demo/acme/compare?left=staging&right=production"),
        (
            Place::Comparison(ComparisonPlace { filter, ..chosen.clone() }),
            "/c/demo/acme/compare?left=staging&right=production&kind=left-newer&format=npm&name=acme%2Fu&sort=kind",
        ),
        (chosen.looking_at(choice), version),
    ] {
        assert_eq!(place.href(), address);
        assert_eq!(parse(address), Some(place));
    }
    assert_eq!(parse("/c/demo/acme/compare/version?left=staging"), None);
}
