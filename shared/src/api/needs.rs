//! Which roles an endpoint needs. Deny by default: an endpoint without a rule here is nobody's.

use crate::person::Role;

/// Whoever is signed in.
const READERS: &[Role] = &Role::ALL;
const PROMOTERS: &[Role] = &[Role::Promoter];
const APPROVERS: &[Role] = &[Role::Approver];
const ADMINS: &[Role] = &[Role::Admin];

/// The endpoints for everybody, signed in or not.
pub const OPEN: [&str; 2] = ["CreateSession", "GetSignIn"];

/// The roles of which one is needed to ask an endpoint, by its name; none for one without a rule.
pub fn needs(endpoint: &str) -> Option<&'static [Role]> {
    Some(match endpoint {
        // The session; those for everybody ask for none of the roles.
        "GetSignIn" | "CreateSession" | "GetSession" | "DeleteSession" => READERS,

        // Reading, and what only shows what a change would do.
        "ListConnections"
        | "IdentifyConnection"
        | "ListRepositoryNames"
        | "ListDomains"
        | "DescribeDomain"
        | "GetRepositoryEndpoints"
        | "GetDomainPolicy"
        | "GetRepositoryPolicy"
        | "GlanceAtPolicies"
        | "ListDomainTags"
        | "ListRepositoryTags"
        | "DescribeDomainMap"
        | "ExportDomain"
        | "DescribeSetup"
        | "VerifySetup"
        | "CountRepositoryPackages"
        | "DescribePackageMatrix"
        | "ListPackages"
        | "GlanceAtPackages"
        | "ListVersions"
        | "DescribeVersion"
        | "ListAssets"
        | "ListDependencies"
        | "GetReadme"
        | "PreviewPublication"
        | "CompareRepositories"
        | "CompareVersions"
        | "DiffVersionFiles"
        | "PreviewPromotion"
        | "PreviewClosure"
        | "GetPlan"
        | "ListPlans"
        | "GetApproval"
        | "ListProtections"
        | "ListBlocks"
        | "ListRuns"
        | "GetRun"
        | "WatchRun"
        | "PreviewUndo"
        | "ListHistory"
        | "ListInventories"
        | "ExportHistory"
        | "VerifyHistory" => READERS,

        // Promoting.
        "CreatePlan" | "CreateRun" | "SteerRun" | "CreateUndo" => PROMOTERS,
        // Keeping a version from being promoted, and letting it again.
        "BlockVersion" | "UnblockVersion" => &[Role::Promoter, Role::Admin],
        // Saying yes or no to what others have planned.
        "ApprovePlan" | "RejectPlan" => APPROVERS,

        // A token lets package managers read, and publish where the connection may.
        "CreateToken" => &[Role::Promoter, Role::Admin],

        // Everything else.
        "CreateDomain"
        | "DeleteDomain"
        | "CreateRepository"
        | "UpdateRepository"
        | "SetUpstreams"
        | "SetConnection"
        | "DeleteRepository"
        | "SetDomainPolicy"
        | "DeleteDomainPolicy"
        | "SetRepositoryPolicy"
        | "DeleteRepositoryPolicy"
        | "SetDomainTags"
        | "SetProtections"
        | "SetRepositoryTags"
        | "ChangeStatus"
        | "ChangeStatuses"
        | "PublishAsset"
        | "PublishArchive" => ADMINS,

        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ALL, Method};
    use crate::history::records;
    use crate::person::Who;

    #[test]
    fn every_endpoint_has_a_rule_and_what_is_no_endpoint_has_none() {
        for (name, ..) in ALL {
            assert!(needs(name).is_some_and(|roles| !roles.is_empty()), "give `{name}` a rule");
            assert_eq!(Who::local().refusal(name), None);
            assert!(Who::nobody().refusal(name).is_some());
        }
        assert!(needs("Nothing").is_none() && Who::local().refusal("Nothing").is_some());
    }

    #[test]
    fn viewers_and_approvers_change_nothing_and_every_reader_reads_all() {
        for (name, method, _) in ALL {
            let needed = needs(name).unwrap();
            assert!(!records(name, *method) || !needed.contains(&Role::Viewer), "{name}");
            assert!(*method != Method::Get || needed == READERS, "{name}");
        }
    }
}
