//! Protections of a domain.

use shared::api::{ListProtections, SetProtections};
use shared::person::Role;
use shared::protection::{self, ProtectionList, Protections};

use crate::app::AppState;
use crate::clock;
use crate::error::{Error, Kind, Result};
use crate::extract::Asked;
use crate::store::protections;

/// The protections, and who may approve.
pub async fn list(app: AppState, asked: Asked<ListProtections>) -> Result<ProtectionList> {
    app.connection(&asked.path.connection)?;
    let mut reading = app.store.read().await?;
    let protections = protections::get(reading.sql(), &asked.path.connection, &asked.path.domain).await?;
    Ok(ProtectionList { protections, approvers: app.access.with_role(Role::Approver) })
}

/// Replaces the protections, unless they have changed since they were seen.
pub async fn set(app: AppState, asked: Asked<SetProtections>) -> Result<Protections> {
    app.connection(&asked.path.connection)?;
    let (path, body, by) = (asked.path, asked.body, asked.by.person);
    app.recorded(async {
        let mut list = body.list;
        protection::check(&list).map_err(|error| Error::bad_request(error.to_string()))?;
        list.sort_by(|one, other| one.pattern.cmp(&other.pattern));
        // What the databases can count to.
        let revision = body.seen.checked_add(1).filter(|revision| i64::try_from(*revision).is_ok());
        let revision = revision.ok_or_else(|| Error::new(Kind::Conflict, "There is no such revision."))?;
        let new = Protections { revision, list, by: Some(by), changed_at: Some(clock::seconds()) };
        let mut writing = app.store.write().await?;
        protections::set(&mut writing, &path.connection, &path.domain, &new).await?;
        writing.commit().await?;
        Ok(new)
    })
    .await
}
