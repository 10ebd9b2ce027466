//! PlanAction and InvokeAction.
//!
//! Terraform counts an action without a last event as not invoked, and crashes over an event that is neither progress nor the
//! end. So each invocation ends with exactly one event that says how it ended, whatever happened.

use std::sync::Arc;

use tokio::sync::watch;
use tonic::codegen::BoxStream;

use crate::framework::action::{Action, Progress};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan::stored;
use crate::framework::proto::invoke_action::{Event, Request, event};
use crate::framework::proto::{self, DynamicValue};
use crate::framework::validate::validate;
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Entry};
use super::guard::guarded_stream;
use super::messages;

pub(super) async fn plan(
    catalogue: &Catalogue,
    request: &proto::plan_action::Request,
) -> Result<proto::plan_action::Response, Diagnostics> {
    let entry = catalogue.action(&request.action_type)?;
    let config = configured(entry, request.config.as_ref())?;
    refuse_what_is_wrong(entry, &config)?;
    Ok(proto::plan_action::Response {
        diagnostics: messages::diagnostics(entry.offer.plan(config).await),
        ..proto::plan_action::Response::default()
    })
}

pub(super) fn events(catalogue: &Arc<Catalogue>, request: Request, stops: watch::Receiver<u64>) -> BoxStream<Event> {
    let (progress, said) = Progress::new(stops);
    let (catalogue, type_name) = (Arc::clone(catalogue), request.action_type.clone());
    let work = async move {
        let ended = invoke(&catalogue, &request, &progress).await;
        Some(ended.unwrap_or_else(|reported| reported))
    };
    let completed = |diagnostics| Event {
        r#type: Some(event::Type::Completed(event::Completed { diagnostics })),
    };
    guarded_stream("InvokeAction", &type_name, said, work, completed)
}

async fn invoke(catalogue: &Catalogue, request: &Request, progress: &Progress) -> Result<Diagnostics, Diagnostics> {
    let entry = catalogue.action(&request.action_type)?;
    let config = configured(entry, request.config.as_ref())?;
    if !config.is_wholly_known() {
        return Err(Diagnostic::error(
            format!("{} was not invoked", request.action_type),
            "A part of its configuration is not known yet. Nothing was done. This is a bug in Terraform, which invokes an action \
             only once everything is known.",
        )
        .into());
    }
    refuse_what_is_wrong(entry, &config).map_err(|refused| {
        // What triggered it has been applied, and this is all that is said of what did not follow.
        let add = |mut diagnostic: Diagnostic| {
            diagnostic.detail.push_str(&format!(
                "\n\n{} was not invoked: nothing was sent. Correct the value, and invoke it again.",
                request.action_type
            ));
            diagnostic
        };
        refused.into_iter().map(add).collect::<Diagnostics>()
    })?;
    let mut diagnostics = entry.offer.invoke(config, progress).await;
    if !diagnostics.has_errors() {
        diagnostics.extend(progress.after_the_interrupt(&request.action_type));
    }
    Ok(diagnostics)
}

/// Terraform validates before it plans, and nobody has looked at what became known since.
fn refuse_what_is_wrong(entry: &Entry<dyn Action>, config: &Value) -> Result<(), Diagnostics> {
    let mut diagnostics = validate(entry.described().block(), config, true);
    diagnostics.extend(entry.offer.validate(config));
    match diagnostics.has_errors() {
        true => Err(diagnostics),
        // Warnings were shown.
        false => Ok(()),
    }
}

/// The `config` block; one that is left out has nothing set.
pub(super) fn configured(entry: &Entry<dyn Action>, message: Option<&DynamicValue>) -> Result<Value, Diagnostics> {
    let config = entry.described().decode(message, "the configuration of an action")?;
    Ok(match config {
        Value::Null => stored(entry.described().block(), &Value::Null, Value::object::<String>([])),
        config => config,
    })
}
