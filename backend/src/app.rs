//! The application: what handlers share, the table of routes, and the layers around it.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::post;
use http::{HeaderMap, Uri};
use shared::api as endpoints;
use shared::archive::LARGEST_ARCHIVE;
use shared::names::ConnectionKey;
use shared::publishing::LARGEST_ASSET;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

use crate::access::{self, Access};
use crate::api::{
    approvals, blocks, comparisons, connections, domains, exports, history, packages, permissions, plans, promotions,
    protections, publications, recipe, reports, repositories, runs, session, tags, tokens, versions,
};
use crate::cache::Cache;
use crate::codeartifact::CodeArtifact;
use crate::codeartifact::calls::noted;
use crate::error::{Error, Kind, Result};
use crate::extract::MostBytes;
use crate::guard::host::{self, Hosts};
use crate::guard::{envelope, fields, origin};
use crate::readme::Readmes;
use crate::record::{Asking, Change};
use crate::run::hub::Hub;
use crate::run::worker::Worker;
use crate::store::Store;
use crate::work::Work;
use crate::{server, site};

mod routes;
use routes::Routes;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The connections, in the order of the configuration.
    pub connections: Arc<[Arc<CodeArtifact>]>,
    /// Sign-in link and sessions.
    pub access: Arc<Access>,
    /// What was read from AWS a moment ago.
    pub cache: Arc<Cache>,
    /// Parses readmes, two at a time.
    pub readmes: Arc<Readmes>,
    /// Archives on their way to a package endpoint: each is held as a whole.
    pub archives: Arc<Semaphore>,
    /// What AWS does not know: plans, runs, the record of changes.
    pub store: Store,
    /// Where those who work on runs and those who watch them meet.
    pub hub: Arc<Hub>,
    /// What the record is told of the request that a handler answers.
    asking: Option<Arc<Asking>>,
    /// What must end even if the browser goes away.
    pub work: Work,
}

impl AppState {
    /// The state of a server with these connections and this store.
    pub fn new(connections: Vec<CodeArtifact>, store: Store) -> Self {
        let cache = Arc::<Cache>::default();
        Self {
            connections: connections.into_iter().map(Arc::new).collect(),
            access: Arc::default(),
            hub: Arc::new(Hub::new(Arc::clone(&cache))),
            cache,
            readmes: Arc::default(),
            archives: Arc::new(Semaphore::new(MOST_ARCHIVES)),
            store,
            asking: None,
            work: Work::default(),
        }
    }

    /// Starts to work on the runs of the journal, and goes on with what an earlier process left, until the hub closes.
    pub fn start_worker(&self) {
        let worker = Worker {
            store: self.store.clone(),
            hub: Arc::clone(&self.hub),
            connections: Arc::clone(&self.connections),
            work: self.work.clone(),
        };
        tokio::spawn(worker.run());
    }

    /// Does what changes something, also when the browser goes away, and forgets what was read before. For a request,
    /// it stands in the record before anybody is told.
    ///
    /// # Errors
    /// What the work answers; `Unavailable` when it cannot be recorded.
    pub async fn change<T: Send + 'static>(&self, work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
        let cache = Arc::clone(&self.cache);
        let app = self.clone();
        let work = async move {
            app.recorded(async move {
                let result = work.await;
                // Also after a failure: its effect may be open.
                cache.changed();
                result
            })
            .await
        };
        self.work.finish(work).await
    }

    /// Does what the record must know of.
    ///
    /// # Errors
    /// What the work answers; `Unavailable` when it cannot be recorded.
    pub async fn recorded<T: Send + 'static>(&self, work: impl Future<Output = Result<T>> + Send) -> Result<T> {
        let Some(asking) = &self.asking else { return work.await };
        let change = Change::begin(self.store.clone(), Asking::clone(asking)).await?;
        let (result, request_id) = noted(work).await;
        change.end(result, request_id).await
    }

    /// Does what the store alone must know of, also when the browser goes away. What was read of AWS stays good.
    ///
    /// # Errors
    /// What the work answers; `Unavailable` when it cannot be recorded.
    pub async fn written<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let app = self.clone();
        // On the heap: planning and starting hold much, and each layer around them would hold it once more.
        let work = Box::pin(work);
        self.work.finish(async move { app.recorded(work).await }).await
    }

    /// For the handler of one request.
    pub fn asked(mut self, asking: Option<Asking>) -> Self {
        self.asking = asking.map(Arc::new);
        self
    }

    /// A connection by its key.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub fn connection(&self, key: &ConnectionKey) -> Result<&Arc<CodeArtifact>> {
        let found = self.connections.iter().find(|connection| connection.settings.key == *key);
        found.ok_or_else(|| Error::not_found(format!("There is no connection `{key}`.")))
    }
}

/// How many bytes a request's body may have.
const MOST_BYTES: MostBytes = MostBytes(64 * 1024);

/// Five hundred versions with names of full length.
const MOST_PROMOTION_BYTES: MostBytes = MostBytes(512 * 1024);

/// Fifty protections, each with fifty people and fifty sources of full length.
const MOST_PROTECTIONS_BYTES: MostBytes = MostBytes(1024 * 1024);

/// The largest file that CodeArtifact takes.
const MOST_ASSET_BYTES: MostBytes = MostBytes(LARGEST_ASSET);

/// The largest archive that a package endpoint is given from here.
const MOST_ARCHIVE_BYTES: MostBytes = MostBytes(LARGEST_ARCHIVE);

/// How many archives may be on their way at the same time.
const MOST_ARCHIVES: usize = 2;

/// Endpoints for those who are signed in. Each stands in `shared::api`, where both ends find it.
fn signed_in() -> Router<AppState> {
    use endpoints::{
        ApprovePlan, BlockVersion, ChangeStatus, ChangeStatuses, CompareRepositories, CompareVersions,
        CountRepositoryPackages, CreateDomain, CreatePlan, CreateRepository, CreateRun, CreateToken, CreateUndo,
        DeleteDomain, DeleteDomainPolicy, DeleteRepository, DeleteRepositoryPolicy, DescribeDomain, DescribeDomainMap,
        DescribePackageMatrix, DescribeSetup, DescribeVersion, DiffVersionFiles, ExportDomain, ExportHistory,
        GetApproval, GetDomainPolicy, GetPlan, GetReadme, GetRepositoryEndpoints, GetRepositoryPolicy, GetRun,
        GetSession, GlanceAtPackages, GlanceAtPolicies, IdentifyConnection, ListAssets, ListBlocks, ListConnections,
        ListDependencies, ListDomainTags, ListDomains, ListHistory, ListInventories, ListPackages, ListPlans,
        ListProtections, ListRepositoryNames, ListRepositoryTags, ListRuns, ListVersions, PreviewClosure,
        PreviewPromotion, PreviewPublication, PreviewUndo, PublishArchive, PublishAsset, RejectPlan, SetConnection,
        SetDomainPolicy, SetDomainTags, SetProtections, SetRepositoryPolicy, SetRepositoryTags, SetUpstreams, SteerRun,
        UnblockVersion, UpdateRepository, VerifyHistory, VerifySetup, WatchRun,
    };
    Router::new()
        .on(GetSession, MOST_BYTES, session::get)
        .on(ListConnections, MOST_BYTES, connections::list)
        .on(IdentifyConnection, MOST_BYTES, connections::identify)
        .on(ListRepositoryNames, MOST_BYTES, connections::repository_names)
        .on(ListDomains, MOST_BYTES, domains::list)
        .on(DescribeDomain, MOST_BYTES, domains::describe)
        .on(CreateDomain, MOST_BYTES, domains::create)
        .on(DeleteDomain, MOST_BYTES, domains::delete)
        .on(CreateRepository, MOST_BYTES, repositories::create)
        .on(UpdateRepository, MOST_BYTES, repositories::update)
        .on(SetUpstreams, MOST_BYTES, repositories::set_upstreams)
        .on(SetConnection, MOST_BYTES, repositories::set_connection)
        .on(GetRepositoryEndpoints, MOST_BYTES, repositories::endpoints)
        .on(CreateToken, MOST_BYTES, tokens::create)
        .on(DeleteRepository, MOST_BYTES, repositories::delete)
        .on(GetDomainPolicy, MOST_BYTES, permissions::of_domain)
        .on(SetDomainPolicy, MOST_BYTES, permissions::set_of_domain)
        .on(DeleteDomainPolicy, MOST_BYTES, permissions::delete_of_domain)
        .on(GetRepositoryPolicy, MOST_BYTES, permissions::of_repository)
        .on(SetRepositoryPolicy, MOST_BYTES, permissions::set_of_repository)
        .on(DeleteRepositoryPolicy, MOST_BYTES, permissions::delete_of_repository)
        .on(GlanceAtPolicies, MOST_BYTES, permissions::glance)
        .on(ListDomainTags, MOST_BYTES, tags::of_domain)
        .on(SetDomainTags, MOST_BYTES, tags::set_domain)
        .on(ListRepositoryTags, MOST_BYTES, tags::of_repository)
        .on(SetRepositoryTags, MOST_BYTES, tags::set_repository)
        .on(DescribeDomainMap, MOST_BYTES, domains::map)
        .on(ExportDomain, MOST_BYTES, exports::write)
        .on(DescribeSetup, MOST_BYTES, recipe::describe)
        .on(VerifySetup, MOST_BYTES, recipe::verify)
        .on(CountRepositoryPackages, MOST_BYTES, repositories::count_packages)
        .on(DescribePackageMatrix, MOST_BYTES, packages::matrix)
        .on(ListPackages, MOST_BYTES, packages::list)
        .on(GlanceAtPackages, MOST_BYTES, packages::glance)
        .on(ListVersions, MOST_BYTES, versions::list)
        .on(DescribeVersion, MOST_BYTES, versions::describe)
        .on(ChangeStatus, MOST_BYTES, versions::change_status)
        .on(ChangeStatuses, MOST_PROMOTION_BYTES, versions::change_statuses)
        .on(ListAssets, MOST_BYTES, versions::assets)
        .on(ListDependencies, MOST_BYTES, versions::dependencies)
        .on(GetReadme, MOST_BYTES, versions::readme)
        .on(PreviewPublication, MOST_BYTES, publications::preview)
        .on_file(PublishAsset, MOST_ASSET_BYTES, publications::publish_asset)
        .on_file(PublishArchive, MOST_ARCHIVE_BYTES, publications::publish_archive)
        .on(ListInventories, MOST_BYTES, comparisons::inventories)
        .on(CompareRepositories, MOST_BYTES, comparisons::repositories)
        .on(CompareVersions, MOST_BYTES, comparisons::versions)
        .on(DiffVersionFiles, MOST_BYTES, comparisons::files)
        .on(PreviewPromotion, MOST_PROMOTION_BYTES, promotions::preview)
        .on(PreviewClosure, MOST_PROMOTION_BYTES, promotions::closure)
        .on(CreatePlan, MOST_PROMOTION_BYTES, plans::create)
        .on(GetPlan, MOST_BYTES, plans::open)
        .on(ListPlans, MOST_BYTES, approvals::plans)
        .on(GetApproval, MOST_BYTES, approvals::get)
        .on(ApprovePlan, MOST_BYTES, approvals::approve)
        .on(RejectPlan, MOST_BYTES, approvals::reject)
        .on(ListProtections, MOST_BYTES, protections::list)
        .on(SetProtections, MOST_PROTECTIONS_BYTES, protections::set)
        .on(ListBlocks, MOST_BYTES, blocks::list)
        .on(BlockVersion, MOST_BYTES, blocks::block)
        .on(UnblockVersion, MOST_BYTES, blocks::unblock)
        .on(CreateRun, MOST_BYTES, runs::create)
        .on(ListRuns, MOST_BYTES, runs::list)
        .on(GetRun, MOST_BYTES, runs::get)
        .on_stream(WatchRun, MOST_BYTES, runs::watch)
        .on(SteerRun, MOST_BYTES, runs::steer)
        .on(PreviewUndo, MOST_BYTES, runs::preview_undo)
        .on(CreateUndo, MOST_BYTES, runs::create_undo)
        .on(ListHistory, MOST_BYTES, history::list)
        .on_stream(ExportHistory, MOST_BYTES, history::export)
        .on(VerifyHistory, MOST_BYTES, history::verify)
}

/// The end of a session also clears what the browser keeps of us.
fn signing_out() -> Router<AppState> {
    Router::new()
        .on(endpoints::DeleteSession, MOST_BYTES, session::delete)
        .layer(map_response(session::clear_site_data))
}

/// Endpoints for everybody: exactly these three.
fn open() -> Router<AppState> {
    Router::new()
        .on(endpoints::GetSignIn, MOST_BYTES, session::way)
        .on(endpoints::CreateSession, MOST_BYTES, session::create)
        .route(origin::REPORTS, post(reports::take))
}

/// Everything that the dashboard answers, for requests to one of `hosts`.
pub fn router(app: AppState, hosts: Hosts) -> Router {
    let guarded = signed_in().merge(signing_out()).route_layer(from_fn_with_state(app.clone(), access::guard));
    let routes = guarded
        .merge(open())
        .route_layer(from_fn(envelope::matched))
        .fallback(elsewhere)
        .method_not_allowed_fallback(wrong_method)
        .with_state(app);
    guard(routes, hosts)
}

/// The layers around any router of ours; the last one sees a request first.
pub fn guard(routes: Router, hosts: Hosts) -> Router {
    routes
        .layer(CatchPanicLayer::custom(server::on_panic))
        .layer(from_fn(origin::guard))
        .layer(from_fn_with_state(hosts, host::guard))
        .layer(from_fn(fields::guard))
        .layer(from_fn(envelope::wrap))
}

/// What no route has: the page and its files, or nothing.
async fn elsewhere(State(app): State<AppState>, uri: Uri, request: axum::extract::Request) -> Result<Response> {
    if uri.path() == "/api" || uri.path().starts_with("/api/") {
        app.access.check(request.headers())?;
        return Err(Error::not_found("There is no such address in the API."));
    }
    Ok(site::serve(request).await)
}

async fn wrong_method(State(app): State<AppState>, headers: HeaderMap) -> Result<Response> {
    app.access.check(&headers)?;
    Err(Error::new(Kind::MethodNotAllowed, "This address does not know that method."))
}
