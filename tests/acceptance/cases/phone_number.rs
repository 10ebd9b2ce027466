//! `twilio_phone_number`.

use serde_json::{Value as Json, json};

use crate::lifecycle::{active_changes, changed_attributes};
use crate::sandbox::Sandbox;

/// Numbers that the account was asked to buy, in order.
fn purchases(sandbox: &Sandbox) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let bought = requests.iter().filter(|request| {
        let path = request["path"].as_str().unwrap_or_default();
        request["method"] == "POST" && path.ends_with("/IncomingPhoneNumbers.json")
    });
    bought.map(|request| request["form"].clone()).collect()
}

fn plan(sandbox: &Sandbox, config: &str) -> String {
    sandbox.configure(config);
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    assert_eq!(output.code, 0, "{}", output.text());
    output.unwrapped()
}

#[test]
fn a_search_buys_once_and_never_while_planning() {
    let sandbox = Sandbox::standing();
    let config = r#"
        resource "twilio_phone_number" "a" {
          search = {
            type        = "local"
            iso_country = "US"
            area_code   = 415
            sms_enabled = true
          }
        }
    "#;
    plan(&sandbox, config);
    assert!(purchases(&sandbox).is_empty(), "a plan bought");
    sandbox.apply(config);
    sandbox.plan_is_empty("after the purchase");
    assert_eq!(purchases(&sandbox).len(), 1);
    let number = sandbox.resource("twilio_phone_number.a");
    let text = number["phone_number"].as_str().expect("a number");
    assert!(text.starts_with("+1415"), "{text}");
    assert_eq!(number["voice_url"], Json::Null);

    // Another search is no reason for another number.
    let said = plan(&sandbox, &config.replace("415", "628"));
    assert!(
        said.contains("Another search is no reason to buy another number"),
        "{said}"
    );
    assert!(said.contains(text) && !said.contains("stays"), "{said}");
    sandbox.apply(&config.replace("415", "628"));
    sandbox.plan_is_empty("after the search was changed");
    assert_eq!(sandbox.resource("twilio_phone_number.a")["phone_number"], text);
    assert_eq!(purchases(&sandbox).len(), 1);
}

#[test]
fn many_numbers_of_one_search_do_not_get_into_each_others_way() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_phone_number" "a" {
             count  = 12
             search = {
               type        = "local"
               iso_country = "US"
             }
           }"#,
    );
    sandbox.plan_is_empty("after twelve purchases");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn an_area_code_buys_a_number_with_it_and_toll_free_numbers_are_found_too() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"
        resource "twilio_phone_number" "local" { area_code = "212" }
        resource "twilio_phone_number" "free" {
          search = {
            type        = "toll_free"
            iso_country = "US"
          }
        }
        "#,
    );
    sandbox.plan_is_empty("after both");
    let local = sandbox.resource("twilio_phone_number.local");
    assert!(
        local["phone_number"]
            .as_str()
            .is_some_and(|number| number.starts_with("+1212")),
        "{local:#}"
    );
    let free = sandbox.resource("twilio_phone_number.free");
    assert!(
        free["phone_number"]
            .as_str()
            .is_some_and(|number| number.starts_with("+18")),
        "{free:#}"
    );
}

#[test]
fn a_lost_purchase_is_found_by_its_number() {
    let sandbox = Sandbox::standing();
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": "IncomingPhoneNumbers.json"}, "fault": "reset_after", "times": 1}]))
        .expect("the fault is understood");
    sandbox.apply(r#"resource "twilio_phone_number" "a" { phone_number = "+14155550142" }"#);
    sandbox.plan_is_empty("after the purchase whose answer was lost");
    assert_eq!(purchases(&sandbox).len(), 1, "it was bought once");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_number_that_the_account_owns_is_adopted_only_where_requested() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_phone_number" "a" {
             phone_number = "+14155550142"
             sms_url      = "https://example.com/old"
           }"#,
    );
    let sid = sandbox.resource("twilio_phone_number.a")["sid"].clone();
    sandbox.succeed(&["state", "rm", "twilio_phone_number.a"]);

    let said = sandbox.apply_fails(r#"resource "twilio_phone_number" "b" { phone_number = "+14155550142" }"#);
    for needle in [
        "already owns +14155550142",
        "adopt_existing = true",
        "terraform import",
        "Nothing was bought",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    let said = sandbox
        .apply(
            r#"resource "twilio_phone_number" "b" {
                 phone_number   = "+14155550142"
                 adopt_existing = true
                 voice_url      = "https://example.com/voice"
               }"#,
        )
        .unwrapped();
    assert!(said.contains("was adopted"), "{said}");
    sandbox.plan_is_empty("after the adoption");
    assert_eq!(sandbox.resource("twilio_phone_number.b")["sid"], sid);
    assert_eq!(sandbox.resource("twilio_phone_number.b")["sms_url"], Json::Null);
    assert_eq!(purchases(&sandbox).len(), 1, "it was bought once");
}

#[test]
fn a_move_that_twilio_answers_with_the_old_account_is_an_error_of_ours() {
    let sandbox = Sandbox::standing();
    let config = |account: &str| {
        format!(
            r#"
            resource "twilio_subaccount" "customer" {{
              friendly_name = "Customer"
              force_close   = true
            }}
            resource "twilio_phone_number" "a" {{
              account_sid  = {account}
              phone_number = "+14155550142"
            }}
            "#
        )
    };
    sandbox.apply(&config(&format!("{:?}", sandbox.handle.account_sid)));
    let before = sandbox.resource("twilio_phone_number.a");
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let number = objects.into_iter().find(|object| object["sid"] == before["sid"]);
    let body = number.expect("the number is there")["body"].clone();
    let fault = json!([{"match": {"method": "POST", "path": "IncomingPhoneNumbers/PN"}, "fault": "status", "status": 200,
        "body": body, "executed": false}]);
    sandbox.twilio.faults(&fault).expect("the fault is understood");
    let said = sandbox.apply_fails(&config("twilio_subaccount.customer.sid"));
    assert!(said.contains("twilio_phone_number was not moved"), "{said}");
    assert!(!said.contains("inconsistent"), "{said}");
    assert_eq!(sandbox.resource("twilio_phone_number.a"), before);
    sandbox.twilio.faults(&json!([])).expect("no faults");
    sandbox.apply(&config("twilio_subaccount.customer.sid"));
    sandbox.plan_is_empty("after the move");
}

#[test]
fn a_number_moves_to_another_account_in_place_and_back() {
    let sandbox = Sandbox::standing();
    let config = |account: &str| {
        format!(
            r#"
            resource "twilio_subaccount" "customer" {{
              friendly_name = "Customer"
              # The account outlives the number only once the number has moved away.
              force_close   = true
            }}
            resource "twilio_phone_number" "a" {{
              account_sid  = {account}
              phone_number = "+14155550142"
            }}
            "#
        )
    };
    let own = format!("{:?}", sandbox.handle.account_sid);
    sandbox.apply(&config(&own));
    let before = sandbox.resource("twilio_phone_number.a");

    sandbox.configure(&config("twilio_subaccount.customer.sid"));
    let planned = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&planned).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changes[0]["change"]["actions"], json!(["update"]));
    assert_eq!(changes[0]["change"]["after"]["id"], before["sid"], "the id stays known");

    let said = sandbox.apply(&config("twilio_subaccount.customer.sid")).unwrapped();
    for needle in [
        "Phone number +14155550142 moves to another account",
        "does not move along",
        "No attribute of this resource names one",
        "sender pool of a messaging service; its place there does not move along",
        "bundles",
        "TwiML apps",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    sandbox.plan_is_empty("after the move");
    let after = sandbox.resource("twilio_phone_number.a");
    assert_eq!(
        (&after["sid"], &after["phone_number"]),
        (&before["sid"], &before["phone_number"])
    );
    assert_eq!(
        after["account_sid"],
        sandbox.resource("twilio_subaccount.customer")["sid"]
    );
    assert_eq!(after["id"], before["id"]);

    sandbox.apply(&config(&own));
    sandbox.plan_is_empty("after the move back");
    assert_eq!(sandbox.resource("twilio_phone_number.a")["id"], before["id"]);
    assert_eq!(purchases(&sandbox).len(), 1);
}

#[test]
fn a_plan_that_loses_a_number_names_it_and_protection_refuses() {
    let sandbox = Sandbox::standing();
    let config = |number: &str, more: &str| {
        format!("resource \"twilio_phone_number\" \"a\" {{\n  phone_number = \"{number}\"\n  {more}\n}}\n")
    };
    sandbox.apply(&config("+14155550142", ""));
    let said = plan(&sandbox, "");
    assert!(said.contains("Phone number +14155550142 will be released"), "{said}");
    let said = plan(&sandbox, &config("+14155550143", ""));
    assert!(
        said.contains("Phone number +14155550142 will be released, and another bought"),
        "{said}"
    );

    sandbox.apply(&config("+14155550142", "deletion_protection = true"));
    for body in [String::new(), config("+14155550143", "")] {
        let said = sandbox.apply_fails(&body);
        assert!(said.contains("protected") && said.contains("+14155550142"), "{said}");
    }
    assert_eq!(purchases(&sandbox).len(), 1);

    sandbox.apply(&config("+14155550142", "on_destroy = \"retain\""));
    let said = plan(&sandbox, "");
    assert!(said.contains("will stay in the account"), "{said}");
    sandbox.apply("");
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    assert!(
        objects
            .iter()
            .any(|object| object["body"]["phone_number"] == "+14155550142"
                && object["collection"]
                    .as_str()
                    .is_some_and(|path| path.ends_with("IncomingPhoneNumbers"))),
        "the number was released"
    );
}

#[test]
fn an_import_by_the_number_itself_plans_nothing() {
    let sandbox = Sandbox::standing();
    let config = r#"resource "twilio_phone_number" "a" { phone_number = "+14155550142" }"#;
    sandbox.apply(config);
    sandbox.succeed(&["state", "rm", "twilio_phone_number.a"]);
    sandbox.succeed(&["import", "-no-color", "twilio_phone_number.a", "+14155550142"]);
    sandbox.plan_is_empty("after the import");

    sandbox.succeed(&["state", "rm", "twilio_phone_number.a"]);
    let output = sandbox
        .terraform
        .run(&["import", "-no-color", "twilio_phone_number.a", "+14155550199"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert!(
        output.code != 0 && said.contains("No phone number with this phone number"),
        "{said}"
    );
}

/// An address in the main account.
fn address(sandbox: &Sandbox, street: &str) -> String {
    let account = sandbox.handle.account_sid.as_str();
    let fields = json!({"customer_name": "Ada", "street": street, "city": "City", "region": "CA", "postal_code": "94105",
        "iso_country": "US", "emergency_enabled": true});
    let object = json!({"host": "api.twilio.com", "account": account, "fields": fields,
        "collection": format!("/2010-04-01/Accounts/{account}/Addresses")});
    let made = sandbox.twilio.add(&object).expect("it can be added");
    made["sid"].as_str().expect("a SID").to_owned()
}

/// The forms with which the number itself was changed, in order.
fn changes(sandbox: &Sandbox) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let of_a_number = |request: &&Json| {
        let path = request["path"].as_str().unwrap_or_default();
        request["method"] == "POST" && path.contains("/IncomingPhoneNumbers/PN")
    };
    requests
        .iter()
        .filter(of_a_number)
        .map(|request| request["form"].clone())
        .collect()
}

#[test]
fn what_a_purchase_forgets_is_set_by_a_second_call() {
    let sandbox = Sandbox::standing();
    let address = address(&sandbox, "1 Main Street");
    let said = sandbox
        .apply(&format!(
            r#"resource "twilio_phone_number" "a" {{
                 phone_number          = "+14155550142"
                 emergency_address_sid = "{address}"
                 voice_receive_mode    = "fax"
               }}"#
        ))
        .unwrapped();
    assert!(!said.contains("Twilio stored another value"), "{said}");
    sandbox.plan_is_empty("after the purchase");
    let number = sandbox.resource("twilio_phone_number.a");
    assert_eq!(number["emergency_address_sid"], address);
    assert_eq!(number["emergency_address_status"], "registered");
    assert_eq!(number["voice_receive_mode"], "fax");
    assert_eq!(purchases(&sandbox).len(), 1);
    assert_eq!(
        changes(&sandbox),
        [
            json!({"VoiceReceiveMode": "fax"}),
            json!({"EmergencyAddressSid": address})
        ]
    );
}

#[test]
fn what_a_second_call_failed_to_set_is_planned_until_it_is_set() {
    let sandbox = Sandbox::standing();
    let config = r#"resource "twilio_phone_number" "a" {
        phone_number       = "+14155550142"
        voice_receive_mode = "fax"
    }"#;
    let refusal = json!([{"match": {"method": "POST", "path": "IncomingPhoneNumbers/PN"}, "fault": "status", "status": 400,
        "body": {"code": 20001, "message": "not now", "more_info": "", "status": 400}}]);
    sandbox.twilio.faults(&refusal).expect("the fault is understood");
    let said = sandbox.apply(config).unwrapped();
    assert!(said.contains("was created but not completed"), "{said}");
    assert!(
        said.contains("The provider tried to complete the phone number"),
        "{said}"
    );
    assert!(!said.contains("Nothing was created"), "{said}");
    sandbox.twilio.faults(&json!([])).expect("no faults");
    for _ in 0..2 {
        let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
        let changes: Vec<_> = active_changes(&plan).collect();
        assert_eq!(changes.len(), 1, "{changes:#?}");
        assert_eq!(changed_attributes(&changes[0]["change"]), ["voice_receive_mode"]);
    }
    sandbox.apply(config);
    sandbox.plan_is_empty("after it was completed");
    assert_eq!(changes(&sandbox).last(), Some(&json!({"VoiceReceiveMode": "fax"})));
}

#[test]
fn one_emergency_address_is_exchanged_for_another_in_two_steps() {
    let sandbox = Sandbox::standing();
    let (first, second) = (address(&sandbox, "1 Main Street"), address(&sandbox, "2 Main Street"));
    let config = |address: &str, more: &str| {
        format!(
            "resource \"twilio_phone_number\" \"a\" {{\n  phone_number = \"+14155550142\"\n  emergency_address_sid = \
             \"{address}\"\n  {more}\n}}"
        )
    };
    sandbox.apply(&config(&first, ""));
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.apply(&config(&second, "friendly_name = \"Desk\""));
    sandbox.plan_is_empty("after the exchange");
    assert_eq!(
        sandbox.resource("twilio_phone_number.a")["emergency_address_sid"],
        second
    );
    assert_eq!(
        changes(&sandbox),
        [
            json!({"FriendlyName": "Desk", "EmergencyAddressSid": ""}),
            json!({"EmergencyAddressSid": second})
        ]
    );

    // Taken over with another address.
    sandbox.succeed(&["state", "rm", "twilio_phone_number.a"]);
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.apply(&config(&first, "friendly_name = \"Desk\"\nadopt_existing = true"));
    sandbox.plan_is_empty("after the adoption");
    assert_eq!(
        sandbox.resource("twilio_phone_number.a")["emergency_address_sid"],
        first
    );
    let sent: Vec<_> = changes(&sandbox)
        .iter()
        .map(|form| form["EmergencyAddressSid"].clone())
        .collect();
    assert_eq!(sent, ["", &first]);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
}

#[test]
fn a_trunk_that_took_the_number_is_not_undone_by_who_does_not_mention_it() {
    let sandbox = Sandbox::standing();
    let config = |more: &str| {
        format!("resource \"twilio_phone_number\" \"a\" {{\n  phone_number = \"+14155550142\"\n  {more}\n}}")
    };
    let url = r#"voice_url = "https://example.com/voice""#;
    sandbox.apply(&config(url));
    let trunk = format!("TK{}", "1".repeat(32));
    let taken = || {
        let path = crate::lifecycle::fill(
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/{sid}.json",
            &sandbox.resource("twilio_phone_number.a"),
        );
        let fields = json!({"trunk_sid": trunk, "voice_application_sid": ""});
        sandbox
            .twilio
            .change("api.twilio.com", &path, &fields)
            .expect("it can be changed");
    };
    taken();
    sandbox.plan_is_empty("after a trunk took the number");
    let said = sandbox
        .apply(&config(r#"voice_url = "https://example.com/other""#))
        .unwrapped();
    assert!(
        said.contains(&trunk) && said.contains("voice_url is not used"),
        "{said}"
    );
    assert_eq!(sandbox.resource("twilio_phone_number.a")["trunk_sid"], trunk);
    sandbox.plan_is_empty("after a change of something else");

    // An empty text takes the number off; an application displaces a trunk.
    sandbox.apply(&config(&format!("{url}\ntrunk_sid = \"\"")));
    assert_eq!(changes(&sandbox).last().expect("a change")["TrunkSid"], "");
    sandbox.plan_is_empty("off the trunk");
    sandbox.apply(&config(url));
    taken();
    let app = "resource \"twilio_twiml_app\" \"a\" {}\n";
    let with_app = format!(
        "{app}{}",
        config(&format!("{url}\nvoice_application_sid = twilio_twiml_app.a.sid"))
    );
    sandbox.apply(&with_app);
    sandbox.plan_is_empty("with an application");
    assert_eq!(sandbox.resource("twilio_phone_number.a")["trunk_sid"], Json::Null);
}
