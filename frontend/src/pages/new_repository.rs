//! Making a repository.

use leptos::prelude::*;
use shared::api::CreateRepository;
use shared::command;
use shared::names::{Description, RepositoryName};
use shared::repository::NewRepository;
use shared::tag;

use crate::navigation::Navigation;
use crate::parts::{Change, DomainData, FormPage, MARKED, TextField, problem_of};
use crate::place::{MapPlace, MapView, Place, Selected};
use crate::ui::Announcer;

/// A form that makes a repository.
#[component]
pub fn NewRepositoryPage() -> impl IntoView {
    let (navigation, announcer) = (expect_context::<Navigation>(), expect_context::<Announcer>());
    let data = expect_context::<DomainData>();
    let change = Change::new();
    let (name, description, tags) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = Memo::new(move |_| problem_of::<RepositoryName>(&name.read()).or_else(|| taken(data, &name.read())));
    let typed = Memo::new(move |_| match problem.get() {
        Some(_) => Err(MARKED),
        None => typed(&name.read(), &description.read(), &tags.read()),
    });
    let command = Signal::derive(move || {
        let options = data.command_options.get();
        typed.read().as_ref().ok().map(|new| command::create_repository(&data.path().domain, new, &options))
    });
    let send = Callback::new(move |()| {
        let Ok(new) = typed.get_untracked() else { return };
        let made = new.name.clone();
        change.send::<CreateRepository>(&data.path(), &new, move || {
            announcer.say(format!("Made the repository {made}."));
            let selected = Some(Selected::Repository(made));
            navigation.go(&Place::Map(MapPlace {
                domain: data.path(),
                selected,
                upstreams: None,
                view: MapView::Flow,
            }));
        });
    });
    view! {
        <div class="domain__page">
            <FormPage
                title="New repository"
                about="A repository holds packages of any format. It is empty at first: give it upstreams or an external connection afterwards, publish to it, or promote into it."
                what="The repository could not be made."
                change
                action="Make the repository"
                refusal=Signal::derive(move || typed.read().as_ref().err().map(|&refusal| refusal.to_owned()))
                command
                send
            >
                <TextField id="repository-name" label="Name" value=name code=true placeholder="npm-store"
                    hint=format!("It {}. It cannot be changed.", RepositoryName::RULE)
                    problem />
                <TextField id="repository-description" label="Description" value=description placeholder="npm packages from the public registry"
                    hint="What it is for, in one line."
                    problem=Signal::derive(move || problem_of::<Description>(&description.read())) />
                <TextField id="repository-tags" label="Tags" value=tags code=true lines=3 placeholder="team=platform"
                    hint="One a line, as key=value. Request costs can be told apart by them."
                    problem=Signal::derive(move || tag::parse_lines(&tags.read()).err().map(|error| format!("{error}."))) />
            </FormPage>
        </div>
    }
}

/// Says that the domain has a repository of that name. Tracked.
fn taken(data: DomainData, name: &str) -> Option<String> {
    let map = data.map.read();
    let taken = map.as_ref()?.repositories.iter().any(|repository| repository.name.as_str() == name);
    taken.then(|| format!("{} has a repository of that name already.", data.path().domain))
}

/// The repository that was typed, or what is missing.
fn typed(name: &str, description: &str, tags: &str) -> Result<NewRepository, &'static str> {
    if name.is_empty() {
        return Err("Give it a name first.");
    }
    let (tags, description) = (tag::parse_lines(tags).map_err(|_| MARKED)?, description.parse().map_err(|_| MARKED)?);
    Ok(NewRepository { name: name.parse().map_err(|_| MARKED)?, description, tags })
}

#[cfg(test)]
mod tests {
    use super::{MARKED, typed};

    #[test]
    fn each_field_is_checked() {
        assert_eq!(typed("", "", "").unwrap_err(), "Give it a name first.");
        for (name, description, tags) in [("-", "", ""), ("team", "a\nb", ""), ("team", "", "a=1\na=2")] {
            assert_eq!(typed(name, description, tags).unwrap_err(), MARKED, "{name} {description} {tags}");
        }
        assert_eq!(typed("team", "Ours", "").unwrap().description.as_str(), "Ours");
    }
}
