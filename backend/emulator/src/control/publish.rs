//! PublishPackageVersion.

use serde_json::json;

use super::describe;
use crate::model::{Format, Package, RestrictionType};
use crate::rules::constraint::SHA256;
use crate::rules::publish::{self, Upload};
use crate::rules::{content, find, group};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::Fault;
use crate::wire::member;
use crate::wire::place::{PackageAt, VersionAt};

/// PublishPackageVersion: one asset of a generic package. Package managers publish the other formats.
pub(super) fn publish(call: &Call) -> Answer {
    let at = VersionAt::read(call)?;
    let asset_name = call.required(&member::ASSET)?;
    let unfinished = call.flag("unfinished")?;
    let VersionAt { package: PackageAt { repository, key }, version } = &at;
    if key.format != Format::Generic {
        let format = key.format.as_str();
        return Err(Fault::invalid(format!("PublishPackageVersion takes the format generic only, not {format}")));
    }
    if !publish::is_asset_name(asset_name) {
        return Err(Fault::invalid(format!("Asset name '{asset_name}' has characters that an asset name cannot have")));
    }
    let asset = content::asset(call.body.clone());
    check_hash(call, &asset.hashes.sha256)?;
    let mut state = call.state();
    // Asked for here, too, so that a missing repository is told before the group that would stand in the way.
    find::repository(&state, call.account(), repository)?;
    let controls = group::controls(find::domain(&state, call.account(), &repository.domain)?, key);
    if !controls.allow(RestrictionType::Publish, &repository.name) {
        let message = format!(
            "Publishing is blocked by the origin configuration of package group '{}'",
            controls.pattern.as_str()
        );
        return Err(Fault::AccessDenied { message });
    }
    let first = controls.first_control(publish::first_control());
    let held = find::repository_mut(&mut state, call.account(), repository)?;
    let package =
        held.packages.entry(key.clone()).or_insert_with(|| Package { origin_control: first, ..Package::default() });
    let upload = Upload {
        repository: &repository.name,
        package: &key.name,
        version,
        asset_name,
        asset,
        unfinished,
        now: call.emulator.now(),
        most_assets: publish::most_assets(&call.emulator.options().region),
    };
    publish::add(package, upload)?;
    let published = find::version(&state, call.account(), &at)?;
    let mut told = describe::version_coordinates(key, published);
    told["status"] = json!(published.status.as_str());
    told["asset"] = json!(published.content.assets.get(asset_name).map(|asset| describe::asset(asset_name, asset)));
    json(told)
}

/// The hash is an input of its own: the caller says what the bytes must be.
fn check_hash(call: &Call, sha256: &str) -> Result<(), Fault> {
    let told = call.parts.headers.get("x-amz-content-sha256").and_then(|told| told.to_str().ok());
    let told = member::checked(told.ok_or_else(|| member::missing("assetSHA256"))?, "assetSHA256", &SHA256)?;
    if told != sha256 {
        return Err(Fault::invalid(format!("The asset's SHA-256 is {sha256}, not {told} as the request says")));
    }
    Ok(())
}
