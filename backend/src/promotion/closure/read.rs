//! Reads what the rule wants to know. The number of calls under way keeps it within CodeArtifact's 800 reads a second:
//! each takes some 50 ms or more.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt, future, stream};
use shared::block::Blocks;
use shared::effect::opened;
use shared::format::PackageFormat;
use shared::names::{DomainName, RepositoryName};
use shared::package::PackageKey;
use shared::repository::Repository;
use shared::topology::Topology;
use shared::version::{Dependency, Origin, VersionSummary};

use super::super::reached::reached;
use super::known::{Held, Known, Node, Offered, Tags, Wanted};
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Result};

/// Reads for one promotion.
#[derive(Debug)]
pub struct Reader<'a> {
    codeartifact: &'a CodeArtifact,
    domain: &'a DomainName,
    blocks: &'a Blocks,
    from: &'a RepositoryName,
    to: &'a RepositoryName,
    /// The target and all that it reaches.
    repositories: Vec<Repository>,
}

impl<'a> Reader<'a> {
    /// Reads what the target reaches.
    ///
    /// # Errors
    /// When source, target or one of the target's upstreams does not exist or may not be seen.
    pub async fn new(
        codeartifact: &'a CodeArtifact,
        domain: &'a DomainName,
        blocks: &'a Blocks,
        from: &'a RepositoryName,
        to: &'a RepositoryName,
    ) -> Result<Self> {
        let (_, repositories) =
            tokio::try_join!(codeartifact.describe_repository(domain, from), reached(codeartifact, domain, to))?;
        Ok(Self { codeartifact, domain, blocks, from, to, repositories })
    }

    /// Reads what is wanted. What cannot be read is known to be unreadable.
    pub async fn read(&self, wanted: Wanted, known: &mut Known) {
        // Where packages and versions are read at the same time, each has half of the calls.
        let share = |others: bool| if others { MOST_AT_ONCE / 2 } else { MOST_AT_ONCE };
        let (nodes_at_once, calls_for_packages) = (share(!wanted.packages.is_empty()), share(!wanted.nodes.is_empty()));
        let nodes = stream::iter(wanted.nodes).map(|node| self.dependencies(node));
        let nodes = nodes.buffer_unordered(nodes_at_once).collect();
        let packages = stream::iter(wanted.packages).map(|package| async move {
            let held = self.held(&package).await;
            (package, held.map_err(|error| error.problem()))
        });
        // Each asks every repository that the target reaches, at the same time.
        let packages = packages.buffer_unordered((calls_for_packages / (self.repositories.len() + 1)).max(1)).collect();
        let tags = stream::iter(wanted.tags).map(|package| async move {
            let tags = self.tags(&package).await;
            (package, tags.map_err(|error| error.problem()))
        });
        let (nodes, packages, tags): (Vec<_>, Vec<_>, Vec<_>) =
            tokio::join!(nodes, packages, tags.buffer_unordered(2).collect());
        known.held.extend(packages);
        known.tags.extend(tags);
        for (node, dependencies) in nodes {
            known.learn(node, dependencies.map_err(|error| error.problem()));
        }
    }

    async fn dependencies(&self, node: Node) -> (Node, Result<Vec<Dependency>>) {
        let package = &node.choice.package;
        // A generic version is a set of files: it states nothing.
        let read = match package.format {
            PackageFormat::Generic => Ok(Vec::new()),
            _ => self.codeartifact.list_dependencies(self.domain, &node.at, package, &node.choice.version).await,
        };
        (node, read)
    }

    async fn tags(&self, package: &PackageKey) -> Result<Tags> {
        let (target, source) = tokio::try_join!(
            self.codeartifact.dist_tags(self.domain, self.to, package),
            self.codeartifact.dist_tags(self.domain, self.from, package)
        )?;
        Ok(Tags { target, source })
    }

    /// Which versions of a package there are. Lists tell only what a repository has itself, so each is asked.
    async fn held(&self, package: &PackageKey) -> Result<Held> {
        let order = Topology::new(&self.repositories).search_order(self.to);
        let names = order.steps.into_iter().map(|step| step.repository).chain([self.from.clone()]);
        let names: BTreeSet<RepositoryName> = names.collect();
        let lists = future::try_join_all(names.iter().map(|name| self.versions(name, package))).await?;
        let lists: BTreeMap<RepositoryName, Vec<VersionSummary>> = names.into_iter().zip(lists).collect();
        let open = self.opened(package, &lists).await?;
        let mut held = seen(&open, package.format, &lists, self.from, self.to);
        let blocks = self.blocks.of_package(package);
        held.blocked = blocks.map(|block| (block.choice.version.clone(), block.words())).collect();
        Ok(held)
    }

    /// The versions that one repository has; none where it has no such package.
    async fn versions(&self, repository: &RepositoryName, package: &PackageKey) -> Result<Vec<VersionSummary>> {
        match self.codeartifact.all_versions(self.domain, repository, package).await {
            Err(error) if error.is_not_found() => Ok(Vec::new()),
            read => read,
        }
    }

    /// The repositories, without the upstreams and connections that package origin control blocks for this package: "if a
    /// package's upstream is BLOCK, versions are not fetched from upstreams" (user guide, "Package origin controls").
    async fn opened(
        &self,
        package: &PackageKey,
        lists: &BTreeMap<RepositoryName, Vec<VersionSummary>>,
    ) -> Result<Vec<Repository>> {
        let has = |name: &RepositoryName| lists.get(name).is_some_and(|versions| !versions.is_empty());
        let fed =
            |repository: &&Repository| !repository.upstreams.is_empty() || !repository.external_connections.is_empty();
        let asked = self.repositories.iter().filter(fed).map(|repository| &repository.name).filter(|name| has(name));
        let controls = asked.map(|name| async move {
            let control = self.codeartifact.origin_control(self.domain, name, package).await?;
            Ok::<_, Error>(control.is_some_and(|control| !control.upstream).then_some(name))
        });
        let blocked: Vec<_> = future::try_join_all(controls).await?.into_iter().flatten().collect();
        Ok(opened(&self.repositories, |name| blocked.contains(&name)))
    }
}

/// What is to be seen of a package: the first repository that has a version decides about it.
fn seen(
    open: &[Repository],
    format: PackageFormat,
    lists: &BTreeMap<RepositoryName, Vec<VersionSummary>>,
    from: &RepositoryName,
    to: &RepositoryName,
) -> Held {
    let topology = Topology::new(open);
    let of = |name: &RepositoryName| lists.get(name).map(Vec::as_slice).unwrap_or_default();
    let mut held = Held::default();
    for step in topology.search_order(to).steps {
        for version in of(&step.repository) {
            let first = || (version.status, step.repository.clone());
            held.target.entry(version.version.clone()).or_insert_with(first);
        }
        let connections = topology.get(&step.repository).into_iter().flat_map(|found| &found.external_connections);
        if held.outside.is_none() {
            let mut fitting = connections.filter(|connection| connection.format == Some(format));
            held.outside = fitting.next().map(|connection| (step.repository.clone(), connection.name.clone()));
        }
    }
    held.occupied = of(to).iter().map(|version| version.version.clone()).collect();
    let offered = |version: &VersionSummary| Offered {
        status: version.status,
        external: matches!(version.origin, Origin::External(_)),
    };
    held.source = of(from).iter().map(|version| (version.version.clone(), offered(version))).collect();
    held
}
