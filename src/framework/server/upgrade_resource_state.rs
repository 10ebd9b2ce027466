//! UpgradeResourceState: called for every object on every run. Always answers a state or an error, because a response
//! without either makes Terraform believe that the object does not exist.

use crate::framework::codec::decode_json;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan;
use crate::framework::proto;
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Described};

pub(super) fn upgrade(
    catalogue: &Catalogue,
    request: &proto::upgrade_resource_state::Request,
) -> Result<proto::upgrade_resource_state::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    let current = described.schema.version;
    let mut stored = parse(&request.type_name, request.raw_state.as_ref())?;
    if request.version > current {
        return Err(Diagnostic::error(
            format!("State of {} is newer than the provider", request.type_name),
            format!(
                "The state was written with schema version {}, and this provider knows versions up to {current}. The state \
                 was left as it is. Use the provider version that wrote it, or a newer one.",
                request.version
            ),
        )
        .into());
    }
    if request.version < current {
        stored = entry.offer.upgrade(request.version, stored)?;
    }
    let state = decode(described, &request.type_name, &stored)?;
    Ok(proto::upgrade_resource_state::Response {
        upgraded_state: Some(described.encode(&state)?),
        ..proto::upgrade_resource_state::Response::default()
    })
}

/// The JSON of a stored state.
pub(super) fn parse(type_name: &str, raw: Option<&proto::RawState>) -> Result<serde_json::Value, Diagnostic> {
    let unreadable = |reason: String| {
        Diagnostic::error(
            format!("State of {type_name} cannot be read"),
            format!(
                "{reason}. The state was left as it is. Restore a backup of it, or remove the object from it and import it."
            ),
        )
    };
    let Some(raw) = raw else {
        return Err(unreadable("Terraform sent no state".to_owned()));
    };
    if raw.json.is_empty() && !raw.flatmap.is_empty() {
        return Err(unreadable(
            "It was written by Terraform 0.11 or older, in a form that is no longer read".to_owned(),
        ));
    }
    serde_json::from_slice(&raw.json).map_err(|error| unreadable(not_read(&error)))
}

/// Why a JSON text was not read. The parser's own words may have a part of it.
pub(super) fn not_read(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    match error.to_string().starts_with("recursion limit exceeded") {
        true => format!(
            "It is nested deeper than 127 levels, which is as far as JSON is read (line {line}, column {column})"
        ),
        false => format!("It is not valid JSON (line {line}, column {column})"),
    }
}

/// A stored state by the current schema, without write-only values.
pub(super) fn decode(described: &Described, type_name: &str, stored: &serde_json::Value) -> Result<Value, Diagnostic> {
    let state = decode_json(stored, described.ty()).map_err(|error| {
        Diagnostic::error(
            format!("State of {type_name} does not fit the schema"),
            format!("{error}. The state was left as it is. If it was edited by hand, restore it; otherwise remove the object from the state and import it."),
        )
        .at(error.path)
    })?;
    if state.is_null() {
        return Err(Diagnostic::error(
            format!("State of {type_name} is empty"),
            "The object is in the state, but nothing is stored about it. The state was left as it is. Restore a backup of \
             it, or remove the object from the state and import it.",
        ));
    }
    Ok(plan::stored(described.block(), &Value::Null, state))
}
