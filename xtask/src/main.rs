//! The project's own commands. `cargo xtask help` lists them.

use clap::{Parser, Subcommand};

mod demo;
mod docs;
mod new;
mod output;
mod process;
mod test;
mod tidy;

/// Build, test, document and try the provider.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the provider at work with the real Terraform against a local Twilio, and clean up.
    Demo(demo::Arguments),
    /// Run every test, with the real Terraform among them.
    Test,
    /// Write the registry's documentation from the tables.
    Docs(docs::Arguments),
    /// Write the skeleton of a resource.
    New(new::Arguments),
    /// Check that the layers know only what they may know.
    Tidy,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Test => test::run(),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Tidy => tidy::run(),
    }
}
