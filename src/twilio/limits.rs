//! How many requests run at once, per account and host: a limit that finds out what Twilio allows.
//!
//! Twilio limits the concurrency of each account and publishes no figure (<https://www.twilio.com/docs/api/errors/20429>),
//! so the limit adapts as congestion control does: a 429 takes a part away, success while all permits are in use adds
//! a little, and close to where Twilio refused last it adds very little. One account's limit says nothing about another's,
//! and who waits is served in the order of asking.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::sid::AccountSid;

/// What is left of the limit after a 429.
const KEPT_AFTER_REFUSAL: f64 = 0.7;

/// How many rounds of successes it takes to try again, one at a time, what was refused before.
const ROUNDS_BEFORE_PROBING: f64 = 10.0;

/// How long a refusal is remembered: other work on the account may have ended since.
const REFUSAL_COUNTS_FOR: Duration = Duration::from_secs(60);

/// How a try ended, as far as limits are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// 429.
    Refused,
    /// Any other response.
    Served,
    /// No response, which says nothing about limits.
    Nothing,
}

/// Leave to run one try. Given back when dropped; [`Permit::learn`] says how the try ended.
#[derive(Debug)]
pub(super) struct Permit {
    gate: Arc<Gate>,
    held: Option<OwnedSemaphorePermit>,
    /// When it was given, on the clock of [`super::Clock::elapsed`].
    since: Duration,
    /// How many of our own tries were under way then, with this one.
    under_way: usize,
}

/// All limits of a client.
#[derive(Debug)]
pub(super) struct Limits {
    max_concurrency: usize,
    gates: Mutex<HashMap<(AccountSid, String), Arc<Gate>>>,
}

/// The limit for one account and host.
#[derive(Debug)]
struct Gate {
    most: usize,
    permits: Arc<Semaphore>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// How many may run at once; whole permits are given out for it.
    allowed: f64,
    /// Permits that exist, in use or not.
    issued: usize,
    /// When the limit was last reduced. Tries that began before were part of the same burst.
    reduced: Option<Duration>,
    refusal: Option<Refusal>,
}

/// The last 429.
#[derive(Debug, Clone, Copy)]
struct Refusal {
    at: Duration,
    /// How many of our own tries were under way.
    own: usize,
    /// `Twilio-Concurrent-Requests` of the refusal: how many of the whole account.
    account: Option<u32>,
}

impl Limits {
    /// At most `max_concurrency` permits at once for each account and host.
    pub(super) fn new(max_concurrency: usize) -> Self {
        let max_concurrency = max_concurrency.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            max_concurrency,
            gates: Mutex::default(),
        }
    }

    /// Waits for a permit, in the order of asking. `now` tells the time when it is given.
    pub(super) async fn acquire(&self, account: &AccountSid, host: &str, now: impl Fn() -> Duration) -> Permit {
        let gate = self.gate(account, host);
        let held = match Arc::clone(&gate.permits).try_acquire_owned() {
            Ok(permit) => Some(permit),
            Err(_) => {
                let at_once = gate.lock().issued;
                tracing::info!(
                    %account,
                    host,
                    at_once,
                    max_concurrency = self.max_concurrency,
                    "waiting: as many requests as allowed now are under way for this account and host"
                );
                // Nobody closes the semaphore; if that changed, running without a limit would be better than not running.
                Arc::clone(&gate.permits).acquire_owned().await.ok()
            }
        };
        let under_way = gate.under_way();
        Permit {
            gate,
            held,
            since: now(),
            under_way,
        }
    }

    /// Leave for what cannot wait, beyond the limit if need be.
    pub(super) fn at_once(&self, account: &AccountSid, host: &str, now: Duration) -> Permit {
        let gate = self.gate(account, host);
        let held = Arc::clone(&gate.permits).try_acquire_owned().ok();
        let under_way = gate.under_way();
        Permit {
            gate,
            held,
            since: now,
            under_way,
        }
    }

    fn gate(&self, account: &AccountSid, host: &str) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        let gate = gates.entry((account.clone(), host.to_owned()));
        Arc::clone(gate.or_insert_with(|| Arc::new(Gate::new(self.max_concurrency))))
    }
}

impl Permit {
    /// Adapts the limit to how the try ended. `concurrent` is `Twilio-Concurrent-Requests`, where it was answered.
    pub(super) fn learn(self, verdict: Verdict, concurrent: Option<u32>, now: Duration) {
        match verdict {
            Verdict::Refused => self.gate.refused(self.since, self.under_way, concurrent, now),
            Verdict::Served => self.gate.served(concurrent, now),
            Verdict::Nothing => {}
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.gate.lock();
        if state.issued > state.whole()
            && let Some(held) = self.held.take()
        {
            held.forget();
            state.issued -= 1;
        }
    }
}

impl Gate {
    fn new(most: usize) -> Self {
        Self {
            most,
            permits: Arc::new(Semaphore::new(most)),
            state: Mutex::new(State {
                #[expect(clippy::cast_precision_loss, reason = "a number of requests at once is small")]
                allowed: most as f64,
                issued: most,
                reduced: None,
                refusal: None,
            }),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn under_way(&self) -> usize {
        let issued = self.lock().issued;
        issued.saturating_sub(self.permits.available_permits())
    }

    fn refused(&self, since: Duration, under_way: usize, account: Option<u32>, now: Duration) {
        let now_under_way = self.under_way();
        let mut state = self.lock();
        if state.reduced.is_some_and(|reduced| since < reduced) {
            return;
        }
        let own = under_way.max(now_under_way).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a number of requests at once is small")]
        let under_way = own as f64;
        state.allowed = (state.allowed.min(under_way) * KEPT_AFTER_REFUSAL).max(1.0);
        state.reduced = Some(now);
        state.refusal = Some(Refusal { at: now, own, account });
        tracing::info!(
            at_once = state.whole(),
            refused_at = own,
            account_wide = account,
            "Twilio refused a request because too many were under way; sending fewer at once"
        );
        // What waits unused goes now, what is in use when it comes back.
        while state.issued > state.whole() {
            match self.permits.try_acquire() {
                Ok(unused) => unused.forget(),
                Err(_) => break,
            }
            state.issued -= 1;
        }
    }

    fn served(&self, account: Option<u32>, now: Duration) {
        let mut state = self.lock();
        // Success while permits are left over does not tell whether more would be allowed.
        if state.whole() >= self.most || self.permits.available_permits() > 0 {
            return;
        }
        let refusal = state
            .refusal
            .filter(|refusal| now.saturating_sub(refusal.at) < REFUSAL_COUNTS_FOR);
        let near = refusal.is_some_and(|refusal| {
            let account_is_full =
                matches!((account, refusal.account), (Some(now), Some(then)) if now.saturating_add(1) >= then);
            state.whole() + 1 >= refusal.own || account_is_full
        });
        let rounds = if near { ROUNDS_BEFORE_PROBING } else { 1.0 };
        state.allowed += 1.0 / (state.allowed * rounds);
        while state.issued < state.whole().min(self.most) {
            self.permits.add_permits(1);
            state.issued += 1;
        }
    }
}

impl State {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to the configured maximum"
    )]
    fn whole(&self) -> usize {
        self.allowed as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    fn account(digit: char) -> AccountSid {
        format!("AC{}", digit.to_string().repeat(32)).parse().expect("valid")
    }

    fn second(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    /// A Twilio that allows `allowed` at once, and a client that always wants more: how many were served in each round.
    fn rounds(limits: &Limits, allowed: usize, count: u64) -> Vec<usize> {
        let account = account('1');
        (0..count)
            .map(|round| {
                let now = second(round);
                let mut permits = Vec::new();
                while let Some(permit) = limits.acquire(&account, "api", || now).now_or_never() {
                    permits.push(permit);
                }
                let served = permits.len().min(allowed);
                for (position, permit) in permits.into_iter().enumerate() {
                    let verdict = if position < allowed {
                        Verdict::Served
                    } else {
                        Verdict::Refused
                    };
                    permit.learn(verdict, None, now + Duration::from_millis(500));
                }
                served
            })
            .collect()
    }

    /// What is allowed, and the permits that exist.
    fn size(gate: &Gate) -> (usize, usize) {
        let state = gate.lock();
        (state.whole(), state.issued)
    }

    #[tokio::test]
    async fn a_busy_account_waits_and_another_does_not() {
        let limits = Limits::new(2);
        let (busy, calm) = (account('1'), account('2'));
        let now = || Duration::ZERO;
        let first = limits.acquire(&busy, "api", now).await;
        let _second = limits.acquire(&busy, "api", now).await;
        assert!(limits.acquire(&busy, "api", now).now_or_never().is_none());
        assert!(limits.acquire(&busy, "verify", now).now_or_never().is_some());
        assert!(limits.acquire(&calm, "api", now).now_or_never().is_some());
        drop(first);
        assert!(limits.acquire(&busy, "api", now).now_or_never().is_some());
    }

    #[test]
    fn the_limit_settles_where_twilio_serves_and_probes_seldom() {
        let limits = Limits::new(50);
        let served = rounds(&limits, 5, 200);
        let settled: usize = served[20..].iter().sum();
        assert!(settled >= 180 * 5 * 9 / 10, "{served:?}");
    }

    #[test]
    fn one_burst_reduces_the_limit_once() {
        let limits = Limits::new(10);
        assert_eq!(rounds(&limits, 1, 1), [1]);
        assert_eq!(
            limits.gate(&account('1'), "api").lock().whole(),
            6,
            "seven tenths of the nine that were left"
        );
    }

    #[test]
    fn the_limit_never_falls_below_one_and_grows_back_to_its_maximum() {
        let limits = Limits::new(8);
        rounds(&limits, 0, 30);
        let gate = limits.gate(&account('1'), "api");
        assert_eq!(size(&gate), (1, 1));
        // A minute later the refusals no longer count.
        let now = second(200);
        for _ in 0..200 {
            let mut permits = Vec::new();
            while let Some(permit) = limits.acquire(&account('1'), "api", || now).now_or_never() {
                permits.push(permit);
            }
            permits
                .into_iter()
                .for_each(|permit| permit.learn(Verdict::Served, None, now));
        }
        assert_eq!(size(&gate), (8, 8));
    }

    #[test]
    fn an_account_that_others_keep_busy_is_probed_seldom_too() {
        let gate = Gate::new(10);
        gate.refused(Duration::ZERO, 10, Some(40), second(1));
        let _in_use: Vec<_> = std::iter::from_fn(|| gate.permits.try_acquire().ok()).collect();
        let before = gate.lock().allowed;
        gate.served(Some(39), second(2));
        let near = gate.lock().allowed - before;
        gate.served(Some(10), second(2));
        let far = gate.lock().allowed - before - near;
        assert!(far > near * 5.0, "{near} {far}");
    }
}
