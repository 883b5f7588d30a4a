//! When a read is tried again: as the SDK decides, but after the time that CodeArtifact names.
//!
//! The SDK reads CodeArtifact's `Retry-After` into the error and then does not wait for it.

use std::time::Duration;

use aws_sdk_codeartifact::config::http::HttpResponse;
use aws_sdk_codeartifact::config::interceptors::InterceptorContext;
use aws_sdk_codeartifact::config::retry::{ClassifyRetry, RetryAction};
use aws_smithy_runtime_api::client::retries::classifiers::RetryClassifierPriority;
use aws_smithy_types::retry::ErrorKind;

/// The longest wait that a person is kept for. What asks for more is told to the person instead.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// Takes `Retry-After` of a throttled answer at its word.
#[derive(Debug)]
pub struct AsToldByTheService;

impl ClassifyRetry for AsToldByTheService {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response().and_then(retry_after) {
            None => RetryAction::NoActionIndicated,
            Some(wait) if wait > LONGEST_WAIT => RetryAction::RetryForbidden,
            Some(wait) => RetryAction::retryable_error_with_explicit_delay(ErrorKind::ThrottlingError, wait),
        }
    }

    // Behind all others, whose waits are guesses.
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }

    fn name(&self) -> &'static str {
        "Retry-After as told by the service"
    }
}

/// The wait that a throttled answer names: whole seconds (service model, `ThrottlingException`).
pub fn retry_after(response: &HttpResponse) -> Option<Duration> {
    (response.status().as_u16() == 429)
        .then(|| response.headers().get("retry-after")?.trim().parse().ok().map(Duration::from_secs))
        .flatten()
}
