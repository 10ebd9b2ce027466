//! Lists that Twilio fills by itself: shown where they are published, and refused where they are not.

use serde_json::{Value, json};

use crate::support::simulator;

#[tokio::test]
async fn what_nobody_publishes_is_refused_until_a_test_puts_it_there() {
    let (_handle, client) = simulator().await;
    for (host, collection, prefix) in [
        (
            "numbers.twilio.com",
            "/v2/RegulatoryCompliance/EndUserTypes",
            Some("OY"),
        ),
        (
            "numbers.twilio.com",
            "/v2/RegulatoryCompliance/SupportingDocumentTypes",
            Some("OY"),
        ),
        ("numbers.twilio.com", "/v2/RegulatoryCompliance/Regulations", Some("RN")),
        ("trusthub.twilio.com", "/v1/Policies", Some("RN")),
        ("pricing.twilio.com", "/v1/PhoneNumbers/Countries", None),
        ("supersim.twilio.com", "/v1/Networks", Some("HW")),
    ] {
        let refused = client.get(host, collection).await;
        assert_eq!(refused.refusal(), (400, 20001), "{host}{collection}");
        assert_eq!(refused.body["simulator"]["not_modelled"], format!("{host}{collection}"));
        let one = prefix.map_or("ZZ".to_owned(), |prefix| format!("{prefix}{}", "0".repeat(32)));
        let refused = client.get(host, &format!("{collection}/{one}")).await;
        assert_eq!(refused.refusal(), (400, 20001), "{host}{collection}");
        let field = prefix.map_or("iso_country", |_| "sid");
        let known = prefix.map_or("DE".to_owned(), |prefix| format!("{prefix}{}", "1".repeat(32)));
        client.add_any(host, collection, json!({field: known})).await.ok();
        let listed = client.get(host, collection).await.ok();
        assert!(listed.to_string().contains(&known), "{listed}");
        let read = client.get(host, &format!("{collection}/{known}")).await.ok();
        assert_eq!(read[field], known.as_str());
        let other = client.get(host, &format!("{collection}/{one}")).await;
        assert_eq!(other.refusal(), (404, 20404), "{host}{collection}");
    }
}

/// <https://www.twilio.com/docs/messaging/api/service-resource>
#[tokio::test]
async fn usecases_are_those_that_a_service_takes() {
    let (_handle, client) = simulator().await;
    let listed = client.get("messaging.twilio.com", "/v1/Services/Usecases").await.ok();
    let usecases = listed["usecases"].as_array().expect("a list");
    assert_eq!(usecases.len(), 6);
    for usecase in usecases {
        let name = usecase["usecase"].as_str().unwrap_or_default();
        let form = [("FriendlyName", "s"), ("Usecase", name)];
        let made = client.post("messaging.twilio.com", "/v1/Services", &form).await.ok();
        assert_eq!(made["usecase"], name);
    }
}

/// <https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource>
#[tokio::test]
async fn each_country_with_a_calling_code_has_dialing_permissions() {
    let (_handle, client) = simulator().await;
    let (host, countries) = ("voice.twilio.com", "/v1/DialingPermissions/Countries");
    let germany = client.get(host, &format!("{countries}/DE")).await.ok();
    assert_eq!(
        (&germany["name"], &germany["country_codes"]),
        (&json!("Germany"), &json!(["+49"]))
    );
    assert_eq!(
        client.get(host, &format!("{countries}/ZZ")).await.refusal(),
        (404, 20404)
    );
    let update = r#"[{"iso_code": "DE", "low_risk_numbers_enabled": "true"}]"#;
    let bulk = "/v1/DialingPermissions/BulkCountryUpdates";
    client.post(host, bulk, &[("UpdateRequest", update)]).await.ok();
    let listed = client.get(host, &format!("{countries}?PageSize=1000")).await.ok();
    let listed = listed["content"].as_array().expect("a list");
    assert!(listed.len() > 200, "{}", listed.len());
    let enabled: Vec<&Value> = listed
        .iter()
        .filter(|one| one["low_risk_numbers_enabled"] == true)
        .collect();
    // The account's own country is open from the start.
    let mut codes: Vec<&str> = enabled.iter().filter_map(|one| one["iso_code"].as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["DE", "US"]);
    let page = client.get(host, &format!("{countries}?CountryCode=%2B49")).await.ok();
    assert_eq!(page["content"].as_array().map(Vec::len), Some(1), "{page}");
    let refused = client.get(host, &format!("{countries}?Continent=Europe")).await;
    assert_eq!(refused.refusal(), (400, 20001));
}
