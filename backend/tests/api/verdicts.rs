//! The verdicts of a promotion, row by row, against an oracle over made-up repositories.

use std::sync::Arc;

use codeartifact_emulator::model::{Content, PackageVersion, Policy, Status};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use shared::api::{BlockVersion, PreviewPromotion};
use shared::promotion::{BlockedReason, PreviewRequest, Verdict, VersionChoice};

use crate::support::runs::block;
use crate::support::{TestApp, domain, npm};

/// How many versions are made up: `1.0.0`, `1.0.1` and so on.
const VERSIONS: usize = 6;

/// What a version's content is, told apart by its bytes and by what it says of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Made {
    bytes: u8,
    words: u8,
}

/// A version in both repositories.
#[derive(Debug, Clone)]
struct Row {
    source: Option<(Status, Made)>,
    target: Option<(Status, Made)>,
    /// Somebody has blocked it.
    blocked: bool,
}

/// Whose policy denies the copy.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Denied {
    Nowhere,
    Reading,
    Copying,
}

fn made() -> impl Strategy<Value = Made> {
    (0_u8..2, 0_u8..2).prop_map(|(bytes, words)| Made { bytes, words })
}

fn held() -> impl Strategy<Value = Option<(Status, Made)>> {
    let status = prop::sample::select(vec![
        Status::Published,
        Status::Published,
        Status::Published,
        Status::Unlisted,
        Status::Unfinished,
        Status::Archived,
        Status::Disposed,
    ]);
    prop::option::weighted(0.75, (status, made()))
}

fn row() -> impl Strategy<Value = Row> {
    (held(), held(), prop::bool::weighted(0.15)).prop_map(|(source, target, blocked)| Row { source, target, blocked })
}

fn case() -> impl Strategy<Value = (Vec<Row>, Denied)> {
    let denied = prop::sample::select(vec![Denied::Nowhere, Denied::Nowhere, Denied::Reading, Denied::Copying]);
    (prop::collection::vec(row(), VERSIONS), denied)
}

/// What is said of a row, as far as the oracle knows.
#[derive(Debug, PartialEq)]
enum Said {
    New,
    Same,
    /// How many files differ.
    Different(usize),
    Blocked(BlockedReason),
}

/// The rules one after the other, as the documentation of the page tells them.
fn oracle(row: &Row, denied: Denied) -> Said {
    let Some((status, source)) = row.source else { return Said::Blocked(BlockedReason::NotInSource) };
    if row.blocked {
        return Said::Blocked(BlockedReason::ByTeam);
    }
    if !matches!(status, Status::Published | Status::Unlisted) {
        return Said::Blocked(BlockedReason::Status);
    }
    match row.target {
        None if denied != Denied::Nowhere => Said::Blocked(BlockedReason::Policy),
        None => Said::New,
        Some((_, target)) if target == source => Said::Same,
        // The only file differs, also from one that is gone for good.
        Some((status, target)) => {
            Said::Different(usize::from(status == Status::Disposed || target.bytes != source.bytes))
        }
    }
}

fn said(verdict: &Verdict) -> Said {
    match verdict {
        Verdict::New => Said::New,
        Verdict::Same => Said::Same,
        Verdict::Different(files) => Said::Different(files.len()),
        Verdict::Blocked(blocked) => Said::Blocked(blocked.reason),
    }
}

fn choice(number: usize) -> VersionChoice {
    VersionChoice { package: npm("made-up"), version: format!("1.0.{number}").parse().unwrap() }
}

/// Plants the rows as a package of both repositories.
fn plant(app: &TestApp, rows: &[Row], denied: Denied) {
    app.emulator.with_state(|state| {
        let domain = state.domains.get_mut("acme").unwrap();
        let template = {
            let packages = &domain.repositories["team-dev"].packages;
            let (key, package) = packages.iter().find(|(key, _)| key.name == "ui").unwrap();
            (key.clone(), package.clone())
        };
        let sample: Vec<PackageVersion> = template.1.versions.values().take(2).cloned().collect();
        let version = |number: usize, (status, made): (Status, Made)| {
            let mut content = Content::clone(&sample[0].content);
            content.assets = sample[usize::from(made.bytes)].content.assets.clone();
            content.metadata.summary = Some(format!("In {} words.", made.words));
            let version = format!("1.0.{number}");
            (version.clone(), PackageVersion { version, status, content: Arc::new(content), ..sample[0].clone() })
        };
        for (repository, side) in [("team-dev", (|row| row.source) as fn(&Row) -> _), ("production", |row| row.target)] {
            let mut package = template.1.clone();
            package.dist_tags.clear();
            let held = rows.iter().enumerate().filter_map(|(number, row)| Some(version(number, side(row)?)));
            package.versions = held.collect();
            let mut key = template.0.clone();
            (key.namespace, key.name) = (None, "made-up".to_owned());
            let repository = domain.repositories.get_mut(repository).unwrap();
            if !package.versions.is_empty() {
                repository.packages.insert(key, package);
            }
        }
        let (repository, action) = match denied {
            Denied::Nowhere => return,
            Denied::Reading => ("team-dev", "ReadFromRepository"),
            Denied::Copying => ("production", "CopyPackageVersions"),
        };
        let document = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Principal":"*","Action":"codeartifact:{action}","Resource":"*"}}]}}"#
        );
        let policy = Policy { document, revision: "cmV2aXNpb24=".to_owned() };
        domain.repositories.get_mut(repository).unwrap().policy = Some(policy);
    });
}

#[test]
fn each_row_has_the_verdict_that_the_rules_give_it() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // Each case starts an emulator of its own.
    let config = Config::default();
    let mut runner = TestRunner::new(Config { cases: config.cases.div_ceil(4), failure_persistence: None, ..config });
    let checked = runner.run(&case(), |(rows, denied)| {
        let (found, wanted) = runtime.block_on(async {
            let app = TestApp::acme().await;
            plant(&app, &rows, denied);
            for (number, _) in rows.iter().enumerate().filter(|(_, row)| row.blocked) {
                let change = block(&format!("made-up@1.0.{number}"), "Not this one.");
                app.get(BlockVersion, &domain(), &(), &change).await;
            }
            let (from, to) = ("team-dev".parse().unwrap(), "production".parse().unwrap());
            let asked = PreviewRequest { from, to, versions: (0..rows.len()).map(choice).collect() };
            let preview = app.get(PreviewPromotion, &domain(), &(), &asked).await;
            let found: Vec<_> = preview.rows.iter().map(|row| said(&row.verdict)).collect();
            (found, rows.iter().map(|row| oracle(row, denied)).collect::<Vec<_>>())
        });
        prop_assert_eq!(found, wanted);
        Ok(())
    });
    checked.unwrap();
}
