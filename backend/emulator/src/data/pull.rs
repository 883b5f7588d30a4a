//! What npm and PyPI share in pulling versions through.

use super::Call;
use crate::model::{Origin, PackageKey, PackageVersion};
use crate::rules::resolve::{Stop, held_beyond};
use crate::rules::{group, retention};
use crate::sources::PypiFile;

/// The external connections that are searched before the stop at `before`: each is asked after the repository that has it.
pub(super) fn connections(stops: &[Stop], before: usize) -> impl Iterator<Item = (usize, &str)> {
    stops.iter().take(before).enumerate().filter_map(|(place, stop)| Some((place, stop.connection.as_deref()?)))
}

/// The external connections from which a publication of `version` could be fetched instead: those searched before the first
/// repository behind the requested one that holds it. That one decides, even when it has archived the version.
pub(super) fn rivals<'a>(stops: &'a [Stop], version: &str) -> impl Iterator<Item = &'a str> {
    let before = held_beyond(stops, version).map_or(stops.len(), |(place, _)| place);
    connections(stops, before).map(|(_, connection)| connection)
}

/// Keeps a version that was found at `stops[found]` (`from_outside`: at its external connection) where the rules say.
pub(super) fn keep(
    call: &Call,
    key: &PackageKey,
    stops: &[Stop],
    found: usize,
    from_outside: bool,
    version: &PackageVersion,
) {
    let mut state = call.emulator.state();
    let Some(domain) = state.domains.get_mut(&call.place.domain) else { return };
    let usual = retention::first_control(matches!(version.origin, Origin::External { .. }));
    let control = group::controls(domain, key).first_control(usual);
    for repository in retention::keepers(stops, found, from_outside) {
        retention::keep(domain, &repository, key, version, control);
    }
}

/// Takes over from the external connection of `stops[found]` which of its files are yanked, where the version is kept.
pub(super) fn mirror_yanked<'a>(
    call: &Call,
    key: &PackageKey,
    stops: &[Stop],
    found: usize,
    offered: impl IntoIterator<Item = (&'a str, &'a PypiFile)>,
) {
    let keepers = retention::keepers(stops, found, true);
    let mut state = call.emulator.state();
    let Some(domain) = state.domains.get_mut(&call.place.domain) else { return };
    for (version, file) in offered {
        for repository in &keepers {
            retention::mirror_yanked(domain, repository, key, version, &file.name, file.yanked.as_deref());
        }
    }
}
