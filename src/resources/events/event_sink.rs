//! Where events are sent to. <https://www.twilio.com/docs/events/event-streams/sink-resource>
//!
//! What surprised us: the configuration is one JSON text inside the form and depends on the type; only the description can
//! change, so the configuration of a sink is what it was made with for as long as it lives. It therefore stays in the state as
//! it was configured, whatever Twilio leaves out, adds or masks in its answers; only an import takes it from there.

use crate::engine::adopt::ADOPT_EXISTING;
use crate::engine::hooks::Hooks;
use crate::engine::table::{Attribute, Check, Resource, boolean, object, text, timestamp, url};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_event_sink`.
pub const EVENT_SINK: Resource = Resource {
    name: "twilio_event_sink",
    noun: "event sink",
    doc: "A destination for events: an AWS Kinesis stream, a webhook, Segment, or e-mail. What is sent there is chosen by a \
          `twilio_event_subscription`.",
    category: "Event Streams",
    api_page: "https://www.twilio.com/docs/events/event-streams/sink-resource",
    product: Product::Events,
    collection: "/v1/Sinks",
    instance: "/v1/Sinks/{sid}",
    sid_prefix: "DG",
    natural_key: &["description"],
    attributes: ATTRIBUTES,
    hooks: Hooks {
        validate: Some(configuration_fits_type),
        ..Hooks::NONE
    },
    ..Resource::FORM
};

const ATTRIBUTES: &[Attribute] = &[
    text("description")
        .required()
        .always_sent()
        .checks(&[Check::NonEmpty])
        .doc("What the sink is for. Changes in place."),
    text("sink_type")
        .required()
        .create_only()
        .checks(&[Check::Known(&["kinesis", "webhook", "segment", "email"])])
        .doc("`kinesis`, `webhook`, `segment` or `email`. A change replaces the sink."),
    object("sink_configuration", CONFIGURATION)
        .required()
        .create_only()
        .configured_text_stays()
        .as_json_text()
        .doc("How to reach it; which attributes are needed depends on `sink_type`. A change replaces the sink."),
    text("status")
        .computed()
        .volatile()
        .doc("`initialized`, `validating`, `active` or `failed`. Only an active sink receives events."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const CONFIGURATION: &[Attribute] = &[
    text("arn").doc("`kinesis`: ARN of the data stream."),
    text("role_arn").doc("`kinesis`: ARN of the IAM role that Twilio assumes."),
    text("external_id")
        .sensitive()
        .doc("`kinesis`: external id in the trust policy of that role."),
    url("destination").doc("`webhook`: URL that Twilio requests with the events."),
    text("method")
        .checks(&[Check::OneOf(&["GET", "POST"])])
        .doc("`webhook`: HTTP method, `GET` or `POST`."),
    boolean("batch_events")
        .doc("`webhook`: send several events in one request. Twilio sends each by itself unless this is `true`."),
    text("write_key").sensitive().doc("`segment`: write key of the source."),
    text("email").doc("`email`: address to which events are sent. Twilio knows this type and has no page on it."),
];

/// What each type needs. <https://www.twilio.com/docs/events/event-streams/sink-resource>
const NEEDED: &[(&str, &[&str])] = &[
    ("kinesis", &["arn", "role_arn", "external_id"]),
    ("webhook", &["destination", "method"]),
    ("segment", &["write_key"]),
];

fn configuration_fits_type(config: &Value, diagnostics: &mut Diagnostics) {
    let configuration = config.attr("sink_configuration");
    let Some(kind) = config.attr("sink_type").as_str() else {
        return;
    };
    let Some((_, needed)) = NEEDED.iter().find(|(name, _)| *name == kind) else {
        return;
    };
    if !configuration.is_known() {
        return;
    }
    let missing: Vec<_> = needed
        .iter()
        .copied()
        .filter(|name| configuration.attr(name).is_null())
        .collect();
    if !missing.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                "The sink's configuration is incomplete",
                format!(
                    "A {kind} sink needs {}; missing: {}.",
                    needed.join(", "),
                    missing.join(", ")
                ),
            )
            .at_attribute("sink_configuration"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_names_what_it_lacks() {
        let check = |kind: &str, fields: &[(&str, Value)]| {
            let configuration = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
            let config = Value::object([("sink_type", kind.into()), ("sink_configuration", configuration)]);
            let mut diagnostics = Diagnostics::new();
            configuration_fits_type(&config, &mut diagnostics);
            diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.detail)
                .collect::<String>()
        };
        assert!(check("webhook", &[("destination", "https://example.com".into())]).ends_with("missing: method."));
        assert_eq!(check("segment", &[("write_key", Value::UNKNOWN)]), "");
        assert_eq!(check("something new", &[]), "");
    }

    #[test]
    fn a_sink_that_leads_elsewhere_is_not_what_was_sent() {
        let planned = Value::object([
            ("description", "Sink".into()),
            ("sink_type", "webhook".into()),
            (
                "sink_configuration",
                Value::object([
                    ("destination", "https://example.com/a".into()),
                    ("method", "POST".into()),
                ]),
            ),
        ]);
        for (destination, is_same) in [("https://example.com/a", true), ("https://example.com/b", false)] {
            let item = serde_json::json!({
                "description": "Sink",
                "sink_type": "webhook",
                "sink_configuration": {"destination": destination, "method": "POST"},
            });
            let item = item.as_object().cloned().unwrap_or_default();
            assert_eq!(
                crate::engine::lookup::reads_as_sent(&EVENT_SINK, &planned, &item),
                is_same,
                "{destination}"
            );
        }
    }
}
