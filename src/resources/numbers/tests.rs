//! Buying and releasing against a server in the same process, on a clock that only moves when told to.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::phone_number::PHONE_NUMBER;
use super::{emergency, purchase, release};
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{Intent, Operation, Parameters, Properties};
use crate::engine::operations::adopt::adopt;
use crate::engine::sharing::ledger::Ledger;
use crate::engine::values::parameters::parameters;
use crate::framework::value::Value;
use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, VirtualClock, ok, parent, status};

pub(super) const SID: &str = "PN00000000000000000000000000000001";
const NUMBER: &str = "+14155550100";

/// The number as Twilio answers it right after it was bought; the clocks of these tests stand still.
fn just_bought() -> Json {
    json!({"sid": SID, "phone_number": NUMBER, "date_created": "Fri, 01 May 2026 10:00:00 +0000"})
}

pub(super) fn planned(fields: &[(&str, Value)]) -> Value {
    Value::object(fields.iter().map(|(name, value)| (*name, value.clone())))
}

/// Buys what is planned.
pub(super) async fn acquire(server: &Server, planned: &Value) -> Result<Properties, Fault> {
    let (client, _clock) = server.client();
    let (account, warnings) = (parent(), Warnings::default());
    let intent = Intent {
        resource: &PHONE_NUMBER,
        operation: Operation::Create,
        prior: &Value::Null,
        planned,
        config: planned,
    };
    let call = Call {
        object: &PHONE_NUMBER.object,
        client: &client,
        account: &account,
        state: planned,
        warnings: &warnings,
    };
    purchase::acquire(call, intent, parameters(intent)).await
}

async fn destroy(server: &Server, prior: &Value) -> (Result<(), Fault>, std::sync::Arc<VirtualClock>) {
    let (client, clock) = server.client();
    let (account, warnings) = (parent(), Warnings::default());
    let call = Call {
        object: &PHONE_NUMBER.object,
        client: &client,
        account: &account,
        state: prior,
        warnings: &warnings,
    };
    (release::release(call, &PHONE_NUMBER).await, clock)
}

/// Method and last part of the path of each request, with its form.
pub(super) fn trace(server: &Server) -> Vec<String> {
    let line = |seen: &ReceivedRequest| {
        let path = seen.target.split('?').next().unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        format!("{} {last} {}", seen.method, seen.body).trim_end().to_owned()
    };
    server.seen().iter().map(line).collect()
}

pub(super) fn owned(numbers: &[Json]) -> Reply {
    ok(json!({"incoming_phone_numbers": numbers, "next_page_uri": null}))
}

pub(super) fn reason(outcome: Result<impl Sized, Fault>) -> String {
    match outcome.err() {
        Some(Fault::Diagnostic(diagnostic)) => diagnostic.summary,
        Some(Fault::Api(error)) => error.to_string(),
        None => "it worked".to_owned(),
    }
}

#[tokio::test]
async fn a_purchase_whose_response_is_lost_is_found_by_its_number_and_not_repeated() {
    // The list is a moment behind: the first read after the purchase does not show the number yet.
    let server = Server::start(|seen, before| match (seen.method.as_str(), before) {
        ("POST", _) => Reply::Close,
        (_, 0 | 2) => owned(&[]),
        _ if seen.target.contains(SID) => ok(just_bought()),
        _ => owned(&[just_bought()]),
    })
    .await;
    let bought = acquire(&server, &planned(&[("phone_number", NUMBER.into())])).await;
    assert_eq!(bought.expect("it was bought")["sid"], SID);
    let purchases = server.seen().iter().filter(|seen| seen.method == "POST").count();
    assert_eq!(
        (purchases, server.count()),
        (1, 5),
        "and the number itself is read last"
    );
}

#[tokio::test]
async fn a_number_that_the_account_owns_is_adopted_only_where_requested() {
    let reply = |seen: &ReceivedRequest, _| {
        let number = json!({"sid": SID, "phone_number": NUMBER, "sms_url": "https://old.example",
            "voice_application_sid": "AP1"});
        match seen.method.as_str() {
            "GET" if seen.target.contains(SID) => ok(number),
            "GET" => owned(&[number]),
            _ => ok(json!({"sid": SID})),
        }
    };
    let server = Server::start(reply).await;
    let plain = planned(&[("phone_number", NUMBER.into())]);
    assert_eq!(
        reason(acquire(&server, &plain).await),
        format!("The account already owns {NUMBER}")
    );
    assert_eq!(server.count(), 1, "nothing was changed");

    let adopting = planned(&[
        ("phone_number", NUMBER.into()),
        ("adopt_existing", true.into()),
        ("account_sid", parent().as_str().into()),
        ("trunk_sid", "TK1".into()),
    ]);
    let (client, _clock) = server.client();
    let (account, warnings, ledger) = (parent(), Warnings::default(), Ledger::default());
    let call = Call {
        object: &PHONE_NUMBER.object,
        client: &client,
        account: &account,
        state: &adopting,
        warnings: &warnings,
    };
    let adopted = adopt(&PHONE_NUMBER, call, &ledger, "holder", &adopting, &adopting).await;
    assert!(adopted.expect("it is adopted").is_some());
    let last = trace(&server).pop().unwrap_or_default();
    assert!(last.starts_with(&format!("POST {SID}.json")), "{last}");
    assert!(last.contains("TrunkSid=TK1") && last.contains("SmsUrl=&"), "{last}");
    assert!(!last.contains("VoiceApplicationSid"), "the trunk displaces it: {last}");
    let again = adopt(&PHONE_NUMBER, call, &ledger, "another", &adopting, &adopting).await;
    assert_eq!(reason(again), format!("Another resource has {SID} already"));
}

/// Twilio answers the purchase of a number that the account owns with that number, and the list did not show it.
#[tokio::test]
async fn a_number_that_the_list_did_not_show_is_not_taken_for_one_that_was_just_bought() {
    let check = async |updated: &'static str, adopts: bool| {
        let reply = move |seen: &ReceivedRequest, _| match seen.method.as_str() {
            "GET" => owned(&[]),
            _ => ok(
                json!({"sid": SID, "phone_number": NUMBER, "date_created": "Fri, 01 May 2026 10:00:00 +0000",
                "date_updated": updated}),
            ),
        };
        let server = Server::start(reply).await;
        let planned = planned(&[("phone_number", NUMBER.into()), ("adopt_existing", adopts.into())]);
        acquire(&server, &planned)
            .await
            .map(drop)
            .map_err(|fault| reason(Err::<(), _>(fault)))
    };
    let (now, later) = ("Fri, 01 May 2026 10:00:05 +0000", "Fri, 01 May 2026 10:00:30 +0000");
    assert_eq!(check(now, false).await, Ok(()));
    assert_eq!(
        check(later, false).await,
        Err(format!("The account already owns {NUMBER}"))
    );
    assert_eq!(check(later, true).await, Ok(()), "it is adopted");
}

#[tokio::test]
async fn webhooks_that_a_new_number_comes_with_are_taken_off_and_configured_ones_stay() {
    let server =
        Server::start(|_, _| ok(json!({"sid": SID, "voice_url": "https://ours.example", "sms_url": ""}))).await;
    let (client, _clock) = server.client();
    let (account, warnings) = (parent(), Warnings::default());
    let planned = planned(&[("sid", SID.into()), ("voice_url", "https://ours.example".into())]);
    let call = Call {
        object: &PHONE_NUMBER.object,
        client: &client,
        account: &account,
        state: &planned,
        warnings: &warnings,
    };
    for (operation, requests) in [(Operation::Update, 0), (Operation::Create, 1)] {
        let intent = Intent {
            resource: &PHONE_NUMBER,
            operation,
            prior: &Value::Null,
            planned: &planned,
            config: &planned,
        };
        let mut number = json!({"sid": SID, "voice_url": "https://ours.example", "sms_url": "https://demo.example"})
            .as_object()
            .cloned()
            .unwrap_or_default();
        let taken_off = purchase::clear_unconfigured(call, intent, &mut number).await;
        taken_off.expect("it is taken off");
        assert_eq!(server.count(), requests, "{operation:?}");
    }
    assert_eq!(trace(&server), [format!("POST {SID}.json SmsUrl=")]);
}

#[tokio::test]
async fn a_number_goes_after_its_emergency_address_is_unregistered() {
    let server = Server::start(|seen, before| match (seen.method.as_str(), before) {
        ("DELETE", _) => status(204, ""),
        (_, 0..=1) => ok(json!({"sid": SID, "emergency_address_status": "pending-unregistration"})),
        _ => ok(json!({"sid": SID, "emergency_address_status": "unregistered"})),
    })
    .await;
    let prior = planned(&[
        ("sid", SID.into()),
        ("emergency_address_sid", "AD00000000000000000000000000000001".into()),
    ]);
    let (outcome, clock) = destroy(&server, &prior).await;
    outcome.expect("it is released");
    let path = format!("{SID}.json");
    assert_eq!(
        trace(&server),
        [
            format!("POST {path} EmergencyAddressSid="),
            format!("GET {path}"),
            format!("GET {path}"),
            format!("DELETE {path}"),
        ]
    );
    assert_eq!(clock.slept(), [Duration::from_secs(5); 2]);
}

#[tokio::test]
async fn a_number_whose_emergency_address_stays_registered_is_not_released() {
    for (state, reads) in [("unregistration-failure", 1), ("pending-unregistration", 61)] {
        let server = Server::start(move |_, _| ok(json!({"sid": SID, "emergency_address_status": state}))).await;
        let prior = planned(&[
            ("sid", SID.into()),
            ("emergency_address_status", "pending-unregistration".into()),
        ]);
        let (outcome, _) = destroy(&server, &prior).await;
        assert_eq!(reason(outcome), "The emergency address is still registered");
        assert_eq!(server.count(), reads, "{state}");
        assert!(server.seen().iter().all(|seen| seen.method != "DELETE"));
    }
}

#[tokio::test]
async fn a_number_without_an_emergency_address_goes_at_once_and_a_retained_one_not_at_all() {
    let server = Server::start(|_, _| status(204, "")).await;
    let plain = planned(&[("sid", SID.into()), ("emergency_address_status", "unregistered".into())]);
    destroy(&server, &plain).await.0.expect("it is released");
    assert_eq!(trace(&server), [format!("DELETE {SID}.json")]);

    let retained = planned(&[("sid", SID.into()), ("on_destroy", "retain".into())]);
    destroy(&server, &retained).await.0.expect("nothing is done");
    assert_eq!(server.count(), 1);
}

const FIRST: &str = "AD00000000000000000000000000000001";
const SECOND: &str = "AD00000000000000000000000000000002";

/// Finishes a write whose response was `answered`, while `address` is planned; with what the number reads as then.
async fn register(server: &Server, address: &str, answered: Json) -> (Result<(), Fault>, Properties, Vec<Duration>) {
    let (client, clock) = server.client();
    let (account, warnings) = (parent(), Warnings::default());
    let planned = planned(&[
        ("sid", SID.into()),
        ("phone_number", NUMBER.into()),
        ("emergency_address_sid", address.into()),
    ]);
    let intent = Intent {
        resource: &PHONE_NUMBER,
        operation: Operation::Update,
        prior: &Value::Null,
        planned: &planned,
        config: &planned,
    };
    let call = Call {
        object: &PHONE_NUMBER.object,
        client: &client,
        account: &account,
        state: &planned,
        warnings: &warnings,
    };
    let mut number = answered.as_object().cloned().expect("an object");
    let outcome = emergency::register(call, intent, &mut number).await;
    (outcome, number, clock.slept())
}

fn number_with(address: Option<&str>, status: &str) -> Json {
    json!({"sid": SID, "account_sid": parent().as_str(), "phone_number": NUMBER,
        "emergency_address_sid": address, "emergency_address_status": status})
}

#[tokio::test]
async fn another_emergency_address_is_set_after_the_first_is_unregistered() {
    let server = Server::start(|seen, before| match (seen.method.as_str(), before) {
        ("POST", _) => ok(number_with(Some(SECOND), "pending-registration")),
        (_, 0) => ok(number_with(None, "pending-unregistration")),
        _ => ok(number_with(None, "unregistered")),
    })
    .await;
    let answered = number_with(None, "pending-unregistration");
    let (outcome, number, slept) = register(&server, SECOND, answered).await;
    outcome.expect("it is exchanged");
    assert_eq!(number["emergency_address_sid"], SECOND);
    let path = format!("{SID}.json");
    assert_eq!(
        trace(&server),
        [
            format!("GET {path}"),
            format!("GET {path}"),
            format!("POST {path} EmergencyAddressSid={SECOND}"),
        ]
    );
    assert_eq!(slept, [Duration::from_secs(5); 2]);
}

#[tokio::test]
async fn an_emergency_address_that_is_there_is_not_set_again() {
    let server = Server::start(|_, _| status(500, "")).await;
    let answered = number_with(Some(FIRST), "pending-registration");
    register(&server, FIRST, answered)
        .await
        .0
        .expect("there is nothing to do");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn an_emergency_address_that_does_not_go_is_reported_with_what_the_number_is_left_with() {
    for (state, reads) in [("unregistration-failure", 0), ("pending-unregistration", 60)] {
        let server = Server::start(move |_, _| ok(number_with(None, state))).await;
        let (outcome, number, _) = register(&server, SECOND, number_with(None, state)).await;
        let Err(Fault::Diagnostic(diagnostic)) = outcome else {
            panic!("{state}: it was exchanged");
        };
        assert_eq!(diagnostic.path.to_string(), "emergency_address_sid");
        assert!(
            diagnostic.detail.contains("no emergency address now") && diagnostic.detail.contains(SECOND),
            "{}",
            diagnostic.detail
        );
        assert_eq!(number["emergency_address_sid"], Json::Null, "the state tells the truth");
        assert_eq!(server.count(), reads, "{state}");
        assert!(server.seen().iter().all(|seen| seen.method == "GET"));
    }
}

#[test]
fn an_emergency_address_is_never_exchanged_in_one_request() {
    let check = |operation: Operation, prior: &[(&str, Value)], sent: Option<&str>| {
        let (prior, nothing) = (planned(prior), Value::Null);
        let intent = Intent {
            resource: &PHONE_NUMBER,
            operation,
            prior: &prior,
            planned: &nothing,
            config: &nothing,
        };
        let mut parameters = Parameters::default();
        parameters.set("EmergencyAddressSid", SECOND);
        emergency::first_step(&intent, &mut parameters);
        let first = parameters
            .value("EmergencyAddressSid")
            .map(|value| value.as_str().unwrap_or_default());
        assert_eq!(first, sent, "{operation:?} {prior:?}");
    };
    let has_one = [("emergency_address_sid", Value::from(FIRST))];
    let loses_one = [("emergency_address_status", Value::from("pending-unregistration"))];
    check(Operation::Create, &[], Some(SECOND));
    check(Operation::Update, &[], Some(SECOND));
    check(Operation::Update, &has_one, Some(""));
    check(Operation::Update, &loses_one, None);
    check(Operation::Complete, &[], None);
}
