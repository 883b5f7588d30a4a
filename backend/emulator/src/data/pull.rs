//! What npm and PyPI share in pulling versions through.

use super::Call;
use crate::model::{Origin, PackageKey, PackageVersion};
use crate::rules::resolve::Stop;
use crate::rules::retention;

/// The external connections that are searched before the stop at `before`: each is asked after the repository that has it.
pub(super) fn connections(stops: &[Stop], before: usize) -> impl Iterator<Item = (usize, &str)> {
    stops.iter().take(before).enumerate().filter_map(|(place, stop)| Some((place, stop.connection.as_deref()?)))
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
    let control = retention::first_control(matches!(version.origin, Origin::External { .. }));
    for repository in retention::keepers(stops, found, from_outside) {
        retention::keep(domain, &repository, key, version, control);
    }
}
