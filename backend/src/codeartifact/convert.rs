//! The SDK's types to and from ours. Exhaustive where we speak; where AWS speaks, a value that this program does not
//! know hides one row and is logged, and the rest of the list stays.

use aws_sdk_codeartifact::primitives::DateTime;
use aws_sdk_codeartifact::types as sdk;
use shared::format::PackageFormat;
use shared::names::{AccountId, NameError};
use shared::package::OriginControl;
use shared::tag::Tag;
use shared::version::{Origin, PackageVersionStatus, VersionSummary};

use crate::error::{Error, Result};

/// A format, for AWS.
pub fn format_to_sdk(format: PackageFormat) -> sdk::PackageFormat {
    match format {
        PackageFormat::Npm => sdk::PackageFormat::Npm,
        PackageFormat::Pypi => sdk::PackageFormat::Pypi,
        PackageFormat::Maven => sdk::PackageFormat::Maven,
        PackageFormat::Nuget => sdk::PackageFormat::Nuget,
        PackageFormat::Generic => sdk::PackageFormat::Generic,
        PackageFormat::Ruby => sdk::PackageFormat::Ruby,
        PackageFormat::Swift => sdk::PackageFormat::Swift,
        PackageFormat::Cargo => sdk::PackageFormat::Cargo,
    }
}

/// A format, from AWS; none for one that this program does not know.
pub fn format_from_sdk(format: &sdk::PackageFormat) -> Option<PackageFormat> {
    known(format.as_str().parse(), "format", format.as_str())
}

/// A status, for AWS.
pub fn status_to_sdk(status: PackageVersionStatus) -> sdk::PackageVersionStatus {
    match status {
        PackageVersionStatus::Published => sdk::PackageVersionStatus::Published,
        PackageVersionStatus::Unfinished => sdk::PackageVersionStatus::Unfinished,
        PackageVersionStatus::Unlisted => sdk::PackageVersionStatus::Unlisted,
        PackageVersionStatus::Archived => sdk::PackageVersionStatus::Archived,
        PackageVersionStatus::Disposed => sdk::PackageVersionStatus::Disposed,
    }
}

/// A status, from AWS; none for one that this program does not know.
pub fn status_from_sdk(status: &sdk::PackageVersionStatus) -> Option<PackageVersionStatus> {
    known(status.as_str().parse(), "status", status.as_str())
}

/// Epoch seconds.
pub fn seconds(time: Option<&DateTime>) -> Option<f64> {
    time.map(DateTime::as_secs_f64)
}

/// An account; none for a text that is no account number.
pub fn account(text: Option<&str>) -> Option<AccountId> {
    let text = text?;
    known(text.parse(), "account", text)
}

/// Tags, for AWS; none where there are none, because an empty list is refused in places.
pub fn tags(tags: &[Tag]) -> Result<Option<Vec<sdk::Tag>>> {
    let built = tags.iter().map(|tag| sdk::Tag::builder().key(tag.key.as_str()).value(tag.value.as_str()).build());
    let built = built.collect::<std::result::Result<Vec<_>, _>>().map_err(Error::unexpected)?;
    Ok(Some(built).filter(|tags| !tags.is_empty()))
}

/// Where a version came from.
pub fn origin(origin: Option<&sdk::PackageVersionOrigin>) -> Origin {
    let Some(origin) = origin else { return Origin::Unknown };
    let entry = origin.domain_entry_point();
    match origin.origin_type() {
        Some(sdk::PackageVersionOriginType::Internal) => {
            Origin::Internal(entry.and_then(|entry| entry.repository_name()).and_then(|name| name.parse().ok()))
        }
        Some(sdk::PackageVersionOriginType::External) => {
            Origin::External(entry.and_then(|entry| entry.external_connection_name()).map(str::to_owned))
        }
        _ => Origin::Unknown,
    }
}

/// Origin control; none where AWS does not tell both halves.
pub fn origin_control(configuration: Option<&sdk::PackageOriginConfiguration>) -> Option<OriginControl> {
    let restrictions = configuration?.restrictions()?;
    Some(OriginControl {
        publish: *restrictions.publish() == sdk::AllowPublish::Allow,
        upstream: *restrictions.upstream() == sdk::AllowUpstream::Allow,
    })
}

/// A version of a list; none when its name breaks AWS's own rule.
pub fn version(summary: &sdk::PackageVersionSummary) -> Option<VersionSummary> {
    Some(VersionSummary {
        version: known(summary.version().parse(), "version", summary.version())?,
        revision: summary.revision().and_then(|revision| known(revision.parse(), "revision", revision)),
        status: status_from_sdk(summary.status()),
        origin: origin(summary.origin()),
    })
}

/// What parsed; what did not is logged and hidden.
pub fn known<T>(parsed: std::result::Result<T, NameError>, what: &'static str, text: &str) -> Option<T> {
    if let Err(error) = &parsed {
        tracing::warn!(what, ?text, %error, "AWS told something that this program does not know");
    }
    parsed.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_and_status_comes_back_as_it_went() {
        for format in PackageFormat::ALL {
            assert_eq!(format_from_sdk(&format_to_sdk(format)), Some(format));
        }
        for status in PackageVersionStatus::ALL {
            assert_eq!(status_from_sdk(&status_to_sdk(status)), Some(status));
        }
    }

    #[test]
    fn what_this_program_does_not_know_is_none() {
        assert_eq!(format_from_sdk(&sdk::PackageFormat::from("conda")), None);
        assert_eq!(status_from_sdk(&sdk::PackageVersionStatus::Deleted), None);
        assert_eq!(account(Some("not a number")), None);
    }
}
