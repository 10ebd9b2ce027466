//! Two resources for one object, adoption of what is not as configured, and the key that the provider is signed in with.

use serde_json::{Value as Json, json};

use crate::lifecycle::fill;
use crate::sandbox::{Sandbox, assert_healthy};

/// Plans or applies what must be refused; everything that was said.
fn refused(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let output = sandbox.terraform.run(arguments).expect("terraform starts");
    assert_healthy(&output);
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{arguments:?}: {said}");
    said
}

const PLAN: &[&str] = &["plan", "-no-color"];

fn app(name: &str, friendly_name: &str, more: &str) -> String {
    format!("resource \"twilio_twiml_app\" \"{name}\" {{\n  friendly_name = \"{friendly_name}\"\n  {more}\n}}\n")
}

fn number(name: &str, number: &str, more: &str) -> String {
    format!("resource \"twilio_phone_number\" \"{name}\" {{\n  phone_number = \"{number}\"\n  {more}\n}}\n")
}

#[test]
fn two_adoptions_of_one_name_are_refused_in_the_plan() {
    let sandbox = Sandbox::new();
    let adopt = "adopt_existing = true";
    sandbox.apply(&app("a", "App", ""));
    sandbox.succeed(&["state", "rm", "twilio_twiml_app.a"]);
    let before = sandbox.living();
    sandbox.configure(&(app("a", "App", adopt) + &app("b", "app ", adopt)));
    let said = refused(&sandbox, PLAN);
    assert!(said.contains("would share one object"), "{said}");
    // One that has the object, and one that would adopt it.
    sandbox.apply(&app("a", "App", adopt));
    sandbox.configure(&(app("a", "App", "") + &app("b", "App", adopt)));
    let said = refused(&sandbox, PLAN);
    assert!(said.contains("would share one object"), "{said}");
    assert_eq!(sandbox.living(), before);
    // The same name is no reason to refuse a second one that adopts nothing.
    sandbox.apply(&(app("a", "App", adopt) + &app("b", "App", "")));
    sandbox.plan_is_empty("with two of the same name");
}

#[test]
fn names_that_only_the_apply_knows_are_refused_by_the_second_create() {
    let sandbox = Sandbox::new();
    sandbox.apply(&app("old", "App", ""));
    sandbox.succeed(&["state", "rm", "twilio_twiml_app.old"]);
    let before = sandbox.living();
    let said = sandbox.apply_fails(
        r#"resource "terraform_data" "name" { input = "App" }
           resource "twilio_twiml_app" "a" {
             count          = 2
             friendly_name  = terraform_data.name.output
             adopt_existing = true
           }"#,
    );
    assert!(
        said.contains("one object") || said.contains("Another resource has AP"),
        "{said}"
    );
    assert_eq!(
        sandbox.living(),
        before,
        "no second one was made, and none was destroyed"
    );
}

#[test]
fn two_resources_for_one_number_are_refused_in_the_plan() {
    let sandbox = Sandbox::new();
    let before = sandbox.living();
    let both = number("a", "+14155550142", "") + &number("b", "+14155550142", "");
    sandbox.configure(&both);
    let said = refused(&sandbox, PLAN);
    assert!(said.contains("would share one object"), "{said}");
    refused(&sandbox, &["apply", "-auto-approve", "-no-color"]);
    assert_eq!(sandbox.living(), before, "nothing was bought");

    sandbox.apply(&number("a", "+14155550142", ""));
    for more in ["", "adopt_existing = true"] {
        sandbox.configure(&(number("a", "+14155550142", "") + &number("b", "+14155550142", more)));
        let said = refused(&sandbox, PLAN);
        assert!(said.contains("would share one object"), "{said}");
    }
}

#[test]
fn what_was_imported_twice_is_refused_and_destroyed_by_neither() {
    let sandbox = Sandbox::new();
    sandbox.apply(&number("a", "+14155550142", ""));
    let sid = sandbox.resource("twilio_phone_number.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let both = number("a", "+14155550142", "") + &number("b", "+14155550142", "");
    sandbox.configure(&both);
    sandbox.succeed(&["import", "-no-color", "twilio_phone_number.b", &sid]);
    let said = refused(&sandbox, PLAN);
    assert!(said.contains("manage one object") && said.contains(&sid), "{said}");
    // Taking one out of the configuration would destroy the other's.
    sandbox.configure(&number("a", "+14155550142", ""));
    let said = refused(&sandbox, &["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("state rm") && said.contains(&sid), "{said}");
    assert!(sandbox.living().iter().any(|object| object.contains(&sid)));
    sandbox.succeed(&["state", "rm", "twilio_phone_number.b"]);
    sandbox.plan_is_empty("with one of them");

    // An import block beside the resource that has it.
    sandbox.configure(&(both + &format!("import {{\n  to = twilio_phone_number.b\n  id = \"{sid}\"\n}}\n")));
    let said = refused(&sandbox, PLAN);
    assert!(said.contains("manage one object"), "{said}");
}

#[test]
fn another_address_for_the_same_object_keeps_working() {
    let sandbox = Sandbox::new();
    sandbox.apply(&number("a", "+14155550142", ""));
    let sid = sandbox.resource("twilio_phone_number.a")["sid"].clone();
    let moved = "moved {\n  from = twilio_phone_number.a\n  to = twilio_phone_number.b\n}\n";
    sandbox.apply(&(number("b", "+14155550142", "") + moved));
    assert_eq!(sandbox.resource("twilio_phone_number.b")["sid"], sid);
    let removed = "removed {\n  from = twilio_phone_number.b\n  lifecycle {\n    destroy = false\n  }\n}\n";
    sandbox.apply(removed);
    sandbox.apply(&number("c", "+14155550142", "adopt_existing = true"));
    assert_eq!(sandbox.resource("twilio_phone_number.c")["sid"], sid);
    sandbox.plan_is_empty("after all of it");
}

/// Of a key that is taken out and one that is added Terraform knows nothing in common.
#[test]
fn another_key_of_for_each_makes_another_object_and_with_adoption_wants_a_moved_block() {
    let keyed = |key: &str, more: &str| {
        format!(
            r#"resource "twilio_twiml_app" "a" {{
                 for_each      = toset(["{key}"])
                 friendly_name = "App"
                 {more}
               }}
               "#
        )
    };
    let sandbox = Sandbox::new();
    let sid = |key: &str| sandbox.resource(&format!("twilio_twiml_app.a[\"{key}\"]"))["sid"].clone();
    sandbox.apply(&keyed("one", ""));
    let first = sid("one");
    sandbox.apply(&keyed("two", ""));
    sandbox.plan_is_empty("under the other key");
    let second = sid("two");
    assert_ne!(first, second);
    let adopting = keyed("three", "adopt_existing = true");
    sandbox.configure(&adopting);
    let said = refused(&sandbox, PLAN);
    assert!(said.contains("moved block"), "{said}");
    let moved = "moved {\n  from = twilio_twiml_app.a[\"two\"]\n  to = twilio_twiml_app.a[\"three\"]\n}\n";
    sandbox.apply(&(adopting + moved));
    assert_eq!(sid("three"), second);
    sandbox.plan_is_empty("under the third key");
}

#[test]
fn what_is_destroyed_and_made_again_in_one_plan_wants_a_moved_block() {
    let adopt = "adopt_existing = true";
    let service = |name: &str, more: &str| {
        format!("resource \"twilio_messaging_service\" \"{name}\" {{\n  friendly_name = \"Alerts\"\n  {more}\n}}\n")
    };
    for parallelism in ["-parallelism=1", "-parallelism=10"] {
        let sandbox = Sandbox::new();
        sandbox.apply(&(number("z", "+14155550133", "") + &service("z", "")));
        let living = sandbox.living();
        let resource = |kind: &str, name: &str| sandbox.resource(&format!("{kind}.{name}"))["sid"].clone();
        let before = resource("twilio_phone_number", "z");
        for (number_says, service_says) in [(adopt, ""), ("", ""), ("", adopt)] {
            let body = number("y", "+14155550133", number_says) + &service("y", service_says);
            sandbox.configure(&body);
            for arguments in [PLAN, &["apply", "-auto-approve", "-no-color"]] {
                let said = refused(&sandbox, &[arguments, &[parallelism]].concat());
                for needle in [
                    "twilio_phone_number would be destroyed and made again",
                    "moved block",
                    "+14155550133",
                ] {
                    assert!(said.contains(needle), "{needle}: {said}");
                }
                let is_refused = said.contains("twilio_messaging_service would be destroyed and made again");
                assert_eq!(is_refused, !service_says.is_empty(), "{said}");
            }
        }
        assert_eq!(sandbox.living(), living, "nothing went");
        // A moved block, and a service that is simply another.
        let moved = "moved {\n  from = twilio_phone_number.z\n  to = twilio_phone_number.y\n}\n";
        sandbox.apply(&(number("y", "+14155550133", adopt) + moved + &service("y", "")));
        assert_eq!(resource("twilio_phone_number", "y"), before);
        sandbox.plan_is_empty("after both");
    }
}

/// Where `count` runs over a list, taking one out of it moves each of the others to another address.
#[test]
fn a_list_of_numbers_that_loses_one_releases_none_of_the_others() {
    let counted = |numbers: &str, more: &str| {
        format!(
            r#"resource "twilio_phone_number" "n" {{
                 count        = length([{numbers}])
                 phone_number = [{numbers}][count.index]
                 {more}
               }}
               "#
        )
    };
    for more in [
        "",
        "adopt_existing = true",
        "lifecycle {\n create_before_destroy = true\n }",
    ] {
        let sandbox = Sandbox::new();
        sandbox.apply(&counted("\"+14155550133\", \"+14155550134\"", more));
        let living = sandbox.living();
        let shorter = counted("\"+14155550134\"", more);
        sandbox.configure(&shorter);
        for arguments in [PLAN, &["apply", "-auto-approve", "-no-color"]] {
            let said = refused(&sandbox, arguments);
            assert!(said.contains("moved block"), "{more}: {said}");
        }
        assert_eq!(sandbox.living(), living, "{more}: nothing was released");
    }
}

#[test]
fn a_place_in_a_pool_that_is_destroyed_and_made_again_wants_a_moved_block() {
    let pool = |name: &str| {
        format!(
            r#"resource "twilio_messaging_service" "m" {{
                 friendly_name = "Pool"
               }}
               resource "twilio_phone_number" "n" {{
                 phone_number = "+14155550133"
               }}
               resource "twilio_messaging_service_phone_number" "{name}" {{
                 service_sid      = twilio_messaging_service.m.sid
                 phone_number_sid = twilio_phone_number.n.sid
               }}
               "#
        )
    };
    let sandbox = Sandbox::new();
    sandbox.apply(&pool("a"));
    let living = sandbox.living();
    sandbox.configure(&pool("b"));
    let said = refused(&sandbox, PLAN);
    assert!(said.contains("moved block"), "{said}");
    assert_eq!(sandbox.living(), living);
    let kind = "twilio_messaging_service_phone_number";
    sandbox.apply(&(pool("b") + &format!("moved {{\n  from = {kind}.a\n  to = {kind}.b\n}}\n")));
    assert_eq!(sandbox.living(), living);
}

#[test]
fn a_number_and_its_webhooks_are_named_together_by_the_plan() {
    let sandbox = Sandbox::new();
    let plain = number(
        "n",
        "+14155550142",
        "lifecycle {\n    ignore_changes = [voice_url]\n  }",
    );
    let both = format!(
        "{plain}resource \"twilio_phone_number_webhooks\" \"w\" {{\n  phone_number_sid = twilio_phone_number.n.sid\n  \
         voice_url = \"https://example.com/voice\"\n}}\n"
    );
    sandbox.apply(&both);
    let said = sandbox.succeed(PLAN).unwrapped();
    for needle in [
        "+14155550142",
        "twilio_phone_number and by twilio_phone_number_webhooks",
        "ignore_changes",
    ] {
        assert!(
            said.contains(needle) || said.contains("twilio_phone_number_webhooks and by twilio_phone_number"),
            "{needle}: {said}"
        );
    }
    sandbox.plan_is_empty("with both");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn the_key_that_signs_in_is_neither_destroyed_nor_replaced() {
    let mut sandbox = Sandbox::new();
    let keyed = |keepers: &str| {
        format!(
            "resource \"twilio_api_key\" \"k\" {{\n  friendly_name = \"CI\"\n  keepers = {{ at = \"{keepers}\" }}\n}}\n"
        )
    };
    sandbox.apply(&keyed("1"));
    let key = sandbox.resource("twilio_api_key.k");
    let sid = key["sid"].as_str().expect("a SID").to_owned();
    sandbox.terraform.set_env("TWILIO_API_KEY", sid.as_str());
    sandbox
        .terraform
        .set_env("TWILIO_API_SECRET", key["secret"].as_str().expect("a secret"));
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "");
    // What is made anew needs a plan first, and that is refused to a standard key for another reason.
    let signed_in = [
        "The provider is signed in with this API key",
        "cannot manage twilio_api_key",
    ];
    let check = |body: &str, arguments: &[&str]| {
        sandbox.configure(body);
        // A standard key may not read keys, so the state is taken as it is.
        let mut arguments = arguments.to_vec();
        arguments.extend(["-refresh=false", "-no-color"]);
        let said = refused(&sandbox, &arguments);
        assert!(
            signed_in.iter().any(|refusal| said.contains(refusal)),
            "{arguments:?}: {said}"
        );
        said
    };
    let said = check("", &["plan"]);
    assert!(said.contains(signed_in[0]) && said.contains(&sid), "{said}");
    check(&keyed("2"), &["plan"]);
    check(&keyed("1"), &["plan", "-replace=twilio_api_key.k"]);
    sandbox.configure(&keyed("1"));
    sandbox.succeed(&["taint", "-no-color", "twilio_api_key.k"]);
    check(&keyed("1"), &["apply", "-auto-approve"]);
    assert!(sandbox.living().iter().any(|object| object.contains(&sid)));
}

fn sink(destination: &str, more: &str) -> String {
    format!(
        r#"resource "twilio_event_sink" "test" {{
             description        = "Events"
             sink_type          = "webhook"
             sink_configuration = {{
               destination = "{destination}"
               method      = "POST"
             }}
             {more}
           }}"#
    )
}

const SINK: &str = "twilio_event_sink.test";

#[test]
fn a_sink_that_sends_elsewhere_is_not_adopted() {
    let sandbox = Sandbox::new();
    sandbox.apply(&sink("https://a.example.com/", ""));
    let sid = sandbox.resource(SINK)["sid"].as_str().expect("a SID").to_owned();
    sandbox.succeed(&["state", "rm", SINK]);
    let before = sandbox.living();
    let said = sandbox.apply_fails(&sink("https://b.example.com/", "adopt_existing = true"));
    for needle in [
        "cannot be adopted",
        "sink_configuration.destination",
        "terraform import twilio_event_sink",
        &sid,
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(sandbox.living(), before);
    // Another spelling is the same place.
    sandbox.apply(&sink("https://A.example.com", "adopt_existing = true"));
    assert_eq!(sandbox.resource(SINK)["sid"], sid.as_str());
    sandbox.plan_is_empty("after the adoption");
}

#[test]
fn a_destination_that_was_changed_behind_the_state_is_seen() {
    let sandbox = Sandbox::new();
    let config = sink("https://a.example.com/events", "");
    sandbox.apply(&config);
    let path = fill("/v1/Sinks/{sid}", &sandbox.resource(SINK));
    for (member, value) in [("destination", "https://evil.example.com/"), ("method", "GET")] {
        let mut told = json!({"destination": "https://a.example.com/events", "method": "POST", "batch_events": false});
        sandbox
            .twilio
            .change("events.twilio.com", &path, &json!({"sink_configuration": told.clone()}))
            .expect("it can be changed");
        sandbox.plan_is_empty("as it was made");
        told[member] = value.into();
        sandbox
            .twilio
            .change("events.twilio.com", &path, &json!({"sink_configuration": told}))
            .expect("it can be changed");
        let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
        let change = &plan["resource_changes"][0]["change"];
        assert_eq!(change["before"]["sink_configuration"][member], value, "{change:#}");
        assert_ne!(change["actions"], json!(["no-op"]), "{change:#}");
    }
}

#[test]
fn a_secret_that_twilio_never_returns_is_no_reason_to_adopt() {
    let segment = |key: &str, more: &str| {
        format!(
            r#"resource "twilio_event_sink" "test" {{
                 description        = "Segment"
                 sink_type          = "segment"
                 sink_configuration = {{ write_key = "{key}" }}
                 {more}
               }}"#
        )
    };
    for told in [
        json!({}),
        json!({"write_key": Json::Null}),
        json!({"write_key": "****"}),
    ] {
        let sandbox = Sandbox::new();
        sandbox.apply(&segment("one", ""));
        let path = fill("/v1/Sinks/{sid}", &sandbox.resource(SINK));
        let change = json!({"sink_configuration": told});
        sandbox
            .twilio
            .change("events.twilio.com", &path, &change)
            .expect("it can be changed");
        sandbox.plan_is_empty("with a hidden key");
        sandbox.succeed(&["state", "rm", SINK]);
        let said = sandbox.apply_fails(&segment("two", "adopt_existing = true"));
        for needle in ["cannot be adopted", "write_key", "terraform import twilio_event_sink"] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    }
}

#[test]
fn a_usage_trigger_with_another_value_is_another_and_a_relative_one_cannot_be_compared() {
    let sandbox = Sandbox::new();
    let trigger = |value: &str, more: &str| {
        format!(
            r#"resource "twilio_usage_trigger" "test" {{
                 friendly_name  = "Limit"
                 usage_category = "sms"
                 trigger_value  = "{value}"
                 callback_url   = "https://example.com/limit"
                 {more}
               }}"#
        )
    };
    let address = "twilio_usage_trigger.test";
    sandbox.apply(&trigger("100", ""));
    let sid = sandbox.resource(address)["sid"].clone();
    sandbox.succeed(&["state", "rm", address]);
    let said = sandbox.apply_fails(&trigger("+30", "adopt_existing = true"));
    assert!(
        said.contains("cannot be adopted") && said.contains("trigger_value"),
        "{said}"
    );
    let said = sandbox.apply_fails(&trigger("100", "adopt_existing = true\n recurring = \"daily\""));
    assert!(
        said.contains("cannot be adopted") && said.contains("recurring"),
        "{said}"
    );
    sandbox.apply(&trigger("100.00", "adopt_existing = true"));
    assert_eq!(
        sandbox.resource(address)["sid"],
        sid,
        "the same value, spelled otherwise"
    );
    sandbox.succeed(&["state", "rm", address]);
    sandbox.apply(&trigger("200", "adopt_existing = true"));
    assert_ne!(
        sandbox.resource(address)["sid"],
        sid,
        "another value is another trigger"
    );
    sandbox.plan_is_empty("after the create");
}

#[test]
fn a_number_that_goes_in_one_account_and_comes_in_another_wants_a_moved_block() {
    let sandbox = Sandbox::new();
    let config = |a: &str, b: &str| {
        format!(
            r#"
            resource "twilio_subaccount" "one" {{ friendly_name = "One" }}
            resource "twilio_subaccount" "two" {{ friendly_name = "Two" }}
            resource "twilio_phone_number" "a" {{
              account_sid  = twilio_subaccount.one.sid
              phone_number = "{a}"
            }}
            resource "twilio_phone_number" "b" {{
              account_sid  = twilio_subaccount.two.sid
              phone_number = "{b}"
            }}
            "#
        )
    };
    sandbox.apply(&config("+14155550133", "+14155550134"));
    for (a, b) in [
        ("+14155550134", "+14155550133"),
        ("+14155550135", "+14155550133"),
        ("+14155550134", "+14155550134"),
    ] {
        sandbox.configure(&config(a, b));
        let plan = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        assert_eq!(plan.code, 1, "{a} {b}: {}", plan.text());
    }
}

#[test]
fn the_same_name_in_an_account_that_is_not_known_yet_is_another_object() {
    let sandbox = Sandbox::new();
    let service = |label: &str, account: &str| {
        format!(
            "resource \"twilio_messaging_service\" \"{label}\" {{\n  friendly_name = \"svc\"\n  adopt_existing = true\n  {account}\n}}\n"
        )
    };
    let config = [
        "resource \"twilio_subaccount\" \"t\" { friendly_name = \"T\" }\n".to_owned(),
        service("p", ""),
        service("t", "account_sid = twilio_subaccount.t.sid"),
    ]
    .concat();
    sandbox.apply(&config);
    sandbox.plan_is_empty("with a service of one name in each account");
}
