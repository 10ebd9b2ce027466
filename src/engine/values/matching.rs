//! Whether something in Twilio is what was planned: by its natural key, and by what was sent.

use crate::engine::facts::{Items, Object, Operation, Properties, Sent, Source};
use crate::engine::values::properties::{field, flatten};
use crate::engine::values::remembered::satisfy;
use crate::framework::number::Number;
use crate::framework::path::Step;
use crate::framework::value::Value;
use crate::twilio::AfterLoss;

/// The texts by which a person tells the object from others; empty when one is missing.
pub fn natural_key(object: &Object, planned: &Value) -> String {
    let texts: Option<Vec<&str>> = object
        .natural_key
        .iter()
        .map(|name| planned.attr(name).as_str().filter(|text| !text.trim().is_empty()))
        .collect();
    texts.unwrap_or_default().join("\n")
}

/// An object without the secret that only the response to its create had is unusable.
pub fn after_loss(object: &Object) -> AfterLoss {
    let has_secret = object
        .fields
        .iter()
        .any(|attribute| attribute.source == Source::CreateResponse);
    if has_secret {
        AfterLoss::Recreate
    } else {
        AfterLoss::Keep
    }
}

/// Whether the item has the natural key, as far as it is returned as it was sent; spaces around it and case may be Twilio's.
pub fn has_natural_key(object: &Object, planned: &Value, item: &Properties) -> bool {
    let plain = |text: &str| text.trim().to_lowercase();
    let attributes = object.natural_key.iter().filter_map(|name| object.field(name));
    attributes
        .filter(|attribute| attribute.source == Source::Response && !attribute.normalised)
        .all(|attribute| {
            let returned = field(item, &attribute.read_path(object.spelling)).and_then(crate::twilio::lenient::text);
            returned.as_deref().map(plain) == planned.attr(attribute.name).as_str().map(plain)
        })
}

/// Whether the item has in each of these fields what `requested` has, letter by letter; of what Twilio writes in its own way, numbers
/// count as numbers. What the item does not tell is something else.
pub fn has_values_of(object: &Object, names: &[&str], requested: &Value, item: &Properties) -> bool {
    names.iter().filter_map(|name| object.field(name)).all(|attribute| {
        let returned = field(item, &attribute.read_path(object.spelling)).and_then(crate::twilio::lenient::text);
        let returned = returned.map_or(Value::Null, Value::String);
        let requested = requested.attr(attribute.name);
        let is_number = attribute.normalised && is_the_same_number(requested, &returned);
        !returned.is_null() && (returned == *requested || is_number)
    })
}

/// Whether two texts are one number in two spellings.
fn is_the_same_number(requested: &Value, returned: &Value) -> bool {
    let number = |value: &Value| value.as_str()?.trim().parse::<Number>().ok();
    number(requested).is_some_and(|requested| number(returned) == Some(requested))
}

/// Whether everything that a create of `planned` sends reads so in `item`, as far as it is returned.
pub fn reads_as_sent(object: &'static Object, planned: &Value, item: &Properties) -> bool {
    let mut item = item.clone();
    if let Items::Partial(_) = object.list.items {
        // What a list leaves out is null there.
        item.retain(|_, returned| !returned.is_null());
    }
    if let Some(decode) = object.read.decode {
        decode(&mut item, planned);
    }
    satisfy(object, &mut item, planned, Operation::Update);
    // What Twilio writes in its own way is compared letter by letter: somebody else's may have the same name and lead elsewhere.
    let (_, mismatches) = flatten(object.fields, object.spelling, &item, planned, Operation::Update);
    let was_sent = |name: &str| {
        let attribute = object.field(name);
        attribute.is_some_and(|attribute| matches!(attribute.sent(), Sent::Always | Sent::OnCreate))
    };
    !mismatches.iter().any(|mismatch| {
        !mismatch.planned.is_null()
            && !is_the_same_number(&mismatch.planned, &mismatch.stored)
            && matches!(mismatch.path.steps().first(), Some(Step::Attribute(name)) if was_sent(name))
    })
}
