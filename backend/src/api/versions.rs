//! Package versions: lists, details, files, dependencies, readmes.

use std::sync::Arc;

use shared::api::{
    ChangeStatus, ChangeStatuses, DescribeVersion, GetReadme, ListAssets, ListDependencies, ListVersions,
    RepositoryPath,
};
use shared::format::PackageFormat;
use shared::problem::{Problem, ProblemCode};
use shared::readme::Readme;
use shared::status::{StatusChanges, StatusOutcome, StatusResult, StatusRow};
use shared::version::{Asset, Dependency, VersionDetail, VersionPage};

use crate::api::packages::shown;
use crate::app::AppState;
use crate::error::{Error, Kind, Result};
use crate::extract::Asked;
use crate::status;
use crate::version_order::newest_first;

/// How many versions a page has.
const PAGE: i32 = 1000;

/// A page token is AWS's own; it has at most 2,000 characters and no white space (service model, `PaginationToken`).
pub fn check_page(next: Option<&str>) -> Result<()> {
    let is_good = |next: &str| (1..=2000).contains(&next.chars().count()) && !next.contains(char::is_whitespace);
    match next {
        Some(next) if !is_good(next) => {
            Err(Error::bad_request("`next` is not what the page before named. Start at the first page."))
        }
        _ => Ok(()),
    }
}

/// Changes the status of a version, disposes it or deletes it. The work goes on if the browser goes away.
pub async fn change_status(app: AppState, asked: Asked<ChangeStatus>) -> Result<()> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let changes = StatusChanges::from(asked.body);
    status::check(&changes)?;
    app.change(async move {
        let RepositoryPath { domain, repository, .. } = &asked.path;
        let outcome = status::run(&codeartifact, domain, repository, &changes).await;
        outcome.rows.into_iter().try_for_each(taken)
    })
    .await
}

/// Whether a version took its step.
fn taken(row: StatusRow) -> Result<()> {
    match row.result {
        StatusResult::Done => Ok(()),
        StatusResult::Refused { code, message } => {
            let refusal = Error::new(Kind::Conflict, format!("Nothing was changed ({code}). {message}"));
            Err(Error { request_id: row.request_id, ..refusal })
        }
        StatusResult::Failed(problem) => Err(failed(problem)),
        StatusResult::Unknown(problem) => {
            let open = "Whether the step was taken is not known: read the version anew before you try again.";
            let message = format!("{} {open}", problem.message);
            Err(failed(Problem { message, ..problem }))
        }
    }
}

/// A problem that stands in a row, as the error of a whole request.
fn failed(problem: Problem) -> Error {
    let kind = match problem.code {
        ProblemCode::BadRequest => Kind::BadRequest,
        ProblemCode::NotSignedIn => Kind::NotSignedIn,
        ProblemCode::Forbidden => Kind::Forbidden,
        ProblemCode::NotFound => Kind::NotFound,
        ProblemCode::Conflict => Kind::Conflict,
        ProblemCode::Throttled => Kind::Throttled(None),
        ProblemCode::QuotaExceeded => Kind::QuotaExceeded,
        ProblemCode::TooLarge => Kind::TooLarge,
        ProblemCode::Credentials => Kind::Credentials,
        ProblemCode::Unreachable => Kind::Unreachable,
        ProblemCode::Unavailable => Kind::Unavailable,
        ProblemCode::Unexpected => Kind::Faulty,
    };
    Error { request_id: problem.request_id, ..Error::new(kind, problem.message) }
}

/// The same for many versions of a package, with an answer for each.
pub async fn change_statuses(app: AppState, asked: Asked<ChangeStatuses>) -> Result<StatusOutcome> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    status::check(&asked.body)?;
    app.change(async move {
        let RepositoryPath { domain, repository, .. } = &asked.path;
        Ok(status::run(&codeartifact, domain, repository, &asked.body).await)
    })
    .await
}

/// Versions of one package in one repository, page by page.
pub async fn list(app: AppState, asked: Asked<ListVersions>) -> Result<VersionPage> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let RepositoryPath { domain, repository, .. } = &asked.path;
    let package = asked.query.key();
    check_page(asked.query.next.as_deref())?;
    let (status, next) = (asked.query.status, asked.query.next);
    let page = codeartifact.list_versions(domain, repository, &package, status, PAGE, next).await?;
    let shown = page.shown.clone().or_else(|| shown(package.format, &page).map(|version| version.version));
    let mut versions = page.versions;
    newest_first(package.format, &mut versions, |version| &version.version);
    Ok(VersionPage { shown, versions, next: page.next })
}

/// One version in one repository.
pub async fn describe(app: AppState, asked: Asked<DescribeVersion>) -> Result<VersionDetail> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let RepositoryPath { domain, repository, .. } = &asked.path;
    codeartifact.describe_version(domain, repository, &asked.query.key(), &asked.query.version).await
}

/// Its files.
pub async fn assets(app: AppState, asked: Asked<ListAssets>) -> Result<Vec<Asset>> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let RepositoryPath { domain, repository, .. } = &asked.path;
    codeartifact.list_assets(domain, repository, &asked.query.key(), &asked.query.version).await
}

/// What it depends on.
pub async fn dependencies(app: AppState, asked: Asked<ListDependencies>) -> Result<Vec<Dependency>> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let RepositoryPath { domain, repository, .. } = &asked.path;
    codeartifact.list_dependencies(domain, repository, &asked.query.key(), &asked.query.version).await
}

/// Its readme, parsed; none where it has none.
pub async fn readme(app: AppState, asked: Asked<GetReadme>) -> Result<Option<Readme>> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let RepositoryPath { domain, repository, .. } = &asked.path;
    let (package, version) = (asked.query.key(), &asked.query.version);
    if matches!(package.format, PackageFormat::Maven | PackageFormat::Generic) {
        // These have no readme, and AWS refuses the question (user guide, "View package version readme file").
        return codeartifact.describe_version(domain, repository, &package, version).await.map(|_| None);
    }
    match codeartifact.get_readme(domain, repository, &package, version).await {
        Ok(text) => app.readmes.parse(text).await.map(Some),
        // AWS says the same for "no readme" and for "no version"; only the second is an error here.
        Err(error) if error.is_not_found() => {
            codeartifact.describe_version(domain, repository, &package, version).await.map(|_| None)
        }
        Err(error) => Err(error),
    }
}
