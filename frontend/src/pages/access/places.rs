//! The ways between the places about access.

use leptos::prelude::*;

use crate::navigation::Navigation;
use crate::parts::DomainData;
use crate::place::{ExplainPlace, GeneratePlace, Place};

/// Links to the policies, the generator and the explanation.
#[component]
pub fn Places() -> impl IntoView {
    let (data, navigation) = (expect_context::<DomainData>(), expect_context::<Navigation>());
    let here = Memo::new(move |_| match &*navigation.place().read() {
        Some(Place::GeneratePolicy(_)) => 1,
        Some(Place::ExplainAccess(_)) => 2,
        _ => 0,
    });
    let domain = data.path();
    let links = [
        (Place::DomainAccess(domain.clone()), "Policies"),
        (Place::GeneratePolicy(GeneratePlace::new(domain.clone())), "Generate a policy"),
        (Place::ExplainAccess(ExplainPlace::new(domain)), "Who may do what"),
    ];
    let link = move |(index, (place, text)): (usize, (Place, &'static str))| {
        view! {
            <a class="places__one" href=place.href() aria-current=move || (here.get() == index).then_some("page")>{text}</a>
        }
    };
    view! { <nav class="places" aria-label="Access">{links.into_iter().enumerate().map(link).collect::<Vec<_>>()}</nav> }
}
