//! `twilio_verify_service`.

use serde_json::json;

use crate::lifecycle::{fill, import_by_block, import_by_command};
use crate::world::World;

const ADDRESS: &str = "twilio_verify_service.test";

#[test]
fn settings_that_nobody_made_plan_nothing_however_twilio_answers_them() {
    let world = World::new();
    world.apply(r#"resource "twilio_verify_service" "test" { friendly_name = "Shop" }"#);
    let path = fill("/v2/Services/{sid}", &world.resource(ADDRESS));
    // As in Twilio's own example of an answer.
    let unset = json!({
        "push": {"include_date": false, "apn_credential_sid": null, "fcm_credential_sid": null},
        "totp": {"issuer": null, "time_step": null, "code_length": null, "skew": null},
        "whatsapp": {"msg_service_sid": null, "from": null},
        "passkeys": {
            "relying_party": {"id": null, "name": null, "origins": null},
            "authenticator_attachment": null, "discoverable_credentials": null, "user_verification": null,
        },
    });
    world
        .twilio
        .change("verify.twilio.com", &path, &unset)
        .expect("the service can be changed");
    world.plan_is_empty("with settings that nobody made");
    import_by_command(&world, ADDRESS);
    import_by_block(&world, ADDRESS);
}

#[test]
fn settings_can_be_made_later_changed_and_taken_out() {
    let world = World::new();
    let service = |settings: &str| {
        format!("resource \"twilio_verify_service\" \"test\" {{\n  friendly_name = \"Shop\"\n  {settings}\n}}")
    };
    world.apply(&service(""));
    world.apply(&service(r#"totp = { issuer = "Shop" }"#));
    world.plan_is_empty("with TOTP settings");
    let totp = world.resource(ADDRESS)["totp"].clone();
    assert_eq!(
        totp,
        json!({"issuer": "Shop", "time_step": 30, "code_length": 6, "skew": 1})
    );
    world.apply(&service("totp = { issuer = \"Shop\", skew = 2 }\n  push = {}"));
    world.plan_is_empty("with an empty object of push settings");
    assert_eq!(world.resource(ADDRESS)["totp"]["skew"], 2);
    world.apply(&service(""));
    world.plan_is_empty("without settings");
    assert_eq!(world.resource(ADDRESS)["totp"], totp, "each is its default again");
}

/// Verify refuses the pages that its contract allows: <https://www.twilio.com/docs/api/errors/60373>.
#[test]
fn a_lost_create_and_an_adoption_find_their_service_among_many_pages() {
    let world = World::new();
    let twenty_six: String = (0..26)
        .map(|n| format!("resource \"twilio_verify_service\" \"s{n}\" {{ friendly_name = \"Shop {n}\" }}\n"))
        .collect();
    world.apply(&twenty_six);
    let oldest = world.resource("twilio_verify_service.s0")["sid"].clone();
    world
        .twilio
        .faults(
            &json!([{"match": {"method": "POST", "host": "verify.twilio.com"}, "fault": "reset_after", "times": 1}]),
        )
        .expect("the fault is understood");
    let lost = format!("{twenty_six}resource \"twilio_verify_service\" \"lost\" {{ friendly_name = \"Lost\" }}\n");
    world.apply(&lost);
    world.plan_is_empty("after the lost create");

    let all = || {
        let objects = world.twilio.objects().expect("the simulator answers");
        objects
            .iter()
            .filter(|object| object["collection"] == "/v2/Services")
            .count()
    };
    assert_eq!(all(), 27);
    let elsewhere = world.another_workspace();
    crate::world::configure(
        &elsewhere,
        "resource \"twilio_verify_service\" \"mine\" {\n  friendly_name  = \"Shop 0\"\n  adopt_existing = true\n}",
    );
    let output = elsewhere
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    assert_eq!(output.code, 0, "{}", output.text());
    let state = elsewhere.state_json().expect("a state");
    let mine = crate::world::resource_in(&state, "twilio_verify_service.mine").expect("it is there");
    assert_eq!(mine["sid"], oldest);
    assert_eq!(all(), 27);
    let requests = world.twilio.requests().expect("the simulator answers");
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
    let world = World::new();
    world.apply(r#"resource "twilio_verify_service" "test" { friendly_name = "Shop 12345 4f9zk2m7q1" }"#);
    world.plan_is_empty("with digits in the name");
}
