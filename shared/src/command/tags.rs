//! The commands that change the tags of domains and repositories.

use super::{finish, in_turn, list, quote, tags};
use crate::tag::TagChange;

/// The `aws` commands that change the tags of a resource, in the order of [`TagChange::sets_first`]. None where nothing
/// changes.
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
    let (first, second) = if change.sets_first() { (set, removed) } else { (removed, set) };
    let commands: Vec<String> = first.into_iter().chain(second).collect();
    (!commands.is_empty()).then(|| in_turn(commands))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::parse_lines;

    #[test]
    fn tags_come_before_others_go_unless_there_would_be_too_many() {
        let seen = parse_lines("old=1\nstage=test").unwrap();
        let wanted = parse_lines("stage=prod").unwrap();
        let change = TagChange::between(&seen, &wanted);
        assert_eq!(
            change_tags("arn:x", &change, &[]).unwrap(),
            "aws codeartifact tag-resource \\\n  --resource-arn arn:x \\\n  --tags '[{\"key\":\"stage\",\"value\":\"prod\"}]' &&\naws codeartifact untag-resource \\\n  --resource-arn arn:x \\\n  --tag-keys old"
        );
        let full: String = (0..50).map(|n| format!("old{n}\n")).collect();
        let change = TagChange::between(&parse_lines(&full).unwrap(), &wanted);
        assert!(change_tags("arn:x", &change, &[]).unwrap().starts_with("aws codeartifact untag-resource"));
        assert_eq!(change_tags("arn:x", &TagChange::default(), &[]), None);
    }
}
