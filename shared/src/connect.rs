//! Pointing package managers at a repository: what to type and what to write, and how to undo it.
//!
//! No text here holds a token: it is taken from the environment, or fetched by the command that needs it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::command;
use crate::format::PackageFormat;
use crate::names::{AccountId, DomainName, RepositoryName};
use crate::package::PackageKey;

mod bun;
mod bundler;
mod cargo;
mod client;
mod dotnet;
mod generic;
mod gradle;
mod maven;
mod npm;
mod pip;
mod pnpm;
mod poetry;
mod swift;
mod twine;
mod uv;
mod yarn;

pub use client::{Client, Way};

/// Where the token is expected: the variable that the user guide uses.
pub const TOKEN_VARIABLE: &str = "CODEARTIFACT_AUTH_TOKEN";

/// The endpoints of a repository, as CodeArtifact tells them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryEndpoints {
    /// One for each format, with the slash at its end. A format that this region's CodeArtifact does not know is absent.
    pub endpoints: BTreeMap<PackageFormat, String>,
}

/// What a client is pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The domain.
    pub domain: DomainName,
    /// The account that owns it.
    pub owner: AccountId,
    /// The repository.
    pub repository: RepositoryName,
    /// Its endpoint for the client's format, with the slash at its end.
    pub endpoint: String,
    /// What an `aws` command needs to speak to the same CodeArtifact, such as `--region eu-west-1`.
    pub options: Vec<String>,
    /// The package that the texts install; a well-known one where none is named.
    pub package: Option<PackageKey>,
}

/// How to use a repository from one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guide {
    /// In the order they are done.
    pub parts: Vec<Part>,
    /// What else to know, in whole sentences.
    pub notes: Vec<String>,
}

/// The steps for one aim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What they are for.
    pub aim: Aim,
    /// In order.
    pub steps: Vec<Step>,
}

/// What steps are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Aim {
    /// Pointing the client at the repository.
    Connect,
    /// Taking a package from it.
    Install,
    /// Putting a package into it.
    Publish,
    /// Having the client as it was before.
    Undo,
}

impl Aim {
    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Connect => "Connect",
            Self::Install => "Install",
            Self::Publish => "Publish",
            Self::Undo => "Undo",
        }
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it does, in a sentence.
    pub about: String,
    /// How it is done.
    pub form: Form,
    /// The command, or the lines of the file.
    pub text: String,
}

/// How a step is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "file")]
pub enum Form {
    /// Typed into a POSIX shell, in the folder of the project.
    Command,
    /// Added to a file, which is made where there is none. `~` is the home folder; else it is in the project.
    Add(String),
    /// Taken out of a file.
    Remove(String),
}

/// How to use the repository from a client. A client that `aws codeartifact login` does not know is told by hand.
pub fn guide(client: Client, way: Way, target: &Target) -> Guide {
    let way = if client.login_tool().is_some() { way } else { Way::Hand };
    match client {
        Client::Npm => npm::guide(way, target),
        Client::YarnClassic => yarn::classic(target),
        Client::Yarn => yarn::berry(target),
        Client::Pnpm => pnpm::guide(target),
        Client::Bun => bun::guide(target),
        Client::Pip => pip::guide(way, target),
        Client::Uv => uv::guide(target),
        Client::Poetry => poetry::guide(target),
        Client::Twine => twine::guide(way, target),
        Client::Maven => maven::guide(target),
        Client::Gradle => gradle::guide(target),
        Client::Dotnet => dotnet::guide(way, target),
        Client::Bundler => bundler::guide(target),
        Client::Swift => swift::guide(way, target),
        Client::Cargo => cargo::guide(target),
        Client::Generic => generic::guide(target),
    }
}

impl Guide {
    /// Without notes.
    fn new(parts: impl IntoIterator<Item = Part>) -> Self {
        Self { parts: parts.into_iter().collect(), notes: Vec::new() }
    }

    /// With one more note.
    fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }
}

fn part(aim: Aim, steps: impl IntoIterator<Item = Step>) -> Part {
    Part { aim, steps: steps.into_iter().collect() }
}

fn run(about: impl Into<String>, text: impl Into<String>) -> Step {
    Step { about: about.into(), form: Form::Command, text: text.into() }
}

fn add(file: &str, about: impl Into<String>, text: impl Into<String>) -> Step {
    Step { about: about.into(), form: Form::Add(file.to_owned()), text: text.into() }
}

fn remove(file: &str, text: impl Into<String>) -> Step {
    Step {
        about: "Take out what was added. Leave the rest.".to_owned(),
        form: Form::Remove(file.to_owned()),
        text: text.into(),
    }
}

impl Target {
    /// The command that logs a tool in.
    fn login(&self, tool: &str) -> Step {
        let text = command::access::login(tool, &self.domain, Some(&self.owner), &self.repository, &self.options);
        let about =
            "Fetches a token and writes it, with the address of the repository, into the settings of your account.";
        run(about, text)
    }

    /// The words of the command that prints a token, without remarks of the options.
    fn token_words(&self) -> Vec<String> {
        let words = [
            "aws",
            "codeartifact",
            "get-authorization-token",
            "--domain",
            self.domain.as_str(),
            "--domain-owner",
            self.owner.as_str(),
            "--query",
            "authorizationToken",
            "--output",
            "text",
        ];
        let options = self.options.iter().filter(|option| !option.starts_with(command::NOTE));
        words.into_iter().map(str::to_owned).chain(options.cloned()).collect()
    }

    /// The step that puts a token into the environment.
    fn token(&self) -> Step {
        run(
            "Puts a token into this shell. It is good for 12 hours, and for every repository of the domain.",
            command::access::export_token(&self.domain, Some(&self.owner), &self.options),
        )
    }

    /// The endpoint without its scheme: `host/format/repository/`.
    fn rest(&self) -> &str {
        self.endpoint.split_once("://").map_or(self.endpoint.as_str(), |(_, rest)| rest)
    }

    /// The endpoint's scheme.
    fn scheme(&self) -> &str {
        self.endpoint.split_once("://").map_or("https", |(scheme, _)| scheme)
    }

    /// The endpoint with the token of the environment in it, for double quotes in a shell.
    fn with_credentials(&self) -> String {
        format!("{}://aws:${{{TOKEN_VARIABLE}}}@{}", self.scheme(), self.rest())
    }

    /// A name for the repository in settings that take letters, digits and hyphens only.
    fn plain_name(&self) -> String {
        self.repository.as_str().replace(['.', '_'], "-").to_ascii_lowercase()
    }

    /// The package to install, as a word for the shell.
    fn package(&self, well_known: &str) -> String {
        let named = self.package.as_ref().map(PackageKey::full_name);
        command::quote(named.as_deref().unwrap_or(well_known))
    }
}

/// Takes variables out of the shell again.
fn unset(variables: &[&str]) -> Step {
    run("Takes them out of this shell. A new shell never had them.", format!("unset {}", variables.join(" ")))
}

/// As part of the name of a variable: `team-dev` is `TEAM_DEV`.
fn upper(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

#[cfg(test)]
mod tests;
