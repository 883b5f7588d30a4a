//! A CloudFormation template.
//!
//! CloudFormation reads YAML 1.1, where `no` is false, `1_000` a number and `2024-01-01` a date: every text is quoted.

use super::resources::{self, Resource};
use super::value::{Value, quoted};
use super::{ExportFile, Snapshot};

/// How a dynamic reference begins: CloudFormation replaces it wherever it stands, and has no escape for it.
pub const DYNAMIC_REFERENCE: &str = "{{resolve:";

/// One template, and what it cannot say.
pub fn write(snapshot: &Snapshot) -> (Vec<ExportFile>, Vec<String>) {
    let name = format!("{}.yaml", snapshot.domain);
    let (resources, left_out) = resources::resources(snapshot, &[DYNAMIC_REFERENCE]);
    let mut text = format!(
        "# {}, as a CloudFormation template.\n\
         {}\
         #\n\
         # It makes the domain anew, in the account and region that it is deployed to:\n\
         #\n\
         #   aws cloudformation deploy --stack-name {}-codeartifact --template-file {name} --region {}\n\
         AWSTemplateFormatVersion: \"2010-09-09\"\n\
         Description: {}\n\
         Resources:\n",
        snapshot.title(),
        snapshot.missing("#"),
        snapshot.domain,
        snapshot.region,
        quoted(&format!("The CodeArtifact domain {} with its repositories", snapshot.domain)),
    );
    text.extend(resources.iter().map(resource));
    (vec![ExportFile { name, text }], left_out)
}

fn resource(resource: &Resource) -> String {
    let Resource { identifier, kind, properties } = resource;
    let mut text = format!("  {identifier}:\n    Type: \"AWS::CodeArtifact::{kind}\"\n    Properties:\n");
    for (property, value) in properties {
        if *property == "EncryptionKey" {
            text.push_str(
                "      # The key that encrypts it now. Without this line it is AWS's own for CodeArtifact.\n",
            );
        }
        text.push_str(&format!("      {property}:{}\n", after_key(value, 6)));
    }
    text
}

/// A value behind its key's colon; its lines stand deeper than `depth`.
fn after_key(value: &Value, depth: usize) -> String {
    let lines: Vec<String> = match value {
        Value::List(values) if !values.is_empty() => values.iter().map(|value| item(value, depth + 2)).collect(),
        Value::Map(pairs) if !pairs.is_empty() => {
            pairs.iter().map(|(key, value)| pair(key, value, depth + 2)).collect()
        }
        one => return format!(" {}", short(one)),
    };
    lines.into_iter().map(|line| format!("\n{}{line}", " ".repeat(depth + 2))).collect()
}

fn pair(key: &str, value: &Value, depth: usize) -> String {
    format!("{}:{}", key_text(key), after_key(value, depth))
}

/// A value behind a hyphen.
fn item(value: &Value, depth: usize) -> String {
    match value {
        Value::Map(pairs) if !pairs.is_empty() => {
            let lines: Vec<String> = pairs.iter().map(|(key, value)| pair(key, value, depth + 2)).collect();
            format!("- {}", lines.join(&format!("\n{}", " ".repeat(depth + 2))))
        }
        // A list in a list: JSON is YAML as well.
        one => format!("- {}", short(one)),
    }
}

/// A value in one line.
fn short(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.clone(),
        Value::Text(text) => quoted(text),
        Value::List(values) => format!("[{}]", values.iter().map(short).collect::<Vec<_>>().join(", ")),
        Value::Map(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{}: {}", quoted(key), short(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::NameOf(identifier) => format!("!GetAtt {identifier}.Name"),
    }
}

/// Words that YAML 1.1 reads as something else than texts.
const NO_TEXTS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// A key: bare where no reader can take it for anything else.
fn key_text(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic());
    if bare && !NO_TEXTS.contains(&key.to_ascii_lowercase().as_str()) { key.to_owned() } else { quoted(key) }
}
