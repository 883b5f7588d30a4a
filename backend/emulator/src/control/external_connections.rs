//! AssociateExternalConnection, DisassociateExternalConnection.

use serde_json::json;

use super::describe;
use crate::rules::{find, upstreams};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::member;
use crate::wire::place::RepositoryAt;

/// AssociateExternalConnection. One per repository, and not beside upstreams.
pub(super) fn associate(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let connection = call.required(&member::EXTERNAL_CONNECTION)?;
    let mut state = call.state();
    let repository = find::repository_mut(&mut state, call.account(), &at)?;
    upstreams::check_connection(repository, connection)?;
    repository.external_connection = Some(connection.to_owned());
    json(json!({ "repository": describe::repository(call.emulator.options(), &at.domain.name, repository) }))
}

/// DisassociateExternalConnection. What was fetched through it stays.
pub(super) fn disassociate(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let connection = call.required(&member::EXTERNAL_CONNECTION)?;
    let mut state = call.state();
    let repository = find::repository_mut(&mut state, call.account(), &at)?;
    if repository.external_connection.as_deref() != Some(connection) {
        let message = format!("Repository '{}' is not connected to '{connection}'", at.name);
        return Err(Fault::not_found(ResourceType::Repository, &at.name, message));
    }
    repository.external_connection = None;
    json(json!({ "repository": describe::repository(call.emulator.options(), &at.domain.name, repository) }))
}
