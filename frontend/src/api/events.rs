//! A stream of server-sent events. The browser's own `EventSource` cannot send the bearer in a header; `fetch` can, and
//! hands on its answer piece by piece.

use std::collections::VecDeque;

use gloo_net::http::RequestBuilder;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use shared::api::Endpoint;
use shared::problem::{Problem, ProblemCode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader};

mod parse;
use parse::Parser;

use super::Api;
use super::transfer::{refusal, silence};
use crate::session;

/// How long a stream may be silent, in milliseconds. The server says something every 15 seconds at least, so a stream
/// that is silent for longer is broken, even if nothing told so.
const SILENCE: i32 = 40_000;

/// A stream that is open. It ends when this is dropped.
pub struct Events {
    reader: ReadableStreamDefaultReader,
    abort: AbortController,
    parser: Parser,
    ready: VecDeque<String>,
}

impl Api {
    /// Opens a stream of events.
    pub async fn listen<E: Endpoint>(
        self,
        path: &E::Path,
        query: &E::Query,
        abort: AbortController,
    ) -> Result<Events, Problem> {
        let answer = open(&E::address(path, query), abort).await;
        if let Err(Problem { code: ProblemCode::NotSignedIn, .. }) = &answer {
            self.session.ended();
        }
        answer
    }
}

async fn open(address: &str, abort: AbortController) -> Result<Events, Problem> {
    let mut request = RequestBuilder::new(address).header("accept", "text/event-stream");
    if let Some(bearer) = session::bearer() {
        request = request.header("authorization", &format!("Bearer {bearer}"));
    }
    let response = request.abort_signal(Some(&abort.signal())).send().await.map_err(|_| silence())?;
    if !response.ok() {
        let text = response.text().await.map_err(|_| silence())?;
        return Err(refusal(response.status(), response.headers().get("x-request-id"), &text));
    }
    let body = response.body().ok_or_else(silence)?;
    // Asked without a mode, a stream gives its plain reader.
    let reader = body.get_reader().unchecked_into();
    Ok(Events { reader, abort, parser: Parser::default(), ready: VecDeque::new() })
}

impl Events {
    /// The next event; none when the stream has ended or broken, or tells what cannot be read.
    pub async fn next<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        loop {
            if let Some(text) = self.ready.pop_front() {
                return serde_json::from_str(&text).ok();
            }
            let bytes = self.piece().await?;
            self.ready.extend(self.parser.feed(&bytes));
        }
    }

    /// The next bytes; none at the end, and when nothing came for too long.
    async fn piece(&self) -> Option<Vec<u8>> {
        let timeout = Promise::new(&mut |resolve, _| {
            // Every window that runs this program keeps time.
            let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, SILENCE);
        });
        let first = Promise::race(&Array::of2(&self.reader.read(), &timeout));
        // `{ done, value }` of the reader; nothing of the timeout.
        let came = JsFuture::from(first).await.ok()?;
        let value = Reflect::get(&came, &JsValue::from_str("value")).ok()?;
        value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.abort.abort();
    }
}
