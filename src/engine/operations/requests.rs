//! The single requests that the operations are made of.

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Items, Key, Managed, Object, Parameters, Place, Properties, UpdateStyle};
use serde_json::Value as Json;

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, ErrorKind, Expects, ListRequest, Request, Response};

use crate::engine::values::choices;
use crate::engine::values::paths::{self, MissingPart};

/// The object in an answer. The client lets only objects through where one was asked for.
pub fn answer_object(response: Response) -> Properties {
    match response.body {
        Json::Object(object) => object,
        _ => Properties::new(),
    }
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
        format!("{missing}. Nothing was changed. If the state was edited by hand, import the object again."),
    )
    .into()
}

/// Reads the object, from a list of its collection if others are read at the same time and list items tell everything.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn read(call: Call<'_>) -> Result<Properties, Fault> {
    let object = call.object;
    let sid = call.state.attr("sid").as_str();
    let (Some(sid), Items::Whole) = (sid, object.list.items) else {
        return fetch(call).await;
    };
    let path = instance_path(object, call.account, call.state)?;
    let direct = Request::get(object.place.product, call.account, path);
    let list = list_at(call, object.place)?;
    Ok(answer_object(call.client.member(direct, list, sid).await?))
}

/// The list of the whole collection at `place`, in the largest pages that it takes.
///
/// # Errors
/// A diagnostic when a part of the path is not in the object.
pub fn list_at(call: Call<'_>, place: Place) -> Result<ListRequest, Fault> {
    let path = collection_path(call, place)?;
    let mut request = Request::get(place.product, call.account, path);
    if let Some(parameter) = place.account_parameter {
        request = request.query(parameter, call.account.as_str());
    }
    Ok(ListRequest::new(request).largest_pages().sids(call.object.sid_prefix()))
}

/// The create at `place`, without parameters.
///
/// # Errors
/// As [`list_at`].
pub fn create_at(call: Call<'_>, place: Place) -> Result<Request, Fault> {
    let request = Request::post(place.product, call.account, collection_path(call, place)?).creates();
    Ok(request.expects(match call.object.key {
        Key::Sid(prefix) => Expects::New(prefix),
        // What goes by another object's SID has it before it is made.
        Key::Borrowed(field, prefix) => match call.state.attr(field).as_str() {
            Some(sid) => Expects::Member("sid", sid.to_owned()),
            None => Expects::New(prefix),
        },
    }))
}

fn collection_path(call: Call<'_>, place: Place) -> Result<String, Fault> {
    paths::expand(place.collection, call.account, call.state).map_err(|missing| path_fault(call.object, &missing))
}

/// GETs the object.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn fetch(call: Call<'_>) -> Result<Properties, Fault> {
    let path = instance_path(call.object, call.account, call.state)?;
    let request = Request::get(call.object.place.product, call.account, path);
    Ok(answer_object(send(call, request).await?))
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
    let mut request = match resource.lifecycle.update() {
        UpdateStyle::Put => Request::put(resource.object.place.product, call.account, path),
        UpdateStyle::Patch | UpdateStyle::Merge => {
            Request::patch(resource.object.place.product, call.account, path).repeatable()
        }
        UpdateStyle::Post | UpdateStyle::Never => Request::post(resource.object.place.product, call.account, path),
    };
    request.choices = choices::of_parameters(resource.object.fields, resource.spelling());
    request.body = parameters.into_body(resource.lifecycle.body());
    Ok(answer_object(send(call, request).await?))
}

/// DELETEs the object.
///
/// # Errors
/// What Twilio or the way to it answered. "Not found" is left to whoever finishes a destroy, since it is success only where the
/// account is in sight.
pub async fn delete(call: Call<'_>) -> Result<(), Fault> {
    let path = instance_path(call.object, call.account, call.state)?;
    let delete = Request::delete(call.object.place.product, call.account, path);
    send(call, delete).await.map(drop)
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
