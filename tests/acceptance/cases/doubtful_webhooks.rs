//! What plans say of webhooks that Twilio will not reach, or that others can read.

use serde_json::Value as Json;

use crate::sandbox::Sandbox;

const DOUBTFUL: &str = r#"
    resource "twilio_twiml_app" "orders" {
      friendly_name      = "Orders"
      voice_url          = "https://porter:open-sesame@hooks.example.com/voice"
      voice_fallback_url = "https://a1b2.ngrok-free.app/voice"
      sms_url            = "http://hooks.example.com/sms"
      status_callback    = "https://169.254.169.254/calls"
    }
"#;

/// The warnings of a plan, in the form that machines read, with the lines that Terraform shows.
fn warnings(sandbox: &Sandbox) -> Vec<Json> {
    let output = sandbox.succeed(&["plan", "-json"]);
    let lines = output
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Json>(line).ok());
    let diagnostics = lines.filter(|line| line["type"] == "diagnostic");
    diagnostics.map(|line| line["diagnostic"].clone()).collect()
}

#[test]
fn what_is_doubtful_is_said_once_for_each_resource_and_no_password_with_it() {
    let sandbox = Sandbox::standing();
    sandbox.configure(DOUBTFUL);
    let said = warnings(&sandbox);
    let [one] = said.as_slice() else {
        panic!("not one warning: {said:?}");
    };
    assert_eq!(one["address"], "twilio_twiml_app.orders");
    assert_eq!(
        one["summary"],
        "twilio_twiml_app has webhooks that are not fit for production"
    );
    let detail = one["detail"].as_str().unwrap_or_default();
    for part in [
        "- voice_url: the URL has a user name or password in it",
        "- voice_fallback_url: ngrok-free.app is a tunnel",
        "- sms_url: it is http",
        "- status_callback: its address is a private or link-local one",
    ] {
        assert!(detail.contains(part), "{part}: {detail}");
    }
    let all = one.to_string();
    assert!(!all.contains("open-sesame") && !all.contains("porter"), "{all}");

    sandbox.apply(DOUBTFUL);
    assert_eq!(warnings(&sandbox), Vec::<Json>::new(), "it was said");
    sandbox.configure(&DOUBTFUL.replace("Orders", "Shop"));
    assert_eq!(warnings(&sandbox), Vec::<Json>::new(), "no URL changes");
    sandbox.configure(&DOUBTFUL.replace("hooks.example.com/sms", "localhost:8080/sms"));
    let said = warnings(&sandbox);
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(
        said[0]["summary"],
        format!(
            "twilio_twiml_app {} has a webhook that Twilio cannot reach",
            sid(&sandbox)
        )
    );
    assert!(
        said[0]["snippet"]["code"]
            .as_str()
            .is_some_and(|code| code.contains("sms_url")),
        "{said:?}"
    );
}

fn sid(sandbox: &Sandbox) -> String {
    let app = sandbox.resource("twilio_twiml_app.orders");
    app["sid"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_policy_that_refuses_a_url_shows_no_password_either() {
    let sandbox = Sandbox::standing();
    sandbox.configure(DOUBTFUL);
    sandbox.provider_block(r#"policy = { allowed_webhook_hosts = ["other.example.com"] }"#);
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    assert_ne!(output.code, 0, "{}", output.text());
    let said = output.unwrapped();
    assert!(said.contains("voice_url of the TwiML app"), "{said}");
    let errors = said.split_once("Error:").map_or("", |(_, errors)| errors);
    assert!(!errors.contains("open-sesame"), "{errors}");
}

#[test]
fn of_a_url_that_is_known_in_part_the_known_part_is_judged() {
    let sandbox = Sandbox::standing();
    sandbox.configure(
        r#"
        resource "twilio_subaccount" "a" { friendly_name = "A" }
        resource "twilio_twiml_app" "orders" {
          friendly_name = "Orders"
          voice_url     = "http://10.0.0.1/${twilio_subaccount.a.sid}"
        }
    "#,
    );
    let said = warnings(&sandbox);
    let of_app: Vec<_> = said
        .iter()
        .filter(|one| one["address"] == "twilio_twiml_app.orders")
        .collect();
    assert_eq!(of_app.len(), 1, "{said:?}");
    assert_eq!(
        of_app[0]["summary"],
        "twilio_twiml_app has a webhook that Twilio cannot reach"
    );
}

#[test]
fn an_error_about_a_url_with_a_password_does_not_show_its_line() {
    let sandbox = Sandbox::standing();
    for wrong in [
        "porter:open-sesame@hooks exa.com",
        "porter:open-sesame@hooks.example.com:99999",
    ] {
        sandbox.configure(&DOUBTFUL.replace("porter:open-sesame@hooks.example.com", wrong));
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        assert_ne!(output.code, 0, "{}", output.text());
        let said = output.unwrapped();
        assert!(said.contains("Its line is not shown here"), "{said}");
        assert!(!said.contains("open-sesame") && !said.contains("porter"), "{said}");
    }
}
