//! Sinks: where events go. <https://www.twilio.com/docs/events/event-streams/sink-resource>
//!
//! A sink is active from its creation; validating one always succeeds and changes nothing.
//! <https://www.twilio.com/docs/events/event-streams/sink-resource/validate>

use serde_json::{Map, Value, json};

use super::{HOST, refused};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

pub(super) const COLLECTION: &str = "/v1/Sinks";

/// Most sinks of an account: <https://www.twilio.com/docs/api/errors/91003>.
const MOST_SINKS: usize = 100;

/// Sinks.
pub struct Sinks;

impl Behaviour for Sinks {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        // Whether a subscription uses it is no field of a sink, so the filter needs more than the sink itself.
        let wanted = match ctx.operation().kind {
            OperationKind::List => ctx.query.flag("InUse"),
            _ => None,
        };
        let Some(wanted) = wanted else { return Ok(None) };
        let matching = ctx
            .state
            .store
            .members(HOST, ctx.account, COLLECTION)
            .filter(|sink| is_used(ctx, &sink.key) == wanted)
            .cloned()
            .collect();
        ctx.list(matching).map(Some)
    }

    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if ctx.state.store.count(HOST, ctx.account, COLLECTION) >= MOST_SINKS {
            return Err(refused(91003, "Account reached the max sink limit"));
        }
        let kind = params.text("SinkType").unwrap_or_default();
        let configuration = params.value("SinkConfiguration").and_then(Value::as_object);
        let fits = match configuration {
            Some(configuration) => fits(kind, configuration),
            None => Err("SinkConfiguration is not a JSON object".to_owned()),
        };
        fits.and_then(|()| described(params))
            .map_err(|why| refused(91000, format!("Sink could not be created: {why}")))
    }

    fn after_create(&self, _: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        object.set("status", "active");
        Ok(())
    }

    fn before_update(&self, _: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        described(params).map_err(|why| refused(91000, why))
    }

    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        if is_used(ctx, &object.key) {
            return Err(refused(91007, "Sink cannot be deleted because it is still in use"));
        }
        Ok(())
    }
}

fn is_used(ctx: &Ctx<'_>, sink: &str) -> bool {
    ctx.state
        .store
        .members_with(HOST, ctx.account, super::subscriptions::COLLECTION, "sink_sid", sink)
        .next()
        .is_some()
}

fn described(params: &Params) -> Result<(), String> {
    match params.text("Description") {
        Some(text) if text.trim().is_empty() => Err("Description is empty".to_owned()),
        _ => Ok(()),
    }
}

/// Whether a configuration has the members of its kind of sink, and no others.
fn fits(kind: &str, configuration: &Map<String, Value>) -> Result<(), String> {
    let (required, optional): (&[&str], &[&str]) = match kind {
        "kinesis" => (&["arn", "role_arn", "external_id"], &[]),
        "webhook" => (&["destination", "method"], &["batch_events"]),
        "segment" => (&["write_key"], &[]),
        // Twilio publishes this kind but not what belongs in its configuration.
        _ if configuration.is_empty() => return Err("SinkConfiguration is empty".to_owned()),
        _ => return Ok(()),
    };
    for name in required {
        match configuration.get(*name) {
            Some(Value::String(text)) if !text.is_empty() => {}
            Some(Value::String(_)) | None => return Err(format!("SinkConfiguration {name} is empty")),
            Some(_) => return Err(format!("SinkConfiguration {name} is not a text")),
        }
    }
    let known = |name: &str| required.contains(&name) || optional.contains(&name);
    if let Some(unknown) = configuration.keys().find(|name| !known(name)) {
        return Err(format!("SinkConfiguration of a {kind} sink has no {unknown}"));
    }
    let text = |name: &str| configuration.get(name).and_then(Value::as_str).unwrap_or_default();
    match kind {
        "webhook"
            if !["http://", "https://"]
                .iter()
                .any(|scheme| text("destination").starts_with(scheme)) =>
        {
            Err("SinkConfiguration destination is not a URL".to_owned())
        }
        "webhook" if !["GET", "POST"].contains(&text("method").to_ascii_uppercase().as_str()) => {
            Err("SinkConfiguration method is neither GET nor POST".to_owned())
        }
        "webhook"
            if configuration
                .get("batch_events")
                .is_some_and(|batch| !batch.is_boolean()) =>
        {
            Err("SinkConfiguration batch_events is neither true nor false".to_owned())
        }
        "kinesis" if !text("arn").starts_with("arn:") || !text("role_arn").starts_with("arn:") => {
            Err("SinkConfiguration arn or role_arn is not an ARN".to_owned())
        }
        _ => Ok(()),
    }
}

/// Sending a test event.
pub struct SinkTest;

impl Behaviour for SinkTest {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        result(ctx, "submitted").map(Some)
    }
}

/// Saying that the test event arrived.
pub struct SinkValidate;

impl Behaviour for SinkValidate {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        result(ctx, "valid").map(Some)
    }
}

fn result(ctx: &Ctx<'_>, result: &str) -> Outcome<Answer> {
    let sink = format!("{COLLECTION}/{}", ctx.path_param("Sid").unwrap_or_default());
    match ctx.state.store.find(HOST, ctx.account, &sink) {
        Some(_) => Ok(Answer::json(ctx.operation().success(), json!({"result": result}))),
        None => Err(ApiError::not_found(&ctx.request.path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, configuration: Value) -> Result<(), String> {
        fits(kind, configuration.as_object().expect("an object"))
    }

    #[test]
    fn each_kind_of_sink_has_its_own_members() {
        let kinesis = json!({"arn": "arn:aws:kinesis:us-east-1:1:stream/s", "role_arn": "arn:aws:iam::1:role/r", "external_id": "x"});
        let webhook = json!({"destination": "https://example.com/hook", "method": "POST", "batch_events": false});
        let segment = json!({"write_key": "k"});
        assert_eq!(check("kinesis", kinesis.clone()), Ok(()));
        assert_eq!(check("webhook", webhook.clone()), Ok(()));
        assert_eq!(check("segment", segment.clone()), Ok(()));
        assert!(check("webhook", kinesis).is_err());
        assert!(check("segment", webhook).is_err());
        assert!(check("kinesis", segment).is_err());
        assert!(check("email", json!({})).is_err());
    }

    #[test]
    fn values_must_be_usable() {
        for configuration in [
            json!({"destination": "https://example.com"}),
            json!({"destination": "", "method": "POST"}),
            json!({"destination": "example", "method": "POST"}),
            json!({"destination": "https://example.com", "method": "PUT"}),
            json!({"destination": "https://example.com", "method": "POST", "batch_events": "no"}),
            json!({"destination": "https://example.com", "method": "POST", "other": 1}),
        ] {
            assert!(check("webhook", configuration.clone()).is_err(), "{configuration}");
        }
    }
}
