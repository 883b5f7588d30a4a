//! The doctor on texts that look like what real clients print and read. The folder of a sample names its cause.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::path::Path;
use std::time::{Duration, Instant};

use shared::doctor::{Known, Report, examine, take};
use shared::repository::{ExternalConnection, Repository};

/// The end of 2026: later than every date in the samples.
const NOW: f64 = 1_798_000_000.0;

fn repository(name: &str, upstreams: &[&str], connection: Option<&str>) -> Repository {
    Repository {
        name: name.parse().unwrap(),
        description: String::new(),
        administrator: None,
        arn: String::new(),
        created: None,
        upstreams: upstreams.iter().map(|name| name.parse().unwrap()).collect(),
        external_connections: connection
            .map(|name| ExternalConnection { name: name.to_owned(), format: None, status: "Available".to_owned() })
            .into_iter()
            .collect(),
        problem: None,
    }
}

fn acme() -> Known {
    Known {
        domain: Some("acme".parse().unwrap()),
        owner: Some("111122223333".parse().unwrap()),
        region: Some("eu-west-1".to_owned()),
        repositories: Some(vec![
            repository("npm-store", &[], Some("public:npmjs")),
            repository("pypi-store", &[], Some("public:pypi")),
            repository("team-dev", &["npm-store", "pypi-store"], None),
            repository("production", &[], None),
        ]),
        now: Some(NOW),
        ..Known::default()
    }
}

/// Every sample: the cause it is expected to have, its file, its text.
fn samples() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/doctor");
    let mut found = Vec::new();
    for cause in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in std::fs::read_dir(&cause).unwrap().map(|entry| entry.unwrap().path()) {
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            found.push((name(&cause), name(&file), std::fs::read_to_string(&file).unwrap()));
        }
    }
    found
}

fn cause(report: &Report) -> String {
    report.cause.as_ref().map_or("nothing".to_owned(), |diagnosis| format!("{:?}", diagnosis.cause))
}

#[test]
fn every_sample_has_its_cause() {
    let samples = samples();
    assert!(samples.len() >= 60, "{}", samples.len());
    let mut wrong = Vec::new();
    for (expected, file, text) in samples {
        let report = examine(&take(&text).text, &acme());
        if cause(&report) != expected {
            wrong.push(format!("{expected}/{file}: {} ({})", cause(&report), report.kind.title()));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_diagnosis_shows_why_and_what_to_do() {
    for (expected, file, text) in samples() {
        let report = examine(&take(&text).text, &acme());
        for diagnosis in report.cause.iter().chain(&report.also) {
            let whole = !diagnosis.because.is_empty() && !diagnosis.fix.is_empty() && !diagnosis.otherwise.is_empty();
            assert!(whole && !diagnosis.evidence.is_empty(), "{expected}/{file}: {diagnosis:?}");
            let count = text.lines().count();
            assert!(diagnosis.evidence.iter().all(|line| (1..=count).contains(&line.line)), "{expected}/{file}");
        }
    }
}

#[test]
fn no_sample_leaves_its_token_in_the_report() {
    let token = "eyJ2ZXIiOjEsImlzdSI6";
    let mut with_token = 0;
    for (expected, file, text) in samples() {
        with_token += usize::from(text.contains(token));
        let masked = take(&text);
        let report = format!("{:?}{}", examine(&masked.text, &acme()), masked.text);
        assert!(!report.contains(token), "{expected}/{file}");
    }
    assert!(with_token > 10, "{with_token}");
}

#[test]
fn what_can_be_told_without_a_domain_is_told_without_it() {
    let needs_the_domain = ["WrongRegion", "WrongOwner", "WrongDomain", "WrongRepository", "TokenExpired"];
    for (expected, file, text) in
        samples().into_iter().filter(|(cause, _, _)| !needs_the_domain.contains(&cause.as_str()))
    {
        assert_eq!(cause(&examine(&take(&text).text, &Known::default())), expected, "{file}");
    }
}

/// Bytes of a hostile text.
const LONG: usize = 300_000;

/// What goes back and forth over such a text takes minutes; what goes over it once takes a moment.
#[test]
fn no_text_takes_long_and_no_report_is_large() {
    let pieces = [
        "<password>",
        "token=",
        "token=\"",
        "token='''",
        "x://y:z",
        "x://y:z@a.b/",
        "://",
        "eyJaaaaaaaaaaaaaaaa ",
        "<a b='",
        "-----BEGIN PRIVATE KEY-----",
        "<add key=\"",
        "=",
        ":",
        " -p x",
        "//a:token=true",
        "@",
        "\n  token:",
        "Bearer ",
        "aws:",
        "a.b-c_d/",
        "\n ",
        "‹hidden-token›",
        "codeartifact.",
        "https://a-111122223333.d.codeartifact.x.amazonaws.com/npm/b/ ",
        "\nnpm error code E401",
        "<a>",
        "\u{0}\u{1}\u{fffd}",
        "\u{1b}[31m",
        "\nregistry=https://a-111122223333.d.codeartifact.x.amazonaws.com/npm/b/",
        "[",
        "\"\"\"",
        "x",
        "401 ",
        "<settings><server><id>a</id></server>\n",
    ];
    for piece in pieces {
        let long = piece.repeat(LONG / piece.len());
        for text in [" ".repeat(LONG / 3) + &long, long] {
            let began = Instant::now();
            let report = examine(&take(&text).text, &acme());
            // An unoptimised build on a busy machine takes a second or two.
            assert!(began.elapsed() < Duration::from_secs(10), "{piece:?} took {:?}", began.elapsed());
            assert!(format!("{report:?}").len() < 50_000, "{piece:?}");
        }
    }
}
