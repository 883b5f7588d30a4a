//! Swift Package Manager.

use super::{Aim, Guide, TOKEN_VARIABLE, Target, Way, part, run, unset};

/// How to use the repository from Swift.
pub(super) fn guide(way: Way, target: &Target) -> Guide {
    let endpoint = &target.endpoint;
    let host = target.rest().split(['/', ':']).next().unwrap_or_default();
    let connect = match way {
        Way::Login => vec![target.login("swift")],
        Way::Hand => vec![
            target.token(),
            run("Sends this package to the repository.", format!("swift package-registry set {endpoint}")),
            run(
                "On macOS: puts the token into the keychain.",
                format!("swift package-registry login {endpoint}login --token \"${TOKEN_VARIABLE}\""),
            ),
            run(
                "Elsewhere: puts the token into your ~/.netrc, where only you can read it.",
                format!(
                    "(umask 077; printf 'machine {host} login token password %s\\n' \"${TOKEN_VARIABLE}\" >> ~/.netrc)\nswift package-registry login {endpoint}login"
                ),
            ),
        ],
    };
    let named = target.package.as_ref().map_or_else(|| "SCOPE.NAME".to_owned(), crate::package::PackageKey::full_name);
    let named = crate::command::quote(&named);
    let mut undo = vec![
        run("Has this package use no registry again.", "swift package-registry unset"),
        run("On macOS: takes the token out of the keychain.", format!("swift package-registry logout {endpoint}")),
        run(
            "Elsewhere: takes the token out of your ~/.netrc. The other lines stay.",
            format!("(umask 077; grep -v '^machine {host} ' ~/.netrc > ~/.netrc.new; mv ~/.netrc.new ~/.netrc)"),
        ),
    ];
    if way == Way::Hand {
        undo.push(unset(&[TOKEN_VARIABLE]));
    }
    Guide::new([
        part(Aim::Connect, connect),
        part(
            Aim::Install,
            [run("Fetches what Package.swift names, through the repository.", "swift package resolve")],
        ),
        part(Aim::Publish, [run("Publishes this package. Put its version in.", format!("swift package-registry publish {named} VERSION"))]),
        part(Aim::Undo, undo),
    ])
    .note(format!("Package.swift names a package of a registry by its identity, such as .package(id: {}, from: {}).", "\"scope.name\"", "\"1.0.0\""))
    .note("Run everything in the folder of Package.swift: the registry is set for that package. Swift 5.9 or newer is best.")
}
