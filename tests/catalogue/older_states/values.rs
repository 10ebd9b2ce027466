//! Single values: secrets, accounts, the parts of a number, and anything at all in any place.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::values::schema::resource_schema;
use terraform_provider_twilio::framework::codec::decode_json;

use super::{all_stored, fixtures, resource, successor, upgraded};

#[test]
fn secrets_are_carried() {
    let states = fixtures("rjpearson94");
    let key = upgraded(resource("twilio_api_key"), &states["twilio_iam_api_key"]["attributes"]).expect("it fits");
    assert_eq!(key["secret"], "example-secret");
    let stored = &states["twilio_account_sub_account"]["attributes"];
    let account = upgraded(resource("twilio_subaccount"), stored).expect("it fits");
    assert_eq!(
        (&account["auth_token"], &account["expose_auth_token"]),
        (&stored["auth_token"], &json!(true))
    );
    let mut without = stored.clone();
    without["auth_token"] = json!("");
    let account = upgraded(resource("twilio_subaccount"), &without).expect("it fits");
    assert_eq!(
        (&account["auth_token"], &account["expose_auth_token"]),
        (&Json::Null, &json!(false))
    );
    let mut sink = fixtures("vendor")["twilio_events_sinks_v1"]["attributes"].clone();
    sink["sink_type"] = json!("segment");
    sink["sink_configuration"] = json!("{\"write_key\":\"example-key\"}");
    let sink = upgraded(resource("twilio_event_sink"), &sink).expect("it fits");
    assert_eq!(sink["sink_configuration"]["write_key"], "example-key");
}

#[test]
fn the_account_is_what_was_configured_or_returned_and_left_open_where_nothing_says_it() {
    let states = fixtures("vendor");
    let account = |type_name: &str, fixture: &str| {
        let state = upgraded(
            successor(type_name).expect("it is offered"),
            &states[fixture]["attributes"],
        )
        .expect("it fits");
        state["account_sid"].clone()
    };
    let (own, sub) = (
        "AC901414a5bb5da4fe03f27416eeeb02d6",
        "AC2198a70655d4156825e62c0ff85cbfef",
    );
    let (app, number) = (
        "twilio_api_accounts_applications",
        "twilio_api_accounts_incoming_phone_numbers",
    );
    assert_eq!(account(app, "twilio_api_accounts_applications.p-sub"), sub);
    assert_eq!(account(app, "twilio_api_accounts_applications.x-sub"), Json::Null);
    assert_eq!(account(number, number), own);
    assert_eq!(account(number, "twilio_api_accounts_incoming_phone_numbers.p-sub"), sub);
    // Twilio moves numbers between accounts, so theirs must be known.
    let with = |fixture: &str, name: &str, value: Json| {
        let mut state = states[fixture]["attributes"].clone();
        state[name] = value;
        state
    };
    let said = upgraded(resource("twilio_phone_number"), &with(number, "account_sid", json!(""))).expect_err("unknown");
    assert!(said.contains("does not say which account"), "{said}");
    let said = upgraded(
        resource("twilio_twiml_app"),
        &with(app, "path_account_sid", json!("AC1")),
    )
    .expect_err("none");
    assert!(said.contains("has a path_account_sid that is not the SID"), "{said}");
}

/// Any JSON, not deep.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        Just(json!("")),
        "[a-z0-9,.\\[\\]{}\" -]{0,12}".prop_map(Json::from),
        "(AC|PN|SK)[0-9a-f]{32}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Json::from),
            btree_map("[a-z_]{1,8}", inner.clone(), 0..3)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
            inner.prop_map(|inner| Json::from(inner.to_string())),
        ]
    })
}

#[test]
fn whatever_stands_in_an_older_state_is_refused_or_becomes_a_state_that_fits_the_schema() {
    let all = all_stored();
    let mut runner = TestRunner::new(Config::with_cases(2000));
    let change = (any::<Index>(), any::<Index>(), any_json());
    let outcome = runner.run(&change, |(place, member, value)| {
        let (name, _, _, resource, state) = place.get(&all);
        let members: Vec<_> = state.as_object().expect("attributes").keys().cloned().collect();
        let mut state = state.clone();
        let member = member.get(&members);
        state[member] = value.clone();
        if let Ok(taken) = upgraded(resource, &state) {
            let decoded = decode_json(&taken, &resource_schema(resource).block.value_type());
            prop_assert!(decoded.is_ok(), "{name} {member} {value}: {decoded:?}");
            prop_assert!(
                taken["sid"].is_string() == resource.object.has_sid() && taken["id"].is_string(),
                "{name} {member} {value}"
            );
        }
        Ok(())
    });
    outcome.expect("it holds");
}

#[test]
fn the_parts_of_a_number_keep_their_meaning() {
    let states = fixtures("rjpearson94");
    let number = resource("twilio_phone_number");
    let search = &upgraded(number, &states["twilio_phone_number.search"]["attributes"]).expect("it fits")["search"];
    let set: BTreeMap<_, _> = search
        .as_object()
        .expect("an object")
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let expected = [
        ("area_code", json!("206")),
        ("exclude_all_address_required", json!(true)),
        ("in_region", json!("WA")),
        ("iso_country", json!("US")),
        ("sms_enabled", json!(true)),
        ("type", json!("local")),
    ];
    assert_eq!(set, expected.into());
    let mut fax = states["twilio_phone_number.blocks"]["attributes"].clone();
    fax["fax"] = fax["voice"].take();
    fax["voice"] = json!([]);
    let fax = upgraded(number, &fax).expect("it fits");
    assert_eq!(
        (&fax["voice_receive_mode"], &fax["voice_url"]),
        (&json!("fax"), &json!("https://example.com/voice"))
    );
}
