//! The way of one request: size, signature, handler, request id.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Operation, sts};
use crate::Emulator;
use crate::fault_plan::{Delay, PlannedFault, When};
use crate::random;
use crate::wire::broken::broken;
use crate::wire::call::{Answer, Call};
use crate::wire::fault::{Fault, REQUEST_ID};
use crate::wire::signature::Claim;

/// Largest asset, in bytes. CodeArtifact takes 5 GB; all of it would have to be in memory here.
const LARGEST_ASSET: usize = 512 << 20;
/// Largest body of every other operation, in bytes.
const LARGEST_BODY: usize = 1 << 20;

/// Answers one request to `operation`.
pub(super) async fn serve(emulator: Emulator, operation: &'static Operation, request: Request) -> Response {
    let answer = answer(&emulator, operation, request).await;
    let mut response = match answer {
        Ok(response) => response,
        Err(fault) if operation.is_sts() => sts::fault(&fault),
        Err(fault) => fault.into_response(),
    };
    if let Ok(id) = HeaderValue::from_str(&random::uuid()) {
        response.headers_mut().entry(REQUEST_ID).or_insert(id);
    }
    response
}

async fn answer(emulator: &Emulator, operation: &'static Operation, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    let options = emulator.options();
    let claim = Claim::read(&parts, options, operation.service(), emulator.now())?;
    let body = read(body, operation.largest_body()).await?;
    claim.verify(&parts, &body, options, operation.takes_asset())?;
    // STS is another service, with quotas of its own.
    if !operation.is_sts() {
        emulator.count(operation.name)?;
    }
    let work = || (operation.handler)(&Call::new(emulator, operation.name, &parts, &body));
    match emulator.next_fault(operation.name) {
        None => work(),
        Some(fault) => disturbed(fault, work).await,
    }
}

/// The answer to a call that a plan of faults holds something for.
async fn disturbed(planned: PlannedFault, work: impl FnOnce() -> Answer) -> Answer {
    match (planned, planned.refusal()) {
        (_, Some((refusal, When::Before))) => Err(refusal),
        (_, Some((refusal, When::After))) => {
            // Whatever came of it, the caller does not hear of it.
            let _ = work();
            Err(refusal)
        }
        (PlannedFault::Cut { when: When::Before }, None) => Ok(broken(Response::default()).await),
        (PlannedFault::Delay { milliseconds }, None) => {
            let mut response = work().unwrap_or_else(IntoResponse::into_response);
            response.extensions_mut().insert(Delay(Duration::from_millis(milliseconds.into())));
            Ok(response)
        }
        (_, None) => Ok(broken(work().unwrap_or_else(IntoResponse::into_response)).await),
    }
}

async fn read(body: Body, largest: usize) -> Result<Bytes, Fault> {
    match Limited::new(body, largest).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Fault::FrontEnd {
            code: "RequestEntityTooLargeException",
            status: StatusCode::PAYLOAD_TOO_LARGE,
            message: format!("The request body is larger than {largest} bytes"),
        }),
        Err(error) => Err(Fault::cannot_parse(format!("the request body cannot be read: {error}"))),
    }
}

impl Operation {
    /// The service that a signature must be scoped to.
    fn service(&self) -> &'static str {
        if self.is_sts() { "sts" } else { "codeartifact" }
    }

    fn is_sts(&self) -> bool {
        self.path == "/"
    }

    /// Its body is an asset, and the asset's hash is an input.
    fn takes_asset(&self) -> bool {
        self.name == "PublishPackageVersion"
    }

    fn largest_body(&self) -> usize {
        if self.takes_asset() { LARGEST_ASSET } else { LARGEST_BODY }
    }
}
