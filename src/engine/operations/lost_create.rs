//! A create that survives the loss of its response: the client searches for what was made ([`crate::twilio::Lookup`]), and the
//! table says how to recognise it.

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Absent, Check, Kind, Managed, Object, Parameters, Place, Properties, Role, Source};
use crate::engine::operations::list::narrowed;
use crate::engine::operations::requests::{create_at, dug, list_at, read_by_path, returned_key};
use crate::engine::values::import_id::id_of;
use crate::engine::values::matching::{after_loss, has_natural_key, natural_key, reads_as_sent};
use crate::engine::values::{choices, paths};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Find, Keyed, ListRequest, Lookup, Match, Proof, Request, Response};

/// POSTs to the collection at `place`. When the response is lost, what was made is searched for, in the collection or by its key,
/// and is the response, as far as `proof` shows it. What is not read by any path of its own is sent once.
///
/// # Errors
/// What Twilio or the way to it answered. After a lost response that could not be cleared up nothing was sent again.
pub async fn create(
    call: Call<'_>,
    resource: &'static Managed,
    place: Place,
    parameters: Parameters,
    proof: Proof,
) -> Result<Response, Fault> {
    let (object, planned) = (call.object, call.state);
    let mut request = create_at(call, place)?;
    request.product = parameters.host().unwrap_or(place.product);
    request.choices = choices::of_parameters(object.fields, resource.spelling());
    request.names = choices::names(object.fields);
    request.body = parameters.into_body(resource.lifecycle.body());
    let key = natural_key(object, planned);
    let is_keyed = !key.is_empty();
    let fetch = |item: &Properties| instance(place, call.account, planned, item);
    let (find, key) = match object.has_sid() {
        true => {
            let list = list_to_search(call, place)?;
            (Find::InList { list, fetch: &fetch }, key)
        }
        // A key that Twilio makes up is lost with the response, and items may be alike: nothing would be proof, so it is sent once.
        false if object.is_named_by_twilio() => {
            let Some(field) = returned_key(object) else {
                return Ok(call.client.send(request).await?);
            };
            let keyed = Keyed {
                field,
                is_key: &|text| is_a_key(object, text),
                compare: &|item| compare(resource, planned, is_keyed, item),
                is_dated: has_creation_date(object),
                list: list_to_search(call, place)?.known_by(field),
            };
            return Ok(call.client.create_keyed(request, keyed).await?);
        }
        false => match read_by_path(call)? {
            Some(read) => (Find::ByKey(read), id_of(object, planned).unwrap_or_default()),
            None => return Ok(call.client.send(request).await?),
        },
    };
    let lookup = Lookup {
        find,
        key,
        compare: &|item| match dug(object, item.clone()) {
            Some(item) => compare(resource, planned, is_keyed, &item),
            // The response to the create has the object as it is, and what reads it may have it in a field.
            None => compare(resource, planned, is_keyed, item),
        },
        after_loss: after_loss(object),
        proof,
        is_dated: has_creation_date(object),
    };
    Ok(call.client.create(request, lookup).await?)
}

/// Whether the object can go by this text: what addresses it would otherwise address something else, or nothing.
fn is_a_key(object: &Object, text: &str) -> bool {
    let key = object.key_field().and_then(|name| object.field(name));
    let checks = key.map_or(&[][..], |key| key.checks);
    !text.is_empty()
        && checks.iter().all(|check| match check {
            Check::Custom(check) => check(text).is_ok(),
            _ => true,
        })
}

/// The list that a lost create is searched for in, no longer than it need be. The filters are those of the object's own list.
fn list_to_search(call: Call<'_>, place: Place) -> Result<ListRequest, Fault> {
    let list = list_at(call, place)?;
    Ok(match place.collection == call.object.place.collection {
        true => narrowed(list, call.object, call.state),
        false => list,
    })
}

fn instance(place: Place, account: &AccountSid, planned: &Value, item: &Properties) -> Option<Request> {
    let mut object = planned.clone();
    object.set_attr("sid", Value::string(item.get("sid")?.as_str()?));
    let path = paths::expand(place.instance, account, &object).ok()?;
    Some(Request::get(place.product, account, path))
}

/// How much an item of the collection is like what is planned. Only what a create sends and a response tells is compared:
/// anything else may be Twilio's own choice.
fn compare(resource: &'static Managed, planned: &Value, is_keyed: bool, item: &Properties) -> Match {
    if is_keyed && !has_natural_key(&resource.object, planned, item) {
        return Match::Different;
    }
    if resource.write.could_be.is_some_and(|could_be| !could_be(planned, item)) {
        return Match::Different;
    }
    if reads_as_sent(&resource.object, planned, item) {
        Match::Same
    } else {
        Match::Similar
    }
}

/// Whether responses say when the object was made.
pub fn has_creation_date(object: &Object) -> bool {
    let mut fields = object.fields.iter();
    fields.any(|field| matches!(field.kind, Kind::Timestamp) && CREATED.contains(&&*field.read_path(object.spelling)))
}

/// Whether what the object is above all is in no response, as the key of a credential: whatever else reads so may be somebody
/// else's, with another key, and nothing but its response shows that it is what a create made.
pub fn is_unseen(object: &Object) -> bool {
    let mut fields = object.fields.iter();
    fields.any(|field| matches!(field.role, Role::Fixed(Absent::Required)) && field.source == Source::Configuration)
}

/// Under which names responses say when an object was made.
const CREATED: [&str; 3] = ["date_created", "dateCreated", "createdAt"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Required;
    use crate::engine::facts::Role::{Fixed, Observed};
    use crate::engine::facts::{Key, text};
    use crate::framework::reason::Reason;

    #[test]
    fn a_credential_is_above_all_what_nobody_sees() {
        const CREDENTIAL: Object = Object {
            fields: &[text("credentials", Fixed(Required)).never_returned()],
            ..Object::NEW
        };
        const NAMED: Object = Object {
            fields: &[text("friendly_name", Fixed(Required))],
            ..Object::NEW
        };
        assert!(is_unseen(&CREDENTIAL) && !is_unseen(&NAMED));
    }

    #[test]
    fn an_index_that_leads_elsewhere_is_no_key() {
        const ITEM: Object = Object {
            key: Key::Field("index"),
            fields: &[
                text("index", Observed).checks(&[Check::Custom(|text| match text.parse::<u32>() {
                    Ok(_) => Ok(()),
                    Err(_) => Err(Reason::from("It must be a number.")),
                })]),
            ],
            ..Object::NEW
        };
        assert!(is_a_key(&ITEM, "0") && is_a_key(&ITEM, "17"));
        for none in ["", "0/../0", "-1", "1.0"] {
            assert!(!is_a_key(&ITEM, none), "{none}");
        }
    }
}
