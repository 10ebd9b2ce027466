//! `cargo xtask bench`: figures of the release build, as a table.

mod full_size;
mod texts;

use anyhow::Result;

use crate::process::{cargo, succeed};

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Leave out what takes minutes: with Terraform refreshing a thousand numbers and creating where Twilio serves few, and what
    /// the simulator costs with more than 10,000 objects.
    #[arg(long)]
    quick: bool,
}

/// Builds with the release profile and measures.
///
/// # Errors
/// When a build or a measurement fails.
pub fn run(arguments: &Arguments) -> Result<()> {
    let full_size = full_size::build()?;
    let mut bench = cargo();
    bench.args([
        "bench",
        "--quiet",
        "--package",
        "terraform-provider-twilio",
        "--bench",
        "figures",
    ]);
    // The names are `benches/figures/main.rs`'s.
    bench.env("FULL_SIZE_PROVIDER", full_size);
    let mut simulator = cargo();
    simulator.args(["bench", "--quiet", "--package", "twilio-simulator", "--bench", "cost"]);
    if arguments.quick {
        bench.env("QUICK", "1");
        simulator.env("QUICK", "1");
    }
    succeed(&mut bench)?;
    succeed(&mut simulator)
}
