//! A stop while an object is being made, changed or destroyed, for every resource: what Twilio has done is in the state, and
//! the next apply makes nothing twice. What a signal to the whole process group does is shown by a real Terraform in
//! `tests/acceptance/interruptions.rs`; here is what it comes to in the provider.

use serde_json::json;
use terraform_provider_twilio::framework::value::Value;

use crate::checks::{check, ended, new_ones, only_new, settled};
use crate::samples::{Sample, samples};
use crate::terraform::{Finding, Outcome, Plan, State, Terraform, text, value};
use crate::twilio::Twilio;

/// How long Twilio takes to answer what it has done. The stop comes meanwhile.
const ANSWERS_AFTER: u64 = 400;

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_during_any_write_loses_nothing_and_doubles_nothing() {
    let twilio = Twilio::start(0).await;
    let mut failed = Vec::new();
    for sample in samples() {
        if let Err(finding) = lifecycle(sample, &twilio).await {
            failed.push(format!("{}: {finding}", sample.type_name));
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

/// Each step of a lifecycle, with a stop in it.
async fn lifecycle(sample: &'static Sample, twilio: &Twilio) -> Result<(), Finding> {
    twilio.reset().await;
    let prepared = sample.prepare(twilio).await;
    let (config, changed) = (
        value(sample.type_name, &prepared.config),
        value(sample.type_name, &prepared.changed),
    );
    let terraform = Terraform::start(twilio, 0).await;
    let before = twilio.places().await;

    let plan = terraform.plan(sample.type_name, None, &config).await?;
    let outcome = stopped(sample, twilio, &terraform, plan).await?;
    let state = match outcome.state {
        Some(state) => state,
        None => {
            let made = new_ones(twilio, sample, &before).await;
            let made: Vec<_> = made.iter().map(|object| &object.sid).collect();
            check(made.is_empty(), || {
                format!(
                    "{made:?} was made and is not in the state: {:?}",
                    outcome.diagnostics.first().map(text)
                )
            })?;
            terraform
                .change(sample.type_name, None, &config)
                .await?
                .succeeded("the create after the stop")?
        }
    };
    let state = finished(sample, twilio, &terraform, state, &config).await?;
    only_new(twilio, sample, &before, &state).await?;

    let plan = terraform.plan(sample.type_name, Some(&state), &changed).await?;
    let (state, config) = match plan.replaces {
        true => (state, config),
        false => {
            let outcome = stopped(sample, twilio, &terraform, plan).await?;
            let state = outcome.state.ok_or("the update lost the state")?;
            (finished(sample, twilio, &terraform, state, &changed).await?, changed)
        }
    };
    settled(&terraform, twilio, sample, &state, &config).await?;
    only_new(twilio, sample, &before, &state).await?;

    let plan = terraform.plan(sample.type_name, Some(&state), &Value::Null).await?;
    if let Some(left) = stopped(sample, twilio, &terraform, plan).await?.state {
        let again = terraform.change(sample.type_name, Some(&left), &Value::Null).await?;
        check(again.state.is_none(), || {
            format!("it cannot be destroyed: {:?}", again.diagnostics.first().map(text))
        })?;
    }
    check(ended(twilio, sample, &state).await, || {
        "what was destroyed still exists".to_owned()
    })
}

/// Applies a plan, and stops as soon as Twilio has seen a write.
async fn stopped(
    sample: &'static Sample,
    twilio: &Twilio,
    terraform: &Terraform,
    plan: Plan,
) -> Result<Outcome, Finding> {
    let writes = |log: &[serde_json::Value]| log.iter().filter(|line| line["method"] != "GET").count();
    let before = writes(&twilio.requests().await);
    let late: Vec<_> = ["POST", "DELETE"]
        .iter()
        .map(|method| json!({"match": {"method": method}, "fault": "delay_after", "ms": ANSWERS_AFTER}))
        .collect();
    twilio.faults(&json!(late)).await;
    let stop = async {
        while writes(&twilio.requests().await) == before {
            tokio::task::yield_now().await;
        }
        terraform.stop().await;
    };
    let apply = terraform.apply(sample.type_name, plan);
    tokio::pin!(apply, stop);
    // Some changes need no write.
    let outcome = tokio::select! {
        outcome = &mut apply => outcome,
        () = &mut stop => apply.await,
    };
    twilio.faults(&json!([])).await;
    outcome
}

/// What is left to be done is an ordinary change.
async fn finished(
    sample: &'static Sample,
    twilio: &Twilio,
    terraform: &Terraform,
    state: State,
    config: &Value,
) -> Result<State, Finding> {
    let read = terraform
        .read(sample.type_name, &state)
        .await?
        .succeeded("the read after the stop")?;
    let plan = terraform.plan(sample.type_name, Some(&read), config).await?;
    check(!plan.replaces, || "the next plan would replace it".to_owned())?;
    let done = match plan.planned == read.value {
        true => read,
        false => terraform
            .apply(sample.type_name, plan)
            .await?
            .succeeded("the apply that completes it")?,
    };
    settled(terraform, twilio, sample, &done, config).await?;
    Ok(done)
}
