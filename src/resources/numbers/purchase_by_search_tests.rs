//! Buying by a search, against a server in the same process. Chance is always zero: the order is Twilio's, and a nonce sixteen
//! zeros.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::phone_number::PHONE_NUMBER;
use super::tests::{SID, acquire, owned, planned, reason, trace};
use super::{purchase, purchase_by_search};
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{Intent, Operation, Properties};
use crate::engine::values::parameters::parameters;
use crate::framework::diagnostics::Diagnostics;
use crate::framework::value::Value;
use crate::twilio::Client;
use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, ok, parent, status};

const OURS: &str = "Support (being bought: 0000000000000000)";
const THEIRS: &str = "Sales (being bought: 1111111111111111)";
const NOW: &str = "Fri, 01 May 2026 10:00:00 +0000";

fn not_for_sale() -> Reply {
    status(400, json!({"code": 21422, "message": "not available", "status": 400}))
}

fn for_sale(numbers: &[&str]) -> Reply {
    let numbers: Vec<_> = numbers.iter().map(|number| json!({"phone_number": number})).collect();
    ok(json!({"available_phone_numbers": numbers, "next_page_uri": null}))
}

fn search() -> Value {
    let search = planned(&[("type", "local".into()), ("iso_country", "US".into())]);
    planned(&[
        ("search", search),
        ("friendly_name", "Support".into()),
        ("voice_url", "https://ours.example".into()),
        ("address_sid", "AD1".into()),
    ])
}

/// The last digits of the number that a request is about.
fn last_digits(seen: &ReceivedRequest) -> String {
    let text = format!("{}{}", seen.target, seen.body);
    let at = text.find("%2B1415555").map_or(0, |at| at + 10);
    text[at..].chars().take(4).collect()
}

fn sid_of(digits: &str) -> String {
    format!("PN{digits:0>32}")
}

fn number(digits: &str, name: &str, created: &str, updated: &str) -> Json {
    json!({"sid": sid_of(digits), "phone_number": format!("+1415555{digits}"), "friendly_name": name, "address_sid": "AD1",
        "date_created": created, "date_updated": updated})
}

fn is_search(seen: &ReceivedRequest) -> bool {
    seen.target.contains("AvailablePhoneNumbers")
}

fn is_list(seen: &ReceivedRequest) -> bool {
    seen.target.contains("IncomingPhoneNumbers.json")
}

fn purchases(server: &Server) -> Vec<String> {
    let purchases = server.seen().into_iter().filter(|seen| seen.method == "POST");
    purchases.map(|seen| last_digits(&seen)).collect()
}

/// Buys with a client of one's own, and what was noted on the way.
async fn buy(client: &Client, planned: &Value) -> (Result<Properties, Fault>, Diagnostics) {
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
        client,
        account: &account,
        state: planned,
        warnings: &warnings,
    };
    let outcome = purchase::acquire(call, intent, parameters(intent)).await;
    (outcome, warnings.take())
}

#[tokio::test]
async fn the_first_number_that_is_still_for_sale_is_bought_under_a_passing_name_and_read_back() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        _ if is_search(seen) => for_sale(&["+14155550101", "+14155550102", "+14155550103"]),
        "GET" if is_list(seen) => owned(&[]),
        "GET" => ok(number("0102", OURS, NOW, NOW)),
        _ if seen.body.contains("5550102") => ok(number("0102", OURS, NOW, NOW)),
        _ => not_for_sale(),
    })
    .await;
    let (client, clock) = server.client();
    let bought = buy(&client, &search()).await.0.expect("the second is for sale");
    assert_eq!(bought["phone_number"], "+14155550102");
    let name = "FriendlyName=Support+%28being+bought%3A+0000000000000000%29&AddressSid=AD1";
    assert_eq!(
        trace(&server),
        [
            "GET Local.json".to_owned(),
            "GET IncomingPhoneNumbers.json".to_owned(),
            format!("POST IncomingPhoneNumbers.json PhoneNumber=%2B14155550101&{name}"),
            "GET IncomingPhoneNumbers.json".to_owned(),
            format!("POST IncomingPhoneNumbers.json PhoneNumber=%2B14155550102&{name}"),
            format!("GET {}.json", sid_of("0102")),
        ],
        "nothing that could harm somebody's number"
    );
    assert_eq!(clock.slept(), [Duration::from_secs(4)]);
}

#[tokio::test]
async fn a_search_whose_numbers_are_all_gone_ends_and_so_does_one_that_finds_none() {
    let many: Vec<String> = (0..40).map(|last| format!("+141555501{last:02}")).collect();
    let server = Server::start(move |seen, _| match seen.method.as_str() {
        _ if is_search(seen) => for_sale(&many.iter().map(String::as_str).collect::<Vec<_>>()),
        "GET" => owned(&[]),
        _ => not_for_sale(),
    })
    .await;
    let said = reason(acquire(&server, &search()).await);
    assert_eq!(said, "No phone number of the search could be bought");
    assert_eq!(server.count(), 61, "one search, and thirty looks and tries");

    let server = Server::start(|_, _| for_sale(&[])).await;
    let said = reason(acquire(&server, &search()).await);
    assert_eq!(said, "No phone number matches the search");
}

#[tokio::test]
async fn a_refusal_for_another_reason_ends_the_search() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        _ if is_search(seen) => for_sale(&["+14155550101", "+14155550102"]),
        "GET" => owned(&[]),
        _ => status(
            400,
            json!({"code": 21631, "message": "address required", "status": 400}),
        ),
    })
    .await;
    assert!(reason(acquire(&server, &search()).await).contains("21631"));
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_lost_purchase_does_not_go_on_to_the_next_number() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        "POST" => Reply::Close,
        _ if is_search(seen) => for_sale(&["+14155550101", "+14155550102"]),
        _ => owned(&[]),
    })
    .await;
    assert!(reason(acquire(&server, &search()).await).contains("outcome unknown"));
    let purchases = purchases(&server);
    assert!(!purchases.is_empty());
    assert!(purchases.iter().all(|digits| digits == "0101"), "{purchases:?}");
}

/// After a lost response the number counts with our passing name only: with another one somebody else has it.
#[tokio::test]
async fn a_lost_purchase_is_found_by_its_passing_name() {
    for (name, is_ours) in [(OURS, true), (THEIRS, false), ("Production", false)] {
        let server = Server::start(move |seen, before| match seen.method.as_str() {
            "POST" => Reply::Close,
            _ if is_search(seen) => for_sale(&["+14155550101"]),
            _ if is_list(seen) && before == 1 => owned(&[]),
            _ if is_list(seen) => owned(&[number("0101", name, NOW, NOW)]),
            _ => ok(number("0101", name, NOW, NOW)),
        })
        .await;
        let bought = acquire(&server, &search()).await;
        assert_eq!(bought.is_ok(), is_ours, "{name}: {}", reason(bought));
        assert_eq!(purchases(&server), ["0101"], "{name}");
    }
}

#[tokio::test]
async fn two_searches_of_one_process_do_not_buy_the_same_number() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        _ if is_search(seen) => for_sale(&["+14155550101", "+14155550102"]),
        "GET" if is_list(seen) => owned(&[]),
        "POST" => ok(number(&last_digits(seen), OURS, NOW, NOW)),
        _ if seen.target.contains("0101") => ok(number("0101", OURS, NOW, NOW)),
        _ => ok(number("0102", OURS, NOW, NOW)),
    })
    .await;
    let (client, _clock) = server.client();
    for _ in 0..2 {
        buy(&client, &search()).await.0.expect("it is bought");
    }
    assert_eq!(purchases(&server), ["0101", "0102"]);
}

#[tokio::test]
async fn a_number_that_the_account_owns_is_passed_over_without_a_purchase() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        _ if is_search(seen) => for_sale(&["+14155550101", "+14155550102"]),
        "GET" if is_list(seen) && last_digits(seen) == "0101" => owned(&[number("0101", "Production", NOW, NOW)]),
        "GET" if is_list(seen) => owned(&[]),
        _ => ok(number("0102", OURS, NOW, NOW)),
    })
    .await;
    let bought = acquire(&server, &search()).await.expect("the second is bought");
    assert_eq!(bought["phone_number"], "+14155550102");
    assert_eq!(purchases(&server), ["0102"]);
}

/// What Twilio's dates, or the clocks, say was there before is not ours; and what has no dates may be anybody's.
#[tokio::test]
async fn a_number_that_was_there_before_ends_the_search_and_is_named() {
    let later = "Fri, 01 May 2026 10:00:03 +0000";
    let before = "Fri, 01 May 2026 09:59:50 +0000";
    for (created, updated, is_ours) in [
        (NOW, NOW, true),
        (NOW, "Fri, 01 May 2026 10:00:02 +0000", true),
        (NOW, later, false),
        (before, NOW, false),
        // Twilio has not noted the change.
        (before, before, false),
        ("", "", false),
    ] {
        let server = Server::start(move |seen, _| {
            let number = number("0101", OURS, created, updated);
            let body = match seen.method.as_str() {
                _ if is_search(seen) => return for_sale(&["+14155550101", "+14155550102"]),
                "GET" if is_list(seen) => json!({"incoming_phone_numbers": [], "next_page_uri": null}),
                _ => number,
            };
            Reply::Answer(200, "Date: Fri, 01 May 2026 10:00:00 GMT\r\n", body.to_string())
        })
        .await;
        let bought = acquire(&server, &search()).await;
        assert_eq!(bought.is_ok(), is_ours, "{created} {updated}: {}", reason(bought));
        assert_eq!(purchases(&server), ["0101"], "{created} {updated}");
        if is_ours {
            continue;
        }
        let Err(Fault::Diagnostic(diagnostic)) = acquire(&server, &search()).await else {
            panic!("{created} {updated}: it was taken");
        };
        assert_eq!(diagnostic.summary, "A number of the search was there already");
        for needle in [
            "+14155550101",
            sid_of("0101").as_str(),
            OURS,
            "AD1",
            "Nothing was bought",
        ] {
            assert!(diagnostic.detail.contains(needle), "{needle}: {}", diagnostic.detail);
        }
    }
}

/// Whoever requested it last within the pause has it. Where that one may know that it came too late, somebody must look.
#[tokio::test]
async fn a_number_that_another_purchase_has_by_then_is_left_to_it() {
    let later = "Fri, 01 May 2026 10:00:03 +0000";
    for (name, updated, is_reported) in [(THEIRS, NOW, false), (THEIRS, later, true), ("Sales", later, true)] {
        let server = Server::start(move |seen, _| match seen.method.as_str() {
            _ if is_search(seen) => for_sale(&["+14155550101", "+14155550102"]),
            "GET" if is_list(seen) => owned(&[]),
            "POST" => ok(number(&last_digits(seen), OURS, NOW, NOW)),
            _ if seen.target.contains("0101") => ok(number("0101", name, NOW, updated)),
            _ => ok(number("0102", OURS, NOW, NOW)),
        })
        .await;
        let (client, _clock) = server.client();
        let (bought, warnings) = buy(&client, &search()).await;
        assert_eq!(bought.expect("the second is ours")["phone_number"], "+14155550102");
        assert_eq!(purchases(&server), ["0101", "0102"]);
        let warnings: Vec<_> = warnings.into_iter().collect();
        assert_eq!(warnings.len(), usize::from(is_reported), "{name} {updated}");
        for note in warnings {
            assert!(
                note.detail.contains(&sid_of("0101")) && note.detail.contains(name),
                "{}",
                note.detail
            );
        }
    }
}

#[tokio::test]
async fn a_number_that_cannot_be_read_back_is_named_and_not_taken() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        _ if is_search(seen) => for_sale(&["+14155550101"]),
        "GET" if is_list(seen) => owned(&[]),
        "POST" => ok(number("0101", OURS, NOW, NOW)),
        _ => status(403, json!({"code": 20003, "message": "no", "status": 403})),
    })
    .await;
    let Err(Fault::Diagnostic(diagnostic)) = acquire(&server, &search()).await else {
        panic!("it was taken");
    };
    assert_eq!(diagnostic.summary, "A number was bought and could not be read");
    assert!(
        diagnostic.detail.contains(&sid_of("0101")) && diagnostic.detail.contains("import"),
        "{}",
        diagnostic.detail
    );
}

/// What is paid for is not left to nobody because somebody pressed Ctrl-C.
#[tokio::test]
async fn a_stop_does_not_end_a_purchase_half_way() {
    let stopped: Arc<OnceLock<Client>> = Arc::default();
    let stop = Arc::clone(&stopped);
    let server = Server::start(move |seen, _| match seen.method.as_str() {
        _ if is_search(seen) => for_sale(&["+14155550101"]),
        "GET" if is_list(seen) => owned(&[]),
        "POST" => {
            stop.get().expect("a client").stop();
            ok(number("0101", OURS, NOW, NOW))
        }
        _ => ok(number("0101", OURS, NOW, NOW)),
    })
    .await;
    let (client, clock) = server.client();
    let client = client.on_behalf_of(PHONE_NUMBER.object.name);
    stopped.set(client.clone()).expect("the first");
    let bought = buy(&client, &search()).await.0.expect("it is bought");
    assert_eq!(bought["sid"], sid_of("0101"));
    assert!(clock.slept().contains(&Duration::from_secs(4)), "{:?}", clock.slept());
}

#[tokio::test]
async fn a_number_gets_its_name_and_all_that_is_planned_once_it_is_ours() {
    let server = Server::start(|_, _| ok(json!({"sid": SID}))).await;
    let (client, _clock) = server.client();
    let (account, warnings) = (parent(), Warnings::default());
    for (name, expected) in [
        (Value::from("Support"), "Support"),
        (Value::UNKNOWN, "%28415%29+555-0101"),
        ("".into(), "%28415%29+555-0101"),
    ] {
        let mut planned = search();
        planned.set_attr("sid", SID.into());
        planned.set_attr("friendly_name", name);
        let call = Call {
            object: &PHONE_NUMBER.object,
            client: &client,
            account: &account,
            state: &planned,
            warnings: &warnings,
        };
        let intent = Intent {
            resource: &PHONE_NUMBER,
            operation: Operation::Create,
            prior: &Value::Null,
            planned: &planned,
            config: &planned,
        };
        let mut number = number("0101", "(415) 555-0101 (being bought: 0000000000000000)", NOW, NOW);
        number["sms_url"] = "https://demo.example".into();
        let mut number = number.as_object().cloned().expect("an object");
        let configured = purchase_by_search::configure(call, intent, &mut number).await;
        configured.expect("it is configured");
        let last = trace(&server).pop().unwrap_or_default();
        assert!(last.starts_with(&format!("POST {SID}.json ")), "{last}");
        for needle in [
            &format!("FriendlyName={expected}"),
            "VoiceUrl=https%3A%2F%2Fours.example",
            "SmsUrl=",
        ] {
            assert!(last.contains(needle), "{needle}: {last}");
        }
        assert!(!last.contains("AddressSid"), "it has that: {last}");
    }
    assert_eq!(server.count(), 3, "one request for each");
}

#[test]
fn what_is_not_what_was_searched_for_is_not_bought() {
    let search = Value::object([("area_code", "415".into())]);
    for (number, expected) in [
        ("+14155550100", true),
        ("+12125550100", false),
        ("+441315550100", false),
        ("+41555010000", false),
        ("+1415555010\u{202e}", false),
        ("", false),
    ] {
        assert_eq!(purchase_by_search::fits(&search, number), expected, "{number:?}");
    }
    let in_country = |country: &str| Value::object([("iso_country", country.into())]);
    assert!(!purchase_by_search::fits(&in_country("US"), "+4930123456"));
    assert!(purchase_by_search::fits(&in_country("CA"), "+14165550100"));
    assert!(purchase_by_search::fits(&in_country("DE"), "+4930123456"));
}
