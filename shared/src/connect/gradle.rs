//! Gradle.

use super::{Aim, Guide, TOKEN_VARIABLE, Target, add, part, remove, run, unset};

const FILE: &str = "build.gradle.kts";

/// How to use the repository from Gradle.
pub(super) fn guide(target: &Target) -> Guide {
    let (install, publish) = (repositories(target), format!("publishing {{\n{}}}\n", indented(&repositories(target))));
    Guide::new([
        part(
            Aim::Connect,
            [
                target.token(),
                add(FILE, "Sends this project to the repository, with the token of the environment.", install.clone()),
            ],
        ),
        part(
            Aim::Install,
            [run("Fetches the dependencies of this project through the repository.", "./gradlew dependencies")],
        ),
        part(
            Aim::Publish,
            [
                add(
                    FILE,
                    "Tells this project where to publish. It needs the plugin maven-publish and a publication.",
                    publish.clone(),
                ),
                run("Publishes this project.", "./gradlew publish"),
            ],
        ),
        part(Aim::Undo, [remove(FILE, install), remove(FILE, publish), unset(&[TOKEN_VARIABLE])]),
    ])
    .note("The lines are the same in build.gradle. They hold no secret and can be committed.")
    .note("Where the repositories stand in settings.gradle.kts, put the maven block there.")
}

/// Lines that the Kotlin and the Groovy dialect both read.
fn repositories(target: &Target) -> String {
    // Gradle speaks plain HTTP only when told to.
    let plain = if target.scheme() == "http" { "        setAllowInsecureProtocol(true)\n" } else { "" };
    format!(
        "repositories {{\n    maven {{\n        url = uri(\"{}\")\n{plain}        credentials {{\n            username = \"aws\"\n            password = System.getenv(\"{TOKEN_VARIABLE}\")\n        }}\n    }}\n}}\n",
        target.endpoint
    )
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}
