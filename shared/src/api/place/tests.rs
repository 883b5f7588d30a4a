use super::*;
use crate::api::{DescribeVersion, Endpoint, ListPackages};

#[test]
fn an_address_has_its_placeholders_filled_and_its_query_escaped() {
    let path = RepositoryPath {
        connection: "demo".parse().unwrap(),
        domain: "acme".parse().unwrap(),
        repository: "team-dev".parse().unwrap(),
    };
    let query = VersionQuery {
        format: PackageFormat::Npm,
        namespace: Some("acme".parse().unwrap()),
        package: "..".parse().unwrap(),
        version: "1.0.0+a&b%".parse().unwrap(),
    };
    assert_eq!(
        DescribeVersion::address(&path, &query),
        "/api/connections/demo/domains/acme/repositories/team-dev/version?format=npm&namespace=acme&package=..&version=1.0.0%2Ba%26b%25"
    );
    assert_eq!(
        ListPackages::address(&path, &PackagesQuery::default()),
        "/api/connections/demo/domains/acme/repositories/team-dev/packages"
    );
}

#[test]
fn every_endpoint_has_its_own_method_and_path() {
    let mut seen = std::collections::HashSet::new();
    for (name, method, path) in crate::api::ALL {
        assert!(seen.insert(format!("{method:?} {path}")), "{name} stands twice");
    }
}
