//! The names of everything, chosen once. They stand in the address, and every step follows.

use std::str::FromStr;

use leptos::prelude::*;
use shared::names::{DomainName, NameError, PackageName, RepositoryName, VersionName};
use shared::recipe::Names;

use super::SetUp;
use crate::navigation::Navigation;
use crate::parts::{TextField, problem_of};
use crate::place::{Place, SetUpPlace};

/// What is typed, name by name.
#[derive(Clone, Copy)]
struct Typed {
    domain: RwSignal<String>,
    npm_store: RwSignal<String>,
    pypi_store: RwSignal<String>,
    team: RwSignal<String>,
    production: RwSignal<String>,
    npm_package: RwSignal<String>,
    python_package: RwSignal<String>,
    own_package: RwSignal<String>,
    own_version: RwSignal<String>,
}

impl Typed {
    fn of(names: &Names) -> Self {
        let text = |name: &dyn std::fmt::Display| RwSignal::new(name.to_string());
        Self {
            domain: text(&names.domain),
            npm_store: text(&names.npm_store),
            pypi_store: text(&names.pypi_store),
            team: text(&names.team),
            production: text(&names.production),
            npm_package: text(&names.npm_package),
            python_package: text(&names.python_package),
            own_package: text(&names.own_package),
            own_version: text(&names.own_version),
        }
    }

    /// The names, when each keeps its rule and they go together. Tracked.
    fn names(self) -> Result<Names, Option<String>> {
        let names = self.each().ok_or(None)?;
        names.check().map_err(|error| Some(error.to_string()))?;
        Ok(names)
    }

    fn each(self) -> Option<Names> {
        Some(Names {
            domain: self.domain.read().parse().ok()?,
            npm_store: self.npm_store.read().parse().ok()?,
            pypi_store: self.pypi_store.read().parse().ok()?,
            team: self.team.read().parse().ok()?,
            production: self.production.read().parse().ok()?,
            npm_package: self.npm_package.read().parse().ok()?,
            python_package: self.python_package.read().parse().ok()?,
            own_package: self.own_package.read().parse().ok()?,
            own_version: self.own_version.read().parse().ok()?,
        })
    }
}

/// The names, each checked while it is typed.
#[component]
pub fn NamesForm() -> impl IntoView {
    let (set_up, navigation) = (expect_context::<SetUp>(), expect_context::<Navigation>());
    let typed = Typed::of(&set_up.place.get_untracked().recipe.names);
    let names = Memo::new(move |_| typed.names());
    // A run goes on with the names it was begun with: others beside it would be misread.
    let held = Memo::new(move |_| set_up.runner.running());
    Effect::new(move |_| {
        let names = names.get();
        set_up.broken.set(names.is_err());
        let place = set_up.place.get_untracked();
        if let Some(names) = names.ok().filter(|names| *names != place.recipe.names) {
            let recipe = shared::recipe::Recipe { names, ..place.recipe };
            set_up.runner.clear();
            navigation.replace(&Place::SetUp(Box::new(SetUpPlace { recipe, ..place })));
        }
    });
    view! {
        <section class="names" aria-labelledby="names-title">
            <h2 id="names-title" class="form-page__title">"Names"</h2>
            <p class="muted">"Choose them once: every step and every command below follows. They stand in the address, so this page can be sent to somebody. Names of domains and repositories are for good."</p>
            <Show when=move || held.get()>
                <p class="field__hint">"A run is under way with these names. Stop it or wait for it, then change them."</p>
            </Show>
            <fieldset class="names__fields" aria-labelledby="names-title" disabled=move || held.get()>
                {field::<DomainName>("name-domain", "Domain", typed.domain, "Part of a public host name.")}
                {field::<RepositoryName>("name-npm-store", "Store for npm", typed.npm_store, "Fetches from public:npmjs.")}
                {field::<RepositoryName>("name-pypi-store", "Store for Python", typed.pypi_store, "Fetches from public:pypi.")}
                {field::<RepositoryName>("name-team", "Team repository", typed.team, "Where developers install and publish.")}
                {field::<RepositoryName>("name-production", "Production repository", typed.production, "What running systems install from.")}
                {field::<PackageName>("name-own-package", "Your npm package", typed.own_package, "Published in step 8.")}
                {field::<VersionName>("name-own-version", "Its version", typed.own_version, "Copied in step 9.")}
                {field::<PackageName>("name-npm-package", "npm package to install", typed.npm_package, "Any public one will do.")}
                {field::<PackageName>("name-python-package", "Python package to install", typed.python_package, "Any public one will do.")}
            </fieldset>
            {move || match &*names.read() {
                Err(Some(problem)) => Some(view! { <p class="field__hint field__hint--broken">{problem.clone()}</p> }.into_any()),
                Err(None) => Some(view! { <p class="field__hint field__hint--broken">"The steps below keep the last names that were all right."</p> }.into_any()),
                Ok(_) => None,
            }}
        </section>
    }
}

/// A field for a name. An empty one breaks the rule as well: there is no step without a name.
fn field<T: FromStr<Err = NameError>>(
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    hint: &'static str,
) -> AnyView {
    let problem = Signal::derive(move || match value.read().is_empty() {
        true => Some("It needs a name.".to_owned()),
        false => problem_of::<T>(&value.read()),
    });
    view! { <TextField id label value code=true hint problem /> }.into_any()
}
