//! The single requests that the operations are made of.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{
    BulkAnswer, Items, Key, Managed, Object, Parameters, Place, Properties, Read, Role, Source, UpdateStyle,
};
use crate::engine::operations::counted;
use crate::engine::sharing::claims::named;
use crate::engine::values::choices;
use crate::engine::values::paths::{self, MissingPart};
use crate::engine::values::properties::field;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, ErrorKind, Expects, ListRequest, PAUSES_BETWEEN_READS, Request, Response, lenient};

/// The object in a response. The client lets only objects through where one was requested.
pub fn answer_object(response: Response) -> Properties {
    match response.body {
        Json::Object(object) => object,
        _ => Properties::new(),
    }
}

/// As [`answer_object`], of a response about an object of this table, without what only the provider makes.
pub fn answer_about(object: &Object, response: Response) -> Properties {
    let mut answer = answer_object(response);
    for field in object.fields.iter().filter(|field| field.is_made_here()) {
        answer.remove(field.read_path(object.spelling).as_ref());
    }
    answer
}

/// The path of the object itself.
///
/// # Errors
/// A diagnostic when a part of the path is not in the object.
pub fn instance_path(object: &Object, account: &AccountSid, state: &Value) -> Result<String, Fault> {
    paths::expand(object.place.instance, account, state).map_err(|missing| path_fault(object, &missing))
}

/// A path cannot be made.
pub fn path_fault(object: &Object, missing: &MissingPart) -> Fault {
    Diagnostic::error(
        format!("The {} cannot be addressed", object.noun),
        format!(
            "{missing}. Nothing was changed. Where the configuration sets {name}, choose another value; if the state was edited \
             by hand, import the object again.",
            name = missing.name
        ),
    )
    .at_attribute(missing.name.as_str())
    .into()
}

/// A request to a place, with all that each request to it has.
fn at(place: Place, request: Request) -> Request {
    let request = request.gone(place.gone);
    let headers = place.headers.iter();
    headers.fold(request, |request, (name, value)| request.header(name, *value))
}

/// Where responses tell the key of an object by which they can be known: the field of the response. One that Twilio spells
/// otherwise than the table needs `read_as`.
pub fn returned_key(object: &Object) -> Option<&'static str> {
    match object.key {
        Key::Sid(_) | Key::Borrowed(..) => Some("sid"),
        Key::Field(name) => object
            .field(name)
            .filter(|field| field.source == Source::Response)
            .and_then(|field| match field.read_path(object.spelling) {
                Cow::Borrowed(path) => Some(path),
                Cow::Owned(_) => None,
            })
            .filter(|path| !path.contains('.')),
        Key::None => None,
    }
}

/// What a response about the object of `state` must be about.
fn expected(object: &Object, state: &Value) -> Expects {
    match (object.key, returned_key(object)) {
        // The path ends with it.
        (Key::Sid(_) | Key::Borrowed(..), _) => Expects::Named,
        (Key::Field(name), Some(returned)) => match state.attr(name).as_str() {
            Some(key) => Expects::Member(returned, key.to_owned()),
            None => Expects::Object,
        },
        // What belongs to a parent, one to each, is known by the parent's SID where its responses have that.
        (Key::None, _) => parent_in_responses(object)
            .and_then(|parent| state.attr(parent).as_str())
            .map_or(Expects::Object, |sid| Expects::Member("sid", sid.to_owned())),
        (Key::Field(_), None) => Expects::Object,
    }
}

/// The part of the path whose SID responses have as `sid`.
fn parent_in_responses(object: &Object) -> Option<&'static str> {
    let mut parents = object.fields.iter().filter(|field| field.role == Role::PathPart);
    let parent = parents.find(|field| field.read_path(object.spelling) == "sid")?;
    Some(parent.name)
}

/// Reads the object, from a list of its collection if others are read at the same time and list items tell everything; `None`
/// where no response of its own would say that it is not there.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn read(call: Call<'_>) -> Result<Option<Properties>, Fault> {
    let object = call.object;
    if let Read::Among { path, array } = object.place.read
        && let Some(found) = beside_others(call, path, array).await?
    {
        return Ok(Some(found));
    }
    let is_listed = object.place.has_collection() && object.place.read == Read::Instance;
    let name = if object.has_sid() {
        Some("sid")
    } else {
        object.key_field()
    };
    let key = name.and_then(|name| call.state.attr(name).as_str());
    let (Some(key), Some(returned), Items::Whole, true) = (key, returned_key(object), object.list.items, is_listed)
    else {
        return seek(call).await;
    };
    let direct = read_request(call, object.place.instance)?;
    let list = list_at(call, object.place)?;
    let list = if returned == "sid" {
        list
    } else {
        list.known_by(returned)
    };
    Ok(Some(answer_about(object, call.client.member(direct, list, key).await?)))
}

/// One object of an array, where others of it are read at the same time and the array without a query has all; `None` where it is to be
/// read by itself, as also what is not there.
async fn beside_others(call: Call<'_>, path: &str, array: &str) -> Result<Option<Properties>, Fault> {
    let object = call.object;
    let key = object.key_field().and_then(|name| call.state.attr(name).as_str());
    let (Some((all, _)), Some(key), Some(returned)) = (path.split_once('?'), key, returned_key(object)) else {
        return Ok(None);
    };
    let list = list_of(call, object.place, all)?
        .unpaged()
        .key(array)
        .known_by(returned);
    let found = call.client.listed(list, key).await;
    Ok(found.map(|response| answer_about(object, response)))
}

/// The list of the whole collection at `place`, in the largest pages that it takes.
///
/// # Errors
/// A diagnostic when a part of the path is not in the object.
pub fn list_at(call: Call<'_>, place: Place) -> Result<ListRequest, Fault> {
    list_of(call, place, place.collection)
}

/// The list of all such objects below the same parents.
///
/// # Errors
/// As [`list_at`].
pub fn list_all(call: Call<'_>) -> Result<ListRequest, Fault> {
    let list = list_of(call, call.object.place, call.object.list_path())?;
    Ok(match (call.object.has_sid(), returned_key(call.object)) {
        (false, Some(returned)) => list.known_by(returned),
        _ => list,
    })
}

fn list_of(call: Call<'_>, place: Place, template: &str) -> Result<ListRequest, Fault> {
    let path = path_of(call, template)?;
    let mut request = at(place, Request::get(place.product, call.account, path));
    if let Some(parameter) = place.account_parameter {
        request = request.query(parameter, call.account.as_str());
    }
    let list = ListRequest::new(request).largest_pages();
    Ok(match call.object.has_sid() {
        true => list.sids(call.object.sid_prefix()),
        false => list,
    })
}

/// The create at `place`, without parameters.
///
/// # Errors
/// As [`list_at`].
pub fn create_at(call: Call<'_>, place: Place) -> Result<Request, Fault> {
    let request = Request::post(place.product, call.account, path_of(call, place.collection)?).creates();
    Ok(at(place, request).expects(match call.object.key {
        Key::Sid(prefix) => Expects::New(prefix),
        // What goes by another object's SID has it before it is made.
        Key::Borrowed(field, prefix) => match call.state.attr(field).as_str() {
            Some(sid) => Expects::Member("sid", sid.to_owned()),
            None => Expects::New(prefix),
        },
        // Without it nobody could find the object again.
        Key::Field(_) if call.object.is_named_by_twilio() => {
            returned_key(call.object).map_or(Expects::Object, Expects::NewKeyed)
        }
        Key::Field(_) | Key::None => written(call.object, call.state),
    }))
}

fn path_of(call: Call<'_>, template: &str) -> Result<String, Fault> {
    paths::expand(template, call.account, call.state).map_err(|missing| path_fault(call.object, &missing))
}

/// The request that reads the object at `template`.
fn read_request(call: Call<'_>, template: &str) -> Result<Request, Fault> {
    let place = call.object.place;
    let request = Request::get(place.product, call.account, path_of(call, template)?);
    Ok(at(place, request).expects(expected(call.object, call.state)))
}

/// The request whose response has the object; `None` where no single one has.
///
/// # Errors
/// As [`list_at`].
pub fn read_by_path(call: Call<'_>) -> Result<Option<Request>, Fault> {
    Ok(match call.object.place.read {
        Read::Instance => Some(read_request(call, call.object.place.instance)?),
        Read::Elsewhere { path, within: None } => Some(read_request(call, path)?),
        Read::Elsewhere { path, within: Some(_) } => Some(read_request(call, path)?.expects(Expects::Object)),
        Read::Member(_) | Read::Among { .. } | Read::Nowhere => None,
    })
}

/// What a response to a write must be about: the object, unless that is only read elsewhere.
fn written(object: &Object, state: &Value) -> Expects {
    match object.place.read {
        Read::Instance | Read::Member(_) | Read::Among { .. } => expected(object, state),
        Read::Elsewhere { .. } | Read::Nowhere => Expects::Object,
    }
}

/// What a response that speaks of many objects must say of the one of `state`.
fn result_of(resource: &Managed, state: &Value) -> Option<Expects> {
    let BulkAnswer::Each(results) = resource.bulk?.answer else {
        return None;
    };
    let key = state.attr(resource.object.key_field()?).as_str()?;
    Some(Expects::Result(
        results,
        returned_key(&resource.object)?,
        key.to_owned(),
    ))
}

/// The object in a response that has it in a field, where that is so.
pub fn dug(object: &Object, response: Properties) -> Option<Properties> {
    match object.place.read {
        Read::Elsewhere { within: Some(name), .. } => match response.get(name) {
            Some(Json::Object(inner)) if !inner.is_empty() => Some(inner.clone()),
            _ => None,
        },
        _ => Some(response),
    }
}

/// Reads the object by itself. What is read nowhere is there, and shows nothing.
///
/// # Errors
/// What Twilio or the way to it answered; also that it is not there, where a response of its own says so.
pub async fn seek(call: Call<'_>) -> Result<Option<Properties>, Fault> {
    let object = call.object;
    if let Some(request) = read_by_path(call)? {
        let response = answer_about(call.object, send(call, request).await?);
        let Read::Elsewhere { within: Some(name), .. } = object.place.read else {
            return Ok(Some(response));
        };
        // That it is gone is said by a 404.
        let found = dug(object, response).ok_or_else(|| unknown(call, &format!("has no {name}")))?;
        return match is_own(call, &found) {
            true => Ok(Some(found)),
            false => Err(unknown(call, "is about another").into()),
        };
    }
    let path = match object.place.read {
        Read::Member(path) => path,
        Read::Among { path, array } => return among(call, path, array).await,
        Read::Instance | Read::Elsewhere { .. } | Read::Nowhere => return Ok(Some(Properties::new())),
    };
    let list = list_of(call, object.place, path)?;
    let name = object.key_field().unwrap_or_default();
    let key = call.state.attr(name).as_str();
    let returned = object.field(name).map(|field| field.read_path(object.spelling));
    let returned = returned.as_deref().unwrap_or("sid");
    let is_it = |item: &Properties| field(item, returned).and_then(lenient::text).as_deref() == key;
    Ok(call.client.list_where(list, is_it).await?.into_iter().next())
}

/// The object, which is there where an array has its key: alone, which tells no more of it, or in an object, which is it.
async fn among(call: Call<'_>, path: &str, array: &str) -> Result<Option<Properties>, Fault> {
    let response = send(call, read_request(call, path)?.expects(Expects::Object)).await?;
    let answer = answer_about(call.object, response);
    let name = call.object.key_field().unwrap_or_default();
    let key = call.state.attr(name).as_str();
    let returned = call
        .object
        .field(name)
        .map_or(name.into(), |field| field.read_path(call.object.spelling));
    let is_key = |value: &Json| lenient::text(value).as_deref() == key;
    let own = |item: &Json| match item {
        Json::Object(item) => field(item, &returned).is_some_and(is_key).then(|| item.clone()),
        item => is_key(item).then(|| Properties::from_iter([(returned.clone().into_owned(), key.into())])),
    };
    let items = match field(&answer, array) {
        Some(Json::Array(items)) => items,
        Some(Json::Null) => return Ok(None),
        // What is no response says nothing of what is there.
        _ => return Err(unknown(call, &format!("has no list {array}")).into()),
    };
    let mut found = items.iter().filter_map(own);
    match found.next() {
        Some(object) if found.all(|other| other == object) => Ok(Some(object)),
        Some(_) => Err(unknown(call, "has it more than once, and not alike").into()),
        // A request for one object that returns others has no response.
        None if !items.is_empty() && path.contains(&format!("{{{name}}}")) => {
            Err(unknown(call, "is about others and not about it").into())
        }
        None => Ok(None),
    }
}

/// Whether what was read has the key of the object, if it goes by a field and the response shows that.
fn is_own(call: Call<'_>, read: &Properties) -> bool {
    let Some(name) = call.object.key_field() else {
        return true;
    };
    let path = call
        .object
        .field(name)
        .map(|field| field.read_path(call.object.spelling));
    let returned = path.and_then(|path| field(read, &path).and_then(lenient::text));
    returned.is_none_or(|returned| Some(returned.as_str()) == call.state.attr(name).as_str())
}

/// A response of success that does not say how the object is. `why` follows "the response".
fn unknown(call: Call<'_>, why: &str) -> Diagnostic {
    Diagnostic::error(
        format!("{} could not be read", call.object.name),
        format!(
            "Twilio's answer about the {} {why}, so how it is, is not known. Nothing was changed by that. Try again; if it stays \
             so, something between here and Twilio answers in its place.",
            named(call.object, call.state)
        ),
    )
}

/// Reads the object, which must be there.
///
/// # Errors
/// What Twilio or the way to it answered, or that it is not there.
pub async fn fetch(call: Call<'_>) -> Result<Properties, Fault> {
    // A list may be a moment behind.
    let mut pauses = PAUSES_BETWEEN_READS.iter();
    loop {
        if let Some(object) = seek(call).await? {
            return Ok(object);
        }
        match pauses.next() {
            Some(pause) if call.client.pause(*pause).await => {}
            _ => break,
        }
    }
    Err(Diagnostic::error(
        format!("There is no such {}", call.object.noun),
        format!(
            "The provider tried to read the {}, to adopt it or to complete an update, and Twilio does not show it. Nothing \
             was changed by that. Check the configuration; the next plan shows what Twilio has.",
            named(call.object, call.state)
        ),
    )
    .into())
}

/// Reads what must be there. It may have come with something that was made a moment ago, and not be shown yet.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn fetch_patiently(call: Call<'_>) -> Result<Properties, Fault> {
    let mut found = fetch(call).await;
    for pause in PAUSES_BETWEEN_READS {
        match &found {
            Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => {}
            _ => break,
        }
        // After a stop the next request is refused.
        let _ = call.client.pause(pause).await;
        found = fetch(call).await;
    }
    found
}

/// Sends a change to `path` in the resource's update style.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn send_update(
    call: Call<'_>,
    resource: &'static Managed,
    path: String,
    parameters: Parameters,
) -> Result<Properties, Fault> {
    let request = match resource.lifecycle.update() {
        UpdateStyle::Put => Request::put(resource.object.place.product, call.account, path),
        UpdateStyle::Patch | UpdateStyle::Merge => {
            Request::patch(resource.object.place.product, call.account, path).repeatable()
        }
        UpdateStyle::Post | UpdateStyle::Whole | UpdateStyle::Never => {
            Request::post(resource.object.place.product, call.account, path)
        }
    };
    send_write(call, resource, request, parameters).await
}

/// Makes the object at its own path, or replaces what is there.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn upsert(call: Call<'_>, resource: &'static Managed, parameters: Parameters) -> Result<Properties, Fault> {
    let path = instance_path(call.object, call.account, call.state)?;
    let request = match resource.lifecycle.update() {
        UpdateStyle::Put => Request::put(resource.object.place.product, call.account, path),
        _ => Request::post(resource.object.place.product, call.account, path),
    };
    send_write(call, resource, request.upserts(), parameters).await
}

/// Puts what exists into a collection that has it once at most, so that doing so twice is as doing it once. Where a response proves
/// nothing the collection is read, and what it has not is put there once more.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn put_into(call: Call<'_>, resource: &'static Managed, parameters: Parameters) -> Result<Properties, Fault> {
    let unclear = match put_once(call, resource, parameters.clone()).await {
        Err(Fault::Api(error)) if matches!(error.kind, ErrorKind::UnexpectedAnswer | ErrorKind::Ambiguous) => error,
        outcome => return outcome,
    };
    match seek(call).await {
        Ok(Some(there)) => Ok(there),
        Ok(None) => put_once(call, resource, parameters).await,
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => put_once(call, resource, parameters).await,
        // The response to the write says more than that it could not be looked up.
        Err(_) => Err(Fault::Api(unclear)),
    }
}

async fn put_once(call: Call<'_>, resource: &'static Managed, parameters: Parameters) -> Result<Properties, Fault> {
    let mut request = create_at(call, call.object.place)?.upserts();
    request.choices = choices::of_parameters(resource.object.fields, resource.spelling());
    request.names = choices::names(resource.object.fields);
    request.body = parameters.into_body(resource.lifecycle.body());
    Ok(answer_about(call.object, send(call, request).await?))
}

async fn send_write(
    call: Call<'_>,
    resource: &'static Managed,
    request: Request,
    parameters: Parameters,
) -> Result<Properties, Fault> {
    let expects = result_of(resource, call.state).unwrap_or_else(|| written(call.object, call.state));
    let mut request = at(resource.object.place, request).expects(expects);
    request.choices = choices::of_parameters(resource.object.fields, resource.spelling());
    if let Some(bulk) = resource.bulk {
        // They are the table's words, and of no configuration.
        let words = bulk
            .constants
            .iter()
            .map(|(_, word)| (bulk.parameter.to_owned(), *word));
        request.choices.extend(words);
    }
    request.names = choices::names(resource.object.fields);
    let sent = resource.bulk.and_then(|bulk| parameters.value(bulk.parameter).cloned());
    request.body = parameters.into_body(resource.lifecycle.body());
    let response = answer_about(call.object, send(call, request).await?);
    if let (Some(BulkAnswer::Count(field)), Some(sent)) = (resource.bulk.map(|bulk| bulk.answer), sent) {
        counted::confirm(call, &sent, field, &response).await?;
    }
    Ok(response)
}

/// DELETEs the object.
///
/// # Errors
/// What Twilio or the way to it answered. "Not found" is left to whoever finishes a destroy, since it is success only where the
/// account is in sight.
pub async fn delete(call: Call<'_>) -> Result<(), Fault> {
    let path = instance_path(call.object, call.account, call.state)?;
    let delete = Request::delete(call.object.place.product, call.account, path);
    send(call, at(call.object.place, delete)).await.map(drop)
}

/// DELETEs the object where Twilio only accepts that, in words which say nothing of the object.
///
/// # Errors
/// As [`delete`].
pub async fn delete_later(call: Call<'_>) -> Result<(), Fault> {
    let path = instance_path(call.object, call.account, call.state)?;
    let delete = Request::delete(call.object.place.product, call.account, path).expects(Expects::Nothing);
    send(call, at(call.object.place, delete)).await.map(drop)
}

/// POSTs to the path that puts the object away. The response is the object.
///
/// # Errors
/// As [`delete`].
pub async fn archive(call: Call<'_>, template: &str) -> Result<Properties, Fault> {
    let mut post = Request::post(call.object.place.product, call.account, path_of(call, template)?);
    if let (Key::Sid(_), Some(sid)) = (call.object.key, call.state.attr("sid").as_str()) {
        post = post.expects(Expects::Member("sid", sid.to_owned()));
    }
    Ok(answer_about(
        call.object,
        send(call, at(call.object.place, post)).await?,
    ))
}

/// Sends a request about one object; where the API is not permitted, to the older API that has the same object.
async fn send(call: Call<'_>, request: Request) -> Result<Response, Fault> {
    let again = call.object.place.older.map(|older| (older, request.clone()));
    match (call.client.send(request).await, again) {
        (Err(error), Some((older, mut request))) if error.kind == ErrorKind::Forbidden => {
            request.product = older.product;
            request.path = paths::expand(older.instance, call.account, call.state)
                .map_err(|missing| path_fault(call.object, &missing))?;
            // The first refusal says more than one of an API that was only tried instead.
            call.client.send(request).await.map_err(|second| {
                if second.kind == ErrorKind::NotFound {
                    second.into()
                } else {
                    error.into()
                }
            })
        }
        (answer, _) => Ok(answer?),
    }
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::Required;
    use crate::engine::facts::Role::{PathPart, Setting};
    use crate::engine::facts::hooks::Warnings;
    use crate::engine::facts::{boolean, text};
    use crate::twilio::Product;
    use crate::twilio::tests::server::{Server, ok, parent};

    const PERMISSION: Object = Object {
        name: "twilio_permission",
        noun: "permission",
        place: Place::alone(Product::Accounts, "/v1/Permissions").read(Read::Among {
            path: "/v1/Permissions?Country={country}",
            array: "permissions",
        }),
        key: Key::Field("country"),
        fields: &[text("country", PathPart), boolean("enabled", Setting(Required))],
        ..Object::NEW
    };

    #[test]
    fn a_write_of_what_a_parent_has_one_of_is_answered_about_that_parent() {
        const TEST_USERS: Object = Object {
            place: Place::alone(Product::Studio, "/v2/Flows/{flow_sid}/TestUsers"),
            key: Key::None,
            fields: &[text("flow_sid", PathPart).read_as("sid")],
            ..Object::NEW
        };
        let flow = "FW0123456789abcdef0123456789abcdef";
        let state = Value::object([("flow_sid", flow.into())]);
        let expected = Expects::Member("sid", flow.to_owned());
        assert_eq!(written(&TEST_USERS, &state), expected);
    }

    #[tokio::test]
    async fn what_is_read_together_of_an_array_takes_one_request_and_what_it_lacks_one_more() {
        let server = Server::start(|seen, _| {
            let permission = |country: &str, from: &str| json!({"country": country, "from": from});
            match seen.target.split_once("Country=") {
                Some((_, country)) => ok(json!({"permissions": [permission(country, "itself")]})),
                None => {
                    let all = ["DE", "FR", "GB", "US"].map(|country| permission(country, "all"));
                    ok(json!({"permissions": all}))
                }
            }
        })
        .await;
        let (client, _) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let read_one = |country: &'static str| {
            let (client, account, warnings) = (&client, &account, &warnings);
            async move {
                let state = Value::object([("country", country.into())]);
                let call = Call {
                    object: &PERMISSION,
                    client,
                    account,
                    state: &state,
                    warnings,
                };
                let found = read(call).await.expect("it is there").expect("it is there");
                (found["country"] == country, found["from"].clone())
            }
        };
        let found = join_all(["DE", "FR", "GB", "US", "SE"].map(read_one)).await;
        let expected = ["all", "all", "all", "all", "itself"].map(|from| (true, json!(from)));
        assert_eq!(found, expected);
        assert_eq!(server.count(), 2);
        // One alone is read alone.
        let (client, _) = server.client();
        let state = Value::object([("country", "FR".into())]);
        let alone = Call {
            object: &PERMISSION,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let found = read(alone).await.expect("it is there").expect("it is there");
        assert_eq!(found["from"], "itself");
    }
}
