//! How many requests run at once, per account and host.
//!
//! Twilio limits the concurrency of an account, so one busy account must not slow the others. The limit is fixed for now;
//! a [`Permit`] is held for exactly one try, so that is where a limit that adapts would learn how the try ended.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::sid::AccountSid;

/// Leave to run one try. Given back when dropped.
#[derive(Debug)]
pub(super) struct Permit {
    _permit: Option<OwnedSemaphorePermit>,
}

/// All limits of a client.
#[derive(Debug)]
pub(super) struct Limits {
    max_concurrency: usize,
    by_target: Mutex<HashMap<(AccountSid, String), Arc<Semaphore>>>,
}

impl Limits {
    /// At most `max_concurrency` permits at once for each account and host.
    pub(super) fn new(max_concurrency: usize) -> Self {
        let max_concurrency = max_concurrency.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            max_concurrency,
            by_target: Mutex::default(),
        }
    }

    /// Waits for a permit, in the order of asking.
    pub(super) async fn acquire(&self, account: &AccountSid, host: &str) -> Permit {
        let semaphore = self.target(account, host);
        if let Ok(permit) = Arc::clone(&semaphore).try_acquire_owned() {
            return Permit { _permit: Some(permit) };
        }
        tracing::info!(
            %account,
            host,
            max_concurrency = self.max_concurrency,
            "waiting: as many requests as allowed are under way for this account and host"
        );
        // Nobody closes the semaphore; if that changed, running without a limit would be better than not running.
        Permit {
            _permit: semaphore.acquire_owned().await.ok(),
        }
    }

    fn target(&self, account: &AccountSid, host: &str) -> Arc<Semaphore> {
        let mut targets = self.by_target.lock().unwrap_or_else(PoisonError::into_inner);
        let target = targets.entry((account.clone(), host.to_owned()));
        Arc::clone(target.or_insert_with(|| Arc::new(Semaphore::new(self.max_concurrency))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn a_busy_account_waits_and_another_does_not() {
        let limits = Limits::new(2);
        let busy: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let calm: AccountSid = "AC1123456789abcdef0123456789abcdef".parse().expect("valid");
        let first = limits.acquire(&busy, "api").await;
        let _second = limits.acquire(&busy, "api").await;
        assert!(limits.acquire(&busy, "api").now_or_never().is_none());
        assert!(limits.acquire(&busy, "verify").now_or_never().is_some());
        assert!(limits.acquire(&calm, "api").now_or_never().is_some());
        drop(first);
        assert!(limits.acquire(&busy, "api").now_or_never().is_some());
    }
}
