//! No endpoint is forgotten: each is asked without a session and with one.

use axum::body::Body;
use http::{Request, StatusCode};
use sha2::{Digest, Sha256};
use shared::api::*;
use shared::domain::NewDomain;
use shared::export::ExportKind;
use shared::feeding::{Connect, NewUpstreams};
use shared::format::PackageFormat;
use shared::names::RunId;
use shared::package::GlancePackages;
use shared::permission::{GlancePolicies, NewPolicy, SeenPolicy, SeenRevision};
use shared::plan::Plan;
use shared::problem::ProblemCode;
use shared::promotion::{PreviewRequest, VersionChoice};
use shared::publishing::Then;
use shared::repository::{CountPackages, DescribedAnew, NewRepository};
use shared::status::{SeenVersion, StatusChange, StatusChanges, Step};
use shared::tag::{self, NewTags};
use shared::token::{NewToken, TokenLife};
use shared::version::PackageVersionStatus;

use crate::every_comparison::comparisons;
pub use crate::every_run::promoted;
use crate::every_run::{content_type, runs};
use crate::people::sessions;
use crate::support::{TestApp, domain, npm, npm_version, repository, request};

/// A policy for who has none.
fn new_policy() -> NewPolicy {
    let document = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"codeartifact:DescribeDomain"}}"#;
    NewPolicy { seen: None, document: document.parse().unwrap() }
}

/// The revision of the policy that the domain, or a repository of it, has now.
fn seen(app: &TestApp, repository: Option<&str>) -> SeenRevision {
    let revision = app.emulator.with_state(|state| {
        let acme = &state.domains["acme"];
        let policy = repository.map_or(&acme.policy, |name| &acme.repositories[name].policy);
        policy.as_ref().unwrap().revision.clone()
    });
    SeenRevision { revision: revision.parse().unwrap() }
}

/// A good request to an endpoint by its name, with or without a token. Panics for a name that it does not know.
pub fn good(app: &TestApp, name: &str, token: Option<&str>, promoted: &(Plan, RunId)) -> Request<Body> {
    let ui = npm("@acme/ui");
    let version = npm_version("@acme/ui", "1.3.1");
    let (from, to) = ("team-dev".parse().unwrap(), "production".parse().unwrap());
    let choice = VersionChoice { package: ui.clone(), version: "1.3.1".parse().unwrap() };
    let connection = ConnectionPath { connection: "demo".parse().unwrap() };
    match name {
        "ListConnections" => request::<ListConnections>(&(), &(), &(), token),
        "IdentifyConnection" => request::<IdentifyConnection>(&connection, &(), &(), token),
        "ListRepositoryNames" => request::<ListRepositoryNames>(&connection, &(), &(), token),
        "ListDomains" => request::<ListDomains>(&connection, &(), &(), token),
        "DescribeDomain" => request::<DescribeDomain>(&domain(), &(), &(), token),
        "CreateDomain" => {
            let new = NewDomain { name: "new-domain".parse().unwrap(), encryption_key: None, tags: vec![] };
            request::<CreateDomain>(&connection, &(), &new, token)
        }
        "DeleteDomain" => {
            let unused = DomainPath { domain: "unused".parse().unwrap(), ..domain() };
            request::<DeleteDomain>(&unused, &(), &(), token)
        }
        "CreateRepository" => {
            let description = "".parse().unwrap();
            let new = NewRepository { name: "new-repository".parse().unwrap(), description, tags: vec![] };
            request::<CreateRepository>(&domain(), &(), &new, token)
        }
        "UpdateRepository" => {
            let description = DescribedAnew { description: "In other words".parse().unwrap() };
            request::<UpdateRepository>(&repository("team-data"), &(), &description, token)
        }
        "SetUpstreams" => {
            let seen = vec!["npm-store".parse().unwrap(), "pypi-store".parse().unwrap()];
            let new = NewUpstreams { seen: seen.clone(), upstreams: seen };
            request::<SetUpstreams>(&repository("team-dev"), &(), &new, token)
        }
        "SetConnection" => {
            let connect = Connect { registry: "public:npmjs".parse().unwrap(), connected: false };
            request::<SetConnection>(&repository("npm-store"), &(), &connect, token)
        }
        "GetDomainPolicy" => request::<GetDomainPolicy>(&domain(), &(), &(), token),
        "SetDomainPolicy" => {
            let seen = Some(SeenPolicy { revision: Some(seen(app, None).revision), document: String::new() });
            request::<SetDomainPolicy>(&domain(), &(), &NewPolicy { seen, ..new_policy() }, token)
        }
        "DeleteDomainPolicy" => request::<DeleteDomainPolicy>(&domain(), &seen(app, None), &(), token),
        "GetRepositoryPolicy" => request::<GetRepositoryPolicy>(&repository("team-dev"), &(), &(), token),
        "SetRepositoryPolicy" => request::<SetRepositoryPolicy>(&repository("team-dev"), &(), &new_policy(), token),
        "DeleteRepositoryPolicy" => {
            let of = repository("production");
            request::<DeleteRepositoryPolicy>(&of, &seen(app, Some("production")), &(), token)
        }
        "GlanceAtPolicies" => {
            request::<GlanceAtPolicies>(&domain(), &(), &GlancePolicies { repositories: vec![to] }, token)
        }
        "GetRepositoryEndpoints" => request::<GetRepositoryEndpoints>(&repository("team-dev"), &(), &(), token),
        "CreateToken" => request::<CreateToken>(&domain(), &(), &NewToken { life: TokenLife::CHOICES[0].0 }, token),
        "DeleteRepository" => request::<DeleteRepository>(&repository("team-data"), &(), &(), token),
        "ListDomainTags" => request::<ListDomainTags>(&domain(), &(), &(), token),
        "SetDomainTags" => {
            let new = NewTags { seen: tag::parse_lines("owner=platform-team").unwrap(), tags: vec![] };
            request::<SetDomainTags>(&domain(), &(), &new, token)
        }
        "ListRepositoryTags" => request::<ListRepositoryTags>(&repository("team-dev"), &(), &(), token),
        "SetRepositoryTags" => {
            let new = NewTags { seen: vec![], tags: tag::parse_lines("team=a").unwrap() };
            request::<SetRepositoryTags>(&repository("team-dev"), &(), &new, token)
        }
        "DescribeDomainMap" => request::<DescribeDomainMap>(&domain(), &(), &(), token),
        "ExportDomain" => request::<ExportDomain>(&domain(), &ExportQuery { kind: ExportKind::Cli }, &(), token),
        "VerifySetup" => {
            let names = shared::recipe::Names::of(domain().domain).unwrap();
            request::<VerifySetup>(&connection, &names, &(), token)
        }
        "DescribeSetup" => {
            let names = shared::recipe::Names::of(domain().domain).unwrap();
            request::<DescribeSetup>(&connection, &names, &(), token)
        }
        "CountRepositoryPackages" => {
            request::<CountRepositoryPackages>(&domain(), &(), &CountPackages { repositories: vec![to] }, token)
        }
        "DescribePackageMatrix" => request::<DescribePackageMatrix>(&domain(), &PackageQuery::from(&ui), &(), token),
        "ListPackages" => request::<ListPackages>(&repository("team-dev"), &PackagesQuery::default(), &(), token),
        "GlanceAtPackages" => {
            request::<GlanceAtPackages>(&repository("team-dev"), &(), &GlancePackages { packages: vec![ui] }, token)
        }
        "ListVersions" => {
            let VersionQuery { format, namespace, package, .. } = version;
            let query = VersionsQuery { format, namespace, package, status: None, next: None };
            request::<ListVersions>(&repository("team-dev"), &query, &(), token)
        }
        "DescribeVersion" => request::<DescribeVersion>(&repository("team-dev"), &version, &(), token),
        "ChangeStatus" => {
            let change = StatusChange {
                package: ui,
                version: "1.3.1".parse().unwrap(),
                revision: None,
                expected: PackageVersionStatus::Published,
                step: Step::Unlist,
            };
            request::<ChangeStatus>(&repository("team-dev"), &(), &change, token)
        }
        "ChangeStatuses" => {
            let expected = PackageVersionStatus::Published;
            let seen = SeenVersion { version: "1.3.1".parse().unwrap(), revision: None, expected };
            let changes = StatusChanges { package: ui, step: Step::Unlist, versions: vec![seen] };
            request::<ChangeStatuses>(&repository("team-dev"), &(), &changes, token)
        }
        "ListAssets" => request::<ListAssets>(&repository("team-dev"), &version, &(), token),
        "ListDependencies" => request::<ListDependencies>(&repository("team-dev"), &version, &(), token),
        "GetReadme" => request::<GetReadme>(&repository("team-dev"), &version, &(), token),
        "PreviewPublication" => request::<PreviewPublication>(&repository("team-dev"), &version, &(), token),
        "PublishArchive" => {
            let content = codeartifact_emulator::archive::make::tar_gz(
                "package",
                &[("package.json", r#"{"name":"dropped","version":"1.0.0"}"#)],
            );
            let archive = ArchiveQuery {
                file: "dropped.tgz".parse().unwrap(),
                sha256: hex::encode(Sha256::digest(&content)).parse().unwrap(),
                format: PackageFormat::Npm,
                namespace: None,
                package: "dropped".parse().unwrap(),
                version: "1.0.0".parse().unwrap(),
                tag: None,
            };
            let mut request = request::<PublishArchive>(&repository("team-dev"), &archive, &(), token);
            request.headers_mut().insert("content-type", "application/octet-stream".parse().unwrap());
            request.headers_mut().insert("content-length", content.len().into());
            *request.body_mut() = Body::from(content);
            request
        }
        "PublishAsset" => {
            let asset = AssetQuery {
                namespace: "acme".parse().unwrap(),
                package: "tool".parse().unwrap(),
                version: "1.0.0".parse().unwrap(),
                asset: "empty".parse().unwrap(),
                sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse().unwrap(),
                then: Then::Published,
            };
            let mut empty = request::<PublishAsset>(&repository("team-dev"), &asset, &(), token);
            empty.headers_mut().insert("content-type", "application/octet-stream".parse().unwrap());
            empty.headers_mut().insert("content-length", "0".parse().unwrap());
            empty
        }
        "PreviewPromotion" => {
            let body = PreviewRequest { from, to, versions: vec![choice] };
            request::<PreviewPromotion>(&domain(), &(), &body, token)
        }
        "PreviewClosure" => {
            let body = PreviewRequest { from, to, versions: vec![choice] };
            request::<PreviewClosure>(&domain(), &(), &body, token)
        }
        other => match runs(other, token, promoted)
            .or_else(|| sessions(app, other, token))
            .or_else(|| comparisons(other, token))
        {
            Some(request) => request,
            None => panic!("add `{other}` here"),
        },
    }
}

#[tokio::test]
async fn only_signing_in_needs_no_session() {
    let app = TestApp::acme().await;
    let promoted = promoted(&app).await;
    for (name, ..) in ALL {
        for token in [None, Some("wrong"), Some("")] {
            let answer = app.send(good(&app, name, token, &promoted)).await;
            if OPEN.contains(name) {
                assert_eq!(answer.status, StatusCode::OK, "{name}");
            } else {
                assert_eq!(answer.problem(), (StatusCode::UNAUTHORIZED, ProblemCode::NotSignedIn), "{name} {token:?}");
            }
        }
    }
}

#[tokio::test]
async fn every_endpoint_answers_who_is_signed_in() {
    let app = TestApp::acme().await;
    let promoted = promoted(&app).await;
    for (name, ..) in ALL.iter().filter(|(name, ..)| *name != "DeleteSession") {
        let answer = app.send(good(&app, name, Some(&app.token), &promoted)).await;
        // What was run cannot be approved any more.
        let wanted = if matches!(*name, "ApprovePlan" | "RejectPlan") { StatusCode::CONFLICT } else { StatusCode::OK };
        assert_eq!(answer.status, wanted, "{name}: {}", answer.text());
        assert_eq!(answer.headers["content-type"], content_type(name), "{name}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{name}");
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::acme().await;
    let promoted = promoted(&app).await;
    app.faults.forget();
    for (name, method, _) in ALL {
        if *method == Method::Get
            || name.starts_with("Preview")
            || name.starts_with("Count")
            || name.starts_with("Glance")
            || *name == "CreatePlan"
        {
            app.send(good(&app, name, Some(&app.token), &promoted)).await;
        }
    }
    let calls = app.faults.seen("");
    assert!(!calls.is_empty());
    // All that CodeArtifact is asked by POST here are its lists, a token, and who we are.
    let lists = [
        "/v1/domains",
        "/v1/domain/repositories",
        "/v1/repositories",
        "/v1/packages",
        "/v1/package/versions?",
        "/v1/package/version/assets",
        "/v1/package/version/dependencies",
        "/v1/authorization-token",
        "/v1/package-groups?",
        "/v1/tags?",
        "/ ",
    ];
    for call in calls {
        let reads = call.starts_with("GET ")
            || lists.iter().any(|list| format!("{call} ").starts_with(&format!("POST {list}")));
        assert!(reads && !call.contains("copy"), "{call}");
    }
}

#[tokio::test]
async fn an_address_that_is_not_in_the_api_is_not_found_by_who_is_signed_in_only() {
    let app = TestApp::acme().await;
    let ask = |token: &str| {
        Request::get("/api/nothing").header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap()
    };
    assert_eq!(app.send(ask("wrong")).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.send(ask(&app.token)).await.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
    let put = Request::put("/api/connections").header("authorization", format!("Bearer {}", app.token));
    assert_eq!(app.send(put.body(Body::empty()).unwrap()).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_body_is_json_whole_and_not_too_large() {
    let app = TestApp::acme().await;
    let ask = |kind: &str, body: String| {
        let address = CountRepositoryPackages::address(&domain(), &());
        let request = Request::post(address).header("authorization", format!("Bearer {}", app.token));
        request.header("content-type", kind).body(Body::from(body)).unwrap()
    };
    let body = "{\"repositories\":[]}";
    for (kind, body, status) in [
        ("application/json", body.to_owned(), StatusCode::OK),
        ("application/json; charset=utf-8", body.to_owned(), StatusCode::OK),
        ("text/plain", body.to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/x-www-form-urlencoded", body.to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/jsonp", body.to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/json", "{".to_owned(), StatusCode::BAD_REQUEST),
        ("application/json", "{\"repositories\":[],\"more\":1}".to_owned(), StatusCode::BAD_REQUEST),
        ("application/json", "{\"repositories\":[\"a b\"]}".to_owned(), StatusCode::BAD_REQUEST),
        ("application/json", "[".repeat(60_000), StatusCode::BAD_REQUEST),
        ("application/json", " ".repeat(64 * 1024 + 1), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let answer = app.send(ask(kind, body)).await;
        assert_eq!(answer.status, status, "{kind}: {}", answer.text());
    }
}

#[tokio::test]
async fn bad_names_are_refused_with_their_rule_before_aws_is_asked() {
    let app = TestApp::acme().await;
    for (address, rule) in [
        ("/api/connections/demo/domains/A", "A domain name has"),
        ("/api/connections/De%20mo/domains", "A connection has"),
        ("/api/connections/demo/domains/acme/repositories/-x/packages", "A repository name has"),
        ("/api/connections/demo/domains/acme/repositories/team-dev/packages?format=conda", "unknown variant"),
        ("/api/connections/demo/domains/acme/repositories/team-dev/packages?what=1", "unknown field"),
        ("/api/connections/demo/domains/acme/repositories/team-dev/packages?prefix=a&prefix=b", "stands twice"),
        ("/api/connections/demo/domains/acme/repositories/team-dev/packages?next=a%20b", "Start at the first page"),
        ("/api/connections/demo/domains/acme/package?format=npm&package=a%2Fb", "A package name has"),
        ("/api/connections/demo/domains/acme/package?format=npm", "missing field `package`"),
        ("/api/connections/demo/domains/%ff/map", "cannot be read"),
    ] {
        let request = Request::get(address).header("authorization", format!("Bearer {}", app.token));
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}: {}", answer.text());
        assert!(answer.text().contains(rule), "{address}: {}", answer.text());
    }
    assert!(app.faults.seen("").is_empty());
}
