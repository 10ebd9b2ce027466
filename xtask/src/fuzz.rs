//! `cargo xtask fuzz`: random bytes against the decoders, for a while.
//!
//! The stable toolchain will do: instrumentation alone finds panics, and with `unsafe` forbidden there is little that a
//! sanitizer, which needs nightly, would add.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::output::Printer;
use crate::process::{cargo, root, runs, succeed};

/// Seconds that one input may take. All that are sensible take less than a hundredth of one.
const LONGEST_INPUT: u64 = 10;

/// Seconds that each target runs, where nobody says how long.
const SECONDS: u64 = 20;

/// Options of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub struct Arguments {
    /// How long each target runs; all run at the same time.
    #[arg(long, default_value_t = SECONDS)]
    seconds: u64,
    /// Targets in fuzz/fuzz_targets/, all of them if none is named.
    targets: Vec<String>,
}

/// That the lock file is current. What the targets ask is compiled with `tests/catalogue/decoders`, and asked there of the seeds and of
/// neighbours of them; an instrumented build of everything takes longer than all other lints together.
///
/// # Errors
/// When it is not.
pub fn check() -> Result<()> {
    lock_file_is_current()
}

/// Builds the targets and runs them side by side, from `fuzz/seeds/` and from what earlier runs found. What they find is
/// kept in `target/fuzz/corpus/`; an input that fails is left in `fuzz/artifacts/`.
///
/// # Errors
/// When an input makes a decoder panic, hang or break a promise that its target checks; with the last lines of output.
pub fn run(arguments: &Arguments) -> Result<()> {
    lock_file_is_current()?;
    let tool = Tool::find()?;
    let targets = match arguments.targets.as_slice() {
        [] => tool.targets()?,
        named => named.to_vec(),
    };
    succeed(tool.command("build").env("RUSTFLAGS", "-Dwarnings"))?;
    let running: Vec<_> = targets
        .into_iter()
        .map(|target| Ok((start(&tool, &target, arguments.seconds)?, target)))
        .collect::<Result<_>>()?;
    let outcomes: Vec<_> = running
        .into_iter()
        .map(|(child, target)| finish(child).with_context(|| format!("target {target} failed")))
        .collect();
    for outcome in outcomes {
        Printer::new().say(&outcome?);
    }
    Ok(())
}

fn start(tool: &Tool, target: &str, seconds: u64) -> Result<Child> {
    let found = output().join("corpus").join(target);
    std::fs::create_dir_all(&found).with_context(|| format!("cannot make {}", found.display()))?;
    tool.command("run")
        .env("RUSTFLAGS", "-Dwarnings")
        .arg(target)
        // New inputs are written to the first of these.
        .args([found, root().join("fuzz/seeds").join(target)])
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-timeout={LONGEST_INPUT}"))
        .arg(format!("-dict={}", root().join("fuzz/words.dict").display()))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start cargo-fuzz")
}

/// Waits, and returns how much was tried.
fn finish(child: Child) -> Result<String> {
    let output = child.wait_with_output().context("cannot wait for cargo-fuzz")?;
    let log = String::from_utf8_lossy(&output.stderr);
    // libFuzzer's last words. Without them nothing was tried, whatever the exit code says.
    let done = log.lines().rev().find(|line| line.starts_with("Done "));
    match done {
        Some(done) if output.status.success() => Ok(done.to_owned()),
        _ => {
            let lines: Vec<_> = log.lines().collect();
            // A backtrace may be longer than all that libFuzzer says behind it.
            let panicked = lines.iter().rposition(|line| line.contains("panicked at"));
            let end = lines.len().saturating_sub(40);
            let begin = panicked.map_or(end, |line| line.min(end));
            bail!("{}\n{}", output.status, lines[begin..].join("\n"))
        }
    }
}

/// cargo-fuzz, wherever it is.
struct Tool(PathBuf);

impl Tool {
    /// The installed one, else one below the target folder, installed now if it is not there yet.
    fn find() -> Result<Self> {
        let on_path = PathBuf::from("cargo-fuzz");
        if runs(Command::new(&on_path).arg("--version")) {
            return Ok(Self(on_path));
        }
        let tools = root().join("target/tools");
        let own = tools.join("bin/cargo-fuzz");
        if !runs(Command::new(&own).arg("--version")) {
            // Unoptimised: it does nothing but start others.
            let mut install = cargo();
            install.args(["install", "--quiet", "--debug", "--locked", "cargo-fuzz", "--root"]);
            succeed(install.arg(tools))?;
        }
        Ok(Self(own))
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.0);
        command.current_dir(root()).args(["fuzz", name, "--sanitizer", "none"]);
        command.arg("--target-dir").arg(output());
        command
    }

    fn targets(&self) -> Result<Vec<String>> {
        let list = Command::new(&self.0)
            .current_dir(root())
            .args(["fuzz", "list"])
            .output();
        let list = list.context("cannot start cargo-fuzz")?;
        let targets: Vec<_> = String::from_utf8_lossy(&list.stdout)
            .lines()
            .map(str::to_owned)
            .collect();
        ensure!(!targets.is_empty(), "cargo-fuzz finds no targets");
        Ok(targets)
    }
}

/// cargo-fuzz has no `--locked`, and would write the file anew in passing.
fn lock_file_is_current() -> Result<()> {
    let mut metadata = cargo();
    metadata.args([
        "metadata",
        "--locked",
        "--format-version=1",
        "--manifest-path=fuzz/Cargo.toml",
    ]);
    ensure!(
        runs(&mut metadata),
        "fuzz/Cargo.lock does not fit the manifests; bring it up to date with `cargo update --workspace --manifest-path \
         fuzz/Cargo.toml`"
    );
    Ok(())
}

fn output() -> PathBuf {
    root().join("target/fuzz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_are_told_of_the_time_is_so() {
        let text = std::fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the file is there");
        let words: Vec<_> = text.split_whitespace().collect();
        let text = words.join(" ");
        let told = format!("for {SECONDS} seconds");
        assert!(text.contains(&told), "{told}");
    }

    #[test]
    fn each_target_asks_what_the_tests_ask() {
        let asked = root().join("tests/catalogue/decoders/mod.rs");
        let asked = std::fs::read_to_string(asked).expect("the file is there");
        let targets = std::fs::read_dir(root().join("fuzz/fuzz_targets")).expect("the folder is there");
        let mut count = 0;
        for target in targets {
            let path = target.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a target");
            assert!(text.contains(&format!("{name}::holds(input)")), "{name}");
            assert!(asked.contains(&format!("try_all(\"{name}\", {name}::holds)")), "{name}");
            count += 1;
        }
        assert_eq!(count, 3);
    }
}
