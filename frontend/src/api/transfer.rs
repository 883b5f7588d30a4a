//! Bytes to the server and back.

use gloo_net::http::RequestBuilder;
use shared::api::Method;
use shared::problem::{Problem, ProblemCode};

use super::Freshness;

/// Sends a request and reads the text of its answer.
pub async fn transfer(
    method: Method,
    address: &str,
    bearer: Option<String>,
    body: Option<String>,
    freshness: Freshness,
) -> Result<String, Problem> {
    let mut request = RequestBuilder::new(address).method(match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    });
    if let Some(bearer) = bearer {
        request = request.header("authorization", &format!("Bearer {bearer}"));
    }
    if freshness == Freshness::Anew {
        request = request.header("cache-control", "no-cache");
    }
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    let request = request
        .map_err(|error| Problem::new(ProblemCode::Unexpected, format!("The request could not be made: {error}.")))?;
    let response = request.send().await.map_err(|_| silence())?;
    let text = response.text().await.map_err(|_| silence())?;
    if response.ok() {
        Ok(text)
    } else {
        Err(refusal(response.status(), response.headers().get("x-request-id"), &text))
    }
}

/// The problem that the server tells, or one made of what is known when the answer is not the server's own.
pub fn refusal(status: u16, request_id: Option<String>, text: &str) -> Problem {
    serde_json::from_str(text).unwrap_or_else(|_| Problem {
        code: ProblemCode::Unexpected,
        message: format!("The server answered with status {status} and no explanation."),
        request_id,
    })
}

/// Nothing answered.
pub fn silence() -> Problem {
    Problem::new(
        ProblemCode::Unreachable,
        "Headwater did not answer. Look whether it is still running in its terminal, then try again.",
    )
}
