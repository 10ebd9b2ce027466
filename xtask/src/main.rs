//! The project's own commands. `cargo xtask help` lists them.

#![allow(clippy::disallowed_methods, reason = "steps say how long they took")]

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod ci;
mod clients;
mod contract;
mod costs;
mod coverage;
mod demo;
mod docs;
mod faults;
mod followed;
mod fuzz;
mod install;
mod mocks;
mod new;
mod output;
mod pace;
mod process;
mod schemas;
mod test;
mod tidy;
mod workflows;

/// Build, test, document and try the provider.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the figures that the project keeps an eye on, of the release build.
    Bench(bench::Arguments),
    /// Check everything that must hold before a change lands.
    Ci(ci::Arguments),
    /// Let Twilio's own client libraries and command line drive the local Twilio.
    Clients(clients::Arguments),
    /// Extract facts from Twilio's OpenAPI files into simulator/contract/.
    Contract(contract::Arguments),
    /// Write what the local Twilio knows of each operation, and where from.
    Coverage(coverage::Arguments),
    /// Show the provider at work with the real Terraform against a local Twilio, and clean up.
    Demo(demo::Arguments),
    /// Write the registry's documentation from the tables.
    Docs(docs::Arguments),
    /// Play faults in every operation on every resource.
    Faults(faults::Arguments),
    /// Throw random bytes at the decoders.
    Fuzz(fuzz::Arguments),
    /// Build the provider and make it available to `terraform init` and `tofu init`.
    Install(install::Arguments),
    /// Write the skeleton of a resource.
    New(new::Arguments),
    /// Write down what a release offers, or check that nothing of the last one is broken.
    Schemas(schemas::Arguments),
    /// Run every test, with the real Terraform among them.
    Test,
    /// Check that the layers know only what they may know.
    Tidy,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain on one line: a stack of our own functions helps nobody at a terminal.
            let _ = writeln!(std::io::stderr(), "Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Ci(arguments) => ci::run(&arguments),
        Command::Clients(arguments) => clients::run(&arguments),
        Command::Contract(arguments) => contract::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Faults(arguments) => faults::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Install(arguments) => install::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Schemas(arguments) => schemas::run(&arguments),
        Command::Test => test::run(),
        Command::Tidy => tidy::run(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn each_command_that_a_document_names_is_one() {
        let named = regex::Regex::new(r"cargo xtask ([a-z]+)").expect("a pattern");
        let commands = Arguments::command();
        let mut seen = 0;
        for document in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "simulator/README.md"] {
            let text = std::fs::read_to_string(process::root().join(document)).expect("a document");
            for found in named.captures_iter(&text) {
                let name = &found[1];
                assert!(
                    commands.find_subcommand(name).is_some(),
                    "{document} names cargo xtask {name}"
                );
                seen += 1;
            }
        }
        assert!(seen > 10, "{seen} commands");
    }

    #[test]
    fn readme_names_the_file_that_install_writes() {
        let readme = std::fs::read_to_string(process::root().join("README.md")).expect("README.md");
        assert!(readme.contains("export TF_CLI_CONFIG_FILE=$PWD/target/terraform/cli.tfrc"));
        assert_eq!(install::cli_config(), process::root().join("target/terraform/cli.tfrc"));
    }
}
