//! Several people: each does what their roles allow, and stands beside what they did.

use axum::body::Body;
use http::{Request, StatusCode};
use shared::api::{ALL, CreateRepository, CreateSession, DeleteSession, GetSession, GetSignIn, OPEN, needs};
use shared::names::RunId;
use shared::person::Role;
use shared::plan::Plan;
use shared::problem::{Problem, ProblemCode};
use shared::repository::NewRepository;
use shared::session::{SessionInfo, SignIn};

use crate::every_endpoint::{good, promoted};
use crate::support::people::PEOPLE;
use crate::support::{TestApp, domain, request};

/// A good request to one of the endpoints of sessions by its name; none for the name of another one.
pub fn sessions(app: &TestApp, name: &str, token: Option<&str>) -> Option<Request<Body>> {
    Some(match name {
        "GetSignIn" => request::<GetSignIn>(&(), &(), &(), token),
        "CreateSession" => request::<CreateSession>(&(), &(), &SignIn { secret: app.state.access.new_link() }, token),
        "GetSession" => request::<GetSession>(&(), &(), &(), token),
        "DeleteSession" => request::<DeleteSession>(&(), &(), &(), token),
        _ => return None,
    })
}

/// A plan of `promoter` and its run, which has ended.
async fn by_promoter(app: &mut TestApp) -> (Plan, RunId) {
    app.sign_in("promoter");
    promoted(app).await
}

#[tokio::test]
async fn each_role_is_refused_exactly_what_its_rule_does_not_give_it() {
    let mut app = TestApp::people().await;
    let promoted = by_promoter(&mut app).await;
    for (id, _, roles) in PEOPLE {
        let roles: Vec<Role> = roles.split("\", \"").map(|role| role.parse().unwrap()).collect();
        for (name, ..) in ALL.iter().filter(|(name, ..)| !OPEN.contains(name)) {
            app.sign_in(id);
            let answer = app.send(good(&app, name, Some(&app.token), &promoted)).await;
            let may = needs(name).unwrap().iter().any(|role| roles.contains(role));
            // What one person has done before may stand in the way of the next: that is no refusal for the role.
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(refused, !may, "{id} {name}: {}", answer.text());
            if refused {
                let problem = answer.json::<Problem>();
                assert_eq!(problem.code, ProblemCode::Forbidden);
                assert!(problem.message.starts_with("This needs the role "), "{}", problem.message);
            }
        }
    }
}

#[tokio::test]
async fn who_is_refused_has_changed_nothing_and_aws_was_not_asked() {
    let mut app = TestApp::people().await;
    app.sign_in("viewer");
    let new = NewRepository { name: "mine".parse().unwrap(), description: "".parse().unwrap(), tags: vec![] };
    let answer = app.ask(CreateRepository, &domain(), &(), &new).await;
    assert_eq!(answer.problem(), (StatusCode::FORBIDDEN, ProblemCode::Forbidden));
    assert!(answer.text().contains("the role admin"), "{}", answer.text());
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn plans_and_runs_tell_who_made_them() {
    let mut app = TestApp::people().await;
    let (plan, run) = by_promoter(&mut app).await;
    assert_eq!((plan.by.id.as_str(), plan.by.name.as_str()), ("promoter", "Paul Promoter"));
    app.sign_in("viewer");
    assert_eq!(app.run(&run).await.summary.by, plan.by);
}

#[tokio::test]
async fn a_session_tells_whose_it_is_and_that_others_can_sign_in() {
    let mut app = TestApp::people().await;
    app.sign_in("both");
    let info: SessionInfo = app.get(GetSession, &(), &(), &()).await;
    assert_eq!((info.who.person.name.as_str(), info.alone), ("Bo Both", false));
    assert_eq!(info.who.roles, [Role::Promoter, Role::Approver]);
    let alone: SessionInfo = TestApp::acme().await.get(GetSession, &(), &(), &()).await;
    assert_eq!((alone.who.person.id.as_str(), alone.alone), ("local", true));
    assert_eq!(alone.who.roles, Role::ALL);
}

#[tokio::test]
async fn ten_wrong_tokens_close_the_door_for_a_while_also_to_a_right_one() {
    let mut app = TestApp::people().await;
    app.sign_in("viewer");
    let token = app.token.clone();
    let sign_in = async |secret: &str| {
        app.send(request::<CreateSession>(&(), &(), &SignIn { secret: secret.into() }, None)).await
    };
    for _ in 0..10 {
        assert_eq!(sign_in("guess").await.problem(), (StatusCode::UNAUTHORIZED, ProblemCode::NotSignedIn));
    }
    let refused = sign_in("admin").await;
    assert_eq!(refused.problem(), (StatusCode::TOO_MANY_REQUESTS, ProblemCode::Throttled));
    assert!(refused.headers.contains_key("retry-after"));
    // Sessions go on.
    assert_eq!(app.send(request::<GetSession>(&(), &(), &(), Some(&token))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_link_opens_a_dashboard_of_people() {
    let app = TestApp::people().await;
    let secret = app.state.access.new_link();
    let answer = app.send(request::<CreateSession>(&(), &(), &SignIn { secret }, None)).await;
    assert_eq!(answer.problem(), (StatusCode::UNAUTHORIZED, ProblemCode::NotSignedIn));
}
