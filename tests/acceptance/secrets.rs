//! A whole life with every kind of secret, at the most talkative log level: none of them is in any log or output.

use serde_json::{Value as Json, json};

use crate::world::World;

/// Secrets that the configuration has.
const WRITE_KEY: &str = "segment-write-key-7f3a9c";
const EXTERNAL_ID: &str = "kinesis-external-id-51d0e8";

fn config(rotation: u8) -> String {
    format!(
        r#"
        variable "write_key" {{
          type      = string
          sensitive = true
        }}
        variable "external_id" {{
          type      = string
          sensitive = true
        }}
        resource "twilio_subaccount" "team" {{
          friendly_name     = "Team"
          expose_auth_token = true
        }}
        resource "twilio_api_key" "app" {{
          friendly_name = "App"
          keepers       = {{ rotation = "{rotation}" }}
        }}
        resource "twilio_api_key" "team" {{
          account_sid   = twilio_subaccount.team.sid
          friendly_name = "Team app"
        }}
        resource "twilio_messaging_service" "team" {{
          account_sid   = twilio_subaccount.team.sid
          friendly_name = "Alerts {rotation}"
        }}
        resource "twilio_event_sink" "segment" {{
          description        = "Segment"
          sink_type          = "segment"
          sink_configuration = {{ write_key = var.write_key }}
        }}
        resource "twilio_event_sink" "kinesis" {{
          depends_on  = [twilio_event_sink.segment]
          description = "Kinesis"
          sink_type   = "kinesis"
          sink_configuration = {{
            arn         = "arn:aws:kinesis:us-east-1:123456789012:stream/twilio"
            role_arn    = "arn:aws:iam::123456789012:role/twilio"
            external_id = var.external_id
          }}
        }}
        output "secret" {{
          value     = twilio_api_key.app.secret
          sensitive = true
        }}
        "#
    )
}

/// Everything that opens something: in the state, in Twilio, and in the configuration.
fn secrets(world: &World) -> Vec<String> {
    let mut secrets = vec![
        world.handle.auth_token.clone(),
        WRITE_KEY.to_owned(),
        EXTERNAL_ID.to_owned(),
    ];
    for address in ["twilio_api_key.app", "twilio_api_key.team"] {
        let secret = world.resource(address)["secret"].as_str().map(str::to_owned);
        secrets.push(secret.expect("the state has the secret"));
    }
    let token = world.resource("twilio_subaccount.team")["auth_token"]
        .as_str()
        .map(str::to_owned);
    secrets.push(token.expect("the state has the token"));
    secrets
}

#[test]
fn no_secret_is_in_any_log_or_output_of_a_whole_life() {
    let mut world = World::new();
    let log = world.terraform.path().join("trace.log");
    let audit = world.terraform.path().join("audit.jsonl");
    world.terraform.set_env("TF_LOG", "TRACE");
    world.terraform.set_env("TF_LOG_PATH", &log);
    world.terraform.set_env("TWILIO_AUDIT_LOG", &audit);
    world.terraform.set_env("TF_VAR_write_key", WRITE_KEY);
    world.terraform.set_env("TF_VAR_external_id", EXTERNAL_ID);
    let mut said = String::new();

    // A key whose answer breaks off, and a refusal that repeats what was sent.
    let echo = json!({"code": 20001, "message": format!("{WRITE_KEY} is odd"), "status": 400});
    world
        .twilio
        .faults(&json!([
            {"match": {"method": "POST", "path": "Keys"}, "fault": "truncate_after", "times": 1},
            {"match": {"method": "POST", "path": "Sinks"}, "fault": "status", "status": 400, "body": echo, "times": 1},
        ]))
        .expect("the faults are understood");
    said.push_str(&world.apply_fails(&config(1)));
    said.push_str(&world.apply(&config(1)).text());
    let mut secrets_so_far = secrets(&world);
    said.push_str(&world.apply(&config(2)).text());
    secrets_so_far.extend(secrets(&world));
    said.push_str(&world.succeed(&["plan", "-no-color"]).text());
    said.push_str(&world.succeed(&["destroy", "-auto-approve", "-no-color"]).text());
    // Also those that no state has seen: of keys that were revoked, and tokens that were only fetched.
    let hidden = world.twilio.requests().expect("the simulator answers");
    assert!(!hidden.is_empty());

    let log = std::fs::read_to_string(&log).expect("there is a log");
    for proof in ["answer body", "request parameters", "(redacted)"] {
        assert!(log.contains(proof), "the log is not at TRACE: no {proof:?}");
    }
    let audit = std::fs::read_to_string(&audit).expect("there is an audit log");
    assert!(audit.lines().count() > 10, "{audit}");
    for secret in secrets_so_far {
        for (place, text) in [("log", &log), ("output", &said), ("audit log", &audit)] {
            if let Some(line) = text.lines().find(|line| line.contains(&secret)) {
                panic!("a secret is in the {place}: {}", line.replace(&secret, "SECRET"));
            }
        }
    }
}

#[test]
fn a_credential_that_is_refused_is_not_repeated_in_the_error() {
    let mut world = World::new();
    world.terraform.set_env("TWILIO_AUTH_TOKEN", "wrong-token-0badc0de");
    let said = world.apply_fails(&format!(
        "resource \"twilio_twiml_app\" \"a\" {{ friendly_name = {} }}",
        Json::from("A")
    ));
    assert!(said.contains("20003") && !said.contains("wrong-token"), "{said}");
}
