//! Serves the toy in this process, for a gRPC client and for the real Terraform.

use std::net::SocketAddr;

use serde_json::json;
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::server::{MAX_MESSAGE_BYTES, service};
use terraform_provider_twilio::plugin::panics;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::{Channel, Server};

use super::toy::{Shared, Toy};

/// A served toy; it ends with this.
pub struct Host {
    /// What the toy did.
    pub world: Shared,
    /// Runs the server, and clients of it.
    pub runtime: Runtime,
    address: SocketAddr,
}

impl Host {
    /// Starts on a port of the system's choosing.
    pub fn start() -> Self {
        panics::install_hook("the toy");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let world = Shared::default();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let address = listener.local_addr().expect("an address");
        let served = service(Toy(world.clone()));
        runtime.spawn(Server::builder().serve_with_incoming(served, TcpListenerStream::new(listener)));
        Self {
            world,
            runtime,
            address,
        }
    }

    /// A client.
    pub fn client(&self) -> ProviderClient<Channel> {
        let channel = self
            .runtime
            .block_on(
                Channel::from_shared(format!("http://{}", self.address))
                    .expect("an address")
                    .connect(),
            )
            .expect("a connection");
        ProviderClient::new(channel)
            .max_decoding_message_size(MAX_MESSAGE_BYTES)
            .max_encoding_message_size(MAX_MESSAGE_BYTES)
    }

    /// What makes Terraform use this process.
    pub fn reattach(&self) -> String {
        let address = json!({"Network": "tcp", "String": self.address.to_string()});
        json!({"example.com/test/toy":
            {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": std::process::id(), "Test": true, "Addr": address}})
        .to_string()
    }
}
