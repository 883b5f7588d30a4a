//! What AWS refuses becomes our error here, once for all operations: they all draw on the same few exceptions.

use std::error::Error as StdError;
use std::io::ErrorKind as IoErrorKind;
use std::sync::Arc;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_codeartifact::config::http::HttpResponse;
use aws_sdk_codeartifact::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_codeartifact::operation::RequestId;

use super::classify::retry_after;
use crate::error::{Error, Kind};

/// Codes that mean: these credentials will not do, whatever is asked (API reference, "Common errors").
const CREDENTIAL_CODES: [&str; 10] = [
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
];

impl<E> From<SdkError<E, HttpResponse>> for Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        let request_id = error.request_id().map(str::to_owned);
        let aws_code = error.code().map(str::to_owned);
        let (kind, message) = translate(&error);
        Self { kind, message, request_id, aws_code, cause: Some(Arc::new(error)) }
    }
}

fn translate<E: ProvideErrorMetadata + StdError + 'static>(error: &SdkError<E, HttpResponse>) -> (Kind, String) {
    if let Some(problem) = find::<CredentialsError>(error) {
        return (Kind::Credentials, credentials_message(problem));
    }
    match error {
        SdkError::ServiceError(context) if context.raw().status().as_u16() >= 400 => {
            service_error(context.err(), context.raw())
        }
        // The SDK takes a success that it cannot read for an error of the service.
        SdkError::ServiceError(_) | SdkError::ResponseError(_) => {
            (Kind::Faulty, "AWS answered with something that cannot be read. Try again in a moment.".to_owned())
        }
        SdkError::TimeoutError(_) => (Kind::Unreachable, "AWS did not answer in time. Try again.".to_owned()),
        SdkError::DispatchFailure(_) if is_refused(error) => {
            (Kind::NotSent, "AWS could not be reached: nothing answers at its address. Check the network.".to_owned())
        }
        SdkError::DispatchFailure(_) => {
            (Kind::Unreachable, "The connection to AWS broke. Check the network, then try again.".to_owned())
        }
        _ => (Kind::Unexpected, "The request to AWS could not be made. The log has more.".to_owned()),
    }
}

fn service_error(error: &impl ProvideErrorMetadata, response: &HttpResponse) -> (Kind, String) {
    let message = error.message().unwrap_or("AWS gave no reason.").to_owned();
    let status = response.status().as_u16();
    let kind = match error.code().unwrap_or_default() {
        "ResourceNotFoundException" => Kind::NotFound,
        "AccessDeniedException" | "AccessDenied" => Kind::Forbidden,
        "ConflictException" => Kind::Conflict,
        "ServiceQuotaExceededException" => Kind::QuotaExceeded,
        "ValidationException" => Kind::BadRequest,
        "ThrottlingException" | "Throttling" | "TooManyRequestsException" | "RequestLimitExceeded" => {
            throttled(response)
        }
        code if CREDENTIAL_CODES.contains(&code) => {
            return (
                Kind::Credentials,
                format!("AWS does not accept the credentials: {message} Renew them, then try again."),
            );
        }
        _ if status == 429 => throttled(response),
        _ if status == 403 => Kind::Forbidden,
        _ if status >= 500 => Kind::Faulty,
        _ => Kind::Unexpected,
    };
    (kind, message)
}

fn throttled(response: &HttpResponse) -> Kind {
    Kind::Throttled(retry_after(response).map(|wait| wait.as_secs()))
}

/// The provider's own words may name files and commands, which help, and never hold a secret.
fn credentials_message(problem: &CredentialsError) -> String {
    match problem {
        CredentialsError::CredentialsNotLoaded(_) => {
            "There are no AWS credentials in the profile or the environment that Headwater was started with. Sign in (such as `aws sso login`), or check the name of the profile.".to_owned()
        }
        CredentialsError::ProviderTimedOut(_) => "The AWS credentials could not be read in time. Try again.".to_owned(),
        _ => "The AWS credentials could not be read, or have expired. Renew them (such as `aws sso login`), then try again."
            .to_owned(),
    }
}

/// Whether nothing listens at the address.
fn is_refused(error: &(dyn StdError + 'static)) -> bool {
    find::<std::io::Error>(error).is_some_and(|error| error.kind() == IoErrorKind::ConnectionRefused)
}

/// The first error of a type among an error's causes.
pub(super) fn find<'e, T: StdError + 'static>(error: &'e (dyn StdError + 'static)) -> Option<&'e T> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}
