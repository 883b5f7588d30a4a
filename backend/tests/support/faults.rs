//! Counts the calls that reach the embedded CodeArtifact, and breaks the ones that a test names.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use tokio::sync::Notify;

/// How a call is broken.
#[derive(Debug, Clone)]
pub enum Effect {
    /// AWS asks to wait this many seconds; nothing happens.
    Throttle(u64),
    /// AWS denies; nothing happens.
    Deny,
    /// AWS says that there is no such thing; nothing happens.
    NotFound,
    /// AWS says that the session has ended; nothing happens.
    Expired,
    /// AWS has a fault of its own; nothing happens.
    FaultBefore,
    /// It happens, and then AWS has a fault of its own.
    FaultAfter,
    /// The connection breaks; nothing happens.
    ResetBefore,
    /// It happens, and then the connection breaks.
    ResetAfter,
    /// It happens, and the answer cannot be read.
    GarbageAfter,
    /// A copy happens, and the answer names each version among the failed ones too.
    BothMaps,
    /// The call is held until [`Faults::release`].
    Hold,
    /// A list that names this next page, for ever.
    SamePage(&'static str),
}

/// The plans and the record. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    plans: Arc<Mutex<Vec<Plan>>>,
    seen: Arc<Mutex<Vec<String>>>,
    reached: Arc<Notify>,
    released: Arc<Notify>,
    /// Calls under way now, and the most there ever were.
    under_way: Arc<(AtomicUsize, AtomicUsize)>,
}

#[derive(Debug)]
struct Plan {
    part: String,
    times: usize,
    effect: Effect,
}

impl Faults {
    /// Breaks the next `times` calls whose `METHOD path?query` holds `part`.
    pub fn plan(&self, part: &str, times: usize, effect: Effect) {
        self.plans.lock().unwrap().push(Plan { part: part.to_owned(), times, effect });
    }

    /// The calls that came whose `METHOD path?query` holds `part`.
    pub fn seen(&self, part: &str) -> Vec<String> {
        self.seen.lock().unwrap().iter().filter(|call| call.contains(part)).cloned().collect()
    }

    /// How many calls were under way at the same time, at the most.
    pub fn most_at_once(&self) -> usize {
        self.under_way.1.load(Ordering::SeqCst)
    }

    /// Forgets the calls that came.
    pub fn forget(&self) {
        self.seen.lock().unwrap().clear();
    }

    /// Waits until a held call has come.
    pub async fn reached(&self) {
        self.reached.notified().await;
    }

    /// Lets a held call go on.
    pub fn release(&self) {
        self.released.notify_one();
    }

    fn take(&self, call: &str) -> Option<Effect> {
        let mut plans = self.plans.lock().unwrap();
        let plan = plans.iter_mut().find(|plan| plan.times > 0 && call.contains(&plan.part))?;
        plan.times -= 1;
        Some(plan.effect.clone())
    }
}

/// Stands in front of the embedded CodeArtifact.
pub async fn layer(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let call = format!("{} {}", request.method(), request.uri());
    let effect = faults.take(&call);
    faults.seen.lock().unwrap().push(call);
    let now = faults.under_way.0.fetch_add(1, Ordering::SeqCst) + 1;
    faults.under_way.1.fetch_max(now, Ordering::SeqCst);
    // Others get their turn: only then it shows how many come at once.
    tokio::task::yield_now().await;
    let answer = answer(&faults, effect, request, next).await;
    faults.under_way.0.fetch_sub(1, Ordering::SeqCst);
    answer
}

async fn answer(faults: &Faults, effect: Option<Effect>, request: Request, next: Next) -> Response {
    match effect {
        None => next.run(request).await,
        Some(Effect::Throttle(seconds)) => {
            let mut answer = fault(StatusCode::TOO_MANY_REQUESTS, "ThrottlingException", "Rate exceeded");
            answer.headers_mut().insert("retry-after", seconds.into());
            answer
        }
        Some(Effect::Deny) => fault(StatusCode::FORBIDDEN, "AccessDeniedException", "User: x is not authorized"),
        Some(Effect::NotFound) => fault(StatusCode::NOT_FOUND, "ResourceNotFoundException", "It is not found"),
        Some(Effect::Expired) => fault(StatusCode::FORBIDDEN, "ExpiredTokenException", "The security token is expired"),
        Some(Effect::FaultBefore) => internal(),
        Some(Effect::FaultAfter) => {
            next.run(request).await;
            internal()
        }
        Some(Effect::ResetBefore) => reset(),
        Some(Effect::ResetAfter) => {
            next.run(request).await;
            reset()
        }
        Some(Effect::GarbageAfter) => {
            next.run(request).await;
            Response::new(Body::from("<html>not what you asked for"))
        }
        Some(Effect::BothMaps) => both_maps(next.run(request).await).await,
        Some(Effect::Hold) => {
            faults.reached.notify_one();
            faults.released.notified().await;
            next.run(request).await
        }
        Some(Effect::SamePage(token)) => Response::new(Body::from(format!("{{\"nextToken\":\"{token}\"}}"))),
    }
}

fn internal() -> Response {
    fault(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerException", "Internal error")
}

fn fault(status: StatusCode, kind: &str, message: &str) -> Response {
    Response::builder()
        .status(status)
        .header("x-amzn-errortype", kind)
        .header("x-amzn-requestid", "11111111-2222-3333-4444-555555555555")
        .header("content-type", "application/json")
        .body(Body::from(format!("{{\"message\":\"{message}\"}}")))
        .unwrap()
}

/// Ends the connection's task, and with it the connection, without an answer and without a word in the log.
fn reset() -> Response {
    std::panic::resume_unwind(Box::new("reset"))
}

/// An answer of `CopyPackageVersions` that contradicts itself.
async fn both_maps(answer: Response) -> Response {
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let mut told: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let versions: Vec<String> = told["successfulVersions"].as_object().unwrap().keys().cloned().collect();
    for version in versions {
        told["failedVersions"][version] = serde_json::json!({ "errorCode": "SKIPPED", "errorMessage": "skipped" });
    }
    Response::new(Body::from(told.to_string()))
}
