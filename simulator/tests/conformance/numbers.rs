//! Phone numbers: searching, buying, configuring, moving between accounts, releasing.

use std::collections::HashSet;

use serde_json::{Value, json};
use twilio_simulator::{Handle, Options};

use crate::accounts::{account, below, child};
use crate::support::{API, Answer, Client, simulator, with};

pub fn numbers(sid: &str) -> String {
    below(sid, "IncomingPhoneNumbers")
}

pub fn number(sid: &str, number: &str) -> String {
    below(sid, &format!("IncomingPhoneNumbers/{number}"))
}

/// Buys a number that must be for sale.
pub async fn buy(client: &Client, sid: &str, e164: &str) -> Value {
    client.post(API, &numbers(sid), &[("PhoneNumber", e164)]).await.ok()
}

pub fn text<'v>(body: &'v Value, field: &str) -> &'v str {
    body[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} is no text in {body}"))
}

async fn search(client: &Client, handle: &Handle, kind: &str, query: &str) -> Answer {
    let path = below(&handle.account_sid, &format!("AvailablePhoneNumbers/{kind}"));
    client.get(API, &format!("{path}?{query}")).await
}

async fn found(client: &Client, handle: &Handle, kind: &str, query: &str) -> Vec<Value> {
    let body = search(client, handle, kind, query).await.ok();
    body["available_phone_numbers"].as_array().expect("a list").clone()
}

fn e164s(numbers: &[Value]) -> Vec<String> {
    numbers
        .iter()
        .map(|number| text(number, "phone_number").to_owned())
        .collect()
}

/// An address of an account in a country.
async fn address(client: &Client, sid: &str, country: &str) -> String {
    let form = [
        ("CustomerName", "Ada"),
        ("Street", "1 Main Street"),
        ("City", "City"),
        ("Region", "Region"),
        ("PostalCode", "12345"),
        ("IsoCountry", country),
    ];
    let made = client.post(API, &below(sid, "Addresses"), &form).await;
    made.text("sid").to_owned()
}

async fn application(client: &Client, sid: &str) -> String {
    let made = client
        .post(API, &below(sid, "Applications"), &[("FriendlyName", "app")])
        .await;
    made.text("sid").to_owned()
}

/// An approved bundle of the caller's account.
async fn bundle(client: &Client) -> String {
    let bundles = "/v2/RegulatoryCompliance/Bundles";
    let form = [("FriendlyName", "bundle"), ("Email", "ada@example.com")];
    let made = client.post("numbers.twilio.com", bundles, &form).await;
    let sid = made.text("sid").to_owned();
    let submit = [("Status", "pending-review")];
    let path = format!("{bundles}/{sid}");
    client.post("numbers.twilio.com", &path, &submit).await.ok();
    client.advance_days(3).await;
    assert_eq!(
        client.get("numbers.twilio.com", &path).await.text("status"),
        "twilio-approved"
    );
    sid
}

#[tokio::test]
async fn countries_lead_to_the_kinds_that_they_have() {
    let (handle, client) = simulator().await;
    let path = below(&handle.account_sid, "AvailablePhoneNumbers");
    let countries = client.get(API, &path).await.ok();
    let listed = countries["countries"].as_array().expect("countries");
    assert!(listed.len() > 50, "{}", listed.len());
    for iso in ["US", "CA", "GB", "DE", "BE", "AU", "IE"] {
        let country = listed
            .iter()
            .find(|country| country["country_code"] == iso)
            .unwrap_or_else(|| panic!("{iso}"));
        let one = below(&handle.account_sid, &format!("AvailablePhoneNumbers/{iso}"));
        assert_eq!(client.get(API, &one).await.ok(), *country);
        for (kind, uri) in country["subresource_uris"].as_object().expect("kinds") {
            let answer = client.get(API, uri.as_str().expect("a path")).await.ok();
            let numbers = answer["available_phone_numbers"].as_array().expect("numbers");
            assert!(!numbers.is_empty(), "{iso} {kind}");
            assert!(
                numbers.iter().all(|number| number["iso_country"] == iso),
                "{iso} {kind}"
            );
        }
    }
    for missing in ["ZZ/Local", "US/Mobile", "US/Voip"] {
        assert_eq!(
            search(&client, &handle, missing, "").await.refusal(),
            (404, 20404),
            "{missing}"
        );
    }
    let missing = below(&handle.account_sid, "AvailablePhoneNumbers/ZZ");
    assert_eq!(client.get(API, &missing).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn a_search_has_thirty_numbers_at_most_and_no_further_page() {
    let (handle, client) = simulator().await;
    for (query, count) in [("", 30), ("PageSize=3", 3), ("PageSize=1000&AreaCode=907", 30)] {
        let numbers = e164s(&found(&client, &handle, "US/Local", query).await);
        assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), count, "{query}");
    }
    let page = search(&client, &handle, "US/Local", "PageSize=3").await.ok();
    let members: Vec<_> = page.as_object().expect("an object").keys().collect();
    assert_eq!(members, ["available_phone_numbers", "uri"]);
    assert!(text(&page, "uri").ends_with("/US/Local.json?PageSize=3"), "{page}");
}

#[tokio::test]
async fn a_number_for_sale_says_where_it_is_and_what_it_can_do() {
    let (handle, client) = simulator().await;
    let one = &found(&client, &handle, "US/Local", "AreaCode=415&PageSize=1").await[0];
    let e164 = text(one, "phone_number");
    assert_eq!(
        text(one, "friendly_name"),
        format!("({}) {}-{}", &e164[2..5], &e164[5..8], &e164[8..])
    );
    assert_eq!(one["locality"], "San Francisco");
    assert_eq!(one["rate_center"], "SAN FRANCISCO");
    assert_eq!(one["region"], "CA");
    assert_eq!(one["lata"], "722");
    assert_eq!(one["postal_code"], "94101");
    assert_eq!(one["address_requirements"], "none");
    assert_eq!(one["beta"], false);
    assert_eq!(one["capabilities"], json!({"voice": true, "SMS": true, "MMS": true}));
    let degrees = |name: &str| one[name].as_str().and_then(|text| text.parse::<f64>().ok());
    let (latitude, longitude) = (degrees("latitude"), degrees("longitude"));
    assert!(latitude.is_some_and(|degrees| (37.0..38.5).contains(&degrees)), "{one}");
    assert!(
        longitude.is_some_and(|degrees| (-123.0..-122.0).contains(&degrees)),
        "{one}"
    );
}

#[tokio::test]
async fn every_filter_narrows_a_search() {
    let (handle, client) = simulator().await;
    for (kind, query, holds) in [
        ("US/Local", "Contains=TWILIO", "contains 894546"),
        ("US/Local", "Contains=%2B1907", "starts +1907"),
        ("US/Local", "Contains=777%24", "ends 777"),
        (
            "US/Local",
            "InRegion=AK&InLata=832&InRateCenter=anchorage",
            "starts +1907",
        ),
        ("US/Local", "InPostalCode=99501", "starts +1907"),
        ("US/Local", "InLocality=Anchorage", "starts +1907"),
        ("US/Local", "NearLatLong=61.2,-149.9&Distance=100", "starts +1907"),
        ("US/Local", "NearNumber=%2B19072220100", "starts +1907"),
        ("CA/Local", "AreaCode=514", "starts +1514"),
        ("GB/Local", "InLocality=London", "starts +4420"),
    ] {
        let numbers = e164s(&found(&client, &handle, kind, query).await);
        let (relation, wanted) = holds.split_once(' ').expect("two words");
        assert!(!numbers.is_empty(), "{kind} {query}");
        let holds = |number: &String| match relation {
            "starts" => number.starts_with(wanted),
            "ends" => number.ends_with(wanted),
            _ => number.contains(wanted),
        };
        assert!(numbers.iter().all(holds), "{kind} {query}: {numbers:?}");
    }
    for (kind, query) in [
        // Exchange 555 is not for sale.
        ("US/Local", "Contains=415555****"),
        ("US/Local", "SmsEnabled=false"),
        ("GB/Local", "SmsEnabled=true"),
        ("GB/Mobile", "MmsEnabled=true"),
        ("GB/Local", "FaxEnabled=true"),
        ("FI/MachineToMachine", "VoiceEnabled=true"),
        ("DE/Local", "ExcludeLocalAddressRequired=true"),
        ("GB/Local", "ExcludeAllAddressRequired=true"),
        ("TH/Local", "Beta=false"),
        ("DE/Local", "AreaCode=301"),
        ("US/Local", "InRegion=ON"),
    ] {
        let numbers = found(&client, &handle, kind, query).await;
        assert!(numbers.is_empty(), "{kind} {query}: {numbers:?}");
    }
    let kept = found(
        &client,
        &handle,
        "GB/Local",
        "ExcludeLocalAddressRequired=true&ExcludeForeignAddressRequired=true",
    );
    assert_eq!(kept.await.len(), 30);
    for query in [
        "Contains=4",
        "Contains=41-5",
        "Distance=501&NearLatLong=1,1",
        "NearLatLong=north",
        "InRateCenter=ANCHORAGE",
        "AreaCode=abc",
    ] {
        let refused = search(&client, &handle, "US/Local", query).await;
        assert_eq!(refused.refusal(), (400, 20001), "{query}");
    }
}

#[tokio::test]
async fn the_seed_decides_what_is_for_sale() {
    let mut results = Vec::new();
    for seed in [5, 5, 6] {
        let (handle, client) = with(Options {
            seed,
            ..Options::default()
        })
        .await;
        results.push(e164s(&found(&client, &handle, "US/Local", "AreaCode=206").await));
    }
    assert_eq!(results[0], results[1]);
    assert_ne!(results[0], results[2]);
}

#[tokio::test]
async fn what_a_search_offers_can_be_bought_once() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let query = "AreaCode=415&PageSize=2";
    let offered = e164s(&found(&client, &handle, "US/Local", query).await);
    let bought = client.post(API, &numbers(sid), &[("PhoneNumber", &offered[0])]).await;
    assert_eq!(bought.status, 201);
    assert_eq!(bought.text("phone_number"), offered[0]);
    let left = e164s(&found(&client, &handle, "US/Local", query).await);
    assert_eq!(left[0], offered[1], "what is owned is not offered");
    let (other, other_client) = child(&client).await;
    let form = [("PhoneNumber", &*offered[0])];
    let elsewhere = other_client.post(API, &numbers(&other), &form).await;
    assert_eq!(elsewhere.refusal(), (400, 21422), "by nobody");
}

/// Twilio's support calls it a feature: <https://github.com/danielberkompas/ex_twilio/issues/116>.
#[tokio::test]
async fn buying_what_the_account_owns_is_an_update_of_it() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let application = application(&client, sid).await;
    let first = client
        .post(
            API,
            &numbers(sid),
            &[
                ("PhoneNumber", "+14155550100"),
                ("VoiceUrl", "https://a.example"),
                ("SmsUrl", "https://a.example"),
            ],
        )
        .await
        .ok();
    let again = client
        .post(
            API,
            &numbers(sid),
            &[
                ("PhoneNumber", "+14155550100"),
                ("VoiceUrl", "https://b.example"),
                ("SmsApplicationSid", &*application),
            ],
        )
        .await;
    assert_eq!(again.status, 201, "{again:?}");
    assert_eq!(again.text("sid"), text(&first, "sid"));
    assert_eq!(again.text("date_created"), text(&first, "date_created"));
    for (field, value) in [
        ("voice_url", "https://b.example"),
        ("sms_url", "https://a.example"),
        ("sms_application_sid", &*application),
        ("friendly_name", "(415) 555-0100"),
    ] {
        assert_eq!(again.text(field), value, "{field}");
    }
    let read = client.get(API, &number(sid, text(&first, "sid"))).await.ok();
    assert_eq!(read, again.body);
    let owned = client.get(API, &numbers(sid)).await.ok();
    assert_eq!(owned["incoming_phone_numbers"].as_array().map(Vec::len), Some(1));
    // What an update refuses is refused here too, and nothing changes.
    let nobodys = format!("AD{:032}", 1);
    let refused = [("PhoneNumber", "+14155550100"), ("AddressSid", &*nobodys)];
    assert_eq!(client.post(API, &numbers(sid), &refused).await.refusal(), (400, 21651));
    // https://www.twilio.com/docs/api/errors/21402
    let refused = [("PhoneNumber", "+14155550100"), ("VoiceUrl", "not-a-url")];
    assert_eq!(client.post(API, &numbers(sid), &refused).await.refusal(), (400, 21402));
    assert_eq!(client.get(API, &number(sid, text(&first, "sid"))).await.ok(), read);
}

#[tokio::test]
async fn a_number_of_another_account_is_not_for_sale() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let form = [("PhoneNumber", "+14155550100"), ("VoiceUrl", "https://b.example")];
    let (other, other_client) = child(&client).await;
    let theirs = buy(&other_client, &other, "+14155550100").await;
    assert_eq!(client.post(API, &numbers(sid), &form).await.refusal(), (400, 21422));
    let path = number(&other, text(&theirs, "sid"));
    assert_eq!(other_client.get(API, &path).await.ok()["voice_url"], "");
    // In a collection of another kind it is not for sale either, whoever owns it.
    let toll_free = below(&other, "IncomingPhoneNumbers/TollFree");
    assert_eq!(other_client.post(API, &toll_free, &form).await.refusal(), (400, 21422));
    let local = below(&other, "IncomingPhoneNumbers/Local");
    assert_eq!(
        other_client.post(API, &local, &form).await.text("sid"),
        text(&theirs, "sid")
    );
}

#[tokio::test]
async fn a_fresh_number_has_twilios_defaults() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let bought = buy(&client, sid, "+14155550100").await;
    for (field, value) in [
        ("friendly_name", json!("(415) 555-0100")),
        ("account_sid", json!(sid)),
        ("origin", json!("twilio")),
        ("status", json!("in-use")),
        ("type", json!("local")),
        ("beta", json!(false)),
        ("api_version", json!("2010-04-01")),
        ("address_requirements", json!("none")),
        ("capabilities", json!({"voice": true, "sms": true, "mms": true})),
        ("voice_url", json!("")),
        ("voice_method", json!("POST")),
        ("voice_fallback_method", json!("POST")),
        ("sms_method", json!("POST")),
        ("sms_fallback_method", json!("POST")),
        ("status_callback_method", json!("POST")),
        ("voice_caller_id_lookup", json!(false)),
        ("trunk_sid", Value::Null),
        ("address_sid", Value::Null),
        ("bundle_sid", Value::Null),
        ("emergency_status", json!("Active")),
        ("emergency_address_sid", Value::Null),
        ("emergency_address_status", json!("unregistered")),
    ] {
        assert_eq!(bought[field], value, "{field}");
    }
    for absent in ["area_code", "voice_receive_mode"] {
        assert!(bought.get(absent).is_none(), "{absent}");
    }
    assert_eq!(client.get(API, &number(sid, text(&bought, "sid"))).await.ok(), bought);
}

#[tokio::test]
async fn a_purchase_names_a_number_or_an_area_code_and_both_must_exist() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    for (form, code) in [
        (vec![], 20001),
        (vec![("PhoneNumber", "+14155550100"), ("AreaCode", "415")], 20001),
        (vec![("PhoneNumber", "+1415555010")], 21421),
        (vec![("PhoneNumber", "+11155550100")], 21421),
        (vec![("PhoneNumber", "+12425550100")], 21422),
        (vec![("PhoneNumber", "+15335550100")], 21422),
        (vec![("AreaCode", "99")], 21451),
        (vec![("AreaCode", "115")], 21451),
        (vec![("AreaCode", "533")], 21452),
        (vec![("AreaCode", "787")], 21452),
    ] {
        let refused = client.post(API, &numbers(sid), &form).await;
        assert_eq!(refused.refusal(), (400, code), "{form:?}");
    }
    for code in ["415", "604", "800"] {
        let bought = client.post(API, &numbers(sid), &[("AreaCode", code)]).await;
        assert!(
            bought.text("phone_number").starts_with(&format!("+1{code}")),
            "{bought:?}"
        );
    }
    let left = client.get(API, &numbers(sid)).await.ok();
    assert_eq!(left["incoming_phone_numbers"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn typed_collections_sell_and_show_their_own_kind() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let typed = |kind: &str| below(sid, &format!("IncomingPhoneNumbers/{kind}"));
    for (kind, e164) in [
        ("Local", "+14155550101"),
        ("TollFree", "+18005550102"),
        ("Mobile", "+37259123456"),
    ] {
        let wrong = if kind == "Local" {
            "+18005550102"
        } else {
            "+14155550101"
        };
        let refused = client.post(API, &typed(kind), &[("PhoneNumber", wrong)]).await;
        assert_eq!(refused.refusal(), (400, 21422), "{kind}");
        let bought = client.post(API, &typed(kind), &[("PhoneNumber", e164)]).await.ok();
        let listed = client.get(API, &typed(kind)).await.ok();
        assert_eq!(
            e164s(listed["incoming_phone_numbers"].as_array().expect("numbers")),
            [e164]
        );
        let read = client.get(API, &number(sid, text(&bought, "sid"))).await.ok();
        assert_eq!(read["phone_number"], e164, "one collection holds them all");
    }
}

#[tokio::test]
async fn regulated_numbers_need_an_address_and_a_bundle() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let (belgian, german) = (address(&client, sid, "BE").await, address(&client, sid, "DE").await);
    let bundle = bundle(&client).await;
    let draft = client
        .post(
            "numbers.twilio.com",
            "/v2/RegulatoryCompliance/Bundles",
            &[("FriendlyName", "draft"), ("Email", "ada@example.com")],
        )
        .await;
    let berlin = ("PhoneNumber", "+493012345678");
    for (form, code) in [
        (vec![berlin], 21631),
        (vec![berlin, ("AddressSid", &*belgian)], 21631),
        (vec![berlin, ("AddressSid", &*german)], 21649),
        (
            vec![berlin, ("AddressSid", &*german), ("BundleSid", draft.text("sid"))],
            21649,
        ),
    ] {
        let refused = client.post(API, &numbers(sid), &form).await;
        assert_eq!(refused.refusal(), (400, code), "{form:?}");
    }
    let form = [berlin, ("AddressSid", &*german), ("BundleSid", &*bundle)];
    let bought = client.post(API, &numbers(sid), &form).await.ok();
    assert_eq!(bought["friendly_name"], "+493012345678");
    assert_eq!(bought["address_requirements"], "local");
    assert_eq!(bought["address_sid"], *german);
    assert_eq!(bought["bundle_sid"], *bundle);
    let nobodys = format!("AD{:032}", 1);
    let unknown = [("PhoneNumber", "+14155550100"), ("AddressSid", &*nobodys)];
    assert_eq!(client.post(API, &numbers(sid), &unknown).await.refusal(), (400, 21651));
}

#[tokio::test]
async fn a_trunk_and_a_voice_application_exclude_each_other() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let bought = buy(&client, sid, "+14155550100").await;
    let path = number(sid, text(&bought, "sid"));
    let trunk = format!("TK{:032}", 1);
    let application = application(&client, sid).await;
    let updated = client
        .post(API, &path, &[("VoiceApplicationSid", &*application)])
        .await
        .ok();
    assert_eq!(updated["voice_application_sid"], *application);
    let updated = client.post(API, &path, &[("TrunkSid", &*trunk)]).await.ok();
    assert_eq!(
        (&updated["trunk_sid"], &updated["voice_application_sid"]),
        (&json!(trunk), &json!(""))
    );
    let updated = client
        .post(API, &path, &[("VoiceApplicationSid", &*application)])
        .await
        .ok();
    assert_eq!(
        (&updated["trunk_sid"], &updated["voice_application_sid"]),
        (&Value::Null, &json!(application))
    );
    let updated = client.post(API, &path, &[("TrunkSid", "")]).await.ok();
    assert_eq!(
        (&updated["trunk_sid"], &updated["voice_application_sid"]),
        (&Value::Null, &json!(application)),
        "no trunk leaves the application alone"
    );
    let named = client.post(API, &path, &[("FriendlyName", "support line")]).await.ok();
    assert_eq!(named["friendly_name"], "support line");
}

#[tokio::test]
async fn an_application_must_be_the_accounts_own_and_leaves_its_numbers_when_it_is_deleted() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let own = application(&client, sid).await;
    let (child, _) = child(&client).await;
    let foreign = application(&client, &child).await;
    for application in [&foreign, &format!("AP{:032}", 1)] {
        for name in ["VoiceApplicationSid", "SmsApplicationSid"] {
            let form = [("PhoneNumber", "+14155550100"), (name, &**application)];
            assert_eq!(
                client.post(API, &numbers(sid), &form).await.refusal(),
                (400, 21420),
                "{form:?}"
            );
        }
    }
    let both = [
        ("PhoneNumber", "+14155550100"),
        ("VoiceApplicationSid", &*own),
        ("SmsApplicationSid", &*own),
    ];
    let bought = client.post(API, &numbers(sid), &both).await.ok();
    let path = number(sid, text(&bought, "sid"));
    let changed = client.post(API, &path, &[("SmsApplicationSid", &*foreign)]).await;
    assert_eq!(changed.refusal(), (400, 21420));
    let application = below(sid, &format!("Applications/{own}"));
    assert_eq!(client.delete(API, &application).await.status, 204);
    let left = client.get(API, &path).await.ok();
    assert_eq!(
        (&left["voice_application_sid"], &left["sms_application_sid"]),
        (&json!(""), &json!(""))
    );
}

#[tokio::test]
async fn an_account_has_at_most_a_thousand_applications() {
    let (handle, client) = simulator().await;
    let applications = below(&handle.account_sid, "Applications");
    for _ in 0..1000 {
        client.post(API, &applications, &[]).await.ok();
    }
    assert_eq!(client.post(API, &applications, &[]).await.refusal(), (400, 21301));
}

#[tokio::test]
async fn an_address_that_a_number_needs_stays_until_another_would_do() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let first = address(&client, sid, "GB").await;
    let path = below(sid, &format!("Addresses/{first}"));
    let bundle = bundle(&client).await;
    let offered = e164s(&found(&client, &handle, "GB/Mobile", "PageSize=1").await);
    let form = [
        ("PhoneNumber", &*offered[0]),
        ("AddressSid", &*first),
        ("BundleSid", &*bundle),
    ];
    let bought = client.post(API, &numbers(sid), &form).await.ok();
    assert_eq!(bought["address_requirements"], "any");
    assert_eq!(client.delete(API, &path).await.refusal(), (400, 21625));
    address(&client, sid, "DE").await;
    assert_eq!(client.delete(API, &path).await.status, 204);

    let unneeded = address(&client, sid, "US").await;
    let form = [("PhoneNumber", "+14155550100"), ("AddressSid", &*unneeded)];
    client.post(API, &numbers(sid), &form).await.ok();
    let path = below(sid, &format!("Addresses/{unneeded}"));
    assert_eq!(client.delete(API, &path).await.status, 204, "US numbers need none");
}

#[tokio::test]
async fn an_emergency_address_registers_and_keeps_the_number_from_being_released() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let address = address(&client, sid, "US").await;
    let bought = buy(&client, sid, "+14155550100").await;
    let path = number(sid, text(&bought, "sid"));
    let ignored = client.post(API, &path, &[("EmergencyStatus", "Inactive")]).await.ok();
    assert_eq!(ignored["emergency_status"], "Active");
    let registered = client
        .post(API, &path, &[("EmergencyAddressSid", &*address)])
        .await
        .ok();
    assert_eq!(registered["emergency_address_status"], "registered");
    assert_eq!(client.delete(API, &path).await.refusal(), (400, 20001));
    assert_eq!(client.get(API, &path).await.status, 200);
    let cleared = client.post(API, &path, &[("EmergencyAddressSid", "")]).await.ok();
    assert_eq!(cleared["emergency_address_status"], "unregistered");
    assert_eq!(cleared["emergency_address_sid"], Value::Null);
    assert_eq!(client.delete(API, &path).await.status, 204);
}

#[tokio::test]
async fn a_released_number_is_gone_and_not_for_sale_again_yet() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let offered = e164s(&found(&client, &handle, "US/Local", "AreaCode=415&PageSize=1").await);
    let bought = buy(&client, sid, &offered[0]).await;
    let path = number(sid, text(&bought, "sid"));
    assert_eq!(client.delete(API, &path).await.status, 204);
    assert_eq!(client.get(API, &path).await.refusal(), (404, 20404));
    assert_eq!(client.delete(API, &path).await.refusal(), (404, 20404));
    let left = e164s(&found(&client, &handle, "US/Local", "AreaCode=415&PageSize=50").await);
    assert!(!left.contains(&offered[0]));
}

#[tokio::test]
async fn a_number_moves_to_a_related_account_with_the_parents_credentials() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let ((first, first_client), (second, _)) = (child(&client).await, child(&client).await);
    let bought = buy(&client, sid, "+14155550100").await;
    let pn = text(&bought, "sid");
    let own_address = address(&client, sid, "US").await;
    let form = [("EmergencyAddressSid", &*own_address)];
    client.post(API, &number(sid, pn), &form).await.ok();

    let stranger = format!("AC{:032}", 7);
    let refused = client.post(API, &number(sid, pn), &[("AccountSid", &*stranger)]).await;
    assert_eq!(refused.refusal(), (400, 21473));

    let moved = client
        .post(API, &number(sid, pn), &[("AccountSid", &*first)])
        .await
        .ok();
    assert_eq!((text(&moved, "sid"), text(&moved, "account_sid")), (pn, &*first));
    assert_eq!(
        moved["emergency_address_status"], "unregistered",
        "the address stays with its account"
    );
    assert_eq!(client.get(API, &number(sid, pn)).await.refusal(), (404, 20404));
    assert_eq!(first_client.get(API, &number(&first, pn)).await.status, 200);
    let listed = first_client.get(API, &numbers(&first)).await.ok();
    assert_eq!(
        e164s(listed["incoming_phone_numbers"].as_array().expect("numbers")),
        ["+14155550100"]
    );
    let listed = client.get(API, &numbers(sid)).await.ok();
    assert_eq!(listed["incoming_phone_numbers"], json!([]));

    let by_child = first_client
        .post(API, &number(&first, pn), &[("AccountSid", &*second)])
        .await;
    assert_eq!(by_child.refusal(), (400, 21474));
    let same = first_client
        .post(API, &number(&first, pn), &[("AccountSid", &*first)])
        .await;
    assert_eq!(same.status, 200, "staying is no move");

    client
        .post(API, &account(&second), &[("Status", "suspended")])
        .await
        .ok();
    let asleep = client.post(API, &number(&first, pn), &[("AccountSid", &*second)]).await;
    assert_eq!(asleep.refusal(), (400, 21472));
    let back = client.post(API, &number(&first, pn), &[("AccountSid", sid)]).await.ok();
    assert_eq!(text(&back, "account_sid"), sid);
    assert_eq!(client.get(API, &number(sid, pn)).await.status, 200);
}

#[tokio::test]
async fn a_regulated_number_moves_only_with_an_address_of_its_new_account() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let (target, target_client) = child(&client).await;
    let (own, theirs) = (
        address(&client, sid, "GB").await,
        address(&target_client, &target, "GB").await,
    );
    let bundle = bundle(&client).await;
    let form = [
        ("PhoneNumber", "+442071838750"),
        ("AddressSid", &*own),
        ("BundleSid", &*bundle),
    ];
    let bought = client.post(API, &numbers(sid), &form).await.ok();
    let path = number(sid, text(&bought, "sid"));
    for form in [
        vec![("AccountSid", &*target)],
        vec![("AccountSid", &*target), ("AddressSid", &*own)],
    ] {
        assert_eq!(client.post(API, &path, &form).await.refusal(), (400, 21613), "{form:?}");
    }
    let form = [("AccountSid", &*target), ("AddressSid", &*theirs)];
    assert_eq!(client.post(API, &path, &form).await.ok()["address_sid"], *theirs);
}

#[tokio::test]
async fn closing_an_account_releases_its_numbers() {
    let (handle, client) = simulator().await;
    let (sid, child) = child(&client).await;
    buy(&child, &sid, "+14155550100").await;
    client.post(API, &account(&sid), &[("Status", "closed")]).await.ok();
    let left = client.control("GET", "objects?host=api.twilio.com", None).await.ok();
    let left = left.as_array().expect("objects");
    assert!(
        !left
            .iter()
            .any(|object| object["body"]["phone_number"] == "+14155550100")
    );
    let again = client
        .post(API, &numbers(&handle.account_sid), &[("PhoneNumber", "+14155550100")])
        .await;
    assert_eq!(again.refusal(), (400, 21422), "like any released number");
}

#[tokio::test]
async fn owned_numbers_are_found_by_part_name_and_origin() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    for e164 in ["+14155550100", "+14155550199", "+19075550100"] {
        buy(&client, sid, e164).await;
    }
    let first = client
        .get(API, &format!("{}?PhoneNumber=%2B14155550199", numbers(sid)))
        .await
        .ok();
    let pn = text(&first["incoming_phone_numbers"][0], "sid").to_owned();
    client
        .post(API, &number(sid, &pn), &[("FriendlyName", "ninety-nine")])
        .await
        .ok();
    for (query, expected) in [
        ("PhoneNumber=415555", vec!["+14155550199", "+14155550100"]),
        ("PhoneNumber=%2B1907", vec!["+19075550100"]),
        ("PhoneNumber=55501*9", vec!["+14155550199"]),
        ("PhoneNumber=555010*", vec!["+19075550100", "+14155550100"]),
        ("PhoneNumber=777777", vec![]),
        ("FriendlyName=ninety-nine", vec!["+14155550199"]),
        ("FriendlyName=ninety", vec![]),
        ("Origin=hosted", vec![]),
        ("Origin=twilio&PageSize=1", vec!["+19075550100"]),
        ("Beta=false", vec!["+19075550100", "+14155550199", "+14155550100"]),
        ("Beta=true", vec!["+19075550100", "+14155550199", "+14155550100"]),
    ] {
        let listed = client.get(API, &format!("{}?{query}", numbers(sid))).await.ok();
        let numbers = e164s(listed["incoming_phone_numbers"].as_array().expect("numbers"));
        assert_eq!(numbers, expected, "{query}");
    }
}

/// <https://github.com/twilio/twilio-node/issues/706>, <https://github.com/twilio/twilio-php/issues/462>
#[tokio::test]
async fn a_purchase_forgets_the_emergency_address_and_the_receive_mode_and_an_update_keeps_them() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let address = address(&client, sid, "US").await;
    let both = [("EmergencyAddressSid", &*address), ("VoiceReceiveMode", "fax")];
    let form: Vec<_> = [("PhoneNumber", "+14155550100")].into_iter().chain(both).collect();
    let bought = client.post(API, &numbers(sid), &form).await;
    assert_eq!(bought.status, 201);
    assert_eq!(bought.body["emergency_address_sid"], Value::Null);
    assert_eq!(bought.body["emergency_address_status"], "unregistered");
    assert!(bought.body.get("voice_receive_mode").is_none(), "{bought:?}");
    let updated = client.post(API, &number(sid, bought.text("sid")), &both).await.ok();
    assert_eq!(updated["emergency_address_sid"], *address);
    assert_eq!(updated["emergency_address_status"], "registered");
    assert_eq!(updated["voice_receive_mode"], "fax");
}

#[tokio::test]
async fn an_emergency_address_is_taken_off_before_another_is_set() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let (first, second) = (address(&client, sid, "US").await, address(&client, sid, "US").await);
    let bought = buy(&client, sid, "+14155550100").await;
    let path = number(sid, text(&bought, "sid"));
    let set = async |address: &str| client.post(API, &path, &[("EmergencyAddressSid", address)]).await;
    set(&first).await.ok();
    assert_eq!(set(&first).await.status, 200, "the same one again");
    assert_eq!(set(&second).await.refusal(), (400, 20001));
    assert_eq!(client.get(API, &path).await.ok()["emergency_address_sid"], *first);
    assert_eq!(set("").await.ok()["emergency_address_status"], "unregistered");
    assert_eq!(set(&second).await.ok()["emergency_address_sid"], *second);
}

#[tokio::test]
async fn a_trunk_and_its_numbers_know_each_other() {
    let (handle, client) = simulator().await;
    let (sid, trunking) = (&handle.account_sid, "trunking.twilio.com");
    let trunk = client.post(trunking, "/v1/Trunks", &[("FriendlyName", "t")]).await;
    let trunk = trunk.text("sid");
    let collection = format!("/v1/Trunks/{trunk}/PhoneNumbers");
    let application = application(&client, sid).await;
    let form = [("PhoneNumber", "+14155550100"), ("VoiceApplicationSid", &*application)];
    let bought = client.post(API, &numbers(sid), &form).await.ok();
    let pn = text(&bought, "sid");
    let path = number(sid, pn);
    let entries = async || {
        let listed = client.get(trunking, &collection).await.ok();
        listed["phone_numbers"].as_array().expect("a list").clone()
    };

    let entry = client.post(trunking, &collection, &[("PhoneNumberSid", pn)]).await;
    assert_eq!(entry.status, 201, "{entry:?}");
    assert_eq!((entry.text("sid"), entry.text("trunk_sid")), (pn, trunk));
    assert_eq!(entry.text("phone_number"), "+14155550100");
    let shown = client.get(API, &path).await.ok();
    assert_eq!(
        (&shown["trunk_sid"], &shown["voice_application_sid"]),
        (&json!(trunk), &json!(""))
    );
    let one = format!("{collection}/{pn}");
    assert_eq!(client.get(trunking, &one).await.ok(), entry.body);
    assert_eq!(entries().await, [entry.body]);

    assert_eq!(client.delete(trunking, &one).await.status, 204);
    assert_eq!(client.get(API, &path).await.ok()["trunk_sid"], Value::Null);
    assert_eq!(client.delete(trunking, &one).await.refusal(), (404, 20404));

    client.post(API, &path, &[("TrunkSid", trunk)]).await.ok();
    assert_eq!(entries().await.len(), 1, "by the other API");
    client
        .post(API, &path, &[("VoiceApplicationSid", &*application)])
        .await
        .ok();
    assert!(entries().await.is_empty(), "an application displaces the trunk");
    client.post(API, &path, &[("TrunkSid", trunk)]).await.ok();
    assert_eq!(
        client.delete(trunking, &format!("/v1/Trunks/{trunk}")).await.status,
        204
    );
    assert_eq!(
        client.get(API, &path).await.ok()["trunk_sid"],
        Value::Null,
        "its trunk is gone"
    );
    assert_eq!(client.get(trunking, &collection).await.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/api/errors/34005>: faxes are no longer supported, and no number for sale shows that it takes them.
#[tokio::test]
async fn no_number_for_sale_takes_faxes() {
    let (handle, client) = simulator().await;
    for kind in ["US/Local", "GB/Local"] {
        let fax = found(&client, &handle, kind, "FaxEnabled=true").await;
        assert_eq!(fax, Vec::<Value>::new(), "{kind}");
        let others = found(&client, &handle, kind, "FaxEnabled=false").await;
        assert!(!others.is_empty(), "{kind}");
        assert!(
            others.iter().all(|number| number["capabilities"]["fax"].is_null()),
            "{others:?}"
        );
    }
}
