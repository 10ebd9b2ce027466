//! What a provider offers, by name, with schemas that are made when they are first needed.
//!
//! Terraform starts many processes that never look at most types, so nothing is made at start. A type that is worked with keeps
//! its schema; the response with all schemas, which one process of a run is started for, keeps none of them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::framework::action::Action;
use crate::framework::codec;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::list::ListResource;
use crate::framework::plan::Members;
use crate::framework::proto::DynamicValue;
use crate::framework::provider::{DataSource, EphemeralResource, Function, ManagedResource, Provider};
use crate::framework::schema::{Block, Schema};
use crate::framework::schema_check::{self, Kind};
use crate::framework::types::Type;
use crate::framework::validate::unknown_paths;
use crate::framework::value::Value;

use super::identity::Identity;

/// Everything that is offered.
pub(super) struct Catalogue {
    /// The provider block's, which each process that is configured needs.
    pub(super) provider: Described,
    pub(super) resources: BTreeMap<String, Entry<dyn ManagedResource>>,
    pub(super) data_sources: BTreeMap<String, Entry<dyn DataSource>>,
    pub(super) ephemeral_resources: BTreeMap<String, Entry<dyn EphemeralResource>>,
    pub(super) list_resources: BTreeMap<String, Entry<dyn ListResource>>,
    pub(super) actions: BTreeMap<String, Entry<dyn Action>>,
    pub(super) functions: BTreeMap<String, Arc<dyn Function>>,
}

/// Something offered, with its schema.
pub(super) struct Entry<T: ?Sized> {
    pub(super) offer: Arc<T>,
    described: OnceLock<Described>,
    schema: fn(&T) -> Schema,
    kind: Kind,
    /// Of managed resources only.
    pub(super) identity: OnceLock<Option<Identity>>,
}

/// A schema and the type it makes.
pub(super) struct Described {
    pub(super) schema: Schema,
    ty: Type,
}

impl Catalogue {
    pub(super) fn new(provider: &impl Provider) -> Self {
        let functions = provider
            .functions()
            .into_iter()
            .map(|function| (function.name().to_owned(), function));
        Self {
            provider: Described::new(checked(Kind::Provider, provider.schema())),
            resources: entries(
                Kind::Resource,
                provider.resources(),
                ManagedResource::type_name,
                ManagedResource::schema,
            ),
            data_sources: entries(
                Kind::DataSource,
                provider.data_sources(),
                DataSource::type_name,
                DataSource::schema,
            ),
            ephemeral_resources: entries(
                Kind::EphemeralResource,
                provider.ephemeral_resources(),
                EphemeralResource::type_name,
                EphemeralResource::schema,
            ),
            list_resources: entries(
                Kind::ListResource,
                provider.list_resources(),
                ListResource::type_name,
                ListResource::schema,
            ),
            actions: entries(Kind::Action, provider.actions(), Action::type_name, Action::schema),
            functions: functions.collect(),
        }
    }

    pub(super) fn resource(&self, name: &str) -> Result<&Entry<dyn ManagedResource>, Diagnostics> {
        self.resources.get(name).ok_or_else(|| not_offered("resource", name))
    }

    pub(super) fn data_source(&self, name: &str) -> Result<&Entry<dyn DataSource>, Diagnostics> {
        self.data_sources
            .get(name)
            .ok_or_else(|| not_offered("data source", name))
    }

    pub(super) fn ephemeral_resource(&self, name: &str) -> Result<&Entry<dyn EphemeralResource>, Diagnostics> {
        self.ephemeral_resources
            .get(name)
            .ok_or_else(|| not_offered("ephemeral resource", name))
    }

    pub(super) fn list_resource(&self, name: &str) -> Result<&Entry<dyn ListResource>, Diagnostics> {
        self.list_resources
            .get(name)
            .ok_or_else(|| not_offered("list resource", name))
    }

    pub(super) fn action(&self, name: &str) -> Result<&Entry<dyn Action>, Diagnostics> {
        self.actions.get(name).ok_or_else(|| not_offered("action", name))
    }
}

fn entries<T: ?Sized>(
    kind: Kind,
    offers: Vec<Arc<T>>,
    name: fn(&T) -> &str,
    schema: fn(&T) -> Schema,
) -> BTreeMap<String, Entry<T>> {
    let entry = |offer| Entry {
        offer,
        described: OnceLock::new(),
        schema,
        kind,
        identity: OnceLock::new(),
    };
    let offers = offers.into_iter();
    offers.map(|offer| (name(&offer).to_owned(), entry(offer))).collect()
}

fn not_offered(kind: &str, name: &str) -> Diagnostics {
    Diagnostic::error(
        format!("Unknown {kind} {name}"),
        format!(
            "This version of the provider has no {kind} {name}. Nothing was changed. Check the spelling, or the provider \
             version in required_providers."
        ),
    )
    .into()
}

impl<T: ?Sized> Entry<T> {
    /// The schema with its type, made on first use and kept.
    pub(super) fn described(&self) -> &Described {
        self.described.get_or_init(|| Described::new(self.schema()))
    }

    /// Whether the schema has been made and kept.
    #[cfg(test)]
    pub(super) fn is_described(&self) -> bool {
        self.described.get().is_some()
    }

    /// The schema alone, to be looked at once.
    pub(super) fn schema(&self) -> Schema {
        checked(self.kind, (self.schema)(&self.offer))
    }
}

fn checked(kind: Kind, schema: Schema) -> Schema {
    debug_assert_eq!(schema_check::violations(kind, "schema", &schema), []);
    schema
}

impl Described {
    fn new(schema: Schema) -> Self {
        let ty = schema.block.value_type();
        Self { schema, ty }
    }

    pub(super) fn block(&self) -> &Block {
        &self.schema.block
    }

    pub(super) fn ty(&self) -> &Type {
        &self.ty
    }

    /// Reads a value that Terraform sent. `what` names it within a sentence.
    pub(super) fn decode(&self, message: Option<&DynamicValue>, what: &str) -> Result<Value, Diagnostics> {
        codec::from_proto(message, &self.ty).map_err(|error| {
            let detail = format!("Terraform sent {what} in a form that does not fit the schema: {error}. Nothing was changed. This is a bug in the provider or in Terraform.");
            Diagnostic::error("Value not understood", detail).within(&error.path).into()
        })
    }

    /// Writes a value for Terraform.
    pub(super) fn encode(&self, value: &Value) -> Result<DynamicValue, Diagnostic> {
        codec::to_proto(value, &self.ty).map_err(does_not_fit)
    }

    /// Writes an object that was read, which Terraform compares with the one that it has stored.
    pub(super) fn encode_as_stored(&self, value: &Value) -> Result<DynamicValue, Diagnostic> {
        codec::to_proto_as_stored(value, &self.ty).map_err(does_not_fit)
    }

    /// An error for each part of a stored object that is unknown, which no state can hold; those parts are made null.
    pub(super) fn settle_unknowns(&self, value: &mut Value, diagnostics: &mut Diagnostics) {
        for path in unknown_paths(Members::of_block(self.block()), value) {
            if let Some(crate::framework::path::Step::Attribute(name)) = path.steps().first() {
                let part = without_unknowns(value.attr(name).clone());
                value.set_attr(name, part);
            }
            diagnostics.push(
                Diagnostic::error(
                    "Value not known after apply",
                    format!("The provider did not find out {path}. The object is in the state without it. This is a bug in the provider's own code."),
                )
                .at(path),
            );
        }
    }
}

fn does_not_fit(error: codec::EncodeError) -> Diagnostic {
    let detail = format!(
        "The provider made a value that does not fit its own schema: {error}. This is a bug in the provider's own code."
    );
    Diagnostic::error("Value does not fit the schema", detail).at(error.path)
}

fn without_unknowns(value: Value) -> Value {
    let all = |items: Vec<Value>| items.into_iter().map(without_unknowns).collect();
    let fields = |fields: BTreeMap<String, Value>| {
        fields
            .into_iter()
            .map(|(name, value)| (name, without_unknowns(value)))
            .collect()
    };
    match value {
        Value::Unknown(_) => Value::Null,
        Value::List(items) => Value::List(all(items)),
        Value::Set(items) => Value::Set(all(items)),
        Value::Tuple(items) => Value::Tuple(all(items)),
        Value::Map(items) => Value::Map(fields(items)),
        Value::Object(items) => Value::Object(fields(items)),
        known => known,
    }
}
