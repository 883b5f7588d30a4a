//! Files on their way through: taken from the browser piece by piece and handed on, never held as a whole.
//!
//! The last piece is held back until all of them are seen to be the file that was announced. What breaks off, stalls or
//! differs therefore never arrives whole at CodeArtifact, which then publishes nothing of it.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use sha2::{Digest, Sha256 as Hasher};
use shared::names::Sha256;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

use crate::error::{Error, Kind, Result};

/// How long either side may keep the other waiting for the next piece. There is no limit for the whole: a large file
/// takes as long as it takes.
const PIECE_DEADLINE: Duration = Duration::from_secs(30);

/// How long CodeArtifact may take to answer after the last piece.
const ANSWER_DEADLINE: Duration = Duration::from_secs(300);

/// A file that a request brings.
#[derive(Debug)]
pub struct Content {
    /// Its pieces.
    pub body: Body,
    /// Its length in bytes, as announced.
    pub length: u64,
}

/// The file as it is handed on. It ends with an error where not all of it came.
#[derive(Debug)]
pub struct Pieces {
    pieces: Receiver<Result<Bytes>>,
    left: u64,
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let piece = std::task::ready!(self.pieces.poll_recv(context));
        if let Some(Ok(piece)) = &piece {
            self.left = self.left.saturating_sub(piece.len() as u64);
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Hands a file on to `publish`.
///
/// # Errors
/// What `publish` answers; `BadRequest` where the file broke off or is not the one announced; `TooSlow` where it stalled;
/// `Unreachable` where the answer did not come.
pub async fn through<T, F>(content: Content, sha256: &Sha256, publish: impl FnOnce(Pieces) -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let (to, pieces) = channel(1);
    let publish = publish(Pieces { pieces, left: content.length });
    let (mut publish, mut pump) = (std::pin::pin!(publish), std::pin::pin!(pump(content, sha256, to)));
    let pumped = tokio::select! {
        answer = &mut publish => {
            // A browser reads an answer only when it has sent everything.
            let _ = pump.await;
            return answer;
        }
        pumped = &mut pump => pumped,
    };
    // Where it failed, leaving `publish` breaks the connection to CodeArtifact before the last piece.
    pumped?;
    timeout(ANSWER_DEADLINE, publish).await.unwrap_or_else(|_| {
        Err(Error::new(Kind::Unreachable, "The file was sent, and AWS did not answer within 5 minutes."))
    })
}

/// Takes the pieces, checks them and hands them on. When nobody takes them any more it still takes what comes.
async fn pump(Content { mut body, length }: Content, sha256: &Sha256, to: Sender<Result<Bytes>>) -> Result<()> {
    let (mut hasher, mut come) = (Hasher::new(), 0_u64);
    let mut to = Some(to);
    while come < length {
        let piece = match next(&mut body).await {
            Ok(piece) => piece,
            Err(error) => return Err(tell(to, error).await),
        };
        come += piece.len() as u64;
        hasher.update(&piece);
        let whole = come >= length;
        if whole && (come > length || hex::encode(hasher.finalize_reset()) != sha256.as_str()) {
            return Err(tell(to, another_file()).await);
        }
        to = match to {
            Some(to) if matches!(timeout(PIECE_DEADLINE, to.send(Ok(piece))).await, Ok(Ok(()))) => Some(to),
            // Whoever took them has ended, with an answer of its own.
            _ => None,
        };
    }
    if length == 0 && hex::encode(hasher.finalize()) != sha256.as_str() {
        return Err(tell(to, another_file()).await);
    }
    Ok(())
}

async fn next(body: &mut Body) -> Result<Bytes> {
    match timeout(PIECE_DEADLINE, body.frame()).await {
        Err(_) => Err(Error::new(Kind::TooSlow, "The file stopped arriving: nothing came for 30 seconds.")),
        Ok(None) => Err(Error::bad_request("The file broke off before its end. Nothing of it was published.")),
        Ok(Some(Err(error))) => {
            Err(Error::bad_request(format!("The file broke off: {error}. Nothing of it was published.")))
        }
        Ok(Some(Ok(frame))) => Ok(frame.into_data().unwrap_or_default()),
    }
}

fn another_file() -> Error {
    Error::bad_request(
        "The file that arrived is not the one that was announced: its SHA-256 differs. Nothing of it was published. Has the file changed meanwhile? Choose it anew.",
    )
}

/// Ends the pieces with an error, so that what was handed on cannot pass for the whole.
async fn tell(to: Option<Sender<Result<Bytes>>>, error: Error) -> Error {
    if let Some(to) = to {
        let _ = timeout(PIECE_DEADLINE, to.send(Err(error.clone()))).await;
    }
    error
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn content(pieces: &'static [&'static str], length: u64) -> Content {
        let pieces = stream::iter(pieces.iter().map(|piece| Ok::<_, std::io::Error>(Bytes::from(*piece))));
        Content { body: Body::from_stream(pieces), length }
    }

    async fn collected(pieces: Pieces) -> Result<String> {
        let bytes = pieces.collect().await?.to_bytes();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn handed_on(pieces: &'static [&'static str], length: u64, sha256: &str) -> Result<String> {
        through(content(pieces, length), &sha256.parse().unwrap(), collected).await
    }

    #[tokio::test]
    async fn a_file_comes_through_whole() {
        assert_eq!(handed_on(&["a", "", "bc"], 3, ABC).await.unwrap(), "abc");
        assert_eq!(handed_on(&[], 0, NOTHING).await.unwrap(), "");
    }

    #[tokio::test]
    async fn another_file_does_not_come_through_whole() {
        for (pieces, length, sha256) in
            [(&["ab", "d"][..], 3, ABC), (&["ab"], 3, ABC), (&["abc", "d"], 2, ABC), (&["abcd"], 3, ABC), (&[], 0, ABC)]
        {
            let (mut whole, sha256) = (false, sha256.parse().unwrap());
            let publish = async |pieces| {
                whole = collected(pieces).await.is_ok();
                Ok(())
            };
            let refused = through(content(pieces, length), &sha256, publish).await;
            assert_eq!(refused.map_err(|error| error.kind), Err(Kind::BadRequest), "{pieces:?}");
            assert!(!whole, "{pieces:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_stalls_is_given_up() {
        let stalled = Content { body: Body::from_stream(stream::pending::<std::io::Result<Bytes>>()), length: 3 };
        let error = through(stalled, &ABC.parse().unwrap(), collected).await.unwrap_err();
        assert_eq!(error.kind, Kind::TooSlow);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_does_not_come_is_in_doubt() {
        let publish = async |pieces: Pieces| {
            collected(pieces).await?;
            std::future::pending::<Result<()>>().await
        };
        let error = through(content(&["abc"], 3), &ABC.parse().unwrap(), publish).await.unwrap_err();
        assert!(error.kind.is_doubtful());
    }

    #[tokio::test]
    async fn a_refusal_is_told_when_everything_has_been_taken() {
        let refuse = async |pieces: Pieces| {
            drop(pieces);
            Err::<(), _>(Error::new(Kind::Forbidden, "no"))
        };
        let error = through(content(&["a", "b", "c"], 3), &ABC.parse().unwrap(), refuse).await.unwrap_err();
        assert_eq!(error.kind, Kind::Forbidden);
    }
}
