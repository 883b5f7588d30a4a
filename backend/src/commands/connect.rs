//! `headwater connect`

use std::io::Write;

use shared::connect::{Form, Guide, Target, guide};

use crate::cli::Connect;
use crate::codeartifact::CodeArtifact;
use crate::config;

/// Prints how a client is pointed at a repository.
///
/// # Errors
/// One clear line when CodeArtifact does not tell what is needed, or nobody takes the answer.
pub async fn run(connect: Connect) -> Result<(), String> {
    let codeartifact = CodeArtifact::connect(config::connection(&connect.connection, connect.key.as_ref())?).await?;
    let told = |error: crate::error::Error| error.message;
    let (domain, endpoints) = tokio::try_join!(
        codeartifact.describe_domain(&connect.domain),
        codeartifact.repository_endpoints(&connect.domain, &connect.repository),
    )
    .map_err(told)?;
    let format = connect.client.format();
    let endpoint =
        endpoints.endpoints.get(&format).ok_or_else(|| format!("CodeArtifact has no {format} endpoint here."))?;
    let target = Target {
        domain: connect.domain,
        owner: domain.owner,
        repository: connect.repository,
        endpoint: endpoint.clone(),
        options: codeartifact.command_options(),
        package: None,
    };
    let guide = guide(connect.client, connect.way, &target);
    let text = if connect.json {
        let json = serde_json::to_string(&guide).map_err(|error| error.to_string())?;
        format!("{json}\n")
    } else {
        in_words(&guide)
    };
    print(&text)
}

fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| format!("Standard output cannot be written: {error}."))
}

/// A guide for the terminal. What is not to be typed stands in comments.
fn in_words(guide: &Guide) -> String {
    let mut text = String::new();
    for part in &guide.parts {
        text.push_str(&format!("## {}\n\n", part.aim.title()));
        for step in &part.steps {
            let about = &step.about;
            match &step.form {
                Form::Command => text.push_str(&format!("# {about}\n{}\n\n", step.text)),
                Form::Add(file) => text.push_str(&format!("# {about} Add to {file}:\n{}\n", indented(&step.text))),
                Form::Remove(file) => {
                    text.push_str(&format!("# {about} Out of {file}:\n{}\n", indented(&step.text)));
                }
            }
        }
    }
    text.extend(guide.notes.iter().map(|note| format!("# {note}\n")));
    text
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("#   {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use shared::connect::{Client, Way};

    use super::*;

    #[test]
    fn all_that_is_no_command_is_a_comment() {
        let target = Target {
            domain: "acme".parse().unwrap(),
            owner: "111122223333".parse().unwrap(),
            repository: "team-dev".parse().unwrap(),
            endpoint: "https://example.com/npm/team-dev/".to_owned(),
            options: vec![],
            package: None,
        };
        let guide = guide(Client::Npm, Way::Hand, &target);
        let text = in_words(&guide);
        assert!(text.contains("#   registry=https://example.com/npm/team-dev/\n"), "{text}");
        let typed: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert_eq!(
            typed.first(),
            Some(&"export CODEARTIFACT_AUTH_TOKEN=\"$(aws codeartifact get-authorization-token \\")
        );
        assert_eq!(typed.last(), Some(&"unset CODEARTIFACT_AUTH_TOKEN"));
    }
}
