//! One configuration with every secret there is: none of them is in the state, the plan file, the log, the audit log or the output.

use std::fs;
use std::io::Read as _;

use age::armor::ArmoredReader;
use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use serde_json::Value as Json;

use crate::ephemeral::{keys, read, written};
use crate::sandbox::Sandbox;
use crate::write_only::{is_in_no_file, logged};

const WRITE_KEY: &str = "hush-write-key-7c2e";

/// What needs no action.
const RESOURCES: &str = r#"
    variable "client_id" {}
    variable "client_secret" {
      type      = string
      ephemeral = true
    }
    variable "write_key" {
      type      = string
      ephemeral = true
    }
    variable "recipient" {}
    provider "twilio" {
      alias         = "app"
      client_id     = var.client_id
      client_secret = var.client_secret
    }
    resource "twilio_twiml_app" "by_the_oauth_app" {
      provider      = twilio.app
      friendly_name = "App"
    }
    resource "twilio_subaccount" "team" {
      friendly_name = "Team"
    }
    resource "twilio_event_sink" "segment" {
      description        = "Segment"
      sink_type          = "segment"
      sink_configuration = { write_key_wo = var.write_key, write_key_wo_version = 1 }
    }
    resource "twilio_api_key" "handed_on" {
      friendly_name    = "Handed on"
      secret_recipient = var.recipient
    }
    ephemeral "twilio_api_key" "run" {}
    ephemeral "twilio_subaccount_credentials" "team" {
      sid = twilio_subaccount.team.sid
    }
    ephemeral "twilio_access_token" "alice" {
      api_key    = ephemeral.twilio_api_key.run.sid
      api_secret = ephemeral.twilio_api_key.run.secret
      identity   = "alice"
      video      = {}
    }
    ephemeral "twilio_oauth_token" "app" {
      client_id     = var.client_id
      client_secret = var.client_secret
    }
"#;

/// Of an account of its own, and of a verification that is pending.
const ACTIONS: &str = r#"
    variable "customer_sid" {}
    variable "service_sid" {}
    variable "code" {
      type      = string
      ephemeral = true
    }
    resource "terraform_data" "once" {
      lifecycle {
        action_trigger {
          events  = [after_create]
          actions = [action.twilio_promote_auth_token.customer, action.twilio_check_verification.owner]
        }
      }
    }
    action "twilio_promote_auth_token" "customer" {
      config {
        account_sid = var.customer_sid
      }
    }
    action "twilio_check_verification" "owner" {
      config {
        service_sid = var.service_sid
        to          = "+14155550199"
        code        = var.code
      }
    }
"#;

fn make(sandbox: &Sandbox, host: &str, path: &str, form: &[(&str, &str)], signed_in: (&str, &str)) -> Json {
    let form = form
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let made = sandbox.twilio.make(host, path, &form.collect(), signed_in);
    made.unwrap_or_else(|error| panic!("{path}: {error:#}"))
}

fn text(object: &Json, field: &str) -> String {
    object[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} of {object}"))
        .to_owned()
}

/// What the actions are about, as variables; and the secrets of it.
fn before_the_actions(sandbox: &mut Sandbox) -> Vec<String> {
    let (main, token) = (sandbox.handle.account_sid.clone(), sandbox.handle.auth_token.clone());
    let own = (main.as_str(), token.as_str());
    let accounts = "/2010-04-01/Accounts.json";
    let customer = make(
        sandbox,
        "api.twilio.com",
        accounts,
        &[("FriendlyName", "Customer")],
        own,
    );
    let (sid, first) = (text(&customer, "sid"), text(&customer, "auth_token"));
    let signed_in = (sid.as_str(), first.as_str());
    let second = make(
        sandbox,
        "accounts.twilio.com",
        "/v1/AuthTokens/Secondary",
        &[],
        signed_in,
    );
    let second = text(&second, "secondary_auth_token");
    let service = make(
        sandbox,
        "verify.twilio.com",
        "/v2/Services",
        &[("FriendlyName", "Shop")],
        own,
    );
    let service = text(&service, "sid");
    let path = format!("/v2/Services/{service}/Verifications");
    let form = [("To", "+14155550199"), ("Channel", "sms")];
    let verification = text(&make(sandbox, "verify.twilio.com", &path, &form, own), "sid");
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let pending = objects.iter().find(|object| object["sid"] == verification.as_str());
    let code = text(&pending.expect("it is there")["hidden"], "Code");
    for (name, value) in [("customer_sid", &sid), ("service_sid", &service), ("code", &code)] {
        sandbox.terraform.set_env(format!("TF_VAR_{name}"), value);
    }
    vec![first, second, code]
}

/// Applies it, and searches everything for each of them.
pub fn nothing_is_told(with_actions: bool) {
    let mut sandbox = Sandbox::new();
    let log = logged(&mut sandbox);
    let scopes = ["/twilio/voice/twiml.apps/*", "/twilio/phone-numbers/active-numbers/*"];
    let (client_id, client_secret) = sandbox.oauth_app(&scopes, 3600);
    let reader = Identity::generate();
    for (name, value) in [
        ("client_id", client_id.as_str()),
        ("client_secret", client_secret.as_str()),
        ("write_key", WRITE_KEY),
        ("recipient", &reader.to_public().to_string()),
    ] {
        sandbox.terraform.set_env(format!("TF_VAR_{name}"), value);
    }
    let mut secrets = vec![sandbox.handle.auth_token.clone(), client_secret, WRITE_KEY.to_owned()];
    secrets.push(reader.to_string().expose_secret().to_owned());
    let actions = match with_actions {
        true => {
            secrets.extend(before_the_actions(&mut sandbox));
            ACTIONS
        }
        false => "",
    };
    let seen = written(&[
        ("RUN_KEY", "ephemeral.twilio_api_key.run.secret"),
        ("SUBACCOUNT", "ephemeral.twilio_subaccount_credentials.team.auth_token"),
        ("JWT", "ephemeral.twilio_access_token.alice.token"),
        ("OAUTH", "ephemeral.twilio_oauth_token.app.token"),
    ]);
    sandbox.configure(&format!("{RESOURCES}{actions}{seen}"));
    let mut said = sandbox.succeed(&["plan", "-no-color", "-out=change.tfplan"]).text();
    said.push_str(&sandbox.succeed(&["apply", "-no-color", "change.tfplan"]).text());
    secrets.extend(["RUN_KEY", "SUBACCOUNT", "JWT", "OAUTH"].map(|name| {
        let value = read(&sandbox, name);
        fs::remove_file(sandbox.terraform.path().join(format!("{name}.txt"))).expect("it was written");
        value
    }));
    let stored = sandbox.resource("twilio_api_key.handed_on");
    let encrypted = text(&stored, "encrypted_secret");
    let decryptor = age::Decryptor::new(ArmoredReader::new(encrypted.as_bytes())).expect("it is a file of age");
    let mut handed_on = String::new();
    let mut decrypted = decryptor
        .decrypt(std::iter::once(&reader as _))
        .expect("it is for this reader");
    decrypted.read_to_string(&mut handed_on).expect("it is whole");
    secrets.push(handed_on);

    // A code of six digits stands in a log anyway, as a part of longer numbers.
    let (short, long): (Vec<_>, Vec<_>) = secrets.iter().map(String::as_str).partition(|secret| secret.len() < 12);
    assert!(
        long.len() >= 9 && short.len() == usize::from(with_actions),
        "{} secrets",
        secrets.len()
    );
    is_in_no_file(&sandbox, &sandbox.terraform.path(), &long);
    let log = fs::read_to_string(log).expect("there is a log");
    let state = fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("there is a state");
    let plan = sandbox.succeed(&["show", "-json", "change.tfplan"]).text();
    assert!(
        log.contains("response body") && log.contains("OpenEphemeralResource"),
        "the log is not at TRACE"
    );
    for secret in &long {
        assert!(
            !said.contains(secret),
            "in the output: {}",
            said.replace(secret, "SECRET")
        );
    }
    for code in short {
        let alone = regex::Regex::new(&format!("(^|[^0-9a-f.]){code}($|[^0-9a-f])")).expect("it is one");
        for (place, text) in [("log", &log), ("state", &state), ("plan", &plan), ("output", &said)] {
            let line = text
                .lines()
                .find(|line| alone.is_match(line) && !line.contains("TF_VAR_"));
            assert_eq!(line, None, "the code is in the {place}");
        }
    }
    let left = keys(&sandbox);
    assert_eq!(left, ["Handed on"], "the key of the run is revoked");
}

#[test]
fn no_secret_is_in_a_state_a_plan_a_log_or_a_record() {
    nothing_is_told(false);
}
