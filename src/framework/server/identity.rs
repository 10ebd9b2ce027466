//! Resource identity: GetResourceIdentitySchemas, UpgradeResourceIdentity, and the one place where an identity is cut out of a
//! state.
//!
//! Terraform crashes over an identity of a type that has no identity schema, so nothing here makes one without.

use crate::framework::codec::{self, decode_json, type_to_json};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::identity::IdentitySchema;
use crate::framework::proto::{self, ResourceIdentityData};
use crate::framework::provider::ManagedResource;
use crate::framework::types::Type;
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Entry};
use super::upgrade_resource_state::not_read;

/// An identity schema and the type it makes.
pub(super) struct Identity {
    schema: IdentitySchema,
    ty: Type,
}

impl From<IdentitySchema> for Identity {
    fn from(schema: IdentitySchema) -> Self {
        let ty = schema.value_type();
        Self { schema, ty }
    }
}

impl Identity {
    /// The identity in a state; `None` while a part that finds the object is not known.
    pub(super) fn of(&self, state: &Value) -> Option<Value> {
        self.of_either(state, &Value::Null)
    }

    /// As [`Identity::of`], of a state some of whose parts are not known yet: those are as they were `before`.
    pub(super) fn of_either(&self, state: &Value, before: &Value) -> Option<Value> {
        let parts = self.schema.attributes.iter().map(|part| {
            let name = part.name.as_ref();
            let value = [state.attr(name), before.attr(name)]
                .into_iter()
                .find(|value| value.is_known() && value.is_wholly_known());
            let is_there = value.is_some() || !part.required_for_import;
            is_there.then(|| (name, value.cloned().unwrap_or_default()))
        });
        let parts: Option<Vec<_>> = parts.collect();
        parts.map(Value::object)
    }

    /// An identity that Terraform sent; `None` where it sent none.
    pub(super) fn decode(&self, message: Option<&ResourceIdentityData>) -> Result<Option<Value>, Diagnostic> {
        let data = message.and_then(|message| message.identity_data.as_ref());
        let value = codec::from_proto(data, &self.ty).map_err(|error| {
            let detail = format!(
                "Terraform sent an identity in a form that does not fit its schema: {error}. Nothing was changed. If the state \
                 was edited by hand, restore it; otherwise this is a bug in the provider or in Terraform."
            );
            Diagnostic::error("Identity not understood", detail)
        })?;
        Ok(Some(value).filter(Value::is_known))
    }

    /// Writes an identity for Terraform.
    pub(super) fn encode(&self, identity: &Value) -> Result<ResourceIdentityData, Diagnostic> {
        let data = codec::to_proto(identity, &self.ty).map_err(|error| {
            let detail = format!(
                "The provider made an identity that does not fit its own schema: {error}. This is a bug in the provider's own code."
            );
            Diagnostic::error("Identity does not fit its schema", detail)
        })?;
        Ok(ResourceIdentityData {
            identity_data: Some(data),
        })
    }

    /// The parts in which two identities of one object differ although they must not. What is not set on one side was not known
    /// yet, and no difference.
    pub(super) fn changed(&self, before: &Value, after: &Value) -> Vec<Change> {
        self.differing(before, after, |schema, name| {
            !schema
                .attributes
                .iter()
                .any(|part| part.name == name && part.may_change)
        })
    }

    /// The parts in which what was found is not what was requested.
    pub(super) fn differing_from_requested(&self, requested: &Value, found: &Value) -> Vec<Change> {
        self.differing(requested, found, |_, _| true)
    }

    fn differing(&self, before: &Value, after: &Value, counts: fn(&IdentitySchema, &str) -> bool) -> Vec<Change> {
        let names = self.schema.attributes.iter().map(|part| part.name.as_ref());
        let names = names.filter(|name| counts(&self.schema, name));
        names
            .filter_map(|name| {
                let (before, after) = (before.attr(name), after.attr(name));
                (before.is_known() && after.is_known() && before != after).then(|| Change {
                    name: name.to_owned(),
                    before: shown(before),
                    after: shown(after),
                })
            })
            .collect()
    }

    /// The parts that an import needs and was not given.
    pub(super) fn missing(&self, identity: &Value) -> Vec<&str> {
        let needed = self.schema.attributes.iter().filter(|part| part.required_for_import);
        let names = needed.map(|part| part.name.as_ref());
        names.filter(|name| !identity.attr(name).is_known()).collect()
    }
}

/// A part of an identity in which two differ.
pub(super) struct Change {
    name: String,
    before: String,
    after: String,
}

impl Change {
    /// `sid = "A" became "B"`, of all.
    pub(super) fn describe(changes: &[Self], joint: &str) -> String {
        let each = changes
            .iter()
            .map(|change| format!("{}: {} {joint} {}", change.name, change.before, change.after));
        each.collect::<Vec<_>>().join("; ")
    }
}

/// A part of an identity as a configuration would have it. None is secret.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        _ => "null".to_owned(),
    }
}

impl Entry<dyn ManagedResource> {
    /// What names one object of this type; `None` where nothing does.
    pub(super) fn identity(&self) -> Option<&Identity> {
        self.identity
            .get_or_init(|| self.offer.identity().map(Identity::from))
            .as_ref()
    }

    /// The identity in a state, as a message; `None` where the type or the state has none.
    pub(super) fn identity_of(&self, state: &Value) -> Result<Option<ResourceIdentityData>, Diagnostic> {
        let Some(identity) = self.identity() else {
            return Ok(None);
        };
        identity.of(state).map(|value| identity.encode(&value)).transpose()
    }

    /// The identity that Terraform sent with an object, null where there is none. Terraform stores it beside the state, out of
    /// which it came, so one that is not understood is no reason to fail.
    pub(super) fn identity_sent(&self, message: Option<&ResourceIdentityData>) -> Value {
        let sent = self
            .identity()
            .and_then(|identity| identity.decode(message).ok().flatten());
        sent.unwrap_or_default()
    }
}

pub(super) fn schemas(catalogue: &Catalogue) -> proto::get_resource_identity_schemas::Response {
    let resources = catalogue.resources.iter();
    // Made for this response alone: most types are not worked with in this process.
    let schemas = resources.filter_map(|(name, entry)| Some((name.clone(), message(&entry.offer.identity()?))));
    proto::get_resource_identity_schemas::Response {
        identity_schemas: schemas.collect(),
        ..proto::get_resource_identity_schemas::Response::default()
    }
}

fn message(schema: &IdentitySchema) -> proto::ResourceIdentitySchema {
    let attributes = schema.attributes.iter();
    let attributes = attributes.map(|part| proto::resource_identity_schema::IdentityAttribute {
        name: part.name.clone().into_owned(),
        r#type: type_to_json(&part.ty),
        required_for_import: part.required_for_import,
        optional_for_import: !part.required_for_import,
        description: part.description.clone().into_owned(),
    });
    proto::ResourceIdentitySchema {
        version: schema.version,
        identity_attributes: attributes.collect(),
    }
}

/// UpgradeResourceIdentity. Terraform asks for an object without an identity too, if it thinks that the version is another;
/// the response is none then, and the next refresh makes one.
pub(super) fn upgrade(
    catalogue: &Catalogue,
    request: &proto::upgrade_resource_identity::Request,
) -> Result<proto::upgrade_resource_identity::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let type_name = &request.type_name;
    let Some(identity) = entry.identity() else {
        return Ok(proto::upgrade_resource_identity::Response::default());
    };
    let Some(mut stored) = parse(type_name, request.raw_identity.as_ref())? else {
        return Ok(proto::upgrade_resource_identity::Response::default());
    };
    let current = identity.schema.version;
    if request.version > current {
        return Err(Diagnostic::error(
            format!("Identity of {type_name} is newer than the provider"),
            format!(
                "The identity was written with version {}, and this provider knows versions up to {current}. The state was left \
                 as it is. Use the provider version that wrote it, or a newer one.",
                request.version
            ),
        )
        .into());
    }
    if request.version < current {
        stored = entry.offer.upgrade_identity(request.version, stored)?;
    }
    let value = decode_json(&stored, &identity.ty).map_err(|error| {
        Diagnostic::error(
            format!("Identity of {type_name} does not fit its schema"),
            format!(
                "{error}. The state was left as it is. If it was edited by hand, restore it; otherwise remove the object from the \
                 state and import it."
            ),
        )
    })?;
    let upgraded = Some(value).filter(Value::is_known);
    Ok(proto::upgrade_resource_identity::Response {
        upgraded_identity: upgraded.map(|value| identity.encode(&value)).transpose()?,
        ..proto::upgrade_resource_identity::Response::default()
    })
}

/// The JSON of a stored identity; `None` where none is stored.
pub(super) fn parse(type_name: &str, raw: Option<&proto::RawState>) -> Result<Option<serde_json::Value>, Diagnostic> {
    let Some(raw) = raw.filter(|raw| !raw.json.is_empty()) else {
        return Ok(None);
    };
    let parsed: serde_json::Value = serde_json::from_slice(&raw.json).map_err(|error| {
        Diagnostic::error(
            format!("Identity of {type_name} cannot be read"),
            format!(
                "{}. The state was left as it is. Restore a backup of it, or remove the object from it and import it.",
                not_read(&error)
            ),
        )
    })?;
    Ok(Some(parsed).filter(|parsed| !parsed.is_null()))
}
