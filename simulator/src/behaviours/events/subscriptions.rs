//! Subscriptions and the event types in them. <https://www.twilio.com/docs/events/event-streams/subscription>
//!
//! A subscription is created with its event types and never shows them; they are read, added, changed and taken out one by one
//! under `SubscribedEvents`, where the type is the key.

use serde_json::Value;

use super::{HOST, catalogue, refused, sinks};
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;
use crate::store::{Body, Object};

pub(super) const COLLECTION: &str = "/v1/Subscriptions";

/// Subscriptions.
pub struct Subscriptions;

impl Behaviour for Subscriptions {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let sink = params.text("SinkSid").unwrap_or_default();
        let sink = ctx
            .state
            .store
            .find(HOST, ctx.account, &format!("{}/{sink}", sinks::COLLECTION))
            .ok_or_else(|| refused(91001, "Sink could not be found"))?;
        if sink.text("status") != Some("active") {
            return Err(refused(
                91100,
                "Creating subscription for sink failed: the sink is not active",
            ));
        }
        described(params)?;
        wanted(params).map(drop)
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let account = object.account.clone();
        let collection = format!("{}/SubscribedEvents", object.path);
        for Wanted { name, version } in wanted(params)? {
            let mut fields = Body::new();
            fields.insert("type".into(), name.into());
            fields.insert("schema_version".into(), version.into());
            if let Some(event) = ctx.new_object(HOST, &account, &collection, fields) {
                ctx.state.store.insert(event);
            }
        }
        // The types are the subscribed events from now on.
        object.hidden.shift_remove("Types");
        Ok(())
    }

    fn before_update(&self, _: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        described(params)
    }
}

fn described(params: &Params) -> Outcome {
    match params.text("Description") {
        Some(text) if text.trim().is_empty() => {
            Err(refused(91101, "Subscription creation failed: Description is empty"))
        }
        _ => Ok(()),
    }
}

/// An event type as a subscription asks for it.
#[derive(Debug, PartialEq)]
struct Wanted {
    name: String,
    version: i64,
}

/// The entries of `Types`, each once and known.
fn wanted(params: &Params) -> Outcome<Vec<Wanted>> {
    let entries = params.value("Types").and_then(Value::as_array).map(Vec::as_slice);
    let entries = entries.unwrap_or_default();
    if entries.is_empty() {
        return Err(refused(91103, "Event type list is empty"));
    }
    let mut all: Vec<Wanted> = Vec::new();
    for entry in entries {
        let malformed = |why: &str| refused(20001, format!("Invalid parameter Types: {why}"));
        let members = entry
            .as_object()
            .ok_or_else(|| malformed("an entry is not a JSON object"))?;
        if let Some(unknown) = members
            .keys()
            .find(|name| !["type", "schema_version"].contains(&name.as_str()))
        {
            return Err(malformed(&format!("an entry has no member {unknown}")));
        }
        let name = members
            .get("type")
            .and_then(Value::as_str)
            .ok_or_else(|| malformed("an entry has no type"))?;
        let version = match members.get("schema_version") {
            None | Some(Value::Null) => None,
            Some(version) => Some(
                version
                    .as_i64()
                    .ok_or_else(|| malformed("schema_version is not a whole number"))?,
            ),
        };
        if all.iter().any(|earlier| earlier.name == name) {
            return Err(refused(
                91101,
                format!("Subscription creation failed: {name} is duplicated"),
            ));
        }
        all.push(Wanted {
            name: name.to_owned(),
            version: version_of(name, version)?,
        });
    }
    Ok(all)
}

/// The asked version of an event type's schema, or the newest.
fn version_of(name: &str, version: Option<i64>) -> Outcome<i64> {
    let schema = catalogue::schema_of(name).ok_or_else(|| refused(91104, format!("Event type not found: {name}")))?;
    match version {
        None => Ok(schema.latest),
        Some(version) if (1..=schema.latest).contains(&version) => Ok(version),
        Some(version) => Err(refused(
            20001,
            format!(
                "Invalid parameter schema_version: {} has no version {version}",
                schema.id
            ),
        )),
    }
}

/// Event types of one subscription.
pub struct SubscribedEvents;

impl Behaviour for SubscribedEvents {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let version = version_of(params.text("Type").unwrap_or_default(), params.integer("SchemaVersion"))?;
        params.set("SchemaVersion", version);
        Ok(())
    }

    fn before_update(&self, _: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        if let Some(version) = params.integer("SchemaVersion") {
            version_of(&object.key, Some(version))?;
        }
        Ok(())
    }

    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        // A subscription without event types is refused at its creation, so it cannot become one either.
        let others = ctx.state.store.count(HOST, &object.account, &object.collection);
        if others <= 1 {
            return Err(refused(
                91103,
                "Event type list is empty: a subscription keeps at least one event type",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const DELIVERED: &str = "com.twilio.messaging.message.delivered";

    fn check(types: Value) -> Result<Vec<i64>, u32> {
        let mut params = Params::default();
        params.set("Types", types);
        wanted(&params)
            .map(|all| all.into_iter().map(|one| one.version).collect())
            .map_err(|error| error.code)
    }

    #[test]
    fn an_entry_names_a_known_type_once_and_perhaps_a_version() {
        let newest = catalogue::schema_of(DELIVERED).expect("known").latest;
        assert_eq!(check(json!([{"type": DELIVERED}])), Ok(vec![newest]));
        assert_eq!(check(json!([{"type": DELIVERED, "schema_version": 1}])), Ok(vec![1]));
        assert_eq!(check(json!([])), Err(91103));
        assert_eq!(check(json!([{"type": DELIVERED}, {"type": DELIVERED}])), Err(91101));
        assert_eq!(check(json!([{"type": "com.twilio.unheard.of"}])), Err(91104));
        assert_eq!(check(json!([{"type": DELIVERED, "schema_version": 0}])), Err(20001));
        assert_eq!(check(json!([{"type": DELIVERED, "schema_version": "1"}])), Err(20001));
        assert_eq!(check(json!([{"schema_version": 1}])), Err(20001));
        assert_eq!(check(json!([{"type": DELIVERED, "filter": "x"}])), Err(20001));
        assert_eq!(check(json!(["x"])), Err(20001));
    }
}
