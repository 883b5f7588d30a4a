//! A generated policy for Terraform: a policy document, and the policy made of it, laid out as `terraform fmt` does.

use super::Wanted;
use crate::command::json_string;
use crate::policy::statement::{Condition, Statement, Word};

impl Wanted {
    /// The policy in the language of Terraform.
    pub fn terraform(&self) -> String {
        // Names of resources have letters, digits, `_` and `-`; names of domains have no others.
        let name = self.name().replace('-', "_");
        let statements: Vec<String> = self.policy().statements.iter().map(statement).collect();
        format!(
            "data \"aws_iam_policy_document\" \"{name}\" {{\n{}\n}}\n\nresource \"aws_iam_policy\" \"{name}\" {{\n  name        = \"{}\"\n  description = \"{}\"\n  policy      = data.aws_iam_policy_document.{name}.json\n}}\n",
            statements.join("\n\n"),
            self.name(),
            self.description(),
        )
    }
}

fn statement(statement: &Statement) -> String {
    let sid = statement.sid.as_ref().map(|sid| format!("    sid = {}\n\n", text(sid))).unwrap_or_default();
    let mut blocks = vec![list("actions", &statement.actions.list), list("resources", &statement.resources.list)];
    blocks.extend(statement.conditions.iter().map(condition));
    format!("  statement {{\n{sid}{}\n  }}", blocks.join("\n\n"))
}

fn list(name: &str, words: &[Word]) -> String {
    if let [one] = words {
        return format!("    {name} = [{}]", text(one));
    }
    let lines: Vec<String> = words.iter().map(|word| format!("      {},", text(word))).collect();
    format!("    {name} = [\n{}\n    ]", lines.join("\n"))
}

fn condition(condition: &Condition) -> String {
    let values: Vec<String> = condition.values.iter().map(text).collect();
    format!(
        "    condition {{\n      test     = \"{}\"\n      variable = {}\n      values   = [{}]\n    }}",
        condition.operator.test.as_str(),
        text(&condition.key),
        values.join(", ")
    )
}

/// A quoted text. `${` begins an expression in Terraform, and stands for itself when it is doubled.
fn text(word: &Word) -> String {
    json_string(&word.text.replace("${", "$${").replace("%{", "%%{"))
}
