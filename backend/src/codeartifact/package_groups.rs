//! Package groups of a domain, as they are exported.

use aws_sdk_codeartifact::types as sdk;
use futures_util::{StreamExt, stream};
use shared::export::{GroupMode, GroupOrigin, GroupRestriction, PackageGroupSnapshot};
use shared::names::{DomainName, RepositoryName};

use super::convert::known;
use super::domains::incomplete;
use super::snapshot::Unread;
use super::{CodeArtifact, MOST_AT_ONCE, paging};
use crate::error::{Error, Kind, Result};

/// Each group takes up to four calls at the same time: its tags and the lists of its origins.
const GROUPS_AT_ONCE: usize = MOST_AT_ONCE / 4;

impl CodeArtifact {
    /// The package groups of a domain by pattern, the root first; what could not be read is missing and said.
    pub(super) async fn package_groups(&self, domain: &DomainName) -> (Vec<PackageGroupSnapshot>, Unread) {
        let mut unread = Unread::default();
        let listed = unread.or_nothing("The package groups", self.list_package_groups(domain).await);
        let read = stream::iter(listed).map(|listed| async move {
            let pattern = listed.pattern().unwrap_or_default().to_owned();
            (self.package_group(domain, &pattern, &listed).await.map(Some), pattern)
        });
        let mut groups = Vec::new();
        for (group, pattern) in read.buffered(GROUPS_AT_ONCE).collect::<Vec<_>>().await {
            groups.extend(unread.or_nothing(&format!("The package group {pattern}"), group));
        }
        groups.sort_by(|a, b| b.is_root().cmp(&a.is_root()).then_with(|| a.pattern.cmp(&b.pattern)));
        (groups, unread)
    }

    async fn list_package_groups(&self, domain: &DomainName) -> Result<Vec<sdk::PackageGroupSummary>> {
        paging::all(|token| async move {
            let call = self.api.list_package_groups().domain(domain.as_str());
            let page = call.max_results(paging::PAGE).set_next_token(token).send().await?;
            Ok((page.package_groups.unwrap_or_default(), page.next_token))
        })
        .await
    }

    async fn package_group(
        &self,
        domain: &DomainName,
        pattern: &str,
        listed: &sdk::PackageGroupSummary,
    ) -> Result<PackageGroupSnapshot> {
        let (tags, restrictions) = tokio::try_join!(
            self.tags_of(listed.arn().ok_or_else(incomplete)?),
            futures_util::future::try_join_all(
                GroupOrigin::ALL.map(|origin| self.restriction(domain, pattern, listed, origin))
            )
        )?;
        Ok(PackageGroupSnapshot {
            pattern: pattern.to_owned(),
            contact_info: listed.contact_info().unwrap_or_default().to_owned(),
            description: listed.description().unwrap_or_default().to_owned(),
            restrictions: restrictions.into_iter().flatten().collect(),
            tags,
        })
    }

    /// What a group says of an origin itself, with the repositories of its list.
    async fn restriction(
        &self,
        domain: &DomainName,
        pattern: &str,
        listed: &sdk::PackageGroupSummary,
        origin: GroupOrigin,
    ) -> Result<Option<GroupRestriction>> {
        let restrictions = listed.origin_configuration().and_then(sdk::PackageGroupOriginConfiguration::restrictions);
        let kind = sdk::PackageGroupOriginRestrictionType::from(origin.as_str());
        let Some(told) = restrictions.and_then(|all| all.get(&kind)) else { return Ok(None) };
        let mode = mode(told.mode())?;
        // A list without a count may still have entries.
        let repositories = match told.repositories_count() {
            Some(0) => Vec::new(),
            _ => self.allowed_repositories(domain, pattern, kind).await?,
        };
        Ok(Some(GroupRestriction { origin, mode, repositories }))
    }

    async fn allowed_repositories(
        &self,
        domain: &DomainName,
        pattern: &str,
        kind: sdk::PackageGroupOriginRestrictionType,
    ) -> Result<Vec<RepositoryName>> {
        let names = paging::all(|token| {
            let call = self.api.list_allowed_repositories_for_group().domain(domain.as_str()).package_group(pattern);
            let call = call.origin_restriction_type(kind.clone()).max_results(paging::PAGE).set_next_token(token);
            async move {
                let page = call.send().await?;
                Ok((page.allowed_repositories.unwrap_or_default(), page.next_token))
            }
        });
        let mut names: Vec<RepositoryName> =
            names.await?.iter().filter_map(|name| known(name.parse(), "repository", name)).collect();
        names.sort();
        Ok(names)
    }
}

/// A group with a mode that this program does not know cannot be written down truly.
fn mode(told: Option<&sdk::PackageGroupOriginRestrictionMode>) -> Result<GroupMode> {
    use sdk::PackageGroupOriginRestrictionMode as Told;
    match told.ok_or_else(incomplete)? {
        Told::Allow => Ok(GroupMode::Allow),
        Told::AllowSpecificRepositories => Ok(GroupMode::AllowSpecificRepositories),
        Told::Block => Ok(GroupMode::Block),
        Told::Inherit => Ok(GroupMode::Inherit),
        other => {
            let message = format!("It restricts an origin by `{}`, which this program does not know.", other.as_str());
            Err(Error::new(Kind::Faulty, message))
        }
    }
}
