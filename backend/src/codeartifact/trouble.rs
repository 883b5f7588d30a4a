//! What kind of trouble a failed call is, seen from the credentials.

use aws_sdk_codeartifact::error::ProvideErrorMetadata;
use aws_sdk_sts::error::SdkError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use shared::mending::Trouble;

use super::fault::find;
use crate::error::{Error, Kind};

/// The kind of trouble behind an error. `role` is what the connection assumes.
pub fn trouble(error: &Error, role: Option<&str>) -> Trouble {
    let Some(cause) = &error.cause else { return Trouble::Other };
    let assumed = find::<SdkError<AssumeRoleError, HttpResponse>>(cause.as_ref());
    if let Some(code) = assumed.and_then(ProvideErrorMetadata::code) {
        let message = assumed.and_then(ProvideErrorMetadata::message).unwrap_or_default();
        return of_role(code, message, role);
    }
    if let Some(code) = &error.aws_code {
        return of_code(code, &error.message, role);
    }
    match error.kind {
        Kind::NotSent | Kind::Unreachable => Trouble::Unreachable,
        Kind::Credentials => of_words(&error.chain()),
        _ => Trouble::Other,
    }
}

/// By the code that a call for a role was answered with.
fn of_role(code: &str, message: &str, role: Option<&str>) -> Trouble {
    if is_denied(code) { role_denied(message, role) } else { of_code(code, message, role) }
}

fn is_denied(code: &str) -> bool {
    matches!(code, "AccessDenied" | "AccessDeniedException")
}

fn role_denied(message: &str, role: Option<&str>) -> Trouble {
    Trouble::RoleDenied {
        role: after(message, "on resource: ").or(role.map(str::to_owned)),
        by: after(message, "User: "),
    }
}

/// By the service's code (API reference, "Common errors"); the message tells the rest.
fn of_code(code: &str, message: &str, role: Option<&str>) -> Trouble {
    let late =
        ["Signature expired", "Signature not yet current", "not within"].iter().any(|word| message.contains(word));
    match code {
        "RequestExpired" | "RequestTimeTooSkewed" => Trouble::Clock,
        "SignatureDoesNotMatch" | "InvalidSignatureException" if late => Trouble::Clock,
        "ExpiredToken" | "ExpiredTokenException" => Trouble::Expired,
        "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException" => Trouble::WrongKeys,
        // Other calls are denied for other reasons.
        _ if is_denied(code) && message.contains("sts:AssumeRole") => role_denied(message, role),
        _ => Trouble::Other,
    }
}

/// The word after some words.
fn after(message: &str, words: &str) -> Option<String> {
    let (_, rest) = message.split_once(words)?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// The SDK's own types for these are private; its words are the only thing to go by. What they do not settle is told as
/// it is.
fn of_words(words: &str) -> Trouble {
    let says = |word: &str| words.contains(word);
    if says("ForbiddenException") {
        Trouble::SsoDenied
    } else if says("SSO token") || says("UnauthorizedException") || says("/sso/") {
        Trouble::SsoEnded
    } else if says("did not contain credential") || says("was not defined") || says("no providers in chain") {
        Trouble::None
    } else {
        Trouble::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_tells_the_kind_and_the_message_the_rest() {
        let denied = "User: arn:aws:iam::1:user/ada is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/r";
        assert_eq!(
            of_code("AccessDenied", denied, None),
            Trouble::RoleDenied {
                role: Some("arn:aws:iam::2:role/r".into()),
                by: Some("arn:aws:iam::1:user/ada".into())
            }
        );
        assert_eq!(
            of_code("SignatureDoesNotMatch", "Signature expired: 2026 is now earlier than", None),
            Trouble::Clock
        );
        assert_eq!(of_code("SignatureDoesNotMatch", "The request signature we calculated", None), Trouble::WrongKeys);
        assert_eq!(of_code("InvalidClientTokenId", "The security token included", None), Trouble::WrongKeys);
        assert_eq!(of_code("ExpiredToken", "", None), Trouble::Expired);
        assert_eq!(of_code("Throttling", "", None), Trouble::Other);
    }

    #[test]
    fn only_a_denied_role_is_a_role_denied() {
        let message = "User: arn:aws:iam::1:user/ada is not authorized to perform: sts:GetCallerIdentity";
        assert_eq!(of_code("AccessDenied", message, Some("r")), Trouble::Other);
        assert_eq!(of_code("AccessDeniedException", "", Some("r")), Trouble::Other);
        assert_eq!(
            of_role("AccessDenied", "not allowed", Some("r")),
            Trouble::RoleDenied { role: Some("r".into()), by: None }
        );
        assert_eq!(of_role("ExpiredToken", "", Some("r")), Trouble::Expired);
    }

    #[test]
    fn the_words_of_the_sdk_are_told_apart() {
        for (words, kind) in [
            ("the SSO token has expired and cannot be refreshed", Trouble::SsoEnded),
            ("ForbiddenException: No access", Trouble::SsoDenied),
            ("profile `x` was not defined: y", Trouble::None),
            ("an unexpected error", Trouble::Other),
        ] {
            assert_eq!(of_words(words), kind, "{words}");
        }
    }
}
