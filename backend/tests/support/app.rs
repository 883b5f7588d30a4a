//! What the tests of the back end share: the whole program but its command line, with the embedded CodeArtifact on a
//! loopback socket, the real SDK between them, and a place in between where things can be counted and broken.
#![allow(dead_code, reason = "each test binary uses its own part")]

#[path = "faults.rs"]
pub mod faults;
#[path = "people.rs"]
pub mod people;
#[path = "runs.rs"]
pub mod runs;

use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use codeartifact_emulator::seed::Story;
use codeartifact_emulator::{Emulator, Options};
use headwater::app::{self, AppState};
use headwater::codeartifact::CodeArtifact;
use headwater::config::{ConnectionSettings, Credentials, Secret};
use headwater::guard::host::Hosts;
use headwater::server;
use headwater::store::Store;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use shared::api::{DomainPath, Endpoint, Method, RepositoryPath, VersionQuery};
use shared::connection::ConnectionKind;
use shared::format::PackageFormat;
use shared::package::PackageKey;
use shared::problem::{Problem, ProblemCode};
use tokio::net::TcpListener;
use tower::ServiceExt;

pub use faults::{Effect, Faults};

/// The port that the dashboard believes it listens on.
pub const PORT: u16 = 4000;
/// A host that it answers to.
pub const OUR_HOST: &str = "127.0.0.1:4000";
/// A secret that must never be seen anywhere.
pub const CANARY: &str = "canarySecretThatNobodyMaySee0123456789";

/// A running back end.
pub struct TestApp {
    pub router: Router,
    pub state: AppState,
    pub emulator: Emulator,
    pub faults: Faults,
    pub endpoint: String,
    pub token: String,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    pub fn problem(&self) -> (StatusCode, ProblemCode) {
        (self.status, self.json::<Problem>().code)
    }
}

impl TestApp {
    /// With the story `acme`, signed in.
    pub async fn acme() -> Self {
        Self::with(Story::Acme).await
    }

    /// With a story, signed in.
    pub async fn with(story: Story) -> Self {
        let options = Options { story, secret_access_key: CANARY.to_owned(), ..Options::default() };
        let emulator = Emulator::new(options);
        let faults = Faults::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let broken = emulator.router().layer(from_fn_with_state(faults.clone(), faults::layer));
        tokio::spawn(server::serve(listener, broken, std::future::pending()));
        let connection = CodeArtifact::connect(settings("demo", &endpoint, &emulator)).await.unwrap();
        let nowhere = CodeArtifact::connect(settings("nowhere", "http://127.0.0.1:9", &emulator)).await.unwrap();
        let state = AppState::new(vec![connection, nowhere], Store::in_memory().await.unwrap());
        state.start_worker();
        let token = state.access.sign_in(&state.access.new_link()).unwrap().1.token;
        let router = app::router(state.clone(), Hosts::on_port(PORT));
        Self { router, state, emulator, faults, endpoint, token }
    }

    /// Sends a request as it is; only a `Host` is added where there is none.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        request.headers_mut().entry(HOST).or_insert(OUR_HOST.parse().unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Asks an endpoint, signed in.
    pub async fn ask<E: Endpoint>(&self, _endpoint: E, path: &E::Path, query: &E::Query, body: &E::Body) -> Answer {
        self.send(request::<E>(path, query, body, Some(&self.token))).await
    }

    /// Asks an endpoint and reads its answer.
    pub async fn get<E: Endpoint>(&self, endpoint: E, path: &E::Path, query: &E::Query, body: &E::Body) -> E::Answer {
        let answer = self.ask(endpoint, path, query, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// Serves the dashboard on a socket of its own and returns its address.
    pub async fn serve(&self) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = app::router(self.state.clone(), Hosts::on_port(address.port()));
        tokio::spawn(server::serve(listener, router, std::future::pending()));
        address
    }
}

fn settings(key: &str, endpoint: &str, emulator: &Emulator) -> ConnectionSettings {
    let options = emulator.options();
    ConnectionSettings {
        key: key.parse().unwrap(),
        label: key.to_owned(),
        profile: None,
        region: Some(options.region.clone()),
        role_arn: None,
        external_id: None,
        endpoint_url: Some(endpoint.to_owned()),
        kind: ConnectionKind::Embedded,
        credentials: Some(Credentials {
            access_key_id: options.access_key_id.clone(),
            secret_access_key: Secret::new(&options.secret_access_key),
        }),
    }
}

/// A request to an endpoint.
pub fn request<E: Endpoint>(path: &E::Path, query: &E::Query, body: &E::Body, token: Option<&str>) -> Request<Body> {
    let mut request = Request::builder().method(method(E::METHOD)).uri(E::address(path, query));
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    if E::METHOD != Method::Post {
        return request.body(Body::empty()).unwrap();
    }
    let json = serde_json::to_vec(body).unwrap();
    request.header(CONTENT_TYPE, "application/json").body(Body::from(json)).unwrap()
}

/// An HTTP method by the API's word.
pub fn method(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Delete => http::Method::DELETE,
    }
}

/// The domain `acme` of the connection `demo`.
pub fn domain() -> DomainPath {
    DomainPath { connection: "demo".parse().unwrap(), domain: "acme".parse().unwrap() }
}

/// A repository of it.
pub fn repository(name: &str) -> RepositoryPath {
    let DomainPath { connection, domain } = domain();
    RepositoryPath { connection, domain, repository: name.parse().unwrap() }
}

/// An npm package by the name that its users write.
pub fn npm(name: &str) -> PackageKey {
    let (namespace, name) = match name.strip_prefix('@').and_then(|scoped| scoped.split_once('/')) {
        Some((namespace, name)) => (Some(namespace.parse().unwrap()), name),
        None => (None, name),
    };
    PackageKey { format: PackageFormat::Npm, namespace, name: name.parse().unwrap() }
}

/// Which version of an npm package.
pub fn npm_version(name: &str, version: &str) -> VersionQuery {
    let PackageKey { format, namespace, name } = npm(name);
    VersionQuery { format, namespace, package: name, version: version.parse().unwrap() }
}
