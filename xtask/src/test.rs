//! `cargo xtask test`: every test of the workspace.

use anyhow::Result;

use crate::output::Printer;
use crate::process::{cargo, succeed};

/// Runs the tests. Terraform must be there: half of what is promised is promised about it.
///
/// # Errors
/// When there is no Terraform, or a test fails.
pub fn run() -> Result<()> {
    let terraform = xtask::terraform::find()?;
    let printer = Printer::new();
    printer.step(&format!("Testing everything, with {}", terraform.display()));
    succeed(cargo().args(["test", "--workspace"]))?;
    printer.good("all tests passed");
    Ok(())
}
