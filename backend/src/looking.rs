//! Looking again: what was written may take a moment to be seen.

use std::future::Future;
use std::time::Duration;

/// After which waits one looks.
pub const LOOKS: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(250), Duration::from_millis(750), Duration::from_millis(1500)];

/// What one look tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look<T> {
    /// Further looks would tell the same.
    Settled(T),
    /// It may look otherwise in a moment.
    Open(T),
}

/// Looks until it is settled, or often enough; the answer is that of the last look.
pub async fn until_settled<T, F: Future<Output = Look<T>>>(look: impl Fn() -> F) -> T {
    let (last, before) = LOOKS.split_last().unwrap_or((&Duration::ZERO, &[]));
    for wait in before {
        tokio::time::sleep(*wait).await;
        if let Look::Settled(told) = look().await {
            return told;
        }
    }
    tokio::time::sleep(*last).await;
    match look().await {
        Look::Settled(told) | Look::Open(told) => told,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    async fn looked(settled_at: u32) -> (u32, u32) {
        let looks = Cell::new(0);
        let look = || async {
            looks.set(looks.get() + 1);
            if looks.get() == settled_at { Look::Settled(looks.get()) } else { Look::Open(looks.get()) }
        };
        let told = until_settled(look).await;
        (told, looks.get())
    }

    #[tokio::test(start_paused = true)]
    async fn it_ends_with_what_is_settled_or_with_the_last_look() {
        assert_eq!(looked(1).await, (1, 1));
        assert_eq!(looked(3).await, (3, 3));
        assert_eq!(looked(9).await, (4, 4));
    }
}
