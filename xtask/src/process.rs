//! Running other programs, `cargo` above all.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The root of the checkout that this is run in: by cargo, or from one of its folders. It may have been built in another one, which a
/// shared target folder makes easy.
pub fn root() -> PathBuf {
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = here.or_else(|| std::env::current_dir().ok());
    let checkout = here.as_deref().and_then(checkout_of).or_else(|| checkout_of(&built));
    checkout.unwrap_or(built)
}

/// The checkout that a folder is in.
fn checkout_of(folder: &Path) -> Option<PathBuf> {
    let mut folders = folder.ancestors();
    folders
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(PathBuf::from)
}

/// The `cargo` that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs to the end, which must be a good one. Output goes to the terminal.
///
/// # Errors
/// When it cannot be started or fails.
pub fn succeed(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let status = command.status().with_context(|| format!("cannot start {shown}"))?;
    if !status.success() {
        bail!("{shown} ended with {status}");
    }
    Ok(())
}

/// Whether it can be started and ends well. Its output is thrown away.
pub fn runs(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Builds a binary of the workspace and returns its path.
///
/// # Errors
/// When the build fails.
pub fn build(package: &str, binary: &str, profile: &str) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--package", package, "--bin", binary, "--profile", profile]);
    executable(command, binary)
}

/// The path of a binary as the tests run it. After the tests nothing is left to build: a package by itself would be built again with
/// all that it stands on, because other members ask for other features of that.
///
/// # Errors
/// When the build fails.
pub fn build_as_in_tests(binary: &str) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--workspace", "--bins", "--tests"]);
    executable(command, binary)
}

/// Builds a binary of another package with the release profile, into this workspace's target folder, and returns its path.
///
/// # Errors
/// When the build fails.
pub fn build_manifest(manifest: &Path, binary: &str) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--release", "--bin", binary, "--manifest-path"]);
    command.arg(manifest).arg("--target-dir").arg(root().join("target"));
    executable(command, binary)
}

fn executable(mut command: Command, binary: &str) -> Result<PathBuf> {
    executable_in(&artifacts(&mut command, binary)?, binary)
}

/// Where a binary is, by what cargo says that it built.
///
/// # Errors
/// When it says nothing of it.
pub fn executable_in(built: &[serde_json::Value], binary: &str) -> Result<PathBuf> {
    built
        .iter()
        // Its unit tests are an executable of that name too.
        .filter(|message| message["target"]["name"] == binary && message["profile"]["test"] != true)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .with_context(|| format!("cargo did not say where it put {binary}"))
}

/// Runs a command of `cargo` that builds `what`, and returns its messages about what it built.
///
/// # Errors
/// When the build fails.
pub fn artifacts(command: &mut Command, what: &str) -> Result<Vec<serde_json::Value>> {
    // Somebody who waits sees what is built; a log needs the errors alone.
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command.args(["--message-format", "json-render-diagnostics"]);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!("building {what} failed");
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    Ok(messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The crates of a build, each with its features.
    fn crates(arguments: &[&str]) -> BTreeSet<String> {
        let mut tree = cargo();
        tree.args(["tree", "--offline", "--prefix", "none", "--format", "{p} {f}"]);
        let output = tree.args(arguments).output().expect("cargo can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).expect("names are text");
        let crates = lines.lines().map(|line| line.trim_end_matches(" (*)").to_owned());
        crates.filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn what_is_built_for_these_commands_is_built_for_the_tests_too() {
        let ours = crates(&["--package", "xtask", "--edges", "normal,build"]);
        let tests = crates(&["--workspace", "--edges", "normal,build,dev"]);
        let again: Vec<_> = ours.difference(&tests).collect();
        assert!(ours.len() > 100, "{ours:?}");
        assert!(
            again.is_empty(),
            "these, and all that stands on them, are built a second time, with other features: {again:?}; ask for the missing ones in \
             xtask/Cargo.toml"
        );
    }
}
