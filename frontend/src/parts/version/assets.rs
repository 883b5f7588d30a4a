//! The files of a version.

use leptos::prelude::*;
use shared::version::Asset;

use crate::parts::Name;
use crate::ui::{CopyButton, bytes};

/// The files of a version, each with all its hashes.
#[component]
pub fn Assets(assets: Vec<Asset>) -> impl IntoView {
    if assets.is_empty() {
        return view! { <p class="muted">"None."</p> }.into_any();
    }
    // One file shows its hashes at once; of several, one opens the one to compare.
    let open = assets.len() == 1;
    assets
        .into_iter()
        .map(|asset| {
            let hashes = asset.hashes.into_iter().map(|(algorithm, digest)| {
                let what = format!("{algorithm} digest of {}", asset.name);
                view! {
                    <div>
                        <dt>{algorithm}</dt>
                        <dd><code title=digest.clone()>{digest.clone()}</code><CopyButton text=digest what /></dd>
                    </div>
                }
            });
            let hashes = hashes.collect::<Vec<_>>();
            view! {
                <details class="asset" open=open>
                    <summary><Name text=asset.name /><span class="asset__size">{bytes(asset.size)}</span></summary>
                    <dl class="asset__hashes">{hashes}</dl>
                </details>
            }
        })
        .collect::<Vec<_>>()
        .into_any()
}
