//! Whether a settings file sends a token to the address that it names.

use super::cause::Cause::*;
use super::endpoint::{Endpoint, Login};
use super::kind::Kind;
use super::{Finding, Paste, mask};

pub(super) fn findings(paste: &Paste<'_>) -> Vec<Finding> {
    match paste.kind {
        Kind::Npmrc => npmrc(paste),
        Kind::Yarnrc => yarnrc(paste),
        Kind::PipConf => pip_conf(paste),
        Kind::Pypirc => pypirc(paste),
        Kind::MavenSettings => maven(paste),
        Kind::NugetConfig => nuget(paste),
        Kind::CargoConfig => cargo(paste),
        Kind::Pyproject | Kind::Log(_) => Vec::new(),
    }
}

/// The variable that a settings file takes its token from, where it does.
pub(super) fn variable<'a>(paste: &Paste<'a>) -> Option<&'a str> {
    if paste.is_log() {
        return None;
    }
    let values = paste.lines.iter().flat_map(|line| line.split(['=', ':', '>', '<', ' ', '"']));
    let in_words = values.filter(|word| word.contains('$') || word.starts_with('%'));
    in_words.filter_map(mask::reference).map(|name| name.strip_prefix("env.").unwrap_or(name)).next()
}

/// Lines that are no remarks, with their numbers and the key before `=` or `:` in small letters.
fn pairs<'p>(paste: &'p Paste<'_>, mark: char) -> impl Iterator<Item = (usize, &'p str, &'p str)> {
    paste.lower.iter().enumerate().filter_map(move |(index, line)| {
        let line = line.trim();
        let (key, value) = line.rsplit_once(mark).filter(|_| mark == '=').or_else(|| line.split_once(mark))?;
        (!line.starts_with(['#', ';'])).then(|| (index + 1, key.trim(), value.trim()))
    })
}

fn at<'p>(paste: &'p Paste<'_>, line: usize) -> Option<&'p Endpoint> {
    paste.endpoints.iter().find(|endpoint| endpoint.line == line && !endpoint.api)
}

fn npmrc(paste: &Paste<'_>) -> Vec<Finding> {
    let is_token = |key: &str| key.ends_with("_authtoken") || key.ends_with("_auth") || key.ends_with("_password");
    // `rsplit` would cut base64 with `=` at its end; secrets are hidden by now, so there is none.
    let tokens: Vec<(usize, &str, &str)> = pairs(paste, '=').filter(|(_, key, _)| is_token(key)).collect();
    let registries = pairs(paste, '=').filter(|(_, key, _)| *key == "registry" || key.ends_with(":registry"));
    let mut seen = Vec::new();
    registries
        .filter_map(|(line, _, _)| {
            let registry = at(paste, line)?;
            if seen.contains(&registry.place()) {
                return None;
            }
            seen.push(registry.place());
            token_of(paste, registry, &tokens)
        })
        .collect()
}

fn token_of(paste: &Paste<'_>, registry: &Endpoint, tokens: &[(usize, &str, &str)]) -> Option<Finding> {
    let belongs = |line: usize| at(paste, line).is_some_and(|token| token.place() == registry.place());
    if let Some((line, _, value)) = tokens.iter().find(|(line, _, _)| belongs(*line)) {
        return value.is_empty().then(|| Finding::new(TokenMissing, *line, "The line for the token is empty."));
    }
    match tokens.first() {
        Some((line, key, _)) => {
            let because = match key.starts_with("//") {
                true => {
                    "npm sends a token only to the address that it stands under, and that is another one than the registry's."
                }
                false => "The token stands under no address. npm sends it to nobody.",
            };
            Some(Finding { cause: TokenMisplaced, because: because.to_owned(), lines: vec![registry.line, *line] })
        }
        None => Some(Finding::new(TokenMissing, registry.line, "There is a registry and no token for it.")),
    }
}

fn yarnrc(paste: &Paste<'_>) -> Vec<Finding> {
    let Some(registry) = paste.endpoints.first() else { return Vec::new() };
    let has = |key: &str| paste.lower.iter().any(|line| line.trim_start().starts_with(key));
    if !has("npmauthtoken") && !has("npmauthident") {
        return vec![Finding::new(TokenMissing, registry.line, "There is a registry and no npmAuthToken for it.")];
    }
    let always = paste.lower.iter().any(|line| line.contains("npmalwaysauth") && line.contains("true"));
    let because = "Without npmAlwaysAuth: true Yarn sends the token only when it publishes.";
    if always { Vec::new() } else { vec![Finding::new(AlwaysAuthMissing, registry.line, because)] }
}

fn pip_conf(paste: &Paste<'_>) -> Vec<Finding> {
    let indexes = paste.endpoints.iter().filter(|endpoint| {
        paste.lower.get(endpoint.line - 1).is_some_and(|line| line.contains("://")) && endpoint.login == Login::None
    });
    let because = "The address holds no aws:TOKEN@ before the host.";
    indexes.map(|endpoint| Finding::new(TokenMissing, endpoint.line, because)).collect()
}

fn pypirc(paste: &Paste<'_>) -> Vec<Finding> {
    let password = paste.lower.iter().any(|line| line.trim_start().starts_with("password"));
    let because = "There is a repository and no password for it.";
    let repository = paste.endpoints.first().filter(|endpoint| !password && endpoint.login != Login::Password);
    repository.map(|endpoint| Finding::new(TokenMissing, endpoint.line, because)).into_iter().collect()
}

/// Every repository or mirror at CodeArtifact needs a `<server>` of the same id.
fn maven(paste: &Paste<'_>) -> Vec<Finding> {
    if !paste.lower.iter().any(|line| line.contains("<settings") || line.contains("<servers")) {
        return Vec::new();
    }
    let mut servers = Vec::new();
    let mut places: Vec<(usize, &str)> = Vec::new();
    // The block that is open, with its id and the line of its address.
    let (mut in_server, mut id, mut address) = (false, None, None);
    for (index, line) in paste.lines.iter().enumerate() {
        if line.contains("<server>") {
            (in_server, id) = (true, None);
        } else if ["<repository>", "<mirror>", "<snapshotRepository>", "<pluginRepository>"]
            .iter()
            .any(|tag| line.contains(tag))
        {
            (in_server, id, address) = (false, None, None);
        }
        id = element(line, "id").or(id);
        if !in_server && at(paste, index + 1).is_some() {
            address = Some(index + 1);
        }
        match (in_server, id, address) {
            (true, Some(id), _) => servers.push(id),
            (false, Some(id), Some(line)) => {
                places.push((line, id));
                address = None;
            }
            _ => {}
        }
    }
    let missing = places.into_iter().filter(|(_, id)| !servers.contains(id));
    missing
        .map(|(line, id)| {
            let because = format!("No <server> has the id {id}: Maven sends a token only where both ids are the same.");
            Finding::new(TokenMissing, line, because)
        })
        .collect()
}

fn element<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!("<{name}>"))?;
    rest.split_once("</").map(|(text, _)| text.trim())
}

fn nuget(paste: &Paste<'_>) -> Vec<Finding> {
    let has = |word: &str| paste.lower.iter().any(|line| line.contains(word));
    let source = paste.endpoints.first().filter(|_| !has("<packagesourcecredentials") && has("<packagesources"));
    let because = "There is a source and no packageSourceCredentials for it.";
    source.map(|endpoint| Finding::new(TokenMissing, endpoint.line, because)).into_iter().collect()
}

fn cargo(paste: &Paste<'_>) -> Vec<Finding> {
    let given = pairs(paste, '=').any(|(_, key, _)| key.ends_with("token") || key.contains("credential-provider"));
    let given = given || paste.lower.iter().any(|line| line.contains("credential-provider"));
    let registry = paste.endpoints.first().filter(|_| !given);
    let because = "There is a registry and no credential-provider for it.";
    registry.map(|endpoint| Finding::new(TokenMissing, endpoint.line, because)).into_iter().collect()
}
