//! `cargo xtask test`: every test of the workspace, and what they cost.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::Result;

use crate::costs::Costs;
use crate::faults;
use crate::output::Printer;
use crate::process::{artifacts, cargo, succeed};

/// Runs the tests, one binary after another. Terraform must be there: half of what is promised is promised about it.
///
/// # Errors
/// When there is no Terraform, or a test fails.
pub fn run() -> Result<()> {
    let terraform = xtask::terraform::find()?;
    let printer = Printer::new();
    printer.step(&format!("Testing everything, with {}", terraform.display()));
    let mut costs = Costs::new();
    let mut integration = BTreeSet::new();
    costs.step("building the tests", || {
        integration = integration_tests()?;
        Ok(())
    })?;
    anyhow::ensure!(
        integration.contains("acceptance"),
        "the acceptance tests are not among {integration:?}"
    );
    costs.step("unit tests", || succeed(tests().args(["--lib", "--bins"])))?;
    for name in integration {
        costs.step(&format!("tests/{name}"), || {
            let mut run = tests();
            run.args(["--test", &name]);
            if name == "acceptance" {
                run.env("RUST_TEST_THREADS", (2 * cores()).to_string());
            }
            succeed(&mut run)
        })?;
    }
    costs.step("examples in comments", || succeed(tests().arg("--doc")))?;
    costs.print("All tests passed. What they took:");
    Ok(())
}

/// A Terraform waits for its plugins half of the time, so two tests of it share a core.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The whole workspace in each of the runs: a part of it would be built with other features, that is: again.
fn tests() -> Command {
    let mut command = cargo();
    command.args(["test", "--workspace"]);
    // All of it, whatever is left in the environment of somebody who played one case again.
    for chosen in faults::VARIABLES.iter().chain(&["ACTIONS_ONLY"]) {
        command.env_remove(chosen);
    }
    command
}

/// Builds all tests and returns the names of those that stand in a folder `tests`.
fn integration_tests() -> Result<BTreeSet<String>> {
    let built = artifacts(tests().arg("--no-run"), "the tests")?;
    let is_test =
        |artifact: &&serde_json::Value| artifact["target"]["kind"][0] == "test" && artifact["executable"].is_string();
    let names = built
        .iter()
        .filter(is_test)
        .filter_map(|artifact| artifact["target"]["name"].as_str());
    Ok(names.map(str::to_owned).collect())
}
