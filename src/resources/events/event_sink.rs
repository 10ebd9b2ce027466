//! Where events are sent to. <https://www.twilio.com/docs/events/event-streams/sink-resource>
//!
//! # Quirks
//! - The configuration is one JSON text inside the form.
//! - What Twilio shows of the configuration is what counts, or the state would claim a destination that events do not go to. What
//!   it leaves out or masks, as the write key, stays as it was configured; what it adds by itself is left out.

use serde_json::Value as Json;

use super::codes::EVENTS;
use super::older;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Fixed, Observed, Setting};
use crate::engine::facts::hooks::{ReadHooks, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Filter, Key, List, Managed, Object, Place, Plural, Properties, boolean, object, text,
    timestamp, url,
};
use crate::engine::operations::adopt::{ADOPT_EXISTING, is_masked};
use crate::engine::values::write_only;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_event_sink`.
pub const EVENT_SINK: Managed = Managed {
    object: Object {
        name: "twilio_event_sink",
        noun: "event sink",
        plural: Some(Plural {
            name: "twilio_event_sinks",
            noun: "event sinks",
        }),
        category: Category::Events,
        api_page: "https://www.twilio.com/docs/events/event-streams/sink-resource",
        place: Place::at(Product::Events, "/v1/Sinks", "/v1/Sinks/{sid}"),
        key: Key::Sid("DG"),
        natural_key: &["description"],
        list: List {
            filters: &[
                Filter::loose(boolean("in_use", Setting(Clears)).doc(
                    "Whether an event subscription uses the sink: `true` for those that are in use, `false` for the others.",
                )),
                Filter::exact(
                    text("status", Setting(Clears))
                        .checks(&[Check::Known(&["initialized", "validating", "active", "failed"])])
                        .doc("Only sinks in this state: `initialized`, `validating`, `active` or `failed`."),
                ),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        read: ReadHooks {
            decode: Some(decode_configuration),
            ..ReadHooks::NONE
        },
        codes: &[EVENTS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A destination for events: an AWS Kinesis stream, a webhook, Segment, or e-mail. What is sent there is chosen by a \
          `twilio_event_subscription`.",
    quirks: &[
        "Twilio shows some values of `sink_configuration` masked or not at all, as `write_key`. They stay in the state as they were configured: a change made elsewhere does not show.",
        "After an import, a secret that Twilio does not show is taken for the one that the sink has: the first apply notes it in the state, sends nothing and replaces nothing, and the plan says so with a warning.",
    ],
    older_states: older::EVENT_SINK,
    write: WriteHooks {
        validate: Some(configuration_fits_type),
        same_as_returned: Some(same_as_returned),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("description", Setting(Required))
        .with_every_update()
        .checks(&[Check::NonEmpty])
        .doc("What the sink is for. Changes in place."),
    text("sink_type", Fixed(Required))
        .checks(&[Check::Known(&["kinesis", "webhook", "segment", "email"])])
        .doc("`kinesis`, `webhook`, `segment` or `email`. A change replaces the sink."),
    object("sink_configuration", Fixed(Required), CONFIGURATION)
        .as_json_text()
        .doc("How to reach it: `arn`, `role_arn` and `external_id` for `kinesis`, `destination` and `method` for `webhook`, `write_key` for \
             `segment`, `email` for `email`. A change replaces the sink."),
    text("status", Observed)
        .volatile()
        .doc("`initialized`, `validating`, `active` or `failed`. Only an active sink receives events."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const CONFIGURATION: &[Field] = &[
    text("arn", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("`kinesis`: ARN of the data stream."),
    text("role_arn", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("`kinesis`: ARN of the IAM role that Twilio assumes."),
    text("external_id", Setting(Clears))
        .write_only()
        .checks(&[Check::NonEmpty])
        .doc("`kinesis`: external id in the trust policy of that role."),
    url("destination", Setting(Clears))
        .checks(&[Check::NonEmpty, Check::Url])
        .doc("`webhook`: URL that Twilio requests with the events."),
    text("method", Setting(Clears))
        .checks(&[Check::OneOf(&["GET", "POST"])])
        .doc("`webhook`: HTTP method, `GET` or `POST`."),
    boolean("batch_events", Setting(Clears))
        .doc("`webhook`: send several events in one request. Twilio sends each by itself unless this is `true`."),
    text("write_key", Setting(Clears))
        .write_only()
        .checks(&[Check::NonEmpty])
        .doc("`segment`: write key of the source."),
    text("email", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("`email`: address to which events are sent. Twilio knows this type and has no page on it."),
];

/// Leaves out of the response what says nothing: members that Twilio masks or adds by itself, and another spelling of the
/// configured URL.
fn decode_configuration(answer: &mut Properties, base: &Value) {
    let Some(returned) = answer.get_mut("sink_configuration") else {
        return;
    };
    if let Some(members) = returned
        .as_str()
        .and_then(|text| serde_json::from_str::<Json>(text).ok())
    {
        *returned = members;
    }
    let configured = base.attr("sink_configuration");
    let Json::Object(members) = returned else {
        if configured.is_known() {
            answer.remove("sink_configuration");
        }
        return;
    };
    for attribute in CONFIGURATION {
        let setting = configured.attr(attribute.name);
        let Some(member) = members.get(attribute.name) else {
            continue;
        };
        let says_nothing = match member {
            Json::Null => true,
            Json::Bool(false) => configured.is_known() && setting.is_null(),
            Json::String(text) => text.is_empty() || (attribute.sensitive && is_masked(text)),
            _ => false,
        };
        if says_nothing {
            members.remove(attribute.name);
        } else if let Some(setting_text) = setting.as_str()
            && same_as_returned(attribute.name, setting, &member.as_str().into()) == Some(true)
        {
            members.insert(attribute.name.to_owned(), setting_text.into());
        }
    }
}

/// Twilio may spell a URL and a method in its own way.
fn same_as_returned(attribute: &str, configured: &Value, returned: &Value) -> Option<bool> {
    let (Some(configured), Some(returned)) = (configured.as_str(), returned.as_str()) else {
        return Some(configured == returned);
    };
    Some(match attribute {
        "destination" => configured == returned || same_url(configured, returned),
        "method" => configured.eq_ignore_ascii_case(returned),
        _ => configured == returned,
    })
}

fn same_url(one: &str, other: &str) -> bool {
    match (url::Url::parse(one), url::Url::parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// What each type needs. <https://www.twilio.com/docs/events/event-streams/sink-resource>
const NEEDED: &[(&str, &[&str])] = &[
    ("kinesis", &["arn", "role_arn", "external_id"]),
    ("webhook", &["destination", "method"]),
    ("segment", &["write_key"]),
];

/// What belongs to each type and may be left out.
const OPTIONAL: &[(&str, &[&str])] = &[("webhook", &["batch_events"]), ("email", &["email"])];

/// The name of the member by which the configuration gives `name`, if it does.
fn given_as(configuration: &Value, name: &str) -> Option<String> {
    let field = CONFIGURATION.iter().find(|field| field.name == name)?;
    write_only::is_configured(field, configuration).then(|| write_only::argument(field, configuration))
}

/// The types that a member of the configuration belongs to.
fn types_of(member: &str) -> Vec<&'static str> {
    let all = NEEDED.iter().chain(OPTIONAL);
    let with = all.filter(|(_, members)| members.contains(&member));
    with.map(|(kind, _)| *kind).collect()
}

/// What is set and belongs to another type. Of a type that is not known here, nobody can tell.
fn refuse_members_of_another_type(kind: &str, configuration: &Value, diagnostics: &mut Diagnostics) {
    if !NEEDED.iter().chain(OPTIONAL).any(|(known, _)| *known == kind) {
        return;
    }
    for member in CONFIGURATION.iter().map(|field| field.name) {
        let types = types_of(member);
        let Some(member) = given_as(configuration, member).filter(|_| !types.contains(&kind)) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::error(
                "The sink's configuration is of another type",
                format!(
                    "sink_configuration.{member} belongs to a sink with sink_type = \"{}\", and this one is a {kind} sink. Take \
                     it out, or correct sink_type.",
                    types.join("\" or \"")
                ),
            )
            .within(&AttributePath::attribute("sink_configuration").and_attribute(member.as_str())),
        );
    }
}

fn configuration_fits_type(config: &Value, diagnostics: &mut Diagnostics) {
    let configuration = config.attr("sink_configuration");
    let Some(kind) = config.attr("sink_type").as_str() else {
        return;
    };
    if !configuration.is_known() {
        return;
    }
    refuse_members_of_another_type(kind, configuration, diagnostics);
    let Some((_, needed)) = NEEDED.iter().find(|(name, _)| *name == kind) else {
        return;
    };
    let missing: Vec<_> = needed
        .iter()
        .copied()
        .filter(|name| given_as(configuration, name).is_none())
        // A version without its value is an error of its own.
        .filter(|name| configuration.attr(&format!("{name}_wo_version")).is_null())
        .collect();
    if !missing.is_empty() {
        let is_sensitive = |name: &str| CONFIGURATION.iter().any(|known| known.name == name && known.sensitive);
        let secret = missing.iter().find(|name| is_sensitive(name));
        let hint = secret.map_or_else(String::new, |name| {
            format!(
                " Set {name}, or {name}_wo with {name}_wo_version. In a configuration that Terraform has generated, {name} is null \
                 because it is sensitive: write it in by hand."
            )
        });
        diagnostics.push(
            Diagnostic::error(
                "The sink's configuration is incomplete",
                format!(
                    "A {kind} sink needs {}; missing: {}.{hint}",
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
        assert!(check("segment", &[("write_key", Value::Null)]).ends_with("sensitive: write it in by hand."));
        assert!(check("segment", &[]).contains("Set write_key, or write_key_wo with write_key_wo_version."));
        assert_eq!(check("segment", &[("write_key", Value::UNKNOWN)]), "");
        // A version without its value is an error of the pair.
        assert_eq!(check("segment", &[("write_key_wo_version", 3.into())]), "");
        assert_eq!(check("something new", &[]), "");
        // What belongs to another type is refused, known or not yet; of a new type nobody can tell.
        let url = || ("destination", Value::from("https://example.com"));
        let kinesis = ["arn", "role_arn", "external_id"].map(|name| (name, Value::from("x")));
        let with_url: Vec<_> = kinesis.iter().cloned().chain([url()]).collect();
        assert_eq!(check("kinesis", &kinesis), "");
        assert!(
            check("kinesis", &with_url)
                .starts_with("sink_configuration.destination belongs to a sink with sink_type = \"webhook\"")
        );
        assert!(check("email", &[("batch_events", Value::UNKNOWN)]).contains("batch_events belongs"));
        assert_eq!(check("email", &[("email", "a@example.com".into())]), "");
        assert_eq!(check("something new", &[url()]), "");
        for member in CONFIGURATION {
            assert!(!types_of(member.name).is_empty(), "{} is of no type", member.name);
        }
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
                crate::engine::values::matching::reads_as_sent(&EVENT_SINK.object, &planned, &item),
                is_same,
                "{destination}"
            );
        }
    }
}
