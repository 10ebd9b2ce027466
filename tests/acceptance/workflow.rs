//! A workflow of `examples/ci`, run as GitHub runs it: its own shell steps, with the real Terraform and tools that stand in for GitHub's
//! and AWS's.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use xtask::mirror::Mirror;
use xtask::terraform::Workspace;

use crate::sandbox::{Sandbox, provider_binary};

/// What a workflow does not run in a shell.
const ACTIONS: &[&str] = &[
    "actions/checkout@v4",
    "actions/upload-artifact@v4",
    "aws-actions/configure-aws-credentials@v4",
    "hashicorp/setup-terraform@v3",
];

/// A file of the project.
pub fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// One step of a job.
#[derive(Debug, Default)]
struct Step {
    fields: BTreeMap<String, String>,
    environment: BTreeMap<String, String>,
}

impl Step {
    fn name(&self) -> &str {
        let name = self.fields.get("id").or(self.fields.get("name"));
        name.or(self.fields.get("run")).map_or("a step", String::as_str)
    }
}

/// A job's environment and steps, from the part of YAML that the workflows are written in: maps, a list of maps, and blocks of
/// text. Anything else fails the test.
fn read_job(text: &str, job: &str) -> (BTreeMap<String, String>, Vec<Step>) {
    let (mut environment, mut steps) = (BTreeMap::new(), Vec::<Step>::new());
    let mut lines = text.lines().peekable();
    let (mut current, mut section) = ("", "");
    while let Some(line) = lines.next() {
        let (indent, content) = (line.len() - line.trim_start().len(), line.trim());
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if indent <= 4 {
            if indent <= 2 {
                current = content.trim_end_matches(':');
            }
            section = match (indent, content) {
                (4, "env:") if current == job => "env",
                (4, "steps:") if current == job => "steps",
                _ => "",
            };
            continue;
        }
        let content = match (section, content.strip_prefix("- ")) {
            ("steps", Some(first)) if indent == 6 => {
                steps.push(Step::default());
                first
            }
            _ => content,
        };
        if section.is_empty() {
            continue;
        }
        let (name, value) = content.split_once(':').unwrap_or_else(|| panic!("{line:?} is no map"));
        let (name, mut value) = (name.to_owned(), value.trim().trim_matches('"').to_owned());
        if value == "|" {
            value.clear();
            while let Some(next) = lines.next_if(|next| next.trim().is_empty() || next.starts_with("          ")) {
                value.push_str(next.get(10..).unwrap_or_default());
                value.push('\n');
            }
        }
        match (section, steps.last_mut()) {
            ("env", _) => drop(environment.insert(name, value)),
            ("steps", Some(step)) if indent <= 8 => drop(step.fields.insert(name, value)),
            ("steps", Some(step)) => drop(step.environment.insert(name, value)),
            _ => {}
        }
    }
    (environment, steps)
}

/// A runner of GitHub's.
pub struct Runner<'a> {
    pub workspace: &'a Workspace,
    pub tools: PathBuf,
    /// What `${{ … }}` may name: `secrets.NAME`, `vars.NAME`, `github.actor`. A secret that is not there is empty.
    pub known: BTreeMap<String, String>,
}

/// How a job ended.
#[derive(Debug)]
pub struct Ended {
    /// The step that failed, and what was said.
    pub failed: Option<String>,
    /// What `gh` was asked.
    pub asked: String,
    /// What the steps have put out, as `steps.plan.outputs.code`.
    pub outputs: BTreeMap<String, String>,
    /// All that was printed.
    pub printed: String,
}

impl Runner<'_> {
    /// Puts each `${{ … }}` in.
    fn filled(&self, value: &str, outputs: &BTreeMap<String, String>) -> String {
        let Some((before, rest)) = value.split_once("${{") else {
            return value.to_owned();
        };
        let (name, after) = rest.split_once("}}").expect("an expression has an end");
        let name = name.trim();
        let found = self.known.get(name).or_else(|| outputs.get(name)).cloned();
        let found = match name {
            "github.token" => "token".to_owned(),
            _ if name.starts_with("secrets.") => found.unwrap_or_default(),
            _ => found.unwrap_or_else(|| panic!("{name} is nothing that the runner knows")),
        };
        format!("{before}{found}{}", self.filled(after, outputs))
    }

    /// Runs a job up to the step that fails.
    pub fn run(&self, workflow: &str, job: &str) -> Ended {
        let (environment, steps) = read_job(workflow, job);
        assert!(steps.len() >= 4, "{steps:#?}");
        let file = |name: &str| self.tools.join(name);
        let (asked, summary, temporary) = (file("asked"), file("summary"), file("temporary"));
        for path in [&asked, &summary] {
            fs::write(path, "").expect("a file");
        }
        fs::create_dir_all(&temporary).expect("a folder");
        let mut ended = Ended {
            failed: None,
            asked: String::new(),
            outputs: BTreeMap::new(),
            printed: String::new(),
        };
        let mut exported = BTreeMap::new();
        for step in &steps {
            if let Some(action) = step.fields.get("uses") {
                assert!(ACTIONS.contains(&action.as_str()), "{action}");
                continue;
            }
            if let Some(condition) = step.fields.get("if") {
                let (output, wanted) = condition.split_once(" == ").expect("a comparison");
                if ended.outputs.get(output).map(String::as_str) != Some(wanted.trim_matches('\'')) {
                    continue;
                }
            }
            let [outputs, variables, script] = ["outputs", "variables", "step.sh"].map(file);
            for path in [&outputs, &variables] {
                fs::write(path, "").expect("a file");
            }
            fs::write(&script, &step.fields["run"]).expect("a file");
            // As GitHub starts it.
            let arguments = ["-e", &script.display().to_string()];
            let mut command = self.workspace.another_command(Path::new("bash"), &arguments);
            let path = format!("{}:{}", self.tools.display(), std::env::var("PATH").unwrap_or_default());
            command
                .env("PATH", path)
                .env("GITHUB_OUTPUT", &outputs)
                .env("GITHUB_ENV", &variables)
                .env("GITHUB_STEP_SUMMARY", &summary)
                .env("RUNNER_TEMP", &temporary)
                .env("ASKED", &asked)
                .envs(&exported);
            for (name, value) in environment.iter().chain(&step.environment) {
                command.env(name, self.filled(value, &ended.outputs));
            }
            let ran = command.output().expect("bash starts");
            let said = [&ran.stdout, &ran.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
            ended.printed.push_str(&said.concat());
            ended.asked = fs::read_to_string(&asked).unwrap_or_default();
            // A step that fails has put out what it has.
            ended.outputs.extend(lines_of(&outputs).map(|(name, value)| {
                let id = step.name();
                (format!("steps.{id}.outputs.{name}"), value)
            }));
            exported.extend(lines_of(&variables));
            if !ran.status.success() {
                ended.failed = Some(format!("{}: {}", step.name(), said.concat()));
                break;
            }
        }
        ended
    }
}

/// The `NAME=value` lines of a file.
fn lines_of(path: &Path) -> impl Iterator<Item = (String, String)> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().map(|line| {
        let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("{line:?} is no output"));
        (name.to_owned(), value.to_owned())
    });
    Vec::from_iter(lines).into_iter()
}

/// A repository with this configuration, checked out in a folder of its own where nothing was applied yet, and the tools of a runner. The
/// workspace has no credentials.
pub fn checked_out(sandbox: &Sandbox, folder: &Path, configuration: &str) -> Workspace {
    let mirror = Mirror::write(provider_binary(), &folder.join("mirror")).expect("a mirror");
    let mut workspace = Workspace::with_cli_config(&mirror.alone()).expect("a workspace");
    workspace.set_env("TWILIO_BASE_URL", &sandbox.handle.url);
    for name in ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] {
        workspace.set_env(name, "");
    }
    workspace.write("main.tf", configuration).expect("a file");
    fs::create_dir(workspace.path().join("who-changed")).expect("a folder");
    let who_changed = project("examples/ci/who-changed/main.tf");
    workspace.write("who-changed/main.tf", &who_changed).expect("a file");
    workspace.succeed(&["init", "-no-color"]).expect("init");
    let tools = folder.join("tools");
    fs::create_dir(&tools).expect("a folder");
    symlink(workspace.program(), tools.join("terraform")).expect("a link");
    tool(&tools, "gh", "echo \"$@\" >> \"$ASKED\"\n");
    workspace
}

/// A program for the runner.
pub fn tool(tools: &Path, name: &str, script: &str) {
    let path = tools.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}")).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be run");
}
