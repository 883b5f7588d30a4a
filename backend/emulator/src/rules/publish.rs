//! `PublishPackageVersion`: generic packages (CodeArtifact user guide, "Publish and consume generic packages").

use std::sync::Arc;
use std::time::SystemTime;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::model::{Asset, Content, Origin, OriginControl, Package, PackageVersion, Status};
use crate::wire::fault::{Fault, ResourceType};

/// Regions where a version may have 350 assets; elsewhere 150 (CodeArtifact quotas).
const LARGE_REGIONS: [&str; 6] = ["us-east-1", "us-east-2", "ap-south-1", "eu-central-1", "eu-west-1", "eu-west-3"];

/// One asset to be added to a version.
#[derive(Debug)]
pub(crate) struct Upload<'a> {
    pub(crate) repository: &'a str,
    pub(crate) package: &'a str,
    pub(crate) version: &'a str,
    pub(crate) asset_name: &'a str,
    pub(crate) asset: Asset,
    /// More assets will follow.
    pub(crate) unfinished: bool,
    pub(crate) now: SystemTime,
    /// Assets that a version may have in this region.
    pub(crate) most_assets: usize,
}

/// Assets that a version may have in `region`.
pub(crate) fn most_assets(region: &str) -> usize {
    if LARGE_REGIONS.contains(&region) { 350 } else { 150 }
}

/// The origin control of a package whose first version is published here: upstreams are shut out from then on.
pub(crate) fn first_control() -> OriginControl {
    OriginControl { publish: true, upstream: false }
}

/// Adds an asset. The same asset again is fine; another one under the same name is not.
/// A version that is not unfinished any more takes no new asset and never becomes unfinished again.
pub(crate) fn add(package: &mut Package, upload: Upload) -> Result<(), Fault> {
    if !package.origin_control.publish {
        let message = format!("Publishing is blocked by the origin configuration of package '{}'", upload.package);
        return Err(Fault::AccessDenied { message });
    }
    let version = package.versions.entry(upload.version.to_owned()).or_insert_with(|| fresh(&upload));
    let taken = match version.content.assets.get(upload.asset_name) {
        Some(held) if held.hashes == upload.asset.hashes => version.status != Status::Disposed,
        Some(_) => false,
        None => version.status == Status::Unfinished,
    };
    if !taken || version.status == Status::Archived {
        let message = format!(
            "Asset '{}' cannot be published: version {} is {} in repository '{}' and has other content",
            upload.asset_name,
            upload.version,
            version.status.as_str(),
            upload.repository
        );
        return Err(Fault::conflict(ResourceType::Asset, upload.asset_name, message));
    }
    if version.content.assets.len() >= upload.most_assets && !version.content.assets.contains_key(upload.asset_name) {
        let message = format!("A package version can have at most {} assets", upload.most_assets);
        return Err(Fault::quota(ResourceType::PackageVersion, upload.version, message));
    }
    let content = Arc::make_mut(&mut version.content);
    content.assets.entry(upload.asset_name.to_owned()).or_insert(upload.asset);
    if version.status == Status::Unfinished && !upload.unfinished {
        version.status = Status::Published;
    }
    Ok(())
}

fn fresh(upload: &Upload) -> PackageVersion {
    PackageVersion {
        version: upload.version.to_owned(),
        status: Status::Unfinished,
        published: upload.now,
        released: None,
        origin: Origin::Internal { repository: upload.repository.to_owned() },
        content: Arc::new(Content::default()),
    }
}

/// Whether a generic package's asset may have this name: letters and digits of any script, some ASCII signs,
/// single spaces inside; not `.` nor `..`.
pub(crate) fn is_asset_name(name: &str) -> bool {
    let spaced = name.starts_with(' ') || name.ends_with(' ') || name.contains("  ");
    !spaced && name != "." && name != ".." && name.chars().all(|c| c == ' ' || is_asset_char(c))
}

fn is_asset_char(c: char) -> bool {
    use GeneralCategory::{
        DecimalNumber, LetterNumber, LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    "~!@^&()-`_+[]{};,.".contains(c)
        || matches!(
            c.general_category(),
            LowercaseLetter
                | ModifierLetter
                | OtherLetter
                | TitlecaseLetter
                | UppercaseLetter
                | LetterNumber
                | DecimalNumber
        )
}
