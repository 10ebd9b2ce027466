//! Building an object: every answer field of the contract, filled from parameters, path, clock and defaults.

use jiff::Timestamp;
use serde_json::Value;

use super::fill;
use crate::clock;
use crate::contract::{Contract, Field, Kind, OperationKind, Resource, snake_case};
use crate::facts::{defaults, spelling};
use crate::ids::Ids;
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Fields, Object};
use crate::validate::is_sid;

/// Where and when an object is made.
pub(crate) struct Place<'a> {
    /// The resource.
    pub resource: &'static Resource,
    /// Owner.
    pub account: &'a str,
    /// Concrete path of the collection (or of the single thing).
    pub collection: &'a str,
    /// Path parameters above the object.
    pub path_params: &'a [(String, String)],
    /// Time of creation.
    pub now: Timestamp,
}

/// A new object as a create with these parameters makes it.
pub(crate) fn object(ids: &mut Ids, place: &Place<'_>, params: &Params) -> Object {
    let resource = place.resource;
    let keyed_by_path = is_keyed_by_path(resource);
    let key = if keyed_by_path {
        let last = place.collection.rsplit('/').next().unwrap_or_default();
        percent_encoding::percent_decode_str(last)
            .decode_utf8_lossy()
            .into_owned()
    } else {
        choose_key(ids, resource, params)
    };
    let path = if is_one_thing(resource) || keyed_by_path {
        place.collection.to_owned()
    } else {
        format!(
            "{}/{}",
            place.collection,
            percent_encoding::utf8_percent_encode(&key, super::SEGMENT)
        )
    };
    let collection = if keyed_by_path {
        place
            .collection
            .rsplit_once('/')
            .map_or(place.collection, |(above, _)| above)
    } else {
        place.collection
    };
    let mut object = Object {
        sequence: 0,
        host: resource.host.clone(),
        account: place.account.to_owned(),
        collection: collection.to_owned(),
        path,
        template: resource.template.clone(),
        key: key.clone(),
        body: Fields::default(),
        hidden: Fields::default(),
        previous: None,
        created_ms: place.now.as_millisecond(),
        updated_ms: place.now.as_millisecond(),
    };
    for field in resource.object_fields() {
        let value = starting_value(ids, place, field, &key);
        object.body.insert(field.name.clone(), value);
    }
    for (name, value) in defaults::of(resource) {
        object.body.insert((*name).to_owned(), value());
    }
    if let Some(version) = defaults::version(resource) {
        object.set(defaults::VERSION, version);
    }
    for (name, prefix) in defaults::sids(resource) {
        object.body.insert(name.to_owned(), Value::from(ids.sid(prefix)));
    }
    fill::apply(resource, &mut object, params);
    spelling::of_object(resource, &mut object);
    if let Some(name) = key_field_name(resource) {
        let shape = resource.object_fields().iter().find(|field| field.name == name);
        let value = match shape.map(|field| resource.spec.resolve(field).kind) {
            Some(Kind::Integer) => key.parse::<i64>().map_or(Value::Null, Value::from),
            _ => Value::from(key),
        };
        object.body.insert(name, value);
    }
    if let Some(prefix) = own_sid(resource).filter(|_| object.body.get("sid").is_some_and(Value::is_null)) {
        object.set("sid", ids.sid(prefix));
    }
    object
}

/// Prefix of the SID of what a create or an action makes, also where nothing leads to it by that SID: a notification, a copy. Settings
/// have none: what theirs show is their parent's.
pub(crate) fn own_sid(resource: &Resource) -> Option<&str> {
    let makes = [OperationKind::Create, OperationKind::Action].into_iter();
    let makes = makes.filter_map(|kind| resource.operation(kind)).next().is_some();
    let is_settings = resource.is_single() && resource.operation(OperationKind::Read).is_some();
    let field = resource.object_fields().iter().find(|field| field.name == "sid")?;
    let prefix = resource.spec.resolve(field).sid.first()?;
    (makes && !is_settings && prefix != "**").then_some(prefix)
}

/// An object at a concrete collection path, for behaviours that make one without a request.
pub(crate) fn object_at(
    state: &mut State,
    contract: &'static Contract,
    host: &str,
    account: &str,
    collection: &str,
    fields: Body,
    now: Timestamp,
) -> Option<Object> {
    let (resource, path_params) = contract
        .resources_of(host)
        .find_map(|resource| super::match_template(&resource.template, collection).map(|params| (resource, params)))?;
    let place = Place {
        resource,
        account,
        collection,
        path_params: &path_params,
        now,
    };
    let mut params = Params::default();
    let key = key_field_name(resource)
        .and_then(|name| fields.get(&name))
        .and_then(Value::as_str);
    if let Some(key) = key {
        params.set(CHOSEN_KEY, key);
    }
    let mut object = object(&mut state.ids, &place, &params);
    object.hidden.shift_remove(CHOSEN_KEY);
    object.body.extend(fields);
    Some(object)
}

/// Parameter under which a behaviour may set the key of a new object in `before_create`.
pub(crate) const CHOSEN_KEY: &str = "_key";

/// Lives at its own path; what has no instance path but a list is still many things.
fn is_one_thing(resource: &Resource) -> bool {
    let read_as_a_whole = resource
        .on_collection
        .iter()
        .any(|operation| operation.kind == OperationKind::Read);
    (resource.is_single() || read_as_a_whole) && resource.operation(OperationKind::List).is_none()
}

fn is_keyed_by_path(resource: &Resource) -> bool {
    // Attaching (`POST /Assistants/{assistantId}/Tools/{id}`) creates at the instance path.
    let on_instance = resource
        .on_instance
        .iter()
        .any(|operation| operation.kind == OperationKind::Create);
    on_instance
        && !resource
            .on_collection
            .iter()
            .any(|operation| operation.kind == OperationKind::Create)
}

/// The response field that repeats the last segment of the path.
pub(crate) fn key_field_name(resource: &Resource) -> Option<String> {
    resource.key_param.as_ref()?;
    let published = |name: &String| {
        let mut fields = resource
            .operations()
            .flat_map(|operation| resource.spec.answer_fields(operation));
        fields.any(|field| field.name == *name)
    };
    resource.key_names().into_iter().find(published)
}

fn choose_key(ids: &mut Ids, resource: &Resource, params: &Params) -> String {
    if let Some(chosen) = params.text(CHOSEN_KEY) {
        return chosen.to_owned();
    }
    let is_settings = resource.is_single() && resource.operation(OperationKind::Read).is_some();
    if is_settings || (is_one_thing(resource) && resource.key_prefix.is_none()) {
        // Settings have no name but their path; a SID in their answer is their parent's.
        return String::new();
    }
    let fields = resource.object_fields();
    if let (Some(name), Some(param)) = (key_field_name(resource), &resource.key_param) {
        // A natural key that the caller chose (`Identity`, `UniqueName`, `CountryCode`).
        let sent = params
            .iter()
            .find(|(sent, _)| [snake_case(&name), snake_case(param)].contains(&snake_case(sent)));
        if let Some(text) = sent.and_then(|(_, value)| value.as_str()) {
            return text.to_owned();
        }
    }
    if let Some(prefix) = resource.key_prefix.as_deref() {
        // `PhoneNumberSid` in the sender pool: the new member has the SID that was sent, and the response calls it `sid`.
        let renamed = params.iter().find(|(name, value)| {
            name.ends_with("Sid")
                && value
                    .as_str()
                    .is_some_and(|text| text.len() == 34 && text.starts_with(prefix))
                && !fields.iter().any(|field| field.name == snake_case(name))
        });
        return match renamed.and_then(|(_, value)| value.as_str()) {
            Some(text) => text.to_owned(),
            None => ids.sid(prefix),
        };
    }
    match resource
        .key_field()
        .and_then(|field| field.pattern.as_deref())
        .and_then(typed_id_prefix)
    {
        Some(prefix) => format!("{prefix}0{}", ids.base36(25)),
        None => ids.hex(32),
    }
}

/// `^mem_store_[0-7][0-9a-z]{25}$` → `mem_store_`; `^aia_asst_.+$` → `aia_asst_`; of `^mem_(store|service)_…$` the first choice.
fn typed_id_prefix(pattern: &str) -> Option<String> {
    let body = pattern.strip_prefix('^').unwrap_or(pattern);
    let mut prefix = String::new();
    let mut rest = body;
    loop {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
        prefix.push_str(&rest[..end]);
        let choices = rest[end..]
            .strip_prefix('(')
            .and_then(|choices| choices.split_once(')'));
        let Some((choices, behind)) = choices else { break };
        prefix.push_str(choices.split('|').next().unwrap_or_default());
        rest = behind;
    }
    prefix.ends_with('_').then_some(prefix)
}

fn starting_value(ids: &mut Ids, place: &Place<'_>, field: &Field, key: &str) -> Value {
    let resolved = place.resource.spec.resolve(field);
    let name = field.name.as_str();
    if matches!(name, "account_sid" | "accountSid" | "accountId" | "account_id") {
        return Value::from(place.account);
    }
    if let Some((_, value)) = place.path_params.iter().find(|(param, _)| snake_case(param) == name || param == name)
        // Some paths take a unique name where the response shows the SID.
        && (resolved.sid.is_empty() || is_sid(&resolved.sid, value))
    {
        return Value::from(value.as_str());
    }
    if is_date_name(name) {
        return timestamp(resolved, place.now);
    }
    if let Some(default) = field.default.as_ref().or(resolved.default.as_ref()) {
        return default.clone();
    }
    if let Some(default) = param_default(place.resource, name) {
        return default;
    }
    if matches!(name, "status" | "state")
        && let Some(first) = resolved.allowed.first()
    {
        return first.clone();
    }
    if (field.nullable || resolved.nullable) && resolved.kind != Kind::Boolean && resolved.kind != Kind::Array {
        return Value::Null;
    }
    plain_value(ids, place, resolved, key, 0)
}

/// A value of a type that may not be null.
fn plain_value(ids: &mut Ids, place: &Place<'_>, field: &Field, key: &str, depth: usize) -> Value {
    if let Some(first) = field.allowed.first() {
        return first.clone();
    }
    match field.kind {
        Kind::String => match field.format.as_deref() {
            Some("date-time" | "date-time-rfc-2822" | "date") => timestamp(field, place.now),
            _ => match field.sid.first() {
                Some(prefix) if prefix != "**" && key.starts_with(prefix.as_str()) => Value::from(key),
                Some(prefix) if prefix != "**" => Value::from(ids.sid(prefix)),
                _ => Value::from(""),
            },
        },
        Kind::Integer | Kind::Number => field.minimum.clone().map_or_else(|| Value::from(0), Value::Number),
        Kind::Boolean => Value::from(false),
        Kind::Array => Value::Array(Vec::new()),
        Kind::Object => {
            let mut members = Body::new();
            for member in field.fields.iter().filter(|member| member.required && depth < 4) {
                let member_shape = place.resource.spec.resolve(member);
                members.insert(
                    member.name.clone(),
                    plain_value(ids, place, member_shape, key, depth + 1),
                );
            }
            Value::Object(members)
        }
        Kind::Any => Value::Null,
    }
}

/// Names under which products show when an object was made or changed.
pub(crate) fn is_date_name(name: &str) -> bool {
    is_update_date_name(name) || matches!(name, "date_created" | "created_at" | "createdAt" | "date_generated")
}

/// Names under which products show when an object was changed last.
fn is_update_date_name(name: &str) -> bool {
    matches!(name, "date_updated" | "updated_at" | "updatedAt" | "last_updated")
}

/// The same where a client changes it, who may say when that was (`DateUpdated` of chat and conversations: what is brought back from
/// a backup keeps its date).
pub(crate) fn touch_unsent(resource: &Resource, object: &mut Object, params: &Params, at: Timestamp) {
    let says_when = |(name, value): (&str, &Value)| {
        is_update_date_name(&snake_case(name)) && value.as_str().is_some_and(|text| !text.is_empty())
    };
    if !params.iter().any(says_when) {
        touch(resource, object, at);
    }
}

/// Dates the last change of an object, in the field and the style that its product has for it.
pub(crate) fn touch(resource: &Resource, object: &mut Object, at: Timestamp) {
    for field in resource.object_fields() {
        if is_update_date_name(&field.name) {
            object.set(&field.name, timestamp(resource.spec.resolve(field), at));
        }
    }
}

/// A point in time in the format that the contract has for the field.
pub(crate) fn timestamp(field: &Field, at: Timestamp) -> Value {
    match field.format.as_deref() {
        Some("date-time-rfc-2822") => Value::from(clock::rfc2822(at)),
        Some("date") => Value::from(clock::date(at)),
        _ if matches!(field.kind, Kind::Integer | Kind::Number) => Value::from(at.as_second()),
        _ => Value::from(clock::iso8601(at)),
    }
}

fn param_default(resource: &Resource, field: &str) -> Option<Value> {
    resource
        .operation(OperationKind::Create)?
        .params
        .iter()
        .find(|param| snake_case(&param.name) == field)?
        .default
        .clone()
}

/// Fields of a new object that nothing gives a value, so that they start with the first word that the contract has for them.
#[cfg(test)]
pub(crate) fn first_words(resource: &'static Resource) -> impl Iterator<Item = (&'static str, Value)> {
    let given = |name: &str| {
        let create = resource.operation(OperationKind::Create);
        let needed = create.is_some_and(|create| {
            let mut params = create.params.iter();
            params.any(|param| param.required && (snake_case(&param.name) == name || param.name == name))
        });
        let known = defaults::of(resource).iter().any(|(known, _)| *known == name);
        needed || known || param_default(resource, name).is_some()
    };
    resource.object_fields().iter().filter_map(move |field| {
        let shape = resource.spec.resolve(field);
        let first = shape.allowed.first()?;
        let is_null = field.nullable || shape.nullable;
        let published = field.default.is_some() || shape.default.is_some();
        let starts = !is_null || matches!(field.name.as_str(), "status" | "state");
        (starts && !published && !given(&field.name)).then(|| (field.name.as_str(), first.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_made_has_its_sid_where_the_contract_has_one() {
        let mut seen = 0;
        for resource in Contract::published().resources() {
            let Some(prefix) = own_sid(resource) else { continue };
            let place = Place {
                resource,
                account: "AC0",
                collection: &resource.template,
                path_params: &[],
                now: Timestamp::UNIX_EPOCH,
            };
            let made = object(&mut Ids::new(1), &place, &Params::default());
            let sid = made
                .text("sid")
                .unwrap_or_else(|| panic!("{}{}", resource.host, resource.template));
            let keyed = resource.key_prefix.as_deref().is_some_and(|key| sid.starts_with(key));
            assert!(
                sid.starts_with(prefix) || keyed || is_keyed_by_path(resource),
                "{sid} {}",
                resource.template
            );
            seen += 1;
        }
        assert!(seen > 100, "{seen}");
    }
}
