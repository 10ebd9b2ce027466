//! `twilio_api_key`.

use serde_json::{Value as Json, json};

use crate::lifecycle::{active_changes, changed_attributes, fill};
use crate::sandbox::{Sandbox, configure};

#[test]
fn the_policy_of_a_restricted_key_changes_in_place_and_back_after_somebody_changed_it() {
    let sandbox = Sandbox::standing();
    let config = |allowed: &str| {
        format!(
            r#"resource "twilio_api_key" "a" {{
                 friendly_name = "App"
                 key_type      = "restricted"
                 policy        = {{ allow = [{allowed}] }}
               }}"#
        )
    };
    sandbox.apply(&config(
        r#""/twilio/messaging/messages/read", "/twilio/messaging/messages/create""#,
    ));
    sandbox.plan_is_empty("after the create");
    let made = sandbox.resource("twilio_api_key.a");
    let changed = config(r#""/twilio/messaging/messages/read""#);
    sandbox.apply(&changed);
    sandbox.plan_is_empty("after the change");
    // The simulator stores a key once, where the classic API has it.
    let path = fill(
        "/2010-04-01/Accounts/{account_sid}/Keys/{sid}.json",
        &sandbox.resource("twilio_api_key.a"),
    );
    let policy = json!({"policy": {"allow": ["/twilio/voice/calls/read"]}});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &policy)
        .expect("it can be changed");
    sandbox.configure(&changed);
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changed_attributes(&changes[0]["change"]), ["policy"]);
    sandbox.apply(&changed);
    sandbox.plan_is_empty("after the repair");
    assert_eq!(sandbox.resource("twilio_api_key.a")["sid"], made["sid"]);
}

#[test]
fn the_secret_is_shown_once_kept_hidden_and_null_after_an_import() {
    let sandbox = Sandbox::standing();
    let config = r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#;
    let said = sandbox.apply(config).text();
    let stored = sandbox.resource("twilio_api_key.a");
    let secret = stored["secret"].as_str().expect("a secret").to_owned();
    assert!(
        secret.len() >= 32 && !said.contains(&secret),
        "a secret of some length, and not in the output"
    );
    sandbox.succeed(&["apply", "-refresh-only", "-auto-approve"]);
    assert_eq!(
        sandbox.resource("twilio_api_key.a")["secret"],
        secret.as_str(),
        "a refresh keeps it"
    );

    let id = stored["id"].as_str().expect("an id").to_owned();
    sandbox.succeed(&["state", "rm", "twilio_api_key.a"]);
    let said = sandbox
        .succeed(&["import", "-no-color", "twilio_api_key.a", &id])
        .unwrapped();
    assert!(said.contains("imported without its secret"), "{said}");
    assert!(sandbox.resource("twilio_api_key.a")["secret"].is_null());
    sandbox.plan_is_empty("after the import");
}

#[test]
fn keepers_rotate_the_key() {
    let sandbox = Sandbox::standing();
    let config = |month: &str| {
        format!(
            r#"resource "twilio_api_key" "a" {{
                 keepers = {{ month = "{month}" }}
                 lifecycle {{ create_before_destroy = true }}
               }}"#
        )
    };
    sandbox.apply(&config("05"));
    let first = sandbox.resource("twilio_api_key.a");
    sandbox.apply(&config("06"));
    let second = sandbox.resource("twilio_api_key.a");
    assert_ne!(first["sid"], second["sid"]);
    assert_ne!(first["secret"], second["secret"]);
    sandbox.plan_is_empty("after the rotation");
}

#[test]
fn a_key_signs_the_provider_in() {
    let mut sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#);
    let key = sandbox.resource("twilio_api_key.a");
    let mut elsewhere = sandbox.another_workspace();
    elsewhere.set_env("TWILIO_AUTH_TOKEN", "");
    elsewhere.set_env("TWILIO_API_KEY", key["sid"].as_str().expect("a SID"));
    elsewhere.set_env("TWILIO_API_SECRET", key["secret"].as_str().expect("a secret"));
    std::mem::swap(&mut sandbox.terraform, &mut elsewhere);
    sandbox.apply(r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#);
    sandbox.plan_is_empty("as the key");
}

#[test]
fn an_imported_key_is_not_replaced_for_keepers_it_never_had() {
    let sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#);
    let key = sandbox.resource("twilio_api_key.a");
    sandbox.succeed(&["state", "rm", "twilio_api_key.a"]);
    let config = r#"resource "twilio_api_key" "a" {
        friendly_name = "A"
        keepers       = { month = "05" }
    }"#;
    sandbox.configure(config);
    let id = key["id"].as_str().expect("an id");
    sandbox.succeed(&["import", "-no-color", "twilio_api_key.a", id]);
    sandbox.apply(config);
    sandbox.plan_is_empty("after the keepers were noted");
    assert_eq!(sandbox.resource("twilio_api_key.a")["sid"], key["sid"]);
    sandbox.apply(&config.replace("05", "06"));
    assert_ne!(
        sandbox.resource("twilio_api_key.a")["sid"],
        key["sid"],
        "a change rotates it"
    );
}

#[test]
fn where_the_first_api_is_not_allowed_a_standard_key_lives_through_the_older_one() {
    let sandbox = Sandbox::standing();
    let refused = serde_json::json!([{"match": {"host": "iam.twilio.com"}, "fault": "status", "status": 403,
        "body": {"code": 20003, "message": "Not allowed", "more_info": "", "status": 403}}]);
    sandbox.twilio.faults(&refused).expect("the fault is understood");
    sandbox.apply(r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#);
    sandbox.plan_is_empty("through the older API");
    let key = sandbox.resource("twilio_api_key.a");
    assert!(
        key["secret"].is_string() && key["key_type"] == "standard",
        "{}",
        key["key_type"]
    );
    sandbox.apply(r#"resource "twilio_api_key" "a" { friendly_name = "B" }"#);
    sandbox.plan_is_empty("after the change");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

const CI: &str = r#"resource "twilio_api_key" "a" { friendly_name = "ci" }"#;

/// SIDs of all keys of this name.
fn named(sandbox: &Sandbox, name: &str) -> Vec<Json> {
    let objects = sandbox.twilio.objects().expect("the simulator answers").into_iter();
    let keys = objects.filter(|object| {
        object["collection"]
            .as_str()
            .is_some_and(|path| path.ends_with("/Keys"))
    });
    keys.filter(|key| key["body"]["friendly_name"] == name)
        .map(|key| key["sid"].clone())
        .collect()
}

#[test]
fn a_lost_response_costs_nobody_a_key_of_the_same_name() {
    for lost in ["reset_before", "reset_after", "html_502_after"] {
        let sandbox = Sandbox::standing();
        let other = sandbox.another_workspace();
        configure(&other, CI);
        other
            .succeed(&["apply", "-auto-approve", "-no-color"])
            .expect("the other apply succeeds");
        let theirs = named(&sandbox, "ci");
        assert_eq!(theirs.len(), 1);
        let fault = json!([{"match": {"method": "POST", "path": "Keys"}, "fault": lost, "times": 1}]);
        sandbox.twilio.faults(&fault).expect("the fault is understood");
        sandbox.apply(CI);
        let mut keys = named(&sandbox, "ci");
        keys.retain(|sid| *sid != theirs[0]);
        assert_eq!(keys, [sandbox.resource("twilio_api_key.a")["sid"].clone()], "{lost}");
        assert_eq!(named(&sandbox, "ci").len(), 2, "{lost}: theirs still exists");
        sandbox.plan_is_empty("after a lost answer");
    }
}

#[test]
fn a_key_that_did_not_get_its_name_gets_it_with_the_next_apply() {
    let sandbox = Sandbox::standing();
    let fault =
        json!([{"match": {"method": "POST", "path": "/v1/Keys/SK"}, "fault": "status", "status": 400, "times": 1}]);
    sandbox.twilio.faults(&fault).expect("the fault is understood");
    let said = sandbox.apply(CI).unwrapped();
    assert!(said.contains("twilio_api_key was created but not completed"), "{said}");
    let key = sandbox.resource("twilio_api_key.a");
    assert!(key["secret"].is_string() && named(&sandbox, "ci").is_empty());
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(
        said.contains("(being created: ") && said.contains("0 to add, 1 to change"),
        "{said}"
    );
    sandbox.apply(CI);
    assert_eq!(named(&sandbox, "ci"), [key["sid"].clone()]);
    assert_eq!(sandbox.resource("twilio_api_key.a")["secret"], key["secret"]);
    sandbox.plan_is_empty("after it got its name");
}

/// The permission is one that somebody can act upon: Twilio's own name.
#[test]
fn a_restricted_key_that_may_not_do_it_is_shown_which_permission_it_lacks() {
    let sandbox = Sandbox::standing();
    let key = r#"
        resource "twilio_api_key" "a" {
          key_type = "restricted"
          policy   = { allow = ["/twilio/messaging/services/list", "/twilio/messaging/services/read"] }
        }
        output "secret" {
          value     = twilio_api_key.a.secret
          sensitive = true
        }
    "#;
    sandbox.apply(key);
    let made = sandbox.resource("twilio_api_key.a");
    let mut elsewhere = sandbox.another_workspace();
    elsewhere.set_env("TWILIO_API_KEY", made["sid"].as_str().expect("a SID"));
    elsewhere.set_env("TWILIO_API_SECRET", made["secret"].as_str().expect("a secret"));
    elsewhere.set_env("TWILIO_AUTH_TOKEN", "");
    configure(
        &elsewhere,
        r#"resource "twilio_messaging_service" "s" { friendly_name = "Alerts" }"#,
    );
    let output = elsewhere
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    for needle in [
        "70051",
        "twilio/messaging/services/create",
        "restricted API key",
        "Nothing was created",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}

/// A number has "twilio" as its origin, and a policy has parts of every permission: neither makes the name unreadable.
#[test]
fn the_permission_that_is_missing_is_named_whatever_the_state_and_the_policy_have() {
    let mut sandbox = Sandbox::standing();
    let config = r#"
        resource "twilio_api_key" "a" {
          friendly_name = "api-keys"
          key_type      = "restricted"
          policy        = { allow = ["/twilio/messaging/services/list", "/twilio/messaging/services/read"] }
        }
        resource "twilio_phone_number" "n" { area_code = "415" }
    "#;
    sandbox.apply(config);
    let made = sandbox.resource("twilio_api_key.a");
    let text = |name: &str| made[name].as_str().expect("it is in the state").to_owned();
    sandbox.terraform.set_env("TWILIO_API_KEY", text("sid"));
    sandbox.terraform.set_env("TWILIO_API_SECRET", text("secret"));
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "");
    for (target, permission) in [
        (
            "-target=twilio_phone_number.n",
            "twilio/phone-numbers/active-numbers/read",
        ),
        ("-target=twilio_api_key.a", "twilio/iam/api-keys/read"),
    ] {
        let output = sandbox
            .terraform
            .run(&["plan", "-no-color", target])
            .expect("terraform starts");
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        assert!(said.contains(permission), "{permission}: {said}");
    }
}

#[test]
fn a_permission_that_twilio_does_not_know_is_reported_at_the_policy() {
    let sandbox = Sandbox::standing();
    let said = sandbox.apply_fails(
        r#"resource "twilio_api_key" "a" {
             key_type = "restricted"
             policy   = { allow = ["/twilio/nothing/at-all/read"] }
           }"#,
    );
    assert!(said.contains("70002") && said.contains("permission"), "{said}");
    sandbox.nothing_is_left();
}

#[test]
fn a_plan_says_that_a_key_will_be_revoked_and_a_protected_one_is_not() {
    let sandbox = Sandbox::standing();
    let config =
        |more: &str| format!("resource \"twilio_api_key\" \"a\" {{\n  friendly_name = \"App\"\n  {more}\n}}\n");
    let planned = |config: &str| {
        sandbox.configure(config);
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        (output.code, output.unwrapped())
    };
    let protected = config("deletion_protection = true\n  keepers = { quarter = \"2026-3\" }");
    sandbox.apply(&protected);
    sandbox.plan_is_empty("with protection");
    let sid = sandbox.resource("twilio_api_key.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    for change in ["", &protected.replace("2026-3", "2026-4")] {
        let (code, said) = planned(change);
        assert!(code != 0 && said.contains("deletion_protection = false"), "{said}");
    }
    let free = protected.replace("true", "false");
    sandbox.apply(&free);
    for change in ["", &free.replace("2026-3", "2026-4")] {
        let (code, said) = planned(change);
        assert!(
            code == 0 && said.contains(&format!("API key {sid} will be revoked")),
            "{said}"
        );
    }
    let (_, said) = planned(&free.replace("App", "Application"));
    assert!(!said.contains("revoked"), "another name is no revocation: {said}");
    sandbox.apply("");
    sandbox.nothing_is_left();
}
