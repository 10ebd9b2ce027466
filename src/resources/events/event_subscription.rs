//! Which events go to a sink. <https://www.twilio.com/docs/events/event-streams/subscription>
//!
//! # Quirks
//! - `Types` is a parameter of create, in no response, and ignored by update, so a change sent there never happens. The types are
//!   read and written in a collection of their own, `SubscribedEvents`, whose key is the type itself
//!   (<https://www.twilio.com/docs/events/event-streams/subscribed-events>).

use super::codes::EVENTS;
use super::older;
use crate::engine::facts::Absent::{Clears, Keeps, Required};
use crate::engine::facts::Role::{Fixed, Initial, Setting};
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Field, Filter, Key, List, Managed, Members, Object, Place, Plural, int, object_set, sid, text,
    timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_event_subscription`.
pub const EVENT_SUBSCRIPTION: Managed = Managed {
    object: Object {
        name: "twilio_event_subscription",
        noun: "event subscription",
        plural: Some(Plural {
            name: "twilio_event_subscriptions",
            noun: "event subscriptions",
        }),
        category: Category::Events,
        api_page: "https://www.twilio.com/docs/events/event-streams/subscription",
        place: Place::at(Product::Events, "/v1/Subscriptions", "/v1/Subscriptions/{sid}"),
        key: Key::Sid("DF"),
        natural_key: &["description"],
        list: List {
            filters: &[Filter::exact(
                sid("sink_sid", Setting(Clears), &[Check::Sid("DG")]).doc("Only subscriptions of this sink (`DG…`)."),
            )],
            ..List::WHOLE
        },
        fields: FIELDS,
        members: &[Members {
            field: "types",
            place: Place::at(
                Product::Events,
                "/v1/Subscriptions/{sid}/SubscribedEvents",
                "/v1/Subscriptions/{sid}/SubscribedEvents/{member}",
            ),
            items: "types",
            key: Some("type"),
            key_property: "type",
            key_parameter: "Type",
            can_change: true,
        }],
        codes: &[EVENTS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Sends events of the chosen types to a `twilio_event_sink`. Types can be added, changed and taken out in place.",
    quirks: &[
        "Twilio has no request that changes all types at once. Each type that is added, changed or taken out is a request of its own, so a change that fails halfway has made a part of it. Apply again to complete it.",
        "`types` has all types of a subscription, and takes out what it does not name. So there is no resource for one type: it and the \
         subscription would each undo what the other does. Where several teams want events of one sink, each makes a subscription of \
         its own.",
    ],
    older_states: older::EVENT_SUBSCRIPTION,
    write: WriteHooks {
        validate: Some(each_type_once),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("description", Setting(Required))
        .with_every_update()
        .checks(&[Check::NonEmpty])
        .doc("What the subscription is for. Changes in place."),
    sid("sink_sid", Fixed(Required), &[Check::Sid("DG")])
        .doc("SID of the sink (`DG…`), which must be active. A change replaces the subscription."),
    object_set("types", Initial(Required), TYPES)
        .checks(&[Check::Length(1, 1000)])
        .doc("The types of events to send, up to 1000. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const TYPES: &[Field] = &[
    text("type", Setting(Required)).doc("Type of event, for example `com.twilio.messaging.message.delivered`."),
    int("schema_version", Setting(Keeps)).doc(
        "Version of the event's schema. Left out: the newest when the type is added. Removing it keeps the version \
              that the type has.",
    ),
];

/// Twilio has each type once in a subscription. Said here, because a set hides that two elements name the same type when
/// their versions differ.
fn each_type_once(config: &Value, diagnostics: &mut Diagnostics) {
    let types = config.attr("types").as_elements().unwrap_or_default();
    let mut names: Vec<_> = types
        .iter()
        .filter_map(|element| element.attr("type").as_str())
        .collect();
    names.sort_unstable();
    let mut twice: Vec<_> = names
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    twice.dedup();
    // Names of Twilio's own may be shown; others are somebody's text.
    let own = |name: &str| name.starts_with("com.twilio.") && !name.contains(char::is_whitespace);
    twice
        .iter_mut()
        .filter(|name| !own(name))
        .for_each(|name| *name = "one that is not Twilio's");
    twice.dedup();
    if !twice.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                "An event type is named more than once",
                format!(
                    "A subscription has each type of event once, with one version of its schema. More than once in types: \
                     {}. Take out all but one of each.",
                    twice.join(", ")
                ),
            )
            .at_attribute("types"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_is_named_twice_is_refused_once() {
        let element = |name: Value, version: i64| Value::object([("type", name), ("schema_version", version.into())]);
        let check = |elements: Vec<Value>| {
            let config = Value::object([("types", Value::Set(elements))]);
            let mut diagnostics = Diagnostics::new();
            each_type_once(&config, &mut diagnostics);
            diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.detail)
                .collect::<Vec<_>>()
        };
        let said = check(vec![
            element("com.twilio.a".into(), 1),
            element("com.twilio.a".into(), 2),
            element("com.twilio.a".into(), 3),
            element("com.twilio.b".into(), 1),
        ]);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("in types: com.twilio.a."), "{}", said[0]);
        let said = check(vec![element("hush".into(), 1), element("hush".into(), 2)]);
        assert!(!said[0].contains("hush"), "{}", said[0]);
        assert!(check(vec![element(Value::UNKNOWN, 1), element(Value::UNKNOWN, 2)]).is_empty());
    }
}
