//! A CDK app in TypeScript.

use super::cdk;
use super::identifiers;
use super::resources::Resource;
use super::value::{Value, quoted};
use super::{ExportFile, Snapshot};

/// A folder with the app, and what the CDK cannot say.
pub fn write(snapshot: &Snapshot) -> (Vec<ExportFile>, Vec<String>) {
    let (resources, left_out) = cdk::resources(snapshot);
    let files = [
        ("app.ts", app(snapshot)),
        ("domain-stack.ts", stack(snapshot, &resources)),
        ("cdk.json", "{\n  \"app\": \"npx tsx app.ts\"\n}\n".to_owned()),
        ("package.json", package(snapshot)),
        ("tsconfig.json", TSCONFIG.to_owned()),
    ];
    (files.map(|(name, text)| ExportFile { name: name.to_owned(), text }).to_vec(), left_out)
}

const TSCONFIG: &str = r#"{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "strict": true,
    "skipLibCheck": true
  }
}
"#;

fn package(snapshot: &Snapshot) -> String {
    format!(
        r#"{{
  "name": "{}",
  "version": "1.0.0",
  "private": true,
  "dependencies": {{
    "aws-cdk-lib": "^2.276.0",
    "constructs": "^10.5.0"
  }},
  "devDependencies": {{
    "aws-cdk": "^2.1000.0",
    "tsx": "^4.0.0",
    "typescript": "^5.0.0"
  }}
}}
"#,
        cdk::stack_id(snapshot)
    )
}

fn app(snapshot: &Snapshot) -> String {
    format!(
        "// {}, as a CDK app.\n\
         {}\
         //\n\
         // It makes the domain anew, in the account and region that it is deployed to:\n\
         //\n\
         //   npm install && npx cdk deploy\n\
         import {{ App }} from \"aws-cdk-lib\";\n\
         \n\
         import {{ DomainStack }} from \"./domain-stack\";\n\
         \n\
         const app = new App();\n\
         new DomainStack(app, {});\n\
         app.synth();\n",
        snapshot.title(),
        snapshot.missing("//"),
        quoted(&cdk::stack_id(snapshot)),
    )
}

fn stack(snapshot: &Snapshot, resources: &[Resource]) -> String {
    let body: Vec<String> = resources.iter().map(|resource| construct(resource, resources)).collect();
    format!(
        "import {{ Stack, StackProps }} from \"aws-cdk-lib\";\n\
         import * as codeartifact from \"aws-cdk-lib/aws-codeartifact\";\n\
         import {{ Construct }} from \"constructs\";\n\
         \n\
         /** {}. */\n\
         export class DomainStack extends Stack {{\n  \
           constructor(scope: Construct, id: string, props?: StackProps) {{\n    \
             super(scope, id, props);\n\
         \n{}  }}\n}}\n",
        snapshot.title(),
        body.join("\n"),
    )
}

fn construct(resource: &Resource, all: &[Resource]) -> String {
    let Resource { identifier, kind, properties } = resource;
    let named = all.iter().any(|one| one.properties.iter().any(|(_, value)| value.names(identifier)));
    let variable = if named { format!("const {} = ", identifiers::camel(identifier)) } else { String::new() };
    let mut text = format!("    {variable}new codeartifact.Cfn{kind}(this, {}, {{\n", quoted(identifier));
    for (property, value) in properties {
        if *property == "EncryptionKey" {
            text.push_str(
                "      // The key that encrypts it now. Without this line it is AWS's own for CodeArtifact.\n",
            );
        }
        // The entries of a policy keep their names; CloudFormation's own have small letters here.
        let own = ["Tags", "OriginConfiguration"].contains(property);
        let value = if own { lower_keys(value) } else { value.clone() };
        text.push_str(&format!("      {}: {},\n", cdk::camel(property), literal(&value, 6)));
    }
    text + "    });\n"
}

fn lower_keys(value: &Value) -> Value {
    match value {
        Value::List(values) => Value::List(values.iter().map(lower_keys).collect()),
        Value::Map(pairs) => {
            Value::Map(pairs.iter().map(|(key, value)| (cdk::camel(key), lower_keys(value))).collect())
        }
        other => other.clone(),
    }
}

/// A value, of which all lines but the first stand at `depth` or deeper.
fn literal(value: &Value, depth: usize) -> String {
    let (deeper, end) = (" ".repeat(depth + 2), " ".repeat(depth));
    match value {
        Value::Null => "null".to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.clone(),
        Value::Text(text) => quoted(text),
        Value::NameOf(identifier) => format!("{}.attrName", identifiers::camel(identifier)),
        Value::List(values) if values.is_empty() => "[]".to_owned(),
        Value::List(values) => {
            let lines: String =
                values.iter().map(|value| format!("{deeper}{},\n", literal(value, depth + 2))).collect();
            format!("[\n{lines}{end}]")
        }
        Value::Map(pairs) if pairs.is_empty() => "{}".to_owned(),
        Value::Map(pairs) => {
            let line =
                |(key, value): &(String, Value)| format!("{deeper}{}: {},\n", key_text(key), literal(value, depth + 2));
            format!("{{\n{}{end}}}", pairs.iter().map(line).collect::<String>())
        }
    }
}

/// A key. In an object literal `__proto__` is no key like others, unless it is computed.
fn key_text(key: &str) -> String {
    let bare = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.bytes().all(|b| b.is_ascii_alphanumeric());
    match key {
        "__proto__" => format!("[{}]", quoted(key)),
        _ if bare => key.to_owned(),
        _ => quoted(key),
    }
}
