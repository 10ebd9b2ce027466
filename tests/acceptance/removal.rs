//! What stands in a plan for what nobody configures, and what becomes of an attribute that is taken out: cleared, set back to
//! its default, or kept, as the page of each says.

use serde_json::{Value as Json, json};

use crate::lifecycle::{active_changes, changed_attributes};
use crate::sandbox::Sandbox;

/// What Twilio has of the object that is stored at `address`.
fn in_twilio(sandbox: &Sandbox, address: &str) -> Json {
    let sid = sandbox.resource(address)["sid"].clone();
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let found = objects.into_iter().find(|object| object["sid"] == sid);
    found.unwrap_or_else(|| panic!("{address} ({sid}) is not in Twilio"))["body"].clone()
}

fn is_empty(value: &Json) -> bool {
    value.is_null() || value == ""
}

/// The names that the plan of a create leaves open, at the top level.
fn unknown_names(change: &Json) -> Vec<String> {
    let unknown = change["after_unknown"].as_object().into_iter().flatten();
    let mut names: Vec<_> = unknown
        .filter(|(_, value)| **value == json!(true))
        .map(|(name, _)| name.clone())
        .collect();
    names.sort();
    names
}

#[test]
fn a_plan_of_something_new_leaves_open_only_what_twilio_decides() {
    let sandbox = Sandbox::standing();
    sandbox.configure(
        r#"
        resource "twilio_phone_number" "number" { phone_number = "+14155550143" }
        resource "twilio_twiml_app" "app" {}
        resource "twilio_verify_service" "verify" { friendly_name = "Shop" }
        resource "twilio_api_key" "key" {}
        resource "twilio_usage_trigger" "trigger" {
          usage_category = "sms"
          trigger_value  = "100"
          callback_url   = "https://example.com/usage"
        }
        "#,
    );
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let change = |address: &str| {
        let found = active_changes(&plan).find(|change| change["address"] == address);
        found.unwrap_or_else(|| panic!("{address} is not planned"))["change"].clone()
    };
    let always = ["date_created", "id", "sid"];
    let open = |more: &[&str]| {
        let mut names: Vec<_> = always.iter().chain(more).map(|name| (*name).to_owned()).collect();
        names.sort();
        names
    };

    let number = change("twilio_phone_number.number");
    let told = [
        "address_requirements",
        "beta",
        "capabilities",
        "emergency_address_status",
        "friendly_name",
        "origin",
        "status",
        "type",
    ];
    assert_eq!(unknown_names(&number), open(&told));
    assert_eq!(number["after"]["voice_receive_mode"], "voice");
    assert_eq!(number["after"]["api_version"], "2010-04-01");

    let app = change("twilio_twiml_app.app");
    assert_eq!(unknown_names(&app), open(&[]));
    assert_eq!(app["after"]["api_version"], "2010-04-01");

    let verify = change("twilio_verify_service.verify");
    assert_eq!(unknown_names(&verify), open(&[]));
    assert_eq!(
        verify["after"]["totp"],
        json!({"time_step": 30, "code_length": 6, "skew": 1})
    );
    assert_eq!(verify["after_unknown"]["totp"], json!({"issuer": true}));
    assert_eq!(verify["after"]["push"], Json::Null);

    assert_eq!(unknown_names(&change("twilio_api_key.key")), open(&["secret"]));

    let trigger = change("twilio_usage_trigger.trigger");
    assert_eq!(unknown_names(&trigger), open(&[]));
    assert_eq!(trigger["after"]["trigger_by"], "usage");

    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    assert!(is_empty(&sandbox.resource("twilio_twiml_app.app")["friendly_name"]));
}

#[test]
fn a_name_that_is_taken_out_is_cleared_where_there_need_be_none_and_kept_elsewhere() {
    let sandbox = Sandbox::standing();
    let config = |name: &str| {
        format!(
            r#"
            resource "twilio_twiml_app" "app" {{
              {name}
            }}
            resource "twilio_api_key" "key" {{
              {name}
            }}
            resource "twilio_phone_number" "number" {{
              phone_number = "+14155550143"
              {name}
            }}
            resource "twilio_usage_trigger" "trigger" {{
              usage_category = "sms"
              trigger_value  = "100"
              callback_url   = "https://example.com/usage"
              {name}
            }}
            "#
        )
    };
    sandbox.apply(&config(r#"friendly_name = "Edu""#));
    sandbox.apply(&config(""));
    sandbox.plan_is_empty("after the names were taken out");
    for cleared in ["twilio_twiml_app.app", "twilio_api_key.key"] {
        assert!(sandbox.resource(cleared)["friendly_name"].is_null(), "{cleared}");
        assert!(is_empty(&in_twilio(&sandbox, cleared)["friendly_name"]), "{cleared}");
    }
    for kept in ["twilio_phone_number.number", "twilio_usage_trigger.trigger"] {
        assert_eq!(sandbox.resource(kept)["friendly_name"], "Edu", "{kept}");
        assert_eq!(in_twilio(&sandbox, kept)["friendly_name"], "Edu", "{kept}");
    }
}

#[test]
fn what_has_a_default_goes_back_to_it() {
    let sandbox = Sandbox::standing();
    let config = |settings: &str| {
        format!(
            r#"
            resource "twilio_phone_number" "number" {{
              phone_number = "+14155550143"
              {settings}
            }}
            resource "twilio_twiml_app" "app" {{ {} }}
            "#,
            settings.lines().next().unwrap_or_default()
        )
    };
    sandbox.apply(&config("api_version = \"2008-08-01\"\nvoice_receive_mode = \"fax\""));
    assert_eq!(in_twilio(&sandbox, "twilio_twiml_app.app")["api_version"], "2008-08-01");
    sandbox.configure(&config(""));
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes.len(), 2, "{changes:#?}");
    for change in changes {
        assert_eq!(change["change"]["after"]["api_version"], "2010-04-01");
    }
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the settings were taken out");
    let number = sandbox.resource("twilio_phone_number.number");
    assert_eq!(
        (&number["api_version"], &number["voice_receive_mode"]),
        (&json!("2010-04-01"), &json!("voice"))
    );
    assert_eq!(in_twilio(&sandbox, "twilio_twiml_app.app")["api_version"], "2010-04-01");
    assert_eq!(
        in_twilio(&sandbox, "twilio_phone_number.number")["api_version"],
        "2010-04-01"
    );
}

/// A credential for push notifications, which no resource makes: its SID.
fn push_credential(sandbox: &Sandbox, kind: &str) -> String {
    let fields = json!({"type": kind, "friendly_name": kind});
    put_there(sandbox, "chat.twilio.com", "/v2/Credentials", &fields)
}

fn put_there(sandbox: &Sandbox, host: &str, collection: &str, fields: &Json) -> String {
    let object = json!({"host": host, "collection": collection, "fields": fields});
    let made = sandbox.twilio.add(&object).expect("it can be added");
    let sid = made["sid"].as_str().or(made["body"]["sid"].as_str());
    sid.expect("a SID").to_owned()
}

#[test]
fn nested_settings_that_are_taken_out_go_back_to_what_a_new_service_has() {
    let sandbox = Sandbox::standing();
    let (apn, fcm) = (push_credential(&sandbox, "apn"), push_credential(&sandbox, "fcm"));
    let sender = json!({"friendly_name": "WhatsApp"});
    let sender = put_there(&sandbox, "messaging.twilio.com", "/v1/Services", &sender);
    let own = |text: &str| {
        let text = text.replace("CR0123456789abcdef0123456789abcdef", &apn);
        let text = text.replace("CR1123456789abcdef0123456789abcdef", &fcm);
        text.replace("MG0123456789abcdef0123456789abcdef", &sender)
    };
    let service = |settings: &str| {
        let settings = own(settings);
        format!("resource \"twilio_verify_service\" \"test\" {{\n  friendly_name = \"Shop\"\n  {settings}\n}}")
    };
    let address = "twilio_verify_service.test";
    sandbox.apply(&service(""));
    let new = in_twilio(&sandbox, address);
    let all = r#"
        push     = { apn_credential_sid = "CR0123456789abcdef0123456789abcdef", fcm_credential_sid = "CR1123456789abcdef0123456789abcdef" }
        totp     = { issuer = "Shop", time_step = 60, code_length = 8, skew = 2 }
        whatsapp = { msg_service_sid = "MG0123456789abcdef0123456789abcdef", from = "whatsapp:+14155550100" }
        passkeys = {
          relying_party            = { id = "example.com", name = "Shop", origins = ["a.example.com"] }
          authenticator_attachment = "platform"
          discoverable_credentials = "preferred"
          user_verification        = "preferred"
        }
    "#;
    sandbox.apply(&service(all));
    sandbox.plan_is_empty("with all settings");
    // A part of each, then all of it.
    sandbox.apply(&service(
        r#"
        push     = { fcm_credential_sid = "CR1123456789abcdef0123456789abcdef" }
        totp     = { skew = 2 }
        passkeys = { user_verification = "preferred" }
        "#,
    ));
    sandbox.plan_is_empty("with a part of the settings");
    let told = in_twilio(&sandbox, address);
    assert_eq!(
        (&told["totp"]["time_step"], &told["totp"]["skew"]),
        (&json!(30), &json!(2))
    );
    assert!(is_empty(&told["push"]["apn_credential_sid"]), "{:#}", told["push"]);
    assert!(is_empty(&told["whatsapp"]["from"]), "{:#}", told["whatsapp"]);
    assert!(
        is_empty(&told["passkeys"]["relying_party"]["id"]),
        "{:#}",
        told["passkeys"]
    );

    sandbox.configure(&service(""));
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changed_attributes(&changes[0]["change"]), ["passkeys", "push", "totp"]);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("without settings");
    let told = in_twilio(&sandbox, address);
    for name in ["push", "totp", "whatsapp"] {
        assert_eq!(told[name], new[name], "{name}");
    }
    let passkeys = &told["passkeys"];
    for name in [
        "authenticator_attachment",
        "discoverable_credentials",
        "user_verification",
    ] {
        assert!(is_empty(&passkeys[name]), "{passkeys:#}");
    }
}

#[test]
fn nested_settings_that_nobody_configures_are_taken_off_what_is_adopted() {
    let sandbox = Sandbox::standing();
    let apn = push_credential(&sandbox, "apn");
    let config = |more: &str| {
        let more = more.replace("CR0123456789abcdef0123456789abcdef", &apn);
        format!("resource \"twilio_verify_service\" \"test\" {{\n  friendly_name = \"Shop\"\n  {more}\n}}")
    };
    sandbox.apply(&config(
        r#"
        push = { apn_credential_sid = "CR0123456789abcdef0123456789abcdef" }
        totp = { skew = 2 }
        "#,
    ));
    sandbox.succeed(&["state", "rm", "twilio_verify_service.test"]);
    sandbox.apply(&config("adopt_existing = true"));
    let told = in_twilio(&sandbox, "twilio_verify_service.test");
    assert!(is_empty(&told["push"]["apn_credential_sid"]), "{:#}", told["push"]);
    assert_eq!(told["totp"]["skew"], 1);
    sandbox.plan_is_empty("after the adoption");
}

#[test]
fn settings_that_twilio_leaves_out_of_its_answers_plan_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_phone_number" "test" { phone_number = "+14155550143" }"#);
    let stored = sandbox.resource("twilio_phone_number.test");
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}.json",
        stored["account_sid"].as_str().unwrap_or_default(),
        stored["sid"].as_str().unwrap_or_default()
    );
    sandbox
        .twilio
        .change(
            "api.twilio.com",
            &path,
            &json!({"voice_receive_mode": null, "api_version": null}),
        )
        .expect("the number can be changed");
    sandbox.plan_is_empty("with fields that are not told");
    crate::lifecycle::import_by_command(&sandbox, "twilio_phone_number.test");
}
