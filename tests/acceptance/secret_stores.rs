//! Stand-ins for the providers of secret stores: the resources of the recipes, with the arguments that those providers publish for
//! them, in this process. They note which write-only values reached them, and store nothing.
//!
//! The names, the types and what is required are those of hashicorp/vault 5, hashicorp/aws 6 and hashicorp/google 7.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::Value as Json;
use terraform_provider_twilio::framework::diagnostics::Diagnostics;
use terraform_provider_twilio::framework::provider::{
    ApplyAnswer, ConfigureRequest, CreateRequest, DataSource, DeleteRequest, ImportAnswer, ManagedResource, Provider,
    ReadAnswer, ReadRequest, UpdateRequest,
};
use terraform_provider_twilio::framework::schema::{
    Attribute, Block, BlockNesting, ComputedOnUpdate, NestedBlock, Schema,
};
use terraform_provider_twilio::framework::server;
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::plugin::{listener, reattach};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::Server;

/// The stores, served until this is dropped.
pub struct Stores {
    received: Arc<Mutex<Vec<String>>>,
    addresses: Vec<(&'static str, SocketAddr)>,
    _runtime: Runtime,
}

impl Stores {
    /// Serves them.
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let received = Arc::default();
        let mut addresses = Vec::new();
        for (name, resources) in [("vault", vault as fn() -> Vec<Kind>), ("aws", aws), ("google", google)] {
            let listener = runtime
                .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
                .expect("a free port");
            addresses.push((name, listener.local_addr().expect("a bound socket has an address")));
            let service = server::service(Store {
                resources,
                received: Arc::clone(&received),
            });
            runtime.spawn(Server::builder().serve_with_incoming(service, TcpListenerStream::new(listener)));
        }
        Self {
            received,
            addresses,
            _runtime: runtime,
        }
    }

    /// What TF_REATTACH_PROVIDERS must be for Terraform to find them.
    pub fn reattach(&self) -> String {
        let each = self.addresses.iter().map(|(name, address)| {
            let source = format!("hashicorp/{name}");
            let one = reattach::value(&source, 6, std::process::id(), &listener::Address::Tcp(*address));
            serde_json::from_str::<Json>(&one).expect("it is JSON")
        });
        let mut all = serde_json::Map::new();
        for mut one in each {
            all.append(one.as_object_mut().expect("it is an object"));
        }
        Json::Object(all).to_string()
    }

    /// The write-only values that reached them, in order.
    pub fn received(&self) -> Vec<String> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A resource of a store.
#[derive(Clone)]
struct Kind {
    type_name: &'static str,
    block: Block,
    /// Its write-only argument.
    secret: Option<&'static str>,
}

fn text(name: &'static str) -> Attribute {
    Attribute::new(name, Type::String)
}

/// A text, kept out of the state, and its version.
fn write_only(name: &'static str, version: &'static str) -> [Attribute; 2] {
    let secret = text(name).optional().sensitive().write_only();
    [secret, Attribute::new(version, Type::Number).optional()]
}

fn kind(type_name: &'static str, attributes: Vec<Attribute>, secret: Option<&'static str>) -> Kind {
    let mut id = text("id").computed();
    id.on_update = ComputedOnUpdate::Keeps;
    let block = Block {
        attributes: attributes.into_iter().chain([id]).collect(),
        ..Block::default()
    };
    Kind {
        type_name,
        block,
        secret,
    }
}

fn vault() -> Vec<Kind> {
    let mut attributes = vec![text("mount").required(), text("name").required()];
    attributes.extend(write_only("data_json_wo", "data_json_wo_version"));
    vec![kind("vault_kv_secret_v2", attributes, Some("data_json_wo"))]
}

fn aws() -> Vec<Kind> {
    let mut version = vec![text("secret_id").required()];
    version.extend(write_only("secret_string_wo", "secret_string_wo_version"));
    vec![
        kind("aws_secretsmanager_secret", vec![text("name").optional()], None),
        kind("aws_secretsmanager_secret_version", version, Some("secret_string_wo")),
    ]
}

fn google() -> Vec<Kind> {
    let nested = |name: &'static str, blocks| NestedBlock {
        name: name.into(),
        nesting: BlockNesting::List,
        min_items: 0,
        max_items: 1,
        block: Block {
            blocks,
            ..Block::default()
        },
    };
    let mut secret = kind("google_secret_manager_secret", vec![text("secret_id").required()], None);
    secret.block.blocks = vec![nested("replication", vec![nested("auto", Vec::new())])];
    let mut version = vec![text("secret").required()];
    version.extend(write_only("secret_data_wo", "secret_data_wo_version"));
    vec![
        secret,
        kind("google_secret_manager_secret_version", version, Some("secret_data_wo")),
    ]
}

struct Store {
    resources: fn() -> Vec<Kind>,
    received: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl Provider for Store {
    fn schema(&self) -> Schema {
        Schema::default()
    }

    fn resources(&self) -> Vec<Arc<dyn ManagedResource>> {
        let of = |kind| -> Arc<dyn ManagedResource> {
            Arc::new(Stored {
                kind,
                received: Arc::clone(&self.received),
            })
        };
        (self.resources)().into_iter().map(of).collect()
    }

    fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
        Vec::new()
    }

    async fn configure(&self, _: ConfigureRequest) -> Diagnostics {
        Diagnostics::new()
    }

    fn stop(&self) {}
}

struct Stored {
    kind: Kind,
    received: Arc<Mutex<Vec<String>>>,
}

impl Stored {
    fn write(&self, mut planned: Value, config: &Value) -> ApplyAnswer {
        let secret = self.kind.secret.and_then(|name| config.attr(name).as_str());
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        received.extend(secret.map(str::to_owned));
        planned.set_attr("id", self.kind.type_name.into());
        ApplyAnswer {
            state: Some(planned),
            ..ApplyAnswer::default()
        }
    }
}

#[async_trait]
impl ManagedResource for Stored {
    fn type_name(&self) -> &str {
        self.kind.type_name
    }

    fn schema(&self) -> Schema {
        Schema {
            version: 0,
            block: self.kind.block.clone(),
        }
    }

    async fn read(&self, request: ReadRequest) -> Result<ReadAnswer, Diagnostics> {
        Ok(ReadAnswer {
            state: Some(request.state),
            private: request.private,
            diagnostics: Diagnostics::new(),
        })
    }

    async fn create(&self, request: CreateRequest) -> ApplyAnswer {
        self.write(request.planned, &request.config)
    }

    async fn update(&self, request: UpdateRequest) -> ApplyAnswer {
        self.write(request.planned, &request.config)
    }

    async fn delete(&self, _: DeleteRequest) -> Result<Diagnostics, Diagnostics> {
        Ok(Diagnostics::new())
    }

    async fn import(&self, _: &str) -> Result<ImportAnswer, Diagnostics> {
        Err(Diagnostics::new())
    }
}
