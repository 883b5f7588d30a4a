//! A file from the server. The session is asked for as everywhere, so its address alone opens nothing.

use gloo_net::http::RequestBuilder;
use shared::problem::Problem;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::transfer::{refusal, silence};

/// Asks for a file, and keeps it as the browser keeps files: not in this program's memory.
pub async fn download(address: &str, bearer: Option<String>) -> Result<Blob, Problem> {
    let mut request = RequestBuilder::new(address);
    if let Some(bearer) = bearer {
        request = request.header("authorization", &format!("Bearer {bearer}"));
    }
    let response = request.send().await.map_err(|_| silence())?;
    if !response.ok() {
        let text = response.text().await.map_err(|_| silence())?;
        return Err(refusal(response.status(), response.headers().get("x-request-id"), &text));
    }
    let file = web_sys::Response::from(response).blob().map_err(|_| silence())?;
    // An answer that broke off is no file.
    let file = JsFuture::from(file).await.map_err(|_| silence())?;
    Ok(file.unchecked_into())
}
