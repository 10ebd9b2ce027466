//! Parameters that order a list, and lists that have an order of their own beside those of `generic/order.rs`.

use std::cmp::Ordering;

use serde_json::Value;

use super::{At, is_at};
use crate::contract::{Resource, snake_case};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// What a parameter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// `asc` or `desc`: in which direction the list goes along the field.
    Direction(&'static str),
    /// `asc` or `desc`: in which direction the list goes along the time at which things were made, which they do not show.
    Age,
    /// Along which field; another parameter says in which direction, and down without it.
    Field(&'static [(&'static str, &'static str)], &'static str),
    /// In which direction; another parameter says along which field.
    DirectionOf,
    /// `Attribute:direction`, several with commas.
    Pairs,
}

const BUNDLES: At = ("numbers.twilio.com", "/v2/RegulatoryCompliance/Bundles");
const TEMPLATES: At = ("content.twilio.com", "/v2/Content");
const TEMPLATES_AND_APPROVALS: At = ("content.twilio.com", "/v2/ContentAndApprovals");
const LIST_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items");
const MAP_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items");
const WORKSPACE: &str = "taskrouter.twilio.com";
const MEMORY_STORES: At = ("memory.twilio.com", "/v1/ControlPlane/Stores");
const CREATED: Says = Says::Direction("date_created");
const CREATED_AT: Says = Says::Direction("createdAt");

/// Host, collection, parameter, what it says. A page, or the contract's own text on the parameter.
const ORDERS: &[(At, &str, Says)] = &[
    // https://www.twilio.com/docs/chat/rest/message-resource
    (
        (
            "chat.twilio.com",
            "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "Order",
        CREATED,
    ),
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "Order",
        CREATED,
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "Order",
        CREATED,
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "Order",
        CREATED,
    ),
    // https://www.twilio.com/docs/content/content-api-resources
    (TEMPLATES, "SortByContentName", Says::Direction("friendly_name")),
    (TEMPLATES, "SortByDate", Says::Direction("date_updated")),
    // https://www.twilio.com/docs/content/content-api-resources
    (
        TEMPLATES_AND_APPROVALS,
        "SortByContentName",
        Says::Direction("friendly_name"),
    ),
    (TEMPLATES_AND_APPROVALS, "SortByDate", Says::Direction("date_updated")),
    // https://www.twilio.com/docs/conversations/api/conversation-message-resource
    (
        (
            "conversations.twilio.com",
            "/v1/Conversations/{ConversationSid}/Messages",
        ),
        "Order",
        CREATED,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        ),
        "Order",
        CREATED,
    ),
    // The contract's text on the parameter.
    (
        ("knowledge.twilio.com", "/v2/ControlPlane/KnowledgeBases"),
        "orderBy",
        CREATED_AT,
    ),
    // The contract's text on the parameter.
    (("media.twilio.com", "/v1/MediaProcessors"), "Order", CREATED),
    // The contract's text on the parameter.
    (("media.twilio.com", "/v1/MediaRecordings"), "Order", CREATED),
    // The contract's text on the parameter.
    (("media.twilio.com", "/v1/PlayerStreamers"), "Order", CREATED),
    // The contract's text on the parameter.
    (
        ("memory.twilio.com", "/v1/Stores/{storeId}/Profiles"),
        "orderBy",
        CREATED_AT,
    ),
    (
        (
            "memory.twilio.com",
            "/v1/Stores/{storeId}/Profiles/{profileId}/Observations",
        ),
        "orderBy",
        CREATED_AT,
    ),
    // The contract's text on the parameter.
    (MEMORY_STORES, "orderBy", Says::Age),
    // The contract's text on the parameter.
    (
        ("memory.twilio.com", "/v1/ControlPlane/Stores/{storeId}/DataMappings"),
        "orderBy",
        CREATED_AT,
    ),
    // The contract's text on the parameter.
    (
        ("memory.twilio.com", "/v1/ControlPlane/Stores/{storeId}/TraitGroups"),
        "orderBy",
        Says::Age,
    ),
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles
    (
        BUNDLES,
        "SortBy",
        Says::Field(
            &[("valid-until", "valid_until"), ("date-updated", "date_updated")],
            "SortDirection",
        ),
    ),
    (BUNDLES, "SortDirection", Says::DirectionOf),
    // https://www.twilio.com/docs/sync/api/listitem-resource, https://www.twilio.com/docs/sync/api/map-item-resource
    (LIST_ITEMS, "Order", Says::Direction("index")),
    (MAP_ITEMS, "Order", Says::Direction("key")),
    // https://www.twilio.com/docs/taskrouter/api/task, …/task-queue, …/worker
    (
        (WORKSPACE, "/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        "Ordering",
        Says::Pairs,
    ),
    (
        (WORKSPACE, "/v1/Workspaces/{WorkspaceSid}/Tasks"),
        "Ordering",
        Says::Pairs,
    ),
    (
        (WORKSPACE, "/v1/Workspaces/{WorkspaceSid}/Workers"),
        "Ordering",
        Says::Pairs,
    ),
    // https://www.twilio.com/docs/verify/api/challenge
    (
        (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        ),
        "Order",
        CREATED,
    ),
];

/// Lists that go along a field, upwards, unless told otherwise.
const ALONG: &[(At, &str)] = &[
    // "ordered lexicographically by Item key": https://www.twilio.com/docs/sync/api/map-item-resource
    (MAP_ITEMS, "key"),
];

/// The field along which a list goes by itself, and whether downwards, if that is all its order.
pub(crate) fn along(resource: &Resource, sort: &Sort) -> Option<(&'static str, bool)> {
    let [(field, down)] = sort.0.as_slice() else {
        return None;
    };
    let mut along = ALONG.iter().filter(|(at, _)| is_at(*at, resource));
    along.find_map(|(_, own)| (own == field).then_some((*own, *down)))
}

/// Along which fields a list goes, and whether downwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sort(Vec<(String, bool)>);

/// Whether a parameter orders the list and is no filter.
pub(crate) fn is_order(resource: &Resource, name: &str) -> bool {
    said(resource, name).is_some()
}

fn said(resource: &Resource, name: &str) -> Option<Says> {
    let found = ORDERS
        .iter()
        .find(|(at, order, _)| *order == name && is_at(*at, resource));
    found.map(|(.., says)| *says)
}

/// The order that is requested, or that the list has by itself; `None` for that of `generic/order.rs`.
///
/// # Errors
/// 400/20001 for an attribute that an object does not have, and for another direction than up and down.
pub(crate) fn of(resource: &Resource, query: &Params) -> Result<Option<Sort>, ApiError> {
    let mut fields = Vec::new();
    for (name, wanted) in query.iter() {
        let Some(wanted) = wanted.as_str() else { continue };
        match said(resource, name) {
            Some(Says::Direction(field)) => fields.push((field.to_owned(), is_down(name, wanted)?)),
            Some(Says::Age) => fields.push((String::new(), is_down(name, wanted)?)),
            Some(Says::Field(words, direction)) => {
                let field = words.iter().find(|(word, _)| *word == wanted).map(|(_, field)| *field);
                let down = query
                    .text(direction)
                    .map_or(Ok(true), |text| is_down(direction, text))?;
                fields.extend(field.map(|field| (field.to_owned(), down)));
            }
            Some(Says::DirectionOf) if !is_down(name, wanted)? && fields.is_empty() => {
                fields.push(("date_created".to_owned(), false));
            }
            Some(Says::Pairs) => {
                for pair in wanted.split(',') {
                    fields.push(pair_of(resource, name, pair.trim())?);
                }
                // The contract's text on the parameter: the only pairing that is not allowed.
                let has = |field: &str| fields.iter().any(|(known, _)| known == field);
                if has("date_created") && has("virtual_start_time") {
                    let why = "DateCreated and VirtualStartTime do not go together";
                    return Err(ApiError::invalid_parameter(name, why));
                }
            }
            Some(Says::DirectionOf) | None => {}
        }
    }
    if fields.is_empty() {
        let along = ALONG.iter().filter(|(at, _)| is_at(*at, resource));
        fields.extend(along.map(|(_, field)| ((*field).to_owned(), false)));
    }
    // The field that another parameter names comes before a direction by itself.
    if fields.len() > 1 && fields.iter().any(|(field, _)| field != "date_created") && query.has("SortDirection") {
        fields.retain(|(field, _)| field != "date_created");
    }
    Ok((!fields.is_empty()).then_some(Sort(fields)))
}

fn pair_of(resource: &Resource, name: &str, pair: &str) -> Result<(String, bool), ApiError> {
    let (attribute, direction) = pair.split_once(':').unwrap_or((pair, "asc"));
    let field = snake_case(attribute);
    if !resource.object_fields().iter().any(|known| known.name == field) {
        let why = format_args!("'{attribute}' is no attribute by which this list is ordered");
        return Err(ApiError::invalid_parameter(name, why));
    }
    Ok((field, is_down(name, direction)?))
}

fn is_down(name: &str, direction: &str) -> Result<bool, ApiError> {
    match direction.to_ascii_lowercase().as_str() {
        "asc" => Ok(false),
        "desc" => Ok(true),
        _ => Err(ApiError::invalid_parameter(
            name,
            format_args!("'{direction}' is neither asc nor desc"),
        )),
    }
}

impl Sort {
    /// Which of two objects comes first.
    pub(crate) fn compare(&self, left: &Object, right: &Object) -> Ordering {
        for (field, down) in &self.0 {
            let order = by_value(left.body.get(field), right.body.get(field));
            let order = if *down { order.reverse() } else { order };
            if order.is_ne() {
                return order;
            }
        }
        let by_age = left.sequence.cmp(&right.sequence);
        let down = self.0.first().is_some_and(|(_, down)| *down);
        if down { by_age.reverse() } else { by_age }
    }
}

/// Dates by time, numbers by value, texts letter by letter; what is not there comes last.
fn by_value(left: Option<&Value>, right: Option<&Value>) -> Ordering {
    let here = |value: Option<&Value>| value.filter(|value| !value.is_null()).cloned();
    match (here(left), here(right)) {
        (Some(Value::String(left)), Some(Value::String(right))) => match (time(&left), time(&right)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => left.cmp(&right),
        },
        (Some(left), Some(right)) => left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}

fn time(text: &str) -> Option<jiff::Timestamp> {
    let rfc = || jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(rfc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Location, OperationKind};
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_published_parameter_and_field() {
        for (at, name, says) in ORDERS {
            let resource = assert_published(*at);
            let list = resource.operation(OperationKind::List).expect("a list");
            let mut params = list.params_in(Location::Query);
            assert!(params.any(|param| param.name == *name), "{at:?} {name}");
            let fields: Vec<&str> = match says {
                Says::Direction(field) => vec![field],
                Says::Field(words, _) => words.iter().map(|(_, field)| *field).collect(),
                Says::Age | Says::DirectionOf | Says::Pairs => Vec::new(),
            };
            for field in fields {
                let mut known = resource.object_fields().iter();
                assert!(known.any(|known| known.name == field), "{at:?} {field}");
            }
        }
        for (at, field) in ALONG {
            let mut known = assert_published(*at).object_fields().iter();
            assert!(known.any(|known| known.name == *field), "{at:?} {field}");
        }
    }
}
