//! What somebody else does at the same time, and answers that say "done" of what was not.

use futures::StreamExt as _;
use serde_json::{Value as Json, json};

use terraform_provider_twilio::framework::value::Value;

use crate::samples::sample_of;
use crate::terraform::{Outcome, State, Terraform, shown, text, value};
use crate::twilio::Twilio;

const FUNCTION: &str = "twilio_serverless_function";
const DOCUMENT: &str = "twilio_test_supporting_document";
const PLUGIN: &str = "twilio_test_flex_plugin";
const SETTINGS: &str = "twilio_conversations_configuration";
const TEMPLATE: &str = "twilio_test_content_template";
const SUBACCOUNT: &str = "twilio_subaccount";
const POOL: &str = "twilio_test_pooled_service";

/// A local Twilio with what a sample needs, a provider, and the sample.
async fn sandbox(type_name: &str) -> (Twilio, Terraform, Json) {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let config = sample_of(type_name).prepare(&twilio).await.config;
    (twilio, terraform, config)
}

/// A local Twilio with three numbers, and a provider.
async fn sandbox_with_numbers() -> (Twilio, Terraform, [Json; 3]) {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let prepared = sample_of(POOL).prepare(&twilio).await;
    let (first, changed) = (
        &prepared.config["phone_number_sids"],
        &prepared.changed["phone_number_sids"],
    );
    let numbers = [first[0].clone(), first[1].clone(), changed[1].clone()];
    assert!(numbers.iter().all(Json::is_string), "{numbers:?}");
    (twilio, terraform, numbers)
}

/// How many files were sent.
async fn uploads(twilio: &Twilio) -> usize {
    let requests = twilio.requests().await;
    let is_one = |request: &&Json| request["host"].as_str().is_some_and(|host| host.contains("-upload."));
    requests.iter().filter(is_one).count()
}

fn said(outcome: &Outcome) -> String {
    outcome.diagnostics.iter().map(text).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_upload_is_known_by_its_content_and_no_version_of_somebody_else_is_taken() {
    for (fault, sent) in [("reset_before", 2), ("reset_after", 1)] {
        let (twilio, terraform, config) = sandbox(FUNCTION).await;
        let (made, theirs) = function_and_anothers_version(&twilio, &terraform, &config).await;
        let changed = with_other_code(config);
        let plan = terraform.plan(FUNCTION, Some(&made), &value(FUNCTION, &changed)).await;
        let plan = plan.expect("it plans");
        let before = uploads(&twilio).await;
        let rule = json!({"match": {"method": "POST", "path": "/Versions$"}, "fault": fault, "times": 1});
        twilio.faults(&json!([rule])).await;
        let outcome = terraform.apply(FUNCTION, plan).await.expect("it is answered");
        let state = outcome
            .succeeded(fault)
            .expect("what was uploaded is known by its content");
        let function = shown(FUNCTION, &state.value);
        assert_ne!(function["version_sid"], theirs["sid"], "{fault}");
        assert_eq!(uploads(&twilio).await - before, sent, "{fault}");
        let version = function["version_sid"].as_str().expect("a SID").to_owned();
        let objects = twilio.objects().await;
        let ours = objects.iter().filter(|object| object.sid == version).count();
        assert_eq!(ours, 1, "{fault}: it is there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_create_that_is_an_upload_takes_nothing_and_names_what_is_there() {
    let (twilio, terraform, config) = sandbox(DOCUMENT).await;
    let config = value(DOCUMENT, &config);
    let plan = terraform.plan(DOCUMENT, None, &config).await.expect("it plans");
    let rule = json!({"match": {"method": "POST"}, "fault": "reset_after", "times": 1});
    twilio.faults(&json!([rule])).await;
    let outcome = terraform.apply(DOCUMENT, plan).await.expect("it is answered");
    let said = said(&outcome);
    let objects = twilio.objects().await;
    let made: Vec<_> = objects.iter().filter(|object| object.sid.starts_with("RD")).collect();
    assert_eq!(made.len(), 1, "it is made once");
    assert!(
        outcome.state.is_none() && said.contains(&made[0].sid) && said.contains("import"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_be_archived_is_gone_only_once_twilio_shows_it_archived() {
    for (name, fault) in [
        ("nothing is said", json!({"fault": "status", "status": 200, "body": ""})),
        (
            "it is not archived",
            json!({"fault": "status", "status": 200, "body": {"sid": "its own", "archived": false}}),
        ),
        (
            "another one",
            json!({"fault": "status", "status": 200,
            "body": {"sid": "FP0000000000000000000000000000beef", "archived": true}}),
        ),
        ("no such path", json!({"fault": "status", "status": 404, "code": 20404})),
    ] {
        let (twilio, terraform, config) = sandbox(PLUGIN).await;
        let config = value(PLUGIN, &config);
        let made = terraform.change(PLUGIN, None, &config).await.expect("it is answered");
        let made = made.succeeded("the create").expect("it is made");
        let mut rule = fault;
        if rule["body"]["sid"] == "its own" {
            rule["body"]["sid"] = shown(PLUGIN, &made.value)["sid"].clone();
        }
        rule["match"] = json!({"method": "POST", "path": "/Archive$"});
        twilio.faults(&json!([rule])).await;
        let nothing = terraform_provider_twilio::framework::value::Value::Null;
        let outcome = terraform
            .change(PLUGIN, Some(&made), &nothing)
            .await
            .expect("it is answered");
        assert!(outcome.state.is_some(), "{name}: {}", said(&outcome));
        assert_eq!(outcome.errors().len(), 1, "{name}: {}", said(&outcome));
        twilio.faults(&json!([])).await;
        let outcome = terraform
            .change(PLUGIN, Some(&made), &nothing)
            .await
            .expect("it is answered");
        assert!(outcome.state.is_none(), "{name}: {}", said(&outcome));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_somebody_else_made_and_a_create_takes_off_are_named() {
    let (twilio, terraform, _) = sandbox(SETTINGS).await;
    let theirs = [("DefaultInactiveTimer", "PT1H")];
    twilio
        .make("conversations.twilio.com", "/v1/Configuration", &theirs)
        .await;
    let config = value(SETTINGS, &json!({"default_closed_timer": "PT5H"}));
    let outcome = terraform.change(SETTINGS, None, &config).await.expect("it is answered");
    let said_first = said(&outcome);
    assert!(
        outcome.errors().is_empty() && said_first.contains("default_inactive_timer"),
        "{said_first}"
    );
    assert!(
        !said_first.contains("default_closed_timer") && !said_first.contains("PT1H"),
        "{said_first}"
    );

    let (_twilio, terraform, _) = sandbox(SETTINGS).await;
    let outcome = terraform.change(SETTINGS, None, &config).await.expect("it is answered");
    assert!(outcome.diagnostics.is_empty(), "{}", said(&outcome));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_takes_off_what_the_configuration_set_and_names_what_it_leaves() {
    const RECORDING: &str = "twilio_trunk_recording";
    let nothing = terraform_provider_twilio::framework::value::Value::Null;
    let (twilio, terraform, sample) = sandbox(RECORDING).await;
    let recording = || async {
        let objects = twilio.objects().await.into_iter();
        let mut settings = objects.filter(|object| object.place.2.ends_with("/Recording"));
        let settings = settings.next().expect("they are there");
        (settings.text("mode").to_owned(), settings.text("trim").to_owned())
    };
    let config = |more: serde_json::Value| {
        let mut config = json!({"trunk_sid": sample["trunk_sid"], "mode": "record-from-answer"});
        let more = more.as_object().cloned().unwrap_or_default();
        config.as_object_mut().expect("an object").extend(more);
        value(RECORDING, &config)
    };
    let made = terraform.change(RECORDING, None, &config(json!({}))).await;
    let made = made
        .expect("it is answered")
        .succeeded("the create")
        .expect("it is there");
    let trunk = sample["trunk_sid"].as_str().expect("a SID");
    let path = format!("/v1/Trunks/{trunk}/Recording");
    let theirs = [("Trim", "trim-silence")];
    twilio.make("trunking.twilio.com", &path, &theirs).await;
    // A destroy refreshes first, so that the state has theirs too.
    let read = terraform.read(RECORDING, &made).await.expect("it is answered");
    let read = read.succeeded("the read").expect("it is there");
    let outcome = terraform.change(RECORDING, Some(&read), &nothing).await;
    let outcome = outcome.expect("it is answered");
    let told = said(&outcome);
    assert!(outcome.state.is_none() && outcome.errors().is_empty(), "{told}");
    assert!(
        told.contains(" has trim, which this configuration did not set"),
        "{told}"
    );
    assert_eq!(
        recording().await,
        ("do-not-record".to_owned(), "trim-silence".to_owned())
    );

    // What an update configures is ours from then on, and what was imported has no other owner.
    let both = config(json!({"trim": "trim-silence"}));
    let made = terraform
        .change(RECORDING, None, &config(json!({"trim": "do-not-trim"})))
        .await;
    let made = made
        .expect("it is answered")
        .succeeded("the create")
        .expect("it is there");
    let changed = terraform.change(RECORDING, Some(&made), &both).await;
    let changed = changed
        .expect("it is answered")
        .succeeded("the update")
        .expect("it is there");
    let imported = terraform.import(RECORDING, trunk).await;
    for state in [changed, imported.expect("an import")] {
        twilio
            .make(
                "trunking.twilio.com",
                &path,
                &[("Mode", "record-from-answer"), ("Trim", "trim-silence")],
            )
            .await;
        let outcome = terraform.change(RECORDING, Some(&state), &nothing).await;
        let outcome = outcome.expect("it is answered");
        assert!(outcome.diagnostics.is_empty(), "{}", said(&outcome));
        assert_eq!(
            recording().await,
            ("do-not-record".to_owned(), "do-not-trim".to_owned())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_somebody_added_after_the_plan_is_left_until_a_plan_shows_it() {
    let (twilio, terraform, [one, two, three]) = sandbox_with_numbers().await;
    let pool = |numbers: &[&Json]| value(POOL, &json!({"friendly_name": "Alerts", "phone_number_sids": numbers}));
    let made = terraform
        .change(POOL, None, &pool(&[&one]))
        .await
        .expect("it is answered");
    let made = made.succeeded("the create").expect("it is made");
    let plan = terraform
        .plan(POOL, Some(&made), &pool(&[&two]))
        .await
        .expect("it plans");
    let service = shown(POOL, &made.value);
    let path = format!("/v1/Services/{}/PhoneNumbers", service["sid"].as_str().expect("a SID"));
    let theirs = three.as_str().expect("a SID");
    twilio
        .make("messaging.twilio.com", &path, &[("PhoneNumberSid", theirs)])
        .await;

    let outcome = terraform.apply(POOL, plan).await.expect("it is answered");
    let told = said(&outcome);
    assert!(
        told.contains("phone_number_sids") && told.contains("no plan showed"),
        "{told}"
    );
    let state = outcome.succeeded("the change").expect("it is done");
    assert_eq!(state.value, {
        let expected = pool(&[&two]);
        let mut value = state.value.clone();
        value.set_attr("phone_number_sids", expected.attr("phone_number_sids").clone());
        value
    });
    let read = terraform
        .read(POOL, &state)
        .await
        .expect("it is answered")
        .state
        .expect("it is there");
    let members = shown(POOL, &read.value)["phone_number_sids"].clone();
    let members = members.as_array().expect("a set");
    assert!(members.len() == 2 && members.contains(&json!(theirs)), "{members:?}");

    let outcome = terraform.change(POOL, Some(&read), &pool(&[&two])).await;
    let outcome = outcome.expect("it is answered");
    assert!(outcome.diagnostics.is_empty(), "{}", said(&outcome));
    let state = outcome.succeeded("what the plan showed").expect("it is done");
    let read = terraform.read(POOL, &state).await.expect("it is answered").state;
    assert_eq!(read.as_ref(), Some(&state));
}

/// The function with code in place of its file.
fn with_other_code(mut config: Json) -> Json {
    config["source"].take();
    config["content"] = json!("exports.handler = () => 'ours';");
    config
}

/// A function, and a version of somebody else with the same path and another content.
async fn function_and_anothers_version(twilio: &Twilio, terraform: &Terraform, config: &Json) -> (State, Json) {
    let made = terraform.change(FUNCTION, None, &value(FUNCTION, config)).await;
    let made = made
        .expect("it is answered")
        .succeeded("the create")
        .expect("it is made");
    let function = shown(FUNCTION, &made.value);
    let path = format!(
        "/v1/Services/{}/Functions/{}/Versions",
        function["service_sid"].as_str().expect("a SID"),
        function["sid"].as_str().expect("a SID")
    );
    let beside = [("Path", "path"), ("Visibility", "visibility")]
        .map(|(parameter, field)| (parameter, function[field].as_str().expect("a text")));
    let theirs = twilio.upload("serverless-upload.twilio.com", &path, &beside).await;
    (made, theirs)
}

/// A function whose next upload is answered with somebody else's version of this date; without one, with the date of ours.
async fn upload_answered_with_anothers(dated: Option<&str>) -> (Twilio, Terraform, Upload) {
    let (twilio, terraform, config) = sandbox(FUNCTION).await;
    let (made, theirs) = function_and_anothers_version(&twilio, &terraform, &config).await;
    let changed = with_other_code(config);
    let mut response = json!({"sid": theirs["sid"]});
    if let Some(date) = dated {
        response["date_created"] = json!(date);
    }
    let rule = json!({"match": {"method": "POST", "path": "/Versions$"}, "fault": "altered", "set": response});
    twilio.faults(&json!([rule])).await;
    let theirs = theirs["sid"].as_str().expect("a SID").to_owned();
    (twilio, terraform, Upload { made, changed, theirs })
}

struct Upload {
    made: State,
    changed: Json,
    theirs: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_answered_with_somebody_elses_version_takes_nothing() {
    let (twilio, terraform, upload) = upload_answered_with_anothers(None).await;
    let config = value(FUNCTION, &upload.changed);
    let outcome = terraform.change(FUNCTION, Some(&upload.made), &config).await;
    let outcome = outcome.expect("it is answered");
    let [error] = outcome.errors()[..] else {
        panic!("{}", said(&outcome))
    };
    let told = text(error);
    assert!(
        told.contains("another content") && told.contains(&upload.theirs),
        "{told}"
    );
    let state = shown(FUNCTION, &outcome.state.expect("the function is there").value);
    assert_ne!(state["version_sid"], *upload.theirs);

    // Without the wrong answer the next plan has the file still to upload.
    twilio.faults(&json!([])).await;
    let outcome = terraform.change(FUNCTION, Some(&upload.made), &config).await;
    let state = outcome
        .expect("it is answered")
        .succeeded("the upload")
        .expect("it is done");
    assert_ne!(shown(FUNCTION, &state.value)["version_sid"], *upload.theirs);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_answered_with_a_version_of_long_before_is_looked_for_by_its_content() {
    let (twilio, terraform, upload) = upload_answered_with_anothers(Some("2020-01-01T00:00:00Z")).await;
    let before = uploads(&twilio).await;
    let config = value(FUNCTION, &upload.changed);
    let outcome = terraform.change(FUNCTION, Some(&upload.made), &config).await;
    let state = outcome
        .expect("it is answered")
        .succeeded("what was uploaded is known by its content")
        .expect("it is done");
    assert_ne!(shown(FUNCTION, &state.value)["version_sid"], *upload.theirs);
    assert_eq!(uploads(&twilio).await - before, 1);
}

/// An update that sends the whole object takes it off, and no plan shows it.
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_added_and_the_next_update_takes_off_is_named_by_a_read() {
    let (twilio, terraform, config) = sandbox(TEMPLATE).await;
    let made = terraform.change(TEMPLATE, None, &value(TEMPLATE, &config)).await;
    let made = made
        .expect("it is answered")
        .succeeded("the create")
        .expect("it is made");
    let read = terraform.read(TEMPLATE, &made).await.expect("it is answered");
    assert_eq!(said(&read), "");
    let objects = twilio.objects().await;
    let object = objects
        .iter()
        .find(|object| object.sid.starts_with("HX"))
        .expect("it is there");
    let mut types = object.body["types"].clone();
    types["twilio/media"] = json!({"body": "theirs", "media": ["https://example.com/a.png"]});
    twilio.change(object, &json!({"types": types})).await;
    let read = terraform.read(TEMPLATE, &made).await.expect("it is answered");
    let told = said(&read);
    assert!(
        told.contains("has more than this provider knows") && told.contains("twilio/media") && !told.contains("theirs"),
        "{told}"
    );
}

/// What Terraform replaces by request or by a taint was in no plan of a destroy, so only the destroy can say it.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_was_closed_is_named() {
    let (_twilio, terraform, config) = sandbox(SUBACCOUNT).await;
    let made = terraform.change(SUBACCOUNT, None, &value(SUBACCOUNT, &config)).await;
    let made = made
        .expect("it is answered")
        .succeeded("the create")
        .expect("it is made");
    let closed = terraform.change(SUBACCOUNT, Some(&made), &Value::Null).await;
    let closed = closed.expect("it is answered");
    assert!(
        closed.state.is_none() && closed.errors().is_empty(),
        "{}",
        said(&closed)
    );
    let told = said(&closed);
    assert!(
        told.contains("was closed") && told.contains("closed for good, and its phone numbers are released"),
        "{told}"
    );
}

/// Nothing says that an object is gone but its own answer.
#[tokio::test(flavor = "multi_thread")]
async fn what_twilio_shows_is_not_gone_though_what_belongs_to_it_is_not_found() {
    for (name, below) in [(POOL, "/PhoneNumbers$"), (FUNCTION, "/Versions(/ZN[0-9a-f]+)?$")] {
        let (twilio, terraform, config) = sandbox(name).await;
        let config = value(name, &config);
        let made = terraform.change(name, None, &config).await.expect("it is answered");
        let made = made.succeeded("the create").expect("it is made");
        let rule = |times: Json| {
            let mut rule = json!({"match": {"method": "GET", "path": below}, "fault": "status", "status": 404});
            rule["body"] = json!({"code": 20404, "message": "not found", "status": 404});
            rule["times"] = times;
            json!([rule])
        };
        // A moment after a write it may be that Twilio does not show it yet, which is waited for.
        twilio.faults(&rule(json!(2))).await;
        let read = terraform.read(name, &made).await.expect("it is answered");
        let read = read.succeeded("a read soon after").expect("it is there");
        assert_eq!(read.value, made.value);
        for seconds in [0, 3600] {
            twilio.advance(seconds).await;
            twilio.faults(&rule(json!(1000))).await;
            let read = terraform.read(name, &made).await.expect("it is answered");
            let [error] = read.errors()[..] else {
                panic!("{name}: {}", said(&read))
            };
            let told = text(error);
            assert!(told.contains("not gone") && told.contains("20404"), "{told}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_names_two_objects_is_not_followed_to_either() {
    for (name, parts) in [
        ("twilio_twiml_app", "its sid says"),
        (
            "twilio_messaging_service_phone_number",
            "its service_sid and phone_number_sid say",
        ),
    ] {
        let (twilio, terraform, config) = sandbox(name).await;
        let config = value(name, &config);
        let made = terraform.change(name, None, &config).await.expect("it is answered");
        let made = made.succeeded("the create").expect("it is made");
        let mut edited = made.clone();
        let id = made.value.attr("id").as_str().expect("an id").to_owned();
        let last = id
            .chars()
            .last()
            .map_or('0', |last| if last == '0' { '1' } else { '0' });
        let other = format!("{}{last}", &id[..id.len() - 1]);
        edited.value.set_attr("id", Value::string(other));
        let before = twilio.requests().await.len();
        let read = terraform.read(name, &edited).await.expect("it is answered");
        let destroyed = terraform.change(name, Some(&edited), &Value::Null).await;
        for outcome in [read, destroyed.expect("it is answered")] {
            let told = said(&outcome);
            assert!(
                told.contains("names two objects") && told.contains(parts) && told.contains(&id),
                "{told}"
            );
        }
        let requests = twilio.requests().await;
        let written = requests[before..].iter().filter(|request| request["method"] != "GET");
        assert_eq!(written.count(), 0);
    }
}

/// What a step of an update did before another failed is said, and is in the state.
#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_fails_halfway_says_what_was_changed_and_the_next_one_does_the_rest() {
    let (twilio, terraform, [one, two, three]) = sandbox_with_numbers().await;
    let pool =
        |name: &str, numbers: &[&Json]| value(POOL, &json!({"friendly_name": name, "phone_number_sids": numbers}));
    let made = terraform.change(POOL, None, &pool("Alerts", &[&one])).await;
    let made = made
        .expect("it is answered")
        .succeeded("the create")
        .expect("it is made");
    let numbers = |value: &Value| value.attr("phone_number_sids").as_elements().map_or(0, <[Value]>::len);
    for (method, wanted, known) in [("POST", [&two, &three].as_slice(), 2), ("DELETE", &[&two], 2)] {
        let wanted = pool("Alarms", wanted);
        let plan = terraform.plan(POOL, Some(&made), &wanted).await.expect("it plans");
        let rule = json!({
            "match": {"method": method, "path": "/PhoneNumbers(/PN[0-9a-f]+)?$"}, "fault": "status", "status": 400,
            "body": {"code": 20001, "message": "not this one", "status": 400},
            "after": usize::from(method == "POST"),
        });
        twilio.faults(&json!([rule])).await;
        let outcome = terraform.apply(POOL, plan).await.expect("it is answered");
        let told = said(&outcome);
        assert!(!told.contains("Nothing was changed"), "{told}");
        assert!(
            told.contains("Changed before that, and so in the state: friendly_name, phone_number_sids"),
            "{told}"
        );
        let state = outcome.state.expect("it is there");
        assert_eq!(state.value.attr("friendly_name").as_str(), Some("Alarms"));
        assert_eq!(numbers(&state.value), known, "{method}");
        twilio.faults(&json!([])).await;
        let read = terraform.read(POOL, &state).await.expect("it is answered");
        assert_eq!(read.succeeded("a read").expect("it is there").value, state.value);
        let again = terraform
            .change(POOL, Some(&state), &wanted)
            .await
            .expect("it is answered");
        assert!(again.diagnostics.is_empty(), "{}", said(&again));
        // As it was, for the next round.
        let done = again.succeeded("the rest").expect("it is done");
        let back = terraform.change(POOL, Some(&done), &pool("Alerts", &[&one])).await;
        back.expect("it is answered").succeeded("back").expect("it is done");
    }
}

/// A search shows or names what the list has.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_names_what_it_found_and_could_not_read_as_a_whole() {
    let (twilio, terraform, config) = sandbox(POOL).await;
    let config = value(POOL, &config);
    let made = terraform.change(POOL, None, &config).await.expect("it is answered");
    let made = made.succeeded("the create").expect("it is made");
    let rule = json!({
        "match": {"method": "GET", "path": "/PhoneNumbers$"}, "fault": "status", "status": 404,
        "body": {"code": 20404, "message": "not found", "status": 404},
    });
    twilio.faults(&json!([rule])).await;
    let events = terraform.search(POOL, &json!({}), true, 0).await;
    let events: Vec<_> = events.map(|event| event.expect("never a gRPC status")).collect().await;
    let told: String = events.iter().flat_map(|event| &event.diagnostic).map(text).collect();
    let sid = made.value.attr("sid").as_str().expect("a SID");
    assert!(told.contains(sid) && told.contains("20404"), "{told}");
    assert!(events.iter().any(|event| event.identity.is_some()), "it is shown");
}
