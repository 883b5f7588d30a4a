//! Each endpoint of the API once: method, path, what goes in, what comes out. Both ends use these definitions.
//!
//! Names of packages and versions travel in the query, never in the path: they may be `..` or hold a `%`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::approval::{Approval, NewApproval, NewRejection, WaitingPlan};
use crate::block::{Block, BlockChange, Blocks};
use crate::closure::Closure;
use crate::comparison::{ComparisonPage, FileComparison, VersionComparison};
use crate::connect::RepositoryEndpoints;
use crate::connection::{Connection, Identity};
use crate::domain::{Domain, DomainMap, DomainSummary, NewDomain};
use crate::export::Export;
use crate::feeding::{Connect, NewUpstreams};
use crate::history::{HistoryCheck, HistoryPage};
use crate::inventory::Inventory;
use crate::package::{GlancePackages, PackageGlance, PackageMatrix, PackagePage};
use crate::permission::{GlancePolicies, NewPolicy, Policy, PolicyGlance, SeenRevision};
use crate::plan::{NewPlan, OpenedPlan, Plan};
use crate::promotion::{Preview, PreviewRequest};
use crate::protection::{NewProtections, ProtectionList, Protections};
use crate::publishing::{Published, Standing};
use crate::readme::Readme;
use crate::recipe::{Names, SetupState, Verification};
use crate::repository::{CountPackages, DescribedAnew, NewRepository, PackageCounts, Repository, RepositoryNames};
use crate::run::{NewRun, Run, RunEvent, RunPage, Steer};
use crate::session::{Session, SessionInfo, SignIn, SignInWay};
use crate::status::{StatusChange, StatusChanges, StatusOutcome};
use crate::tag::{HeldTags, NewTags};
use crate::token::{IssuedToken, NewToken};
use crate::undo::{NewUndo, UndoPreview, UndoQuery};
use crate::version::{Asset, Dependency, VersionDetail, VersionPage};

mod comparison;
mod file;
mod history;
mod needs;
mod place;
mod run;
pub use comparison::{ComparisonQuery, FileComparisonQuery, VersionComparisonQuery};
pub use file::{ArchiveQuery, AssetQuery};
pub use history::{HistoryExportQuery, HistoryQuery};
pub use needs::{OPEN, needs};
pub use place::{
    ConnectionPath, DomainPath, ExportQuery, Fill, PackageQuery, PackagesQuery, Query, RepositoryPath, VersionQuery,
    VersionsQuery, escape,
};
pub use run::{AfterQuery, PlanPath, RunPath, RunsQuery};

/// HTTP methods that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes something, or reads what is too long to ask in an address.
    Post,
    /// Sends a file: the body is its bytes, and `content-length` says how many.
    Put,
    /// Ends something.
    Delete,
}

/// One endpoint.
pub trait Endpoint {
    /// Its name here.
    const NAME: &'static str;
    /// HTTP method.
    const METHOD: Method;
    /// Path with `{placeholders}`.
    const PATH: &'static str;
    /// Fills the placeholders.
    type Path: Fill;
    /// Follows the `?`.
    type Query: Query;
    /// JSON body; `()` where there is none, and where the body is a file.
    type Body: Serialize + DeserializeOwned;
    /// JSON answer; `()` where there is none.
    type Answer: Serialize + DeserializeOwned;

    /// The address to ask.
    fn address(path: &Self::Path, query: &Self::Query) -> String {
        let query: Vec<String> =
            query.pairs().into_iter().map(|(key, value)| format!("{key}={}", escape(&value))).collect();
        let mut address = path.fill(Self::PATH);
        if !query.is_empty() {
            address.push('?');
            address.push_str(&query.join("&"));
        }
        address
    }
}

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident: $method:ident $path:literal, $place:ty, $query:ty, $body:ty => $answer:ty;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl Endpoint for $name {
                const NAME: &'static str = stringify!($name);
                const METHOD: Method = Method::$method;
                const PATH: &'static str = $path;
                type Path = $place;
                type Query = $query;
                type Body = $body;
                type Answer = $answer;
            }
        )*

        /// Every endpoint: name, method and path, for tests that must not forget one.
        pub const ALL: &[(&str, Method, &str)] = &[$((stringify!($name), Method::$method, $path)),*];
    };
}

endpoints! {
    /// How people come in. Needs no session.
    GetSignIn: Get "/api/sign-in", (), (), () => SignInWay;
    /// Exchanges the secret of a sign-in link, or a person's token, for a session. Needs none.
    CreateSession: Post "/api/session", (), (), SignIn => Session;
    /// Who is signed in, and what they may do.
    GetSession: Get "/api/session", (), (), () => SessionInfo;
    /// Ends the session.
    DeleteSession: Delete "/api/session", (), (), () => ();
    /// The connections that the server is configured with.
    ListConnections: Get "/api/connections", (), (), () => Vec<Connection>;
    /// Who a connection speaks as, or why it does not work and what mends it.
    IdentifyConnection: Get "/api/connections/{connection}/identity", ConnectionPath, (), () => Identity;
    /// All repositories of the connection's account, by domain.
    ListRepositoryNames: Get "/api/connections/{connection}/repositories", ConnectionPath, (), () => Vec<RepositoryNames>;
    /// The domains that the connection's account owns.
    ListDomains: Get "/api/connections/{connection}/domains", ConnectionPath, (), () => Vec<DomainSummary>;
    /// One domain.
    DescribeDomain: Get "/api/connections/{connection}/domains/{domain}", DomainPath, (), () => Domain;
    /// Makes a domain.
    CreateDomain: Post "/api/connections/{connection}/domains", ConnectionPath, (), NewDomain => Domain;
    /// Deletes a domain that has no repositories.
    DeleteDomain: Delete "/api/connections/{connection}/domains/{domain}", DomainPath, (), () => ();
    /// Makes a repository.
    CreateRepository: Post "/api/connections/{connection}/domains/{domain}/repositories", DomainPath, (), NewRepository => Repository;
    /// Describes a repository anew, in words.
    UpdateRepository: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}", RepositoryPath, (), DescribedAnew => Repository;
    /// Replaces a repository's list of upstreams, unless it has changed since it was seen.
    SetUpstreams: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}/upstreams", RepositoryPath, (), NewUpstreams => Repository;
    /// Makes or takes away an external connection.
    SetConnection: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}/external-connection", RepositoryPath, (), Connect => Repository;
    /// Its addresses for package managers, by format.
    GetRepositoryEndpoints: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/endpoints", RepositoryPath, (), () => RepositoryEndpoints;
    /// Gives out an authorization token. The one answer that holds a secret of AWS: it is asked for by a person, and kept nowhere.
    CreateToken: Post "/api/connections/{connection}/domains/{domain}/token", DomainPath, (), NewToken => IssuedToken;
    /// Deletes a repository with all that it holds.
    DeleteRepository: Delete "/api/connections/{connection}/domains/{domain}/repositories/{repository}", RepositoryPath, (), () => ();
    /// The permissions policy of a domain; none where it has none.
    GetDomainPolicy: Get "/api/connections/{connection}/domains/{domain}/policy", DomainPath, (), () => Option<Policy>;
    /// Replaces the policy of a domain, or gives it one, unless it has changed since it was seen.
    SetDomainPolicy: Post "/api/connections/{connection}/domains/{domain}/policy", DomainPath, (), NewPolicy => Policy;
    /// Deletes the policy of a domain, unless it has changed since it was seen.
    DeleteDomainPolicy: Delete "/api/connections/{connection}/domains/{domain}/policy", DomainPath, SeenRevision, () => ();
    /// The permissions policy of a repository; none where it has none.
    GetRepositoryPolicy: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/policy", RepositoryPath, (), () => Option<Policy>;
    /// Replaces the policy of a repository, or gives it one, unless it has changed since it was seen.
    SetRepositoryPolicy: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}/policy", RepositoryPath, (), NewPolicy => Policy;
    /// Deletes the policy of a repository, unless it has changed since it was seen.
    DeleteRepositoryPolicy: Delete "/api/connections/{connection}/domains/{domain}/repositories/{repository}/policy", RepositoryPath, SeenRevision, () => ();
    /// The policies of some repositories.
    GlanceAtPolicies: Post "/api/connections/{connection}/domains/{domain}/policy-glances", DomainPath, (), GlancePolicies => Vec<PolicyGlance>;
    /// The tags of a domain.
    ListDomainTags: Get "/api/connections/{connection}/domains/{domain}/tags", DomainPath, (), () => HeldTags;
    /// Adds, changes and removes tags of a domain, unless they have changed since they were seen.
    SetDomainTags: Post "/api/connections/{connection}/domains/{domain}/tags", DomainPath, (), NewTags => HeldTags;
    /// The tags of a repository.
    ListRepositoryTags: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/tags", RepositoryPath, (), () => HeldTags;
    /// Adds, changes and removes tags of a repository, unless they have changed since they were seen.
    SetRepositoryTags: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}/tags", RepositoryPath, (), NewTags => HeldTags;
    /// All that the map draws.
    DescribeDomainMap: Get "/api/connections/{connection}/domains/{domain}/map", DomainPath, (), () => DomainMap;
    /// The domain as code.
    ExportDomain: Get "/api/connections/{connection}/domains/{domain}/export", DomainPath, ExportQuery, () => Export;
    /// What is there of all that the set-up recipe makes. Never older than a few seconds.
    DescribeSetup: Get "/api/connections/{connection}/set-up", ConnectionPath, Names, () => SetupState;
    /// Asks all that the set-up recipe has people ask for when they are through.
    VerifySetup: Get "/api/connections/{connection}/set-up/verification", ConnectionPath, Names, () => Verification;
    /// How many packages some repositories hold, by format.
    CountRepositoryPackages: Post "/api/connections/{connection}/domains/{domain}/package-counts", DomainPath, (), CountPackages => Vec<PackageCounts>;
    /// A package across all repositories of the domain.
    DescribePackageMatrix: Get "/api/connections/{connection}/domains/{domain}/package", DomainPath, PackageQuery, () => PackageMatrix;
    /// Packages of one repository, page by page.
    ListPackages: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/packages", RepositoryPath, PackagesQuery, () => PackagePage;
    /// The versions at a glance of some packages of one repository.
    GlanceAtPackages: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}/package-glances", RepositoryPath, (), GlancePackages => Vec<PackageGlance>;
    /// Versions of one package in one repository, page by page.
    ListVersions: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/versions", RepositoryPath, VersionsQuery, () => VersionPage;
    /// One version in one repository.
    DescribeVersion: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/version", RepositoryPath, VersionQuery, () => VersionDetail;
    /// Changes its status, disposes it or deletes it.
    ChangeStatus: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}/version/status", RepositoryPath, (), StatusChange => ();
    /// The same for many versions of a package, with an answer for each.
    ChangeStatuses: Post "/api/connections/{connection}/domains/{domain}/repositories/{repository}/versions/status", RepositoryPath, (), StatusChanges => StatusOutcome;
    /// Its files.
    ListAssets: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/version/assets", RepositoryPath, VersionQuery, () => Vec<Asset>;
    /// What it depends on.
    ListDependencies: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/version/dependencies", RepositoryPath, VersionQuery, () => Vec<Dependency>;
    /// Its readme; none where it has none.
    GetReadme: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/version/readme", RepositoryPath, VersionQuery, () => Option<Readme>;
    /// What a repository holds of a version that is to be published there. Changes nothing.
    PreviewPublication: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/publication", RepositoryPath, VersionQuery, () => Standing;
    /// Publishes a file as one of a generic version.
    PublishAsset: Put "/api/connections/{connection}/domains/{domain}/repositories/{repository}/assets", RepositoryPath, AssetQuery, () => Published;
    /// Publishes an npm tarball, a wheel or a Python source archive at the endpoint of its package manager.
    PublishArchive: Put "/api/connections/{connection}/domains/{domain}/repositories/{repository}/archives", RepositoryPath, ArchiveQuery, () => Published;
    /// The recorded states of a repository, the last one first. Asks nothing of AWS.
    ListInventories: Get "/api/connections/{connection}/domains/{domain}/repositories/{repository}/inventories", RepositoryPath, (), () => Vec<Inventory>;
    /// Two repositories side by side, page by page.
    CompareRepositories: Get "/api/connections/{connection}/domains/{domain}/comparison", DomainPath, ComparisonQuery, () => ComparisonPage;
    /// The files of a version in two repositories that both hold it.
    CompareVersions: Get "/api/connections/{connection}/domains/{domain}/comparison/version", DomainPath, VersionComparisonQuery, () => VersionComparison;
    /// What differs inside a file of a version in two repositories that both hold it.
    DiffVersionFiles: Get "/api/connections/{connection}/domains/{domain}/comparison/version/file", DomainPath, FileComparisonQuery, () => FileComparison;
    /// What a promotion would do. Changes nothing.
    PreviewPromotion: Post "/api/connections/{connection}/domains/{domain}/promotions/preview", DomainPath, (), PreviewRequest => Preview;
    /// What the versions of a promotion need, seen from the target. Changes nothing.
    PreviewClosure: Post "/api/connections/{connection}/domains/{domain}/promotions/closure", DomainPath, (), PreviewRequest => Closure;
    /// Saves a plan. Reads AWS, and changes nothing there.
    CreatePlan: Post "/api/connections/{connection}/domains/{domain}/plans", DomainPath, (), NewPlan => Plan;
    /// Opens a plan: what was seen when it was made, and what is not so any more.
    GetPlan: Get "/api/connections/{connection}/domains/{domain}/plans/{plan}", PlanPath, (), () => OpenedPlan;
    /// The plans of a domain that wait: their target is protected, and they have not been run.
    ListPlans: Get "/api/connections/{connection}/domains/{domain}/plans", DomainPath, (), () => Vec<WaitingPlan>;
    /// How a plan stands with the protections of its target, without a look at its rows.
    GetApproval: Get "/api/connections/{connection}/domains/{domain}/plans/{plan}/approval", PlanPath, (), () => Approval;
    /// Approves a plan.
    ApprovePlan: Post "/api/connections/{connection}/domains/{domain}/plans/{plan}/approval", PlanPath, (), NewApproval => Approval;
    /// Rejects a plan, for good.
    RejectPlan: Post "/api/connections/{connection}/domains/{domain}/plans/{plan}/rejection", PlanPath, (), NewRejection => Approval;
    /// The protections of a domain's repositories.
    ListProtections: Get "/api/connections/{connection}/domains/{domain}/protections", DomainPath, (), () => ProtectionList;
    /// Replaces the protections of a domain, unless they have changed since they were seen.
    SetProtections: Post "/api/connections/{connection}/domains/{domain}/protections", DomainPath, (), NewProtections => Protections;
    /// The versions of a domain that are blocked from promotion.
    ListBlocks: Get "/api/connections/{connection}/domains/{domain}/blocks", DomainPath, (), () => Blocks;
    /// Blocks a version: no promotion copies it any more.
    BlockVersion: Post "/api/connections/{connection}/domains/{domain}/blocks", DomainPath, (), BlockChange => Block;
    /// Unblocks a version, and tells the block that there was.
    UnblockVersion: Post "/api/connections/{connection}/domains/{domain}/blocks/end", DomainPath, (), BlockChange => Block;
    /// Runs a plan. Answers at once; the run goes on by itself. Asked again, it answers the same run.
    CreateRun: Post "/api/connections/{connection}/domains/{domain}/plans/{plan}/runs", PlanPath, (), NewRun => Run;
    /// The runs of a domain, newest first, fifty a page.
    ListRuns: Get "/api/connections/{connection}/domains/{domain}/runs", DomainPath, RunsQuery, () => RunPage;
    /// One run with its rows.
    GetRun: Get "/api/connections/{connection}/domains/{domain}/runs/{run}", RunPath, (), () => Run;
    /// What changes in a run from now on: a stream of server-sent events, each a [`RunEvent`].
    WatchRun: Get "/api/connections/{connection}/domains/{domain}/runs/{run}/events", RunPath, AfterQuery, () => RunEvent;
    /// Stops a run, or goes on with it.
    SteerRun: Post "/api/connections/{connection}/domains/{domain}/runs/{run}/steer", RunPath, (), Steer => Run;
    /// What undoing a run would do. Changes nothing.
    PreviewUndo: Get "/api/connections/{connection}/domains/{domain}/runs/{run}/undo", RunPath, UndoQuery, () => UndoPreview;
    /// Undoes a run: another run, which takes away what this one made.
    CreateUndo: Post "/api/connections/{connection}/domains/{domain}/runs/{run}/undo", RunPath, (), NewUndo => Run;
    /// The record of changes of a domain, newest first, a hundred rows a page.
    ListHistory: Get "/api/connections/{connection}/domains/{domain}/history", DomainPath, HistoryQuery, () => HistoryPage;
    /// The same as a file, oldest first.
    ExportHistory: Get "/api/connections/{connection}/domains/{domain}/history/export", DomainPath, HistoryExportQuery, () => ();
    /// Walks the chain of the whole record, of all domains.
    VerifyHistory: Get "/api/history/verification", (), (), () => HistoryCheck;
}
