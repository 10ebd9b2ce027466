//! What a provider offers, as traits: the seam between Terraform's rules (here) and a service's (the engine).
//!
//! Everything that can be said once for all providers is done before a method here is called: values are decoded and
//! conform to the schema, defaults are planned, write-only values are nulled, required values are present.

use std::sync::Arc;

use async_trait::async_trait;

use super::action::Action;
use super::diagnostics::{Diagnostic, Diagnostics};
use super::identity::IdentitySchema;
use super::list::ListResource;
use super::path::AttributePath;
use super::schema::Schema;
use super::types::Type;
use super::value::Value;

/// A whole provider.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    /// The provider block.
    fn schema(&self) -> Schema;

    /// Resources, sorted by type name.
    fn resources(&self) -> Vec<Arc<dyn ManagedResource>>;

    /// Data sources, sorted by type name.
    fn data_sources(&self) -> Vec<Arc<dyn DataSource>>;

    /// Ephemeral resources, sorted by type name.
    fn ephemeral_resources(&self) -> Vec<Arc<dyn EphemeralResource>> {
        Vec::new()
    }

    /// List resources, sorted by type name. Each searches for objects of a managed resource of the same name.
    fn list_resources(&self) -> Vec<Arc<dyn ListResource>> {
        Vec::new()
    }

    /// Actions, sorted by type name.
    fn actions(&self) -> Vec<Arc<dyn Action>> {
        Vec::new()
    }

    /// Functions, sorted by name.
    fn functions(&self) -> Vec<Arc<dyn Function>> {
        Vec::new()
    }

    /// Checks between the arguments of the provider block. Any part may be unknown. No I/O.
    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Takes the provider block. May be called again in a process that serves several runs; the last call counts.
    ///
    /// Parts of the configuration are unknown while planning when they come from resources that do not exist yet. That
    /// is not an error: what really needs them says so when it is asked.
    async fn configure(&self, request: ConfigureRequest) -> Diagnostics;

    /// Whether nothing can be asked of the service because the last configuration has unknown parts that it takes. Callers that
    /// allow it are then told to come back later.
    fn awaits_configuration(&self) -> bool {
        false
    }

    /// Ends waits and retries soon. What is requested afterwards is served again.
    fn stop(&self);

    /// Takes back what is still open: the process ends, and little time is left. Called once.
    async fn end(&self) {}
}

/// The request to [`Provider::configure`].
#[derive(Debug, Clone)]
pub struct ConfigureRequest {
    /// Version of the program that calls: Terraform's or OpenTofu's.
    pub terraform_version: String,
    /// The provider block.
    pub config: Value,
}

/// Bytes that Terraform stores with an object and hands back, without looking at them.
pub type Private = Vec<u8>;

/// A kind of object that Terraform creates, changes and deletes.
#[async_trait]
pub trait ManagedResource: Send + Sync {
    /// Full type name, for example `twilio_queue`.
    fn type_name(&self) -> &str;

    /// The schema: the same each time. Made anew on each call, so called when it is needed and not kept in vain.
    fn schema(&self) -> Schema;

    /// Checks beyond the schema. Any part may be unknown. No I/O.
    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Whether the bytes stored with an object say that it was written here, after which the state has what it was given. What
    /// was imported was not, and its secrets are nowhere.
    fn has_written(&self, _private: &[u8]) -> bool {
        true
    }

    /// Last word on a plan, after the schema's rules. Must give the same answer for the same question.
    ///
    /// Called for create, update and delete alike.
    async fn modify_plan(&self, request: PlanRequest<'_>) -> PlanAnswer {
        PlanAnswer::unchanged(&request)
    }

    /// Reads the object. `Ok(None)` means that it is gone.
    ///
    /// # Errors
    /// Diagnostics, at least one of them an error, when nothing can be said; the state then stays as it is.
    async fn read(&self, request: ReadRequest) -> Result<ReadAnswer, Diagnostics>;

    /// Creates the object.
    async fn create(&self, request: CreateRequest) -> ApplyAnswer;

    /// Changes the object in place.
    async fn update(&self, request: UpdateRequest) -> ApplyAnswer;

    /// Deletes the object, or does what destroying means for it. Something already gone is success.
    ///
    /// # Errors
    /// Diagnostics, at least one of them an error, when the object still stands; the state keeps it.
    async fn delete(&self, request: DeleteRequest) -> Result<Diagnostics, Diagnostics>;

    /// Bytes to store with an object that still stands after a delete that failed.
    fn private_of_what_stands(&self, request: &DeleteRequest) -> Private {
        request.private.clone()
    }

    /// Makes the state that a read can start from, out of an import id.
    ///
    /// # Errors
    /// Diagnostics that say what an id of this type looks like.
    async fn import(&self, id: &str) -> Result<ImportAnswer, Diagnostics>;

    /// Brings the state of an older schema version to the current schema, as JSON. The framework calls this only when
    /// the stored version is lower than [`Schema::version`].
    ///
    /// # Errors
    /// A diagnostic that names both versions when there is no way.
    fn upgrade(&self, from_version: i64, _state: serde_json::Value) -> Result<serde_json::Value, Diagnostic> {
        Err(Diagnostic::error(
            format!("State of {} cannot be upgraded", self.type_name()),
            format!(
                "The state was written with schema version {from_version}, which this version of the provider does not \
                 know. Apply once with the provider version that wrote it, or remove the object from state and import it."
            ),
        ))
    }

    /// Whether [`ManagedResource::move_from`] takes over anything. While no resource does, Terraform is told that nothing can
    /// be moved, and says so itself.
    fn supports_moves(&self) -> bool {
        false
    }

    /// Takes over the state of an object of another type, possibly of another provider. `None`: this source is not
    /// supported.
    fn move_from(&self, _source: &MoveSource) -> Option<Result<serde_json::Value, Diagnostic>> {
        None
    }

    /// What names one object of this type; `None` where nothing does. Called once per process.
    fn identity(&self) -> Option<IdentitySchema> {
        None
    }

    /// As [`ManagedResource::import`], out of an identity: an object of the identity's type whose required attributes are set,
    /// and others null where the practitioner left them out. The state must have the identity again.
    ///
    /// # Errors
    /// Diagnostics that say what is wrong with the identity.
    async fn import_by_identity(&self, _identity: Value) -> Result<ImportAnswer, Diagnostics> {
        Err(Diagnostic::error(
            format!("{} cannot be imported by identity", self.type_name()),
            "Nothing was imported. Give the import block an id in place of the identity.",
        )
        .into())
    }

    /// Brings an identity of an older version to the current one, as JSON. The framework calls this only when the stored
    /// version is lower than [`IdentitySchema::version`].
    ///
    /// # Errors
    /// A diagnostic that names both versions when there is no way.
    fn upgrade_identity(
        &self,
        from_version: i64,
        _identity: serde_json::Value,
    ) -> Result<serde_json::Value, Diagnostic> {
        Err(Diagnostic::error(
            format!("Identity of {} cannot be upgraded", self.type_name()),
            format!(
                "The identity was written with version {from_version}, which this version of the provider does not know. \
                 Nothing was changed. Apply once with the provider version that wrote it, or remove the object from the state \
                 and import it."
            ),
        ))
    }

    /// Last word on a configuration that is made from the state of an object. What the object would have anyway is null
    /// already.
    fn modify_generated_config(&self, _state: &Value, config: Value) -> Value {
        config
    }
}

/// The request to [`ManagedResource::modify_plan`].
#[derive(Debug, Clone, Copy)]
pub struct PlanRequest<'a> {
    /// The object as stored; null for a create.
    pub prior: &'a Value,
    /// The configuration; null for a delete.
    pub config: &'a Value,
    /// The plan so far; null for a delete.
    pub planned: &'a Value,
    /// Where the schema has decided that the change replaces the object. Empty for a create and a delete.
    pub requires_replace: &'a [AttributePath],
    /// Bytes stored with the object.
    pub private: &'a [u8],
}

impl PlanRequest<'_> {
    /// Whether the schema has decided that the change replaces the object. This, and nothing else, is what Terraform will be
    /// told, together with [`PlanAnswer::requires_replace`].
    pub fn replaces(&self) -> bool {
        !self.requires_replace.is_empty()
    }

    /// Whether the object that is stored will go: destroyed, or replaced by the schema's decision.
    pub fn destroys(&self) -> bool {
        self.planned.is_null() || self.replaces()
    }
}

/// What [`ManagedResource::modify_plan`] answers.
#[derive(Debug, Clone)]
pub struct PlanAnswer {
    /// The plan. Ignored for a delete.
    pub planned: Value,
    /// Paths that force replacement, beyond those of the schema.
    pub requires_replace: Vec<AttributePath>,
    /// Bytes to store with the plan.
    pub private: Private,
    /// What the practitioner should know.
    pub diagnostics: Diagnostics,
}

impl PlanAnswer {
    /// The plan as it was.
    pub fn unchanged(request: &PlanRequest<'_>) -> Self {
        Self {
            planned: request.planned.clone(),
            requires_replace: Vec::new(),
            private: request.private.to_vec(),
            diagnostics: Diagnostics::new(),
        }
    }
}

/// The request to [`ManagedResource::read`].
#[derive(Debug, Clone)]
pub struct ReadRequest {
    /// The object as stored. After an import only what the import filled in is set.
    pub state: Value,
    /// Bytes stored with the object.
    pub private: Private,
}

/// What [`ManagedResource::read`] answers.
#[derive(Debug, Clone)]
pub struct ReadAnswer {
    /// The object; `None` when it is gone.
    pub state: Option<Value>,
    /// Bytes to store with the object.
    pub private: Private,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// The request to [`ManagedResource::create`].
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "the framework has what Terraform has")
)]
#[derive(Debug, Clone)]
pub struct CreateRequest {
    /// The object as planned; what is only known afterwards is unknown.
    pub planned: Value,
    /// The configuration, with write-only values.
    pub config: Value,
    /// Bytes from the plan.
    pub private: Private,
}

/// The request to [`ManagedResource::update`].
#[derive(Debug, Clone)]
pub struct UpdateRequest {
    /// The object as stored.
    pub prior: Value,
    /// The object as planned.
    pub planned: Value,
    /// The configuration, with write-only values.
    pub config: Value,
    /// Bytes from the plan.
    pub private: Private,
}

/// The request to [`ManagedResource::delete`].
#[derive(Debug, Clone)]
pub struct DeleteRequest {
    /// The object as stored.
    pub prior: Value,
    /// Bytes stored with the object.
    pub private: Private,
}

/// What a create or update did.
#[derive(Debug, Clone, Default)]
pub struct ApplyAnswer {
    /// The object as it now stands. `None`: nothing was created, or the object still stands as it was.
    ///
    /// With an error in `diagnostics` a created object is stored as tainted, so return it whenever it exists at all.
    pub state: Option<Value>,
    /// Bytes to store with the object.
    pub private: Private,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

/// What [`ManagedResource::import`] answers.
#[derive(Debug, Clone)]
pub struct ImportAnswer {
    /// A state from which a read finds the object. Attributes that are not set are null.
    pub state: Value,
    /// Bytes to store with the object.
    pub private: Private,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// Where a moved object comes from.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "the framework has what Terraform has")
)]
#[derive(Debug, Clone, Default)]
pub struct MoveSource {
    /// Full address, for example `registry.terraform.io/twilio/twilio`.
    pub provider_address: String,
    /// Type name there.
    pub type_name: String,
    /// Schema version there.
    pub schema_version: i64,
    /// State there, as stored.
    pub state: serde_json::Value,
    /// Identity there, if one is stored.
    pub identity: Option<serde_json::Value>,
}

/// Something that Terraform reads and never changes.
#[async_trait]
pub trait DataSource: Send + Sync {
    /// Full type name.
    fn type_name(&self) -> &str;

    /// The schema: the same each time. Made anew on each call, so called when it is needed and not kept in vain.
    fn schema(&self) -> Schema;

    /// Checks beyond the schema. Any part may be unknown. No I/O.
    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Reads. The configuration is wholly known. Configured values need not be copied into the response: the framework
    /// puts them there.
    ///
    /// # Errors
    /// Diagnostics, at least one of them an error. Finding nothing is an error too, which says what was searched for.
    async fn read(&self, config: Value) -> Result<DataSourceAnswer, Diagnostics>;
}

/// What [`DataSource::read`] answers.
#[derive(Debug, Clone)]
pub struct DataSourceAnswer {
    /// The whole object.
    pub state: Value,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// A value that is fetched for one run and never stored.
#[async_trait]
pub trait EphemeralResource: Send + Sync {
    /// Full type name.
    fn type_name(&self) -> &str;

    /// The schema: the same each time. Made anew on each call, so called when it is needed and not kept in vain.
    fn schema(&self) -> Schema;

    /// Checks beyond the schema. Any part may be unknown. No I/O.
    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Opens. The configuration is wholly known.
    ///
    /// # Errors
    /// Diagnostics, at least one of them an error; nothing is left open.
    async fn open(&self, config: Value) -> Result<OpenAnswer, Diagnostics>;

    /// Prolongs what is open. `private` is what the last open or renew answered.
    ///
    /// # Errors
    /// Diagnostics, at least one of them an error.
    async fn renew(&self, private: Private) -> Result<RenewAnswer, Diagnostics> {
        Ok(RenewAnswer {
            renew_at: None,
            private,
            diagnostics: Diagnostics::new(),
        })
    }

    /// Closes. `private` is what open answered (Terraform) or the latest renew (OpenTofu). Closing twice is fine.
    async fn close(&self, private: Private) -> Diagnostics;
}

/// What [`EphemeralResource::open`] answers.
#[derive(Debug, Clone)]
pub struct OpenAnswer {
    /// The whole object; configured values are put in by the framework.
    pub result: Value,
    /// When to renew, if ever.
    pub renew_at: Option<std::time::SystemTime>,
    /// What renew and close need to find it again, for as long as it may live.
    pub private: Private,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// What [`EphemeralResource::renew`] answers.
#[derive(Debug, Clone)]
pub struct RenewAnswer {
    /// When to renew next; `None` to stop.
    pub renew_at: Option<std::time::SystemTime>,
    /// What the next renew and close need.
    pub private: Private,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// A pure function that configurations can call.
pub trait Function: Send + Sync {
    /// Name without the provider's.
    fn name(&self) -> &str;

    /// Parameters, result and documentation.
    fn signature(&self) -> FunctionSignature;

    /// Computes. Arguments conform to the signature. The same arguments must give the same result.
    ///
    /// # Errors
    /// Says which argument is wrong, and how.
    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError>;
}

/// What a function takes and gives.
#[derive(Debug, Clone)]
pub struct FunctionSignature {
    /// Parameters in order.
    pub parameters: Vec<Parameter>,
    /// Takes what follows the parameters.
    pub variadic: Option<Parameter>,
    /// Type of the result.
    pub result: Type,
    /// One line.
    pub summary: String,
    /// Markdown.
    pub description: String,
}

/// One parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Name in documentation and errors.
    pub name: String,
    /// Type of the argument.
    pub ty: Type,
    /// Markdown.
    pub description: String,
    /// Null is passed on instead of refused.
    pub allow_null: bool,
    /// Unknown is passed on instead of answered with unknown.
    pub allow_unknown: bool,
}

/// Why a function could not be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionError {
    /// A sentence.
    pub text: String,
    /// Position of the argument at fault, counted from 0 over all arguments.
    pub argument: Option<usize>,
}
