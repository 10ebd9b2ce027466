//! `cargo xtask bench`: figures of the release build, as a table.

use anyhow::Result;

use crate::process::{cargo, succeed};

/// Builds with the release profile and measures.
///
/// # Errors
/// When the build or a measurement fails.
pub fn run() -> Result<()> {
    succeed(cargo().args([
        "bench",
        "--quiet",
        "--package",
        "terraform-provider-twilio",
        "--bench",
        "figures",
    ]))
}
