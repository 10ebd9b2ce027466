//! Calls of the hosted service that are under way, so that the process does not end in the middle of one: what a call has
//! just made would be known to nobody.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// Counts calls, and takes none any more once it is closed. Clones count together.
#[derive(Debug, Clone)]
pub(super) struct Calls(Arc<watch::Sender<State>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    under_way: usize,
    is_closed: bool,
}

/// A call under way, until this is dropped.
#[derive(Debug)]
pub(super) struct Call(Calls);

impl Default for Calls {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(State::default())))
    }
}

impl Calls {
    /// Counts a call from now on; `None` if no more are taken.
    pub(super) fn begin(&self) -> Option<Call> {
        let taken = self.0.send_if_modified(|state| {
            let is_open = !state.is_closed;
            state.under_way += usize::from(is_open);
            is_open
        });
        taken.then(|| Call(self.clone()))
    }

    /// Takes no more calls if none is under way. Whether that is so.
    pub(super) fn close_if_idle(&self) -> bool {
        let mut is_idle = false;
        self.0.send_if_modified(|state| {
            is_idle = state.under_way == 0;
            state.is_closed |= is_idle;
            is_idle
        });
        is_idle
    }

    /// Waits until no call has been under way for so long.
    pub(super) async fn quiet_for(&self, pause: Duration) {
        let mut states = self.0.subscribe();
        loop {
            // The sender lives in `self`, so nothing here fails.
            let _ = states.wait_for(|state| state.under_way == 0).await;
            if tokio::time::timeout(pause, states.wait_for(|state| state.under_way > 0))
                .await
                .is_err()
            {
                return;
            }
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.0.0.send_modify(|state| state.under_way -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    #[test]
    fn it_closes_only_between_calls_and_takes_none_afterwards() {
        let calls = Calls::default();
        let first = calls.begin().expect("it is open");
        assert!(!calls.close_if_idle());
        let second = calls.begin().expect("it is open still");
        drop(first);
        assert!(!calls.close_if_idle());
        drop(second);
        assert!(calls.close_if_idle() && calls.close_if_idle());
        assert!(calls.begin().is_none());
    }

    #[tokio::test]
    async fn it_is_quiet_when_no_call_has_been_under_way_for_a_while() {
        let calls = Calls::default();
        let call = calls.begin();
        let (long, short) = (Duration::from_secs(3600), Duration::from_millis(1));
        let mut for_long = Box::pin(calls.quiet_for(long));
        let mut for_short = Box::pin(calls.quiet_for(short));
        assert!(for_long.as_mut().now_or_never().is_none() && for_short.as_mut().now_or_never().is_none());
        drop(call);
        assert!(for_long.as_mut().now_or_never().is_none());
        for_short.await;
        let call = calls.begin();
        assert!(for_long.as_mut().now_or_never().is_none(), "it begins anew");
        drop(call);
        assert!(for_long.now_or_never().is_none());
        calls.quiet_for(Duration::ZERO).await;
    }
}
