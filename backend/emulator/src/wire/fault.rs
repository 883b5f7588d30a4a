//! The errors that CodeArtifact answers, in the shape that SDKs parse (restJson1).

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use crate::random;

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
/// Carries the identifier of a request, as AWS names it.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Kind of resource an error is about (`ResourceType` of the service model).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceType {
    /// `domain`
    Domain,
    /// `repository`
    Repository,
    /// `package`
    Package,
    /// `package-version`
    PackageVersion,
    /// `asset`
    Asset,
}

impl ResourceType {
    fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Repository => "repository",
            Self::Package => "package",
            Self::PackageVersion => "package-version",
            Self::Asset => "asset",
        }
    }
}

/// Why a request is invalid (`ValidationExceptionReason` of the service model).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `CANNOT_PARSE`
    CannotParse,
    /// `ENCRYPTION_KEY_ERROR`
    EncryptionKeyError,
    /// `FIELD_VALIDATION_FAILED`
    FieldValidationFailed,
    /// `OTHER`
    Other,
}

impl Reason {
    fn as_str(self) -> &'static str {
        match self {
            Self::CannotParse => "CANNOT_PARSE",
            Self::EncryptionKeyError => "ENCRYPTION_KEY_ERROR",
            Self::FieldValidationFailed => "FIELD_VALIDATION_FAILED",
            Self::Other => "OTHER",
        }
    }
}

/// An answer other than success.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// `ValidationException`, 400: the request cannot be right.
    #[error("{message}")]
    Validation {
        /// What is wrong with which member.
        message: String,
        /// Kind of mistake.
        reason: Reason,
    },
    /// `AccessDeniedException`, 403.
    #[error("{message}")]
    AccessDenied {
        /// Who may not do what.
        message: String,
    },
    /// `ResourceNotFoundException`, 404.
    #[error("{message}")]
    NotFound {
        /// What does not exist, and where it was looked for.
        message: String,
        /// Its name.
        resource_id: String,
        /// Its kind.
        resource_type: ResourceType,
    },
    /// `ConflictException`, 409: the resource is not in the state that the request needs.
    #[error("{message}")]
    Conflict {
        /// What stands in the way.
        message: String,
        /// Name of the resource.
        resource_id: String,
        /// Its kind.
        resource_type: ResourceType,
    },
    /// `ServiceQuotaExceededException`. CodeArtifact answers 402, not 400.
    #[error("{message}")]
    QuotaExceeded {
        /// Which limit.
        message: String,
        /// Name of the resource that is full.
        resource_id: String,
        /// Its kind.
        resource_type: ResourceType,
    },
    /// `ThrottlingException`, 429. Answered only when planned (see [`crate::fault_plan`]), or where [`crate::Quotas::Aws`] holds.
    #[error("{message}")]
    Throttling {
        /// Shown to the caller.
        message: String,
        /// Header `Retry-After`, in seconds; none to leave it away.
        retry_after: Option<u32>,
    },
    /// `InternalServerException`, 500. Answered only when planned (see [`crate::fault_plan`]).
    #[error("{message}")]
    Internal {
        /// Shown to the caller.
        message: String,
    },
    /// An error of the AWS front end, which no operation models: signatures, unknown operations, sizes.
    #[error("{message}")]
    FrontEnd {
        /// Such as `InvalidSignatureException`.
        code: &'static str,
        /// Its HTTP status.
        status: StatusCode,
        /// Shown to the caller.
        message: String,
    },
}

impl Fault {
    /// A member that breaks a constraint of the service model, or members that do not go together.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Validation { message: message.into(), reason: Reason::FieldValidationFailed }
    }

    /// Something that cannot be read at all.
    pub fn cannot_parse(message: impl Into<String>) -> Self {
        Self::Validation { message: message.into(), reason: Reason::CannotParse }
    }

    /// Something that is not there.
    pub fn not_found(resource_type: ResourceType, resource_id: &str, message: impl Into<String>) -> Self {
        Self::NotFound { message: message.into(), resource_id: resource_id.to_owned(), resource_type }
    }

    /// Something that is not in the state needed.
    pub fn conflict(resource_type: ResourceType, resource_id: &str, message: impl Into<String>) -> Self {
        Self::Conflict { message: message.into(), resource_id: resource_id.to_owned(), resource_type }
    }

    /// Something that is full.
    pub fn quota(resource_type: ResourceType, resource_id: &str, message: impl Into<String>) -> Self {
        Self::QuotaExceeded { message: message.into(), resource_id: resource_id.to_owned(), resource_type }
    }

    /// Name of the exception.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Validation { .. } => "ValidationException",
            Self::AccessDenied { .. } => "AccessDeniedException",
            Self::NotFound { .. } => "ResourceNotFoundException",
            Self::Conflict { .. } => "ConflictException",
            Self::QuotaExceeded { .. } => "ServiceQuotaExceededException",
            Self::Throttling { .. } => "ThrottlingException",
            Self::Internal { .. } => "InternalServerException",
            Self::FrontEnd { code, .. } => code,
        }
    }

    /// HTTP status of the exception.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Validation { .. } => StatusCode::BAD_REQUEST,
            Self::AccessDenied { .. } => StatusCode::FORBIDDEN,
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::QuotaExceeded { .. } => StatusCode::PAYMENT_REQUIRED,
            Self::Throttling { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self::FrontEnd { status, .. } => *status,
        }
    }

    fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("message".to_owned(), json!(self.to_string()));
        match self {
            Self::NotFound { resource_id, resource_type, .. }
            | Self::Conflict { resource_id, resource_type, .. }
            | Self::QuotaExceeded { resource_id, resource_type, .. } => {
                body.insert("resourceId".to_owned(), json!(resource_id));
                body.insert("resourceType".to_owned(), json!(resource_type.as_str()));
            }
            Self::Validation { reason, .. } => {
                body.insert("reason".to_owned(), json!(reason.as_str()));
            }
            Self::AccessDenied { .. } | Self::Throttling { .. } | Self::Internal { .. } | Self::FrontEnd { .. } => {}
        }
        Value::Object(body)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(ERROR_TYPE, HeaderValue::from_static(self.code()));
        if let Ok(id) = HeaderValue::from_str(&random::uuid()) {
            headers.insert(REQUEST_ID, id);
        }
        if let Self::Throttling { retry_after: Some(seconds), .. } = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        (self.status(), headers, Json(self.body())).into_response()
    }
}
