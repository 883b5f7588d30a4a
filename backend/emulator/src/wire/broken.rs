//! An answer that breaks off in the middle.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

/// The first half of a body. It promises the whole.
struct Broken {
    half: Option<Bytes>,
    promised: u64,
}

/// The same answer, of which only the first half arrives.
pub(crate) async fn broken(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    // It is in memory already.
    let whole = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    // An answer without a body would look whole.
    let promised = whole.len().max(2) as u64;
    parts.headers.remove(CONTENT_LENGTH);
    let half = whole.slice(..whole.len() / 2);
    Response::from_parts(parts, Body::new(Broken { half: Some(half), promised }))
}

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Poll::Ready(Some(match self.half.take() {
            Some(half) if !half.is_empty() => Ok(Frame::data(half)),
            _ => Err(io::Error::new(io::ErrorKind::ConnectionReset, "a fault that was asked for")),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}
