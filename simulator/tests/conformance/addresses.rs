//! Addresses: parameters that are refused, correction, and the numbers that depend on one.

use serde_json::Value;

use crate::accounts::below;
use crate::numbers::text;
use crate::support::{API, Answer, Client, simulator};

const OFFICE: [(&str, &str); 6] = [
    ("CustomerName", "Owl Inc."),
    ("Street", "101 Spear St"),
    ("City", "San Francisco"),
    ("Region", "CA"),
    ("PostalCode", "94105"),
    ("IsoCountry", "US"),
];

/// Creates the office with other or further parameters.
async fn office(client: &Client, addresses: &str, other: &[(&str, &str)]) -> Answer {
    let mut form: Vec<(&str, &str)> = OFFICE
        .into_iter()
        .filter(|(name, _)| !other.iter().any(|(changed, _)| changed == name))
        .collect();
    form.extend(other);
    client.post(API, addresses, &form).await
}

#[tokio::test]
async fn an_address_is_kept_as_it_was_written_and_is_not_validated_unless_it_is_for_emergencies() {
    let (handle, client) = simulator().await;
    let addresses = below(&handle.account_sid, "Addresses");
    let made = office(&client, &addresses, &[("Region", "california"), ("Street", "Spear")])
        .await
        .ok();
    assert_eq!(text(&made, "region"), "california");
    assert_eq!(text(&made, "street"), "Spear");
    assert_eq!(made["validated"], false);
    assert_eq!(made["emergency_enabled"], false);
    assert!(made.get("auto_correct_address").is_none());
}

#[tokio::test]
async fn parameters_that_make_no_address_are_refused() {
    let (handle, client) = simulator().await;
    let addresses = below(&handle.account_sid, "Addresses");
    let (long, longer) = ("x".repeat(33), "x".repeat(65));
    for other in [
        &[("CustomerName", "")][..],
        &[("Street", " ")],
        &[("IsoCountry", "XX")],
        &[("IsoCountry", "")],
        &[("FriendlyName", &longer)],
        &[("FriendlyName", &long), ("EmergencyEnabled", "true")],
    ] {
        let refused = office(&client, &addresses, other).await;
        assert_eq!(refused.refusal(), (400, 21238), "{other:?}");
    }
    let made = office(&client, &addresses, &[("FriendlyName", &long)]).await.ok();
    let path = below(&handle.account_sid, &format!("Addresses/{}", text(&made, "sid")));
    for change in [[("City", "")], [("EmergencyEnabled", "maybe")]] {
        assert_eq!(client.post(API, &path, &change).await.status, 400, "{change:?}");
    }
    assert_eq!(
        text(&client.get(API, &path).await.ok(), "city"),
        "San Francisco",
        "nothing was changed"
    );
    let all = client.get(API, &addresses).await.ok();
    assert_eq!(all["addresses"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_address_for_emergencies_is_corrected_suggested_or_refused() {
    let (handle, client) = simulator().await;
    let addresses = below(&handle.account_sid, "Addresses");
    let emergency = ("EmergencyEnabled", "true");
    let corrected = office(&client, &addresses, &[emergency, ("Region", "california")])
        .await
        .ok();
    assert_eq!(text(&corrected, "region"), "CA");
    assert_eq!(corrected["validated"], true);

    let asis = [emergency, ("Region", "california"), ("AutoCorrectAddress", "false")];
    let suggested = office(&client, &addresses, &asis).await;
    assert_eq!(suggested.refusal(), (400, 21629));
    assert!(
        suggested.text("message").contains("San Francisco, CA 94105"),
        "{suggested:?}"
    );

    let nowhere = office(&client, &addresses, &[emergency, ("PostalCode", "9")]).await;
    assert_eq!(nowhere.refusal(), (400, 21628));
    let elsewhere = [
        emergency,
        ("IsoCountry", "DE"),
        ("PostalCode", "10117"),
        ("Region", "Berlin"),
    ];
    let elsewhere = office(&client, &addresses, &elsewhere).await.ok();
    assert_eq!(elsewhere["validated"], false, "no emergency addresses there");

    let path = below(&handle.account_sid, &format!("Addresses/{}", text(&corrected, "sid")));
    let moved = client.post(API, &path, &[("PostalCode", "9")]).await;
    assert_eq!(moved.refusal(), (400, 21628));
    assert_eq!(text(&client.get(API, &path).await.ok(), "postal_code"), "94105");
}

#[tokio::test]
async fn numbers_that_name_an_address_depend_on_it() {
    let (handle, client) = simulator().await;
    let made = office(&client, &below(&handle.account_sid, "Addresses"), &[])
        .await
        .ok();
    let address = text(&made, "sid");
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let mut bought = Vec::new();
    for form in [
        &[("AreaCode", "415"), ("AddressSid", address)][..],
        &[("AreaCode", "415")],
        &[("AreaCode", "415")],
    ] {
        let number = client.post(API, &numbers, form).await.ok();
        bought.push(text(&number, "sid").to_owned());
    }
    let path = below(&handle.account_sid, &format!("IncomingPhoneNumbers/{}", bought[2]));
    client.post(API, &path, &[("EmergencyAddressSid", address)]).await.ok();
    let wanted = [bought[0].clone(), bought[2].clone()];
    let list = below(
        &handle.account_sid,
        &format!("Addresses/{address}/DependentPhoneNumbers"),
    );
    let page = client.get(API, &list).await.ok();
    let dependent: Vec<&Value> = page["dependent_phone_numbers"]
        .as_array()
        .expect("a list")
        .iter()
        .collect();
    let sids: Vec<&str> = dependent.iter().rev().map(|number| text(number, "sid")).collect();
    assert_eq!(sids, wanted);
    assert_eq!(
        dependent[0]["uri"],
        below(&handle.account_sid, &format!("IncomingPhoneNumbers/{}", wanted[1]))
    );
    assert!(
        dependent.iter().all(|number| number.get("origin").is_none()),
        "only the fields of this list"
    );

    let unknown = below(
        &handle.account_sid,
        &format!("Addresses/AD{}/DependentPhoneNumbers", "0".repeat(32)),
    );
    assert_eq!(client.get(API, &unknown).await.refusal(), (404, 20404));
}
