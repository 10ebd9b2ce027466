//! The resources, which share one implementation: what is planned is made, and what is left open is filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::diagnostics::{Diagnostic, Diagnostics};
use terraform_provider_twilio::framework::identity::IdentitySchema;
use terraform_provider_twilio::framework::provider::{
    ApplyAnswer, CreateRequest, DeleteRequest, ImportAnswer, ManagedResource, MoveSource, PlanAnswer, PlanRequest,
    ReadAnswer, ReadRequest, UpdateRequest,
};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;

use super::{Fault, Toy, schemas};

/// What each create stores beside the state.
pub const PRIVATE: &[u8] = b"made by the toy";

pub(super) fn all(toy: &Toy) -> Vec<Arc<dyn ManagedResource>> {
    let resource = |type_name, prefix, schema: fn() -> Schema| -> Arc<dyn ManagedResource> {
        Arc::new(Resource {
            type_name,
            prefix,
            schema,
            toy: toy.clone(),
        })
    };
    vec![
        resource("toy_nest", "nest", schemas::nest),
        resource("toy_old", "old", schemas::old),
        resource("toy_thing", "thing", schemas::thing),
    ]
}

struct Resource {
    type_name: &'static str,
    prefix: &'static str,
    schema: fn() -> Schema,
    toy: Toy,
}

impl Resource {
    /// The object as the service has it after a change: all that was left open is decided. A write-only value comes back
    /// too, as careless services have it.
    fn made(&self, planned: &Value, config: &Value, id: &str) -> Value {
        let mut memory = self.toy.memory();
        let revision = format!("r{}", memory.next());
        let mut secrets = Vec::new();
        collect_secrets(config, &mut secrets);
        memory.secrets.extend(secrets);
        let schema = (self.schema)();
        let mut object = filled(planned.clone(), &schema.block.value_type());
        object.set_attr("id", id.into());
        if schema.block.attribute("revision").is_some() {
            object.set_attr("revision", revision.into());
        }
        if schema.block.attribute("secret").is_some() {
            object.set_attr("secret", config.attr("secret").clone());
        }
        memory.objects.insert(id.to_owned(), object.clone());
        object
    }

    fn called(&self, call: &str, object: &Value) {
        self.toy
            .memory()
            .called(call, object.attr("id").as_str().unwrap_or_default());
    }
}

#[async_trait]
impl ManagedResource for Resource {
    fn type_name(&self) -> &str {
        self.type_name
    }

    fn schema(&self) -> Schema {
        (self.schema)()
    }

    async fn modify_plan(&self, request: PlanRequest<'_>) -> PlanAnswer {
        let mut answer = PlanAnswer::unchanged(&request);
        if request.planned.is_null() {
            if self.toy.has(Fault::Protected) {
                answer.diagnostics.push(Diagnostic::error(
                    "The object is protected",
                    "Nothing was changed. Take its protection away first.",
                ));
            }
        } else if self.toy.has(Fault::PlanImpossible) {
            answer.planned.set_attr("note", "decided by nobody".into());
        } else if self.toy.has(Fault::PlanBecomesAnother) && !request.prior.is_null() {
            answer.planned.set_attr("id", "thing-another".into());
        }
        let paths: Vec<_> = request.requires_replace.iter().map(ToString::to_string).collect();
        if request.destroys() {
            self.toy.memory().called("goes", &paths.join(","));
        }
        answer
    }

    async fn read(&self, request: ReadRequest) -> Result<ReadAnswer, Diagnostics> {
        self.called("read", &request.state);
        if self.toy.has(Fault::ReadRefused) {
            return Err(Diagnostic::error("The toy does not answer", "Nothing was changed. Try again.").into());
        }
        let id = request.state.attr("id").as_str().unwrap_or_default();
        let mut state = self.toy.memory().objects.get(id).cloned();
        if let Some(state) = &mut state
            && let Some(text) = state.attr("json").as_str()
        {
            let respelled = text.split_whitespace().collect::<String>();
            state.set_attr("json", respelled.into());
        }
        if let (Some(state), true) = (&mut state, self.toy.has(Fault::ReadFindsAnother)) {
            state.set_attr("id", "thing-another".into());
        }
        Ok(ReadAnswer {
            state,
            private: request.private,
            diagnostics: Diagnostics::new(),
        })
    }

    async fn create(&self, request: CreateRequest) -> ApplyAnswer {
        self.called("create", &Value::Null);
        let failed = |state| ApplyAnswer {
            state,
            private: PRIVATE.to_vec(),
            diagnostics: Diagnostic::error("The toy fell over", "See whether it still stands.").into(),
        };
        if self.toy.has(Fault::CreateRefused) {
            return failed(None);
        }
        assert!(
            !self.toy.has(Fault::CreatePanics) || request.planned.attr("note").as_str() == Some("fine"),
            "the secret is {:?}",
            request.config.attr("secret")
        );
        let id = format!("{}-{}", self.prefix, self.toy.memory().next());
        let mut object = self.made(&request.planned, &request.config, &id);
        if self.toy.has(Fault::CreateHangs) {
            let stopped = self.toy.stop.notified();
            self.toy.hanging.notify_one();
            stopped.await;
            return failed(Some(object));
        }
        if self.toy.has(Fault::CreateHalfway) {
            return failed(Some(object));
        }
        if self.toy.has(Fault::CreateLeavesUnknown) {
            object.set_attr("revision", Value::UNKNOWN);
        }
        ApplyAnswer {
            state: Some(object),
            private: PRIVATE.to_vec(),
            diagnostics: Diagnostics::new(),
        }
    }

    async fn update(&self, request: UpdateRequest) -> ApplyAnswer {
        self.called("update", &request.prior);
        let id = request.prior.attr("id").as_str().unwrap_or_default();
        if self.toy.has(Fault::UpdateHalfway) {
            let mut object = request.prior.clone();
            object.set_attr("note", request.planned.attr("note").clone());
            self.toy.memory().objects.insert(id.to_owned(), object.clone());
            return ApplyAnswer {
                state: Some(object),
                private: request.private,
                diagnostics: Diagnostic::error("The toy fell over", "Only the note was changed.").into(),
            };
        }
        let mut object = self.made(&request.planned, &request.config, id);
        if self.toy.has(Fault::UpdateBecomesAnother) {
            object.set_attr("id", "thing-another".into());
        }
        ApplyAnswer {
            state: Some(object),
            private: request.private,
            diagnostics: Diagnostics::new(),
        }
    }

    async fn delete(&self, request: DeleteRequest) -> Result<Diagnostics, Diagnostics> {
        self.called("delete", &request.prior);
        if self.toy.has(Fault::DeleteRefused) {
            return Err(Diagnostic::error("The toy holds on to it", "Nothing was changed. Try again.").into());
        }
        self.toy.memory().deleted_with.push(request.private);
        let id = request.prior.attr("id").as_str().unwrap_or_default();
        self.toy.memory().objects.remove(id);
        Ok(Diagnostics::new())
    }

    async fn import(&self, id: &str) -> Result<ImportAnswer, Diagnostics> {
        if !id.starts_with(&format!("{}-", self.prefix)) {
            let detail = format!("{id:?} is not an id of this type, which looks like {}-1.", self.prefix);
            return Err(Diagnostic::error("Not an id", detail).into());
        }
        Ok(ImportAnswer {
            // A secret that a careless resource would put there is nulled by the framework.
            state: match self.prefix {
                "thing" => Value::object([("id", Value::from(id)), ("secret", "careless".into())]),
                _ => Value::object([("id", Value::from(id))]),
            },
            private: PRIVATE.to_vec(),
            diagnostics: Diagnostics::new(),
        })
    }

    fn supports_moves(&self) -> bool {
        self.type_name == "toy_thing"
    }

    fn identity(&self) -> Option<IdentitySchema> {
        assert!(!self.toy.has(Fault::IdentityPanics), "no identity");
        (self.type_name == "toy_thing").then(schemas::thing_identity)
    }

    async fn import_by_identity(&self, identity: Value) -> Result<ImportAnswer, Diagnostics> {
        let id = identity.attr("id").as_str().unwrap_or_default();
        self.toy.memory().called("identify", id);
        let mut answer = self.import(id).await?;
        answer.state.set_attr("zone", identity.attr("zone").clone());
        answer.state.set_attr("color", identity.attr("color").clone());
        if self.toy.has(Fault::ImportFindsAnother) {
            answer.state.set_attr("id", "thing-another".into());
        } else if self.toy.has(Fault::ImportFindsNothing) {
            answer.state.set_attr("id", Value::Null);
        }
        Ok(answer)
    }

    fn upgrade_identity(&self, from_version: i64, identity: Json) -> Result<Json, Diagnostic> {
        match from_version {
            0 => Ok(json!({ "id": identity["key"], "zone": null, "color": null })),
            _ => Err(Diagnostic::error(
                "Unknown version",
                format!("Version {from_version} never was."),
            )),
        }
    }

    /// What the toy makes up by itself nobody has to write.
    fn modify_generated_config(&self, state: &Value, mut config: Value) -> Value {
        if state.attr("color").as_str() == Some("made") {
            config.set_attr("color", Value::Null);
        }
        config
    }

    /// Version 0 had `title` where version 1 has `name`.
    fn upgrade(&self, from_version: i64, mut state: Json) -> Result<Json, Diagnostic> {
        if from_version != 0 {
            return Err(Diagnostic::error(
                "Unknown version",
                format!("Version {from_version} never was."),
            ));
        }
        let title = state["title"].take();
        state["name"] = title;
        state["secret"] = json!("careless");
        Ok(state)
    }

    fn move_from(&self, source: &MoveSource) -> Option<Result<Json, Diagnostic>> {
        let is_ours = self.type_name == "toy_thing" && source.type_name == "toy_old";
        if !is_ours || !source.provider_address.ends_with("/test/toy") {
            return None;
        }
        let title = &source.state["title"];
        let identity = source.identity.as_ref().map(ToString::to_string);
        self.toy.memory().called("moved", &identity.unwrap_or_default());
        Some(Ok(
            json!({ "id": source.state["id"], "name": title, "size": 5, "secret": "careless" }),
        ))
    }
}

/// `value` with something for all that is unknown.
fn filled(value: Value, ty: &Type) -> Value {
    match (value, ty) {
        (Value::Unknown(_), Type::String) => "made".into(),
        (Value::Unknown(_), Type::Number) => 7.into(),
        (Value::Unknown(_), Type::Bool) => true.into(),
        (Value::Unknown(_), _) => Value::Null,
        (Value::Object(fields), Type::Object(types)) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| {
                    let value = filled(value, &types[&name]);
                    (name, value)
                })
                .collect(),
        ),
        (Value::List(items), Type::List(ty)) => Value::List(items.into_iter().map(|item| filled(item, ty)).collect()),
        (Value::Set(items), Type::Set(ty)) => Value::Set(items.into_iter().map(|item| filled(item, ty)).collect()),
        (Value::Map(items), Type::Map(ty)) => Value::Map(
            items
                .into_iter()
                .map(|(key, item)| (key, filled(item, ty)))
                .collect::<BTreeMap<_, _>>(),
        ),
        (value, _) => value,
    }
}

/// Each attribute called `secret`, at any depth.
fn collect_secrets(value: &Value, found: &mut Vec<String>) {
    for (name, part) in value.as_fields().into_iter().flatten() {
        if name == "secret" {
            found.extend(part.as_str().map(ToOwned::to_owned));
        }
        collect_secrets(part, found);
    }
    for part in value.as_elements().into_iter().flatten() {
        collect_secrets(part, found);
    }
}
