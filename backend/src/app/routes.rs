//! How an endpoint comes into the router: its handler is given what was asked, and the record who asked it.

use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, post, put};
use axum::{Extension, Json, Router};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::{Endpoint, Method, OPEN};

use super::AppState;
use crate::access;
use crate::error::Result;
use crate::extract::{Asked, MostBytes, Sent};
use crate::record::Asking;

/// Puts an endpoint of `shared::api` into a router.
pub(super) trait Routes {
    /// `handler` answers `endpoint`, whose body may have `most` bytes. The types of both must agree.
    fn on<E, H, F>(self, endpoint: E, most: MostBytes, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Path: Serialize + DeserializeOwned + Send,
        E::Query: DeserializeOwned + Send,
        E::Body: Send,
        E::Answer: Serialize,
        H: Fn(AppState, Asked<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<E::Answer>> + Send;

    /// `handler` answers `endpoint` piece by piece: with events, each of its answer's type, or with a file.
    fn on_stream<E, H, F>(self, endpoint: E, most: MostBytes, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Path: Serialize + DeserializeOwned + Send,
        E::Query: DeserializeOwned + Send,
        E::Body: Send,
        H: Fn(AppState, Asked<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Response>> + Send;

    /// `handler` answers `endpoint`, whose body is a file of at most `most` bytes.
    fn on_file<E, H, F>(self, endpoint: E, most: MostBytes, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Path: Serialize + DeserializeOwned + Send,
        E::Query: DeserializeOwned + Send,
        E::Answer: Serialize,
        H: Fn(AppState, Sent<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<E::Answer>> + Send;
}

impl Routes for Router<AppState> {
    fn on<E, H, F>(self, _endpoint: E, most: MostBytes, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Path: Serialize + DeserializeOwned + Send,
        E::Query: DeserializeOwned + Send,
        E::Body: Send,
        E::Answer: Serialize,
        H: Fn(AppState, Asked<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<E::Answer>> + Send,
    {
        let answer = async move |State(app): State<AppState>, asked: Asked<E>| {
            let app = app.asked(Asking::of::<E>(&asked.by.person, &asked.path, &asked.query, &asked.body));
            handler(app, asked).await.map(Json)
        };
        self.route(E::PATH, guarded::<E, _, _>(answer, most))
    }

    fn on_stream<E, H, F>(self, _endpoint: E, most: MostBytes, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Path: Serialize + DeserializeOwned + Send,
        E::Query: DeserializeOwned + Send,
        E::Body: Send,
        H: Fn(AppState, Asked<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Response>> + Send,
    {
        let answer = async move |State(app): State<AppState>, asked: Asked<E>| handler(app, asked).await;
        self.route(E::PATH, guarded::<E, _, _>(answer, most))
    }

    fn on_file<E, H, F>(self, _endpoint: E, most: MostBytes, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Path: Serialize + DeserializeOwned + Send,
        E::Query: DeserializeOwned + Send,
        E::Answer: Serialize,
        H: Fn(AppState, Sent<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<E::Answer>> + Send,
    {
        let answer = async move |State(app): State<AppState>, sent: Sent<E>| {
            let app = app.asked(Asking::of::<E>(&sent.by.person, &sent.path, &sent.query, &()));
            handler(app, sent).await.map(Json)
        };
        self.route(E::PATH, guarded::<E, _, _>(answer, most))
    }
}

/// A handler behind what every endpoint has: the role that it needs, and how long its body may be. Nothing of the body
/// is read for who may not ask.
fn guarded<E, H, T>(handler: H, most: MostBytes) -> MethodRouter<AppState>
where
    E: Endpoint + 'static,
    H: Handler<T, AppState>,
    T: 'static,
{
    let endpoint = method(E::METHOD, handler).layer(Extension(most));
    if OPEN.contains(&E::NAME) {
        return endpoint;
    }
    endpoint.layer(from_fn(move |request: Request, next: Next| access::allow(E::NAME, request, next)))
}

fn method<H, T>(method: Method, handler: H) -> MethodRouter<AppState>
where
    H: Handler<T, AppState>,
    T: 'static,
{
    match method {
        Method::Get => get(handler),
        Method::Post => post(handler),
        Method::Put => put(handler),
        Method::Delete => delete(handler),
    }
}
