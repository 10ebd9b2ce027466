//! What a phone number is.

use serde_json::{Value, json};

use crate::support::simulator;

const LOOKUPS: &str = "lookups.twilio.com";

/// <https://www.twilio.com/docs/lookup/v2-api/formatting-validation>
#[tokio::test]
async fn a_number_is_shown_in_its_formats_or_why_it_is_none() {
    let (_handle, client) = simulator().await;
    let shown = client.get(LOOKUPS, "/v2/PhoneNumbers/%2B14159929960").await.ok();
    for (field, wanted) in [
        ("calling_country_code", json!("1")),
        ("country_code", json!("US")),
        ("phone_number", json!("+14159929960")),
        ("national_format", json!("(415) 992-9960")),
        ("valid", json!(true)),
        ("validation_errors", json!([])),
        ("line_type_intelligence", Value::Null),
    ] {
        assert_eq!(shown[field], wanted, "{field}");
    }
    let german = client
        .get(LOOKUPS, "/v2/PhoneNumbers/030%20901820?CountryCode=DE")
        .await
        .ok();
    assert_eq!(german["phone_number"], "+4930901820");
    for (number, why) in [
        ("%2B14159", "TOO_SHORT"),
        ("%2B141599299601234", "TOO_LONG"),
        ("%2B15551234567", "INVALID_BUT_POSSIBLE"),
        ("%2B999123456789", "INVALID_COUNTRY_CODE"),
        ("abc", "NOT_A_NUMBER"),
    ] {
        let shown = client.get(LOOKUPS, &format!("/v2/PhoneNumbers/{number}")).await.ok();
        assert_eq!(
            (&shown["valid"], &shown["validation_errors"]),
            (&json!(false), &json!([why]))
        );
        assert_eq!(shown["national_format"], Value::Null, "{number}");
    }
    let carrier = client
        .get(LOOKUPS, "/v2/PhoneNumbers/%2B14159929960?Fields=line_type_intelligence")
        .await;
    assert_eq!(carrier.refusal(), (400, 20001), "nobody knows but carriers");
    assert_eq!(carrier.body["simulator"]["not_modelled"], "Fields");
}

/// <https://www.twilio.com/docs/lookup/v2-api/line-type-intelligence>, <https://www.twilio.com/docs/lookup/v2-api/line-type-override>
#[tokio::test]
async fn what_was_put_there_of_a_number_is_shown_to_whoever_asks_with_the_type_that_the_account_gave_it() {
    let (_handle, client) = simulator().await;
    let line = json!({"type": "nonFixedVoip", "carrier_name": "Example", "error_code": null});
    let record = json!({"host": LOOKUPS, "collection": "/v2/PhoneNumbers",
        "fields": {"phone_number": "+14159929960", "line_type_intelligence": line}});
    client.control("POST", "objects", Some(record)).await.ok();
    let path = "/v2/PhoneNumbers/%2B14159929960";
    let asked = format!("{path}?Fields=validation,line_type_intelligence");
    assert_eq!(
        client.get(LOOKUPS, path).await.ok()["line_type_intelligence"],
        Value::Null
    );
    assert_eq!(client.get(LOOKUPS, &asked).await.ok()["line_type_intelligence"], line);
    let both = format!("{asked},caller_name");
    assert_eq!(
        client.get(LOOKUPS, &both).await.refusal(),
        (400, 20001),
        "nothing is known of that"
    );
    let own = format!("{path}/Overrides/line_type_intelligence");
    let made = client
        .send_json("POST", LOOKUPS, &own, &json!({"line_type": "mobile"}))
        .await
        .ok();
    assert_eq!(made["original_line_type"], "nonFixedVoip");
    let shown = client.get(LOOKUPS, &asked).await.ok();
    assert_eq!(
        (
            &shown["line_type_intelligence"]["type"],
            &shown["line_type_intelligence"]["carrier_name"]
        ),
        (&json!("mobile"), &json!("Example"))
    );
    client.delete(LOOKUPS, &own).await.ok();
    assert_eq!(client.get(LOOKUPS, &asked).await.ok()["line_type_intelligence"], line);
}

/// <https://www.twilio.com/docs/lookup/v1-api/validation-and-formatting>
#[tokio::test]
async fn the_first_version_does_not_find_what_is_no_number() {
    let (_handle, client) = simulator().await;
    let shown = client
        .get(LOOKUPS, "/v1/PhoneNumbers/4159929960?CountryCode=US")
        .await
        .ok();
    assert_eq!(
        (
            &shown["phone_number"],
            &shown["national_format"],
            &shown["country_code"]
        ),
        (&json!("+14159929960"), &json!("(415) 992-9960"), &json!("US"))
    );
    let refused = client.get(LOOKUPS, "/v1/PhoneNumbers/abc").await;
    assert_eq!(refused.refusal(), (404, 20404));
}
