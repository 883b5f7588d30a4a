//! Credentials that are read anew when somebody has mended them.
//!
//! The SDK parses the shared configuration once and keeps what it found. Who puts other keys into a profile would have to
//! start Headwater again; so the provider and the cache of what it gave can be replaced.

use std::sync::{Arc, RwLock};

use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use aws_sdk_codeartifact::config::ConfigBag;
use aws_sdk_codeartifact::config::RuntimeComponents;
use aws_smithy_runtime_api::client::identity::{
    IdentityFuture, ResolveCachedIdentity, SharedIdentityCache, SharedIdentityResolver,
};

/// What can be replaced. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Renewal(Arc<RwLock<(SharedCredentialsProvider, SharedIdentityCache)>>);

impl Renewal {
    /// Begins with a provider.
    pub fn new(provider: SharedCredentialsProvider) -> Self {
        Self(Arc::new(RwLock::new((provider, cache()))))
    }

    /// Goes on with another provider, and forgets what the one before gave.
    pub fn replace(&self, provider: SharedCredentialsProvider) {
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = (provider, cache());
    }

    fn now(&self) -> (SharedCredentialsProvider, SharedIdentityCache) {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

fn cache() -> SharedIdentityCache {
    aws_config::identity::IdentityCache::lazy().build()
}

impl ProvideCredentials for Renewal {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let provider = self.now().0;
        future::ProvideCredentials::new(async move { provider.provide_credentials().await as provider::Result })
    }
}

impl ResolveCachedIdentity for Renewal {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        let cache = self.now().1;
        IdentityFuture::new(async move { cache.resolve_cached_identity(resolver, components, config).await })
    }
}
