//! Signing in and out.

use axum::response::Response;
use http::header::{HeaderName, HeaderValue};
use shared::api::{CreateSession, DeleteSession, GetSession, GetSignIn};
use shared::person::Person;
use shared::session::{Session, SessionInfo, SignInWay};

use crate::app::AppState;
use crate::error::{Kind, Result};
use crate::extract::Asked;
use crate::record::Asking;

/// How people come in.
pub async fn way(app: AppState, _asked: Asked<GetSignIn>) -> Result<SignInWay> {
    Ok(app.access.way())
}

/// Exchanges the secret of a sign-in link, or a person's token, for a session. Where there are several people, the
/// record is told who came in and that somebody was refused.
pub async fn create(app: AppState, asked: Asked<CreateSession>) -> Result<Session> {
    let signed = app.access.sign_in(&asked.body.secret);
    let person = match &signed {
        _ if app.access.is_alone() => None,
        Ok((who, _)) => Some(who.person.clone()),
        Err(error) => (error.kind == Kind::NotSignedIn).then(Person::unknown),
    };
    let app = app.asked(person.map(|person| Asking::sign_in(&person)));
    app.recorded(async { signed.map(|(_, session)| session) }).await
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
