//! The words of a comparison.

use shared::comparison::{Obstacle, PackageKind, VersionKind};

use crate::ui::Tone;

/// What a kind of package is called, and how much it stands out.
pub fn of_package(kind: PackageKind) -> (&'static str, Tone) {
    match kind {
        PackageKind::OnlyLeft => ("only left", Tone::Info),
        PackageKind::LeftNewer => ("left is newer", Tone::Info),
        PackageKind::RightNewer => ("right is newer", Tone::Warn),
        PackageKind::OnlyRight => ("only right", Tone::Warn),
        PackageKind::Differs => ("other revision", Tone::Danger),
        PackageKind::Gaps => ("older ones differ", Tone::Plain),
        PackageKind::Same => ("same", Tone::Ok),
        PackageKind::Unread => ("not readable", Tone::Danger),
    }
}

/// The kind in a sentence, for who wonders.
pub fn explained(kind: PackageKind) -> &'static str {
    match kind {
        PackageKind::OnlyLeft => "Only the left repository holds versions of it.",
        PackageKind::LeftNewer => "The newest published version on the left is newer than the one on the right.",
        PackageKind::RightNewer => "The newest published version on the right is newer than the one on the left.",
        PackageKind::OnlyRight => "Only the right repository holds versions of it.",
        PackageKind::Differs => {
            "At least one version that both hold is not of the same revision: its content may differ."
        }
        PackageKind::Gaps => "The newest version is the same; older ones are held by one side only.",
        PackageKind::Same => "The same versions with the same content.",
        PackageKind::Unread => "A side could not be read.",
    }
}

/// What a kind of version is called, and how much it stands out.
pub fn of_version(kind: VersionKind) -> (&'static str, Tone) {
    match kind {
        VersionKind::OnlyLeft => ("only left", Tone::Info),
        VersionKind::OnlyRight => ("only right", Tone::Warn),
        VersionKind::Same => ("same", Tone::Ok),
        VersionKind::Differs => ("other revision", Tone::Danger),
    }
}

/// Why a version cannot be chosen for a promotion from left to right.
pub fn obstacle(obstacle: Obstacle) -> String {
    match obstacle {
        Obstacle::NotLeft => "It is not on the left. Swap the sides to promote it the other way.".to_owned(),
        Obstacle::Same => "The right side has it already, with the same content.".to_owned(),
        Obstacle::Differs => {
            "The right side has this version already. Its content is never overwritten: publish a new version."
                .to_owned()
        }
        Obstacle::Status(Some(status)) => {
            format!("It is {} on the left. Only Published and Unlisted versions are promoted.", status.as_str())
        }
        Obstacle::Status(None) => "Its status on the left is not known to this program.".to_owned(),
    }
}
