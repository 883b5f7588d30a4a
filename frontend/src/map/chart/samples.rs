//! Domains for tests.

use shared::domain::Domain;
use shared::repository::ExternalConnection;

use super::*;

pub fn repository(name: &str, upstreams: &[&str], connection: Option<&str>) -> Repository {
    Repository {
        name: name.parse().unwrap(),
        description: String::new(),
        administrator: None,
        arn: String::new(),
        created: None,
        upstreams: upstreams.iter().map(|upstream| upstream.parse().unwrap()).collect(),
        external_connections: connection
            .map(|name| ExternalConnection { name: name.into(), format: None, status: "AVAILABLE".into() })
            .into_iter()
            .collect(),
        problem: None,
    }
}

pub fn chart(repositories: Vec<Repository>) -> Chart {
    let domain = Domain {
        name: "acme".parse().unwrap(),
        owner: "111122223333".parse().unwrap(),
        arn: String::new(),
        created: None,
        encryption_key: None,
        repository_count: 0,
        asset_size_bytes: 0,
    };
    Chart::new(&DomainMap { domain, repositories, read_at: 0.0 })
}

/// Production takes from a team, which takes from two stores.
pub fn leaking() -> Chart {
    chart(vec![
        repository("production", &["team-dev"], None),
        repository("team-dev", &["npm-store", "pypi-store"], None),
        repository("npm-store", &[], Some("public:npmjs")),
        repository("pypi-store", &[], Some("public:pypi")),
    ])
}
