//! Whether Twilio accepts the credentials is found out by what is requested anyway, and in every plan before anybody approves it.

use serde_json::Value as Json;

use crate::sandbox::{Sandbox, assert_healthy};

const NEW: &str = r#"
    resource "twilio_twiml_app" "a" { friendly_name = "A" }
    resource "twilio_twiml_app" "b" { friendly_name = "B" }
    resource "twilio_messaging_service" "c" { friendly_name = "C" }
"#;

/// `GET /path` of each request since the last call.
fn asked(sandbox: &Sandbox) -> Vec<String> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    sandbox.twilio.forget_requests().expect("the simulator answers");
    let text = |request: &Json, field: &str| request[field].as_str().unwrap_or_default().to_owned();
    requests
        .iter()
        .map(|request| format!("{} {}", text(request, "method"), text(request, "path")))
        .collect()
}

fn about_the_account(sandbox: &Sandbox) -> String {
    format!("GET /2010-04-01/Accounts/{}.json", sandbox.handle.account_sid)
}

/// Runs what must fail with errors that all say the same about the credentials, one of them at length. Returns how many there are.
fn refused(sandbox: &Sandbox, arguments: &[&str]) -> usize {
    let output = sandbox.terraform.run(arguments).expect("terraform starts");
    assert_healthy(&output);
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    let errors = said.matches("Error: ").count();
    for (needle, count) in [
        ("Error: Twilio does not accept the credentials", errors),
        ("Nothing was changed", errors),
        ("auth_token (TWILIO_AUTH_TOKEN)", 1),
        ("code 20003", 1),
        ("another error of this run with this heading says why", errors - 1),
    ] {
        assert_eq!(said.matches(needle).count(), count, "{needle}: {said}");
    }
    assert!(!said.contains("hush"), "a secret is in: {said}");
    errors
}

#[test]
fn a_plan_of_new_objects_alone_asks_once_and_one_of_what_exists_asks_nothing_more() {
    let sandbox = Sandbox::new();
    sandbox.configure(NEW);
    asked(&sandbox);
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(asked(&sandbox), [about_the_account(&sandbox)]);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    asked(&sandbox);
    for arguments in [
        ["plan", "-no-color"].as_slice(),
        &["plan", "-no-color", "-destroy"],
        &["apply", "-no-color", "-refresh-only", "-auto-approve"],
    ] {
        sandbox.succeed(arguments);
        let asked = asked(&sandbox);
        assert!(
            !asked.is_empty() && asked.iter().all(|asked| asked.starts_with("GET ")),
            "{asked:?}"
        );
        assert!(
            !asked.contains(&about_the_account(&sandbox)),
            "{arguments:?}: {asked:?}"
        );
    }
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    let asked = asked(&sandbox);
    assert!(!asked.contains(&about_the_account(&sandbox)), "{asked:?}");
    sandbox.nothing_is_left();
}

#[test]
fn wrong_credentials_are_said_before_anything_new_is_approved() {
    let mut sandbox = Sandbox::new();
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "hush");
    sandbox.configure(NEW);
    asked(&sandbox);
    assert_eq!(refused(&sandbox, &["plan", "-no-color"]), 3);
    assert_eq!(
        asked(&sandbox),
        [about_the_account(&sandbox), about_the_account(&sandbox)]
    );
}

#[test]
fn wrong_credentials_are_said_in_the_same_words_whatever_finds_out() {
    let mut sandbox = Sandbox::new();
    sandbox.apply(NEW);
    let sid = sandbox.resource("twilio_twiml_app.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let good = sandbox.handle.auth_token.clone();
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "hush");
    asked(&sandbox);
    assert_eq!(refused(&sandbox, &["plan", "-no-color"]), 3);
    let found = asked(&sandbox);
    let about = about_the_account(&sandbox);
    assert_eq!(found.iter().filter(|asked| **asked == about).count(), 2, "{found:?}");
    assert!(found.len() <= 3 + 2, "{found:?}");
    // What follows is not asked any more.
    assert_eq!(refused(&sandbox, &["plan", "-no-color", "-parallelism=1"]), 3);
    assert_eq!(asked(&sandbox).len(), 1 + 2);
    sandbox.configure(&format!(
        "{NEW}\nresource \"twilio_twiml_app\" \"d\" {{ friendly_name = \"D\" }}"
    ));
    assert_eq!(
        refused(&sandbox, &["import", "-no-color", "twilio_twiml_app.d", &sid]),
        1
    );
    sandbox.configure(&NEW.replace("\"A\"", "\"B\""));
    let planned = [
        "plan",
        "-refresh=false",
        "-out=plan",
        "-no-color",
        "-target=twilio_twiml_app.a",
    ];
    sandbox.succeed(&planned);
    let before = sandbox.twilio.objects().expect("the simulator answers");
    assert_eq!(refused(&sandbox, &["apply", "-no-color", "plan"]), 1);
    assert_eq!(sandbox.twilio.objects().expect("the simulator answers"), before);
    sandbox.configure("data \"twilio_account\" \"a\" {}");
    assert_eq!(refused(&sandbox, &["plan", "-no-color", "-refresh=false"]), 1);
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", &good);
    sandbox.configure(NEW);
    sandbox.plan_is_empty("with the right token again");
}

#[test]
fn nothing_is_found_out_where_nobody_wants_to_know() {
    let sandbox = Sandbox::new();
    sandbox.configure(NEW);
    sandbox.provider_block("skip_credentials_validation = true");
    asked(&sandbox);
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(asked(&sandbox), [""; 0]);
}

#[test]
fn a_subaccount_costs_no_second_request() {
    let sandbox = Sandbox::new();
    let tenants = sandbox.another_workspace();
    crate::sandbox::configure(
        &tenants,
        "resource \"twilio_subaccount\" \"a\" { friendly_name = \"A\" }",
    );
    tenants
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("it applies");
    let state = tenants.state_json().expect("a state");
    let stored = crate::sandbox::resource_in(&state, "twilio_subaccount.a").expect("it is in the state");
    let sid = stored["sid"].as_str().expect("a SID");
    sandbox.configure(NEW);
    sandbox.provider_block(&format!("subaccount_sid = {sid:?}"));
    asked(&sandbox);
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(asked(&sandbox), [format!("GET /2010-04-01/Accounts/{sid}.json")]);
}
