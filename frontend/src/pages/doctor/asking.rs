//! Asking the domain whether it has the package that a log speaks of. Only the package's name goes along.

use leptos::prelude::*;
use shared::api::{DescribePackageMatrix, DomainPath, ListPackages, PackageQuery, PackagesQuery, RepositoryPath};
use shared::doctor::{Diagnosis, Held, Known, Question, Report, answer};
use shared::package::OriginControl;
use shared::problem::{Problem, ProblemCode};

use crate::api::{Api, Freshness};
use crate::parts::DomainData;

/// How asking goes.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Stage {
    /// There is nothing to ask.
    #[default]
    Nothing,
    /// The domain is being asked.
    Asking(Question),
    /// It answered.
    Answered(Diagnosis),
    /// It could not be asked.
    Failed(Problem),
}

/// The question of the report that is shown, and its answer.
#[derive(Clone, Copy)]
pub struct Asking {
    stage: RwSignal<Stage>,
}

impl Asking {
    /// Asks whenever the report has another question.
    pub fn watch(report: Memo<Option<Report>>, known: Memo<Known>) -> Self {
        let (api, data) = (expect_context::<Api>(), expect_context::<DomainData>());
        let stage = RwSignal::new(Stage::Nothing);
        let question = Memo::new(move |_| {
            let report = report.read();
            let report = report.as_ref()?;
            report.question.clone().zip(report.cause.clone())
        });
        Effect::new(move |_| {
            let Some((question, before)) = question.get() else {
                stage.set(Stage::Nothing);
                return;
            };
            stage.set(Stage::Asking(question.clone()));
            let (path, known) = (data.path(), known.get_untracked());
            leptos::task::spawn_local(async move {
                let asked = Stage::Asking(question.clone());
                let told = ask(api, &path, &question, &known, &before).await;
                // Another text may have been pasted meanwhile.
                if stage.try_with_untracked(|stage| *stage == asked) == Some(true) {
                    stage.set(told.map_or_else(Stage::Failed, Stage::Answered));
                }
            });
        });
        Self { stage }
    }

    /// How it goes, tracked.
    pub fn stage(self) -> Stage {
        self.stage.get()
    }
}

async fn ask(
    api: Api,
    path: &DomainPath,
    question: &Question,
    known: &Known,
    before: &Diagnosis,
) -> Result<Diagnosis, Problem> {
    let query = PackageQuery::from(&question.package);
    let matrix = match api.send::<DescribePackageMatrix>(path, &query, &(), Freshness::Anew).await {
        Ok(matrix) => Some(matrix),
        Err(problem) if problem.code == ProblemCode::NotFound => None,
        Err(problem) => return Err(problem),
    };
    let holds = matrix.as_ref().is_some_and(|matrix| matrix.repositories.contains(&question.repository));
    let control = if holds { control(api, path, question).await? } else { None };
    Ok(answer(question, known, Held { matrix: matrix.as_deref(), control }, before))
}

/// The package's origin control in the repository that was asked.
async fn control(api: Api, path: &DomainPath, question: &Question) -> Result<Option<OriginControl>, Problem> {
    let path = RepositoryPath {
        connection: path.connection.clone(),
        domain: path.domain.clone(),
        repository: question.repository.clone(),
    };
    let package = &question.package;
    let query = PackagesQuery {
        prefix: Some(package.full_name())
            .filter(|_| package.namespace.is_none() || package.full_name().starts_with('@')),
        format: Some(package.format),
        ..PackagesQuery::default()
    };
    let page = api.send::<ListPackages>(&path, &query, &(), Freshness::Anew).await?;
    Ok(page.packages.iter().find(|one| one.package == *package).and_then(|one| one.origin_control))
}
