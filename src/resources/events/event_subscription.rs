//! Which events go to a sink. <https://www.twilio.com/docs/events/event-streams/subscription>
//!
//! What surprised us: `Types` is taken by create, echoed by nothing, and ignored by update, which is how other providers
//! accept a change that never happens. The types live in a sub-collection, `SubscribedEvents`, keyed by the type itself
//! (<https://www.twilio.com/docs/events/event-streams/subscribed-events>): they are read from there and reconciled there.

use crate::engine::facts::Absent::{Keeps, Required};
use crate::engine::facts::Role::{Fixed, Initial, Setting};
use crate::engine::facts::hooks::{Call, Fault, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Check, Field, Intent, Key, Managed, Object, Operation, Place, Properties, int, object_set, sid, text, timestamp,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde_json::{Value as Json, json};

use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::operations::requests::{instance_path, path_fault};
use crate::engine::values::paths;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, Expects, ListRequest, PAUSES_BETWEEN_LOOKS, Product, Request};

use super::older;

/// `twilio_event_subscription`.
pub const EVENT_SUBSCRIPTION: Managed = Managed {
    object: Object {
        name: "twilio_event_subscription",
        noun: "event subscription",
        category: "Event Streams",
        api_page: "https://www.twilio.com/docs/events/event-streams/subscription",
        place: Place::at(Product::Events, "/v1/Subscriptions", "/v1/Subscriptions/{sid}"),
        key: Key::Sid("DF"),
        natural_key: &["description"],
        fields: FIELDS,
        read: ReadHooks {
            after_read: Some(add_types),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Sends events of the chosen types to a `twilio_event_sink`. Types can be added, changed and taken out in place.",
    older_states: older::EVENT_SUBSCRIPTION,
    write: WriteHooks {
        validate: Some(each_type_once),
        after_write: Some(reconcile_types),
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
    // Names of Twilio's own may be told; others are somebody's text.
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

/// After an update: adds and changes types first and takes out the rest last, so that the subscription is never without
/// a type. After either write: reads back what there is, because versions may have been chosen by Twilio.
fn reconcile_types<'a>(call: Call<'a>, intent: Intent<'a>, object: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        if intent.operation == Operation::Update && intent.prior.attr("types") != intent.planned.attr("types") {
            let mut present = subscribed(call).await?;
            // The list may lag behind what was written a moment ago, and then lacks what is to be taken out.
            for (name, version) in wanted(intent.prior.attr("types")) {
                present.entry(name).or_insert(version);
            }
            let wanted = wanted(intent.planned.attr("types"));
            for (name, version) in &wanted {
                match present.get(name) {
                    None => add(call, name, *version).await?,
                    Some(there) if version.is_some_and(|version| Some(version) != *there) => {
                        change(call, name, *version).await?;
                    }
                    Some(_) => {}
                }
            }
            // What was in the state may be missing in a list that is behind.
            let mut there = self::wanted(intent.prior.attr("types"));
            there.extend(present);
            for name in there.keys().filter(|name| !wanted.contains_key(*name)) {
                take_out(call, name).await?;
            }
        }
        // Should reading back fail, this is known nevertheless.
        let wanted = wanted(intent.planned.attr("types"));
        let names: BTreeSet<String> = wanted.keys().cloned().collect();
        put_types(object, wanted);
        let mut pauses = PAUSES_BETWEEN_LOOKS.iter();
        loop {
            let present = subscribed(call).await?;
            if names.iter().eq(present.keys()) {
                put_types(object, present);
                return Ok(());
            }
            match pauses.next() {
                Some(pause) if call.client.pause(*pause).await => {}
                _ => return Ok(()),
            }
        }
    })
}

fn add_types<'a>(call: Call<'a>, object: &'a mut Properties) -> Step<'a> {
    Box::pin(add_types_to(call, object))
}

async fn add_types_to(call: Call<'_>, object: &mut Properties) -> Result<(), Fault> {
    put_types(object, subscribed(call).await?);
    Ok(())
}

fn put_types(object: &mut Properties, types: BTreeMap<String, Option<i64>>) {
    let types = types
        .into_iter()
        .map(|(name, version)| json!({"type": name, "schema_version": version}));
    object.insert("types".to_owned(), types.collect());
}

/// The types that are subscribed to, with their versions.
async fn subscribed(call: Call<'_>) -> Result<BTreeMap<String, Option<i64>>, Fault> {
    let request = Request::get(Product::Events, call.account, collection(call)?);
    let mut types = BTreeMap::new();
    let list = ListRequest::new(request).key("types").largest_pages().known_by("type");
    call.client
        .each(list, |member| {
            if let Some(name) = member.get("type").and_then(Json::as_str) {
                let version = member.get("schema_version").and_then(crate::twilio::lenient::integer);
                types.insert(name.to_owned(), version);
            }
            ControlFlow::Continue(())
        })
        .await?;
    Ok(types)
}

fn wanted(types: &Value) -> BTreeMap<String, Option<i64>> {
    let elements = types.as_elements().unwrap_or_default().iter();
    let pairs = elements.filter_map(|element| {
        let version = element
            .attr("schema_version")
            .as_number()
            .and_then(|number| number.to_i64());
        Some((element.attr("type").as_str()?.to_owned(), version))
    });
    pairs.collect()
}

/// Adds a type. A subscription has each type once, so an answer that was lost, and a refusal of what may be there already,
/// are cleared up by a look, and what is not there is sent again.
async fn add(call: Call<'_>, name: &str, version: Option<i64>) -> Result<(), Fault> {
    let mut form = vec![("Type".to_owned(), name.to_owned())];
    form.extend(version.map(|version| ("SchemaVersion".to_owned(), version.to_string())));
    let mut pauses = PAUSES_BETWEEN_LOOKS.iter();
    loop {
        let request = Request::post(Product::Events, call.account, collection(call)?)
            .form(form.clone())
            .creates()
            .expects(of_type(name));
        let Err(error) = call.client.send(request).await else {
            return Ok(());
        };
        if !matches!(
            error.kind,
            ErrorKind::Ambiguous | ErrorKind::Conflict | ErrorKind::Invalid
        ) {
            return Err(error.into());
        }
        if subscribed(call).await?.contains_key(name) {
            return Ok(());
        }
        let goes_on = match (error.kind, pauses.next()) {
            (ErrorKind::Ambiguous, Some(pause)) => call.client.pause(*pause).await,
            _ => false,
        };
        if !goes_on {
            return Err(error.into());
        }
    }
}

async fn change(call: Call<'_>, name: &str, version: Option<i64>) -> Result<(), Fault> {
    let form = version.map(|version| ("SchemaVersion", version.to_string()));
    let request = Request::post(Product::Events, call.account, member(call, name)?).form(form);
    call.client.send(request.expects(of_type(name))).await?;
    Ok(())
}

async fn take_out(call: Call<'_>, name: &str) -> Result<(), Fault> {
    match call
        .client
        .send(Request::delete(Product::Events, call.account, member(call, name)?))
        .await
    {
        Ok(_) => Ok(()),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn collection(call: Call<'_>) -> Result<String, Fault> {
    Ok(format!(
        "{}/SubscribedEvents",
        instance_path(call.object, call.account, call.state)?
    ))
}

fn member(call: Call<'_>, name: &str) -> Result<String, Fault> {
    let parts = Value::object([("type", Value::string(name))]);
    let name = paths::expand("{type}", call.account, &parts).map_err(|part| path_fault(call.object, &part))?;
    Ok(format!("{}/{name}", collection(call)?))
}

/// A type is known by its name; it has no SID.
fn of_type(name: &str) -> Expects {
    Expects::Member("type", name.to_owned())
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

    #[test]
    fn wanted_types_are_told_with_the_version_that_is_asked_for() {
        let element = |name: &str, version: Value| Value::object([("type", name.into()), ("schema_version", version)]);
        let types = Value::Set(vec![element("a", 2.into()), element("b", Value::UNKNOWN)]);
        assert_eq!(
            wanted(&types),
            BTreeMap::from([("a".to_owned(), Some(2)), ("b".to_owned(), None)])
        );
    }
}
