//! "An incident": each way to look and to stop, and the way back from it.

use serde_json::{Value as Json, json};

use super::{APPLY, Guide, output, refused, succeed, write};
use crate::sandbox::Sandbox;

const PROVIDER: &str = "\nprovider \"twilio\" {}\n";

/// A moment that is within the last day, whatever day it is.
const LATER: &str = "2099-01-01T00:00:00Z";

/// What Twilio has of an object that a test has made.
fn in_twilio(sandbox: &Sandbox, is_it: impl Fn(&Json) -> bool) -> Option<Json> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    objects
        .into_iter()
        .find(|object| is_it(object))
        .map(|object| object["body"].clone())
}

#[test]
fn looking_shows_costs_changes_errors_and_keys_and_writes_nothing() {
    let guide = Guide::read("incidents.md");
    let sandbox = Sandbox::standing();
    for (collection, fields) in [
        (
            "/v1/Alerts",
            json!({"log_level": "error", "error_code": "21408", "date_generated": LATER, "date_created": LATER}),
        ),
        (
            "/v1/Alerts",
            json!({"log_level": "error", "error_code": "21408", "date_generated": LATER, "date_created": LATER}),
        ),
        (
            "/v1/Events",
            json!({"event_type": "api-key.created", "event_date": LATER, "resource_sid": format!("SK{:032}", 7),
                "actor_type": "user", "actor_sid": format!("US{:032}", 3), "source": "web", "source_ip_address": "203.0.113.7"}),
        ),
    ] {
        let object = json!({"host": "monitor.twilio.com", "collection": collection, "fields": fields});
        sandbox.twilio.add(&object).expect("it can be added");
    }
    write(&sandbox.terraform, &guide.block("costs_more_than_usual"));
    sandbox.twilio.forget_requests().expect("the simulator answers");
    succeed(&sandbox.terraform, APPLY);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    assert!(
        requests.iter().all(|request| request["method"] == "GET"),
        "{requests:#?}"
    );

    let errors = output(&sandbox.terraform, "errors");
    let said = errors["21408"].as_str().expect("the error is counted");
    assert!(said.starts_with("2 times: ") && said.contains("country"), "{said}");
    let changes = output(&sandbox.terraform, "who_changed_what");
    let change = changes[0].as_str().expect("a change");
    assert!(
        change.contains("api-key.created SK") && change.contains("by US") && change.ends_with("from 203.0.113.7"),
        "{change}"
    );
    assert_eq!(output(&sandbox.terraform, "costs_more_than_usual"), json!([]));
    assert_eq!(output(&sandbox.terraform, "accounts_that_were_not_read"), json!([]));
    sandbox.plan_is_empty("after a look");

    // A key that comes meanwhile is on the list.
    let other = sandbox.another_workspace();
    crate::sandbox::configure(
        &other,
        "resource \"twilio_api_key\" \"a\" { friendly_name = \"Found nowhere\" }",
    );
    succeed(&other, APPLY);
    succeed(&sandbox.terraform, APPLY);
    let keys = output(&sandbox.terraform, "keys").to_string();
    assert!(keys.contains("Found nowhere"), "{keys}");
}

#[test]
fn closed_countries_stay_closed_until_the_everyday_configuration_opens_them() {
    let guide = Guide::read("incidents.md");
    let sandbox = Sandbox::standing();
    let everyday = sandbox.another_workspace();
    let open = "resource \"twilio_messaging_geo_permissions\" \"uk\" {\n  country_code = \"GB\"\n  enabled = true\n}\n";
    crate::sandbox::configure(&everyday, open);
    succeed(&everyday, APPLY);
    write(
        &sandbox.terraform,
        &format!("{}{PROVIDER}", guide.block("variable \"closed\"")),
    );
    succeed(
        &sandbox.terraform,
        &["apply", "-auto-approve", "-var", "closed=[\"GB\"]"],
    );
    let enabled = || {
        let is_it = |object: &Json| object["body"]["country_code"] == "GB" && object["body"]["enabled"].is_boolean();
        in_twilio(&sandbox, is_it).expect("the country has a permission")["enabled"].clone()
    };
    assert_eq!(enabled(), false);
    let voice = sandbox.resource("twilio_voice_dialing_permissions_country.closed[\"GB\"]");
    assert_eq!(
        (
            &voice["low_risk_numbers_enabled"],
            &voice["high_risk_tollfraud_numbers_enabled"]
        ),
        (&json!(false), &json!(false))
    );
    // Out of the list it stays closed; the plan of the everyday configuration shows it, and opens it.
    succeed(&sandbox.terraform, APPLY);
    assert_eq!(enabled(), false);
    let planned = everyday
        .run(&["plan", "-detailed-exitcode", "-no-color"])
        .expect("terraform starts");
    assert_eq!(planned.code, 2, "{}", planned.text());
    succeed(&everyday, APPLY);
    assert_eq!(enabled(), true);
}

#[test]
fn sending_stops_and_starts_again_and_no_number_and_service_is_another() {
    let guide = Guide::read("incidents.md");
    guide.says("terraform apply -var sending=false");
    let sandbox = Sandbox::standing();
    write(
        &sandbox.terraform,
        &format!("{}{PROVIDER}", guide.block("variable \"sending\"")),
    );
    succeed(&sandbox.terraform, APPLY);
    let sids = || {
        [
            "twilio_phone_number.sender[\"+14155550142\"]",
            "twilio_phone_number.sender[\"+14155550143\"]",
            "twilio_messaging_service.alerts",
        ]
        .map(|address| sandbox.resource(address)["sid"].clone())
    };
    let before = sids();
    let pool = || {
        let objects = sandbox.twilio.objects().expect("the simulator answers");
        let in_pool = format!("/v1/Services/{}/PhoneNumbers", before[2].as_str().expect("a SID"));
        objects
            .iter()
            .filter(|object| object["collection"] == in_pool.as_str())
            .count()
    };
    assert_eq!(pool(), 2);
    succeed(&sandbox.terraform, &["apply", "-auto-approve", "-var", "sending=false"]);
    assert_eq!((pool(), sids()), (0, before.clone()));
    succeed(&sandbox.terraform, APPLY);
    assert_eq!((pool(), sids()), (2, before.clone()));
    sandbox.plan_is_empty("after sending was allowed again");
}

#[test]
fn a_subaccount_is_suspended_by_itself_and_woken_again() {
    let guide = Guide::read("incidents.md");
    let target = "-target=twilio_subaccount.tenant[\"acme\"]";
    guide.says("-target='twilio_subaccount.tenant[\"acme\"]'");
    let sandbox = Sandbox::standing();
    write(
        &sandbox.terraform,
        &format!("{}{PROVIDER}", guide.block("variable \"suspended\"")),
    );
    succeed(&sandbox.terraform, APPLY);
    let account = sandbox.resource("twilio_subaccount.tenant[\"acme\"]")["sid"].clone();
    let status = || in_twilio(&sandbox, |object| object["sid"] == account).expect("it is there")["status"].clone();
    let suspended = ["-var", "suspended=[\"acme\"]"];
    let said = succeed(
        &sandbox.terraform,
        &["apply", "-auto-approve", suspended[0], suspended[1], target],
    );
    assert!(said.contains("will be suspended"), "{said}");
    assert_eq!(status(), "suspended");
    let said = refused(&sandbox.terraform, &["plan", suspended[0], suspended[1]]);
    assert!(
        said.contains("is suspended") && said.contains("terraform apply -target"),
        "{said}"
    );
    succeed(&sandbox.terraform, &["apply", "-auto-approve", target]);
    assert_eq!(status(), "active");
    sandbox.plan_is_empty("after the subaccount was woken");
}

#[test]
fn a_key_that_no_configuration_has_is_named_and_revoked() {
    let guide = Guide::read("incidents.md");
    let sandbox = Sandbox::standing();
    let other = sandbox.another_workspace();
    crate::sandbox::configure(&other, "resource \"twilio_api_key\" \"a\" { friendly_name = \"CI\" }");
    succeed(&other, APPLY);
    let state = other.state_json().expect("a state");
    let key = crate::sandbox::resource_in(&state, "twilio_api_key.a").expect("it has the key")["sid"].clone();
    let leaked = format!("leaked={}", key.as_str().expect("a SID"));
    write(
        &sandbox.terraform,
        &format!("{}{PROVIDER}", guide.block("variable \"leaked\"")),
    );
    succeed(&sandbox.terraform, &["apply", "-auto-approve", "-var", &leaked]);
    let there = || in_twilio(&sandbox, |object| object["sid"] == key);
    assert_eq!(there().expect("it is there")["friendly_name"], "Leaked");
    let said = succeed(&sandbox.terraform, &["destroy", "-auto-approve", "-var", &leaked]);
    assert!(said.contains("will be revoked"), "{said}");
    assert!(there().is_none());
}
