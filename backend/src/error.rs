//! Every way a request can be refused, and the one place where a refusal becomes an HTTP status.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use shared::names::NameError;
use shared::problem::{Problem, ProblemCode};

/// What a handler gives back.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal: what kind, in plain words, and what caused it.
///
/// `message` goes to the browser and must never hold a secret. `cause` goes to the log only.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind of refusal.
    pub kind: Kind,
    /// What happened and what to do, for people.
    pub message: String,
    /// AWS's id of the request, where AWS refused.
    pub request_id: Option<String>,
    /// The service's own error code, such as `ConflictException`, where AWS refused.
    pub aws_code: Option<String>,
    /// What lies behind it, for the log.
    #[source]
    pub cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// Kinds of refusals. No kind without a caller who acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something in the request breaks a rule.
    BadRequest,
    /// There is no session, or it has ended.
    NotSignedIn,
    /// A guard of this server, or AWS, does not allow it.
    Forbidden,
    /// Approvals are missing, or another rule of the target's protection does not hold.
    NotApproved,
    /// It does not exist.
    NotFound,
    /// The address exists, with another method.
    MethodNotAllowed,
    /// The body came too slowly.
    TooSlow,
    /// It has changed since it was read, or exists already.
    Conflict,
    /// The request is too large.
    TooLarge,
    /// The body is not plain JSON.
    UnsupportedMediaType,
    /// The request was meant for another host: what DNS rebinding looks like from here.
    Misdirected,
    /// There are too many header fields, or they are too long.
    HeadersTooLarge,
    /// AWS asks to wait; the seconds it named.
    Throttled(Option<u64>),
    /// An AWS quota is used up.
    QuotaExceeded,
    /// The AWS credentials are missing or have expired.
    Credentials,
    /// Nothing listens at AWS's address: the request never left.
    NotSent,
    /// AWS did not answer in time, or the connection broke: whether it acted is open.
    Unreachable,
    /// AWS answered with a fault of its own, or with something that cannot be read: whether it acted is open.
    Faulty,
    /// The store cannot be used: full, locked, gone. It may be well again in a moment.
    Unavailable,
    /// Anything unforeseen in this program.
    Unexpected,
}

impl Kind {
    /// The HTTP status. The only place where one is chosen.
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::NotApproved => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Throttled(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::QuotaExceeded => StatusCode::PAYMENT_REQUIRED,
            Self::Credentials | Self::Faulty => StatusCode::BAD_GATEWAY,
            Self::NotSent | Self::Unreachable => StatusCode::GATEWAY_TIMEOUT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unexpected => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The code that the browser acts on.
    pub fn code(self) -> ProblemCode {
        match self {
            Self::BadRequest | Self::MethodNotAllowed | Self::TooSlow | Self::UnsupportedMediaType => {
                ProblemCode::BadRequest
            }
            Self::NotSignedIn => ProblemCode::NotSignedIn,
            Self::Forbidden | Self::Misdirected | Self::NotApproved => ProblemCode::Forbidden,
            Self::NotFound => ProblemCode::NotFound,
            Self::Conflict => ProblemCode::Conflict,
            Self::TooLarge | Self::HeadersTooLarge => ProblemCode::TooLarge,
            Self::Throttled(_) => ProblemCode::Throttled,
            Self::QuotaExceeded => ProblemCode::QuotaExceeded,
            Self::Credentials => ProblemCode::Credentials,
            Self::NotSent | Self::Unreachable => ProblemCode::Unreachable,
            Self::Unavailable => ProblemCode::Unavailable,
            Self::Faulty | Self::Unexpected => ProblemCode::Unexpected,
        }
    }

    /// After how many seconds it makes sense to try again, where that is known.
    pub fn retry_after(self) -> Option<u64> {
        match self {
            Self::Throttled(seconds) => seconds,
            Self::Unavailable => Some(5),
            _ => None,
        }
    }

    /// Whether the call behind it may have taken effect all the same.
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Unreachable | Self::Faulty)
    }
}

impl Error {
    /// A refusal with nothing behind it.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), request_id: None, aws_code: None, cause: None }
    }

    /// Something in the request breaks a rule.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(Kind::BadRequest, message)
    }

    /// It does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// Something unforeseen. The browser is told where to look, the log is told what it was.
    pub fn unexpected(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self {
            cause: Some(Arc::new(cause)),
            ..Self::new(Kind::Unexpected, "Something went wrong here. The log has more under the request id.")
        }
    }

    /// The refusal as the browser is told it.
    pub fn problem(&self) -> Problem {
        Problem { code: self.kind.code(), message: self.message.clone(), request_id: self.request_id.clone() }
    }

    /// Whether the thing asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        self.kind == Kind::NotFound
    }

    /// The error and everything behind it, in one line for the log.
    pub fn chain(&self) -> String {
        let mut line = self.message.clone();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            line.push_str(": ");
            line.push_str(&error.to_string());
            cause = error.source();
        }
        line
    }
}

impl From<NameError> for Error {
    fn from(error: NameError) -> Self {
        Self::bad_request(format!("{error}."))
    }
}

/// The body is written by `guard::envelope`, which knows the request id; the error travels there as an extension.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_line_names_every_cause_and_the_browser_sees_none() {
        let error = Error::unexpected(std::io::Error::other("disk on fire"));
        assert!(error.chain().ends_with(": disk on fire"));
        assert!(!error.problem().message.contains("disk"));
    }

    #[test]
    fn only_answers_that_leave_the_effect_open_are_doubtful() {
        assert!(Kind::Unreachable.is_doubtful() && Kind::Faulty.is_doubtful());
        assert!(!Kind::Throttled(None).is_doubtful() && !Kind::Forbidden.is_doubtful());
    }
}
