//! What can be wrong: each cause with its name, and how sure a sign of it is.

/// One thing that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A setting names an environment variable that is not set.
    VariableUnset,
    /// The AWS credentials have expired.
    CredentialsExpired,
    /// There are no AWS credentials, or AWS does not know them.
    CredentialsMissing,
    /// The clock of the machine is wrong.
    ClockSkew,
    /// `sts:GetServiceBearerToken` is not allowed.
    BearerDenied,
    /// A policy does not allow the call.
    PolicyDenied,
    /// The version is there already.
    VersionExists,
    /// Package origin control blocks it.
    OriginBlocked,
    /// `twine --skip-existing` is for other registries.
    SkipExisting,
    /// An old `aws codeartifact login` sets an option that npm refuses.
    AlwaysAuthRefused,
    /// The client that `aws codeartifact login` should configure is not installed.
    ToolMissing,
    /// A proxy stands in the way.
    Proxy,
    /// The TLS certificate is not trusted.
    Tls,
    /// The address is that of the API.
    ApiAddress,
    /// The address is of another region.
    WrongRegion,
    /// The address is of another account.
    WrongOwner,
    /// The address is of another domain.
    WrongDomain,
    /// The domain has no such repository.
    WrongRepository,
    /// The address is for another package format.
    WrongFormat,
    /// The address of an index needs `simple/`.
    MissingSimple,
    /// The address to upload to must not have `simple/`.
    SurplusSimple,
    /// The address of a NuGet source needs `v3/index.json`.
    MissingIndexJson,
    /// The address of a Cargo registry needs `sparse+`.
    MissingSparse,
    /// The address needs a slash at its end.
    MissingSlash,
    /// The token is written for another address.
    TokenMisplaced,
    /// Yarn sends no token without `npmAlwaysAuth`.
    AlwaysAuthMissing,
    /// No token is sent.
    TokenMissing,
    /// The token was made for another domain.
    TokenForeign,
    /// The token has expired.
    TokenExpired,
    /// The request went to the public registry.
    PublicRegistry,
    /// S3 refuses the header that was meant for CodeArtifact.
    RedirectRefused,
    /// Too many requests.
    Throttled,
    /// A quota is used up.
    Quota,
    /// The public registry could not be reached by CodeArtifact.
    UpstreamUnreachable,
    /// Access is refused, and nothing says by what.
    Forbidden,
    /// The package is there, the version is not.
    VersionNotFound,
    /// The package is in no repository that is searched.
    NotFound,
    /// The name of the host is not known.
    HostUnknown,
    /// The host does not answer.
    Unreachable,
}

impl Cause {
    /// All of them, in the order of [`Cause::weight`].
    pub const ALL: [Self; 39] = [
        Self::VariableUnset,
        Self::CredentialsExpired,
        Self::CredentialsMissing,
        Self::ClockSkew,
        Self::BearerDenied,
        Self::PolicyDenied,
        Self::VersionExists,
        Self::OriginBlocked,
        Self::SkipExisting,
        Self::AlwaysAuthRefused,
        Self::ToolMissing,
        Self::Proxy,
        Self::Tls,
        Self::ApiAddress,
        Self::WrongRegion,
        Self::WrongOwner,
        Self::WrongDomain,
        Self::WrongRepository,
        Self::WrongFormat,
        Self::MissingSimple,
        Self::SurplusSimple,
        Self::MissingIndexJson,
        Self::MissingSparse,
        Self::MissingSlash,
        Self::TokenMisplaced,
        Self::AlwaysAuthMissing,
        Self::TokenMissing,
        Self::TokenForeign,
        Self::TokenExpired,
        Self::PublicRegistry,
        Self::RedirectRefused,
        Self::Throttled,
        Self::Quota,
        Self::UpstreamUnreachable,
        Self::Forbidden,
        Self::VersionNotFound,
        Self::NotFound,
        Self::HostUnknown,
        Self::Unreachable,
    ];

    /// The cause in a few words, as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::VariableUnset => "The variable with the token is not set",
            Self::CredentialsExpired => "Your AWS credentials have expired",
            Self::CredentialsMissing => "There are no AWS credentials that work",
            Self::ClockSkew => "The clock of this machine is wrong",
            Self::BearerDenied => "You may not get tokens: sts:GetServiceBearerToken is not allowed",
            Self::PolicyDenied => "A policy does not allow it",
            Self::VersionExists => "This version exists already",
            Self::OriginBlocked => "Package origin control blocks it",
            Self::SkipExisting => "twine knows --skip-existing for other registries only",
            Self::AlwaysAuthRefused => "An old aws CLI sets an option that npm refuses",
            Self::ToolMissing => "The package manager is not installed",
            Self::Proxy => "A proxy stands in the way",
            Self::Tls => "The TLS certificate is not trusted",
            Self::ApiAddress => "This is the address of the API, not of a repository",
            Self::WrongRegion => "The address is of another region",
            Self::WrongOwner => "The address is of another account",
            Self::WrongDomain => "The address is of another domain",
            Self::WrongRepository => "The domain has no such repository",
            Self::WrongFormat => "The address is for another package format",
            Self::MissingSimple => "The address of the index lacks simple/",
            Self::SurplusSimple => "The address to upload to must not have simple/",
            Self::MissingIndexJson => "The address of the source lacks v3/index.json",
            Self::MissingSparse => "The address of the registry lacks sparse+",
            Self::MissingSlash => "The address lacks the slash at its end",
            Self::TokenMisplaced => "The token stands under another address",
            Self::AlwaysAuthMissing => "Yarn does not send the token",
            Self::TokenMissing => "No token is sent",
            Self::TokenForeign => "The token is not of this domain",
            Self::TokenExpired => "The token has expired",
            Self::PublicRegistry => "The request went to the public registry",
            Self::RedirectRefused => "The client sends its token on to S3",
            Self::Throttled => "Too many requests at once",
            Self::Quota => "An AWS quota is used up",
            Self::UpstreamUnreachable => "CodeArtifact could not reach the public registry",
            Self::Forbidden => "Access is refused",
            Self::NotFound => "No repository that is searched has the package",
            Self::VersionNotFound => "The package is there, this version is not",
            Self::HostUnknown => "The name of the host is not known",
            Self::Unreachable => "The host does not answer",
        }
    }

    /// How much it explains, most first: of several, the one that the others follow from is the cause.
    pub fn weight(self) -> usize {
        // Every cause is in the list: `the_list_is_complete` says so.
        Self::ALL.len() - Self::ALL.iter().position(|cause| *cause == self).unwrap_or(Self::ALL.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Cause;

    #[test]
    fn the_list_is_complete() {
        // The last of the enum closes the list, and none stands there twice.
        assert_eq!(Cause::Unreachable as usize + 1, Cause::ALL.len());
        let distinct: std::collections::BTreeSet<_> = Cause::ALL.into_iter().collect();
        assert_eq!(distinct.len(), Cause::ALL.len());
        assert!(Cause::WrongRegion.weight() > Cause::TokenExpired.weight());
    }
}
