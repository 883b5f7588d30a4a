//! The set-up recipe: what is there of all that it makes.

use futures_util::future::{OptionFuture, join_all};
use shared::api::{DescribeSetup, VerifySetup};
use shared::format::PackageFormat;
use shared::names::{DomainName, RepositoryName};
use shared::package::PackageKey;
use shared::permission::PolicyGlance;
use shared::recipe::{HeldPackage, Names, SetupState, Told, Verification};
use shared::repository::Repository;

use crate::api::now;
use crate::app::AppState;
use crate::codeartifact::CodeArtifact;
use crate::codeartifact::packages::PackageFilter;
use crate::codeartifact::permissions::Holder;
use crate::error::{Error, Result};
use crate::extract::Asked;

/// How many packages are told of those that the team repository holds.
const FIRST_PACKAGES: i32 = 100;

/// What is there of all that the recipe makes: a dozen small reads at most, kept for two seconds, because somebody
/// watches while the `aws` command or another page changes it.
pub async fn describe(app: AppState, asked: Asked<DescribeSetup>) -> Result<SetupState> {
    let names = asked.query;
    names.check().map_err(|error| Error::bad_request(error.to_string()))?;
    let codeartifact = app.connection(&asked.path.connection)?;
    let key = (asked.path.connection.clone(), names.clone());
    app.cache.setups.get(key, asked.anew, read(codeartifact, names)).await
}

/// Asks all that the recipe has people ask for when they are through, at the same moment.
pub async fn verify(app: AppState, asked: Asked<VerifySetup>) -> Result<Verification> {
    let (codeartifact, names) = (app.connection(&asked.path.connection)?, &asked.query);
    let (domain, team, read_at) = (&names.domain, &names.team, now());
    let own = names.own();
    let everything = PackageFilter::default();
    let (domains, repositories, packages, version, npm, pypi, token) = tokio::join!(
        codeartifact.list_domains(),
        codeartifact.list_repositories(domain),
        codeartifact.list_packages(domain, team, &everything, FIRST_PACKAGES, None),
        codeartifact.describe_version(domain, team, &own, &names.own_version),
        codeartifact.endpoint(domain, team, PackageFormat::Npm),
        codeartifact.endpoint(domain, team, PackageFormat::Pypi),
        codeartifact.try_token(domain),
    );
    Ok(Verification {
        domains: told(domains).map(|all| all.into_iter().map(|one| one.name).collect()),
        repositories: told(repositories).map(|all| all.into_iter().map(|one| one.name).collect()),
        packages: told(packages).map(|page| page.packages.into_iter().map(|one| one.package).collect()),
        version: told(version).map(|detail| detail.summary),
        endpoints: vec![(PackageFormat::Npm, told(npm)), (PackageFormat::Pypi, told(pypi))],
        token_length: told(token),
        read_at,
    })
}

fn told<T>(answer: Result<T>) -> Told<T> {
    answer.map_err(|error| error.problem())
}

async fn read(codeartifact: &CodeArtifact, names: Names) -> Result<SetupState> {
    let read_at = now();
    let Some(domain) = found(codeartifact.describe_domain(&names.domain).await)? else {
        let (repositories, packages) = (Vec::new(), Vec::new());
        return Ok(SetupState { names, domain: None, repositories, packages, policy: None, read_at });
    };
    let described = names.repositories().map(|name| describe_repository(codeartifact, &names.domain, name));
    let repositories: Vec<Repository> = join_all(described).await.into_iter().flatten().collect();
    let is_there = |name: &RepositoryName| repositories.iter().any(|repository| &repository.name == name);
    let watched = names.watched().into_iter().filter(|(repository, _)| is_there(repository));
    let packages = watched.map(|(repository, package)| look_for(codeartifact, &names.domain, repository, package));
    let policy = is_there(&names.team).then(|| glance_at_policy(codeartifact, &names.domain, &names.team));
    let (packages, policy) = tokio::join!(join_all(packages), OptionFuture::from(policy));
    Ok(SetupState { domain: Some(domain), repositories, packages, policy, read_at, names })
}

/// The repository, or nothing where there is none. One that cannot be read does not fail the others.
async fn describe_repository(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    name: &RepositoryName,
) -> Option<Repository> {
    match found(codeartifact.describe_repository(domain, name).await) {
        Ok(repository) => repository,
        Err(error) => Some(Repository {
            name: name.clone(),
            description: String::new(),
            administrator: None,
            arn: String::new(),
            created: None,
            upstreams: Vec::new(),
            external_connections: Vec::new(),
            problem: Some(error.problem()),
        }),
    }
}

async fn look_for(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    repository: &RepositoryName,
    package: PackageKey,
) -> HeldPackage {
    let (versions, problem) = match found(codeartifact.all_versions(domain, repository, &package).await) {
        Ok(versions) => (versions.unwrap_or_default(), None),
        Err(error) => (Vec::new(), Some(error.problem())),
    };
    HeldPackage { repository: repository.clone(), package, versions, problem }
}

async fn glance_at_policy(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    repository: &RepositoryName,
) -> PolicyGlance {
    let (policy, problem) = match codeartifact.policy(Holder::Repository(domain, repository)).await {
        Ok(policy) => (policy, None),
        Err(error) => (None, Some(error.problem())),
    };
    PolicyGlance { repository: repository.clone(), policy, problem }
}

/// What is not there is an answer here, not an error.
fn found<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
