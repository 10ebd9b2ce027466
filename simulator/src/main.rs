//! `twilio-simulator`: a local Twilio on a loopback port. See `simulator/README.md`.

use std::io::Write as _;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser;
use twilio_simulator::{Options, Simulator};

/// A local Twilio for demos and tests. The first line on stdout is a JSON object with url, account_sid and auth_token.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// Address to listen on, `localhost:0` too; port 0 lets the system choose
    #[arg(long, default_value = "127.0.0.1:0", value_parser = address)]
    listen: SocketAddr,
    /// Milliseconds added before each answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency: u64,
    /// Seed of SIDs, tokens and made-up data
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Let through what Twilio's published contract does not allow
    #[arg(long)]
    strict_off: bool,
    /// Refuse parameters that Twilio does not know, which it ignores
    #[arg(long)]
    known_only: bool,
}

/// An address, or a name with a port. Of a name's addresses the one of the fourth version, as it is the one that is printed and used.
fn address(text: &str) -> Result<SocketAddr, String> {
    let found = text.to_socket_addrs().map_err(|error| error.to_string())?;
    let found: Vec<SocketAddr> = found.collect();
    let mut fourth = found.iter().filter(|address| address.is_ipv4());
    let chosen = fourth.next().or(found.first()).copied();
    chosen.ok_or_else(|| "the name has no address".to_owned())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let handle = Simulator::start(Options {
        listen: cli.listen,
        latency: Duration::from_millis(cli.latency),
        seed: cli.seed,
        strict: !cli.strict_off,
        known_only: cli.known_only,
    })
    .await
    .with_context(|| format!("listening on {}", cli.listen))?;
    let ready = serde_json::json!({
        "url": handle.url,
        "account_sid": handle.account_sid,
        "auth_token": handle.auth_token,
    });
    let mut out = std::io::stdout();
    writeln!(out, "{ready}")
        .and_then(|()| out.flush())
        .context("writing the first line to stdout")?;
    tokio::select! {
        () = handle.run() => anyhow::bail!("the socket failed"),
        signal = tokio::signal::ctrl_c() => signal.context("waiting for the interrupt signal"),
    }
}
