//! GetAuthorizationToken.

use std::time::Duration;

use serde_json::json;

use super::describe;
use crate::rules::find;
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::Fault;
use crate::wire::member;
use crate::wire::place::DomainAt;
use crate::wire::token;

/// Longest life of a token, and what it gets unless the caller says otherwise: 12 hours.
const LONGEST: u64 = 43_200;
/// Shortest life of a token: 15 minutes.
const SHORTEST: u64 = 900;

/// GetAuthorizationToken. `duration` is 0 or from 900 to 43200 seconds; 0 means as long as the caller's session.
pub(super) fn get(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let duration = duration(call)?;
    find::domain(&call.state(), call.account(), &at)?;
    let (token, expiration) = token::issue(call.emulator, &at.name, duration);
    json(json!({ "authorizationToken": token, "expiration": describe::time(expiration) }))
}

fn duration(call: &Call) -> Result<Duration, Fault> {
    let seconds: i64 = call.number("duration")?.unwrap_or(LONGEST.cast_signed());
    let broken = |constraint: &str| member::violation(Some(&seconds.to_string()), "durationSeconds", constraint);
    match u64::try_from(seconds) {
        Err(_) => Err(broken("Member must have value greater than or equal to 0")),
        Ok(0) => Ok(session(call)),
        Ok(1..SHORTEST) => Err(broken("Member must be 0 or have value greater than or equal to 900")),
        Ok(seconds @ SHORTEST..=LONGEST) => Ok(Duration::from_secs(seconds)),
        Ok(_) => Err(broken("Member must have value less than or equal to 43200")),
    }
}

/// What is left of the caller's session; the longest life where the credentials do not end.
fn session(call: &Call) -> Duration {
    let longest = Duration::from_secs(LONGEST);
    let left = call.emulator.options().session_expires.map(|end| end.duration_since(call.emulator.now()));
    left.map_or(longest, Result::unwrap_or_default).min(longest)
}
