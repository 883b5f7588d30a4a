//! A CDK app in Python.

use super::cdk;
use super::resources::{DOMAIN, Resource};
use super::value::{Value, quoted};
use super::{ExportFile, Snapshot, identifiers};

/// A folder with the app, and what the CDK cannot say.
pub fn write(snapshot: &Snapshot) -> (Vec<ExportFile>, Vec<String>) {
    let (resources, left_out) = cdk::resources(snapshot);
    let files = [
        ("app.py", app(snapshot)),
        ("domain_stack.py", stack(snapshot, &resources)),
        ("cdk.json", "{\n  \"app\": \"python3 app.py\"\n}\n".to_owned()),
        ("requirements.txt", "aws-cdk-lib>=2.275.0,<3\nconstructs>=10.5.0,<11\n".to_owned()),
    ];
    (files.map(|(name, text)| ExportFile { name: name.to_owned(), text }).to_vec(), left_out)
}

fn app(snapshot: &Snapshot) -> String {
    format!(
        "# {}, as a CDK app.\n\
         {}\
         #\n\
         # It makes the domain anew, in the account and region that it is deployed to:\n\
         #\n\
         #   pip install -r requirements.txt && npx aws-cdk@2 deploy\n\
         from aws_cdk import App\n\
         \n\
         from domain_stack import DomainStack\n\
         \n\
         app = App()\n\
         DomainStack(app, {})\n\
         app.synth()\n",
        snapshot.title(),
        snapshot.missing("#"),
        quoted(&cdk::stack_id(snapshot)),
    )
}

fn stack(snapshot: &Snapshot, resources: &[Resource]) -> String {
    let identifiers = identifiers::pascal(snapshot);
    let snake = identifiers::snake(snapshot);
    let names: Vec<(String, String)> = identifiers
        .into_iter()
        .filter_map(|(name, identifier)| Some((identifier, format!("{}_repository", snake.get(&name)?))))
        .chain([(DOMAIN.to_owned(), "domain".to_owned())])
        .collect();
    let variables = Variables(names);
    let body: Vec<String> = resources.iter().map(|resource| construct(resource, resources, &variables)).collect();
    format!(
        "from aws_cdk import CfnTag, Stack\n\
         from aws_cdk import aws_codeartifact as codeartifact\n\
         from constructs import Construct\n\
         \n\
         \n\
         class DomainStack(Stack):\n    \
             \"\"\"{}.\"\"\"\n\
         \n    \
             def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:\n        \
                 super().__init__(scope, construct_id, **kwargs)\n\
         \n{}",
        snapshot.title(),
        body.join("\n"),
    )
}

/// Identifiers of resources, and the variables that hold them.
struct Variables(Vec<(String, String)>);

impl Variables {
    fn of(&self, identifier: &str) -> &str {
        self.0.iter().find(|(one, _)| one == identifier).map_or("", |(_, variable)| variable)
    }
}

fn construct(resource: &Resource, all: &[Resource], variables: &Variables) -> String {
    let Resource { identifier, kind, properties } = resource;
    let named = all.iter().any(|one| one.properties.iter().any(|(_, value)| value.names(identifier)));
    let variable = if named { format!("{} = ", variables.of(identifier)) } else { String::new() };
    let mut text =
        format!("        {variable}codeartifact.Cfn{kind}(\n            self,\n            {},\n", quoted(identifier));
    for (property, value) in properties {
        if *property == "EncryptionKey" {
            text.push_str(
                "            # The key that encrypts it now. Without this line it is AWS's own for CodeArtifact.\n",
            );
        }
        let value = match *property {
            "Tags" => tags(value),
            "OriginConfiguration" => typed("OriginConfiguration", value, 12, variables),
            _ => literal(value, 12, variables),
        };
        text.push_str(&format!("            {}={value},\n", cdk::snake(property)));
    }
    text + "        )\n"
}

fn tags(tags: &Value) -> String {
    let Value::List(tags) = tags else { return "[]".to_owned() };
    let tag = |tag: &Value| match tag {
        Value::Map(pairs) => {
            let texts: Vec<String> = pairs
                .iter()
                .filter_map(|(key, value)| match value {
                    Value::Text(text) => Some(format!("{}={}", cdk::snake(key), quoted(text))),
                    _ => None,
                })
                .collect();
            format!("                CfnTag({}),\n", texts.join(", "))
        }
        _ => String::new(),
    };
    format!("[\n{}            ]", tags.iter().map(tag).collect::<String>())
}

/// The origins of a package group: each map is of a class of its own.
fn typed(class: &str, value: &Value, depth: usize, variables: &Variables) -> String {
    let Value::Map(pairs) = value else { return literal(value, depth, variables) };
    let (deeper, end) = (" ".repeat(depth + 4), " ".repeat(depth));
    let line = |(key, value): &(String, Value)| {
        let class = if key == "Restrictions" { key } else { "RestrictionType" };
        format!("{deeper}{}={},\n", cdk::snake(key), typed(class, value, depth + 4, variables))
    };
    let lines: String = pairs.iter().map(line).collect();
    format!("codeartifact.CfnPackageGroup.{class}Property(\n{lines}{end})")
}

/// A value, of which all lines but the first stand at `depth` or deeper.
fn literal(value: &Value, depth: usize, variables: &Variables) -> String {
    let (deeper, end) = (" ".repeat(depth + 4), " ".repeat(depth));
    match value {
        Value::Null => "None".to_owned(),
        Value::Flag(true) => "True".to_owned(),
        Value::Flag(false) => "False".to_owned(),
        Value::Number(number) => number.clone(),
        Value::Text(text) => quoted(text),
        Value::NameOf(identifier) => format!("{}.attr_name", variables.of(identifier)),
        Value::List(values) if values.is_empty() => "[]".to_owned(),
        Value::List(values) => {
            let lines: String =
                values.iter().map(|value| format!("{deeper}{},\n", literal(value, depth + 4, variables))).collect();
            format!("[\n{lines}{end}]")
        }
        Value::Map(pairs) if pairs.is_empty() => "{}".to_owned(),
        Value::Map(pairs) => {
            let line = |(key, value): &(String, Value)| {
                format!("{deeper}{}: {},\n", quoted(key), literal(value, depth + 4, variables))
            };
            format!("{{\n{}{end}}}", pairs.iter().map(line).collect::<String>())
        }
    }
}
