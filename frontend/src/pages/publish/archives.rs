//! Publishing npm tarballs, wheels and source archives through the endpoints of their package managers.

use std::sync::Arc;
use std::time::Duration;

use js_sys::Uint8Array;
use leptos::prelude::*;
use shared::api::{
    ArchiveQuery, DescribePackageMatrix, PackageQuery, PreviewPublication, PublishArchive, RepositoryPath, VersionQuery,
};
use shared::archive::{self, Archive, ArchiveError, Kind, LARGEST_ARCHIVE};
use shared::names::{DistTag, RepositoryName};
use shared::package::PackageMatrix;
use shared::problem::{Problem, ProblemCode};
use shared::publishing::{self, Standing};
use shared::topology::Topology;
use shared::version::PackageVersionStatus;
use wasm_bindgen_futures::JsFuture;

use super::failed_stage;
use crate::api::{Api, Freshness, Reads, Upload};
use crate::parts::{DomainData, Files, Picked, Stage};

/// What a chosen file says of itself, or why it is no package.
pub type Contents = Result<Arc<Archive>, ArchiveError>;

/// What the repository holds of a version, and the repository behind it that offers the same.
pub type Known = Result<(Standing, Option<RepositoryName>), Problem>;

/// A chosen file as a package: what is in it, what the registry would say, what came of it.
#[derive(Clone)]
pub struct Package {
    /// The file.
    pub picked: Picked,
    /// What is in it; none while it is being read.
    pub read: ArcRwSignal<Option<Contents>>,
    /// What the repository holds of its version, and who else offers it; none while that is being read.
    pub known: ArcRwSignal<Option<Known>>,
    /// Why it was not published, if it was not.
    pub failed: ArcRwSignal<Option<Problem>>,
}

/// Reads, asks about and publishes packages.
#[derive(Clone, Copy)]
pub struct Packages {
    api: Api,
    reads: Reads,
    files: Files,
    data: DomainData,
    path: StoredValue<RepositoryPath>,
    list: RwSignal<Vec<Package>>,
    busy: RwSignal<bool>,
    upload: StoredValue<Option<Upload>, LocalStorage>,
    /// What npm publishes them with.
    pub tag: RwSignal<String>,
}

impl Packages {
    /// Follows the chosen files from now on.
    pub fn of(path: RepositoryPath) -> Self {
        let packages = Self {
            api: expect_context(),
            reads: expect_context(),
            files: expect_context(),
            data: expect_context(),
            path: StoredValue::new(path),
            list: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            upload: StoredValue::new_local(None),
            tag: RwSignal::new("latest".to_owned()),
        };
        Effect::new(move |_| {
            let chosen = packages.files.list();
            let known = packages.list.get_untracked();
            let follow = |picked: &Picked| {
                known
                    .iter()
                    .find(|package| package.picked.id == picked.id)
                    .cloned()
                    .unwrap_or_else(|| packages.begin(picked))
            };
            packages.list.set(chosen.iter().map(follow).collect());
        });
        let seen = StoredValue::new(packages.reads.generation_untracked());
        Effect::new(move |_| {
            let generation = packages.reads.generation();
            if seen.get_value() != generation {
                seen.set_value(generation);
                packages.list.get_untracked().iter().for_each(|package| packages.ask(package));
            }
        });
        on_cleanup(move || packages.stop());
        packages
    }

    /// The packages, tracked.
    pub fn list(self) -> Vec<Package> {
        self.list.get()
    }

    /// Something is being sent, tracked.
    pub fn busy(self) -> bool {
        self.busy.get()
    }

    /// Stops what is being sent.
    pub fn stop(self) {
        if let Some(upload) = self.upload.try_get_value().flatten() {
            upload.stop();
        }
    }

    fn begin(self, picked: &Picked) -> Package {
        let package = Package {
            picked: picked.clone(),
            read: ArcRwSignal::new(None),
            known: ArcRwSignal::new(None),
            failed: ArcRwSignal::new(None),
        };
        let (begun, file) = (package.clone(), self.files.handle(picked.id));
        leptos::task::spawn_local(async move {
            let read = match file {
                Some(file) => read(&begun.picked, &file).await,
                None => Err(ArchiveError::Unknown),
            };
            begun.read.set(Some(read.map(Arc::new)));
            self.ask(&begun);
        });
        package
    }

    /// Asks what the repository holds of its version, and which repository behind it offers the same.
    fn ask(self, package: &Package) {
        let Some(Ok(archive)) = package.read.get_untracked() else { return };
        let Some(path) = self.path.try_get_value() else { return };
        let package = package.clone();
        leptos::task::spawn_local(async move {
            let (key, version) = (archive.package.clone(), archive.version.clone());
            let query = VersionQuery {
                format: key.format,
                namespace: key.namespace.clone(),
                package: key.name.clone(),
                version,
            };
            let standing = self.api.send::<PreviewPublication>(&path, &query, &(), Freshness::Anew).await;
            let matrix = self
                .api
                .send::<DescribePackageMatrix>(&path.domain_path(), &PackageQuery::from(&key), &(), Freshness::Anew)
                .await;
            // The page was left meanwhile.
            if self.is_left() {
                return;
            }
            let upstream = match matrix {
                Ok(matrix) => self.upstream(&path.repository, &matrix, &archive),
                // No repository has it.
                Err(Problem { code: ProblemCode::NotFound, .. }) => None,
                Err(problem) => return package.known.set(Some(Err(problem))),
            };
            package.known.set(Some(standing.map(|standing| ((*standing).clone(), upstream))));
            settle(&package);
        });
    }

    /// The first repository behind this one that offers the version.
    fn upstream(
        self,
        repository: &RepositoryName,
        matrix: &PackageMatrix,
        archive: &Archive,
    ) -> Option<RepositoryName> {
        let map = self.data.map.try_get_untracked().flatten()?;
        let row = matrix.versions.iter().find(|row| row.version == archive.version)?;
        let offers = |name: &&RepositoryName| {
            let status = row.cells.get(*name).and_then(|held| held.status);
            matches!(status, Some(PackageVersionStatus::Published | PackageVersionStatus::Unlisted))
        };
        let order = Topology::new(&map.repositories).search_order(repository);
        order.steps.iter().skip(1).map(|step| &step.repository).find(offers).cloned()
    }

    /// What publishing a package would do, or why it would be refused; none while that is not known. Tracked.
    pub fn plan(self, package: &Package) -> Option<Result<String, String>> {
        let archive = match package.read.get()? {
            Ok(archive) => archive,
            Err(error) => return Some(Err(error.to_string())),
        };
        let (standing, upstream) = match package.known.get()? {
            Ok(known) => known,
            Err(problem) => return Some(Err(problem.message)),
        };
        let sha256 = package.picked.sha256.get()?;
        let asset = asset_name(&archive, &package.picked);
        Some(publishing::archive_plan(&archive, &sha256, asset, &standing, upstream.as_ref()))
    }

    /// What is asked for a package; none while it cannot be published. Tracked.
    pub fn query(self, package: &Package) -> Option<ArchiveQuery> {
        let archive = package.read.get()?.ok()?;
        let key = archive.package.clone();
        let tag = if archive.kind == Kind::Npm { Some(self.tag.read().parse::<DistTag>().ok()?) } else { None };
        Some(ArchiveQuery {
            file: package.picked.name.parse().ok()?,
            sha256: package.picked.sha256.get()?,
            format: key.format,
            namespace: key.namespace,
            package: key.name,
            version: archive.version.clone(),
            tag,
        })
    }

    /// Publishes those that can be, one after the other. `done` is told how many are there now.
    pub fn start(self, done: impl FnOnce(usize) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let wanted = self.list.get_untracked().into_iter().filter_map(|package| {
            let query = untrack(|| self.query(&package))?;
            untrack(|| self.plan(&package))?.ok()?;
            Some((package, query))
        });
        let wanted: Vec<_> = wanted.collect();
        leptos::task::spawn_local(async move {
            let mut there = 0;
            for (package, query) in wanted {
                if !self.send(&package, &query).await {
                    break;
                }
                there += 1;
            }
            self.busy.try_set(false);
            done(there);
            // A moment later: the page that was left must not ask once more.
            set_timeout(move || self.reads.refresh(), Duration::ZERO);
        });
    }

    async fn send(self, package: &Package, query: &ArchiveQuery) -> bool {
        let Some(path) = self.path.try_get_value() else { return false };
        let Some(file) = self.files.handle(package.picked.id) else { return false };
        let (stage, failed) = (package.picked.stage.clone(), &package.failed);
        failed.set(None);
        stage.set(Stage::Sending(0));
        let sent = async {
            let upload = Upload::new()?;
            self.upload.try_set_value(Some(upload.clone()));
            let moving = stage.clone();
            upload
                .send::<PublishArchive>(self.api, &path, query, &file, move |bytes| moving.set(Stage::Sending(bytes)))
                .await
        };
        let answer = sent.await;
        // The page was left: the next one asks what is there.
        if self.is_left() {
            stage.set(Stage::Ready);
            return false;
        }
        match answer {
            Ok(_) => stage.set(Stage::There),
            Err(problem) => {
                stage.set(failed_stage(&problem));
                failed.set(Some(problem));
            }
        }
        stage.get_untracked() == Stage::There
    }

    /// The page that made it was left: nothing of it can be read any more.
    fn is_left(self) -> bool {
        self.path.is_disposed()
    }
}

/// The name that the file has in its version.
fn asset_name<'p>(archive: &Archive, picked: &'p Picked) -> &'p str {
    if archive.kind == Kind::Npm { "package.tgz" } else { &picked.name }
}

/// A package whose answer was lost is published after all, if the repository holds exactly its file.
fn settle(package: &Package) {
    if package.failed.get_untracked().is_some() && is_held(package) {
        package.picked.stage.set(Stage::There);
        package.failed.set(None);
    }
}

/// The repository is known to hold exactly this file, published.
fn is_held(package: &Package) -> bool {
    let Some(Ok(archive)) = package.read.get_untracked() else { return false };
    let Some(Ok((standing, _))) = package.known.get_untracked() else { return false };
    let Some(sha256) = package.picked.sha256.get_untracked() else { return false };
    let name = asset_name(&archive, &package.picked);
    let held = standing.assets.iter().find(|held| held.name == name);
    standing.status == Some(PackageVersionStatus::Published)
        && held.is_some_and(|held| held.sha256() == Some(sha256.as_str()))
}

async fn read(picked: &Picked, file: &web_sys::File) -> Result<Archive, ArchiveError> {
    if picked.size > LARGEST_ARCHIVE {
        return Err(ArchiveError::TooLarge);
    }
    let unreadable = |_| ArchiveError::Unreadable("the browser cannot open it".to_owned());
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
    archive::read(&picked.name, &Uint8Array::new(&bytes).to_vec())
}
