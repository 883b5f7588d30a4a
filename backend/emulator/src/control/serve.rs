//! The way of one request: size, signature, handler, request id.

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Operation, sts};
use crate::Emulator;
use crate::random;
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
    if let Some(fault) = emulator.take_planned_fault(operation.name) {
        return Err(fault);
    }
    (operation.handler)(&Call::new(emulator, operation.name, &parts, &body))
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
