//! ValidateResourceConfig, after the schema's own rules and the checks of each field.

use serde_json::Value as Json;

use crate::engine::facts::{Field, Kind, Managed, UpdateStyle};
use crate::engine::operations::adopt::refuse_without_a_name;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;

/// Checks that need no request.
pub(crate) fn validate(resource: &Managed, config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    diagnostics.extend(refuse_without_a_name(resource, config).err());
    diagnostics.extend(nulls_in_a_merge(resource, config));
    if let Some(validate) = resource.write.validate {
        validate(config, &mut diagnostics);
    }
    diagnostics
}

/// Refuses JSON that keeps a null where the update takes out what is null: Twilio never has it, so no plan would be empty.
fn nulls_in_a_merge(resource: &Managed, config: &Value) -> Vec<Diagnostic> {
    if resource.lifecycle.update() != UpdateStyle::Merge {
        return Vec::new();
    }
    let of_field = |field: &Field| {
        let json = serde_json::from_str(config.attr(field.name).as_str()?).ok()?;
        let member = null_member(&json)?;
        let detail = format!(
            "{member} is null. Twilio takes out what is null and never keeps it, so each plan would show it again. Leave it out: \
             that takes it out too."
        );
        Some(Diagnostic::error(format!("{} has a null in it", field.name), detail).at_attribute(field.name))
    };
    let fields = resource.object.fields.iter();
    fields
        .filter(|field| matches!(field.kind, Kind::Json))
        .filter_map(of_field)
        .collect()
}

/// The first member of an object, at any depth of objects, that is null. A merge keeps arrays as they are.
fn null_member(json: &Json) -> Option<String> {
    json.as_object()?.iter().find_map(|(name, value)| match value {
        Json::Null => Some(name.clone()),
        inner => null_member(inner).map(|inner| format!("{name}.{inner}")),
    })
}
