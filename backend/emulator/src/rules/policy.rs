//! Permissions policies: their text, and the revision that keeps two editors from overwriting each other.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::model::Policy;
use crate::random;
use crate::wire::fault::{Fault, ResourceType};

/// A policy of this text, with a new revision.
pub(crate) fn new(document: String) -> Result<Policy, Fault> {
    check(&document)?;
    Ok(Policy { document, revision: STANDARD.encode(random::bytes::<32>()) })
}

/// Whether the policy may be replaced or deleted by somebody who saw `revision`. No revision: always.
pub(crate) fn check_revision(
    current: Option<&Policy>,
    revision: Option<&str>,
    resource_type: ResourceType,
    resource: &str,
) -> Result<(), Fault> {
    match revision {
        Some(seen) if current.is_none_or(|policy| policy.revision != seen) => {
            let message = format!("The policy revision {seen} is not the current one of '{resource}'");
            Err(Fault::conflict(resource_type, resource, message))
        }
        _ => Ok(()),
    }
}

/// The answer where no policy is set.
pub(crate) fn none(resource_type: ResourceType, resource: &str) -> Fault {
    Fault::not_found(resource_type, resource, format!("'{resource}' has no permissions policy"))
}

/// What every resource policy has (IAM user guide, "IAM JSON policy elements reference"). Action names are not judged.
fn check(document: &str) -> Result<(), Fault> {
    let malformed = |what: &str| Fault::invalid(format!("The policy document is not valid: {what}"));
    let policy: Value = serde_json::from_str(document).map_err(|error| malformed(&error.to_string()))?;
    let statements = match policy.get("Statement") {
        Some(Value::Array(statements)) if !statements.is_empty() => statements.as_slice(),
        Some(statement @ Value::Object(_)) => std::slice::from_ref(statement),
        _ => return Err(malformed("it has no Statement")),
    };
    if !matches!(policy.get("Version").and_then(Value::as_str), None | Some("2012-10-17" | "2008-10-17")) {
        return Err(malformed("its Version is neither 2012-10-17 nor 2008-10-17"));
    }
    for statement in statements {
        let has = |name: &str| statement.get(name).is_some();
        if !matches!(statement.get("Effect").and_then(Value::as_str), Some("Allow" | "Deny")) {
            return Err(malformed("the Effect of each statement must be Allow or Deny"));
        }
        if !has("Principal") && !has("NotPrincipal") {
            return Err(malformed("each statement needs a Principal"));
        }
        if !has("Action") && !has("NotAction") {
            return Err(malformed("each statement needs an Action"));
        }
    }
    Ok(())
}
