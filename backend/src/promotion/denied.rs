//! Whether the policies of the domain, the source or the target plainly deny a copy.
//!
//! A copy takes `ReadFromRepository` on the source and `CopyPackageVersions` on the target (user guide, "Required IAM
//! permissions to copy packages"). AWS does not document whether the ARN of the latter is that of the repository or that of
//! the package, so only what denies both counts. What a policy does not deny may still be refused by policies that nobody
//! can read here; nothing is said of them. Origin control is no reason: it is about publishing and upstreams, and AWS
//! does not document that a copy is refused for it.

use shared::names::AccountId;
use shared::package::PackageKey;
use shared::policy::arn::Home;
use shared::policy::explain::{Context, Decisive, Place, Policies, Request, Who, capital};
use shared::policy::{Level, Policy};
use shared::promotion::{Blocked, BlockedReason};
use shared::repository::Repository;

use super::Route;
use crate::codeartifact::permissions::Holder;

/// What denies copies on this route.
pub struct Denials {
    who: Who,
    home: Home,
    target: Policies,
    administrator: Option<AccountId>,
    /// The statement by which nothing may be read from the source.
    reading: Option<Decisive>,
}

/// Reads the policies, and who we are where one of them denies anything. None where nothing can be denied, or where it
/// cannot be told.
pub async fn denials(route: Route<'_>, from: &Repository, to: &Repository) -> Option<Denials> {
    let Route { codeartifact, domain, .. } = route;
    let read = |holder, level| async move {
        // Who may copy need not be allowed to read policies.
        let policy = codeartifact.policy(holder).await.ok().flatten()?;
        Policy::parse(&policy.document, level).ok().filter(Policy::denies_plainly)
    };
    let (of_domain, source, target) = tokio::join!(
        read(Holder::Domain(domain), Level::Domain),
        read(Holder::Repository(domain, route.from), Level::Repository),
        read(Holder::Repository(domain, route.to), Level::Repository),
    );
    if of_domain.is_none() && source.is_none() && target.is_none() {
        return None;
    }
    let who: Who = codeartifact.caller().await.ok()?.arn.parse().ok()?;
    let home = Home::of_domain(&format!("{}:domain/{domain}", from.arn.split_once(":repository/")?.0))?;
    let source = Policies { domain: of_domain.clone(), repository: source, ..Policies::default() };
    let target = Policies { domain: of_domain, repository: target, ..Policies::default() };
    let reading = source.denial(&Request {
        principal: who.clone(),
        action: "codeartifact:ReadFromRepository".to_owned(),
        resource: home.repository(route.from),
        administrator: from.administrator.clone(),
        context: Context::default(),
    });
    Some(Denials { who, home, target, administrator: to.administrator.clone(), reading })
}

impl Denials {
    /// Why no version of a package can be copied.
    pub fn of(&self, route: Route<'_>, package: &PackageKey) -> Option<Blocked> {
        let (action, statement, repository) = match &self.reading {
            Some(statement) => ("ReadFromRepository", statement.clone(), route.from),
            None => ("CopyPackageVersions", self.copying(route, package)?, route.to),
        };
        let holder = match statement.place {
            Place::Domain => format!("the domain {}", route.domain),
            _ => repository.to_string(),
        };
        let explanation = format!(
            "{} of the policy of {holder} denies {action} on {repository} to {}. AWS refuses the copy, whatever else allows \
             it. Change that policy, or use other credentials.",
            capital(&statement.called),
            self.who.arn()
        );
        Some(Blocked { reason: BlockedReason::Policy, explanation })
    }

    fn copying(&self, route: Route<'_>, package: &PackageKey) -> Option<Decisive> {
        let denied = |resource| {
            self.target.denial(&Request {
                principal: self.who.clone(),
                action: "codeartifact:CopyPackageVersions".to_owned(),
                resource,
                administrator: self.administrator.clone(),
                context: Context::default(),
            })
        };
        let namespace = package.namespace.as_ref().map_or("", |namespace| namespace.as_str());
        let whole = denied(self.home.package(route.to, package.format, namespace, package.name.as_str()))?;
        denied(self.home.repository(route.to)).map(|_| whole)
    }
}
