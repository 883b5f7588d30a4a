//! What mends each cause: steps in words, commands for a shell, and where to look next.

mod words;

use super::cause::Cause::{self, *};
use super::endpoint::Endpoint;
use super::kind::Kind;
use super::{Finding, Known, Paste};
use crate::command::access;
use crate::format::PackageFormat;
use crate::names::{AccountId, DomainName, RepositoryName};

pub(super) use words::because;

/// What mends a cause.
pub(super) struct Fix {
    pub(super) steps: Vec<String>,
    pub(super) commands: Vec<String>,
    pub(super) otherwise: String,
}

/// The place that a fix is about: what is known of the domain, else what the text says.
pub(super) struct Target {
    domain: Option<DomainName>,
    owner: Option<AccountId>,
    repository: Option<RepositoryName>,
    format: Option<PackageFormat>,
    region: Option<String>,
    endpoint_url: Option<String>,
    options: Vec<String>,
    kind: Kind,
}

pub(super) fn fix(paste: &Paste<'_>, known: &Known, finding: &Finding) -> Fix {
    let target = Target::of(paste, known, finding);
    let (steps, otherwise) = words::words(finding.cause, &target);
    Fix { steps, commands: target.commands(finding.cause), otherwise }
}

impl Target {
    fn of(paste: &Paste<'_>, known: &Known, finding: &Finding) -> Self {
        let of_line = |line: &usize| paste.endpoints.iter().find(|endpoint| endpoint.line == *line && !endpoint.api);
        let endpoint = finding.lines.iter().find_map(of_line).or_else(|| paste.endpoints.iter().find(|one| !one.api));
        let said = |part: fn(&Endpoint) -> Option<&str>| endpoint.and_then(part);
        let region = known.region.clone().or_else(|| said(|one| one.region.as_deref()).map(str::to_owned));
        let mut options = known.options.clone();
        if let (true, None, Some(region)) = (options.is_empty(), &known.domain, &region) {
            options.extend(["--region".to_owned(), region.clone()]);
        }
        Self {
            domain: known.domain.clone().or_else(|| said(|one| Some(&one.domain))?.parse().ok()),
            owner: known.owner.clone().or_else(|| said(|one| one.owner.as_deref())?.parse().ok()),
            repository: repository(known, endpoint),
            format: paste.kind.format().or_else(|| said(|one| one.format.as_deref())?.parse().ok()),
            region,
            endpoint_url: known.endpoint_url.clone(),
            options,
            kind: paste.kind,
        }
    }

    /// The right address of the repository, where enough is known.
    fn address(&self) -> Option<String> {
        let (domain, owner) = (self.domain.as_ref()?, self.owner.as_ref()?);
        let (format, repository) = (self.format?, self.repository.as_ref()?);
        Some(match (&self.endpoint_url, &self.region) {
            (Some(url), _) => format!("{}/{format}/d/{domain}-{owner}/{repository}/", url.trim_end_matches('/')),
            (None, region) => {
                let region = region.as_ref()?;
                format!("https://{domain}-{owner}.d.codeartifact.{region}.amazonaws.com/{format}/{repository}/")
            }
        })
    }

    /// What configures the client anew, token included; else a new token in a variable.
    fn renew(&self) -> Vec<String> {
        let Some(domain) = &self.domain else { return Vec::new() };
        match (self.kind.login_tool(), &self.repository) {
            (Some(tool), Some(name)) => vec![access::login(tool, domain, self.owner.as_ref(), name, &self.options)],
            _ => vec![access::export_token(domain, self.owner.as_ref(), &self.options)],
        }
    }

    fn endpoint(&self) -> Vec<String> {
        let (Some(domain), Some(repository), Some(format)) = (&self.domain, &self.repository, self.format) else {
            return Vec::new();
        };
        vec![access::get_repository_endpoint(domain, self.owner.as_ref(), repository, format, &self.options)]
    }

    fn commands(&self, cause: Cause) -> Vec<String> {
        match cause {
            TokenMissing | TokenMisplaced | TokenForeign | TokenExpired | PublicRegistry => self.renew(),
            VariableUnset => {
                let domain = self.domain.iter();
                domain.map(|domain| access::export_token(domain, self.owner.as_ref(), &self.options)).collect()
            }
            ApiAddress | WrongRegion | WrongOwner | WrongDomain | WrongFormat => {
                let mut commands = self.endpoint();
                if self.kind.login_tool().is_some() {
                    commands.extend(self.renew());
                }
                commands
            }
            MissingSimple | SurplusSimple | MissingIndexJson | MissingSparse | MissingSlash => self.endpoint(),
            WrongRepository => {
                let domain = self.domain.iter();
                let list = |domain| access::list_repositories_in_domain(domain, self.owner.as_ref(), &self.options);
                domain.map(list).collect()
            }
            CredentialsExpired | CredentialsMissing | PolicyDenied | BearerDenied | Forbidden => {
                vec![access::get_caller_identity(&self.options)]
            }
            HostUnknown => [access::list_domains(&self.options)].into_iter().chain(self.endpoint()).collect(),
            ClockSkew | VersionExists | OriginBlocked | SkipExisting | AlwaysAuthRefused | ToolMissing | Proxy
            | Tls | AlwaysAuthMissing | RedirectRefused | Throttled | Quota | UpstreamUnreachable | NotFound
            | VersionNotFound | Unreachable => Vec::new(),
        }
    }
}

/// The repository that a fix speaks of: the one that is named; where there is no such one, the one nearest to it.
fn repository(known: &Known, endpoint: Option<&Endpoint>) -> Option<RepositoryName> {
    let said = endpoint?.repository.as_deref()?;
    let Some(repositories) = &known.repositories else { return said.parse().ok() };
    let names = repositories.iter().map(|repository| &repository.name);
    names.min_by_key(|name| super::compare::distance(said, name.as_str())).cloned()
}
