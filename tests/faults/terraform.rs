//! What Terraform's core does with a provider, in this process: it calls the same methods with the same bytes, carries
//! state and private data, and judges the responses by core's own rules.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::codec::{decode_json, encode_json, encode_msgpack, from_proto};
use terraform_provider_twilio::framework::proto::list_resource::Event;
use terraform_provider_twilio::framework::proto::provider_server::Provider as _;
use terraform_provider_twilio::framework::proto::{
    ClientCapabilities, Diagnostic, DynamicValue, ResourceIdentityData, apply_resource_change, configure_provider,
    generate_resource_config, import_resource_state, list_resource, plan_resource_change, read_data_source,
    read_resource, stop_provider, validate_resource_config,
};
use terraform_provider_twilio::framework::provider::Provider as _;
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::server::Server;
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::TwilioProvider;
use tonic::Request;
use tonic::codegen::BoxStream;

use crate::clock::{SPEED, ScaledClock};
use crate::propose::proposed;
use crate::tables::TABLES;
use crate::twilio::Twilio;

/// What a check found, in a sentence or more.
pub type Finding = String;

/// A provider process, configured for one local Twilio.
pub struct Terraform {
    server: Server<TwilioProvider>,
}

/// An object as a state file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Its attributes.
    pub value: Value,
    /// The provider's own bytes.
    pub private: Vec<u8>,
}

/// What came of an operation.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What the state file has afterwards.
    pub state: Option<State>,
    /// What the provider said.
    pub diagnostics: Vec<Diagnostic>,
}

/// A plan.
pub struct Plan {
    prior: Value,
    config: Value,
    /// The object to come; null for one that goes.
    pub planned: Value,
    /// Whether it takes another object.
    pub replaces: bool,
    /// Warnings.
    pub said: Vec<Diagnostic>,
    private: Vec<u8>,
}

/// The schemas, which are the same in all processes.
static SCHEMAS: LazyLock<BTreeMap<String, (Schema, Type)>> = LazyLock::new(|| {
    let provider = TwilioProvider::default().offering(TABLES, &[]);
    let resources = provider.resources().into_iter();
    resources
        .map(|resource| {
            let schema = resource.schema();
            let ty = schema.block.value_type();
            (resource.type_name().to_owned(), (schema, ty))
        })
        .collect()
});

/// What searches are configured with.
static SEARCHES: LazyLock<BTreeMap<String, Type>> = LazyLock::new(|| {
    let provider = TwilioProvider::default().offering(TABLES, &[]);
    let searches = provider.list_resources().into_iter();
    searches
        .map(|search| (search.type_name().to_owned(), search.schema().block.value_type()))
        .collect()
});

/// What data sources are configured with and read.
static DATA_SOURCES: LazyLock<BTreeMap<String, Type>> = LazyLock::new(|| {
    let provider = TwilioProvider::default().offering(TABLES, &[]);
    let sources = provider.data_sources().into_iter();
    sources
        .map(|source| (source.type_name().to_owned(), source.schema().block.value_type()))
        .collect()
});

static PROVIDER_TYPE: LazyLock<Type> = LazyLock::new(|| TwilioProvider::default().schema().block.value_type());

impl Outcome {
    /// Errors among what the provider said.
    pub fn errors(&self) -> Vec<&Diagnostic> {
        self.diagnostics.iter().filter(|said| said.severity == 1).collect()
    }

    /// The state of what must have succeeded.
    pub fn succeeded(self, what: &str) -> Result<State, Finding> {
        if let Some(error) = self.errors().first() {
            return Err(format!("{what} failed: {}", text(error)));
        }
        self.state.ok_or_else(|| format!("{what} left no state"))
    }
}

/// A diagnostic for a report.
pub fn text(said: &Diagnostic) -> String {
    format!("{}: {}", said.summary, said.detail.replace('\n', " "))
}

/// Attributes of a resource out of JSON; what is left out is null.
pub fn value(type_name: &str, json: &Json) -> Value {
    let (_, ty) = &SCHEMAS[type_name];
    decode_json(json, ty).unwrap_or_else(|error| panic!("the sample of {type_name}: {error}"))
}

/// A state as JSON, to be shown and searched.
pub fn shown(type_name: &str, value: &Value) -> Json {
    let (_, ty) = &SCHEMAS[type_name];
    encode_json(value, ty).unwrap_or_else(|error| panic!("a state of {type_name}: {error}"))
}

impl Terraform {
    /// A process of its own for this Twilio, with a clock of this seed. Gives up what lasts after six repetitions; only a
    /// request that is never answered takes as long as a busy machine may.
    pub async fn start(twilio: &Twilio, seed: u64) -> Self {
        Self::configured(twilio, seed, &json!({"max_retries": 6, "max_elapsed": 120 * SPEED})).await
    }

    /// As [`Self::start`], for responses that never come: each is waited for two seconds of real time, and two of them are enough.
    pub async fn hasty(twilio: &Twilio, seed: u64) -> Self {
        let patience = json!({"max_retries": 6, "max_elapsed": 5 * SPEED, "request_timeout": 2});
        Self::configured(twilio, seed, &patience).await
    }

    /// As [`Self::hasty`], where a response comes in the end: what follows it may take as long as a busy machine needs.
    pub async fn hasty_once(twilio: &Twilio, seed: u64) -> Self {
        let patience = json!({"max_retries": 6, "max_elapsed": 120 * SPEED, "request_timeout": 2});
        Self::configured(twilio, seed, &patience).await
    }

    /// As [`Self::start`], and as patient as may be. On a clock that runs fast a busy machine looks like a slow Twilio.
    pub async fn patient(twilio: &Twilio, seed: u64) -> Self {
        Self::configured(twilio, seed, &json!({"max_retries": 20, "max_elapsed": 86_400})).await
    }

    async fn configured(twilio: &Twilio, seed: u64, patience: &Json) -> Self {
        let provider = TwilioProvider::with_clock(Arc::new(ScaledClock::new(seed)))
            .without_environment()
            .offering(TABLES, &[]);
        let server = Server::new(provider);
        let mut config = json!({
            "account_sid": twilio.handle.account_sid,
            "auth_token": twilio.handle.auth_token,
            "base_url": twilio.handle.url,
            "request_timeout": 60,
            "skip_credentials_validation": true,
        });
        for (name, value) in patience.as_object().into_iter().flatten() {
            config[name] = value.clone();
        }
        let config = decode_json(&config, &PROVIDER_TYPE).expect("the provider block fits its schema");
        let request = configure_provider::Request {
            terraform_version: "1.15.0".to_owned(),
            config: Some(message(&config, &PROVIDER_TYPE)),
            ..Default::default()
        };
        let answer = server.configure_provider(Request::new(request)).await;
        let said = answer.expect("never a gRPC status").into_inner().diagnostics;
        assert!(said.is_empty(), "configuring the provider: {said:?}");
        Self { server }
    }

    /// Stops, as core does after a signal.
    pub async fn stop(&self) {
        let answer = self.server.stop_provider(Request::new(stop_provider::Request {})).await;
        assert_eq!(answer.expect("never a gRPC status").into_inner().error, "");
    }

    /// Validates and plans, as core does before each apply. A null configuration plans to destroy.
    pub async fn plan(&self, type_name: &str, prior: Option<&State>, config: &Value) -> Result<Plan, Finding> {
        let (schema, ty) = &SCHEMAS[type_name];
        if !config.is_null() {
            let request = validate_resource_config::Request {
                type_name: type_name.to_owned(),
                config: Some(message(config, ty)),
                client_capabilities: Some(ClientCapabilities {
                    write_only_attributes_allowed: true,
                    ..ClientCapabilities::default()
                }),
            };
            let answer = self.server.validate_resource_config(Request::new(request)).await;
            let said = answer
                .map_err(|status| format!("gRPC status {status}"))?
                .into_inner()
                .diagnostics;
            no_error("the validation", &said)?;
        }
        let prior_value = prior.map_or(Value::Null, |state| state.value.clone());
        let wanted = match config {
            Value::Null => Value::Null,
            config => proposed(&schema.block, &prior_value, config),
        };
        let request = plan_resource_change::Request {
            type_name: type_name.to_owned(),
            prior_state: Some(message(&prior_value, ty)),
            proposed_new_state: Some(message(&wanted, ty)),
            config: Some(message(config, ty)),
            prior_private: prior.map(|state| state.private.clone()).unwrap_or_default(),
            ..Default::default()
        };
        let answer = self.server.plan_resource_change(Request::new(request)).await;
        let answer = answer.map_err(|status| format!("gRPC status {status}"))?.into_inner();
        no_error("the plan", &answer.diagnostics)?;
        Ok(Plan {
            prior: prior_value,
            config: config.clone(),
            planned: decoded(answer.planned_state.as_ref(), ty)?,
            replaces: !answer.requires_replace.is_empty(),
            said: answer.diagnostics,
            private: answer.planned_private,
        })
    }

    /// Applies a plan, and holds the response against core's rules.
    pub async fn apply(&self, type_name: &str, plan: Plan) -> Result<Outcome, Finding> {
        let (_, ty) = &SCHEMAS[type_name];
        let request = apply_resource_change::Request {
            type_name: type_name.to_owned(),
            prior_state: Some(message(&plan.prior, ty)),
            planned_state: Some(message(&plan.planned, ty)),
            config: Some(message(&plan.config, ty)),
            planned_private: plan.private.clone(),
            ..Default::default()
        };
        let answer = self.server.apply_resource_change(Request::new(request)).await;
        let answer = answer.map_err(|status| format!("gRPC status {status}"))?.into_inner();
        let failed = answer.diagnostics.iter().any(|said| said.severity == 1);
        let value = match &answer.new_state {
            Some(state) => decoded(Some(state), ty)?,
            // Core keeps what it had when a provider answers an error and no state.
            None if failed => plan.prior.clone(),
            None => Value::Null,
        };
        if !value.is_wholly_known() {
            return Err(format!("unknown values after the apply: {value:?}"));
        }
        if !failed {
            consistent(&plan.planned, &value, type_name)?;
        }
        let private = answer.private;
        Ok(Outcome {
            state: (!value.is_null()).then_some(State { value, private }),
            diagnostics: answer.diagnostics,
        })
    }

    /// Destroys what makes room for a planned object: core hands that destroy what the plan has left.
    pub async fn make_room(&self, type_name: &str, state: &State, plan: &Plan) -> Result<Outcome, Finding> {
        let destroy = Plan {
            prior: state.value.clone(),
            config: Value::Null,
            planned: Value::Null,
            replaces: false,
            said: Vec::new(),
            private: plan.private.clone(),
        };
        self.apply(type_name, destroy).await
    }

    /// Plans and applies: something new, a change, or with a null configuration the end.
    pub async fn change(&self, type_name: &str, prior: Option<&State>, config: &Value) -> Result<Outcome, Finding> {
        let plan = self.plan(type_name, prior, config).await?;
        self.apply(type_name, plan).await
    }

    /// Refreshes. Core keeps what it had after an error.
    pub async fn read(&self, type_name: &str, state: &State) -> Result<Outcome, Finding> {
        let (_, ty) = &SCHEMAS[type_name];
        let request = read_resource::Request {
            type_name: type_name.to_owned(),
            current_state: Some(message(&state.value, ty)),
            private: state.private.clone(),
            ..Default::default()
        };
        let answer = self.server.read_resource(Request::new(request)).await;
        let answer = answer.map_err(|status| format!("gRPC status {status}"))?.into_inner();
        if answer.diagnostics.iter().any(|said| said.severity == 1) {
            return Ok(Outcome {
                state: Some(state.clone()),
                diagnostics: answer.diagnostics,
            });
        }
        let value = decoded(answer.new_state.as_ref(), ty)?;
        let private = answer.private;
        Ok(Outcome {
            state: (!value.is_null()).then_some(State { value, private }),
            diagnostics: answer.diagnostics,
        })
    }

    /// Imports and refreshes.
    pub async fn import(&self, type_name: &str, id: &str) -> Result<State, Finding> {
        let request = import_resource_state::Request {
            type_name: type_name.to_owned(),
            id: id.to_owned(),
            ..Default::default()
        };
        self.imported(type_name, id, request).await
    }

    /// Imports what a search found, and refreshes.
    pub async fn import_found(&self, type_name: &str, identity: &ResourceIdentityData) -> Result<State, Finding> {
        let request = import_resource_state::Request {
            type_name: type_name.to_owned(),
            identity: Some(identity.clone()),
            ..Default::default()
        };
        self.imported(type_name, "an identity", request).await
    }

    async fn imported(
        &self,
        type_name: &str,
        id: &str,
        request: import_resource_state::Request,
    ) -> Result<State, Finding> {
        let (_, ty) = &SCHEMAS[type_name];
        let answer = self.server.import_resource_state(Request::new(request)).await;
        let answer = answer.map_err(|status| format!("gRPC status {status}"))?.into_inner();
        no_error("the import", &answer.diagnostics)?;
        let [imported] = answer.imported_resources.as_slice() else {
            return Err(format!(
                "importing {id} answered {} objects",
                answer.imported_resources.len()
            ));
        };
        let state = State {
            value: decoded(imported.state.as_ref(), ty)?,
            private: imported.private.clone(),
        };
        self.read(type_name, &state)
            .await?
            .succeeded("the read after the import")
    }

    /// Reads a data source.
    pub async fn read_data(&self, type_name: &str, config: &Json) -> Result<Json, Finding> {
        let ty = &DATA_SOURCES[type_name];
        let config = decode_json(config, ty).map_err(|error| format!("the data source {type_name}: {error}"))?;
        let request = read_data_source::Request {
            type_name: type_name.to_owned(),
            config: Some(message(&config, ty)),
            ..Default::default()
        };
        let answer = self.server.read_data_source(Request::new(request)).await;
        let answer = answer.map_err(|status| format!("gRPC status {status}"))?.into_inner();
        no_error("the data source", &answer.diagnostics)?;
        let read = decoded(answer.state.as_ref(), ty)?;
        encode_json(&read, ty).map_err(|error| format!("a data source {type_name}: {error}"))
    }

    /// Begins a search.
    pub async fn search(&self, type_name: &str, config: &Json, include_resource: bool, limit: i64) -> BoxStream<Event> {
        let ty = &SEARCHES[type_name];
        let config = decode_json(config, ty).unwrap_or_else(|error| panic!("the search for {type_name}: {error}"));
        let request = list_resource::Request {
            type_name: type_name.to_owned(),
            config: Some(message(&config, ty)),
            include_resource_object: include_resource,
            limit,
        };
        let answer = self.server.list_resource(Request::new(request)).await;
        answer.expect("never a gRPC status").into_inner()
    }

    /// The object of an event, where it has one.
    pub fn object(&self, type_name: &str, event: &Event) -> Option<Value> {
        let (_, ty) = &SCHEMAS[type_name];
        let object = event.resource_object.as_ref()?;
        Some(decoded(Some(object), ty).unwrap_or_else(|finding| panic!("{type_name}: {finding}")))
    }

    /// The configuration that is written for an object.
    pub async fn generate(&self, type_name: &str, object: &Value) -> Result<Value, Finding> {
        let (_, ty) = &SCHEMAS[type_name];
        let request = generate_resource_config::Request {
            type_name: type_name.to_owned(),
            state: Some(message(object, ty)),
        };
        let answer = self.server.generate_resource_config(Request::new(request)).await;
        let answer = answer.map_err(|status| format!("gRPC status {status}"))?.into_inner();
        no_error("the generation", &answer.diagnostics)?;
        decoded(answer.config.as_ref(), ty)
    }
}

fn message(value: &Value, ty: &Type) -> DynamicValue {
    DynamicValue {
        msgpack: encode_msgpack(value, ty).expect("it conforms"),
        json: Vec::new(),
    }
}

fn decoded(message: Option<&DynamicValue>, ty: &Type) -> Result<Value, Finding> {
    from_proto(message, ty).map_err(|error| format!("an answer does not decode: {error}"))
}

fn no_error(what: &str, said: &[Diagnostic]) -> Result<(), Finding> {
    match said.iter().find(|said| said.severity == 1) {
        Some(error) => Err(format!("{what} failed: {}", text(error))),
        None => Ok(()),
    }
}

/// "Provider produced inconsistent result after apply": whatever was planned as known must have come about.
fn consistent(planned: &Value, actual: &Value, place: &str) -> Result<(), Finding> {
    match (planned, actual) {
        (Value::Unknown(_), _) => Ok(()),
        (Value::Object(planned), Value::Object(actual)) => planned.iter().try_for_each(|(name, planned)| {
            consistent(
                planned,
                actual.get(name).unwrap_or(&Value::Null),
                &format!("{place}.{name}"),
            )
        }),
        (Value::List(planned), Value::List(actual)) if planned.len() == actual.len() => {
            let pairs = planned.iter().zip(actual);
            pairs
                .enumerate()
                .try_for_each(|(index, (planned, actual))| consistent(planned, actual, &format!("{place}[{index}]")))
        }
        // Elements of a set with unknown parts have no place; each must have some counterpart.
        (Value::Set(planned), Value::Set(actual)) if planned.len() == actual.len() => {
            match planned
                .iter()
                .find(|planned| !actual.iter().any(|actual| consistent(planned, actual, place).is_ok()))
            {
                Some(lost) => Err(format!("{place} was planned with {lost:?} and has only {actual:?}")),
                None => Ok(()),
            }
        }
        (planned, actual) if planned == actual => Ok(()),
        (planned, actual) => Err(format!("{place} was planned as {planned:?} and is {actual:?}")),
    }
}
