//! Files to the server, with progress. `fetch` does not tell how much has been sent; `XMLHttpRequest` does.

use js_sys::Promise;
use shared::api::{Endpoint, Method};
use shared::problem::{Problem, ProblemCode};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::transfer::{refusal, silence};
use super::{Api, unreadable};
use crate::session;

/// A file on its way, which can be stopped.
#[derive(Clone)]
pub struct Upload(XmlHttpRequest);

impl Upload {
    /// Nothing sent yet.
    pub fn new() -> Result<Self, Problem> {
        XmlHttpRequest::new().map(Self).map_err(|_| not_made())
    }

    /// Stops sending. Whoever waits for the answer is told that none came.
    pub fn stop(&self) {
        // It fails only where nothing is under way.
        let _ = self.0.abort();
    }

    /// Sends a file to an endpoint and tells how many bytes of it are gone.
    pub async fn send<E: Endpoint>(
        &self,
        api: Api,
        path: &E::Path,
        query: &E::Query,
        file: &Blob,
        sent: impl FnMut(u64) + 'static,
    ) -> Result<E::Answer, Problem> {
        const { assert!(matches!(E::METHOD, Method::Put), "files are put") };
        let answer = self.exchange(&E::address(path, query), file, Box::new(sent)).await;
        if let Err(Problem { code: ProblemCode::NotSignedIn, .. }) = &answer {
            api.session.ended();
        }
        serde_json::from_str(&answer?).map_err(|_| unreadable())
    }

    async fn exchange(&self, address: &str, file: &Blob, mut sent: Box<dyn FnMut(u64)>) -> Result<String, Problem> {
        let request = &self.0;
        let progress =
            Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| sent(event.loaded() as u64));
        let upload = request.upload().map_err(|_| not_made())?;
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        begin(request, address, file).map_err(|_| not_made())?;
        // It is never rejected: `loadend` comes after a success, a failure and a stop alike.
        let _ = JsFuture::from(ended).await;
        request.set_onloadend(None);
        upload.set_onprogress(None);
        let text = request.response_text().ok().flatten().unwrap_or_default();
        match request.status().unwrap_or(0) {
            0 => Err(silence()),
            200..=299 => Ok(text),
            status => Err(refusal(status, request.get_response_header("x-request-id").ok().flatten(), &text)),
        }
    }
}

fn begin(request: &XmlHttpRequest, address: &str, file: &Blob) -> Result<(), wasm_bindgen::JsValue> {
    request.open("PUT", address)?;
    if let Some(bearer) = session::bearer() {
        request.set_request_header("authorization", &format!("Bearer {bearer}"))?;
    }
    request.set_request_header("content-type", "application/octet-stream")?;
    request.send_with_opt_blob(Some(file))
}

fn not_made() -> Problem {
    Problem::new(ProblemCode::Unexpected, "The browser could not begin to send the file.")
}
