//! Signing in and out.

use axum::response::Response;
use http::header::{HeaderName, HeaderValue};
use shared::api::{CreateSession, DeleteSession, GetSession};
use shared::session::{Session, SessionInfo};

use crate::app::AppState;
use crate::error::Result;
use crate::extract::Asked;

/// Exchanges the secret of a sign-in link for a session.
pub async fn create(app: AppState, asked: Asked<CreateSession>) -> Result<Session> {
    app.access.sign_in(&asked.body.secret).map(|(_, session)| session)
}

/// Who is signed in.
pub async fn get(app: AppState, asked: Asked<GetSession>) -> Result<SessionInfo> {
    Ok(SessionInfo { who: asked.by, alone: app.access.is_alone() })
}

/// Ends the session.
pub async fn delete(app: AppState, asked: Asked<DeleteSession>) -> Result<()> {
    app.access.sign_out(&asked.headers);
    Ok(())
}

/// Tells the browser to forget what it keeps of this site.
pub async fn clear_site_data(mut response: Response) -> Response {
    if response.status().is_success() {
        let value = HeaderValue::from_static("\"cache\", \"storage\"");
        response.headers_mut().insert(HeaderName::from_static("clear-site-data"), value);
    }
    response
}
