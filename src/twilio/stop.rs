//! Stops: what began before one ends soon, what is requested later is served.
//!
//! A stop is a moment and not a state, so there is nothing to switch back: stops are counted, and whatever can be stopped
//! remembers how many there had been when it began. That is how Terraform means it. After Ctrl-C the process is still
//! needed, and in debug mode it serves the next run.

use std::sync::Arc;

use tokio::sync::watch;

/// Counts stops. Clones count together.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<u64>>);

/// The time between two stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Epoch(u64);

/// A stop came after the work began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stopped;

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Stop {
    /// Ends what has begun by now: waits, repetitions, and requests that change nothing. A request that may have changed
    /// something is answered first.
    pub fn stop(&self) {
        self.0.send_modify(|stops| *stops += 1);
    }

    /// What begins now is ended by the next stop.
    pub fn epoch(&self) -> Epoch {
        Epoch(*self.0.borrow())
    }

    /// Fails if there was a stop since.
    pub(super) fn check(&self, began: Epoch) -> Result<(), Stopped> {
        if self.epoch() == began { Ok(()) } else { Err(Stopped) }
    }

    /// Waits for `work`, or fails as soon as there has been a stop since.
    pub(super) async fn or<T>(&self, began: Epoch, work: impl Future<Output = T>) -> Result<T, Stopped> {
        let mut stops = self.0.subscribe();
        tokio::select! {
            biased;
            // The sender lives in `self`, so this cannot fail while we wait.
            _ = stops.wait_for(|stops| Epoch(*stops) != began) => Err(Stopped),
            done = work => Ok(done),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_stop_ends_what_began_before_it_and_nothing_that_begins_after() {
        let stop = Stop::default();
        let before = stop.epoch();
        assert_eq!(stop.or(before, async { 1 }).await, Ok(1));
        let (waited, ()) = tokio::join!(stop.or(before, std::future::pending::<()>()), async {
            stop.clone().stop()
        });
        assert_eq!((waited, stop.check(before)), (Err(Stopped), Err(Stopped)));
        assert_eq!(stop.or(before, async { 2 }).await, Err(Stopped), "it does not go on");
        let after = stop.epoch();
        assert_eq!((stop.or(after, async { 2 }).await, stop.check(after)), (Ok(2), Ok(())));
        stop.stop();
        assert_eq!((stop.check(before), stop.check(after)), (Err(Stopped), Err(Stopped)));
    }
}
