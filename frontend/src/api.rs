//! The API: one way to send, over the endpoints that `shared::api` defines.
//!
//! Everything that is the same for all endpoints knows no type of theirs: the program holds it once, and stays small.

mod download;
mod events;
mod reading;
mod reads;
mod request;
mod transfer;
mod upload;

use std::sync::Arc;

use shared::api::Endpoint;
use shared::problem::{Problem, ProblemCode};

pub use reading::{RawReading, Reading};
pub use reads::Reads;
pub use request::{Answer, Request, unreadable};
pub use upload::Upload;

use crate::session::{self, Session};

/// Whether an answer that the server read a moment ago will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It will.
    Cached,
    /// Read it anew: somebody asked to.
    Anew,
}

/// Sends requests with the bearer of this tab. A context of the whole program.
#[derive(Clone, Copy)]
pub struct Api {
    session: Session,
}

impl Api {
    /// Sends for this session, and ends it when the server says that it has ended.
    pub fn new(session: Session) -> Self {
        Self { session }
    }

    /// Sends a request and reads its answer.
    pub async fn send<E: Endpoint>(
        self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
        freshness: Freshness,
    ) -> Result<Arc<E::Answer>, Problem>
    where
        E::Answer: Send + Sync + 'static,
    {
        let answer = self.deliver(Request::of::<E>(path, query, body), freshness).await?;
        answer.value().ok_or_else(unreadable)
    }

    /// Asks for a file.
    pub async fn download<E: Endpoint>(self, path: &E::Path, query: &E::Query) -> Result<web_sys::Blob, Problem> {
        self.heard(download::download(&E::address(path, query), session::bearer()).await)
    }

    /// Sends a request whose type is not known here.
    pub async fn deliver(self, request: Request, freshness: Freshness) -> Result<Answer, Problem> {
        self.heard(request.exchange(session::bearer(), freshness).await)
    }

    /// Ends the session when the answer says that it has ended.
    fn heard<T>(self, answer: Result<T, Problem>) -> Result<T, Problem> {
        if let Err(Problem { code: ProblemCode::NotSignedIn, .. }) = &answer {
            self.session.ended();
        }
        answer
    }
}
