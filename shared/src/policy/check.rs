//! What a policy that can be read may mean wrongly: names that do not exist, words that stand at the wrong level, and
//! statements that reach further than they look. What is called an error here, IAM Access Analyzer calls one too.

mod actions;
mod conditions;
mod principals;
mod resources;

use super::Level;
use super::finding::Finding;
use super::statement::{Policy, Word};

/// Everything there is to tell, in no order.
pub(super) fn check(policy: &Policy, level: Level) -> Vec<Finding> {
    let mut findings = sids(policy, level);
    for statement in &policy.statements {
        findings.extend(actions::check(statement, level));
        findings.extend(resources::check(statement, level));
        findings.extend(principals::check(statement));
        findings.extend(conditions::check(statement, level));
    }
    findings
}

fn sids(policy: &Policy, level: Level) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sids: Vec<&Word> = policy.statements.iter().filter_map(|statement| statement.sid.as_ref()).collect();
    for (index, sid) in sids.iter().enumerate() {
        if !sid.text.is_empty() && sids[..index].iter().any(|other| other.text == sid.text) {
            let message = format!("Another statement has the Sid `{}` too: a Sid names one statement.", sid.text);
            findings.push(Finding::error(sid.at, message));
        }
        if level == Level::Identity && !sid.text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            findings.push(Finding::error(sid.at, "In IAM a Sid has letters and digits only."));
        }
    }
    findings
}
