//! Good requests to the endpoints that compare, for `every_endpoint`.

use axum::body::Body;
use http::Request;
use shared::api::*;

use crate::support::{domain, npm_version, repository, request};

/// A good request to one of the endpoints by its name; none for the name of another one.
pub fn comparisons(name: &str, token: Option<&str>) -> Option<Request<Body>> {
    Some(match name {
        "ListInventories" => request::<ListInventories>(&repository("staging"), &(), &(), token),
        "CompareRepositories" => {
            let (left, right) = ("staging".parse().unwrap(), "production".parse().unwrap());
            request::<CompareRepositories>(&domain(), &ComparisonQuery { left, right, next: None }, &(), token)
        }
        "CompareVersions" => {
            let VersionQuery { format, namespace, package, .. } = npm_version("@acme/ui", "1.4.0");
            let (left, right) = ("team-dev".parse().unwrap(), "staging".parse().unwrap());
            let version = "1.3.2".parse().unwrap();
            let query = VersionComparisonQuery { left, right, format, namespace, package, version };
            request::<CompareVersions>(&domain(), &query, &(), token)
        }
        "DiffVersionFiles" => {
            let VersionQuery { format, namespace, package, .. } = npm_version("@acme/ui", "1.4.0");
            let (left, right) = ("team-dev".parse().unwrap(), "staging".parse().unwrap());
            let (version, asset) = ("1.4.0".parse().unwrap(), "package.tgz".parse().unwrap());
            let query = FileComparisonQuery { left, right, format, namespace, package, version, asset };
            request::<DiffVersionFiles>(&domain(), &query, &(), token)
        }
        _ => return None,
    })
}
