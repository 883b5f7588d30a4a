//! Bundler, and gem.

use super::{Aim, Guide, TOKEN_VARIABLE, Target, add, part, remove, run, unset};

/// How to use the repository from Bundler and gem.
pub(super) fn guide(target: &Target) -> Guide {
    let host = target.rest().split(['/', ':']).next().unwrap_or_default();
    // Bundler's own spelling of a host in the name of a variable.
    let variable = format!("BUNDLE_{}", host.replace('-', "___").replace('.', "__").to_ascii_uppercase());
    let source = format!("source \"{}\"\n", target.endpoint);
    let credentials =
        run("Tells Bundler who asks, in this shell only.", format!("export {variable}=\"aws:${TOKEN_VARIABLE}\""));
    let package = target.package("rake");
    let push = format!(
        "GEM_HOST_API_KEY=\"Bearer ${TOKEN_VARIABLE}\" gem push GEM.gem --host {}",
        target.endpoint.trim_end_matches('/')
    );
    let about = "Sends this project to the repository. It replaces the source that stands there.";
    Guide::new([
        part(Aim::Connect, [target.token(), credentials, add("Gemfile", about, source.clone())]),
        part(
            Aim::Install,
            [
                run("Adds a gem to the project, through the repository.", format!("bundle add {package}")),
                run(
                    "Or installs one without a project.",
                    format!("gem install {package} --clear-sources --source \"{}\"", target.with_credentials()),
                ),
            ],
        ),
        part(Aim::Publish, [run("Publishes a gem that was built. Put its file in.", push)]),
        part(Aim::Undo, [remove("Gemfile", source), unset(&[&variable, TOKEN_VARIABLE])]),
    ])
    .note("The Gemfile holds no secret and can be committed.")
    .note("CodeArtifact supports gem install, gem push and bundle install; gem search, list --remote and yank do not work.")
}
