//! Reading for the page that is shown: when it was read, and reading it anew.

use leptos::prelude::*;
use shared::api::Endpoint;

use super::{Answer, Api, Freshness, RawReading, Reading, Request};

/// What the page shown has read. A context of the whole program.
#[derive(Clone, Copy)]
pub struct Reads {
    api: Api,
    generation: RwSignal<u32>,
    in_flight: RwSignal<u32>,
    read_at: RwSignal<Option<f64>>,
}

impl Reads {
    /// Nothing read yet.
    pub fn new(api: Api) -> Self {
        Self { api, generation: RwSignal::new(0), in_flight: RwSignal::new(0), read_at: RwSignal::new(None) }
    }

    /// Reads what `request` asks for: now, whenever the request changes, and when somebody wants it read anew.
    /// Keeps what it has meanwhile. No request reads nothing.
    pub fn reading<E: Endpoint>(self, request: impl Fn() -> Option<Request> + 'static) -> Reading<E::Answer>
    where
        E::Answer: Send + Sync + 'static,
    {
        Reading::of(self.raw_reading(Box::new(request)))
    }

    fn raw_reading(self, request: Box<dyn Fn() -> Option<Request>>) -> RawReading {
        let reading = RawReading::new();
        let seen = StoredValue::new(self.generation.get_untracked());
        // An answer to an older question is thrown away.
        let question = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let generation = self.generation.get();
            let freshness = if seen.get_value() == generation { Freshness::Cached } else { Freshness::Anew };
            seen.set_value(generation);
            reading.again.track();
            let Some(request) = request() else { return };
            question.update_value(|question| *question += 1);
            let asked = question.get_value();
            leptos::task::spawn_local(async move {
                let answer = self.watch(self.api.deliver(request, freshness)).await;
                if question.try_get_value() == Some(asked) {
                    if let Some(read_at) = answer.as_ref().ok().and_then(Answer::read_at) {
                        self.note(read_at);
                    }
                    reading.take(answer);
                }
            });
        });
        reading
    }

    /// Counts some reading as under way while it runs.
    pub async fn watch<T>(self, reading: impl Future<Output = T>) -> T {
        let _flight = InFlight::new(self.in_flight);
        reading.await
    }

    /// Reads everything on the page anew.
    pub fn refresh(self) {
        self.generation.update(|generation| *generation += 1);
    }

    /// Changes with every refresh, tracked: for what is read without a resource.
    pub fn generation(self) -> u32 {
        self.generation.get()
    }

    /// As [`Self::generation`], not tracked.
    pub fn generation_untracked(self) -> u32 {
        self.generation.get_untracked()
    }

    /// Whether nothing has been asked anew since; not either when the session has ended meanwhile. Not tracked.
    pub fn is_still(self, generation: u32) -> bool {
        self.generation.try_get_untracked() == Some(generation)
    }

    /// Something is being read, tracked.
    pub fn busy(self) -> bool {
        self.in_flight.get() > 0
    }

    /// Notes when what the page shows was read from AWS, epoch seconds.
    pub fn note(self, read_at: f64) {
        self.read_at.set(Some(read_at));
    }

    /// When what the page shows was read from AWS, epoch seconds, tracked.
    pub fn read_at(self) -> Option<f64> {
        self.read_at.get()
    }
}

/// Counts a request while it runs, also when it is dropped half-way.
struct InFlight(RwSignal<u32>);

impl InFlight {
    fn new(count: RwSignal<u32>) -> Self {
        count.update(|count| *count += 1);
        Self(count)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.try_update(|count| *count = count.saturating_sub(1));
    }
}
