//! What the steps are called, and why each of them exists.

use shared::recipe::{Names, Step};

/// A few words for lists.
pub fn short(step: Step) -> &'static str {
    match step {
        Step::Domain => "Domain",
        Step::Repositories => "Repositories",
        Step::Connections => "Public registries",
        Step::Upstreams => "Upstreams",
        Step::Identity => "IAM policies",
        Step::SignIn => "Sign in",
        Step::Install => "Install",
        Step::Publish => "Publish",
        Step::Promote => "Promote",
        Step::Permissions => "Permissions",
    }
}

/// What a step does, as a heading.
pub fn title(step: Step) -> &'static str {
    match step {
        Step::Domain => "Make a domain",
        Step::Repositories => "Make four repositories",
        Step::Connections => "Connect the stores to the public registries",
        Step::Upstreams => "Say who takes from whom",
        Step::Identity => "Let people and machines in",
        Step::SignIn => "Point npm and pip at the team repository",
        Step::Install => "Install something through the chain",
        Step::Publish => "Publish a package of your own",
        Step::Promote => "Copy it to production",
        Step::Permissions => "Give the team repository a policy",
    }
}

/// Why a step exists.
pub fn why(step: Step, names: &Names) -> String {
    let Names { npm_store, pypi_store, team, production, .. } = names;
    match step {
        Step::Domain => "A domain holds repositories that share their packages: each file is stored and paid for once, however many repositories have it. Sign-in and encryption belong to it. Its name is for good.".to_owned(),
        Step::Repositories => format!("Each repository has one task. {npm_store} and {pypi_store} hold what comes from outside, {team} is where developers install and publish, {production} is what running systems install from."),
        Step::Connections => "A store fetches what somebody asks for from its public registry and keeps it. So there is one door to the outside for each registry, and what was fetched once stays there even if it vanishes outside. Nothing is fetched before somebody asks.".to_owned(),
        Step::Upstreams => format!("{team} looks in itself first, then in {npm_store}, then in {pypi_store}. One address gives developers their own packages and the public ones."),
        Step::Identity => format!("CodeArtifact lets nobody in by itself. Developers may install from and publish to {team}; what runs in production may only install from {production}. These are IAM policies: IAM keeps them, so CodeArtifact cannot tell whether they are there. Tick this by hand."),
        Step::SignIn => "A package manager needs the address of the repository and a token that lives for twelve hours at most. One command for each writes both into its configuration. It happens on your machine, where this page cannot look.".to_owned(),
        Step::Install => format!("The first install shows that the whole chain works: the package comes from the public registry, and {npm_store} and {team} both keep it. This step ticks itself once both packages stand in {team}. AWS may take some minutes to list a new package."),
        Step::Publish => format!("A package of your own goes to {team}, where the team finds it under the same address as everything else. A version that is published cannot be changed, only followed by another."),
        Step::Promote => format!("Promoting copies one version, pinned to the content that was seen, from {team} to {production}. What was not promoted, {production} does not hold."),
        Step::Permissions => format!("A permissions policy stands on the repository itself and adds to what IAM allows: here, everybody in the account may install from {team} and publish to it. It is also the way to let other accounts in."),
    }
}
