//! The doctor: what is wrong with a pasted setting of a package manager, or with a failing log of one.
//!
//! [`take`] cleans a text and hides its secrets before anything else looks at it. [`examine`] reads what is left,
//! compares it with the domain where that is known, and names one cause. Where the cause depends on whether the
//! domain has a package, the report holds a [`Question`], and [`answer`] judges what the domain says. Only names of
//! packages are asked for; the text itself goes nowhere.

mod age;
mod answer;
mod cause;
mod clean;
mod compare;
mod endpoint;
mod fix;
mod kind;
pub mod mask;
mod package;
mod phrases;
mod settings;

use crate::names::{AccountId, DomainName, RepositoryName};
use crate::package::PackageKey;
use crate::repository::Repository;

pub use answer::{Held, answer};
pub use cause::Cause;
pub use clean::{MOST_TEXT, take};
pub use endpoint::{Endpoint, Login};
pub use kind::{Client, Kind};

/// What is known of the domain that the text is compared with. All of it may be unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// The domain.
    pub domain: Option<DomainName>,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Where it is, such as `eu-west-1`.
    pub region: Option<String>,
    /// Its repositories.
    pub repositories: Option<Vec<Repository>>,
    /// Another address of CodeArtifact than AWS's, such as that of the embedded one.
    pub endpoint_url: Option<String>,
    /// What to add to an `aws` command.
    pub options: Vec<String>,
    /// The time, epoch seconds.
    pub now: Option<f64>,
}

/// A line of the text that speaks for a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its number, from 1.
    pub line: usize,
    /// What stands there, secrets hidden, at most [`Evidence::LONGEST`] characters.
    pub text: String,
}

impl Evidence {
    /// How many characters of a line are shown.
    pub const LONGEST: usize = 300;
}

/// A cause, why it is believed, and what mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What is wrong.
    pub cause: Cause,
    /// Why it is believed, in words.
    pub because: String,
    /// The lines that say so.
    pub evidence: Vec<Evidence>,
    /// What to do, step by step.
    pub fix: Vec<String>,
    /// Commands for it, to be run in a shell.
    pub commands: Vec<String>,
    /// What to look at when that was not it.
    pub otherwise: String,
}

/// What only the domain can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The repository that was asked.
    pub repository: RepositoryName,
    /// The package that it was asked for.
    pub package: PackageKey,
    /// The version, where the text named one.
    pub version: Option<String>,
}

/// What was understood of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What the text is.
    pub kind: Kind,
    /// What it says, in sentences.
    pub understood: Vec<String>,
    /// The one cause; none where nothing wrong was seen.
    pub cause: Option<Diagnosis>,
    /// What else was seen, most telling first.
    pub also: Vec<Diagnosis>,
    /// What to ask the domain, where the cause depends on it.
    pub question: Option<Question>,
}

impl Report {
    /// Nothing of it was understood: neither what it is, nor what it speaks of, nor what is wrong. That nothing wrong was
    /// seen then means nothing.
    pub fn is_empty(&self) -> bool {
        self.kind == Kind::Log(kind::Client::Unknown) && self.understood.len() == 1 && self.cause.is_none()
    }
}

/// A text as it is read.
struct Paste<'a> {
    lines: Vec<&'a str>,
    /// The lines in small letters.
    lower: Vec<String>,
    kind: Kind,
    endpoints: Vec<Endpoint>,
}

/// A sign of a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    cause: Cause,
    because: String,
    lines: Vec<usize>,
}

impl Finding {
    fn new(cause: Cause, line: usize, because: impl Into<String>) -> Self {
        Self { cause, because: because.into(), lines: vec![line] }
    }
}

/// How many lines speak for one cause.
const MOST_EVIDENCE: usize = 3;

impl<'a> Paste<'a> {
    fn read(text: &'a str) -> Self {
        let lines: Vec<&str> = text.lines().map(endpoint::shortened).collect();
        let lower: Vec<String> = lines.iter().map(|line| line.to_lowercase()).collect();
        let kind = kind::recognise(lower.iter().map(String::as_str));
        let endpoints = endpoint::endpoints(lines.iter().enumerate().map(|(index, line)| (index + 1, *line)));
        Self { lines, lower, kind, endpoints }
    }

    fn is_log(&self) -> bool {
        matches!(self.kind, Kind::Log(_))
    }

    fn evidence(&self, numbers: &[usize]) -> Vec<Evidence> {
        let shown = numbers.iter().take(MOST_EVIDENCE);
        shown
            .filter_map(|line| {
                let text = self.lines.get(line - 1)?.trim();
                Some(Evidence { line: *line, text: text.chars().take(Evidence::LONGEST).collect() })
            })
            .collect()
    }
}

/// Reads a text that [`take`] has been through, and names what is wrong.
pub fn examine(masked: &str, known: &Known) -> Report {
    let paste = Paste::read(masked);
    let mut findings = compare::findings(&paste, known);
    findings.extend(settings::findings(&paste));
    findings.extend(log_findings(&paste));
    findings.extend(expired(&paste, known));
    let mut findings = merge(findings);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.cause.weight()));
    let question = findings.first().and_then(|first| question(&paste, known, first));
    let mut told = findings.iter().map(|finding| diagnosis(&paste, known, finding));
    let cause = told.next();
    let also = told.collect();
    Report { kind: paste.kind, understood: understood(&paste), cause, also, question }
}

fn diagnosis(paste: &Paste<'_>, known: &Known, finding: &Finding) -> Diagnosis {
    let fix = fix::fix(paste, known, finding);
    Diagnosis {
        cause: finding.cause,
        because: finding.because.clone(),
        evidence: paste.evidence(&finding.lines),
        fix: fix.steps,
        commands: fix.commands,
        otherwise: fix.otherwise,
    }
}

/// One finding a cause; the first words stay.
fn merge(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    for finding in findings {
        match merged.iter_mut().find(|known| known.cause == finding.cause) {
            Some(known) => known.lines.extend(finding.lines),
            None => merged.push(finding),
        }
    }
    for finding in &mut merged {
        finding.lines.sort_unstable();
        finding.lines.dedup();
    }
    merged
}

/// Hosts of public registries.
const PUBLIC_HOSTS: [&str; 9] = [
    "registry.npmjs.org",
    "registry.yarnpkg.com",
    "pypi.org",
    "repo.maven.apache.org",
    "repo1.maven.org",
    "api.nuget.org",
    "index.crates.io",
    "upload.pypi.org",
    "rubygems.org",
];

/// What the lines of a log say.
fn log_findings(paste: &Paste<'_>) -> Vec<Finding> {
    if !paste.is_log() {
        return Vec::new();
    }
    let said = paste.lower.iter().enumerate().filter_map(|(index, line)| Some((index, line, phrases::cause_of(line)?)));
    let findings = said.map(|(index, line, cause)| {
        let depends =
            matches!(cause, Cause::TokenExpired | Cause::Forbidden | Cause::NotFound | Cause::VersionNotFound);
        let public = PUBLIC_HOSTS.iter().find(|host| line.contains(**host)).filter(|_| !line.contains("codeartifact"));
        match public.filter(|_| depends) {
            Some(host) => {
                let because = format!("The line that failed names {host}, not CodeArtifact.");
                Finding::new(Cause::PublicRegistry, index + 1, because)
            }
            None => Finding::new(cause, index + 1, fix::because(cause)),
        }
    });
    findings.collect()
}

/// The text itself tells when a token ended.
fn expired(paste: &Paste<'_>, known: &Known) -> Option<Finding> {
    let now = known.now?;
    paste.lines.iter().enumerate().find_map(|(index, line)| {
        let expiry = age::expiry(line)?;
        let because = format!("The text says that the token was good until {}.", expiry.spelled);
        (expiry.at < now).then(|| Finding::new(Cause::TokenExpired, index + 1, because))
    })
}

/// What to ask the domain: whether it has the package that was not given.
fn question(paste: &Paste<'_>, known: &Known, finding: &Finding) -> Option<Question> {
    let asks = [Cause::NotFound, Cause::VersionNotFound, Cause::Forbidden, Cause::OriginBlocked];
    if !asks.contains(&finding.cause) {
        return None;
    }
    let repositories = known.repositories.as_ref()?;
    let repository = paste.endpoints.iter().find_map(|endpoint| {
        let name = endpoint.repository.as_ref()?;
        repositories.iter().find(|repository| repository.name.as_str() == name)
    })?;
    let wanted = package::wanted(paste, &finding.lines)?;
    Some(Question { repository: repository.name.clone(), package: wanted.package, version: wanted.version })
}

/// How many addresses are told.
const MOST_TOLD: usize = 3;

fn understood(paste: &Paste<'_>) -> Vec<String> {
    let mut told = vec![format!("This looks like {}.", paste.kind.title())];
    let mut seen = Vec::new();
    for endpoint in paste.endpoints.iter().filter(|endpoint| !endpoint.domain.is_empty()) {
        let place = endpoint.repository.as_ref().map(|name| format!("repository {name} of ")).unwrap_or_default();
        let format = endpoint.format.as_ref().map(|format| format!(", for {format}")).unwrap_or_default();
        let region = endpoint.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
        let owner = endpoint.owner.as_ref().map(|owner| format!(" of account {owner}")).unwrap_or_default();
        let sentence = format!("It names {place}the domain {}{owner}{region}{format}.", endpoint.domain);
        if !seen.contains(&sentence) {
            seen.push(sentence);
        }
    }
    told.extend(seen.into_iter().take(MOST_TOLD));
    told.extend(
        settings::variable(paste).map(|name| {
            format!("It takes the token from the variable {name}: that has to be set where the client runs.")
        }),
    );
    told
}
