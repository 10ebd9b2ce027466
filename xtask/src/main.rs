//! The project's own commands. `cargo xtask help` lists them.

mod contract;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Extract facts from Twilio's OpenAPI files into simulator/contract/
    Contract(contract::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Contract(arguments) => contract::run(&arguments),
    }
}
