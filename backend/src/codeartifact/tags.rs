//! npm dist-tags. CodeArtifact's API does not tell them; its npm endpoint does.

use std::collections::{BTreeMap, HashMap};

use reqwest::{Response, StatusCode, Url};
use shared::api::escape;
use shared::format::PackageFormat;
use shared::names::{DomainName, RepositoryName, VersionName};
use shared::package::PackageKey;
use tokio::sync::Mutex;

use super::CodeArtifact;
use super::registry::{trusted, unreachable};
use crate::error::{Error, Kind, Result};

const MOST_BYTES: usize = 1024 * 1024;

/// The addresses of npm endpoints that are known: one never becomes another.
#[derive(Debug, Default)]
pub struct NpmEndpoints(Mutex<HashMap<(DomainName, RepositoryName), String>>);

impl CodeArtifact {
    /// The npm endpoint of a repository, asked for once.
    async fn npm_endpoint(&self, domain: &DomainName, repository: &RepositoryName) -> Result<String> {
        let mut known = self.npm_endpoints.0.lock().await;
        let place = (domain.clone(), repository.clone());
        if let Some(endpoint) = known.get(&place) {
            return Ok(endpoint.clone());
        }
        let endpoint = self.endpoint(domain, repository, PackageFormat::Npm).await?;
        known.insert(place, endpoint.clone());
        Ok(endpoint)
    }

    /// The dist-tags of an npm package in one repository, upstream ones included; none where it has no such package.
    pub async fn dist_tags(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
    ) -> Result<BTreeMap<String, VersionName>> {
        let address = address(&self.npm_endpoint(domain, repository).await?, package)?;
        let token = self.token(domain).await?;
        let request = self.registry().await?.get(address).bearer_auth(token.reveal());
        let response = request.send().await.map_err(unreachable)?;
        match response.status() {
            StatusCode::OK => read(response).await,
            StatusCode::NOT_FOUND => Ok(BTreeMap::new()),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(Error::new(
                Kind::Forbidden,
                format!("The npm endpoint of {repository} does not let these credentials read dist-tags."),
            )),
            status => Err(Error::new(Kind::Faulty, format!("The npm endpoint of {repository} answered {status}."))),
        }
    }
}

impl CodeArtifact {
    /// Sets a dist-tag of an npm package in one repository, or removes it. Never tries again by itself; setting a tag to
    /// where it points, and removing one that is not there, change nothing.
    ///
    /// # Errors
    /// `Unreachable` and `Faulty` where it may have happened all the same.
    pub async fn set_dist_tag(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        tag: &str,
        version: Option<&VersionName>,
    ) -> Result<()> {
        let mut address = address(&self.npm_endpoint(domain, repository).await?, package)?;
        // A trusted address has a path.
        if let Ok(mut path) = address.path_segments_mut() {
            path.push(tag);
        }
        let token = self.token(domain).await?;
        let registry = self.registry().await?;
        let request = match version {
            Some(version) => registry.put(address).json(version.as_str()),
            None => registry.delete(address),
        };
        let response = request.bearer_auth(token.reveal()).send().await.map_err(unreachable)?;
        let status = response.status();
        let kind = match status {
            _ if status.is_success() => return Ok(()),
            StatusCode::NOT_FOUND if version.is_none() => return Ok(()),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Kind::Forbidden,
            StatusCode::TOO_MANY_REQUESTS => Kind::Throttled(None),
            _ if status.is_server_error() => Kind::Faulty,
            _ => Kind::Conflict,
        };
        let message =
            format!("The npm endpoint of {repository} answered {status} when the dist-tag {tag} was to change.");
        Err(Error::new(kind, message))
    }
}

/// `{endpoint}-/package/{name}/dist-tags` (npm registry API).
fn address(endpoint: &str, package: &PackageKey) -> Result<Url> {
    if matches!(package.name.as_str(), "." | "..") {
        return Err(Error::bad_request("An npm package cannot have this name."));
    }
    let scope = package.namespace.as_ref().map(|scope| format!("@{}%2f", escape(scope.as_str()))).unwrap_or_default();
    let name = escape(package.name.as_str());
    let address = format!("{}/-/package/{scope}{name}/dist-tags", endpoint.trim_end_matches('/'));
    trusted(&address)
}

async fn read(mut response: Response) -> Result<BTreeMap<String, VersionName>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MOST_BYTES {
            return Err(Error::new(Kind::Faulty, "The npm endpoint's answer is too large to be a list of dist-tags."));
        }
    }
    serde_json::from_slice(&bytes).map_err(|error| Error { kind: Kind::Faulty, ..Error::unexpected(error) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(namespace: Option<&str>, name: &str) -> PackageKey {
        PackageKey {
            format: shared::format::PackageFormat::Npm,
            namespace: namespace.map(|namespace| namespace.parse().unwrap()),
            name: name.parse().unwrap(),
        }
    }

    #[test]
    fn a_scope_and_a_name_are_one_part_of_the_address() {
        let url = address("https://acme-111122223333.d.example/npm/team/", &package(Some("acme"), "ui")).unwrap();
        assert_eq!(url.as_str(), "https://acme-111122223333.d.example/npm/team/-/package/@acme%2fui/dist-tags");
        let url = address("http://127.0.0.1:9/npm/d/a/b", &package(None, "a%2f?b")).unwrap();
        assert_eq!(url.path(), "/npm/d/a/b/-/package/a%252f%3Fb/dist-tags");
    }

    #[test]
    fn no_token_is_sent_without_tls_or_out_of_the_path() {
        assert!(address("http://acme.example/npm/team/", &package(None, "ui")).is_err());
        assert!(address("ftp://127.0.0.1/npm/team/", &package(None, "ui")).is_err());
        assert!(address("https://acme.example/npm/team/", &package(None, "..")).is_err());
    }
}
