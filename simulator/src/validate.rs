//! Judging a request by the contract: unknown and missing parameters, types, enums, SIDs, lengths.
//!
//! What passes comes out as [`Params`] with typed values. `--strict-off` lets everything through and types what it can.
//!
//! Unknown parameters of a form or a query are ignored, as Twilio's page on 20001 says
//! (<https://www.twilio.com/docs/api/errors/20001>: not recognised, ignored, no harm done), unless `--known-only` is set. In JSON
//! bodies they are refused: nothing says what Twilio does there.

mod value;

pub(crate) use value::is_sid;

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::contract::{Content, Field, Kind, Location, Operation, Route};
use crate::error::ApiError;
use crate::facts::{flags, other_keys};
use crate::generic::paging;
use crate::multipart::Part;
use crate::params::Params;
use crate::request::Request;

/// What is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// What the contract does not allow.
    pub strict: bool,
    /// Parameters that it does not know.
    pub known_only: bool,
}

/// Query and body parameters of a request.
#[derive(Debug, Default)]
pub struct Checked {
    /// Query.
    pub query: Params,
    /// Body.
    pub body: Params,
    /// Names of parameters that were sent and are unknown.
    pub ignored: Vec<String>,
}

/// Checks a request against its operation.
///
/// # Errors
/// 404/20404 for a malformed SID in the path, 415/20415 for the wrong kind of body, 400/20001 for everything else that the
/// contract does not allow.
pub fn request(route: &Route, request: &Request, rules: Rules) -> Result<Checked, ApiError> {
    let strict = rules.strict;
    if strict {
        path(route, &request.path)?;
    }
    let mut ignored = Vec::new();
    let query = pairs(route, Location::Query, &request.query, rules, &mut ignored)?;
    let body = match route.operation.content {
        _ if request.body.is_empty() => empty_body(route, strict)?,
        Content::Form if request.is_form() => pairs(route, Location::Body, &request.form(), rules, &mut ignored)?,
        Content::Multipart if request.is_multipart() => parts(route, request, rules, &mut ignored)?,
        Content::File => file(route, request)?,
        Content::Json if request.is_json() => json(route, &request.body, strict)?,
        Content::None if !strict || !rules.known_only || request.form().is_empty() => {
            ignored.extend(request.form().into_iter().map(|(name, _)| name));
            Params::default()
        }
        Content::None => {
            return Err(ApiError::new(
                400,
                20001,
                "This operation takes no parameters in its body",
            ));
        }
        Content::Form | Content::Json | Content::Multipart => {
            let wanted = match route.operation.content {
                Content::Form => "application/x-www-form-urlencoded",
                Content::Multipart => "multipart/form-data",
                _ => "application/json",
            };
            return Err(ApiError::new(415, 20415, format!("Content type must be {wanted}")));
        }
    };
    Ok(Checked { query, body, ignored })
}

fn path(route: &Route, path: &str) -> Result<(), ApiError> {
    for field in route.operation.params_in(Location::Path) {
        let Some(value) = route.path_param(&field.name) else {
            continue;
        };
        let misprinted = MISPRINTED
            .iter()
            .find(|(id, name, _)| *id == route.operation.id && *name == field.name)
            .map(|(.., prefix)| vec![(*prefix).to_owned()]);
        let prefixes = misprinted.as_ref().unwrap_or(&field.sid);
        let is_word = WORDS.iter().any(|(id, name, word)| {
            *id == route.operation.id && *name == field.name && value.eq_ignore_ascii_case(word)
        });
        if is_word || other_keys::takes_names(route, &field.name) {
            continue;
        }
        if !prefixes.is_empty() && !value::is_sid(prefixes, value) {
            // https://github.com/wittyreference/twilio-claude-plugin (skills/iam/references/test-results.md, test 18)
            if route.operation.template() == "/2010-04-01/Accounts/{AccountSid}/Keys/{Sid}" && field.name == "Sid" {
                return Err(ApiError::new(400, 70002, "Invalid Sid provided in the request"));
            }
            return Err(ApiError::not_found(path));
        }
    }
    Ok(())
}

/// Parts of paths to which the contract gives the SID of something else than the operations beside them do, and the page on the
/// resource: operation, parameter, and the letters.
const MISPRINTED: &[(&str, &str, &str)] = &[
    // https://www.twilio.com/docs/conversational-intelligence/api/operator-attachment-resource
    ("FetchOperatorAttachments", "ServiceSid", "GA"),
];

/// Words that may stand where the contract has a SID: operation, parameter, word. Its behaviour says what it means.
const WORDS: &[(&str, &str, &str)] = &[
    // "we do have Releases/Active": https://github.com/twilio/flex-plugin-builder, the client of releases.
    ("FetchPluginRelease", "Sid", "active"),
];

fn empty_body(route: &Route, strict: bool) -> Result<Params, ApiError> {
    if strict {
        required(route.operation, Location::Body, &Map::new())?;
    }
    Ok(Params::default())
}

/// The parts of an upload: files as objects that describe them ([`crate::multipart::Part::described`]), the others as in a form.
fn parts(route: &Route, request: &Request, rules: Rules, ignored: &mut Vec<String>) -> Result<Params, ApiError> {
    let parts = request.parts.as_ref();
    let parts = parts.map_err(|why| ApiError::new(400, 20001, format!("The body cannot be read: {why}")))?;
    let mut files = Map::new();
    let mut texts = Vec::new();
    for part in parts {
        let mut fields = route.operation.params_in(Location::Body);
        let is_file = fields.any(|field| field.name == part.name && field.format.as_deref() == Some(FILE));
        match part.text() {
            _ if is_file => {
                let again = files.insert(part.name.clone(), Value::Object(part.described()));
                if rules.strict && again.is_some() {
                    return Err(ApiError::invalid_parameter(&part.name, "sent more than once"));
                }
            }
            Some(text) => texts.push((part.name.clone(), text.to_owned())),
            None => return Err(ApiError::invalid_parameter(&part.name, "it is not text")),
        }
    }
    typed(route, Location::Body, files, &texts, rules, ignored)
}

/// The body as the one file that it is, or the first file of a multipart body.
fn file(route: &Route, request: &Request) -> Result<Params, ApiError> {
    let parameter = route
        .operation
        .params_in(Location::Body)
        .find(|field| field.format.as_deref() == Some(FILE));
    let name = parameter.map_or("", |field| field.name.as_str());
    let part = if request.is_multipart() {
        let parts = request.parts.as_ref();
        let parts = parts.map_err(|why| ApiError::new(400, 20001, format!("The body cannot be read: {why}")))?;
        let file = parts.iter().find(|part| part.file_name.is_some()).or(parts.first());
        file.cloned().ok_or_else(|| ApiError::missing_parameter(name))?
    } else {
        Part {
            name: name.to_owned(),
            file_name: request.file_name.clone(),
            content_type: Some(request.content_type.clone()).filter(|text| !text.is_empty()),
            content: request.body.clone(),
        }
    };
    let described = Value::Object(part.described());
    Ok(Params::new(Map::from_iter([(name.to_owned(), described)])))
}

/// Format of parameters that are files.
const FILE: &str = "binary";

fn pairs(
    route: &Route,
    location: Location,
    pairs: &[(String, String)],
    rules: Rules,
    ignored: &mut Vec<String>,
) -> Result<Params, ApiError> {
    typed(route, location, Map::new(), pairs, rules, ignored)
}

/// Typed values of names and texts, beside values that are there already.
fn typed(
    route: &Route,
    location: Location,
    mut values: Map<String, Value>,
    pairs: &[(String, String)],
    rules: Rules,
    ignored: &mut Vec<String>,
) -> Result<Params, ApiError> {
    let strict = rules.strict;
    let known: HashMap<&str, &Field> = route
        .operation
        .params_in(location)
        .map(|field| (field.name.as_str(), field))
        .collect();
    for (name, text) in pairs {
        let Some(field) = known
            .get(name.as_str())
            .copied()
            .or_else(|| free_name(route.operation, location, name))
        else {
            if strict && rules.known_only {
                return Err(ApiError::new(400, 20001, format!("Unknown parameter {name}")));
            }
            ignored.push(name.clone());
            if !strict {
                values.insert(name.clone(), Value::from(text.as_str()));
            }
            continue;
        };
        let shape = route.spec.resolve(field);
        let text = &*paging::cut_size(&route.host, route.operation, name, text);
        let text = match location {
            Location::Body => flags::meant(route, name, text),
            _ => text,
        };
        if shape.kind == Kind::Array {
            let items = values.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new()));
            // The only way for a form to say "no items" is one empty item.
            if let (Value::Array(items), false) = (items, text.is_empty()) {
                let item = shape.items.as_deref().map(|item| route.spec.resolve(item));
                items.push(item.map_or_else(
                    || Ok(Value::from(text)),
                    |item| value::from_text(route.spec, item, name, text, strict),
                )?);
            }
            continue;
        }
        if strict && values.contains_key(name) {
            return Err(ApiError::invalid_parameter(name, "sent more than once"));
        }
        values.insert(name.clone(), value::from_text(route.spec, shape, name, text, strict)?);
    }
    if strict {
        required(route.operation, location, &values)?;
        for (name, field) in known {
            if let Some(Value::Array(items)) = values.get(name) {
                value::count(route.spec.resolve(field), name, items.len())?;
            }
        }
    }
    Ok(Params::new(values))
}

/// Parameters with a published prefix and free ends: `AddOns.whitepages.x`.
fn free_name<'a>(operation: &'a Operation, location: Location, name: &str) -> Option<&'a Field> {
    operation.params_in(location).find(|field| {
        field
            .format
            .as_deref()
            .and_then(|format| format.strip_prefix("prefixed-collapsible-map-"))
            .is_some_and(|prefix| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.')))
    })
}

/// What has to name something does not name it with an empty text.
fn is_missing(field: &Field, value: Option<&Value>) -> bool {
    value.is_none_or(|value| !field.sid.is_empty() && value.as_str() == Some(""))
}

fn required(operation: &Operation, location: Location, values: &Map<String, Value>) -> Result<(), ApiError> {
    match operation
        .params_in(location)
        .find(|field| field.required && is_missing(field, values.get(&field.name)))
    {
        Some(field) if location == Location::Query => Err(ApiError::new(
            400,
            20001,
            format!("Missing required parameter {} in the query string", field.name),
        )),
        Some(field) => Err(ApiError::missing_parameter(&field.name)),
        None => Ok(()),
    }
}

fn json(route: &Route, body: &[u8], strict: bool) -> Result<Params, ApiError> {
    let parsed: Value = serde_json::from_slice(body)
        .map_err(|error| ApiError::new(400, 20001, format!("The body is not JSON: {error}")))?;
    if strict {
        let shape = json_shape(route.operation);
        value::check(route.spec, &shape, "", &parsed)?;
    }
    match parsed {
        Value::Object(members) => Ok(Params::new(members)),
        other => Ok(Params::new(Map::from_iter([(WHOLE_BODY.to_owned(), other)]))),
    }
}

/// Name under which a JSON body that is no object is passed on.
pub const WHOLE_BODY: &str = "";

/// The shape of a whole JSON body.
fn json_shape(operation: &Operation) -> Field {
    let mut shape = operation.body.clone().unwrap_or(Field {
        kind: Kind::Object,
        ..Field::default()
    });
    shape.fields.extend(operation.params_in(Location::Body).cloned());
    shape
}
