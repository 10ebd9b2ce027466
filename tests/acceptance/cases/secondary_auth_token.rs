//! `twilio_secondary_auth_token`: what nobody can read is known by what it does. A refresh tells what became of the token, and a destroy
//! never hits a token that somebody else made.

use std::collections::BTreeMap;
use std::io::Read as _;

use age::armor::ArmoredReader;
use age::x25519::Identity;
use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_secondary_auth_token.next";
const HOST: &str = "accounts.twilio.com";
const PATH: &str = "/v1/AuthTokens/Secondary";

fn token(arguments: &str) -> String {
    format!("resource \"twilio_secondary_auth_token\" \"next\" {{\n  {arguments}\n}}\n")
}

/// Somebody else makes or promotes a token of the account.
fn post(sandbox: &Sandbox, path: &str, with: &str) -> Json {
    let signed_in = (sandbox.handle.account_sid.as_str(), with);
    let made = sandbox.twilio.make(HOST, path, &BTreeMap::new(), signed_in);
    made.expect("it is done")
}

/// Whether Twilio takes this token.
fn signs_in(sandbox: &Sandbox, token: &str) -> bool {
    use base64::Engine as _;
    let account = &sandbox.handle.account_sid;
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{account}:{token}"));
    let path = format!("/2010-04-01/Accounts/{account}.json");
    let status = sandbox
        .twilio
        .status_of("api.twilio.com", &path, &format!("Basic {basic}"));
    status.expect("it answers") == 200
}

fn text<'a>(object: &'a Json, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_else(|| panic!("{name} of {object:#}"))
}

/// The requests to delete a token since this was asked last.
fn deletes(sandbox: &Sandbox) -> usize {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    sandbox.twilio.forget_requests().expect("the simulator answers");
    let is_delete = |request: &&Json| request["method"] == "DELETE" && request["host"] == HOST;
    requests.iter().filter(is_delete).count()
}

#[test]
fn it_signs_in_until_it_is_destroyed_and_the_plan_says_both() {
    let sandbox = Sandbox::new();
    sandbox.configure(&token("suppress_email_notification = true"));
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains("will be in the state in plain text"), "{said}");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let made = sandbox.resource(ADDRESS);
    let secret = text(&made, "secondary_auth_token").to_owned();
    assert!(signs_in(&sandbox, &secret));
    assert_eq!(made["status"], "secondary");
    sandbox.configure("");
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(
        said.contains("will be deleted") && said.contains("promote it first"),
        "{said}"
    );
    assert!(!said.contains(&secret), "a secret is shown");
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.apply("");
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let quiet = |request: &Json| {
        request["method"] == "DELETE" && request.to_string().contains("SuppressEmailNotification=true")
    };
    assert!(requests.iter().any(quiet), "{requests:#?}");
    assert!(!signs_in(&sandbox, &secret));
}

#[test]
fn a_promoted_token_is_left_alone_and_the_next_rotation_makes_another() {
    let mut sandbox = Sandbox::new();
    let at = |day: &str| token(&format!("keepers = {{ rotation = \"{day}\" }}"));
    sandbox.apply(&at("2026-09"));
    let first = text(&sandbox.resource(ADDRESS), "secondary_auth_token").to_owned();
    post(&sandbox, "/v1/AuthTokens/Promote", &first);
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", &first);
    sandbox.plan_is_empty("after the promotion");
    sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(sandbox.resource(ADDRESS)["status"], "primary");

    // The next one: the first is the account's token now, and no secondary one that could be deleted.
    deletes(&sandbox);
    sandbox.configure(&at("2026-12"));
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(
        said.contains("must be replaced") && !said.contains("will be deleted"),
        "{said}"
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(deletes(&sandbox), 0);
    let second = text(&sandbox.resource(ADDRESS), "secondary_auth_token").to_owned();
    assert!(signs_in(&sandbox, &first) && signs_in(&sandbox, &second));
    // A rotation that is given up.
    sandbox.apply("");
    assert_eq!(deletes(&sandbox), 1);
    assert!(signs_in(&sandbox, &first) && !signs_in(&sandbox, &second));
}

#[test]
fn a_token_that_was_deleted_elsewhere_is_planned_anew_and_another_in_its_place_is_not_deleted() {
    let sandbox = Sandbox::new();
    let own = sandbox.handle.auth_token.clone();
    sandbox.apply(&token(""));
    sandbox.twilio.advance(600).expect("its clock can be put ahead");
    sandbox.twilio.remove(HOST, PATH).expect("it can be removed");
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains("1 to add"), "{said}");

    // Somebody makes another one, and this one is destroyed without a refresh.
    let theirs = post(&sandbox, PATH, &own);
    deletes(&sandbox);
    sandbox.succeed(&["destroy", "-refresh=false", "-auto-approve", "-no-color"]);
    assert_eq!(deletes(&sandbox), 0);
    assert!(signs_in(&sandbox, text(&theirs, "secondary_auth_token")));
}

#[test]
fn only_the_recipient_reads_it_and_a_promotion_shows_by_its_hash() {
    let mut sandbox = Sandbox::new();
    let reader = Identity::generate();
    let recipient = format!("secret_recipient = \"{}\"", reader.to_public());
    let output = sandbox.apply(&token(&recipient)).unwrapped();
    assert!(!output.contains("plain text"), "{output}");
    sandbox.plan_is_empty("after the create");
    let made = sandbox.resource(ADDRESS);
    assert!(made["secondary_auth_token"].is_null(), "{made:#}");
    let file = text(&made, "encrypted_auth_token").to_owned();
    let decryptor = age::Decryptor::new(ArmoredReader::new(file.as_bytes())).expect("a file of age");
    let mut plain = decryptor
        .decrypt(std::iter::once(&reader as _))
        .expect("it is for this reader");
    let mut secret = String::new();
    plain.read_to_string(&mut secret).expect("it is whole");
    assert!(signs_in(&sandbox, &secret));
    let state = std::fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(!state.contains(&secret));

    post(&sandbox, "/v1/AuthTokens/Promote", &secret);
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", &secret);
    sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(sandbox.resource(ADDRESS)["status"], "primary");
    deletes(&sandbox);
    sandbox.apply("");
    assert_eq!(deletes(&sandbox), 0);
    assert!(signs_in(&sandbox, &secret));
}

#[test]
fn the_token_that_the_provider_is_signed_in_with_is_not_deleted() {
    let mut sandbox = Sandbox::new();
    let own = sandbox.handle.auth_token.clone();
    sandbox.apply(&token(""));
    let secret = text(&sandbox.resource(ADDRESS), "secondary_auth_token").to_owned();
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", &secret);
    let said = sandbox.apply_fails("");
    assert!(said.contains("signed in with this secondary auth token"), "{said}");
    assert!(signs_in(&sandbox, &secret));
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", own);
    sandbox.apply("");
    assert!(!signs_in(&sandbox, &secret));
}

/// A subaccount's token is made with that account's own credentials, and what refuses a suspended account says nothing of the token.
#[test]
fn a_suspended_account_does_not_make_its_token_look_gone() {
    let sandbox = Sandbox::new();
    let config = |status: &str| {
        let child = format!(
            "resource \"twilio_subaccount\" \"team\" {{\n  friendly_name = \"Team\"\n  status = \"{status}\"\n}}\n"
        );
        child + &token("account_sid = twilio_subaccount.team.sid")
    };
    sandbox.apply(&config("active"));
    let made = sandbox.resource(ADDRESS);
    assert_eq!(made["account_sid"], sandbox.resource("twilio_subaccount.team")["sid"]);
    sandbox.twilio.advance(600).expect("its clock can be put ahead");
    let path = format!("/2010-04-01/Accounts/{}.json", text(&made, "account_sid"));
    let suspended = json!({"status": "suspended"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &suspended)
        .expect("it can be changed");
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert!(output.code == 1 && said.contains("suspended"), "{said}");
    let active = json!({"status": "active"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &active)
        .expect("it can be changed");
    sandbox.plan_is_empty("once it is active again");
    sandbox.apply("");
}

#[test]
fn a_response_without_a_token_or_about_another_account_is_an_error_and_nothing_is_stored() {
    let sandbox = Sandbox::new();
    let other = "AC0123456789abcdef0123456789abcdef";
    for (set, words) in [
        (json!({"secondary_auth_token": null}), "has no token"),
        (json!({"account_sid": other}), "another account"),
    ] {
        let rule = json!([{
            "match": {"method": "POST", "host": HOST, "path": "^/v1/AuthTokens/Secondary$"},
            "fault": "altered", "set": set, "times": 1,
        }]);
        sandbox.twilio.faults(&rule).expect("it is understood");
        let said = sandbox.apply_fails(&token(""));
        assert!(said.contains(words) && said.contains("Console"), "{said}");
        let state = sandbox.terraform.state_json().expect("a state");
        assert!(state["values"]["root_module"]["resources"].is_null(), "{state:#}");
    }
}
