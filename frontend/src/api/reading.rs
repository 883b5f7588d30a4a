//! Something read from the API and kept while the page that shows it is open.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;
use shared::problem::Problem;

use super::Answer;

/// A reading whose type is not known here: an answer, and how reading it last went.
#[derive(Clone, Copy)]
pub struct RawReading {
    /// The last answer that was read well. A later one that tells the same leaves it.
    pub answer: RwSignal<Option<Answer>>,
    /// Why the last try failed, if it did.
    pub problem: RwSignal<Option<Problem>>,
    /// Asks again.
    pub again: Trigger,
}

impl RawReading {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self { answer: RwSignal::new(None), problem: RwSignal::new(None), again: Trigger::new() }
    }

    /// Takes what came. Does nothing once the page is closed.
    pub fn take(self, answer: Result<Answer, Problem>) {
        match answer {
            Ok(answer) => {
                let same = self
                    .answer
                    .try_with_untracked(|known| known.as_ref().is_some_and(|known| known.says_the_same(&answer)));
                if same == Some(false) {
                    self.answer.set(Some(answer));
                }
                self.set_problem(None);
            }
            Err(problem) => self.set_problem(Some(problem)),
        }
    }

    fn set_problem(self, problem: Option<Problem>) {
        if self.problem.try_with_untracked(|known| *known != problem) == Some(true) {
            self.problem.set(problem);
        }
    }
}

/// A reading of a type.
pub struct Reading<T> {
    raw: RawReading,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T: Send + Sync + 'static> Reading<T> {
    /// A reading whose answers are of this type.
    pub fn of(raw: RawReading) -> Self {
        Self { raw, kind: PhantomData }
    }

    /// Without its type.
    pub fn raw(self) -> RawReading {
        self.raw
    }

    /// The last answer that was read well, tracked.
    pub fn get(self) -> Option<Arc<T>> {
        self.raw.answer.read().as_ref().and_then(Answer::value)
    }

    /// Why the last try failed, tracked.
    pub fn problem(self) -> RwSignal<Option<Problem>> {
        self.raw.problem
    }

    /// Asks again.
    pub fn refetch(self) {
        self.raw.again.notify();
    }
}
