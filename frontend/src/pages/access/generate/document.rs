//! The policy in its three forms, to copy or to save.

use leptos::prelude::*;
use shared::policy::generate::Wanted;
use shared::policy::{Level, check};

use crate::parts::DomainData;
use crate::ui::{CopyButton, DownloadButton, Notice, Tabs, Tone};

/// Where the tab of the aws commands stands.
const FORMS: [&str; 3] = ["JSON", "aws commands", "Terraform"];

/// The policy that comes of what is chosen.
#[component]
pub fn Document(wanted: Memo<Option<Wanted>>) -> impl IntoView {
    let refusal = Memo::new(move |_| wanted.read().as_ref().and_then(Wanted::refusal));
    let form = RwSignal::new(0_usize);
    view! {
        <section class="generate__document" aria-label="Policy">
            <h2 class="form-page__title">"The policy"</h2>
            {move || match refusal.get() {
                Some(refusal) => view! { <p class="muted" role="status">{format!("{refusal} The policy stands here then.")}</p> }.into_any(),
                None => view! {
                    <Tabs label="Forms of the policy" id="policy" tabs=FORMS.into() chosen=form
                        panel=Callback::new(move |form| view! { <Form form wanted /> }.into_any()) />
                    <Remarks wanted />
                }
                .into_any(),
            }}
        </section>
    }
}

/// One form of it.
#[component]
fn Form(form: usize, wanted: Memo<Option<Wanted>>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    move || {
        let wanted = wanted.get()?;
        let name = wanted.name();
        let (text, what, file) = match form {
            0 => (wanted.policy().to_json(), "policy", format!("{name}.json")),
            1 => (wanted.commands(&of_iam(&data.command_options.get())), "commands", format!("{name}.sh")),
            _ => (wanted.terraform(), "Terraform", format!("{name}.tf")),
        };
        Some(view! {
            <div class="command">
                // Long lines scroll sideways, so the keyboard has to reach it.
                <pre tabindex="0" role="region" aria-label=format!("Text of the {what}")>{text.clone()}</pre>
                <CopyButton text=text.clone() what />
            </div>
            <p class="generate__foot"><DownloadButton name=file text /></p>
        })
    }
}

/// The options of our commands that mean something to IAM: which profile. Region and endpoint are CodeArtifact's.
fn of_iam(options: &[String]) -> Vec<String> {
    let at = options.iter().position(|option| option == "--profile");
    at.and_then(|at| options.get(at..at + 2)).map(<[String]>::to_vec).unwrap_or_default()
}

/// What to know about it.
#[component]
fn Remarks(wanted: Memo<Option<Wanted>>) -> impl IntoView {
    let findings = move || {
        let wanted = wanted.read();
        let policy = wanted.as_ref().map(|wanted| wanted.policy().to_json()).unwrap_or_default();
        check(&policy, Level::Identity)
            .into_iter()
            .map(|finding| view! { <Notice tone=Tone::Warn><p>{finding.message}</p></Notice> })
            .collect::<Vec<_>>()
    };
    view! {
        {findings}
        <p class="muted generate__remark">
            "To see the domain in Headwater or in the console of AWS takes more than using packages: AWS has the managed policy "
            <code>"AWSCodeArtifactReadOnlyAccess"</code>" for that."
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::of_iam;

    #[test]
    fn commands_of_iam_keep_the_profile_alone() {
        let options = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            of_iam(&options("--region eu-west-1 --profile work --endpoint-url http://x")),
            options("--profile work")
        );
        assert!(of_iam(&options("--region eu-west-1")).is_empty());
    }
}
