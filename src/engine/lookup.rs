//! A create that survives the loss of its answer: the client looks for what was made ([`crate::twilio::Lookup`]), and the
//! table says how to recognise it.

use crate::framework::number::Number;
use crate::framework::path::Step;
use crate::framework::value::Value;
use crate::twilio::{
    AccountSid, Expects, Find, Likeness, ListRequest, Lookup, Product, Proof, Request, Response, Worth,
};

use super::call::path_fault;
use super::choices;
use super::expand::Parameters;
use super::flatten::{Object, Occasion, field, flatten};
use super::hooks::{Call, Fault};
use super::paths;
use super::table::{Attribute, Items, Resource, Sent, Source};

/// Where objects of a kind live: in the API of the table, or in an older one.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Which of Twilio's hosts.
    pub product: Product,
    /// Path template of the collection.
    pub collection: &'static str,
    /// Path template of one object.
    pub instance: &'static str,
    /// Name of the query parameter of the list that names the account.
    pub account_parameter: Option<&'static str>,
}

impl Place {
    /// Where the table says.
    pub const fn of(resource: &Resource) -> Self {
        Self {
            product: resource.product,
            collection: resource.collection,
            instance: resource.instance,
            account_parameter: resource.listing.account_parameter,
        }
    }

    /// The list of the whole collection, in the largest pages that it takes.
    ///
    /// # Errors
    /// A diagnostic when a part of the path is not in the object.
    pub fn list(self, call: Call<'_>) -> Result<ListRequest, Fault> {
        let path = self.path(call)?;
        let mut request = Request::get(self.product, call.account, path);
        if let Some(parameter) = self.account_parameter {
            request = request.query(parameter, call.account.as_str());
        }
        Ok(ListRequest::new(request).largest_pages().sids(call.resource.sid_prefix))
    }

    /// The create, without parameters.
    ///
    /// # Errors
    /// As [`Place::list`].
    pub fn create(self, call: Call<'_>) -> Result<Request, Fault> {
        let request = Request::post(self.product, call.account, self.path(call)?).creates();
        // What is known by something else than a SID of its own has it before it is made.
        let own = paths::attributes(self.instance).last().copied();
        let known = own
            .filter(|own| *own != "sid")
            .and_then(|own| call.object.attr(own).as_str());
        Ok(request.expects(match known {
            Some(sid) => Expects::Member("sid", sid.to_owned()),
            None => Expects::New(call.resource.sid_prefix),
        }))
    }

    fn path(self, call: Call<'_>) -> Result<String, Fault> {
        paths::expand(self.collection, call.account, call.object).map_err(|missing| path_fault(call.resource, &missing))
    }
}

/// POSTs to the collection at `place`. When the answer is lost, what was made is looked for and is the answer, as far as
/// `proof` shows it.
///
/// # Errors
/// What Twilio or the way to it answered. After a lost answer that could not be cleared up nothing was sent again.
pub async fn create(call: Call<'_>, place: Place, parameters: Parameters, proof: Proof) -> Result<Response, Fault> {
    let (resource, planned) = (call.resource, call.object);
    let mut request = place.create(call)?;
    request.choices = choices::of_parameters(resource.attributes);
    request.body = parameters.into_body(resource.body);
    let key = natural_key(resource, planned);
    let is_keyed = !key.is_empty();
    let lookup = Lookup {
        find: Find::InList {
            list: place.list(call)?,
            fetch: &|item| instance(place, call.account, planned, item),
        },
        key,
        likeness: &|item| likeness(resource, planned, is_keyed, item),
        worth: worth(resource),
        proof,
    };
    Ok(call.client.create(request, lookup).await?)
}

/// The texts by which a person tells the object from others; empty when one is missing.
pub fn natural_key(resource: &Resource, planned: &Value) -> String {
    let texts: Option<Vec<&str>> = resource
        .natural_key
        .iter()
        .map(|name| planned.attr(name).as_str().filter(|text| !text.trim().is_empty()))
        .collect();
    texts.unwrap_or_default().join("\n")
}

/// An object without the secret that only the answer to its create had is of use to nobody.
pub fn worth(resource: &Resource) -> Worth {
    let has_secret = resource
        .attributes
        .iter()
        .any(|attribute| attribute.source == Source::CreateAnswer);
    if has_secret { Worth::Nothing } else { Worth::Whole }
}

fn instance(place: Place, account: &AccountSid, planned: &Value, item: &Object) -> Option<Request> {
    let mut object = planned.clone();
    object.set_attr("sid", Value::string(item.get("sid")?.as_str()?));
    let path = paths::expand(place.instance, account, &object).ok()?;
    Some(Request::get(place.product, account, path))
}

/// How much an item of the collection is like what is planned. Only what a create sends and an answer tells is compared:
/// anything else may be Twilio's own choice.
fn likeness(resource: &'static Resource, planned: &Value, is_keyed: bool, item: &Object) -> Likeness {
    if is_keyed && !has_natural_key(resource, planned, item) {
        return Likeness::Different;
    }
    if resource.hooks.could_be.is_some_and(|could_be| !could_be(planned, item)) {
        return Likeness::Different;
    }
    if reads_as_sent(resource, planned, item) {
        Likeness::Same
    } else {
        Likeness::Similar
    }
}

/// Whether the item has the natural key, as far as answers tell it as it was sent; spaces around it and case may be Twilio's.
pub fn has_natural_key(resource: &Resource, planned: &Value, item: &Object) -> bool {
    let plain = |text: &str| text.trim().to_lowercase();
    let attributes = resource.natural_key.iter().filter_map(|name| resource.attribute(name));
    attributes
        .filter(|attribute| attribute.source == Source::Answer)
        .all(|attribute| {
            let told = field(item, attribute.read_path()).and_then(crate::twilio::lenient::text);
            told.as_deref().map(plain) == planned.attr(attribute.name).as_str().map(plain)
        })
}

fn told_first(attribute: Attribute) -> Attribute {
    match attribute.source {
        Source::ConfigurationFirst => Attribute {
            source: Source::Answer,
            ..attribute
        },
        _ => attribute,
    }
}

/// Whether two texts are one number in two spellings.
fn is_the_same_number(asked: &Value, told: &Value) -> bool {
    let number = |value: &Value| value.as_str()?.trim().parse::<Number>().ok();
    number(asked).is_some_and(|asked| number(told) == Some(asked))
}

/// Whether everything that a create of `planned` sends reads so in `item`, as far as it is told.
pub fn reads_as_sent(resource: &'static Resource, planned: &Value, item: &Object) -> bool {
    let mut item = item.clone();
    if let Items::Partial(_) = resource.listing.items {
        // What a list leaves out is null there.
        item.retain(|_, told| !told.is_null());
    }
    if let Some(decode) = resource.hooks.decode {
        decode(&mut item, planned);
    }
    // Also what the state keeps as it was configured: somebody else's may have the same name and lead elsewhere.
    let compared: Vec<_> = resource.attributes.iter().copied().map(told_first).collect();
    let (_, deviations) = flatten(&compared, &item, planned, Occasion::Update);
    let was_sent = |name: &str| {
        let attribute = resource.attribute(name);
        attribute.is_some_and(|attribute| matches!(attribute.sent, Sent::Always | Sent::OnCreate))
    };
    !deviations.iter().any(|deviation| {
        !deviation.asked.is_null()
            && !is_the_same_number(&deviation.asked, &deviation.stored)
            && matches!(deviation.path.steps().first(), Some(Step::Attribute(name)) if was_sent(name))
    })
}
