//! `acme`: a small company in the state in which one starts to look for a map.
//!
//! Production draws on team-dev, so whatever stands there can be installed in production before anybody promotes it.

mod texts;

use serde_json::{Value, json};

use super::plant::{Npm, Planter, npm_key, python_key};
use crate::Emulator;
use crate::archive::make::Python;
use crate::model::{Domain, Format, PackageKey, Status};
use crate::rules::policy;

/// The domain of the story.
pub(super) fn domain(emulator: &Emulator) -> Domain {
    let mut acme = Planter::new(emulator, "acme");
    repositories(&mut acme);
    policies(&mut acme, &emulator.options().account);
    public_packages(&mut acme);
    core_and_icons(&mut acme);
    user_interface(&mut acme);
    billing(&mut acme);
    shared_libraries(&mut acme);
    data_packages(&mut acme);
    oddities(&mut acme);
    promotions(&mut acme);
    leaks(&mut acme);
    acme.domain
}

fn repositories(acme: &mut Planter) {
    acme.repository("npm-store", "npm packages from the public registry", &[], Some("public:npmjs"));
    acme.repository("pypi-store", "Python packages from PyPI", &[], Some("public:pypi"));
    acme.repository("shared-libs", "Libraries that every team may use", &["npm-store"], None);
    acme.repository("team-dev", "Where the product team publishes and installs", &["npm-store", "pypi-store"], None);
    acme.repository("team-data", "Notebooks, features and pipelines", &["pypi-store"], None);
    acme.repository("staging", "Release candidates under test", &["shared-libs", "team-dev"], None);
    acme.repository("production", "What production installs. Promoted versions only", &["team-dev"], None);
    acme.domain.tags.insert("owner".to_owned(), "platform-team".to_owned());
}

fn policies(acme: &mut Planter, account: &str) {
    let allow = |actions: Value| {
        let root = format!("arn:aws:iam::{account}:root");
        json!({ "Version": "2012-10-17", "Statement": [{ "Sid": "Read", "Effect": "Allow", "Principal": { "AWS": root }, "Action": actions, "Resource": "*" }] })
    };
    let domain = allow(json!(["codeartifact:GetAuthorizationToken", "codeartifact:ListRepositoriesInDomain"]));
    acme.domain.policy = policy::new(domain.to_string()).ok();
    if let Some(production) = acme.domain.repositories.get_mut("production") {
        let repository = allow(json!([
            "codeartifact:ReadFromRepository",
            "codeartifact:DescribePackageVersion",
            "codeartifact:ListPackages"
        ]));
        production.policy = policy::new(repository.to_string()).ok();
    }
}

/// What has come in from outside so far: kept in the store and where it was asked for.
fn public_packages(acme: &mut Planter) {
    for (name, version, days) in [
        ("lodash", "4.17.20", 320),
        ("lodash", "4.17.21", 200),
        ("express", "4.21.2", 150),
        ("accepts", "1.3.8", 150),
        ("mime-types", "2.1.35", 150),
    ] {
        acme.fetch("team-dev", days, &npm_key(name), version);
    }
    acme.fetch("shared-libs", 120, &npm_key("lodash"), "4.17.21");
    for name in ["requests", "charset-normalizer", "idna", "urllib3", "certifi"] {
        let version = match name {
            "requests" => "2.32.3",
            "charset-normalizer" => "3.4.0",
            "idna" => "3.10",
            "urllib3" => "2.2.3",
            _ => "2024.8.30",
        };
        acme.fetch("team-dev", 140, &python_key(name), version);
    }
    acme.fetch("team-data", 90, &python_key("six"), "1.17.0");
}

fn npm<'a>(name: &'a str, version: &'a str, summary: &'a str, dependencies: Value, readme: &'a str) -> Npm<'a> {
    Npm { name, version, summary, dependencies, readme, code: "module.exports = {};\n", tags: &["latest"] }
}

/// `@acme/core` has a version in each status that npm knows.
fn core_and_icons(acme: &mut Planter) {
    let summary = "Building blocks of every Acme service";
    for (version, days) in [("2.0.0", 300), ("2.1.0", 260), ("2.1.1", 240), ("2.2.0", 180), ("2.3.0", 60), ("2.3.1", 9)]
    {
        acme.publish_npm(
            "team-dev",
            days,
            &npm("@acme/core", version, summary, json!({ "lodash": "^4.17.21" }), texts::CORE),
        );
    }
    let core = npm_key("@acme/core");
    acme.set_status("team-dev", &core, "2.0.0", Status::Disposed);
    acme.set_status("team-dev", &core, "2.1.0", Status::Archived);
    acme.set_status("team-dev", &core, "2.1.1", Status::Unlisted);
    acme.deprecate("team-dev", &core, "2.2.0", "Leaks a timer. Use 2.3.1 or later.");
    for (version, days) in [("2.0.0", 250), ("2.1.0", 30)] {
        acme.publish_npm(
            "team-dev",
            days,
            &npm("@acme/icons", version, "The Acme icon set", json!({}), "# @acme/icons\n\nSVG icons.\n"),
        );
    }
}

/// `@acme/ui`: 1.4.0 was built twice. Staging got the first build before team-dev replaced it.
fn user_interface(acme: &mut Planter) {
    let needs = || json!({ "@acme/core": "^2.2.0", "@acme/icons": "^2.0.0" });
    let summary = "Buttons, tables and forms";
    for (version, days) in [("1.3.0", 170), ("1.3.1", 130), ("1.3.2", 100)] {
        acme.publish_npm("team-dev", days, &npm("@acme/ui", version, summary, needs(), texts::UI));
    }
    let ui = npm_key("@acme/ui");
    acme.promote("team-dev", "staging", &ui, "1.3.2");
    acme.promote("team-dev", "production", &ui, "1.3.2");
    let first = npm("@acme/ui", "1.4.0", summary, needs(), texts::UI);
    acme.publish_npm("team-dev", 14, &first);
    acme.promote("team-dev", "staging", &ui, "1.4.0");
    acme.tag("staging", &ui, "latest", "1.3.2");
    acme.tag("staging", &ui, "next", "1.4.0");
    if let Some(package) =
        acme.domain.repositories.get_mut("team-dev").and_then(|repository| repository.packages.get_mut(&ui))
    {
        package.versions.remove("1.4.0");
    }
    let second = Npm { code: "module.exports = { rebuilt: true };\n", ..first };
    acme.publish_npm("team-dev", 11, &second);
    let beta = Npm { tags: &["next"], ..npm("@acme/ui", "1.5.0-beta.1", summary, needs(), texts::UI) };
    acme.publish_npm("team-dev", 2, &beta);
    acme.set_status("team-dev", &ui, "1.3.0", Status::Unlisted);
}

/// An unscoped npm package and a Python package with several files, at different points of their way.
fn billing(acme: &mut Planter) {
    for (version, days) in [("0.9.0", 110), ("0.9.1", 45), ("0.9.2", 3)] {
        let needs = json!({ "@acme/core": "^2.2.0", "express": "^4.20.0" });
        acme.publish_npm(
            "team-dev",
            days,
            &npm("billing-sdk", version, "Talk to the billing service", needs, texts::BILLING),
        );
    }
    for (version, days) in [("1.0.0", 160), ("1.1.0", 70), ("1.2.0", 5)] {
        let package = Python {
            name: "acme-billing",
            version,
            summary: "Invoices and dunning for Python services",
            requires_python: ">=3.9",
            requires: &["requests>=2.31", "idna>=3"],
            readme: texts::BILLING,
            code: "def invoice(amount):\n    return {'amount': amount}\n",
        };
        acme.publish_python("team-dev", days, &package, &["py3-none-any", "cp311-cp311-manylinux_2_17_x86_64"], true);
    }
}

/// A logger, and a tool with sixty versions.
fn shared_libraries(acme: &mut Planter) {
    for (version, days) in [("3.0.0", 210), ("3.1.0", 80)] {
        acme.publish_npm(
            "shared-libs",
            days,
            &npm("@acme/logger", version, "Structured logging", json!({}), "# @acme/logger\n\nOne line, one event.\n"),
        );
    }
    for minor in 0..60_u32 {
        let version = format!("1.{minor}.0");
        let package = npm(
            "@acme/build-tools",
            &version,
            "What builds everything else, released every few days",
            json!({}),
            "# Build tools\n",
        );
        acme.publish_npm("shared-libs", 300 - minor * 5, &package);
    }
}

fn data_packages(acme: &mut Planter) {
    for (name, version, days) in
        [("acme-features", "0.4.0", 50), ("acme-features", "0.5.0", 20), ("acme-etl", "2.0.1", 33)]
    {
        let package = Python {
            name,
            version,
            summary: "Shared by the data team",
            requires_python: ">=3.10",
            requires: &["six>=1.16"],
            readme: "# For the data team\n",
            code: "",
        };
        acme.publish_python("team-data", days, &package, &["py3-none-any"], true);
    }
}

/// A generic package, one still being uploaded, and names that look like something else.
fn oddities(acme: &mut Planter) {
    let files = [("installer.sh", "#!/bin/sh\necho installing\n"), ("checksums.txt", "no checksums yet\n")];
    acme.publish_generic("team-dev", 40, "acme", "installer", "5.2.0", &files);
    acme.publish_generic("team-dev", 1, "acme", "installer", "5.3.0", &files[..1]);
    let installer =
        PackageKey { format: Format::Generic, namespace: Some("acme".to_owned()), name: "installer".to_owned() };
    acme.set_status("team-dev", &installer, "5.3.0", Status::Unfinished);
    // A zero width space in one name, a right-to-left override in another, a Cyrillic letter in the third.
    acme.publish_generic("team-data", 18, "acme", "re\u{200b}ports", "1.0.0", &files[1..]);
    acme.publish_generic("team-data", 18, "acme", "model-\u{202e}gpj.exe", "1.0.0", &files[1..]);
    let look_alike =
        npm("l\u{43e}dash", "4.17.21", "Looks like another package", json!({}), "# Not what it looks like\n");
    acme.publish_npm("team-dev", 6, &look_alike);
}

/// What has been promoted properly.
fn promotions(acme: &mut Planter) {
    for (package, version) in [("@acme/core", "2.2.0"), ("@acme/core", "2.3.0"), ("billing-sdk", "0.9.1")] {
        acme.promote("team-dev", "staging", &npm_key(package), version);
    }
    for (package, version) in [("@acme/core", "2.2.0"), ("billing-sdk", "0.9.0")] {
        acme.promote("team-dev", "production", &npm_key(package), version);
    }
    for (package, staging, production) in [("@acme/core", "2.3.0", "2.2.0"), ("billing-sdk", "0.9.1", "0.9.0")] {
        acme.tag("staging", &npm_key(package), "latest", staging);
        acme.tag("production", &npm_key(package), "latest", production);
    }
    let billing = python_key("acme-billing");
    acme.promote("team-dev", "staging", &billing, "1.0.0");
    acme.promote("team-dev", "staging", &billing, "1.1.0");
    acme.promote("team-dev", "production", &billing, "1.0.0");
}

/// What reached production without a promotion: somebody simply installed it there.
fn leaks(acme: &mut Planter) {
    acme.fetch("production", 25, &npm_key("@acme/icons"), "2.1.0");
    acme.fetch("production", 22, &npm_key("left-pad"), "1.3.0");
    acme.fetch("production", 22, &python_key("requests"), "2.32.3");
}
