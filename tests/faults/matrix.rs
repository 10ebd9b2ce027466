//! Every fault in every operation on every resource, from the tables: the cases that stand for all others and a share of these
//! ([`crate::shares`]), and the whole with `cargo xtask faults --all`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::stream::{self, StreamExt as _};
use terraform_provider_twilio::twilio::{Clock as _, SystemClock};

use crate::operations::{Case, Ending, Operation};
use crate::samples::Sample;
use crate::shares::{Choice, ONLY, SEED, product};
use crate::terraform::Finding;
use crate::twilio::Twilio;

/// Cases at a time. Most of their time they wait, for a client that waits.
const LANES: usize = 16;

/// As [`LANES`], of cases in which nobody answers for seconds.
const SLOW_LANES: usize = 64;

/// Tables at a time that are asked how many requests an operation takes.
const PROBES: usize = 4;

/// A case that takes longer goes round in a circle: its waits are bounded, and an hour of them is 18 seconds here. The rest is
/// for machines that do a lot beside this.
const LONGEST: Duration = Duration::from_secs(300);

#[test]
fn nothing_is_doubled_or_lost_whatever_happens_to_whichever_request() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let choice = Choice::of_environment();
    let clock = SystemClock::new();
    say(&format!("faults: {choice}"));
    let (cases, left_out) = runtime
        .block_on(cases(&choice))
        .expect("every operation succeeds when nothing goes wrong");
    assert!(!cases.is_empty(), "no case is so named");
    let counted = counted(&cases, left_out);
    // Those in which time passes while nobody answers, by themselves: a clock that runs fast takes a busy machine for a slow Twilio.
    let (slow, quick): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.shape.slow);
    let mut results = runtime.block_on(play(Arc::new(quick), LANES));
    results.extend(runtime.block_on(play(Arc::new(slow), SLOW_LANES)));
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
    say(&format!(
        "{counted}\nfaults: {count} cases: {passed} passed ({overcome} succeeded, {} ended in one clear error), {} failed, in {:.0?}",
        passed - overcome,
        failed.len(),
        clock.elapsed()
    ));
    let report: Vec<_> = failed
        .iter()
        .map(|(case, finding)| {
            format!("{case}\n    {finding}\n    again: {ONLY}={case} cargo test --test faults matrix")
        })
        .collect();
    assert!(
        report.is_empty(),
        "{} of {count} cases failed with {SEED}={}:\n{}",
        report.len(),
        choice.seed,
        report.join("\n")
    );
}

/// Figures are shown whatever becomes of the test.
fn say(text: &str) {
    writeln!(std::io::stdout().lock(), "{text}").expect("the figures can be written");
}

/// How many cases of each product are played.
fn counted(cases: &[Case], left_out: usize) -> String {
    let mut products: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases {
        *products.entry(product(case.sample.resource())).or_default() += 1;
    }
    let lines: Vec<_> = products
        .iter()
        .map(|(product, count)| format!("faults: {product}: {count} cases"))
        .collect();
    format!("{}\nfaults: {left_out} cases left out", lines.join("\n"))
}

/// The cases to play, from what is offered and from the requests that each operation really takes, and how many are not.
async fn cases(choice: &Choice) -> Result<(Vec<Case>, usize), Finding> {
    let probed: Vec<_> = stream::iter(choice.samples())
        .map(|sample| tokio::spawn(all_of(sample)))
        .buffered(PROBES)
        .collect()
        .await;
    let mut cases = Vec::new();
    for all in probed {
        cases.extend(all.map_err(|panic| format!("panicked: {panic}"))??);
    }
    let count = cases.len();
    let chosen = choice.of(cases);
    let left_out = count - chosen.len();
    Ok((chosen, left_out))
}

async fn all_of(sample: &'static Sample) -> Result<Vec<Case>, Finding> {
    let twilio = Twilio::start(0).await;
    let mut cases = Vec::new();
    for operation in Operation::all(sample) {
        let requests = Case::requests(sample, operation, &twilio).await?;
        cases.extend(Case::all(sample, operation, requests));
    }
    Ok(cases)
}

/// Plays them in lanes, each with a Twilio of its own. A case that panics is a finding too.
async fn play(cases: Arc<Vec<Case>>, lanes: usize) -> Vec<(Case, Result<Ending, Finding>)> {
    let next = Arc::new(AtomicUsize::new(0));
    let lanes: Vec<_> = (0..lanes.min(cases.len()))
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
