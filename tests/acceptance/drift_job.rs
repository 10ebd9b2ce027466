//! `examples/ci/drift.yml`, run as GitHub runs it: its own shell steps, with the real Terraform, the credential that it
//! recommends and the configuration that README.md begins with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::json;
use xtask::terraform::{REQUIRED_PROVIDERS, Workspace};

use crate::sandbox::{Sandbox, resource_in};
use crate::workflow::{Runner, checked_out, project};

/// A repository whose configuration was applied where it is checked out.
fn repository(sandbox: &Sandbox, folder: &Path, configuration: &str) -> Workspace {
    let mut workspace = checked_out(sandbox, folder, configuration);
    workspace.set_env("TWILIO_ACCOUNT_SID", &sandbox.handle.account_sid);
    workspace.set_env("TWILIO_AUTH_TOKEN", &sandbox.handle.auth_token);
    workspace
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("apply");
    for name in ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] {
        workspace.set_env(name, "");
    }
    workspace
}

/// Secrets of a repository.
fn secrets<const N: usize>(secrets: [(&str, String); N]) -> BTreeMap<String, String> {
    let named = secrets.map(|(name, value)| (format!("secrets.{name}"), value));
    BTreeMap::from(named)
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
        known: secrets([
            ("TWILIO_ACCOUNT_SID", sandbox.handle.account_sid.clone()),
            ("TWILIO_AUTH_TOKEN", token.to_owned()),
        ]),
    };
    let workflow = project("examples/ci/drift.yml");
    let ended = runner(&sandbox.handle.auth_token).run(&workflow, "drift");
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
    let ended = runner(&sandbox.handle.auth_token).run(&workflow, "drift");
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
    let ended = runner(&sandbox.handle.auth_token).run(&workflow, "drift");
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
    let ended = runner(&sandbox.handle.auth_token).run(&applies, "drift");
    assert!(
        ended
            .failed
            .as_ref()
            .is_some_and(|step| step.contains("Refused by policy: read_only")),
        "{ended:?}"
    );

    // A plan that fails must not pass for one without drift.
    let ended = runner("0123456789abcdef0123456789abcdef").run(&workflow, "drift");
    assert!(
        ended.failed.as_ref().is_some_and(|step| step.starts_with("plan: ")),
        "{ended:?}"
    );
    assert_eq!(ended.asked, "");

    // Nor must one that was killed, as where memory runs out: it ends with neither 0 nor 1.
    let killed = workflow.replacen("terraform plan -no-color", "sh -c 'kill -9 $$' plan -no-color", 1);
    assert_ne!(killed, workflow);
    let ended = runner(&sandbox.handle.auth_token).run(&killed, "drift");
    assert!(
        ended.failed.as_ref().is_some_and(|step| step.starts_with("plan: ")),
        "{ended:?}"
    );
    assert_eq!(ended.outputs["steps.plan.outputs.code"], "137");
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
            known: secrets([
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
        let ended = runner(address).run(&workflow, "drift");
        assert!(ended.failed.is_none() && ended.asked.is_empty(), "{address}: {ended:?}");
    }
}
