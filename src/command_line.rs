//! The command line of `terraform-provider-twilio`: serve Terraform, unless a flag says otherwise.
//!
//! Three flags do not need a parser; Terraform itself passes none.

use std::io::Write as _;
use std::process::ExitCode;

use crate::framework::server;
use crate::plugin::{self, Mode, ServeError, ServeOptions, Transport, logging, panics};
use crate::provider::{ADDRESS, TwilioProvider};

const VERSION: &str = concat!("terraform-provider-twilio ", env!("CARGO_PKG_VERSION"));

const HELP: &str = "\
A Terraform and OpenTofu provider for Twilio. Terraform starts it by itself.

Usage: terraform-provider-twilio [FLAG]...

  --debug     serve until Ctrl-C and print the variable that makes Terraform use this process
  --tcp       listen on loopback TCP where a Unix socket would be used
  --version   print the version
  --help      print this text
";

const CRASH: &str = concat!(
    "terraform-provider-twilio ",
    env!("CARGO_PKG_VERSION"),
    " crashed. Please report it, with the lines above, at ",
    env!("CARGO_PKG_REPOSITORY"),
    "/issues"
);

/// Waiting for Twilio takes no threads; this many are for decoding answers while core asks for more.
const WORKER_THREADS: usize = 2;

/// Does what the arguments of this process say with `provider`.
pub fn run(provider: TwilioProvider) -> ExitCode {
    match Command::parse(std::env::args().skip(1)) {
        Ok(Command::Serve(mode, transport)) => serve(provider, mode, transport),
        Ok(Command::Print(text)) => print(text),
        Err(unknown) => {
            complain(&format!("unknown argument {unknown:?}\n\n{HELP}"));
            ExitCode::from(2)
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Command {
    Serve(Mode, Transport),
    Print(&'static str),
}

impl Command {
    /// One dash or two, as Go programs and all others write them.
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut mode, mut transport) = (Mode::Hosted, Transport::Native);
        for argument in arguments {
            match argument.as_str() {
                "--debug" | "-debug" => mode = Mode::Debug,
                "--tcp" | "-tcp" => transport = Transport::Tcp,
                "--version" | "-version" => return Ok(Self::Print(VERSION)),
                "--help" | "-help" | "-h" => return Ok(Self::Print(HELP)),
                _ => return Err(argument),
            }
        }
        Ok(Self::Serve(mode, transport))
    }
}

fn serve(provider: TwilioProvider, mode: Mode, transport: Transport) -> ExitCode {
    panics::install_hook(CRASH);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKER_THREADS)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&format!("cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let options = ServeOptions {
        provider_address: ADDRESS,
        protocol_version: 6,
        mode,
        transport,
    };
    let (service, provider) = server::hosted(provider);
    // All that is offered ends with the process, whose memory the system takes back as a whole.
    std::mem::forget(service.clone());
    let served = runtime.block_on(plugin::serve(service, || provider.stop(), provider.end(), options));
    // A name that is still being looked up must not keep Terraform waiting.
    runtime.shutdown_background();
    match served {
        Ok(ended) => ended.exit_code(),
        Err(error @ ServeError::NotStartedByHost) => {
            complain(&format!("{error}.\n\n{HELP}"));
            ExitCode::FAILURE
        }
        Err(error) => {
            logging::write_error(&error.chain());
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) -> ExitCode {
    match writeln!(std::io::stdout(), "{}", text.trim_end()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Says something to a person. Nobody may be listening.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, String> {
        Command::parse(arguments.iter().map(ToString::to_string))
    }

    #[test]
    fn flags_have_one_dash_or_two() {
        assert_eq!(parse(&[]), Ok(Command::Serve(Mode::Hosted, Transport::Native)));
        for debug in ["-debug", "--debug"] {
            assert_eq!(
                parse(&[debug, "--tcp"]),
                Ok(Command::Serve(Mode::Debug, Transport::Tcp))
            );
        }
        assert_eq!(parse(&["-version"]), Ok(Command::Print(VERSION)));
        assert_eq!(parse(&["--debug", "--help"]), Ok(Command::Print(HELP)));
        assert_eq!(parse(&["--dbug"]), Err("--dbug".to_owned()));
    }
}
