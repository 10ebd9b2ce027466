//! The workflows for GitHub in `examples/ci`: actionlint knows what GitHub would refuse, or take for something else.
//!
//! What their steps do is run by `tests/acceptance/ci_jobs.rs` and `drift_job.rs`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::process::{root, runs, succeed};

/// The linter, which is built from its sources where it is not installed.
const ACTIONLINT: &str = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

/// Lints each.
///
/// # Errors
/// When there is anything to say, and when there are neither actionlint nor Go.
pub fn check() -> Result<()> {
    let files = files()?;
    let mut command = match runs(Command::new("actionlint").arg("-version")) {
        true => Command::new("actionlint"),
        false => {
            let mut go = Command::new("go");
            go.args(["run", ACTIONLINT]);
            go
        }
    };
    // Without a shell checker on PATH, which differs from machine to machine.
    command.args(["-no-color", "-shellcheck=", "-pyflakes="]).args(files);
    succeed(&mut command).context("the workflows need actionlint, or Go to build it, on PATH")
}

/// What GitHub reads: GitLab's file has another form.
fn files() -> Result<Vec<PathBuf>> {
    let folder = root().join("examples/ci");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let is_workflow = path.extension().is_some_and(|extension| extension == "yml");
        if is_workflow && !path.ends_with("gitlab-ci.yml") {
            files.push(path);
        }
    }
    files.sort();
    ensure!(files.len() >= 3, "{} has the workflows no more", folder.display());
    Ok(files)
}
