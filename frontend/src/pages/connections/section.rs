//! One connection: who it speaks as, what mends it, and its domains.

use leptos::prelude::*;
use shared::api::{ConnectionPath, IdentifyConnection, ListDomains};
use shared::connection::{Identity, caller_words, shortened};
use shared::mending::Mending;
use shared::names::ConnectionKey;
use shared::problem::ProblemCode;

use super::{domain_table, new_domain, set_up};
use crate::api::{Reads, Request};
use crate::parts::{Connections, Loaded, ProblemNotice};
use crate::ui::{Button, Command, CopyButton, Notice, Prose, Skeleton, SkeletonRows, Tone, now};

/// How many characters of an ARN are shown.
const ARN: usize = 46;

/// One connection with its domains. It loads and fails on its own.
#[component]
pub fn ConnectionSection(
    /// Names it in addresses.
    connection: ConnectionKey,
    label: String,
    region: String,
) -> impl IntoView {
    let (reads, connections) = (expect_context::<Reads>(), expect_context::<Connections>());
    let path = StoredValue::new(ConnectionPath { connection: connection.clone() });
    let identity = reads
        .reading::<IdentifyConnection>(move || Some(Request::of::<IdentifyConnection>(&path.read_value(), &(), &())));
    let domains = reads.reading::<ListDomains>(move || Some(Request::of::<ListDomains>(&path.read_value(), &(), &())));
    Effect::new(move |_| {
        // Tracked: a list that tells the same was read anew all the same.
        reads.busy();
        if domains.get().is_some() {
            reads.note(now());
        }
    });
    let told = Memo::new(move |_| identity.get().map(|identity| (*identity).clone()));
    let mending = Memo::new(move |_| told.read().as_ref().and_then(|told| told.mending.clone()));
    let works = Memo::new(move |_| told.read().as_ref().map(|told| told.caller.is_some()));
    // What was mended: only now the domains can be read. The header of every page shows it as well.
    Effect::new(move |before: Option<Option<bool>>| {
        let works = works.get();
        if before == Some(Some(false)) && works == Some(true) {
            domains.refetch();
            connections.reading.refetch();
        }
        works
    });
    // Credentials that end while the page is open are explained.
    let ended = Memo::new(move |_| {
        domains.problem().read().as_ref().is_some_and(|problem| problem.code == ProblemCode::Credentials)
    });
    Effect::new(move |_| {
        if ended.get() && works.get_untracked() == Some(true) {
            identity.refetch();
        }
    });
    let again = Callback::new(move |()| {
        identity.refetch();
        domains.refetch();
    });
    let account =
        move || told.read().as_ref().and_then(|told| told.caller.as_ref().map(|(account, _)| format!(" · {account}")));
    let (new, guided) = (new_domain(&connection), set_up(&connection));
    // The same trouble stands above already.
    let alone = Memo::new(move |_| mending.read().is_some() && domains.get().is_none());
    let heading = format!("connection-{connection}");
    let ready = move || {
        let key = connection.clone();
        view! {
            <Loaded
                reading=domains
                what="The list of domains"
                placeholder=|| view! { <SkeletonRows rows=2 what="domains" /> }
                ready=move |domains| domain_table(&key, domains.to_vec())
            />
        }
    };
    view! {
        <section class="connection" aria-labelledby=heading.clone()>
            <header class="connection__head">
                <h2 id=heading.clone()>{label}</h2>
                <p class="muted">{region}{account}</p>
                <a class="button button--small" href=guided>"Guided set-up"</a>
                <a class="button button--small" href=new>"New domain"</a>
            </header>
            {move || match told.get() {
                Some(identity) => view! { <Who identity /> }.into_any(),
                None if identity.problem().read().is_some() => ().into_any(),
                None => view! { <p class="connection__who"><Skeleton /></p> }.into_any(),
            }}
            {move || identity.problem().get().map(|problem| view! {
                <ProblemNotice what="Who this connection speaks as could not be read." problem retry=again />
            })}
            {move || mending.get().map(|mending| view! { <HowToMend mending again busy=Signal::derive(move || reads.busy()) /> })}
            {move || (!alone.get()).then(&ready)}
        </section>
    }
}

/// The caller, and where its credentials come from.
#[component]
fn Who(identity: Identity) -> impl IntoView {
    let caller = identity.caller.map(|(_, arn)| {
        let words = caller_words(&arn);
        let short = shortened(&arn, ARN);
        view! {
            {words.map(|words| view! { <span class="connection__name">{words}</span> })}
            <span class="connection__arn"><code title=arn.clone()>{short}</code><CopyButton text=arn what="ARN of the caller" /></span>
        }
    });
    let role = identity.role.map(
        |role| view! { <span class="muted">"assumes " <code title=role.clone()>{shortened(&role, ARN)}</code></span> },
    );
    view! {
        <p class="connection__who">{caller}<span class="muted">{format!("from {}", identity.source)}</span>{role}</p>
    }
}

/// What is wrong, the commands that mend it, and a way to try again.
#[component]
fn HowToMend(
    mending: Mending,
    again: Callback<()>,
    /// It is being tried.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let commands = mending.commands.into_iter().map(|text| view! { <Command text /> }).collect::<Vec<_>>();
    view! {
        <Notice tone=Tone::Danger>
            <div role="alert">
                <p class="notice__title">{mending.title}</p>
                <p>{mending.explanation}</p>
            </div>
            {commands}
            <p class="notice__id"><Prose text=mending.problem.message /></p>
            {mending.problem.request_id.map(|id| view! { <p class="notice__id">"Request " <code>{id}</code></p> })}
            <Button busy on_click=move || again.run(())>"Try again"</Button>
        </Notice>
    }
}
