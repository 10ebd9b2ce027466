//! A provider whose world is a map, with everything that schemas, plans and applies can have.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use terraform_provider_twilio::framework::diagnostics::{Diagnostic, Diagnostics};
use terraform_provider_twilio::framework::provider::*;
use terraform_provider_twilio::framework::schema::*;
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;

/// Objects by id, and what happened.
#[derive(Default)]
pub struct World {
    objects: BTreeMap<String, Value>,
    log: Vec<String>,
    made: u32,
}

/// The world, shared between a test and the provider.
#[derive(Clone, Default)]
pub struct Shared(Arc<Mutex<World>>);

impl Shared {
    fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What happened so far, in order.
    pub fn log(&self) -> Vec<String> {
        self.with(|world| world.log.clone())
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.with(|world| world.objects.len())
    }

    /// Changes an attribute of every object behind Terraform's back.
    pub fn drift(&self, name: &str, value: &Value) {
        self.with(|world| {
            world
                .objects
                .values_mut()
                .for_each(|object| object.set_attr(name, value.clone()))
        });
    }

    /// Removes every object behind Terraform's back.
    pub fn clear(&self) {
        self.with(|world| world.objects.clear());
    }

    fn note(&self, text: impl Into<String>) {
        self.with(|world| world.log.push(text.into()));
    }
}

/// The provider.
pub struct Toy(pub Shared);

#[async_trait]
impl Provider for Toy {
    fn schema(&self) -> Schema {
        let attributes = vec![Attribute::new("greeting", Type::String).optional()];
        Schema {
            version: 0,
            block: Block {
                attributes,
                ..Block::default()
            },
        }
    }

    fn resources(&self) -> Vec<Arc<dyn ManagedResource>> {
        vec![Arc::new(Thing(self.0.clone()))]
    }

    fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
        vec![Arc::new(Lookup)]
    }

    fn ephemeral_resources(&self) -> Vec<Arc<dyn EphemeralResource>> {
        vec![Arc::new(Token(self.0.clone()))]
    }

    fn functions(&self) -> Vec<Arc<dyn Function>> {
        vec![Arc::new(Join)]
    }

    async fn configure(&self, request: ConfigureRequest) -> Diagnostics {
        let greeting = request.config.attr("greeting");
        self.0.note(format!(
            "configured {}",
            greeting.as_str().unwrap_or("without a greeting")
        ));
        Diagnostics::new()
    }

    fn stop(&self) {
        self.0.note("stopped");
    }
}

/// `toy_thing`.
struct Thing(Shared);

fn text(name: &str) -> Attribute {
    Attribute::new(name, Type::String)
}

fn keeps(mut attribute: Attribute) -> Attribute {
    attribute.on_update = ComputedOnUpdate::Keeps;
    attribute
}

fn trimmed_equal(a: &Value, b: &Value) -> bool {
    a.as_str().map(str::trim) == b.as_str().map(str::trim)
}

impl Thing {
    fn stored(&self, id: &str) -> Option<Value> {
        self.0.with(|world| world.objects.get(id).cloned())
    }

    /// What the world makes of a plan: ids and revisions for what is unknown, texts without white space around them.
    fn realise(&self, planned: &Value, config: &Value, id: &str) -> Value {
        let revision = self.0.with(|world| {
            world.made += 1;
            world.made
        });
        let mut object = planned.clone();
        object.set_attr("id", id.into());
        object.set_attr("revision", Value::int(revision.into()));
        if let Some(document) = planned.attr("document").as_str() {
            object.set_attr("document", document.trim().into());
        }
        for (name, key) in [("items", "item"), ("rule", "rule")] {
            if let Value::List(items) = planned.attr(name) {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let mut item = item.clone();
                    if item.attr("id").is_unknown() {
                        item.set_attr("id", format!("{id}-{key}-{index}").into());
                    }
                    item
                });
                object.set_attr(name, Value::List(items.collect()));
            }
        }
        if let Some(secret) = config.attr("secret").as_str() {
            self.0.note(format!("secret {secret}"));
        }
        object
    }
}

#[async_trait]
impl ManagedResource for Thing {
    fn type_name(&self) -> &str {
        "toy_thing"
    }

    fn schema(&self) -> Schema {
        let mut size = Attribute::new("size", Type::Number).optional().computed();
        size.default = Some(Value::int(1));
        size.validators = vec![Validator::Range { min: 1, max: 9 }];
        let mut zone = text("zone").optional();
        zone.requires_replace = true;
        let mut document = text("document").optional();
        document.equivalent = Some(trimmed_equal);
        let mut old = text("old").optional();
        old.deprecated = Some("use name".to_owned());
        let item = vec![text("key").required(), keeps(text("id").computed())];
        let port = Attribute::new("port", Type::Number).required();
        let rule = NestedBlock {
            name: "rule".to_owned(),
            nesting: BlockNesting::List,
            min_items: 0,
            max_items: 2,
            block: Block {
                attributes: vec![port, keeps(text("id").computed())],
                ..Block::default()
            },
        };
        let attributes = vec![
            text("name").required(),
            size,
            zone,
            document,
            old,
            text("secret").optional().write_only().sensitive(),
            Attribute::new("secret_version", Type::Number).optional(),
            Attribute::new("tags", Type::map(Type::String)).optional(),
            Attribute::new("anything", Type::Dynamic).optional(),
            Attribute::nested("items", Nesting::List, item).optional(),
            keeps(text("id").computed()),
            Attribute::new("revision", Type::Number).computed(),
        ];
        Schema {
            version: 1,
            block: Block {
                attributes,
                blocks: vec![rule],
                ..Block::default()
            },
        }
    }

    async fn modify_plan(&self, request: PlanRequest<'_>) -> PlanAnswer {
        let mut answer = PlanAnswer::unchanged(&request);
        if request.planned.is_null() {
            let name = request.prior.attr("name").as_str().unwrap_or_default();
            answer
                .diagnostics
                .push(Diagnostic::warning(format!("{name} will go"), "As planned."));
            if name == "guarded" {
                answer
                    .diagnostics
                    .push(Diagnostic::error("guarded stays", "It is guarded."));
            }
        }
        answer
    }

    async fn read(&self, request: ReadRequest) -> Result<ReadAnswer, Diagnostics> {
        let id = request.state.attr("id").as_str().unwrap_or_default();
        let mut state = self.stored(id);
        if let Some(state) = &mut state {
            // A careless resource: the framework must not let it into the state.
            state.set_attr("secret", "leaked".into());
        }
        Ok(ReadAnswer {
            state,
            private: request.private,
            diagnostics: Diagnostics::new(),
        })
    }

    async fn create(&self, request: CreateRequest) -> ApplyAnswer {
        let name = request.planned.attr("name").as_str().unwrap_or_default().to_owned();
        let failed = |summary: &str| Diagnostics::from(Diagnostic::error(summary, "On purpose.").at_attribute("name"));
        match name.as_str() {
            "fail before" => {
                return ApplyAnswer {
                    diagnostics: failed("failed before"),
                    ..ApplyAnswer::default()
                };
            }
            "panic" => panic!("with the secret hunter2"),
            _ => {}
        }
        let id = format!("id-{name}");
        let object = self.realise(&request.planned, &request.config, &id);
        self.0.with(|world| world.objects.insert(id, object.clone()));
        self.0.note(format!("created {name}"));
        let mut state = object;
        state.set_attr("secret", "leaked".into());
        let diagnostics = if name == "fail after" {
            failed("failed after")
        } else {
            Diagnostics::new()
        };
        ApplyAnswer {
            state: Some(state),
            private: b"private".to_vec(),
            diagnostics,
        }
    }

    async fn update(&self, request: UpdateRequest) -> ApplyAnswer {
        let id = request.prior.attr("id").as_str().unwrap_or_default().to_owned();
        assert_eq!(request.private, b"private", "private bytes survive plan and read");
        let object = self.realise(&request.planned, &request.config, &id);
        self.0.with(|world| world.objects.insert(id.clone(), object.clone()));
        self.0.note(format!("updated {id}"));
        ApplyAnswer {
            state: Some(object),
            private: request.private,
            diagnostics: Diagnostics::new(),
        }
    }

    async fn delete(&self, request: DeleteRequest) -> Result<Diagnostics, Diagnostics> {
        let id = request.prior.attr("id").as_str().unwrap_or_default();
        if request.prior.attr("name").as_str() == Some("stuck") && self.0.log().iter().all(|line| line != "unstuck") {
            self.0.note("unstuck");
            return Err(Diagnostic::error("stuck", "Try again.").into());
        }
        self.0.with(|world| world.objects.remove(id));
        self.0.note(format!("deleted {id}"));
        Ok(Diagnostics::new())
    }

    async fn import(&self, id: &str) -> Result<ImportAnswer, Diagnostics> {
        if !id.starts_with("id-") {
            return Err(Diagnostic::error("wrong id", "It looks like id-NAME.").into());
        }
        let state = Value::object([("id", Value::from(id))]);
        Ok(ImportAnswer {
            state,
            private: b"private".to_vec(),
            diagnostics: Diagnostics::new(),
        })
    }

    fn upgrade(&self, from_version: i64, mut state: serde_json::Value) -> Result<serde_json::Value, Diagnostic> {
        // Version 0 called the name "title".
        assert_eq!(from_version, 0);
        if let Some(fields) = state.as_object_mut()
            && let Some(title) = fields.remove("title")
        {
            fields.insert("name".to_owned(), title);
        }
        Ok(state)
    }

    fn move_from(&self, source: &MoveSource) -> Option<Result<serde_json::Value, Diagnostic>> {
        (source.type_name == "terraform_data").then(|| {
            let name = source.state["input"]["value"].as_str().unwrap_or("moved").to_owned();
            let id = format!("id-{name}");
            let object = serde_json::json!({"id": id, "name": name, "size": 1, "rule": [], "revision": 7});
            self.0.with(|world| {
                let fields = [
                    ("id", Value::from(id.as_str())),
                    ("name", name.as_str().into()),
                    ("size", 1.into()),
                ];
                let mut stored = Value::object(fields);
                stored.set_attr("rule", Value::List(Vec::new()));
                stored.set_attr("revision", 7.into());
                world.objects.insert(id.clone(), stored)
            });
            Ok(object)
        })
    }
}

/// `toy_lookup`: says a name backwards.
struct Lookup;

#[async_trait]
impl DataSource for Lookup {
    fn type_name(&self) -> &str {
        "toy_lookup"
    }

    fn schema(&self) -> Schema {
        let attributes = vec![text("name").required(), text("backwards").computed()];
        Schema {
            version: 0,
            block: Block {
                attributes,
                ..Block::default()
            },
        }
    }

    async fn read(&self, config: Value) -> Result<DataSourceAnswer, Diagnostics> {
        let name = config.attr("name").as_str().unwrap_or_default();
        if name.is_empty() {
            return Err(Diagnostic::error("nothing found", "There is no name.")
                .at_attribute("name")
                .into());
        }
        let backwards: String = name.chars().rev().collect();
        // A careless data source: it forgets to repeat the name.
        let state = Value::object([("backwards", Value::from(backwards))]);
        Ok(DataSourceAnswer {
            state,
            diagnostics: Diagnostics::new(),
        })
    }
}

/// `toy_token`: a value for one run.
struct Token(Shared);

#[async_trait]
impl EphemeralResource for Token {
    fn type_name(&self) -> &str {
        "toy_token"
    }

    fn schema(&self) -> Schema {
        let attributes = vec![text("scope").required(), text("value").computed().sensitive()];
        Schema {
            version: 0,
            block: Block {
                attributes,
                ..Block::default()
            },
        }
    }

    async fn open(&self, config: Value) -> Result<OpenAnswer, Diagnostics> {
        let scope = config.attr("scope").as_str().unwrap_or_default().to_owned();
        self.0.note(format!("opened {scope}"));
        let result = Value::object([("value", Value::from(format!("token-{scope}")))]);
        let renew_at = (scope == "renewed").then_some(std::time::UNIX_EPOCH);
        Ok(OpenAnswer {
            result,
            renew_at,
            private: scope.into_bytes(),
            diagnostics: Diagnostics::new(),
        })
    }

    async fn renew(&self, private: Private) -> Result<RenewAnswer, Diagnostics> {
        self.0.note(format!("renewed {}", String::from_utf8_lossy(&private)));
        Ok(RenewAnswer {
            renew_at: None,
            private,
        })
    }

    async fn close(&self, private: Private) -> Diagnostics {
        self.0.note(format!("closed {}", String::from_utf8_lossy(&private)));
        Diagnostics::new()
    }
}

/// `join(separator, words...)`.
struct Join;

impl Function for Join {
    fn name(&self) -> &str {
        "join"
    }

    fn signature(&self) -> FunctionSignature {
        let parameter = |name: &str, allow_null: bool| Parameter {
            name: name.to_owned(),
            ty: Type::String,
            description: String::new(),
            allow_null,
            allow_unknown: false,
        };
        FunctionSignature {
            parameters: vec![parameter("separator", false)],
            variadic: Some(parameter("words", true)),
            result: Type::String,
            summary: "Joins words".to_owned(),
            description: "Joins words.".to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let words: Vec<_> = arguments[1..]
            .iter()
            .map(|word| word.as_str().unwrap_or("nothing"))
            .collect();
        if let Some(position) = words.iter().position(|word| word.contains(' ')) {
            let text = "a word has no space in it".to_owned();
            return Err(FunctionError {
                text,
                argument: Some(position + 1),
            });
        }
        Ok(words.join(arguments[0].as_str().unwrap_or_default()).into())
    }
}
