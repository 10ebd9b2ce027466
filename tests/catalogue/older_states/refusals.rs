//! What is not taken over: whose it is, and what to do instead.

use std::path::Path;

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::older::THIS;
use terraform_provider_twilio::engine::older;
use terraform_provider_twilio::engine::values::schema::resource_schema;
use terraform_provider_twilio::framework::provider::MoveSource;
use terraform_provider_twilio::provider::ADDRESS;
use terraform_provider_twilio::provider::offered::RESOURCES;

use super::{MERGED, RJPEARSON94, VENDOR, fixtures, moved, resource, upgraded};

#[test]
fn a_state_that_does_not_fit_is_named_with_whose_it_is_and_the_import_line() {
    let states = fixtures("rjpearson94");
    let state = |name: &str| states[name]["attributes"].clone();
    let with = |name: &str, change: &dyn Fn(&mut Json)| {
        let mut state = state(name);
        change(&mut state);
        state
    };
    let sid = "PN8102ec6a20ccb522e5f7bb76d732d787";
    let line = format!("terraform import ADDRESS AC901414a5bb5da4fe03f27416eeeb02d6/{sid}");
    for (type_name, state, needles) in [
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| state["voice"] = json!("x")),
            vec!["voice", &line],
        ),
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| state["beta"] = json!([])),
            vec!["beta", &line],
        ),
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| state["account_sid"] = json!("")),
            vec!["account", "ADDRESS PN81"],
        ),
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| {
                state["sid"] = json!("hello\u{1b}[2J")
            }),
            vec!["sid", "PN8102"],
        ),
        // A deposed object keeps the shape of another type.
        (
            "twilio_phone_number",
            state("twilio_messaging_phone_number"),
            vec!["has no voice", "terraform import ADDRESS AC"],
        ),
        (
            "twilio_messaging_service",
            state("twilio_twiml_app"),
            vec!["status_callback_url", "ADDRESS AC901414a5bb5da4fe03f27416eeeb02d6/SID"],
        ),
        (
            "twilio_usage_trigger",
            state("twilio_twiml_app"),
            vec!["terraform state rm"],
        ),
        ("twilio_event_sink", json!({"timeouts": null}), vec!["ADDRESS SID"]),
    ] {
        let said = upgraded(resource(type_name), &state).expect_err("it does not fit");
        for needle in [
            "RJPearson94/twilio",
            "The state was left as it is",
            "guide to migration",
        ]
        .into_iter()
        .chain(needles)
        {
            assert!(said.contains(needle), "{type_name} {needle}: {said}");
        }
        assert!(!said.contains('\u{1b}') && !said.contains("edited by hand"), "{said}");
    }
    let vendors = fixtures("vendor");
    let vendors = |name: &str, attribute: &str, value: Json| {
        let mut state = vendors[name]["attributes"].clone();
        state[attribute] = value;
        state
    };
    let number = vendors("twilio_api_accounts_incoming_phone_numbers", "voice_url", json!(["x"]));
    let said = upgraded(resource("twilio_phone_number"), &number).expect_err("it does not fit");
    assert!(
        said.contains("written by twilio/twilio") && said.contains("/PN447a") && said.contains("a voice_url"),
        "{said}"
    );
    let service = vendors("twilio_messaging_services_v1", "validity_period", json!({}));
    let said = upgraded(resource("twilio_messaging_service"), &service).expect_err("it does not fit");
    for needle in [
        "schema version is 0",
        "ADDRESS MG959b",
        "has a validity_period of another form",
        "timeouts",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    for nothing in [Json::Null, json!([]), json!("x"), json!({})] {
        for resource in RESOURCES {
            assert!(
                upgraded(resource, &nothing).is_err(),
                "{} {nothing}",
                resource.object.name
            );
        }
    }
}

#[test]
fn a_move_that_is_not_supported_says_what_to_write_instead() {
    for (type_name, ours, id) in [
        (
            "twilio_api_accounts_incoming_phone_numbers",
            "twilio_phone_number_webhooks",
            "AC901414a5bb5da4fe03f27416eeeb02d6/PN447a0b007bc41fe8f653eb019c507308",
        ),
        (
            "twilio_messaging_services_phone_numbers_v1",
            "twilio_phone_number",
            "PN447a0b007bc41fe8f653eb019c507308",
        ),
    ] {
        let state = &fixtures("vendor")[type_name]["attributes"];
        let said = moved(resource(ours), VENDOR, type_name, state)
            .expect("it is known")
            .expect_err("it is refused");
        for needle in [
            format!("from = {type_name}.NAME"),
            "destroy = false".to_owned(),
            format!("to = {ours}.NAME"),
            format!("id = \"{id}\""),
            "The state was left as it is".to_owned(),
        ] {
            assert!(said.contains(&needle), "{needle}: {said}");
        }
    }
    // What no object of the type can have as its SID cannot be imported either.
    let state = &fixtures("vendor")["twilio_messaging_services_v1"]["attributes"];
    let said = moved(
        resource("twilio_twiml_app"),
        VENDOR,
        "twilio_messaging_services_v1",
        state,
    )
    .expect("it is known");
    let said = said.expect_err("it is refused");
    assert!(
        said.contains("starts with MG, and that of a TwiML app starts with AP"),
        "{said}"
    );
    assert!(!said.contains("import {"), "{said}");
    // An element of something has nothing to import.
    let element = &fixtures("vendor")[MERGED]["attributes"];
    let said = moved(resource("twilio_event_subscription"), VENDOR, MERGED, element).expect("it is known");
    let said = said.expect_err("it is refused");
    for needle in [
        "into types of the event subscription",
        "destroy = false",
        "from = twilio_events_subs",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert!(!said.contains("import {"), "{said}");
    // What the import would lose is told before.
    let key = &fixtures("rjpearson94")["twilio_iam_api_key"]["attributes"];
    let said = moved(resource("twilio_api_key"), RJPEARSON94, "twilio_iam_key", key).expect("it is known");
    assert!(
        said.expect_err("it is refused")
            .contains("Its secret is in the old state alone")
    );
    // Other providers are none of ours to speak of.
    assert_eq!(
        moved(
            resource("twilio_api_key"),
            "registry.terraform.io/hashicorp/aws",
            "aws_iam_access_key",
            key
        ),
        None
    );
}

#[test]
fn a_state_of_this_provider_from_another_registry_is_taken_as_it_is() {
    assert_eq!(ADDRESS, THIS);
    let state = json!({"sid": "AP0123456789abcdef0123456789abcdef"});
    let source = |version| MoveSource {
        provider_address: format!("mirror.example.com/{}", THIS),
        type_name: "twilio_twiml_app".to_owned(),
        schema_version: version,
        state: state.clone(),
        identity: None,
    };
    let app = resource("twilio_twiml_app");
    assert_eq!(
        older::take_over(app, &source(1)).and_then(Result::ok).as_ref(),
        Some(&state)
    );
    assert!(older::take_over(app, &source(0)).and_then(Result::ok).is_none());
    let newer = older::take_over(app, &source(2))
        .expect("it is ours")
        .expect_err("it is newer");
    assert!(newer.summary.contains("newer than the provider"), "{newer:?}");
}

#[test]
fn the_guide_names_every_type_that_is_taken_over_and_begins_with_the_traps() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/migration.md");
    let guide = std::fs::read_to_string(path).expect("the guide can be read");
    for resource in RESOURCES {
        for older in resource.older_states {
            let row = format!("| `{}` | `{}` |", older.type_name, resource.object.name);
            assert!(guide.contains(&row), "{row}");
        }
    }
    let (_, body) = guide.split_once("# Coming from").expect("a title");
    let first: Vec<_> = body.match_indices("~> **").map(|(at, _)| at).take(2).collect();
    assert!(first.iter().all(|at| *at < 1500), "the traps come first");
    for needle in [
        "exit code 0",
        "state replace-provider",
        "release phone numbers",
        "revoke API keys",
    ] {
        assert!(body.find(needle).is_some_and(|at| at < 1500), "{needle}");
    }
}

#[test]
fn no_schema_has_the_version_of_an_older_provider() {
    for resource in RESOURCES {
        assert!(resource_schema(resource).version > 0, "{}", resource.object.name);
    }
}
