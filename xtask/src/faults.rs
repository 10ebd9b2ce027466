//! `cargo xtask faults`: the matrix of faults, for a product, with a seed, or the whole of it.

use anyhow::Result;

use crate::output::Printer;
use crate::process::{cargo, succeed};

/// The variables that choose what is played: all cases, a product, the seed, a part of their names.
pub(crate) const VARIABLES: &[&str] = &["FAULTS_ALL", "FAULTS_PRODUCT", "FAULTS_SEED", "FAULTS_ONLY"];

/// Options of `cargo xtask faults`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Play every case of every table, not only those of the tables that stand for the others, and a share of these.
    #[arg(long)]
    all: bool,
    /// Only the tables of this product, by the name of its folder in src/resources; `test_tables` for those of the tests.
    #[arg(long, value_name = "FOLDER")]
    product: Option<String>,
    /// The number from which the share follows, as a run before printed it.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Only cases with this in their names, all of them: `twilio_twiml_app/create`.
    #[arg(long, value_name = "PART")]
    only: Option<String>,
}

/// Plays them.
///
/// # Errors
/// When a case fails.
pub fn run(arguments: &Arguments) -> Result<()> {
    let printer = Printer::new();
    printer.step("Playing faults");
    // As the tests are built elsewhere, or they would be built again.
    let mut command = cargo();
    command.args(["test", "--workspace", "--test", "faults", "matrix"]);
    let values = [
        arguments.all.then(|| "1".to_owned()),
        arguments.product.clone(),
        arguments.seed.map(|seed| seed.to_string()),
        arguments.only.clone(),
    ];
    for (name, value) in VARIABLES.iter().zip(values) {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    succeed(&mut command)?;
    printer.good("nothing was doubled or lost");
    Ok(())
}
