//! Serving, from the first look at the environment to the end of the process.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;

use crate::plugin::handshake::{Announcement, HostEnvironment};
use crate::plugin::incoming::connections;
use crate::plugin::listener::Listener;
use crate::plugin::orphan::Parent;
use crate::plugin::router::{GrpcService, router};
use crate::plugin::signals::{Signal, Signals};
use crate::plugin::tls::ServerTls;
use crate::plugin::{ServeError, logging, reattach};

/// How long calls under way may take to finish once the plugin is told to stop. The host kills it after two seconds.
const GRACE: Duration = Duration::from_millis(1500);

/// What is served, and how.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The provider's source address, such as `namespace/name`: without a host it fits Terraform and OpenTofu alike. Its last part names the
    /// provider in log settings.
    pub provider_address: &'static str,
    /// The major version of the hosted protocol.
    pub protocol_version: u32,
    /// Who starts the process.
    pub mode: Mode,
    /// What to listen on.
    pub transport: Transport,
}

/// Who starts the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Terraform or OpenTofu does, for one run.
    #[default]
    Hosted,
    /// A person does, for any number of runs, until Ctrl-C. The connection is in plaintext, as Terraform has no other
    /// way to attach, and is guarded by the socket's permissions alone.
    Debug,
}

/// What to listen on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// A Unix socket where there are any, else TCP.
    #[default]
    Native,
    /// TCP on loopback.
    Tcp,
}

/// Why serving ended without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The host asked for it.
    Shutdown,
    /// A person pressed Ctrl-C in debug mode.
    Interrupted,
    /// SIGTERM.
    Terminated,
    /// The process that started this one is gone.
    Orphaned,
}

impl Ended {
    /// What the process exits with: 0 where the end was asked for, else what a shell would report for SIGTERM (128 and
    /// the signal's number), or 1 when nobody is left to care.
    #[must_use]
    pub fn exit_code(self) -> ExitCode {
        match self {
            Self::Shutdown | Self::Interrupted => ExitCode::SUCCESS,
            Self::Terminated => ExitCode::from(143),
            Self::Orphaned => ExitCode::FAILURE,
        }
    }
}

/// Serves `service` until told to stop.
///
/// Standard output gets exactly one line (the handshake, or in debug mode the variable to set), standard error the log.
/// Call it once, from a multi-threaded runtime; the process should exit when it returns.
///
/// # Errors
/// [`ServeError`] says what was missing; in all cases but a failing server nothing was written to standard output.
pub async fn serve<S: GrpcService>(service: S, options: ServeOptions) -> Result<Ended, ServeError> {
    let host = HostEnvironment::read(|name| std::env::var_os(name));
    match options.mode {
        Mode::Hosted => hosted(service, &options, &host).await,
        Mode::Debug => debug(service, &options, &host).await,
    }
}

async fn hosted<S: GrpcService>(
    service: S,
    options: &ServeOptions,
    host: &HostEnvironment,
) -> Result<Ended, ServeError> {
    let parent = Parent::current();
    host.require_host()?;
    logging::init(provider_name(options.provider_address));
    let mut signals = Signals::install()?;
    let tls = host
        .client_certificate
        .as_deref()
        .map(ServerTls::admitting)
        .transpose()?;
    let listener = listen(options.transport, host).await?;
    let line = Announcement {
        protocol_version: options.protocol_version,
        address: listener.address(),
        certificate: tls.as_ref().map(|tls| tls.certificate.as_ref()),
        asks_for_multiplexing: host.asks_for_multiplexing,
    }
    .to_string();
    let acceptor = tls.map(|tls| TlsAcceptor::from(tls.config));
    let stop = CancellationToken::new();
    let server = run(service, listener, acceptor, stop.clone());
    announce(&line)?;
    tokio::select! {
        ended = server => ended.map(|()| Ended::Shutdown),
        () = signals.terminated() => Ok(Ended::Terminated),
        () = parent.gone() => Ok(Ended::Orphaned),
    }
}

async fn debug<S: GrpcService>(
    service: S,
    options: &ServeOptions,
    host: &HostEnvironment,
) -> Result<Ended, ServeError> {
    logging::init(provider_name(options.provider_address));
    let mut signals = Signals::install()?;
    let listener = listen(options.transport, host).await?;
    let value = reattach::value(
        options.provider_address,
        options.protocol_version,
        std::process::id(),
        listener.address(),
    );
    let server = run(service, listener, None, CancellationToken::new());
    announce(&reattach::assignment(&value))?;
    tokio::select! {
        ended = server => ended.map(|()| Ended::Shutdown),
        signal = signals.next() => Ok(match signal {
            Signal::Interrupt => Ended::Interrupted,
            Signal::Terminate => Ended::Terminated,
        }),
    }
}

/// Serves until `stop`, which the host's Shutdown triggers, and then for no longer than [`GRACE`].
async fn run<S: GrpcService>(
    service: S,
    listener: Listener,
    tls: Option<TlsAcceptor>,
    stop: CancellationToken,
) -> Result<(), ServeError> {
    let router = router(service, &stop).await;
    let incoming = connections(listener, tls);
    let served = Server::builder().serve_with_incoming_shutdown(router, incoming, stop.clone().cancelled_owned());
    tokio::select! {
        served = served => Ok(served?),
        () = async { stop.cancelled().await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

async fn listen(transport: Transport, host: &HostEnvironment) -> Result<Listener, ServeError> {
    #[cfg(unix)]
    if transport == Transport::Native {
        return Listener::unix(host.socket_dir.as_deref(), host.socket_group.as_deref());
    }
    let _ = transport;
    Listener::tcp(host.port_range()?).await
}

/// Writes the one line that standard output ever gets. The system accepts connections already.
fn announce(line: &str) -> Result<(), ServeError> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")
        .and_then(|()| stdout.flush())
        .map_err(ServeError::Announce)
}

/// `name` of `namespace/name`.
fn provider_name(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}
