//! The control plane: the CodeArtifact API (restJson1, `codeartifact` 2018-09-22) and the one STS call.
//!
//! [`OPERATIONS`] is the table of everything that is served. A handler is a plain function: it reads the members of the
//! call, locks the state, asks a rule, and tells what it did.

mod assets;
mod copy;
mod describe;
mod domains;
mod endpoints;
mod external_connections;
mod package_group_origins;
mod package_groups;
mod package_versions;
mod packages;
mod policies;
mod publish;
mod repositories;
mod serve;
mod status;
mod sts;
mod tags;
mod tokens;
mod unknown;

use axum::Router;
use axum::routing::{MethodFilter, on};

use crate::Emulator;
use crate::wire::call::{Answer, Call};

/// One operation.
struct Operation {
    name: &'static str,
    method: MethodFilter,
    path: &'static str,
    handler: fn(&Call) -> Answer,
}

const fn op(name: &'static str, method: MethodFilter, path: &'static str, handler: fn(&Call) -> Answer) -> Operation {
    Operation { name, method, path, handler }
}

const DELETE: MethodFilter = MethodFilter::DELETE;
const GET: MethodFilter = MethodFilter::GET;
const POST: MethodFilter = MethodFilter::POST;
const PUT: MethodFilter = MethodFilter::PUT;

/// The 48 operations of the service model and `GetCallerIdentity`, in the order of their names.
#[rustfmt::skip]
static OPERATIONS: [Operation; 49] = [
    op("AssociateExternalConnection", POST, "/v1/repository/external-connection", external_connections::associate),
    op("CopyPackageVersions", POST, "/v1/package/versions/copy", copy::copy),
    op("CreateDomain", POST, "/v1/domain", domains::create),
    op("CreatePackageGroup", POST, "/v1/package-group", package_groups::create),
    op("CreateRepository", POST, "/v1/repository", repositories::create),
    op("DeleteDomain", DELETE, "/v1/domain", domains::delete),
    op("DeleteDomainPermissionsPolicy", DELETE, "/v1/domain/permissions/policy", policies::delete_of_domain),
    op("DeletePackage", DELETE, "/v1/package", packages::delete),
    op("DeletePackageGroup", DELETE, "/v1/package-group", package_groups::delete),
    op("DeletePackageVersions", POST, "/v1/package/versions/delete", status::delete),
    op("DeleteRepository", DELETE, "/v1/repository", repositories::delete),
    // Plural, unlike the paths of Get and Put.
    op("DeleteRepositoryPermissionsPolicy", DELETE, "/v1/repository/permissions/policies", policies::delete_of_repository),
    op("DescribeDomain", GET, "/v1/domain", domains::describe),
    op("DescribePackage", GET, "/v1/package", packages::describe),
    op("DescribePackageGroup", GET, "/v1/package-group", package_groups::describe),
    op("DescribePackageVersion", GET, "/v1/package/version", package_versions::describe),
    op("DescribeRepository", GET, "/v1/repository", repositories::describe),
    op("DisassociateExternalConnection", DELETE, "/v1/repository/external-connection", external_connections::disassociate),
    op("DisposePackageVersions", POST, "/v1/package/versions/dispose", status::dispose),
    op("GetAssociatedPackageGroup", GET, "/v1/get-associated-package-group", package_groups::associated),
    op("GetAuthorizationToken", POST, "/v1/authorization-token", tokens::get),
    op("GetCallerIdentity", POST, "/", sts::get_caller_identity),
    op("GetDomainPermissionsPolicy", GET, "/v1/domain/permissions/policy", policies::get_of_domain),
    op("GetPackageVersionAsset", GET, "/v1/package/version/asset", assets::get),
    op("GetPackageVersionReadme", GET, "/v1/package/version/readme", package_versions::readme),
    op("GetRepositoryEndpoint", GET, "/v1/repository/endpoint", endpoints::get),
    op("GetRepositoryPermissionsPolicy", GET, "/v1/repository/permissions/policy", policies::get_of_repository),
    op("ListAllowedRepositoriesForGroup", GET, "/v1/package-group-allowed-repositories", package_group_origins::allowed_repositories),
    op("ListAssociatedPackages", GET, "/v1/list-associated-packages", package_groups::packages),
    op("ListDomains", POST, "/v1/domains", domains::list),
    op("ListPackageGroups", POST, "/v1/package-groups", package_groups::list),
    op("ListPackageVersionAssets", POST, "/v1/package/version/assets", assets::list),
    op("ListPackageVersionDependencies", POST, "/v1/package/version/dependencies", package_versions::dependencies),
    op("ListPackageVersions", POST, "/v1/package/versions", package_versions::list),
    op("ListPackages", POST, "/v1/packages", packages::list),
    op("ListRepositories", POST, "/v1/repositories", repositories::list),
    op("ListRepositoriesInDomain", POST, "/v1/domain/repositories", repositories::list_in_domain),
    op("ListSubPackageGroups", POST, "/v1/package-groups/sub-groups", package_groups::list_sub),
    op("ListTagsForResource", POST, "/v1/tags", tags::list),
    op("PublishPackageVersion", POST, "/v1/package/version/publish", publish::publish),
    op("PutDomainPermissionsPolicy", PUT, "/v1/domain/permissions/policy", policies::put_of_domain),
    op("PutPackageOriginConfiguration", POST, "/v1/package", packages::put_origin_configuration),
    op("PutRepositoryPermissionsPolicy", PUT, "/v1/repository/permissions/policy", policies::put_of_repository),
    op("TagResource", POST, "/v1/tag", tags::tag),
    op("UntagResource", POST, "/v1/untag", tags::untag),
    op("UpdatePackageGroup", PUT, "/v1/package-group", package_groups::update),
    op("UpdatePackageGroupOriginConfiguration", PUT, "/v1/package-group-origin-configuration", package_group_origins::update),
    op("UpdatePackageVersionsStatus", POST, "/v1/package/versions/update_status", status::update),
    op("UpdateRepository", PUT, "/v1/repository", repositories::update),
];

/// Whether there is an operation of that name.
pub(crate) fn is_operation(name: &str) -> bool {
    OPERATIONS.iter().any(|operation| operation.name == name)
}

/// Serves the control plane. What no route matches is an unknown operation.
pub(crate) fn router(emulator: Emulator) -> Router {
    let mut router = Router::new();
    for operation in &OPERATIONS {
        let emulator = emulator.clone();
        let serve = move |request| serve::serve(emulator, operation, request);
        router = router.route(operation.path, on(operation.method, serve));
    }
    router.method_not_allowed_fallback(unknown::operation).fallback(unknown::operation)
}
