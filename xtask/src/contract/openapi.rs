//! Operations of one OpenAPI file.

use anyhow::{Context as _, bail};
use serde_json::Value;
use twilio_simulator::contract::{
    Content, Field, Kind, Listing, Location, Operation, OperationKind, Paging, Source, Spec,
};

use super::links::{self, Literals};
use super::schema::{Schemas, array, object};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Members of `meta` in nearly every paged list.
const USUAL_META: [&str; 7] = [
    "first_page_url",
    "key",
    "next_page_url",
    "page",
    "page_size",
    "previous_page_url",
    "url",
];

/// Paging members of a 2010-04-01 list.
const V2010_PAGING: [&str; 8] = [
    "end",
    "first_page_uri",
    "next_page_uri",
    "page",
    "page_size",
    "previous_page_uri",
    "start",
    "uri",
];

/// The facts of one OpenAPI document.
///
/// # Errors
/// When the document has a form that is not understood; nothing is guessed.
pub fn facts(source: Source, document: &Value) -> anyhow::Result<Spec> {
    let host = host(document).context("the document names no server")?;
    let mut schemas = Schemas::new(document);
    let mut operations = Vec::new();
    let paths = object(document, "paths").context("the document has no paths")?;
    let place = Place {
        host: &host,
        literals: Literals::new(paths.keys()),
    };
    for (path, item) in paths {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let found = facts_of(&mut schemas, &place, path, item, method, operation);
            operations.push(found.with_context(|| format!("{method} {path}"))?);
        }
    }
    operations.sort_by(|left: &Operation, right| (&left.path, &left.method).cmp(&(&right.path, &right.method)));
    mark_actions(&mut operations);
    let schemas = schemas.named()?;
    Ok(Spec {
        source,
        host,
        serves: None,
        operations,
        schemas,
    })
}

fn host(document: &Value) -> Option<String> {
    let url = array(document, "servers").next()?["url"].as_str()?;
    Some(url.strip_prefix("https://")?.trim_end_matches('/').to_owned())
}

/// The surroundings of an operation.
struct Place<'a> {
    host: &'a str,
    literals: Literals<'a>,
}

fn facts_of<'a>(
    schemas: &mut Schemas<'a>,
    place: &Place<'_>,
    path: &str,
    item: &'a Value,
    method: &str,
    operation: &'a Value,
) -> anyhow::Result<Operation> {
    let id = operation["operationId"].as_str().context("it has no operationId")?;
    let mut kind = kind_of(id)?;
    let mut params: Vec<Field> = Vec::new();
    for parameter in array(item, "parameters").chain(array(operation, "parameters")) {
        let parameter = schemas.follow(parameter)?;
        let field = parameter_field(schemas, parameter)?;
        params.retain(|known| known.name != field.name || known.location != field.location);
        params.push(field);
    }
    let (content, body) = request_body(schemas, operation, &mut params)?;
    let status = success_statuses(operation, kind);
    let schema = answer_schema(schemas, operation)?;
    let mut list = None;
    let mut answer = None;
    if let Some(schema) = schema {
        let paged = if method == "get" {
            listing(schemas, schema, &params, kind)?
        } else {
            None
        };
        match paged {
            Some((listing, item)) => {
                kind = OperationKind::List;
                list = Some(listing);
                answer = Some(schemas.shape(item)?);
            }
            None => answer = Some(schemas.shape(schema)?),
        }
    }
    let twilio = &item["x-twilio"];
    Ok(Operation {
        id: id.to_owned(),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        kind,
        path_type: twilio["pathType"].as_str().map(str::to_owned),
        parent: twilio["parent"].as_str().map(str::to_owned),
        content,
        params,
        body,
        status,
        answer,
        list,
        links: links::of(operation, place.host, &place.literals),
        maturity: array(operation, "x-maturity")
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    })
}

fn kind_of(id: &str) -> anyhow::Result<OperationKind> {
    const VERBS: [(&str, OperationKind); 6] = [
        ("Create", OperationKind::Create),
        ("Fetch", OperationKind::Read),
        ("Update", OperationKind::Update),
        ("Patch", OperationKind::Update),
        ("Delete", OperationKind::Delete),
        ("List", OperationKind::List),
    ];
    match VERBS.iter().find(|(verb, _)| id.starts_with(verb)) {
        Some((_, kind)) => Ok(*kind),
        None => bail!("operationId {id} starts with no known verb"),
    }
}

/// A create whose result cannot be read, listed, changed or removed does something else than make an object, and so does an
/// update of something that cannot be read.
fn mark_actions(operations: &mut [Operation]) {
    let others: Vec<(String, OperationKind)> = operations
        .iter()
        .map(|operation| (operation.template().to_owned(), operation.kind))
        .collect();
    for operation in operations {
        let template = operation.template().to_owned();
        let below = format!("{template}/{{");
        let related = |path: &str| {
            *path == template
                || path
                    .strip_prefix(&below)
                    .is_some_and(|rest| rest.ends_with('}') && !rest.contains('/'))
        };
        let mut kinds = others.iter().filter(|(path, _)| related(path)).map(|(_, kind)| *kind);
        let alone = match operation.kind {
            OperationKind::Create => kinds.all(|kind| kind == OperationKind::Create),
            OperationKind::Update if !template.ends_with('}') => {
                !kinds.any(|kind| matches!(kind, OperationKind::Read | OperationKind::List))
            }
            _ => false,
        };
        if alone {
            operation.kind = OperationKind::Action;
        }
    }
}

fn parameter_field<'a>(schemas: &mut Schemas<'a>, parameter: &'a Value) -> anyhow::Result<Field> {
    let name = parameter["name"].as_str().context("a parameter has no name")?;
    let mut field = schemas.field(name, &parameter["schema"])?;
    field.location = Some(match parameter["in"].as_str() {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        other => bail!("parameter {name} stands in {other:?}"),
    });
    field.required = parameter["required"].as_bool().unwrap_or(false);
    Ok(field)
}

fn request_body<'a>(
    schemas: &mut Schemas<'a>,
    operation: &'a Value,
    params: &mut Vec<Field>,
) -> anyhow::Result<(Content, Option<Field>)> {
    let contents = operation.pointer("/requestBody/content").and_then(Value::as_object);
    let Some((media_type, content)) = contents.into_iter().flatten().next() else {
        return Ok((Content::None, None));
    };
    let kind = match media_type.as_str() {
        "application/x-www-form-urlencoded" => Content::Form,
        "application/json" | "application/scim+json" => Content::Json,
        other => bail!("body of type {other}"),
    };
    let schema = schemas.follow(&content["schema"])?;
    let mut shape = schemas.shape(schema)?;
    let plain = shape.any_of.is_empty() && shape.discriminator.is_none() && shape.kind != Kind::Array;
    if !plain {
        return Ok((kind, Some(shape)));
    }
    for mut field in shape.fields.drain(..) {
        field.location = Some(Location::Body);
        params.push(field);
    }
    Ok((kind, shape.map.is_some().then_some(shape)))
}

fn success_statuses(operation: &Value, kind: OperationKind) -> Vec<u16> {
    let mut statuses: Vec<u16> = object(operation, "responses")
        .into_iter()
        .flatten()
        .filter_map(|(status, _)| status.parse().ok())
        .filter(|status| (200..400).contains(status))
        .collect();
    // Where a create may answer 200 or 201, 200 is for repeating one that was made before.
    statuses.sort_by_key(|status| (kind == OperationKind::Create && *status != 201, *status));
    statuses
}

fn answer_schema<'a>(schemas: &Schemas<'a>, operation: &'a Value) -> anyhow::Result<Option<&'a Value>> {
    let Some(responses) = object(operation, "responses") else {
        return Ok(None);
    };
    for (status, response) in responses {
        if !status.starts_with('2') {
            continue;
        }
        let response = schemas.follow(response)?;
        let schema = object(response, "content")
            .into_iter()
            .flatten()
            .find(|(media_type, _)| media_type.contains("json"))
            .and_then(|(_, content)| content.get("schema"));
        if schema.is_some() {
            return Ok(schema);
        }
    }
    Ok(None)
}

/// How a list answers and the schema of its items; `None` for what is no list.
fn listing<'a>(
    schemas: &mut Schemas<'a>,
    schema: &'a Value,
    params: &[Field],
    kind: OperationKind,
) -> anyhow::Result<Option<(Listing, &'a Value)>> {
    let schema = schemas.follow(schema)?;
    let Some(members) = object(schema, "properties") else {
        return Ok(None);
    };
    let mut meta: Vec<String> = Vec::new();
    let mut paging = Paging::None;
    if members.contains_key("next_page_uri") {
        paging = Paging::V2010;
    } else if let Some(found) = members.get("meta") {
        let found = schemas.follow(found)?;
        meta = object(found, "properties")
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect();
        let has = |name: &str| meta.iter().any(|known| known == name);
        if has("next_page_url") {
            paging = Paging::Meta;
        } else if has("nextToken") || has("next_token") {
            paging = Paging::Token;
        }
    }
    if kind != OperationKind::List && paging == Paging::None {
        return Ok(None);
    }
    let mut items = None;
    let mut extra = Vec::new();
    for (name, member) in members {
        let followed = schemas.follow(member)?;
        if items.is_none() && followed["type"] == "array" && !(paging == Paging::None && name == "schemas") {
            items = Some((name.clone(), &followed["items"]));
        } else if name == "meta" || (paging == Paging::V2010 && V2010_PAGING.contains(&name.as_str())) {
            // Paging; described by the style.
        } else {
            extra.push(schemas.field(name, member)?);
        }
    }
    let Some((key, item)) = items else { return Ok(None) };
    meta.sort();
    let max_page_size = params
        .iter()
        .find(|param| param.location == Some(Location::Query) && matches!(param.name.as_str(), "PageSize" | "pageSize"))
        .and_then(|param| param.maximum.as_ref()?.as_u64());
    let unusual = paging == Paging::Token || (!meta.is_empty() && meta != USUAL_META);
    let listing = Listing {
        key,
        paging,
        max_page_size,
        meta: if unusual { meta } else { Vec::new() },
        extra,
    };
    Ok(Some((listing, item)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document() -> Value {
        json!({
            "servers": [{"url": "https://things.twilio.com"}],
            "paths": {
                "/v1/Things": {
                    "x-twilio": {"pathType": "list", "parent": "/Root"},
                    "get": {
                        "operationId": "ListThing",
                        "parameters": [{"name": "PageSize", "in": "query", "schema": {"type": "integer", "maximum": 400}}],
                        "responses": {"200": {"content": {"application/json": {"schema": {"type": "object", "properties": {
                            "things": {"type": "array", "items": {"$ref": "#/components/schemas/thing"}},
                            "meta": {"type": "object", "properties": {
                                "first_page_url": {}, "key": {}, "next_page_url": {}, "page": {}, "page_size": {},
                                "previous_page_url": {}, "url": {},
                            }},
                        }}}}}},
                    },
                    "post": {
                        "operationId": "CreateThing",
                        "description": "prose",
                        "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {
                            "type": "object", "required": ["Name"],
                            "properties": {"Name": {"type": "string", "maxLength": 20, "description": "prose"}},
                        }}}},
                        "responses": {
                            "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/thing"}}}},
                            "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/thing"}}}},
                        },
                    },
                },
                "/v1/Things/Check": {"post": {"operationId": "UpdateCheck", "responses": {"200": {}}}},
            },
            "components": {"schemas": {"thing": {"type": "object", "properties": {"sid": {
                "type": "string", "pattern": "^TH[0-9a-fA-F]{32}$", "minLength": 34, "maxLength": 34,
            }}}}},
        })
    }

    fn extract() -> Spec {
        let source = Source {
            package: "p".into(),
            version: "1".into(),
            file: "f".into(),
        };
        facts(source, &document()).expect("valid")
    }

    #[test]
    fn a_list_knows_its_key_style_and_largest_page() {
        let spec = extract();
        let list = spec
            .operations
            .iter()
            .find(|operation| operation.id == "ListThing")
            .expect("there");
        let listing = list.list.as_ref().expect("a list");
        assert_eq!(
            (listing.key.as_str(), listing.paging, listing.max_page_size),
            ("things", Paging::Meta, Some(400))
        );
        assert!(listing.meta.is_empty(), "the usual members are not repeated");
        assert_eq!(spec.answer_fields(list)[0].sid, ["TH"]);
    }

    #[test]
    fn a_create_answers_201_first_and_lists_body_parameters() {
        let spec = extract();
        let create = spec
            .operations
            .iter()
            .find(|operation| operation.id == "CreateThing")
            .expect("there");
        assert_eq!((create.kind, create.content), (OperationKind::Create, Content::Form));
        assert_eq!(create.status, [201, 200]);
        let name = create.params_in(Location::Body).next().expect("there");
        assert_eq!(
            (name.name.as_str(), name.required, name.max_length),
            ("Name", true, Some(20))
        );
    }

    #[test]
    fn an_update_of_what_cannot_be_read_is_an_action() {
        let spec = extract();
        let check = spec
            .operations
            .iter()
            .find(|operation| operation.id == "UpdateCheck")
            .expect("there");
        assert_eq!(check.kind, OperationKind::Action);
    }

    #[test]
    fn prose_does_not_come_along() {
        assert!(!serde_json::to_string(&extract()).expect("serializes").contains("prose"));
    }
}
