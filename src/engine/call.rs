//! The single requests that the operations are made of.

use serde_json::Value as Json;

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, ErrorKind, Request, Response};

use super::choices;
use super::expand::Parameters;
use super::flatten::Object;
use super::hooks::{Call, Fault};
use super::lookup::Place;
use super::paths::{self, MissingPart};
use super::table::{Items, Resource, UpdateStyle};

/// The object in an answer. The client lets only objects through where one was asked for.
pub fn answer_object(response: Response) -> Object {
    match response.body {
        Json::Object(object) => object,
        _ => Object::new(),
    }
}

/// The path of the object itself.
///
/// # Errors
/// A diagnostic when a part of the path is not in the object.
pub fn instance_path(resource: &Resource, account: &AccountSid, object: &Value) -> Result<String, Fault> {
    paths::expand(resource.instance, account, object).map_err(|missing| path_fault(resource, &missing))
}

/// A path cannot be made.
pub fn path_fault(resource: &Resource, missing: &MissingPart) -> Fault {
    Diagnostic::error(
        format!("The {} cannot be addressed", resource.noun),
        format!("{missing}. Nothing was changed. If the state was edited by hand, import the object again."),
    )
    .into()
}

/// Reads the object, from a list of its collection if others are read at the same time and list items tell everything.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn read(call: Call<'_>) -> Result<Object, Fault> {
    let resource = call.resource;
    let sid = call.object.attr("sid").as_str();
    let (Some(sid), Items::Whole) = (sid, resource.listing.items) else {
        return fetch(call).await;
    };
    let path = instance_path(resource, call.account, call.object)?;
    let direct = Request::get(resource.product, call.account, path);
    let list = Place::of(resource).list(call)?;
    Ok(answer_object(call.client.member(direct, list, sid).await?))
}

/// GETs the object.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn fetch(call: Call<'_>) -> Result<Object, Fault> {
    let path = instance_path(call.resource, call.account, call.object)?;
    let request = Request::get(call.resource.product, call.account, path);
    Ok(answer_object(send(call, request).await?))
}

/// Sends a change to `path` in the resource's update style.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn send_update(call: Call<'_>, path: String, parameters: Parameters) -> Result<Object, Fault> {
    let resource = call.resource;
    let mut request = match resource.update {
        UpdateStyle::Put => Request::put(resource.product, call.account, path),
        UpdateStyle::Patch => Request::patch(resource.product, call.account, path).repeatable(),
        UpdateStyle::Post | UpdateStyle::Never => Request::post(resource.product, call.account, path),
    };
    request.choices = choices::of_parameters(resource.attributes);
    request.body = parameters.into_body(resource.body);
    Ok(answer_object(send(call, request).await?))
}

/// DELETEs the object.
///
/// # Errors
/// What Twilio or the way to it answered. "Not found" is left to whoever finishes a destroy, since it is success only where the
/// account is in sight.
pub async fn delete(call: Call<'_>) -> Result<(), Fault> {
    let path = instance_path(call.resource, call.account, call.object)?;
    let delete = Request::delete(call.resource.product, call.account, path);
    send(call, delete).await.map(drop)
}

/// Sends a request about one object; where the API is not permitted, to the older API that has the same object.
async fn send(call: Call<'_>, request: Request) -> Result<Response, Fault> {
    let again = call.resource.older_instance.map(|older| (older, request.clone()));
    match (call.client.send(request).await, again) {
        (Err(error), Some((older, mut request))) if error.kind == ErrorKind::Forbidden => {
            request.product = older.product;
            request.path = paths::expand(older.instance, call.account, call.object)
                .map_err(|missing| path_fault(call.resource, &missing))?;
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
