//! Policies as JSON, laid out as in the guides of AWS.

use super::condition::{Operator, Set};
use super::statement::{Condition, Effect, Policy, PrincipalKind, Principals, Statement, Word, Words};
use crate::command::json_string;

impl Policy {
    /// The policy as a JSON document.
    pub fn to_json(&self) -> String {
        let version = if self.has_variables { "2012-10-17" } else { "2008-10-17" };
        let statements: Vec<String> =
            self.statements.iter().map(|statement| format!("    {}", statement.to_json(2))).collect();
        format!("{{\n  \"Version\": \"{version}\",\n  \"Statement\": [\n{}\n  ]\n}}\n", statements.join(",\n"))
    }
}

impl Statement {
    /// The statement as a JSON object, its lines behind the first moved in by `depth` times two.
    pub fn to_json(&self, depth: usize) -> String {
        let mut members = Vec::new();
        members.extend(self.sid.as_ref().map(|sid| format!("\"Sid\": {}", json_string(&sid.text))));
        let effect = match self.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        };
        members.push(format!("\"Effect\": \"{effect}\""));
        members.extend(self.principals.as_ref().map(principals));
        members.push(words("Action", &self.actions, depth + 1));
        members.push(words("Resource", &self.resources, depth + 1));
        if !self.conditions.is_empty() {
            members.push(conditions(&self.conditions, depth + 1));
        }
        object(&members, depth)
    }
}

fn object(members: &[String], depth: usize) -> String {
    let inner = "  ".repeat(depth + 1);
    let lines: Vec<String> = members.iter().map(|member| format!("{inner}{member}")).collect();
    format!("{{\n{}\n{}}}", lines.join(",\n"), "  ".repeat(depth))
}

fn words(name: &str, words: &Words, depth: usize) -> String {
    let not = if words.negated { "Not" } else { "" };
    format!("\"{not}{name}\": {}", list(&words.list, depth))
}

/// One text as it is, several as a list with a line for each.
fn list(words: &[Word], depth: usize) -> String {
    if let [one] = words {
        return json_string(&one.text);
    }
    let inner = "  ".repeat(depth + 1);
    let lines: Vec<String> = words.iter().map(|word| format!("{inner}{}", json_string(&word.text))).collect();
    format!("[\n{}\n{}]", lines.join(",\n"), "  ".repeat(depth))
}

fn principals(principals: &Principals) -> String {
    let not = if principals.negated { "Not" } else { "" };
    let kinds = PrincipalKind::ALL.into_iter().filter_map(|(name, kind)| {
        let names: Vec<String> = principals
            .list
            .iter()
            .filter(|principal| principal.kind == kind)
            .map(|principal| json_string(&principal.word.text))
            .collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(format!("\"{name}\": {one}")),
            several => Some(format!("\"{name}\": [{}]", several.join(", "))),
        }
    });
    format!("\"{not}Principal\": {{{}}}", kinds.collect::<Vec<_>>().join(", "))
}

fn conditions(conditions: &[Condition], depth: usize) -> String {
    let mut operators: Vec<(String, Vec<String>)> = Vec::new();
    for condition in conditions {
        let name = operator(condition.operator);
        let member = format!("{}: {}", json_string(&condition.key.text), list(&condition.values, depth + 2));
        match operators.iter_mut().find(|(other, _)| *other == name) {
            Some((_, members)) => members.push(member),
            None => operators.push((name, vec![member])),
        }
    }
    let members: Vec<String> =
        operators.into_iter().map(|(name, members)| format!("\"{name}\": {}", object(&members, depth + 1))).collect();
    format!("\"Condition\": {}", object(&members, depth))
}

/// The operator as it stands in a policy.
fn operator(operator: Operator) -> String {
    let set = match operator.set {
        Some(Set::All) => "ForAllValues:",
        Some(Set::Any) => "ForAnyValue:",
        None => "",
    };
    let if_exists = if operator.if_exists { "IfExists" } else { "" };
    format!("{set}{}{if_exists}", operator.test.as_str())
}
