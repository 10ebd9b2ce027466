//! The newest published package, and whether it has nothing but what Twilio publishes for everybody.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail, ensure};
use twilio_simulator::contract::Spec;

use super::{PACKAGE, read_json};

/// Pins the newest published version. Returns the one that was pinned before, if that was another.
///
/// # Errors
/// When npm does not tell; with `only_check` also when a newer one is published.
pub fn follow(folder: &Path, only_check: bool) -> anyhow::Result<Option<String>> {
    let (newest, pinned) = (published()?, pinned(folder)?);
    if newest == pinned {
        return Ok(None);
    }
    if only_check {
        bail!("{PACKAGE} {newest} is published and {pinned} is pinned; run `cargo xtask contract --newest`");
    }
    pin(folder, &newest)?;
    Ok(Some(pinned))
}

/// The newest version in the package registry.
///
/// # Errors
/// When npm does not tell.
pub fn published() -> anyhow::Result<String> {
    let newest = npm(Path::new("."), &["view", PACKAGE, "version"])?;
    ensure!(!newest.is_empty(), "npm knows no version of {PACKAGE}");
    Ok(newest)
}

/// The version that `package.json` pins.
///
/// # Errors
/// When it cannot be read or pins none.
pub fn pinned(folder: &Path) -> anyhow::Result<String> {
    let package = read_json(&folder.join("package.json"))?;
    let version = package["dependencies"][PACKAGE].as_str();
    Ok(version.context("package.json pins no version")?.to_owned())
}

/// Pins a version, with its lock file.
///
/// # Errors
/// When npm fails.
pub fn pin(folder: &Path, version: &str) -> anyhow::Result<()> {
    let wanted = format!("{PACKAGE}@{version}");
    let options = [
        "install",
        "--save-exact",
        "--package-lock-only",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ];
    npm(folder, &[&options[..], &[&wanted]].concat())?;
    Ok(())
}

fn npm(folder: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("npm")
        .args(arguments)
        .current_dir(folder)
        .output()
        .context("running npm; `cargo xtask contract` needs Node.js with npm on PATH")?;
    ensure!(
        output.status.success(),
        "npm {} failed:\n{}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Refuses what a package ships by mistake: hosts that serve no customer, and operations that Twilio marks as its own.
///
/// # Errors
/// When there is such a thing, with its name.
pub fn is_public(spec: &Spec) -> anyhow::Result<()> {
    let host = spec.host.strip_suffix(".twilio.com");
    ensure!(
        host.is_some_and(|label| !label.is_empty() && !label.contains('.')),
        "{} is no host that customers reach",
        spec.host
    );
    for operation in &spec.operations {
        let path = operation.path.to_ascii_lowercase();
        let is_internal = path.split(['/', '-', '_', '.']).any(|word| word == "internal");
        let is_marked = operation
            .maturity
            .iter()
            .any(|word| word.eq_ignore_ascii_case("internal"));
        ensure!(
            !is_internal && !is_marked,
            "{} {} is Twilio's own",
            operation.method,
            operation.path
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(host: &str, path: &str, maturity: &str) -> Spec {
        let text = serde_json::json!({
            "source": {"package": "p", "version": "1", "file": "f"},
            "host": host,
            "operations": [{"id": "FetchThing", "method": "GET", "path": path, "kind": "read", "status": [200], "maturity": [maturity]}],
            "schemas": {},
        });
        serde_json::from_value(text).expect("a spec")
    }

    #[test]
    fn what_is_for_nobody_is_refused() {
        assert!(is_public(&spec("sync.twilio.com", "/v1/Services", "Beta")).is_ok());
        for (host, path, maturity, named) in [
            ("sync.stage.twilio.com", "/v1/Services", "GA", "sync.stage.twilio.com"),
            ("sync.example.com", "/v1/Services", "GA", "sync.example.com"),
            (
                "sync.twilio.com",
                "/v1/internal/Services",
                "GA",
                "/v1/internal/Services",
            ),
            ("sync.twilio.com", "/v1/Services", "Internal", "/v1/Services"),
        ] {
            let why = is_public(&spec(host, path, maturity))
                .expect_err("it is refused")
                .to_string();
            assert!(why.contains(named), "{why}");
        }
    }
}
