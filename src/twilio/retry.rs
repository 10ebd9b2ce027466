//! When to repeat a request: classify → budget → delay. Sleeping is the client's part.
//!
//! Decided by what is known of the last try, not by method or status alone:
//!
//! | the last try was | read, upsert, update, delete | create, or what PATCH instructs |
//! | --- | --- | --- |
//! | surely not executed, for a reason that passes (429, not sent) | again | again |
//! | of unknown outcome (timeout, reset, 5xx, broken answer) | again | never: [`ErrorKind::Ambiguous`] |
//! | refused (other 4xx, redirect) | no | no |

use std::time::Duration;

use super::error::ErrorKind;
use super::outcome::{Execution, Failed};
use super::request::Effect;

/// Upper bound of the first wait; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// Upper bound of every wait that Twilio does not ask for itself.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How often and how long a request may be repeated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    pub(super) max_retries: u32,
    pub(super) max_elapsed: Duration,
}

/// What to do after a failed try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Wait, then repeat.
    Wait(Duration),
    /// Report, with this meaning.
    GiveUp(ErrorKind),
}

/// Decides after `tries` tries that took `elapsed`; `random` is from 0 to below 1.
pub(super) fn decide(
    budget: Budget,
    effect: Effect,
    failed: &Failed,
    tries: u32,
    elapsed: Duration,
    random: f64,
) -> Decision {
    if let Some(kind) = is_final(effect, failed) {
        return Decision::GiveUp(kind);
    }
    let wait = delay(tries.saturating_sub(1), failed.retry_after, random);
    let affordable = tries <= budget.max_retries && elapsed.saturating_add(wait) <= budget.max_elapsed;
    if affordable {
        Decision::Wait(wait)
    } else {
        Decision::GiveUp(failed.kind)
    }
}

/// The meaning of a failure that must not or need not be repeated.
fn is_final(effect: Effect, failed: &Failed) -> Option<ErrorKind> {
    match (failed.execution, effect) {
        (Execution::Unknown, effect) if !effect.is_repeatable() => Some(ErrorKind::Ambiguous),
        _ if !failed.passes => Some(failed.kind),
        _ => None,
    }
}

/// Exponential, with the upper half random, so that many waiters do not return together. What Twilio asks for with
/// `Retry-After` is the least.
fn delay(retries: u32, retry_after: Option<Duration>, random: f64) -> Duration {
    let random = if random.is_finite() {
        random.clamp(0.0, 1.0)
    } else {
        0.5
    };
    let ceiling = FIRST_WAIT
        .saturating_mul(1_u32.checked_shl(retries).unwrap_or(u32::MAX))
        .min(LONGEST_WAIT);
    let backoff = ceiling / 2 + (ceiling / 2).mul_f64(random);
    match retry_after {
        Some(requested) => requested.saturating_add(FIRST_WAIT.mul_f64(random)).max(backoff),
        None => backoff,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BUDGET: Budget = Budget {
        max_retries: 3,
        max_elapsed: Duration::from_secs(60),
    };

    fn failed(execution: Execution, passes: bool, retry_after: Option<u64>) -> Failed {
        let mut failed = Failed::new(ErrorKind::Server, execution, passes);
        failed.retry_after = retry_after.map(Duration::from_secs);
        failed
    }

    #[track_caller]
    fn check(effect: Effect, execution: Execution, passes: bool, repeated: bool) {
        let decision = decide(BUDGET, effect, &failed(execution, passes, None), 1, Duration::ZERO, 0.0);
        assert_eq!(
            matches!(decision, Decision::Wait(_)),
            repeated,
            "{effect:?} {execution:?} {passes}"
        );
    }

    #[test]
    fn a_create_is_repeated_only_if_it_was_surely_not_executed() {
        for effect in [Effect::Create, Effect::Once] {
            check(effect, Execution::No, true, true);
            check(effect, Execution::Unknown, true, false);
            check(effect, Execution::No, false, false);
        }
        let decision = decide(
            BUDGET,
            Effect::Create,
            &failed(Execution::Unknown, true, None),
            1,
            Duration::ZERO,
            0.0,
        );
        assert_eq!(decision, Decision::GiveUp(ErrorKind::Ambiguous));
    }

    #[test]
    fn what_may_be_done_twice_is_repeated_whenever_the_reason_passes() {
        for effect in [Effect::Read, Effect::Upsert, Effect::Idempotent] {
            check(effect, Execution::No, true, true);
            check(effect, Execution::Unknown, true, true);
            check(effect, Execution::No, false, false);
            check(effect, Execution::Unknown, false, false);
        }
    }

    #[test]
    fn the_budget_ends_by_count_and_by_time() {
        let passing = failed(Execution::No, true, None);
        let after = |tries, elapsed| decide(BUDGET, Effect::Read, &passing, tries, Duration::from_secs(elapsed), 0.0);
        assert!(matches!(after(3, 0), Decision::Wait(_)));
        assert_eq!(after(4, 0), Decision::GiveUp(ErrorKind::Server));
        assert_eq!(after(1, 60), Decision::GiveUp(ErrorKind::Server));
    }

    #[test]
    fn a_wait_longer_than_the_budget_is_not_begun() {
        let requested = failed(Execution::No, true, Some(61));
        assert!(matches!(
            decide(BUDGET, Effect::Read, &requested, 1, Duration::ZERO, 0.0),
            Decision::GiveUp(_)
        ));
    }

    #[test]
    fn waits_double_up_to_half_a_minute() {
        let waits: Vec<u64> = (0..9)
            .map(|retries| delay(retries, None, 0.0).as_millis() as u64)
            .collect();
        assert_eq!(waits, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
    }

    proptest! {
        #[test]
        fn a_wait_stays_within_bounds(retries in any::<u32>(), requested in proptest::option::of(0_u64..100_000), random in any::<f64>()) {
            let requested = requested.map(Duration::from_secs);
            let wait = delay(retries, requested, random);
            let least = requested.unwrap_or(FIRST_WAIT / 2);
            prop_assert!(wait >= least);
            prop_assert!(wait <= requested.unwrap_or_default().saturating_add(FIRST_WAIT).max(LONGEST_WAIT));
        }
    }
}
