//! All of a domain that is exported, read at once.

use futures_util::{StreamExt, stream};
use shared::export::{RepositorySnapshot, Snapshot};
use shared::names::DomainName;
use shared::repository::Repository;
use shared::tag::Tag;

use super::convert::known;
use super::permissions::Holder;
use super::{CodeArtifact, MOST_AT_ONCE};
use crate::error::Result;

/// Each repository takes three calls at the same time.
const REPOSITORIES_AT_ONCE: usize = MOST_AT_ONCE / 3;

/// How keys begin that AWS alone may set; it refuses them from anybody else.
const TAGS_OF_AWS: &str = "aws:";

impl CodeArtifact {
    /// The domain with its repositories, policies and tags. What cannot be read of them is missing and said; only the
    /// domain itself and the list of its repositories must be there.
    ///
    /// `now` is epoch seconds.
    pub async fn snapshot(&self, name: &DomainName, now: f64) -> Result<Snapshot> {
        let (domain, listed) = tokio::try_join!(self.describe_domain(name), self.list_repositories(name))?;
        let mut unread = Unread::default();
        let (policy, tags) = tokio::join!(self.document(Holder::Domain(name)), self.tags_of(&domain.arn));
        let policy = unread.or_nothing(&format!("The policy of the domain {name}"), policy);
        let tags = unread.or_nothing(&format!("The tags of the domain {name}"), tags);
        let read = stream::iter(listed).map(|repository| self.repository_snapshot(name, repository));
        let mut repositories = Vec::new();
        for (repository, missing) in read.buffered(REPOSITORIES_AT_ONCE).collect::<Vec<_>>().await {
            repositories.extend(repository);
            unread.0.extend(missing.0);
        }
        let (package_groups, missing) = self.package_groups(name).await;
        unread.0.extend(missing.0);
        Ok(Snapshot {
            domain: domain.name,
            owner: domain.owner,
            region: self.region().to_owned(),
            encryption_key: domain.encryption_key,
            policy,
            tags,
            repositories,
            package_groups,
            unread: unread.0,
            read_at: now,
        })
    }

    async fn repository_snapshot(
        &self,
        domain: &DomainName,
        listed: Repository,
    ) -> (Option<RepositorySnapshot>, Unread) {
        let name = listed.name;
        let (repository, policy, tags) = tokio::join!(
            self.describe_repository(domain, &name),
            self.document(Holder::Repository(domain, &name)),
            self.tags_of(&listed.arn)
        );
        let mut unread = Unread::default();
        let Some(repository) = unread.or_nothing(&format!("The repository {name}"), repository.map(Some)) else {
            return (None, unread);
        };
        let policy = unread.or_nothing(&format!("The policy of the repository {name}"), policy);
        let tags = unread.or_nothing(&format!("The tags of the repository {name}"), tags);
        let connections = repository.external_connections.into_iter().map(|connection| connection.name);
        let snapshot = RepositorySnapshot {
            name,
            description: repository.description,
            upstreams: repository.upstreams,
            external_connections: connections.collect(),
            policy,
            tags,
        };
        (Some(snapshot), unread)
    }

    /// The text of a policy, where there is one.
    async fn document(&self, of: Holder<'_>) -> Result<Option<String>> {
        Ok(self.policy(of).await?.map(|policy| policy.document))
    }

    /// The tags of a domain or repository, by key, without those that AWS alone may set.
    pub(super) async fn tags_of(&self, arn: &str) -> Result<Vec<Tag>> {
        let answer = self.api.list_tags_for_resource().resource_arn(arn).send().await?;
        let told = answer.tags().iter().filter(|tag| !tag.key().starts_with(TAGS_OF_AWS));
        let mut tags: Vec<Tag> = told
            .filter_map(|tag| {
                let key = known(tag.key().parse(), "tag", tag.key())?;
                Some(Tag { key, value: known(tag.value().parse(), "tag", tag.value())? })
            })
            .collect();
        tags.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(tags)
    }
}

/// What could not be read, a sentence each.
#[derive(Default)]
pub(super) struct Unread(Vec<String>);

impl Unread {
    /// What was read, or nothing and a sentence that says so.
    pub(super) fn or_nothing<T: Default>(&mut self, what: &str, read: Result<T>) -> T {
        read.unwrap_or_else(|error| {
            tracing::warn!(what, error = ?error.chain(), "not in the export");
            let request = error.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
            self.0.push(format!("{what} could not be read{request}: {}", error.message));
            T::default()
        })
    }
}
