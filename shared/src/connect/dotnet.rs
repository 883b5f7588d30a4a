//! dotnet, and NuGet.

use super::{Aim, Guide, TOKEN_VARIABLE, Target, Way, part, run, unset};

/// How to use the repository from dotnet.
pub(super) fn guide(way: Way, target: &Target) -> Guide {
    // What login calls the source, unless there is one with the same address.
    let name = format!("{}/{}", target.domain, target.repository);
    let package = target.package("Newtonsoft.Json");
    let connect = match way {
        Way::Login => vec![target.login("dotnet")],
        Way::Hand => {
            let plain = if target.scheme() == "http" { " \\\n  --allow-insecure-connections" } else { "" };
            let text = format!(
                "dotnet nuget add source {}v3/index.json \\\n  --name {name} \\\n  --username aws \\\n  --password \"${TOKEN_VARIABLE}\" \\\n  --store-password-in-clear-text{plain}",
                target.endpoint
            );
            let about = "Adds the repository to your sources. The token is written into your NuGet.Config: only Windows can keep it encrypted.";
            vec![target.token(), run(about, text)]
        }
    };
    let mut undo = vec![run(
        "Takes the source, with its token, out of your settings.",
        format!("dotnet nuget remove source {name}"),
    )];
    if way == Way::Hand {
        undo.push(unset(&[TOKEN_VARIABLE]));
    }
    let push = format!("dotnet nuget push PACKAGE.nupkg --source {name}");
    Guide::new([
        part(Aim::Connect, connect),
        part(Aim::Install, [run("Adds a package to the project, through the repository.", format!("dotnet add package {package} --source {}v3/index.json", target.endpoint))]),
        part(Aim::Publish, [run("Publishes a package that was packed. Put its file in.", push)]),
        part(Aim::Undo, undo),
    ])
    .note("For nuget.exe, log in with --tool nuget instead.")
    .note("Other sources stay. To have all packages come through the repository, disable them, such as by dotnet nuget disable source nuget.org.")
    .note("When the token has ended, connect again: the source is updated then.")
}
