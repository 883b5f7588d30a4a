//! Where in CodeArtifact a request points: domain, repository, package, version.

use crate::model::{Format, PackageKey};
use crate::wire::call::Call;
use crate::wire::fault::Fault;
use crate::wire::member::{self, Member};

/// A domain as a request names it.
#[derive(Debug, Clone)]
pub(crate) struct DomainAt {
    pub(crate) name: String,
    /// The caller's own account unless the request says otherwise.
    pub(crate) owner: String,
}

/// A repository as a request names it.
#[derive(Debug, Clone)]
pub(crate) struct RepositoryAt {
    pub(crate) domain: DomainAt,
    pub(crate) name: String,
}

/// A package as a request names it.
#[derive(Debug, Clone)]
pub(crate) struct PackageAt {
    pub(crate) repository: RepositoryAt,
    pub(crate) key: PackageKey,
}

/// A package version as a request names it.
#[derive(Debug, Clone)]
pub(crate) struct VersionAt {
    pub(crate) package: PackageAt,
    pub(crate) version: String,
}

impl DomainAt {
    /// `domain` and `domain-owner`.
    pub(crate) fn read(call: &Call) -> Result<Self, Fault> {
        let name = call.required(&member::DOMAIN)?.to_owned();
        let owner = call.optional(&member::DOMAIN_OWNER)?.unwrap_or(call.account()).to_owned();
        Ok(Self { name, owner })
    }
}

impl RepositoryAt {
    /// `domain`, `domain-owner` and `repository`.
    pub(crate) fn read(call: &Call) -> Result<Self, Fault> {
        Self::read_as(call, &member::REPOSITORY)
    }

    /// The same where the repository has another name on the wire.
    pub(crate) fn read_as(call: &Call, member: &Member) -> Result<Self, Fault> {
        Ok(Self { domain: DomainAt::read(call)?, name: call.required(member)?.to_owned() })
    }
}

impl PackageAt {
    /// The repository with `format`, `namespace` and `package`.
    pub(crate) fn read(call: &Call) -> Result<Self, Fault> {
        Ok(Self { repository: RepositoryAt::read(call)?, key: package_key(call)? })
    }
}

impl VersionAt {
    /// The package with `version`.
    pub(crate) fn read(call: &Call) -> Result<Self, Fault> {
        Ok(Self { package: PackageAt::read(call)?, version: call.required(&member::VERSION)?.to_owned() })
    }
}

/// `format`, `namespace` and `package`.
pub(crate) fn package_key(call: &Call) -> Result<PackageKey, Fault> {
    let format = call.format()?;
    let namespace = call.optional(&member::NAMESPACE)?.map(str::to_owned);
    let name = call.required(&member::PACKAGE)?.to_owned();
    check_namespace(format, namespace.as_deref())?;
    Ok(PackageKey { format, namespace, name })
}

/// Maven, Swift and generic packages have a namespace, npm packages may have one, the others have none (service model).
fn check_namespace(format: Format, namespace: Option<&str>) -> Result<(), Fault> {
    match (format, namespace) {
        (Format::Maven | Format::Swift | Format::Generic, None) => {
            Err(Fault::invalid(format!("The namespace is required for packages of the format {}", format.as_str())))
        }
        (Format::Pypi | Format::Nuget | Format::Ruby | Format::Cargo, Some(_)) => {
            Err(Fault::invalid(format!("Packages of the format {} have no namespace", format.as_str())))
        }
        _ => Ok(()),
    }
}
