//! GetRepositoryEndpoint.

use http::header;
use serde_json::json;

use crate::rules::find;
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::Fault;
use crate::wire::place::RepositoryAt;

/// GetRepositoryEndpoint: where a package manager finds the repository.
///
/// The answer is the documented path style of VPC endpoints, on the host that was asked
/// (CodeArtifact user guide, "Use CodeArtifact from a VPC"). The host is part of what the caller signed.
pub(super) fn get(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let format = call.format()?;
    // Both kinds are one host here.
    call.choice("endpointType", &["dualstack", "ipv4"], |word| matches!(word, "dualstack" | "ipv4").then_some(()))?;
    find::repository(&call.state(), call.account(), &at)?;
    let RepositoryAt { domain, name } = &at;
    let endpoint = format!("http://{}/{}/d/{}-{}/{name}/", host(call)?, format.as_str(), domain.name, domain.owner);
    json(json!({ "repositoryEndpoint": endpoint }))
}

fn host(call: &Call) -> Result<String, Fault> {
    let header = call.parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = header.map(str::to_owned).or_else(|| call.parts.uri.authority().map(ToString::to_string));
    host.ok_or_else(|| Fault::invalid("The request names no host"))
}
