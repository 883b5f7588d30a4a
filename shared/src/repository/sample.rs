//! A repository for tests.

use super::{ExternalConnection, Repository};

/// A repository that takes from these, or from a public registry.
pub(crate) fn repository(name: &str, upstreams: &[&str], connection: Option<&str>) -> Repository {
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
