//! Tags of domains and repositories.

use aws_sdk_codeartifact::types as sdk;
use shared::names::TagKey;
use shared::tag::{HeldTags, Tag, TagChange};

use super::CodeArtifact;
use super::convert::tags;
use crate::error::{Error, Result};

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

    /// Sets tags, then takes others away: what fails on the way loses nothing. The other way round where both together
    /// would be too many. An error tells what was done before it.
    pub async fn change_tags(&self, arn: &str, change: &TagChange) -> Result<()> {
        if change.sets_first() {
            self.set_tags(arn, &change.set).await?;
            let removal = self.remove_tags(arn, &change.removed).await;
            removal.map_err(|error| halfway("set", change.set.iter().map(|tag| &tag.key), error))
        } else {
            self.remove_tags(arn, &change.removed).await?;
            let setting = self.set_tags(arn, &change.set).await;
            setting.map_err(|error| halfway("removed", change.removed.iter(), error))
        }
    }

    async fn set_tags(&self, arn: &str, set: &[Tag]) -> Result<()> {
        if !set.is_empty() {
            let call = self.api.tag_resource().resource_arn(arn).set_tags(tags(set)?);
            call.customize().config_override(Self::once()).send().await?;
        }
        Ok(())
    }

    async fn remove_tags(&self, arn: &str, removed: &[TagKey]) -> Result<()> {
        if !removed.is_empty() {
            let keys = removed.iter().map(ToString::to_string).collect();
            let call = self.api.untag_resource().resource_arn(arn).set_tag_keys(Some(keys));
            call.customize().config_override(Self::once()).send().await?;
        }
        Ok(())
    }
}

/// The error of the second call, which also tells what the first one did.
fn halfway<'k>(done: &str, keys: impl Iterator<Item = &'k TagKey>, error: Error) -> Error {
    let keys: Vec<&str> = keys.map(|key| key.as_str()).collect();
    if keys.is_empty() {
        return error;
    }
    let done = format!("The first of two calls is done. These tags were {done}: {}.", keys.join(", "));
    let message = format!("{done} The second failed: {}", error.message);
    Error { message, ..error }
}

/// A tag that people may change; none for those of AWS itself.
fn read(tag: &sdk::Tag) -> Option<Tag> {
    Some(Tag { key: tag.key().parse().ok()?, value: tag.value().parse().ok()? })
}
