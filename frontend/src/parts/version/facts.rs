//! What is known of a version.

use leptos::prelude::*;
use shared::version::{Origin, VersionDetail};

use crate::parts::Words;
use crate::parts::outside_link::{OutsideLink, opens};
use crate::ui::{CopyButton, Moment};

/// What is known of a version.
#[component]
pub fn Facts(detail: VersionDetail) -> impl IntoView {
    let revision = detail.summary.revision.map(|revision| revision.to_string());
    let licenses = detail.licenses.join(", ");
    view! {
        {detail.description.map(|description| view! { <p class="version__description"><Words text=description /></p> })}
        <dl class="facts-list">
            {fact("Origin", Some(origin(&detail.summary.origin).into_any()))}
            {fact("Published", detail.published.map(|at| view! { <Moment at /> }.into_any()))}
            {fact("Shown as", detail.display_name.map(|name| view! { <Words text=name /> }.into_any()))}
            {fact("Licence", (!licenses.is_empty()).then(|| view! { <Words text=licenses /> }.into_any()))}
            {fact("Home page", detail.home_page.map(link))}
            {fact("Source", detail.source_code_repository.map(link))}
            {fact("Revision", revision.map(|revision| view! {
                <span class="facts-list__code"><code>{revision.clone()}</code><CopyButton text=revision what="revision" /></span>
            }.into_any()))}
        </dl>
    }
}

fn fact(name: &'static str, value: Option<AnyView>) -> Option<impl IntoView> {
    value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
}

/// The address as its own text: where it leads must not differ from what it says.
fn link(address: String) -> AnyView {
    if opens(&address) {
        view! { <OutsideLink address=Some(address.clone())><Words text=address /></OutsideLink> }.into_any()
    } else {
        view! { <span title="Not a web address, so it is not a link"><Words text=address /></span> }.into_any()
    }
}

/// Where the version first entered the domain, in words.
pub fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Internal(Some(repository)) => format!("published in {repository}"),
        Origin::Internal(None) => "published in this domain".to_owned(),
        Origin::External(Some(connection)) => format!("from {connection}"),
        Origin::External(None) => "from a public registry".to_owned(),
        Origin::Unknown => "origin unknown".to_owned(),
    }
}
