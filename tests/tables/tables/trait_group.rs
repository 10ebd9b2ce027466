//! JSON that is changed by PATCH, member by member, in an API that accepts each write and carries it out later: what it made of it
//! is read, in a field of the response. <https://www.twilio.com/docs/conversations/memory/api>

use serde_json::{Map, Value as Json, json};
use terraform_provider_twilio::engine::facts::Absent::{ClearedBy, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Observed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::hooks::WriteHooks;
use terraform_provider_twilio::engine::facts::{
    BodyStyle, Destroy, Deviation, Field, Intent, Items, Key, Lifecycle, List, Literal, Managed, Norm, Object, Omitted,
    Parameters, Place, Read, Spelling, UpdateStyle, int, json, text,
};
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_trait_group`.
pub const TRAIT_GROUP: Managed = Managed {
    object: Object {
        name: "twilio_test_trait_group",
        noun: "trait group",
        api_page: "https://www.twilio.com/docs/conversations/memory/api",
        place: Place::at(Product::Memory, "/v1/ControlPlane/Stores/{store_id}/TraitGroups", PATH).read(
            Read::Elsewhere {
                path: PATH,
                within: Some("traitGroup"),
            },
        ),
        parents: &["store_id"],
        key: Key::Field("display_name"),
        list: List {
            items: Items::Partial("the list has no traits unless it is told to"),
            omitted: &[
                Omitted {
                    parameter: "includeTraits",
                    reason: "nothing is listed here",
                },
                Omitted {
                    parameter: "orderBy",
                    reason: "nothing is listed here",
                },
                Omitted {
                    parameter: "pageSize",
                    reason: "nothing is listed here",
                },
                Omitted {
                    parameter: "pageToken",
                    reason: "nothing is listed here",
                },
            ],
            ..List::WHOLE
        },
        spelling: Spelling::Camel,
        deviations: &[Deviation {
            from: Norm::Plural,
            name: "plural",
            reason: "its pages go by tokens, which no table has yet",
        }],
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Traits that the profiles of a store can have.",
    lifecycle: Lifecycle::made(UpdateStyle::Patch, Destroy::DeleteLater).sending(BodyStyle::Json),
    write: WriteHooks {
        encode: Some(name_what_goes),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const PATH: &str = "/v1/ControlPlane/Stores/{store_id}/TraitGroups/{display_name}";

const FIELDS: &[Field] = &[
    text("store_id", PathPart)
        .never_returned()
        .doc("Id of the memory store (`mem_store_…`). A change replaces it."),
    text("display_name", Fixed(Required)).doc("Its name. A change replaces it."),
    // The contract has a longest description and no shortest, and no null.
    text("description", Setting(ClearedBy(Literal::Text("")))).doc("What it is for."),
    json("traits", Setting(ClearedBy(Literal::EmptyObject)))
        .doc("The traits, as JSON: an object with `dataType` by name."),
    int("version", Observed).volatile().doc("Number of the last change."),
];

/// A PATCH leaves traits as they are that it does not name, and takes one out whose type is empty (so the contract's text).
fn name_what_goes(intent: &Intent<'_>, parameters: &mut Parameters) {
    if parameters.value("traits").is_none() {
        return;
    }
    let (before, mut traits) = (traits(intent.prior), traits(intent.planned));
    traits.retain(|name, planned| before.get(name) != Some(planned));
    let planned = self::traits(intent.planned);
    let gone = before.keys().filter(|name| !planned.contains_key(*name));
    traits.extend(gone.map(|name| (name.clone(), json!({"dataType": ""}))));
    parameters.set("traits", traits);
}

fn traits(group: &Value) -> Map<String, Json> {
    let text = group.attr("traits").as_str().unwrap_or("{}");
    serde_json::from_str(text).unwrap_or_default()
}
