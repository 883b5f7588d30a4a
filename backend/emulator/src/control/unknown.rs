//! Addresses that AWS does not have.

use http::{Method, StatusCode, Uri};

use crate::wire::fault::Fault;

/// An address that is no operation.
pub(super) async fn operation(method: Method, uri: Uri) -> Fault {
    let message = format!("{method} {} is not an operation of CodeArtifact", uri.path());
    Fault::FrontEnd { code: "UnknownOperationException", status: StatusCode::NOT_FOUND, message }
}
