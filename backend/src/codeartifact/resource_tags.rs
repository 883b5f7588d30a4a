//! Tags of domains and repositories.

use aws_sdk_codeartifact::types as sdk;
use shared::tag::{HeldTags, Tag, TagChange};

use super::CodeArtifact;
use super::convert::tags;
use crate::error::Result;

impl CodeArtifact {
    /// The tags of a resource, by key.
    pub async fn list_tags(&self, arn: &str) -> Result<HeldTags> {
        let answer = self.api.list_tags_for_resource().resource_arn(arn).send().await?;
        let (mut ours, mut of_aws) = (Vec::new(), Vec::new());
        for tag in answer.tags() {
            match read(tag) {
                Some(tag) => ours.push(tag),
                None => of_aws.push(format!("{}={}", tag.key(), tag.value())),
            }
        }
        ours.sort_by(|a, b| a.key.cmp(&b.key));
        of_aws.sort();
        Ok(HeldTags { arn: arn.to_owned(), tags: ours, of_aws })
    }

    /// Takes tags away, then sets the others: so there are never too many.
    pub async fn change_tags(&self, arn: &str, change: &TagChange) -> Result<()> {
        if !change.removed.is_empty() {
            let keys = change.removed.iter().map(ToString::to_string).collect();
            let call = self.api.untag_resource().resource_arn(arn).set_tag_keys(Some(keys));
            call.customize().config_override(Self::once()).send().await?;
        }
        if !change.set.is_empty() {
            let call = self.api.tag_resource().resource_arn(arn).set_tags(tags(&change.set)?);
            call.customize().config_override(Self::once()).send().await?;
        }
        Ok(())
    }
}

/// A tag that people may change; none for those of AWS itself.
fn read(tag: &sdk::Tag) -> Option<Tag> {
    Some(Tag { key: tag.key().parse().ok()?, value: tag.value().parse().ok()? })
}
