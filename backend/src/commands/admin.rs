//! Faults on demand, for the embedded CodeArtifact: a plan in a file, and an endpoint that changes it while it runs.

use std::path::Path;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use codeartifact_emulator::Emulator;
use codeartifact_emulator::fault_plan::{Delay, FaultPlan};
use http::header::AUTHORIZATION;
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::error::{Error, Kind};

/// How many bytes a plan may have.
const MOST_BYTES: usize = 64 * 1024;

/// Where the plan is read and replaced. No operation of CodeArtifact and no package manager asks there.
const PATH: &str = "/-/faults";

/// Who may ask for faults: whoever has the token, which stands in the ready file. It is no credential for anything else.
#[derive(Clone)]
pub struct Admin {
    emulator: Emulator,
    /// The token.
    pub token: String,
}

impl Admin {
    /// With a fresh token.
    pub fn new(emulator: Emulator) -> Self {
        Self { emulator, token: crate::random::hex::<32>() }
    }

    /// `GET` tells the plan and how many calls met each rule, `PUT` replaces it, `DELETE` ends it.
    pub fn router(&self) -> Router {
        Router::new()
            .route(PATH, get(told).put(replaced).delete(ended))
            .layer(DefaultBodyLimit::max(MOST_BYTES))
            .layer(from_fn_with_state(self.clone(), guard))
            .with_state(self.clone())
    }
}

async fn guard(State(admin): State<Admin>, request: Request, next: Next) -> Response {
    let given = request.headers().get(AUTHORIZATION).map(|value| value.as_bytes());
    let given = given.and_then(|value| value.strip_prefix(b"Bearer ")).unwrap_or_default();
    if bool::from(given.ct_eq(admin.token.as_bytes())) {
        return next.run(request).await;
    }
    let words = "Faults are asked for with `Authorization: Bearer` and the `admin_token` of the ready file.";
    Error::new(Kind::NotSignedIn, words).into_response()
}

async fn told(State(admin): State<Admin>) -> Response {
    let (plan, met) = admin.emulator.followed();
    Json(json!({ "plan": plan, "met": met })).into_response()
}

async fn replaced(State(admin): State<Admin>, text: String) -> Response {
    match FaultPlan::parse(&text) {
        Ok(plan) => {
            admin.emulator.follow(plan);
            told(State(admin)).await
        }
        Err(problem) => Error::bad_request(format!("The plan stays as it is: {problem}.")).into_response(),
    }
}

async fn ended(State(admin): State<Admin>) -> Response {
    admin.emulator.follow(FaultPlan::default());
    told(State(admin)).await
}

/// Reads a plan from a file.
///
/// # Errors
/// One clear line with the file.
pub fn read(file: &Path) -> Result<FaultPlan, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    FaultPlan::parse(&text).map_err(|problem| format!("{}: {problem}.", file.display()))
}

/// Holds an answer up for as long as the plan said.
pub async fn delayed(response: Response) -> Response {
    if let Some(Delay(time)) = response.extensions().get() {
        tokio::time::sleep(*time).await;
    }
    response
}
