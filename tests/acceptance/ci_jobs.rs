//! `examples/ci`: a plan for a pull request, an apply that was approved, and the same for GitLab, with the real Terraform and credentials
//! from a stand-in for AWS Secrets Manager.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use xtask::terraform::{REQUIRED_PROVIDERS, Workspace};

use crate::sandbox::Sandbox;
use crate::workflow::{Ended, Runner, checked_out, project, tool};

const SERVICE: &str = "resource \"twilio_messaging_service\" \"alerts\" {\n  friendly_name = \"Alerts\"\n}\n";

/// What stands in for AWS, and answers with the one secret.
fn secrets_manager(folder: &Path, secret: &Json) {
    let tools = folder.join("tools");
    fs::write(tools.join("secret.json"), secret.to_string()).expect("a file");
    let here = tools.display();
    tool(
        &tools,
        "aws",
        &format!(
            "[ \"$1 $2 $4\" = 'secretsmanager get-secret-value twilio/ci' ] || exit 9\ncat '{here}/secret.json'\n"
        ),
    );
}

fn credentials(sandbox: &Sandbox) -> Json {
    json!({"TWILIO_ACCOUNT_SID": sandbox.handle.account_sid, "TWILIO_AUTH_TOKEN": sandbox.handle.auth_token, "OTHER": "not ours"})
}

/// What GitHub knows of a push, or of a pull request.
fn known(message: &str) -> BTreeMap<String, String> {
    let known = [
        ("vars.TWILIO_PLAN_SECRET", "twilio/ci"),
        ("vars.TWILIO_APPLY_SECRET", "twilio/ci"),
        ("github.event.pull_request.number", "12"),
        ("github.actor", "mallory"),
        ("github.repository", "acme/phones"),
        ("github.event.head_commit.message", message),
    ];
    known.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

struct Repository {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
    workspace: Workspace,
}

impl Repository {
    fn new() -> Self {
        let sandbox = Sandbox::standing();
        let folder = tempfile::tempdir().expect("a folder");
        let configuration = format!("{REQUIRED_PROVIDERS}{SERVICE}");
        let workspace = checked_out(&sandbox, folder.path(), &configuration);
        secrets_manager(folder.path(), &credentials(&sandbox));
        let git = "[ \"$1\" = rev-parse ] && echo 0123abc\n";
        tool(&folder.path().join("tools"), "git", git);
        Self {
            sandbox,
            folder,
            workspace,
        }
    }

    fn run(&self, workflow: &str, job: &str, known: BTreeMap<String, String>) -> Ended {
        let runner = Runner {
            workspace: &self.workspace,
            tools: self.folder.path().join("tools"),
            known,
        };
        runner.run(workflow, job)
    }

    /// Plans what was merged, and applies it as somebody has approved it.
    fn approve(&self, workflow: &str, message: &str, meanwhile: impl FnOnce()) -> Ended {
        let planned = self.run(workflow, "plan", known(message));
        assert!(planned.failed.is_none(), "{planned:?}");
        assert_eq!(planned.outputs["steps.plan.outputs.code"], "2");
        let mut known = known(message);
        let digest = planned.outputs["steps.plan.outputs.digest"].clone();
        known.insert("needs.plan.outputs.digest".to_owned(), digest);
        meanwhile();
        self.run(workflow, "apply", known)
    }
}

/// What GitHub has as comments of the pull request: `gh` answers with them as it is asked to.
fn comments(repository: &Repository, comments: &Json) {
    let tools = repository.folder.path().join("tools");
    fs::write(tools.join("comments.json"), comments.to_string()).expect("a file");
    let script = format!(
        "echo \"$@\" >> \"$ASKED\"\n[ \"$1 $2 $4\" != 'api --paginate --jq' ] || jq -r \"$5\" '{}/comments.json'\n",
        tools.display()
    );
    tool(&tools, "gh", &script);
}

#[test]
fn a_pull_request_gets_its_plan_as_a_comment_and_can_write_nothing() {
    let repository = Repository::new();
    let workflow = project("examples/ci/plan.yml");
    // A plan may quote Markdown.
    let quoting = format!("{REQUIRED_PROVIDERS}{SERVICE}output \"quoted\" {{\n  value = \"`````\"\n}}\n");
    repository.workspace.write("main.tf", &quoting).expect("a file");
    let others = json!([
        {"id": 1, "user": {"login": "github-actions[bot]"}, "body": "Coverage: 97 %"},
        {"id": 2, "user": {"login": "mallory"}, "body": "<!-- twilio-plan -->\nall is well"},
    ]);
    comments(&repository, &others);
    let ended = repository.run(&workflow, "plan", known(""));
    assert!(ended.failed.is_none(), "{ended:?}");
    assert!(
        ended.asked.contains("pr comment 12 --body-file body.md") && !ended.asked.contains("PATCH"),
        "others have commented, and this has not: {ended:?}"
    );
    let mut with_own = others.as_array().cloned().expect("a list");
    with_own
        .push(json!({"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- twilio-plan -->\nPlan of 1:"}));
    with_own.push(json!({"id": 4, "user": {"login": "github-actions[bot]"}, "body": "Lint: none"}));
    comments(&repository, &with_own.into());
    let ended = repository.run(&workflow, "plan", known(""));
    assert!(ended.failed.is_none(), "{ended:?}");
    assert!(
        ended
            .asked
            .contains("--method PATCH repos/acme/phones/issues/comments/3 -F body=@body.md")
            && !ended.asked.contains("pr comment"),
        "its own comment is brought up to date: {ended:?}"
    );
    let comment =
        |repository: &Repository| fs::read_to_string(repository.workspace.path().join("body.md")).expect("a comment");
    let body = comment(&repository);
    assert!(
        body.contains("Plan of 0123abc") && body.contains("Plan: 1 to add"),
        "{body}"
    );
    let fences: Vec<_> = body.lines().filter(|line| line.starts_with("```")).collect();
    assert_eq!(fences, ["``````"; 2], "longer than what is quoted: {body}");
    assert!(body.starts_with("<!-- twilio-plan -->\n"), "{body}");
    let token = &repository.sandbox.handle.auth_token;
    assert!(ended.printed.contains(&format!("::add-mask::{token}")), "{ended:?}");
    assert!(!ended.printed.contains("not ours"), "only what is Twilio's is exported");

    // Whatever a pull request makes of the job, the policy keeps it from writing.
    let applies = workflow.replacen(
        "terraform plan -no-color -lock=false -detailed-exitcode",
        "terraform apply -auto-approve -no-color",
        1,
    );
    assert_ne!(applies, workflow);
    let ended = repository.run(&applies, "plan", known(""));
    assert!(ended.failed.is_some_and(|step| step.starts_with("Result: ")));
    assert!(comment(&repository).contains("read_only"), "{}", comment(&repository));

    // A plan that fails, or is killed, is in the comment and fails the job.
    for (command, code) in [("sh -c 'exit 1' plan", "1"), ("sh -c 'kill -9 $$' plan", "137")] {
        let fails = workflow.replacen("terraform plan", command, 1);
        let ended = repository.run(&fails, "plan", known(""));
        assert_eq!(ended.outputs["steps.plan.outputs.code"], code);
        assert!(
            ended.failed.as_ref().is_some_and(|step| step.starts_with("Result: ")),
            "{ended:?}"
        );
        assert!(ended.asked.contains("PATCH"), "{ended:?}");
    }
}

#[test]
fn what_was_approved_is_applied_under_its_ticket_and_nothing_else_is() {
    let repository = Repository::new();
    let workflow = project("examples/ci/apply.yml");
    let policy = r#"{"require_ticket_for": ["delete"], "require_reason_for": ["delete"]}"#;
    repository.workspace.write("policy.json", policy).expect("a file");
    let message = "OPS-1234: alerts have a service (#12)\n\nBody with $(touch evil) and `touch evil`";
    let ended = repository.approve(&workflow, message, || {});
    assert!(ended.failed.is_none(), "{ended:?}");
    let log = repository.folder.path().join("tools/temporary/twilio.jsonl");
    let log = fs::read_to_string(log).expect("an audit log");
    let first: Json = serde_json::from_str(log.lines().next().expect("a record")).expect("JSON");
    assert_eq!(
        (&first["actor"], &first["change_ticket_id"], &first["change_reason"]),
        (
            &json!("mallory"),
            &json!("OPS-1234"),
            &json!("OPS-1234: alerts have a service (#12)")
        ),
        "{first:#}"
    );
    // Nothing is left to do, so there is nothing to approve.
    let planned = repository.run(&workflow, "plan", known(message));
    assert_eq!(planned.outputs["steps.plan.outputs.code"], "0");

    // Another plan than the one that was approved is not applied.
    let renamed = |name: &str| {
        format!(
            "{REQUIRED_PROVIDERS}{}",
            SERVICE.replace("\"Alerts\"", &format!("\"{name}\""))
        )
    };
    repository
        .workspace
        .write("main.tf", &renamed("Warnings"))
        .expect("a file");
    let ended = repository.approve(&workflow, message, || {
        repository
            .workspace
            .write("main.tf", &renamed("Something else"))
            .expect("a file");
    });
    let failed = ended.failed.expect("another plan");
    assert!(
        failed.starts_with("Apply: ") && failed.contains("another one than was approved"),
        "{failed}"
    );

    // Without a ticket the policy refuses a removal, in the plan already.
    repository
        .workspace
        .write("main.tf", REQUIRED_PROVIDERS)
        .expect("a file");
    let ended = repository.run(&workflow, "plan", known("no ticket at all"));
    let failed = ended.failed.expect("no ticket");
    assert!(
        failed.starts_with("plan: ") && failed.contains("require_ticket_for"),
        "{failed}"
    );
    let ended = repository.approve(&workflow, "OPS-1235: it goes", || {});
    assert!(ended.failed.is_none(), "{ended:?}");
    assert!(
        !repository.workspace.path().join("evil").exists(),
        "a message is no script"
    );
}

#[test]
fn an_approval_is_of_what_is_sensitive_and_not_shown_too() {
    let repository = Repository::new();
    let workflow = project("examples/ci/apply.yml");
    let app = |url: &str| {
        format!(
            "{REQUIRED_PROVIDERS}variable \"url\" {{\n  sensitive = true\n  default   = \"{url}\"\n}}\n\
             resource \"twilio_twiml_app\" \"app\" {{\n  friendly_name = \"App\"\n  voice_url     = var.url\n}}\n"
        )
    };
    let write = |url: &str| repository.workspace.write("main.tf", &app(url)).expect("a file");
    write("https://hooks.example.com/");
    let ended = repository.approve(&workflow, "OPS-1: an app", || write("https://elsewhere.example.com/"));
    let failed = ended.failed.expect("another URL than was approved");
    assert!(
        failed.starts_with("Apply: ") && failed.contains("another one than was approved"),
        "{failed}"
    );
    assert!(
        !ended.printed.contains("elsewhere"),
        "it is not shown: {}",
        ended.printed
    );
    write("https://hooks.example.com/");
    let ended = repository.approve(&workflow, "OPS-1: an app", || {});
    assert!(ended.failed.is_none(), "{ended:?}");
}

/// The members of GitLab's file at the top, each with its lines.
fn gitlab_jobs(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut jobs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        match line.strip_suffix(':').filter(|name| !name.starts_with(' ')) {
            Some(name) => name.clone_into(&mut current),
            None => jobs.entry(current.clone()).or_default().push(line.to_owned()),
        }
    }
    jobs
}

/// The one block of a list of commands, as the shell gets it.
fn script(lines: &[String], name: &str) -> String {
    let mut after = lines
        .iter()
        .skip_while(|line| line.trim() != format!("{name}:"))
        .skip(1);
    assert_eq!(
        after.next().map(|line| line.trim()),
        Some("- |"),
        "{name} is one block: {lines:#?}"
    );
    let block = after.take_while(|line| line.is_empty() || line.starts_with("      "));
    block
        .map(|line| format!("{}\n", line.get(6..).unwrap_or_default()))
        .collect()
}

/// How a job of GitLab's ended, with all that it said.
fn gitlab(repository: &Repository, job: &str, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let jobs = gitlab_jobs(&project("examples/ci/gitlab-ci.yml"));
    let before = script(&jobs[".twilio"], "before_script");
    let text = format!("{before}{}", script(&jobs[job], "script"));
    let tools = repository.folder.path().join("tools");
    tool(&tools, "apk", "");
    let path = tools.join("job.sh");
    fs::write(&path, text).expect("a file");
    // As GitLab starts it: what fails ends the job.
    let arguments = ["-eo", "pipefail", &path.display().to_string()];
    let mut command = repository.workspace.another_command(Path::new("bash"), &arguments);
    let search = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    command
        .env("PATH", search)
        .envs([
            ("SECRET", "twilio/ci"),
            ("ROLE", "arn:aws:iam::123456789012:role/twilio"),
            ("AWS_TOKEN", "token"),
        ])
        .envs([
            ("GITLAB_USER_LOGIN", "mallory"),
            ("CI_COMMIT_TITLE", "OPS-1234: alerts have a service"),
        ])
        .envs(variables.iter().copied());
    let ran = command.output().expect("bash starts");
    let said = [&ran.stdout, &ran.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    (ran.status.code(), said.concat())
}

#[test]
fn gitlab_plans_applies_what_was_approved_and_finds_drift() {
    let repository = Repository::new();
    let (code, said) = gitlab(&repository, "plan", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Plan: 1 to add"), "{said}");
    assert!(!said.contains(&repository.sandbox.handle.auth_token), "{said}");

    let (code, said) = gitlab(&repository, "approve", &[]);
    assert_eq!(code, Some(0), "{said}");
    let approved = fs::read_to_string(repository.workspace.path().join("approved.env")).expect("a digest");
    let (name, digest) = approved.trim().split_once('=').expect("a variable");
    assert_eq!((name, digest.len()), ("APPROVED", 64));
    let (code, said) = gitlab(&repository, "apply", &[(name, "another")]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("another one than was approved"), "{said}");
    let (code, said) = gitlab(&repository, "apply", &[(name, digest)]);
    assert_eq!(code, Some(0), "{said}");
    let log = fs::read_to_string(repository.workspace.path().join("twilio.jsonl")).expect("an audit log");
    let first: Json = serde_json::from_str(log.lines().next().expect("a record")).expect("JSON");
    assert_eq!(
        (&first["actor"], &first["change_ticket_id"]),
        (&json!("mallory"), &json!("OPS-1234")),
        "{first:#}"
    );

    let (code, said) = gitlab(&repository, "drift", &[]);
    assert_eq!(code, Some(0), "{said}");
    let state = repository.workspace.state_json().expect("a state");
    let service = crate::sandbox::resource_in(&state, "twilio_messaging_service.alerts").expect("it is there");
    let path = format!("/v1/Services/{}", service["sid"].as_str().expect("a SID"));
    let other = json!({"friendly_name": "Somebody's"});
    repository
        .sandbox
        .twilio
        .change("messaging.twilio.com", &path, &other)
        .expect("it can be changed");
    let (code, said) = gitlab(&repository, "drift", &[]);
    assert_eq!(
        code,
        Some(2),
        "drift fails the job, so that somebody hears of it: {said}"
    );
    assert!(
        said.contains("Somebody's") && said.contains("twilio_messaging_service.alerts:"),
        "{said}"
    );

    // Who changed it is a part of the job that may fail: then that is said, and why, and it is still drift.
    repository
        .workspace
        .write(
            "who-changed/main.tf",
            "terraform {\n  required_version = \"< 0.1\"\n}\n",
        )
        .expect("a file");
    let (code, said) = gitlab(&repository, "drift", &[]);
    assert_eq!(code, Some(2), "{said}");
    for part in ["Unsupported Terraform Core version", "Who changed it is not known."] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn each_job_of_gitlab_runs_when_it_should_with_the_credentials_that_it_should_have() {
    let jobs = gitlab_jobs(&project("examples/ci/gitlab-ci.yml"));
    let names: Vec<_> = jobs
        .keys()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(
        names,
        [
            ".twilio",
            "apply",
            "approve",
            "default",
            "drift",
            "plan",
            "stages",
            "variables"
        ]
    );
    for (job, event, credentials) in [
        ("plan", "merge_request_event", "PLAN"),
        ("approve", "push", "PLAN"),
        ("apply", "push", "APPLY"),
        ("drift", "schedule", "PLAN"),
    ] {
        let has = |line: &str| jobs[job].iter().any(|other| other.trim() == line);
        assert!(has("extends: .twilio"), "{job}");
        let rules = jobs[job].iter().filter(|line| line.trim().starts_with("- if:"));
        assert!(
            rules.clone().count() == 1 && rules.clone().all(|line| line.contains(event)),
            "{job}"
        );
        assert!(has(&format!("ROLE: $TWILIO_{credentials}_ROLE")), "{job}");
        assert!(has(&format!("SECRET: $TWILIO_{credentials}_SECRET")), "{job}");
        // Nothing is applied that nobody has started.
        assert_eq!(has("when: manual"), job == "apply", "{job}");
        assert_eq!(has("environment: twilio"), job == "apply", "{job}");
    }
}
