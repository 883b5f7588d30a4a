//! The verbs that stories are told with. They go through the rules that clients meet.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::{Value, json};

use super::public::public;
use crate::Emulator;
use crate::archive::make::{Python, tar_gz};
use crate::archive::{file_name, npm, wheel};
use crate::model::{
    Content, Domain, Format, Metadata, Origin, PackageGroups, PackageKey, PackageVersion, Repository, Status,
};
use crate::rules::ingest::{self, Incoming};
use crate::rules::resolve::{self, stops};
use crate::rules::{content, retention};

const DAY: Duration = Duration::from_secs(86_400);

/// A domain that is being told.
pub(super) struct Planter {
    pub(super) domain: Domain,
    now: SystemTime,
}

/// An npm version to publish.
pub(super) struct Npm<'a> {
    pub(super) name: &'a str,
    pub(super) version: &'a str,
    pub(super) summary: &'a str,
    /// `dependencies` as an object.
    pub(super) dependencies: Value,
    pub(super) readme: &'a str,
    /// Source of `index.js`.
    pub(super) code: &'a str,
    pub(super) tags: &'a [&'a str],
}

impl Planter {
    /// An empty domain that is 400 days old.
    pub(super) fn new(emulator: &Emulator, name: &str) -> Self {
        let now = emulator.now();
        let options = emulator.options();
        let domain = Domain {
            name: name.to_owned(),
            created: now - 400 * DAY,
            encryption_key: format!(
                "arn:aws:kms:{}:{}:key/5b1f0c9e-6c0d-4f6b-9a53-0d3a1f7c2e11",
                options.region, options.account
            ),
            tags: BTreeMap::new(),
            policy: None,
            repositories: BTreeMap::new(),
            package_groups: PackageGroups::new(now - 400 * DAY),
        };
        Self { domain, now }
    }

    pub(super) fn days_ago(&self, days: u32) -> SystemTime {
        self.now - days * DAY
    }

    pub(super) fn repository(&mut self, name: &str, description: &str, upstreams: &[&str], connection: Option<&str>) {
        let repository = Repository {
            name: name.to_owned(),
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
            upstreams: upstreams.iter().map(|&upstream| upstream.to_owned()).collect(),
            external_connection: connection.map(str::to_owned),
            created: self.now - 390 * DAY,
            tags: BTreeMap::new(),
            policy: None,
            packages: BTreeMap::new(),
        };
        self.domain.repositories.insert(name.to_owned(), repository);
    }

    pub(super) fn publish_npm(&mut self, repository: &str, days: u32, package: &Npm) {
        let (key, content) = npm_content(package);
        let tags = package.tags.iter().map(|&tag| tag.to_owned()).collect();
        self.publish(repository, days, key, package.version, content, tags);
    }

    /// Publishes the files one after the other, as twine does.
    pub(super) fn publish_python(
        &mut self,
        repository: &str,
        days: u32,
        package: &Python,
        wheels: &[&str],
        sdist: bool,
    ) {
        let key = PackageKey { format: Format::Pypi, namespace: None, name: file_name::normalise(package.name) };
        let files = wheels.iter().map(|tag| package.wheel(tag)).chain(sdist.then(|| package.sdist()));
        for (file, bytes) in files {
            let mut asset = content::asset(bytes);
            asset.requires_python = Some(package.requires_python.to_owned());
            let content = Content { assets: BTreeMap::from([(file, asset)]), metadata: python_metadata(package) };
            self.publish(repository, days, key.clone(), package.version, content, Vec::new());
        }
    }

    pub(super) fn publish_generic(
        &mut self,
        repository: &str,
        days: u32,
        namespace: &str,
        name: &str,
        version: &str,
        files: &[(&str, &str)],
    ) {
        let key = PackageKey { format: Format::Generic, namespace: Some(namespace.to_owned()), name: name.to_owned() };
        let asset = |text: &str| content::asset(Bytes::copy_from_slice(text.as_bytes()));
        let assets = files.iter().map(|(file, text)| ((*file).to_owned(), asset(text))).collect();
        self.publish(repository, days, key, version, Content { assets, metadata: Metadata::default() }, Vec::new());
    }

    fn publish(
        &mut self,
        repository: &str,
        days: u32,
        key: PackageKey,
        version: &str,
        content: Content,
        dist_tags: Vec<String>,
    ) {
        let now = self.days_ago(days);
        let Content { assets, metadata } = content;
        let incoming = Incoming { key, version: version.to_owned(), assets, metadata, dist_tags };
        let published = ingest::publish(&mut self.domain, repository, incoming, None, now);
        // A refusal is a slip in a story, and the tests plant every story.
        assert!(published.is_ok(), "a story publishes what cannot be published: {published:?}");
    }

    /// Somebody installed `name` through `repository`: the version is kept where a fetch keeps it.
    pub(super) fn fetch(&mut self, repository: &str, days: u32, key: &PackageKey, version: &str) {
        let stops = stops(&self.domain, repository, key);
        let (place, found, outside) = match resolve::held(&stops, version) {
            Some((place, found)) => (place, found.clone(), false),
            None => {
                let connected = stops
                    .iter()
                    .position(|stop| stop.connection.is_some())
                    .expect("a story fetches what an upstream has");
                (connected, public(key, version, self.days_ago(days)), true)
            }
        };
        let found = PackageVersion { published: self.days_ago(days), ..found };
        let control = retention::first_control(matches!(found.origin, Origin::External { .. }));
        for keeper in retention::keepers(&stops, place, outside) {
            retention::keep(&mut self.domain, &keeper, key, &found, control);
        }
    }

    /// Copies a version as `CopyPackageVersions` does, dist-tags included.
    pub(super) fn promote(&mut self, from: &str, to: &str, key: &PackageKey, version: &str) {
        let source = self
            .domain
            .repositories
            .get(from)
            .and_then(|repository| repository.packages.get(key))
            .expect("a story copies what it has published");
        let copied = source.versions.get(version).expect("a story copies what it has published").clone();
        let control = source.origin_control;
        let tags: Vec<String> =
            source.dist_tags.iter().filter(|(_, target)| *target == version).map(|(tag, _)| tag.clone()).collect();
        let target = self.domain.repositories.get_mut(to).expect("a story copies into a repository it has made");
        let package = target.packages.entry(key.clone()).or_default();
        if package.versions.is_empty() {
            package.origin_control = control;
        }
        package.versions.insert(version.to_owned(), copied);
        package.dist_tags.extend(tags.into_iter().map(|tag| (tag, version.to_owned())));
    }

    /// Changes the status of a version. The bytes of a disposed one are gone, its digests are not.
    pub(super) fn set_status(&mut self, repository: &str, key: &PackageKey, version: &str, status: Status) {
        let version = self.version(repository, key, version);
        version.status = status;
        if status == Status::Disposed {
            let mut content = version.content.as_ref().clone();
            content.assets.values_mut().for_each(|asset| asset.bytes = Bytes::new());
            version.content = Arc::new(content);
        }
    }

    /// Moves a dist-tag.
    pub(super) fn tag(&mut self, repository: &str, key: &PackageKey, tag: &str, version: &str) {
        let package =
            self.domain.repositories.get_mut(repository).and_then(|repository| repository.packages.get_mut(key));
        package.expect("a story tags what it has published").dist_tags.insert(tag.to_owned(), version.to_owned());
    }

    /// Marks an npm version as `npm deprecate` does.
    pub(super) fn deprecate(&mut self, repository: &str, key: &PackageKey, version: &str, words: &str) {
        let version = self.version(repository, key, version);
        let mut content = version.content.as_ref().clone();
        if let Some(manifest) = &mut content.metadata.manifest {
            manifest["deprecated"] = json!(words);
        }
        version.content = Arc::new(content);
    }

    fn version(&mut self, repository: &str, key: &PackageKey, version: &str) -> &mut PackageVersion {
        let package =
            self.domain.repositories.get_mut(repository).and_then(|repository| repository.packages.get_mut(key));
        package.and_then(|package| package.versions.get_mut(version)).expect("a story changes what it has published")
    }
}

/// The key of an npm package by its full name.
pub(super) fn npm_key(full: &str) -> PackageKey {
    let (namespace, name) = npm::split_name(full);
    PackageKey { format: Format::Npm, namespace, name }
}

/// The key of a Python package.
pub(super) fn python_key(name: &str) -> PackageKey {
    PackageKey { format: Format::Pypi, namespace: None, name: file_name::normalise(name) }
}

/// A real tarball and what `npm publish` would send beside it.
pub(super) fn npm_content(package: &Npm) -> (PackageKey, Content) {
    let manifest = json!({
        "name": package.name, "version": package.version, "description": package.summary, "license": "MIT", "main": "index.js",
        "homepage": "https://example.com/acme", "repository": { "type": "git", "url": "git+https://example.com/acme.git" },
        "dependencies": package.dependencies,
    });
    let text = manifest.to_string();
    let tarball =
        tar_gz("package", &[("package.json", &text), ("index.js", package.code), ("README.md", package.readme)]);
    let metadata = npm::metadata(&manifest, Some(package.readme.to_owned()));
    let assets = BTreeMap::from([("package.tgz".to_owned(), content::asset(tarball))]);
    (npm_key(package.name), Content { assets, metadata })
}

fn python_metadata(package: &Python) -> Metadata {
    let (_, bytes) = package.wheel("py3-none-any");
    wheel::read(&bytes).map(|read| read.metadata).unwrap_or_default()
}
