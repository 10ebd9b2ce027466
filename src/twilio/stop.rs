//! The switch that ends waits and keeps new requests back.

use tokio::sync::watch;

/// On or off, watched by everything that waits.
#[derive(Debug)]
pub(super) struct Stop(watch::Sender<bool>);

/// The switch was turned while something waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stopped;

impl Stop {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(super) fn set(&self, stopped: bool) {
        self.0.send_replace(stopped);
    }

    /// Fails if the switch is on.
    pub(super) fn check(&self) -> Result<(), Stopped> {
        if *self.0.borrow() { Err(Stopped) } else { Ok(()) }
    }

    /// Waits for `work`, or fails as soon as the switch is on.
    pub(super) async fn or<T>(&self, work: impl Future<Output = T>) -> Result<T, Stopped> {
        let mut switch = self.0.subscribe();
        tokio::select! {
            biased;
            // The sender lives in `self`, so this cannot fail while we wait.
            _ = switch.wait_for(|stopped| *stopped) => Err(Stopped),
            done = work => Ok(done),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wait_ends_when_the_switch_is_turned_and_begins_again_after() {
        let stop = Stop::new();
        assert_eq!(stop.or(async { 1 }).await, Ok(1));
        let (waited, ()) = tokio::join!(stop.or(std::future::pending::<()>()), async { stop.set(true) });
        assert_eq!((waited, stop.check()), (Err(Stopped), Err(Stopped)));
        stop.set(false);
        assert_eq!((stop.or(async { 2 }).await, stop.check()), (Ok(2), Ok(())));
    }
}
