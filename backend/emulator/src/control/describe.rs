//! How the nouns are told: the structures of the service model as JSON.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Options;
use crate::model::{
    Asset, Content, Dependency, Domain, Metadata, Origin, OriginControl, PackageGroup, PackageKey, PackageVersion,
    Policy, Repository, RestrictionType, Status,
};
use crate::rules::group::{self, Pattern};
use crate::rules::{arn, content, upstreams};

/// A timestamp on the wire: seconds since 1970, with fractions.
pub(super) fn time(time: SystemTime) -> Value {
    let millis = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    // Exact: a count of milliseconds has fewer digits than a double holds until the year 287396.
    json!(millis as f64 / 1000.0)
}

/// `DomainSummary`; [`domain`] adds to it.
pub(super) fn domain_summary(options: &Options, domain: &Domain) -> Value {
    json!({
        "name": domain.name,
        "owner": options.account,
        "arn": arn::domain(options, &domain.name),
        "status": "Active",
        "createdTime": time(domain.created),
        "encryptionKey": domain.encryption_key,
    })
}

/// `DomainDescription`. An asset counts once, however many repositories hold it; those of disposed versions are gone.
pub(super) fn domain(options: &Options, domain: &Domain) -> Value {
    let mut told = domain_summary(options, domain);
    let versions = domain.repositories.values().flat_map(|repository| repository.packages.values());
    let versions = versions.flat_map(|package| package.versions.values());
    let kept = versions.filter(|version| version.status != Status::Disposed);
    let assets = kept.flat_map(|version| version.content.assets.values());
    let sizes: BTreeMap<&str, usize> = assets.map(|asset| (asset.hashes.sha256.as_str(), asset.bytes.len())).collect();
    told["repositoryCount"] = json!(domain.repositories.len());
    told["assetSizeBytes"] = json!(sizes.values().sum::<usize>());
    told["s3BucketArn"] = json!(format!("arn:aws:s3:::assets-{}-{}", options.account, options.region));
    told
}

/// `RepositorySummary`; [`repository`] adds to it.
pub(super) fn repository_summary(options: &Options, domain: &str, repository: &Repository) -> Value {
    let mut told = json!({
        "name": repository.name,
        "administratorAccount": options.account,
        "domainName": domain,
        "domainOwner": options.account,
        "arn": arn::repository(options, domain, &repository.name),
    });
    if let Some(description) = &repository.description {
        told["description"] = json!(description);
    }
    told["createdTime"] = time(repository.created);
    told
}

/// `RepositoryDescription`. The lists are there even when they are empty.
pub(super) fn repository(options: &Options, domain: &str, repository: &Repository) -> Value {
    let mut told = repository_summary(options, domain, repository);
    told["upstreams"] = repository.upstreams.iter().map(|name| json!({ "repositoryName": name })).collect();
    told["externalConnections"] = repository.external_connection.iter().map(|name| connection(name)).collect();
    told
}

/// The model says `Available`; the service has been seen to answer `AVAILABLE`, and so do we.
fn connection(name: &str) -> Value {
    json!({
        "externalConnectionName": name,
        "packageFormat": upstreams::format_of(name).map(|format| format.as_str()),
        "status": "AVAILABLE",
    })
}

/// `ResourcePolicy`
pub(super) fn policy(resource_arn: &str, policy: &Policy) -> Value {
    json!({ "resourceArn": resource_arn, "revision": policy.revision, "document": policy.document })
}

/// `PackageOriginConfiguration`
pub(super) fn origin_configuration(control: OriginControl) -> Value {
    let word = |allowed: bool| if allowed { "ALLOW" } else { "BLOCK" };
    json!({ "restrictions": { "publish": word(control.publish), "upstream": word(control.upstream) } })
}

/// `PackageGroupDescription`, which has the members of `PackageGroupSummary`.
pub(super) fn package_group(options: &Options, domain: &Domain, pattern: &Pattern, group: &PackageGroup) -> Value {
    let reference = |pattern: &Pattern| json!({ "arn": arn::package_group(options, &domain.name, pattern.as_str()), "pattern": pattern.as_str() });
    let restrictions = RestrictionType::ALL.map(|kind| {
        let effective = group::effective(&domain.package_groups, pattern, kind);
        let own = group.restrictions.get(&kind);
        let mut told = json!({
            "mode": own.map(|restriction| restriction.mode.as_str()),
            "effectiveMode": effective.mode.as_str(),
            "repositoriesCount": own.map_or(0, |restriction| restriction.repositories.len()),
        });
        if let Some(from) = effective.inherited_from {
            told["inheritedFrom"] = reference(from);
        }
        (kind.as_str().to_owned(), told)
    });
    let mut told = reference(pattern);
    told["domainName"] = json!(domain.name);
    told["domainOwner"] = json!(options.account);
    told["createdTime"] = time(group.created);
    told["originConfiguration"] = json!({ "restrictions": Value::Object(restrictions.into_iter().collect()) });
    if let Some(contact) = &group.contact_info {
        told["contactInfo"] = json!(contact);
    }
    if let Some(description) = &group.description {
        told["description"] = json!(description);
    }
    if let Some((parent, _)) = group::parent(&domain.package_groups, pattern) {
        told["parent"] = reference(parent);
    }
    told
}

/// `PackageSummary`
pub(super) fn package_summary(key: &PackageKey, control: OriginControl) -> Value {
    let mut told = coordinates(key);
    told["originConfiguration"] = origin_configuration(control);
    told
}

/// Format, namespace and name of a package, as most answers begin.
pub(super) fn coordinates(key: &PackageKey) -> Value {
    json!({ "format": key.format.as_str(), "namespace": key.namespace, "package": key.name })
}

/// The same with version and revision.
pub(super) fn version_coordinates(key: &PackageKey, version: &PackageVersion) -> Value {
    let mut told = coordinates(key);
    told["version"] = json!(version.version);
    told["versionRevision"] = json!(content::revision(&version.content));
    told
}

/// `PackageVersionSummary`
pub(super) fn version_summary(version: &PackageVersion) -> Value {
    json!({
        "version": version.version,
        "revision": content::revision(&version.content),
        "status": version.status.as_str(),
        "origin": origin(&version.origin),
    })
}

/// `PackageVersionDescription`
pub(super) fn version(key: &PackageKey, version: &PackageVersion) -> Value {
    let Content { metadata, .. } = version.content.as_ref();
    let licenses = metadata.licenses.iter().map(|(name, url)| json!({ "name": name, "url": url }));
    json!({
        "format": key.format.as_str(),
        "namespace": key.namespace,
        "packageName": key.name,
        "displayName": display_name(key, metadata),
        "version": version.version,
        "summary": metadata.summary,
        "homePage": metadata.home_page,
        "sourceCodeRepository": metadata.source_code_repository,
        "publishedTime": time(version.published),
        "licenses": licenses.collect::<Vec<_>>(),
        "revision": content::revision(&version.content),
        "status": version.status.as_str(),
        "origin": origin(&version.origin),
    })
}

/// `AssetSummary`
pub(super) fn asset(name: &str, asset: &Asset) -> Value {
    let hashes = &asset.hashes;
    json!({
        "name": name,
        "size": asset.bytes.len(),
        "hashes": {
            "MD5": hashes.md5, "SHA-1": hashes.sha1, "SHA-256": hashes.sha256, "SHA-512": hashes.sha512,
        },
    })
}

/// `PackageDependency`
pub(super) fn dependency(dependency: &Dependency) -> Value {
    json!({
        "namespace": dependency.namespace,
        "package": dependency.package,
        "dependencyType": dependency.kind,
        "versionRequirement": dependency.requirement,
    })
}

/// `SuccessfulPackageVersionInfo`
pub(super) fn success(version: &PackageVersion, status: Option<Status>) -> Value {
    let status = status.map_or("Deleted", Status::as_str);
    json!({ "revision": content::revision(&version.content), "status": status })
}

fn display_name(key: &PackageKey, metadata: &Metadata) -> String {
    metadata.display_name.clone().unwrap_or_else(|| key.name.clone())
}

/// `PackageVersionOrigin`
fn origin(origin: &Origin) -> Value {
    match origin {
        Origin::Internal { repository } => {
            json!({ "domainEntryPoint": { "repositoryName": repository }, "originType": "INTERNAL" })
        }
        Origin::External { connection } => {
            json!({ "domainEntryPoint": { "externalConnectionName": connection }, "originType": "EXTERNAL" })
        }
        Origin::Unknown => json!({ "originType": "UNKNOWN" }),
    }
}
