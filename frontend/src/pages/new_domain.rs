//! Making a domain.

use leptos::prelude::*;
use shared::api::{ConnectionPath, CreateDomain, DomainPath};
use shared::command;
use shared::domain::NewDomain;
use shared::names::{DomainName, EncryptionKey};
use shared::tag;

use crate::navigation::Navigation;
use crate::parts::{Change, Connections, FormPage, MARKED, TextField, problem_of};
use crate::place::Place;
use crate::ui::{Announcer, EmptyState};

/// A form that makes a domain.
#[component]
pub fn NewDomainPage(path: ConnectionPath) -> impl IntoView {
    let (navigation, announcer) = (expect_context::<Navigation>(), expect_context::<Announcer>());
    let connections = expect_context::<Connections>();
    let change = Change::new();
    let (name, key, tags) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let connection = path.connection.clone();
    let connection = Memo::new(move |_| {
        let known = connections.reading.get()?;
        known.iter().find(|one| one.key == connection).cloned()
    });
    let typed = Memo::new(move |_| typed(&name.read(), &key.read(), &tags.read()));
    let refusal = Signal::derive(move || typed.read().as_ref().err().map(|&refusal| refusal.to_owned()));
    let command = Signal::derive(move || {
        let options = connection.read().as_ref().map(|one| one.command_options.clone()).unwrap_or_default();
        typed.read().as_ref().ok().map(|new| command::create_domain(new, &options))
    });
    let target = path.connection.clone();
    let send = Callback::new(move |()| {
        let Ok(new) = typed.get_untracked() else { return };
        let made = DomainPath { connection: target.clone(), domain: new.name.clone() };
        change.send::<CreateDomain>(&path, &new, move || {
            announcer.say(format!("Made the domain {}.", made.domain));
            navigation.go(&Place::map(&made));
        });
    });
    let absent = move || {
        let known = connections.reading.get().is_some() && connection.read().is_none();
        known.then(|| view! { <EmptyState title="There is no such connection"><p>"Choose one on the list of domains."</p></EmptyState> })
    };
    view! {
        <main class="page page--form" id="main" tabindex="-1">
            {absent}
            <FormPage
                title="New domain"
                about="A domain holds repositories that share their packages: each file is stored once, and policies stand in one place. Most teams need one."
                what="The domain could not be made."
                change
                action="Make the domain"
                refusal
                command
                send
            >
                <TextField id="domain-name" label="Name" value=name code=true placeholder="my-company"
                    hint=format!("It {}. It becomes part of a public host name and cannot be changed.", DomainName::RULE)
                    problem=Signal::derive(move || problem_of::<DomainName>(&name.read())) />
                <TextField id="domain-key" label="Encryption key, if not AWS's own" value=key code=true
                    hint="ARN, id or alias of a symmetric KMS key in the same region. It cannot be changed."
                    problem=Signal::derive(move || problem_of::<EncryptionKey>(&key.read())) />
                <TextField id="domain-tags" label="Tags" value=tags code=true lines=3 placeholder="team=platform"
                    hint="One a line, as key=value. Storage costs can be told apart by them."
                    problem=Signal::derive(move || tag::parse_lines(&tags.read()).err().map(|error| format!("{error}."))) />
            </FormPage>
        </main>
    }
}

/// The domain that was typed, or what is missing.
fn typed(name: &str, key: &str, tags: &str) -> Result<NewDomain, &'static str> {
    if name.is_empty() {
        return Err("Give it a name first.");
    }
    let encryption_key = if key.is_empty() { None } else { Some(key.parse().map_err(|_| MARKED)?) };
    let tags = tag::parse_lines(tags).map_err(|_| MARKED)?;
    Ok(NewDomain { name: name.parse().map_err(|_| MARKED)?, encryption_key, tags })
}

#[cfg(test)]
mod tests {
    use super::{MARKED, typed};

    #[test]
    fn each_field_is_checked() {
        assert_eq!(typed("", "", "").unwrap_err(), "Give it a name first.");
        for (name, key, tags) in [("Acme", "", ""), ("acme", "a b", ""), ("acme", "", "=x")] {
            assert_eq!(typed(name, key, tags).unwrap_err(), MARKED, "{name} {key} {tags}");
        }
        assert_eq!(typed("acme", "", "a=1").unwrap().tags.len(), 1);
    }
}
