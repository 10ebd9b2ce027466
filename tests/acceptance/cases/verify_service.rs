//! `twilio_verify_service`.

use serde_json::json;

use crate::lifecycle::{fill, import_by_block, import_by_command};
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_verify_service.test";

#[test]
fn settings_that_nobody_made_plan_nothing_however_twilio_answers_them() {
    let sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_verify_service" "test" { friendly_name = "Shop" }"#);
    let path = fill("/v2/Services/{sid}", &sandbox.resource(ADDRESS));
    // As in Twilio's own example of a response.
    let unset = json!({
        "push": {"include_date": false, "apn_credential_sid": null, "fcm_credential_sid": null},
        "totp": {"issuer": null, "time_step": null, "code_length": null, "skew": null},
        "whatsapp": {"msg_service_sid": null, "from": null},
        "passkeys": {
            "relying_party": {"id": null, "name": null, "origins": null},
            "authenticator_attachment": null, "discoverable_credentials": null, "user_verification": null,
        },
    });
    sandbox
        .twilio
        .change("verify.twilio.com", &path, &unset)
        .expect("the service can be changed");
    sandbox.plan_is_empty("with settings that nobody made");
    import_by_command(&sandbox, ADDRESS);
    import_by_block(&sandbox, ADDRESS);
}

#[test]
fn settings_can_be_made_later_changed_and_taken_out() {
    let sandbox = Sandbox::standing();
    let service = |settings: &str| {
        format!("resource \"twilio_verify_service\" \"test\" {{\n  friendly_name = \"Shop\"\n  {settings}\n}}")
    };
    sandbox.apply(&service(""));
    sandbox.apply(&service(r#"totp = { issuer = "Shop" }"#));
    sandbox.plan_is_empty("with TOTP settings");
    let totp = sandbox.resource(ADDRESS)["totp"].clone();
    assert_eq!(
        totp,
        json!({"issuer": "Shop", "time_step": 30, "code_length": 6, "skew": 1})
    );
    sandbox.apply(&service("totp = { issuer = \"Shop\", skew = 2 }\n  push = {}"));
    sandbox.plan_is_empty("with an empty object of push settings");
    assert_eq!(sandbox.resource(ADDRESS)["totp"]["skew"], 2);
    sandbox.apply(&service(""));
    sandbox.plan_is_empty("without settings");
    assert_eq!(sandbox.resource(ADDRESS)["totp"], totp, "each is its default again");
}

/// Verify refuses the pages that its contract allows: <https://www.twilio.com/docs/api/errors/60373>.
#[test]
fn a_lost_create_and_an_adoption_find_their_service_among_many_pages() {
    let sandbox = Sandbox::standing();
    let twenty_six: String = (0..26)
        .map(|n| format!("resource \"twilio_verify_service\" \"s{n}\" {{ friendly_name = \"Shop {n}\" }}\n"))
        .collect();
    sandbox.apply(&twenty_six);
    let oldest = sandbox.resource("twilio_verify_service.s0")["sid"].clone();
    sandbox
        .twilio
        .faults(
            &json!([{"match": {"method": "POST", "host": "verify.twilio.com"}, "fault": "reset_after", "times": 1}]),
        )
        .expect("the fault is understood");
    let lost = format!("{twenty_six}resource \"twilio_verify_service\" \"lost\" {{ friendly_name = \"Lost\" }}\n");
    sandbox.apply(&lost);
    sandbox.plan_is_empty("after the lost create");

    let all = || {
        let objects = sandbox.twilio.objects().expect("the simulator answers");
        objects
            .iter()
            .filter(|object| object["collection"] == "/v2/Services")
            .count()
    };
    assert_eq!(all(), 27);
    let elsewhere = sandbox.another_workspace();
    crate::sandbox::configure(
        &elsewhere,
        "resource \"twilio_verify_service\" \"mine\" {\n  friendly_name  = \"Shop 0\"\n  adopt_existing = true\n}",
    );
    let output = elsewhere
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    assert_eq!(output.code, 0, "{}", output.text());
    let state = elsewhere.state_json().expect("a state");
    let mine = crate::sandbox::resource_in(&state, "twilio_verify_service.mine").expect("it is there");
    assert_eq!(mine["sid"], oldest);
    assert_eq!(all(), 27);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let sizes = requests
        .iter()
        .filter(|request| request["query"].get("PageSize").is_some());
    let sizes: Vec<_> = sizes.filter(|request| request["host"] == "verify.twilio.com").collect();
    assert!(
        sizes.iter().all(|request| request["query"]["PageSize"] == "25"),
        "only Twilio's own links name a size: {sizes:#?}"
    );
}

#[test]
fn digits_in_a_name_are_fine() {
    let sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_verify_service" "test" { friendly_name = "Shop 12345 4f9zk2m7q1" }"#);
    sandbox.plan_is_empty("with digits in the name");
}
