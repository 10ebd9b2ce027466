//! Messaging services: defaults, and limits that are documented but not in the contract.

use serde_json::json;

use crate::support::simulator;

const MESSAGING: &str = "messaging.twilio.com";
const SERVICES: &str = "/v1/Services";

#[tokio::test]
async fn a_service_has_the_documented_defaults() {
    let (_handle, client) = simulator().await;
    let made = client.post(MESSAGING, SERVICES, &[("FriendlyName", "shop")]).await.ok();
    for (field, value) in [
        ("sticky_sender", json!(true)),
        ("smart_encoding", json!(true)),
        ("mms_converter", json!(true)),
        ("area_code_geomatch", json!(true)),
        ("validity_period", json!(36000)),
        ("usecase", json!("undeclared")),
        ("inbound_method", json!("POST")),
        ("inbound_request_url", json!(null)),
        ("us_app_to_person_registered", json!(false)),
    ] {
        assert_eq!(made[field], value, "{field}");
    }
}

#[tokio::test]
async fn limits_hold_when_a_service_is_made_and_when_it_is_changed() {
    let (_handle, client) = simulator().await;
    let (long, longer) = ("x".repeat(64), "x".repeat(65));
    let made = client.post(MESSAGING, SERVICES, &[("FriendlyName", &*long)]).await.ok();
    let path = format!("{SERVICES}/{}", made["sid"].as_str().expect("a SID"));
    for wrong in [
        ("FriendlyName", ""),
        ("FriendlyName", &*longer),
        ("ValidityPeriod", "0"),
        ("ValidityPeriod", "36001"),
        ("Usecase", "spam"),
    ] {
        let form = match wrong.0 {
            "FriendlyName" => vec![wrong],
            _ => vec![("FriendlyName", "shop"), wrong],
        };
        // https://www.twilio.com/docs/api/errors/21713
        let code = if wrong.0 == "Usecase" { 21713 } else { 20001 };
        let refused = client.post(MESSAGING, SERVICES, &form).await;
        assert_eq!(refused.refusal(), (400, code), "{wrong:?}");
        let refused = client.post(MESSAGING, &path, &[wrong]).await;
        assert_eq!(refused.refusal(), (400, code), "{wrong:?}");
    }
    let right = [("ValidityPeriod", "1"), ("Usecase", "poll")];
    let changed = client.post(MESSAGING, &path, &right).await.ok();
    assert_eq!(
        (&changed["validity_period"], &changed["usecase"]),
        (&json!(1), &json!("poll"))
    );
}
