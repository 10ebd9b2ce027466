//! Super SIM: fleets and the networks that they may use.

use serde_json::json;

use crate::support::simulator;

const HOST: &str = "supersim.twilio.com";

/// <https://www.twilio.com/docs/iot/supersim/api/fleet-resource>
#[tokio::test]
async fn a_fleet_names_its_profile_and_starts_with_what_the_page_says() {
    let (_handle, client) = simulator().await;
    let profile = client
        .post(HOST, "/v1/NetworkAccessProfiles", &[("UniqueName", "wide")])
        .await;
    let sid = profile.text("sid");
    for named in [sid, "wide"] {
        let fleet = client
            .post(HOST, "/v1/Fleets", &[("NetworkAccessProfile", named)])
            .await
            .ok();
        for (field, wanted) in [
            ("network_access_profile_sid", json!(sid)),
            ("data_enabled", json!(true)),
            ("data_limit", json!(1000)),
            ("sms_commands_enabled", json!(true)),
            ("sms_commands_method", json!("POST")),
            ("ip_commands_method", json!("POST")),
        ] {
            assert_eq!(fleet[field], wanted, "{named} {field}");
        }
    }
    for nobody in ["narrow", "HA0123456789abcdef0123456789abcdef"] {
        let refused = client
            .post(HOST, "/v1/Fleets", &[("NetworkAccessProfile", nobody)])
            .await;
        assert_eq!(refused.refusal(), (400, 20001), "{nobody}");
    }
}

/// <https://www.twilio.com/docs/iot/supersim/api/networkaccessprofile-networks-resource>
#[tokio::test]
async fn a_network_of_a_profile_has_the_sid_of_the_network() {
    let (_handle, client) = simulator().await;
    let profile = client.post(HOST, "/v1/NetworkAccessProfiles", &[]).await;
    let networks = format!("/v1/NetworkAccessProfiles/{}/Networks", profile.text("sid"));
    let network = client.add(HOST, "/v1/Networks", json!({})).await;
    let network = network.as_str();
    let nobodys = [("Network", "HW0123456789abcdef0123456789abcdef")];
    assert_eq!(client.post(HOST, &networks, &nobodys).await.refusal(), (400, 20001));
    let entry = client.post(HOST, &networks, &[("Network", network)]).await.ok();
    assert_eq!(entry["sid"], network);
    client.get(HOST, &format!("{networks}/{network}")).await.ok();
    assert_eq!(client.delete(HOST, &format!("{networks}/{network}")).await.status, 204);
}
