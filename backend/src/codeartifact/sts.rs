//! Who we are to AWS.

use shared::names::AccountId;

use super::CodeArtifact;
use super::convert::account;
use crate::error::{Error, Kind, Result};

/// The caller as STS tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// The ARN.
    pub arn: String,
}

impl CodeArtifact {
    /// Who the credentials belong to. Anybody may ask this, whatever their policies.
    pub async fn caller(&self) -> Result<Caller> {
        let answer = self.sts.get_caller_identity().send().await?;
        let account = account(answer.account())
            .ok_or_else(|| Error::new(Kind::Faulty, "AWS did not tell the account of these credentials."))?;
        Ok(Caller { account, arn: answer.arn().unwrap_or_default().to_owned() })
    }
}
