//! The status of a package version.

use leptos::prelude::*;
use shared::version::PackageVersionStatus;

use crate::ui::{Chip, Tone};

/// Status as a chip: colour, icon and word.
#[component]
pub fn StatusChip(
    /// None where this program does not know it.
    status: Option<PackageVersionStatus>,
    /// Stands before the word, such as a number.
    #[prop(optional, into)]
    before: String,
) -> impl IntoView {
    let (tone, word, meaning) = match status {
        Some(PackageVersionStatus::Published) => (Tone::Ok, "published", "Offered to package managers."),
        Some(PackageVersionStatus::Unfinished) => (Tone::Warn, "unfinished", "Still being uploaded: not offered yet."),
        Some(PackageVersionStatus::Unlisted) => {
            (Tone::Plain, "unlisted", "Not offered, but downloadable by who asks for it.")
        }
        Some(PackageVersionStatus::Archived) => {
            (Tone::Warn, "archived", "Neither offered nor downloadable; can be brought back.")
        }
        Some(PackageVersionStatus::Disposed) => (Tone::Danger, "disposed", "Its files are gone for good."),
        None => (Tone::Plain, "unknown", "CodeArtifact tells a status that this program does not know."),
    };
    let text = if before.is_empty() { word.to_owned() } else { format!("{before} {word}") };
    view! { <Chip tone title=meaning.to_owned() text /> }
}
