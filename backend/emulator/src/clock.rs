//! What time it is: the one place that asks the system.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// Tells the time. Tests give their own, so that nothing has to wait.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// A clock that asks `tell` each time.
    pub fn new(tell: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The machine's own clock.
    pub fn system() -> Self {
        Self::new(SystemTime::now)
    }

    /// The time now.
    pub fn now(&self) -> SystemTime {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
