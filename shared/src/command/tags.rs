//! The commands that change the tags of domains and repositories.

use super::{finish, list, quote, tags};
use crate::tag::TagChange;

/// The `aws` commands that change the tags of a resource: those that go go first, so that the list never has too many.
/// None where nothing changes.
pub fn change_tags(arn: &str, change: &TagChange, options: &[String]) -> Option<String> {
    let on_resource = |operation: &str, more: String| {
        let lines = vec![format!("aws codeartifact {operation}"), format!("--resource-arn {}", quote(arn)), more];
        finish(lines, options)
    };
    let removed = (!change.removed.is_empty()).then(|| {
        let keys = list(change.removed.iter().map(|key| key.as_str()));
        on_resource("untag-resource", format!("--tag-keys {keys}"))
    });
    let set = tags(&change.set).map(|tags| on_resource("tag-resource", tags));
    let commands: Vec<String> = removed.into_iter().chain(set).collect();
    (!commands.is_empty()).then(|| commands.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::parse_lines;

    #[test]
    fn tags_go_before_others_come() {
        let seen = parse_lines("old=1\nstage=test").unwrap();
        let wanted = parse_lines("stage=prod").unwrap();
        let change = TagChange::between(&seen, &wanted);
        assert_eq!(
            change_tags("arn:x", &change, &[]).unwrap(),
            "aws codeartifact untag-resource \\\n  --resource-arn arn:x \\\n  --tag-keys old\naws codeartifact tag-resource \\\n  --resource-arn arn:x \\\n  --tags '[{\"key\":\"stage\",\"value\":\"prod\"}]'"
        );
        assert_eq!(change_tags("arn:x", &TagChange::default(), &[]), None);
    }
}
