//! Who did something.

use serde::{Deserialize, Serialize};

/// Who asked for something, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Names the person for good: from the list of people, or `local` where whoever runs the program is alone.
    pub id: String,
    /// As people call them.
    pub name: String,
}

impl Person {
    /// Whoever runs the program on their own machine, where nobody else signs in.
    pub fn local() -> Self {
        Self { id: "local".to_owned(), name: "You, on this machine".to_owned() }
    }
}
