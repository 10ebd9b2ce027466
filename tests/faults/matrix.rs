//! Every fault in every operation on every resource, from the tables.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use terraform_provider_twilio::twilio::{Clock as _, SystemClock};

use crate::operations::{Case, Ending, Operation};
use crate::samples::samples;
use crate::shapes::{SHAPES, Spread};
use crate::terraform::Finding;
use crate::twilio::Twilio;

/// Cases at a time. Most of their time they wait, for a client that waits.
const LANES: usize = 16;

/// No case takes longer: its waits are bounded, and an hour of them is this long here.
const LONGEST: Duration = Duration::from_secs(18);

/// Plays only cases whose name contains this, as `twilio_api_key/create/reset_after/once` or a part of it.
const ONLY: &str = "FAULTS_ONLY";

#[test]
fn nothing_is_doubled_or_lost_whatever_happens_to_whichever_request() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let only = std::env::var(ONLY).unwrap_or_default();
    let clock = SystemClock::new();
    let mut cases = runtime
        .block_on(cases())
        .expect("every operation succeeds when nothing goes wrong");
    cases.retain(|case| case.to_string().contains(&only));
    assert!(!cases.is_empty(), "no case has {only:?} in its name");
    let results = runtime.block_on(play(Arc::new(cases)));
    let mut failed: BTreeMap<String, Finding> = BTreeMap::new();
    let mut overcome = 0;
    let count = results.len();
    for (case, result) in results {
        match result {
            Ok(Ending::Succeeded) => overcome += 1,
            Ok(Ending::Failed) => {}
            Err(finding) => {
                failed.insert(case.to_string(), finding);
            }
        }
    }
    let passed = count - failed.len();
    let mut out = std::io::stdout().lock();
    let written = writeln!(
        out,
        "faults: {count} cases: {passed} passed ({overcome} succeeded, {} ended in one clear error), {} failed, in {:.0?}",
        passed - overcome,
        failed.len(),
        clock.elapsed()
    );
    written.expect("the figures can be written");
    let report: Vec<_> = failed
        .iter()
        .map(|(case, finding)| {
            format!("{case}\n    {finding}\n    again: {ONLY}={case} cargo test --test faults matrix")
        })
        .collect();
    assert!(
        report.is_empty(),
        "{} of {count} cases failed:\n{}",
        report.len(),
        report.join("\n")
    );
}

/// All cases, from what is offered and from the requests that each operation really takes.
async fn cases() -> Result<Vec<Case>, Finding> {
    let twilio = Twilio::start(0).await;
    let mut cases = Vec::new();
    for sample in samples() {
        for operation in Operation::all(sample) {
            let requests = Case::requests(sample, operation, &twilio).await?;
            for spread in Spread::all(requests) {
                cases.extend(
                    SHAPES
                        .iter()
                        .filter(|shape| spread.suits(shape) && operation.suits(shape, spread))
                        .map(|shape| Case {
                            sample,
                            operation,
                            shape,
                            spread,
                        }),
                );
            }
        }
    }
    Ok(cases)
}

/// Plays them in lanes, each with a Twilio of its own. A case that panics is a finding too.
async fn play(cases: Arc<Vec<Case>>) -> Vec<(Case, Result<Ending, Finding>)> {
    let next = Arc::new(AtomicUsize::new(0));
    let lanes: Vec<_> = (0..LANES.min(cases.len()))
        .map(|_| {
            let (cases, next) = (Arc::clone(&cases), Arc::clone(&next));
            tokio::spawn(async move {
                let mut results = Vec::new();
                let mut twilio = Arc::new(Twilio::start(0).await);
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                    let played = Arc::clone(&twilio);
                    let played = tokio::spawn(async move { case.play(&played, 0).await });
                    let end = played.abort_handle();
                    let result = match tokio::time::timeout(LONGEST, played).await {
                        Ok(Ok(result)) => result,
                        Ok(Err(panic)) => Err(format!("panicked: {panic}")),
                        Err(_) => Err(format!("went on for {LONGEST:?}")),
                    };
                    end.abort();
                    if result.is_err() {
                        twilio = Arc::new(Twilio::start(0).await);
                    }
                    results.push((case, result));
                }
                results
            })
        })
        .collect();
    let mut results = Vec::new();
    for lane in lanes {
        results.extend(lane.await.expect("a lane ends"));
    }
    results
}
