//! What is not there: operations that the emulator does not imitate yet, and addresses that AWS does not have.

use http::{Method, StatusCode, Uri};

use crate::wire::call::{Answer, Call};
use crate::wire::fault::Fault;

/// An operation of CodeArtifact that the emulator does not imitate yet.
pub(super) fn not_imitated(call: &Call) -> Answer {
    Err(fault(format!("This emulator of CodeArtifact does not imitate {} yet", call.operation)))
}

/// An address that is no operation.
pub(super) async fn operation(method: Method, uri: Uri) -> Fault {
    fault(format!("{method} {} is not an operation of CodeArtifact", uri.path()))
}

fn fault(message: String) -> Fault {
    Fault::FrontEnd { code: "UnknownOperationException", status: StatusCode::NOT_FOUND, message }
}
