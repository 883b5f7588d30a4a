//! The emulator itself: settings, clock and the one state behind one lock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use axum::Router;

use crate::fault_plan::{FaultPlan, Followed, PlannedFault};
use crate::model::State;
use crate::options::Options;
use crate::rates::{Quotas, Rates};
use crate::sources::Sources;
use crate::wire::fault::Fault;
use crate::wire::token;
use crate::{control, data, random, seed};

/// An embedded CodeArtifact. Cheap to clone; all clones are one CodeArtifact.
#[derive(Clone)]
pub struct Emulator(Arc<Inner>);

struct Inner {
    options: Options,
    sources: Sources,
    state: Mutex<State>,
    fault_plan: Mutex<Followed>,
    rates: Mutex<Rates>,
    token_key: [u8; 32],
}

impl Emulator {
    /// An emulator that holds what `options.story` tells.
    pub fn new(options: Options) -> Self {
        let sources = Sources::new(&options);
        let story = options.story.clone();
        let emulator = Self(Arc::new(Inner {
            options,
            sources,
            state: Mutex::default(),
            fault_plan: Mutex::default(),
            rates: Mutex::default(),
            token_key: random::bytes(),
        }));
        seed::plant(&emulator, story);
        emulator
    }

    /// Everything it answers: the CodeArtifact API, STS `GetCallerIdentity`, and the package managers' endpoints.
    pub fn router(&self) -> Router {
        data::router(self.clone()).merge(control::router(self.clone()))
    }

    /// How it was set up.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// From now on calls go wrong as the plan says; the default one lets all of them be.
    pub fn follow(&self, plan: FaultPlan) {
        *self.fault_plan() = Followed::new(plan);
    }

    /// The plan that is followed, and how many calls met each of its rules.
    pub fn followed(&self) -> (FaultPlan, Vec<u32>) {
        self.fault_plan().told()
    }

    fn fault_plan(&self) -> MutexGuard<'_, Followed> {
        self.0.fault_plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call of `operation` for the rates, where they hold.
    pub(crate) fn count(&self, operation: &str) -> Result<(), Fault> {
        match self.options().quotas {
            Quotas::Unlimited => Ok(()),
            Quotas::Aws => self.0.rates.lock().unwrap_or_else(PoisonError::into_inner).take(operation, self.now()),
        }
    }

    /// What the plan says of the next call of `operation`.
    pub(crate) fn next_fault(&self, operation: &str) -> Option<PlannedFault> {
        self.fault_plan().next(operation)
    }

    /// A token for the package managers' endpoints of `domain`, and when it expires. `GetAuthorizationToken` without the signature.
    pub fn authorization_token(&self, domain: &str, duration: Duration) -> (String, SystemTime) {
        token::issue(self, domain, duration)
    }

    /// Works on the state itself: to look behind the answers, or to set up what no call can. Calls of others wait meanwhile.
    pub fn with_state<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.state())
    }

    /// The one state. Never held over an `await`.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A handler that panicked has answered 500; what it left is still worth serving.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What time it is.
    pub(crate) fn now(&self) -> SystemTime {
        self.0.options.clock.now()
    }

    /// Where external connections fetch from.
    pub(crate) fn sources(&self) -> &Sources {
        &self.0.sources
    }

    /// Signs authorization tokens; lives as long as the process.
    pub(crate) fn token_key(&self) -> &[u8; 32] {
        &self.0.token_key
    }
}
