//! Identities, which Terraform and OpenTofu know from 1.12 on. `cargo xtask ci` runs these tests with several such versions.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const OBJECTS: &str = r#"
    resource "twilio_subaccount" "customer" {
      friendly_name = "Customer"
      force_close   = true
    }

    resource "twilio_twiml_app" "app" {
      friendly_name = "App"
    }

    resource "twilio_phone_number" "number" {
      account_sid = twilio_subaccount.customer.sid
      area_code   = "415"
    }

    resource "twilio_messaging_service" "service" {
      account_sid   = twilio_subaccount.customer.sid
      friendly_name = "Support"
    }

    resource "twilio_messaging_service_phone_number" "entry" {
      account_sid      = twilio_subaccount.customer.sid
      service_sid      = twilio_messaging_service.service.sid
      phone_number_sid = twilio_phone_number.number.sid
    }
"#;

fn state(sandbox: &Sandbox) -> Json {
    let path = sandbox.terraform.path().join("terraform.tfstate");
    let text = std::fs::read_to_string(path).expect("there is a state");
    serde_json::from_str(&text).expect("it is JSON")
}

/// The only instance of the only resource of a type.
fn instance<'a>(state: &'a mut Json, type_name: &str) -> &'a mut Json {
    let resources = state["resources"].as_array_mut().expect("a list").iter_mut();
    let mut found = resources.filter(|resource| resource["type"] == type_name);
    &mut found.next().expect("it is in the state")["instances"][0]
}

/// The identity of the resource of a type.
fn identity(sandbox: &Sandbox, type_name: &str) -> Json {
    instance(&mut state(sandbox), type_name)["identity"].clone()
}

#[test]
#[ignore = "needs Terraform 1.12 or newer"]
fn each_object_has_the_parts_of_its_id_and_its_account() {
    let sandbox = Sandbox::standing();
    sandbox.apply(OBJECTS);
    let mut state = state(&sandbox);
    let mut attribute = |type_name: &str, name: &str| instance(&mut state, type_name)["attributes"][name].clone();
    let customer = attribute("twilio_subaccount", "sid");
    let (number, service) = (
        attribute("twilio_phone_number", "sid"),
        attribute("twilio_messaging_service", "sid"),
    );
    for (type_name, expected) in [
        ("twilio_subaccount", json!({"sid": customer})),
        (
            "twilio_twiml_app",
            json!({"sid": attribute("twilio_twiml_app", "sid"), "account_sid": sandbox.handle.account_sid}),
        ),
        ("twilio_phone_number", json!({"sid": number, "account_sid": customer})),
        (
            "twilio_messaging_service_phone_number",
            json!({"service_sid": service, "phone_number_sid": number, "account_sid": customer}),
        ),
    ] {
        assert_eq!(identity(&sandbox, type_name), expected, "{type_name}");
    }
    sandbox.plan_is_empty("with identities");
}

#[test]
#[ignore = "needs Terraform 1.12 or newer"]
fn a_state_without_identities_gains_them_and_plans_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(OBJECTS);
    let before = identity(&sandbox, "twilio_messaging_service_phone_number");
    let mut stripped = state(&sandbox);
    for resource in stripped["resources"].as_array_mut().expect("a list") {
        let instance = resource["instances"][0].as_object_mut().expect("an object");
        instance.remove("identity");
        instance.remove("identity_schema_version");
    }
    stripped["serial"] = json!(1000);
    let path = sandbox.terraform.path().join("terraform.tfstate");
    std::fs::write(path, stripped.to_string()).expect("it can be written");
    assert_eq!(identity(&sandbox, "twilio_messaging_service_phone_number"), Json::Null);
    sandbox.plan_is_empty("without identities");
    sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(identity(&sandbox, "twilio_messaging_service_phone_number"), before);
}

#[test]
#[ignore = "needs Terraform 1.12 or newer"]
fn what_is_known_by_its_identity_is_imported_with_an_empty_plan() {
    let sandbox = Sandbox::standing();
    sandbox.apply(OBJECTS);
    let identities: Vec<_> = [
        ("twilio_subaccount", "customer"),
        ("twilio_twiml_app", "app"),
        ("twilio_phone_number", "number"),
        ("twilio_messaging_service", "service"),
        ("twilio_messaging_service_phone_number", "entry"),
    ]
    .map(|(type_name, name)| (format!("{type_name}.{name}"), identity(&sandbox, type_name)))
    .into();
    let another = sandbox.another_workspace();
    let imports: String = identities
        .iter()
        .map(|(address, identity)| {
            let parts = identity.as_object().expect("an object").iter();
            // The account may be left out where it is the provider's own.
            let own = |name: &str, value: &Json| name == "account_sid" && *value == sandbox.handle.account_sid;
            let parts = parts.filter(|(name, value)| !own(name, value));
            let lines: String = parts.map(|(name, value)| format!("    {name} = {value}\n")).collect();
            format!("import {{\n  to = {address}\n  identity = {{\n{lines}  }}\n}}\n")
        })
        .collect();
    crate::sandbox::configure(&another, &format!("{OBJECTS}{imports}"));
    let planned = another
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("it starts");
    assert_eq!(planned.code, 0, "{}", planned.text());
    // What only tells the provider what to do is in no response of Twilio's.
    assert!(planned.text().contains("5 imported, 0 added"), "{}", planned.text());
    assert!(planned.text().contains("0 destroyed"), "{}", planned.text());
    let plan = another
        .run(&["plan", "-detailed-exitcode", "-no-color"])
        .expect("it starts");
    assert_eq!(plan.code, 0, "{}", plan.text());
}

#[test]
#[ignore = "needs Terraform 1.12 or newer"]
fn a_number_that_moves_takes_its_identity_along_and_stays_the_same_object() {
    let sandbox = Sandbox::standing();
    sandbox.apply(OBJECTS);
    let before = identity(&sandbox, "twilio_phone_number");
    let moved = OBJECTS
        .replace(
            "account_sid = twilio_subaccount.customer.sid\n      area_code",
            &format!("account_sid = \"{}\"\n      area_code", sandbox.handle.account_sid),
        )
        .split("resource \"twilio_messaging_service\"")
        .next()
        .expect("a part")
        .to_owned();
    sandbox.apply(&moved);
    let after = identity(&sandbox, "twilio_phone_number");
    assert_eq!(after["sid"], before["sid"]);
    assert_eq!(after["account_sid"], sandbox.handle.account_sid);
    sandbox.plan_is_empty("after the move");
}

#[test]
#[ignore = "needs Terraform 1.12 or newer"]
fn an_identity_that_cannot_be_one_is_refused_with_the_part_that_is_wrong() {
    let sandbox = Sandbox::standing();
    sandbox.configure(
        r#"
        import {
          to       = twilio_twiml_app.app
          identity = { sid = "MG0123456789abcdef0123456789abcdef" }
        }
        resource "twilio_twiml_app" "app" {}
        "#,
    );
    let refused = || {
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("it starts");
        assert_ne!(output.code, 0);
        output.unwrapped()
    };
    let said = refused();
    assert!(said.contains("This is not an identity of twilio_twiml_app"), "{said}");
    assert!(said.contains("SIDs of a TwiML app start with AP"), "{said}");
    assert!(said.contains("sid: "), "{said}");
    sandbox.configure(
        r#"
        import {
          to       = twilio_twiml_app.app
          identity = { account_sid = "x", sid = "AP0123456789abcdef0123456789abcdef" }
        }
        resource "twilio_twiml_app" "app" {}
        "#,
    );
    let said = refused();
    assert!(said.contains("cannot be imported: account_sid: "), "{said}");
}
