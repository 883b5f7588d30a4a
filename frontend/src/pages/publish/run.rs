//! Sending the files of a generic version, one after the other. What is there already is not sent again, so it can be
//! stopped and gone on with at any time.

use std::time::Duration;

use leptos::prelude::*;
use shared::api::{AssetQuery, ChangeStatus, PreviewPublication, PublishAsset, RepositoryPath, VersionQuery};
use shared::format::PackageFormat;
use shared::names::{Namespace, PackageName, RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::problem::Problem;
use shared::publishing::{self, Offered, Then};
use shared::status::{StatusChange, Step};
use shared::version::PackageVersionStatus;

use super::failed_stage;
use crate::api::{Api, Freshness, Reads, Upload};
use crate::parts::{Files, Picked, Stage};

/// Which version is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Generic packages always have one.
    pub namespace: Namespace,
    /// Name without the namespace.
    pub package: PackageName,
    /// The version.
    pub version: VersionName,
}

impl Target {
    /// The package.
    pub fn key(&self) -> PackageKey {
        PackageKey {
            format: PackageFormat::Generic,
            namespace: Some(self.namespace.clone()),
            name: self.package.clone(),
        }
    }

    /// Asks for the version.
    pub fn query(&self) -> VersionQuery {
        let PackageKey { format, namespace, name } = self.key();
        VersionQuery { format, namespace, package: name, version: self.version.clone() }
    }

    /// One file of it.
    pub fn asset(&self, file: &Offered, then: Then) -> AssetQuery {
        AssetQuery {
            namespace: self.namespace.clone(),
            package: self.package.clone(),
            version: self.version.clone(),
            asset: file.name.clone(),
            sha256: file.sha256.clone(),
            then,
        }
    }
}

/// How publishing stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Nothing sent yet.
    Idle,
    /// Under way.
    Running,
    /// Stopped by the person.
    Stopped,
    /// CodeArtifact would refuse it, and why.
    Refused(String),
    /// It broke.
    Failed(Problem),
    /// The version is there in this status.
    Done(Option<PackageVersionStatus>),
}

/// One publishing at a time.
#[derive(Clone, Copy)]
pub struct Run {
    api: Api,
    reads: Reads,
    files: Files,
    path: StoredValue<RepositoryPath>,
    progress: RwSignal<Progress>,
    sent: RwSignal<Vec<Picked>>,
    upload: StoredValue<Option<Upload>, LocalStorage>,
    stopped: StoredValue<bool>,
}

impl Run {
    /// Nothing sent yet. Ends with the page that made it.
    pub fn new(path: RepositoryPath) -> Self {
        let run = Self {
            api: expect_context(),
            reads: expect_context(),
            files: expect_context(),
            path: StoredValue::new(path),
            progress: RwSignal::new(Progress::Idle),
            sent: RwSignal::new(Vec::new()),
            upload: StoredValue::new_local(None),
            stopped: StoredValue::new(false),
        };
        let upload = run.upload;
        on_cleanup(move || {
            if let Some(upload) = upload.try_get_value().flatten() {
                upload.stop();
            }
        });
        run
    }

    /// How it stands, tracked.
    pub fn progress(self) -> Progress {
        self.progress.get()
    }

    /// The files as they were when it was started, tracked.
    pub fn sent(self) -> Vec<Picked> {
        self.sent.get()
    }

    /// It is under way, tracked.
    pub fn busy(self) -> bool {
        *self.progress.read() == Progress::Running
    }

    /// Where it is published.
    pub fn repository(self) -> RepositoryName {
        self.path.read_value().repository.clone()
    }

    /// Forgets what came of the last one.
    pub fn reset(self) {
        self.progress.set(Progress::Idle);
    }

    /// Stops after what has arrived whole.
    pub fn stop(self) {
        self.stopped.set_value(true);
        if let Some(upload) = self.upload.get_value() {
            upload.stop();
        }
    }

    /// Sends what is not there yet. A second press while it is under way does nothing.
    pub fn start(self, target: Target, done: impl FnOnce() + 'static) {
        if *self.progress.read_untracked() == Progress::Running {
            return;
        }
        let (path, list) = (self.path.get_value(), self.files.list_untracked());
        self.sent.set(list.clone());
        self.progress.set(Progress::Running);
        self.stopped.set_value(false);
        leptos::task::spawn_local(async move {
            let end = self.run(&path, &target, &list).await.unwrap_or_else(|end| end);
            let is_done = matches!(end, Progress::Done(_));
            if self.progress.try_set(end).is_none() && is_done {
                done();
            }
            // A moment later: the page that was left must not ask once more.
            set_timeout(move || self.reads.refresh(), Duration::ZERO);
        });
    }

    async fn run(self, path: &RepositoryPath, target: &Target, list: &[Picked]) -> Result<Progress, Progress> {
        let standing = self.api.send::<PreviewPublication>(path, &target.query(), &(), Freshness::Anew).await;
        let standing = standing.map_err(Progress::Failed)?;
        if self.is_stopped() {
            return Err(Progress::Stopped);
        }
        let Some(files) = offered(list) else { return Err(Progress::Idle) };
        let plan = publishing::plan(&target.version, &standing, &files).map_err(Progress::Refused)?;
        for (picked, send) in list.iter().zip(&plan.send) {
            picked.stage.set(if *send { Stage::Ready } else { Stage::There });
        }
        let last = plan.send.iter().rposition(|send| *send);
        let mut status = standing.status;
        for (index, (picked, file)) in list.iter().zip(&files).enumerate().filter(|(index, _)| plan.send[*index]) {
            if self.is_stopped() {
                return Err(Progress::Stopped);
            }
            let then = if Some(index) == last { Then::Published } else { Then::Unfinished };
            status = self.send(path, picked, &target.asset(file, then)).await?;
        }
        // All files are there, but the one that should have finished the version was there before.
        if status == Some(PackageVersionStatus::Unfinished) {
            let change = StatusChange {
                package: target.key(),
                version: target.version.clone(),
                revision: None,
                expected: PackageVersionStatus::Unfinished,
                step: Step::Publish,
            };
            let published = self.api.send::<ChangeStatus>(path, &(), &change, Freshness::Anew).await;
            published.map_err(Progress::Failed)?;
            status = Some(PackageVersionStatus::Published);
        }
        Ok(Progress::Done(status))
    }

    /// It was stopped, or the page that made it was left.
    fn is_stopped(self) -> bool {
        self.stopped.try_get_value() != Some(false)
    }

    async fn send(
        self,
        path: &RepositoryPath,
        picked: &Picked,
        asset: &AssetQuery,
    ) -> Result<Option<PackageVersionStatus>, Progress> {
        let Some(file) = self.files.handle(picked.id) else { return Err(Progress::Stopped) };
        let upload = Upload::new().map_err(Progress::Failed)?;
        self.upload.try_set_value(Some(upload.clone()));
        picked.stage.set(Stage::Sending(0));
        let stage = picked.stage.clone();
        let sent =
            upload.send::<PublishAsset>(self.api, path, asset, &file, move |bytes| stage.set(Stage::Sending(bytes)));
        let answer = sent.await;
        // The page was left: the next one asks what is there.
        if self.path.is_disposed() {
            picked.stage.set(Stage::Ready);
            return Err(Progress::Stopped);
        }
        match answer {
            Ok(published) => {
                picked.stage.set(Stage::There);
                Ok(published.status)
            }
            Err(problem) => {
                picked.stage.set(failed_stage(&problem));
                Err(if self.is_stopped() { Progress::Stopped } else { Progress::Failed(problem) })
            }
        }
    }
}

/// The files as they are published; none while one of them is still being read or cannot be.
pub fn offered(list: &[Picked]) -> Option<Vec<Offered>> {
    let one =
        |picked: &Picked| Some(Offered { name: picked.name.parse().ok()?, sha256: picked.sha256.read().clone()? });
    list.iter().map(one).collect()
}
