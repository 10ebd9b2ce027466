//! `examples/ci/drift.yml`, run as GitHub runs it: its own shell steps, with the real Terraform, the credential that it
//! recommends and the configuration that README.md begins with.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use serde_json::json;
use xtask::mirror::Mirror;
use xtask::terraform::{REQUIRED_PROVIDERS, Workspace};

use crate::sandbox::{Sandbox, provider_binary, resource_in};

/// What the workflow does not run in a shell.
const ACTIONS: &[&str] = &["actions/checkout@v4", "hashicorp/setup-terraform@v3"];

fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// One step of the job.
#[derive(Debug, Default)]
struct Step {
    fields: BTreeMap<String, String>,
    environment: BTreeMap<String, String>,
}

/// The job's environment and steps, from the part of YAML that the workflow is written in: maps, a list of maps, and blocks of
/// text. Anything else fails the test.
fn read_job(text: &str) -> (BTreeMap<String, String>, Vec<Step>) {
    let (mut environment, mut steps) = (BTreeMap::new(), Vec::<Step>::new());
    let mut lines = text.lines().peekable();
    let mut section = "";
    while let Some(line) = lines.next() {
        let (indent, content) = (line.len() - line.trim_start().len(), line.trim());
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if indent <= 4 {
            section = match (indent, content) {
                (4, "env:") => "env",
                (4, "steps:") => "steps",
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

/// A runner of GitHub's, with the secrets of a repository.
struct Runner<'a> {
    workspace: &'a Workspace,
    tools: PathBuf,
    secrets: BTreeMap<&'static str, String>,
}

/// How a job ended.
#[derive(Debug)]
struct Ended {
    /// The step that failed.
    failed: Option<String>,
    /// What `gh` was asked.
    asked: String,
}

impl Runner<'_> {
    /// Puts `${{ … }}` in; a secret that is not there is empty.
    fn filled(&self, value: &str) -> String {
        let Some(inner) = value.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")) else {
            return value.to_owned();
        };
        match inner.trim().split_once('.') {
            Some(("secrets", name)) => self.secrets.get(name).cloned().unwrap_or_default(),
            Some(("github", "token")) => "token".to_owned(),
            _ => panic!("{value} is nothing that the runner knows"),
        }
    }

    fn run(&self, workflow: &str) -> Ended {
        let (environment, steps) = read_job(workflow);
        assert!(steps.len() >= 4, "{steps:#?}");
        let outputs = self.tools.join("outputs");
        let asked = self.tools.join("asked");
        fs::write(&asked, "").expect("a file");
        let mut known = BTreeMap::new();
        for step in &steps {
            if let Some(action) = step.fields.get("uses") {
                assert!(ACTIONS.contains(&action.as_str()), "{action}");
                continue;
            }
            if let Some(condition) = step.fields.get("if") {
                let (output, wanted) = condition.split_once(" == ").expect("a comparison");
                if known.get(output).map(String::as_str) != Some(wanted.trim_matches('\'')) {
                    continue;
                }
            }
            fs::write(&outputs, "").expect("a file");
            let script = self.tools.join("step.sh");
            fs::write(&script, &step.fields["run"]).expect("a file");
            let mut command = self
                .workspace
                .another_command(Path::new("bash"), &["-e", &script.display().to_string()]);
            let path = format!("{}:{}", self.tools.display(), std::env::var("PATH").unwrap_or_default());
            command
                .env("PATH", path)
                .env("GITHUB_OUTPUT", &outputs)
                .env("ASKED", &asked);
            for (name, value) in environment.iter().chain(&step.environment) {
                command.env(name, self.filled(value));
            }
            let ran = command.output().expect("bash starts");
            let id = step
                .fields
                .get("id")
                .or(step.fields.get("name"))
                .unwrap_or(&step.fields["run"]);
            if !ran.status.success() {
                let said = String::from_utf8_lossy(&ran.stdout).into_owned();
                return Ended {
                    failed: Some(format!("{id}: {said}{}", String::from_utf8_lossy(&ran.stderr))),
                    asked: fs::read_to_string(&asked).unwrap_or_default(),
                };
            }
            for line in fs::read_to_string(&outputs).unwrap_or_default().lines() {
                let (name, value) = line.split_once('=').expect("an output");
                known.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
            }
        }
        Ended {
            failed: None,
            asked: fs::read_to_string(&asked).unwrap_or_default(),
        }
    }
}

/// A repository with this configuration, checked out where it was applied, and the tools of a runner.
fn repository(sandbox: &Sandbox, folder: &Path, configuration: &str) -> Workspace {
    let mirror = Mirror::write(provider_binary(), &folder.join("mirror")).expect("a mirror");
    let mut workspace = Workspace::with_cli_config(&mirror.alone()).expect("a workspace");
    workspace.set_env("TWILIO_BASE_URL", &sandbox.handle.url);
    workspace.set_env("TWILIO_ACCOUNT_SID", &sandbox.handle.account_sid);
    workspace.set_env("TWILIO_AUTH_TOKEN", &sandbox.handle.auth_token);
    workspace.write("main.tf", configuration).expect("a file");
    fs::create_dir(workspace.path().join("who-changed")).expect("a folder");
    let who_changed = project("examples/ci/who-changed/main.tf");
    workspace.write("who-changed/main.tf", &who_changed).expect("a file");
    workspace.succeed(&["init", "-no-color"]).expect("init");
    workspace
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("apply");
    for name in ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] {
        workspace.set_env(name, "");
    }
    let tools = folder.join("tools");
    fs::create_dir(&tools).expect("a folder");
    symlink(workspace.program(), tools.join("terraform")).expect("a link");
    let gh = tools.join("gh");
    fs::write(&gh, "#!/bin/sh\necho \"$@\" >> \"$ASKED\"\n").expect("a file");
    fs::set_permissions(&gh, fs::Permissions::from_mode(0o755)).expect("it can be run");
    workspace
}

/// The first configuration that README.md shows, as a person would complete it.
fn readme_configuration() -> String {
    let readme = project("README.md");
    let (_, rest) = readme.split_once("```hcl\n").expect("a configuration");
    let (shown, _) = rest.split_once("```").expect("its end");
    assert!(shown.contains("twilio_subaccount"), "{shown}");
    format!("{REQUIRED_PROVIDERS}{shown}")
}

#[test]
fn the_job_works_with_the_credential_that_it_recommends_and_reports_drift() {
    let sandbox = Sandbox::new();
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = repository(&sandbox, folder.path(), &readme_configuration());
    let runner = |token: &str| Runner {
        workspace: &workspace,
        tools: folder.path().join("tools"),
        secrets: BTreeMap::from([
            ("TWILIO_ACCOUNT_SID", sandbox.handle.account_sid.clone()),
            ("TWILIO_AUTH_TOKEN", token.to_owned()),
        ]),
    };
    let workflow = project("examples/ci/drift.yml");
    let ended = runner(&sandbox.handle.auth_token).run(&workflow);
    assert!(ended.failed.is_none() && ended.asked.is_empty(), "{ended:?}");

    let state = workspace.state_json().expect("a state");
    let number = resource_in(&state, "twilio_phone_number.support").expect("README has a number");
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}.json",
        number["account_sid"].as_str().unwrap_or_default(),
        number["sid"].as_str().unwrap_or_default()
    );
    let other = json!({"voice_url": "https://elsewhere.example.com"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &other)
        .expect("the number can be changed");
    let record = json!({"host": "monitor.twilio.com", "collection": "/v1/Events", "account": number["account_sid"],
        "fields": {"event_type": "phone-number.updated", "event_date": "2026-11-29T10:00:00Z", "resource_sid": number["sid"],
            "actor_type": "user", "actor_sid": format!("US{:032}", 3), "source": "web", "source_ip_address": "203.0.113.7"}});
    sandbox.twilio.add(&record).expect("it can be recorded");
    let ended = runner(&sandbox.handle.auth_token).run(&workflow);
    assert!(ended.failed.is_none(), "{ended:?}");
    assert!(ended.asked.contains("issue create --title Twilio drift"), "{ended:?}");
    let body = fs::read_to_string(workspace.path().join("body.md")).expect("the report");
    assert!(body.contains("https://elsewhere.example.com"), "{body}");
    let who = format!(
        "twilio_phone_number.support:\n  2026-11-29T10:00:00Z phone-number.updated by user US{:032} with web from 203.0.113.7",
        3
    );
    assert!(body.contains(&who), "{body}");
    for kept in ["plan.json", "plan.tfplan"] {
        assert!(!workspace.path().join(kept).exists(), "{kept} has secrets in it");
    }
    // Whoever may not read the record gets the plan all the same.
    let refusal = json!([{"match": {"host": "monitor.twilio.com"}, "fault": "status", "status": 403,
        "body": {"code": 20003, "message": "Forbidden", "more_info": "", "status": 403}}]);
    sandbox.twilio.faults(&refusal).expect("the fault is understood");
    let ended = runner(&sandbox.handle.auth_token).run(&workflow);
    assert!(ended.failed.is_none(), "{ended:?}");
    let body = fs::read_to_string(workspace.path().join("body.md")).expect("the report");
    assert!(
        body.contains("https://elsewhere.example.com") && body.contains("Not known: the job's log says why."),
        "{body}"
    );
    sandbox.twilio.faults(&json!([])).expect("the fault is taken back");
    // What the job is let to do is to read, even with the token that may do everything.
    let applies = workflow.replacen("terraform plan -no-color", "terraform apply -auto-approve -no-color", 1);
    let applies = applies.replace(" -detailed-exitcode -out=plan.tfplan", "");
    assert_ne!(applies, workflow);
    let ended = runner(&sandbox.handle.auth_token).run(&applies);
    assert!(
        ended
            .failed
            .as_ref()
            .is_some_and(|step| step.contains("Refused by policy: read_only")),
        "{ended:?}"
    );

    // A plan that fails must not pass for one without drift.
    let ended = runner("0123456789abcdef0123456789abcdef").run(&workflow);
    assert!(
        ended.failed.as_ref().is_some_and(|step| step.starts_with("plan: ")),
        "{ended:?}"
    );
    assert_eq!(ended.asked, "");
}

#[test]
fn without_subaccounts_and_keys_a_standard_or_a_restricted_key_is_enough_as_the_job_says() {
    let sandbox = Sandbox::new();
    let folder = tempfile::tempdir().expect("a folder");
    let service = "resource \"twilio_messaging_service\" \"alerts\" {\n  friendly_name = \"Alerts\"\n}\n";
    let workspace = repository(&sandbox, folder.path(), &format!("{REQUIRED_PROVIDERS}{service}"));
    // The restricted key is the one that the guide to credentials shows.
    let guide = project("docs/guides/credentials.md");
    let (_, rest) = guide
        .split_once("```terraform\n# Enough to plan messaging services")
        .expect("a configuration");
    let (restricted, _) = rest.split_once("```").expect("its end");
    sandbox.apply(&format!(
        "resource \"twilio_api_key\" \"ci\" {{ friendly_name = \"CI\" }}\n#{restricted}"
    ));
    let runner = |address: &str| {
        let key = sandbox.resource(address);
        let text = |name: &str| key[name].as_str().expect("a text").to_owned();
        Runner {
            workspace: &workspace,
            tools: folder.path().join("tools"),
            secrets: BTreeMap::from([
                ("TWILIO_ACCOUNT_SID", sandbox.handle.account_sid.clone()),
                ("TWILIO_API_KEY", text("sid")),
                ("TWILIO_API_SECRET", text("secret")),
            ]),
        }
    };
    let workflow = project("examples/ci/drift.yml");
    let token = "      TWILIO_AUTH_TOKEN: ${{ secrets.TWILIO_AUTH_TOKEN }}\n";
    assert!(workflow.contains(token));
    let key = "      TWILIO_API_KEY: ${{ secrets.TWILIO_API_KEY }}\n      TWILIO_API_SECRET: ${{ secrets.TWILIO_API_SECRET }}\n";
    let workflow = workflow.replace(token, key);
    for address in ["twilio_api_key.ci", "twilio_api_key.drift"] {
        let ended = runner(address).run(&workflow);
        assert!(ended.failed.is_none() && ended.asked.is_empty(), "{address}: {ended:?}");
    }
}
