//! The operators and keys of conditions (IAM user guide, *Condition operators* and *AWS global condition context keys*).

use super::near::nearest;

/// How the values of a condition are compared with those of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operator {
    /// The comparison itself.
    pub test: Test,
    /// `…IfExists`: holds when the request has no such key.
    pub if_exists: bool,
    /// `ForAllValues:` or `ForAnyValue:`, for keys with several values.
    pub set: Option<Set>,
}

/// The two ways to compare a key that has several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Set {
    /// Every value of the request must match; holds when there is none.
    All,
    /// One value of the request must match.
    Any,
}

macro_rules! tests {
    ($($name:ident),*) => {
        /// The comparisons.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "they are called as in the IAM user guide")]
        pub enum Test {
            $($name),*
        }

        impl Test {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word in a policy.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name)),*
                }
            }
        }
    };
}

tests!(
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
    ArnEquals,
    ArnLike,
    ArnNotEquals,
    ArnNotLike,
    Null
);

impl Test {
    /// Negated comparisons hold when no value matches, and when the request has no such key.
    pub fn is_negated(self) -> bool {
        use Test::*;
        matches!(
            self,
            StringNotEquals
                | StringNotEqualsIgnoreCase
                | StringNotLike
                | NumericNotEquals
                | DateNotEquals
                | NotIpAddress
                | ArnNotEquals
                | ArnNotLike
        )
    }
}

impl Operator {
    /// Reads an operator as it stands in a policy. Case does not count, as in IAM.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let (set, rest) = if let Some(rest) = lower.strip_prefix("forallvalues:") {
            (Some(Set::All), rest)
        } else if let Some(rest) = lower.strip_prefix("foranyvalue:") {
            (Some(Set::Any), rest)
        } else {
            (None, lower.as_str())
        };
        let (rest, if_exists) = rest.strip_suffix("ifexists").map_or((rest, false), |rest| (rest, true));
        let test = Test::ALL.iter().copied().find(|test| test.as_str().eq_ignore_ascii_case(rest))?;
        // `Null` asks whether the key exists: "if it exists" would make no sense.
        (!(if_exists && test == Test::Null)).then_some(Self { test, if_exists, set })
    }

    pub(super) fn nearest(text: &str) -> Option<&'static str> {
        nearest(text, Test::ALL.iter().map(|test| test.as_str()))
    }
}

/// Keys that any request may have. Those that end with `/` take a tag's key after it.
const KEYS: &[&str] = &[
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalTag/",
    "aws:PrincipalType",
    "aws:RequestTag/",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:ResourceTag/",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:ViaAWSService",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:VpcSourceIp",
    "aws:userid",
    "aws:username",
    "aws:Ec2InstanceSourceVpc",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:SourceOwner",
    "aws:referer",
    "aws:UserAgent",
    "aws:AssumedRoot",
    "aws:ChatbotSourceArn",
    "aws:SignInSessionArn",
    "aws:IsMcpServiceAction",
    "sts:AWSServiceName",
    "sts:DurationSeconds",
];

/// Keys that CodeArtifact does not support (its user guide, *How AWS CodeArtifact works with IAM*).
const UNSUPPORTED: &[&str] = &["aws:referer", "aws:UserAgent"];

/// Keys that tie a statement for everybody to somebody: an organisation, an account, a principal, a network.
const NARROWING: &[&str] = &[
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:SourceVpcArn",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:PrincipalTag/",
    "aws:userid",
    "aws:username",
];

fn is_one_of(key: &str, keys: &[&str]) -> bool {
    keys.iter().any(|known| match known.strip_suffix('/') {
        Some(_) => {
            key.len() > known.len() && key.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known))
        }
        None => key.eq_ignore_ascii_case(known),
    })
}

/// Whether a key is one that requests to CodeArtifact, or for its tokens, can have.
pub fn is_known(key: &str) -> bool {
    is_one_of(key, KEYS)
}

/// Whether CodeArtifact does not support a key that exists.
pub fn is_unsupported(key: &str) -> bool {
    is_one_of(key, UNSUPPORTED)
}

/// Whether a key ties a statement for everybody to somebody.
pub fn is_narrowing(key: &str) -> bool {
    is_one_of(key, NARROWING)
}

pub(super) fn nearest_key(key: &str) -> Option<&'static str> {
    nearest(key, KEYS.iter().copied())
}
