//! A whole lifecycle with every kind of secret, at the most talkative log level: none of them is in any log or output.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

/// Secrets that the configuration has.
const WRITE_KEY: &str = "segment-write-key-7f3a9c";
const EXTERNAL_ID: &str = "kinesis-external-id-51d0e8";

const SEGMENT: &str = r#"
    variable "write_key" {
      type      = string
      sensitive = true
    }
    resource "twilio_event_sink" "segment" {
      description        = "Segment"
      sink_type          = "segment"
      sink_configuration = { write_key = var.write_key }
    }
"#;

const KINESIS: &str = r#"
    variable "external_id" {
      type      = string
      sensitive = true
    }
    resource "twilio_event_sink" "kinesis" {
      description = "Kinesis"
      sink_type   = "kinesis"
      sink_configuration = {
        arn         = "arn:aws:kinesis:us-east-1:123456789012:stream/twilio"
        role_arn    = "arn:aws:iam::123456789012:role/twilio"
        external_id = var.external_id
      }
    }
"#;

fn config(rotation: u8) -> String {
    format!(
        r#"
        {SEGMENT}
        {KINESIS}
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
        output "secret" {{
          value     = twilio_api_key.app.secret
          sensitive = true
        }}
        "#
    )
}

/// Everything that opens something: in the state, in Twilio, and in the configuration.
fn secrets(sandbox: &Sandbox) -> Vec<String> {
    let mut secrets = vec![
        sandbox.handle.auth_token.clone(),
        WRITE_KEY.to_owned(),
        EXTERNAL_ID.to_owned(),
    ];
    for address in ["twilio_api_key.app", "twilio_api_key.team"] {
        let secret = sandbox.resource(address)["secret"].as_str().map(str::to_owned);
        secrets.push(secret.expect("the state has the secret"));
    }
    let token = sandbox.resource("twilio_subaccount.team")["auth_token"]
        .as_str()
        .map(str::to_owned);
    secrets.push(token.expect("the state has the token"));
    secrets
}

#[test]
fn no_secret_is_in_any_log_or_output_of_a_whole_life() {
    let mut sandbox = Sandbox::new();
    let log = sandbox.terraform.path().join("trace.log");
    let audit = sandbox.terraform.path().join("audit.jsonl");
    sandbox.terraform.set_env("TF_LOG", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.terraform.set_env("TWILIO_AUDIT_LOG", &audit);
    sandbox.terraform.set_env("TF_VAR_write_key", WRITE_KEY);
    sandbox.terraform.set_env("TF_VAR_external_id", EXTERNAL_ID);
    let mut said = String::new();

    // Refusals that repeat what was sent.
    for (sink, secret) in [(SEGMENT, WRITE_KEY), (KINESIS, EXTERNAL_ID)] {
        let echo = json!({"code": 20001, "message": format!("{secret} is odd"), "status": 400});
        sandbox
            .twilio
            .faults(
                &json!([{"match": {"method": "POST", "path": "Sinks"}, "fault": "status", "status": 400, "body": echo}]),
            )
            .expect("the fault is understood");
        let refused = sandbox.apply_fails(sink);
        assert!(refused.contains("(redacted) is odd"), "{refused}");
        said.push_str(&refused);
    }
    // A key whose response breaks off.
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": "Keys"}, "fault": "truncate_after", "times": 1}]))
        .expect("the fault is understood");
    said.push_str(&sandbox.apply(&config(1)).text());
    let mut secrets_so_far = secrets(&sandbox);
    said.push_str(&sandbox.apply(&config(2)).text());
    secrets_so_far.extend(secrets(&sandbox));
    said.push_str(&sandbox.succeed(&["plan", "-no-color"]).text());
    said.push_str(&sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]).text());
    // Also those that no state has seen: of keys that were revoked, and tokens that were only fetched.
    let hidden = sandbox.twilio.requests().expect("the simulator answers");
    assert!(!hidden.is_empty());

    let log = std::fs::read_to_string(&log).expect("there is a log");
    for proof in ["response body", "request parameters", "(redacted)"] {
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
    let mut sandbox = Sandbox::new();
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "wrong-token-0badc0de");
    let said = sandbox.apply_fails(&format!(
        "resource \"twilio_twiml_app\" \"a\" {{ friendly_name = {} }}",
        Json::from("A")
    ));
    assert!(said.contains("20003") && !said.contains("wrong-token"), "{said}");
}

/// Secrets that only their surroundings tell.
const OF_PARAMETER: &str = "flow-parameter-secret-8";
const OF_HEADER: &str = "flow-bearer-secret-9";
const OF_QUERY: &str = "query-token-secret-5";

#[test]
fn secrets_of_flows_and_addresses_are_in_no_log_and_no_record() {
    let mut sandbox = Sandbox::new();
    let log = sandbox.terraform.path().join("trace.log");
    let audit = sandbox.terraform.path().join("audit.jsonl");
    sandbox.terraform.set_env("TF_LOG_PROVIDER", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.terraform.set_env("TWILIO_AUDIT_LOG", &audit);
    let config = format!(
        r#"
        variable "secrets" {{
          type      = map(string)
          sensitive = true
          default   = {{ parameter = "{OF_PARAMETER}", header = "Bearer {OF_HEADER}", query = "{OF_QUERY}" }}
        }}
        resource "twilio_twiml_app" "a" {{
          friendly_name = "A"
          voice_url     = "https://example.com/voice?page=1&token=${{var.secrets.query}}"
        }}
        resource "twilio_studio_flow" "a" {{
          friendly_name = "A"
          status        = "draft"
          definition = jsonencode({{
            description   = "Asks"
            initial_state = "Trigger"
            flags         = {{ allow_concurrent_calls = true }}
            states = [
              {{
                name        = "Trigger"
                type        = "trigger"
                transitions = [{{ event = "incomingCall", next = "ask" }}]
                properties  = {{ offset = {{ x = 0, y = 0 }} }}
              }},
              {{
                name        = "ask"
                type        = "make-http-request"
                transitions = [{{ event = "success" }}, {{ event = "failed" }}]
                properties = {{
                  offset       = {{ x = 0, y = 200 }}
                  method       = "POST"
                  content_type = "application/x-www-form-urlencoded;charset=utf-8"
                  url          = "https://example.com/ask?api_key=${{var.secrets.query}}"
                  parameters   = [{{ key = "api_key", value = var.secrets.parameter }}, {{ key = "from", value = "shown-one" }}]
                  headers      = [{{ key = "Authorization", value = var.secrets.header }}]
                }}
              }},
            ]
          }})
        }}
        "#
    );
    // Refusals that repeat what was sent, without what stood around it.
    let refusal = |path: &str, message: String| {
        json!({"match": {"method": "POST", "path": path}, "fault": "status", "status": 400,
            "body": {"code": 20001, "message": message, "status": 400}})
    };
    let refusals = json!([
        refusal("Applications", format!("odd: {OF_QUERY}")),
        refusal("Flows", format!("odd: {OF_PARAMETER}, {OF_HEADER}, {OF_QUERY}")),
    ]);
    sandbox.twilio.faults(&refusals).expect("the faults are understood");
    let mut said = sandbox.apply_fails(&config);
    sandbox.twilio.faults(&json!([])).expect("none is understood");
    said.push_str(&sandbox.apply(&config).text());
    said.push_str(&sandbox.succeed(&["plan", "-no-color"]).text());
    said.push_str(&sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]).text());
    let log = std::fs::read_to_string(&log).expect("there is a log");
    let audit = std::fs::read_to_string(&audit).expect("there is an audit log");
    assert!(log.contains("response body") && log.contains("shown-one") && audit.contains("shown-one"));
    for (place, text) in [("log", &log), ("output", &said), ("audit log", &audit)] {
        for secret in [OF_PARAMETER, OF_HEADER, OF_QUERY] {
            if let Some(line) = text.lines().find(|line| line.contains(secret)) {
                panic!("a secret is in the {place}: {}", line.replace(secret, "SECRET"));
            }
        }
    }
}
