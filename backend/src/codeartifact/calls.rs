//! AWS's ids of the calls that a piece of work makes, for the record of changes.

use std::cell::RefCell;

use aws_sdk_codeartifact::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_codeartifact::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::Metadata;

tokio::task_local! {
    /// The last call that was to change something.
    static LAST: RefCell<Option<String>>;
}

/// Does a piece of work, and tells AWS's id of the last call in it that was to change something and was answered.
/// Calls of other tasks are not seen.
pub async fn noted<T>(work: impl Future<Output = T>) -> (T, Option<String>) {
    LAST.scope(RefCell::new(None), async move {
        let result = work.await;
        (result, LAST.with(RefCell::take))
    })
    .await
}

/// Notes the id of each answer.
#[derive(Debug)]
pub(super) struct Noting;

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for Noting {
    fn name(&self) -> &'static str {
        "Noting request ids"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let reads = bag.load::<Metadata>().is_some_and(|operation| {
            ["Describe", "Get", "List"].iter().any(|reading| operation.name().starts_with(reading))
        });
        let id = context.response().headers().get("x-amzn-requestid");
        if let Some(id) = id.filter(|_| !reads) {
            // Outside of a change there is nothing to note.
            let _ = LAST.try_with(|last| last.replace(Some(id.to_owned())));
        }
        Ok(())
    }
}
