//! Maven.

use super::{Aim, Guide, TOKEN_VARIABLE, Target, add, part, remove, run, unset};

/// How to use the repository from Maven.
pub(super) fn guide(target: &Target) -> Guide {
    let (settings, pom) = (settings(target), distribution(target));
    let named = target.package.as_ref().map(crate::package::PackageKey::full_name);
    let package = crate::command::quote(&format!(
        "-Dartifact={}:VERSION",
        named.as_deref().unwrap_or("org.apache.commons:commons-lang3")
    ));
    let into_pom = "Tells this project where to publish. It stands inside <project>.";
    Guide::new([
        part(
            Aim::Connect,
            [
                target.token(),
                add(
                    "~/.m2/settings.xml",
                    "Sends Maven to the repository for everything, with the token of the environment. Where you have such a file already, put the two elements into it.",
                    settings.clone(),
                ),
            ],
        ),
        part(
            Aim::Install,
            [run("Fetches a package through the repository. Put its version in.", format!("mvn dependency:get {package}"))],
        ),
        part(Aim::Publish, [add("pom.xml", into_pom, pom.clone()), run("Publishes this project.", "mvn deploy")]),
        part(Aim::Undo, [remove("~/.m2/settings.xml", settings), remove("pom.xml", pom), unset(&[TOKEN_VARIABLE])]),
    ])
    .note("The id ties the two elements together, and the <server> to the POM: change it in all three or in none.")
    .note("The file holds no secret: Maven reads the token from the environment each time.")
}

/// The id of the repository, in all three places.
fn id(target: &Target) -> String {
    format!("codeartifact-{}", target.plain_name())
}

fn settings(target: &Target) -> String {
    let (id, endpoint) = (id(target), &target.endpoint);
    format!(
        "<settings>\n  <servers>\n    <server>\n      <id>{id}</id>\n      <username>aws</username>\n      <password>${{env.{TOKEN_VARIABLE}}}</password>\n    </server>\n  </servers>\n  <mirrors>\n    <mirror>\n      <id>{id}</id>\n      <mirrorOf>*</mirrorOf>\n      <url>{endpoint}</url>\n    </mirror>\n  </mirrors>\n</settings>\n"
    )
}

fn distribution(target: &Target) -> String {
    let (id, endpoint) = (id(target), &target.endpoint);
    format!(
        "<distributionManagement>\n  <repository>\n    <id>{id}</id>\n    <url>{endpoint}</url>\n  </repository>\n</distributionManagement>\n"
    )
}
