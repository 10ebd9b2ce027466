//! Serving, from reading the environment to the end of the process.

use std::io::{self, Write as _};
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;

use crate::plugin::calls::Calls;
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

/// How long the service may take to put its things in order meanwhile.
const LAST: Duration = Duration::from_millis(1800);

/// After a SIGTERM that came during calls: how long no call must have been under way before the process ends by itself.
/// Terraform, which mostly got the signal too, says sooner that it is done.
const QUIET: Duration = Duration::from_secs(2);

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
    /// SIGTERM, and no call was under way any more.
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

/// Serves `service` until told to stop. `wind_up` ends waits and repetitions in the service, as its host can ask it to: it is
/// called for a SIGTERM that comes during calls. What they have begun is finished and answered before the process ends. `last` is
/// what the service still has to do before, in the short time that its host leaves: it begins when no more calls are taken.
///
/// Standard output gets exactly one line (the handshake, or in debug mode the variable to set), standard error the log.
/// Call it once, from a multi-threaded runtime; the process should exit when it returns.
///
/// # Errors
/// [`ServeError`] says what was missing; in all cases but a failing server nothing was written to standard output.
pub async fn serve<S: GrpcService>(
    service: S,
    wind_up: impl Fn() + Send,
    last: impl Future<Output = ()> + Send,
    options: ServeOptions,
) -> Result<Ended, ServeError> {
    let host = HostEnvironment::read(|name| std::env::var_os(name));
    match options.mode {
        Mode::Hosted => hosted(service, &wind_up, last, &options, &host).await,
        Mode::Debug => debug(service, &wind_up, last, &options, &host).await,
    }
}

async fn hosted<S: GrpcService>(
    service: S,
    wind_up: &(impl Fn() + Send),
    last: impl Future<Output = ()> + Send,
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
    let listener = listen(options.transport, host, tls.is_some()).await?;
    let line = Announcement {
        protocol_version: options.protocol_version,
        address: listener.address(),
        certificate: tls.as_ref().map(|tls| tls.certificate.as_ref()),
        asks_for_multiplexing: host.asks_for_multiplexing,
    }
    .to_string();
    let acceptor = tls.map(|tls| TlsAcceptor::from(tls.config));
    let (stop, calls) = (CancellationToken::new(), Calls::default());
    #[cfg(unix)]
    let own_dir = listener.own_dir();
    let mut server = pin!(run(service, listener, acceptor, calls.clone(), stop.clone(), last));
    announce(&line)?;
    #[cfg(unix)]
    if let Some(dir) = own_dir {
        drop(tokio::task::spawn_blocking(move || {
            crate::plugin::leftovers::remove_beside(&dir)
        }));
    }
    let ended = tokio::select! {
        ended = &mut server => return ended.map(|()| Ended::Shutdown),
        () = terminated(&mut signals, &calls, wind_up) => Ended::Terminated,
        () = parent.gone() => {
            wind_up();
            Ended::Orphaned
        }
    };
    // No call is taken any more; the responses to the last ones still go out.
    stop.cancel();
    server.await.map(|()| ended)
}

/// Waits for a SIGTERM, and then until no call is under way.
async fn terminated(signals: &mut Signals, calls: &Calls, wind_up: &(impl Fn() + Send)) {
    signals.terminated().await;
    while !calls.close_if_idle() {
        tracing::info!("SIGTERM: waits end, what is under way is finished and answered before the process ends");
        wind_up();
        tokio::select! {
            () = calls.quiet_for(QUIET) => {}
            () = signals.terminated() => {}
        }
    }
}

async fn debug<S: GrpcService>(
    service: S,
    wind_up: &(impl Fn() + Send),
    last: impl Future<Output = ()> + Send,
    options: &ServeOptions,
    host: &HostEnvironment,
) -> Result<Ended, ServeError> {
    logging::init(provider_name(options.provider_address));
    let mut signals = Signals::install()?;
    let listener = listen(options.transport, host, false).await?;
    let value = reattach::value(
        options.provider_address,
        options.protocol_version,
        std::process::id(),
        listener.address(),
    );
    let (stop, calls) = (CancellationToken::new(), Calls::default());
    let mut server = pin!(run(service, listener, None, calls.clone(), stop.clone(), last));
    announce(&reattach::assignment(&value))?;
    let ended = tokio::select! {
        ended = &mut server => return ended.map(|()| Ended::Shutdown),
        ended = ended_by_a_person(&mut signals, &calls, wind_up) => ended,
    };
    stop.cancel();
    server.await.map(|()| ended)
}

/// Waits for a signal, and then until no call is under way, or for another signal from somebody who insists.
async fn ended_by_a_person(signals: &mut Signals, calls: &Calls, wind_up: &(impl Fn() + Send)) -> Ended {
    let ended = match signals.next().await {
        Signal::Interrupt => Ended::Interrupted,
        Signal::Terminate => Ended::Terminated,
    };
    while !calls.close_if_idle() {
        wind_up();
        tokio::select! {
            () = calls.quiet_for(Duration::ZERO) => {}
            _ = signals.next() => break,
        }
    }
    ended
}

/// Serves until `stop`, which the host's Shutdown triggers, and then for no longer than [`GRACE`]. `last` is done meanwhile.
async fn run<S: GrpcService>(
    service: S,
    listener: Listener,
    tls: Option<TlsAcceptor>,
    calls: Calls,
    stop: CancellationToken,
    last: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let router = router(service, calls, &stop).await;
    let incoming = connections(listener, tls);
    let served = Server::builder().serve_with_incoming_shutdown(router, incoming, stop.clone().cancelled_owned());
    let served = async {
        let served = tokio::select! {
            served = served => served.map_err(ServeError::from),
            () = async { stop.cancelled().await; tokio::time::sleep(GRACE).await } => Ok(()),
        };
        // Also where serving failed.
        stop.cancel();
        served
    };
    let last = async {
        stop.cancelled().await;
        if tokio::time::timeout(LAST, last).await.is_err() {
            tracing::warn!("the process ends before everything was put in order");
        }
    };
    let (served, ()) = tokio::join!(served, last);
    served
}

async fn listen(transport: Transport, host: &HostEnvironment, is_encrypted: bool) -> Result<Listener, ServeError> {
    #[cfg(unix)]
    if transport == Transport::Native {
        // A port can be reached by every user of the machine, so it takes encryption to tell who may use it; and a host that
        // says where the socket has to be looks for it there.
        let may_be_a_port = is_encrypted && host.socket_dir.is_none() && host.socket_group.is_none();
        match Listener::unix(host.socket_dir.as_deref(), host.socket_group.as_deref()) {
            Err(error) if may_be_a_port => {
                tracing::warn!(
                    error = error.chain(),
                    "no place for a socket; listening on a port of loopback"
                );
            }
            listening => return listening,
        }
    }
    let _ = (transport, is_encrypted);
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
