//! The toy provider behind a port on loopback, in plaintext, as a provider in debug mode.

use std::net::{Ipv4Addr, SocketAddr};

use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::server;
use terraform_provider_twilio::plugin::{listener, reattach};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::{Channel, Server};

use super::toy::{ADDRESS, Toy};
use crate::core_client::Address;

/// A served toy. It is gone when this is dropped.
pub struct Served {
    pub toy: Toy,
    address: SocketAddr,
    runtime: Runtime,
}

impl Served {
    /// Serves a new toy.
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let toy = Toy::default();
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let service = server::service(toy.clone());
        runtime.spawn(Server::builder().serve_with_incoming(service, TcpListenerStream::new(listener)));
        Self { toy, address, runtime }
    }

    /// What TF_REATTACH_PROVIDERS must be for Terraform to find it.
    pub fn reattach(&self) -> String {
        let address = listener::Address::Tcp(self.address);
        reattach::value(ADDRESS, 6, std::process::id(), &address)
    }

    /// Runs what needs the network, to its end.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(crate::core_client::within(future))
    }

    /// A client with Terraform's message limits.
    pub async fn client(&self) -> ProviderClient<Channel> {
        ProviderClient::new(Address::Tcp(self.address).channel().await)
            .max_decoding_message_size(server::MAX_MESSAGE_BYTES)
            .max_encoding_message_size(server::MAX_MESSAGE_BYTES)
    }
}
