//! Successes that are none: what a response of many refuses of the one that was sent, and what was only accepted.

use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::value::Value;

use crate::samples::sample_of;
use crate::terraform::{Outcome, State, Terraform, shown, text, value};
use crate::twilio::Twilio;

const PERMISSION: &str = "twilio_messaging_geo_permissions";
const GROUP: &str = "twilio_test_trait_group";

async fn change(terraform: &Terraform, type_name: &str, prior: Option<&State>, config: &Json) -> Outcome {
    let config = match config.is_null() {
        true => Value::Null,
        false => value(type_name, config),
    };
    let outcome = terraform.change(type_name, prior, &config).await;
    outcome.expect("it is answered")
}

fn said(outcome: &Outcome) -> String {
    outcome.diagnostics.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// Requests of this method, as the local Twilio has them in its log.
async fn sent(twilio: &Twilio, method: &str) -> usize {
    let requests = twilio.requests().await;
    requests.iter().filter(|request| request["method"] == method).count()
}

fn country(code: &str, enabled: bool) -> Json {
    json!({"country_code": code, "enabled": enabled})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_twilio_does_not_change_is_an_error_with_its_code() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let refused = change(&terraform, PERMISSION, None, &country("BD", true)).await;
    assert!(refused.state.is_none(), "{}", said(&refused));
    let why = said(&refused);
    for part in ["30649", "High risk country", "Twilio Console", "PATCH"] {
        assert!(why.contains(part), "{part} is not said: {why}");
    }
    assert_eq!(sent(&twilio, "PATCH").await, 1, "a refusal is not repeated");
    // What it has already is nothing to write.
    let same = change(&terraform, PERMISSION, None, &country("BD", false)).await;
    same.succeeded("what is so already").expect("nothing is sent");
    assert_eq!(sent(&twilio, "PATCH").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_does_not_say_that_the_country_was_changed_is_not_believed() {
    let answer = |permissions: Json| json!({"permissions": permissions});
    let result = |code: Json, reasons: Json| json!([{"country_code": "DE", "type": "country", "enabled": false, "error_code": code, "error_messages": reasons}]);
    for (name, body) in [
        (
            "refused",
            answer(result(
                json!(30649),
                json!(["High risk country permission cannot be updated"]),
            )),
        ),
        ("refused in a text", answer(result(json!("30648"), json!([])))),
        (
            "refused by an unknown code",
            answer(result(json!(12345), json!(["no"]))),
        ),
        ("reasons alone", answer(result(json!(0), json!(["no"])))),
        (
            "another country",
            answer(json!([{"country_code": "FR", "type": "country", "enabled": false, "error_code": 0}])),
        ),
        (
            "another account",
            answer(
                json!([{"country_code": "DE", "type": "country", "enabled": false, "error_code": 0,
                "account_sid": "AC99999999999999999999999999999999"}]),
            ),
        ),
        (
            "reasons in objects",
            answer(result(json!(0), json!([{"message": "no"}]))),
        ),
        ("no country", answer(json!([]))),
        ("no results", answer(Json::Null)),
        ("nothing", json!({})),
        (
            "one object",
            json!({"country_code": "DE", "enabled": false, "error_code": 0}),
        ),
    ] {
        let twilio = Twilio::start(0).await;
        let terraform = Terraform::start(&twilio, 0).await;
        let made = change(&terraform, PERMISSION, None, &country("DE", true)).await;
        let made = made.succeeded("the create").expect("it is brought about");
        let rule = json!({"match": {"method": "PATCH"}, "fault": "status", "status": 200, "body": body});
        twilio.faults(&json!([rule])).await;
        let outcome = change(&terraform, PERMISSION, Some(&made), &country("DE", false)).await;
        assert_eq!(outcome.errors().len(), 1, "{name}: {}", said(&outcome));
        let state = outcome.state.as_ref().expect("it stays in the state");
        assert_eq!(shown(PERMISSION, &state.value)["enabled"], true, "{name}");
        twilio.faults(&json!([])).await;
        let outcome = change(&terraform, PERMISSION, Some(state), &country("DE", false)).await;
        let state = outcome.succeeded("the next apply").expect(name);
        assert_eq!(shown(PERMISSION, &state.value)["enabled"], false, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_that_does_not_show_the_permissions_is_an_error_and_forgets_nothing() {
    for body in [
        json!({}),
        json!({"permissions": "DE"}),
        json!({"country_code": "DE", "enabled": true}),
        // It is always there: a list without it says nothing, and one about others even less.
        json!({"permissions": []}),
        json!({"permissions": null}),
        json!({"permissions": [{"country_code": "FR", "type": "country", "enabled": false}]}),
        json!({"permissions": [
            {"country_code": "DE", "type": "country", "enabled": true},
            {"country_code": "DE", "type": "country", "enabled": false},
        ]}),
    ] {
        let twilio = Twilio::start(0).await;
        let terraform = Terraform::start(&twilio, 0).await;
        let made = change(&terraform, PERMISSION, None, &country("DE", true)).await;
        let made = made.succeeded("the create").expect("it is brought about");
        let rule = json!({"match": {"method": "GET"}, "fault": "status", "status": 200, "body": body});
        twilio.faults(&json!([rule])).await;
        let read = terraform.read(PERMISSION, &made).await.expect("it is answered");
        assert_eq!(read.errors().len(), 1, "{body}: {}", said(&read));
        assert!(read.state.is_none_or(|state| state.value == made.value), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delete_that_is_accepted_counts_once_nothing_is_read() {
    let accepted = json!({"message": "accepted", "statusUrl": "https://memory.twilio.com/v1/Operations/1"});
    for (status, body) in [
        (202, accepted.clone()),
        (202, json!("")),
        (204, json!("")),
        (200, json!({"code": 20001, "message": "no"})),
    ] {
        let twilio = Twilio::start(0).await;
        let terraform = Terraform::start(&twilio, 0).await;
        let config = sample_of(GROUP).prepare(&twilio).await.config;
        let made = change(&terraform, GROUP, None, &config).await;
        let made = made.succeeded("the create").expect("it is made");
        let rule = json!({"match": {"method": "DELETE"}, "fault": "status", "status": status, "body": body});
        twilio.faults(&json!([rule])).await;
        let outcome = change(&terraform, GROUP, Some(&made), &Json::Null).await;
        assert!(outcome.state.is_some(), "{status} {body}: it is still there");
        assert_eq!(outcome.errors().len(), 1, "{status} {body}: {}", said(&outcome));
        twilio.faults(&json!([])).await;
        let outcome = change(&terraform, GROUP, Some(&made), &Json::Null).await;
        assert!(
            outcome.state.is_none() && outcome.errors().is_empty(),
            "{}",
            said(&outcome)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_says_what_changed_and_what_goes_and_nothing_else() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let group = sample_of(GROUP).prepare(&twilio).await;
    let made = change(&terraform, GROUP, None, &group.config).await;
    let made = made.succeeded("the create").expect("it is made");
    let mut described = group.config.clone();
    described["description"] = json!("Another");
    let state = change(&terraform, GROUP, Some(&made), &described).await;
    let state = state.succeeded("the change").expect("it is changed");
    assert_eq!(last_patch(&twilio).await, json!({"description": "Another"}));
    described["traits"] = json!(r#"{"vip": {"dataType": "BOOLEAN"}, "age": {"dataType": "NUMBER"}}"#);
    let state = change(&terraform, GROUP, Some(&state), &described).await;
    let state = state.succeeded("the change").expect("it is changed");
    let traits = json!({"age": {"dataType": "NUMBER"}, "city": {"dataType": ""}});
    assert_eq!(last_patch(&twilio).await, json!({"traits": traits}));
    described["description"] = Json::Null;
    let state = change(&terraform, GROUP, Some(&state), &described).await;
    state.succeeded("the removal").expect("it is taken out");
    assert_eq!(last_patch(&twilio).await, json!({"description": ""}));

    const TRAITS: &str = "twilio_test_profile_traits";
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let profile = sample_of(TRAITS).prepare(&twilio).await;
    let made = change(&terraform, TRAITS, None, &profile.config).await;
    let made = made.succeeded("the create").expect("it is brought about");
    let state = change(&terraform, TRAITS, Some(&made), &profile.changed).await;
    state.succeeded("the change").expect("it is changed");
    let contact = json!({"city": "Rome", "country": "IT", "zip": null});
    let patch = last_patch(&twilio).await;
    assert_eq!(patch["traits"]["contact"], contact, "{patch}");
}

/// The body of the last PATCH.
async fn last_patch(twilio: &Twilio) -> Json {
    let requests = twilio.requests().await;
    let patch = requests.iter().rfind(|request| request["method"] == "PATCH");
    patch.expect("there was one")["json"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_does_not_show_the_object_does_not_say_that_it_is_gone() {
    for body in [
        json!({}),
        json!({"traitGroup": {}}),
        json!({"traitGroup": null}),
        json!({"traitGroup": "x"}),
        json!({"traitGroup": {"displayName": "Another"}}),
    ] {
        let twilio = Twilio::start(0).await;
        let terraform = Terraform::start(&twilio, 0).await;
        let config = sample_of(GROUP).prepare(&twilio).await.config;
        let made = change(&terraform, GROUP, None, &config).await;
        let made = made.succeeded("the create").expect("it is made");
        let read = json!({"match": {"method": "GET"}, "fault": "status", "status": 200, "body": body});
        twilio.faults(&json!([read])).await;
        let read_anew = terraform.read(GROUP, &made).await.expect("it is answered");
        assert_eq!(read_anew.errors().len(), 1, "{body}: {}", said(&read_anew));
        let accepted =
            json!({"match": {"method": "DELETE"}, "fault": "status", "status": 202, "body": {"message": "accepted"}});
        twilio.faults(&json!([accepted, read])).await;
        let outcome = change(&terraform, GROUP, Some(&made), &Json::Null).await;
        assert!(outcome.state.is_some(), "{body}: it is still there");
        assert_eq!(outcome.errors().len(), 1, "{body}: {}", said(&outcome));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_null_that_a_merge_would_take_out_is_refused_while_validating() {
    const TRAITS: &str = "twilio_test_profile_traits";
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let mut config = sample_of(TRAITS).prepare(&twilio).await.config;
    for (traits, member) in [(json!({"a": null}), "a"), (json!({"b": {"c": {"d": null}}}), "b.c.d")] {
        config["traits"] = traits.to_string().into();
        let refusal = terraform.change(TRAITS, None, &value(TRAITS, &config)).await;
        let Err(refusal) = refusal else {
            panic!("{traits} is taken");
        };
        assert!(
            refusal.starts_with("the validation") && refusal.contains(member),
            "{refusal}"
        );
    }
    // What stands in a list is kept as it is.
    config["traits"] = json!({"a": {"b": [1, null]}}).to_string().into();
    let plan = terraform.plan(TRAITS, None, &value(TRAITS, &config)).await;
    plan.expect("nothing is taken out");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_id_is_checked_as_the_configuration_is() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    for wrong in ["de", "DEU", "DE/FR", "DE?x", "..", "Germany"] {
        let Err(refusal) = terraform.import(PERMISSION, wrong).await else {
            panic!("{wrong} is taken");
        };
        assert!(
            refusal.contains("import id") && refusal.contains("country_code"),
            "{wrong}: {refusal}"
        );
    }
    terraform.import(PERMISSION, "DE").await.expect("it is imported");
}
