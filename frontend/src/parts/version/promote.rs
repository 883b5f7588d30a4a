//! Choosing a version for a promotion.

use leptos::prelude::*;
use shared::names::RepositoryName;
use shared::promotion::VersionChoice;
use shared::version::PackageVersionStatus;

use crate::navigation::Navigation;
use crate::parts::{DomainData, Tray, block_refusal};
use crate::place::{Place, PromotePlace};
use crate::ui::{Button, ButtonKind};

/// Why a version in this status cannot be promoted; none if it can.
pub fn promotable(status: Option<PackageVersionStatus>) -> Result<(), String> {
    match status {
        Some(PackageVersionStatus::Published | PackageVersionStatus::Unlisted) | None => Ok(()),
        Some(PackageVersionStatus::Unfinished) => {
            Err("It is still being uploaded. It can be promoted once it is published.".to_owned())
        }
        Some(PackageVersionStatus::Archived) => {
            Err("It is archived, and its files cannot be read. Set it back to Published first.".to_owned())
        }
        Some(PackageVersionStatus::Disposed) => Err("Its files are gone for good.".to_owned()),
    }
}

/// Puts the version into the tray, or takes it out.
#[component]
pub fn ChooseButton(
    from: RepositoryName,
    choice: VersionChoice,
    status: Option<PackageVersionStatus>,
) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let (from, choice, blocked) = (StoredValue::new(from), StoredValue::new(choice), block_refusal());
    let held = Memo::new(move |_| tray.holds(&from.read_value(), &choice.read_value()));
    let refusal = Signal::derive(move || {
        let blocked = || blocked(&choice.read_value());
        let any = || promotable(status).err().or_else(blocked).or_else(|| tray.refusal(&from.read_value()));
        if held.get() { None } else { any() }
    });
    let press = move || {
        if held.get_untracked() {
            tray.take(&choice.read_value())
        } else {
            tray.put(&from.read_value(), choice.get_value())
        }
    };
    view! {
        <Button disabled_reason=refusal on_click=press>
            {move || if held.get() { "Take out of the tray" } else { "Add to the tray" }}
        </Button>
    }
}

/// Puts the version into the tray and opens the promotion.
#[component]
pub fn PromoteButton(
    from: RepositoryName,
    choice: VersionChoice,
    status: Option<PackageVersionStatus>,
    /// It stands beside many others of its kind.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let (tray, data, navigation) =
        (expect_context::<Tray>(), expect_context::<DomainData>(), expect_context::<Navigation>());
    let label = format!("Promote {} {} from {from}", choice.package.full_name(), choice.version);
    let (from, choice, blocked) = (StoredValue::new(from), StoredValue::new(choice), block_refusal());
    let refusal = Signal::derive(move || {
        let held = tray.holds(&from.read_value(), &choice.read_value());
        let blocked = || blocked(&choice.read_value());
        let tray = || if held { None } else { tray.refusal(&from.read_value()) };
        promotable(status).err().or_else(blocked).or_else(tray)
    });
    let press = move || {
        tray.put(&from.read_value(), choice.get_value());
        navigation.go(&Place::Promote(PromotePlace { domain: data.path(), to: None }));
    };
    let kind = if small { ButtonKind::Small } else { ButtonKind::Primary };
    view! { <Button kind label disabled_reason=refusal on_click=press>"Promote…"</Button> }
}
