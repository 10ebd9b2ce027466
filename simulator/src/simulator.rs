//! Starting and stopping a simulator.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::connection::{Breaker, Listener};
use crate::contract::Contract;
use crate::regions;
use crate::server;
use crate::simulation::Simulation;
use crate::validate::Rules;

/// How a simulator runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on; port 0 lets the system choose. Default `127.0.0.1:0`.
    pub listen: SocketAddr,
    /// Added before each answer. Default none.
    pub latency: Duration,
    /// Seed of SIDs, tokens and made-up data; the same seed and requests give the same answers. Default 0.
    pub seed: u64,
    /// Whether what the contract does not allow is refused. Default yes.
    pub strict: bool,
    /// Whether parameters that the contract does not know are refused too. Default no: Twilio ignores them, and the request log
    /// says so. For tests of a client that should not send any.
    pub known_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            latency: Duration::ZERO,
            seed: 0,
            strict: true,
            known_only: false,
        }
    }
}

/// The simulator; see [`Simulator::start`].
pub struct Simulator;

impl Simulator {
    /// Starts a simulator in this process. Needs a Tokio runtime, on whose threads it runs until the handle is dropped.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(options: Options) -> std::io::Result<Handle> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        // Parsing the contract takes a while in a debug build; do it before the first request waits for it.
        let _contract = Contract::published();
        let rules = Rules {
            strict: options.strict,
            known_only: options.known_only,
        };
        let simulation = Arc::new(Simulation::new(options.seed, rules, options.latency));
        let (account_sid, auth_token) = {
            let inner = simulation.lock();
            let main = inner.state.accounts.main();
            (main.sid.clone(), main.auth_token.clone())
        };
        let service = server::router(Arc::clone(&simulation)).into_make_service_with_connect_info::<Breaker>();
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(Listener(listener), service).await {
                tracing::error!(%error, "the simulator stopped listening");
            }
        });
        Ok(Handle {
            url: format!("http://{address}"),
            account_sid,
            auth_token,
            seed: options.seed,
            task,
            simulation,
        })
    }
}

/// A running simulator; dropping it stops it.
pub struct Handle {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// SID of the main account.
    pub account_sid: String,
    /// Auth token of the main account.
    pub auth_token: String,
    seed: u64,
    task: JoinHandle<()>,
    simulation: Arc<Simulation>,
}

impl Handle {
    /// Auth token of the main account in a region (`ie1`), where that of another is refused.
    pub fn auth_token_in(&self, region: &str) -> String {
        match region {
            regions::HOME => self.auth_token.clone(),
            region => regions::token(self.seed, region, &self.account_sid),
        }
    }

    /// Stops listening and returns when the port is free.
    pub async fn shutdown(mut self) {
        self.simulation.stopped.store(true, Ordering::Release);
        self.task.abort();
        // The only outcome of an aborted task is that it is over.
        let _over = (&mut self.task).await;
    }

    /// Runs until the simulator ends by itself, which it does only when its socket fails.
    pub async fn run(mut self) {
        let _over = (&mut self.task).await;
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.simulation.stopped.store(true, Ordering::Release);
        self.task.abort();
    }
}
